// What the parts on signalling games share.
#pragma once
#include "entente/kernel/game_signalling.hpp"

namespace entente::game {

/// Differences of payoffs below this share of their range count as none.
inline constexpr double slack = 1e-10;

struct Ranges {
  double sender, receiver;  // largest less least payoff; 1 when there is one payoff only
};
[[nodiscard]] Ranges ranges(const Signalling& g);

/// Fills in what follows from `signal` and `reply`: sent, beliefs, payoffs, kinds, the intuitive criterion.
void complete(const Signalling& g, Equilibrium& e);

}  // namespace entente::game
