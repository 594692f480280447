// Linear symmetric forms of a game in one pass over its table.
//
// x_i = sum over S with i of with[|S|] v(S) - sum over S without i of without[|S|] v(S). Shapley, Banzhaf and the
// solidarity value are of this kind. The table is read once in blocks of 512: every worth is multiplied by its two
// coefficients, and the products are added up by position in the block (for the low players) and by block (for the high
// ones); differences between positions and between blocks give the players. The products of S and S+i are added in the
// same order, so a player who adds nothing anywhere gets exactly 0 under the Shapley and Banzhaf coefficients, and
// large worths that all share a part cancel early. O(2^n) time for all players together; n <= 9 without allocation.
#pragma once
#include <array>
#include <span>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {

struct Coefficients {
  std::array<double, most_players + 1> with{}, without{};  ///< by the size of S; with[0] and without[n] are not used
};

/// `out`: n values, overwritten. Results do not depend on `threads`.
void symmetric_form(std::span<const double> worth, const Coefficients& c, std::span<double> out, unsigned threads);

/// with[s] = without[s - 1] = weight of a coalition of s - 1 others.
[[nodiscard]] Coefficients shapley_coefficients(unsigned n) noexcept;

}  // namespace entente::coalition
