// turn against brute force over drivers: the search must find the same package or the same "none", the same front, and
// certificates that hold. What is told besides the least is judged by the oracle's counts.
#include <gtest/gtest.h>

#include "property/turn_oracle.hpp"

using namespace turn_oracle;

namespace {

TEST(TurnOracle, EveryPackageOfRandomSituations) {
  Random r{std::mt19937_64(20250509)};
  int reached = 0, none = 0, large = 0, ten = 0, refused = 0;
  while (reached + none < times(2800)) {
    const Case c = make(r);
    const auto compiled = compile(written(c), {}, {.everything = false, .moves = true});
    if (compiled->complaints().find("E0835") != std::string::npos) {  // needs that cannot be met: rightly refused
      ++refused;
      continue;
    }
    ASSERT_TRUE(compiled->plan) << compiled->complaints() << written(c);
    const std::uint64_t draws = r.chance(0.5) ? 100 : 40;
    const double chance = 0.3 + 0.1 * static_cast<double>(r.below(7));
    turn::Options o{.sampling = {.seed = 1 + r.below(1000), .draws = draws, .latin = r.chance(0.7)},
                    .chance = chance,
                    .threads = 1};
    o.brief = true;
    const auto a = turn::turn(*compiled->plan, 0, o);
    ASSERT_TRUE(a.has_value());
    const Oracle oracle(c, *compiled->plan, o.sampling);
    const auto rows = oracle.all();
    large += c.levers.size() >= 6;
    ten += c.levers.size() == 10;
    (judge(*a, oracle.all(), chance, draws) ? reached : none) += 1;
    ASSERT_FALSE(testing::Test::HasFailure()) << written(c);
  }
  RecordProperty("reached", reached);
  RecordProperty("none", none);
  RecordProperty("ten_levers", ten);
  if (effort() < 1) return;
  EXPECT_GT(reached, 600);
  EXPECT_GT(none, 600);
  EXPECT_GT(large, 100);
  EXPECT_GT(ten, 10);
  EXPECT_LT(refused, times(500));
}

// What is told besides the least, judged by the oracle's counts: the bound on the cost by sums of binomial chances,
// each lever's need, alternatives, the candidates tested.
TEST(TurnOracle, WhatIsToldBesides) {
  Random r{std::mt19937_64(1940)};
  int told = 0, below = 0, others = 0;
  for (int i = 0; i < times(300); ++i) {
    const Case c = make(r);
    if (c.levers.size() > 6) continue;
    const auto compiled = compile(written(c), {}, {.everything = false, .moves = true});
    if (!compiled->plan) continue;
    const std::uint64_t draws = 60;
    const turn::Options o{.sampling = {.seed = 1 + r.below(1000), .draws = draws, .latin = false},
                          .chance = 0.3 + 0.1 * static_cast<double>(r.below(7)),
                          .threads = 1};
    const auto a = turn::turn(*compiled->plan, 0, o);
    ASSERT_TRUE(a.has_value());
    const auto need = static_cast<std::size_t>(std::ceil(o.chance * static_cast<double>(draws) - 1e-7));
    const auto rows = Oracle(c, *compiled->plan, o.sampling).all();
    const auto row_of = [&](const Pick& p) -> const Row& {
      return *std::ranges::find_if(rows, [&](const auto& row) { return same(row.pick, p); });
    };
    const auto pick = [](const turn::Told& t) {
      Pick out;
      for (const auto& x : t.steps) out.emplace_back(x.lever, x.dose);
      return out;
    };
    for (std::size_t k = 0; k < a->tests.size(); ++k) {
      EXPECT_DOUBLE_EQ(a->tests[k].alpha, 0.1 / static_cast<double>(2u << k));
      EXPECT_EQ(a->tests[k].refuted, k + 1 < a->tests.size() || !a->package);
      EXPECT_EQ(a->tests[k].refuted, a->tests[k].interval.high < o.chance);
      EXPECT_GE(row_of(picked(a->moves, a->tests[k].package)).hits, need);
    }
    if (!a->package || !a->proven) continue;
    ++told;
    const Pick mine = pick(*a->package);
    const auto& row = row_of(mine);
    EXPECT_EQ(static_cast<double>(row.hits) / static_cast<double>(draws), a->package->probability);
    for (std::size_t k = 0; k < mine.size(); ++k) {
      Pick less = mine;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(k));
      const auto it = std::ranges::find_if(rows, [&](const auto& x) { return same(x.pick, less); });
      ASSERT_EQ(it != rows.end(), a->package->steps[k].without.has_value()) << written(c);
      if (it == rows.end()) continue;
      EXPECT_EQ(static_cast<double>(it->hits) / static_cast<double>(draws), *a->package->steps[k].without);
    }
    // No more than `hits` of the draws hold with a chance of at most 0.1 / m, if the package held as often as is asked.
    const auto at =
        std::ranges::find_if(a->found.tried, [&](const auto& t) { return same(picked(a->moves, t.package), mine); });
    const double m = static_cast<double>(at - a->found.tried.begin() + 1);
    const auto excluded = [&](std::size_t hits) {
      double sum = 0;
      for (std::size_t h = 0; h <= hits; ++h)
        sum += std::exp(std::lgamma(draws + 1.0) - std::lgamma(static_cast<double>(h) + 1) -
                        std::lgamma(static_cast<double>(draws - h) + 1) + static_cast<double>(h) * std::log(o.chance) +
                        static_cast<double>(draws - h) * std::log1p(-o.chance));
      return sum < 0.1 / m;
    };
    double bound = row.price;
    for (const auto& x : rows)
      if (x.price < bound && !excluded(x.hits)) bound = x.price;
    EXPECT_NEAR(a->bound, bound, 1e-9 * (1 + bound)) << written(c);
    below += bound < row.price;
    for (const auto& t : a->others) {
      const Pick other = pick(t);
      const auto& x = row_of(other);
      EXPECT_GE(x.hits, need);
      EXPECT_NEAR(x.price, t.cost, 1e-9 * (1 + t.cost));
      std::size_t both = 0;
      for (const auto& [lever, dose] : other)
        both += std::ranges::any_of(mine, [&](const auto& y) { return y.first == lever; });
      EXPECT_LE(2 * both, std::min(mine.size(), other.size()));
      for (std::size_t k = 0; k < other.size(); ++k) {
        Pick less = other;
        less.erase(less.begin() + static_cast<std::ptrdiff_t>(k));
        const auto it = std::ranges::find_if(rows, [&](const auto& y) { return same(y.pick, less); });
        EXPECT_TRUE(it == rows.end() || it->hits < need) << written(c);
      }
      ++others;
    }
    if (testing::Test::HasFailure()) return;
  }
  if (effort() < 1) return;
  EXPECT_GT(told, 50);
  EXPECT_GT(below, 10);
  EXPECT_GT(others, 10);
}

}  // namespace
