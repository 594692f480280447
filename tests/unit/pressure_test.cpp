// The question pressure from text to cells: the example done by hand, worlds, joining, reach, invariants.
#include "support/pressure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/doubt/doubt.hpp"
#include "entente/families/trade/economy.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"
#include "families/trade/base_year.hpp"
#include "families/trade/section.hpp"

using namespace entente;
using namespace entente::tests::pressure;

namespace {

TEST(Pressure, ByHand) {
  // Wages do not move; a price counts twice, since half of cost is inputs (docs/methods/pressure.md).
  const double dearer = 1 - 1 / std::pow(0.7 + 0.3 * std::pow(1.3, -4.0), -0.5);
  const double parted = 1 - 1 / std::pow(0.7, -0.5);
  const auto r = Read::file("by-hand.yaml");
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["squeeze.loss.EAS"], 100 * dearer, 1e-6);
  EXPECT_NEAR(r["squeeze.loss.WES"], 100 * dearer, 1e-6);
  EXPECT_NEAR(r["squeeze.self-loss"], 100 * dearer, 1e-6);
  EXPECT_NEAR(r["squeeze.reach.EAS"], 100 * parted, 1e-6);
  EXPECT_NEAR(r["squeeze.reach-adds.EAS"], 100 * (parted - dearer), 1e-6);
  EXPECT_NEAR(r["squeeze.reach-cost.EAS"], 100 * (parted - dearer), 1e-6);
  EXPECT_EQ(r["squeeze.beyond"], 0);
  EXPECT_NEAR(r["break.loss.EAS"], 100 * parted, 1e-6);
  EXPECT_EQ(r.plan->find("squeeze.together.EAS"), nullptr);
  // The same by what it leaves of trade.
  const Read left(halves("  m: {by: WES, on: EAS, trade-factor: " + std::to_string(std::pow(1.3, -4.0)) + "}\n"));
  EXPECT_NEAR(left["q.loss.EAS"], 100 * dearer, 1e-4);
}

TEST(Pressure, TheAnswerInWords) {
  const auto r = Read::file("bear-and-dragon.yaml");
  ASSERT_TRUE(r.plan) << r.all();
  const auto a = r.account();
  EXPECT_NE(a.headline.text().find("the Bear"), std::string::npos) << a.headline.text();
  EXPECT_NE(a.certificate.find("judge"), std::string::npos) << a.certificate;
  EXPECT_EQ(a.tables.size(), 4u);
  EXPECT_GT((*situation::base_year(situation::economy(*r.situation)))->moved,
            1e-6);  // the tables are no equilibrium, and it says so
  EXPECT_TRUE(std::ranges::any_of(
      a.notes, [](auto& n) { return n.text().find("not quite an equilibrium") != std::string::npos; }));
}

TEST(Pressure, AMeasureOfNothingChangesNothing) {
  for (const std::string nothing : {"tariff-add: 0 %", "tariff-to: -50 %", "cost-factor: 1", "trade-factor: 100 %"}) {
    const Read r(powers("  m: {by: LEA, on: [BEA, DRA], " + nothing + "}\n", "{pressure: m, on: [BEA, DRA]}"));
    ASSERT_TRUE(r.plan) << r.all();
    for (const std::string who : {"BEA", "DRA", "LEA"}) {
      EXPECT_NEAR(r["q.loss." + who], 0, 1e-6) << nothing;
      EXPECT_NEAR(r["q.first-order." + who], 0, 1e-6) << nothing;
    }
    EXPECT_NEAR(r["q.shelter.DRA.BEA"], 0, 1e-6) << nothing;
    EXPECT_GT(r["q.reach.BEA"], 1) << nothing;
  }
}

TEST(Pressure, TheOrderOfMeasuresDoesNotMatter) {
  const Read one(powers(bans + duties + answer, "{pressure: [bans, duties, answer], on: [BEA, DRA]}")),
      other(powers(answer + duties + bans, "{pressure: [answer, duties, bans], on: [BEA, DRA]}"));
  ASSERT_TRUE(one.plan && other.plan) << one.all() << other.all();
  for (const char* x : {"q.loss.BEA", "q.loss.DRA", "q.loss.LEA", "q.shelter.DRA.BEA", "q.together.BEA"})
    EXPECT_EQ(one[x], other[x]) << x;
  // Nor does it where they overlap: the higher level holds, additions add up.
  const std::string low = "  low: {by: LEA, on: DRA, tariff-to: 20 %}\n",
                    add = "  add: {by: LEA, on: DRA, tariff-add: 10 %}\n";
  const Read a(powers(duties + low + add, "{pressure: [duties, low, add], on: DRA}")),
      b(powers(duties, "{pressure: duties, on: DRA}"));
  EXPECT_EQ(a["q.loss.DRA"], b["q.loss.DRA"]);
}

