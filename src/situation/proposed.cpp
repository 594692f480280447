#include "entente/situation/proposed.hpp"

#include <algorithm>

namespace entente::situation {

bool is_assistant(std::string_view source) noexcept {
  return source == "assistant" || source.starts_with("assistant-");
}

bool is_judgement(std::string_view source) noexcept {
  return source.starts_with("judgement") || source.starts_with("judgment");
}

bool proposed(const Situation& s, const Parameter& p) noexcept {
  if (p.source < s.sources.size() && is_assistant(s.sources[p.source].id)) return true;
  return std::ranges::any_of(p.number.opinions,
                             [](const auto& o) { return o.citation && is_assistant(o.citation->source); });
}

void keep_to_grade(std::string_view grade, Span at, Diagnostics& out) {
  if (grade.empty() || grade == assistant_grade) return;
  out.warning("W0349", at, "what an assistant proposed is " + std::string(assistant_grade),
              "`" + std::string(grade) + "` is not taken",
              "a person who has checked the number cites what it was checked against, or `judgement`");
}

std::size_t count_proposed(const Situation& s) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(s.parameters, [&](const Parameter& p) {
    return !p.implicit && p.number.form == number::Form::distribution && proposed(s, p);
  }));
}

}  // namespace entente::situation
