// Comma-separated tables (RFC 4180) with the place of every cell: a header row is required, lines beginning with # may
// stand before it, every row has as many cells as the header.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"

namespace entente::text {

struct Table {
  struct Cell {
    std::string text;
    Span span;
  };
  std::vector<std::string> columns;
  std::vector<Span> places;  ///< of the columns' names
  std::vector<std::vector<Cell>> rows;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  [[nodiscard]] std::size_t column(std::string_view name) const noexcept;
};

/// Complaints (E05xx): semicolons, tabs or bars in place of commas, short or long rows, unclosed quotes, text behind a
/// closing quote, empty or repeated column names, characters that no text may hold, an empty file, one over 4 GiB. Rows
/// with an error are left out, empty lines and rows of empty cells too; blanks around an unquoted cell fall away.
/// O(size).
[[nodiscard]] Table read_table(const SourceMap& sources, std::uint32_t file, Diagnostics& out);

}  // namespace entente::text
