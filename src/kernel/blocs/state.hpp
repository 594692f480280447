// What the parts of the kernel share: the graph with its conditions worked in, and the pool of what was found.
//
// Conditions. With two sides "a and b together" and "apart" both join a and b into one node, the second with the sign
// turned: actor i is on the side of its node times sign[i]. Otherwise only "together" joins, and `apart` lists pairs of
// nodes that must differ. Ties within a node become a constant, parallel ones are added up.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "entente/kernel/blocs.hpp"

namespace entente::blocs {

[[nodiscard]] double pull(const Graph& g, const Tie& t);
[[nodiscard]] double frustrated(const Graph& g, const Tie& t, std::span<const std::uint32_t> bloc);
std::uint32_t canonical(std::span<std::uint32_t> bloc, std::vector<std::uint32_t>& renumbered);
/// By how much configuration a costs more than b, summed over the ties on which they differ alone, and the sum of |c|
/// over those: what a difference is to be measured against. Ties that both treat alike, however large, have no part.
struct Difference {
  double more = 0, terms = 0;
  /// -1, 0, 1: a is better, as good, worse.
  [[nodiscard]] int sign(double tolerance) const {
    const double slack = (tolerance < 1e-12 ? 1e-12 : tolerance) * terms;
    return more > slack ? 1 : more < -slack ? -1 : 0;
  }
};
[[nodiscard]] Difference difference(const Graph& g, std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);

/// The nodes, with a constant: energy of a configuration = constant + sum of c over arcs cut.
struct Core {
  std::uint32_t nodes = 0;
  std::vector<std::uint32_t> node;  ///< by actor
  std::vector<signed char> sign;    ///< by actor: 1, or -1 where it stands opposite to its node
  struct Edge {
    std::uint32_t a, b;
    double c;
  };
  std::vector<Edge> edges;  ///< a < b, sorted, each pair once; c may be 0
  double constant = 0;
  std::vector<std::uint32_t> start;  ///< adjacency: entries start[v] to start[v + 1]
  std::vector<std::uint32_t> to;
  std::vector<double> c;
  std::vector<std::uint32_t> apart_start, apart;  ///< the same for pairs that must differ (not with two sides)
};

/// False when the conditions contradict each other.
[[nodiscard]] bool contract(const Graph& g, bool sides, std::span<const Condition> conditions, Workspace::Body& w);

struct Child {  ///< of a node of the search: the bloc taken, the energy so far
  std::uint32_t bloc;
  double partial;
};

struct Workspace::Body {
  Core core;
  double scale = 0, slack = 0;  ///< slack = tolerance * scale
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> parent, renumbered, label;
  std::vector<signed char> turned;
  std::vector<double> dense, field;
  std::vector<signed char> side;
  std::vector<std::uint32_t> placed, order, best;
  std::vector<double> cost, floor, towards, sum;
  std::vector<Child> children;
  std::vector<std::uint32_t> table, slot, growth, rank;  ///< table: places of the listed optima by hash
};

/// Counts and lists what a search finds. The least energy is found first; then every configuration near it is offered.
struct SolutionPool {
  const Graph& g;
  const Options& options;
  Workspace::Body& w;
  Solution& out;
  bool overflow = false;  ///< more optima than the list holds
  bool renewed = false;   ///< a better configuration took the place of the least after others were taken for optima

