// The part of the reader that takes numbers: alone, by year, from levers, and from the rows of a table.
#include <algorithm>
#include <charconv>

#include "entente/base/nearest.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

namespace {

// Whether a path is that of a number's year: `prefix` (with its last dot) and four digits.
bool year_of(const std::string& path, const std::string& prefix) {
  return path.size() == prefix.size() + 4 && path.starts_with(prefix) &&
         std::all_of(path.end() - 4, path.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

ParamId Reader::add_fixed(std::string path, double value, Span span) {
  Parameter p{.path = std::move(path), .span = span, .implicit = true};
  p.number.distribution = number::Distribution::fixed(value);
  p.number.span = span;
  const auto id = static_cast<ParamId>(parameters.size());
  by_path.emplace(p.path, id);
  parameters.push_back(std::move(p));
  return id;
}

ParamId Reader::copy(ParamId from, std::string path) {
  Parameter p = parameters[from];
  p.path = std::move(path);
  const auto id = static_cast<ParamId>(parameters.size());
  by_path.insert_or_assign(p.path, id);
  parameters.push_back(std::move(p));
  return id;
}

ParamId Reader::one_number(NodeId node, const std::string& path, const number::Expected& expected,
                           std::uint32_t source) {
  const auto& n = document_[node];
  if (n.kind != Kind::scalar) {
    out_.error("E0304", whole(node), "here a number is expected",
               n.kind == Kind::map ? "this is a mapping" : "this is no number",
               n.kind == Kind::map && by_year(node) ? "this number is the same for every year" : "");
    return none;
  }
  const number::Place place{text::inside(n, 0, n.text.size()), n.style == text::Style::plain};
  const auto read = number::parse_number(n.text, place, expected, out_);
  if (!read) return none;
  Parameter p{.path = path, .number = *read, .source = source, .span = n.span};
  if (read->citation) {
    p.source = find_source(read->citation->source, read->citation->span);
    p.grade = read->citation->grade;
  }
  if (p.grade.empty() && p.source != none) p.grade = source_list[p.source].grade;
  if (expected.chance_allowed && expected.domain_known) {  // a question's own chance: it integrates, nothing is tossed
    p.number.chance = false;
    p.integrates = true;
  }
  const auto id = static_cast<ParamId>(parameters.size());
  by_path.insert_or_assign(path, id);
  parameters.push_back(std::move(p));
  return id;
}

YearNumber Reader::number(const Field& f, NodeId node, const std::string& path, const Units& units,
                          std::uint32_t source) {
  const bool driver = f.name == "drivers";
  number::Expected expected{.unit = unit_of(f, units),
                            .unit_known = !driver && f.unit != "?",
                            .domain = f.domain,
                            .domain_known = !driver,
                            .chance_allowed = f.chance || driver};
  YearNumber out;
  if (!f.by_year || !by_year(node)) {
    const ParamId id = one_number(node, path, expected, source);
    if (id != none) out.at.emplace_back(0, id);
    return out;
  }
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key = document_[keys[i]].text;
    const ParamId id = one_number(items[i], path + "." + key, expected, source);
    if (id != none) out.at.emplace_back(std::stoi(key), id);
  }
  std::ranges::sort(out.at);
  return out;
}

void Reader::patch_number(const std::string& lever, NodeId node, const std::string& place, std::uint32_t source) {
  std::vector<ParamId> targets;
  if (const auto it = by_path.find(place); it != by_path.end()) targets.push_back(it->second);
  const std::string prefix = place + ".";
  for (auto it = by_path.lower_bound(prefix); it != by_path.end() && it->first.starts_with(prefix); ++it)
    if (year_of(it->first, prefix)) targets.push_back(it->second);
  const auto expected_of = [&](ParamId id) {
    const auto& n = parameters[id].number;
    const bool known = n.form == number::Form::distribution;  // a formula's unit is found later
    return number::Expected{.unit = n.unit,
                            .unit_known = known || !place.starts_with("drivers."),
                            .domain = n.domain,
                            .domain_known = known || !place.starts_with("drivers."),
                            .chance_allowed = parameters[id].integrates};
  };
  const std::string own = "levers." + lever + "." + place;
  if (by_year(node)) {
    for (std::size_t i = 0; i < document_[node].keys.size(); ++i) {
      const NodeId key = document_[node].keys[i];
      const auto it = by_path.find(prefix + document_[key].text);
      if (it == by_path.end()) {
        out_.error("E0322", whole(key), "`" + place + "` has no number for " + document_[key].text,
                   "no such year there");
        continue;
      }
      const ParamId id =
          one_number(document_[node].items[i], own + "." + document_[key].text, expected_of(it->second), source);
      if (id != none) patches[lever].push_back({it->second, id});
    }
    return;
  }
  const ParamId id = one_number(node, own, expected_of(targets.front()), source);
  if (id == none) return;
  for (const ParamId t : targets) patches[lever].push_back({t, id});
}

void Reader::patch(const std::string& lever, NodeId node, const std::string& prefix, std::uint32_t source) {
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key = document_[keys[i]].text;
    if (key == "source" || key == "note") continue;
    const std::string place = prefix.empty() ? key : prefix + "." + key;
    const std::string below = place + ".";
    const auto param = by_path.lower_bound(place);
    const bool leaf = param != by_path.end() &&
                      (param->first == place || (param->first.starts_with(below) && year_of(param->first, below) &&
                                                 known_.find(place) == known_.end()));
    const auto group = known_.lower_bound(place);
    const bool mapping = group != known_.end() && (group->first == place || group->first.starts_with(below));
    if (document_[items[i]].kind == Kind::map && !by_year(items[i]) && (mapping || !leaf)) {
      if (mapping || (param != by_path.end() && param->first.starts_with(below))) {
        patch(lever, items[i], place, own_source(items[i], source));
        continue;
      }
    } else if (leaf) {
      patch_number(lever, items[i], place, source);
      continue;
    }
    std::vector<std::string> names;
    const std::string stem = prefix.empty() ? "" : prefix + ".";
    for (auto it = by_path.lower_bound(stem); it != by_path.end() && it->first.starts_with(stem); ++it) {
      const std::string rest = it->first.substr(stem.size());
      const std::string name = prefix.empty() ? rest : rest.substr(0, rest.find('.'));
      if (names.empty() || names.back() != name) names.push_back(name);
      if (prefix.empty())
        for (auto dot = rest.rfind('.'); dot != std::string::npos;
             dot = dot ? rest.rfind('.', dot - 1) : std::string::npos)
          names.push_back(rest.substr(0, dot));
    }
    out_.error("E0320", whole(keys[i]), "there is no number at `" + place + "` to set",
               "a lever sets only places that exist", did_you_mean(key, names));
  }
}

NodeId Reader::table(NodeId node) {
  const NodeId name = document_.find(node, "table");
  if (name == no_node || document_[name].kind != Kind::scalar) return node;
  const auto& cell = document_[name];
  const std::filesystem::path path = folder_ / cell.text;
  if (std::filesystem::path(cell.text).is_absolute() || cell.text.find("..") != std::string::npos) {
    out_.error("E0330", cell.span, "a table lies in the situation's own folder", "no absolute path and no `..`");
    return no_node;
  }
  auto content = text::read_file(path.string(), 256u << 20);
  if (!content) {
    out_.error("E0331", cell.span, content.error().message, "this table cannot be read");
    return no_node;
  }
  const std::size_t errors = out_.errors();
  const auto file = sources_.add(path.string(), std::move(*content));
  const text::Table rows = text::read_table(sources_, file, out_);
  if (out_.errors() != errors) return no_node;
  text::Node map{.kind = Kind::map, .span = cell.span};
  std::map<std::string, Span> seen;
  for (const auto& row : rows.rows) {
    if (row.empty()) continue;
    if (const auto [it, fresh] = seen.emplace(row[0].text, row[0].span); !fresh) {
      auto& d = out_.error("E0332", row[0].span, "`" + row[0].text + "` stands twice in this table", "the second time");
      d.remarks.push_back({it->second, "first here"});
      continue;
    }
    text::Node entry{.kind = Kind::map, .span = row[0].span};
    std::map<std::string, NodeId> inner;
    for (std::size_t c = 1; c < row.size(); ++c) {
      if (row[c].text.empty()) continue;
      text::Node value{
          .kind = Kind::scalar, .style = text::Style::double_quoted, .span = row[c].span, .text = row[c].text};
      const NodeId id = document_.add(std::move(value));
      const std::string& column = rows.columns[c];
      const auto dot = column.find('.');
      const auto key_node = [&](std::string key) {
        return document_.add({.kind = Kind::scalar, .span = row[c].span, .text = std::move(key)});
      };
      if (dot == std::string::npos) {
        entry.keys.push_back(key_node(column));
        entry.items.push_back(id);
        continue;
      }
      const std::string outer = column.substr(0, dot);
      if (!inner.contains(outer)) {
        const NodeId sub = document_.add({.kind = Kind::map, .span = row[0].span});
        inner[outer] = sub;
        entry.keys.push_back(key_node(outer));
        entry.items.push_back(sub);
      }
      const NodeId key = key_node(column.substr(dot + 1));
      document_.nodes[inner[outer]].keys.push_back(key);
      document_.nodes[inner[outer]].items.push_back(id);
    }
    map.keys.push_back(document_.add({.kind = Kind::scalar, .span = row[0].span, .text = row[0].text}));
    map.items.push_back(document_.add(std::move(entry)));
  }
  for (std::size_t i = 0; i < document_[node].keys.size(); ++i) {  // further entries beside the table
    const std::string key = document_[document_[node].keys[i]].text;
    if (key == "table") continue;
    map.keys.push_back(document_[node].keys[i]);
    map.items.push_back(document_[node].items[i]);
  }
  return document_.add(std::move(map));
}

}  // namespace entente::situation
