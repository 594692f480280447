// sin, cos, atan, atan2. An angle is brought to at most pi/4 by multiples of pi/2 in four parts (Cody and Waite 1980),
// and beyond 2^19 by as many bits of 2/pi as its size asks for (M. Payne and R. Hanek, SIGNUM Newsletter 18 (1983)).
// atan y/x = atan j/16 + atan (y - x j/16)/(x + y j/16), with numerator and denominator free of loss.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/exp_log.hpp"
#include "entente/base/elementary.hpp"

namespace entente::math {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Angle {
  int quarters;  // of a turn; only the last two bits mean something
  Two rest;      // |rest| <= pi/4 and a little
};

// x = m 2^e with m whole. The product of m and those 32-bit words of 2/pi that still move it below 4, its two whole
// bits and 128 bits behind the point.
Angle reduced_far(double x) noexcept {
  const std::uint64_t bits = bits_of(x);
  const int e = static_cast<int>(bits >> 52 & 2047) - 1075;
  const std::uint64_t m = (bits & 0xfffffffffffff) | 0x10000000000000;
  constexpr int words = 7;
  const int first = e > 2 ? (e - 2) / 32 : 0;
  std::array<std::uint32_t, words + 2> p{};  // the product, lowest word first
  std::uint64_t carry_low = 0, carry_high = 0;
  for (int i = 0; i < words + 2; ++i) {
    // Word i of W times the lower and of W before it times the upper half of m.
    const auto word = [&](int k) -> std::uint64_t {
      return k < 0 || k >= words ? 0 : tables::two_per_pi[first + words - 1 - k];
    };
    const std::uint64_t low = word(i) * (m & 0xffffffff) + carry_low;
    const std::uint64_t high = word(i - 1) * (m >> 32) + carry_high;
    carry_low = low >> 32, carry_high = high >> 32;
    const std::uint64_t both = (low & 0xffffffff) + (high & 0xffffffff);
    p[i] = static_cast<std::uint32_t>(both);
    carry_low += both >> 32;
  }
  const int point = 32 * words - (e - 32 * first);        // bits behind the point, from 191 to 256
  const auto bit_word = [&](int from) -> std::uint32_t {  // 32 bits from bit `from` on
    const int at = from >> 5, by = from & 31;
    const std::uint64_t low = at < words + 2 ? p[at] : 0, high = at + 1 < words + 2 ? p[at + 1] : 0;
    return static_cast<std::uint32_t>((low | high << 32) >> by);
  };
  int quarters = static_cast<int>(bit_word(point) & 3);
  const bool negative = (bit_word(point - 32) >> 31) != 0;  // at least one half: the next quarter, and back
  if (negative) ++quarters;
  Two fraction{0, 0};
  double unit = 0x1p-32;
  for (int k = 1; k <= 5; ++k, unit *= 0x1p-32) {
    const std::uint32_t w = bit_word(point - 32 * k);
    const double part = static_cast<double>(negative ? ~w : w) * unit;
    fraction = fraction.high == 0 ? Two{part, 0} : sum(fraction, Two{part, 0});
  }
  if (negative) fraction = {-fraction.high, -fraction.low};
  return {quarters, product(fraction, {tables::half_pi_first, tables::half_pi_second})};
}

// x >= 0.
Angle reduced(double x) noexcept {
  if (x <= pi / 4) return {0, {x, 0}};
  if (x > 0x1p19) return reduced_far(x);
  const double n = std::rint(x * (2 / pi));
  const double w = x - n * tables::quarter_1;
  const Two a = sum(w, -n * tables::quarter_2), p = product(n, tables::quarter_3);
  const Two b = sum(a.high, -p.high);
  return {static_cast<int>(n), fast_sum(b.high, b.low + (a.low - p.low - n * tables::quarter_4))};
}

double sine(Two r) noexcept {
  const double x = r.high, z = x * x, z2 = z * z;
  const double a = 1.0 / 120 - z * (1.0 / 5040), b = 1.0 / 362880 - z * (1.0 / 39916800);
  const double c = 1.0 / 6227020800 - z * (1.0 / 1307674368000), d = 1.0 / 355687428096000;
  const double tail = a + z2 * (b + z2 * (c + z2 * d));
  return x + (r.low * (1 - 0.5 * z) + x * z * (z * tail - 1.0 / 6));
}

double cosine(Two r) noexcept {
  const double x = r.high, z = x * x, z2 = z * z;
  const double a = 1.0 / 24 - z * (1.0 / 720), b = 1.0 / 40320 - z * (1.0 / 3628800);
  const double c = 1.0 / 479001600 - z * (1.0 / 87178291200), d = 1.0 / 20922789888000;
  const double tail = a + z2 * (b + z2 * (c + z2 * d)), half = 0.5 * z, first = 1 - half;
  return first + (((1 - first) - half) + (z2 * tail - x * r.low));
}

// 0 <= y <= x, not both 0: atan(y / x), from 0 to pi/4.
Two arc(double y, double x) noexcept {
  const double j = std::rint(y / x * 16);
  const tables::Atan& point = tables::atan_points[static_cast<int>(j)];
  const Two down = product(x, point.at), across = product(y, point.at);
  const Two t = quotient(sum(Two{y, 0}, {-down.high, -down.low}), sum(Two{x, 0}, across));
  const double z = t.high * t.high;
  const double tail =
      z * ((1.0 / 5 - z * (1.0 / 7)) + z * z * ((1.0 / 9 - z * (1.0 / 11)) + z * z * (1.0 / 13))) - 1.0 / 3;
  const Two s = fast_sum(point.high, t.high);
  return j == 0 ? fast_sum(t.high, t.low + t.high * z * tail)
                : fast_sum(s.high, s.low + (point.low + (t.low + t.high * z * tail)));
}

}  // namespace

