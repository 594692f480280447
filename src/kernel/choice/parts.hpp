// What the parts of this kernel share.
#pragma once
#include "entente/kernel/choice.hpp"

namespace entente::choice {

/// The poles: as given, or the outermost of positions and status quo.
struct Ends {
  double lower, upper;
};
[[nodiscard]] Ends ends(const Scale& s);

}  // namespace entente::choice
