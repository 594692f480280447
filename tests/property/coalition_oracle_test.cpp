// The oracles themselves on published games, before they judge anything.
#include <gtest/gtest.h>

#include "property/coalition_games.hpp"
#include "property/coalition_oracle_lp.hpp"
#include "property/coalition_oracle_voting.hpp"

namespace {
using oracle::Vec;

void near(const Vec& got, const Vec& want, double tolerance = 1e-4) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], want[i], tolerance) << "player " << i + 1;
}
Vec bankruptcy(double estate, const Vec& claims) {
  const double all = std::accumulate(claims.begin(), claims.end(), 0.0);
  return oracle::table(static_cast<unsigned>(claims.size()),
                       [&](oracle::Mask s) { return std::max(0.0, estate - all + oracle::total(claims, s)); });
}
/// Curiel 1997, Cooperative Game Theory and Applications, the house market.
const std::vector<Vec> house = {
    {0, 0, 0, 0, 50}, {0, 0, 0, 50, 0}, {0, 0, 0, 20, 30}, {0, 50, 20, 0, 0}, {50, 0, 30, 0, 0}};
Vec market() {
  return oracle::table(5, [](oracle::Mask s) { return oracle::matching(house, s); });
}

TEST(CoalitionOracle, TheTalmudsEstates) {  // Aumann and Maschler 1985, doi:10.1016/0022-0531(85)90102-4
  const Vec claims{100, 200, 300};
  near(oracle::nucleolus(bankruptcy(100, claims), true), {100. / 3, 100. / 3, 100. / 3});
  near(oracle::nucleolus(bankruptcy(200, claims), true), {50, 75, 75});
  near(oracle::nucleolus(bankruptcy(300, claims), true), {50, 100, 150});
  near(oracle::shapley_by_orders(bankruptcy(200, claims)), {100. / 3, 250. / 3, 250. / 3});
  near(oracle::nucleolus(bankruptcy(250, {60, 90, 150, 210}), true), {30, 45, 75, 100});
}

TEST(CoalitionOracle, TheHouseMarket) {
  const Vec v = market(), x{10, 15, 0, 35, 40};
  near(oracle::nucleolus(v, true), x);
  near(oracle::shapley_by_orders(v), {16, 58. / 3, 23. / 3, 83. / 3, 88. / 3});
  near(oracle::shapley_by_subsets(v), {16, 58. / 3, 23. / 3, 83. / 3, 88. / 3});
  near(oracle::owen(v, {0b10101, 0b01010}), {15, 20, 5, 30, 30});
  near(oracle::myerson(v, {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 4}}),
       oracle::shapley_by_orders(oracle::restricted(v, {{4, 3}, {4, 2}, {3, 2}, {2, 1}, {2, 0}, {1, 0}})));
  near(oracle::myerson(v, {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 4}}), {23. / 3, 11, 41, 58. / 3, 21});
  EXPECT_TRUE(oracle::kohlberg(v, x, true));
  EXPECT_FALSE(oracle::kohlberg(v, {10.01, 14.99, 0, 35, 40}, true));
}

TEST(CoalitionOracle, IndividualRationalityBinds) {  // Peleg and Sudhoelter 2007, 5.5.12
  const Vec v{0, 0, 0, 10, 0, 0, 0, 2};
  near(oracle::nucleolus(v, false), {3, 3, -4});
  near(oracle::nucleolus(v, true), {1, 1, 0});
  EXPECT_TRUE(oracle::kohlberg(v, {3, 3, -4}, false));
  EXPECT_FALSE(oracle::kohlberg(v, {3, 3, -4}, true));
  EXPECT_TRUE(oracle::kohlberg(v, {1, 1, 0}, true));
  EXPECT_FALSE(oracle::kohlberg(v, {1, 1, 0}, false));
}