// Points are added, what is too high comes down, what is too low goes up.
TEST(Pressure, TariffsComeDownToALevel) {
  const auto loss = [](const std::string& first, const std::string& second) {
    const Read r(halves("  m: {by: WES, on: EAS, " + first + "}\n  n: {by: WES, on: EAS, " + second + "}\n",
                        "{pressure: [m, n], on: EAS}"));
    EXPECT_TRUE(r.plan) << r.all();
    return r["q.loss.EAS"];
  };
  const double five = loss("tariff-to: 5 %", "tariff-to: 1 %");
  EXPECT_GT(five, 1e-3);
  EXPECT_NEAR(loss("tariff-add: 20 %", "tariff-down-to: 5 %"), five, 1e-6);
  EXPECT_NEAR(loss("tariff-down-to: 5 %", "tariff-add: 20 %"), five, 1e-6);
  EXPECT_NEAR(loss("tariff-to: 5 %", "tariff-down-to: 1 %"), five, 1e-6);
  EXPECT_NEAR(loss("tariff-down-to: 5 %", "tariff-down-to: 1 %"), 0, 1e-6);
}

TEST(Pressure, AnEmbargoIsTheLimitOfRisingCost) {
  const Read wall(powers("  m: {by: LEA, on: BEA, embargo: true}\n", "{pressure: m, on: BEA}")),
      none(powers("  m: {by: LEA, on: BEA, trade-factor: 0, goods: tradable}\n", "{pressure: m, on: BEA}"));
  EXPECT_EQ(wall["q.loss.BEA"], none["q.loss.BEA"]);
  double before = 0;
  for (const std::string cost : {"1.2", "2", "10", "1000000"}) {
    const Read r(powers("  m: {by: LEA, on: BEA, cost-factor: " + cost + "}\n", "{pressure: m, on: BEA}"));
    EXPECT_GT(r["q.loss.BEA"], before);
    EXPECT_LT(r["q.loss.BEA"], wall["q.loss.BEA"] + 1e-6);
    before = r["q.loss.BEA"];
  }
  EXPECT_NEAR(before, wall["q.loss.BEA"], 1e-4);
  EXPECT_NEAR(wall["q.reach.BEA"], wall["q.loss.BEA"], 1e-6);  // nothing is left to do
}

TEST(Pressure, WithoutAMeasureOrAnActor) {
  const std::string claims =
      "claims:\n  a: {says: a, holds: (q.loss.BEA without duties) < 1 and (q.loss.DRA without LEA) < 1 and "
      "(q.loss.DRA without bans) < 1 and (q.loss.BEA with twice) < 1}\n"
      "levers: {twice: {by: LEA, set: {measures.bans.trade-factor: 4 %}}}\n";
  const Read all(powers(bans + duties, "{pressure: [bans, duties], on: [BEA, DRA]}", claims)),
      one(powers(bans, "{pressure: bans, on: [BEA, DRA]}")), two(powers(duties, "{pressure: duties, on: [BEA, DRA]}")),
      more(powers("  bans: {by: LEA, on: BEA, trade-factor: 4 %}\n" + duties,
                  "{pressure: [bans, duties], on: [BEA, DRA]}"));
  ASSERT_TRUE(all.plan) << all.all();
  EXPECT_NEAR(all["q.loss.BEA without duties"], one["q.loss.BEA"], 1e-9);
  EXPECT_NEAR(all["q.loss.DRA without bans"], two["q.loss.DRA"], 1e-9);
  EXPECT_NEAR(all["q.loss.BEA with twice"], more["q.loss.BEA"], 1e-9);
  EXPECT_NEAR(all["q.loss.DRA without LEA"], 0, 1e-6);
}

