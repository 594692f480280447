// The blocs kernel's contract: what it refuses, what its words mean, and that its judge is no rubber stamp.
#include <gtest/gtest.h>

#include <cmath>

#include "entente/kernel/blocs.hpp"

using namespace entente::blocs;

namespace {

Graph triangle(double ab, double bc, double ac) { return {3, {{0, 1, ab}, {1, 2, bc}, {0, 2, ac}}, {}}; }

Solution solved(const Graph& g, Setting setting, std::vector<Condition> conditions = {}, Options options = {}) {
  Workspace w;
  Solution out;
  const auto done = optimise(g, setting, conditions, options, w, out);
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  const Verdict v = check(g, setting, conditions, options, out);
  EXPECT_TRUE(v.consistent) << v.fault;
  EXPECT_TRUE(v.bound_verified);
  return out;
}

std::string refusal(const Graph& g, Setting setting = {}, std::vector<Condition> conditions = {}) {
  const auto valid = validate(g, setting, conditions);
  return valid ? "" : valid.error().message + " | " + valid.error().where;
}

}  // namespace

TEST(BlocsContract, RefusesWhatIsNoSignedGraph) {
  const double nan = std::nan("");
  EXPECT_EQ(refusal({0, {}, {}}), "a graph without actors | ");
  EXPECT_EQ(refusal({2, {{0, 2, 1}}, {}}), "a tie of an actor that does not exist | tie 0");
  EXPECT_EQ(refusal({2, {{1, 1, 1}}, {}}), "a tie of an actor with itself | tie 0");
  EXPECT_EQ(refusal({2, {{0, 1, 1}, {1, 0, -1}}, {}}), "a pair of actors is tied twice | tie 1");
  EXPECT_EQ(refusal({2, {{0, 1, nan}}, {}}), "a weight is a finite number | tie 0");
  EXPECT_EQ(refusal({2, {}, {1, 0}}), "a size is a finite number above 0 | size 1");
  EXPECT_EQ(refusal({2, {}, {1, nan}}), "a size is a finite number above 0 | size 1");
  EXPECT_EQ(refusal({2, {}, {1}}), "sizes are not one for each actor | ");
  EXPECT_EQ(refusal({2, {{0, 1, 1e300}}, {1e300, 1}}), "sizes times weight are too large a number | tie 0");
  EXPECT_EQ(refusal({2, {{0, 1, 1e-300}}, {1e-300, 1}}), "sizes times weight are too small a number | tie 0");
  EXPECT_EQ(refusal({2, {}, {}}, {Number::exactly, 3}),
            "the number of blocs is not between 1 and the number of actors | ");
  EXPECT_EQ(refusal({2, {}, {}}, {Number::at_most, 0}),
            "the number of blocs is not between 1 and the number of actors | ");
  EXPECT_EQ(refusal({2, {}, {}}, {}, {{0, 0, false}}), "a condition between an actor and itself | condition 0");
  EXPECT_EQ(refusal({2, {}, {}}, {}, {{0, 5, true}}), "a condition on an actor that does not exist | condition 0");
  EXPECT_EQ(refusal({70'000, {}, {}}), "more than 20,000 actors | ");
}

TEST(BlocsContract, AFrustratedTriangleByHand) {
  // 0 and 1 friends, 1 and 2 friends, 0 and 2 enemies: one tie is frustrated; the weakest is. Sizes 1, 2, 3.
  Graph g = triangle(1, 1, -1);
  g.size = {1, 2, 3};
  const Solution s = solved(g, {});
  // c: 01 = 2, 12 = 6, 02 = -3. Apart {0}: 2 - 3 = -1; {2}: 6 - 3 = 3; {1}: 8; together: 0.
  EXPECT_DOUBLE_EQ(s.energy, -1);
  EXPECT_DOUBLE_EQ(s.frustration, 2);
  EXPECT_DOUBLE_EQ(s.second, 0);
  EXPECT_DOUBLE_EQ(s.gap, 1);
  EXPECT_EQ(s.bloc, (std::vector<std::uint32_t>{0, 1, 1}));
  EXPECT_EQ(s.tie_frustration, (std::vector<double>{2, 0, 0}));
  EXPECT_EQ(s.actor_frustration, (std::vector<double>{2, 2, 0}));
  EXPECT_EQ(triads(g).count, (std::array<std::uint64_t, 4>{0, 1, 0, 0}));
}

TEST(BlocsContract, ThreeEnemiesHaveThreeOptimaOnTwoSidesAndOneWhenFree) {
  const Graph g = triangle(-1, -1, -1);
  const Solution two = solved(g, {});
  EXPECT_DOUBLE_EQ(two.frustration, 1);
  EXPECT_EQ(two.count, 3u);
  EXPECT_TRUE(two.complete);
  EXPECT_DOUBLE_EQ(two.gap, 2);  // from one frustrated tie to three
  const Solution free = solved(g, {Number::free});
  EXPECT_DOUBLE_EQ(free.frustration, 0);
  EXPECT_EQ(free.count, 1u);
  EXPECT_EQ(free.blocs, 3u);
  EXPECT_EQ(triads(g).count[3], 1u);
}

TEST(BlocsContract, OneSideMayBeEmptyUnlessTwoAreAskedFor) {
  const Graph friends = triangle(1, 2, 3);
  EXPECT_EQ(solved(friends, {}).blocs, 1u);
  const Solution parted = solved(friends, {Number::exactly, 2});
  EXPECT_EQ(parted.blocs, 2u);
  EXPECT_DOUBLE_EQ(parted.energy, 3);
  EXPECT_EQ(parted.bloc, (std::vector<std::uint32_t>{0, 1, 0}));
  const Solution each = solved(friends, {Number::exactly, 3});
  EXPECT_DOUBLE_EQ(each.energy, 6);
  EXPECT_EQ(each.second, nothing);
  EXPECT_TRUE(each.second_proven);
}

TEST(BlocsContract, ConditionsBindAndMayContradict) {
  const Graph g = triangle(1, 1, -1);
  for (const Setting setting : {Setting{}, Setting{Number::free}, Setting{Number::at_most, 3}}) {
    EXPECT_EQ(solved(g, setting, {{0, 2, true}}).bloc, (std::vector<std::uint32_t>{0, 0, 0}));
    EXPECT_EQ(solved(g, setting, {{0, 1, false}}).bloc, (std::vector<std::uint32_t>{0, 1, 1}));
    EXPECT_FALSE(solved(g, setting, {{0, 1, false}, {1, 0, true}}).feasible);
  }
  const std::vector<Condition> apart{{0, 1, false}, {1, 2, false}, {0, 2, false}};
  EXPECT_FALSE(solved(g, {}, apart).feasible);
  EXPECT_EQ(solved(g, {Number::free}, apart).blocs, 3u);
  EXPECT_FALSE(solved(g, {Number::exactly, 2}, {{0, 1, true}, {1, 2, true}}).feasible);
  EXPECT_FALSE(solved({1, {}, {}}, {Number::two}, {}).bloc.empty());
}

TEST(BlocsContract, TheListEndsAtItsLimitAndSaysSo) {
  const Graph loose{6, {}, {}};  // nobody tied: 32 configurations with two sides, 203 with any number
  Options options;
  const Solution all = solved(loose, {}, {}, options);
  EXPECT_EQ(all.count, 32u);
  EXPECT_TRUE(all.complete);
  EXPECT_EQ(all.second, nothing);
  options.optima = 31;
  const Solution most = solved(loose, {}, {}, options);
  EXPECT_EQ(most.count, 31u);
  EXPECT_FALSE(most.complete);
  options.optima = 300;
  EXPECT_EQ(solved(loose, {Number::free}, {}, options).count, 203u);  // the sixth Bell number
}

TEST(BlocsContract, TheJudgeFindsWhatIsWrong) {
  const Graph g = triangle(1, 1, -2);
  const Options options;
  const Solution right = solved(g, {});
  const auto fault = [&](auto change) {
    Solution s = right;
    change(s);
    const Verdict v = check(g, {}, {}, options, s);
    return !v.consistent && !v.fault.empty();
  };
  EXPECT_TRUE(fault([](Solution& s) { s.energy -= 1; }));
  EXPECT_TRUE(fault([](Solution& s) { s.frustration += 1; }));
  EXPECT_TRUE(fault([](Solution& s) { s.bloc = {1, 0, 0}; }));
  EXPECT_TRUE(fault([](Solution& s) { s.bound -= 1; }));
  EXPECT_TRUE(fault([](Solution& s) { s.count = 1, s.optima.resize(3); }));
  EXPECT_TRUE(fault([](Solution& s) { s.second -= 0.5; }));
  EXPECT_TRUE(fault([](Solution& s) { s.tie_frustration[0] += 1; }));
  EXPECT_TRUE(fault([](Solution& s) { s.bloc = s.optima = {0, 0, 0}; }));
}

TEST(BlocsContract, LandscapeOfThreeEnemies) {
  const auto l = landscape(triangle(-1, -1, -1));
  ASSERT_TRUE(l.has_value());
  EXPECT_TRUE(l->enumerated);
  EXPECT_EQ(l->configurations, 4u);
  ASSERT_EQ(l->optima.size(), 3u);
  // All together, the lowest number moves first: that configuration ends in {0} against the others.
  std::uint64_t whole = 0;
  for (const LocalOptimum& o : l->optima) {
    EXPECT_DOUBLE_EQ(o.energy, -2);
    EXPECT_EQ(o.basin, o.bloc == std::vector<std::uint32_t>({0, 1, 1}) ? 2u : 1u);
    whole += o.basin;
  }
  EXPECT_EQ(whole, 4u);
}

TEST(BlocsContract, ActorsNobodyIsTiedTo) {
  Graph g{20'000, {}, {}};
  for (const bool ties : {false, true}) {
    if (ties) g.ties = {{3, 77, 1}, {77, 500, -1}, {3, 500, 1}};
    for (const Setting setting : {Setting{}, Setting{Number::exactly, 2}, Setting{Number::exactly, 5},
                                  Setting{Number::at_most, 5}, Setting{Number::free}}) {
      Workspace w;
      Solution s;
      ASSERT_TRUE(optimise(g, setting, {}, {}, w, s));
      const Verdict v = check(g, setting, {}, {}, s);
      EXPECT_TRUE(v.consistent) << v.fault;
      EXPECT_TRUE(s.proven && s.second_proven && !s.complete);
      EXPECT_EQ(s.count, 64u);
      EXPECT_EQ(s.energy, 0);  // the enemy stays within, or the friends part: 1 frustrated
      const bool two = setting.k == 2 && setting.number != Number::free;
      EXPECT_EQ(s.second, !ties ? nothing : two ? 2 : 1);  // three blocs of one each: both friends frustrated
    }
  }
  const auto all = optimise(Graph{10, {}, {}}, {Number::free}, {.optima = 1'000'000});  // 0.03 s, once 31 s
  ASSERT_TRUE(all);
  EXPECT_EQ(all->count, 115'975u);  // Bell's number
  EXPECT_TRUE(all->complete);
}

TEST(BlocsContract, TheListsLengthChangesNeitherEnergyNorSecond) {
  const Graph g{7,
                {{0, 1, -1e-6},
                 {1, 2, 1e-6},
                 {0, 3, -6165.9500186148225},
                 {1, 3, 2.6302679918953814e-05},
                 {2, 4, 1e-6},
                 {3, 4, -12302.687708123811},
                 {0, 5, -0.00020417379446695296},
                 {4, 5, 0.011748975549395297},
                 {0, 6, 2.6302679918953814e-05},
                 {2, 6, 1.2589254117941661e-06}},
                {.01, .01, .01, 20.417379446695296, .01, .027542287033381661, 1.7378008287493754}};
  const Solution all = solved(g, {Number::free}, {}, {.optima = 5000});
  EXPECT_TRUE(all.complete);
  // Ties of 1e-6 times small sizes are not lost beside those of 12,000: one partition is the best.
  EXPECT_EQ(all.count, 1u);
  for (std::uint32_t most : {1u, 2u, 3u}) {
    const Solution s = solved(g, {Number::free}, {}, {.optima = most});
    EXPECT_EQ(s.energy, all.energy);
    EXPECT_EQ(s.second, all.second);
    EXPECT_EQ(s.count, 1u);
    EXPECT_TRUE(s.second_proven && s.complete);
  }
  // The same with equal ties, of which many partitions are as good.
  Graph equal = g;
  equal.size.clear();
  for (Tie& t : equal.ties) t.weight = t.weight > 0 ? 1 : -1;
  equal.ties.resize(5);
  const Solution many = solved(equal, {Number::free}, {}, {.optima = 5000});
  ASSERT_GT(many.count, 3u);
  for (std::uint32_t most : {1u, 2u, 3u}) {
    const Solution s = solved(equal, {Number::free}, {}, {.optima = most});
    EXPECT_EQ(s.energy, many.energy);
    EXPECT_EQ(s.second, many.second);
    EXPECT_EQ(s.count, most);
    EXPECT_TRUE(s.second_proven && !s.complete);
  }
}

TEST(BlocsContract, AFewNodesGiveAnAnswer) {
  Graph g{60, {}, {}};
  for (Actor a = 0; a < 60; ++a)
    for (Actor b = a + 1; b < 60; ++b) g.ties.push_back({a, b, (a * 7 + b * 5) % 11 < 5 ? 1.0 : -1.0});
  for (const Setting setting : {Setting{Number::free}, Setting{Number::exactly, 7}, Setting{Number::at_most, 3}}) {
    const auto s = optimise(g, setting, {.nodes = 20});
    ASSERT_TRUE(s);
    EXPECT_LT(s->bound, s->energy);
    EXPECT_FALSE(s->proven);
    EXPECT_LE(s->nodes, 21u + 60u);
    EXPECT_TRUE(check(g, setting, {}, {.nodes = 20}, *s).consistent);
  }
}
