// The middle of exp and log, for one double or four at once, with the same operations in the same order.
//
// exp x = 2^(k/128) e^r with k whole and |r| <= ln 2 / 256: a table of 2^(j/128), and the series to r^5 (the rest is
// below 2^-60). ln x = k ln 2 + ln c + ln(1 + r) with x = 2^k m, m from 0.6875 to 1.375, c from a table of 128 cells:
// r = (m - c) / c, where m - c is exact and 1 / c so near to a double that r is rounded once. Where the logarithm is
// wanted in two doubles, c has another value: 1/c has 10 bits, so its products with the first 23 bits of m and with the
// others are exact, and r comes without loss. Both cells beside 1 have c = 1, so nothing cancels there. (Tang 1989,
// 1990, ACM TOMS 15 and 16; the second way of forming r without fused products is that of many libraries.)
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/double_double.hpp"
#include "base/elementary_tables.hpp"

namespace entente {

inline constexpr std::size_t lanes = 4;
typedef double Four __attribute__((vector_size(32)));             // NOLINT(modernize-use-using): the attribute needs it
typedef std::uint64_t FourBits __attribute__((vector_size(32)));  // NOLINT(modernize-use-using)

// Everything that takes or gives a Four is inlined, so no call's convention depends on how wide the registers are.
#pragma GCC diagnostic ignored "-Wpsabi"
#define ENTENTE_INLINE [[gnu::always_inline]] inline
ENTENTE_INLINE std::uint64_t bits_of(double x) { return std::bit_cast<std::uint64_t>(x); }
ENTENTE_INLINE double real_of(std::uint64_t b) { return std::bit_cast<double>(b); }
ENTENTE_INLINE FourBits bits_of(Four x) { return (FourBits)x; }
ENTENTE_INLINE Four real_of(FourBits b) { return (Four)b; }

template <auto member, class Row>
ENTENTE_INLINE double pick(const Row* rows, std::uint64_t j) {
  return rows[j].*member;
}
template <auto member, class Row>
ENTENTE_INLINE Four pick(const Row* rows, FourBits j) {
  return Four{rows[j[0]].*member, rows[j[1]].*member, rows[j[2]].*member, rows[j[3]].*member};
}

inline constexpr double whole_number = 0x1.8p52;  // added, it leaves the nearest whole number in the last bits
inline constexpr double steps_per_unit = 0x1.71547652b82fep+7;  // 128 / ln 2

// e^r - 1 and a rest that belongs to it.
template <class R>
ENTENTE_INLINE R change(R r, R rest) {
  const R r2 = r * r;
  return (rest + r) + (r2 * (1.0 / 2 + r * (1.0 / 6)) + (r2 * r2) * (1.0 / 24 + r * (1.0 / 120)));
}

// e^x for x from -708 to 708.
template <class R>
ENTENTE_INLINE R exp_middle(R x) {
  const R shifted = x * steps_per_unit + whole_number;
  const R k = shifted - whole_number;
  const R r = (x - k * tables::step_high) - k * tables::step_low;
  const auto n = bits_of(shifted);
  const auto j = n & 127;
  const R power = real_of(bits_of(pick<&tables::Exp::power>(tables::exp_steps, j)) + ((n - j) << 45));
  return power + power * change(r, pick<&tables::Exp::rest>(tables::exp_steps, j));
}

// e^(x + low) = power * (1 + change), for |x| up to 708 and |low| up to 2^-4; x + low may miss the nearest step by the
// rounding of the sum.
struct Grown {
  double power, change;
};
ENTENTE_INLINE Grown grown(double x, double low) {
  const double shifted = (x + low) * steps_per_unit + whole_number;
  const double k = shifted - whole_number;
  const double r = ((x - k * tables::step_high) - k * tables::step_low) + low;
  const std::uint64_t n = bits_of(shifted), j = n & 127;
  const tables::Exp& step = tables::exp_steps[j];
  return {real_of(bits_of(step.power) + ((n - j) << 45)), change(r, step.rest)};
}

// The same with the power of two apart, for |x| up to 800: where the result may be subnormal or too large.
struct Exponential {
  int power;
  double step, change;
};
inline Exponential exp_parts(double x, double low) noexcept {
  const double shifted = (x + low) * steps_per_unit + whole_number;
  const double k = shifted - whole_number;
  const double r = ((x - k * tables::step_high) - k * tables::step_low) + low;
  const auto whole = static_cast<std::int64_t>(k);
  const tables::Exp& step = tables::exp_steps[whole & 127];
  return {static_cast<int>(whole >> 7), step.power, change(r, step.rest)};
}

// x = 2^k m, m in cell j.
template <class R, class Bits>
struct Scaled {
  R k, m;
  Bits j, power;  // power: what was taken off the exponent
};
template <class R>
ENTENTE_INLINE auto scaled(R x) {
  constexpr std::uint64_t first_cell = 0x3fe6000000000000, exponents = 0xfff0000000000000, bias = 1024;
  const auto bits = bits_of(x);
  const auto above = bits - first_cell;
  const R k =
      real_of(((above + (bias << 52)) >> 52) + (std::bit_cast<std::uint64_t>(whole_number) - bias)) - whole_number;
  const auto power = above & exponents;
  return Scaled<R, std::remove_const_t<decltype(bits)>>{k, real_of(bits - power), (above >> 45) & 127, power};
}

// x normal and positive; `more`, below a unit in the last place of x, is added to it without rounding.
template <bool with_more = false, class R>
ENTENTE_INLINE R log_middle(R x, R more = R{}) {
  using tables::Centre;
  const auto [k, m, j, power] = scaled(x);
  R off = m - pick<&Centre::at>(tables::log_centres, j);
  if constexpr (with_more) off += more * real_of(bits_of(R{} + 1) - power);
  const R r = off * pick<&Centre::inverse>(tables::log_centres, j);
  const R whole = k * tables::ln2_high + pick<&Centre::high>(tables::log_centres, j);
  const R small = k * tables::ln2_low + pick<&Centre::low>(tables::log_centres, j);
  const auto& c = tables::log_tail;
  const R high = whole + r;
  const R r2 = r * r;
  const R tail = (c[0] + r * c[1]) + r2 * ((c[2] + r * c[3]) + r2 * c[4]);
  return high + ((((whole - high) + r) + small) + (r2 * r * tail - 0.5 * r2));
}

// ln x to 2^-68 of itself, x normal and positive, times 2^(power). The second is below 2^-14 of the first.
ENTENTE_INLINE Two log_long(double x, double power = 0) {
  const auto s = scaled(x);
  const tables::Log& cell = tables::log_cells[s.j];
  const double k = s.k + power, whole = k * tables::ln2_high + cell.high;
  const double front = real_of((bits_of(s.m) + 0x20000000) & 0xffffffffc0000000), back = s.m - front;
  const double a = front * cell.inverse - 1, b = back * cell.inverse;  // r = a + b, and a^2 is exact
  const double r = a + b, r2 = r * r;
  const double high = whole + r, lost = ((whole - high) + a) + b;
  const Two next = fast_sum(high, -0.5 * (a * a));
  const auto& c = tables::log_long_tail;
  const double tail = (c[0] + r * c[1]) + r2 * ((c[2] + r * c[3]) + r2 * ((c[4] + r * c[5]) + r2 * c[6]));
  const double small = lost + (k * tables::ln2_low + cell.low);
  return {next.high, ((next.low + small) - b * (a + 0.5 * b)) + r2 * r * tail};
}

ENTENTE_INLINE void exp_four(double* at) {
  Four x;
  std::memcpy(&x, at, sizeof x);
  x = exp_middle(x);
  std::memcpy(at, &x, sizeof x);
}

ENTENTE_INLINE void log_four(double* at) {
  Four x;
  std::memcpy(&x, at, sizeof x);
  x = log_middle(x);
  std::memcpy(at, &x, sizeof x);
}

}  // namespace entente
