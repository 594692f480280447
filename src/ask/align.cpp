// align: who stands with whom.
//
// Propensities come from evidence and judgement (ask/ties.hpp); the kernel finds every best configuration, with proof,
// and the second best (kernel/blocs.hpp). The question is answered under every declared measure of size: plain names
// stand for the one that the question asks for, `MEASURE.name` for each, so that a claim can be held to all of them.
//
// Two actors stand together when they do in every best configuration, apart when they do in none; where equally good
// configurations disagree (an actor or a group that no tie joins to the rest, exactly cancelling ties) there is no
// answer, and the reason is given. Frustration and gap are shares: of the sum of all |s_a s_b tie|, of an actor's own.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/models.hpp"
#include "ask/ties.hpp"
#include "entente/kernel/blocs.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
using number::show;

class AlignModel final : public Model {
 public:
  AlignModel(const situation::Situation& s, const situation::AlignQuestion& q) : s_(s), camp_(q.camp), ties_(s, camp_) {
    setting_ = ties_.setting();
    view("", camp_.measure);
    for (std::uint32_t m = 0; m < s.measures.size() && m < 62; ++m) view(s.measures[m].name + ".", m);
    const number::Unit plain;
    for (std::size_t k = 0; k < ties_.pairs().size(); ++k) {
      const auto& pair = ties_.pairs()[k];
      quantities_.push_back({"tie." + ties_.name(pair), plain, "the tie that evidence and judgement make", 0, false});
      cells_.push_back({What::tie, 0, k, 0});
    }
    ties_.reads(reads_);
    for (const auto& v : views_) ties_.reads_sizes(v.measure, reads_);
    std::ranges::sort(reads_);
    reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
  }

