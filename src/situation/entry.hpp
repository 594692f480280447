// What the generic reader makes of a mapping: one value per field of its record, in the record's order. Only this
// folder sees it; sections turn it into the plain structures of situation.hpp.
#pragma once
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/situation/situation.hpp"
#include "entente/text/node.hpp"

namespace entente::situation {

struct Word {
  std::string text;
  Span span;
};

struct Entry;

struct Value {
  bool written = false;  // something stands there, be it wrong
  bool present = false;  // and it could be read
  Span span;
  text::NodeId node = text::no_node;
  std::string text;  // text, date, word, condition, unit
  number::Place place;
  std::vector<Word> words;                           // words; the name of each entry of `records`
  YearNumber number;                                 // number (given also when it is the fallback)
  std::vector<std::pair<Word, YearNumber>> numbers;  // numbers
  std::vector<std::pair<Word, std::vector<std::pair<Word, YearNumber>>>> matrix;  // matrix
  std::vector<int> years;
  bool flag = false;
  number::Unit unit;
  std::vector<Entry> entries;  // record, records
};

using Units = std::map<std::string, number::Unit>;

struct Entry {
  const Record* record = nullptr;
  std::string path, name;
  Span span, name_span;
  std::vector<Value> values;
  std::uint32_t source = none;
  Units units;

  [[nodiscard]] const Value& operator[](std::string_view field) const { return values[record->index(field)]; }
  [[nodiscard]] bool has(std::string_view field) const { return (*this)[field].present; }
  [[nodiscard]] bool wrote(std::string_view field) const { return (*this)[field].written; }
};

// Reads a tree of nodes by the table; registers every number as a parameter.
class Reader {
 public:
  Reader(text::Document& document, SourceMap& sources, Diagnostics& out, std::filesystem::path folder)
      : document_(document), sources_(sources), out_(out), folder_(std::move(folder)) {}

  // `node` read as `record` under `path`; units and the source are inherited.
  Entry read(text::NodeId node, const Record& record, std::string path, Units units, std::uint32_t source);
  void read_levers(const Entry& root);  // after everything else: they set only places that exist

  std::vector<Parameter> parameters;
  std::vector<SourceEntry> source_list;
  std::map<std::string, ParamId, std::less<>> by_path;
  std::map<std::string, std::vector<Patch>> patches;  // by lever
  [[nodiscard]] std::vector<std::string> field_names(const Record& record) const;
  ParamId add_fixed(std::string path, double value, Span span);
  ParamId copy(ParamId from, std::string path);  // the same number drawn apart

 private:
  struct Known {
    const Record* record;
    Units units;
  };
  void value(Value& v, const Field& field, text::NodeId node, const std::string& path, Entry& entry);
  void read_map(Entry& entry, text::NodeId node);
  void records(Value& v, const Field& field, text::NodeId node, const std::string& path, const Entry& entry);
  std::vector<std::pair<Word, YearNumber>> number_map(const Field& field, text::NodeId node, const std::string& path,
                                                      const Units& units, std::uint32_t source);
  void money(const Value& price, Entry& entry);
  text::NodeId table(text::NodeId node);
  YearNumber number(const Field& field, text::NodeId node, const std::string& path, const Units& units,
                    std::uint32_t source);
  ParamId one_number(text::NodeId node, const std::string& path, const number::Expected& expected,
                     std::uint32_t source);
  number::Unit unit_of(const Field& field, const Units& units) const;
  void patch(const std::string& lever, text::NodeId node, const std::string& prefix, std::uint32_t source);
  void patch_number(const std::string& lever, text::NodeId node, const std::string& place, std::uint32_t source);
  std::uint32_t find_source(std::string_view id, Span span);
  std::uint32_t own_source(text::NodeId map, std::uint32_t inherited);
  void read_sources(const Value& v);
  bool scalar(text::NodeId node, const std::string& what);
  [[nodiscard]] bool by_year(text::NodeId node) const;
  [[nodiscard]] Span whole(text::NodeId node) const;

  text::Document& document_;
  SourceMap& sources_;
  Diagnostics& out_;
  std::filesystem::path folder_;
  std::map<std::string, Known> known_;
};

}  // namespace entente::situation
