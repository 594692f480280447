// turn: cases that can be done by hand, certificates looked at by code that does not search, the box, a duel, an end by
// a limit.
#include "entente/turn/turn.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <thread>

#include "situations.hpp"

using namespace entente;
using tests::compile;

namespace {

std::string text(const std::string& levers, const std::string& claims = "  c: x + y > 6\n") {
  return "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\n"
         "actors: {A: Anna, B: Bert}\ndrivers:\n  x: between 0 and 10 in any\n  y: between 0 and 10 in any\n  z: = x + "
         "y\n"
         "levers:\n" +
         levers + "claims:\n" + claims;
}

turn::Answer turned(const std::string& yaml, turn::Options o = {}, std::size_t claim = 0) {
  const auto c = compile(yaml, {}, {.everything = false, .moves = true});
  EXPECT_TRUE(c->plan) << c->complaints();
  if (o.threads == 0) o.threads = 1;
  auto a = turn::turn(*c->plan, claim, o);
  EXPECT_TRUE(a.has_value());
  return std::move(*a);
}

std::vector<std::uint32_t> levers(const turn::Told& t) {
  std::vector<std::uint32_t> out;
  for (const auto& x : t.steps) out.push_back(x.lever);
  return out;
}

// P(x + y > 6) = 1 - 18/100 = 0.82 for two uniform numbers up to 10.
TEST(Turn, ByHand) {
  const std::string three =
      "  up: {by: A, cost: 3, set: {drivers: {x: between 3 and 10}}}\n"
      "  set: {by: B, cost: 10, set: {drivers: {x: 9}}}\n"
      "  no: {by: B, cost: 1, set: {drivers: {x: 0}}}\n";
  auto a = turned(text(three), {.chance = 0.8});
  EXPECT_NEAR(a.before, 0.82, 0.02);
  ASSERT_TRUE(a.package);
  EXPECT_TRUE(a.package->steps.empty());
  EXPECT_EQ(a.package->cost, 0);
  a = turned(text(three), {.chance = 0.9});  // up: 1 - 4.5 / 70 = 0.936
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{0});
  EXPECT_NEAR(a.package->probability, 0.936, 0.015);
  EXPECT_TRUE(a.proven);
  EXPECT_LE(a.interval.low, 0.936);
  EXPECT_GE(a.interval.high, 0.936);
  ASSERT_EQ(a.found.tried.size(), 4u);                     // {}, no, up, set: what sets x excludes what sets x
  a = turned(text(three), {.to = false, .chance = 0.55});  // no: P(y <= 6) = 0.6
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{2});
  a = turned(text(three), {.to = false, .chance = 0.9});
  EXPECT_FALSE(a.package);
  ASSERT_TRUE(a.best);
  EXPECT_NEAR(a.best->probability, 0.6, 0.03);
  EXPECT_FALSE(a.ended);
}

TEST(Turn, ByWhomAndForHowMuch) {
  const std::string two =
      "  dear: {by: A, cost: 8 to 12, set: {drivers: {x: 9}}}\n"
      "  both: {by: [A, B], cost: 1, set: {drivers: {x: 8}}}\n"
      "  fate: {cost: 0, set: {drivers: {x: 10}}}\n";  // by nobody: no move
  turn::Options o{.chance = 0.9, .by = {0}};
  auto a = turned(text(two), o);
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{0});
  EXPECT_NEAR(a.package->cost, 9.8, 0.5);
  EXPECT_LT(a.package->low, a.package->cost);
  o.by = {0, 1};
  EXPECT_EQ(levers(*turned(text(two), o).package), std::vector<std::uint32_t>{1});
  o.by = {0};
  o.budget = 5;
  EXPECT_FALSE(turned(text(two), o).package);
  o.budget = 11;
  EXPECT_TRUE(turned(text(two), o).package);
  o.quantile = 0.95;  // about 12
  EXPECT_FALSE(turned(text(two), o).package);
}

TEST(Turn, WorksAndNeeds) {
  const std::string levers_ =
      "  first: {by: A, cost: 1, works: 50 %, set: {drivers: {y: 10}}}\n"
      "  then: {by: A, cost: 1, needs: first, set: {drivers: {x: 10}}}\n";
  const std::string claims = "  c: x >= 10\n";
  const auto a = turned(text(levers_, claims), {.sampling = {.seed = 1, .draws = 4000}, .chance = 0.4});
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_NEAR(a.package->probability, 0.5, 0.03);  // what fails takes what needs it along
  EXPECT_EQ(a.package->cost, 2);                   // and is paid for
  EXPECT_FALSE(turned(text(levers_, claims), {.chance = 0.6}).package);
}

