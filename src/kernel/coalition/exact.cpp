// Exact Shapley and Banzhaf values. Marginal contributions are added up by size first (they fit: 2^25 times 2^64), then
// weighted by k! (n-k-1)! over the common denominator n!.
#include <algorithm>
#include <array>
#include <bit>

#include "entente/kernel/coalition.hpp"
#include "entente/kernel/coalition_exact.hpp"

namespace entente {

Fraction reduced(Int128 numerator, Int128 denominator) noexcept {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  Int128 a = numerator < 0 ? -numerator : numerator, b = denominator;
  while (b != 0) {
    const Int128 r = a % b;
    a = b;
    b = r;
  }
  return {numerator / a, denominator / a};
}

std::string to_text(Uint128 n) {
  std::string digits;
  do digits.push_back(static_cast<char>('0' + static_cast<int>(n % 10)));
  while ((n /= 10) != 0);
  std::ranges::reverse(digits);
  return digits;
}

std::string to_text(const Fraction& f) {
  const bool negative = f.numerator < 0;
  std::string out = negative ? "-" : "";
  out += to_text(negative ? -static_cast<Uint128>(f.numerator) : static_cast<Uint128>(f.numerator));
  if (f.denominator != 1) out += "/" + to_text(static_cast<Uint128>(f.denominator));
  return out;
}

namespace coalition {
namespace {

using Sums = std::vector<std::array<Int128, most_players>>;  // [player][size of S]: sum of v(S+i) - v(S)

Result<unsigned> players_of(std::span<const std::int64_t> worth, std::int64_t denominator) {
  if (worth.size() < 2 || !std::has_single_bit(worth.size()))
    return std::unexpected(Error{ErrorKind::invalid, "a game has 2^n worths, one for every coalition", "worth"});
  const auto n = static_cast<unsigned>(std::bit_width(worth.size()) - 1);
  if (n > most_players) return std::unexpected(Error{ErrorKind::too_large, "more than 25 players", "worth"});
  if (worth[0] != 0) return std::unexpected(Error{ErrorKind::invalid, "the empty coalition is worth 0", "worth[0]"});
  if (denominator <= 0) return std::unexpected(Error{ErrorKind::invalid, "a denominator is above 0", "denominator"});
  return n;
}

Sums sums(std::span<const std::int64_t> worth, unsigned n) {
  Sums by(n);
  for (unsigned i = 0; i < n; ++i) {
    const std::size_t bit = std::size_t{1} << i;
    for (std::size_t s = 0; s < worth.size(); ++s)
      if (!(s & bit)) by[i][static_cast<unsigned>(std::popcount(s))] += static_cast<Int128>(worth[s | bit]) - worth[s];
  }
  return by;
}

}  // namespace

Result<std::vector<Fraction>> exact_shapley(std::span<const std::int64_t> worth, std::int64_t denominator) {
  const auto n = players_of(worth, denominator);
  if (!n) return std::unexpected(n.error());
  std::array<Int128, most_players + 1> factorial{1};
  for (unsigned k = 1; k <= *n; ++k) factorial[k] = factorial[k - 1] * k;
  Int128 largest = 0;
  for (const std::int64_t v : worth) largest = std::max(largest, v < 0 ? -static_cast<Int128>(v) : Int128{v});
  const Int128 limit = static_cast<Int128>(~Uint128{0} >> 1) / factorial[*n];
  if (2 * largest > limit || denominator > limit)
    return std::unexpected(Error{ErrorKind::too_large,
                                 "the worths or their denominator are too large for exact fractions in 128 bits",
                                 "worth"});
  const Sums by = sums(worth, *n);
  std::vector<Fraction> out(*n);
  for (unsigned i = 0; i < *n; ++i) {
    Int128 total = 0;
    for (unsigned k = 0; k < *n; ++k) total += by[i][k] * (factorial[k] * factorial[*n - 1 - k]);
    out[i] = reduced(total, factorial[*n] * denominator);
  }
  return out;
}

Result<std::vector<Fraction>> exact_banzhaf(std::span<const std::int64_t> worth, std::int64_t denominator) {
  const auto n = players_of(worth, denominator);
  if (!n) return std::unexpected(n.error());
  const Sums by = sums(worth, *n);
  std::vector<Fraction> out(*n);
  for (unsigned i = 0; i < *n; ++i) {
    Int128 total = 0;
    for (unsigned k = 0; k < *n; ++k) total += by[i][k];
    out[i] = reduced(total, (Int128{1} << (*n - 1)) * denominator);
  }
  return out;
}

}  // namespace coalition
}  // namespace entente
