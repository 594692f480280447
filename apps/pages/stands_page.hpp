// docs/guide/who-stands-with-whom.md: prose by hand; what stands between <!-- NAME --> and <!-- /NAME --> by the
// program. With it the calibration curve and the table of estimated weights, which come out of the same runs.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace entente::pages {

/// The page with its blocks filled: verdict, disputes, disputes-left-out, wars, sealed. A block that the page lacks is
/// left out.
[[nodiscard]] std::string fill_blocks(std::string page, const std::vector<std::pair<std::string, std::string>>& blocks);

/// Path from `guide` and text of the page, the curve and the weights. Nothing, after complaints on the error stream,
/// when the tables in guide/../../data/world or the page cannot be read.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> stands(const std::string& guide);

}  // namespace entente::pages
