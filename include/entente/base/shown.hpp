// Text that others wrote, made fit to be shown on a terminal.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

/// One line of text in which everything that a terminal would obey, or a reader could not see, is an escape that can be
/// read: control characters and line ends (\x1b, \n), bytes that are no UTF-8 (\xff), marks that turn the direction of
/// writing and invisible characters (\u202e, \u200b). O(length).
[[nodiscard]] std::string shown(std::string_view text);

/// Whether a character shows nothing, or changes how others are shown: soft hyphen, joiners, zero-width blanks, marks
/// of direction, variation selectors, tags, fillers. Characters that combine with the one before are not meant.
[[nodiscard]] bool invisible(std::uint32_t code) noexcept;

}  // namespace entente
