// Exact ways against the ways they stand in for: votes by a table of sums against counts by size, nucleoli in fractions
// against those in doubles, equilibria by plans against those by cells, with cells that are ruinous.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "entente/kernel/coalition.hpp"
#include "entente/kernel/game.hpp"
#include "entente/kernel/voting.hpp"

using namespace entente;

namespace {

// The engine's numbers have 32 bits in a type that may be wider.
struct Random {
  explicit Random(std::uint32_t seed) : engine(seed) {}
  std::uint32_t operator()() { return static_cast<std::uint32_t>(engine()); }
  std::mt19937 engine;
};

}  // namespace

TEST(ExactDifferential, VotesByATableOfSums) {
  Random random(11);
  for (int i = 0; i < 3000; ++i) {
    voting::Rule rule;
    rule.voters = 1 + random() % 14;
    voting::Majority m;
    std::int64_t sum = 0;
    const std::int64_t step = 1 + random() % 3;
    for (unsigned v = 0; v < rule.voters; ++v) {
      m.weights.push_back(step * static_cast<std::int64_t>(random() % 30));
      sum += m.weights.back();
    }
    if (sum == 0) continue;
    m.quota = 1 + static_cast<std::int64_t>(random()) % sum;
    rule.ways.push_back({m});
    if (random() % 3 == 0) rule.veto.push_back(random() % rule.voters);
    const auto by_size = voting::power(rule);
    const auto by_sums = voting::large_power(rule);
    ASSERT_TRUE(by_size && by_sums) << i;
    EXPECT_EQ(by_sums->winning, to_text(by_size->winning)) << i;
    for (unsigned v = 0; v < rule.voters; ++v) {
      EXPECT_EQ(by_sums->swings[v], to_text(by_size->swings[v])) << i;
      EXPECT_DOUBLE_EQ(by_sums->banzhaf[v], by_size->banzhaf[v]) << i;
    }
  }
}

TEST(ExactDifferential, NucleoliInFractions) {
  Random random(12);
  for (int i = 0; i < 600; ++i) {
    const unsigned n = 2 + random() % 5;
    std::vector<double> worth(std::size_t{1} << n, 0), other;
    for (std::size_t s = 1; s < worth.size(); ++s)
      worth[s] = (s & (s - 1)) == 0 ? 0 : static_cast<double>(random() % 40) / (i % 2 ? 1 : 4);
    worth.back() += 40;
    const double factor = 0.12345678901234567;  // no short number times it is one
    for (const double v : worth) other.push_back(v * factor);
    const auto kind = i % 3 ? coalition::Rationality::individual : coalition::Rationality::none;
    const auto exact = coalition::nucleolus(worth, {.rationality = kind});
    const auto doubles = coalition::nucleolus(other, {.rationality = kind});
    ASSERT_TRUE(exact && doubles) << i;
    EXPECT_TRUE(exact->exact);
    EXPECT_TRUE(exact->kohlberg) << i;
    EXPECT_TRUE(doubles->kohlberg) << i;
    for (unsigned p = 0; p < n; ++p) EXPECT_NEAR(exact->payoff[p], doubles->payoff[p] / factor, 1e-9) << i;
  }
}

// 1e10 beside 1: players who are alike are paid alike, whatever the others are worth.
TEST(ExactDifferential, LikePlayersInDegenerateGames) {
  Random random(13);
  for (int i = 0; i < 200; ++i) {
    const unsigned n = 4;
    std::vector<double> worth(16, 0);
    for (coalition::Mask s = 1; s < 16; ++s) {  // players 0 and 1 are alike: worth depends on how many of them
      const unsigned both = (s & 1u) + (s >> 1 & 1u);
      Random by(1000u * static_cast<unsigned>(i) + 10 * (s >> 2) + both);
      worth[s] = (s & (s - 1)) == 0 ? 0 : (both == 2 ? 1e10 : 0) + by() % 7;
    }
    worth[15] = 1e10 + 50;
    const auto x = coalition::nucleolus(worth);
    ASSERT_TRUE(x && x->exists) << i;
    EXPECT_EQ(x->payoff[0], x->payoff[1]) << i;
    EXPECT_TRUE(x->kohlberg) << i;
    EXPECT_EQ(x->payoff.size(), n);
  }
}

TEST(ExactDifferential, EquilibriaWithRuinousCells) {
  Random random(14);
  for (int i = 0; i < 1500; ++i) {
    game::Strategic g;
    const unsigned n = 2 + random() % 2;
    std::size_t cells = 1;
    for (unsigned p = 0; p < n; ++p) {
      g.strategies.push_back(1 + random() % 3);
      cells *= g.strategies.back();
    }
    for (std::size_t k = 0; k < cells * n; ++k)
      g.payoff.push_back(random() % 5 == 0 ? -1e12 : static_cast<double>(random() % 5) / 10);
    // By the definition, cell by cell.
    std::size_t nash = 0;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      bool fine = true;
      std::size_t stride = 1;
      for (unsigned p = 0; p < n; ++p) {
        const std::size_t mine = cell / stride % g.strategies[p];
        for (std::size_t s = 0; s < g.strategies[p]; ++s)
          fine = fine && g.payoff[(cell + s * stride - mine * stride) * n + p] <= g.payoff[cell * n + p];
        stride *= g.strategies[p];
      }
      nash += fine;
    }
    const auto by_cells = game::pure(g);
    const auto by_plans = game::pure(game::extensive(g));
    ASSERT_TRUE(by_cells && by_plans) << i;
    EXPECT_EQ(by_cells->size(), nash) << i;
    EXPECT_EQ(*by_cells, *by_plans) << i;
    if (n != 2) continue;
    const auto mixed = game::bimatrix(g);
    ASSERT_TRUE(mixed) << i;
    std::size_t pure = 0;
    for (const auto& e : mixed->extreme) {
      EXPECT_LT(game::check(g, e), 1e-9) << i;
      pure += std::ranges::all_of(e.x, [](double c) { return c == 0 || c == 1; }) &&
              std::ranges::all_of(e.y, [](double c) { return c == 0 || c == 1; });
    }
    EXPECT_EQ(pure, nash) << i;  // every pure equilibrium is an extreme one
  }
}

// Thirteen digits: a tolerance of the largest worth would be larger than all that the players differ by.
TEST(ExactDifferential, WorthsOfThirteenDigits) {
  std::vector<double> worth(16, 0);
  for (const auto& [mask, v] : std::vector<std::pair<std::size_t, double>>{{3, 1e12},
                                                                           {5, 1},
                                                                           {6, 1},
                                                                           {9, 1},
                                                                           {10, 1},
                                                                           {12, 2},
                                                                           {7, 1000000000003},
                                                                           {11, 1000000000003},
                                                                           {13, 3},
                                                                           {14, 3},
                                                                           {15, 1000000000010}})
    worth[mask] = v;
  const auto x = coalition::nucleolus(worth);
  ASSERT_TRUE(x && x->exists);
  EXPECT_TRUE(x->exact);
  EXPECT_TRUE(x->kohlberg);
  EXPECT_EQ(x->payoff[0], x->payoff[1]);  // alike
  EXPECT_EQ(x->payoff[2], x->payoff[3]);
}
