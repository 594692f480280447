// `solve market`: the market kernel by itself on the `markets:` entry of a situation, and the game among its actors.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/spelling.hpp"
#include "entente/families/all.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/text/file.hpp"
#include "families/market/market_game.hpp"
#include "families/market/market_words.hpp"
#include "opened.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

// A file with just `markets:` becomes a situation by a header put before it, so every complaint still points at its
// lines.
std::optional<situation::Situation> load_market(const std::string& path, const Common& c, Opened& o) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    auto content = text::read_file(path, 256u << 20);
    if (content && content->find("\nsituation:") == std::string::npos && !content->starts_with("situation:") &&
        content->find("dissents-from:") == std::string::npos)
      return situation::load_bare(path, std::move(*content), families::all(), o.sources, o.diagnostics);
  }
  return situation::load(path, families::all(), o.sources, o.diagnostics, {.allow = c.allow});
}

// Sets the presence of what is called one of `names` to 0 in p; false: said that some name is nobody's.
bool leave_out(const situation::Situation& s, const std::vector<std::string>& names, std::span<double> p,
               const Common& c) {
  for (const auto& name : names) {
    const auto [first, last] = s.presence.equal_range(name);
    if (first == last) {
      std::vector<std::string> known;
      for (const auto& [other, id] : s.presence) known.push_back(other);
      complain(usage, "E0717", "nothing here is called `" + name + "`", did_you_mean(name, known), c);
      return false;
    }
    for (auto it = first; it != last; ++it) p[it->second] = 0;
  }
  return true;
}

Result<Json> equilibrium(const situation::Market& m, const ask::MarketGame& game,
                         std::span<const std::uint32_t> options, std::span<const double> p, market::Workspace& w) {
  market::Network network;
  game.network(p, network);
  if (const auto good = market::validate(network); !good) return std::unexpected(good.error());
  market::Solution sol;
  const market::Mask all = ~market::Mask{0};
  if (const auto done = market::optimise(network, all, w, sol); !done) return std::unexpected(done.error());
  Json out{{"year", m.year}, {"quantity", m.quantity.text}, {"price", m.price.text}, {"money", m.money.text}};
  for (std::size_t i = 0; i < m.producers.size(); ++i)
    out["produced"][m.producers[i].name] = {{"quantity", sol.produced[i]},
                                            {"surplus", sol.producer_surplus[i] * game.money()}};
  Json notes = Json::array();
  for (std::size_t i = 0; i < m.consumers.size(); ++i) {
    const auto supply = ask::supply_of(network, sol, i);
    out["consumed"][m.consumers[i].name] = {
        {"quantity", sol.consumed[i]},
        {"surplus", sol.consumer_surplus[i] * game.money()},
        {"at_choke", supply == ask::Supply::little || supply == ask::Supply::nothing}};
    if (supply != ask::Supply::enough) notes.push_back(ask::supply_note(m, network, sol, i).text());
  }
  const auto& arcs = game.numbers().map().arcs;
  for (std::size_t i = 0; i < arcs.size(); ++i)
    if (!arcs[i].feeder)
      out["flows"][m.links[arcs[i].link].name] = {{"quantity", sol.flow[i]}, {"rent", sol.link_rent[i] * game.money()}};
  for (std::size_t i = 0; i < m.nodes.size(); ++i) out["prices"][m.nodes[i]] = sol.price[i];
  for (std::size_t k = 0; k < options.size(); ++k) out["built"][m.links[options[k]].name] = (sol.built >> k & 1u) != 0;
  out["notes"] = notes;
  out["surplus"] = sol.total * game.money();
  out["residual"] = market::check(network, all, sol.built, sol);
  return out;
}

Result<void> coalitions(const situation::Situation& s, const ask::MarketGame& game, std::span<const double> p,
                        market::Workspace& w, Json& out) {
  std::vector<double> worth;
  std::uint64_t solves = 0;
  if (const auto done = game.worths(p, w, worth, &solves); !done) return done;
  std::vector<std::string> names;
  for (const auto a : game.players()) names.push_back(s.actors[a].id);
  const auto by_name = [&](std::span<const double> x) {
    Json object = Json::object();
    for (std::size_t i = 0; i < names.size(); ++i) object[names[i]] = x[i];
    return object;
  };
  out["players"] = names;
  for (std::size_t set = 0; set < worth.size(); ++set) {
    Json members = Json::array();
    for (std::size_t i = 0; i < names.size(); ++i)
      if (set >> i & 1u) members.push_back(names[i]);
    out["worths"].push_back({{"mask", set}, {"members", members}, {"worth", worth[set]}});
  }
  out["solves"] = solves;
  if (names.empty()) return {};
  std::vector<double> value(names.size());
  if (const auto done = coalition::shapley(worth, value); !done) return done;
  out["shapley"] = by_name(value);
  const auto kernel = coalition::nucleolus(worth);
  if (!kernel) return std::unexpected(kernel.error());
  out["nucleolus"] = kernel->exists ? by_name(kernel->payoff) : Json(nullptr);
  out["kohlberg"] = kernel->kohlberg;
  const auto core = coalition::core(worth);
  if (!core) return std::unexpected(core.error());
  out["core_empty"] = core->empty;
  return {};
}

}  // namespace

int solve_market(const std::string& path, const MarketArgs& a, const Common& c) {
  Opened o;
  auto loaded = load_market(path, c, o);
  if (!loaded || situation::markets(*loaded).empty()) {
    if (loaded) o.diagnostics.error("E0601", loaded->span, "there is no market here", "expected `markets:`");
    say(o, c);
    return failed(o);
  }
  o.situation = std::make_shared<const situation::Situation>(std::move(*loaded));
  const auto& s = *o.situation;
  const auto plan = plan::Plan::compile(o.situation, o.diagnostics, {.everything = false});
  say(o, c);
  if (!plan) return bad_input;
  std::vector<double> p(plan->parameters());
  if (!plan->medians(p))
    return fail({ErrorKind::not_solved, "a formula leaves the domain of its place at the medians"}, c, o);
  if (!leave_out(s, a.without, p, c)) return usage;
  Json result = Json::object();
  Verdicts verdicts;
  if (situation::markets(s).size() == 1) verdicts = {{"residual"}, {"kohlberg"}};
  market::Workspace w;
  for (const auto& m : situation::markets(s)) {
    const NameOf of_market = [&](std::string_view kind, std::size_t k) -> std::string {
      if (kind == "producer" && k < m.producers.size()) return m.producers[k].name;
      if (kind == "consumer" && k < m.consumers.size()) return m.consumers[k].name;
      return {};
    };
    const auto options = a.existing ? std::vector<std::uint32_t>{} : ask::may_be_built(m);
    const ask::MarketGame game(s, m, options);
    auto out = equilibrium(m, game, options, p, w);
    if (!out) return fail(out.error(), c, o, of_market);
    if (a.worths)
      if (const auto done = coalitions(s, game, p, w, *out); !done) return fail(done.error(), c, o, of_market);
    result[m.name] = std::move(*out);
    if (situation::markets(s).size() > 1) verdicts.insert(verdicts.end(), {{m.name, "residual"}, {m.name, "kohlberg"}});
  }
  return conclude(situation::markets(s).size() == 1 ? result.begin().value() : result, verdicts);
}

}  // namespace entente::cli
