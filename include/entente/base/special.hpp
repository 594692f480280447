// Gamma and beta functions for distributions, on base/elementary alone and so the same on every machine. Sources:
// src/base/gamma_function.cpp and beta_function.cpp. To 1e-12 of the exact value (tests/unit/special_mpfr_test.cpp), in
// microseconds: a continued fraction takes some ten steps, and of the order of sqrt(a + b) where shapes are large.
#pragma once

namespace entente::math {

/// ln Gamma(x) for x > 0; infinity at 0 and at infinity, NaN below 0.
[[nodiscard]] double log_gamma(double x) noexcept;

/// Regularised incomplete gamma function, the chance that a gamma variate of shape a and scale 1 is at most x; a > 0,
/// x >= 0. (Abramowitz and Stegun 1964, 6.5.)
[[nodiscard]] double gamma_p(double a, double x) noexcept;
[[nodiscard]] double gamma_q(double a, double x) noexcept;  ///< 1 - gamma_p, without loss where it is small

/// Regularised incomplete beta function I_x(a, b), the chance that a beta variate is at most x; a, b from 1e-3 to 1e6,
/// x in [0, 1]. (Abramowitz and Stegun 1964, 6.6; the continued fraction of DiDonato and Morris 1992, ACM TOMS 18.)
[[nodiscard]] double beta_p(double a, double b, double x) noexcept;

/// The x with I_x(a, b) = u, u in [0, 1]; 0 where it is below the least double.
[[nodiscard]] double beta_quantile(double a, double b, double u) noexcept;

}  // namespace entente::math
