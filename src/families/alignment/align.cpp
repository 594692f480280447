// align: who stands with whom.
//
// Propensities come from evidence and judgement (ask/ties.hpp); the kernel finds every best configuration, with proof,
// and the second best (kernel/blocs.hpp). The question is answered under every declared measure of size: plain names
// stand for the one that the question asks for, `MEASURE.name` for each, so that a claim can be held to all of them.
//
// Two actors stand together when they do in every best configuration, apart when they do in none; where equally good
// configurations disagree (an actor or a group that no tie joins to the rest, exactly cancelling ties) there is no
// answer, and the reason is given. Frustration and gap are shares: of the sum of all |s_a s_b tie|, of an actor's own.
//
// With a temperature ties are log odds and every configuration has a probability (kernel/blocs_distribution.hpp):
// `chance.A-B` is a pair's, and `together.A-B` the event, 1 or 0: each draw takes one configuration, by the question's
// own uniform number, so that all events of a draw are those of one configuration. At the medians it is the likeliest.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/base/elementary.hpp"
#include "entente/kernel/blocs_distribution.hpp"
#include "families/alignment/section.hpp"
#include "families/alignment/ties.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
using number::show;

class AlignModel final : public Model {
 public:
  AlignModel(const situation::Situation& s, const situation::AlignQuestion& q) : s_(s), camp_(q.camp), ties_(s, camp_) {
    setting_ = ties_.setting();
    soft_ = camp_.temperature != situation::none;
    view("", camp_.measure);
    const bool sized = !soft_ || camp_.size_exponent != situation::none;
    for (std::uint32_t m = 0; sized && m < situation::measures(s).size(); ++m)
      view(situation::measures(s)[m].name + ".", m);
    const number::Unit plain;
    for (std::size_t k = 0; k < ties_.pairs().size(); ++k) {
      const auto& pair = ties_.pairs()[k];
      quantities_.push_back({"tie." + ties_.name(pair), plain, "the tie that evidence and judgement make", 0, false});
      cells_.push_back({What::tie, 0, k, 0});
    }
    ties_.reads(reads_);
    for (const auto& v : views_)
      if (sized) ties_.reads_sizes(v.measure, reads_);
    for (const auto id : {camp_.temperature, camp_.size_exponent, camp_.toss})
      if (id != situation::none) reads_.push_back(id);
    std::ranges::sort(reads_);
    reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
  }

