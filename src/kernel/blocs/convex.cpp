// A bound of what is still to be placed that depends on the placed nodes through one vector (Buchheim, Caprara, Lodi
// 2012, doi:10.1007/s10107-011-0475-x, for integer programs with a convex quadratic objective).
//
// Theory. For x = 1 or -1 and any diagonal d: -x'Hx / 2 + g'x = x'Mx / 2 + g'x - sum of d / 2 with M = Diag(d) - H.
// Where M is positive definite the least over real x is -g'M^-1 g / 2 - sum of d / 2. With the nodes taken from behind
// and M = LL', L lower triangular, the leading blocks of L belong to the suffixes of the order: y = L^-1 g serves all
// of them, g'M^-1 g is the sum of y^2 over the suffix's own entries, and as g is linear in what is placed, so is y. One
// node more costs one pass over the suffix.
// Choice. d makes the mean of the bound best, sum of d + tr(M^-1 E) least, E the second moments of g when the nodes
// before `first` are placed by the toss of a coin, times `stretch`, since fields grow on the way and configurations
// that are hard to exclude have larger ones, and with a ridge, which keeps M away from singular. This is convex in d,
// and minimised by Newton's method: with P = M^-1 and Q = PEP its gradient is 1 - Q_ii, its Hessian 2 P_ij Q_ij.
// Whatever d comes out, the bound holds as long as the factorisation succeeds. The stretch was chosen on
// complete graphs of random signs: between 1.5 and 2.2 the count of placements on three of 70 nodes changes by at
// most 18 %. Rounding. An error of L, y or y'y is at most a small multiple of n^2 times the
// machine's precision times the condition number of M times the largest y'y; four times that is charged (Higham 2002,
// Accuracy and Stability of Numerical Algorithms, chapters 8 and 10, doi:10.1137/1.9780898718027).
#include "kernel/blocs/convex.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace entente::blocs {
namespace {

constexpr double stretch = 1.7, ridge = 0.1;

using Matrix = std::vector<double>;  ///< square, by rows

/// sum of d + tr(M^-1 E), M = Diag(d) - H, and its factors at one d.
struct Mean {
  std::size_t m;
  Matrix h, e, l, w;  ///< w: the inverse of l
  double value = std::numeric_limits<double>::infinity();

  /// False where M is not positive definite.
  bool at(const std::vector<double>& d) {
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = i == j ? d[i] : -h[i * m + j];
        for (std::size_t k = 0; k < j; ++k) sum -= l[i * m + k] * l[j * m + k];
        if (i == j && !(sum > 1e-9 * d[i])) return false;
        l[i * m + j] = i == j ? std::sqrt(sum) : sum / l[j * m + j];
      }
    std::fill(w.begin(), w.end(), 0);
    for (std::size_t i = 0; i < m; ++i) {  // L_ii W_i = e_i - sum of L_ik W_k over the rows above
      double* const row = &w[i * m];
      for (std::size_t k = 0; k < i; ++k)
        for (std::size_t j = 0; j <= k; ++j) row[j] -= l[i * m + k] * w[k * m + j];
      row[i] = 1;
      for (std::size_t j = 0; j <= i; ++j) row[j] /= l[i * m + i];
    }
    value = 0;
    for (const double x : d) value += x;
    for (std::size_t i = 0; i < m; ++i)  // tr(WEW')
      for (std::size_t k = 0; k <= i; ++k) {
        double sum = 0;
        for (std::size_t j = 0; j <= i; ++j) sum += e[k * m + j] * w[i * m + j];
        value += w[i * m + k] * sum;
      }
    return true;
  }

