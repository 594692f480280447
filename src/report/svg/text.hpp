// How much room a text takes, before anybody draws it.
//
// Widths are sums of advances of a sans family with Arial's widths (font_widths.cpp); kerning is left out, it only
// narrows. Letters that the table has not: Chinese, Japanese and Korean as wide as high, marks that combine nothing,
// any other script nine tenths of the size, which is more than most of their letters take.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace entente::report::svg {

/// In units of the drawing. Broken UTF-8 counts as one replacement character a byte.
[[nodiscard]] double text_width(std::string_view text, double size, bool bold = false);

/// At most `lines` lines, none wider than `width`: broken at spaces, after hyphens and slashes, and between Chinese,
/// Japanese or Korean characters; a word that is too wide by itself, or what is left at the end, is shortened with an
/// ellipsis. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double size, double width, std::size_t lines,
                                               bool bold = false);

/// The text, or as much of it as fits and an ellipsis.
[[nodiscard]] std::string shortened(std::string_view text, double size, double width, bool bold = false);

/// The next character of `text` from `at` on, which moves behind it; U+FFFD for what is not UTF-8 or not allowed in
/// XML.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at);

/// What may stand between tags or in quotes: & < > " ' are named, and characters that XML has not are U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// Hyphens that stand for minus, before a digit and not behind a letter or digit, made true ones.
[[nodiscard]] std::string true_minus(std::string_view text);

/// A number for people: at most `digits` significant digits, a true minus, "∞" where it has no bound.
[[nodiscard]] std::string figure(double value, int digits = 3);
/// A share as "7 %"; "under 1 %" and "over 99 %" at the ends.
[[nodiscard]] std::string share(double value);

}  // namespace entente::report::svg
