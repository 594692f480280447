// What the generic reader makes of a mapping: the values of its record's fields. This folder and
// the families see it; sections turn it into their plain structures.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/base/spelling.hpp"
#include "entente/situation/situation.hpp"
#include "entente/text/node.hpp"
#include "entente/text/table.hpp"

namespace entente::situation {

struct Word {
  std::string text;
  Span span;
};

struct Entry;

using Numbers = std::vector<std::pair<Word, YearNumber>>;
using Matrix = std::vector<std::pair<Word, Numbers>>;
using Lists = std::vector<std::pair<Word, std::vector<Word>>>;

// Tens of thousands are held at once, so what few of them have stands apart.
struct Value {
  std::size_t field = Record::npos;  // its place in the record
  bool written = false;              // something stands there, be it wrong
  bool present = false;              // and it could be read
  bool flag = false;
  Span key, span;
  text::NodeId node = text::no_node;
  std::string text;            // text, date, word, condition, unit
  std::vector<Word> words;     // word, words
  YearNumber number;           // number (given also when it is the fallback)
  std::vector<Entry> entries;  // record, records
  struct Rare {
    Numbers numbers;
    Matrix matrix;
    Lists lists;
    std::optional<int> whole;  // nothing where it is none, or no number that anybody means
    std::vector<int> years;
    number::Unit unit;
  };
  Rare& rare() { return rare_ ? *rare_ : *(rare_ = std::make_unique<Rare>()); }
  [[nodiscard]] const Numbers& numbers() const noexcept { return seen().numbers; }
  [[nodiscard]] const Matrix& matrix() const noexcept { return seen().matrix; }
  [[nodiscard]] const Lists& lists() const noexcept { return seen().lists; }
  [[nodiscard]] std::optional<int> whole() const noexcept { return seen().whole; }
  [[nodiscard]] const std::vector<int>& years() const noexcept { return seen().years; }
  [[nodiscard]] const number::Unit& unit() const noexcept { return seen().unit; }

 private:
  [[nodiscard]] const Rare& seen() const noexcept {
    static const Rare empty;
    return rare_ ? *rare_ : empty;
  }
  std::unique_ptr<Rare> rare_;
};

// The units in force, by name: inherited by all below, and shared with them until one is set.
class Units {
 public:
  [[nodiscard]] const number::Unit* find(std::string_view name) const {
    if (!all_) return nullptr;
    const auto it = all_->find(name);
    return it == all_->end() ? nullptr : &it->second;
  }
  [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] const number::Unit& at(std::string_view name) const { return *find(name); }
  void set(std::string name, number::Unit unit) {
    auto all = all_ ? std::make_shared<Map>(*all_) : std::make_shared<Map>();
    all->insert_or_assign(std::move(name), std::move(unit));
    all_ = std::move(all);
  }

 private:
  using Map = std::map<std::string, number::Unit, std::less<>>;
  std::shared_ptr<const Map> all_;
};

struct Entry {
  const Record* record = nullptr;
  std::string path, name;
  Span span, name_span;
  std::vector<Value> values;  // of the fields that are written, or have a fallback
  std::uint32_t source = none;
  Units units;

  [[nodiscard]] const Value* find(std::size_t field) const noexcept {
    const auto it = std::ranges::find(values, field, &Value::field);
    return it == values.end() ? nullptr : &*it;
  }
  [[nodiscard]] const Value& operator[](std::string_view field) const noexcept {
    static const Value nothing;
    const Value* v = find(record->index(field));
    return v ? *v : nothing;
  }
  [[nodiscard]] bool has(std::string_view field) const { return (*this)[field].present; }
  [[nodiscard]] bool wrote(std::string_view field) const { return (*this)[field].written; }
};

/// "write `South-Sudan`", where a name can be made of what was written; without hyphens for an actor.
[[nodiscard]] std::string better_name(std::string_view name, bool hyphen);
// What helps where a file lies outside what may be read.
inline constexpr const char* allow_hint = "`--allow FOLDER` takes files from another folder, for once";

// Four digits, from 1000 on.
[[nodiscard]] bool read_year(std::string_view s, int& year);

// "a single value", "a mapping", for messages.
[[nodiscard]] inline const char* kind_name(text::Kind kind) {
  return kind == text::Kind::null     ? "nothing"
         : kind == text::Kind::scalar ? "a single value"
         : kind == text::Kind::map    ? "a mapping"
                                      : "a list";
}

// A path one step deeper; at the top the name alone.
[[nodiscard]] inline std::string below(std::string_view path, std::string_view name) {
  std::string out;
  out.reserve(path.size() + 1 + name.size());
  out.append(path);
  if (!path.empty()) out += '.';
  return out.append(name);
}

// Where the text of a scalar stands; exact unless escapes or folding changed it.
[[nodiscard]] inline number::Place place(const text::Node& n) {
  const Span inner = text::inside(n, 0, n.text.size());
  const bool folded = n.style == text::Style::folded || n.style == text::Style::literal;
  return {inner, !folded && inner.end - inner.begin == n.text.size()};
}

// "did you mean ...?", as long as that does not cost too much: looking for the nearest of a hundred thousand names for
// each of a hundred thousand wrong ones would take minutes, and nobody reads so many hints.
class Meant {
 public:
  template <class Names>  // () -> vector of names
  std::string operator()(std::string_view name, const Names& names) {
    if (left_ == 0) return {};
    const std::vector<std::string> all = names();
    left_ -= std::min(left_, all.size() + 100);
    return did_you_mean(name, all);
  }

