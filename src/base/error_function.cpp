// erf and erfc. erfc is a polynomial in each of 128 cells up to 4, which is where numbers between bounds are drawn;
// beyond, erfc x = e^(-x^2) S(x), where S falls slowly (about 1 / (x sqrt(pi))) and is a polynomial in each of 24
// cells, and x^2 is taken in two doubles: its error would be multiplied by x^2. (The split into e^(-x^2) and a slow
// factor: W. J. Cody, Math. Comp. 23 (1969).) erf is 1 less it, and below 1/2 its own series.
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
double erf_small(double x) noexcept {
  const double z = x * x, z2 = z * z, z4 = z2 * z2;
  const auto& c = series;
  const double a = (c[1] + z * c[2]) + z2 * (c[3] + z * c[4]);
  const double b = (c[5] + z * c[6]) + z2 * (c[7] + z * c[8]);
  const double d = ((c[9] + z * c[10]) + z2 * (c[11] + z * c[12])) + z4 * c[13];
  const Two first = product(x, tables::two_per_root_pi_first);
  return first.high + (first.low + (x * tables::two_per_root_pi_second + x * z * (a + z4 * (b + z4 * d))));
}

// erfc x, 0 <= x < 4.
double erfc_near(double x) noexcept {
  const tables::Plain& s = tables::plain_erfc[static_cast<int>(x * 32)];
  const double h = x - s.middle, h2 = h * h, h4 = h2 * h2;
  const auto& c = s.c;
  const double a = (c[1] + h * c[2]) + h2 * (c[3] + h * c[4]), b = (c[5] + h * c[6]) + h2 * (c[7] + h * c[8]);
  return c[0] + (s.rest + h * (a + h4 * b));
}

// erfc x, 4 <= x <= 28. The first 26 bits of x have an exact square, and those of a power an exact product with c[0],
// which has 26 itself: what is left is less by 2^25, and its roundings do not count.
double erfc_far(double x) noexcept {
  const auto cell = static_cast<std::size_t>((bits_of(x) >> 49) - (bits_of(4.0) >> 49));
  const tables::Scaled& s = tables::scaled_erfc[cell];
  const double h = x - s.middle, h2 = h * h, h4 = h2 * h2;
  const auto& c = s.c;
  const double a = (c[1] + h * c[2]) + h2 * (c[3] + h * c[4]);
  const double b = (c[5] + h * c[6]) + h2 * (c[7] + h * c[8]);
  const double d = (c[9] + h * c[10]) + h2 * (c[11] + h * c[12]);
  const double rest = s.rest + h * (a + h4 * (b + h4 * d));
  const double front = real_of(bits_of(x) & 0xfffffffff8000000), square = front * front;
  const double more = (x - front) * (x + front);
  const auto times = [&](double power, double change) {
    const double first = real_of(bits_of(power) & 0xfffffffff8000000);
    return first * c[0] + ((power - first) * c[0] + power * (rest + change * (c[0] + rest)));
  };
  if (square <= 650) [[likely]] {
    const Grown e = grown(-square, -more);
    return times(e.power, e.change);
  }
  const Exponential e = exp_parts(-square, -more);
  return ldexp(times(e.step, e.change), e.power);
}

}  // namespace

double erf(double x) noexcept {
  const double a = std::abs(x);
  if (std::isnan(x)) return none;
  if (a < 0x1p-300) return ((x * 0x1p500) * tables::two_per_root_pi_first) * 0x1p-500;
  if (a <= 0.5) return erf_small(x);
  return std::copysign(a < 4 ? 1 - erfc_near(a) : a < 6 ? 1 - erfc_far(a) : 1, x);
}

double erfc(double x) noexcept {
  const double a = std::abs(x);
  if (a >= 0x1p-28 && a < 4) [[likely]] {
    const double side = std::copysign(1.0, x);  // without a branch: which side is hard to foresee
    return (1 - side) + side * erfc_near(a);
  }
  if (a < 0x1p-28) return 1 - tables::two_per_root_pi_first * x;
  if (std::isnan(x)) return none;
  if (x < 0) return x < -6 ? 2 : 2 - erfc_far(a);
  return x > 27.3 ? 0 : erfc_far(x);
}

}  // namespace entente::math
