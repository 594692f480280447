// The generic reader: walks a mapping by the rows of its record. Unknown keys, missing fields, wrong kinds and wrong
// numbers are all reported here, once, for every section; a section adds only what is particular to it.
#include <algorithm>
#include <charconv>

#include "entente/base/spelling.hpp"
#include "entente/situation/proposed.hpp"
#include "entry.hpp"

namespace entente::situation {
namespace {

using text::Kind;
using text::no_node;
using text::NodeId;

// "an actor", "a market".
std::string a(const std::string& name) {
  return (std::string_view("aeiou").find(name.front()) == std::string_view::npos ? "a " : "an ") + name;
}

// 2025-05-09; with `partial` also 2025-05 and 2025, for what is dated no better.
bool is_date(std::string_view s, bool partial) {
  if (s.size() != 10 && !(partial && (s.size() == 7 || s.size() == 4))) return false;
  for (std::size_t i = 0; i < s.size(); ++i)
    if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
  const auto two = [&](std::size_t at) { return (s[at] - '0') * 10 + s[at + 1] - '0'; };
  const int year = 100 * two(0) + two(2), month = s.size() > 4 ? two(5) : 1, day = s.size() > 7 ? two(8) : 1;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int length[]{31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month >= 1 && month <= 12 && day >= 1 && day <= length[month - 1];
}

// Kinds of field below which numbers stand, which have paths.
bool holds_numbers(FieldKind k) {
  return k == FieldKind::number || k == FieldKind::numbers || k == FieldKind::matrix || k == FieldKind::record ||
         k == FieldKind::records;
}

// A name, or in the cell of a table several with semicolons between them.
void split_words(const text::Node& n, std::vector<Word>& out) {
  for (std::size_t from = 0; from <= n.text.size();) {
    const std::size_t to = std::min(n.text.find(';', from), n.text.size());
    std::size_t b = from, e = to;
    while (b < e && n.text[b] == ' ') ++b;
    while (e > b && n.text[e - 1] == ' ') --e;
    out.push_back({std::string(n.text.substr(b, e - b)), text::inside(n, b, e - b)});
    from = to + 1;
  }
}

}  // namespace

bool read_year(std::string_view s, int& year) {
  if (s.size() != 4) return false;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), year);
  return error == std::errc{} && end == s.data() + s.size() && year >= 1000;
}

Span Reader::whole(NodeId node) const { return node == no_node ? Span{} : document_[node].span; }

std::vector<std::string> Reader::field_names(const Record& record) const {
  std::vector<std::string> names;
  for (const Field& f : record.fields) names.push_back(f.name);
  names.insert(names.end(), {"source", "note"});
  return names;
}

bool Reader::scalar(NodeId node, std::string_view name) {
  if (document_[node].kind == Kind::scalar) return true;
  out_.error("E0304", whole(node), "`" + std::string(name) + "` takes a single value",
             std::string("this is ") + kind_name(document_[node].kind));
  return false;
}

bool Reader::by_year(NodeId node) const {
  const auto& n = document_[node];
  if (n.kind != Kind::map || n.keys.empty()) return false;
  int year = 0;
  return std::ranges::all_of(n.keys, [&](NodeId k) { return read_year(document_[k].text, year); });
}

std::uint32_t Reader::find_source(std::string_view id, Span span) {
  if (const auto it = source_index_.find(std::string(id)); it != source_index_.end()) return it->second;
  const auto names = [&] {
    std::vector<std::string> all;
    for (const auto& s : source_list) all.push_back(s.id);
    return all;
  };
  out_.error("E0310", span, "the source `" + std::string(id) + "` is not declared", "no such name under `sources`",
             meant(id, names));
  return none;
}

std::uint32_t Reader::own_source(NodeId map, std::uint32_t inherited) {
  if (document_[map].kind != Kind::map) return inherited;
  const NodeId s = document_.find(map, "source");
  if (s == no_node || !scalar(s, "source")) return inherited;
  const std::uint32_t found = find_source(document_[s].text, document_[s].span);
  return found == none ? inherited : found;
}

