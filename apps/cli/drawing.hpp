// What doubt and report share: the draws of a plan, with progress, a limit by the machine's memory, and an interrupt.
#pragma once
#include <optional>

#include "commands.hpp"
#include "entente/doubt/doubt.hpp"

namespace entente::cli {

/// Nothing, and `code`, where complaints were made.
[[nodiscard]] std::optional<doubt::Draws> draw(const plan::Plan& plan, const DoubtArgs& a, const Common& c, int& code);

}  // namespace entente::cli