TEST(CoalitionOracle, SmallGames) {
  near(oracle::nucleolus({0, 1, 3, 6, 5, 7, 8, 12}, true), {2.5, 4, 5.5});
  near(oracle::nucleolus({0, 1, 2, 6, 5, 7, 8, 12}, true), {2.75, 3.75, 5.5});
  near(oracle::nucleolus({0, -1, 0, 3, 1, 4, 2, 5}, true), {8. / 3, 2. / 3, 5. / 3});  // Ferguson, Game Theory
  const Vec empty{0, 2, 6, 15, 5, 1, 18, 14};
  near(oracle::nucleolus(empty, true), {2, 7, 5});
  EXPECT_GT(oracle::core_minimum(empty), 14);
  EXPECT_NEAR(oracle::least_core(empty), 3, 1e-9);                               // (v1 + v23 - vN) / 2
  const Vec lemaire{0, 46125, 17437.5, 69187.5, 5812.5, 53812.5, 30750, 90000};  // Lemaire 1991
  near(oracle::nucleolus(lemaire, true), {52687.5, 24468.75, 12843.75}, 1e-3);
}

TEST(CoalitionOracle, Votes) {
  const auto council = oracle::count_votes({{{{7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 39}}}, 0);
  EXPECT_EQ(council.winning, 848U);
  EXPECT_EQ(council.swings.front(), 848U);
  EXPECT_EQ(council.swings.back(), 84U);
  EXPECT_EQ(council.shapley_shubik.front(), (oracle::Fraction{421, 2145}));
  EXPECT_EQ(council.shapley_shubik.back(), (oracle::Fraction{4, 2145}));
  // The same rule said with vetoes: nine of fifteen, and no permanent member against.
  const auto same = oracle::count_votes({{{std::vector<std::int64_t>(15, 1), 9}}}, 31);
  EXPECT_EQ(same.swings, council.swings);
  const auto eec = oracle::count_votes({{{{10, 10, 10, 10, 5, 5, 3, 3, 2}, 41}}}, 0);
  EXPECT_EQ(eec.swings, (std::vector<std::uint64_t>{53, 53, 53, 53, 29, 29, 21, 21, 5}));
  EXPECT_EQ(eec.shapley_shubik.front(), (oracle::Fraction{5, 28}));
  EXPECT_EQ(eec.shapley_shubik.back(), (oracle::Fraction{1, 105}));
}

/// Two formulas for one value have to agree, and the games have to be what their names say.
TEST(CoalitionOracle, FormulasAgree) {
  for (std::uint64_t k = 0; k < 320; ++k) {
    const oracle::Game g = oracle::game(k, 2 + static_cast<unsigned>(k / 32 % 5));
    const Vec& v = g.worth;
    const double t = 1e-9 * (oracle::scale(v) + 1e-300);
    SCOPED_TRACE(g.name);
    const Vec phi = oracle::shapley_by_orders(v), ones(g.n, 1.0);
    oracle::Dice d(k);
    const Vec w = d.reals(g.n, 0.1, 3);
    near(oracle::shapley_by_subsets(v), phi, t);
    near(oracle::weighted_shapley_by_dividends(v, ones), phi, t);
    near(oracle::weighted_shapley_by_dividends(v, w), oracle::weighted_shapley_by_orders(v, w), t);
    std::vector<oracle::Mask> alone;
    for (unsigned i = 0; i < g.n; ++i) alone.push_back(oracle::bit(i));
    near(oracle::owen(v, alone), phi, t);
    near(oracle::owen(v, {static_cast<oracle::Mask>(v.size() - 1)}), phi, t);
    near(oracle::banzhaf_owen(v, alone), oracle::banzhaf(v), t);
    EXPECT_NEAR(oracle::total(oracle::solidarity(v), static_cast<oracle::Mask>(v.size() - 1)), v.back(), t);
    near(oracle::from_dividends(oracle::dividends(v)), v, t);
    const std::string kind = oracle::games::kinds[k % 32].name;
    const bool convex = kind.starts_with("convex") || kind == "bankruptcy" || kind == "airport";
    const bool superadditive = convex || kind == "matching" || kind == "gloves" || kind == "spanning tree";
    EXPECT_TRUE(!convex || oracle::convex(v, t));
    EXPECT_TRUE(!superadditive || oracle::superadditive(v, t));
  }
}
}  // namespace
