// The normal quantile against MPFR: Phi(x) - u over the density at x is how far x is off, in units of its last place.
#include <gtest/gtest.h>

#include "number/normal.hpp"
#include "support/mpfr.hpp"

namespace {

using entente::number::normal_cdf;
using entente::number::normal_quantile;
using entente::testing::Exact;
using entente::testing::points;
using entente::testing::Uniform;

double off(double u) {
  const double x = normal_quantile(u);
  Exact p(-x), density(x), root(2);
  mpfr_sqrt(root, root, MPFR_RNDN);
  mpfr_div(p, p, root, MPFR_RNDN);
  mpfr_erfc(p, p, MPFR_RNDN);
  mpfr_div_ui(p, p, 2, MPFR_RNDN);
  mpfr_sub_d(p, p, u, MPFR_RNDN);
  mpfr_sqr(density, density, MPFR_RNDN);
  mpfr_div_ui(density, density, 2, MPFR_RNDN);
  mpfr_exp(density, density, MPFR_RNDN);
  mpfr_mul(p, p, density, MPFR_RNDN);
  mpfr_mul_d(p, p, 2.5066282746310002, MPFR_RNDN);  // root of 2 pi: the error's own digits do not matter
  const double unit = std::nextafter(std::abs(x), 1e300) - std::abs(x);
  return x == 0 ? (u == 0.5 ? 0 : 1e9) : std::abs(p.nearest()) / unit;
}

TEST(NormalMpfr, QuantileWithinFourUnits) {
  Uniform draw;
  double worst = 0, where = 0;
  const auto judge = [&](double u) {
    if (const double d = off(u); d > worst) worst = d, where = u;
  };
  for (const double u :
       {0x1p-60, 1e-18, 1 - 0x1p-53, 0.5, std::nextafter(0.5, 1), std::nextafter(0.5, 0), 0.075, 0.925,
        std::nextafter(0.075, 0), std::nextafter(0.925, 1), 1e-11, 1.4e-11, 1 - 1e-11, 1e-19, 1e-30, 1e-100, 1e-300})
    judge(u);
  const std::size_t n = points() / 10;
  for (std::size_t i = 0; i < n; ++i)
    judge(i % 4 == 0 ? draw.scaled(-60, -2) : i % 4 == 1 ? 1 - draw.scaled(-53, -2) : draw(0, 1));
  RecordProperty("units", std::to_string(worst));
  std::printf("normal_quantile %.3f units in the last place at %a\n", worst, where);
  EXPECT_LT(worst, 4);
}

TEST(NormalMpfr, ItIsTheInverse) {
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(normal_quantile(std::numeric_limits<double>::quiet_NaN())));
  for (double u = 0.001; u < 1; u += 0.001) EXPECT_NEAR(normal_cdf(normal_quantile(u)) / u, 1, 1e-14);
}

}  // namespace
