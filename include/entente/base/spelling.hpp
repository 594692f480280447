// The name a writer probably meant.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Optimal-string-alignment distance (insert, delete, replace, swap of neighbours), case folded for ASCII; stops early
/// and returns limit + 1 when the distance exceeds `limit`. O(|a| |b|) time, O(|b|) space; names over 64 bytes are
/// never near anything.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate nearest to `name` within a third of its length (at least one edit), or empty. Ties: the first.
[[nodiscard]] std::string nearest(std::string_view name, std::span<const std::string> candidates);

/// "did you mean `x`?" or empty. Where a candidate only looks the same (a Cyrillic or Greek letter, a no-break space),
/// the hint says which character it is.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

/// What is odd about a text that should hold plain letters: "`А` (U+0410) only looks like `A`"; empty when nothing is.
[[nodiscard]] std::string odd_character(std::string_view text);

}  // namespace entente
