// Exponentials and logarithms of arrays: bit for bit those of single numbers, in any place of an array and at the ends
// of range; what is exact, exactly. How far each function is from the truth: elementary_mpfr_test.cpp.
#include "entente/base/elementary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace {

using entente::exponentials;
using entente::logarithms;
namespace math = entente::math;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<double> uniform(double from, double to, std::size_t count) {
  std::vector<double> x(count);
  std::uint64_t state = 1;
  for (double& v : x) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    v = from + (to - from) * (static_cast<double>(state >> 11) * 0x1p-53);
  }
  return x;
}

TEST(Elementary, TheSameInAnyPlace) {
  const auto x = uniform(0.01, 40, 64);
  auto all = x, logs = x;
  exponentials(all);
  logarithms(logs);
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t length = 1; length <= 7 && i + length <= x.size(); ++length) {
      std::vector<double> part(x.begin() + i, x.begin() + i + length);
      exponentials(part);
      for (std::size_t k = 0; k < length; ++k)
        ASSERT_EQ(std::bit_cast<std::uint64_t>(part[k]), std::bit_cast<std::uint64_t>(all[i + k]));
      part.assign(x.begin() + i, x.begin() + i + length);
      logarithms(part);
      for (std::size_t k = 0; k < length; ++k)
        ASSERT_EQ(std::bit_cast<std::uint64_t>(part[k]), std::bit_cast<std::uint64_t>(logs[i + k]));
    }
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

// Fours of which one is strange, too: the others keep their bits.
TEST(Elementary, ArraysAreWhatSingleNumbersAre) {
  auto x = uniform(-760, 720, 20003);
  for (const double v : {0.0, -0.0, 1e-320, -708.5, -1e300, -infinity, 709.7, 709.79, 1e300, infinity, none, 5e-324,
                         -1.0, 2.2250738585072014e-308, 1.7976931348623157e308})
    for (const double fill : {1.0, 0.3}) x.insert(x.end(), {v, fill, fill, fill, v});
  for (const double v : uniform(0, 3, 20003)) x.push_back(v);
  auto e = x, l = x;
  exponentials(e);
  logarithms(l);
  for (std::size_t i = 0; i < x.size(); ++i) {
    ASSERT_EQ(bits(e[i]), bits(math::exp(x[i]))) << x[i];
    ASSERT_EQ(bits(l[i]), bits(math::log(x[i]))) << x[i];
  }
  exponentials({});
  logarithms({});
}

TEST(Elementary, AtTheEndsOfRange) {
  EXPECT_EQ(math::exp(0), 1);
  EXPECT_EQ(math::exp(-infinity), 0);
  EXPECT_EQ(math::exp(-746), 0);
  EXPECT_EQ(math::exp(-745.13), 5e-324);
  EXPECT_EQ(math::exp(709.79), infinity);
  EXPECT_EQ(math::log(0), -infinity);
  EXPECT_EQ(math::log(1), 0);
  EXPECT_TRUE(std::isnan(math::log(-1)));
  EXPECT_TRUE(std::isnan(math::log(none)));
  EXPECT_EQ(math::log(infinity), infinity);
}

// Exact functions, against the C library's, which are exact too.
TEST(Elementary, ExactOnesAreTheLibrarys) {
  std::vector<double> x{
      0, 0.5, 1, 1.5, 2.5, 0x1p52, 0x1.fffffffffffffp-2, 5e-324, 1e-310, 2.2250738585072014e-308, 1e308, infinity};
  for (const double v : uniform(-100, 100, 1000)) x.push_back(v);
  for (std::size_t k = 0, n = x.size(); k < n; ++k) x.push_back(-x[k]);
  for (const double v : x) {
    EXPECT_EQ(bits(math::round(v)), bits(std::round(v))) << v;
    EXPECT_EQ(bits(math::next_above(v)), bits(std::nextafter(v, infinity))) << v;
    EXPECT_EQ(bits(math::next_below(v)), bits(std::nextafter(v, -infinity))) << v;
    EXPECT_EQ(math::next_after(v, 1), std::nextafter(v, 1)) << v;
    int power = 0;
    (void)std::frexp(v, &power);
    if (std::isfinite(v)) EXPECT_EQ(math::exponent(v), power) << v;
    for (const int k : {0, 1, -1, 60, -60, 1023, -1022, -1030, -1074, -1080, 2000, -2000, 100000, -100000})
      EXPECT_EQ(bits(math::ldexp(v, k)), bits(std::ldexp(v, k))) << v << " by " << k;
  }
}

}  // namespace
