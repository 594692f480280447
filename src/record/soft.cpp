#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"
#include "entente/kernel/blocs_distribution.hpp"
#include "record/frozen.hpp"
#include "record/parts.hpp"

namespace entente::record {

namespace {

// Standard normal numbers keyed by (seed, stream, index): Marsaglia's polar method, in pairs.
class Normal {
 public:
  explicit Normal(std::uint64_t stream) : stream_(stream) {}
  double next() {
    if (kept_) {
      kept_ = false;
      return other_;
    }
    for (;;) {
      const double u = 2 * uniform(seed, stream_, at_++) - 1, v = 2 * uniform(seed, stream_, at_++) - 1;
      const double s = u * u + v * v;
      if (s >= 1 || s == 0) continue;
      double l = s;
      logarithms({&l, 1});
      const double r = std::sqrt(-2 * l / s);
      kept_ = true;
      other_ = v * r;
      return u * r;
    }
  }

 private:
  std::uint64_t stream_, at_ = 0;
  double other_ = 0;
  bool kept_ = false;
};

}  // namespace

Result<std::vector<double>> soft(const Known& e, const partition::Fit& fit, std::uint64_t label) {
  const std::size_t k = fit.weights.size(), n = e.event.actors;
  const auto l = partition::cholesky(fit.information, k);
  if (l.empty()) return std::unexpected(Error{ErrorKind::not_solved, "the weights have no covariance", "fit"});
  Normal normal(stable_hash("record weights") ^ label * 0x9e3779b97f4a7c15u);
  const std::size_t many = n < large_from ? draws : draws_large;
  std::vector<double> chance(e.pairs(), 0.0), shift(k), w(k);
  blocs::Graph g{static_cast<std::uint32_t>(n), {}, {}};
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b) g.ties.push_back({a, b, 0});
  blocs::DistributionWorkspace work;
  blocs::Distribution d;
  for (std::size_t i = 0; i < many; ++i) {
    if (i % 2 == 0) {  // then its mirror image
      for (double& z : shift) z = normal.next();
      for (std::size_t r = k; r-- > 0;) {  // L^T x = z: x has the covariance (L L^T)^-1
        for (std::size_t c = r + 1; c < k; ++c) shift[r] -= l[c * k + r] * shift[c];
        shift[r] /= l[r * k + r];
      }
    }
    for (std::size_t r = 0; r < k; ++r) w[r] = fit.weights[r] + (i % 2 == 0 ? shift[r] : -shift[r]);
    for (std::size_t p = 0; p < g.ties.size(); ++p) {
      double tie = 0;
      for (std::size_t r = 0; r < k; ++r) tie += w[r] * e.event.ties[p * k + r];
      g.ties[p].weight = tie;
    }
    const auto done =
        blocs::distribution(g, {blocs::Number::exactly, 2}, {}, {.error = 0.02, .seed = seed + i}, work, d);
    if (!done) return std::unexpected(done.error());
    for (std::size_t p = 0; p < g.ties.size(); ++p)
      chance[p] += d.together[blocs::pair(g.ties[p].a, g.ties[p].b)] / static_cast<double>(many);
  }
  return chance;
}

Result<std::vector<double>> least_energy(const Known& e) {
  const std::size_t n = e.event.actors;
  blocs::Graph g{static_cast<std::uint32_t>(n), {}, e.size};
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b) g.ties.push_back({a, b, 0});
  std::vector<double> chance(e.pairs(), 0.0);
  blocs::Workspace work;
  blocs::Solution s;
  constexpr std::size_t many = 32;
  for (std::size_t i = 0; i < many; ++i) {
    const double pacts = 0.5 + latin(seed, 1, i, many), disputes = 0.5 + latin(seed, 2, i, many);
    for (std::size_t p = 0; p < g.ties.size(); ++p)
      g.ties[p].weight = pacts * e.dyads[p].pact / 2 - disputes * e.dyads[p].opposed;
    if (const auto done = blocs::optimise(g, {}, {}, {}, work, s); !done) return std::unexpected(done.error());
    for (std::size_t p = 0; p < g.ties.size(); ++p) {
      std::size_t together = 0;
      for (std::uint32_t o = 0; o < s.count; ++o)
        together += s.optima[o * n + g.ties[p].a] == s.optima[o * n + g.ties[p].b];
      const double share = !s.complete || (together != 0 && together != s.count) ? 0.5 : together != 0 ? 1.0 : 0.0;
      chance[p] += share / many;
    }
  }
  return chance;
}

}  // namespace entente::record
