// `entente solve game`: a game in a file of Gambit's.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/game_signalling.hpp"
#include "entente/text/file.hpp"
#include "entente/text/gambit.hpp"
#include "opened.hpp"
#include "time_limit.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

// Names that tell apart: as they are when they do, else with their number.
std::vector<std::string> distinct(std::vector<std::string> names, const std::string& what) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].empty()) names[i] = what + " " + std::to_string(i + 1);
  auto out = names;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::count(names, names[i]) > 1) out[i] += " (" + std::to_string(i + 1) + ")";
  return out;
}

Json by_name(const std::vector<std::string>& names, const std::vector<double>& x) {
  Json out = Json::object();
  for (std::size_t i = 0; i < x.size(); ++i) out[names[i]] = std::isnan(x[i]) ? Json(nullptr) : Json(x[i]);
  return out;
}

game::Extensive tree_of(const text::Gambit& file) {
  game::Extensive g{.players = static_cast<std::uint32_t>(file.players.size())};
  for (const auto& i : file.information)
    g.information.push_back({i.player, static_cast<std::uint32_t>(i.moves.size())});
  for (const auto& n : file.nodes) {
    g.nodes.push_back({.kind = n.kind == 'c'   ? game::Node::Kind::chance
                               : n.kind == 'p' ? game::Node::Kind::decision
                                               : game::Node::Kind::terminal,
                       .information = n.information,
                       .children = n.children,
                       .chance = n.chance});
    for (std::uint32_t p = 0; p < g.players; ++p) g.payoff.push_back(n.payoff.empty() ? 0 : n.payoff[p]);
  }
  return g;
}

// What each thing is called in the answer.
struct Names {
  std::vector<std::string> sets;                // information sets, or players of a table
  std::vector<std::vector<std::string>> moves;  // by set
  std::vector<std::string> types, signals, actions;
};

Names names_of(const text::Gambit& file) {
  Names n;
  if (!file.extensive) {
    n.sets = distinct(file.players, "player");
    for (const auto& s : file.strategies) n.moves.push_back(distinct(s, "strategy"));
    return n;
  }
  const auto players = distinct(file.players, "player");
  for (const auto& i : file.information) {
    n.sets.push_back(i.name.empty() ? players[i.player] + " " + std::to_string(i.number) : i.name);
    n.moves.push_back(distinct(i.moves, "move"));
  }
  n.sets = distinct(n.sets, "set");
  return n;
}

void name_signals(const text::Gambit& file, const game::Shape& s, Names& n) {
  std::vector<std::string> types = file.nodes[0].moves, signals(s.signal.size()),
                           actions = file.information[s.signal[0]].moves;
  for (const std::uint32_t t : file.nodes[0].children)
    for (std::size_t m = 0; m < file.nodes[t].children.size(); ++m) {
      const auto heard = file.nodes[file.nodes[t].children[m]].information;
      auto& name = signals[static_cast<std::size_t>(std::ranges::find(s.signal, heard) - s.signal.begin())];
      if (name.empty()) name = file.information[file.nodes[t].information].moves[m];
    }
  n.types = distinct(types, "type");
  n.signals = distinct(signals, "signal");
  n.actions = distinct(actions, "action");
}

Json behaviour(const Names& n, const game::Behaviour& b) {
  Json out = Json::object();
  for (std::size_t s = 0; s < b.size(); ++s) out[n.sets[s]] = by_name(n.moves[s], b[s]);
  return out;
}

Json equilibrium(const Names& n, const game::Signalling& g, const game::Equilibrium& e) {
  Json sends = Json::object(), replies = Json::object(), beliefs = Json::object();
  for (std::size_t t = 0; t < e.signal.size(); ++t) sends[n.types[t]] = by_name(n.signals, e.signal[t]);
  for (std::size_t m = 0; m < e.reply.size(); ++m) {
    replies[n.signals[m]] = by_name(n.actions, e.reply[m]);
    Json points = Json::array();
    for (const auto& b : e.belief[m]) points.push_back(by_name(n.types, b));
    beliefs[n.signals[m]] = {{"sent", e.sent[m] != 0}, {"vertices", points}};
  }
  return {{"sends", sends},           {"replies", replies},
          {"beliefs", beliefs},       {"payoffs", by_name(n.types, e.payoff)},
          {"receiver", e.receiver},   {"kind", e.pooling ? "pooling" : e.separating ? "separating" : "partly"},
          {"intuitive", e.intuitive}, {"judge", game::check(g, e)}};
}