// Joining is what it says: the Dragon with a measure of its own that does the same.
TEST(Pressure, JoiningIsTakingTheSameMeasure) {
  const Read r(powers(bans + duties, "{pressure: [bans, duties], on: [BEA, DRA]}")),
      joined(powers("  bans: {by: [LEA, DRA], on: BEA, trade-factor: 20 %}\n" + duties,
                    "{pressure: [bans, duties], on: [BEA, DRA]}"));
  EXPECT_NEAR(r["q.shelter.DRA.BEA"], joined["q.loss.BEA"] - r["q.loss.BEA"], 1e-6);
  EXPECT_NEAR(r["q.joining-cost.DRA.BEA"], joined["q.loss.DRA"] - r["q.loss.DRA"], 1e-6);
  EXPECT_GT(r["q.shelter.DRA.BEA"], 0);
  // Two senders, one sterner: the third does what the sterner does, not both.
  const std::string split =
      "  far: {by: NOR, on: BEA, trade-factor: 50 %}\n  near: {by: SUD, on: BEA, trade-factor: 20 %}\n";
  const std::string actors =
      "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {NOR: N, SUD: S, BEA: B, DRA: "
      "D}\neconomy: {base: three}\nmeasures:\n";
  const Read apart(actors + split + "questions: {q: {pressure: [far, near], on: BEA, third: DRA}}\n"),
      same(actors + split + "  own: {by: DRA, on: BEA, trade-factor: 20 %}\n" +
           "questions: {q: {pressure: [far, near, own], on: BEA}}\n");
  ASSERT_TRUE(apart.plan && same.plan) << apart.all() << same.all();
  EXPECT_NEAR(apart["q.loss.BEA"] + apart["q.shelter.DRA.BEA"], same["q.loss.BEA"], 1e-6);
}

// `alone` is the world in which the tie between the targets is not there.
TEST(Pressure, AloneIsWithoutTheTie) {
  const Read r(powers(bans + duties, "{pressure: [bans, duties], on: [BEA, DRA]}",
                      "claims: {a: {says: a, holds: (q.loss.BEA without BEA-DRA) > 0 and (q.loss.DRA without DRA-BEA) "
                      "> 0 and (q.import-share.BEA.DRA without BEA-DRA) < 1 %}}\n"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["q.alone.BEA"], r["q.loss.BEA without BEA-DRA"], 1e-6);
  EXPECT_NEAR(r["q.alone.DRA"], r["q.loss.DRA without BEA-DRA"], 1e-6);  // one world, as first written
  EXPECT_NEAR(r["q.together.BEA"], r["q.alone.BEA"] - r["q.loss.BEA"], 1e-9);
  EXPECT_EQ(r["q.import-share.BEA.DRA without BEA-DRA"], 0);
  EXPECT_GT(r["q.import-share.BEA.DRA"], 10);
}

// Measures in force are where losses begin: a tariff that holds already costs nothing more, and is never put twice.
TEST(Pressure, WhatIsInForceIsNotCountedAgain) {
  const std::string economy = "{base: three, regions: {LEA: [NOR, SUD]}, in-force: [old]}";
  const std::string old = "  old: {by: LEA, on: DRA, tariff-to: 80 %}\n";
  const Read r(powers(old + duties, "{pressure: duties, on: DRA}", "", economy));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["q.loss.DRA"], 0, 1e-6);
  // In two steps as far as in one.
  const std::string half = "  old: {by: LEA, on: DRA, tariff-to: 40 %}\n";
  const Read first(powers(half, "{pressure: old, on: DRA}")),
      second(powers(half + duties, "{pressure: duties, on: DRA}", "", economy)),
      whole(powers(duties, "{pressure: duties, on: DRA}"));
  EXPECT_NEAR((1 - first["q.loss.DRA"] / 100) * (1 - second["q.loss.DRA"] / 100), 1 - whole["q.loss.DRA"] / 100, 1e-7);
}

TEST(Pressure, DirectionsAndGoods) {
  const auto loss = [](const std::string& what) {
    const Read r(powers("  m: {by: LEA, on: BEA, trade-factor: 20 %" + what + "}\n", "{pressure: m, on: BEA}"));
    EXPECT_TRUE(r.plan) << r.all();
    return r["q.loss.BEA"];
  };
  const double both = loss(""), imports = loss(", direction: imports"), exports = loss(", direction: exports");
  EXPECT_GT(both, imports);
  EXPECT_GT(both, exports);
  EXPECT_EQ(both, loss(", goods: [machines, fuel]"));  // tradable: services are no goods
  EXPECT_GT(loss(", goods: [tradable, services]"), both);
  EXPECT_LT(loss(", goods: fuel"), both);
}

