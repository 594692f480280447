// Extreme equilibria from payoffs that are known exactly.
#pragma once
#include <stop_token>

#include "base/short_number.hpp"
#include "entente/kernel/game.hpp"

namespace entente::game {

/// a, b: payoffs of the two, row + rows * column. In fractions where they are short and the strategies at most 40, else
/// in doubles. Errors as bimatrix().
[[nodiscard]] Result<MixedSet> bimatrix_of(std::size_t rows, std::size_t columns, const std::vector<Rational>& a,
                                           const std::vector<Rational>& b, const std::stop_token& stop);

}  // namespace entente::game
