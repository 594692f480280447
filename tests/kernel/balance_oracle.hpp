// Oracles for the balance kernel, written from the method's page alone: dX/dt = X^2 (Marvel, Kleinberg, Kleinberg,
// Strogatz 2011, doi:10.1073/pnas.1013213108) by Runge and Kutta's fourth-order steps, (I - t X0)^-1 by Gauss's
// elimination, and the time of divergence as the largest t for which I - t X0 has a Cholesky factor, by halving. No
// eigenvector is computed anywhere.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace entente::tests::balance {

/// n x n, row by row.
struct Matrix {
  std::size_t n = 0;
  std::vector<double> x;
  explicit Matrix(std::size_t size) : n(size), x(size * size, 0.0) {}
  double& operator()(std::size_t i, std::size_t j) { return x[i * n + j]; }
  double operator()(std::size_t i, std::size_t j) const { return x[i * n + j]; }
};

inline Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c(a.n);
  for (std::size_t i = 0; i < a.n; ++i)
    for (std::size_t k = 0; k < a.n; ++k)
      for (std::size_t j = 0; j < a.n; ++j) c(i, j) += a(i, k) * b(k, j);
  return c;
}

/// a + f b
inline Matrix plus(Matrix a, double f, const Matrix& b) {
  for (std::size_t i = 0; i < a.x.size(); ++i) a.x[i] += f * b.x[i];
  return a;
}

inline double norm(const Matrix& a) {
  double sum = 0;
  for (const double v : a.x) sum += v * v;
  return std::sqrt(sum);
}

/// X(t) by steps of `fineness` over the norm of X, so that they shorten as the divergence nears.
inline Matrix integrate(Matrix x, double t, double fineness = 0.01) {
  double now = 0;
  while (now < t) {
    const double size = norm(x);
    const double h = size > 0 ? std::min(t - now, fineness / size) : t - now;
    const auto slope = [](const Matrix& at) { return product(at, at); };
    const Matrix a = slope(x), b = slope(plus(x, h / 2, a)), c = slope(plus(x, h / 2, b)), d = slope(plus(x, h, c));
    for (std::size_t i = 0; i < x.x.size(); ++i) x.x[i] += h / 6 * (a.x[i] + 2 * b.x[i] + 2 * c.x[i] + d.x[i]);
    now = h == t - now ? t : now + h;
  }
  return x;
}

/// I - t X
inline Matrix pencil(const Matrix& x, double t) {
  Matrix m(x.n);
  for (std::size_t i = 0; i < x.n; ++i)
    for (std::size_t j = 0; j < x.n; ++j) m(i, j) = (i == j ? 1.0 : 0.0) - t * x(i, j);
  return m;
}

inline Matrix inverse(Matrix a) {
  Matrix b = pencil(a, 0);
  for (std::size_t k = 0; k < a.n; ++k) {
    std::size_t p = k;
    for (std::size_t i = k; i < a.n; ++i)
      if (std::abs(a(i, k)) > std::abs(a(p, k))) p = i;
    for (std::size_t j = 0; j < a.n; ++j) std::swap(a(k, j), a(p, j)), std::swap(b(k, j), b(p, j));
    for (std::size_t i = 0; i < a.n; ++i) {
      if (i == k) continue;
      const double f = a(i, k) / a(k, k);
      for (std::size_t j = 0; j < a.n; ++j) a(i, j) -= f * a(k, j), b(i, j) -= f * b(k, j);
    }
  }
  for (std::size_t i = 0; i < a.n; ++i)
    for (std::size_t j = 0; j < a.n; ++j) b(i, j) /= a(i, i);
  return b;
}

/// X0 (I - t X0)^-1
inline Matrix closed(const Matrix& x, double t) { return product(x, inverse(pencil(x, t))); }

inline bool positive_definite(Matrix a) {
  for (std::size_t k = 0; k < a.n; ++k) {
    if (!(a(k, k) > 0)) return false;
    for (std::size_t i = k + 1; i < a.n; ++i)
      for (std::size_t j = k + 1; j <= i; ++j) a(i, j) -= a(i, k) * a(j, k) / a(k, k);
  }
  return true;
}

/// The first t at which I - t X is no longer positive definite; infinite if that does not come.
inline double divergence(const Matrix& x) {
  const double size = norm(x);
  if (size == 0) return std::numeric_limits<double>::infinity();
  double low = 0.5 / size, high = low;
  while (high < 1e13 / size && positive_definite(pencil(x, high))) low = high, high *= 2;
  if (high >= 1e13 / size) return std::numeric_limits<double>::infinity();
  for (int i = 0; i < 60; ++i) {
    const double middle = low + (high - low) / 2;
    (positive_definite(pencil(x, middle)) ? low : high) = middle;
  }
  return low;
}

}  // namespace entente::tests::balance
