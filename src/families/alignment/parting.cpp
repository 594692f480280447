// wedge and bind: what it would take to part two actors, or to bring them together.
//
// The kernel finds the cheapest package of changed ties after which the two stand apart (together) in every best
// configuration, with proof, or proves that none within the bounds does it (kernel/wedge.hpp). Here names become
// numbers. A move's bounds are values that the tie can be given; where a draw puts the tie beyond a bound, the tie
// itself is the bound. Costs are told for 0.1 of a tie. Impossible is an infinite price, which compares; not solved is
// none.
//
// As in align, the question is answered under every declared measure of size.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/wedge.hpp"
#include "families/alignment/section.hpp"
#include "families/alignment/ties.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double step = 0.1;  // of a tie: what a cost is told for
using number::show;
using situation::PartingQuestion;

class PartingModel final : public Model {
 public:
  PartingModel(const situation::Situation& s, const PartingQuestion& q) : s_(s), q_(q), ties_(s, q_.camp) {
    setting_ = ties_.setting();
    measures_.push_back(q_.camp.measure);
    for (std::uint32_t m = 0; m < situation::measures(s).size(); ++m) measures_.push_back(m);
    for (std::size_t v = 0; v < measures_.size(); ++v) view(v);
    ties_.reads(reads_);
    const auto read = [&](situation::ParamId id) {
      if (id != situation::none) reads_.push_back(id);
    };
    for (const auto m : measures_) ties_.reads_sizes(m, reads_);
    read(q_.margin), read(q_.budget);
    for (const auto& m : q_.moves) read(m.up), read(m.down), read(m.cost), read(m.fixed);
    std::ranges::sort(reads_);
    reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
  }

