// Elementary functions of our own: the same bits from every compiler, processor and C library.
//
// Problem. exp, log, pow, erfc and the like differ between C libraries, and within one between processors: glibc
// chooses at start-up whether to fuse products. A draw meets thousands of them, and an answer is to be the same
// everywhere. Theory. A number is reduced to a short interval by tables or by multiples of a constant in several parts
// (Cody and Waite 1980, Software Manual for the Elementary Functions; Tang 1989 and 1990, table-driven exp and log), a
// short polynomial does the rest, and what an ordinary product or sum would lose is carried along as a second number
// (Dekker 1971; Muller and others 2018, Handbook of Floating-Point Arithmetic). Choice. Only +, -, *, / and square
// roots of doubles, which IEEE 754 fixes to the last bit; no fused products, no long double, no rounding mode but the
// default. The constants come from scripts/elementary_tables.py. Cost. bench/elementary.cpp measures each beside the C
// library's.
//
// All of math:: are within 1 unit in the last place of the exact value over the whole range, subnormal results included
// (tests/unit/elementary_mpfr_test.cpp: most are within 0.6), have the special values of ISO C (Annex F), and set no
// errno.
#pragma once
#include <span>

// Compiled twice, for four lanes where the processor has them and for two; what is computed is the same, since products
// are never fused. Sanitizers cannot follow the choice at start-up, so with them there is one version.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define ENTENTE_ONE_VERSION
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ENTENTE_ONE_VERSION
#endif
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(ENTENTE_ONE_VERSION)
#define ENTENTE_WIDE [[gnu::target_clones("avx2", "default")]]
#else
#define ENTENTE_WIDE
#endif

namespace entente {

/// Each x becomes math::exp(x), bit for bit, several at a time.
void exponentials(std::span<double> x) noexcept;

/// Each x becomes math::log(x), bit for bit, several at a time.
void logarithms(std::span<double> x) noexcept;

}  // namespace entente

namespace entente::math {

inline constexpr double pi = 0x1.921fb54442d18p+1;
inline constexpr double ln2 = 0x1.62e42fefa39efp-1;

[[nodiscard]] double exp(double x) noexcept;
[[nodiscard]] double exp2(double x) noexcept;   ///< 2^x; exact for whole x
[[nodiscard]] double expm1(double x) noexcept;  ///< e^x - 1, without loss for small x
[[nodiscard]] double log(double x) noexcept;    ///< natural; -infinity at 0, NaN below
[[nodiscard]] double log2(double x) noexcept;   ///< exact for powers of two
[[nodiscard]] double log10(double x) noexcept;  ///< exact for powers of ten
[[nodiscard]] double log1p(double x) noexcept;  ///< ln(1 + x), without loss for small x
[[nodiscard]] double pow(double x, double y) noexcept;
[[nodiscard]] double hypot(double x, double y) noexcept;  ///< root of x^2 + y^2, without overflow on the way
[[nodiscard]] double erf(double x) noexcept;
[[nodiscard]] double erfc(double x) noexcept;
[[nodiscard]] double sin(double x) noexcept;  ///< x in radians, of any size
[[nodiscard]] double cos(double x) noexcept;
[[nodiscard]] double atan(double x) noexcept;
[[nodiscard]] double atan2(double y, double x) noexcept;  ///< angle of the point (x, y), from -pi to pi

// Exact, as the C library's are; ours because a build of the engine links nothing of libm but roots and roundings.

[[nodiscard]] double round(double x) noexcept;             ///< to the nearest whole number, halves away from 0
[[nodiscard]] double ldexp(double x, int power) noexcept;  ///< x 2^power, rounded once
[[nodiscard]] int exponent(double x) noexcept;  ///< e with |x| = f 2^e, 1/2 <= f < 1; 0 for 0 and what is not finite
[[nodiscard]] double next_above(double x) noexcept;  ///< the next double towards infinity; infinity and NaN stay
[[nodiscard]] double next_below(double x) noexcept;  ///< the next double towards -infinity
[[nodiscard]] double next_after(double x, double to) noexcept;

}  // namespace entente::math
