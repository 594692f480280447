// What every section asks of names: actors and groups of them, ties, what can be left out, numbers that are told by
// name.
#include <algorithm>

#include "sections.hpp"

namespace entente::situation {

ParamId Builder::presence(const std::string& name, const std::string& path, Span span) {
  const ParamId id = reader.add_fixed("presence." + path, 1, span);
  s.presence.emplace(name, id);
  return id;
}

ActorId Builder::actor(const Word& w) {
  const ActorId found = s.actor(w.text);
  if (found != none) return found;
  const auto names = [&] {
    std::vector<std::string> all;
    for (const Actor& a : s.actors) all.push_back(a.id);
    return all;
  };
  out.error("E0342", w.span, "nobody declared the actor `" + w.text + "`", "not under `actors`",
            reader.meant(w.text, names));
  return none;
}

// A name stands in a list once: twice it may be meant as a weight, which it is not, or as another one.
void Builder::once(const std::vector<Word>& words) {
  std::map<std::string_view, Span> seen;
  for (const Word& w : words) {
    const auto [it, fresh] = seen.emplace(w.text, w.span);
    if (fresh) continue;
    auto& d = out.error("E0819", w.span, "`" + w.text + "` stands twice in this list", "the second time");
    d.remarks.push_back({it->second, "the first time"});
  }
}

std::vector<ActorId> Builder::actor_list(const std::vector<Word>& words, bool each_once) {
  std::vector<ActorId> list;
  const auto add = [&](ActorId a) {
    if (a != none && std::ranges::find(list, a) == list.end()) list.push_back(a);
  };
  if (each_once) once(words);
  for (const Word& w : words) {
    const auto group = s.groups.find(w.text);
    if (group == s.groups.end()) add(actor(w));
    else
      for (const ActorId a : group->second) add(a);
  }
  return list;
}

ParamId Builder::tie(ActorId a, ActorId b, Span span) {
  const std::string one = s.actors[a].id + "-" + s.actors[b].id, other = s.actors[b].id + "-" + s.actors[a].id;
  if (const auto it = s.presence.find(one); it != s.presence.end()) return it->second;
  const ParamId id = presence(one, "ties." + one, span);
  s.presence.emplace(other, id);
  return id;
}

bool Builder::unread(std::initializer_list<std::string_view> path) const {
  const auto& d = reader.document();
  auto at = out.ok() ? text::no_node : d.root;
  for (const auto name : path)
    if (at != text::no_node) at = d[at].kind == text::Kind::map ? d.find(at, name) : text::no_node;
  return at != text::no_node;
}

ParamId Builder::in_unit(const Value& v, const number::Unit& unit) { return in_unit(v.number.first(), v.span, unit); }

ParamId Builder::in_unit(ParamId id, Span span, const number::Unit& unit) {
  number::Number& n = reader.parameters[id].number;
  if (n.form != number::Form::distribution) {  // checked with the drivers
    n.unit = unit;
    return id;
  }
  if (n.unit.text.empty() && !n.percent) {  // none written: the place's own, as everywhere
    n.unit = unit;
    return id;
  }
  if (!n.unit.same_dimension(unit)) {
    out.error("E0374", span, "`" + n.text + "` is " + number::describe_dimension(n.unit),
              "expected `" + unit.text + "`, " + number::describe_dimension(unit));
    return none;
  }
  n.distribution = n.distribution.scaled(number::conversion(n.unit, unit));
  n.unit = unit;
  return id;
}

std::vector<ParamId> Builder::spread(const Numbers& numbers, const std::vector<ActorId>& all, const std::string& path) {
  std::vector<ParamId> ids(all.size(), none);
  std::vector<int> rank(all.size(), 0);  // 3 named, 2 by a group, 1 as one of the others
  std::vector<Span> said(all.size());
  for (const auto& [word, n] : numbers) {
    if (!n.given()) continue;
    const bool each = word.text.starts_with("each ");
    const std::string name = each ? word.text.substr(5) : word.text;
    const auto group = s.groups.find(name);
    std::vector<std::size_t> meant;
    int how = 3;
    if (name == "others") {
      how = 1;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (std::ranges::none_of(numbers, [&](const auto& x) {
              const std::string other = x.first.text.starts_with("each ") ? x.first.text.substr(5) : x.first.text;
              const auto g = s.groups.find(other);
              return other == s.actors[all[i]].id ||
                     (g != s.groups.end() && std::ranges::find(g->second, all[i]) != g->second.end());
            }))
          meant.push_back(i);
    } else if (group != s.groups.end()) {
      how = 2;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (std::ranges::find(group->second, all[i]) != group->second.end()) meant.push_back(i);
    } else {
      const ActorId a = actor({name, word.span});
      if (a == none) continue;
      const auto it = std::ranges::find(all, a);
      if (it == all.end()) {
        out.error("E0379", word.span, "`" + name + "` is none of those meant here",
                  "not in the list that this speaks of");
        continue;
      }
      meant.push_back(static_cast<std::size_t>(it - all.begin()));
    }
    const ParamId first = n.first();
    bool used = false;
    for (const std::size_t i : meant) {
      if (rank[i] == how) {
        auto& d = out.error("E0386", word.span, "two numbers for " + s.actors[all[i]].id, "the second one");
        d.remarks.push_back({said[i], "the first one"});
        continue;
      }
      if (rank[i] > how) continue;  // the more particular word holds
      rank[i] = how;
      said[i] = word.span;
      ids[i] = first;
      if (each && used) ids[i] = reader.copy(first, path + "." + s.actors[all[i]].id);
      used = true;
    }
  }
  return ids;
}

}  // namespace entente::situation
