// The generic reader: walks a mapping by the rows of its record. Unknown keys, missing fields, wrong kinds and wrong
// numbers are all reported here, once, for every section; a section adds only what is particular to it.
#include <algorithm>
#include <charconv>

#include "entente/base/nearest.hpp"
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

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return "a single value";
    case Kind::map:
      return "a mapping";
    case Kind::list:
      return "a list";
  }
  return "";
}

bool read_year(std::string_view s, int& year) {
  if (s.size() != 4) return false;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), year);
  return error == std::errc{} && end == s.data() + s.size() && year >= 1000;
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

// A name, or in the cell of a table several with semicolons between them.
void split_words(const text::Node& n, std::vector<Word>& out) {
  for (std::size_t from = 0; from <= n.text.size();) {
    const std::size_t to = std::min(n.text.find(';', from), n.text.size());
    std::size_t b = from, e = to;
    while (b < e && n.text[b] == ' ') ++b;
    while (e > b && n.text[e - 1] == ' ') --e;
    out.push_back({n.text.substr(b, e - b), text::inside(n, b, e - b)});
    from = to + 1;
  }
}

const Record* question_kind(const text::Document& d, NodeId node) {
  for (const Record* r : question_records())
    if (d.find(node, r->name) != no_node) return r;
  return nullptr;
}

}  // namespace

Span Reader::whole(NodeId node) const { return node == no_node ? Span{} : document_[node].span; }

std::vector<std::string> Reader::field_names(const Record& record) const {
  std::vector<std::string> names;
  for (const Field& f : record.fields) names.push_back(f.name);
  names.insert(names.end(), {"source", "note"});
  return names;
}

bool Reader::scalar(NodeId node, const std::string& what) {
  if (document_[node].kind == Kind::scalar) return true;
  out_.error("E0304", whole(node), what + " takes a single value",
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
  for (std::uint32_t i = 0; i < source_list.size(); ++i)
    if (source_list[i].id == id) return i;
  std::vector<std::string> names;
  for (const auto& s : source_list) names.push_back(s.id);
  out_.error("E0310", span, "the source `" + std::string(id) + "` is not declared", "no such name under `sources`",
             did_you_mean(id, names));
  return none;
}

std::uint32_t Reader::own_source(NodeId map, std::uint32_t inherited) {
  if (document_[map].kind != Kind::map) return inherited;
  const NodeId s = document_.find(map, "source");
  if (s == no_node || !scalar(s, "`source`")) return inherited;
  const std::uint32_t found = find_source(document_[s].text, document_[s].span);
  return found == none ? inherited : found;
}

Entry Reader::read(NodeId node, const Record& record, std::string path, Units units, std::uint32_t source) {
  Entry entry;
  entry.record = &record;
  entry.path = std::move(path);
  entry.span = whole(node);
  entry.units = std::move(units);
  entry.values.resize(record.fields.size());
  const Kind kind = document_[node].kind;
  const bool short_form = kind == Kind::scalar || (!record.shorthand.empty() && by_year(node));
  if (short_form && !record.shorthand.empty()) {
    entry.source = source;
    const std::size_t i = record.index(record.shorthand);
    value(entry.values[i], record.fields[i], node, entry.path, entry);
  } else if (kind == Kind::map) {
    entry.source = &record == &root_record() ? none : own_source(node, source);
    read_map(entry, node);
  } else {
    out_.error("E0303", whole(node), a(record.name) + " is a mapping", std::string("this is ") + kind_name(kind),
               record.fields.empty() ? "" : "such as {" + record.fields.front().name + ": ...}");
    return entry;
  }
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Field& f = record.fields[i];
    Value& v = entry.values[i];
    if (v.written || v.present || short_form) continue;
    if (f.required) {
      Span at = entry.name_span.known() ? entry.name_span : entry.span;
      if (at.end - at.begin > 60) at.end = at.begin + 1;
      out_.error("E0302", at, "this " + record.name + " has no `" + f.name + "`", "`" + f.name + "` is missing",
                 f.says);
    } else if (!f.fallback.empty()) {
      number::Expected expected{.unit = unit_of(f, entry.units), .domain = f.domain};
      Diagnostics quiet;
      const auto n = number::parse_number(f.fallback, {entry.span, false}, expected, quiet);
      if (!n) continue;
      Parameter p{.path = entry.path + "." + f.name, .number = *n, .span = entry.span, .implicit = true};
      v.number.at.emplace_back(0, static_cast<ParamId>(parameters.size()));
      by_path.emplace(p.path, static_cast<ParamId>(parameters.size()));
      parameters.push_back(std::move(p));
    }
  }
  known_.insert_or_assign(entry.path, Known{&record, entry.units});
  return entry;
}

