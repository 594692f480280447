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

}  // namespace

void enumerate_sides(bool both, Book& book) {
  Workspace::Body& w = book.w;
  const Core& core = w.core;
  const std::uint32_t n = core.nodes;
  w.dense.assign(std::size_t{n} * n, 0);
  w.field.assign(n, 0);
  for (const Core::Edge& e : core.edges) w.dense[e.a * n + e.b] = w.dense[e.b * n + e.a] = e.c;
  const double noise = 1e-12 * w.scale;
  w.placed.resize(n);
  bool mixed_node = false;  // a node with actors on both sides
  for (const signed char s : core.sign) mixed_node |= s < 0;
  const auto labels = [&] {
    bool mixed = mixed_node;
    for (std::uint32_t v = 0; v < n; ++v) {
      w.placed[v] = w.side[v] < 0;
      mixed |= w.side[v] < 0;
    }
    return mixed || !both;
  };
  double least = nothing;
  w.best.clear();
  sweep(
      w, 0, [&] { return least; },
      [&](double e) {
        if (e < least && labels()) {
          least = e;
          w.best.assign(w.placed.begin(), w.placed.end());
        }
      });
  book.out.nodes += std::uint64_t{1} << (n - 1);
  if (w.best.empty()) {
    book.out.feasible = false;
    return;
  }
  book.least(w.best);
  const bool second = book.options.all && book.options.second;
  if (book.options.all)
    sweep(
        w, noise, [&] { return second ? std::max(book.threshold(), book.out.second) : book.threshold(); },
        [&](double) {
          if (labels()) book.offer(w.placed);
        });
  else book.offer(w.best);
  book.out.bound = book.out.energy;
  book.out.proven = true;
  book.out.proof = Proof::enumeration;
  book.out.complete = book.options.all && !book.overflow;
  book.out.second_proven = second;
}

}  // namespace entente::blocs
