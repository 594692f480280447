// The levers of a situation with who can do them and what they cost, for the end of a whole answer.
#pragma once
#include <string>

#include "entente/report/report.hpp"

namespace entente::report {

/// Nothing where there are none.
[[nodiscard]] std::string levers_text(const situation::Situation& s, const Style& style);

}  // namespace entente::report