void Reader::read_map(Entry& entry, NodeId node) {
  const Record& record = *entry.record;
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const auto& key = document_[keys[k]];
    if (record.index(key.text) != Record::npos || key.text == "source" || key.text == "note") continue;
    const auto names = field_names(record);
    std::string hint = did_you_mean(key.text, names);
    if (hint.empty()) {
      hint = a(record.name) + " knows ";
      for (std::size_t i = 0; i + 2 < names.size() && i < 12; ++i) hint += (i ? ", " : "") + names[i];
    }
    out_.error("E0301", key.span, a(record.name) + " knows no `" + key.text + "`", "unknown key", hint);
  }
  for (std::size_t i = 0; i < record.fields.size(); ++i) {  // in the record's order: units and sources come first
    const Field& f = record.fields[i];
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (document_[keys[k]].text != f.name) continue;
      if (document_[items[k]].kind == Kind::null) {
        out_.error("E0305", document_[keys[k]].span, "`" + f.name + "` has no value", "nothing follows", f.says);
        continue;
      }
      const std::string path = f.name == record.shorthand ? entry.path
                               : entry.path.empty()       ? f.name
                                                          : entry.path + "." + f.name;
      value(entry.values[i], f, items[k], path, entry);
    }
    if (&record == &root_record() && f.name == "sources") {
      read_sources(entry.values[i]);
      entry.source = own_source(node, none);
    }
  }
}

void Reader::read_sources(const Value& v) {
  for (const Entry& e : v.entries) {
    SourceEntry s{e.name,        e["title"].text, e["publisher"].text, e["date"].text,
                  e["url"].text, e["grade"].text, e["note"].text,      e.name_span};
    const auto& g = s.grade;
    if (!g.empty() && (g.size() != 2 || g[0] < 'A' || g[0] > 'F' || g[1] < '1' || g[1] > '6'))
      out_.error("E0311", e["grade"].span, "`" + g + "` is no grade", "a letter A to F and a digit 1 to 6",
                 "B2: usually reliable, probably true");
    source_list.push_back(std::move(s));
  }
}

number::Unit Reader::unit_of(const Field& field, const Units& units) const {
  if (field.unit.empty() || field.unit == "?") return {};
  if (field.unit[0] != '$') {
    const auto u = number::parse_unit(field.unit);
    return u ? *u : number::Unit{};
  }
  const auto variable = [&](std::string_view name) {
    const auto it = units.find(std::string(name.substr(1)));
    return it == units.end() ? number::Unit{} : it->second;
  };
  const auto slash = field.unit.find('/');
  if (slash == std::string::npos) return variable(field.unit);
  number::Unit u = variable(field.unit.substr(0, slash)) / variable(field.unit.substr(slash + 1));
  return u;
}