double sin(double x) noexcept {
  if (!std::isfinite(x)) return none;
  const double a = std::abs(x);
  if (a < 0x1p-27) return x;
  const Angle r = reduced(a);
  const double s = r.quarters & 1 ? cosine(r.rest) : sine(r.rest);
  return ((r.quarters & 2) != 0) != (x < 0) ? -s : s;
}

double cos(double x) noexcept {
  if (!std::isfinite(x)) return none;
  const Angle r = reduced(std::abs(x));
  const double c = r.quarters & 1 ? sine(r.rest) : cosine(r.rest);
  return ((r.quarters + 1) & 2) != 0 ? -c : c;
}

double atan2(double y, double x) noexcept {
  if (std::isnan(x) || std::isnan(y)) return none;
  const double a = std::abs(x), b = std::abs(y);
  const Two straight{tables::half_pi_first, tables::half_pi_second}, back{2 * straight.high, 2 * straight.low};
  Two angle{0, 0};  // of the point (a, b)
  if (std::isinf(a) || std::isinf(b) || a == 0 || b == 0) {
    if (std::isinf(a) && std::isinf(b)) angle = {straight.high / 2, straight.low / 2};
    else if (std::isinf(b) || (b > 0 && a == 0)) angle = straight;
  } else {
    // Both between 2^-300 and 2^300: what is smaller by 2^-120 adds nothing to a quarter or less of a turn.
    const int shift = -exponent(std::max(a, b));
    const double u = ldexp(a, shift), v = ldexp(b, shift);
    if (v <= u && v < 0x1p-120 && !std::signbit(x)) return std::copysign(b / a, y);
    if (u <= v && u < 0x1p-120) angle = straight;
    else if (v <= u && v < 0x1p-120) angle = {0, 0};
    else if (v <= u) angle = arc(v, u);
    else {
      const Two rest = arc(u, v);
      angle = sum(straight, {-rest.high, -rest.low});
    }
  }
  if (std::signbit(x)) angle = sum(back, {-angle.high, -angle.low});
  return std::copysign(angle.high, y);
}

double atan(double x) noexcept { return atan2(x, 1); }

}  // namespace entente::math
