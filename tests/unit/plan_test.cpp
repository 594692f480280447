// The plan: worlds, draws, claims in three-valued logic, reasons.
#include "entente/plan/plan.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "entente/base/random.hpp"
#include "situations.hpp"

using namespace entente;
using number::Truth;
using tests::compile;
using tests::pipe;

namespace {

struct At {
  const plan::Plan& plan;
  plan::Workspace w;
  std::vector<double> base;
  bool good = false;
  explicit At(const plan::Plan& p) : plan(p), w(p), base(p.parameters()) {
    good = p.medians(base);
    p.evaluate(base, good, w);
  }
  double operator()(std::string_view name) const {
    const auto* q = plan.find(name);
    EXPECT_NE(q, nullptr) << name;
    return q ? w.slots[plan.parameters() + q->cell] : NAN;
  }
  Truth claim(std::size_t i) const {
    double margin = 0;
    return plan.claim(i, w, margin);
  }
};

}  // namespace

TEST(Sampling, DesignsNeedAHundredDrawsInTens) {
  EXPECT_TRUE((plan::Sampling{.draws = 100}).designed());
  EXPECT_FALSE((plan::Sampling{.draws = 90}).designed());
  EXPECT_FALSE((plan::Sampling{.draws = 1005}).designed());
  EXPECT_FALSE((plan::Sampling{.draws = 1000, .latin = false}).designed());
  EXPECT_EQ(plan::Sampling::whole(7), 7u);
  EXPECT_EQ(plan::Sampling::whole(100), 100u);
  EXPECT_EQ(plan::Sampling::whole(101), 110u);
}

