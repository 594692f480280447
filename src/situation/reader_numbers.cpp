// The part of the reader that takes numbers, alone and by year, and registers each as a parameter.
#include <algorithm>

#include "entente/situation/proposed.hpp"
#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

std::string better_name(std::string_view name, bool hyphen) {
  std::string out;
  bool gap = false;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!letter && !(hyphen && c == '-')) {
      gap = true;
      continue;
    }
    if (gap && !out.empty() && hyphen) out += '-';
    out += c;
    gap = false;
  }
  return number::is_name(out) ? "write `" + out + "`" : "";
}

ParamId Reader::added(bool last) {
  by_path.add(parameters, last);
  return static_cast<ParamId>(parameters.size() - 1);
}

ParamId Reader::add(Parameter number) {
  parameters.push_back(std::move(number));
  return added(true);
}

ParamId Reader::add_fixed(std::string path, double value, Span span) {
  Parameter& p = parameters.emplace_back();
  p.path = std::move(path);
  p.span = span;
  p.implicit = true;
  p.role = Role::presence;
  p.number.distribution = number::Distribution::fixed(value);
  p.number.span = span;
  return added(false);
}

ParamId Reader::add_toss(std::string path, Span span) {
  const ParamId id = add_fixed(std::move(path), 0.5, span);
  parameters[id].number.distribution = number::Distribution::uniform(0, 1).value();
  parameters[id].role = Role::place;
  return id;
}

ParamId Reader::copy(ParamId from, std::string path) {
  Parameter p = parameters[from];
  p.path = std::move(path);
  parameters.push_back(std::move(p));
  return added(true);
}

ParamId Reader::one_number(NodeId node, std::string path, const number::Expected& expected, std::uint32_t source,
                           const std::string& says) {
  const auto& n = document_[node];
  if (n.refused) return none;
  if (n.kind != Kind::scalar) {
    int year = 0;
    const bool some = n.kind == Kind::map &&
                      std::ranges::any_of(n.keys, [&](NodeId k) { return read_year(document_[k].text, year); });
    out_.error("E0304", whole(node), "here a number is expected", std::string("this is ") + kind_name(n.kind),
               by_year(node) ? "this number is the same for every year"
               : some        ? "a number by year has nothing but years in its mapping"
                             : says);
    return none;
  }
  Parameter& p = parameters.emplace_back();
  number::Expected here = expected;
  here.book = &unit_book;
  const bool good = number::parse_number(n.text, place(n), here, numbers_out_, p.number);
  if (!numbers_out_.all().empty()) {
    for (Diagnostic d : numbers_out_.all()) {
      if (d.hint.empty() && d.code == "E0202" && expected.domain_known) d.hint = says;
      out_.add(std::move(d));
    }
    numbers_out_ = Diagnostics();
  }
  if (!good) {
    parameters.pop_back();
    return none;
  }
  p.path = std::move(path);
  p.source = source;
  p.span = n.span;
  if (const auto& cited = p.number.citation) {
    p.source = find_source(cited->source, cited->span);
    p.grade = cited->grade;
  }
  // A pool rests on all its opinions: on the first one's source, unless it names its own, and on the worst of their
  // grades.
  for (const auto& o : p.number.opinions) {
    if (!o.citation) continue;
    const std::uint32_t of = find_source(o.citation->source, o.citation->span);
    if (of == none) continue;
    const bool assistant = is_assistant(source_list[of].id);
    const std::string& grade = o.citation->grade.empty() || assistant ? source_list[of].grade : o.citation->grade;
    if (!p.number.citation &&
        (p.grade.empty() || (!grade.empty() && grade[1] * 8 + grade[0] > p.grade[1] * 8 + p.grade[0])))
      p.grade = grade;
    if (!p.number.citation && &o == p.number.opinions.data()) p.source = of;
  }
  if (p.number.citation && p.source != none && is_assistant(source_list[p.source].id)) {
    keep_to_grade(p.grade, p.number.citation->span, out_);
    p.grade.clear();
  }
  if (p.grade.empty() && p.source != none) p.grade = source_list[p.source].grade;
  if (expected.chance_allowed && expected.domain_known) {  // a question's own chance: it integrates, nothing is tossed
    p.number.chance = false;
    p.integrates = true;
  }
  const bool event = p.number.form == number::Form::reference && p.number.chance;
  const ParamId id = added(true);
  if (event) toss(id);
  return id;
}