void Reader::value(Value& v, const Field& f, NodeId node, const std::string& path, Entry& entry) {
  v.node = node;
  v.written = true;
  v.span = whole(node);
  const std::string what = "`" + f.name + "`";
  const auto& n = document_[node];
  const auto take_scalar = [&] {
    if (!scalar(node, what)) return false;
    v.text = n.text;
    v.place = {text::inside(n, 0, n.text.size()), n.style == text::Style::plain};
    v.present = true;
    return true;
  };
  switch (f.kind) {
    case FieldKind::text:
    case FieldKind::condition:
      take_scalar();
      break;
    case FieldKind::date:
      if (take_scalar() && !is_date(v.text, f.name != "as_of")) {
        out_.error(
            "E0306", v.span, "`" + v.text + "` is no date",
            f.name == "as_of" ? "a date is written 2025-05-09" : "a date is written 2025-05-09, 2025-05 or 2025");
        v.text.clear();
      }
      break;
    case FieldKind::flag:
      if (!take_scalar()) break;
      if (v.text != "true" && v.text != "false")
        out_.error("E0307", v.span, what + " is true or false", "this is neither");
      v.flag = v.text == "true";
      break;
    case FieldKind::year:
    case FieldKind::years: {
      const std::vector<NodeId> list = n.kind == Kind::list ? n.items : std::vector<NodeId>{node};
      for (const NodeId item : list) {
        int year = 0;
        if (document_[item].kind != Kind::scalar || !read_year(document_[item].text, year))
          out_.error("E0308", whole(item), what + " takes a year", "a year has four digits");
        else v.years.push_back(year);
      }
      v.present = !v.years.empty();
      break;
    }
    case FieldKind::unit: {
      if (!take_scalar()) break;
      const auto u = number::parse_unit(v.text);
      if (!u) {
        out_.error("E0309", v.span, u.error().message, "no unit that is known here", u.error().where);
        break;
      }
      v.unit = *u;
      entry.units[f.name] = *u;
      if (f.name == "price" && entry.record->name == "market") money(v, entry);
      break;
    }
    case FieldKind::number:
      v.number = number(f, node, path, entry.units, entry.source);
      v.present = v.number.given();
      break;
    case FieldKind::word:
      if (!take_scalar()) break;
      v.words.push_back({v.text, v.span});
      if (!f.options.empty() && std::ranges::find(f.options, v.text) == f.options.end()) {
        std::string all;
        for (const auto& o : f.options) all += (all.empty() ? "" : ", ") + o;
        const std::string meant = did_you_mean(v.text, f.options);
        out_.error("E0312", v.span, what + " knows no `" + v.text + "`", "one of " + all, meant);
      }
      break;
    case FieldKind::words: {
      const std::vector<NodeId> list = n.kind == Kind::list ? n.items : std::vector<NodeId>{node};
      for (const NodeId item : list) {
        if (!scalar(item, what)) continue;
        split_words(document_[item], v.words);
      }
      v.present = !v.words.empty();
      break;
    }
    case FieldKind::record:
      v.entries.push_back(read(node, *f.record, path, entry.units, entry.source));
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
          out_.error("E0312", v.span, what + " knows no `" + v.text + "`",
                     "a mapping from names to numbers, or one of its words", did_you_mean(v.text, f.options));
        break;
      }
      if (n.kind != Kind::map) {
        out_.error("E0303", v.span, what + " is a mapping from names to numbers",
                   std::string("this is ") + kind_name(n.kind));
        break;
      }
      v.numbers = number_map(f, node, path, entry.units, own_source(node, entry.source));
      v.present = true;
      break;
    }
    case FieldKind::matrix: {
      if (n.kind != Kind::map) {
        out_.error("E0303", v.span, what + " is a mapping from names to mappings",
                   std::string("this is ") + kind_name(n.kind));
        break;
      }
      const std::uint32_t source = own_source(node, entry.source);
      const auto keys = n.keys;
      const auto items = n.items;
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string name = document_[keys[i]].text;
        if (name == "source" || name == "note") continue;
        if (document_[items[i]].kind != Kind::map) {
          out_.error("E0303", whole(items[i]), "`" + name + "` is a mapping from names to numbers",
                     std::string("this is ") + kind_name(document_[items[i]].kind));
          continue;
        }
        v.matrix.emplace_back(Word{name, whole(keys[i])},
                              number_map(f, items[i], path + "." + name, entry.units, own_source(items[i], source)));
      }
      v.present = true;
      break;
    }
    case FieldKind::patch:
      v.present = true;
      break;
  }
}

