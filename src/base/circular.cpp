// sin, cos, atan, atan2. An angle is brought to about pi/4 by multiples of pi/2 in four parts (Cody and Waite 1980),
// and beyond 2^19 by as many bits of 2/pi as its size asks for (M. Payne and R. Hanek, SIGNUM Newsletter 18 (1983)).
// The arc tangent of a quotient: atan y/x = atan j/16 + atan (y - x j/16)/(x + y j/16), with numerator and denominator
// free of loss.
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

// x from 0 to 2^19, with quarters as the last bits of a number. The products with the first three parts are exact: each
// has 33 bits. Unless x lies within 2^-20 of a multiple of pi/2, three parts are enough (the fourth times 2^19 is
// 2^-85).
ENTENTE_INLINE Angle reduced_near(double x) {
  const double shifted = x * (2 / pi) + whole_number, n = shifted - whole_number;
  const int quarters = static_cast<int>(bits_of(shifted) & 3);
  const Two a = sum(x - n * tables::quarter_1, -n * tables::quarter_2);
  if (std::abs(a.high) > 0x1p-20) [[likely]]
    return {quarters, fast_sum(a.high, a.low - n * tables::quarter_3)};
  const Two b = sum(a.high, -n * tables::quarter_3);
  return {quarters, fast_sum(b.high, b.low + (a.low - n * tables::quarter_4))};
}

double sine(Two r) noexcept {
  const double x = r.high, z = x * x, z2 = z * z;
  const auto& c = tables::sine;
  const double tail = (c[0] + z * c[1]) + z2 * ((c[2] + z * c[3]) + z2 * ((c[4] + z * c[5]) + z2 * c[6]));
  return x + (r.low * (1 - 0.5 * z) + x * z * tail);
}

double cosine(Two r) noexcept {
  const double x = r.high, z = x * x, z2 = z * z;
  const auto& c = tables::cosine;
  const double tail = (c[0] + z * c[1]) + z2 * ((c[2] + z * c[3]) + z2 * (c[4] + z * c[5]));
  const double half = 0.5 * z, first = 1 - half;
  return first + (((1 - first) - half) + (z2 * tail - x * r.low));
}

// sin(x + more quarters of a turn), x >= 0.
double turned(double x, int more) noexcept {
  if (x > 0x1p19) [[unlikely]] {
    if (!std::isfinite(x)) return none;
    const Angle r = reduced_far(x);
    const int quarters = r.quarters + more;
    const double s = quarters & 1 ? cosine(r.rest) : sine(r.rest);
    return quarters & 2 ? -s : s;
  }
  const Angle r = reduced_near(x);
  const int quarters = r.quarters + more;
  const double s = quarters & 1 ? cosine(r.rest) : sine(r.rest);
  return real_of(bits_of(s) ^ (static_cast<std::uint64_t>(quarters & 2) << 62));
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
  const double a = std::abs(x);
  if (a < 0x1p-27) return x;
  const double s = turned(a, 0);
  return std::signbit(x) ? -s : s;
}

double cos(double x) noexcept { return turned(std::abs(x), 1); }

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

// atan x = atan c + atan (x - c)/(1 + x c) with c one of 0, 1/2, 1, 3/2, infinity, so that the second is below 7/16.
double atan(double x) noexcept {
  const double a = std::abs(x);
  if (a < 0x1p-27 || std::isnan(x)) return std::isnan(x) ? none : x;
  Two base{0, 0};
  double t = a;
  if (a > 7.0 / 16) {
    const int step = (a > 11.0 / 16) + (a > 19.0 / 16) + (a > 39.0 / 16);
    const tables::Atan& at = tables::atan_steps[step];
    base = {at.high, at.low};
    const double c = at.at, over = step == 3 ? -1 : a - c, under = step == 3 ? a : 1 + a * c;
    t = over / under;
  }
  const double z = t * t, z2 = z * z, z4 = z2 * z2;
  const auto& c = tables::arc_tangent;
  const double first = (c[0] + z * c[1]) + z2 * (c[2] + z * c[3]), second = (c[4] + z * c[5]) + z2 * (c[6] + z * c[7]);
  const double third = (c[8] + z * c[9]) + z2 * (c[10] + z * c[11]);
  const double rest = t * z * (first + z4 * (second + z4 * third));
  const Two s = fast_sum(base.high == 0 ? t : base.high, base.high == 0 ? 0 : t);
  return std::copysign(s.high + (s.low + (base.low + rest)), x);
}

}  // namespace entente::math
