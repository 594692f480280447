#include "world/rows.hpp"

#include <algorithm>
#include <string>

namespace entente::world {

std::optional<Day> day(std::string_view text) {
  static constexpr int length[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const auto part = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + size, value);
    return error == std::errc{} && end == text.data() + at + size ? value : -1;
  };
  if (text.size() != 4 && (text.size() != 10 || text[4] != '-' || text[7] != '-')) return std::nullopt;
  const int year = part(0, 4);
  if (year < 0) return std::nullopt;
  if (text.size() == 4) return Day{static_cast<std::int16_t>(year), 0, 0};
  const int month = part(5, 2), d = part(8, 2);
  if (month < 1 || month > 12 || d < 1 || d > length[month - 1]) return std::nullopt;
  return Day{static_cast<std::int16_t>(year), static_cast<std::int8_t>(month), static_cast<std::int8_t>(d)};
}

Rows::Rows(const SourceMap& sources, std::uint32_t file, std::initializer_list<std::string_view> columns,
           Diagnostics& out)
    : text_(sources[file].text()), file_(file), out_(out) {
  if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
  if (!split()) cells_.clear();
  columns_ = cells_.size();
  for (const auto column : columns) {
    const auto it = std::ranges::find(cells_, column);
    if (it == cells_.end()) {
      const auto end = static_cast<std::uint32_t>(std::min(text_.find('\n'), text_.size()));
      out_.error("E0901", {file_, 0, end}, "this table of the world has no column `" + std::string(column) + "`",
                 "its columns", "data/world/README.md lists the columns of every table");
      at_ = text_.size();
    }
    place_.push_back(static_cast<std::size_t>(it - cells_.begin()));
  }
}

// The cells of the line at at_, which moves behind it; false at the end of the text.
bool Rows::split() {
  if (at_ >= text_.size()) return false;
  begin_ = at_;
  std::size_t end = std::min(text_.find('\n', at_), text_.size());
  const std::size_t behind = end + 1;
  if (end > at_ && text_[end - 1] == '\r') --end;
  cells_.clear();
  for (std::size_t at = at_;;) {
    if (at < end && text_[at] == '"') {
      const std::size_t quote = std::min(text_.find('"', at + 1), end);
      cells_.push_back(text_.substr(at + 1, quote - at - 1));
      at = std::min(quote + 1, end);
    } else {
      std::size_t comma = at;
      while (comma < end && text_[comma] != ',') ++comma;
      cells_.push_back(text_.substr(at, comma - at));
      at = comma;
    }
    if (at >= end || text_[at] != ',') break;
    ++at;
  }
  at_ = behind;
  return true;
}

bool Rows::next() {
  while (split()) {
    if (cells_.size() == columns_) return true;
    if (cells_.size() == 1 && cells_[0].empty()) continue;
    const auto last = cells_.back().data() + cells_.back().size() - text_.data();
    out_.error("E0902", {file_, static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(last)},
               "a row of " + std::to_string(cells_.size()) + " cells under " + std::to_string(columns_) + " columns",
               "this row of a table of the world is left out");
  }
  return false;
}

Span Rows::span(std::size_t column) const {
  const auto cell = (*this)[column];
  const auto begin = static_cast<std::uint32_t>(cell.data() - text_.data());
  return {file_, begin, begin + static_cast<std::uint32_t>(std::max<std::size_t>(cell.size(), 1))};
}

void Rows::wrong(std::size_t column, const char* expected) {
  out_.error("E0902", span(column), "`" + std::string((*this)[column]) + "` cannot stand in this table of the world",
             std::string("expected ") + expected);
}

double Rows::number(std::size_t column) {
  const auto cell = (*this)[column];
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error == std::errc{} && end == cell.data() + cell.size() && value - value == 0) return value;
  wrong(column, "a number");
  return 0;
}

long Rows::whole(std::size_t column) {
  const auto cell = (*this)[column];
  long value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error == std::errc{} && end == cell.data() + cell.size() && value >= 0 && value < 100'000'000) return value;
  wrong(column, "a whole number");
  return 0;
}

Day Rows::from(std::size_t column) {
  if (const auto d = day((*this)[column])) return *d;
  wrong(column, "a year or a day, such as 1939-09-01");
  return {};
}

void Rows::to(std::size_t column, Spell& spell) {
  spell.open = (*this)[column].empty();
  if (spell.open) return;
  spell.to = from(column);
  if (spell.to.month == 0) spell.to = {spell.to.year, 12, 31};
}

}  // namespace entente::world
