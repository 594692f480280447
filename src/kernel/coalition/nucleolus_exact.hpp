// The nucleolus of a small game whose worths are short decimals or fractions, without rounding.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {

struct ExactNucleolus {
  std::vector<double> payoff, levels;  ///< the nearest doubles
  int lps = 0, pivots = 0;
};
inline constexpr unsigned most_exact_players = 8;
/// None: more than most_exact_players, a worth that is neither a decimal of at most 15 digits nor a fraction with a
/// denominator up to a million, or a program that took too many pivots. The game must have divisions.
[[nodiscard]] std::optional<ExactNucleolus> exact_nucleolus(std::span<const double> worth, unsigned n, bool rational);

/// The first program alone; nothing as above.
[[nodiscard]] std::optional<LeastCore> exact_least_core(std::span<const double> worth, unsigned n);

}  // namespace entente::coalition