  struct Work final : Scratch {
    blocs::Workspace kernel;
    blocs::Solution solution;
    Present in;
    double scale = 0;
  };

  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Work>(); }

  void evaluate(std::span<const double> p, std::uint64_t groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    for (std::size_t v = 0; v < views_.size(); ++v) {
      if (v > 0 && views_[v].measure == views_[0].measure) continue;  // answered with the first
      bool wanted = false;
      for (std::size_t u = v; u < views_.size(); ++u)
        wanted = wanted || (views_[u].measure == views_[v].measure && (groups >> u & 1u));
      if (!wanted) continue;
      const bool solved = solve(p, views_[v], w);
      for (std::size_t c = 0; c < cells_.size(); ++c) {
        if (views_[cells_[c].view].measure != views_[v].measure || !(groups >> cells_[c].view & 1u)) continue;
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
    std::string agree;
    std::vector<std::uint32_t> first;
    for (std::size_t v = 0; v < views_.size(); ++v) {
      if (v > 0 && views_[v].measure == camp_.measure) continue;
      const bool solved = solve(p, views_[v], w);
      if (!solved) {
        const auto& found = w.solution;
        std::string what = "not proven within the search's limit of " + std::to_string(most_nodes) + " nodes";
        if (w.in.graph.actors == 0) what = "there are no actors";
        else if (!found.bloc.empty())
          what += fmt::format(": the best found, {}, has {:.3g} more than nothing falls below",
                              ties_.sides(w.in, found.bloc), found.energy - found.bound);
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
        agree += (agree.empty() ? "" : ", ") + views_[v].says;
      }
    }
    if (!agree.empty()) a.notes.push_back("the same by " + agree);
    a.reference =
        "Axelrod and Bennett 1993, doi:10.1017/S000712340000973X; "
        "Bansal, Blum and Chawla 2004, doi:10.1023/B:MACH.0000033116.57574.95";
    a.method =
        "Landscape theory (Axelrod and Bennett 1993): the configuration with the least sum of size times size times "
        "tie over pairs on different sides";
    a.method += camp_.blocs == 0   ? "; any number of blocs (Bansal, Blum and Chawla 2004)."
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

  enum class What : unsigned char { together, frustration, of_actor, gap, count, tie };
  struct View {
    std::string prefix, says;
    std::uint32_t measure;
  };
  struct Cell {
    What what;
    std::size_t view, i, j;
  };

  void view(const std::string& prefix, std::uint32_t measure) {
    const std::size_t v = views_.size();
    views_.push_back({prefix, measure == situation::none ? "equal sizes" : s_.measures[measure].name, measure});
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
        add("together." + ties_.name(i, j), "1 if they are on one side in every best configuration, 0 if in none",
            What::together, false, i, j),
            last_is_yes_no();
  }

  bool solve(std::span<const double> p, const View& v, Work& w) const {
    ties_.graph(p, v.measure, w.in);
    w.scale = 0;
    if (w.in.graph.actors == 0) return false;
    blocs::Options options;
    options.nodes = most_nodes;
    if (!blocs::optimise(w.in.graph, setting_, {}, options, w.kernel, w.solution)) return false;
    w.scale = blocs::scale(w.in.graph);
    return w.solution.proven;
  }

  double number(const Cell& c, const Work& w, bool solved, Reason& reason) const {
    if (c.what == What::tie) return w.in.tie[c.i];
    if (!solved) return reason = w.in.graph.actors == 0 ? Reason::absent : Reason::limited, undefined;
    switch (c.what) {
      case What::together: {
        const std::size_t n = w.in.graph.actors;
        const std::uint32_t a = w.in.place[c.i], b = w.in.place[c.j];
        if (a == Present::absent || b == Present::absent) return reason = Reason::absent, undefined;
        bool some = false, all = true;
        for (std::size_t k = 0; k < w.solution.count; ++k) {
          const bool same = w.solution.optima[k * n + a] == w.solution.optima[k * n + b];
          some = some || same;
          all = all && same;
        }
        if (!w.solution.complete || some != all) return reason = Reason::several, undefined;
        return all ? 1 : 0;
      }
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
    a.headline = (s.count == 1 ? "The best configuration: " : "A best configuration: ") +
                 ties_.sides(w.in, w.solution.bloc) + ".";
    if (s.count > 1)
      a.notes.push_back(fmt::format("{}{} configurations are equally good", s.complete ? "" : "more than ", s.count));
    a.lines.push_back({"gap", std::isfinite(s.gap) ? s.gap / w.scale : undefined, "",
                       s.second_bloc.empty() ? "there is no other"
                                             : "of all pulls; the second best is " + ties_.sides(w.in, s.second_bloc)});
    a.lines.push_back({"frustration", w.scale > 0 ? s.frustration / w.scale : 0, "", "of all pulls go against it"});
    Account::Table against{"Ties that it goes against", {"tie", "value", "share of all pulls"}, {}};
    for (std::size_t k = 0; k < w.in.tied.size(); ++k) {
      const std::size_t t = w.in.tied[k];
      if (t == Ties::npos || !(s.tie_frustration[t] > 0)) continue;
      against.rows.push_back({ties_.name(ties_.pairs()[k]), show(w.in.tie[k], 2),
                              fmt::format("{:.1f} %", 100 * s.tie_frustration[t] / w.scale)});
    }
    if (!against.rows.empty()) a.tables.push_back(std::move(against));
    if (w.in.graph.actors <= 20) {
      if (const auto l = blocs::landscape(w.in.graph); l && l->count > 1) {
        Account::Table t{"Configurations that nobody would leave alone, two sides",
                         {"sides", "frustration", "share of starts that end there"},
                         {}};
        for (std::size_t k = 0; k < l->optima.size() && k < 6; ++k)
          t.rows.push_back({ties_.sides(w.in, l->optima[k].bloc),
                            fmt::format("{:.1f} %", 100 * l->optima[k].frustration / w.scale),
                            fmt::format("{:.0f} %", 100 * l->optima[k].share)});
        a.tables.push_back(std::move(t));
      }
    }
    const auto verdict = blocs::check(w.in.graph, setting_, {}, {}, s);
    if (!verdict.consistent) a.violation = std::numeric_limits<double>::infinity();
    a.certificate = verdict.consistent
                        ? fmt::format("proven best; recomputed from its sides{}",
                                      verdict.bound_verified ? ", and the bound found again by another road" : "")
                        : "the checker objects: " + verdict.fault;
  }

  const situation::Situation& s_;
  const situation::Camp& camp_;
  Ties ties_;
  blocs::Setting setting_;
  std::vector<View> views_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<Model> compile_align(const situation::Situation& s, const situation::AlignQuestion& q) {
  return std::make_unique<AlignModel>(s, q);
}

}  // namespace entente::ask
