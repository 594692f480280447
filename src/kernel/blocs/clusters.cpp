// The way of a question on more than two blocs: good partitions first, the two-camp answer among them; the program of
// cover.cpp; a tree over it or, for small dense graphs, over placements; then all that are as good.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/blocs/cover.hpp"
#include "kernel/blocs/merge.hpp"

namespace entente::blocs {
namespace {

constexpr int pivots_of_a_node = 2000;
constexpr std::uint32_t most_placed = 3000;  ///< nodes of a search over placements, whose tables are square

class Branching {
 public:
  Branching(SolutionPool& pool, PartitionSearch& search)
      : pool_(pool), core_(pool.w.core), search_(search), cover_(core_), noise_(1e-12 * pool.w.scale) {}

  /// The bound at the root. Rows come until none is violated or the bound suffices.
  double root() {
    bound_ = solve();
    return bound_;
  }
  /// Depth first. True: exhausted, the best known is the least.
  bool search() {
    down(bound_);
    if (stopped_) bound_ = std::max(bound_, std::min(open_, search_.best()));
    return !stopped_;
  }
  [[nodiscard]] double bound() const { return bound_; }
  [[nodiscard]] bool pruned(double energy) const { return energy > search_.best() - std::max(pool_.w.slack, noise_); }
  [[nodiscard]] Cover& cover() { return cover_; }
  [[nodiscard]] bool halted() const { return halted_; }

  /// Relations that every partition of an energy up to `most` has: ties that it cannot frustrate.
  void relations(double most, std::vector<Condition>& to) {
    std::vector<std::uint32_t> actor(core_.nodes);
    for (std::uint32_t i = pool_.g.actors; i-- > 0;) actor[core_.node[i]] = i;
    const auto reduced = cover_.program().reduced();
    const double value = cover_.program().value();
    for (std::size_t e = 0; e < cover_.arcs().size(); ++e) {
      const auto& arc = cover_.arcs()[e];
      if (arc.cost > 0 && cover_.round_up(value + reduced[e] * (1 - 1e-7)) + cover_.offset() > most + noise_)
        to.push_back({actor[arc.a], actor[arc.b], !arc.hostile});
    }
  }

 private:
  [[nodiscard]] bool spent() const {
    return pool_.out.nodes > pool_.options.nodes || pool_.options.stop.stop_requested();
  }

  double solve() {
    double before = -nothing;
    unsigned slow = 0;
    std::vector<Cover::Row> rows;
    while (true) {
      auto& program = cover_.program();
      auto status = program.solve(pivots_of_a_node);
      while (status == lp::Program::Status::limit) {
        ++pool_.out.nodes;
        if (spent()) break;
        status = program.solve(pivots_of_a_node);
      }
      if (status == lp::Program::Status::infeasible) return nothing;
      halted_ = status == lp::Program::Status::limit;
      if (halted_) return std::max(before, cover_.offset());
      const double bound = cover_.bound();
      if (deep_ == 0 || slow == 0) search_.follow(cover_.strain(core_));
      if (pruned(bound)) return bound;
      if (spent()) {
        halted_ = true;
        return bound;
      }
      if (const int pivots = program.pivots() - counted_; pivots > pivots_of_a_node) {
        counted_ = program.pivots();
        ++pool_.out.nodes;
      }
      if (cover_.raw() > before + 1e-7 * pool_.w.scale) cover_.purge();
      slow = cover_.raw() > before + 1e-3 * std::max(search_.best() - cover_.raw(), noise_) ? 0 : slow + 1;
      before = std::max(before, bound);
      rows.clear();
      cover_.separate(rows);
      if (rows.empty()) return before;
      if (deep_ > 0 && slow > 3 && fractional() >= 0) return before;
      cover_.add(rows);
    }
  }

  [[nodiscard]] std::int64_t fractional() {
    const auto y = cover_.program().x();
    std::int64_t best = -1;
    double most = 0;
    for (std::size_t e = 0; e < cover_.arcs().size(); ++e) {
      const double distance = std::min(y[e], 1 - y[e]);
      if (distance < 1e-6) continue;
      const double score =
          distance * (0.1 * pool_.w.scale / static_cast<double>(cover_.arcs().size()) + cover_.arcs()[e].cost);
      if (score > most) most = score, best = static_cast<std::int64_t>(e);
    }
    return best;
  }

  void down(double bound) {
    if (pruned(bound)) return;
    ++pool_.out.nodes;
    if (spent() || halted_) stopped_ = true;
    const std::int64_t e = stopped_ ? -1 : fractional();
    if (e < 0) {  // a whole solution without violated rows is a partition
      search_.follow(cover_.strain(core_));
      if (pruned(bound)) return;
      open_ = std::min(open_, bound);
      stopped_ = true;
      return;
    }
    const auto column = static_cast<std::uint32_t>(e);
    const int first = cover_.program().x()[column] > 0.5 ? 1 : 0;
    ++deep_;
    for (const int value : {first, 1 - first}) {
      if (stopped_) {
        open_ = std::min(open_, bound);
        continue;
      }
      cover_.program().bounds(column, value, value == 0 ? 0 : std::numeric_limits<double>::max());
      down(std::max(bound, solve()));
      cover_.program().bounds(column, 0, std::numeric_limits<double>::max());
    }
    --deep_;
  }

