// Losses, costs that leave a part of trade, bases in place, and reach by corners against a search and against grids.
#include "entente/kernel/trade_pressure.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernel/trade_random.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

const bool seeded = tests::instances(60);

Shock none_of(const World& w) { return {.tariff = w.tariff, .cost = std::vector<double>(w.cells(), 1)}; }

// All trade of countries 1 and 2 with country 0, both ways, from no change to `upper`.
std::vector<Move> against_first(const World& w, double upper) {
  std::vector<Move> moves;
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 1; n < std::min<std::size_t>(3, w.countries); ++n)
      for (const std::size_t c : {w.cell(j, n, 0), w.cell(j, 0, n)})
        if (w.share[c] > 0) moves.push_back({c, true, 1, upper});
  return moves;
}

TEST(TradePressure, CostThatLeavesAPart) {
  EXPECT_DOUBLE_EQ(cost_leaving(1, 3), 1);
  EXPECT_EQ(cost_leaving(0, 3), embargo);
  EXPECT_NEAR(std::pow(cost_leaving(0.2, 4), -4), 0.2, 1e-15);
  EXPECT_LT(cost_leaving(2, 4), 1);
}

TEST(TradePressure, ALossOfSeveralIsThatOfTheirJointIncome) {
  const std::vector<double> income{100, 300, 50}, hat{0.9, 1.02, 0.5};
  const std::vector<std::uint32_t> all{0, 1}, one{2};
  EXPECT_NEAR(loss(income, hat, all), (10 - 6) / 400.0, 1e-15);
  EXPECT_NEAR(loss(income, hat, one), 0.5, 1e-15);
}

// Value added, tariff revenue and deficit are what households spend: final shares times income is what is not inputs.
RC_GTEST_PROP(TradePressure, IncomesAreWhatHouseholdsSpend, (std::uint64_t seed)) {
  RC_PRE(seeded);
  random::Sequence r(seed);
  const World w = random::world(r, 4, 3, true);
  std::vector<double> income;
  incomes(w, income);
  for (std::size_t n = 0; n < w.countries; ++n) {
    double spent = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) {
      spent += w.expenditure[w.place(n, j)];
      double sales = 0;
      for (std::size_t to = 0; to < w.countries; ++to)
        sales += w.expenditure[w.place(to, j)] * w.share[w.cell(j, to, n)] / (1 + w.tariff[w.cell(j, to, n)]);
      spent -= (1 - w.value_added_share[w.place(n, j)]) * sales;
    }
    RC_ASSERT(std::abs(spent - income[n]) < 1e-9 * income[n]);
  }
}

// Two steps from a base and one step over the base made new in between come to the same world.
RC_GTEST_PROP(TradePressure, ABaseInPlaceGoesOnWhereTheSolutionStopped, (std::uint64_t seed)) {
  random::Sequence r(seed);
  const World w = random::world(r, 4, 3, true);
  const Shock first = random::shock(r, w), second = random::shock(r, w);
  Shock both = second;
  for (std::size_t c = 0; c < w.cells(); ++c) both.cost[c] = first.cost[c] * second.cost[c];
  Workspace memory;
  Solution a, ab, b;
  const Options o{.tolerance = 1e-12, .flows = true};
  RC_PRE(solve(w, first, o, memory, a).has_value() && solve(w, both, o, memory, ab).has_value());
  World next = w;
  RC_ASSERT(rebase(w, first, a, next).has_value());
  const auto fresh = rebase(w, first, a);
  RC_ASSERT(fresh.has_value() && fresh->share == next.share && fresh->expenditure == next.expenditure);
  RC_ASSERT(solve(next, second, o, memory, b).has_value());
  for (std::size_t n = 0; n < w.countries; ++n)
    RC_ASSERT(std::abs(a.real_income[n] * b.real_income[n] / ab.real_income[n] - 1) < 1e-8);
}

