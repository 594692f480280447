#include "kernel/game/vertices.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <type_traits>

#include "base/short_number.hpp"

namespace entente::game {

int Bits::count() const noexcept {
  int n = 0;
  for (const std::uint64_t w : word) n += __builtin_popcountll(w);
  return n;
}

namespace {

// v, or 0 where rounding alone could have made it.
double settled(double v, double terms, double share, double least) {
  return std::abs(v) <= std::max(share * terms, least) ? 0 : v;
}

template <class Number>
Number value_at(const GeneratorOf<Number>& g, std::span<const Number> normal, const Number& offset, double share,
                double least) {
  Number v = g.ray ? Number(0) : offset;
  if constexpr (std::is_same_v<Number, double>) {
    double terms = std::abs(v);
    for (std::size_t k = 0; k < normal.size(); ++k) {
      const double term = normal[k] * g.at[k];
      v += term;
      terms += std::abs(term);
    }
    return settled(v, terms, share, least);
  } else {
    for (std::size_t k = 0; k < normal.size(); ++k)
      if (normal[k] != 0 && g.at[k] != 0) v += normal[k] * g.at[k];
    return v;
  }
}

}  // namespace

template <class Number>
bool cut(std::vector<GeneratorOf<Number>>& g, std::span<const Number> normal, const Number& offset, std::size_t index,
         std::size_t dimension, double share, double least, std::size_t most, Pairs& pairs) {
  std::vector<Number> value(g.size());
  std::vector<std::size_t> above, below;
  for (std::size_t i = 0; i < g.size(); ++i) {
    value[i] = value_at(g[i], normal, offset, share, least);
    if (value[i] > 0) above.push_back(i);
    else if (value[i] < 0) below.push_back(i);
    else g[i].tight.set(index);
  }
  if (below.empty()) return true;
  std::vector<GeneratorOf<Number>> born;
  for (const std::size_t p : above) {
    if (!pairs.spend(static_cast<double>(below.size()))) return false;
    for (const std::size_t n : below) {
      const Bits both = g[p].tight.with(g[n].tight);
      if (static_cast<std::size_t>(both.count()) + 1 < dimension) continue;  // an edge lies on so many at least
      bool edge = true;
      std::size_t k = 0;
      for (; k < g.size() && edge; ++k) edge = k == p || k == n || !g[k].tight.covers(both);
      pairs.left -= static_cast<double>(k) / 4;
      if (!edge) continue;
      const Number a = value[p], b = -value[n];
      GeneratorOf<Number> c;
      const Number h = (g[p].ray ? Number(0) : b) + (g[n].ray ? Number(0) : a);
      c.ray = h == 0;
      c.at.resize(g[p].at.size());
      Number scale = h;
      for (std::size_t j = 0; j < c.at.size(); ++j) c.at[j] = b * g[p].at[j] + a * g[n].at[j];
      if (c.ray)
        for (const Number& x : c.at)
          if (const Number size = x < 0 ? Number(-x) : x; size > scale) scale = size;
      for (Number& x : c.at)
        if (x != 0) x /= scale;
      c.tight = both;
      c.tight.set(index);
      born.push_back(std::move(c));
      if (born.size() + above.size() > most) return false;
    }
  }
  std::vector<GeneratorOf<Number>> kept;
  for (std::size_t i = 0; i < g.size(); ++i)
    if (value[i] >= 0) kept.push_back(std::move(g[i]));
  for (GeneratorOf<Number>& c : born) kept.push_back(std::move(c));
  g = std::move(kept);
  return g.size() <= most;
}

template <class Number>
Vertices best_reply_vertices(std::size_t variables, const std::vector<std::vector<std::uint32_t>>& blocks,
                             std::size_t values, const std::vector<RowOf<Number>>& rows, std::size_t most,
                             Pairs& pairs) {
  Vertices out;
  const std::size_t size = variables + values;
  if (variables + rows.size() + values > Bits::capacity) return {.complete = false};
  Number scale = 0;
  for (const auto& r : rows)
    if (r.value != no_value)
      for (const Number& c : r.coefficient)
        if (const Number size_of = c < 0 ? Number(-c) : c; size_of > scale) scale = size_of;
  if (scale == 0) scale = 1;
  // The product of simplices times values from far below: its vertices are the pure plans.
  const Number floor = -2 * (static_cast<int>(blocks.size()) + 1);
  std::size_t plans = 1, dimension = values;
  for (const auto& b : blocks) {
    plans *= b.size();
    dimension += b.size() - 1;
    if (plans > most) return {.complete = false};
  }
  std::vector<GeneratorOf<Number>> g;
  std::vector<std::size_t> pick(blocks.size(), 0);
  for (std::size_t n = 0; n < plans; ++n) {
    GeneratorOf<Number> v;
    v.at.assign(size, Number(0));
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
    GeneratorOf<Number> r;
    r.ray = true;
    r.at.assign(size, Number(0));
    r.at[variables + j] = 1;
    for (std::size_t k = 0; k < variables; ++k) r.tight.set(k);
    for (std::size_t i = 0; i < values; ++i)
      if (i != j) r.tight.set(variables + rows.size() + i);
    g.push_back(std::move(r));
  }
  std::vector<Number> normal(size);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].value == no_value) continue;
    std::ranges::fill(normal, Number(0));
    for (std::size_t k = 0; k < variables; ++k) normal[k] = -rows[r].coefficient[k] / scale;
    normal[variables + rows[r].value] = 1;
    if (!cut<Number>(g, normal, Number(0), variables + r, dimension, 1e-10, 4e-15, most, pairs))
      return {.complete = false};
  }
  const auto in_doubles = [](const Number& x) {
    if constexpr (std::is_same_v<Number, double>) return x;
    else return entente::as_double(x);
  };
  for (const auto& v : g) {
    if (v.ray) continue;
    Vertex w;
    for (std::size_t k = 0; k < variables; ++k) w.x.push_back(in_doubles(v.at[k]));
    for (std::size_t j = 0; j < values; ++j) w.value.push_back(in_doubles(scale * v.at[variables + j]));
    for (std::size_t k = 0; k < variables; ++k) {
      if constexpr (std::is_same_v<Number, double>) {
        if (!v.tight.has(k) && w.x[k] > 1e-12) continue;
      } else {
        if (v.at[k] > 0) continue;
      }
      w.zero.set(k);
      w.x[k] = 0;
    }
    for (std::size_t r = 0; r < rows.size(); ++r)
      if (rows[r].value == no_value || v.tight.has(variables + r)) w.tight.set(r);
    out.all.push_back(std::move(w));
  }
  return out;
}

template bool cut<double>(std::vector<Generator>&, std::span<const double>, const double&, std::size_t, std::size_t,
                          double, double, std::size_t, Pairs&);
template bool cut<Rational>(std::vector<GeneratorOf<Rational>>&, std::span<const Rational>, const Rational&,
                            std::size_t, std::size_t, double, double, std::size_t, Pairs&);
template Vertices best_reply_vertices<double>(std::size_t, const std::vector<std::vector<std::uint32_t>>&, std::size_t,
                                              const std::vector<Row>&, std::size_t, Pairs&);
template Vertices best_reply_vertices<Rational>(std::size_t, const std::vector<std::vector<std::uint32_t>>&,
                                                std::size_t, const std::vector<RowOf<Rational>>&, std::size_t, Pairs&);

}  // namespace entente::game