Entry Reader::read(NodeId node, const Record& record, std::string path, Units units, std::uint32_t source, Span name) {
  Entry entry;
  entry.record = &record;
  entry.name_span = name;
  entry.path = std::move(path);
  entry.span = whole(node);
  entry.units = std::move(units);
  const Kind kind = document_[node].kind;
  const bool short_form = kind == Kind::scalar || (!record.shorthand.empty() && by_year(node));
  if (short_form && !record.shorthand.empty()) {
    entry.source = source;
    const std::size_t i = record.index(record.shorthand);
    Value& v = entry.values.emplace_back();
    v.field = i;
    v.written = true;
    value(v, record.fields[i], node, entry.path, entry);
    return entry;
  } else if (kind == Kind::map) {
    entry.source = &record == &registry_.root() ? none : own_source(node, source);
    read_map(entry, node);
  } else {
    out_.error("E0303", whole(node), a(record.name) + " is a mapping", std::string("this is ") + kind_name(kind),
               record.fields.empty() ? "" : "such as {" + record.fields.front().name + ": ...}");
    return entry;
  }
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Field& f = record.fields[i];
    if ((!f.required && f.fallback.empty()) || entry.find(i)) continue;
    if (f.required) {
      Span at = entry.name_span.known() ? entry.name_span : entry.span;
      if (at.end - at.begin > 60) at.end = at.begin + 1;
      out_.error("E0302", at, "this " + record.name + " has no `" + f.name + "`", "`" + f.name + "` is missing",
                 f.says);
    } else {
      const auto unit = unit_of(f, entry.units);
      number::Expected expected{.unit = unit.value_or(number::Unit{}), .domain = f.domain};
      Diagnostics quiet;
      const auto n = number::parse_number(f.fallback, {entry.span, false}, expected, quiet);
      if (!n) continue;
      parameters.push_back(
          {.path = entry.path + "." + f.name, .number = *n, .span = entry.span, .implicit = true, .field = &f});
      Value& v = entry.values.emplace_back();
      v.field = i;
      v.number = YearNumber(added(false));
    }
  }
  return entry;
}

void Reader::unknown(const Record& record, const text::Node& key) {
  if (key.text == "source" || key.text == "note") return;
  if (!told_.emplace(key.span.file, key.span.begin).second) return;
  const auto names = field_names(record);
  std::string hint = did_you_mean(key.text, names);
  if (hint.empty()) {
    hint = a(record.name) + " knows ";
    for (std::size_t i = 0; i + 2 < names.size() && i < 12; ++i) hint += (i ? ", " : "") + names[i];
  }
  out_.error("E0301", key.span, a(record.name) + " knows no `" + std::string(key.text) + "`", "unknown key", hint);
}

void Reader::read_map(Entry& entry, NodeId node) {
  const Record& record = *entry.record;
  const auto keys = document_[node].keys, items = document_[node].items;
  entry.values.reserve(std::min(keys.size(), record.fields.size()));
  const std::size_t first = where_.size();  // from here on: by field, which key is its own
  where_.resize(first + record.fields.size(), none);
  for (std::uint32_t k = 0; k < keys.size(); ++k) {
    const auto& key = document_[keys[k]];
    if (const std::size_t field = record.index(key.text); field != Record::npos) where_[first + field] = k;
    else unknown(record, key);
  }
  for (std::size_t i = 0; i < record.fields.size(); ++i) {  // in the record's order: units and sources come first
    const Field& f = record.fields[i];
    if (const std::uint32_t k = where_[first + i]; k != none) {
      const NodeId item = items[k];
      Value& v = entry.values.emplace_back();
      v.field = i;
      v.written = true;
      v.key = document_[keys[k]].span;
      if (document_[item].kind != Kind::null)
        value(v, f, item,
              !holds_numbers(f.kind)       ? std::string()
              : f.name == record.shorthand ? entry.path
                                           : below(entry.path, f.name),
              entry);
      else if (!document_[item].refused)
        out_.error("E0305", v.key, "`" + f.name + "` has no value", "nothing follows", f.says);
    }
    if (f.kind == FieldKind::units) declare_units(entry[f.name]);
    if (f.cited) {
      read_sources(entry[f.name]);
      entry.source = own_source(node, none);
    }
  }
  where_.resize(first);
}

