// `entente solve exchange`: who gains how much from its place in a network of ties.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/exchange.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Named {
  std::vector<std::string> actors;  // in the order in which the table names them
  exchange::Network network;

  unsigned actor(const std::string& name) {
    const auto it = std::ranges::find(actors, name);
    if (it == actors.end()) actors.push_back(name);
    return static_cast<unsigned>(std::ranges::find(actors, name) - actors.begin());
  }
};

void read_ties(const text::Table& table, std::uint32_t file, Diagnostics& out, Named& to) {
  const auto a = table.column("a"), b = table.column("b"), value = table.column("value");
  if (a == text::Table::npos || b == text::Table::npos || value == text::Table::npos) {
    if (out.ok()) out.error("E0620", {file, 0, 1}, "ties have the columns a, b and value", "header row", "a,b,value");
    return;
  }
  for (const auto& row : table.rows) {
    const auto& v = row[value];
    double worth = 0;
    const auto r = std::from_chars(v.text.data(), v.text.data() + v.text.size(), worth);
    if (r.ec != std::errc{} || r.ptr != v.text.data() + v.text.size() || !std::isfinite(worth) || worth < 0) {
      out.error("E0621", v.span, "`" + v.text.substr(0, 40) + "` is no value of a tie", "a number from 0");
      continue;
    }
    for (const auto at : {a, b})
      if (row[at].text.empty()) out.error("E0622", row[at].span, "a tie has two actors", "a name");
    if (row[a].text == row[b].text) {
      out.error("E0622", row[b].span, "a tie joins two different actors", "the same name");
      continue;
    }
    const exchange::Tie tie{to.actor(row[a].text), to.actor(row[b].text), worth};
    for (const auto& t : to.network.ties)
      if (std::minmax(t.a, t.b) == std::minmax(tie.a, tie.b))
        out.error("E0623", row[a].span, row[a].text + " and " + row[b].text + " have a tie already", "the second");
    to.network.ties.push_back(tie);
  }
  if (out.ok() && to.actors.empty()) out.error("E0620", {file, 0, 1}, "there is no tie here", "header row only");
}

}  // namespace

int solve_exchange(const std::string& path, const std::vector<std::string>& limits, const Common& c) {
  Opened o;
  auto content = text::read_file(path, std::size_t{64} << 20);
  if (!content) return fail(content.error(), c);
  const auto file = o.sources.add(path, std::move(*content));
  Named named;
  read_ties(text::read_table(o.sources, file, o.diagnostics), file, o.diagnostics, named);
  say(o, c);
  if (!o.diagnostics.ok()) return bad_input;
  auto& network = named.network;
  network.actors = static_cast<unsigned>(named.actors.size());
  if (!limits.empty()) network.exchanges.assign(network.actors, 1);
  for (const auto& limit : limits) {
    const auto equals = limit.rfind('=');
    unsigned most = 0;
    const char* end = limit.data() + limit.size();
    const auto r = equals == std::string::npos ? std::from_chars_result{end, std::errc::invalid_argument}
                                               : std::from_chars(limit.data() + equals + 1, end, most);
    if (r.ec != std::errc{} || r.ptr != end)
      return complain(usage, "E0740", "`" + limit + "` in --exchanges is not NAME=NUMBER", "such as --exchanges B=2",
                      c);
    const std::string name = limit.substr(0, equals);
    const auto it = std::ranges::find(named.actors, name);
    if (it == named.actors.end())
      return complain(bad_input, "E0741", "no tie names `" + name + "` of --exchanges",
                      did_you_mean(name, named.actors), c);
    network.exchanges[static_cast<std::size_t>(it - named.actors.begin())] = most;
  }
  const NameOf of_tie = [&](std::string_view kind, std::size_t k) {
    return kind == "ties" && k < network.ties.size()
               ? "the tie of " + named.actors[network.ties[k].a] + " and " + named.actors[network.ties[k].b]
               : std::string();
  };
  const auto answer = exchange::solve(network);
  if (!answer) return fail(answer.error(), c, o, of_tie);
  const auto by_name = [&](const std::vector<double>& x) {
    Json out = Json::object();
    for (std::size_t i = 0; i < x.size(); ++i) out[named.actors[i]] = x[i];
    return out;
  };
  Json used = Json::array();
  for (const std::size_t k : answer->used)
    used.push_back({named.actors[network.ties[k].a], named.actors[network.ties[k].b]});
  Json out{{"actors", named.actors}, {"worth", answer->worth}, {"used", used}, {"core_empty", answer->core.empty}};
  if (answer->core.empty) {
    Json balanced = Json::array();
    for (std::size_t k = 0; k < answer->core.coalitions.size(); ++k) {
      Json who = Json::array();
      for (unsigned i = 0; i < network.actors; ++i)
        if (answer->core.coalitions[k] >> i & 1u) who.push_back(named.actors[i]);
      balanced.push_back({{"members", who}, {"weight", answer->core.weights[k]}});
    }
    out["core_certificate"] = {{"balanced", balanced}, {"margin", answer->core.margin}};
    out["balanced"] = nullptr;
    out["balanced_note"] =
        "no outcome is stable: the coalitions of core_certificate ask for more than all have together";
  } else {
    out["balanced"] = by_name(answer->nucleolus);
    if (!std::isnan(answer->pairwise)) out["pairwise_imbalance"] = answer->pairwise;
  }
  out["nucleolus"] = by_name(answer->nucleolus);
  out["kohlberg"] = answer->kohlberg;
  out["shapley"] = by_name(answer->shapley);
  return conclude(out, {{"kohlberg"}});
}

}  // namespace entente::cli
