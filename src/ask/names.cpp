#include "ask/names.hpp"

#include <algorithm>
#include <array>

namespace entente::ask {

std::string in_text(std::string_view name) {
  static constexpr std::array<std::string_view, 13> nouns{
      "States",      "Union",  "Kingdom",    "Emirates", "Republic",    "Nations", "Community",
      "Netherlands", "Empire", "Federation", "Council",  "Philippines", "Islands"};
  const auto last = name.substr(name.rfind(' ') + 1);
  const bool has = name.starts_with("the ") || name.starts_with("The ");
  return (!has && std::ranges::find(nouns, last) != nouns.end() ? "the " : "") + std::string(name);
}

std::string of_text(std::string_view name) { return in_text(name) + (name.ends_with('s') ? "'" : "'s"); }

Phrase in_text(const situation::Situation& s, situation::ActorId who) {
  const auto& a = s.actors[who];
  return {Phrase::Kind::within, in_text(a.name), a.id};
}

Phrase of_text(const situation::Situation& s, situation::ActorId who) {
  return in_text(s, who) + (s.actors[who].name.ends_with('s') ? "'" : "'s");
}

Phrase short_in_text(const situation::Situation& s, situation::ActorId who) {
  return {Phrase::Kind::within, s.actors[who].id};
}

Phrase alone(const situation::Situation& s, situation::ActorId who) {
  return {Phrase::Kind::actor, s.actors[who].name, s.actors[who].id};
}

Phrase short_alone(const situation::Situation& s, situation::ActorId who) {
  return {Phrase::Kind::actor, s.actors[who].id};
}

Phrase named(const std::string& name) { return {Phrase::Kind::name, name}; }

Phrase row(const std::vector<Phrase>& parts, const std::string& between) {
  Phrase out;
  for (const Phrase& x : parts) {
    if (!out.empty()) out += between;
    out += x;
  }
  return out;
}

}  // namespace entente::ask