void Reader::read_sources(const Value& v) {
  for (const Entry& e : v.entries) {
    SourceEntry s{e.name,        e["title"].text, e["publisher"].text, e["date"].text,
                  e["url"].text, e["grade"].text, e["note"].text,      e.name_span};
    const auto& g = s.grade;
    if (!g.empty() && (g.size() != 2 || g[0] < 'A' || g[0] > 'F' || g[1] < '1' || g[1] > '6'))
      out_.error("E0311", e["grade"].span, "`" + g + "` is no grade", "a letter A to F and a digit 1 to 6",
                 "B2: usually reliable, probably true");
    if (is_assistant(s.id)) {
      keep_to_grade(g, e["grade"].span, out_);
      s.grade = assistant_grade;
    }
    source_index_.emplace(s.id, static_cast<std::uint32_t>(source_list.size()));
    source_list.push_back(std::move(s));
  }
}

std::optional<number::Unit> Reader::unit_of(const Field& field, const Units& units) const {
  if (field.unit.empty() || field.unit == "?") return number::Unit{};
  if (field.unit[0] != '$') {
    const auto u = number::parse_unit(field.unit);
    return u ? *u : number::Unit{};
  }
  const auto variable = [&](std::string_view name) -> std::optional<number::Unit> {
    const bool optional = name.ends_with('?');
    const number::Unit* unit = units.find(name.substr(1, name.size() - 1 - optional));
    if (!unit) return optional ? std::optional(number::Unit{}) : std::nullopt;
    return *unit;
  };
  const auto slash = field.unit.find('/');
  if (slash == std::string::npos) return variable(field.unit);
  const auto over = variable(field.unit.substr(0, slash)), under = variable(field.unit.substr(slash + 1));
  if (!over || !under) return std::nullopt;
  return *over / *under;
}