// How far what is found at two corners lies below the best of all corners and of a search from four starts: by more
// than a fiftieth in 3 worlds of 100, than a twentieth in 1.2, by a fifth at the worst of 2,000. Besides, the corner is
// what trade::solve says it is.
TEST(TradePressure, ReachAgainstEveryCornerAndASearch) {
  const int worlds = tests::times(400);
  int fiftieth = 0, twentieth = 0;
  for (int k = 1; k <= worlds; ++k) {
    random::Sequence r(1'000'003ull * static_cast<std::uint64_t>(k));
    const World w = random::world(r, 4, 2);
    const Shock from = none_of(w);
    const auto moves = against_first(w, 3);
    std::vector<double> income;
    incomes(w, income);
    const std::vector<std::uint32_t> target{0};
    Workspace memory;
    Solution at;
    ASSERT_TRUE(solve(w, from, {}, memory, at).has_value());
    Reach reached;
    ASSERT_TRUE(reach(w, from, at, moves, income, target, {}, memory, reached).has_value());
    ASSERT_EQ(reached.status, Status::solved);
    ASSERT_LT(check(w, reached.shock, Deficits::fixed, reached.solution), 1e-8);
    ASSERT_LT(std::abs(reached.loss - (1 - reached.solution.real_income[0])), 1e-12);
    ASSERT_GE(reached.loss, 0);  // nothing was lost before, and the coalition may leave it so
    for (const Move& m : moves)
      ASSERT_TRUE(reached.shock.cost[m.cell] == m.upper || reached.shock.cost[m.cell] == m.lower);
    std::vector<double> weight(w.countries, 0);
    weight[0] = -1;
    const auto found = search(w, from, moves, weight, {.starts = 4, .limit = 60}, memory);
    ASSERT_TRUE(found.has_value());
    double most = 1 - found->solution.real_income[0];
    for (std::size_t corner = 0; corner < std::size_t{1} << moves.size(); ++corner) {
      Shock there = from;
      for (std::size_t i = 0; i < moves.size(); ++i)
        there.cost[moves[i].cell] = (corner >> i & 1) ? moves[i].upper : moves[i].lower;
      if (solve(w, there, {}, memory, at).has_value() && at.status == Status::solved)
        most = std::max(most, 1 - at.real_income[0]);
    }
    ASSERT_LE(reached.loss, most + 1e-9);
    fiftieth += reached.loss < 0.98 * most - 1e-9;
    twentieth += reached.loss < 0.95 * most - 1e-9;
    ASSERT_GE(reached.loss, 0.75 * most - 1e-9) << k;
  }
  RecordProperty("fiftieth", fiftieth);
  RecordProperty("twentieth", twentieth);
  EXPECT_LE(fiftieth, 0.06 * worlds);
  EXPECT_LE(twentieth, 0.03 * worlds);
}

// The corner of embargoes is where the corner of rising costs goes.
RC_GTEST_PROP(TradePressure, TheEmbargoCornerIsTheLimit, (std::uint64_t seed)) {
  random::Sequence r(seed);
  const World w = random::world(r, 4, 2);
  const Shock from = none_of(w);
  std::vector<double> income;
  incomes(w, income);
  const std::vector<std::uint32_t> target{0};
  Workspace memory;
  Solution at;
  RC_ASSERT(solve(w, from, {}, memory, at).has_value());
  Reach wall, high;
  const double theta = *std::min_element(w.theta.begin(), w.theta.end());
  RC_ASSERT(reach(w, from, at, against_first(w, embargo), income, target, {}, memory, wall).has_value());
  RC_PRE(wall.status == Status::solved && wall.spared == 0);
  RC_ASSERT(
      reach(w, from, at, against_first(w, cost_leaving(1e-9, theta)), income, target, {}, memory, high).has_value());
  RC_PRE(high.spared == 0);
  RC_ASSERT(std::abs(wall.loss - high.loss) < 1e-5);
}

TEST(TradePressure, RefusesMovesOutsideTheirDomain) {
  random::Sequence r(1);
  const World w = random::world(r, 3, 2);
  const Shock from = none_of(w);
  std::vector<double> income;
  incomes(w, income);
  const std::vector<std::uint32_t> target{0};
  Workspace memory;
  Solution at;
  ASSERT_TRUE(solve(w, from, {}, memory, at).has_value());
  Reach out;
  const auto refused = [&](const Move& m) {
    const std::vector<Move> moves{m};
    const auto done = reach(w, from, at, moves, income, target, {}, memory, out);
    return !done && done.error().kind == ErrorKind::invalid;
  };
  EXPECT_TRUE(refused({w.cells(), true, 1, 2}));
  EXPECT_TRUE(refused({1, true, 0, 2}));
  EXPECT_TRUE(refused({1, true, 3, 2}));
  EXPECT_TRUE(refused({1, false, 0, embargo}));
  EXPECT_FALSE(refused({1, true, 1, embargo}));
}

}  // namespace
