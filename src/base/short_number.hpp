// Exact numbers for inputs written with decimals and fractions.
//
// Whether two payoffs are equal is a question about the numbers of the file, not about their range: in a game with a
// cell of -1e12 the difference of 2 and 3 is below any share of the range. So comparisons are exact wherever that is
// possible. A double comes from a short decimal or a fraction of small numbers as a rule, and then from one only: that
// one is taken in its place, so that three times 1/3 is 1 and 0.1 + 0.2 is 0.3.
#pragma once
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>

namespace entente {

using Integer = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

/// The decimal of at most 15 digits, or the fraction with a denominator up to a million, that reads as x; none: x is
/// neither, or so large beside the denominator that a fraction would read as it by chance.
[[nodiscard]] std::optional<Rational> short_number(double x);
/// The same, or x itself, which is a fraction over a power of two. x is finite.
[[nodiscard]] Rational exactly(double x);
/// The nearest double.
[[nodiscard]] double as_double(const Rational& x);

}  // namespace entente
