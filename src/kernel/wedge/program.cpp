#include "kernel/wedge/program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace entente::wedge {
namespace {

constexpr double least_pivot = 1e-10;  // entries are energies over the scale, at most 1
constexpr double allowed = 1e-13;      // violations up to this count as none
constexpr int until_bland = 200, limit = 5000;

}  // namespace

double Program::top(std::uint32_t variable) const noexcept {
  return variable < n_ ? 1 : std::numeric_limits<double>::infinity();
}

void Program::start(std::span<const double> cost) {
  n_ = cost.size();
  rows_ = 0;
  body_.clear();
  constant_.clear();
  basic_.clear();
  cost_.assign(cost.begin(), cost.end());
  reduced_.assign(cost.begin(), cost.end());
  nonbasic_.resize(n_);
  for (std::size_t j = 0; j < n_; ++j) nonbasic_[j] = static_cast<std::uint32_t>(j);
  at_top_.assign(n_, 0);
  t_.assign(n_, 0.0);
  weights_.clear();
  value_ = 0;
}

// slack = b - a.t, with the columns that are basic put in by their rows.
void Program::add(std::span<const double> a, double b) {
  const std::size_t i = rows_++;
  body_.resize(rows_ * n_, 0.0);
  constant_.push_back(b);
  basic_.push_back(static_cast<std::uint32_t>(n_ + i));
  for (std::size_t j = 0; j < n_; ++j) at(i, j) = nonbasic_[j] < n_ ? -a[nonbasic_[j]] : 0.0;
  for (std::size_t k = 0; k < i; ++k) {
    if (basic_[k] >= n_) continue;
    const double f = a[basic_[k]];
    if (f == 0) continue;
    constant_[i] -= f * constant_[k];
    for (std::size_t j = 0; j < n_; ++j) at(i, j) -= f * at(k, j);
  }
}

double Program::basic_value(std::size_t i) const noexcept {
  double x = constant_[i];
  for (std::size_t j = 0; j < n_; ++j)
    if (at_top_[j]) x += body_[i * n_ + j];  // only columns have a top, and it is 1
  return x;
}

// The basic variable of row i and the nonbasic one of place j change roles.
void Program::pivot(std::size_t i, std::size_t j) {
  const double p = 1 / at(i, j);
  constant_[i] *= -p;
  for (std::size_t k = 0; k < n_; ++k) at(i, k) *= -p;
  at(i, j) = p;
  for (std::size_t r = 0; r < rows_; ++r) {
    if (r == i) continue;
    const double f = at(r, j);
    if (f == 0) continue;
    at(r, j) = 0;
    constant_[r] += f * constant_[i];
    for (std::size_t k = 0; k < n_; ++k) at(r, k) += f * at(i, k);
  }
  const double f = reduced_[j];
  reduced_[j] = 0;
  for (std::size_t k = 0; k < n_; ++k) reduced_[k] += f * at(i, k);
  std::swap(basic_[i], nonbasic_[j]);
}

Program::End Program::optimise() {
  for (int step = 0; step < limit; ++step) {
    const bool bland = step > until_bland;
    std::size_t leave = rows_;
    double worst = allowed;
    bool below = true;
    for (std::size_t i = 0; i < rows_; ++i) {
      const double x = basic_value(i), over = std::max(-x, x - top(basic_[i]));
      if (over <= allowed) continue;
      if (bland ? leave == rows_ || basic_[i] < basic_[leave] : over > worst) {
        leave = i;
        worst = over;
        below = x < 0;
      }
    }
    if (leave == rows_) {
      read(End::optimal, 0, false);
      return End::optimal;
    }
    std::size_t enter = n_;
    double ratio = 0, size = 0;
    for (std::size_t j = 0; j < n_; ++j) {
      const double alpha = (below ? 1 : -1) * at(leave, j);
      if (at_top_[j] ? alpha > -least_pivot : alpha < least_pivot) continue;
      const double r = std::abs(reduced_[j] / alpha), s = std::abs(alpha);
      const bool tie = enter != n_ && std::abs(r - ratio) <= 1e-12 * (1 + ratio);
      if (enter == n_ || (tie ? (bland ? nonbasic_[j] < nonbasic_[enter] : s > size) : r < ratio)) {
        enter = j;
        ratio = r;
        size = s;
      }
    }
    if (enter == n_) {
      read(End::infeasible, leave, below);
      return End::infeasible;
    }
    const bool leaves_at_top = !below;
    pivot(leave, enter);
    at_top_[enter] = leaves_at_top ? 1 : 0;
    // Rounding may leave a reduced cost on the wrong side by its own error: it is 0.
    for (std::size_t j = 0; j < n_; ++j)
      if (at_top_[j] ? reduced_[j] > 0 : reduced_[j] < 0) reduced_[j] = 0;
  }
  read(End::limit, 0, false);
  return End::limit;
}

void Program::read(End end, std::size_t stuck, bool below) {
  weights_.assign(rows_, 0.0);
  std::ranges::fill(t_, 0.0);
  for (std::size_t j = 0; j < n_; ++j)
    if (nonbasic_[j] < n_ && at_top_[j]) t_[nonbasic_[j]] = 1;
  for (std::size_t i = 0; i < rows_; ++i)
    if (basic_[i] < n_) t_[basic_[i]] = std::clamp(basic_value(i), 0.0, 1.0);
  value_ = 0;
  for (std::size_t j = 0; j < n_; ++j) value_ += cost_[j] * t_[j];
  if (end == End::infeasible) {
    const double sign = below ? -1 : 1;
    if (basic_[stuck] >= n_) weights_[basic_[stuck] - n_] = 1;
    for (std::size_t j = 0; j < n_; ++j)
      if (nonbasic_[j] >= n_) weights_[nonbasic_[j] - n_] = std::max(0.0, sign * at(stuck, j));
    return;
  }
  for (std::size_t j = 0; j < n_; ++j)
    if (nonbasic_[j] >= n_) weights_[nonbasic_[j] - n_] = std::max(0.0, reduced_[j]);
}

}  // namespace entente::wedge