// `p chance` with p a driver: 1 where a number of its own, even between 0 and 1, lies below p.
void Reader::toss(ParamId id) {
  Parameter own;
  own.path = parameters[id].path + ".toss";
  own.source = parameters[id].source;
  own.grade = parameters[id].grade;
  own.span = parameters[id].span;
  own.number.distribution = *number::Distribution::uniform(0, 1);
  own.number.domain = number::Domain::share();
  own.number.text = parameters[id].number.text;
  own.number.span = own.span;
  const std::string name = own.path.substr(own.path.rfind('.', own.path.size() - 6) + 1);
  parameters.push_back(std::move(own));
  tosses.emplace_back(name, added(true));
  number::Number& n = parameters[id].number;
  Diagnostics quiet;
  n.form = number::Form::formula;
  n.chance = false;
  n.formula = number::parse_expression("if(" + name + " < " + n.reference + ", 1, 0)", {n.span, false}, quiet);
}

namespace {

// Calls with every word of a number or formula that may be a driver's name, with its dots.
template <class Each>
void names_in(std::string_view text, const Each& each) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    if (letter(text[at]))
      while (end < text.size() && (letter(text[end]) || (text[end] >= '0' && text[end] <= '9') || text[end] == '-' ||
                                   text[end] == '_' || text[end] == '.'))
        ++end;
    if (end > at) each(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
}

}  // namespace

// `seat: a seat in the chamber` is a new unit, `EUR: = 1.08 USD @ecb` a multiple of known ones.
void Reader::declare_units(const Value& v) {
  if (v.node == no_node) return;
  const auto& map = document_[v.node];
  if (map.kind != Kind::map) {
    out_.error("E0303", whole(v.node), "`units` is a mapping from words to what they mean",
               std::string("this is ") + kind_name(map.kind),
               "such as {seat: a seat in the chamber, EUR: = 1.08 USD @ecb}");
    return;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const std::string name(document_[map.keys[i]].text);
    const auto& item = document_[map.items[i]];
    if (name == "source" || name == "note") continue;
    if (item.kind != Kind::scalar) {
      out_.error("E0319", whole(map.keys[i]), "the unit `" + name + "` is said in a word or as a multiple",
                 std::string("this is ") + kind_name(item.kind), "such as `a seat in the chamber`, or `= 12 seat`");
      continue;
    }
    Result<void> done;
    if (item.text.starts_with('=')) {
      number::Place at = place(item);
      if (at.exact) at.span = at.at(1, item.text.size() - 1);
      const auto n = number::parse_number(item.text.substr(1), at,
                                          {.unit_known = false, .domain_known = false, .book = &unit_book}, out_);
      if (!n) continue;
      if (n->form != number::Form::distribution || !n->distribution.is_fixed() || n->unit.plain()) {
        out_.error("E0319", item.span, "a unit is a number of another", "not one number with its unit",
                   "such as `= 12 seat`; an uncertain rate is a driver");
        continue;
      }
      if (n->citation) (void)find_source(n->citation->source, n->citation->span);
      done = unit_book.declare(name, n->distribution.median(), n->unit);
    } else {
      done = unit_book.declare(name, std::string(item.text));
    }
    if (!done)
      out_.error("E0319", whole(map.keys[i]), done.error().message, "no unit of this file", done.error().where);
  }
}