TEST(Pressure, ReachWithTariffsAlone) {
  const Read tariffs(powers(duties, "{pressure: duties, on: DRA, bounds: {tariff-up-to: 200 %}}")),
      anything(powers(duties, "{pressure: duties, on: DRA}")),
      half(powers(duties, "{pressure: duties, on: DRA, bounds: {trade-factor: 50 %}}"));
  ASSERT_TRUE(tariffs.plan && anything.plan && half.plan) << tariffs.all() << half.all();
  EXPECT_GT(tariffs["q.reach.DRA"], tariffs["q.loss.DRA"]);
  EXPECT_LT(tariffs["q.reach.DRA"], anything["q.reach.DRA"]);
  EXPECT_LT(half["q.reach.DRA"], anything["q.reach.DRA"]);
  EXPECT_LT(tariffs["q.reach-cost.DRA"], anything["q.reach-cost.DRA"]);
  EXPECT_LE(anything["q.loss.DRA"], anything["q.reach.DRA"] + 1e-9);
}

TEST(Pressure, ElasticitiesAndDeficits) {
  const auto loss = [](const std::string& economy) {
    const Read r(powers(bans, "{pressure: bans, on: BEA}", "", economy));
    EXPECT_TRUE(r.plan) << r.all();
    return r["q.loss.BEA"];
  };
  // What is left of trade is told, so a higher elasticity means a lower cost and a smaller loss.
  const std::string with = "{base: three, regions: {LEA: [NOR, SUD]}, ";
  const double base = loss(with + "elasticity-scale: 1}"), high = loss(with + "elasticity-scale: 2}");
  EXPECT_GT(base, high);
  EXPECT_NEAR(loss(with + "elasticities: {fuel: 16, machines: 5, services: 8}, elasticity-scale: 3}"), high, 1e-9);
  EXPECT_EQ(loss(with + "deficits: fixed}"), base);
  EXPECT_NEAR(loss(with + "deficits: scaled}"), base, 1);
  EXPECT_LT(loss(with + "deficits: closed}"), base);  // the Bear has a surplus, and need not earn it any more
}

TEST(Pressure, DrawsAreTheSameForAnyNumberOfThreads) {
  const auto r = Read::file("bear-and-dragon.yaml");
  ASSERT_TRUE(r.plan) << r.all();
  doubt::Options o{.sampling = {.seed = 3, .draws = 200}};
  o.threads = 1;
  const auto one = doubt::run(*r.plan, o);
  o.threads = 3;
  const auto three = doubt::run(*r.plan, o);
  ASSERT_TRUE(one && three);
  for (std::size_t q = 0; q < one->quantity.size(); ++q)
    for (std::size_t k = 0; k < one->size(); ++k) {
      const double a = one->quantity[q][k], b = three->quantity[q][k];
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << r.plan->quantities()[q].name << " " << k;
    }
}

// Two questions that differ in the coalition solve what they share once; each says what it says alone, bit for bit.
TEST(Pressure, QuestionsSideBySideSayWhatEachSaysAlone) {
  const std::string league = "{pressure: [bans, duties, answer], on: [BEA, DRA], by: LEA, tolerance: 7 %}",
                    both = "{pressure: [bans, duties, answer], on: BEA, by: [LEA, DRA], tolerance: 7 %}",
                    without =
                        "claims: {a: {says: a, holds: (q.loss.BEA without BEA-DRA) > (q.reach.BEA without BEA-DRA)}}\n",
                    economy = "{base: three, regions: {LEA: [NOR, SUD]}, elasticity-scale: 0.7 to 1.4}";
  const Read together(powers(bans + duties + answer, league + ", r: " + both, without, economy)),
      first(powers(bans + duties + answer, league, without, economy)),
      second(powers(bans + duties + answer, both, "", economy));
  ASSERT_TRUE(together.plan && first.plan && second.plan) << together.all() << first.all() << second.all();
  plan::Workspace w(*together.plan);
  std::vector<double> p(together.plan->parameters());
  for (std::uint64_t k = 0; k < 20; ++k) {
    together.plan->evaluate(p, together.plan->draw({}, k, p), w);
    for (const bool alone : {false, true}) {
      const plan::Plan& other = alone ? *second.plan : *first.plan;
      plan::Workspace own(other);
      std::vector<double> x(other.parameters());
      other.evaluate(x, other.draw({}, k, x), own);
      for (const auto& named : other.quantities()) {
        const auto* same = together.plan->find((alone ? "r" : "q") + named.name.substr(1));
        ASSERT_TRUE(same) << named.name;
        const double a = w.slots[together.plan->parameters() + same->cell], b = own.slots[x.size() + named.cell];
        EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << named.name << " " << k << ": " << a << " " << b;
      }
    }
  }
}

}  // namespace
