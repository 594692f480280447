// Exponentials and logarithms against long double, bit for bit alike in any place of an array, and at the ends of
// range.
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
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Distance from the exact value in units of the last place of `got`.
double units(double got, long double exact) {
  const double unit = std::nextafter(std::abs(got), infinity) - std::abs(got);
  return static_cast<double>(std::abs(static_cast<long double>(got) - exact) / static_cast<long double>(unit));
}

std::vector<double> uniform(double from, double to, std::size_t count) {
  std::vector<double> x(count);
  std::uint64_t state = 1;
  for (double& v : x) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    v = from + (to - from) * (static_cast<double>(state >> 11) * 0x1p-53);
  }
  return x;
}

double worst(double from, double to, bool exponential) {
  const auto x = uniform(from, to, 200003);
  auto y = x;
  exponential ? exponentials(y) : logarithms(y);
  double most = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    most = std::max(most, units(y[i], exponential ? std::exp(static_cast<long double>(x[i]))
                                                  : std::log(static_cast<long double>(x[i]))));
  return most;
}

TEST(Elementary, WithinAUnitInTheLastPlace) {
  EXPECT_LT(worst(-1e-9, 1e-9, true), 1);
  EXPECT_LT(worst(-1, 1, true), 1);
  EXPECT_LT(worst(-707, 709, true), 1);
  EXPECT_LT(worst(1 - 1e-9, 1 + 1e-9, false), 1);
  EXPECT_LT(worst(0.5, 2, false), 1);
  EXPECT_LT(worst(1e-300, 1e-290, false), 1);
  EXPECT_LT(worst(1, 1e300, false), 1);
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

TEST(Elementary, AtTheEndsOfRange) {
  std::vector<double> x{0, -0.0, 1e-320, -708.5, -1e300, -infinity, 709.7, 709.79, 1e300, infinity, none};
  exponentials(x);
  EXPECT_EQ(x[0], 1);
  EXPECT_EQ(x[1], 1);
  EXPECT_EQ(x[2], 1);
  for (const std::size_t k : {3, 4, 5}) EXPECT_EQ(x[k], 0);
  EXPECT_LT(units(x[6], std::exp(static_cast<long double>(709.7))), 1);
  EXPECT_EQ(x[7], infinity);
  EXPECT_EQ(x[8], infinity);
  EXPECT_EQ(x[9], infinity);
  EXPECT_TRUE(std::isnan(x[10]));
  std::vector<double> y{1, 0, -1, infinity, none, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 2};
  logarithms(y);
  EXPECT_EQ(y[0], 0);
  EXPECT_EQ(y[1], -infinity);
  EXPECT_TRUE(std::isnan(y[2]));
  EXPECT_EQ(y[3], infinity);
  EXPECT_TRUE(std::isnan(y[4]));
  EXPECT_EQ(y[5], std::log(5e-324));
  EXPECT_LT(units(y[6], std::log(static_cast<long double>(2.2250738585072014e-308))), 1);
  EXPECT_LT(units(y[7], std::log(static_cast<long double>(1.7976931348623157e308))), 1);
  EXPECT_LT(units(y[8], std::log(2.0L)), 1);
  exponentials({});
  logarithms({});
}

}  // namespace
