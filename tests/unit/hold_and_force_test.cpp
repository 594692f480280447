// The questions leverage and mandate from text to cells: the examples by hand of their method pages, worlds, groups,
// and what the reader refuses.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"
#include "support/read.hpp"

using namespace entente;
using tests::Read;

namespace {

const std::string exchange = R"(source: s
sources: {s: {title: test, grade: C3}}
actors: {PRK: Kim, CHN: Xi, RUS: Putin, IRN: Tehran}
exchanges:
  north-korea:
    of: PRK
    unit: B USD/yr
    from: {CHN: {gain: 1.1, gets: 400 M USD/yr}, RUS: {gain: 0.8, gets: 1.5}}
    spare: {RUS: 0.5}
    replaces: {RUS: {CHN: 60 %}}
questions:
  kim: {leverage: north-korea, of: CHN}
)";

TEST(LeverageQuestion, TheExampleByHand) {
  const Read r(exchange + "claims: {weaker: kim.threat.CHN < 0.9 * (kim.threat.CHN without RUS-PRK)}\n");
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["kim.threat.CHN"], 0.6, 1e-12);
  EXPECT_NEAR(r["kim.cost.CHN"], 0.4, 1e-12);
  EXPECT_NEAR(r["kim.hold.CHN"], 0.2, 1e-12);
  EXPECT_NEAR(r["kim.dependence.CHN"], 0.6 / 1.9, 1e-12);
  EXPECT_NEAR(r["kim.threat.RUS"], 0.8, 1e-12);
  // The game: v(C) = 1.5, v(R) = 2.3 + 0.5, v(CR) = 3.8; Shapley by hand for client and two patrons.
  EXPECT_NEAR(r["kim.value.CHN"], (3.8 - 2.8) / 3 + 1.5 / 6, 1e-12);
  EXPECT_NEAR(r["kim.value.RUS"], (3.8 - 1.5) / 3 + 2.8 / 6, 1e-12);
  EXPECT_NEAR(r["kim.value.CHN"] + r["kim.value.RUS"] + r["kim.value.PRK"], 3.8, 1e-12);
  plan::Workspace w(*r.plan);
  std::vector<double> p(r.plan->parameters());
  r.plan->evaluate(p, r.plan->medians(p), w);
  double margin = 0;
  EXPECT_EQ(r.plan->claim(0, w, margin), number::Truth::yes);
  EXPECT_NEAR(margin, 0.9 * 1.1 - 0.6, 1e-12);
}

TEST(LeverageQuestion, TiesActorsAndClientCanBeLeftOut) {
  for (const char* world : {"without PRK-RUS", "without RUS-PRK", "without RUS"}) {
    const Read r(exchange + "claims: {a: (kim.threat.CHN " + world +
                 ") between 1.0999999 B USD/yr and 1.1000001 B USD/yr}\n");
    ASSERT_TRUE(r.plan) << r.all();
    plan::Workspace w(*r.plan);
    std::vector<double> p(r.plan->parameters());
    r.plan->evaluate(p, r.plan->medians(p), w);
    double margin = 0;
    EXPECT_EQ(r.plan->claim(0, w, margin), number::Truth::yes) << world;
  }
  const Read r(exchange + "claims: {a: (kim.dependence.CHN without PRK) > 0}\n");
  plan::Workspace w(*r.plan);
  std::vector<double> p(r.plan->parameters());
  r.plan->evaluate(p, r.plan->medians(p), w);
  double margin = 0;
  EXPECT_EQ(r.plan->claim(0, w, margin), number::Truth::undefined);
  EXPECT_EQ(r.plan->why(0, w), ask::Reason::nothing_given);
}

