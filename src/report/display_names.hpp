// Names of a file as words. A situation may say what a name means (`words:`); actors have names of their own; what is
// written together (EastSiberia) is set apart. Analysts write names, readers of an answer read words.
#pragma once
#include <string>
#include <string_view>

#include "entente/ask/phrase.hpp"
#include "entente/situation/situation.hpp"

namespace entente::report {

/// One name: what the file says that it means, else the actor's name, else the name with its parts set apart:
/// "East Siberia", "PoS-2".
[[nodiscard]] std::string called(const situation::Situation& s, std::string_view name);
/// "CHN-RUS": "China – Russia"; anything else as called().
[[nodiscard]] std::string called_pair(const situation::Situation& s, std::string_view name);
/// What is called so with its article, where it takes one: "the United States", "Russia".
[[nodiscard]] std::string with_article(const std::string& called);
/// What a question says, for a reader: its parts as they stand, the names among them as words. An actor within a
/// sentence gets its article, and a capital where it begins the sentence.
[[nodiscard]] std::string in_words(const situation::Situation& s, const ask::Phrase& phrase);
/// One name among them.
[[nodiscard]] std::string in_words(const situation::Situation& s, const ask::Phrase::Mark& mark);
/// What stands before each name, and behind the last: walks the parts of a phrase.
template <class Text, class Name>
void walk(const ask::Phrase& phrase, Text&& text, Name&& name) {
  const std::string_view whole = phrase.text();
  std::size_t at = 0;
  for (const auto& m : phrase.marks()) {
    if (m.begin > at) text(whole.substr(at, m.begin - at));
    name(m, whole.substr(m.begin, m.end - m.begin));
    at = m.end;
  }
  if (at < whole.size()) text(whole.substr(at));
}
/// A quantity, "chips.made-good without CHN": "Electronics: made good, without China".
[[nodiscard]] std::string quantity_words(const situation::Situation& s, std::string_view name);

}  // namespace entente::report
