// Every elementary function against MPFR over the range where it says something, and at every edge: a hundred thousand
// points each, a million with ENTENTE_POINTS=1000000 (five minutes).
// The largest distance, in units of the last place, is a property of the test (ctest's or --gtest_output's XML tells
// it).
#include <gtest/gtest.h>

#include "entente/base/elementary.hpp"
#include "support/mpfr.hpp"

namespace {

using entente::testing::Exact;
using entente::testing::points;
using entente::testing::Uniform;
namespace math = entente::math;
constexpr double infinity = std::numeric_limits<double>::infinity(), none = std::numeric_limits<double>::quiet_NaN();
constexpr double least = 5e-324, normal = std::numeric_limits<double>::min(), most = std::numeric_limits<double>::max();

const std::vector<double> edges = [] {
  std::vector<double> x{0,       least,     2 * least, normal,   std::nextafter(normal, 0),
                        1e-300,  0x1p-60,   0x1p-54,   0x1p-53,  0x1p-28,
                        0x1p-27, 0x1p-26,   1e-3,      0.0625,   0.25,
                        0.5,     0.6875,    0.75,      1,        1.375,
                        1.5,     2,         2.5,       3,        4,
                        6,       10,        26.5,      27.2,     27.3,
                        28,      math::pi,  64,        100,      708,
                        708.4,   709.78271, 709.78272, 745.1332, 745.14,
                        746,     1023,      1024,      0x1p19,   0x1p20,
                        0x1p31,  0x1p52,    0x1p53,    0x1p60,   1e22,
                        1e100,   most,      infinity};
  std::vector<double> all{none};
  for (const double v : x)
    for (const double at : {v, std::nextafter(v, infinity), std::nextafter(v, -infinity)})
      all.push_back(at), all.push_back(-at);
  return all;
}();

using One = double (*)(double) noexcept;
using OneExact = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);
struct Range {
  double from, to;        // uniform
  int low = 0, high = 0;  // or by exponents, where they differ
};

double of(const Range& r, Uniform& draw) {
  if (r.low == r.high) return draw(r.from, r.to);
  const double x = draw.scaled(r.low, r.high);
  return r.from < 0 && (draw.word() >> 40) % 2 == 0 ? -x : x;
}

// The largest distance from the exact value.
double worst(const char* name, One f, OneExact exact, const std::vector<Range>& ranges) {
  double far = 0, where = 0;
  Exact y, in;
  const auto judge = [&](double x) {
    mpfr_set_d(in, x, MPFR_RNDN);
    exact(y, in, MPFR_RNDN);
    const double off = y.units(f(x));
    if (off > far) far = off, where = x;
  };
  for (const double x : edges) judge(x);
  Uniform draw;
  for (const Range& r : ranges)
    for (std::size_t i = 0; i < points() / ranges.size(); ++i) judge(of(r, draw));
  ::testing::Test::RecordProperty(name, std::to_string(far));
  std::printf("%-6s %.4f units in the last place at %a\n", name, far, where);
  return far;
}