  struct Work final : Scratch {
    wedge::Workspace kernel;
    wedge::Problem problem;
    wedge::Answer answer;
    Present in;
    std::vector<std::size_t> move;  // of the question's move among the problem's; npos: its tie is absent
  };
  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Work>(); }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    const std::size_t views = measures_.size();
    for (std::size_t v = 0; v < views; ++v) {
      if (v > 0 && measures_[v] == measures_[0]) continue;  // answered with the first
      bool main = false, alone = false;
      for (std::size_t u = v; u < views; ++u) {
        if (measures_[u] != measures_[v]) continue;
        main = main || groups[u];
        alone = alone || groups[views + u];
      }
      if (!main && !alone) continue;
      const Reason failed = solve(p, measures_[v], {.singles = alone, .certificate = false}, w);
      for (std::size_t c = 0; c < cells_.size(); ++c) {
        if (measures_[cells_[c].view] != measures_[v] || !groups[quantities_[c].group]) continue;
        reason[c] = failed;
        value[c] = failed == Reason::none ? number(cells_[c], p, w, reason[c]) : undefined;
      }
    }
  }

  Account account(std::span<const double> p, Scratch& scratch) const override;
  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

 private:
  enum class What : unsigned char { price, affordable, possible, already, gap, change, alone, budget };
  struct Cell {
    What what;
    std::size_t view, i;
  };

  void view(std::size_t v) {
    const std::string prefix = v == 0 ? "" : situation::measures(s_)[measures_[v]].name + ".";
    const auto add = [&](const std::string& name, const number::Unit& unit, Phrase says, What what, std::size_t i,
                         bool headline = false) {
      const std::size_t group = v + (what == What::alone ? measures_.size() : 0);
      quantities_.push_back({prefix + name, unit, std::move(says), static_cast<unsigned>(group), headline && v == 0});
      cells_.push_back({what, v, i});
    };
    const std::string done = q_.bind ? "together" : "apart";
    const number::Unit plain;
    add("price", q_.unit, "the least that it costs until they stand " + done + "; infinite where nothing does it",
        What::price, 0, true);
    if (q_.budget != situation::none && v == 0) {
      add("budget", q_.unit, say("what {} would pay", short_in_text(s_, q_.by)), What::budget, 0);
    }
    if (q_.budget != situation::none)
      add("affordable", plain, "1 if the price is within the budget", What::affordable, 0), last_is_yes_no();
    add("possible", plain, "1 if some package within the bounds does it", What::possible, 0, true), last_is_yes_no();
    add("already", plain, "1 if they stand " + done + " as things are", What::already, 0), last_is_yes_no();
    add("gap", plain,
        "how much worse the best configuration otherwise is than the best with them " + done +
            ", as a share of all pulls",
        What::gap, 0, true);
    for (std::size_t m = 0; m < q_.moves.size(); ++m) {
      const std::string name = ties_.name(ties_.pairs()[ties_.pair(q_.moves[m].tie)]);
      add("change." + name, plain, "by how much the cheapest package moves it", What::change, m, v == 0);
      add("alone." + name, plain, "the value from which this tie alone would do it", What::alone, m);
    }
  }

  Reason solve(std::span<const double> p, std::uint32_t measure, wedge::Options options, Work& w) const {
    ties_.graph(p, measure, w.in);
    const std::uint32_t a = w.in.place[ties_.position(q_.a)], b = w.in.place[ties_.position(q_.b)];
    if (a == Present::absent || b == Present::absent) return Reason::absent;
    w.problem.graph = w.in.graph;
    w.problem.setting = setting_;
    w.problem.a = a, w.problem.b = b;
    w.problem.together = q_.bind;
    w.problem.moves.clear();
    w.move.assign(q_.moves.size(), Ties::npos);
    for (std::size_t m = 0; m < q_.moves.size(); ++m) {
      const auto& from = q_.moves[m];
      const std::size_t k = ties_.pair(from.tie);
      if (w.in.tied[k] == Ties::npos || p[situation::ties(s_)[from.tie].presence] == 0) continue;
      const double now = w.in.tie[k], cost = p[from.cost] / step;
      w.move[m] = w.problem.moves.size();
      w.problem.moves.push_back({.tie = static_cast<std::uint32_t>(w.in.tied[k]),
                                 .least = from.down == situation::none ? now : std::min(now, p[from.down]),
                                 .most = from.up == situation::none ? now : std::max(now, p[from.up]),
                                 .up = cost,
                                 .down = cost,
                                 .fixed = from.fixed == situation::none ? 0 : p[from.fixed]});
    }
    options.margin = std::clamp(p[q_.margin], 1e-8, 1.0);
    if (!wedge::solve(w.problem, options, w.kernel, w.answer)) return Reason::limited;  // of its inner searches
    return w.answer.status == wedge::Status::unsolved ? Reason::limited : Reason::none;
  }

  double number(const Cell& c, std::span<const double> p, const Work& w, Reason& reason) const {
    const auto& answer = w.answer;
    switch (c.what) {
      case What::price:
        return answer.cost;
      case What::budget:
        return p[q_.budget];
      case What::affordable:
        return answer.cost <= p[q_.budget] ? 1 : 0;
      case What::possible:
        return answer.status == wedge::Status::impossible ? 0 : 1;
      case What::already:
        return answer.status == wedge::Status::already ? 1 : 0;
      case What::gap:
        return std::isfinite(answer.before) ? answer.before : (reason = Reason::no_other, undefined);
      case What::change: {
        const std::size_t m = w.move[c.i];
        if (m == Ties::npos) return reason = Reason::absent, undefined;
        if (answer.status == wedge::Status::impossible) return reason = Reason::impossible, undefined;
        return answer.value[m] - w.problem.graph.ties[w.problem.moves[m].tie].weight;
      }
      case What::alone: {
        const std::size_t m = w.move[c.i];
        if (m == Ties::npos) return reason = Reason::absent, undefined;
        const auto& one = answer.singles[m];
        const double now = w.problem.graph.ties[w.problem.moves[m].tie].weight;
        if (std::isnan(one.below) && std::isnan(one.above)) return reason = Reason::impossible, undefined;
        if (std::isnan(one.below) || one.above - now < now - one.below) return one.above;
        return one.below;
      }
    }
    return undefined;
  }

  std::string money(double x, int digits = 3) const {
    return show(x, digits) + (q_.unit.text.empty() ? "" : " " + q_.unit.text);
  }
  void packages(Account& a, std::span<const double> p, const Work& w) const;

  const situation::Situation& s_;
  const PartingQuestion& q_;
  Ties ties_;
  blocs::Setting setting_;
  std::vector<std::uint32_t> measures_;
  std::vector<Cell> cells_;
};

