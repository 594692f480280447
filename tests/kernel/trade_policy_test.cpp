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

// What a line search over the whole interval of one tariff finds at most: a grid, then thirds around its best point.
double along(const World& w, Shock s, const Move& m, int grid, std::span<const double> weight, Workspace& memory) {
  const auto at = [&](double tariff) {
    s.tariff[m.cell] = tariff;
    return welfare(w, s, weight, memory);
  };
  const double width = (m.upper - m.lower) / grid;
  double best = at(m.lower), where = m.lower;
  for (int k = 1; k <= grid; ++k)
    if (const double f = at(m.lower + width * k); f > best) best = f, where = m.lower + width * k;
  double low = std::max(m.lower, where - width), high = std::min(m.upper, where + width);
  for (int k = 0; k < 12; ++k) {
    const double a = low + (high - low) / 3, b = high - (high - low) / 3, fa = at(a), fb = at(b);
    best = std::max({best, fa, fb});
    (fa < fb ? low : high) = fa < fb ? a : b;
  }
  return best;
}

// What `country` reaches from other starts, anywhere within the bounds.
double elsewhere(const World& w, const Shock& from, std::span<const Move> moves, std::span<const double> weight,
                 int starts, std::uint64_t seed, Workspace& memory) {
  random::Sequence r(seed);
  double best = -embargo;
  for (int k = 0; k < starts; ++k) {
    Shock s = from;
    for (const Move& m : moves) s.tariff[m.cell] = r.between(m.lower, m.upper);
    const auto other = search(w, s, moves, weight, {.starts = 1}, memory);
    EXPECT_TRUE(other.has_value());
    if (other) best = std::max(best, other->value);
  }
  return best;
}

TEST(TradePolicy, ABestResponseIsNotBeaten) {
  Workspace memory;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const World w = random_world(seed);
    const auto moves = own_tariffs(w, 1, 0, 1.5);
    const std::vector<double> weight{0, 1, 0, 0};
    const auto best = search(w, {}, moves, weight, {.starts = 6}, memory);
    ASSERT_TRUE(best.has_value()) << best.error().message;
    EXPECT_LE(check(w, best->shock, Deficits::fixed, best->solution), 1e-8);
    EXPECT_LE(best->gradient, 1e-6);
    EXPECT_NEAR(best->value, welfare(w, best->shock, weight, memory), 1e-9);
    for (const Move& m : moves) EXPECT_LE(along(w, best->shock, m, 20, weight, memory), best->value + 1e-8);
    EXPECT_LE(elsewhere(w, best->shock, moves, weight, 20, seed + 100, memory), best->value + 1e-7);
  }
}

// Elasticities from 1 to 60 in one world, flows of very different size: 35 tariffs.
TEST(TradePolicy, ABestResponseAmongUnlikeGoods) {
  Workspace memory;
  World w = random_world(5, 8, 5);
  w.theta = {1.2, 60, 4, 12, 2};
  std::vector<double> weight(8, 0);
  weight[2] = 1;
  const auto moves = own_tariffs(w, 2, 0, 1.5);
  ASSERT_GT(moves.size(), 25u);
  const auto best = search(w, {}, moves, weight, {.solve = {.tolerance = 1e-13}}, memory);
  ASSERT_TRUE(best.has_value()) << best.error().message;
  EXPECT_LE(best->gradient, 3e-6);
  for (const Move& m : moves) EXPECT_LE(along(w, best->shock, m, 20, weight, memory), best->value + 1e-8);
  EXPECT_LE(elsewhere(w, best->shock, moves, weight, 20, 9, memory), best->value + 1e-7);
}

TEST(TradePolicy, NobodyGainsAtNash) {
  Workspace memory;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const World w = random_world(seed, 3, 2);
    const std::vector<std::uint32_t> players{0, 1, 2};
    const auto n = nash(w, {}, players, {}, memory);
    ASSERT_TRUE(n.has_value()) << n.error().message;
    EXPECT_TRUE(n->settled) << n->rounds;
    EXPECT_LE(check(w, n->shock, Deficits::fixed, n->solution), 1e-8);
    for (const std::uint32_t p : players) {
      EXPECT_NEAR(n->gain[p], 0, 1e-8);
      std::vector<double> weight(3, 0);
      weight[p] = 1;
      const double now = std::log(n->solution.real_income[p]);
      const auto moves = own_tariffs(w, p, 0, 2);  // the bounds of NashOptions
      for (const Move& m : moves) EXPECT_LE(along(w, n->shock, m, 20, weight, memory), now + 1e-8);
      EXPECT_LE(elsewhere(w, n->shock, moves, weight, 20, seed + 200, memory), now + 1e-7);
    }
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