  /// All searches call these with labels by node, sides as 0 and 1.
  void least(std::span<const std::uint32_t> by_node);  ///< a better configuration than any before
  /// Once the least is known: an optimum (true), or a second best. One that is better takes its place. Compared tie by
  /// tie with the least: see Difference.
  bool offer(std::span<const std::uint32_t> by_node);
  /// A lower least was found and makes an optimum of before none: the search is to be repeated, after again().
  [[nodiscard]] bool stale() const { return renewed; }
  void again();
  [[nodiscard]] double threshold() const { return out.energy + w.slack; }
  void labels(std::span<const std::uint32_t> by_node);  ///< into w.label, canonical
};

/// Two sides, many actors that nobody is tied to: the rest is solved, then they are put anywhere. `loose` by actor.
/// True when all ways are listed.
[[nodiscard]] Result<bool> without_loose(const Graph& g, bool both, std::span<const char> loose,
                                         std::span<const Condition> conditions, const Options& options, Workspace& w,
                                         Solution& out);
/// Actors in no tie of some pull and in no condition; returns how many.
std::uint32_t loose_actors(const Graph& g, std::span<const Condition> conditions, std::vector<char>& loose);

/// Two sides, up to 25 nodes, by Gray code. Sets everything but the figures by tie and actor.
void enumerate_sides(bool both, SolutionPool& pool);
/// The same in two parts, once some configuration is known: whether there is a better one; all that are near it.
bool improve_sides(bool both, SolutionPool& pool);
void collect_sides(bool both, SolutionPool& pool);
/// Any setting, by assigning node after node with a bound. False: no configuration found (out.proven tells if there is
/// none).
[[nodiscard]] bool assign_nodes(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool);
/// Once a configuration is known: a better one by the same search, with bounds by Russian dolls. True: exhausted; else
/// the bound is raised as far as it went.
[[nodiscard]] bool improve_placements(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool);
/// Once the least is proven: all that are near it, into the list.
void collect_placements(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool);
/// Single moves from the best: the second best is often one of them.
void near_partitions(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool);

/// Search without proof for two sides, see search.cpp.
class SideSearch {
 public:
  /// both: configurations with an empty side do not count.
  SideSearch(const Core& core, bool both)
      : core_(core), both_(both), x_(core.nodes, 1), h_(core.nodes, 0), whole_(core.nodes, 0), sides_(core.nodes, 0) {
    for (std::uint32_t v = 0; v < core.nodes; ++v)
      for (std::uint32_t i = core.start[v]; i < core.start[v + 1]; ++i)
        whole_[v] += core.c[i] < 0 ? -core.c[i] : core.c[i];
  }
  void run(std::uint32_t starts, double noise);
  void follow_edges(std::span<const double> strength);  ///< by edge: a start along the strongest
  void set(std::span<const std::uint32_t> sides);
  void descend(double noise);
  void tabu(std::uint32_t steps, double noise, std::uint64_t key);
  [[nodiscard]] double change(std::uint32_t v) const {
    return x_[v] * h_[v];
  }                                                    ///< of the energy, by its change of side
  void note(double noise);                             ///< keeps the configuration if it is better
  [[nodiscard]] double best() const { return best_; }  ///< `nothing` if none counted
  [[nodiscard]] std::span<const std::uint32_t> sides() const { return sides_; }

 private:
  void afresh();
  void flip(std::uint32_t v);
  const Core& core_;
  bool both_;
  std::vector<signed char> x_;
  std::vector<double> h_, whole_;  ///< whole: by node, the sum of its |c|
  double e_ = 0, best_ = nothing;
  std::vector<std::uint32_t> sides_;
};

/// The largest u such that all numbers are whole multiples of it (to 1e-9 of it), or 0 if none down to 1e-6 of the
/// largest serves: bounds may then be rounded up.
[[nodiscard]] double common_unit(std::span<const double> numbers);

/// A lower bound of the energy with two sides, for up to 400 nodes, see sdp_bound.cpp.
[[nodiscard]] double sdp_bound(const Core& core, const std::stop_token& stop);

/// Two sides, dense, up to 100 nodes: see dense.cpp.
[[nodiscard]] bool dense(const Core& core);
void place_in_order(bool both, SolutionPool& pool);

/// Two sides, sparse: branch and cut, see cycles.cpp.
void branch_and_cut(bool both, std::span<const Condition> conditions, SolutionPool& pool);

}  // namespace entente::blocs
