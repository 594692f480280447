// The oracles of the blocs, wedge and balance kernels, held against each other and against what is known by heart,
// before they judge a kernel: three ways to a frustration index, two to a wedge of one move, two to X(t).
#include <gtest/gtest.h>

#include <cstdlib>

#include "kernel/balance_oracle.hpp"
#include "kernel/blocs_oracle_lp.hpp"
#include "kernel/blocs_random.hpp"
#include "property/wedge_lp_oracle.hpp"
#include "support/property.hpp"

using namespace entente::tests;
using blocs::Graph;
using blocs::Kind;
using blocs::Products;
using blocs::Range;

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(300);

std::uint64_t number_of_partitions(int n, Range range) {
  std::uint64_t count = 0;
  blocs::partitions(Products(Graph{std::vector<double>(static_cast<std::size_t>(n), 1.0), {}}), range,
                    [&](const blocs::Labels&, double) { ++count; });
  return count;
}

TEST(BlocsOracle, LooksAtEveryPartitionOnce) {
  EXPECT_EQ(number_of_partitions(10, {}), 115975u);    // Bell
  EXPECT_EQ(number_of_partitions(14, {1, 2}), 8192u);  // 2^13
  EXPECT_EQ(number_of_partitions(10, {3, 3}), 9330u);  // Stirling, second kind
  EXPECT_EQ(number_of_partitions(4, {5, 5}), 0u);
}

TEST(BlocsOracle, EnergyAndFrustrationHaveTheSameDistanceEverywhere) {
  EXPECT_TRUE(rc::check("E - F is constant", [] {
    const Products m(*blocs::graphs(*rc::gen::elementOf(std::vector<Kind>{Kind::ones, Kind::whole}), 0, 7));
    double hostile = 0;
    for (int i = 0; i < m.n(); ++i)
      for (int j = 0; j < i; ++j) hostile += std::max(0.0, -m(i, j));
    blocs::partitions(m, {}, [&](const blocs::Labels& bloc, double e) {
      RC_ASSERT(e == blocs::energy(m, bloc));
      RC_ASSERT(blocs::frustration(m, bloc) == e + hostile);
    });
  }));
}

TEST(BlocsOracle, GlpkAgrees) {
  for (const Kind kind : {Kind::ones, Kind::whole, Kind::real, Kind::pieces})
    EXPECT_TRUE(rc::check(blocs::name(kind), [kind] {
      const Products m(*blocs::graphs(kind, 1, 8));
      const auto two = blocs::best(m, {1, 2}, 0), any = blocs::best(m, {}, 0);
      const auto lp = blocs::two_blocs(m), free = blocs::free_blocs(m);
      RC_ASSERT(lp.optimal && free.optimal);
      const double noise = 1e-7 * m.scale();
      RC_ASSERT(std::abs(lp.frustration - blocs::frustration(m, two.optima.front())) <= noise);
      RC_ASSERT(std::abs(free.frustration - blocs::frustration(m, any.optima.front())) <= noise);
    }));
}

TEST(WedgeOracle, OneMoveByTheLineAndByTheProgramme) {
  EXPECT_TRUE(rc::check("one move", [] {
    wedge::Case c;
    c.graph = *blocs::graphs(Kind::whole, 2, 7);
    c.range = *rc::gen::element(Range{1, 2}, Range{});
    c.apart = blocs::random::chance(50);
    c.margin = 0.25;
    const int a = blocs::random::pick(0, c.graph.n()), shift = blocs::random::pick(1, c.graph.n());
    const auto halves = [] { return 0.5 * blocs::random::pick(0, 9); };
    c.moves.push_back({a, (a + shift) % c.graph.n(), -halves(), halves(), halves(), halves(), 0});
    const auto s = wedge::sides(c);
    const auto lp = wedge::cheapest(c, s), line = wedge::by_line(c, s, 1e-9);
    RC_ASSERT(lp.possible == line.possible);
    if (lp.possible) RC_ASSERT(std::abs(lp.price - line.price) <= 1e-6);
    if (lp.possible) RC_ASSERT(wedge::lead(c, s, lp.change) >= c.margin - 1e-6);
  }));
}

TEST(BalanceOracle, StepsAndTheClosedFormAgree) {
  EXPECT_TRUE(rc::check("X(t)", [] {
    balance::Matrix x(static_cast<std::size_t>(blocs::random::pick(1, 6)));
    for (std::size_t i = 0; i < x.n; ++i)
      for (std::size_t j = 0; j <= i; ++j) x(i, j) = x(j, i) = blocs::random::pick(-100, 101) / 100.0;
    const double end = balance::divergence(x);
    const double t = std::isfinite(end) ? 0.9 * end : 3;
    const auto steps = balance::integrate(x, t), closed = balance::closed(x, t);
    RC_ASSERT(balance::norm(balance::plus(steps, -1, closed)) <= 1e-6 * (1 + balance::norm(closed)));
  }));
}

TEST(BalanceOracle, DivergesAtTheInverseOfTheLargestEigenvalue) {
  balance::Matrix x(2);  // eigenvalues 3 and -1
  x(0, 0) = x(1, 1) = 1;
  x(0, 1) = x(1, 0) = -2;
  EXPECT_NEAR(balance::divergence(x), 1.0 / 3, 1e-12);
  x(0, 0) = x(1, 1) = -3;  // -1 and -5
  EXPECT_EQ(balance::divergence(x), std::numeric_limits<double>::infinity());
}

}  // namespace
