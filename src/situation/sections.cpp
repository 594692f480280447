// Header, actors, groups, families, questions, levers, claims and outcomes.
#include "sections.hpp"

#include <algorithm>

#include "entente/base/spelling.hpp"
#include "entente/situation/proposed.hpp"

namespace entente::situation {

void CoreBuilder::header(const Entry& root) {
  if (root.has("entente") && root["entente"].text != "1")
    out.error("E0340", root["entente"].span, "this program reads version 1 of the language", "another version",
              "write `entente: 1`");
  s.title = root["situation"].text;
  s.as_of = root["as_of"].text;
  s.span = root.span;
  s.sources = reader.source_list;
  if (s.as_of.empty()) return;
  std::vector<const Parameter*> used(s.sources.size(), nullptr);  // by source, the first number that cites it
  for (const Parameter& p : reader.parameters)
    if (p.source < used.size() && !used[p.source] && p.role != Role::news) used[p.source] = &p;
  for (const Entry& e : root["sources"].entries) {
    const std::string& date = e["date"].text;
    if (date.empty()) continue;
    if (date.size() < s.as_of.size() && s.as_of.starts_with(date))
      out.warning("W0341", e["date"].span,
                  "the date of `" + e.name + "` does not say whether it came before " + s.as_of,
                  "the situation's own " + std::string(date.size() == 4 ? "year" : "month"), "write the day");
    if (date <= s.as_of) continue;
    const auto* number = used[static_cast<std::size_t>(&e - root["sources"].entries.data())];
    if (!number) continue;  // only outcomes and news may name it
    auto& d = out.error("E0341", e["date"].span, "the source `" + e.name + "` is younger than the situation",
                        "after " + s.as_of, "what became known later belongs under `outcomes` or `news`");
    d.remarks.push_back({number->span, "a number that cites it"});
  }
}

void CoreBuilder::actors(const Entry& root) {
  if (root["actors"].entries.size() > 1000) {
    out.error("E0344", root["actors"].key, "more than 1000 actors", "that is more than any question takes");
    return;
  }
  for (const Entry& e : root["actors"].entries) {
    Actor a{.id = e.name, .name = e["name"].text, .span = e.name_span};
    if (a.id.find('-') != std::string::npos)
      out.error("E0343", e.name_span, "an actor's name holds no hyphen", "`A-B` is the tie of A and B",
                better_name(a.id, false));
    a.gdp = e["gdp"].number;
    if (e.has("discount")) a.discount = e["discount"].number.first();
    a.presence = presence(a.id, a.id, e.name_span);
    a.state = e.has("state") ? e["state"].text : a.id;
    a.state_span = e.has("state") ? e["state"].span : e.name_span;
    s.actors.push_back(std::move(a));
  }
}

void CoreBuilder::groups(const Entry& root) {
  for (const auto& [name, list] : root["groups"].lists()) {
    if (s.actor(name.text) != none) {
      out.error("E0345", name.span, "`" + name.text + "` is an actor already", "a group needs a name of its own");
      continue;
    }
    once(list);
    std::vector<ActorId> members;
    for (const Word& w : list)
      if (const ActorId a = actor(w); a != none) members.push_back(a);
    s.groups[name.text] = std::move(members);
  }
}

void CoreBuilder::families(const Entry& root) {
  for (const Family& f : s.registry->families()) {
    readers_.push_back(f.reader(*this));
    readers_.back()->sections(root);
  }
}

void CoreBuilder::questions(const Entry& root) {
  for (const Entry& e : root["questions"].entries) {
    Question q{.name = e.name, .kind = e.record->name, .span = e.name_span, .what = {}};
    const auto& families = s.registry->families();
    for (std::size_t f = 0; f < families.size(); ++f)
      if (std::ranges::find(families[f].kinds, e.record, &QuestionKind::record) != families[f].kinds.end())
        readers_[f]->question(q, e);
    s.questions.push_back(std::move(q));
  }
}

std::uint64_t CoreBuilder::digest() const {
  std::uint64_t all = 0;
  for (const auto& r : readers_) all ^= r->digest();
  return all;
}

void CoreBuilder::claims(const Entry& root) {
  for (const Entry& e : root["claims"].entries) {
    Claim c{.name = e.name,
            .says = e["says"].text,
            .because = e["because"].text,
            .holds = e["holds"].text,
            .implied = e["implied"].text,
            .caveat = e["caveat"].text,
            .resolves = e["resolves"].text,
            .under = e["under"].text,
            .place = reader.place_of(e["holds"]),
            .span = e.name_span};
    if (c.says.empty()) c.says = c.holds;
    s.claims.push_back(std::move(c));
  }
  std::map<std::string_view, const Claim*> claims;
  for (const Claim& c : s.claims) claims.emplace(c.name, &c);
  for (const Entry& e : root["claims"].entries) {
    const std::string& under = e["under"].text;
    if (under.empty()) continue;
    const auto it = claims.find(under);
    const Claim* head = it == claims.end() ? nullptr : it->second;
    if (!head)
      out.error("E0782", e["under"].span, "no claim is called `" + under + "`", "not a claim of this situation");
    else if (!head->under.empty() || under == e.name)
      out.error("E0783", e["under"].span, "`" + under + "` tells more of a claim itself",
                "a claim is told under one that stands for itself", "under: " + head->under);
  }
  for (const Entry& e : root["outcomes"].entries) {
    Outcome o{.name = e.name,
              .quantity = e["quantity"].text,
              .value = e["value"].text,
              .date = e["date"].text,
              .note = e["note"].text,
              .source = e.source,
              .span = e.name_span,
              .value_span = e["value"].span,
              .place = reader.place_of(e["value"])};
    // A date of a month or year that holds the as_of day may well be later.
    const bool later = o.date > s.as_of || (o.date.size() < s.as_of.size() && s.as_of.starts_with(o.date));
    if (!o.date.empty() && !s.as_of.empty() && !later)
      out.error("E0346", e["date"].span, "this outcome was known by the day whose knowledge the situation is",
                "not after " + s.as_of, "an outcome is dated behind `as_of`, or `as_of` is the day before it");
    s.outcomes.push_back(std::move(o));
  }
}

// Numbers that nobody vouches for: without a source, or proposed by an assistant and not changed since.
void CoreBuilder::cite(bool strict) {
  if (const std::size_t count = count_proposed(s); count > 0) {
    const auto it = std::ranges::find_if(s.parameters, [&](const Parameter& p) {
      return !p.implicit && p.number.form == number::Form::distribution && proposed(s, p);
    });
    const std::string message =
        (count == 1 ? "a number is an assistant's" : std::to_string(count) + " numbers are an assistant's") +
        " and no person's yet, grade " + std::string(assistant_grade);
    const std::string hint = "check each, and put a source that you read, or `judgement`, in the place of `assistant`";
    if (strict) out.error("E0348", it->span, message, "the first of them", hint);
    else out.warning("W0348", it->span, message, "the first of them", hint);
  }
  std::size_t count = 0;
  const Parameter* first = nullptr;
  for (const Parameter& p : s.parameters) {
    const bool own =
        !p.implicit && p.source == none && !p.number.citation && p.number.form == number::Form::distribution;
    if (!own) continue;
    if (!first) first = &p;
    ++count;
  }
  if (!first) return;
  const std::string message =
      count == 1 ? "a number names no source" : std::to_string(count) + " numbers name no source";
  const std::string hint = "write `@source` after it, or `source: NAME` in a mapping around it";
  if (strict) out.error("E0347", first->span, message, "the first of them", hint);
  else out.warning("W0347", first->span, message, "the first of them", hint);
}

ActorId Situation::actor(std::string_view id) const noexcept {
  for (ActorId a = 0; a < actors.size(); ++a)
    if (actors[a].id == id) return a;
  return none;
}

ParamId Situation::driver(std::string_view id) const noexcept {
  auto it = drivers.find(id);
  if (it == drivers.end())
    if (const ParamId p = parameter(id); p != none && parameters[p].role == Role::driver)
      it = drivers.find(parameters[p].name());
  return it == drivers.end() ? none : it->second;
}

std::string Situation::turned(std::string_view quantity) const {
  std::size_t end = std::min(quantity.find(' '), quantity.size());
  while (end > 0) {
    const std::size_t dot = quantity.rfind('.', end - 1), from = dot == std::string_view::npos ? 0 : dot + 1;
    const std::string_view part = quantity.substr(from, end - from);
    const std::size_t hyphen = std::min(part.find('-'), part.size());
    const std::string_view a = part.substr(0, hyphen),
                           b = hyphen < part.size() ? part.substr(hyphen + 1) : a.substr(0, 0);
    if (actor(a) != none && actor(b) != none) {
      std::string out(quantity.substr(0, from));
      out.append(b).append("-").append(a).append(quantity.substr(end));
      return out;
    }
    end = from == 0 ? 0 : from - 1;
  }
  return {};
}

ParamId Situation::parameter(std::string_view path) const noexcept { return by_path.find(parameters, path); }

}  // namespace entente::situation
