// What the readers of an economy's tables share: a table whose columns and cells are asked for by name, numbers in
// their domain, and lists of names.
#pragma once
#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/result.hpp"
#include "entente/base/spelling.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "text/utf8.hpp"

namespace entente::situation {

using text::Table;
inline constexpr double adds_up = 1e-5;  // what sums of shares may miss, as published tables do
inline constexpr std::size_t largest_file = std::size_t{1} << 30;

// A table with its file, whose columns and cells are asked for by name.
class Sheet {
 public:
  // `named`: where the file is named, for one that cannot be read.
  Sheet(const std::string& name, Result<std::string> content, SourceMap& sources, Diagnostics& out, Span named = {})
      : out_(out) {
    if (!content) {
      out.error("E0680", named, content.error().message, named.known() ? "named here" : "",
                "the base of an economy is a folder of five tables");
      return;
    }
    file_ = sources.add(name, std::move(*content));
    const std::size_t before = out.errors();
    table_ = text::read_table(sources, file_, out);
    good_ = out.errors() == before;
  }

  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] const Table& table() const noexcept { return table_; }
  [[nodiscard]] Span whole() const { return table_.places.empty() ? Span{file_, 0, 1} : table_.places.front(); }

  // The column of that name, or a complaint.
  std::size_t column(const std::string& name) {
    const std::size_t at = table_.column(name);
    if (at == Table::npos && good_) {
      out_.error("E0680", whole(), "this table has no column `" + name + "`", "header row",
                 did_you_mean(name, table_.columns));
      good_ = false;
    }
    return at;
  }

  // A complaint of every column that is none of these: a misspelt one would silently say nothing.
  void only(const std::vector<std::string>& names) {
    for (std::size_t k = 0; k < table_.columns.size(); ++k) {
      if (std::ranges::find(names, table_.columns[k]) != names.end()) continue;
      out_.error("E0680", table_.places[k], "this table knows no column `" + text::shorten(table_.columns[k], 40) + "`",
                 "unknown", did_you_mean(table_.columns[k], names));
      good_ = false;
    }
  }

  // A finite number that `domain` takes, or a complaint.
  std::optional<double> number(const Table::Cell& cell, const char* wants, const std::function<bool(double)>& domain) {
    double x = 0;
    const char* end = cell.text.data() + cell.text.size();
    const auto r = std::from_chars(cell.text.data(), end, x);
    if (r.ec == std::errc{} && r.ptr == end && domain(x)) return x;
    out_.error("E0682", cell.span, "`" + text::shorten(cell.text, 40) + "` cannot stand here", wants);
    return std::nullopt;
  }

 private:
  Diagnostics& out_;
  Table table_;
  std::uint32_t file_ = Span::no_file;
  bool good_ = false;
};

inline bool finite(double x) { return std::isfinite(x); }
inline bool from_zero(double x) { return std::isfinite(x) && x >= 0; }
inline bool share(double x) { return x >= 0 && x <= 1 + adds_up; }
inline bool above_zero(double x) { return std::isfinite(x) && x > 0; }
inline bool rate(double x) { return std::isfinite(x) && x > -1; }

// A rate of hundreds of percent is more often percent written where a fraction belongs than a tariff. The first of a
// table is told; true when it was.
inline bool steep(double rate, Span at, Diagnostics& out) {
  if (rate < 5) return false;
  const auto percent = std::to_string(static_cast<long long>(std::min(100 * rate, 1e15)));
  out.warning("W0683", at, "a tariff of " + percent + " %", "taken as it stands",
              "rates are fractions here: 0.25 is 25 percent");
  return true;
}

// Names with their numbers.
class Names {
 public:
  Names(std::vector<std::string>& list, const char* kind) : list_(list), kind_(kind) {}

  void add(const Table::Cell& cell, Diagnostics& out) {
    if (cell.text.empty() || cell.text == "*")
      out.error("E0681", cell.span, std::string("a ") + kind_ + " needs a name", "a name");
    else if (!index_.emplace(cell.text, static_cast<std::uint32_t>(list_.size())).second)
      out.error("E0683", cell.span, std::string("the ") + kind_ + " `" + cell.text + "` stands twice",
                "the second time");
    else {
      list_.push_back(cell.text);
      places_.push_back(cell.span);
    }
  }

  [[nodiscard]] bool knows(const Table::Cell& cell) const { return index_.contains(cell.text); }

  // Where the name of that number stands; of a list without names, nowhere.
  [[nodiscard]] Span place(std::size_t i) const { return i < places_.size() ? places_[i] : Span{}; }

  // Complains where there are none or too many of them.
  void number(const char* what, Span table, Diagnostics& out) const {
    if (list_.empty() || list_.size() > 2000)
      out.error("E0686", list_.empty() ? table : places_.back(),
                std::string("an economy has from one to 2000 ") + what + ", not " + std::to_string(list_.size()),
                list_.empty() ? "no row under this header" : "the last of them");
  }

  std::optional<std::uint32_t> find(const Table::Cell& cell, Diagnostics& out) const {
    if (const auto it = index_.find(cell.text); it != index_.end()) return it->second;
    out.error("E0681", cell.span,
              std::string("there is no ") + kind_ + " `" + text::shorten(cell.text, 40) + "` in the base", "unknown",
              did_you_mean(cell.text, list_));
    return std::nullopt;
  }

 private:
  std::vector<std::string>& list_;
  const char* kind_;
  std::vector<Span> places_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

}  // namespace entente::situation
