#include "entente/number/correlation.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"

namespace entente::number {
namespace {

// Eigenvalues into `values`, vectors as columns: cyclic Jacobi rotations (Golub and Van Loan, section 8.5), n is small.
Matrix eigenvectors(Matrix a, std::size_t n, std::vector<double>& values) {
  Matrix v(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) off += a[p * n + q] * a[p * n + q];
    if (off < 1e-26) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a[p * n + q] == 0) continue;
        const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[k * n + p], y = a[k * n + q];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[p * n + k], y = a[q * n + k];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = v[k * n + p], y = v[k * n + q];
          v[k * n + p] = c * x - s * y;
          v[k * n + q] = s * x + c * y;
        }
      }
  }
  values.resize(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = a[i * n + i];
  return v;
}

}  // namespace

double normal_of_rank(double rank) noexcept { return 2 * math::sin(math::pi * rank / 6); }
double rank_of_normal(double r) noexcept { return 6 / math::pi * math::atan2(r / 2, std::sqrt(1 - r * r / 4)); }

std::optional<Matrix> cholesky(const Matrix& r, std::size_t n) {
  Matrix l(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = r[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
      if (i == j) {
        if (!(sum > 1e-10)) return std::nullopt;
        l[i * n + i] = std::sqrt(sum);
      } else {
        l[i * n + j] = sum / l[j * n + j];
      }
    }
  return l;
}

Matrix cholesky_near(Matrix r, std::size_t n) {
  for (double keep = 1; keep > 0; keep -= 1.0 / 64) {
    Matrix drawn = r;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        if (i != j) drawn[i * n + j] *= keep;
    if (auto l = cholesky(drawn, n)) return std::move(*l);
  }
  Matrix identity(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) identity[i * n + i] = 1;
  return identity;
}

Matrix nearest_correlation(const Matrix& r, std::size_t n) {
  Matrix y = r, correction(n * n, 0.0);
  std::vector<double> values;
  for (int round = 0; round < 2000; ++round) {
    Matrix x(n * n);
    for (std::size_t i = 0; i < n * n; ++i) x[i] = y[i] - correction[i];
    const Matrix v = eigenvectors(x, n, values);
    Matrix psd(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; values[k] > 0 && i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) psd[i * n + j] += values[k] * v[i * n + k] * v[j * n + k];
    double moved = 0;
    for (std::size_t i = 0; i < n * n; ++i) correction[i] = psd[i] - x[i];
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        const double to = i == j ? 1 : psd[i * n + j];
        moved = std::max(moved, std::abs(to - y[i * n + j]));
        y[i * n + j] = to;
      }
    if (moved < 1e-10) break;
  }
  return y;
}

}  // namespace entente::number
