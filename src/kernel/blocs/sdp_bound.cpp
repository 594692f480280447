// A bound for dense graphs where the search ends early, by semidefinite programming (Goemans and Williamson 1995,
// doi:10.1145/227683.227684; Delorme and Poljak 1993, doi:10.1007/BF01585184).
//
// Theory. energy = constant + sum of c / 2 - x'Cx / 4, x = 1 or -1 by node, C symmetric. If Diag(u) - C has no negative
// eigenvalue, x'Cx <= sum of u for every x. The best u is found from the other side: unit vectors v by node that
// maximise sum of C_ij v_i v_j, each in turn set to the direction of g_i = sum of C_ij v_j, in about sqrt(2 n)
// dimensions (Burer and Monteiro 2003, doi:10.1007/s10107-002-0352-8); where that ends u_i = |g_i|. Whatever comes out,
// the bound is taken only with a shift of u for which a Cholesky factorisation succeeds, and the shift is charged.
// Cost. O(sweeps n^2 sqrt n + n^3): below a second up to the 400 nodes it is used for.
#include <algorithm>
#include <cmath>

#include "entente/base/random.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

/// Whether Diag(u + shift) - C can be factorised, into `l`.
bool positive(std::span<const double> c, std::span<const double> u, double shift, std::vector<double>& l) {
  const std::size_t n = u.size();
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = i == j ? u[i] + shift : -c[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
      if (i == j && !(sum > 0)) return false;
      l[i * n + j] = i == j ? std::sqrt(sum) : sum / l[j * n + j];
    }
  return true;
}

}  // namespace

double sdp_bound(const Core& core, const std::stop_token& stop) {
  const std::size_t n = core.nodes, k = static_cast<std::size_t>(std::sqrt(2.0 * static_cast<double>(n))) + 2;
  std::vector<double> c(n * n, 0), v(n * k), g(k), u(n, 0), pulls;
  double offset = core.constant;
  for (const Core::Edge& e : core.edges) {
    c[e.a * n + e.b] = c[e.b * n + e.a] = e.c;
    offset += e.c / 2;
    pulls.push_back(e.c);
  }
  for (std::size_t i = 0; i < n * k; ++i) v[i] = uniform(11, 1, i) - 0.5;
  double before = 0;
  for (unsigned sweep = 0; sweep < 1000 && !stop.stop_requested(); ++sweep) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      std::fill(g.begin(), g.end(), 0);
      for (std::size_t j = 0; j < n; ++j)
        if (const double w = c[i * n + j]; w != 0)
          for (std::size_t d = 0; d < k; ++d) g[d] += w * v[j * k + d];
      double square = 0;
      for (const double x : g) square += x * x;
      u[i] = std::sqrt(square);
      sum += u[i];
      if (u[i] > 0)
        for (std::size_t d = 0; d < k; ++d) v[i * k + d] = g[d] / u[i];
    }
    if (sweep > 0 && std::abs(sum - before) < 1e-7 * sum) break;
    before = sum;
  }
  double most = 0, sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double row = 0;  // enough for any: the diagonal dominates
    for (std::size_t j = 0; j < n; ++j) row += std::abs(c[i * n + j]);
    most = std::max(most, row), sum += u[i];
  }
  std::vector<double> l(n * n, 0);
  double below = 0, enough = 1e-6 * most;
  while (enough < most && !positive(c, u, enough, l)) below = enough, enough *= 4;
  for (int i = 0; i < 6 && below > 0; ++i) {
    const double middle = (below + enough) / 2;
    (positive(c, u, middle, l) ? enough : below) = middle;
  }
  const double rounding = 1e-14 * static_cast<double>(n) * most;  // what the factorisation may have overlooked
  double bound = offset - (sum + static_cast<double>(n) * (enough + rounding)) / 4;
  if (const double unit = common_unit(pulls); unit > 0)
    bound = core.constant + std::ceil((bound - core.constant) / unit - 1e-5) * unit;
  return bound;
}

}  // namespace entente::blocs