  SolutionPool& pool_;
  const Core& core_;
  PartitionSearch& search_;
  Cover cover_;
  double noise_, bound_ = -nothing, open_ = nothing;
  unsigned deep_ = 0;
  int counted_ = 0;
  bool halted_ = false, stopped_ = false;
};

/// The answer with two camps, as labels by node: no answer with more blocs allowed may be worse.
bool two_camps(std::span<const Condition> conditions, SolutionPool& pool, std::vector<std::uint32_t>& by_node) {
  Options options = pool.options;
  options.all = false;
  Workspace w;
  Solution s;
  if (!optimise(pool.g, {}, conditions, options, w, s) || !s.feasible) return false;
  by_node.resize(pool.w.core.nodes);
  for (std::uint32_t i = pool.g.actors; i-- > 0;) by_node[pool.w.core.node[i]] = s.bloc[i];
  return true;
}

}  // namespace

bool find_clusters(std::uint32_t least, std::uint32_t most, std::span<const Condition> conditions, SolutionPool& pool) {
  Solution& out = pool.out;
  const Core& core = pool.w.core;
  const bool bounded = most < core.nodes;
  // Few that are tied, or a number of blocs together with pairs that must differ: by placements alone.
  std::uint32_t busy = 0;
  for (std::uint32_t v = 0; v < core.nodes; ++v)
    busy += core.apart_start[v] < core.apart_start[v + 1] ||
            std::any_of(core.c.begin() + core.start[v], core.c.begin() + core.start[v + 1],
                        [](double c) { return c != 0; });
  if (busy <= 12 || (bounded && !core.apart.empty())) return assign_nodes(least, most, pool);
  if (core.nodes < least) {
    out.feasible = false;
    return false;
  }
  PartitionSearch search(core, least, most);
  search.join();
  const bool camps = core.apart.empty() && least <= 2 && core.nodes >= 2;
  if (camps) {
    SideSearch sides(core, false);
    sides.run(core.nodes <= 300 ? 12 : 4, 1e-12 * pool.w.scale);
    search.from(sides.sides());
  }
  Branching branching(pool, search);
  double bound = branching.root();
  bool done = branching.pruned(bound);
  const bool plain = conditions.empty() && core.nodes == pool.g.actors;
  bool rooted = !branching.halted();
  if (!done && rooted) {
    const std::vector<double> strain = branching.cover().strain(core);
    for (std::uint64_t key = 1; key <= 60 && !pool.options.stop.stop_requested(); ++key) search.follow(strain, key);
  }
  if (!done) {
    search.kick(core.nodes <= 500 ? 200 : 400, 11, pool.options.stop);
    done = branching.pruned(bound);
  }
  if (done && plain && rooted) {
    out.packing = branching.cover().packing(pool);
    out.proof = Proof::packing;
  }
  if (!search.found()) return assign_nodes(least, most, pool);
  pool.least(search.blocs());
  out.bound = std::min(bound, out.energy);
  if (!done && rooted) {
    const std::size_t pairs = std::size_t{busy} * (busy - 1) / 2;
    const bool crowded = busy <= 60 && core.edges.size() * 3 > pairs;
    if ((bounded && busy > most_placed) || pool.options.stop.stop_requested()) {
      // the bound of the program is what there is
    } else if (bounded || crowded) {
      done = improve_placements(least, most, pool);
    } else {
      done = branching.search();
      if (search.best() < out.energy) pool.least(search.blocs());
      out.bound = std::max(out.bound, std::min(branching.bound(), out.energy));
      rooted = false;  // its prices are those of a branch
    }
  }
  // Nothing with more freedom is worse than the two camps that the program itself finds.
  if (std::vector<std::uint32_t> by_node;
      !done && camps && !pool.options.stop.stop_requested() && two_camps(conditions, pool, by_node)) {
    search.from(by_node);
    if (search.best() < out.energy) pool.least(search.blocs());
  }
  if (done) out.bound = out.energy;
  out.proven = out.bound >= out.energy - pool.w.slack;
  if (!out.proven) {  // told on a coarse grid and from below, as in cycles.cpp
    const double grid = math::ldexp(1.0, math::exponent(pool.w.scale) - 24);
    out.bound = std::floor(out.bound / grid - 0.25) * grid;
  }
  if (!out.proven) out.proof = Proof::none;
  else if (out.proof == Proof::none) out.proof = Proof::search;
  if (!out.proven || !pool.options.all) return true;
  // Then all that are as good, among the partitions that share what the prices say they must.
  near_partitions(least, most, pool);
  if (rooted) {
    std::vector<Condition> shared(conditions.begin(), conditions.end());
    branching.relations(pool.options.second ? std::max(pool.threshold(), out.second) : pool.threshold(), shared);
    if (!contract(pool.g, false, shared, pool.w)) return true;
  }
  if (busy <= most_placed && !pool.options.stop.stop_requested()) collect_placements(least, most, pool);
  return true;
}

}  // namespace entente::blocs
