// Densities of every continuous family against their own distribution functions, and their peaks and means.
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "entente/number/distribution.hpp"

using entente::number::Distribution;
using entente::number::Domain;

namespace {

std::vector<std::pair<const char*, Distribution>> all() {
  const auto lognormal = *Distribution::lognormal(3, 0.4);
  return {
      {"normal", *Distribution::normal(2, 3)},
      {"lognormal", lognormal},
      {"above 1", *Distribution::interval(1.5, 9, {1, INFINITY, true, true})},
      {"below 4", *Distribution::interval(-5, 3, {-INFINITY, 4, true, true})},
      {"probit", *Distribution::interval(0.1, 0.4, Domain::share())},
      {"two-piece", *Distribution::interval(1, 9, 3, Domain::real())},
      {"two-piece, cut", *Distribution::interval(1, 9, 2, Domain::positive())},
      {"uniform", *Distribution::uniform(-1, 4)},
      {"triangular", *Distribution::triangular(0, 1, 5)},
      {"beta", *Distribution::beta(2, 5, 1, 3)},
      {"PERT", *Distribution::pert(0, 2, 7)},
      {"through", *Distribution::through({{0.1, 2}, {0.5, 3}, {0.9, 8}}, Domain::positive())},
      {"exponential", *Distribution::exponential(3)},
      {"gamma", *Distribution::gamma(2.5, 2)},
      {"Student", *Distribution::student(4, 1, 2)},
      {"mixture", *Distribution::mixture({{0.3, *Distribution::normal(0, 1)}, {0.7, *Distribution::normal(6, 0.5)}})},
      {"cut", *Distribution::normal(0, 1)->within({-1, 2, false, false})}};
}

TEST(Density, IsTheSlopeOfTheDistributionFunction) {
  for (const auto& [name, d] : all())
    for (int i = 1; i < 40; ++i) {
      const double x = d.quantile((i + 0.37) / 41);
      const double h = 1e-5 * (d.quantile(0.95) - d.quantile(0.05));
      const double slope = (d.cdf(x + h) - d.cdf(x - h)) / (2 * h);
      EXPECT_NEAR(d.density(x), slope, 2e-6 * d.peak()) << name << " at " << x;
    }
}

TEST(Density, IsNothingOutsideTheSupport) {
  const auto d = *Distribution::interval(0.1, 0.4, Domain::share());
  EXPECT_EQ(d.density(-0.1), 0);
  EXPECT_EQ(d.density(1.1), 0);
  EXPECT_EQ(Distribution::uniform(0, 1)->density(2), 0);
  EXPECT_TRUE(std::isnan(Distribution::fixed(3).density(3)));
  EXPECT_TRUE(std::isnan(Distribution::choice({{1, 0.25}, {2, 0.75}})->density(1)));
}

TEST(Density, PeaksWhereItIsLargest) {
  for (const auto& [name, d] : all()) {
    double most = 0;
    for (int i = 1; i < 5000; ++i) most = std::max(most, d.density(d.quantile(i / 5000.0)));
    EXPECT_GE(d.peak(), most * (1 - 1e-12)) << name;
    EXPECT_LE(d.peak(), most * 1.01) << name;
  }
  EXPECT_DOUBLE_EQ(Distribution::normal(5, 2)->peak(), 1 / (2 * std::sqrt(2 * M_PI)));
  // A lognormal's mode is median * exp(-sigma^2).
  const auto l = *Distribution::lognormal(3, 0.4);
  EXPECT_NEAR(l.peak(), l.density(3 * std::exp(-0.16)), 1e-12);
}

TEST(Density, Means) {
  EXPECT_DOUBLE_EQ(Distribution::uniform(2, 5)->mean(), 3.5);
  EXPECT_DOUBLE_EQ(Distribution::event(0.3)->mean(), 0.3);
  EXPECT_DOUBLE_EQ(Distribution::fixed(4).mean(), 4);
  EXPECT_NEAR(Distribution::triangular(0, 1, 5)->mean(), 2, 1e-6);
  EXPECT_NEAR(Distribution::beta(2, 5, 1, 3)->mean(), 1 + 4.0 / 7, 1e-6);
  EXPECT_NEAR(Distribution::lognormal(3, 0.4)->mean(), 3 * std::exp(0.08), 1e-9);
  EXPECT_NEAR(Distribution::choice({{1, 0.25}, {2, 0.75}})->mean(), 1.75, 1e-12);
}

}  // namespace
