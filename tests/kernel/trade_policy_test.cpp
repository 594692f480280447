// Chosen tariffs: the small country's known optimum, best responses that neither line searches over whole intervals nor
// random starts beat, Nash tariffs from which nobody gains by moving, and sanctions against corners and random points.
#include "entente/kernel/trade_policy.hpp"

#include <gtest/gtest.h>

#include "kernel/trade_random.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

World random_world(std::uint64_t seed, std::uint32_t countries = 4, std::uint32_t sectors = 2) {
  random::Sequence r(seed);
  return random::world(r, countries, sectors);
}

double welfare(const World& w, const Shock& s, std::span<const double> weight, Workspace& memory) {
  Solution out;
  const auto done = solve(w, s, {}, memory, out);
  EXPECT_TRUE(done.has_value());
  double sum = 0;
  for (std::size_t n = 0; n < weight.size(); ++n) sum += weight[n] * std::log(out.real_income[n]);
  return sum;
}

// A country too small to matter abroad faces demand of elasticity theta for its labour's goods: its best tariff is
// 1 / theta (Gros 1987, doi:10.1016/0022-1996(87)90062-5, in the limit of a home share of 1 abroad).
TEST(TradePolicy, TheSmallCountrysTariff) {
  for (const double theta : {2.0, 5.0}) {
    World w{.countries = 2, .sectors = 1, .theta = {theta}};
    const double small = 1e-5;
    w.share = {0.6, 0.4, 0.4 * small, 1 - 0.4 * small};
    w.tariff.assign(4, 0);
    w.value_added_share = w.final_share = {1, 1};
    w.input.assign(2, 0);
    w.value_added = w.expenditure = {small, 1};
    w.deficit = {0, 0};
    Workspace memory;
    const std::vector<double> weight{1, 0};
    const auto best =
        search(w, {}, own_tariffs(w, 0, 0, 3), weight, {.solve = {.tolerance = 1e-12}, .tolerance = 1e-9}, memory);
    ASSERT_TRUE(best.has_value()) << best.error().message;
    EXPECT_NEAR(best->shock.tariff[w.cell(0, 0, 1)], 1 / theta, 1e-4);
    EXPECT_GT(best->value, 0);
  }
}

TEST(TradePolicy, ABestResponseIsNotBeaten) {
  Workspace memory;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const World w = random_world(seed);
    const auto moves = own_tariffs(w, 1, 0, 1.5);
    const std::vector<double> weight{0, 1, 0, 0};
    const auto best = search(w, {}, moves, weight, {.starts = 6}, memory);
    ASSERT_TRUE(best.has_value()) << best.error().message;
    EXPECT_EQ(check(w, best->shock, Deficits::fixed, best->solution) <= 1e-8, true);
    EXPECT_LE(best->gradient, 1e-6);
    EXPECT_NEAR(best->value, welfare(w, best->shock, weight, memory), 1e-9);
    for (const Move& m : moves) {  // over each tariff's whole interval
      Shock s = best->shock;
      for (int k = 0; k <= 20; ++k) {
        s.tariff[m.cell] = m.lower + (m.upper - m.lower) * k / 20;
        EXPECT_LE(welfare(w, s, weight, memory), best->value + 1e-8);
      }
    }
    random::Sequence r(seed + 100);
    for (int k = 0; k < 20; ++k) {  // from 20 other starts
      Shock s = best->shock;
      for (const Move& m : moves) s.tariff[m.cell] = r.between(m.lower, m.upper);
      const auto other = search(w, s, moves, weight, {.starts = 1}, memory);
      ASSERT_TRUE(other.has_value());
      EXPECT_LE(other->value, best->value + 1e-7);
    }
  }
}

TEST(TradePolicy, NobodyGainsAtNash) {
  Workspace memory;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const World w = random_world(seed, 3, 2);
    const std::vector<std::uint32_t> players{0, 1, 2};
    const auto n = nash(w, {}, players, {}, memory);
    ASSERT_TRUE(n.has_value()) << n.error().message;
    EXPECT_TRUE(n->settled) << n->rounds;
    for (const double gain : n->gain) EXPECT_LE(gain, 1e-8);
    EXPECT_LE(check(w, n->shock, Deficits::fixed, n->solution), 1e-8);
  }
}

// Countries 1 and 2 make their trade with 0 dearer: all of it harms most; caring for themselves, they do less.
TEST(TradePolicy, SanctionsWithinBounds) {
  Workspace memory;
  const World w = random_world(3);
  std::vector<Move> moves;
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (const std::size_t i : {1, 2})
      for (const std::size_t c : {w.cell(j, 0, i), w.cell(j, i, 0)})
        if (w.share[c] > 0) moves.push_back({c, true, 1, 2});
  const std::vector<double> harm{-1, 0, 0, 0}, care{-1, 3, 3, 0};
  const auto most = search(w, {}, moves, harm, {}, memory), careful = search(w, {}, moves, care, {}, memory);
  ASSERT_TRUE(most.has_value());
  ASSERT_TRUE(careful.has_value());
  const auto own = [](const Optimum& o) {
    return std::log(o.solution.real_income[1]) + std::log(o.solution.real_income[2]);
  };
  EXPECT_GT(own(*careful), own(*most));
  EXPECT_LE(careful->solution.real_income[0], 1);
  random::Sequence r(7);
  for (int k = 0; k < 200; ++k) {
    Shock s{.cost = std::vector<double>(w.cells(), 1)};
    for (const Move& m : moves) s.cost[m.cell] = r.chance(0.5) ? (r.chance(0.5) ? 1 : 2) : r.between(1, 2);
    EXPECT_LE(welfare(w, s, harm, memory), most->value + 1e-8);
    EXPECT_LE(welfare(w, s, care, memory), careful->value + 1e-8);
  }
}

TEST(TradePolicy, RefusesWhatIsNoMove) {
  const World w = random_world(1);
  Workspace memory;
  const std::vector<double> weight(4, 1.0);
  for (const Move& m : {Move{w.cells(), false, 0, 1}, Move{1, false, -1, 1}, Move{1, false, 1, 0}, Move{1, true, 0, 1},
                        Move{1, true, 1, embargo}})
    EXPECT_FALSE(search(w, {}, std::vector{m}, weight, {}, memory).has_value());
  EXPECT_FALSE(search(w, {}, {}, std::vector<double>(3, 1.0), {}, memory).has_value());
  EXPECT_FALSE(nash(w, {}, std::vector<std::uint32_t>{9}, {}, memory).has_value());
}

}  // namespace
