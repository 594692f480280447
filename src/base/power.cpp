// x^y = e^(y ln x), with ln x to 2^-68 of itself in two doubles, so that y ln x, up to 745, is off by less than 2^-58;
// and the root of x^2 + y^2.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/exp_log.hpp"
#include "entente/base/elementary.hpp"

namespace entente::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

enum class Kind { fraction, even, odd };
Kind kind_of(double y) noexcept {
  const double a = std::abs(y);
  if (a >= 0x1p53) return Kind::even;
  if (std::trunc(a) != a) return Kind::fraction;
  return std::trunc(a / 2) * 2 == a ? Kind::even : Kind::odd;
}

// |x|^y for the cases in which no logarithm is taken; x is 0 or infinite, or y is.
double at_the_ends(double a, double y) noexcept {
  if (std::isinf(y)) return a == 1 ? 1 : (a > 1) == (y > 0) ? infinity : 0;
  return (a == 0) == (y > 0) ? 0 : infinity;
}

}  // namespace

namespace {

// e^(y l), |y l| below 2^12. The first 26 bits of y and the first 27 of l have an exact product, and what is left is
// less than it by 2^14 at least.
ENTENTE_INLINE double power_of(double y, Two l) {
  const double first = real_of(bits_of(y) & 0xfffffffff8000000),
               l_first = real_of(bits_of(l.high) & 0xfffffffffc000000);
  const double high = first * l_first;
  const double low = (y - first) * l_first + y * ((l.high - l_first) + l.low);
  if (std::abs(high) <= 707) [[likely]] {
    const Grown e = grown(high, low);
    return e.power + e.power * e.change;
  }
  if (high > 711) return infinity;
  if (high < -747) return 0;
  const Exponential e = exp_parts(high, low);
  return ldexp(e.step + e.step * e.change, e.power);
}

double pow_edge(double x, double y) noexcept {
  if (y == 0 || x == 1) return 1;
  if (std::isnan(x) || std::isnan(y)) return none;
  const double a = std::abs(x);
  double sign = 1;
  if (std::signbit(x) && !std::isinf(y)) {
    const Kind kind = kind_of(y);
    if (kind == Kind::odd) sign = -1;
    if (kind == Kind::fraction && a != 0 && !std::isinf(a)) return none;
  }
  if (a == 0 || std::isinf(a) || std::isinf(y)) return sign * at_the_ends(a, y);
  if (a == 1) return sign;
  if (std::abs(y) < 0x1p-70) return sign;                                                // |y ln x| is below 2^-60
  if (std::abs(y) > 0x1p66) return sign * at_the_ends(a, y > 0 ? infinity : -infinity);  // and here above 2^12
  const bool small = a < std::numeric_limits<double>::min();
  return sign * power_of(y, log_long(small ? a * 0x1p52 : a, small ? -52 : 0));
}

}  // namespace

double pow(double x, double y) noexcept {
  // x normal and positive, y between 2^-70 and 2^66 either way.
  const bool plain = bits_of(x) - 0x0010000000000000 < 0x7fe0000000000000 &&
                     (bits_of(y) & 0x7fffffffffffffff) - 0x3b90000000000000 < 0x0880000000000000;
  return plain ? power_of(y, log_long(x)) : pow_edge(x, y);
}

// With x the larger and its square in two doubles, what is rounded is y^2 (at most half of the sum, so a quarter of a
// unit in the last place of the sum, or half of one where the sum is about 1), the sum, and the root, which halves what
// came before: below 0.97 units.
double hypot(double x, double y) noexcept {
  x = std::abs(x), y = std::abs(y);
  const double big = x > y ? x : y, least = x > y ? y : x;
  double scale = 1;
  x = big, y = least;
  if (!(x <= 0x1p500 && y >= 0x1p-400)) [[unlikely]] {
    if (std::isinf(x) || std::isinf(y)) return infinity;
    if (std::isnan(x) || std::isnan(y)) return none;
    if (y <= x * 0x1p-60) return x + y;
    if (x > 0x1p500) scale = 0x1p600, x *= 0x1p-600, y *= 0x1p-600;
    else scale = 0x1p-600, x *= 0x1p600, y *= 0x1p600;
  }
  const double front = real_of(bits_of(x) & 0xfffffffff8000000), back = x - front;
  const double xx = x * x, yy = y * y;
  const Two s = fast_sum(xx, yy);
  const double rest = (front * front - xx) + back * (x + front);
  return std::sqrt(s.high + (s.low + rest)) * scale;
}

double round(double x) noexcept {
  const double whole = std::trunc(x);
  return std::abs(x - whole) >= 0.5 ? whole + std::copysign(1.0, x) : whole;
}

double ldexp(double x, int power) noexcept {
  if (x == 0 || !std::isfinite(x)) return x;
  power = std::clamp(power, -5000, 5000);
  if (std::abs(x) < std::numeric_limits<double>::min()) x *= 0x1p54, power -= 54;
  const int field = static_cast<int>(bits_of(x) >> 52 & 2047), to = field + power;
  if (to >= 2047) return std::copysign(infinity, x);
  if (to < -53) return std::copysign(0.0, x);
  const auto moved = [&](int by) { return real_of(bits_of(x) + (static_cast<std::uint64_t>(by) << 52)); };
  return to > 0 ? moved(power) : moved(power + 64) * 0x1p-64;  // a subnormal result is rounded once
}

int exponent(double x) noexcept {
  if (x == 0 || !std::isfinite(x)) return 0;
  const int field = static_cast<int>(bits_of(x) >> 52 & 2047);
  if (field != 0) return field - 1022;
  return static_cast<int>(bits_of(x * 0x1p54) >> 52 & 2047) - 1022 - 54;
}

double next_above(double x) noexcept {
  if (std::isnan(x) || x == infinity) return x;
  if (x == 0) return std::numeric_limits<double>::denorm_min();
  return real_of(bits_of(x) + (x > 0 ? 1 : -std::uint64_t{1}));
}

double next_below(double x) noexcept { return -next_above(-x); }

double next_after(double x, double to) noexcept {
  if (std::isnan(x) || std::isnan(to)) return none;
  return x < to ? next_above(x) : x > to ? next_below(x) : to;
}

}  // namespace entente::math
