#include "base/short_number.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "entente/base/elementary.hpp"

namespace entente {
namespace {

constexpr int most_digits = 15;  // so many are told apart by doubles: the decimal is the only one that reads as x
constexpr double most_denominator = 1e6;
constexpr double most_by_chance = 1e-3;  // of a fraction that reads as a double that was none

std::optional<Rational> decimal(double x) {
  std::array<char, 40> text{};
  const auto r = std::to_chars(text.data(), text.data() + text.size(), std::abs(x), std::chars_format::scientific);
  std::int64_t digits = 0;
  int count = 0, after = 0, exponent = 0;
  const char* c = text.data();
  for (bool point = false; c != r.ptr && *c != 'e'; ++c) {
    if (*c == '.') {
      point = true;
      continue;
    }
    if (++count > most_digits) return std::nullopt;
    digits = 10 * digits + (*c - '0');
    after += point;
  }
  if (c != r.ptr) {
    ++c;
    if (*c == '+') ++c;
    std::from_chars(c, r.ptr, exponent);
  }
  exponent -= after;
  Rational out(digits);
  const Integer power = boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
  if (exponent < 0) out /= power;
  else out *= power;
  return x < 0 ? Rational(-out) : out;
}

// Convergents of the continued fraction: the first that reads as x has the least denominator that can. Two fractions
// with denominators up to q lie at least 1/q^2 apart, so where that is much wider than the gap between doubles at x,
// one that reads as x hardly does so by chance; where it is not, any double reads as some fraction, and it says
// nothing.
std::optional<Rational> fraction(double x) {
  const double size = std::abs(x);
  if (!(size < 1e9) || !(size > 1e-9)) return std::nullopt;
  double p = 1, q = 0, before_p = 0, before_q = 1, rest = size;
  for (int k = 0; k < 40; ++k) {
    const double whole = std::floor(rest);
    const double next_p = whole * p + before_p, next_q = whole * q + before_q;
    if (!(next_q <= most_denominator) || !(next_p <= 1e15)) return std::nullopt;
    before_p = p, before_q = q, p = next_p, q = next_q;
    if (p / q == size) {
      if (q * q * size > most_by_chance / std::numeric_limits<double>::epsilon()) return std::nullopt;
      Rational out(static_cast<std::int64_t>(p), static_cast<std::int64_t>(q));
      return x < 0 ? Rational(-out) : out;
    }
    if (!(rest > whole)) return std::nullopt;
    rest = 1 / (rest - whole);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rational> short_number(double x) {
  if (x == 0) return Rational(0);
  if (auto d = decimal(x)) return d;
  return fraction(x);
}

Rational exactly(double x) {
  if (auto s = short_number(x)) return *s;
  const int exponent = math::exponent(x) - 53;
  Rational out(static_cast<std::int64_t>(math::ldexp(x, -exponent)));
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  if (exponent < 0) out /= power;
  else out *= power;
  return out;
}

// The quotient to 54 bits, and whether anything is left below them: then to 53, ties to the even one.
double as_double(const Rational& x) {
  const Integer n = abs(numerator(x)), d = denominator(x);
  if (n == 0) return 0;
  int shift = 54 - (static_cast<int>(msb(n)) - static_cast<int>(msb(d)));  // of n, so that 54 or 55 bits are left
  const Integer up = shift > 0 ? Integer(n << static_cast<unsigned>(shift)) : n;
  const Integer down = shift < 0 ? Integer(d << static_cast<unsigned>(-shift)) : d;
  Integer quotient, rest;
  divide_qr(up, down, quotient, rest);
  auto bits = quotient.convert_to<std::uint64_t>();
  bool below = rest != 0;
  if (bits >> 54) {
    below = below || (bits & 1);
    bits >>= 1;
    --shift;
  }
  const bool half = bits & 1, odd = bits & 2;
  bits = (bits >> 1) + (half && (below || odd) ? 1 : 0);
  const double size = math::ldexp(static_cast<double>(bits), 1 - shift);
  return x < 0 ? -size : size;
}

}  // namespace entente