// Names may be those of groups: `west`, `each west`, `others`; who is meant is the section's business.
std::vector<std::pair<Word, YearNumber>> Reader::number_map(const Field& f, NodeId node, const std::string& path,
                                                            const Units& units, std::uint32_t source) {
  std::vector<std::pair<Word, YearNumber>> out;
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string name = document_[keys[i]].text;
    if (name == "source" || name == "note") continue;
    const bool each = name.starts_with("each ");
    const std::string bare = each ? name.substr(5) : name;
    if (!number::is_name(bare)) {
      out_.error("E0313", whole(keys[i]), "`" + name + "` is no name",
                 "letters, digits and hyphens, no dots or spaces");
      continue;
    }
    out.emplace_back(Word{name, whole(keys[i])},
                     number(f, items[i], path + "." + (each ? "each-" + bare : bare), units, source));
  }
  return out;
}

// Price times quantity is money a year. Capital and gains are told in billions of that money.
void Reader::money(const Value& v, Entry& entry) {
  const auto q = entry.units.find("quantity");
  if (q == entry.units.end()) return;
  const number::Unit product = v.unit * q->second;
  for (const char* currency : {"USD", "EUR", "RUB", "CNY"}) {
    const auto flow = number::parse_unit(std::string("B ") + currency + "/yr");
    const auto stock = number::parse_unit(std::string("B ") + currency);
    if (!flow || !stock || !product.same_dimension(*flow)) continue;
    entry.units["money"] = *flow;
    entry.units["capital"] = *stock;
    return;
  }
  out_.error("E0315", v.span, "price times quantity is not money a year",
             "`" + v.unit.text + "` times `" + q->second.text + "`", "such as quantity bcm/yr and price USD/kcm");
  entry.units["money"] = product;
  entry.units["capital"] = product;
}

void Reader::records(Value& v, const Field& f, NodeId node, const std::string& path, const Entry& entry) {
  if (document_[node].kind != Kind::map) {
    out_.error("E0303", whole(node), "`" + f.name + "` is a mapping from names",
               std::string("this is ") + kind_name(document_[node].kind));
    return;
  }
  node = table(node);
  if (node == no_node) return;
  const std::uint32_t source = f.name == "sources" ? none : own_source(node, entry.source);
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  v.present = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string name = document_[keys[i]].text;
    const Span at = whole(keys[i]);
    if (f.name != "sources" && (name == "source" || name == "note")) continue;
    const bool outcome = f.record->name == "outcome";  // may be named after a quantity, with dots
    if (!outcome && !number::is_name(name)) {
      out_.error("E0313", at, "`" + name + "` is no name", "letters, digits and hyphens, no dots or spaces");
      continue;
    }
    const Record* record = f.record;
    if (f.name == "questions" && entry.record == &root_record()) {
      record = document_[items[i]].kind == Kind::map ? question_kind(document_, items[i]) : nullptr;
      if (!record) {
        std::string kinds;
        std::vector<std::string> names;
        for (const Record* r : question_records()) {
          kinds += (kinds.empty() ? "" : ", ") + r->name;
          names.push_back(r->name);
        }
        std::string hint;
        if (document_[items[i]].kind == Kind::map)
          for (const NodeId k : document_[items[i]].keys)
            if (hint.empty()) hint = did_you_mean(document_[k].text, names);
        out_.error("E0314", at, "the question `" + name + "` is of no known kind", "its kinds: " + kinds, hint);
        continue;
      }
    }
    if (document_[items[i]].kind == Kind::null) {
      out_.error("E0305", at, "`" + name + "` has no value", "nothing follows", record->says);
      continue;
    }
    Entry e = read(items[i], *record, path + "." + name, entry.units, source);
    e.name = name;
    e.name_span = at;
    v.words.push_back({name, at});
    v.entries.push_back(std::move(e));
  }
  known_.insert_or_assign(path, Known{nullptr, entry.units});
}

void Reader::read_levers(const Entry& root) {
  const Value& levers = root["levers"];
  for (const Entry& e : levers.entries) {
    if (!e.has("set")) continue;
    const NodeId node = e["set"].node;
    if (document_[node].kind != Kind::map) {
      out_.error("E0303", whole(node), "`set` is a mapping from places to numbers",
                 "such as {markets.gas.links.X: {capacity: 5}}");
      continue;
    }
    patch(e.name, node, "", own_source(node, e.source));
  }
}

}  // namespace entente::situation
