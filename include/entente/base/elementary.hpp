// Exponentials and logarithms of whole arrays.
//
// Problem. A sweep of a trade equilibrium takes hundreds of each; one call a number spends more on calling and waiting
// than on arithmetic.
// Theory. exp x = 2^k exp r with k whole and |r| <= ln 2 / 2, by its series to r^13 (the rest is below 4e-18);
// ln x = k ln 2 + 2 artanh s with x = 2^k m, m from sqrt(1/2) to sqrt(2), s = (m - 1)/(m + 1), by its series to s^21
// (the rest is below 1e-18 of it). ln 2 in two parts, the first short enough that its product with k is exact (Cody and
// Waite 1980, Software Manual for the Elementary Functions).
// Choice. Four numbers at a time in the compilers' own vectors, without tables and without fused products: so the same
// bits come out of two, four or eight lanes, on any machine and from any C library. Within 1 unit in the last place
// (tests/unit/elementary_test.cpp measures against long double).
// Cost. On four lanes 7 cycles a number and 9; one call of the C library is 15 to 20.
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

/// Each x becomes exp x. 0 below -708 (the C library's are subnormal there), infinity above 709.78, NaN stays.
void exponentials(std::span<double> x) noexcept;

/// Each x becomes ln x, with std::log for what is not a positive normal number.
void logarithms(std::span<double> x) noexcept;

}  // namespace entente