void Reader::value(Value& v, const Field& f, NodeId node, std::string path, Entry& entry) {
  v.node = node;
  v.span = whole(node);
  const auto what = [&] { return "`" + f.name + "`"; };
  const auto& n = document_[node];
  const auto take_scalar = [&] {
    if (!scalar(node, f.name)) return false;
    v.text = n.text;
    v.present = true;
    return true;
  };
  const auto empty = [&] { out_.error("E0305", v.span, what() + " has no value", "an empty list", f.says); };
  const auto empty_map = [&] { out_.error("E0305", v.span, what() + " has no value", "an empty mapping", f.says); };
  switch (f.kind) {
    case FieldKind::text:
    case FieldKind::condition:
      take_scalar();
      break;
    case FieldKind::date:
      if (take_scalar() && !is_date(v.text, !f.to_the_day)) {
        out_.error("E0306", v.span, "`" + v.text + "` is no date",
                   f.to_the_day ? "a date is written 2025-05-09" : "a date is written 2025-05-09, 2025-05 or 2025");
        v.text.clear();
      }
      break;
    case FieldKind::flag:
      if (!take_scalar()) break;
      if (v.text != "true" && v.text != "false")
        out_.error("E0307", v.span, what() + " is true or false", "this is neither");
      v.flag = v.text == "true";
      break;
    case FieldKind::year:
    case FieldKind::years: {
      const auto list = document_.elements(node);
      for (const NodeId item : list) {
        int year = 0;
        if (document_[item].kind != Kind::scalar || !read_year(document_[item].text, year))
          out_.error("E0308", whole(item), what() + " takes a year", "a year has four digits");
        else if (std::ranges::find(v.years(), year) != v.years().end())
          out_.error("E0819", whole(item), "`" + std::string(document_[item].text) + "` stands twice in this list",
                     "the second time");
        else v.rare().years.push_back(year);
      }
      v.present = !v.years().empty();
      if (list.empty()) empty();
      break;
    }
    case FieldKind::unit: {
      if (!take_scalar()) break;
      const auto u = number::parse_unit(v.text, &unit_book);
      if (!u) {
        out_.error("E0309", v.span, u.error().message, "no unit that is known here", u.error().where);
        break;
      }
      v.rare().unit = *u;
      entry.units.set(f.name, *u);
      if (!f.earns.empty()) money(v, f.earns, entry);
      break;
    }
    case FieldKind::number:
      if (n.kind == Kind::scalar && std::ranges::find(f.options, n.text) != f.options.end()) {
        take_scalar();
        break;
      }
      v.number = number(f, node, std::move(path), entry.units, entry.source);
      v.present = v.number.given();
      break;
    case FieldKind::word:
      if (!take_scalar()) break;
      v.words.push_back({v.text, v.span});
      if (!f.options.empty() && std::ranges::find(f.options, v.text) == f.options.end()) {
        std::string all;
        for (const auto& o : f.options) all += (all.empty() ? "" : ", ") + o;
        const std::string near = did_you_mean(v.text, f.options);
        out_.error("E0312", v.span, what() + " knows no `" + v.text + "`", "one of " + all, near);
      }
      break;
    case FieldKind::words: {
      const auto list = document_.elements(node);
      for (const NodeId item : list) {
        if (!scalar(item, f.name)) continue;
        split_words(document_[item], v.words);
      }
      v.present = !v.words.empty();
      if (list.empty() && f.required) empty();
      break;
    }
    case FieldKind::record:
      v.entries.push_back(read(node, *f.record, std::move(path), entry.units, entry.source, v.key));
      v.present = true;
      break;
    case FieldKind::records:
      records(v, f, node, path, entry);
      break;
    case FieldKind::numbers: {
      if (n.kind == Kind::scalar && !f.options.empty()) {
        v.text = n.text;
        v.present = true;
        if (std::ranges::find(f.options, v.text) == f.options.end())
          out_.error("E0312", v.span, what() + " knows no `" + v.text + "`",
                     "a mapping from names to numbers, or one of its words", did_you_mean(v.text, f.options));
        break;
      }
      if (n.kind != Kind::map) {
        out_.error("E0303", v.span, what() + " is a mapping from names to numbers",
                   std::string("this is ") + kind_name(n.kind));
        break;
      }
      if (n.keys.empty() && f.required) empty_map();
      v.rare().numbers = number_map(f, node, path, entry.units, own_source(node, entry.source));
      v.present = true;
      break;
    }
    case FieldKind::matrix: {
      if (n.kind != Kind::map) {
        out_.error("E0303", v.span, what() + " is a mapping from names to mappings",
                   std::string("this is ") + kind_name(n.kind));
        break;
      }
      if (n.keys.empty() && f.required) empty_map();
      const std::uint32_t source = own_source(node, entry.source);
      const auto keys = n.keys;
      const auto items = n.items;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string name(document_[keys[i]].text);
        if (name == "source" || name == "note") continue;
        if (document_[items[i]].kind != Kind::map) {
          out_.error("E0303", whole(items[i]), "`" + name + "` is a mapping from names to numbers",
                     std::string("this is ") + kind_name(document_[items[i]].kind));
          continue;
        }
        v.rare().matrix.emplace_back(Word{name, whole(keys[i])}, number_map(f, items[i], below(path, name), entry.units,
                                                                            own_source(items[i], source)));
      }
      v.present = true;
      break;
    }
    case FieldKind::column:
      if (!take_scalar()) break;
      v.rare().numbers = column(f, node, entry);
      break;
    case FieldKind::whole: {
      if (!take_scalar()) break;
      int number = 0;
      const auto [end, error] = std::from_chars(v.text.data(), v.text.data() + v.text.size(), number);
      if (error == std::errc{} && end == v.text.data() + v.text.size()) v.rare().whole = number;
      break;
    }
    case FieldKind::lists:
      v.rare().lists = lists(f, node);
      v.present = n.kind == Kind::map;
      break;
    case FieldKind::units:
    case FieldKind::patch:
      v.present = true;
      break;
  }
}

Lists Reader::lists(const Field& f, NodeId node) {
  Lists out;
  if (document_[node].kind != Kind::map) {
    out_.error("E0303", whole(node), "`" + f.name + "` is a mapping from names to lists of names",
               std::string("this is ") + kind_name(document_[node].kind), f.says);
    return out;
  }
  const auto keys = document_[node].keys, items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& key = document_[keys[i]];
    if (key.text == "source" || key.text == "note") continue;
    const auto kind = document_[items[i]].kind;
    if (kind != Kind::list && kind != Kind::scalar) {
      out_.error("E0303", whole(items[i]), "`" + std::string(key.text) + "` is a list of names",
                 std::string("this is ") + kind_name(kind), "such as [USA, EUR]");
      continue;
    }
    auto& [name, words] = out.emplace_back(Word{std::string(key.text), key.span}, std::vector<Word>{});
    for (const NodeId item : document_.elements(items[i]))
      if (scalar(item, name.text)) words.push_back({std::string(document_[item].text), document_[item].span});
  }
  return out;
}

}  // namespace entente::situation
