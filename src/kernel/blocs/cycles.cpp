// Two sides, sparse: branch and cut on which ties are frustrated.
//
// Theory. y_e = 1 when tie e is frustrated costs |c_e|. A 0/1 vector y comes from a configuration if and only if every
// cycle holds the sum over e in T of (1 - y_e) + sum over the rest of y_e >= 1, for every set T of its ties such that
// the hostile ties and those of T are odd together (Barahona and Mahjoub 1986, doi:10.1007/BF02592023, turned to signed
// graphs). At the root T empty is enough: the least of |c| y over y >= 0 with y(C) >= 1 for each negative cycle C is
// that over all of them, since from a minimal y no tie costs more than the way round it. The dual is a fractional
// packing of negative cycles, which is the certificate: anybody can add it up. Where the graph has no odd K5 minor the
// bound is exact (Guenin 2001, doi:10.1006/jctb.2001.2051); networks of states, with few frustrated ties, are near it.
// Choice. The program grows by negative triangles and then by shortest negative cycles (Dijkstra in the doubled graph),
// re-solved by the dual simplex; each program's y proposes sides along a spanning forest of the ties surest not to be
// frustrated. What is left open is branched on, one tie frustrated or not, depth first. Where all |c| are multiples of
// one unit bounds are rounded up to it. All optima and the second best come from a second search with all cuts kept:
// where the program's answer is a configuration, that is offered, and what is not it is partitioned tie by tie
// along a spanning tree (Lawler 1972, doi:10.1287/mnsc.18.7.401; Murty 1968, doi:10.1287/opre.16.3.682).
// Cost. Exponential at worst. Left out: deleting ties by reduced cost, splitting into blocks (the program is then a
// direct sum, only branching pays for it).
#include "kernel/blocs/cycles.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/blocs/tree.hpp"

namespace entente::blocs {

double common_unit(std::span<const double> numbers) {
  double least = nothing, most = 0;
  for (const double x : numbers)
    if (x != 0) least = std::min(least, std::abs(x)), most = std::max(most, std::abs(x));
  if (most == 0) return 0;
  for (double parts = 1; parts <= 64 && least / parts > 1e-6 * most; ++parts) {
    const double u = least / parts;
    if (std::all_of(numbers.begin(), numbers.end(),
                    [&](double x) { return std::abs(x / u - math::round(x / u)) < 1e-9; }))
      return u;
  }
  return 0;
}

void branch_and_cut(bool both, std::span<const Condition> conditions, SolutionPool& pool) {
  Solution& out = pool.out;
  if (may_empty(both, pool.w.core) && pool.w.core.nodes == 1) {
    out.feasible = false;
    return;
  }
  std::vector<Condition> fixed(conditions.begin(), conditions.end());
  std::vector<Condition> shared(conditions.begin(), conditions.end());
  bool known = false;  // `shared` holds what all configurations looked for share
  // First the least energy. Each round narrows the graph by what every better configuration shares.
  bool whole = false;
  for (std::uint32_t nodes = pool.w.core.nodes;;) {
    if (out.bloc.size() && pool.w.core.nodes <= pool.options.enumerate_to) {
      whole = improve_sides(both, pool);
      break;
    }
    const bool first = out.bloc.empty(), last = !first && pool.w.core.nodes > nodes * 9 / 10;
    nodes = pool.w.core.nodes;
    Tree tree(both, pool);
    const double energy = out.energy;
    whole = tree.improve(first, first && conditions.empty(), last ? nullptr : &fixed);
    if (first) out.bound = tree.bound();
    if (first && !out.packing.start.empty()) out.proof = Proof::packing;
    if (first && whole && pool.options.all) {
      tree.shared(shared);
      known = true;
    }
    if (whole || last) {
      if (!whole) out.bound = std::max(out.bound, std::min(energy, tree.bound()));
      break;
    }
    if (!contract(pool.g, true, fixed, pool.w)) {  // nothing better is left
      whole = true;
      break;
    }
  }
  if (!whole && pool.w.core.nodes <= 400)  // every better configuration is one of the graph as narrowed
    out.bound = std::max(out.bound, sdp_bound(pool.w.core, pool.options.stop));
  if (whole) out.bound = out.energy;
  out.bound = std::min(out.bound, out.energy);
  out.proven = out.bound >= out.energy - pool.w.slack;
  // A bound that proves nothing is the program's own float, whose last digits are those of a library of linear algebra
  // that may choose by the processor: it is told on a coarse grid and from below.
  if (!out.proven) {
    const double grid = math::ldexp(1.0, math::exponent(pool.w.scale) - 24);
    out.bound = std::floor(out.bound / grid - 0.25) * grid;
  }
  if (out.proof == Proof::none && out.proven) out.proof = Proof::search;
  if (!out.proven || !pool.options.all) return;
  // Then all that are near it.
  for (unsigned round = known ? 1 : 0; round < 3; ++round) {
    if (!contract(pool.g, true, shared, pool.w)) break;
    if (pool.w.core.nodes <= pool.options.enumerate_to) {
      collect_sides(both, pool);
      whole = true;
      break;
    }
    Tree tree(both, pool);
    if (round == 0) tree.near();
    whole = tree.collect(round == 1, round == 2 ? nullptr : &shared);
    if (whole || pool.overflow) break;
  }
  out.complete = whole && !pool.overflow;
  out.second_proven = pool.options.second && whole;  // a full list ends a tree, but not an enumeration
}

}  // namespace entente::blocs
