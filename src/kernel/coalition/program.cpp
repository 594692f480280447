#include "kernel/coalition/program.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/double_double.hpp"

namespace entente::coalition {
namespace {

constexpr double nothing = 1e-11;  // a weight or a step below this is 0: those that are not are ratios of minors
constexpr double least_pivot = 1e-9;
constexpr int most_pivots = 20000, between_factors = 40;

template <class Vector>
double over(Mask s, const Vector& y) noexcept {
  double sum = 0;
  for (; s; s &= s - 1) sum += y[static_cast<unsigned>(std::countr_zero(s))];
  return sum;
}

}  // namespace

void Program::begin() {
  since_ = 0;
  second_.fill(0);
  std::uint64_t state = 1;
  for (unsigned j = free_; j < m_; ++j) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    const double r = 1.0 + static_cast<double>(state >> 11) * 0x1p-53;
    for (unsigned i = 0; i < n_; ++i)
      if (basis_[j].set >> i & 1u) second_[i] += r;
    if (basis_[j].with_excess) second_[n_] += r;
  }
}

// The inverse by Gauss-Jordan elimination with row pivoting.
bool Program::factor() {
  std::array<std::array<double, 2 * most>, most> a;
  for (unsigned i = 0; i < m_; ++i) {
    for (unsigned j = 0; j < m_; ++j) {
      a[i][j] = i < n_ ? static_cast<double>(basis_[j].set >> i & 1u) : basis_[j].with_excess ? 1.0 : 0.0;
      a[i][m_ + j] = i == j ? 1 : 0;
    }
  }
  for (unsigned j = 0; j < m_; ++j) {
    unsigned p = j;
    for (unsigned i = j + 1; i < m_; ++i)
      if (std::abs(a[i][j]) > std::abs(a[p][j])) p = i;
    if (std::abs(a[p][j]) < least_pivot) return false;
    if (p != j) std::swap(a[p], a[j]);
    const double top = 1.0 / a[j][j];
    for (unsigned k = j; k < 2 * m_; ++k) a[j][k] *= top;
    for (unsigned i = 0; i < m_; ++i) {
      const double f = a[i][j];
      if (i == j || f == 0) continue;
      for (unsigned k = j; k < 2 * m_; ++k) a[i][k] -= f * a[j][k];
    }
  }
  for (unsigned k = 0; k < m_; ++k)
    for (unsigned i = 0; i < m_; ++i) inverse_[k][i] = a[i][m_ + k];
  inverse_[m_].fill(0);
  for (unsigned k = 0; k < m_; ++k)
    for (unsigned i = 0; i < m_; ++i) inverse_[m_][i] += second_[k] * inverse_[k][i];
  for (unsigned i = free_; i < m_; ++i)
    if (inverse_[n_][i] < nothing) inverse_[n_][i] = 0;
  since_ = 0;
  return true;
}

void Program::primal() noexcept {
  for (unsigned k = 0; k < m_; ++k) {
    double sum = 0;
    for (unsigned i = 0; i < m_; ++i) sum += basis_[i].value * inverse_[k][i];
    y_[k] = sum;
  }
}

bool Program::pivot(const Row& enter) {
  Vector u{};
  for (Mask s = enter.set; s; s &= s - 1) {
    const Vector& c = inverse_[static_cast<unsigned>(std::countr_zero(s))];
    for (unsigned i = 0; i < m_; ++i) u[i] += c[i];
  }
  if (enter.with_excess)
    for (unsigned i = 0; i < m_; ++i) u[i] += inverse_[n_][i];
  const Vector &weight = inverse_[n_], &second = inverse_[m_];
  unsigned leave = m_;
  for (unsigned i = free_; i < m_; ++i) {
    if (u[i] <= least_pivot) continue;
    if (leave == m_) {
      leave = i;
      continue;
    }
    const double difference = weight[i] * u[leave] - weight[leave] * u[i];
    const bool tie = std::abs(difference) <= nothing * u[leave] * u[i];
    if (tie ? second[i] * u[leave] < second[leave] * u[i] : difference < 0) leave = i;
  }
  if (leave == m_) return false;
  ++pivots_;
  basis_[leave] = enter;
  if (++since_ >= between_factors) return factor();
  const double top = 1.0 / u[leave];
  for (unsigned k = 0; k <= m_; ++k) {
    Vector& c = inverse_[k];
    const double t = c[leave] * top;
    if (t == 0) continue;
    for (unsigned i = 0; i < m_; ++i) c[i] -= t * u[i];
    c[leave] = t;
  }
  for (unsigned i = free_; i < m_; ++i)
    if (inverse_[n_][i] < nothing) inverse_[n_][i] = 0;
  return true;
}

bool Program::optimise(std::span<const Row> rows, double tolerance) {
  if (!factor()) return false;
  const int limit = pivots_ + most_pivots;
  while (pivots_ < limit) {
    primal();
    const Row* worst = nullptr;
    double largest = tolerance;
    for (const Row& r : rows) {
      const double violation = r.value - over(r.set, y_) - (r.with_excess ? y_[n_] : 0);
      if (violation > largest) {
        largest = violation;
        worst = &r;
      }
    }
    if (worst) {
      if (!pivot(*worst)) return false;
      continue;
    }
    if (since_ == 0) return true;
    if (!factor()) return false;  // judge the last basis by fresh numbers
  }
  return false;
}

bool solve_rows(std::span<const Row> rows, std::span<double> x) {
  const auto n = static_cast<unsigned>(rows.size());
  std::array<std::array<double, most_players>, most_players> a{};
  std::array<unsigned, most_players> order{};
  for (unsigned i = 0; i < n; ++i) {
    order[i] = i;
    for (unsigned j = 0; j < n; ++j) a[i][j] = rows[i].set >> j & 1u;
  }
  for (unsigned j = 0; j < n; ++j) {
    unsigned p = j;
    for (unsigned i = j + 1; i < n; ++i)
      if (std::abs(a[i][j]) > std::abs(a[p][j])) p = i;
    if (std::abs(a[p][j]) < least_pivot) return false;
    std::swap(a[p], a[j]);
    std::swap(order[p], order[j]);
    for (unsigned i = j + 1; i < n; ++i) {
      a[i][j] /= a[j][j];
      for (unsigned k = j + 1; k < n; ++k) a[i][k] -= a[i][j] * a[j][k];
    }
  }
  std::ranges::fill(x, 0.0);
  for (int round = 0; round < 2; ++round) {
    std::array<double, most_players> r{};
    for (unsigned i = 0; i < n; ++i) {
      Two left{rows[order[i]].value, 0};
      for (unsigned j = 0; j < n; ++j)
        if (rows[order[i]].set >> j & 1u) left = sum(left, {-x[j], 0});
      r[i] = left.high;
    }
    for (unsigned i = 0; i < n; ++i)
      for (unsigned k = 0; k < i; ++k) r[i] -= a[i][k] * r[k];
    for (unsigned i = n; i-- > 0;) {
      for (unsigned k = i + 1; k < n; ++k) r[i] -= a[i][k] * r[k];
      r[i] /= a[i][i];
    }
    for (unsigned i = 0; i < n; ++i) x[i] += r[i];
  }
  return true;
}

}  // namespace entente::coalition
