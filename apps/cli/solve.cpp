// The kernels by themselves on plain files.
#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "ask/market_numbers.hpp"
#include "commands.hpp"
#include "entente/base/nearest.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

// A file with just `markets:` becomes a situation by a header put before it, so every complaint still points at its
// lines.
std::optional<situation::Situation> load_market(const std::string& path, Opened& o) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    auto content = text::read_file(path, 256u << 20);
    if (content && content->find("\nsituation:") == std::string::npos && !content->starts_with("situation:") &&
        content->find("dissents-from:") == std::string::npos)
      return situation::load_bare(path, std::move(*content), o.sources, o.diagnostics);
  }
  return situation::load(path, o.sources, o.diagnostics);
}

}  // namespace

int solve_market(const std::string& path, bool worths, const std::vector<std::string>& without, const Common& c) {
  Opened o;
  auto loaded = load_market(path, o);
  if (!loaded || loaded->markets.empty()) {
    if (loaded) o.diagnostics.error("E0601", loaded->span, "there is no market here", "expected `markets:`");
    say(o, c);
    return wrong;
  }
  o.situation = std::make_shared<const situation::Situation>(std::move(*loaded));
  say(o, c);
  const auto& s = *o.situation;
  const auto plan = plan::Plan::compile(o.situation, o.diagnostics, {.everything = false});
  if (!plan) {
    say(o, c);
    return wrong;
  }
  std::vector<double> p(plan->parameters());
  if (!plan->medians(p))
    return fail({ErrorKind::not_solved, "a formula leaves the domain of its place at the medians"}, c);
  Json result = Json::object();
  std::vector<std::string> unknown = without;
  for (const auto& m : s.markets) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t l = 0; l < m.links.size(); ++l)
      if (m.links[l].build) all.push_back(l);
    const ask::MarketNumbers numbers(s, m, m.year, all);
    auto values = p;
    const auto leave_out = [&](const std::string& name, situation::ParamId presence) {
      if (std::ranges::find(without, name) == without.end()) return;
      values[presence] = 0;
      std::erase(unknown, name);
    };
    for (const auto& a : s.actors) leave_out(a.id, a.presence);
    for (const auto& x : m.links) leave_out(x.name, x.presence);
    for (const auto& x : m.producers) leave_out(x.name, x.presence);
    for (const auto& x : m.consumers) leave_out(x.name, x.presence);
    auto network = numbers.shape();
    numbers.fill(values, network);
    const double money = number::conversion(m.price * m.quantity, m.money);
    for (std::size_t k = 0; k < all.size(); ++k)
      network.links[numbers.candidate_arc(k)].fixed = numbers.yearly_cost(k, values) / money;
    if (const auto good = market::validate(network); !good) return fail(good.error(), c);
    market::Workspace w;
    market::Solution sol;
    if (const auto done = market::optimise(network, ~market::Mask{0}, w, sol); !done) return fail(done.error(), c);
    Json& out = result[m.name];
    out = {{"year", m.year}, {"quantity", m.quantity.text}, {"price", m.price.text}, {"money", m.money.text}};
    for (std::size_t i = 0; i < m.producers.size(); ++i)
      out["produced"][m.producers[i].name] = {{"quantity", sol.produced[i]},
                                              {"surplus", sol.producer_surplus[i] * money}};
    for (std::size_t i = 0; i < m.consumers.size(); ++i)
      out["consumed"][m.consumers[i].name] = {{"quantity", sol.consumed[i]},
                                              {"surplus", sol.consumer_surplus[i] * money}};
    for (std::size_t i = 0; i < numbers.map().arcs.size(); ++i) {
      const auto& arc = numbers.map().arcs[i];
      if (!arc.feeder)
        out["flows"][m.links[arc.link].name] = {{"quantity", sol.flow[i]}, {"rent", sol.link_rent[i] * money}};
    }
    for (std::size_t i = 0; i < m.nodes.size(); ++i) out["prices"][m.nodes[i]] = sol.price[i];
    for (std::size_t k = 0; k < all.size(); ++k) out["built"][m.links[all[k]].name] = (sol.built >> k & 1u) != 0;
    out["surplus"] = sol.total * money;
    out["residual"] = market::check(network, ~market::Mask{0}, sol.built, sol);
    if (!worths) continue;
    // Players: whoever owns a node or must consent to a link.
    std::vector<situation::ActorId> players;
    const auto player = [&](situation::ActorId a) -> market::Mask {
      if (a == situation::none) return 0;
      auto it = std::ranges::find(players, a);
      if (it == players.end()) it = players.insert(players.end(), a);
      return market::Mask{1} << (it - players.begin());
    };
    for (std::size_t i = 0; i < m.producers.size(); ++i) network.producers[i].needs = player(m.producers[i].of);
    for (std::size_t i = 0; i < m.consumers.size(); ++i) network.consumers[i].needs = player(m.consumers[i].of);
    for (std::size_t i = 0; i < numbers.map().arcs.size(); ++i) {
      market::Mask need = 0;
      if (!numbers.map().arcs[i].feeder)
        for (const auto a : m.links[numbers.map().arcs[i].link].consent) need |= player(a);
      network.links[i].needs = need;
    }
    if (players.size() > 20) return fail({ErrorKind::too_large, "more than 20 players"}, c);
    std::vector<double> worth(std::size_t{1} << players.size());
    std::uint64_t solves = 0;
    if (const auto done = market::worths(network, static_cast<unsigned>(players.size()), w, worth, &solves); !done)
      return fail(done.error(), c);
    for (const auto a : players) out["players"].push_back(s.actors[a].id);
    for (std::size_t set = 0; set < worth.size(); ++set)
      out["worths"].push_back({{"mask", set}, {"worth", worth[set] * money}});
    out["solves"] = solves;
    const double grand = worth.back();
    std::vector<double> value(players.size());
    if (coalition::shapley(worth, value)) {
      for (double& x : value) x *= money;
      out["shapley"] = value;
    }
    if (const auto kernel = coalition::nucleolus(worth)) {
      Json list = Json::array();
      for (const double x : kernel->payoff) list.push_back(x * money);
      out["nucleolus"] = kernel->exists ? list : Json(nullptr);
      out["kohlberg"] = kernel->kohlberg;
    }
    (void)grand;
  }
  if (!unknown.empty())
    return fail({ErrorKind::invalid, "nothing here is called `" + unknown.front() + "`", "--without"}, c);
  print((s.markets.size() == 1 ? result.begin().value() : result).dump(2) + "\n");
  return fine;
}

