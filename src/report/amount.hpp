// Values of a situation's numbers as people write them there: in its unit, and as a percentage where the situation has
// one.
#pragma once
#include <string>
#include <utility>

#include "entente/number/number.hpp"
#include "report/number_format.hpp"

namespace entente::report {

/// Whether a number without a unit, and no event, is written as a percentage in the situation: "10 to 60 %".
[[nodiscard]] inline bool in_percent(const number::Number& n) {
  const bool written = n.percent || (n.form != number::Form::distribution && n.text.find('%') != std::string::npos);
  return !n.chance && n.unit.text.empty() && written;
}

/// Two values, in as many digits as tell them apart: "4.9 B USD/yr", "30.4 %".
[[nodiscard]] inline std::pair<std::string, std::string> amounts(const number::Number& n, double a, double b) {
  const bool percent = in_percent(n);
  const double one = percent ? 100 : 1;
  const auto& d = n.distribution;
  const bool bounded = n.form == number::Form::distribution;
  const auto [x, y] = apart(one * a, one * b, bounded ? one * d.lower() : 0, bounded ? one * d.upper() : 0);
  const std::string_view unit = percent ? "%" : std::string_view(n.unit.text);
  return {with_unit(x, unit), with_unit(y, unit)};
}

/// How a claim's margin is told: in its unit, or in percentage points where the claim is written in percent.
/// `in_points`: Program::margin_in_percent.
struct MarginScale {
  double by = 1;
  std::string unit;
};
[[nodiscard]] inline MarginScale margin_scale(bool in_points, const std::string& unit) {
  if (unit == "%") return {1, "percentage points"};
  return in_points ? MarginScale{100, "percentage points"} : MarginScale{1, unit};
}

[[nodiscard]] inline std::string amount(const number::Number& n, double x) { return amounts(n, x, x).first; }

}  // namespace entente::report
