// The normal distribution function and its inverse to full double precision: Wichura 1988, algorithm AS 241
// (doi:10.2307/2347330), relative accuracy about 1e-16; the function itself by erfc.
#pragma once
#include <cmath>

namespace entente::number {

[[nodiscard]] inline double normal_cdf(double z) noexcept { return 0.5 * std::erfc(-z * 0.70710678118654752440); }
[[nodiscard]] double normal_quantile(double u) noexcept;
inline constexpr double z95 = 1.6448536269514722;  // 95th percentile

}  // namespace entente::number
