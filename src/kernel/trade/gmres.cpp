#include "kernel/trade/gmres.hpp"

#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/anderson.hpp"

namespace entente::trade {

void Gmres::begin(std::span<const double> residual) {
  if (size_ != residual.size() || base_.empty()) base_.resize(residual.size() * (memory + 1));
  size_ = residual.size();
  steps_ = 0;
  const double norm = std::sqrt(dot(residual.data(), residual.data(), size_));
  right_[0] = norm;
  double* first = base(0);
  for (std::size_t i = 0; i < size_; ++i) first[i] = norm > 0 ? residual[i] / norm : 0;
}

std::span<const double> Gmres::direction() const noexcept {
  return {base_.data() + static_cast<std::size_t>(steps_) * size_, size_};
}

double Gmres::step(std::span<const double> image) {
  const int k = steps_++;
  const double* v = base(k);
  double* next = base(k + 1);
  for (std::size_t i = 0; i < size_; ++i) next[i] = v[i] - image[i];
  auto& h = upper_[k];
  for (int i = 0; i <= k; ++i) {  // Gram and Schmidt, modified
    const double* u = base(i);
    const double c = h[i] = dot(u, next, size_);
    for (std::size_t p = 0; p < size_; ++p) next[p] -= c * u[p];
  }
  double below = std::sqrt(dot(next, next, size_));
  for (std::size_t i = 0; i < size_; ++i) next[i] = below > 0 ? next[i] / below : 0;
  for (int i = 0; i < k; ++i) {  // the rotations of earlier steps
    const double a = h[i], b = h[i + 1];
    h[i] = cos_[i] * a + sin_[i] * b;
    h[i + 1] = cos_[i] * b - sin_[i] * a;
  }
  const double length = math::hypot(h[k], below);
  cos_[k] = length > 0 ? h[k] / length : 1;
  sin_[k] = length > 0 ? below / length : 0;
  h[k] = length;
  right_[k + 1] = -sin_[k] * right_[k];
  right_[k] *= cos_[k];
  return std::abs(right_[k + 1]);
}

void Gmres::finish(std::span<double> x) {
  std::array<double, memory> y{};
  for (int i = steps_ - 1; i >= 0; --i) {
    double s = right_[i];
    for (int k = i + 1; k < steps_; ++k) s -= upper_[k][i] * y[k];
    y[i] = upper_[i][i] > 0 ? s / upper_[i][i] : 0;
  }
  for (int i = 0; i < steps_; ++i) {
    const double* u = base(i);
    for (std::size_t p = 0; p < size_; ++p) x[p] += y[i] * u[p];
  }
}

}  // namespace entente::trade
