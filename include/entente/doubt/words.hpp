// Words of estimative probability by Intelligence Community Directive 203 (2015): almost no chance 1-5 %, very unlikely
// 5-20, unlikely 20-45, roughly even chance 45-55, likely 55-80, very likely 80-95, almost certain 95-99. The range
// always stands with the word. Beyond the directive's ends the outer word is kept and the range says so.
#pragma once
#include <string>

namespace entente::doubt {

/// What stands in the place of a word of likelihood where a chance comes from a model whose chances were never held
/// against outcomes.
inline constexpr const char* no_record = "no word without a record";

/// "likely (55-80 %)"; within `error` (a 90 % half-width, as a share) of a band's edge both bands: "likely or very
/// likely (55-95 %)". p outside 0..1 or NaN: "undefined".
[[nodiscard]] std::string estimative_words(double p, double error);
/// For a bracket: the words of both ends, once where they are the same.
[[nodiscard]] std::string estimative_words(double low, double high, double error);

}  // namespace entente::doubt