TEST(LeverageQuestion, Refusals) {
  const auto with = [](std::string from, std::string to) {
    std::string text = exchange;
    const auto at = text.find(from);
    return text.replace(at, from.size(), to);
  };
  EXPECT_TRUE(Read(with("of: CHN}", "of: IRN}")).says("E0397", 12));
  EXPECT_TRUE(Read(with("leverage: north-korea", "leverage: north-corea")).says("E0396", 12));
  EXPECT_TRUE(Read(with("RUS: {gain: 0.8", "PRK: {gain: 0.8")).says("E0375", 8));
  EXPECT_TRUE(Read(with("{RUS: {CHN: 60 %}}", "{RUS: {IRN: 60 %}}")).says("E0376", 10));
  EXPECT_TRUE(Read(with("{RUS: {CHN: 60 %}}", "{IRN: {CHN: 60 %}, RUS: {CHN: 60 %}}")).says("E0377", 10));
  EXPECT_TRUE(Read(with("spare: {RUS: 0.5}", "spare: {RUS: 0.5, IRN: 1}")).says("E0377", 9));
  EXPECT_TRUE(Read(with("CHN: 60 %", "CHN: 160 %")).says("E0211", 10));
  EXPECT_TRUE(Read(with("gain: 1.1", "gain: 1.1 bcm/yr")).says("E0206", 8));
  EXPECT_TRUE(Read(with("{CHN: 60 %}", "{XXX: 60 %}")).says("E0342", 10));
}

const std::string force = R"(source: s
sources: {s: {title: test, grade: C3}}
actors: {AAA: A, BBB: B, CCC: C, MMM: M, NNN: N}
groups: {both: [BBB, CCC]}
mandates:
  peace:
    needs: 5 k persons
    provides: {AAA: 6, BBB: {deployed: 2, standby: 3000 persons}}
    parties: [MMM, NNN]
    consent: {MMM: {AAA: 60 % chance, BBB: 30 % chance}, NNN: {AAA: 100 %, others: 50 % chance}}
questions:
  force: {mandate: peace}
)";

TEST(MandateQuestion, TheExampleByHand) {
  const Read r(force);
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["force.provides.BBB"], 5, 1e-12);
  EXPECT_NEAR(r["force.joint.AAA"], 0.6, 1e-12);
  EXPECT_NEAR(r["force.joint.BBB"], 0.15, 1e-12);
  EXPECT_NEAR(r["force.feasible"], 0.6, 1e-12);
  EXPECT_NEAR(r["force.feasible-without.AAA"], 0.15, 1e-12);
  EXPECT_NEAR(r["force.refusal.MMM"], 0.4, 1e-12);
  EXPECT_NEAR(r["force.expected"], 0.6 * 6 + 0.15 * 5, 1e-12);
  EXPECT_EQ(r["force.passing"], 1);
  EXPECT_EQ(r["force.passes.AAA"], 1);
  EXPECT_EQ(r["force.passing-by.NNN"], 2);
  EXPECT_NEAR(r["force.consent.MMM.BBB"], 0.3, 1e-12);
}

