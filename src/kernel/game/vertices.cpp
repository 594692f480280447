#include "kernel/game/vertices.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace entente::game {

int Bits::count() const noexcept {
  int n = 0;
  for (const std::uint64_t w : word) n += __builtin_popcountll(w);
  return n;
}

bool cut(std::vector<Generator>& g, std::span<const double> normal, double offset, std::size_t index,
         std::size_t dimension, double slack, std::size_t most) {
  std::vector<double> value(g.size());
  std::vector<std::size_t> above, below;
  for (std::size_t i = 0; i < g.size(); ++i) {
    double v = g[i].ray ? 0 : offset;
    for (std::size_t k = 0; k < normal.size(); ++k) v += normal[k] * g[i].at[k];
    value[i] = std::abs(v) <= slack ? 0 : v;
    if (value[i] > 0) above.push_back(i);
    else if (value[i] < 0) below.push_back(i);
    else g[i].tight.set(index);
  }
  if (below.empty()) return true;
  std::vector<Generator> born;
  for (const std::size_t p : above)
    for (const std::size_t n : below) {
      const Bits both = g[p].tight.with(g[n].tight);
      if (static_cast<std::size_t>(both.count()) + 1 < dimension) continue;  // an edge lies on so many at least
      bool edge = true;
      for (std::size_t k = 0; k < g.size() && edge; ++k) edge = k == p || k == n || !g[k].tight.covers(both);
      if (!edge) continue;
      const double a = value[p], b = -value[n];
      Generator c;
      const double h = (g[p].ray ? 0 : b) + (g[n].ray ? 0 : a);
      c.ray = h == 0;
      c.at.resize(g[p].at.size());
      double scale = h;
      for (std::size_t k = 0; k < c.at.size(); ++k) c.at[k] = b * g[p].at[k] + a * g[n].at[k];
      if (c.ray)
        for (const double x : c.at) scale = std::max(scale, std::abs(x));
      for (double& x : c.at) x /= scale;
      c.tight = both;
      c.tight.set(index);
      born.push_back(std::move(c));
      if (born.size() + above.size() > most) return false;
    }
  std::vector<Generator> kept;
  for (std::size_t i = 0; i < g.size(); ++i)
    if (value[i] >= 0) kept.push_back(std::move(g[i]));
  for (Generator& c : born) kept.push_back(std::move(c));
  g = std::move(kept);
  return g.size() <= most;
}

Vertices best_reply_vertices(std::size_t variables, const std::vector<std::vector<std::uint32_t>>& blocks,
                             std::size_t values, const std::vector<Row>& rows, std::size_t most) {
  Vertices out;
  const std::size_t size = variables + values;
  if (variables + rows.size() + values > Bits::capacity) return {.complete = false};
  double scale = 0;
  for (const Row& r : rows)
    if (r.value != no_value)
      for (const double c : r.coefficient) scale = std::max(scale, std::abs(c));
  if (scale == 0) scale = 1;
  // The product of simplices times values from far below: its vertices are the pure plans.
  const double floor = -2 * (static_cast<double>(blocks.size()) + 1);
  std::size_t plans = 1, dimension = values;
  for (const auto& b : blocks) {
    plans *= b.size();
    dimension += b.size() - 1;
    if (plans > most) return {.complete = false};
  }
  std::vector<Generator> g;
  std::vector<std::size_t> pick(blocks.size(), 0);
  for (std::size_t n = 0; n < plans; ++n) {
    Generator v;
    v.at.assign(size, 0.0);
    for (std::size_t b = 0; b < blocks.size(); ++b) v.at[blocks[b][pick[b]]] = 1;
    for (std::size_t k = 0; k < variables; ++k)
      if (v.at[k] == 0) v.tight.set(k);
    for (std::size_t j = 0; j < values; ++j) {
      v.at[variables + j] = floor;
      v.tight.set(variables + rows.size() + j);
    }
    g.push_back(std::move(v));
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      if (++pick[b] < blocks[b].size()) break;
      pick[b] = 0;
    }
  }
  for (std::size_t j = 0; j < values; ++j) {
    Generator r;
    r.ray = true;
    r.at.assign(size, 0.0);
    r.at[variables + j] = 1;
    for (std::size_t k = 0; k < variables; ++k) r.tight.set(k);
    for (std::size_t i = 0; i < values; ++i)
      if (i != j) r.tight.set(variables + rows.size() + i);
    g.push_back(std::move(r));
  }
  std::vector<double> normal(size);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].value == no_value) continue;
    std::ranges::fill(normal, 0.0);
    for (std::size_t k = 0; k < variables; ++k) normal[k] = -rows[r].coefficient[k] / scale;
    normal[variables + rows[r].value] = 1;
    if (!cut(g, normal, 0, variables + r, dimension, 1e-10, most)) return {.complete = false};
  }
  for (const Generator& v : g) {
    if (v.ray) continue;
    Vertex w;
    w.x.assign(v.at.begin(), v.at.begin() + static_cast<std::ptrdiff_t>(variables));
    for (std::size_t j = 0; j < values; ++j) w.value.push_back(scale * v.at[variables + j]);
    for (std::size_t k = 0; k < variables; ++k) {
      if (!v.tight.has(k) && w.x[k] > 1e-10) continue;
      w.zero.set(k);
      w.x[k] = 0;
    }
    for (std::size_t r = 0; r < rows.size(); ++r)
      if (rows[r].value == no_value || v.tight.has(variables + r)) w.tight.set(r);
    out.all.push_back(std::move(w));
  }
  return out;
}

}  // namespace entente::game
