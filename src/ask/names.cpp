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

}  // namespace entente::ask
