#include "entente/text/table.hpp"

#include <algorithm>
#include <unordered_map>

#include "text/utf8.hpp"

namespace entente::text {
namespace {

class TableReader {
 public:
  TableReader(const SourceMap& sources, std::uint32_t file, Diagnostics& out)
      : text_(sources[file].text()), file_(file), out_(out) {}

  Table run() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    if (!bytes()) return {};
    while (at_ < text_.size() && (text_[at_] == '#' || text_[at_] == '\n' || text_[at_] == '\r')) next_line();
    if (at_ >= text_.size()) {
      out_.error("E0501", {file_, 0, 0}, "this table is empty", "expected a header row");
      return {};
    }
    const auto header = row();
    std::unordered_map<std::string, Span> seen;
    for (const auto& c : header) {
      if (c.text.empty()) out_.error("E0502", c.span, "a column has no name", "expected a name");
      else if (const auto [it, fresh] = seen.emplace(c.text, c.span); !fresh) {
        auto& d = out_.error("E0503", c.span, "the column `" + c.text + "` stands twice", "the second time");
        d.remarks.push_back({it->second, "first here"});
      }
      table_.columns.push_back(c.text);
    }
    while (at_ < text_.size()) {
      if (text_[at_] == '\n' || text_[at_] == '\r') {
        next_line();
        continue;
      }
      const std::size_t from = at_;
      auto cells = row();
      if (cells.size() != table_.columns.size()) {
        out_.error("E0504",
                   {file_, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(std::max(from + 1, line_end_))},
                   "a row of " + std::to_string(cells.size()) + " cells under " +
                       std::to_string(table_.columns.size()) + " columns",
                   cells.size() < table_.columns.size() ? "cells are missing" : "more cells than columns",
                   cells.size() > table_.columns.size() ? "a cell with a comma in it needs double quotes"
                                                        : "an empty cell still needs its comma");
        continue;
      }
      table_.rows.push_back(std::move(cells));
    }
    return std::move(table_);
  }

 private:
  bool bytes() {
    for (std::size_t i = at_; i < text_.size();) {
      const std::size_t n = utf8_length(text_, i);
      const auto c = static_cast<unsigned char>(text_[i]);
      if (n == 0 || (c < 0x20 && c != '\n' && c != '\r' && c != '\t')) {
        out_.error("E0505", {file_, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)},
                   n == 0 ? "this is no UTF-8 text" : "a control byte in a table", "this byte");
        return false;
      }
      i += n;
    }
    return true;
  }

  void next_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
  }

  std::vector<Table::Cell> row() {
    std::vector<Table::Cell> cells;
    while (true) {
      cells.push_back(cell());
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      line_end_ = at_;
      if (at_ < text_.size() && text_[at_] == '\r') ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++at_;
      return cells;
    }
  }

  Table::Cell cell() {
    const auto span = [&](std::size_t b, std::size_t e) {
      return Span{file_, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(e)};
    };
    std::size_t from = at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      std::string value;
      ++at_;
      while (true) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) {
          out_.error("E0506", span(from, from + 1), "this quote is not closed", "opened here");
          at_ = text_.size();
          return {std::move(value), span(from, from + 1)};
        }
        value += text_.substr(at_, quote - at_);
        at_ = quote + 1;
        if (at_ >= text_.size() || text_[at_] != '"') break;
        value += '"';
        ++at_;
      }
      if (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
        const std::size_t b = at_;
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n') ++at_;
        out_.error("E0507", span(b, at_), "text behind a closing quote", "expected a comma or the line's end");
      }
      return {std::move(value), span(from, at_)};
    }
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' &&
           !(text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n')))
      ++at_;
    std::size_t to = at_;
    while (from < to && text_[from] == ' ') ++from;
    while (to > from && text_[to - 1] == ' ') --to;
    return {std::string(text_.substr(from, to - from)), span(from, to)};
  }

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  Table table_;
  std::size_t at_ = 0, line_end_ = 0;
};

}  // namespace

std::size_t Table::column(std::string_view name) const noexcept {
  const auto it = std::ranges::find(columns, name);
  return it == columns.end() ? npos : static_cast<std::size_t>(it - columns.begin());
}

Table read_table(const SourceMap& sources, std::uint32_t file, Diagnostics& out) {
  return TableReader(sources, file, out).run();
}

}  // namespace entente::text
