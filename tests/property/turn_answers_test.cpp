// turn against brute force where somebody answers, and what it says of chances out of the sample.
#include <gtest/gtest.h>

#include "property/turn_oracle.hpp"

using namespace turn_oracle;

namespace {

// A random table says in which draws which pair of packages holds: the search of min-max against a plain one.
class Table final : public turn::Duel {
 public:
  Table(std::uint64_t seed, std::size_t draws, bool gentle) : seed_(seed), draws_(draws), gentle_(gentle) {}
  [[nodiscard]] bool holds(const turn::Package& p, const turn::Package& q, std::size_t k) const {
    std::uint64_t key = seed_;
    double bias = 0.35;
    for (const auto i : p) key = key * 31 + i + 1, bias += 0.15;
    key = key * 1009;
    for (const auto i : q) key = key * 37 + i + 1, bias -= gentle_ ? 0.03 : 0.12;
    return entente::uniform(key, 1, k) < bias;
  }
  turn::Count count(const turn::Package& p, const turn::Package& q, std::uint64_t most) override {
    turn::Count c;
    for (std::size_t k = 0; k < draws_; ++k) (holds(p, q, k) ? c.hits : c.misses) += 1;
    c.whole = c.misses <= most;
    return c;
  }

 private:
  std::uint64_t seed_;
  std::size_t draws_;
  bool gentle_;
};

TEST(TurnOracle, AgainstSomebodyWhoAnswers) {
  Random r{std::mt19937_64(99)};
  int stands = 0;
  for (int i = 0; i < times(500); ++i) {
    const std::size_t draws = 30;
    const auto side = [&](std::size_t n) {
      turn::Moves m{.draws = draws,
                    .levers = n,
                    .items = {},
                    .excludes = std::vector<std::vector<char>>(n, std::vector<char>(n, 0)),
                    .needs = {},
                    .works = {}};
      m.needs.resize(n);
      m.works.resize(n);
      for (std::uint32_t l = 0; l < n; ++l) {
        turn::Item item{.lever = l, .dose = NAN, .cost = {}};
        const double c = r.number(0, 5), wide = r.chance(0.5) ? r.number(0, 3) : 0;
        for (std::size_t k = 0; k < draws; ++k) item.cost.push_back(c + wide * entente::uniform(i + 1, l, k));
        m.items.push_back(std::move(item));
        for (std::uint32_t j = 0; j < l; ++j) {
          if (r.chance(0.1)) m.excludes[l][j] = m.excludes[j][l] = 1;
          else if (r.chance(0.1)) m.needs[l].push_back(j);
        }
      }
      return m;
    };
    const auto first = side(1 + r.below(5)), second = side(r.below(4));
    Table table(r.below(1u << 30), draws, r.chance(0.6));
    const std::uint64_t need = 12 + r.below(10);
    const double budget = r.chance(0.5) ? INFINITY : r.number(1, 8);
    const auto s = turn::search_against(first, second, table, need, {}, {.budget = budget});
    const auto subsets = [](const turn::Moves& m) {
      std::vector<turn::Package> out;
      for (std::uint32_t mask = 0; mask < 1u << m.items.size(); ++mask) {
        turn::Package p;
        for (std::uint32_t j = 0; j < m.items.size(); ++j)
          if (mask >> j & 1) p.push_back(j);
        if (turn::feasible(m, p)) out.push_back(p);
      }
      return out;
    };
    double least = INFINITY;
    for (const auto& p : subsets(first)) {
      bool good = true;
      for (const auto& q : subsets(second))
        if (turn::cost_of(second, q, 0.5) <= budget) good = good && table.count(p, q, draws).hits >= need;
      if (good) least = std::min(least, turn::cost_of(first, p, 0.5));
    }
    ASSERT_TRUE(s.whole);
    ASSERT_EQ(s.least.has_value(), std::isfinite(least));
    if (!s.least) continue;
    ++stands;
    EXPECT_EQ(s.tried[*s.least].cost, least);
    std::uint64_t worst = draws;
    for (const auto& q : subsets(second))
      if (turn::cost_of(second, q, 0.5) <= budget)
        worst = std::min(worst, table.count(s.tried[*s.least].package, q, draws).hits);
    EXPECT_EQ(s.nearest->count.hits, worst);
  }
  if (effort() < 1) return;
  EXPECT_GT(stands, 100);
}

// Over a thousand seeds the interval that is told covers the true chance of the package that is told, which is known
// here: the chance that the lever works.
TEST(TurnOracle, IntervalsCover) {
  std::string levers;
  std::vector<double> works;
  for (int i = 0; i < 8; ++i) {
    works.push_back(0.72 + 0.02 * i);
    levers += "  " + name(static_cast<std::size_t>(i)) + ": {by: A, cost: " + std::to_string(1 + i) +
              ", works: " + show(100 * works.back()) + " %, set: {drivers: {x: 9}}}\n";
  }
  const auto c = compile(
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: Anna}\n"
      "drivers:\n  x: between 0 and 1 in any\nlevers:\n" +
          levers + "claims:\n  c: x > 5\n",
      {}, {.everything = false, .moves = true});
  ASSERT_TRUE(c->plan) << c->complaints();
  int told = 0, covered = 0;
  for (std::uint64_t seed = 1; seed <= times(std::uint64_t{1000}); ++seed) {
    const auto a = turn::turn(
        *c->plan, 0,
        {.sampling = {.seed = seed, .draws = 100, .latin = false}, .chance = 0.8, .brief = true, .threads = 1});
    ASSERT_TRUE(a.has_value());
    if (!a->package) continue;
    ++told;
    ASSERT_EQ(a->package->steps.size(), 1u);
    const double truth = works[a->package->steps[0].lever];
    covered += a->interval.low <= truth && truth <= a->interval.high;
  }
  EXPECT_GE(covered, 0.9 * told) << covered << " of " << told;
  EXPECT_GT(told, times(900));
  RecordProperty("told", told);
  RecordProperty("covered", covered);
}

}  // namespace