Account PartingModel::account(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  Account a;
  const Phrase who = in_text(s_, q_.by), pair = in_text(s_, q_.a) + " and " + in_text(s_, q_.b);
  const Reason failed = solve(p, measures_[0], {}, w);
  a.reference =
      "selective accommodation: Crawford 2011, doi:10.1162/ISEC_a_00036; "
      "configurations: Axelrod and Bennett 1993, doi:10.1017/S000712340000973X";
  a.method =
      "The cheapest bounded change of ties after which " + pair.text() + " stand " + (q_.bind ? "together" : "apart") +
      " in every best configuration: a tree over which side of each moved tie is wanted, with an exact optimiser "
      "of blocs as judge of every package.";
  a.assumptions = {"a tie that is moved stays where it was put, and nobody answers by moving another",
                   "costs are declared for 0.1 of a tie, the same all the way; what a tie costs to move is a judgement "
                   "like any other",
                   fmt::format("it counts when every other configuration is worse by {} of the energy's scale",
                               show(p[q_.margin], 1))};
  if (failed != Reason::none) {
    a.headline = "No answer: " + std::string(says(failed)) + ".";
    return a;
  }
  const auto& answer = w.answer;
  switch (answer.status) {
    case wedge::Status::already:
      a.headline = "As things are " + pair + (q_.bind ? " stand together" : " stand apart") + "; nothing is to pay.";
      break;
    case wedge::Status::impossible:
      a.headline = Phrase("No package within the bounds ") + (q_.bind ? "brings " : "parts ") + pair +
                   (q_.bind ? " together." : ".");
      break;
    default:
      a.headline = say("It would cost {} {} to {} {}.", who, money(answer.cost), q_.bind ? "bind" : "part", pair);
  }
  a.lines.push_back({"price", answer.cost, q_.unit.text, ""});
  if (q_.budget != situation::none)
    a.lines.push_back({"budget", p[q_.budget], q_.unit.text,
                       answer.cost <= p[q_.budget] ? "the price is within it" : "the price is beyond it"});
  a.lines.push_back({"gap", std::isfinite(answer.before) ? answer.before : undefined, "",
                     "as things are, over the sum of all pulls: how much worse the best other configuration is than "
                     "the best with them " +
                         std::string(q_.bind ? "together" : "apart") + "; below 0 the other is better"});
  packages(a, p, w);
  if (!answer.wanted.empty() && answer.status == wedge::Status::possible)
    a.notes.push_back("then the best configuration is " + ties_.sides(w.in, answer.wanted));
  if (!answer.unwanted.empty() && answer.status == wedge::Status::impossible)
    a.notes.push_back("as things are the best configuration is " + ties_.sides(w.in, answer.unwanted));
  const wedge::Options options{.margin = std::clamp(p[q_.margin], 1e-8, 1.0)};
  const auto verdict = wedge::check(w.problem, options, answer);
  if (!verdict.consistent) a.violation = std::numeric_limits<double>::infinity();
  a.certificate = !verdict.consistent ? "the checker objects: " + verdict.fault
                  : verdict.bound_verified
                      ? std::string(answer.status == wedge::Status::impossible
                                        ? "proven that none does; the proof found again by the checker"
                                        : "proven least; package and bound found again by the checker")
                      : std::string("package found again by the checker; its bound was not: ") + verdict.fault;
  for (std::size_t v = 1; v < measures_.size(); ++v) {
    if (measures_[v] == measures_[0]) continue;
    const Phrase by = "by " + named(situation::measures(s_)[measures_[v]].name);
    const Reason r = solve(p, measures_[v], {.singles = false, .certificate = false}, w);
    a.notes.push_back(r != Reason::none ? by + " there is no answer: " + says(r)
                                        : by + " the price is " + money(w.answer.cost));
  }
  return a;
}

