// erf and erfc. Below 1/2 the series of erf; beyond, erfc x = e^(-x^2) S(x), where S falls slowly (about 1 / (x
// sqrt(pi))) and is a polynomial in each of 48 cells, and x^2 is taken in two doubles: its error would be multiplied by
// x^2. (The split into e^(-x^2) and a slow factor: W. J. Cody, Math. Comp. 23 (1969).)
#include <array>
#include <cmath>
#include <limits>

#include "base/exp_log.hpp"
#include "entente/base/elementary.hpp"

namespace entente::math {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// erf x = 2 / sqrt(pi) x (1 - x^2/3 + x^4/10 - ...), the terms after the first.
constexpr auto series = [] {
  std::array<double, 14> c{};
  double factorial = 1;
  for (int n = 1; n < 14; ++n) {
    factorial *= n;
    c[n] = (n % 2 == 1 ? -1 : 1) * tables::two_per_root_pi_first / (factorial * (2 * n + 1));
  }
  return c;
}();

// |x| <= 1/2.
Two erf_near(double x) noexcept {
  const double z = x * x, z2 = z * z, z4 = z2 * z2;
  const auto& c = series;
  const double a = (c[1] + z * c[2]) + z2 * (c[3] + z * c[4]);
  const double b = (c[5] + z * c[6]) + z2 * (c[7] + z * c[8]);
  const double d = ((c[9] + z * c[10]) + z2 * (c[11] + z * c[12])) + z4 * c[13];
  const Two first = product(x, tables::two_per_root_pi_first);
  return fast_sum(first.high, first.low + (x * tables::two_per_root_pi_second + x * z * (a + z4 * (b + z4 * d))));
}

// erfc x, 1/2 <= x <= 28.
double erfc_far(double x) noexcept {
  const auto cell = static_cast<std::size_t>((bits_of(x) >> 49) - (bits_of(0.5) >> 49));
  const tables::Scaled& s = tables::scaled_erfc[cell];
  const double h = x - s.middle, h2 = h * h, h4 = h2 * h2;
  const auto& c = s.c;
  const double a = (c[1] + h * c[2]) + h2 * (c[3] + h * c[4]);
  const double b = (c[5] + h * c[6]) + h2 * (c[7] + h * c[8]);
  const double d = (c[9] + h * c[10]) + h2 * (c[11] + h * c[12]);
  const double rest = s.rest + h * (a + h4 * (b + h4 * d));
  const Two square = product(x, x);
  const Exponential e = exp_parts(-square.high, -square.low);
  const Two first = product(e.step, c[0]);
  const double m = first.high + (first.low + e.step * (rest + e.change * (c[0] + rest)));
  if (e.power > -1000) return m * real_of(static_cast<std::uint64_t>(e.power + 1023) << 52);
  return ldexp(m, e.power);
}

}  // namespace

double erf(double x) noexcept {
  const double a = std::abs(x);
  if (std::isnan(x)) return none;
  if (a < 0x1p-300) return ((x * 0x1p500) * tables::two_per_root_pi_first) * 0x1p-500;
  if (a <= 0.5) return erf_near(x).high;
  return std::copysign(a < 6 ? 1 - erfc_far(a) : 1, x);
}

double erfc(double x) noexcept {
  if (std::isnan(x)) return none;
  if (x < -6) return 2;
  if (x < -0.5) return 2 - erfc_far(-x);
  if (x > 27.3) return 0;
  if (x > 0.5) return erfc_far(x);
  if (std::abs(x) < 0x1p-60) return 1;
  const Two e = erf_near(x), rest = fast_sum(1.0, -e.high);
  return rest.high + (rest.low - e.low);
}

}  // namespace entente::math