TEST(Draw, TenDesignsEachWithOnePointInEveryCell) {
  const auto c = compile(pipe("  a: between 0 and 1\n  b: between 0 and 1\n", "  x: {says: x, holds: a < b}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& plan = *c->plan;
  const plan::Sampling sampling{.seed = 5, .draws = 1000};
  const auto a = c->id("drivers.a"), b = c->id("drivers.b");
  std::vector<double> p(plan.parameters());
  std::vector<std::vector<int>> count(10, std::vector<int>(100));
  bool differs = false;
  for (std::uint64_t k = 0; k < 1000; ++k) {
    ASSERT_TRUE(plan.draw(sampling, k, p));
    ++count[k % 10][static_cast<std::size_t>(p[a] * 100)];
    differs = differs || p[a] != p[b];
  }
  for (const auto& design : count)
    for (const int n : design) EXPECT_EQ(n, 1);
  EXPECT_TRUE(differs);
}

// The law on which dissents, slices and worlds rest: a number's draw depends on the seed, its path and k alone.
TEST(Draw, OtherNumbersLeaveItWhereItWas) {
  const std::string claim = "  x: {says: x, holds: p.gain > 0}\n";
  const auto one = compile(pipe("  a: 60 to 85 USD/bbl\n", claim));
  const auto two = compile(pipe("  zz: 1 to 2\n  a: 60 to 85 USD/bbl\n  b: between 0 and 1\n", claim));
  const auto other = compile(pipe("  a: 50 to 95 USD/bbl\n", claim));
  ASSERT_TRUE(one->plan && two->plan && other->plan);
  for (const bool latin : {true, false}) {
    const plan::Sampling sampling{.seed = 3, .draws = 500, .latin = latin};
    std::vector<double> p(one->plan->parameters()), q(two->plan->parameters()), r(other->plan->parameters());
    for (std::uint64_t k = 0; k < 500; ++k) {
      one->plan->draw(sampling, k, p);
      two->plan->draw(sampling, k, q);
      other->plan->draw(sampling, k, r);
      for (const auto id : one->plan->uncertain()) {
        const auto& path = one->situation->parameters[id].path;
        EXPECT_EQ(p[id], q[two->id(path)]) << path;
        if (path != "drivers.a") {
          EXPECT_EQ(p[id], r[other->id(path)]) << path;
        }
      }
      // The changed number keeps its rank: the same u through another quantile function.
      const auto& d1 = one->situation->parameters[one->id("drivers.a")].number.distribution;
      const auto& d2 = other->situation->parameters[other->id("drivers.a")].number.distribution;
      EXPECT_NEAR(d1.cdf(p[one->id("drivers.a")]), d2.cdf(r[other->id("drivers.a")]), 1e-12);
    }
  }
}

TEST(Draw, EventsAreTossedWithTheirChance) {
  const auto c =
      compile(pipe("  war: 30 % chance\n  thaw: 20 to 60 % chance\n", "  x: {says: x, holds: war > thaw}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<double> p(c->plan->parameters());
  double war = 0, thaw = 0, both = 0;
  const double n = 20'000;
  for (std::uint64_t k = 0; k < 20'000; ++k) {
    ASSERT_TRUE(c->plan->draw({.draws = 20'000}, k, p));
    const double a = p[c->id("drivers.war")], b = p[c->id("drivers.thaw")];
    EXPECT_TRUE((a == 0 || a == 1) && (b == 0 || b == 1));
    war += a, thaw += b, both += a * b;
  }
  EXPECT_NEAR(war / n, 0.3, 5 * std::sqrt(0.21 / n));
  EXPECT_NEAR(thaw / n, 0.4, 0.03);  // probit-normal about 0.38 with a mean near 0.39
  EXPECT_NEAR(both / n, war / n * thaw / n, 5 * std::sqrt(0.1 / n));
  std::vector<double> m(c->plan->parameters());
  c->plan->medians(m);
  EXPECT_EQ(m[c->id("drivers.war")], 0);
}

TEST(Claims, ThreeValued) {
  // p.price is undefined where no deal is made: at a capital cost of 1000 B USD nothing is worth building.
  const auto c = compile(pipe("  capex: 1000 B USD\n  one: 1\n",
                              "  undefined: {says: x, holds: p.price > 0}\n"
                              "  no-and: {says: x, holds: p.price > 0 and one > 2}\n"
                              "  yes-or: {says: x, holds: p.price > 0 or one < 2}\n"
                              "  both: {says: x, holds: p.price > 0 and one < 2}\n"
                              "  either: {says: x, holds: one > 2 or p.price > 0}\n"
                              "  denied: {says: x, holds: not p.price > 0}\n"
                              "  amid: {says: x, holds: p.price between 0 USD/kcm and 9999 USD/kcm}\n"
                              "  fine: {says: x, holds: p.gain <= 0}\n"
                              "  zero: {says: x, holds: one / (one - one) > 0}\n",
                              "  dear: {set: {markets.gas.links.Pipe.build.capex: capex}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto dear = compile(pipe("  capex: 1000 B USD\n  one: 1\n",
                                 "  undefined: {says: x, holds: (p.price with dear) > 0}\n"
                                 "  no-and: {says: x, holds: (p.price with dear) > 0 and one > 2}\n"
                                 "  yes-or: {says: x, holds: (p.price with dear) > 0 or one < 2}\n"
                                 "  both: {says: x, holds: (p.price with dear) > 0 and one < 2}\n"
                                 "  either: {says: x, holds: one > 2 or (p.price with dear) > 0}\n"
                                 "  denied: {says: x, holds: not (p.price with dear) > 0}\n"
                                 "  amid: {says: x, holds: (p.price with dear) between 0 USD/kcm and 9999 USD/kcm}\n"
                                 "  fine: {says: x, holds: (p.gain with dear) <= 0 B USD/yr}\n"
                                 "  zero: {says: x, holds: one / (one - one) > 0}\n",
                                 "  dear: {set: {markets.gas.links.Pipe.build.capex: capex}}\n"));
  ASSERT_TRUE(dear->plan) << dear->complaints();
  const At at(*dear->plan);
  const Truth u = Truth::undefined;
  const std::vector<Truth> expected{u, Truth::no, Truth::yes, u, u, u, u, Truth::yes, u};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(at.claim(i), expected[i]) << dear->plan->claims()[i].name;
  EXPECT_EQ(dear->plan->why(0, at.w), ask::Reason::no_deal);
  EXPECT_EQ(dear->plan->why(8, at.w), ask::Reason::no_value);
  const At cheap(*c->plan);
  EXPECT_EQ(cheap.claim(0), Truth::yes);
}

TEST(Worlds, CombineAndShareAcrossClaims) {
  const auto c =
      compile(pipe("",
                   "  a: {says: x, holds: (p.gain with low with big) > (p.gain with big with low) - 1 B USD/yr}\n"
                   "  b: {says: x, holds: (p.gain without LNG with low) > 0}\n"
                   "  c: {says: x, holds: (p.gain with low without LNG) > 0}\n"
                   "  d: {says: x, holds: (p.gain with low with low) > 0}\n"
                   "  e: {says: x, holds: (p.gain with low) > 0}\n",
                   "  low: {set: {markets.gas.producers.Field.cost: 20}}\n"
                   "  big: {set: {markets.gas.producers.Field.capacity: 60}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<std::string> names;
  for (const auto& w : c->plan->worlds()) names.push_back(w.name);
  EXPECT_EQ(names, (std::vector<std::string>{"", "with big with low", "without LNG with low", "with low"}));
  const At at(*c->plan);
  EXPECT_GT(at("p.gain with big with low"), at("p.gain with low") - 1e-9);
  EXPECT_NE(c->plan->find("p.gain without LNG with low"), nullptr);
}

TEST(Worlds, TwoLeversOnOneNumberAreRefused) {
  const auto c = compile(pipe("", "  a: {says: x, holds: (p.gain with x with y) > 0}\n",
                              "  x: {set: {markets.gas.producers.Field.cost: 20}}\n"
                              "  y: {set: {markets.gas.producers.Field.cost: 30}}\n"));
  EXPECT_FALSE(c->plan);
  EXPECT_NE(c->complaints().find("E0411"), std::string::npos) << c->complaints();
}

// A lever on a driver moves what follows from the driver, also through a chain, and also what the lever itself sets to
// a driver's name.
TEST(Worlds, DriversFollow) {
  const auto c =
      compile(pipe("  oil: 60 to 85 USD/bbl\n  lng: = 0.1275 bbl/MMBtu * 35.3 MMBtu/kcm * oil\n  dear: = 1.5 * lng\n",
                   "  a: {says: x, holds: (p.gain with cheap) > (p.gain with both)}\n",
                   "  cheap: {set: {drivers: {oil: 50 USD/bbl}}}\n"
                   "  both: {set: {drivers: {oil: 50 USD/bbl}, markets.gas.producers.LNG.cost: dear}}\n"),
              {"p.node-price.City with cheap", "p.node-price.City with both"});
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<double> base(c->plan->parameters()), out(c->plan->parameters());
  ASSERT_TRUE(c->plan->medians(base));
  const auto lng = c->id("drivers.lng"), dear = c->id("drivers.dear"), cost = c->id("markets.gas.producers.LNG.cost");
  for (std::uint32_t w = 1; w < c->plan->worlds().size(); ++w) {
    ASSERT_TRUE(c->plan->world(w, base, true, out));
    const double expected = 0.1275 * 35.3 * 50;
    EXPECT_NEAR(out[lng], expected, 1e-9);
    EXPECT_NEAR(out[dear], 1.5 * expected, 1e-9);
    EXPECT_NEAR(out[cost], c->plan->worlds()[w].name == "with both" ? 1.5 * expected : base[cost], 1e-9);
  }
}

// A lever's formula that needs the number it sets means that number without the lever; also in a circle through others.
TEST(Worlds, ALeverMaySetANumberByItself) {
  const auto c = compile(pipe("  oil: 60 to 80 USD/bbl\n  twice: = 2 * oil\n",
                              "  a: {says: x, holds: (p.gain with half) > (p.gain with quarter)}\n",
                              "  half: {set: {drivers: {oil: = 0.5 * oil}}}\n"
                              "  quarter: {set: {drivers: {oil: = 0.125 * twice}}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<double> base(c->plan->parameters()), out(c->plan->parameters());
  ASSERT_TRUE(c->plan->medians(base));
  const auto oil = c->id("drivers.oil"), twice = c->id("drivers.twice");
  ASSERT_TRUE(c->plan->world(1, base, true, out));
  EXPECT_EQ(out[oil], 0.5 * base[oil]);
  EXPECT_EQ(out[twice], base[oil]);
  ASSERT_TRUE(c->plan->world(2, base, true, out));
  EXPECT_EQ(out[oil], 0.25 * base[oil]);
  EXPECT_EQ(out[twice], 0.5 * base[oil]);
}

TEST(Rules, AnUnusedLeverLeavesTheBaseAlone) {
  // The lever's formula is negative where a cost cannot be; only its own world suffers.
  const auto c =
      compile(pipe("  x: 1 to 2\n", "  a: {says: x, holds: p.gain > 0}\n  b: {says: x, holds: (p.gain with bad) > 0}\n",
                   "  bad: {set: {markets.gas.producers.Field.capacity: = (x - 100) * 1 bcm/yr}}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const At at(*c->plan);
  EXPECT_TRUE(at.good);
  EXPECT_EQ(at.claim(0), Truth::yes);
  EXPECT_EQ(at.claim(1), Truth::undefined);
  EXPECT_EQ(c->plan->why(1, at.w), ask::Reason::out_of_domain);
}

TEST(Rules, AFormulaOutsideItsDomainIsUndefinedAndALeverMayPutItRight) {
  std::string text = pipe("  x: 1 to 2\n  cap: = (x - 100) * 1 bcm/yr\n",
                          "  a: {says: x, holds: p.gain > 0}\n  b: {says: x, holds: (p.gain with good) > 0}\n"
                          "  c: {says: x, holds: x > 0}\n",
                          "  good: {set: {markets.gas.producers.Field.capacity: 40}}\n");
  const auto at_capacity = text.find("capacity: 40, cost: 60 to 90");
  text.replace(at_capacity, 12, "capacity: cap");
  const auto c = compile(text);
  ASSERT_TRUE(c->plan) << c->complaints();
  const At at(*c->plan);
  EXPECT_FALSE(at.good);
  EXPECT_EQ(at.claim(0), Truth::undefined);
  EXPECT_EQ(c->plan->why(0, at.w), ask::Reason::out_of_domain);
  EXPECT_EQ(at.claim(1), Truth::yes);
  EXPECT_EQ(at.claim(2), Truth::yes);
}

TEST(Asked, QuantitiesInWorldsAndComplaints) {
  const auto c = compile(pipe("", "", "  low: {set: {markets.gas.producers.Field.cost: 20}}\n"),
                         {"p.limit.SEL with low", "p.gain"}, {.everything = false});
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_NE(c->plan->find("p.limit.SEL with low"), nullptr);
  EXPECT_NE(c->plan->find("p.gain"), nullptr);
  const auto wrong = compile(pipe("", ""), {"p.limt.SEL"});
  EXPECT_FALSE(wrong->plan);
  EXPECT_NE(wrong->complaints().find("did you mean `p.limit.SEL`?"), std::string::npos) << wrong->complaints();
  const auto expression = compile(pipe("", ""), {"p.gain - p.zone"});
  EXPECT_NE(expression->complaints().find("E0418"), std::string::npos) << expression->complaints();
}

TEST(Fingerprint, KnowsWhatTheAnswerRestsOn) {
  const std::string a = pipe("", "  x: {says: x, holds: p.gain > 0}\n");
  const auto print = [](const std::string& yaml) {
    const auto c = compile(yaml);
    EXPECT_TRUE(c->plan) << c->complaints();
    return c->plan ? c->plan->fingerprint() : 0;
  };
  EXPECT_EQ(print(a), print(a));
  EXPECT_EQ(print(a), print("# a comment\n" + a));
  const auto edited = [&](std::string from, std::string to) {
    std::string b = a;
    b.replace(b.find(from), from.size(), to);
    return print(b);
  };
  EXPECT_NE(print(a), edited("consent: [SEL, BUY]", "consent: [BUY, SEL]"));
  EXPECT_NE(print(a), edited("60 to 90", "60 to 91"));
  EXPECT_NE(print(a), edited("p.gain > 0", "p.gain >= 0"));
  EXPECT_NE(print(a), edited("paid-by: SEL", "paid-by: BUY"));
  EXPECT_NE(print(a), edited("over: [Pipe]", "over: [Pipe], solution: shapley"));
  EXPECT_NE(edited("over: [Pipe]", "over: [Pipe], solution: shapley"),
            edited("over: [Pipe]", "over: [Pipe], solution: nucleolus"));
  EXPECT_NE(print(a), edited("over: [Pipe]", "over: [Pipe], alternatives: true"));
  EXPECT_NE(print(a), edited("over: [Pipe]", "over: [Pipe], volume: 20"));
}
