// ln Gamma by its series about 2 (both zeros of ln Gamma, at 1 and 2, keep their digits there), by Stirling's series
// from 10 on, and by Gamma(x + 1) = x Gamma(x) between. The incomplete ones by series below x = a + 1 and by their
// continued fraction above (summed as beta_function.cpp's is).
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "base/deviance.hpp"
#include "entente/base/special.hpp"

namespace entente::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double enough = 0x1p-53;

// ln Gamma(2 + z), |z| <= 1/2.
double about_two(double z) noexcept {
  double sum = 0;
  for (int k = static_cast<int>(std::size(tables::log_gamma_at_2)) - 1; k >= 0; --k)
    sum = sum * z + tables::log_gamma_at_2[k];
  return sum * z;
}

// x^a e^-x / Gamma(a + 1)
double front(double a, double x) noexcept {
  if (a < 10) return exp(a * log(x) - x - log_gamma(a + 1));
  return exp(a * log_less(x / a, (x - a) / a) - stirling_rest(a)) / std::sqrt(2 * pi * a);
}

// ln gamma_p for a below 1 and x below 2, of the size of a: ln(x^a / Gamma(a + 1) (1 + a sum (-x)^n / (n! (a + n)))).
// So the other side, hardly more than 0 where a is small, keeps its digits.
double log_small(double a, double x) noexcept {
  double power = 1, sum = 0;
  for (double n = 1; n < 100; ++n) {
    power *= -x / n;
    sum += power / (a + n);
    if (std::abs(power) <= 0x1p-56) break;
  }
  return a * log(x) - (a <= 0.5 ? log_gamma_of_one_and(a) : log_gamma(a + 1)) + log1p(a * sum);
}

// gamma_p by its series, for x below a + 1.
double by_series(double a, double x) noexcept {
  double term = 1, sum = 1;
  for (double n = 1; n < 100000 && term > enough * sum; ++n) sum += term *= x / (a + n);
  return front(a, x) * sum;
}

// gamma_q by its continued fraction, for x above.
double by_fraction(double a, double x) noexcept {
  double b = x + 1 - a, d = 1 / b, change = d, f = d;
  for (double n = 1; n < 100000; ++n) {
    const double numerator = -n * (n - a), before = d;
    b += 2;
    d = 1 / (b + numerator * d);
    change *= -numerator * before * d;
    f += change;
    if (!(std::abs(change) > enough * std::abs(f))) break;
  }
  return front(a, x) * a * f;
}

}  // namespace

double log_gamma_of_one_and(double x) noexcept { return about_two(x) - log1p(x); }

double log_gamma(double x) noexcept {
  if (!(x > 0)) return x == 0 ? infinity : none;
  if (x == infinity) return infinity;
  if (x < 0.5) return log_gamma_of_one_and(x) - log(x);
  if (x < 1.5) return about_two(x - 1) - log1p(x - 1);
  if (x < 10) {
    double product = 1;
    for (; x >= 2.5; x -= 1) product *= x - 1;
    return about_two(x - 2) + log(product);
  }
  return (x - 0.5) * (log(x) - 1) - 0.5 + (tables::half_ln_two_pi + stirling_rest(x));
}

double gamma_p(double a, double x) noexcept {
  if (!(a > 0) || !(x >= 0)) return none;
  if (x == 0 || x == infinity) return x == 0 ? 0 : 1;
  if (x >= a + 1) return 1 - by_fraction(a, x);
  return a < 1 ? exp(log_small(a, x)) : by_series(a, x);
}

double gamma_q(double a, double x) noexcept {
  if (!(a > 0) || !(x >= 0)) return none;
  if (x == 0 || x == infinity) return x == 0 ? 1 : 0;
  if (x >= a + 1) return by_fraction(a, x);
  return a < 1 ? -expm1(log_small(a, x)) : 1 - by_series(a, x);
}

}  // namespace entente::math
