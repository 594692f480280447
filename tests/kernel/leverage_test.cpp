// The exchange kernel against hand figures, a linear-programming-free brute force and its invariants.
#include "entente/kernel/leverage.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <random>

namespace lv = entente::leverage;

namespace {

lv::Exchange two(double a, double b, double spare_b, double share) {
  return {{a, b}, {0.4, 1.5}, {0, spare_b}, {0, 0, share, 0}};
}

lv::Exchange random_exchange(std::mt19937_64& r, std::size_t n) {
  std::uniform_real_distribution<double> u(0, 1);
  lv::Exchange e;
  for (std::size_t i = 0; i < n; ++i) {
    e.gain.push_back(u(r) < 0.15 ? 0 : std::round(u(r) * 8) / 2);
    e.gets.push_back(u(r) * 3);
    e.spare.push_back(u(r) < 0.2 ? 0 : std::round(u(r) * 6) / 2);
  }
  for (std::size_t i = 0; i < n * n; ++i) e.replaces.push_back(u(r) < 0.3 ? 1 : u(r));
  return e;
}

// The most that givers can replace, by the cut: min over sets K of givers of spare(K) + sum over missing i of
// min(a_i, sum over givers outside K of s_ki a_i). Max flow = min cut; nothing of the flow code is used.
double by_cuts(const lv::Exchange& e, unsigned givers) {
  const std::size_t n = e.patrons();
  double best = INFINITY;
  for (unsigned cut = 0; cut < (1u << n); ++cut) {
    if (cut & ~givers) continue;
    double value = 0;
    for (std::size_t k = 0; k < n; ++k)
      if (cut >> k & 1u) value += e.spare[k];
    for (std::size_t i = 0; i < n; ++i) {
      if (givers >> i & 1u) continue;
      double in = 0;
      for (std::size_t k = 0; k < n; ++k)
        if ((givers >> k & 1u) && !(cut >> k & 1u)) in += e.replaces[k * n + i] * e.gain[i];
      value += std::min(e.gain[i], in);
    }
    best = std::min(best, value);
  }
  return best;
}

TEST(Leverage, ByHand) {
  const auto e = two(1.1, 0.8, 0.5, 0.6);
  ASSERT_TRUE(lv::validate(e));
  lv::Holds h;
  lv::holds(e, h);
  EXPECT_NEAR(h.replaced[0], 0.5, 1e-15);  // min(0.5, 0.66)
  EXPECT_NEAR(h.threat[0], 0.6, 1e-15);
  EXPECT_NEAR(h.hold[0], 0.2, 1e-15);
  EXPECT_NEAR(h.dependence[0], 0.6 / 1.9, 1e-15);
  EXPECT_NEAR(h.threat[1], 0.8, 1e-15);  // nobody can replace patron 2
  EXPECT_NEAR(h.hold[1], -0.7, 1e-15);
  EXPECT_NEAR(lv::worth(e, 0b11), 1.1 + 0.4 + 0.8 + 1.5, 1e-15);
  EXPECT_NEAR(lv::worth(e, 0b10), 0.8 + 1.5 + 0.5, 1e-15);
  EXPECT_LT(lv::check(e, h), 1e-15);
}

TEST(Leverage, RefusesWithThePlaceNamed) {
  auto e = two(1, 1, 1, 0.5);
  e.gain[1] = -1;
  EXPECT_EQ(lv::validate(e).error().where, "gain[1]");
  e = two(1, 1, 1, 1.5);
  EXPECT_EQ(lv::validate(e).error().where, "replaces[2]");
  e = two(1, NAN, 1, 0.5);
  EXPECT_EQ(lv::validate(e).error().where, "gain[1]");
  e = two(1, 1, INFINITY, 0.5);
  EXPECT_EQ(lv::validate(e).error().where, "spare[1]");
  EXPECT_EQ(lv::validate({}).error().kind, entente::ErrorKind::invalid);
  lv::Exchange large;
  large.gain.assign(17, 1.0);
  EXPECT_EQ(lv::validate(large).error().kind, entente::ErrorKind::too_large);
}

TEST(Leverage, WorthEqualsMinimumCut) {
  std::mt19937_64 r(7);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t n = 1 + round % 6;
    const auto e = random_exchange(r, n);
    ASSERT_TRUE(lv::validate(e));
    lv::Holds h;
    lv::holds(e, h);
    ASSERT_LT(lv::check(e, h), 1e-12);
    std::vector<double> game(std::size_t{2} << n);
    lv::worths(e, game);
    for (unsigned s = 0; s < (1u << n); ++s) {
      double direct = 0;
      for (std::size_t i = 0; i < n; ++i)
        if (s >> i & 1u) direct += e.gain[i] + e.gets[i];
      ASSERT_EQ(game[s], 0);
      ASSERT_NEAR(game[(std::size_t{1} << n) + s], direct + by_cuts(e, s), 1e-10);
      for (std::size_t i = 0; i < n; ++i)  // a further patron never lowers the worth
        ASSERT_GE(game[(std::size_t{1} << n) + (s | 1u << i)], game[(std::size_t{1} << n) + s] - 1e-10);
    }
  }
}

TEST(Leverage, SecondPatronNeverRaisesTheThreat) {
  std::mt19937_64 r(11);
  for (int round = 0; round < 2000; ++round) {
    auto e = random_exchange(r, 3);
    lv::Holds with, without;
    lv::holds(e, with);
    e.spare[2] = 0;
    lv::holds(e, without);
    ASSERT_LE(with.threat[0], without.threat[0]);
    ASSERT_GE(with.threat[0], 0);
  }
}

TEST(Leverage, CesSignIsSatiationAgainstSubstitution) {
  const lv::Exchange both{{1.0, 1.0}, {0, 0}, {0, 0}, {0, 0, 0, 0}}, alone{{1.0}, {0}, {0}, {0}};
  // power = gamma / rho: 1 for sigma 2, gamma 1/2: the second patron changes nothing.
  EXPECT_NEAR(lv::ces_threat(both, 0, 2, 0.5), lv::ces_threat(alone, 0, 2, 0.5) / 1.0, 1e-12);
  const double satiated = 2 / 0.3 * (1 - std::pow(0.5, 0.3 / 0.8));
  EXPECT_NEAR(lv::ces_threat(both, 0, 5, 0.3), satiated, 1e-12);
  EXPECT_LT(lv::ces_threat(both, 0, 5, 0.3),
            2 / 0.3 * std::pow(0.5, 0.3 / 0.8));                   // less than alone on the same utility
  EXPECT_GT(lv::ces_threat(both, 0, 2, 1), 2 * std::pow(0.5, 2));  // complements: more
  EXPECT_TRUE(std::isnan(lv::ces_threat(both, 0, 1, 0.5)));
}

}  // namespace