 private:
  std::size_t left_ = 500'000;
};

// Reads a tree of nodes by the table; registers every number as a parameter.
class Reader {
 public:
  // Files are told from `folder` on and lie in one of `roots`.
  Reader(text::Document& document, const Registry& registry, SourceMap& sources, Diagnostics& out,
         std::filesystem::path folder, std::vector<std::string> roots, const text::Files& files)
      : document_(document),
        registry_(registry),
        sources_(sources),
        out_(out),
        folder_(std::move(folder)),
        roots_(std::move(roots)),
        files_(files) {
    // About as many as there are numbers: they are large to move.
    parameters.reserve(std::min<std::size_t>(document.nodes.size() / 3, 1u << 18));
  }

  // `node` read as `record` under `path`; units and the source are inherited. `name`: where its name stands.
  Entry read(text::NodeId node, const Record& record, std::string path, Units units, std::uint32_t source,
             Span name = {});
  void read_levers(const Entry& root);  // after everything else: they set only places that exist

  std::vector<Parameter> parameters;
  std::vector<SourceEntry> source_list;
  Paths by_path;
  std::map<std::string, std::vector<Patch>> patches;  // by lever
  [[nodiscard]] std::vector<std::string> field_names(const Record& record) const;
  ParamId add(Parameter number);  ///< a number that a section makes
  ParamId add_fixed(std::string path, double value, Span span);
  ParamId add_toss(std::string path, Span span);                ///< uniform from 0 to 1; nobody wrote it
  [[nodiscard]] number::Place place_of(const Value& v) const {  // of a scalar's text
    return v.node == text::no_node ? number::Place{} : place(document_[v.node]);
  }
  ParamId copy(ParamId from, std::string path);         // the same number drawn apart
  number::UnitBook unit_book;                           // of the file
  std::vector<std::pair<std::string, ParamId>> tosses;  // numbers that decide events whose chance is a driver, by name
  // For a section that reads files of its own beside the situation.
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] const std::vector<std::string>& roots() const noexcept { return roots_; }
  [[nodiscard]] const text::Files& files() const noexcept { return files_; }
  [[nodiscard]] SourceMap& sources() noexcept { return sources_; }
  [[nodiscard]] const text::Document& document() const noexcept { return document_; }
  Meant meant;

 private:
  void value(Value& v, const Field& field, text::NodeId node, std::string path, Entry& entry);
  void read_map(Entry& entry, text::NodeId node);
  void unknown(const Record& record, const text::Node& key);
  void records(Value& v, const Field& field, text::NodeId node, const std::string& path, const Entry& entry);
  Numbers number_map(const Field& field, text::NodeId node, const std::string& path, const Units& units,
                     std::uint32_t source);
  void money(const Value& price, const std::string& times, Entry& entry);
  Lists lists(const Field& field, text::NodeId node);
  [[nodiscard]] bool in_table(std::string_view place) const;
  text::NodeId table(text::NodeId node);
  std::optional<text::Table> open_table(text::NodeId name);
  text::NodeId cell(const text::Table::Cell& c);
  Numbers column(const Field& field, text::NodeId node, const Entry& entry);
  YearNumber number(const Field& field, text::NodeId node, std::string path, const Units& units, std::uint32_t source);
  // `says`: what the place is for, the hint of complaints that have none.
  ParamId one_number(text::NodeId node, std::string path, const number::Expected& expected, std::uint32_t source,
                     const std::string& says = {});
  void toss(ParamId id);
  void declare_units(const Value& v);
  // The years of the drivers by year that a number names, itself or through others; empty: none.
  std::vector<int> years_in(std::string_view text);
  YearNumber in_years(const std::vector<int>& years, text::NodeId node, const std::string& path,
                      const number::Expected& expected, std::uint32_t source, const std::string& says);
  std::map<std::string, std::vector<int>, std::less<>> years_of_;  // of drivers asked for already
  std::optional<bool> some_by_year_;                               // whether any driver is
  ParamId added(bool last);  // the number just put behind the others; of two of one path the last or the first counts
  // Nothing where the unit itself was complained about.
  std::optional<number::Unit> unit_of(const Field& field, const Units& units) const;
  void mappings(const Entry& entry);  // puts its path and those below it into known_
  [[nodiscard]] std::string as_written(std::string path) const;
  [[nodiscard]] std::vector<ParamId>::const_iterator from(std::string_view path) const;
  void put(const std::string& lever, ParamId target, ParamId source);
  void patch(const std::string& lever, text::NodeId node, const std::string& prefix, std::uint32_t source);
  void patch_number(const std::string& lever, text::NodeId node, const std::string& place, std::uint32_t source);
  std::uint32_t find_source(std::string_view id, Span span);
  std::uint32_t own_source(text::NodeId map, std::uint32_t inherited);
  void read_sources(const Value& v);
  bool scalar(text::NodeId node, std::string_view name);
  [[nodiscard]] bool by_year(text::NodeId node) const;
  [[nodiscard]] Span whole(text::NodeId node) const;

  text::Document& document_;
  const Registry& registry_;
  SourceMap& sources_;
  Diagnostics& out_;
  std::filesystem::path folder_;
  std::vector<std::string> roots_;
  const text::Files& files_;
  std::vector<std::uint32_t> where_;  // by field of the mappings being read: its key; none
  Diagnostics numbers_out_;           // complaints about one number, before they have their hints
  std::vector<std::string> known_;    // paths of mappings, in order; while levers are read
  std::vector<ParamId> ordered_;      // numbers by path, those of levers left out; while levers are read
  std::unordered_map<std::string, std::uint32_t> source_index_;
  std::set<std::pair<std::string, ParamId>> set_;           // by which lever which number
  std::set<std::pair<std::uint32_t, std::uint32_t>> told_;  // places of unknown keys: a table's column is told once
};

}  // namespace entente::situation
