// The worlds that come with the program, by name from anywhere: `base: world-2014`, `entente solve trade world-2022`.
//
// Their tables lie in data/ of a checkout and in share/entente/data of an installed tree; both are looked for beside
// the running program and above it, so neither a working directory nor the environment changes what a name means. A
// folder of the same name beside a situation is told as ./world-2014.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/text/files.hpp"

namespace entente::situation {

[[nodiscard]] bool is_bundled(std::string_view name);
[[nodiscard]] std::vector<std::string> bundled_names();
/// The folder of its tables; nothing where the program finds none (a library inside another program).
[[nodiscard]] std::optional<std::string> bundled_folder(std::string_view name, const text::Files& files = text::disk());

}  // namespace entente::situation
