// A number's path in words, out of the same table that the reader and the schema use.
#pragma once
#include <string>

#include "entente/situation/situation.hpp"

namespace entente::report {

/// "PoS-2: capital cost" for markets.gas.links.PoS-2.build.capex; "with reopen-europe, To Europe: most that it carries
/// in a year" for a lever's number; empty where the path says it all (drivers).
[[nodiscard]] std::string place_words(const situation::Situation& s, situation::ParamId param);
/// A number as a claim, a formula or a command takes it: a driver by its name, any other by its path.
[[nodiscard]] std::string typed_name(const situation::Situation& s, situation::ParamId param);

}  // namespace entente::report
