// What numbers and formulas share: how a numeral reads and how far a unit goes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "entente/base/diagnostic.hpp"
#include "entente/number/expression.hpp"

namespace entente::number {

struct Numeral {
  double value = 0;
  std::size_t end = 0;  // first byte behind it
};
// A numeral at `from`: sign, digits, point and digits, exponent. On an error (13,600; 13,6; .5; 1_000; 0x10; nan; inf;
// too large) adds a complaint and returns nullopt. `from` stands at a sign, digit, point or letter. `listed`: a comma
// behind it separates, as in max(1,2).
[[nodiscard]] std::optional<Numeral> read_numeral(std::string_view text, std::size_t from, const Place& place,
                                                  Diagnostics& out, bool listed = false);

// The longest unit beginning at `from` (behind blanks), with its scale word; end == from if there is none.
struct UnitAt {
  Unit unit;
  std::size_t begin = 0, end = 0;
  bool found = false;
};
[[nodiscard]] UnitAt read_unit(std::string_view text, std::size_t from, const UnitBook* book = nullptr);
/// Where a word taken for a unit ends, its scale word before it included, known or not.
[[nodiscard]] std::size_t unit_word(std::string_view text, std::size_t from) noexcept;

// A character that word processors, web pages and other scripts put where this language has another.
struct Foreign {
  std::size_t length = 1;  // bytes
  std::string ascii;       // what is written here in its place; empty: nothing
  std::string says;        // "`−` (U+2212)"
  bool unit = false;       // it may begin a unit, such as €
  [[nodiscard]] std::string hint() const {
    return ascii.empty() ? "leave it out" : ascii == " " ? "write a plain blank" : "write `" + ascii + "`";
  }
};
[[nodiscard]] std::optional<Foreign> foreign_at(std::string_view text, std::size_t at);
/// The text with every such character as it is written here.
[[nodiscard]] std::string in_ascii(std::string_view text);
/// The whole character at `at`, however many bytes it has.
[[nodiscard]] std::string_view character_at(std::string_view text, std::size_t at) noexcept;
[[nodiscard]] std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept;
[[nodiscard]] inline bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

}  // namespace entente::number
