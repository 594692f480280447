// One table, row by row, without keeping it: cells are pieces of the source. text::read_table makes a string and a
// span of every cell, which for the 74,000 rows of data/world would take four times as long as all that is done with
// them; here a cell gets its span when there is something to say about it. Cells may be quoted, without quotes inside.
#pragma once
#include <charconv>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/world/world.hpp"

namespace entente::world {

class Rows {
 public:
  /// `columns` in the order in which cells are asked for; the file may have them in any order, and others besides.
  /// Complaint E0901 where one is missing; then there are no rows.
  Rows(const SourceMap& sources, std::uint32_t file, std::initializer_list<std::string_view> columns, Diagnostics& out);
  /// The next row; rows with too few or too many cells are complained about (E0902) and left out.
  bool next();
  [[nodiscard]] std::string_view operator[](std::size_t column) const { return cells_[place_[column]]; }
  /// Complaint E0902 at a cell of this row.
  void wrong(std::size_t column, const char* expected);
  /// A number; with `empty` given, that for an empty cell. A complaint and 0 where it is none.
  double number(std::size_t column);
  long whole(std::size_t column);
  Day from(std::size_t column);
  /// The day, or its year's last; `open` where the cell is empty.
  void to(std::size_t column, Spell& spell);
  [[nodiscard]] Span span(std::size_t column) const;

 private:
  bool split();
  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  std::size_t at_ = 0, begin_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> place_;
  std::size_t columns_ = 0;
};

}  // namespace entente::world
