// Exact fractions: Shapley and Banzhaf values of games with integer (or commonly divided) worths, in 128-bit integers.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "entente/base/result.hpp"

namespace entente {

__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

/// A fraction in lowest terms; denominator > 0.
struct Fraction {
  Int128 numerator = 0;
  Int128 denominator = 1;
  [[nodiscard]] double value() const noexcept {
    return static_cast<double>(numerator) / static_cast<double>(denominator);
  }
  friend bool operator==(const Fraction&, const Fraction&) = default;
};
/// numerator / denominator in lowest terms; denominator must not be 0.
[[nodiscard]] Fraction reduced(Int128 numerator, Int128 denominator) noexcept;
/// "421/2145"; an integer without its denominator: "0", "-3".
[[nodiscard]] std::string to_text(const Fraction& f);
[[nodiscard]] std::string to_text(Uint128 n);

}  // namespace entente

namespace entente::coalition {

/// Shapley value of the game v(S) = worth[S] / denominator as fractions in lowest terms. n <= 25, worth[0] = 0,
/// denominator > 0. Limit: 2 n! max|worth| and n! denominator below 2^127 (n = 20: |worth| below 3.4e19, so every
/// int64; n = 25: 5.4e12), otherwise too_large. O(n 2^n).
[[nodiscard]] Result<std::vector<Fraction>> exact_shapley(std::span<const std::int64_t> worth,
                                                          std::int64_t denominator = 1);
/// Banzhaf value (mean marginal contribution), likewise; its denominator divides 2^(n-1) denominator, which fits
/// always.
[[nodiscard]] Result<std::vector<Fraction>> exact_banzhaf(std::span<const std::int64_t> worth,
                                                          std::int64_t denominator = 1);

}  // namespace entente::coalition
