// A guide changes how many sweeps an equilibrium takes and not where it lies.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "entente/kernel/trade_jacobian.hpp"
#include "entente/kernel/trade_pressure.hpp"
#include "kernel/trade_random.hpp"
#include "support/allocations.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

const bool seeded = tests::instances(200);

double apart(const std::vector<double>& a, const std::vector<double>& b) {
  double most = a.size() == b.size() ? 0 : embargo;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

// The guide stands at the base; the world solved has other elasticities and a shock, embargoes among it. Real incomes
// agree to what a residual of 1e-12 leaves, also where the guide leads astray, and the judge has no complaint.
RC_GTEST_PROP(TradeGuide, LeavesTheAnswerWhereItIs, (std::uint64_t seed)) {
  RC_PRE(seeded);
  random::Sequence r(seed);
  const auto n = *rc::gen::inRange<std::uint32_t>(2, 7), j = *rc::gen::inRange<std::uint32_t>(1, 6);
  World w = random::world(r, n, j, true);
  const auto rule = *rc::gen::element(Deficits::fixed, Deficits::scaled, Deficits::closed, Deficits::own);
  Workspace memory;
  const auto guide = ApproximateJacobian::make(w, {.deficits = rule}, memory);
  RC_ASSERT(guide.has_value());
  RC_ASSERT(guide->size() == n + 2 * w.places());
  const double scale = r.between(0.6, 1.5);
  for (double& theta : w.theta) theta *= scale;
  Shock s = random::shock(r, w, r.between(0, 1));
  if (r.chance(0.3))
    for (std::size_t k = 0; k < j; ++k) s.cost[w.cell(k, 0, 1)] = s.cost[w.cell(k, 1, 0)] = embargo;
  Solution plain, guided;
  const auto a = solve(w, s, {.tolerance = 1e-12, .deficits = rule}, memory, plain);
  const auto b = solve(w, s, {.tolerance = 1e-12, .deficits = rule, .guide = &*guide}, memory, guided);
  RC_PRE(a.has_value());
  RC_ASSERT(b.has_value());
  RC_ASSERT(guided.status == plain.status);
  if (plain.status != Status::solved) return;
  RC_ASSERT(guided.residual <= 1e-12);
  RC_ASSERT(check(w, s, rule, guided) <= 1e-8);
  RC_ASSERT(apart(plain.real_income, guided.real_income) <= 1e-8);
  RC_ASSERT(apart(plain.wage, guided.wage) <= 1e-8);
}

// What it is for: sixty scenarios of a world of the bundled one's size take less than two thirds of the sweeps.
TEST(TradeGuide, SavesSweeps) {
  random::Sequence r(5);
  World w = random::world(r, 17, 12, true);
  const std::vector<double> theta = w.theta;
  Workspace memory;
  const auto guide = ApproximateJacobian::make(w, {}, memory);
  ASSERT_TRUE(guide.has_value());
  int plain = 0, guided = 0;
  Solution out;
  for (int k = 0; k < 60; ++k) {
    const double scale = r.between(0.7, 1.4);
    for (std::size_t j = 0; j < theta.size(); ++j) w.theta[j] = theta[j] * scale;
    Shock s{.tariff = w.tariff, .cost = std::vector<double>(w.cells(), 1)};
    for (std::size_t j = 0; j < w.sectors; ++j)
      for (std::size_t i = 2; i < 8; ++i)
        s.cost[w.cell(j, 0, i)] = s.cost[w.cell(j, i, 0)] = k % 4 == 3 ? embargo : r.between(1, 1.5);
    ASSERT_TRUE(solve(w, s, {}, memory, out).has_value());
    plain += out.iterations;
    ASSERT_TRUE(solve(w, s, {.guide = &*guide}, memory, out).has_value());
    guided += out.iterations;
  }
  EXPECT_LT(3 * guided, 2 * plain) << guided << " beside " << plain;
}

TEST(TradeGuide, IsRefusedForLargeWorldsAndLeftAsideForOthers) {
  random::Sequence r(2);
  const World w = random::world(r, 3, 2), other = random::world(r, 4, 2), large = random::world(r, 20, 26);
  Workspace memory;
  const auto refused = ApproximateJacobian::make(large, {}, memory);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::too_large);
  const auto guide = ApproximateJacobian::make(w, {}, memory);
  ASSERT_TRUE(guide.has_value());
  const Shock s = random::shock(r, other);
  Solution plain, guided;
  ASSERT_TRUE(solve(other, s, {}, memory, plain).has_value());
  ASSERT_TRUE(solve(other, s, {.guide = &*guide}, memory, guided).has_value());
  EXPECT_EQ(plain.wage, guided.wage);
  EXPECT_EQ(plain.iterations, guided.iterations);
}

TEST(TradeGuide, SolvesAgainWithoutAllocating) {
  random::Sequence r(3);
  const World w = random::world(r, 5, 3);
  const Shock s = random::shock(r, w);
  Workspace memory;
  const auto guide = ApproximateJacobian::make(w, {}, memory);
  ASSERT_TRUE(guide.has_value());
  Solution out;
  ASSERT_TRUE(solve(w, s, {.guide = &*guide}, memory, out).has_value());
  const std::size_t before = tests::allocations;
  ASSERT_TRUE(solve(w, s, {.guide = &*guide}, memory, out).has_value());
  EXPECT_EQ(tests::allocations, before);
}

}  // namespace
