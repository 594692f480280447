// The part of the reader that takes numbers, alone and by year, and registers each as a parameter.
#include <algorithm>

#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

ParamId Reader::add_fixed(std::string path, double value, Span span) {
  Parameter p{.path = std::move(path), .span = span, .implicit = true};
  p.number.distribution = number::Distribution::fixed(value);
  p.number.span = span;
  const auto id = static_cast<ParamId>(parameters.size());
  parameters.push_back(std::move(p));
  by_path.add(parameters, false);
  return id;
}

ParamId Reader::copy(ParamId from, std::string path) {
  Parameter p = parameters[from];
  p.path = std::move(path);
  const auto id = static_cast<ParamId>(parameters.size());
  parameters.push_back(std::move(p));
  by_path.add(parameters, true);
  return id;
}

ParamId Reader::one_number(NodeId node, const std::string& path, const number::Expected& expected, std::uint32_t source,
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
  Diagnostics mine;
  auto read = number::parse_number(n.text, place(n), expected, mine);
  for (Diagnostic d : mine.all()) {
    if (d.hint.empty()) d.hint = says;
    out_.add(std::move(d));
  }
  if (!read) return none;
  Parameter p{.path = path, .number = std::move(*read), .source = source, .span = n.span};
  if (const auto& cited = p.number.citation) {
    p.source = find_source(cited->source, cited->span);
    p.grade = cited->grade;
  }
  if (p.grade.empty() && p.source != none) p.grade = source_list[p.source].grade;
  if (expected.chance_allowed && expected.domain_known) {  // a question's own chance: it integrates, nothing is tossed
    p.number.chance = false;
    p.integrates = true;
  }
  const auto id = static_cast<ParamId>(parameters.size());
  parameters.push_back(std::move(p));
  by_path.add(parameters, true);
  return id;
}

YearNumber Reader::number(const Field& f, NodeId node, const std::string& path, const Units& units,
                          std::uint32_t source) {
  const bool driver = f.name == "drivers";
  const auto unit = unit_of(f, units);
  number::Expected expected{.unit = unit.value_or(number::Unit{}),
                            .unit_known = !driver && f.unit != "?" && unit,
                            .domain = f.domain,
                            .domain_known = !driver,
                            .chance_allowed = f.chance || driver};
  YearNumber out;
  if (!f.by_year || !by_year(node)) {
    const ParamId id = one_number(node, path, expected, source, f.says);
    if (id != none) out.at.emplace_back(0, id);
    return out;
  }
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key = document_[keys[i]].text;
    const ParamId id = one_number(items[i], path + "." + key, expected, source, f.says);
    if (id != none) out.at.emplace_back(std::stoi(key), id);
  }
  std::ranges::sort(out.at);
  return out;
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
    if (const auto& n = document_[items[i]]; f.rest && n.kind == Kind::scalar && n.text == "rest") {
      out.emplace_back(Word{name, whole(keys[i])}, YearNumber{{{0, none}}});
      continue;
    }
    out.emplace_back(Word{name, whole(keys[i])},
                     number(f, items[i], path + "." + (each ? "each-" + bare : bare), units, source));
  }
  return out;
}

}  // namespace entente::situation
