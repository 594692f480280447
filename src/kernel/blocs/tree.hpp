// The search of branch and cut over which ties are frustrated; cycles.cpp has the theory. Its program of rows is kept
// in cut_lp.cpp, its branching in tree.cpp.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "kernel/blocs/cycles.hpp"
#include "lp/program.hpp"

namespace entente::blocs {

/// Whether an empty side must be looked out for: not where a node has actors on both.
[[nodiscard]] inline bool may_empty(bool both, const Core& core) {
  return both && std::none_of(core.sign.begin(), core.sign.end(), [](signed char s) { return s < 0; });
}

class Tree {
 public:
  Tree(bool both, SolutionPool& pool);

  /// Looks for a configuration better than the one known; false when the tree was not exhausted. The bound is of all.
  /// narrow: relations that every better configuration has are given back instead of branching.
  bool improve(bool first, bool packing, std::vector<Condition>* narrow);
  [[nodiscard]] double bound() const { return bound_; }

  /// Offers every configuration near the least to the pool, or with `narrow` only the relations they all have.
  bool collect(bool again, std::vector<Condition>* narrow);

  /// After improve() has shown the optimum: the relations that all configurations looked for share.
  void shared(std::vector<Condition>& to);

  /// Single changes of side from the optimum: the second best is often one of them.
  void near();

 private:
  static constexpr int pivots_of_a_node = 2000;  ///< as many count as one more
  [[nodiscard]] bool spent() const;
  [[nodiscard]] double round_up(double frustration) const {
    if (unit_ == 0) return frustration;
    const double units = frustration / unit_;
    return std::ceil(units - 1e-5 - 1e-9 * units) * unit_;
  }
  [[nodiscard]] bool pruned(double energy) const {
    if (!collect_) return energy > search_.best() - pool_.w.slack;
    if (energy <= pool_.threshold() + noise_) return false;
    return !pool_.options.second || energy > pool_.out.second - pool_.w.slack;
  }

  /// Takes over the configuration in the answer.
  void know();

  /// That a and b stand to each other as in the best configuration known.
  void relation(std::uint32_t a, std::uint32_t b, std::vector<Condition>& to) const;

  /// Pairs that stand to each other as in the best configuration in every one looked for. A configuration x costs at
  /// least bound + sum of reduced costs r over the arcs frustrated in x; if x parts a and b otherwise than the best one
  /// does, it differs from it by a cut between a and b, whose arcs, but for those frustrated in the best, are
  /// frustrated in x: at least the least cut between a and b with capacities r.
  void relations_by_cost(std::vector<Condition>& to) const;

  /// Each arc of the tree is tried the other way round: where that is pruned, its value is one all share.
  void settle(std::vector<Condition>& to);

  /// Cuts and solves until the bound prunes, nothing is violated, or progress ends. Energy of the bound.
  double solve();

  /// The most violated, each arc in at most a few of them.
  void choose(std::vector<Cut>& cuts);

  void add(std::vector<Cut>& cuts);

  /// Rows that are slack and cost nothing go, when there are many and the bound has risen.
  void purge(bool progress);

  /// Sides along the arcs surest not to be frustrated, then improved.
  void propose();

  /// The arc to branch on: fractional, near one half and heavy; none: y is a configuration.
  [[nodiscard]] std::int64_t fractional() const;

  void set(std::uint32_t e, int value) {
    fixed_[e] = static_cast<signed char>(value);
    program_.bounds(e, value < 0 ? 0 : value, value < 0 ? 1 : value);
  }

  void child(std::uint32_t e, int value, double bound);

  /// The program is solved and its bound, an energy, did not prune.
  void down(double bound);

  void give_packing();

  SolutionPool& pool_;
  const Core& core_;
  Frame frame_;
  Separator separator_;
  SideSearch search_;
  bool both_;
  lp::Program program_;
  double unit_, noise_, offset_ = 0, bound_ = 0;  ///< energy = frustration on arcs + offset
  std::vector<signed char> fixed_;
  std::vector<std::vector<std::uint32_t>> rows_;  ///< plain arcs of each row
  std::vector<int> start_, column_;
  std::vector<double> value_, least_;
  bool pure_ = false, collect_ = false, stopped_ = false;
  bool halted_ = false;  ///< the program was left before its optimum: its prices mean nothing
  int counted_ = 0;      ///< pivots that nodes were counted for
  double open_ = nothing;
};

}  // namespace entente::blocs
