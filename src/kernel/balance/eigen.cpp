#include "kernel/balance/eigen.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"

namespace entente::balance {
namespace {

// H_k = I - v v^T / h with h = v.v / 2 takes column k to (.., e_k, 0, ..). v stays in column k below the diagonal, h in
// d[k] until it is used; the diagonal itself stays in `a`. The remaining block becomes B - v w^T - w v^T.
void tridiagonal(std::size_t n, std::span<double> a, std::span<double> d, std::span<double> e,
                 std::span<double> work) noexcept {
  for (std::size_t k = 0; k + 1 < n; ++k) {
    double rest = 0;
    for (std::size_t i = k + 2; i < n; ++i) rest += a[i * n + k] * a[i * n + k];
    const double first = a[(k + 1) * n + k];
    d[k] = 0;
    e[k] = first;
    if (rest == 0) continue;
    const double norm = std::sqrt(first * first + rest), h = norm * (norm + std::abs(first));
    if (h == 0) continue;  // underflow: what is left is 0 beside the norm
    e[k] = first >= 0 ? -norm : norm;
    a[(k + 1) * n + k] = first - e[k];
    d[k] = h;
    double* w = work.data();
    double* v = work.data() + n;
    for (std::size_t i = k + 1; i < n; ++i) v[i] = a[i * n + k];
    double along = 0;
    for (std::size_t i = k + 1; i < n; ++i) {
      const double* row = a.data() + i * n;
      double sum = 0;
      for (std::size_t j = k + 1; j < n; ++j) sum += row[j] * v[j];
      w[i] = sum / h;
      along += w[i] * v[i];
    }
    along /= 2 * h;
    for (std::size_t i = k + 1; i < n; ++i) w[i] -= along * v[i];
    for (std::size_t i = k + 1; i < n; ++i) {
      double* row = a.data() + i * n;
      for (std::size_t j = k + 1; j < n; ++j) row[j] -= v[i] * w[j] + w[i] * v[j];
    }
  }
}

// z = (H_0 H_1 ...)^T, from the last backwards, so that only the block below k + 1 is touched.
void gather(std::size_t n, std::span<const double> a, std::span<const double> h, std::span<double> z) noexcept {
  std::ranges::fill(z, 0.0);
  for (std::size_t i = 0; i < n; ++i) z[i * n + i] = 1;
  for (std::size_t k = n < 2 ? 0 : n - 1; k-- > 0;) {
    if (h[k] == 0) continue;
    for (std::size_t r = k + 1; r < n; ++r) {
      double* row = z.data() + r * n;
      double sum = 0;
      for (std::size_t j = k + 1; j < n; ++j) sum += row[j] * a[j * n + k];
      sum /= h[k];
      for (std::size_t j = k + 1; j < n; ++j) row[j] -= sum * a[j * n + k];
    }
  }
}

// One implicit QR step on the unreduced block lo..hi.
void step(std::size_t n, std::size_t lo, std::size_t hi, std::span<double> d, std::span<double> e,
          std::span<double> z) noexcept {
  const double half = (d[hi - 1] - d[hi]) / 2, last = e[hi - 1];
  const double shift = d[hi] - last / (half + std::copysign(math::hypot(half, last), half)) * last;
  double x = d[lo] - shift, bulge = e[lo];
  for (std::size_t k = lo; k < hi; ++k) {
    const double r = math::hypot(x, bulge), c = r > 0 ? x / r : 1, s = r > 0 ? bulge / r : 0;
    if (k > lo) e[k - 1] = r;
    const double p = d[k], q = d[k + 1], m = e[k];
    d[k] = c * c * p + 2 * c * s * m + s * s * q;
    d[k + 1] = s * s * p - 2 * c * s * m + c * c * q;
    e[k] = c * s * (q - p) + (c * c - s * s) * m;
    if (k + 1 < hi) {
      x = e[k];
      bulge = s * e[k + 1];
      e[k + 1] *= c;
    }
    double *u = z.data() + k * n, *v = u + n;
    for (std::size_t i = 0; i < n; ++i) {
      const double t = u[i];
      u[i] = c * t + s * v[i];
      v[i] = c * v[i] - s * t;
    }
  }
}

}  // namespace

bool eigen(std::size_t n, std::span<double> a, std::span<double> d, std::span<double> e, std::span<double> z) noexcept {
  tridiagonal(n, a, d, e, z.first(std::min(z.size(), 2 * n)));
  gather(n, a, d, z);
  for (std::size_t i = 0; i < n; ++i) d[i] = a[i * n + i];
  constexpr double unit = std::numeric_limits<double>::epsilon(), least = std::numeric_limits<double>::min();
  std::size_t left = 50 * n;
  for (std::size_t hi = n - 1; hi > 0;) {
    for (std::size_t k = 0; k < hi; ++k)
      if (std::abs(e[k]) <= unit * (std::abs(d[k]) + std::abs(d[k + 1])) + least) e[k] = 0;
    if (e[hi - 1] == 0) {
      --hi;
      continue;
    }
    if (left-- == 0) return false;
    std::size_t lo = hi - 1;
    while (lo > 0 && e[lo - 1] != 0) --lo;
    step(n, lo, hi, d, e, z);
  }
  return true;
}

}  // namespace entente::balance
