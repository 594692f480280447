// A text with edits made, and what differs: for complaints that say what would mend them (`check --fix`).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"

namespace entente::text {

/// The text with those edits made that lie in it; of two that overlap the one that begins first, or comes first.
/// O(n log n) in the edits.
[[nodiscard]] std::string mended(std::string_view text, std::vector<Edit> edits);

/// The lines that differ as a unified difference with two lines about each, under `--- name` and `+++ name`; empty when
/// nothing differs. Lines are paired from both ends inwards and then, between, by a longest common subsequence where
/// there are few (up to 1,000 a side), else all taken out and put in.
[[nodiscard]] std::string difference(std::string_view before, std::string_view after, const std::string& name);

}  // namespace entente::text
