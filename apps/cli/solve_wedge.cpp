// `entente solve wedge`: the cheapest changes of ties that part two actors, or bind them, in every best configuration.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/wedge.hpp"
#include "ties_file.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;
constexpr auto npos = text::Table::npos;

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

// The tie between the two names of a row, if there is one.
std::optional<std::uint32_t> tie_of(const TiesFile& t, const text::Table::Cell& a, const text::Table::Cell& b,
                                    Diagnostics& out) {
  for (const auto* cell : {&a, &b})
    if (!t.actor(cell->text)) {
      out.error("E0643", cell->span, "no tie names `" + cell->text + "`", "an actor of the ties",
                did_you_mean(cell->text, t.actors));
      return std::nullopt;
    }
  const auto pair = std::minmax(*t.actor(a.text), *t.actor(b.text));
  for (std::uint32_t k = 0; k < t.ties.size(); ++k)
    if (std::minmax(t.ties[k].a, t.ties[k].b) == pair) return k;
  out.error("E0644", a.span, a.text + " and " + b.text + " have no tie that could move", "not among the ties",
            "a row with weight 0 declares one");
  return std::nullopt;
}

void read_moves(const text::Table& table, std::uint32_t file, const TiesFile& t, Diagnostics& out,
                std::vector<wedge::Move>& to) {
  const auto a = table.column("a"), b = table.column("b"), least = table.column("min"), most = table.column("max"),
             cost = table.column("cost"), down = table.column("down"), fixed = table.column("fixed");
  for (const auto c : {a, b, least, most, cost})
    if (c == npos) {
      if (out.ok())
        out.error("E0640", {file, 0, 1}, "moves have the columns a, b, min, max and cost", "header row",
                  "a,b,min,max,cost");
      return;
    }
  for (const auto& row : table.rows) {
    const auto tie = tie_of(t, row[a], row[b], out);
    const auto low = number_in(row[least], "bound of a tie", "E0641", out);
    const auto high = number_in(row[most], "bound of a tie", "E0641", out);
    const auto price = [&](std::size_t column, double otherwise) {
      if (column == npos || row[column].text.empty()) return std::optional(otherwise);
      auto x = number_in(row[column], "cost", "E0642", out);
      if (x && *x < 0) {
        out.error("E0642", row[column].span, "a cost is at least 0", "a number from 0");
        x.reset();
      }
      return x;
    };
    const auto up = price(cost, 0);
    if (row[cost].text.empty()) out.error("E0642", row[cost].span, "a move has a cost", "a number from 0");
    const auto back = price(down, up.value_or(0)), once = price(fixed, 0);
    if (!tie || !low || !high || !up || !back || !once) continue;
    const double now = t.ties[*tie].weight;
    if (*low > *high) {
      out.error("E0645", row[least].span, "the bounds cross", "above the other");
    } else if (now < *low || now > *high) {
      out.error("E0645", row[least].span, "the bounds leave out the present value", "the tie is " + Json(now).dump());
    } else if (std::ranges::any_of(to, [&](const wedge::Move& m) { return m.tie == *tie; })) {
      out.error("E0646", row[a].span, "this tie moves already", "the second row for it");
    } else {
      to.push_back({.tie = *tie, .least = *low, .most = *high, .up = *up, .down = *back, .fixed = *once});
    }
  }
}

Json camps(const TiesFile& t, std::span<const std::uint32_t> bloc) {
  if (bloc.empty()) return nullptr;
  Json out = Json::array();
  for (std::size_t i = 0; i < bloc.size(); ++i) {
    while (out.size() <= bloc[i]) out.push_back(Json::array());
    out[bloc[i]].push_back(t.actors[i]);
  }
  return out;
}

const char* word(wedge::Status s) {
  switch (s) {
    case wedge::Status::already:
      return "already";
    case wedge::Status::possible:
      return "possible";
    case wedge::Status::impossible:
      return "impossible";
    case wedge::Status::unsolved:
      break;
  }
  return "unsolved";
}

Json moves_of(const TiesFile& t, const wedge::Problem& p, const wedge::Answer& a) {
  Json out = Json::array();
  for (std::size_t m = 0; m < p.moves.size(); ++m) {
    const auto& tie = p.graph.ties[p.moves[m].tie];
    auto alone = p;
    alone.moves = {p.moves[m]};
    const std::span value(&a.value[m], 1);
    out.push_back({{"tie", {t.actors[tie.a], t.actors[tie.b]}},
                   {"from", tie.weight},
                   {"to", a.value[m]},
                   {"cost", wedge::cost(alone, value)},
                   {"alone_from", number(a.singles[m].above)},
                   {"alone_to", number(a.singles[m].below)}});
  }
  return out;
}

