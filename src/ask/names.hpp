// Names of actors inside an English sentence: some take an article ("the United States"), and what is theirs ends in an
// apostrophe. Tables, pictures and lists show the name as it stands.
#pragma once
#include <string>
#include <string_view>

namespace entente::ask {

/// "the United States", "the Soviet Union", "Russia": an article before a name whose last word is a common noun of
/// states (States, Union, Kingdom, ...), unless it has one.
[[nodiscard]] std::string in_text(std::string_view name);
/// "the United States'", "Russia's".
[[nodiscard]] std::string of_text(std::string_view name);

}  // namespace entente::ask