void PartingModel::packages(Account& a, std::span<const double> p, const Work& w) const {
  Account::Table t{"Ties that can be moved", {"tie", "now", "from", "to", "cost of 0.1", "package", "alone from"}, {}};
  for (std::size_t m = 0; m < q_.moves.size(); ++m) {
    if (w.move[m] == Ties::npos) continue;
    const auto& move = w.problem.moves[w.move[m]];
    const double now = w.problem.graph.ties[move.tie].weight;
    const auto& one = w.answer.singles[w.move[m]];
    std::string alone;
    if (!std::isnan(one.above))
      alone = show(one.above, 2) + (one.above > move.most ? " upwards, out of reach" : " upwards");
    if (!std::isnan(one.below))
      alone += (alone.empty() ? "" : ", or ") + show(one.below, 2) +
               (one.below < move.least ? " downwards, out of reach" : " downwards");
    const bool moved = w.answer.status == wedge::Status::possible && w.answer.value[w.move[m]] != now;
    t.rows.push_back(
        {ties_.told(ties_.pairs()[ties_.pair(q_.moves[m].tie)]), Entry::number(now, 2), Entry::number(move.least, 2),
         Entry::number(move.most, 2), Entry::number(p[q_.moves[m].cost], money(p[q_.moves[m].cost], 2), q_.unit.text),
         moved ? Entry::number(w.answer.value[w.move[m]], 2) : Entry("stays"), alone.empty() ? "never" : alone});
  }
  a.tables.push_back(std::move(t));
}

std::vector<Picture> PartingModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  std::vector<Picture> out;
  const Phrase pair = in_text(s_, q_.a) + " and " + in_text(s_, q_.b), by_whom = in_text(s_, q_.by);
  const std::string verb = q_.bind ? "bind " : "part ";
  const auto cell = [&](What what, std::size_t view, std::size_t i = 0) {
    for (std::size_t c = 0; c < cells_.size(); ++c)
      if (cells_[c].what == what && cells_[c].view == view && cells_[c].i == i) return Figure::of(c);
    return Figure{};
  };
  PriceLine line{.unit = q_.unit.text, .unbounded = "no package does it"};
  for (std::size_t v = 0; v < measures_.size(); ++v) {
    if (v > 0 && measures_[v] == measures_[0]) continue;
    const Phrase by =
        measures_[v] == situation::none ? Phrase("equal sizes") : named(situation::measures(s_)[measures_[v]].name);
    line.points.push_back(
        {"price, by " + by, cell(What::price, v), v == 0 ? PriceLine::Role::solution : PriceLine::Role::reference, ""});
  }
  if (q_.budget != situation::none)
    line.points.push_back({say("what {} would pay", by_whom), cell(What::budget, 0), PriceLine::Role::limit, ""});
  out.push_back({say("What it would cost {} to {}{}", by_whom, verb, pair),
                 "The cheapest package by each measure of size. An arrow: in some draws no package does it. Broken "
                 "line: what would "
                 "be paid.",
                 std::move(line)});
  if (solve(p, measures_[0], {.singles = false, .certificate = false}, w) != Reason::none) return out;
  const bool possible = w.answer.status == wedge::Status::possible;
  const auto& bloc = w.answer.status == wedge::Status::impossible ? w.answer.unwanted : w.answer.wanted;
  Network net = blocs_network(s_, q_.camp, ties_, w.in, bloc);
  for (std::size_t k = 0; k < w.in.tied.size(); ++k) {
    const std::size_t t = w.in.tied[k];
    if (t == Ties::npos) continue;
    const auto& edge = ties_.pairs()[k];
    Network::Edge e{.from = w.in.place[edge.i], .to = w.in.place[edge.j], .width = Figure::fixed(w.in.tie[k])};
    const auto ends = std::minmax(ties_.position(q_.a), ties_.position(q_.b));
    if (edge.i == ends.first && edge.j == ends.second) e.mark = Network::Mark::asked;
    for (std::size_t m = 0; m < w.move.size() && possible; ++m) {
      if (w.move[m] == Ties::npos || w.problem.moves[w.move[m]].tie != t) continue;
      const double to = w.answer.value[w.move[m]];
      if (to == w.in.tie[k]) continue;
      e.before = e.width, e.width = Figure::fixed(to), e.mark = Network::Mark::moved;
      e.label = show(w.in.tie[k], 2) + " → " + show(to, 2);
    }
    net.edges.push_back(std::move(e));
  }
  const std::string title = possible ? "The cheapest package, with every number at its median, and the sides after it"
                                     : "The sides as they stand";
  out.push_back({title,
                 possible ? "Bold ties are moved by the package; their labels say from what to what."
                 : w.answer.status == wedge::Status::already ? "Nothing has to be moved."
                                                             : "No package within the bounds does it.",
                 std::move(net)});
  return out;
}

}  // namespace

std::unique_ptr<Model> compile_parting(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<PartingModel>(s, *q.what.as<situation::PartingQuestion>());
}

}  // namespace entente::ask
