// How wide a line may be.
#pragma once
#include <cstddef>

namespace entente::cli {

/// Characters of a line: of the terminal, or of COLUMNS; between 60 and 200, and 100 where neither is known.
[[nodiscard]] std::size_t screen_width();

}  // namespace entente::cli
