// Reduced pure strategies and their expected payoffs, exactly.
#pragma once
#include <algorithm>
#include <stop_token>

#include "base/short_number.hpp"
#include "entente/kernel/game.hpp"
#include "kernel/game/paths.hpp"

namespace entente::game {

/// The plans of every player, and where profiles of them lie in a table: the first player's changes fastest.
struct Plans {
  Paths paths;
  std::vector<std::vector<std::vector<std::uint32_t>>> of;  ///< by player: by plan: by information set
  std::vector<std::size_t> stride;                          ///< by player; the last: profiles
  [[nodiscard]] std::size_t profiles() const noexcept { return stride.back(); }
};
/// Errors: too_large beyond `most_plans` of one player or `most_profiles`.
[[nodiscard]] Result<Plans> plans_of(const Extensive& g, std::size_t most_plans, double most_profiles);

/// Chance times payoff by end for one player as integers over one denominator: a plan's expected payoff times
/// `denominator` is the sum over the ends that it leads to.
struct Weighted {
  std::vector<Integer> at;  ///< by end
  Integer denominator = 1;
  bool narrow = false;  ///< all sums fit 126 bits
};
[[nodiscard]] Weighted weighted(const Extensive& g, const Plans& plans, std::uint32_t player);

/// Adds `amount(end)` to every profile that leads to the end. False: stopped.
template <class Number, class Amount>
bool spread(const Extensive& g, const Plans& plans, const std::stop_token& stop, std::vector<Number>& table,
            const Amount& amount) {
  const Paths& p = plans.paths;
  std::vector<std::vector<std::size_t>> fits(g.players);
  table.assign(plans.profiles(), Number(0));
  for (std::size_t z = 0; z < p.ends.size(); ++z) {
    if (stop.stop_requested()) return false;
    for (std::uint32_t i = 0; i < g.players; ++i) {
      fits[i].clear();
      for (std::size_t k = 0; k < plans.of[i].size(); ++k) {
        bool leads = true;
        for (std::size_t at = 0; at < p.ends[z].moves.size() && leads; ++at) {
          const std::uint32_t m = p.ends[z].moves[at], set = p.set[m];
          leads = g.information[set].player != i || plans.of[i][k][set] == m - p.first[set];
        }
        if (leads) fits[i].push_back(k * plans.stride[i]);
      }
    }
    const Number x = amount(z);
    std::vector<std::size_t> pick(g.players, 0);
    if (std::any_of(fits.begin(), fits.end(), [](const auto& f) { return f.empty(); })) continue;
    for (std::uint32_t i = 0; i < g.players;) {
      std::size_t cell = 0;
      for (std::uint32_t j = 1; j < g.players; ++j) cell += fits[j][pick[j]];
      for (const std::size_t k : fits[0]) table[cell + k] += x;
      for (i = 1; i < g.players && ++pick[i] == fits[i].size(); ++i) pick[i] = 0;
    }
  }
  return true;
}

}  // namespace entente::game
