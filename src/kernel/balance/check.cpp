#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/kernel/balance.hpp"

namespace entente::balance {
namespace {

constexpr double failed = std::numeric_limits<double>::infinity();

double biggest(std::span<const double> a) {
  double most = 0;
  for (const double x : a) most = std::max(most, std::abs(x));
  return most;
}
double row_norm(std::span<const double> a, std::size_t n) {
  double most = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += std::abs(a[i * n + j]);
    most = std::max(most, sum);
  }
  return most;
}

}  // namespace

double check(std::span<const double> x0, const Dynamics& d) {
  const std::size_t n = d.actors;
  if (x0.size() != n * n || d.values.size() != n || d.vectors.size() != n * n) return failed;
  const double norm = std::max(row_norm(x0, n), std::numeric_limits<double>::min());
  double worst = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double* v = d.vectors.data() + k * n;
    if (k > 0 && d.values[k] > d.values[k - 1]) return failed;
    for (std::size_t i = 0; i < n; ++i) {
      double sum = -d.values[k] * v[i];
      for (std::size_t j = 0; j < n; ++j) sum += x0[i * n + j] * v[j];
      worst = std::max(worst, std::abs(sum) / norm);
    }
    for (std::size_t m = 0; m <= k; ++m) {
      double sum = m == k ? -1 : 0;
      for (std::size_t j = 0; j < n; ++j) sum += v[j] * d.vectors[m * n + j];
      worst = std::max(worst, std::abs(sum));
    }
  }
  return std::isnan(worst) ? failed : worst;
}

double check(std::span<const double> x0, std::size_t n, const State& s) {
  for (const auto* a : {&s.x, &s.resolvent, &s.velocity})
    if (a->size() != n * n || x0.size() != n * n) return failed;
  const double grown = 1 + s.time * row_norm(x0, n), least = std::numeric_limits<double>::min();
  const double of_x = std::max(biggest(s.x) * grown, least), of_r = biggest(s.resolvent) * grown;
  const double of_v = std::max(biggest(s.x) * row_norm(s.x, n), least);
  double worst = 0;
  const auto note = [&](double residual, double scale) {
    worst = std::isnan(residual) ? failed : std::max(worst, std::abs(residual) / scale);
  };
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      double x = 0, r = 0, v = 0;
      for (std::size_t k = 0; k < n; ++k) {
        x += s.x[i * n + k] * x0[k * n + j];
        r += s.resolvent[i * n + k] * x0[k * n + j];
        v += s.x[i * n + k] * s.x[k * n + j];
      }
      note(s.x[i * n + j] - s.time * x - x0[i * n + j], of_x);
      note(s.resolvent[i * n + j] - s.time * r - (i == j ? 1 : 0), of_r);
      note(v - s.velocity[i * n + j], of_v);
      note(s.x[i * n + j] - s.x[j * n + i], of_x);
    }
  return worst;
}

}  // namespace entente::balance