Json quantal(const Names& n, const game::Extensive& g, const std::vector<double>& at, const std::stop_token& stop) {
  const auto path = game::logit(g, {.at = at, .stop = stop});
  if (!path) return {{"note", path.error().message}};
  const auto point = [&](const game::LogitPoint& q) -> Json {
    if (std::isnan(q.residual)) return nullptr;
    return {{"lambda", q.lambda},
            {"behaviour", behaviour(n, q.behaviour)},
            {"residual", game::check_logit(g, q.lambda, q.behaviour)},
            {"regret", q.regret}};
  };
  static const char* stops[] = {"regret", "lambda", "steps", "stuck", "time"};
  Json points = Json::array();
  for (const auto& q : path->at) points.push_back(point(q));
  return {{"at", points},
          {"end", point(path->last)},
          {"stop", stops[static_cast<int>(path->stop)]},
          {"steps", path->steps},
          {"turns", path->turns}};
}

Json pure_profile(const Names& n, const std::vector<std::uint32_t>& p) {
  Json out = Json::object();
  for (std::size_t s = 0; s < p.size(); ++s)
    out[n.sets[s]] = p[s] == game::any_move ? Json(nullptr) : Json(n.moves[s][p[s]]);
  return out;
}

game::Behaviour played(const game::Extensive& g, const std::vector<std::uint32_t>& p) {
  game::Behaviour b;
  for (std::size_t s = 0; s < p.size(); ++s) {
    b.emplace_back(g.information[s].moves, 0.0);
    b.back()[p[s] == game::any_move ? 0 : p[s]] = 1;
  }
  return b;
}

// Pure equilibria of a tree: moves everywhere where there are few of them, else plans without the moves that never
// matter. `whole`: every set has its move.
struct PureFound {
  Result<std::vector<std::vector<std::uint32_t>>> profiles;
  bool whole = true;
  std::string work;
};
PureFound pure_of(const game::Extensive& tree, const std::stop_token& stop) {
  double behaviours = 1;
  for (const auto& i : tree.information) behaviours *= i.moves;
  if (behaviours <= 4096) return {game::pure(tree), true, {}};
  auto found = game::pure_plans(tree, stop);
  if (!found) return {std::unexpected(found.error()), false, {}};
  std::string work;
  for (const double n : found->work.plans)
    work += (work.empty() ? "" : " x ") + std::to_string(static_cast<std::uint64_t>(n));
  return {std::move(found->profile), false, work};
}

}  // namespace

