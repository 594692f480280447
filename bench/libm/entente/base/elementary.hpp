// Stands in front of include/entente/base/elementary.hpp when sources of the engine are compiled a second time, with
// the C library's functions in place of ours (bench/elementary.cmake): what is measured then differs in nothing else.
#pragma once
#include <cmath>

namespace entente::math {

inline constexpr double pi = 0x1.921fb54442d18p+1;

inline double exp(double x) noexcept { return std::exp(x); }
inline double expm1(double x) noexcept { return std::expm1(x); }
inline double log(double x) noexcept { return std::log(x); }
inline double log1p(double x) noexcept { return std::log1p(x); }
inline double pow(double x, double y) noexcept { return std::pow(x, y); }
inline double erfc(double x) noexcept { return std::erfc(x); }

}  // namespace entente::math
