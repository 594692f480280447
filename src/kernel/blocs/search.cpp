// A good configuration of two sides to begin with: tabu search on single changes of side (Glover 1989,
// doi:10.1287/ijoc.1.3.190), from several starts, the first of which follows the strongest ties of a spanning forest.
//
// State: x by node and h_v = sum of c_uv x_u; a change of v adds x_v h_v to the energy, and O(degree) updates keep h.
// Each step takes the best change that is not tabu, or one that gives a new best. Deterministic: random numbers come
// from the counter-based generator with fixed keys.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "entente/base/random.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

constexpr double rounding = 1e-12;  ///< of an actor's own ties: the least that counts as a gain by its move

/// Sides along a spanning forest taken in order of |c|, largest first: no tie of the forest is frustrated.
void follow(const Core& core, std::span<const double> strength, std::vector<signed char>& x) {
  std::vector<std::uint32_t> order(core.edges.size()), parent(core.nodes);
  std::iota(order.begin(), order.end(), 0u);
  std::iota(parent.begin(), parent.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return strength[i] > strength[j]; });
  std::vector<signed char> turn(core.nodes, 1);
  const auto find = [&](std::uint32_t v) {
    signed char s = 1;
    while (parent[v] != v) {
      s = static_cast<signed char>(s * turn[v]);
      v = parent[v];
    }
    return std::pair{v, s};
  };
  std::vector<std::uint32_t> size(core.nodes, 1);
  for (const std::uint32_t i : order) {
    const Core::Edge& e = core.edges[i];
    if (e.c == 0) continue;
    auto [a, s] = find(e.a);
    auto [b, t] = find(e.b);
    if (a == b) continue;
    if (size[a] < size[b]) std::swap(a, b);
    size[a] += size[b];
    parent[b] = a;
    turn[b] = static_cast<signed char>((e.c > 0 ? 1 : -1) * s * t);
  }
  for (std::uint32_t v = 0; v < core.nodes; ++v) x[v] = find(v).second;
}

}  // namespace

void SideSearch::set(std::span<const std::uint32_t> sides) {
  for (std::uint32_t v = 0; v < core_.nodes; ++v) x_[v] = sides[v] ? -1 : 1;
  afresh();
}

void SideSearch::follow_edges(std::span<const double> strength) {
  follow(core_, strength, x_);
  afresh();
}

void SideSearch::afresh() {
  e_ = core_.constant;
  for (const Core::Edge& e : core_.edges)
    if (x_[e.a] != x_[e.b]) e_ += e.c;
  for (std::uint32_t v = 0; v < core_.nodes; ++v) {
    h_[v] = 0;
    for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) h_[v] += core_.c[i] * x_[core_.to[i]];
  }
}

void SideSearch::flip(std::uint32_t v) {
  e_ += x_[v] * h_[v];
  x_[v] = static_cast<signed char>(-x_[v]);
  for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) h_[core_.to[i]] += 2 * core_.c[i] * x_[v];
}

void SideSearch::note(double noise) {
  if (!(e_ < best_ - noise)) return;
  bool mixed = !both_;
  for (std::uint32_t v = 0; v < core_.nodes && !mixed; ++v) mixed = x_[v] != x_[0];
  if (!mixed) return;
  best_ = e_;
  for (std::uint32_t v = 0; v < core_.nodes; ++v) sides_[v] = x_[v] != x_[0];
}

void SideSearch::descend(double noise) {
  for (bool moved = true; moved;) {
    moved = false;
    for (std::uint32_t v = 0; v < core_.nodes; ++v)
      if (x_[v] * h_[v] < -rounding * whole_[v]) {
        flip(v);
        note(noise);
        moved = true;
      }
  }
  note(noise);
}

void SideSearch::tabu(std::uint32_t steps, double noise, std::uint64_t key) {
  const std::uint32_t n = core_.nodes;
  std::vector<std::uint32_t> until(n, 0);
  double here = e_;
  std::uint32_t last = 0;
  for (std::uint32_t t = 1; t - last <= steps; ++t) {
    double least = nothing;
    std::uint32_t v = n;
    for (std::uint32_t u = 0; u < n; ++u) {
      const double change = x_[u] * h_[u];
      if (change < least && (until[u] < t || e_ + change < here - noise)) least = change, v = u;
    }
    if (v == n) break;
    flip(v);
    until[v] = t + n / 10 + 3 + static_cast<std::uint32_t>(10 * uniform(key, 1, t));
    note(noise);
    if (e_ < here - noise) here = e_, last = t;
  }
}

void SideSearch::run(std::uint32_t starts, double noise) {
  const std::uint32_t n = core_.nodes;
  std::vector<double> strength(core_.edges.size());
  for (std::uint32_t s = 0; s < starts; ++s) {
    for (std::size_t i = 0; i < strength.size(); ++i)
      strength[i] = std::abs(core_.edges[i].c) * (s == 0 ? 1 : uniform(7, s, i));
    follow_edges(strength);
    note(noise);
    tabu(std::min(5000u, 10 * n + 100), noise, s);
    afresh();
    descend(noise);
  }
  for (std::uint32_t v = 0; v < n && both_ && best_ == nothing; ++v) {  // every descent emptied a side
    std::fill(x_.begin(), x_.end(), static_cast<signed char>(1));
    x_[v] = -1;
    afresh();
    note(noise);
  }
}

}  // namespace entente::blocs
