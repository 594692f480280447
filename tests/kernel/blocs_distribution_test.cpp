// The distribution over partitions: by hand, against its definition in long double, what must not change it, what is
// refused, and that its judge is no rubber stamp.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "kernel/blocs_likely.hpp"
#include "support/allocations.hpp"

using namespace entente::blocs;
using namespace entente::tests::likely;

namespace {

Distribution likely(const Graph& g, Setting setting = {}, const std::vector<Condition>& conditions = {},
                    DistributionOptions options = {}) {
  const auto d = distribution(g, setting, conditions, options);
  EXPECT_TRUE(d.has_value()) << (d ? "" : d.error().message);
  if (!d) return {};
  const auto v = check(g, setting, conditions, options, *d);
  EXPECT_TRUE(v.consistent) << v.fault;
  return *d;
}

std::string refusal(const Graph& g, DistributionOptions options, Setting setting = {}) {
  const auto d = distribution(g, setting, {}, options);
  return d ? "" : d.error().message + " | " + d.error().where;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

// Two actors and one tie: the tie is the log odds of standing together.
TEST(BlocsDistribution, OneTieIsALogOdds) {
  for (const double w : {-3.0, -0.5, 0.0, 1.8}) {
    const Graph g{2, {{0, 1, w}}, {}};
    for (const Setting s : {Setting{}, Setting{Number::free}, Setting{Number::at_most, 2}}) {
      const auto d = likely(g, s, {}, {.gradient = true});
      EXPECT_NEAR(d.together[0], logistic(w), 1e-15);
      EXPECT_NEAR(d.log_partition, std::log(1 + std::exp(-w)), 1e-15);
      EXPECT_NEAR(d.gradient[0], logistic(w) * logistic(-w), 1e-15);
    }
  }
  const auto half = likely({2, {{0, 1, 3}}, {}}, {}, {}, {.temperature = 2});
  EXPECT_NEAR(half.together[0], logistic(1.5), 1e-15);
  const auto sized = likely({2, {{0, 1, 1}}, {4, 9}}, {}, {}, {.size_exponent = 0.5});
  EXPECT_NEAR(sized.together[0], logistic(6), 1e-15);
}

// A and B apart, C tied to both: C goes with A with the odds of the difference.
TEST(BlocsDistribution, AThirdBetweenTwoCores) {
  const auto d = likely({3, {{0, 2, 1.3}, {1, 2, 0.4}, {0, 1, -7}}, {}}, {}, {{0, 1, false}});
  EXPECT_EQ(d.together[pair(0, 1)], 0);
  EXPECT_NEAR(d.together[pair(0, 2)], logistic(0.9), 1e-15);
  EXPECT_NEAR(d.together[pair(1, 2)], logistic(-0.9), 1e-15);
}

TEST(BlocsDistribution, WithoutTiesEveryPartitionIsAsLikely) {
  const Graph g{5, {}, {}};
  EXPECT_NEAR(likely(g).log_partition, std::log(16), 1e-15);
  EXPECT_NEAR(likely(g, {Number::exactly, 2}).entropy, std::log(15), 1e-15);
  EXPECT_NEAR(likely(g, {Number::free}).entropy, std::log(52), 1e-15);        // Bell's number
  EXPECT_NEAR(likely(g, {Number::exactly, 3}).entropy, std::log(25), 1e-15);  // Stirling's
  EXPECT_NEAR(likely(g, {Number::at_most, 3}).entropy, std::log(41), 1e-15);
  EXPECT_NEAR(likely(g, {Number::free}).together[0], 15.0 / 52, 1e-15);
  EXPECT_NEAR(likely({1, {}, {}}, {Number::free}).entropy, 0, 1e-15);
  EXPECT_NEAR(likely({1, {}, {}}).entropy, 0, 1e-15);
}

// ln 2 at the ends of a long path of strong ties; a chance of exp(-300) keeps its digits, and so does its logit.
TEST(BlocsDistribution, SmallChancesKeepTheirDigits) {
  const auto d = likely({3, {{0, 1, -300}, {1, 2, 1}}, {}});
  EXPECT_NEAR(std::log(d.together[pair(0, 1)]), -300, 1e-11);
  EXPECT_NEAR(std::log(d.together[pair(0, 1)] / d.apart[pair(0, 1)]), -300, 1e-11);
  const auto f = likely({3, {{0, 1, 300}, {1, 2, 200}}, {}}, {Number::free});
  EXPECT_NEAR(std::log(f.apart[pair(0, 1)]), -300, 1e-11);
  // Beyond what a double's exponent reaches, the least energy is left.
  for (const Setting s : {Setting{}, Setting{Number::free}, Setting{Number::exactly, 3}}) {
    const auto cold = likely({4, {{0, 1, 5000}, {1, 2, -4000}, {2, 3, -3000}}, {}}, s, {}, {.temperature = 0.01});
    EXPECT_EQ(cold.together[pair(0, 1)], 1) << static_cast<int>(s.number);
    EXPECT_EQ(cold.together[pair(1, 2)], 0);
    EXPECT_GE(cold.entropy, 0);
  }
}

TEST(BlocsDistribution, TenThousandGamesOnTwoSides) {
  DistributionWorkspace w;
  Distribution d;
  long double worst = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    Dice dice{i};
    const std::uint32_t n = 3 + static_cast<std::uint32_t>(i % 10);
    const double most = 0.5 + 3 * dice.real(), density = 0.3 + 0.7 * dice.real();
    const Graph g = game(dice, n, most, density, dice.chance(0.3));
    const Setting s = dice.chance(0.3) ? Setting{Number::exactly, 2} : Setting{};
    std::vector<Condition> conditions;
    if (dice.chance(0.5)) conditions.push_back({0, 1 + dice.below(n - 1), false});
    if (dice.chance(0.2)) conditions.push_back({n - 1, n - 2, dice.chance(0.5)});
    const DistributionOptions o{.temperature = dice.chance(0.5) ? 1 : 0.5 + dice.real(),
                                .size_exponent = dice.chance(0.5)   ? 0
                                                 : dice.chance(0.5) ? 1
                                                                    : 0.5,
                                .gradient = n <= 8};
    ASSERT_TRUE(distribution(g, s, conditions, o, w, d)) << i;
    const Truth t = by_definition(g, s, conditions, o.temperature, o.size_exponent, o.gradient);
    ASSERT_EQ(d.feasible, t.partitions > 0) << i;
    if (!d.feasible) continue;
    ASSERT_TRUE(d.exact);
    worst = std::max(worst, distance(d, t));
    ASSERT_LE(distance(d, t), 1e-12) << i;
  }
  RecordProperty("worst", std::to_string(static_cast<double>(worst) * 1e15) + "e-15");
}

TEST(BlocsDistribution, GamesOfAnyNumberOfBlocs) {
  DistributionWorkspace w;
  Distribution d;
  for (std::uint64_t i = 0; i < 1'500; ++i) {
    Dice dice{100'000 + i};
    const std::uint32_t n = 1 + static_cast<std::uint32_t>(i % 9);
    const double most = 0.5 + 3 * dice.real(), density = 0.3 + 0.7 * dice.real();
    const Graph g = game(dice, n, most, density, dice.chance(0.3));
    const Number numbers[] = {Number::free, Number::exactly, Number::at_most};
    const Setting s{numbers[dice.below(3)], 1 + dice.below(n)};
    std::vector<Condition> conditions;
    for (int c = 0; n > 1 && c < 2; ++c)
      if (const std::uint32_t a = dice.below(n), b = dice.below(n); a != b && dice.chance(0.5))
        conditions.push_back({a, b, dice.chance(0.4)});
    const DistributionOptions o{
        .temperature = 0.5 + dice.real(), .size_exponent = dice.chance(0.5) ? 0 : 0.7, .gradient = n <= 7};
    ASSERT_TRUE(distribution(g, s, conditions, o, w, d)) << i;
    const Truth t = by_definition(g, s, conditions, o.temperature, o.size_exponent, o.gradient);
    ASSERT_EQ(d.feasible, t.partitions > 0) << i;
    if (d.feasible) ASSERT_LE(distance(d, t), 1e-12) << i;
  }
}

// To 15: the number of partitions (Bell's and Stirling's numbers), the recursion held to two sides where they meet, and
// one more actor's ties one by one as ln Z says they must be: dln Z/dw = -P(apart).
TEST(BlocsDistribution, RecursionToFifteen) {
  EXPECT_NEAR(likely({15, {}, {}}, {Number::free}).log_partition, std::log(1'382'958'545.0), 1e-13);
  EXPECT_NEAR(likely({15, {}, {}}, {Number::exactly, 5}).log_partition, std::log(210'766'920.0), 1e-13);
  Dice dice{5};
  Graph g = game(dice, 14, 1.5, 0.6);
  const auto sides = likely(g), sets = [&] {
    // At most two blocs by the recursion: a third that nobody may join, apart from a fourth, is left out of the sum.
    Graph more = g;
    more.actors = 15;
    return likely(more, {Number::exactly, 3},
                  {{14, 0, false},
                   {14, 1, false},
                   {14, 2, false},
                   {14, 3, false},
                   {14, 4, false},
                   {14, 5, false},
                   {14, 6, false},
                   {14, 7, false},
                   {14, 8, false},
                   {14, 9, false},
                   {14, 10, false},
                   {14, 11, false},
                   {14, 12, false},
                   {14, 13, false}});
  }();
  const auto both = likely(g, {Number::exactly, 2});
  for (std::size_t p = 0; p < both.together.size(); ++p) EXPECT_NEAR(sets.together[p], both.together[p], 1e-12);
  EXPECT_NEAR(sets.log_partition, both.log_partition, 1e-12);
  EXPECT_GT(sides.log_partition, both.log_partition);
  const auto here = likely(g, {Number::free});
  constexpr double h = 1e-4;
  for (const std::size_t t : {0u, 7u, 20u}) {
    Graph up = g, down = g;
    up.ties[t].weight += h, down.ties[t].weight -= h;
    const double slope =
        (likely(up, {Number::free}).log_partition - likely(down, {Number::free}).log_partition) / 2 / h;
    EXPECT_NEAR(slope, -here.apart[pair(g.ties[t].a, g.ties[t].b)], 1e-8);
  }
}

// Central differences of the kernel's own chances; large graphs too.
TEST(BlocsDistribution, GradientsAreThoseOfDifferences) {
  for (const auto& [n, s] : std::vector<std::pair<std::uint32_t, Setting>>{{16, {}},
                                                                           {13, {Number::exactly, 2}},
                                                                           {11, {Number::free}},
                                                                           {10, {Number::exactly, 4}},
                                                                           {11, {Number::at_most, 3}}}) {
    Dice dice{n};
    const Graph g = game(dice, n, 2, 0.5, true);
    const DistributionOptions o{.temperature = 1.3, .size_exponent = 0.4, .gradient = true};
    const std::vector<Condition> conditions{{0, 1, false}, {2, 3, true}};
    const auto d = likely(g, s, conditions, o);
    constexpr double h = 1e-4;
    for (std::size_t t = 0; t < g.ties.size(); t += 7) {
      Graph up = g, down = g;
      up.ties[t].weight += h, down.ties[t].weight -= h;
      const auto a = likely(up, s, conditions, o), b = likely(down, s, conditions, o);
      for (std::size_t p = 0; p < d.together.size(); ++p)
        ASSERT_NEAR(d.gradient[p * g.ties.size() + t], (a.together[p] - b.together[p]) / 2 / h, 1e-8)
            << n << " pair " << p << " tie " << t;
    }
  }
}

// Under `against` an actor without ties changes nobody's chance, and under two sides of which one may be empty neither;
// where no camp may be empty it does.
TEST(BlocsDistribution, AnActorWithoutTiesChangesNobodysChance) {
  bool moved = false;
  for (std::uint64_t i = 0; i < 500; ++i) {
    Dice dice{i + 7};
    const std::uint32_t n = 3 + dice.below(12);
    const Graph g = game(dice, n, 3, 0.5);
    Graph more = g;
    ++more.actors;
    for (const std::vector<Condition>& conditions : {std::vector<Condition>{{0, 1, false}}, {}}) {
      const auto a = distribution(g, {}, conditions), b = distribution(more, {}, conditions);
      ASSERT_TRUE(a && b);
      for (std::size_t p = 0; p < a->together.size(); ++p) ASSERT_NEAR(a->together[p], b->together[p], 1e-12);
      ASSERT_NEAR(b->together[pair(n, 0)], 0.5, 1e-12);
    }
    const auto a = distribution(g, {Number::exactly, 2}), b = distribution(more, {Number::exactly, 2});
    moved = moved || std::abs(a->together[0] - b->together[0]) > 1e-3;
  }
  EXPECT_TRUE(moved);
}

TEST(BlocsDistribution, NamesOfActorsDoNotMatter) {
  for (std::uint64_t i = 0; i < 300; ++i) {
    Dice dice{i + 31};
    const std::uint32_t n = 2 + dice.below(9);
    const Graph g = game(dice, n, 3, 0.7, true);
    std::vector<Actor> place(n);
    for (Actor v = 0; v < n; ++v) place[v] = v;
    for (Actor v = n; v-- > 1;) std::swap(place[v], place[dice.below(v + 1)]);
    Graph h{n, {}, std::vector<double>(n)};
    for (Actor v = 0; v < n; ++v) h.size[place[v]] = g.size[v];
    for (std::size_t t = g.ties.size(); t-- > 0;)
      h.ties.push_back({place[g.ties[t].b], place[g.ties[t].a], g.ties[t].weight});
    const DistributionOptions o{.size_exponent = 0.5};
    for (const Setting s :
         {Setting{}, Setting{Number::exactly, 2}, Setting{Number::free}, Setting{Number::at_most, 2}}) {
      const auto a = distribution(g, s, {}, o), b = distribution(h, s, {}, o);
      ASSERT_TRUE(a && b);
      ASSERT_NEAR(a->log_partition, b->log_partition, 1e-12);
      for (Actor v = 1; v < n; ++v)
        for (Actor u = 0; u < v; ++u)
          ASSERT_NEAR(a->together[pair(u, v)], b->together[pair(place[u], place[v])], 1e-12);
    }
  }
}

TEST(BlocsDistribution, TowardsZeroTheLeastEnergyIsLeft) {
  int held = 0;
  for (std::uint64_t i = 0; i < 200; ++i) {
    Dice dice{i + 77};
    const std::uint32_t n = 2 + dice.below(8);
    const Graph g = game(dice, n, 3, 0.9);
    for (const Setting s : {Setting{}, Setting{Number::free}}) {
      const auto best = optimise(g, s);
      ASSERT_TRUE(best.has_value());
      if (best->count != 1 || best->gap < 0.1) continue;
      ++held;
      const auto d = likely(g, s, {}, {.temperature = 1e-3});
      for (Actor v = 1; v < n; ++v)
        for (Actor u = 0; u < v; ++u) ASSERT_EQ(d.together[pair(u, v)] > 0.5, best->bloc[u] == best->bloc[v]) << i;
      ASSERT_NEAR(d.energy, best->energy, 1e-9);
    }
  }
  EXPECT_GT(held, 200);
}

TEST(BlocsDistribution, AllocatesNothingInTheLoop) {
  DistributionWorkspace w;
  Distribution d;
  for (const Setting s : {Setting{}, Setting{Number::free}, Setting{Number::exactly, 3}}) {
    Dice dice{3};
    Graph g = game(dice, 9, 2, 1);
    const std::vector<Condition> conditions{{0, 1, false}};
    const DistributionOptions o{.gradient = true, .toss = 0.2};
    ASSERT_TRUE(distribution(g, s, conditions, o, w, d));
    const std::size_t before = entente::tests::allocations.load();
    for (int i = 0; i < 50; ++i) {
      for (Tie& t : g.ties) t.weight = 4 * dice.real() - 2;
      ASSERT_TRUE(distribution(g, s, conditions, o, w, d));
    }
    EXPECT_EQ(entente::tests::allocations.load() - before, 0u) << static_cast<int>(s.number);
  }
}

// Every partition is drawn as often as it is likely, the likeliest in the middle.
TEST(BlocsDistribution, DrawsAreAsLikelyAsPartitions) {
  constexpr int tosses = 20'000;
  for (const auto& [s, conditions] :
       std::vector<std::pair<Setting, std::vector<Condition>>>{{{}, {}},
                                                               {{}, {{0, 1, false}}},
                                                               {{Number::exactly, 2}, {}},
                                                               {{Number::free}, {{0, 3, true}}},
                                                               {{Number::exactly, 3}, {}},
                                                               {{Number::at_most, 3}, {{1, 2, false}}}}) {
    Dice dice{8};
    const Graph g = game(dice, 5, 2, 1);
    std::map<std::vector<std::uint32_t>, int> seen;
    DistributionWorkspace w;
    Distribution d;
    DistributionOptions o;
    for (int i = 0; i < tosses; ++i) {
      o.toss = (i + 0.5) / tosses;
      ASSERT_TRUE(distribution(g, s, conditions, o, w, d));
      ++seen[d.drawn];
      if (i != tosses / 2) continue;
      Solution best;
      Workspace b;
      ASSERT_TRUE(optimise(g, s, conditions, {}, b, best));
      EXPECT_EQ(d.drawn, best.bloc);
    }
    double all = 0;
    for (const auto& [label, count] : seen) {
      const double p = std::exp(-energy(g, label) - d.log_partition);
      EXPECT_NEAR(count, p * tosses, 2.01);  // a grid: at most one more or less at either end of a piece
      all += p;
      for (const Condition& c : conditions) EXPECT_EQ(label[c.a] == label[c.b], c.together);
    }
    EXPECT_NEAR(all, 1, 1e-3);
  }
}

TEST(BlocsDistribution, RefusesWhatHasNoDistribution) {
  const Graph g{3, {{0, 1, 1}, {1, 2, -1}}, {}};
  EXPECT_EQ(refusal(g, {.temperature = 0}), "a temperature is a finite number above 0 | temperature");
  EXPECT_EQ(refusal(g, {.temperature = -1}), "a temperature is a finite number above 0 | temperature");
  EXPECT_EQ(refusal(g, {.temperature = std::nan("")}), "a temperature is a finite number above 0 | temperature");
  EXPECT_EQ(refusal(g, {.temperature = 1e-10}),
            "the temperature is too small for these ties: only the least energy counts | temperature");
  EXPECT_EQ(refusal(g, {.size_exponent = INFINITY}), "the exponent of sizes is a finite number | size_exponent");
  EXPECT_EQ(refusal(g, {.error = 0}), "the error to be reached is a number above 0 | error");
  EXPECT_EQ(refusal(g, {.sides_to = 25}), "two sides are done exactly for 1 to 24 actors | sides_to");
  EXPECT_EQ(refusal({500, {}, {}}, {}), "a distribution is sampled for up to 400 actors | ");
  EXPECT_EQ(refusal({2, {{0, 0, 1}}, {}}, {}), "a tie of an actor with itself | tie 0");
  const auto none = distribution(g, {}, std::vector<Condition>{{0, 1, true}, {0, 1, false}});
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->feasible);
  EXPECT_FALSE(distribution({1, {}, {}}, {Number::exactly, 2})->feasible || false);
}

// Every number of a right answer moved by a little is a fault that is found.
TEST(BlocsDistribution, TheCheckerFindsFaults) {
  Dice dice{1};
  const Graph g = game(dice, 6, 2, 1);
  for (const Setting s : {Setting{}, Setting{Number::free}}) {
    const std::vector<Condition> conditions{{0, 1, false}};
    const DistributionOptions o{.gradient = true};
    const Distribution right = likely(g, s, conditions, o);
    const auto fault = [&](auto change) {
      Distribution wrong = right;
      change(wrong);
      return !check(g, s, conditions, o, wrong).consistent;
    };
    EXPECT_FALSE(fault([](Distribution&) {}));
    EXPECT_TRUE(fault([](Distribution& d) { d.log_partition += 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.entropy += 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.energy += 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.together[3] += 1e-6, d.apart[3] -= 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.apart[3] += 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.together[0] = 0.1; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.gradient[40] += 1e-6; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.together.pop_back(); }));
    EXPECT_TRUE(fault([](Distribution& d) { d.feasible = false; }));
    EXPECT_TRUE(fault([](Distribution& d) { d.exact = false; }));
  }
  // Beyond what is enumerated again, three actors betray it.
  const Graph large = game(dice, 18, 2, 0.5);
  Distribution d = *distribution(large);
  EXPECT_TRUE(check(large, {}, {}, {}, d).consistent);
  d.together[0] = d.together[1] = 1, d.together[2] = 0;
  d.apart[0] = d.apart[1] = 0, d.apart[2] = 1;
  EXPECT_FALSE(check(large, {}, {}, {}, d).consistent);
}
