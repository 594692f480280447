// Two sides by enumeration. Node 0 stays; the others run through a Gray code, so that one of them changes sides from
// one configuration to the next. With x = 1 or -1 by node and h_v = sum of c_uv x_u, node v's change of sides adds
// x_v h_v to the energy, and then 2 c_uv x_v to every h_u: O(nodes) a configuration, without branches. Sums are made
// anew every 1024 configurations, so that rounding does not add up. The first pass finds the least, the second lists.
#include <bit>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

/// Calls near(energy, side) for each configuration whose energy is at most limit() + noise.
template <class Limit, class Near>
void sweep(Workspace::Body& w, double noise, Limit limit, Near near) {
  const Core& core = w.core;
  const std::uint32_t n = core.nodes;
  double* const c = w.dense.data();
  double* const h = w.field.data();
  w.side.assign(n, 1);
  signed char* const x = w.side.data();
  double e = 0;
  const auto afresh = [&] {
    e = core.constant;
    for (const Core::Edge& edge : core.edges)
      if (x[edge.a] != x[edge.b]) e += edge.c;
    for (std::uint32_t v = 0; v < n; ++v) {
      double sum = 0;
      for (std::uint32_t u = 0; u < n; ++u) sum += c[v * n + u] * x[u];
      h[v] = sum;
    }
  };
  const std::uint64_t end = std::uint64_t{1} << (n - 1);
  double most = limit() + noise;
  for (std::uint64_t i = 0;;) {
    if ((i & 1023) == 0) afresh();
    if (e <= most) {
      near(e);
      most = limit() + noise;
    }
    if (++i == end) break;
    const auto v = static_cast<std::uint32_t>(std::countr_zero(i)) + 1;
    e += x[v] * h[v];
    x[v] = static_cast<signed char>(-x[v]);
    const double twice = 2.0 * x[v];
    const double* const row = c + v * n;
    for (std::uint32_t u = 0; u < n; ++u) h[u] += twice * row[u];
  }
}

/// The matrix of the nodes, and a way to read the sides as labels.
class Table {
 public:
  Table(bool both, Workspace::Body& w) : both_(both), w_(w), n_(w.core.nodes) {
    w.dense.assign(std::size_t{n_} * n_, 0);
    w.field.assign(n_, 0);
    w.placed.resize(n_);
    for (const Core::Edge& e : w.core.edges) w.dense[e.a * n_ + e.b] = w.dense[e.b * n_ + e.a] = e.c;
    for (const signed char s : w.core.sign) mixed_ |= s < 0;
  }
  /// Into w.placed; false when a side is empty that must not be.
  bool labels() {
    bool mixed = mixed_ || !both_;
    for (std::uint32_t v = 0; v < n_; ++v) {
      w_.placed[v] = w_.side[v] < 0;
      mixed |= w_.side[v] < 0;
    }
    return mixed;
  }

 private:
  bool both_, mixed_ = false;  ///< mixed: a node with actors on both sides
  Workspace::Body& w_;
  std::uint32_t n_;
};

}  // namespace

bool improve_sides(bool both, SolutionPool& pool) {
  Workspace::Body& w = pool.w;
  Table table(both, w);
  double least = pool.out.bloc.empty() ? nothing : pool.out.energy;
  const double noise = 1e-12 * w.scale;
  w.best.clear();
  sweep(
      w, -noise, [&] { return least; },
      [&](double e) {
        if (!table.labels()) return;
        least = e;
        w.best.assign(w.placed.begin(), w.placed.end());
      });
  pool.out.nodes += std::uint64_t{1} << (w.core.nodes - 1);
  if (!w.best.empty()) pool.least(w.best);
  return true;
}

void collect_sides(bool both, SolutionPool& pool) {
  Table table(both, pool.w);
  const bool second = pool.options.second;
  const auto pass = [&] {
    sweep(
        pool.w, 1e-12 * pool.w.scale,
        [&] { return second ? std::max(pool.threshold(), pool.out.second) : pool.threshold(); },
        [&](double) {
          if (table.labels()) pool.offer(pool.w.placed);
        });
  };
  for (pass(); pool.stale(); pass()) pool.again();
}

void enumerate_sides(bool both, SolutionPool& pool) {
  Solution& out = pool.out;
  improve_sides(both, pool);
  if (out.bloc.empty()) {
    out.feasible = false;
    return;
  }
  if (pool.options.all) collect_sides(both, pool);
  out.bound = out.energy;
  out.proven = true;
  out.proof = Proof::enumeration;
  out.complete = pool.options.all && !pool.overflow;
  out.second_proven = pool.options.all && pool.options.second;
}

}  // namespace entente::blocs
