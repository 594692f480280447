// A tree as the list of its ends: chance, payoffs, and the moves on the way.
#pragma once
#include "entente/kernel/game.hpp"

namespace entente::game {

struct End {
  std::uint32_t node = 0;
  double chance = 1;                 // of nature's moves on the way
  std::vector<std::uint32_t> moves;  // numbers of moves, first to last
  std::vector<double> payoff;        // by player
};
struct Paths {
  std::vector<std::uint32_t> first;  // by information set: number of its first move; one more at the end
  std::vector<std::uint32_t> set;    // by move: its information set
  std::vector<End> ends;
  std::vector<double> range;  // by player: largest less least payoff of all ends; 1 when they are equal
};
[[nodiscard]] Paths paths(const Extensive& g);

/// By player: the reduced pure strategies, a move at every information set that the player's own moves lead to, `free`
/// elsewhere and at other players' sets. Empty: more than `most`.
inline constexpr std::uint32_t free_move = any_move;
[[nodiscard]] std::vector<std::vector<std::uint32_t>> reduced(const Extensive& g, const Paths& p, std::uint32_t player,
                                                              std::size_t most);

}  // namespace entente::game