TEST(Turn, Doses) {
  const std::string one =
      "  up: {by: A, dose: between 0 and 10, steps: 20, cost: = dose * 2, set: {drivers: {x: = dose}}}\n";
  const auto a =
      turned(text(one, "  c: x + y > 8\n"), {.chance = 0.9});  // y > 8 - dose in 0.2 + dose / 10 of the draws
  ASSERT_TRUE(a.package);
  ASSERT_EQ(a.package->steps.size(), 1u);
  EXPECT_NEAR(a.package->steps[0].dose, 7.0, 0.6);
  EXPECT_DOUBLE_EQ(a.package->cost, 2 * a.package->steps[0].dose);
  for (std::size_t i = 1; i < a.front.size(); ++i) {
    EXPECT_GT(a.front[i].cost, a.front[i - 1].cost);
    EXPECT_GT(a.front[i].probability, a.front[i - 1].probability);
  }
}

// A claim's own worlds lie on top of a package; a driver that it names is the package's.
TEST(Turn, WorldsOnWorlds) {
  const auto yaml = tests::pipe(
      "  lng: 300 to 340 USD/kcm\n", "  c: p.limit.BUY > (p.limit.BUY with cheap)\n  d: lng > 400 USD/kcm\n",
      "  dear: {by: BUY, cost: 1, set: {drivers: {lng: 500}, markets.gas.producers.LNG.cost: lng}}\n"
      "  cheap: {by: SEL, cost: 1, set: {markets.gas.producers.LNG.cost: 100}}\n");
  const turn::Options o{.sampling = {.seed = 1, .draws = 100}, .chance = 0.9};
  auto a = turned(yaml, o);
  EXPECT_TRUE(a.package && a.package->steps.empty());  // without anybody cheap is cheaper
  a = turned(yaml, {.sampling = {.seed = 1, .draws = 100}, .to = false, .chance = 0.9});
  ASSERT_TRUE(a.package);  // with cheap done, there is no difference
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{1});
  a = turned(yaml, o, 1);
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{0});
  EXPECT_EQ(a.idle, std::vector<std::uint32_t>{1});
}

TEST(Turn, TheSameForAnyThreads) {
  std::string many;
  for (int i = 0; i < 6; ++i)
    many += "  l" + std::to_string(i) + ": {by: A, cost: " + std::to_string(1 + i % 4) + " to " +
            std::to_string(6 + i % 3) +
            ", works: 70 to 90 % chance, dose: between 0 and 3, steps: 3, set: {drivers: {" + (i % 2 ? "x" : "y") +
            ": = " + std::to_string(i) + " + dose}}}\n";
  turn::Options one{.chance = 0.7, .threads = 1}, two{.chance = 0.7, .threads = 4};
  const auto a = turned(text(many, "  c: x * y > 12\n"), one), b = turned(text(many, "  c: x * y > 12\n"), two);
  ASSERT_EQ(a.found.tried.size(), b.found.tried.size());
  for (std::size_t i = 0; i < a.found.tried.size(); ++i) {
    EXPECT_EQ(a.found.tried[i].package, b.found.tried[i].package);
    EXPECT_EQ(a.found.tried[i].cost, b.found.tried[i].cost);
    EXPECT_EQ(a.found.tried[i].count.misses, b.found.tried[i].count.misses);
  }
  EXPECT_EQ(a.interval.low, b.interval.low);
}

TEST(Turn, AlternativesShareAtMostHalf) {
  const std::string four =
      "  a: {by: A, cost: 1, set: {drivers: {x: 9}}}\n  b: {by: A, cost: 2, set: {drivers: {y: 9}}}\n"
      "  c: {by: A, cost: 3, set: {drivers: {x: 9.5}}}\n";
  const auto a = turned(text(four), {.chance = 0.95});
  ASSERT_TRUE(a.package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{0});
  ASSERT_EQ(a.others.size(), 2u);  // b, c; a and b together would do, and a alone does
  EXPECT_EQ(levers(a.others[0]), std::vector<std::uint32_t>{1});
  EXPECT_EQ(levers(a.others[1]), std::vector<std::uint32_t>{2});
}

