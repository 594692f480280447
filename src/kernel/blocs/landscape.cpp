// The landscape of two sides: where each configuration's steepest descent ends.
//
// Enumerated: a Gray code visits the 2^(n-1) configurations (actor 0 on side 0), keeping x_v h_v, the change of energy
// if v moved, so that the next configuration of the descent costs O(n) to find; 32 bits a configuration hold it. Then
// every path is walked once and its end written over it. Sampled: descents from random starts.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

using Labels = std::vector<std::uint32_t>;

struct Sides {
  std::uint32_t n;
  std::vector<std::vector<std::pair<std::uint32_t, double>>> near;
  std::vector<signed char> x;
  std::vector<double> h;
  std::vector<double> slack;  ///< by actor: of its own ties, the least that counts

  void afresh() {
    for (std::uint32_t v = 0; v < n; ++v) {
      h[v] = 0;
      for (const auto& [u, c] : near[v]) h[v] += c * x[u];
    }
  }
  /// Who moves: the one that lowers the energy most, the lowest among equals; n if nobody gains.
  [[nodiscard]] std::uint32_t mover() const {
    std::uint32_t most = n;
    for (std::uint32_t v = 0; v < n; ++v)
      if (x[v] * h[v] < -slack[v] && (most == n || x[v] * h[v] < x[most] * h[most])) most = v;
    if (most == n) return n;
    for (std::uint32_t v = 0; v < most; ++v)
      if (x[v] * h[v] < -slack[v] && x[v] * h[v] <= x[most] * h[most] + std::max(slack[v], slack[most])) return v;
    return most;
  }
  void flip(std::uint32_t v) {
    x[v] = static_cast<signed char>(-x[v]);
    for (const auto& [u, c] : near[v]) h[u] += 2 * c * x[v];
  }
};

LocalOptimum describe(const Graph& g, Labels bloc, std::uint64_t basin, std::uint64_t of, bool sampled) {
  LocalOptimum o;
  canonical(bloc);
  o.energy = energy(g, bloc);
  o.frustration = frustration(g, bloc);
  o.basin = basin;
  o.share = static_cast<double>(basin) / static_cast<double>(of);
  o.error = sampled ? std::sqrt(o.share * (1 - o.share) / static_cast<double>(of)) : 0;
  o.bloc = std::move(bloc);
  return o;
}

void sort_and_cut(Landscape& out, std::uint32_t limit) {
  out.count = out.optima.size();
  std::sort(out.optima.begin(), out.optima.end(),
            [](const auto& a, const auto& b) { return a.energy != b.energy ? a.energy < b.energy : a.bloc < b.bloc; });
  if (out.optima.size() > limit) out.optima.resize(limit);
}

/// Where each configuration goes next: itself at a local optimum. Bit v - 1 is the side of actor v, actor 0 on side 0.
std::vector<std::uint32_t> steps(Sides& s) {
  const std::uint32_t n = s.n;
  const std::uint64_t end = std::uint64_t{1} << (n - 1);
  const auto all = static_cast<std::uint32_t>(end - 1);
  std::vector<std::uint32_t> next(end);
  std::vector<double> dense(std::size_t{n} * n, 0), gain(n);
  for (std::uint32_t v = 0; v < n; ++v)
    for (const auto& [u, c] : s.near[v]) dense[v * n + u] = c;
  s.x.assign(n, 1);
  std::uint32_t code = 0;
  for (std::uint64_t i = 0;;) {
    if ((i & 1023) == 0) s.afresh();
    for (std::uint32_t u = 0; u < n; ++u) gain[u] = s.x[u] * s.h[u];
    std::uint32_t v = n, to = code;
    for (std::uint32_t u = 0; u < n; ++u)
      if (gain[u] < -s.slack[u] && (v == n || gain[u] < gain[v])) v = u;
    if (v < n) {
      for (std::uint32_t u = 0; u < v; ++u)
        if (gain[u] < -s.slack[u] && gain[u] <= gain[v] + std::max(s.slack[u], s.slack[v])) {
          v = u;
          break;
        }
      to = v == 0 ? ~code & all : code ^ (1u << (v - 1));
    }
    next[code] = to;
    if (++i == end) break;
    const auto next_v = static_cast<std::uint32_t>(std::countr_zero(i)) + 1;
    code ^= 1u << (next_v - 1);
    s.x[next_v] = static_cast<signed char>(-s.x[next_v]);
    const double twice = 2.0 * s.x[next_v];
    const double* const row = &dense[std::size_t{next_v} * n];
    for (std::uint32_t u = 0; u < n; ++u) s.h[u] += twice * row[u];
  }
  return next;
}

