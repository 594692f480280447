// The part of the reader that takes numbers, alone and by year, and registers each as a parameter.
#include <algorithm>

#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

ParamId Reader::added(bool last) {
  by_path.add(parameters, last);
  return static_cast<ParamId>(parameters.size() - 1);
}

ParamId Reader::add_fixed(std::string path, double value, Span span) {
  Parameter& p = parameters.emplace_back();
  p.path = std::move(path);
  p.span = span;
  p.implicit = true;
  p.number.distribution = number::Distribution::fixed(value);
  p.number.span = span;
  return added(false);
}

ParamId Reader::add_toss(std::string path, Span span) {
  const ParamId id = add_fixed(std::move(path), 0.5, span);
  parameters[id].number.distribution = number::Distribution::uniform(0, 1).value();
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
  const bool good = number::parse_number(n.text, place(n), expected, numbers_out_, p.number);
  if (!numbers_out_.all().empty()) {
    for (Diagnostic d : numbers_out_.all()) {
      if (d.hint.empty()) d.hint = says;
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
  if (p.grade.empty() && p.source != none) p.grade = source_list[p.source].grade;
  if (expected.chance_allowed && expected.domain_known) {  // a question's own chance: it integrates, nothing is tossed
    p.number.chance = false;
    p.integrates = true;
  }
  return added(true);
}

YearNumber Reader::number(const Field& f, NodeId node, std::string path, const Units& units, std::uint32_t source) {
  const bool driver = f.name == "drivers";
  auto unit = unit_of(f, units);
  const bool known = unit.has_value();
  number::Expected expected{.unit = known ? std::move(*unit) : number::Unit{},
                            .unit_known = !driver && f.unit != "?" && known,
                            .domain = f.domain,
                            .domain_known = !driver,
                            .chance_allowed = f.chance || driver};
  if (!f.by_year || !by_year(node)) {
    const ParamId id = one_number(node, std::move(path), expected, source, f.says);
    return id == none ? YearNumber() : YearNumber(id);
  }
  std::vector<YearNumber::At> out;
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key(document_[keys[i]].text);
    const ParamId id = one_number(items[i], below(path, key), expected, source, f.says);
    if (id != none) out.emplace_back(std::stoi(key), id);
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
                 "letters, digits and hyphens, no dots or spaces");
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
