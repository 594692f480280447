// What gamma and beta densities of large shapes are made of without the loss that differences of large logarithms
// bring.
#pragma once
#include <cmath>

#include "base/elementary_tables.hpp"
#include "entente/base/elementary.hpp"

namespace entente::math {

// ln(1 + t) - t for t > -1. With s = t / (2 + t) it is -s t + 2 (s^3/3 + s^5/5 + ...): no two large terms.
inline double log1p_less(double t) noexcept {
  if (t > 0.4 || t < -0.3) return log1p(t) - t;
  const double s = t / (2 + t), z = s * s;
  double sum = 0;
  for (int n = 23; n >= 3; n -= 2) sum = sum * z + 1.0 / n;
  return -s * t + 2 * s * z * sum;
}

// ln(ratio) - t for ratio = 1 + t, where t is a difference that has lost the digits of a small ratio.
inline double log_less(double ratio, double t) noexcept { return t > 0.4 || t < -0.3 ? log(ratio) - t : log1p_less(t); }

// ln Gamma(1 + x), 0 < x <= 1/2, to the last digits of x however small (gamma_function.cpp).
double log_gamma_of_one_and(double x) noexcept;

// ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi) / 2), x >= 10: Stirling's series.
inline double stirling_rest(double x) noexcept {
  const double per = 1 / x, z = per * per;
  double sum = 0;
  for (int k = 9; k >= 0; --k) sum = sum * z + tables::stirling[k];
  return sum * per;
}

}  // namespace entente::math