TEST(Turn, WhereItFails) {
  const std::string one = "  up: {by: A, cost: 1, works: 95 %, set: {drivers: {x: 9}}}\n";
  const auto a = turned(text(one, "  c: x > 5 and y < 8\n"), {.chance = 0.7});
  ASSERT_TRUE(a.package && a.fails);
  ASSERT_FALSE(a.fails->sides.empty());
  EXPECT_GT(a.fails->within, 0.9);
  EXPECT_GT(a.fails->covered, 0.7);  // y above 8 is a fifth; the lever's own failing is little
  bool y = false;
  for (const auto& side : a.fails->sides) y = y || (side.param != situation::none && std::abs(side.from - 8) < 0.3);
  EXPECT_TRUE(y);
}

TEST(Turn, OtherClaims) {
  const std::string one = "  up: {by: A, cost: 1, set: {drivers: {x: 9}}}\n";
  const auto a = turned(text(one, "  c: x > 5\n  other: z < 8\n  same: y < 8\n"), {.chance = 0.9});
  ASSERT_EQ(a.effects.size(), 1u);
  EXPECT_EQ(a.effects[0].claim, 1u);
  EXPECT_NEAR(a.effects[0].before, 0.32, 0.03);
  EXPECT_NEAR(a.effects[0].after, 0.0, 0.01);
}

TEST(Turn, AgainstSomebody) {
  // What B can do to x is undone by nothing A has; what it can do to y is.
  const std::string both =
      "  weak: {by: A, cost: 1, set: {drivers: {x: 9}}}\n  strong: {by: A, cost: 5, set: {drivers: {y: 20}}}\n"
      "  undo: {by: B, cost: 2, set: {drivers: {x: 0}}}\n";
  const std::string claims = "  c: x + y > 12\n";
  const auto a = turned(text(both, claims), {.chance = 0.6, .against = 1});
  ASSERT_TRUE(a.package && a.against && a.against->package);
  EXPECT_EQ(levers(*a.package), std::vector<std::uint32_t>{0});
  EXPECT_EQ(levers(*a.against->package), std::vector<std::uint32_t>{1});
  EXPECT_EQ(a.against->answers, 2u);
  EXPECT_EQ(a.against->probability, 1.0);
  turn::Options poor{.chance = 0.6, .against = 1, .answer_budget = 1};
  EXPECT_EQ(levers(*turned(text(both, claims), poor).against->package), std::vector<std::uint32_t>{0});
}

TEST(Turn, ComplaintsBeforeAnyDraw) {
  const auto fits = [](const std::string& yaml) {
    const auto c = compile(yaml, {}, {.everything = false, .moves = true});
    Diagnostics out;
    const bool good = c->plan && turn::fit(*c->plan, {}, out);
    return std::pair(good, out.all().empty() ? "" : out.all().front().code);
  };
  EXPECT_EQ(fits(text("  a: {by: A, set: {drivers: {x: 9}}}\n")), std::pair(false, std::string("E0840")));
  EXPECT_EQ(fits(text("  a: {set: {drivers: {x: 9}}}\n")), std::pair(true, std::string()));
  EXPECT_TRUE(turned(text("  a: {by: A, cost: 1, set: {drivers: {x: 9}}}\n",
                          "  c: {holds: x > -1, implied: x is never below nought}\n"))
                  .implied);
}

// Sixteen levers of which nothing does it: a limit ends it, with what costs less than the frontier refuted.
TEST(Turn, AnEndByALimit) {
  std::string many;
  for (int i = 0; i < 16; ++i)
    many += "  l" + std::to_string(i) + ": {by: A, cost: " + std::to_string(1 + i % 5) + " to " +
            std::to_string(7 + i % 3) + ", set: {drivers: {" + std::string("d") + std::to_string(i) + ": 0.9}}}\n";
  std::string drivers, claim = "  c: ";
  for (int i = 0; i < 16; ++i) {
    drivers += "  d" + std::to_string(i) + ": between 0 and 1 in any\n";
    claim += (i ? " + d" : "d") + std::to_string(i);
  }
  const std::string yaml =
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: Anna}\n"
      "drivers:\n" +
      drivers + "levers:\n" + many + "claims:\n" + claim + " > 11.5\n";
  turn::Options o{.sampling = {.seed = 1, .draws = 500}, .chance = 0.9};
  o.packages = 3000;
  const auto a = turned(yaml, o);
  ASSERT_TRUE(a.package);  // found otherwise: not proven
  EXPECT_FALSE(a.proven);
  EXPECT_GE(a.package->probability, 0.9);
  EXPECT_GT(a.below, 0);
  EXPECT_LT(a.below, a.package->cost);
  EXPECT_TRUE(a.ended);
  std::atomic<bool> stop{true};
  o.cancel = &stop;
  const auto c = compile(yaml, {}, {.everything = false, .moves = true});
  EXPECT_FALSE(turn::turn(*c->plan, 0, o).has_value());
}

