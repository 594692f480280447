// What the parts on signalling games share.
#pragma once
#include <algorithm>
#include <cmath>
#include <optional>

#include "base/short_number.hpp"
#include "entente/kernel/game_signalling.hpp"

namespace entente::game {

/// Payoffs computed in doubles count as equal within this share of the larger of the two: of the pair compared, and
/// not of all payoffs, of which one may be ruinous.
inline constexpr double slack = 1e-10;
[[nodiscard]] inline bool surely_more(double a, double b, double share = slack) {
  return a - b > share * std::max(std::abs(a), std::abs(b));
}

/// The numbers of a game that are short decimals or fractions: what is compared is then compared exactly.
struct ExactNumbers {
  std::vector<Rational> prior, sender, receiver;
};
/// None: some number is neither, as when it was drawn, or the game has more than 1024 payoffs.
[[nodiscard]] std::optional<ExactNumbers> exact_numbers(const Signalling& g);

/// Fills in what follows from `signal` and `reply`: sent, beliefs, payoffs, kinds, the intuitive criterion.
void complete(const Signalling& g, Equilibrium& e);

}  // namespace entente::game