  /// Newton's step at the d of the last at().
  [[nodiscard]] std::vector<double> newton() const {
    Matrix p(m * m, 0), pe(m * m, 0), q(m * m, 0);
    for (std::size_t k = 0; k < m; ++k)
      for (std::size_t i = 0; i <= k; ++i)
        for (std::size_t j = 0; j <= k; ++j) p[i * m + j] += w[k * m + i] * w[k * m + j];
    multiply(p, e, pe);
    multiply(pe, p, q);
    std::vector<double> step(m);
    for (std::size_t i = 0; i < m; ++i) step[i] = (q[i * m + i] - 1) / 2;
    for (std::size_t i = 0; i < m * m; ++i) q[i] *= p[i];
    for (std::size_t c = 0; c < m; ++c)  // positive definite: a product of two such by entries (Schur)
      for (std::size_t i = c + 1; i < m; ++i) {
        const double f = q[i * m + c] / q[c * m + c];
        for (std::size_t j = c; j < m; ++j) q[i * m + j] -= f * q[c * m + j];
        step[i] -= f * step[c];
      }
    for (std::size_t c = m; c-- > 0;) {
      for (std::size_t j = c + 1; j < m; ++j) step[c] -= q[c * m + j] * step[j];
      step[c] /= q[c * m + c];
    }
    return step;
  }

 private:
  void multiply(const Matrix& a, const Matrix& b, Matrix& c) const {
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t k = 0; k < m; ++k)
        for (std::size_t j = 0; j < m; ++j) c[i * m + j] += a[i * m + k] * b[k * m + j];
  }
};

/// d, from where the diagonal dominates; `mean` is left at it.
std::vector<double> best_diagonal(Mean& mean) {
  const std::size_t m = mean.m;
  std::vector<double> d(m, 0);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < m; ++j) d[i] += std::abs(mean.h[i * m + j]);
    d[i] += std::sqrt(mean.e[i * m + i]);
  }
  mean.at(d);
  for (int round = 0; round < 50; ++round) {
    const std::vector<double> old = d, step = mean.newton();
    const double before = mean.value;
    for (double length = 1;; length /= 2) {
      if (length < 1e-6) {
        mean.at(old);
        return old;
      }
      for (std::size_t i = 0; i < m; ++i) d[i] = old[i] + length * step[i];
      if (mean.at(d) && mean.value < before) break;
    }
    if (before - mean.value < 1e-6 * before) break;
  }
  return d;
}

}  // namespace

ConvexBound::ConvexBound(std::span<const double> half, std::uint32_t n, std::uint32_t first)
    : first_(first),
      stride_((std::size_t{n} + 3) / 4 * 4),
      step_(std::size_t{n} * stride_, 0),
      square_(n, 0),
      floor_(n + 1, 0) {
  const std::size_t m = n - first;
  const auto at = [&](std::size_t p, std::size_t slot) { return half[p * n + (n - 1 - slot)]; };
  Mean mean{m, Matrix(m * m), Matrix(m * m, 0), Matrix(m * m, 0), Matrix(m * m, 0)};
  double squares = 0;
  for (const double x : half) squares += x * x;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      mean.h[i * m + j] = at(n - 1 - i, j);
      for (std::size_t u = 0; u < first; ++u) mean.e[i * m + j] += stretch * at(u, i) * at(u, j);
    }
    mean.e[i * m + i] += ridge * squares / n;
  }
  const std::vector<double> d = best_diagonal(mean);
  std::vector<double> most(m, 0);  // |y|
  for (std::uint32_t u = 0; u < n; ++u) {
    double* const s = &step_[u * stride_];
    for (std::size_t i = 0; i < std::min<std::size_t>(m, n - 1 - u); ++i) {
      for (std::size_t k = 0; k <= i; ++k) s[i] += mean.w[i * m + k] * at(u, k);
      square_[u] += s[i] * s[i];
      most[i] += std::abs(s[i]);
    }
  }
  double trace = 0, inverse = 0, reach = 0;
  for (const double x : d) trace += x;
  for (const double x : mean.w) inverse += x * x;
  for (const double x : most) reach += x * x;
  const double condition = 2 * *std::max_element(d.begin(), d.end()) * inverse;
  const double rounding = 4.0 * n * n * std::numeric_limits<double>::epsilon() * (1 + condition) * (reach + trace);
  double sum = 0;
  for (std::uint32_t u = n; u-- > first;) {
    sum += d[n - 1 - u];
    floor_[u] = -sum / 2 - rounding;
  }
  for (std::uint32_t u = 0; u < first; ++u) floor_[u] = -std::numeric_limits<double>::infinity();
}

}  // namespace entente::blocs