  struct Work final : Scratch {
    blocs::Workspace kernel;
    blocs::Solution solution;
    blocs::DistributionWorkspace sums;
    blocs::Distribution likely;
    blocs::DistributionOptions options;
    std::vector<blocs::Condition> conditions;
    Present in;
    double scale = 0;
  };

  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Work>(); }

  // What was scored: two camps, neither empty, given a dispute among them, by estimated weights and nothing else.
  const Record* record() const noexcept override {
    if (!soft_ || !camp_.camps || camp_.core != situation::none || camp_.size_exponent != situation::none)
      return nullptr;
    if (!camp_.world || !camp_.world->whole || !camp_.evidence.empty()) return nullptr;
    const auto& t = s_.parameters[camp_.temperature].number;
    if (t.form != number::Form::distribution || !t.distribution.is_fixed() || t.distribution.median() != 1)
      return nullptr;
    const bool judged = std::ranges::any_of(ties_.pairs(), [&](const auto& p) {
      return camp_.judged && situation::ties(s_)[p.tie].judgement != situation::none;
    });
    return judged ? nullptr : camp_.world->record.get();
  }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    for (std::size_t v = 0; v < views_.size(); ++v) {
      if (v > 0 && views_[v].measure == views_[0].measure) continue;  // answered with the first
      bool wanted = false;
      for (std::size_t u = v; u < views_.size(); ++u)
        wanted = wanted || (views_[u].measure == views_[v].measure && groups[u]);
      if (!wanted) continue;
      const bool solved = solve(p, views_[v], w);
      for (std::size_t c = 0; c < cells_.size(); ++c) {
        if (views_[cells_[c].view].measure != views_[v].measure || !groups[cells_[c].view]) continue;
        reason[c] = Reason::none;
        value[c] = number(cells_[c], w, solved, reason[c]);
      }
    }
  }

  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    if (!solve(p, views_[0], w)) return {};
    Network net = blocs_network(s_, camp_, ties_, w.in, w.solution.bloc);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (cells_[c].what != What::tie) continue;
      const auto& pair = ties_.pairs()[cells_[c].i];
      const std::size_t t = w.in.tied[cells_[c].i];
      if (t == Ties::npos) continue;
      const bool frustrated = w.solution.tie_frustration[t] > 0;
      net.edges.push_back({.from = w.in.place[pair.i],
                           .to = w.in.place[pair.j],
                           .width = Figure::of(c),
                           .mark = frustrated ? Network::Mark::frustrated : Network::Mark::none});
    }
    return {{"Who stands with whom, by " + views_[0].says,
             "Hostile ties are long and broken, friendly ones short; a cross marks a tie that the best configuration "
             "goes against. Sides are those with every number at its median.",
             std::move(net)}};
  }

  Account account(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    Account a;
    std::vector<Phrase> agree;
    std::vector<std::uint32_t> first;
    for (std::size_t v = 0; v < views_.size(); ++v) {
      if (v > 0 && views_[v].measure == camp_.measure) continue;
      const bool solved = solve(p, views_[v], w);
      if (!solved) {
        const auto& found = w.solution;
        Phrase what = "not proven within the search's limit of " + std::to_string(most_nodes) + " nodes";
        if (w.in.graph.actors == 0) what = "there are no actors";
        else if (!found.bloc.empty())
          what += say(": the best found, {}, has {:.3g} more than nothing falls below", ties_.sides(w.in, found.bloc),
                      found.energy - found.bound);
        if (v == 0) a.headline = "No answer: who stands with whom is " + what + ".";
        else a.notes.push_back("by " + views_[v].says + " it is " + what);
        continue;
      }
      if (v == 0) {
        first = w.solution.bloc;
        chosen(a, w);
      } else if (w.solution.bloc != first) {
        a.notes.push_back("by " + views_[v].says + " it is otherwise: " + ties_.sides(w.in, w.solution.bloc));
      } else {
        agree.push_back(views_[v].says);
      }
    }
    if (!agree.empty()) a.notes.push_back("the same by " + row(agree, ", "));
    if (camp_.world && !camp_.world->set.empty()) estimated(a, p);
    a.reference =
        "Axelrod and Bennett 1993, doi:10.1017/S000712340000973X; "
        "Bansal, Blum and Chawla 2004, doi:10.1023/B:MACH.0000033116.57574.95";
    a.method =
        "Landscape theory (Axelrod and Bennett 1993): the configuration with the least sum of size times size times "
        "tie over pairs on different sides";
    if (soft_) {
      a.reference = "Axelrod and Bennett 1993, doi:10.1017/S000712340000973X; docs/methods/blocs.md";
      a.method =
          "Every configuration with a probability proportional to exp(-E / T), E the sum of ties over pairs on "
          "different sides, ties in log odds";
    } else {
      a.method += " (least energy, no probability)";
    }
    a.method += camp_.camps        ? "; two camps, neither empty."
                : camp_.blocs == 0 ? "; any number of blocs (Bansal, Blum and Chawla 2004)."
                : camp_.core != situation::none && camp_.blocs == 2
                    ? "; two sides, " + s_.actors[camp_.core].id + " against " + s_.actors[camp_.other].id + "."
                : camp_.blocs == 2 ? "; two sides, of which one may be empty."
                                   : fmt::format("; at most {} blocs.", camp_.blocs);
    a.assumptions = {"a pair of which nothing is said has no tie",
                     "who is tied to nobody else's foe or friend is placed by its own ties alone: no state here weighs "
                     "what another will do next"};
    if (camp_.blocs == 2)
      a.assumptions.push_back(
          "with two sides a friend's enemy is an enemy: that two enemies of one state stand together "
          "is built in unless their own tie outweighs it");
    return a;
  }

 private:
  static constexpr std::uint64_t most_nodes = 300'000;  ///< of a search, in every draw

  enum class What : unsigned char { together, chance, frustration, of_actor, gap, count, entropy, tie };
  struct View {
    std::string prefix;
    Phrase says;
    std::uint32_t measure;
  };
  struct Cell {
    What what;
    std::size_t view, i, j;
  };

  void view(const std::string& prefix, std::uint32_t measure) {
    const std::size_t v = views_.size();
    views_.push_back({prefix,
                      measure == situation::none ? Phrase("equal sizes") : named(situation::measures(s_)[measure].name),
                      measure});
    const auto add = [&](const std::string& name, std::string says, What what, bool headline, std::size_t i = 0,
                         std::size_t j = 0) {
      quantities_.push_back(
          {prefix + name, number::Unit{}, std::move(says), static_cast<unsigned>(v), headline && v == 0});
      cells_.push_back({what, v, i, j});
    };
    add("gap", "how much worse the second best configuration is, as a share of all pulls", What::gap, true);
    add("frustration", "pulls that the best configuration goes against, as a share of all", What::frustration, true);
    add("count", "blocs in the best configuration", What::count, camp_.blocs != 2);
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      add("frustration." + ties_.id(i), "of its pulls, the share that the best configuration goes against",
          What::of_actor, false, i);
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      for (std::size_t j = i + 1; j < ties_.actors(); ++j)
        add("together." + ties_.name(i, j),
            soft_ ? "1 if they are on one side in the draw's configuration, 0 if not"
                  : "1 if they are on one side in every best configuration, 0 if in none",
            What::together, false, i, j),
            last_is_yes_no();
    if (!soft_) return;
    const auto n = static_cast<std::uint32_t>(ties_.actors()), pairs = n * (n - 1) / 2;
    for (std::size_t k = quantities_.size() - pairs; k < quantities_.size(); ++k)
      quantities_[k].chance = static_cast<std::uint32_t>(k) + pairs + 1;  // behind them the entropy, then the chances
    add("entropy", "how open it is: the entropy of the configurations, in nats", What::entropy, false);
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      for (std::size_t j = i + 1; j < ties_.actors(); ++j)
        add("chance." + ties_.name(i, j), "how likely they are to be on one side", What::chance, false, i, j);
  }

  bool solve(std::span<const double> p, const View& v, Work& w) const {
    ties_.graph(p, v.measure, w.in);
    w.scale = 0;
    if (soft_) weigh(camp_.size_exponent == situation::none ? 0 : p[camp_.size_exponent], w.in.graph.size);
    w.conditions.clear();
    if (camp_.core != situation::none) {
      const std::uint32_t a = w.in.place[ties_.position(camp_.core)], b = w.in.place[ties_.position(camp_.other)];
      if (a == Present::absent || b == Present::absent) w.in.graph.actors = 0;  // no sides without their cores
      else w.conditions.push_back({a, b, false});
    }
    if (w.in.graph.actors == 0) return false;
    blocs::Options options;
    options.nodes = most_nodes;
    if (!blocs::optimise(w.in.graph, setting_, w.conditions, options, w.kernel, w.solution)) return false;
    w.scale = blocs::scale(w.in.graph);
    if (!w.solution.proven || !w.solution.feasible) return false;
    if (!soft_) return true;
    w.options.temperature = p[camp_.temperature];
    w.options.size_exponent = 1;  // worked into the sizes
    w.options.toss = p[camp_.toss];
    const auto done = blocs::distribution(w.in.graph, setting_, w.conditions, w.options, w.sums, w.likely);
    return done && w.likely.feasible;
  }

  /// Each size becomes its power.
  static void weigh(double exponent, std::vector<double>& size) {
    if (exponent == 1) return;
    if (exponent == 0) return size.assign(size.size(), 1.0);
    logarithms(size);
    for (double& x : size) x *= exponent;
    exponentials(size);
  }

  double number(const Cell& c, const Work& w, bool solved, Reason& reason) const {
    if (c.what == What::tie) return w.in.tie[c.i];
    if (!solved) return reason = w.in.graph.actors == 0 ? Reason::absent : Reason::limited, undefined;
    switch (c.what) {
      case What::together: {
        const std::size_t n = w.in.graph.actors;
        const std::uint32_t a = w.in.place[c.i], b = w.in.place[c.j];
        if (a == Present::absent || b == Present::absent) return reason = Reason::absent, undefined;
        if (soft_) return w.likely.drawn[a] == w.likely.drawn[b] ? 1 : 0;
        bool some = false, all = true;
        for (std::size_t k = 0; k < w.solution.count; ++k) {
          const bool same = w.solution.optima[k * n + a] == w.solution.optima[k * n + b];
          some = some || same;
          all = all && same;
        }
        if (!w.solution.complete || some != all) return reason = Reason::several, undefined;
        return all ? 1 : 0;
      }
      case What::chance: {
        const std::uint32_t a = w.in.place[c.i], b = w.in.place[c.j];
        if (a == Present::absent || b == Present::absent) return reason = Reason::absent, undefined;
        return w.likely.together[blocs::pair(a, b)];
      }
      case What::entropy:
        return w.likely.entropy;
      case What::frustration:
        return w.scale > 0 ? w.solution.frustration / w.scale : 0.0;
      case What::of_actor: {
        const std::uint32_t a = w.in.place[c.i];
        if (a == Present::absent) return reason = Reason::absent, undefined;
        double own = 0;
        for (const auto& t : w.in.graph.ties)
          if (t.a == a || t.b == a) own += std::abs(t.weight) * w.in.graph.size[t.a] * w.in.graph.size[t.b];
        if (own == 0) return reason = Reason::no_tie, undefined;
        return w.solution.actor_frustration[a] / own;
      }
      case What::gap:
        if (!w.solution.second_proven || !std::isfinite(w.solution.gap) || w.scale == 0)
          return reason = w.solution.second_proven ? Reason::no_other : Reason::limited, undefined;
        return w.solution.gap / w.scale;
      case What::count:
        return w.solution.blocs;
      case What::tie:
        break;
    }
    return undefined;
  }

  void chosen(Account& a, const Work& w) const {
    const auto& s = w.solution;
    a.headline = Phrase(soft_          ? fmt::format("The likeliest configuration, {:.0f} %: ", 100 * likeliest(w))
                        : s.count == 1 ? "The best configuration: "
                                       : "A best configuration: ") +
                 ties_.sides(w.in, w.solution.bloc) + ".";
    if (s.count > 1)
      a.notes.push_back(fmt::format("{}{} configurations are equally good", s.complete ? "" : "more than ", s.count));
    a.lines.push_back({"gap", std::isfinite(s.gap) ? s.gap / w.scale : undefined, "",
                       s.second_bloc.empty() ? Phrase("there is no other")
                                             : "of all pulls; the second best is " + ties_.sides(w.in, s.second_bloc)});
    a.lines.push_back({"frustration", w.scale > 0 ? s.frustration / w.scale : 0, "", "of all pulls go against it"});
    Account::Table against{"Ties that it goes against", {"tie", "value", "share of all pulls"}, {}};
    for (std::size_t k = 0; k < w.in.tied.size(); ++k) {
      const std::size_t t = w.in.tied[k];
      if (t == Ties::npos || !(s.tie_frustration[t] > 0)) continue;
      against.rows.push_back({ties_.told(ties_.pairs()[k]), Entry::number(w.in.tie[k], 2),
                              Entry::percent(s.tie_frustration[t] / w.scale, 1)});
    }
    if (!against.rows.empty()) a.tables.push_back(std::move(against));
    if (soft_) chances(a, w);
    if (w.in.graph.actors <= 20 && w.conditions.empty() && !camp_.camps) {
      if (const auto l = blocs::landscape(w.in.graph); l && l->count > 1) {
        Account::Table t{"Configurations that nobody would leave alone, two sides",
                         {"sides", "frustration", "share of starts that end there"},
                         {}};
        for (std::size_t k = 0; k < l->optima.size() && k < 6; ++k)
          t.rows.push_back({ties_.sides(w.in, l->optima[k].bloc), Entry::percent(l->optima[k].frustration / w.scale, 1),
                            Entry::percent(l->optima[k].share)});
        a.tables.push_back(std::move(t));
      }
    }
    const auto verdict = blocs::check(w.in.graph, setting_, w.conditions, {}, s);
    if (!verdict.consistent) a.violation = std::numeric_limits<double>::infinity();
    a.certificate = verdict.consistent
                        ? fmt::format("proven best; recomputed from its sides{}",
                                      verdict.bound_verified ? ", and the bound found again by another road" : "")
                        : "the checker objects: " + verdict.fault;
    if (!soft_) return;
    const auto sums = blocs::check(w.in.graph, setting_, w.conditions, w.options, w.likely);
    a.certificate += !sums.consistent ? "; of the chances the checker objects: " + sums.fault
                     : sums.verified  ? "; chances found again by looking at every configuration"
                                      : "; chances are those of some distribution";
  }

  [[nodiscard]] static double likeliest(const Work& w) {
    std::array<double, 1> chance{-w.solution.energy / w.options.temperature - w.likely.log_partition};
    exponentials(chance);
    return chance[0];
  }

  void estimated(Account& a, std::span<const double> p) const {
    const auto& w = *camp_.world;
    const std::size_t pairs = ties_.actors() * (ties_.actors() - 1) / 2;
    Account::Table t{"What the tables of the world say weighs", {"kind of tie", "weight", "known of pairs"}, {}};
    for (const auto& k : w.kinds)
      t.rows.push_back(
          {world::kind(k.kind).name, Entry::number(p[k.weight], 2), fmt::format("{} of {}", k.known, pairs)});
    a.tables.push_back(std::move(t));
    a.notes.push_back(fmt::format(
        "ties are read from the tables of the world as they stood before {}; weights are those of {}", w.year,
        w.set == "eve" ? "tables that end with the year before" : "tables that end as long before as for " + w.set));
    if (w.kinds.size() < world::kinds)
      a.notes.push_back("only some kinds of tie count here, with weights that were estimated beside all others");
  }

  void chances(Account& a, const Work& w) const {
    Account::Table t{"How likely two are on one side", {"two", "chance"}, {}};
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      for (std::size_t j = i + 1; j < ties_.actors(); ++j) {
        const std::uint32_t x = w.in.place[i], y = w.in.place[j];
        if (x == Present::absent || y == Present::absent) continue;
        t.rows.push_back({ties_.told(i, j), Entry::percent(w.likely.together[blocs::pair(x, y)])});
      }
    a.tables.push_back(std::move(t));
  }

  const situation::Situation& s_;
  const situation::Camp& camp_;
  Ties ties_;
  blocs::Setting setting_;
  bool soft_ = false;
  std::vector<View> views_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<Model> compile_align(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<AlignModel>(s, *q.what.as<situation::AlignQuestion>());
}

}  // namespace entente::ask
