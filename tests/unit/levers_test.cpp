// Levers as moves: what the file may say of cost, dose, chance, exclusion and need, what it may not, and what stays as
// it was without them.
#include <gtest/gtest.h>

#include <cmath>

#include "situations.hpp"
#include "support/reading.hpp"

using namespace entente;
using tests::compile;
using tests::Compiled;

namespace {

std::string with_levers(const std::string& levers, const std::string& more = "") {
  return "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\n" + more +
         "actors: {A: Anna, B: Bert}\ndrivers:\n  x: between 1 and 3 in any\n  y: = 2 * x\n  share: 20 to 40 %\n"
         "  gas: 10 to 20 bcm/yr\nlevers:\n" +
         levers + "claims:\n  c: x + y > 6\n  d: share < 30 %\n  e: gas > 15 bcm/yr\n";
}

std::string places(const std::string& levers, const std::string& more = "") {
  const auto c = compile(with_levers(levers, more));
  return tests::places(c->diagnostics, c->sources);
}

// The complaint with that code, as text.
std::string said(const std::string& levers, const std::string& more = "") {
  return compile(with_levers(levers, more))->complaints();
}

TEST(Levers, WhatAFileMaySay) {
  const auto c = compile(
      with_levers("  up:\n    by: A\n    says: It goes up.\n    cost: 2 to 4 B USD/yr\n    works: 60 to 90 % chance\n"
                  "    set: {drivers: {x: 4}}\n"
                  "  more:\n    by: [A, B]\n    dose: between 0 and 2\n    steps: 4\n    cost: = dose * 500 M USD/yr\n"
                  "    needs: up\n    set: {drivers: {x: = 1 + dose * 2, share: = 10 % + dose * 30 %}}\n"
                  "  down: {by: B, cost: 0, excludes: [up, more], set: {drivers: {x: 0.5}}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& s = *c->situation;
  EXPECT_EQ(s.cost_unit.text, "B USD/yr");
  ASSERT_EQ(s.levers.size(), 3u);
  EXPECT_EQ(s.levers[0].says, "It goes up.");
  EXPECT_EQ(s.levers[1].doses, (std::vector<double>{0.5, 1, 1.5, 2}));
  EXPECT_EQ(s.levers[1].needs, std::vector<std::uint32_t>{0});
  EXPECT_EQ(s.levers[2].excludes, (std::vector<std::uint32_t>{0, 1}));
  std::vector<double> p(c->plan->parameters());
  ASSERT_TRUE(c->plan->medians(p));
  EXPECT_DOUBLE_EQ(p[c->id("levers.more.cost")], 1.0);  // the whole dose, in the unit of all
  EXPECT_DOUBLE_EQ(p[c->id("levers.more.drivers.x")], 5.0);
  EXPECT_DOUBLE_EQ(p[c->id("levers.down.cost")], 0.0);
}

TEST(Levers, ADoseByItsUnit) {
  const auto c =
      compile(with_levers("  less:\n    by: A\n    dose: between 2 and 8 bcm/yr\n    steps: 3\n    cost: = dose "
                          "* 0.5 B USD/bcm\n    set: {drivers: {gas: = 12 bcm/yr - dose}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(c->situation->levers[0].doses, (std::vector<double>{2, 4, 6, 8}));
  EXPECT_EQ(c->situation->cost_unit.text.find("USD") != std::string::npos, true);
}

TEST(Levers, CostsInAUnitOfTheFile) {
  const auto c =
      compile(with_levers("  a: {by: A, cost: 3, set: {drivers: {x: 4}}}\n"
                          "  b: {by: A, cost: 5 B USD/yr, set: {drivers: {x: 5}}}\n",
                          "units: {standing: = 2 B USD/yr @s}\ncosts-in: standing\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<double> p(c->plan->parameters());
  ASSERT_TRUE(c->plan->medians(p));
  EXPECT_EQ(c->situation->cost_unit.text, "standing");
  EXPECT_DOUBLE_EQ(p[c->id("levers.a.cost")], 3.0);
  EXPECT_DOUBLE_EQ(p[c->id("levers.b.cost")], 2.5);
}

TEST(Levers, WhatAFileMayNotSay) {
  const std::string set = "set: {drivers: {x: 4}}";
  EXPECT_EQ(places("  a: {by: A, cost: 1, dose: 0 to 1, " + set + "}\n"), "E0830 13:29");
  EXPECT_EQ(places("  a: {by: A, cost: 1, dose: 2, " + set + "}\n"), "E0830 13:29");
  EXPECT_EQ(places("  a: {by: A, cost: 1, dose: 1 to 2, " + set + "}\n"), "E0830 13:29");
  EXPECT_EQ(places("  a: {by: A, cost: 1, steps: 3, " + set + "}\n").substr(0, 5), "E0831");
  EXPECT_EQ(places("  a: {by: A, cost: 1, dose: between 0 and 1, steps: 0, " + set + "}\n").substr(0, 5), "E0831");
  EXPECT_EQ(places("  a: {by: A, cost: 1, dose: between 0 and 1, steps: many, " + set + "}\n").substr(0, 5), "E0831");
  EXPECT_EQ(places("  up: {by: A, cost: 1, needs: upp, " + set + "}\n").substr(0, 5), "E0832");
  EXPECT_NE(said("  up: {by: A, " + set + "}\n  b: {by: A, needs: upp, " + set + "}\n").find("did you mean `up`?"),
            std::string::npos);
  EXPECT_EQ(places("  a: {by: A, excludes: a, " + set + "}\n").substr(0, 5), "E0833");
  EXPECT_EQ(places("  a: {by: A, needs: a, " + set + "}\n").substr(0, 5), "E0833");
  EXPECT_EQ(places("  a: {by: A, needs: b, " + set + "}\n  b: {by: A, needs: a, " + set + "}\n").substr(0, 5), "E0834");
  EXPECT_EQ(places("  a: {by: A, needs: b, " + set + "}\n  b: {by: A, needs: c, " + set +
                   "}\n  c: {by: A, excludes: a, " + set + "}\n")
                .substr(0, 5),
            "E0835");
  EXPECT_EQ(places("  a: {by: A, cost: 1 B USD/yr, " + set + "}\n  b: {by: A, cost: 1 B USD, " + set + "}\n"),
            "E0837 14:20");
  EXPECT_NE(said("  a: {by: A, cost: 1 B USD/yr, " + set + "}\n  b: {by: A, cost: 1 bcm/yr, " + set + "}\n")
                .find("one unit for all levers"),
            std::string::npos);
  EXPECT_EQ(places("  a: {by: A, cost: -1, " + set + "}\n").empty(), false);
  EXPECT_EQ(places("  a: {by: A, cost: 1, works: 120 %, " + set + "}\n").empty(), false);
  // A dose that leaves what its place takes: at the place, with the dose.
  const auto out =
      said("  a: {by: A, cost: 1, dose: between 0 and 2, set: {drivers: {share: = 10 % + dose * 60 %}}}\n");
  EXPECT_NE(out.find("E0838"), std::string::npos) << out;
  EXPECT_NE(out.find("at the dose 1.6"), std::string::npos) << out;
  // The size of a lever that has none.
  EXPECT_EQ(places("  a: {by: A, cost: = dose * 2, " + set + "}\n").substr(0, 5), "E0380");
  // Said twice: a warning, and the situation stands.
  EXPECT_EQ(places("  a: {by: A, excludes: b, " + set + "}\n  b: {by: A, excludes: a, " + set + "}\n").substr(0, 5),
            "W0836");
}

TEST(Levers, CostsMoveNoDraw) {
  const std::string set = "set: {drivers: {x: 4}}";
  const auto bare = compile(with_levers("  a: {by: A, " + set + "}\n"));
  const auto full = compile(
      with_levers("  a: {by: A, cost: 1 to 3, works: 50 to 80 % chance, " + set +
                  "}\n  z: {by: B, dose: between 0 and 1, cost: = dose * 2, set: {drivers: {x: = 3 + dose}}}\n"));
  const auto moves = compile(with_levers("  a: {by: A, cost: 1 to 3, works: 50 to 80 % chance, " + set + "}\n"), {},
                             {.everything = true, .moves = true});
  ASSERT_TRUE(bare->plan && full->plan && moves->plan) << full->complaints();
  EXPECT_EQ(bare->plan->uncertain().size(), full->plan->uncertain().size());
  EXPECT_EQ(moves->plan->uncertain().size(), bare->plan->uncertain().size() + 2);
  std::vector<double> p(bare->plan->parameters()), q(full->plan->parameters()), r(moves->plan->parameters());
  const plan::Sampling sampling{.seed = 3, .draws = 200, .latin = true};
  for (std::uint64_t k = 0; k < 200; ++k) {
    (void)bare->plan->draw(sampling, k, p);
    (void)full->plan->draw(sampling, k, q);
    (void)moves->plan->draw(sampling, k, r);
    for (const char* path : {"drivers.x", "drivers.y", "drivers.share", "drivers.gas"}) {
      EXPECT_EQ(p[bare->id(path)], q[full->id(path)]);
      EXPECT_EQ(p[bare->id(path)], r[moves->id(path)]);
    }
  }
}

// A package's world is the file with its numbers in their places, at every dose.
TEST(Levers, PackagesAreWorlds) {
  const auto c =
      compile(with_levers("  up:\n    by: A\n    set: {drivers: {x: 4}}\n"
                          "  more:\n    by: A\n    dose: between 0 and 2\n    needs: up\n"
                          "    set: {drivers: {x: = 0.5 * x + dose, share: = 10 % + dose * 10 %}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const plan::Composer composer(*c->plan);
  std::vector<double> base(c->plan->parameters()), out(base.size());
  ASSERT_TRUE(c->plan->medians(base));
  const auto at = [&](std::vector<plan::Move> package, const char* path) {
    EXPECT_TRUE(c->plan->world(composer.compose(package, 0), base, true, out));
    return out[c->id(path)];
  };
  EXPECT_DOUBLE_EQ(at({{0, NAN}}, "drivers.x"), 4.0);
  EXPECT_DOUBLE_EQ(at({{0, NAN}}, "drivers.y"), 8.0);  // follows
  EXPECT_DOUBLE_EQ(at({{1, 0.5}}, "drivers.x"), 1.5);  // x as it was without the lever, 2
  EXPECT_DOUBLE_EQ(at({{1, 0.5}}, "drivers.y"), 3.0);
  EXPECT_DOUBLE_EQ(at({{1, 0.5}}, "drivers.share"), 0.15);
  EXPECT_DOUBLE_EQ(at({{1, 2.0}}, "drivers.x"), 3.0);
  EXPECT_DOUBLE_EQ(at({{0, NAN}, {1, 1.0}}, "drivers.x"), 2.0);  // the later stands
  EXPECT_TRUE(composer.reaches(0)[c->id("drivers.y")]);
  EXPECT_FALSE(composer.reaches(0)[c->id("drivers.share")]);
}

}  // namespace
