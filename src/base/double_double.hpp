// Sums and products of doubles without loss: what the rounded result lacks comes as a second double.
// T. J. Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18 (1971); sums
// after Moller and Knuth. Exact as long as nothing overflows and no product falls below 2^-969.
#pragma once

namespace entente {

struct Two {
  double high, low;  // their exact sum is meant; |low| is at most half a unit in the last place of high
};

// a + b, when a is 0 or |a| >= |b|.
inline Two fast_sum(double a, double b) noexcept {
  const double s = a + b;
  return {s, (a - s) + b};
}

inline Two sum(double a, double b) noexcept {
  const double s = a + b, t = s - a;
  return {s, (a - (s - t)) + (b - t)};
}

// The first 26 bits and the rest, for |a| below 2^996.
inline Two split(double a) noexcept {
  const double c = 134217729.0 * a, high = c - (c - a);
  return {high, a - high};
}

inline Two product(double a, double b) noexcept {
  const double p = a * b;
  const Two x = split(a), y = split(b);
  return {p, ((x.high * y.high - p) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

inline Two product(Two a, Two b) noexcept {
  const Two p = product(a.high, b.high);
  return fast_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

inline Two sum(Two a, Two b) noexcept {
  const Two s = sum(a.high, b.high);
  return fast_sum(s.high, s.low + (a.low + b.low));
}

inline Two quotient(Two a, Two b) noexcept {
  const double q = a.high / b.high;
  const Two p = product(q, b.high);
  return fast_sum(q, (((a.high - p.high) - p.low) + (a.low - q * b.low)) / b.high);
}

}  // namespace entente
