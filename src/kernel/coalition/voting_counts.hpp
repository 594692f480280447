// A voting rule reduced to what has to be counted, and the two ways of counting it.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "entente/kernel/voting.hpp"

namespace entente::voting {

/// What is left of a way once the voters with a veto are in: so many others at least, and sums at least.
struct Need {
  unsigned size = 0;
  std::vector<std::pair<std::size_t, std::int64_t>> sums;  ///< (dimension, quota > 0)
};
/// Free voters only. A dimension is one vector of weights, not all equal, that some way looks at.
struct Reduced {
  unsigned voters = 0;
  std::vector<std::vector<std::int64_t>> dimensions;
  std::vector<Need> needs;
};

/// `veto` by voter. Majorities of equal weights become sizes.
[[nodiscard]] Reduced reduce(const Rule& rule, const std::vector<char>& veto);

/// Winning coalitions of the free voters: [size] and [voter][size].
struct Counts {
  std::vector<Uint128> all;
  std::vector<std::vector<Uint128>> with;
};

/// Elementary steps, or nothing when beyond the method's limit.
[[nodiscard]] std::optional<double> programming_steps(const Reduced& r);
[[nodiscard]] std::optional<double> halves_steps(const Reduced& r);
[[nodiscard]] Counts count_by_programming(const Reduced& r);
[[nodiscard]] Counts count_by_halves(const Reduced& r);

}  // namespace entente::voting
