// The normal distribution function, by erfc, and its inverse, within 4 units in the last place (2 as measured).
#pragma once
#include <cmath>

#include "entente/base/elementary.hpp"

namespace entente::number {

[[nodiscard]] inline double normal_cdf(double z) noexcept { return 0.5 * math::erfc(-z * 0.70710678118654752440); }
[[nodiscard]] double normal_quantile(double u) noexcept;
inline constexpr double z95 = 1.6448536269514722;  // 95th percentile

}  // namespace entente::number
