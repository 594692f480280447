// Levers: places and the numbers to put there. They are read after everything else, because they set only places that
// exist; a place is looked up by its path among the parameters, a mapping of places among the records.
#include <algorithm>

#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::NodeId;

namespace {

// Whether a path is that of a number's year: `prefix` (with its last dot) and four digits.
bool year_of(const std::string& path, const std::string& prefix) {
  return path.size() == prefix.size() + 4 && path.starts_with(prefix) &&
         std::all_of(path.end() - 4, path.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

// A tie may be named either way round: the path of the one that is there.
std::string Reader::as_written(std::string path) const {
  const std::size_t from = path.rfind('.') + 1, hyphen = path.find('-', from);  // npos + 1 is 0
  if (hyphen == std::string::npos || by_path.find(parameters, path) != none) return path;
  const auto actor = [&](const std::string& name) { return by_path.find(parameters, "presence." + name) != none; };
  const std::string a = path.substr(from, hyphen - from), b = path.substr(hyphen + 1);
  std::string turned = path.substr(0, from) + b + "-" + a;
  return actor(a) && actor(b) && by_path.find(parameters, turned) != none ? turned : path;
}

void Reader::mappings(const Entry& entry) {
  known_.push_back(entry.path);
  for (const Value& v : entry.values) {
    const Field& f = entry.record->fields[v.field];
    if (f.kind == FieldKind::records && v.present)
      known_.push_back(f.name == entry.record->shorthand ? entry.path : below(entry.path, f.name));
    for (const Entry& e : v.entries) mappings(e);
  }
}

// The first number whose path is not before this one.
std::vector<ParamId>::const_iterator Reader::from(std::string_view path) const {
  return std::ranges::lower_bound(ordered_, path, {},
                                  [&](ParamId id) -> std::string_view { return parameters[id].path; });
}

void Reader::put(const std::string& lever, ParamId target, ParamId source) {
  if (!set_.emplace(lever, target).second) {
    out_.error("E0323", parameters[source].span, "`" + parameters[target].path + "` is set twice by this lever",
               "the second time");
    return;
  }
  const bool tossed =
      source + 1 < parameters.size() && parameters[source + 1].path == parameters[source].path + ".toss";
  for (ParamId p = source; p <= source + tossed; ++p) {
    parameters[p].of_lever = true;
    parameters[p].role = parameters[target].role;
    parameters[p].field = parameters[target].field;
  }
  patches[lever].push_back({target, source});
}

void Reader::patch_number(const std::string& lever, NodeId node, const std::string& place, std::uint32_t source) {
  std::vector<ParamId> targets;
  const std::string prefix = place + ".";
  if (const ParamId id = by_path.find(parameters, place); id != none) targets.push_back(id);
  for (auto it = from(prefix); it != ordered_.end() && parameters[*it].path.starts_with(prefix); ++it)
    if (year_of(parameters[*it].path, prefix)) targets.push_back(*it);
  const auto expected_of = [&](ParamId id) {
    const auto& n = parameters[id].number;
    const bool known = n.form == number::Form::distribution;  // a formula's unit is found later
    return number::Expected{.unit = n.unit,
                            .unit_known = known || parameters[id].role != Role::driver,
                            .domain = n.domain,
                            .domain_known = known || parameters[id].role != Role::driver,
                            .chance_allowed = parameters[id].integrates};
  };
  const std::string own = "levers." + lever + "." + place;
  if (by_year(node)) {
    for (std::size_t i = 0; i < document_[node].keys.size(); ++i) {
      const NodeId key = document_[node].keys[i];
      const ParamId target = by_path.find(parameters, prefix + std::string(document_[key].text));
      if (target == none) {
        out_.error("E0322", whole(key), "`" + place + "` has no number for " + std::string(document_[key].text),
                   "no such year there");
        continue;
      }
      const ParamId id = one_number(document_[node].items[i], own + "." + std::string(document_[key].text),
                                    expected_of(target), source);
      if (id != none) put(lever, target, id);
    }
    return;
  }
  const ParamId id = one_number(node, own, expected_of(targets.front()), source);
  if (id == none) return;
  for (const ParamId t : targets) put(lever, t, id);
}

// Whether the place lies in a mapping whose rows come from a table.
bool Reader::in_table(std::string_view place) const {
  NodeId at = document_.root;
  while (!place.empty() && document_[at].kind == Kind::map) {
    const std::size_t dot = std::min(place.find('.'), place.size());
    const NodeId below = document_.find(at, place.substr(0, dot));
    if (below == text::no_node) return document_.find(at, "table") != text::no_node;
    at = below;
    place.remove_prefix(std::min(place.size(), dot + 1));
  }
  return false;
}

void Reader::patch(const std::string& lever, NodeId node, const std::string& prefix, std::uint32_t source) {
  const auto keys = document_[node].keys;
  const auto items = document_[node].items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string key(document_[keys[i]].text);
    if (key == "source" || key == "note") continue;
    const std::string place = as_written(prefix.empty() ? key : prefix + "." + key);
    const std::string below = place + ".";
    const auto param = from(below);
    const bool number = by_path.find(parameters, place) != none;
    const bool numbers = param != ordered_.end() && parameters[*param].path.starts_with(below);
    const bool here = std::ranges::binary_search(known_, place);
    const auto group = std::ranges::lower_bound(known_, below);
    const bool leaf = number || (numbers && year_of(parameters[*param].path, below) && !here);
    const bool mapping = here || (group != known_.end() && group->starts_with(below));
    if (document_[items[i]].kind == Kind::map && !by_year(items[i]) && (mapping || !leaf)) {
      if (mapping || numbers) {
        if (document_[items[i]].keys.empty())
          out_.error("E0305", whole(keys[i]), "`" + key + "` has no value", "an empty mapping: nothing is set");
        patch(lever, items[i], place, own_source(items[i], source));
        continue;
      }
    } else if (leaf) {
      patch_number(lever, items[i], place, source);
      continue;
    }
    if (!out_.ok() && in_table(place)) continue;  // its rows could not be read, which was told
    const auto names = [&] {
      std::vector<std::string> all;
      const std::string stem = prefix.empty() ? "" : prefix + ".";
      for (auto it = from(stem); it != ordered_.end() && parameters[*it].path.starts_with(stem); ++it) {
        const std::string rest = parameters[*it].path.substr(stem.size());
        const std::string name = prefix.empty() ? rest : rest.substr(0, rest.find('.'));
        if (all.empty() || all.back() != name) all.push_back(name);
        if (prefix.empty())
          for (auto dot = rest.rfind('.'); dot != std::string::npos;
               dot = dot ? rest.rfind('.', dot - 1) : std::string::npos)
            all.push_back(rest.substr(0, dot));
      }
      return all;
    };
    out_.error("E0320", whole(keys[i]), "there is no number at `" + place + "` to set",
               "a lever sets only places that exist", meant(key, names));
  }
}

void Reader::read_levers(const Entry& root) {
  const Value& levers = root["levers"];
  if (levers.entries.empty()) return;
  mappings(root);
  std::ranges::sort(known_);
  ordered_ = by_path.in_order(parameters);
  for (const Entry& e : levers.entries) {
    if (!e.has("set")) continue;
    const NodeId node = e["set"].node;
    if (document_[node].kind != Kind::map) {
      out_.error("E0303", whole(node), "`set` is a mapping from places to numbers",
                 "such as {markets.gas.links.X: {capacity: 5}}");
      continue;
    }
    if (document_[node].keys.empty()) {
      out_.error("E0305", whole(node), "`set` has no value", "an empty mapping: this lever changes nothing",
                 "such as {markets.gas.links.X: {capacity: 5}}");
      continue;
    }
    patch(e.name, node, "", own_source(node, e.source));
  }
}

}  // namespace entente::situation