TEST(MandateQuestion, TogetherWillingGroupsAndTheCouncil) {
  std::string text = force;
  const auto swap = [&](std::string from, std::string to) {
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  swap("    parties:", "    together: {MMM: 0 %}\n    willing: {each others: 50 % chance}\n    parties:");
  const Read r(text);
  ASSERT_TRUE(r.plan) << r.all();
  // M case by case; A suffices alone, B too: P(A or B) with A = .6 x .5, B = .3 x .5 x .5, all apart but N's one
  // disposition.
  const double a = 0.3, b_only_n = 0.3 * 0.5;  // B by M and willing; N admits B half the time, A always
  EXPECT_NEAR(r["force.feasible"], 0.5 * a + 0.5 * (1 - (1 - a) * (1 - b_only_n)), 1e-12);
  text = force;
  swap("{AAA: 6, BBB:", "{AAA: 6, CCC: 1, BBB:");
  swap("BBB: 30 % chance}", "both: 30 % chance}");
  const Read g(text);
  ASSERT_TRUE(g.plan) << g.all();
  EXPECT_NEAR(g["force.consent.MMM.CCC"], 0.3, 1e-12);
  EXPECT_NEAR(g["force.consent.NNN.CCC"], 0.5, 1e-12);
  text = force;
  swap(
      "parties: [MMM, NNN]",
      "parties: [MMM]\n    rule: security-council\n    permanent: [AAA, BBB, CCC, MMM, NNN]\n    elected: 80 % chance");
  swap("NNN: {AAA: 100 %, others: 50 % chance}",
       "NNN: {others: 50 %}, AAA: {BBB: 90 %}, BBB: {AAA: 70 %}, CCC: {others: 100 %}");
  const Read c(text + "claims: {by-consent: (force.joint.AAA without security-council) > 0.59}\n");
  ASSERT_TRUE(c.plan) << c.all();
  EXPECT_NEAR(c["force.joint.AAA"], 0.6 * 0.5 * 0.7 * 0.8, 1e-12);
  plan::Workspace w(*c.plan);
  std::vector<double> p(c.plan->parameters());
  c.plan->evaluate(p, c.plan->medians(p), w);
  double margin = 0;
  EXPECT_EQ(c.plan->claim(0, w, margin), number::Truth::yes);
}

TEST(MandateQuestion, Refusals) {
  const auto with = [](std::string from, std::string to) {
    std::string text = force;
    const auto at = text.find(from);
    return text.replace(at, from.size(), to);
  };
  EXPECT_TRUE(Read(with("AAA: 100 %, others: 50 % chance", "AAA: 100 %")).says("E0395", 10));
  EXPECT_TRUE(Read(with(", NNN: {AAA: 100 %, others: 50 % chance}", "")).says("E0395", 10));
  EXPECT_TRUE(Read(with("30 % chance", "130 % chance")).says("E0202", 10));
  EXPECT_TRUE(Read(with("MMM: {AAA", "CCC: {AAA")).says("E0379", 10));
  EXPECT_TRUE(Read(with("MMM: {AAA: 60 %", "MMM: {CCC: 60 %")).says("E0379", 10));
  EXPECT_TRUE(
      Read(with("    needs: 5 k persons", "    rule: security-council\n    needs: 5 k persons")).says("E0389", 7));
  EXPECT_TRUE(Read(with("needs: 5 k persons", "needs: 0")).says("E0211", 7));
  EXPECT_TRUE(Read(with("needs: 5 k persons", "needs: 5 bcm/yr")).says("E0206", 7));
  EXPECT_TRUE(Read(with("AAA: 6,", "AAA: {total: 6, standby: 1},")).says("E0387", 8));
  EXPECT_TRUE(Read(with("mandate: peace", "mandate: pease")).says("E0398", 12));
  EXPECT_TRUE(Read(with("{AAA: 60 % chance, BBB: 30 % chance}", "60 %")).says("E0303", 10));
  EXPECT_TRUE(Read(with("BBB: 30 % chance}", "BBB: 30 % chance, others: 1 %, each others: 2 %}"))
                  .plan);  // nobody is left for them
}

TEST(Flagship, EveryQuestionAnswers) {
  SourceMap sources;
  Diagnostics out;
  auto s = situation::load(ENTENTE_ROOT "/situations/moscow-2025", families::all(), sources, out, {.strict = true});
  ASSERT_TRUE(s) << render(out, sources);
  const auto plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
  ASSERT_TRUE(plan) << render(out, sources);
  EXPECT_EQ(out.warnings(), 0u) << render(out, sources);
  plan::Workspace w(*plan);
  std::vector<double> p(plan->parameters());
  plan->evaluate(p, plan->medians(p), w);
  for (std::size_t c = 0; c < plan->claims().size(); ++c) {
    double margin = 0;
    EXPECT_NE(plan->claim(c, w, margin), number::Truth::undefined) << plan->claims()[c].name;
  }
}

}  // namespace