std::vector<int> Reader::years_in(std::string_view text) {
  const NodeId drivers =
      document_[document_.root].kind == Kind::map ? document_.find(document_.root, "drivers") : no_node;
  if (drivers == no_node || document_[drivers].kind != Kind::map) return {};
  if (!some_by_year_)
    some_by_year_ = std::ranges::any_of(document_[drivers].items, [&](NodeId n) { return by_year(n); });
  if (!*some_by_year_) return {};
  std::vector<int> out;
  if (const auto at = text.rfind('@'); at != std::string_view::npos) text = text.substr(0, at);
  names_in(text, [&](std::string_view name) {
    if (const auto it = years_of_.find(name); it != years_of_.end()) {
      out.insert(out.end(), it->second.begin(), it->second.end());
      return;
    }
    const NodeId node = document_.find(drivers, name);
    if (node == no_node) return;
    years_of_.emplace(name, std::vector<int>());  // a circle ends here, and is complained about later
    std::vector<int> years;
    if (by_year(node))
      for (const NodeId k : document_[node].keys) years.push_back(std::stoi(std::string(document_[k].text)));
    else if (document_[node].kind == Kind::scalar && document_[node].text.starts_with('='))
      years = years_in(document_[node].text);
    years_of_.find(name)->second = years;
    out.insert(out.end(), years.begin(), years.end());
  });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// One number for each year, with the drivers' values of that year: `lng: = 0.13 * gas` with gas by year.
YearNumber Reader::in_years(const std::vector<int>& years, NodeId node, const std::string& path,
                            const number::Expected& expected, std::uint32_t source, const std::string& says) {
  std::vector<YearNumber::At> out;
  for (const int year : years) {
    const ParamId id = one_number(node, below(path, std::to_string(year)), expected, source, says);
    if (id == none) return {};
    number::Number& n = parameters[id].number;
    const auto dated = [&](std::string& name) {
      if (!years_in(name).empty()) name += "." + std::to_string(year);
    };
    if (n.form == number::Form::reference) dated(n.reference);
    for (auto& t : n.formula.terms)
      if (t.op == number::Op::name) dated(t.name);
    out.emplace_back(year, id);
  }
  return YearNumber(std::move(out));
}

namespace {

// `5 to 20 % @source` of `5 to 20 % together @source`; nothing where the word does not stand there.
std::optional<std::string> without_word(std::string_view text, std::string_view word) {
  const std::size_t cited = std::min(text.find('@'), text.size());
  std::string_view head = text.substr(0, cited);
  while (head.ends_with(' ')) head.remove_suffix(1);
  if (!head.ends_with(word)) return std::nullopt;
  head.remove_suffix(word.size());
  if (!head.ends_with(' ')) return std::nullopt;
  while (head.ends_with(' ')) head.remove_suffix(1);
  return std::string(head) + (cited < text.size() ? " " : "") + std::string(text.substr(cited));
}

}  // namespace

YearNumber Reader::number(const Field& f, NodeId node, std::string path, const Units& units, std::uint32_t source) {
  const bool driver = f.free;
  auto unit = unit_of(f, units);
  const bool known = unit.has_value();
  number::Expected expected{.unit = known ? std::move(*unit) : number::Unit{},
                            .unit_known = !driver && f.unit != "?" && known,
                            .domain = f.domain,
                            .domain_known = !driver,
                            .chance_allowed = f.chance || driver};
  bool worded = false;
  if (!f.or_chance.empty() && document_[node].kind == Kind::scalar)
    if (auto bare = without_word(document_[node].text, f.or_chance)) {
      expected.domain = {0, 1, true, true};
      const Span span = document_[node].span;
      node = document_.add({.kind = Kind::scalar,
                            .style = text::Style::folded,  // not as it is written: the place is the whole
                            .span = span,
                            .text = document_.keep(*bare)});
      worded = true;
    }
  const auto of_field = [&](ParamId id) {
    if (id == none) return;
    const bool tossed = id + 1 < parameters.size() && parameters[id + 1].path == parameters[id].path + ".toss";
    for (ParamId p = id; p <= id + tossed; ++p) {
      parameters[p].field = &f;
      if (driver) parameters[p].role = Role::driver;
    }
    parameters[id].most = f.most;
    if (worded) parameters[id].number.text += " " + f.or_chance;
  };
  if (f.by_year && document_[node].kind == Kind::scalar)
    if (const auto years = years_in(document_[node].text); !years.empty()) {
      YearNumber out = in_years(years, node, path, expected, source, f.says);
      for (const auto& [year, id] : out.at()) of_field(id);
      return out;
    }
  if (!f.by_year || !by_year(node)) {
    const ParamId id = one_number(node, std::move(path), expected, source, f.says);
    of_field(id);
    return id == none ? YearNumber() : YearNumber(id);
  }
  std::vector<YearNumber::At> out;
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key(document_[keys[i]].text);
    const ParamId id = one_number(items[i], below(path, key), expected, source, f.says);
    if (id == none) continue;
    of_field(id);
    out.emplace_back(std::stoi(key), id);
  }
  std::ranges::sort(out);
  return YearNumber(std::move(out));
}

// Names may be those of groups: `west`, `each west`, `others`; who is meant is the section's business.
Numbers Reader::number_map(const Field& f, NodeId node, const std::string& path, const Units& units,
                           std::uint32_t source) {
  Numbers out;
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  out.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string_view name = document_[keys[i]].text;
    if (name == "source" || name == "note") continue;
    const bool each = name.starts_with("each ");
    const std::string_view bare = each ? name.substr(5) : name;
    if (!number::is_name(bare)) {
      out_.error("E0313", whole(keys[i]), "`" + std::string(name) + "` is no name",
                 "letters, digits and hyphens, no dots or spaces",
                 odd_character(bare).empty() ? better_name(bare, true) : odd_character(bare));
      continue;
    }
    if (f.free && (number::is_reserved(name) || number::is_family(name))) {
      out_.error("E0316", whole(keys[i]), "`" + std::string(name) + "` is a word of formulas and numbers",
                 "a driver needs a name of its own", "such as " + std::string(name) + "-1");
      continue;
    }
    if (const auto& n = document_[items[i]]; f.rest && n.kind == Kind::scalar && n.text == "rest") {
      out.emplace_back(Word{std::string(name), whole(keys[i])}, YearNumber(none));
      continue;
    }
    std::string place = each ? below(path, "each-").append(bare) : below(path, bare);
    out.emplace_back(Word{std::string(name), whole(keys[i])}, number(f, items[i], std::move(place), units, source));
  }
  return out;
}

}  // namespace entente::situation
