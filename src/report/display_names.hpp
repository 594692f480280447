// Names of a file as words. A situation may say what a name means (`words:`); actors have names of their own; what is
// written together (EastSiberia) is set apart. Analysts write names, readers of an answer read words.
#pragma once
#include <string>
#include <string_view>

#include "entente/situation/situation.hpp"

namespace entente::report {

/// One name: what the file says that it means, else the actor's name, else the name with its parts set apart:
/// "East Siberia", "PoS-2".
[[nodiscard]] std::string called(const situation::Situation& s, std::string_view name);
/// "CHN-RUS": "China – Russia"; anything else as called().
[[nodiscard]] std::string called_pair(const situation::Situation& s, std::string_view name);
/// What is called so with its article, where it takes one: "the United States", "Russia".
[[nodiscard]] std::string with_article(const std::string& called);
/// A sentence or label with every name of the file in it as words; a name that reads as an ordinary word ("made")
/// stays. States whose names take an article get one where a sentence needs it: "cost the United States".
[[nodiscard]] std::string plain(const situation::Situation& s, std::string_view text);
/// A quantity, "chips.made-good without CHN": "Electronics: made good, without China".
[[nodiscard]] std::string quantity_words(const situation::Situation& s, std::string_view name);

}  // namespace entente::report
