#include "entente/text/table.hpp"

#include <algorithm>
#include <unordered_map>

#include "text/utf8.hpp"

namespace entente::text {
namespace {

// A number whose point is a comma: 20,5. `three`: with three digits behind it, which could be thousands.
bool decimal_comma(std::string_view cell, bool& three) {
  if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
  const std::size_t comma = cell.find(',');
  if (comma == 0 || comma == std::string_view::npos || comma + 1 == cell.size()) return false;
  for (std::size_t i = 0; i < cell.size(); ++i)
    if (i != comma && (cell[i] < '0' || cell[i] > '9')) return false;
  three = cell.size() - comma == 4 && comma <= 3 && cell[0] != '0';
  return true;
}

// A table cut by `mark` as one cut by commas, with points in its numbers: nothing where that is not certain, which is
// where commas may all be of thousands, and where a quote or a comment would have to be understood.
std::string with_commas(std::string_view text, char mark) {
  if (text.size() > (16u << 20) || text.find('"') != std::string_view::npos) return {};
  std::string out;
  bool doubtful = false, certain = false;
  for (std::size_t line = text.starts_with("\xef\xbb\xbf") ? 3 : 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    std::string_view row = text.substr(line, end - line);
    const bool cr = row.ends_with('\r');
    if (cr) row.remove_suffix(1);
    if (row.starts_with('#')) out += row;
    else
      for (std::size_t from = 0; from <= row.size();) {
        const std::size_t to = std::min(row.find(mark, from), row.size());
        std::string cell(row.substr(from, to - from));
        bool three = false;
        if (decimal_comma(cell, three)) {
          (three ? doubtful : certain) = true;
          cell[cell.find(',')] = '.';
        } else if (cell.find(',') != std::string::npos) {
          cell = '"' + cell + '"';
        }
        out += (from > 0 ? "," : "") + cell;
        from = to + 1;
      }
    if (cr) out += '\r';
    if (end < text.size()) out += '\n';
    line = end + 1;
  }
  return doubtful && !certain ? std::string() : out;
}

class TableReader {
 public:
  TableReader(const SourceMap& sources, std::uint32_t file, Diagnostics& out)
      : text_(sources[file].text()), file_(file), out_(out) {}

  Table run() {
    if (text_.size() > 0xfffffff0u) {
      out_.error("E0508", {file_, 0, 0}, "this table is larger than 4 GiB");
      return {};
    }
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    if (!bytes()) return {};
    while (at_ < text_.size() && (text_[at_] == '#' || text_[at_] == '\n' || text_[at_] == '\r')) next_line();
    if (at_ >= text_.size()) {
      out_.error("E0501", {file_, 0, 0}, "this table is empty", "expected a header row");
      return {};
    }
    const std::size_t first = at_;
    const auto header = row();
    if (header.size() == 1 && first < text_.size() && text_[first] != '"')
      for (const auto& [mark, name] : {std::pair{';', "semicolons"}, std::pair{'\t', "tabs"}, std::pair{'|', "bars"}})
        if (header[0].text.find(mark) != std::string::npos) {
          auto& d = out_.error("E0509", header[0].span, std::string("this table is cut by ") + name,
                               "cells are parted by commas here",
                               mark == ';' ? "save it with commas between cells and points in numbers"
                                           : "save it with commas between cells");
          if (auto plain = with_commas(text_, mark); !plain.empty()) {
            d.edits.push_back({span(0, text_.size()), std::move(plain)});
            d.hint += ", or let `entente check --fix` do it";
          }
          return {};
        }
    std::unordered_map<std::string, Span> seen;
    for (const auto& c : header) {
      if (c.text.empty()) out_.error("E0502", c.span, "a column has no name", "expected a name");
      else if (const auto [it, fresh] = seen.emplace(c.text, c.span); !fresh) {
        auto& d = out_.error("E0503", c.span, "the column `" + c.text + "` stands twice", "the second time");
        d.remarks.push_back({it->second, "first here"});
      }
      table_.columns.push_back(c.text);
      table_.places.push_back(c.span);
    }
    while (at_ < text_.size()) {
      if (text_[at_] == '\n' || text_[at_] == '\r') {
        next_line();
        continue;
      }
      const std::size_t from = at_;
      bad_ = false;
      auto cells = row();
      if (bad_) continue;  // said already
      if (cells.size() > 1 && std::ranges::all_of(cells, [](const auto& c) { return c.text.empty(); })) continue;
      if (cells.size() != table_.columns.size()) {
        const bool few = cells.size() < table_.columns.size();
        out_.error("E0504", span(from, std::max(from + 1, line_end_)),
                   "a row of " + std::to_string(cells.size()) + (cells.size() == 1 ? " cell under " : " cells under ") +
                       std::to_string(table_.columns.size()) + " columns",
                   few ? "cells are missing" : "more cells than columns",
                   few ? "an empty cell still needs its comma" : "a cell with a comma in it needs double quotes");
        continue;
      }
      table_.rows.push_back(std::move(cells));
    }
    return std::move(table_);
  }

 private:
  Span span(std::size_t b, std::size_t e) const {
    return {file_, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(e)};
  }

  void error(const char* code, std::size_t b, std::size_t e, std::string message, std::string label) {
    out_.error(code, span(b, e), std::move(message), std::move(label));
    bad_ = true;
  }

  bool bytes() {
    for (std::size_t i = at_; i < text_.size();) {
      const std::size_t n = utf8_length(text_, i);
      const char* why = n == 0 ? "this byte" : refused(text_, i, n);
      if (why) {
        out_.error("E0505", span(i, i + std::max<std::size_t>(n, 1)),
                   n == 0 ? "this is no UTF-8 text" : "a character that cannot stand in a table", why,
                   n == 0             ? "save the file as UTF-8"
                   : text_[i] == '\r' ? "lines end with LF or CR LF"
                                      : "");
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

  // Blanks around a cell, quoted or not, do not belong to it.
  Table::Cell cell() {
    const auto ends = [&] {
      return at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\n' || text_[at_] == '\r';
    };
    const auto skip = [&] {
      while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    };
    skip();
    const std::size_t from = at_;
    if (at_ >= text_.size() || text_[at_] != '"') {
      while (!ends()) ++at_;
      std::size_t to = at_;
      while (to > from && text_[to - 1] == ' ') --to;
      return {std::string(text_.substr(from, to - from)), span(from, to)};
    }
    std::string value;
    ++at_;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        error("E0506", from, from + 1, "this quote is not closed", "opened here");
        at_ = text_.size();
        return {std::move(value), span(from, from + 1)};
      }
      value += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ >= text_.size() || text_[at_] != '"') break;
      value += '"';
      ++at_;
    }
    const std::size_t to = at_;
    skip();
    if (!ends()) {
      const std::size_t b = at_;
      while (!ends()) ++at_;
      error("E0507", b, at_, "text behind a closing quote", "expected a comma or the line's end");
    }
    return {std::move(value), span(from, to)};
  }

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  Table table_;
  std::size_t at_ = 0, line_end_ = 0;
  bool bad_ = false;  // an error in the present row was said
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