TEST(ElementaryMpfr, Exp) {
  EXPECT_LT(worst("exp", math::exp, mpfr_exp, {{-1, 1}, {-708, 709}, {-745.2, -708}, {709, 709.8}, {-1, 1, -60, 9}}),
            1);
  EXPECT_LT(worst("exp2", math::exp2, mpfr_exp2, {{-1, 1}, {-1022, 1024}, {-1076, -1022}, {-1, 1, -60, 9}}), 1);
}
TEST(ElementaryMpfr, Expm1) {
  EXPECT_LT(worst("expm1", math::expm1, mpfr_expm1, {{-0.1, 0.1}, {-1, 1}, {-45, 45}, {0, 709.8}, {-1, 1, -1074, 9}}),
            1);
}
TEST(ElementaryMpfr, Log) {
  EXPECT_LT(worst("log", math::log, mpfr_log, {{0.98, 1.02}, {0.5, 2}, {0, 100}, {0, 0, -1074, 1023}}), 1);
}
TEST(ElementaryMpfr, Log2) {
  EXPECT_LT(worst("log2", math::log2, mpfr_log2, {{0.98, 1.02}, {0.5, 2}, {0, 0, -1074, 1023}}), 1);
  for (int k = -1074; k < 1024; ++k) ASSERT_EQ(math::log2(std::ldexp(1.0, k)), k);
}
TEST(ElementaryMpfr, Log10) {
  EXPECT_LT(worst("log10", math::log10, mpfr_log10, {{0.98, 1.02}, {0.5, 2}, {0, 0, -1074, 1023}}), 1);
  double power = 1;
  for (int k = 0; k < 23; ++k, power *= 10) ASSERT_EQ(math::log10(power), k);
}
TEST(ElementaryMpfr, Log1p) {
  EXPECT_LT(worst("log1p", math::log1p, mpfr_log1p,
                  {{-0.01, 0.01}, {-0.9999, 1}, {-1, -0.99}, {0, 100}, {-1, 1, -1074, 0}, {1, 1, -60, 1023}}),
            1);
}
TEST(ElementaryMpfr, Erf) {
  EXPECT_LT(worst("erf", math::erf, mpfr_erf, {{-0.5, 0.5}, {-6.5, 6.5}, {-1, 1, -1074, 2}}), 1);
}
TEST(ElementaryMpfr, Erfc) {
  EXPECT_LT(worst("erfc", math::erfc, mpfr_erfc, {{-0.6, 0.6}, {-6.5, 6.5}, {0.5, 26.6}, {26, 27.4}}), 1);
}
TEST(ElementaryMpfr, Sin) {
  EXPECT_LT(worst("sin", math::sin, mpfr_sin, {{-1, 1}, {-100, 100}, {-1e6, 1e6}, {-1, 1, -1074, 1023}}), 1);
}
TEST(ElementaryMpfr, Cos) {
  EXPECT_LT(worst("cos", math::cos, mpfr_cos, {{-1, 1}, {-100, 100}, {-1e6, 1e6}, {-1, 1, -1074, 1023}}), 1);
  // The double whose distance from a multiple of pi/2 is the least of all: 2^-61 of a quarter (Muller and others 2018).
  Exact x(0x1.6ac5b262ca1ffp+849), y;
  mpfr_cos(y, x, MPFR_RNDN);
  EXPECT_LT(y.units(math::cos(0x1.6ac5b262ca1ffp+849)), 1);
}
TEST(ElementaryMpfr, Atan) {
  EXPECT_LT(worst("atan", math::atan, mpfr_atan, {{-0.1, 0.1}, {-2, 2}, {-100, 100}, {-1, 1, -1074, 1023}}), 1);
}

using TwoOf = double (*)(double, double) noexcept;
using TwoExact = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
double worst(const char* name, TwoOf f, TwoExact exact, const std::vector<std::pair<Range, Range>>& ranges) {
  double far = 0, at_x = 0, at_y = 0;
  Exact z, a, b;
  const auto judge = [&](double x, double y) {
    mpfr_set_d(a, x, MPFR_RNDN), mpfr_set_d(b, y, MPFR_RNDN);
    exact(z, a, b, MPFR_RNDN);
    const double off = z.units(f(x, y));
    if (off > far) far = off, at_x = x, at_y = y;
  };
  for (const double x : edges)
    for (const double y : edges) judge(x, y);
  Uniform draw;
  for (const auto& [first, second] : ranges)
    for (std::size_t i = 0; i < points() / ranges.size(); ++i) {
      const double x = of(first, draw);
      judge(x, of(second, draw));
    }
  ::testing::Test::RecordProperty(name, std::to_string(far));
  std::printf("%-6s %.4f units in the last place at %a, %a\n", name, far, at_x, at_y);
  return far;
}

TEST(ElementaryMpfr, Pow) {
  const Range any{0, 0, -1074, 1023}, power{-1, 1, -12, 12};
  EXPECT_LT(worst("pow", math::pow, mpfr_pow,
                  {{{0.5, 2}, {-1000, 1000}},
                   {{0.99, 1.01}, {-60000, 60000}},
                   {any, power},
                   {any, {-1, 1}},
                   {{0, 10}, {-5, 5}}}),
            1);
}
TEST(ElementaryMpfr, Hypot) {
  EXPECT_LT(worst("hypot", math::hypot, mpfr_hypot,
                  {{{-1, 1}, {-1, 1}},
                   {{1, 1, -520, -480}, {1, 1, -520, -480}},
                   {{0, 0, -1074, 1023}, {0, 0, -1074, 1023}},
                   {{0, 0, -1074, -1000}, {0, 0, -1074, -1000}},
                   {{0, 0, 0, 40}, {0, 0, 0, 10}}}),
            1);
}
TEST(ElementaryMpfr, Atan2) {
  EXPECT_LT(
      worst("atan2", math::atan2, mpfr_atan2,
            {{{-1, 1}, {-1, 1}}, {{-1, 1, -1074, 1023}, {-1, 1, -1074, 1023}}, {{-1, 1, -20, 20}, {-1, 1, -20, 20}}}),
      1);
}

}  // namespace