// Certificates, by code that does not search: every cheaper package is among the refuted ones, and refuted it is.
TEST(Turn, Certificates) {
  const std::string five =
      "  a: {by: A, cost: 1 to 3, set: {drivers: {x: 4}}}\n  b: {by: A, cost: 2 to 4, set: {drivers: {y: 5}}}\n"
      "  c: {by: A, cost: 1 to 6, works: 80 %, dose: between 0 and 6, steps: 3, set: {drivers: {x: = 3 + dose}}}\n"
      "  d: {by: A, cost: 5 to 9, set: {drivers: {y: 9}}}\n";
  const auto a = turned(text(five, "  c: x + y > 13\n"), {.sampling = {.seed = 1, .draws = 300}, .chance = 0.7});
  ASSERT_TRUE(a.found.least);
  const std::uint64_t need = turn::needed(0.7, 300);
  std::set<turn::Package> seen;
  for (std::size_t i = 0; i < a.found.tried.size(); ++i) {
    const auto& t = a.found.tried[i];
    EXPECT_TRUE(turn::feasible(a.moves, t.package));
    EXPECT_EQ(t.cost, turn::cost_of(a.moves, t.package, 0.5));
    if (i > 0) {
      EXPECT_GE(t.cost, a.found.tried[i - 1].cost);
    }
    if (i < *a.found.least) {
      EXPECT_GT(t.count.misses, 300 - need);
    }
    seen.insert(t.package);
  }
  std::vector<turn::Package> all{{}};
  for (std::uint32_t i = 0; i < a.moves.items.size(); ++i) {
    const std::size_t n = all.size();
    for (std::size_t k = 0; k < n; ++k) {
      auto p = all[k];
      p.push_back(i);
      all.push_back(p);
    }
  }
  for (const auto& p : all)
    if (turn::feasible(a.moves, p) && turn::cost_of(a.moves, p, 0.5) < a.found.tried[*a.found.least].cost) {
      EXPECT_TRUE(seen.contains(p));
    }
  EXPECT_LE(a.bound, a.package->cost);
}

// Clopper and Pearson 1934; the values are those of the defining tails.
TEST(Turn, Intervals) {
  const auto i = turn::clopper_pearson(8, 10, 0.05);
  EXPECT_NEAR(i.low, 0.4439, 5e-4);
  EXPECT_NEAR(i.high, 0.9748, 5e-4);
  EXPECT_EQ(turn::clopper_pearson(0, 10, 0.1).low, 0);
  EXPECT_EQ(turn::clopper_pearson(10, 10, 0.1).high, 1);
  EXPECT_NEAR(turn::clopper_pearson(10, 10, 0.1).low, std::pow(0.05, 0.1), 1e-9);
  EXPECT_EQ(turn::needed(0.8, 2000), 1600u);
  EXPECT_EQ(turn::needed(0.7, 10), 7u);
  EXPECT_EQ(turn::needed(1, 10), 10u);
}

// Of two that pass the search by luck the cheaper is refuted by fresh draws, and the next is taken.
TEST(Turn, AWinnerAtTheEdge) {
  std::string many;  // thirty levers with a true chance of 0.7, of which some reach 0.8 in 60 draws; and one of 0.95
  for (int i = 0; i < 30; ++i)
    many += "  l" + std::to_string(i) + ": {by: A, cost: " + std::to_string(1 + i) +
            ", works: 70 %, set: {drivers: {x: 100}}}\n";
  many += "  sure: {by: A, cost: 50, works: 95 %, set: {drivers: {x: 100}}}\n";
  int refuted = 0, sure = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto a =
        turned(text(many, "  c: x > 50\n"), {.sampling = {.seed = seed, .draws = 60, .latin = false}, .chance = 0.8});
    if (a.tests.empty()) continue;
    refuted += a.tests.front().refuted;
    for (std::size_t i = 0; i + 1 < a.tests.size(); ++i) {
      EXPECT_TRUE(a.tests[i].refuted);
      EXPECT_DOUBLE_EQ(a.tests[i + 1].alpha, a.tests[i].alpha / 2);
    }
    if (a.package && a.tests.size() > 1) ++sure;
  }
  EXPECT_GT(refuted, 0);
  EXPECT_GT(sure, 0);
}

}  // namespace