int solve_coalition(const std::string& path, unsigned players, const std::vector<std::string>& of, const Common& c) {
  static const std::vector<std::string> known{"shapley", "nucleolus", "prenucleolus", "least-core",
                                              "core",    "dividends", "convex",       "superadditive"};
  for (const auto& name : of)
    if (std::ranges::find(known, name) == known.end())
      return complain(usage, "E0714", "--of knows no `" + name + "`", did_you_mean(name, known), c);
  Opened o;
  auto content = text::read_file(path, std::size_t{1} << 30);
  if (!content) return fail(content.error(), c);
  const auto file = o.sources.add(path, std::move(*content));
  const auto table = text::read_table(o.sources, file, o.diagnostics);
  const auto mask_at = table.column("mask"), worth_at = table.column("worth");
  if (o.diagnostics.ok() && (mask_at == text::Table::npos || worth_at == text::Table::npos))
    o.diagnostics.error("E0602", {file, 0, 1}, "a game has the columns mask and worth", "header row", "mask,worth");
  struct Row {
    std::uint64_t mask;
    double worth;
    Span at;
  };
  std::vector<Row> rows;
  std::uint64_t largest = 1;
  for (const auto& r : table.rows) {
    if (!o.diagnostics.ok()) break;
    Row row{.at = r[mask_at].span};
    const auto& m = r[mask_at].text;
    const auto& v = r[worth_at].text;
    const auto a = std::from_chars(m.data(), m.data() + m.size(), row.mask);
    const auto b = std::from_chars(v.data(), v.data() + v.size(), row.worth);
    if (a.ec != std::errc{} || a.ptr != m.data() + m.size())
      o.diagnostics.error("E0603", r[mask_at].span, "`" + m.substr(0, 40) + "` is no mask",
                          "an integer, bit 0 for player 1");
    else if (b.ec != std::errc{} || b.ptr != v.data() + v.size() || !std::isfinite(row.worth))
      o.diagnostics.error("E0604", r[worth_at].span, "`" + v.substr(0, 40) + "` is no worth", "a finite number");
    else if (row.mask >= (std::uint64_t{1} << (players ? players : 20)))
      o.diagnostics.error("E0605", r[mask_at].span,
                          "this mask names a player beyond the " + std::to_string(players ? players : 20) + "th",
                          "too large");
    largest = std::max(largest, row.mask);
    rows.push_back(row);
  }
  if (!o.diagnostics.ok()) {
    say(o, c);
    return wrong;
  }
  const unsigned n = players ? players : static_cast<unsigned>(std::bit_width(largest));
  std::vector<double> worth(std::size_t{1} << n, 0.0);
  std::vector<char> seen(worth.size(), 0);
  for (const auto& r : rows) {
    if (seen[r.mask]) {
      o.diagnostics.error("E0606", r.at, "coalition " + std::to_string(r.mask) + " stands twice", "the second time");
      say(o, c);
      return wrong;
    }
    seen[r.mask] = 1;
    worth[r.mask] = r.worth;
  }
  if (worth[0] != 0) return fail({ErrorKind::invalid, "the empty coalition is worth 0", "mask 0"}, c);
  const auto wanted = [&](const char* name, bool by_default) {
    return of.empty() ? by_default : std::ranges::find(of, name) != of.end();
  };
  Json out{{"players", n}, {"missing", std::ranges::count(seen.begin() + 1, seen.end(), 0)}};
  if (wanted("shapley", true)) {
    std::vector<double> x(n);
    if (const auto done = coalition::shapley(worth, x); !done) return fail(done.error(), c);
    out["shapley"] = x;
  }
  for (const bool pre : {false, true}) {
    if (!wanted(pre ? "prenucleolus" : "nucleolus", !pre)) continue;
    const auto k = coalition::nucleolus(
        worth, {.rationality = pre ? coalition::Rationality::none : coalition::Rationality::individual});
    if (!k) return fail(k.error(), c);
    const std::string name = pre ? "prenucleolus" : "nucleolus";
    out[name] = k->exists ? Json(k->payoff) : Json(nullptr);
    if (!k->exists) out[name + "_note"] = "no division gives each player what he has alone";
    else out[pre ? "kohlberg_prenucleolus" : "kohlberg"] = k->kohlberg;
  }
  if (wanted("core", true) || wanted("least-core", false)) {
    const auto l = coalition::least_core(worth);
    if (!l) return fail(l.error(), c);
    out["core_empty"] = l->core_empty;
    out["least_core"] = std::isfinite(l->epsilon) ? Json(l->epsilon) : Json(nullptr);
    if (wanted("least-core", false)) {
      out["least_core_payoff"] = l->payoff;
      Json certificate = Json::array();
      for (std::size_t i = 0; i < l->coalitions.size(); ++i)
        certificate.push_back({{"mask", l->coalitions[i]}, {"weight", l->weights[i]}});
      out["least_core_certificate"] = certificate;
    }
  }
  if (wanted("superadditive", n <= 16)) out["superadditive"] = coalition::superadditive(worth);
  if (wanted("convex", true)) out["convex"] = coalition::convex(worth);
  if (wanted("dividends", false)) {
    coalition::dividends(worth);
    out["dividends"] = worth;
  }
  print(out.dump(2) + "\n");
  return fine;
}

}  // namespace entente::cli