void enumerate(const Graph& g, Sides& s, Landscape& out) {
  std::vector<std::uint32_t> next = steps(s), path;
  for (std::uint32_t from = 0; from < next.size(); ++from) {
    path.clear();
    std::uint32_t at = from;
    while (next[at] != at) {
      path.push_back(at);
      at = next[at];
    }
    for (const std::uint32_t p : path) next[p] = at;
  }
  std::vector<std::uint32_t> count(next.size(), 0);
  for (const std::uint32_t end : next) ++count[end];
  out.enumerated = true;
  out.configurations = next.size();
  for (std::uint32_t code = 0; code < count.size(); ++code) {
    if (count[code] == 0) continue;
    Labels bloc(g.actors, 0);
    for (std::uint32_t v = 1; v < g.actors; ++v) bloc[v] = code >> (v - 1) & 1;
    out.optima.push_back(describe(g, std::move(bloc), count[code], next.size(), false));
  }
}

void sample(const Graph& g, Sides& s, const LandscapeOptions& options, Landscape& out) {
  std::map<Labels, std::uint64_t> ends;
  out.configurations = options.samples;
  for (std::uint64_t k = 0; k < options.samples; ++k) {
    for (std::uint32_t v = 0; v < s.n; ++v) s.x[v] = uniform(options.seed, k, v) < 0.5 ? 1 : -1;
    s.afresh();
    for (std::uint32_t v = s.mover(); v < s.n; v = s.mover()) s.flip(v);
    Labels bloc(s.n);
    for (std::uint32_t v = 0; v < s.n; ++v) bloc[v] = s.x[v] != s.x[0];
    ++ends[bloc];
  }
  for (const auto& [bloc, basin] : ends) out.optima.push_back(describe(g, bloc, basin, options.samples, true));
}

}  // namespace

Result<Landscape> landscape(const Graph& g, const LandscapeOptions& options) {
  if (const auto valid = validate(g); !valid) return std::unexpected(valid.error());
  if (!(options.tolerance >= 0) || options.tolerance > 1e-3)
    return std::unexpected(Error{ErrorKind::invalid, "the tolerance is not between 0 and 0.001", "tolerance"});
  if (options.enumerate_to > 24)
    return std::unexpected(Error{ErrorKind::too_large, "enumeration of more than 24 actors", "enumerate_to"});
  if (options.samples == 0 || options.limit == 0)
    return std::unexpected(Error{ErrorKind::invalid, "no samples or no local optima are asked for"});
  Sides s{g.actors, {}, {}, {}, {}};
  s.near.resize(g.actors);
  s.x.assign(g.actors, 1);
  s.h.assign(g.actors, 0);
  for (const Tie& t : g.ties) {
    s.near[t.a].emplace_back(t.b, pull(g, t));
    s.near[t.b].emplace_back(t.a, pull(g, t));
  }
  for (const auto& ties : s.near) {
    double whole = 0;
    for (const auto& [u, c] : ties) whole += std::abs(c);
    s.slack.push_back(std::max(options.tolerance, 1e-12) * whole);
  }
  Landscape out;
  if (g.actors <= options.enumerate_to) enumerate(g, s, out);
  else sample(g, s, options, out);
  sort_and_cut(out, options.limit);
  return out;
}

}  // namespace entente::blocs
