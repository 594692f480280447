// Names of actors inside an English sentence: some take an article ("the United States"), and what is theirs ends in an
// apostrophe. Tables, pictures and lists show the name as it stands.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "entente/ask/phrase.hpp"
#include "entente/situation/situation.hpp"

namespace entente::ask {

/// "the United States", "the Soviet Union", "Russia": an article before a name whose last word is a common noun of
/// states (States, Union, Kingdom, ...), unless it has one.
[[nodiscard]] std::string in_text(std::string_view name);
/// "the United States'", "Russia's".
[[nodiscard]] std::string of_text(std::string_view name);

/// An actor of the file within a sentence, marked as that.
[[nodiscard]] Phrase in_text(const situation::Situation& s, situation::ActorId who);
[[nodiscard]] Phrase of_text(const situation::Situation& s, situation::ActorId who);
/// The same where a terminal shows its short name: "USA".
[[nodiscard]] Phrase short_in_text(const situation::Situation& s, situation::ActorId who);
/// An actor by itself, in a list, a label or a cell: "United States" and "USA" on a terminal.
[[nodiscard]] Phrase alone(const situation::Situation& s, situation::ActorId who);
[[nodiscard]] Phrase short_alone(const situation::Situation& s, situation::ActorId who);
/// Any other name of the file: a place, a link, a type.
[[nodiscard]] Phrase named(const std::string& name);
/// Names in a row: "A and B".
[[nodiscard]] Phrase row(const std::vector<Phrase>& parts, const std::string& between);

}  // namespace entente::ask
