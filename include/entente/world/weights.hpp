// The weights of the kinds of tie (world/eve.hpp), estimated from two centuries of disputes by `entente history
// --events disputes --weights FILE`, as the tables carry them: data/world/weights.csv. Several sets, each for tables
// that end so long before the eve; a weight belongs to the age at which its kind is used.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "entente/world/eve.hpp"

namespace entente::world {

struct Weights {
  std::string set;  ///< `eve`: tables that end with the year before; `2025`: as long before as for that year
  Ages ages;
  std::array<double, kinds> estimate{};
  std::vector<double> covariance;  ///< kinds x kinds, of fits to events drawn with replacement
};

/// The sets of `folder`/weights.csv; `hash` of its text. Complaints: E0904 where it is not there, E0902 where a set is
/// not whole or its covariance is none; nothing then. O(bytes).
[[nodiscard]] std::optional<std::vector<Weights>> read_weights(const std::string& folder, SourceMap& sources,
                                                               Diagnostics& out, std::uint64_t& hash,
                                                               const text::Files& files = text::disk());
/// The set whose ages are nearest (the least sum of differences, the first among equals). `sets` is not empty.
[[nodiscard]] const Weights& nearest(std::span<const Weights> sets, const Ages& ages);

/// Where the tables that come with the program lie (text::Files::bundled); nothing where there are none.
[[nodiscard]] std::optional<std::string> bundled_tables(const text::Files& files = text::disk());

}  // namespace entente::world