int solve_game(const std::string& path, const GameArgs& a, const Common& c) {
  static const std::vector<std::string> known{"pure", "mixed", "sequential", "qre"};
  for (const auto& what : a.of)
    if (std::ranges::find(known, what) == known.end())
      return complain(usage, "E0714", "`" + what + "` is no solution that --of knows", did_you_mean(what, known), c);
  Opened o;
  auto content = text::read_file(path, std::size_t{64} << 20);
  if (!content) return fail(content.error(), c);
  const auto id = o.sources.add(path, std::move(*content));
  const text::Gambit file = text::read_gambit(o.sources, id, o.diagnostics);
  say(o, c);
  if (!o.diagnostics.ok()) return bad_input;
  game::Strategic table;
  game::Extensive tree;
  if (file.extensive) {
    tree = tree_of(file);
  } else {
    for (const auto& s : file.strategies) table.strategies.push_back(static_cast<std::uint32_t>(s.size()));
    table.payoff = file.payoff;
    if (auto ok = game::validate(table); !ok) return fail(ok.error(), c, o);
    tree = game::extensive(table);
  }
  const bool pure_only = a.of == std::vector<std::string>{"pure"};
  bool recall = true;
  if (auto ok = game::validate(tree, game::Recall::any); ok) recall = game::perfect_recall(tree);
  if (auto ok = game::validate(tree, pure_only || a.of.empty() ? game::Recall::any : game::Recall::perfect); !ok) {
    std::size_t node = 0;
    const std::string& where = ok.error().where;
    if (file.extensive && where.starts_with("node ") &&
        std::from_chars(where.data() + 5, where.data() + where.size(), node).ec == std::errc{} &&
        node < file.nodes.size()) {
      o.diagnostics.error("E0670", file.nodes[node].span, ok.error().message, "at this node");
      say(o, c);
      return bad_input;
    }
    return fail(ok.error(), c, o);
  }
  const TimeLimit limit(a.seconds);
  const Verdicts verdicts{{"pure", "*", "judge"}, {"mixed", "extreme", "*", "judge"}, {"sequential", "*", "judge"}};
  Names n = names_of(file);
  const auto shape = file.extensive ? game::signalling(tree) : std::nullopt;
  if (shape) name_signals(file, *shape, n);
  Json out{{"title", file.title},
           {"players", file.players},
           {"form", file.extensive ? "extensive" : "strategic"},
           {"signalling", shape.has_value()}};
  const auto asked = [&](const char* what) { return std::ranges::find(a.of, what) != a.of.end(); };
  const auto note = [&](const char* what, const Error& e) {  // not asked for by name: said and passed over
    out[what] = nullptr;
    out[std::string(what) + "_note"] = e.message;
  };
  Json sequential = Json::array();
  bool decided = shape.has_value();
  if (a.of.empty() || asked("pure") || asked("sequential")) {
    Json list = Json::array();
    if (shape) {
      const auto all = game::pure(shape->game);
      if (!all && asked("pure")) return fail(all.error(), c, o);
      if (!all) note("pure", all.error());
      else
        for (const auto& e : *all) list.push_back(equilibrium(n, shape->game, e));
      sequential = list;
    } else {
      const PureFound found = file.extensive ? pure_of(tree, limit.token()) : PureFound{game::pure(table), true, {}};
      const auto& all = found.profiles;
      if (!all && asked("pure")) return fail(all.error(), c, o);
      if (!all) note("pure", all.error());
      const bool perfect = file.extensive && found.whole && game::perfect_information(tree);
      decided = perfect && all;
      const std::size_t most = std::max<std::size_t>(1, std::min<std::size_t>(1000, 200'000 / n.sets.size()));
      if (all && !found.whole) {
        out["pure_count"] = all->size();
        out["pure_note"] = found.work + " plans looked at; null: the player's own moves never lead there" +
                           (all->size() > most ? "; the first " + std::to_string(most) + " are listed" : "");
      }
      for (std::size_t k = 0; all && k < all->size(); ++k) {
        if (!found.whole && (k >= most || limit.over())) break;
        const auto b = played(tree, (*all)[k]);
        Json e{{"moves", pure_profile(n, (*all)[k])},
               {"payoffs", by_name(distinct(file.players, "player"), game::expected(tree, b))}};
        if (file.extensive) e["judge"] = game::check(tree, b);
        if (perfect) e["subgame_perfect"] = game::check_everywhere(tree, b) < 1e-12;
        list.push_back(e);
        if (perfect && game::check_everywhere(tree, b) < 1e-12) sequential.push_back(e);
      }
    }
    if (!out.contains("pure") && (a.of.empty() || asked("pure"))) out["pure"] = list;
  }
  if (!recall) {
    if (a.of.empty())
      for (const char* what : {"mixed", "qre"})
        note(what,
             {ErrorKind::invalid, "a player forgets here: chances by information set are not all its mixed plans"});
    return conclude(out, verdicts);
  }
  if (a.of.empty() || asked("mixed") || (asked("sequential") && shape)) {
    if (shape) {
      const auto set = game::mixed(shape->game, limit.token());
      if (!set && asked("mixed")) return fail(set.error(), c, o);
      if (!set) note("mixed", set.error());
      else {
        Json list = Json::array();
        for (const auto& e : set->extreme) {
          list.push_back(equilibrium(n, shape->game, e));
          if (!e.pure) sequential.push_back(list.back());
        }
        if (a.of.empty() || asked("mixed")) out["mixed"] = {{"extreme", list}, {"continuum", set->continuum}};
      }
    } else if (file.extensive) {
      const auto set = game::mixed(tree, limit.token());
      if (!set && asked("mixed")) return fail(set.error(), c, o);
      if (!set) note("mixed", set.error());
      else {
        Json list = Json::array();
        for (const auto& b : set->extreme)
          list.push_back({{"behaviour", behaviour(n, b)},
                          {"payoffs", by_name(distinct(file.players, "player"), game::expected(tree, b))},
                          {"judge", game::check(tree, b)}});
        out["mixed"] = {{"extreme", list}, {"continuum", set->degenerate}};
      }
    } else {
      const auto set = game::bimatrix(table, limit.token());
      if (!set && asked("mixed")) return fail(set.error(), c, o);
      if (!set) note("mixed", set.error());
      else {
        Json list = Json::array();
        for (const auto& e : set->extreme)
          list.push_back(
              {{"behaviour", behaviour(n, {e.x, e.y})}, {"payoffs", {e.u, e.v}}, {"judge", game::check(table, e)}});
        out["mixed"] = {{"extreme", list}, {"continuum", set->degenerate}};
      }
    }
  }
  if (asked("sequential")) {
    out["sequential"] = decided ? sequential : Json(nullptr);
    if (!decided)
      out["sequential_note"] =
          "decided for signalling games and for pure behaviours under perfect information; the end of qre is near one";
  }
  if (a.of.empty() || asked("qre")) out["qre"] = quantal(n, tree, a.lambda, limit.token());
  return conclude(out, verdicts);
}

}  // namespace entente::cli