Json names_of(const TiesFile& t, const wedge::Problem& p, std::uint64_t moves) {
  Json out = Json::array();
  for (std::size_t m = 0; m < p.moves.size(); ++m)
    if (moves >> m & 1u) {
      const auto& tie = p.graph.ties[p.moves[m].tie];
      out.push_back(t.actors[tie.a] + "," + t.actors[tie.b]);
    }
  return out;
}

Json proof(const TiesFile& t, const wedge::Problem& p, const wedge::Answer& a) {
  Json out = Json::array();
  for (const auto& l : a.leaves) {
    Json weights = Json::array();
    for (std::uint32_t k = l.first; k < l.last; ++k) {
      const auto at = std::size_t{a.weights[k].configuration} * p.graph.actors;
      weights.push_back({{"weight", a.weights[k].weight},
                         {"configuration", camps(t, std::span(a.configurations).subspan(at, p.graph.actors))}});
    }
    out.push_back({{"cut", names_of(t, p, l.settled & l.cuts)},
                   {"not_cut", names_of(t, p, l.settled & ~l.cuts)},
                   {"moved", names_of(t, p, l.moves)},
                   {"left_alone", names_of(t, p, l.stays)},
                   {"bound", number(l.bound)},
                   {"says", l.empty     ? "there is no such configuration"
                            : l.refuted ? "no package does it"
                                        : "every package costs at least the bound"},
                   {"weights", weights}});
  }
  return out;
}

}  // namespace

int solve_wedge(const std::string& path, const WedgeArgs& a, const Common& c) {
  const auto setting = blocs_setting(a.blocs);
  if (!setting)
    return complain(usage, "E0744", "`" + a.blocs + "` is no number of blocs", "2, another whole number, or free", c);
  if (a.apart.empty() == a.together.empty())
    return complain(usage, "E0751", "either --apart or --together names the two", "such as --apart RUS,CHN", c);
  const auto& pair = a.apart.empty() ? a.together : a.apart;
  if (pair.size() != 2 || pair[0] == pair[1])
    return complain(usage, "E0751", "a wedge or a bind is between two different actors", "such as --apart RUS,CHN", c);
  Opened o;
  TiesFile t;
  if (const int code = read_ties_file(path, a.sizes, o, c, t); code != ok) return code;
  for (const auto& name : pair)
    if (!t.actor(name))
      return complain(bad_input, "E0743", "no tie names `" + name + "`", did_you_mean(name, t.actors), c);
  wedge::Problem p;
  p.graph.actors = static_cast<std::uint32_t>(t.actors.size());
  for (const auto& tie : t.ties) p.graph.ties.push_back({tie.a, tie.b, tie.weight});
  p.graph.size = t.size;
  p.setting = *setting;
  p.a = *t.actor(pair[0]);
  p.b = *t.actor(pair[1]);
  p.together = a.apart.empty();
  std::uint32_t file = 0;
  int code = ok;
  const auto table = open_table(a.moves, o, c, file, code);
  if (!table) return code;
  read_moves(*table, file, t, o.diagnostics, p.moves);
  if (!o.diagnostics.ok()) {
    say(o, c);
    return bad_input;
  }
  const wedge::Options options{.margin = a.margin, .nodes = a.nodes};
  const auto answer = wedge::solve(p, options);
  if (!answer) return fail(answer.error(), c, o, named(t));
  const auto verdict = wedge::check(p, options, *answer);
  Json out{{"actors", t.actors}, {p.together ? "together" : "apart", pair}, {"status", word(answer->status)}};
  out["cost"] = number(answer->cost);
  if (answer->status == wedge::Status::impossible) out["cost_note"] = "infinite: no package within the bounds does it";
  if (answer->status == wedge::Status::unsolved) out["cost_note"] = "a limit was reached; the least may be lower";
  out["bound"] = number(answer->bound);
  out["moves"] = moves_of(t, p, *answer);
  out["before"] = number(answer->before);
  out["after"] = number(answer->after);
  out["margin"] = a.margin;
  out["scale"] = wedge::scale(p);
  const auto wanted = camps(t, answer->wanted), unwanted = camps(t, answer->unwanted);
  out["best_apart"] = p.together ? unwanted : wanted;
  out["best_together"] = p.together ? wanted : unwanted;
  out["nodes"] = answer->nodes;
  out["questions"] = answer->questions;
  if (a.proof) out["proof"] = proof(t, p, *answer);
  out["judge"] = {{"consistent", verdict.consistent}, {"bound_verified", verdict.bound_verified}};
  if (!verdict.fault.empty()) out["judge"]["fault"] = verdict.fault;
  return conclude(out, {{"judge", "consistent"}}, answer->status == wedge::Status::unsolved ? not_solved : ok);
}

}  // namespace entente::cli
