// Where the question pressure has no answer, and says why: no supplier, no equilibrium, a tariff of -100 % or below, an
// absent target; and what the reader refuses.
#include <gtest/gtest.h>

#include "support/pressure.hpp"

using namespace entente;
using namespace entente::tests::pressure;

namespace {

// Nobody else makes machines: an embargo leaves the East without what it needs, and the answer says what.
TEST(Pressure, NoSupplierIsAnAnswerInWords) {
  const Read r(
      "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {WES: West, EAS: East}\n"
      "economy: {base: needed}\nmeasures: {m: {by: WES, on: EAS, embargo: true}}\n"
      "questions: {q: {pressure: m, on: EAS}}\n");
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_TRUE(std::isnan(r["q.loss.EAS"]));
  EXPECT_EQ(r.why("q.loss.EAS"), ask::Reason::no_supplier);
  EXPECT_EQ(r.why("q.reach.EAS"), ask::Reason::no_supplier);
  const std::string said = r.account().headline;
  EXPECT_NE(said.find("EAS"), std::string::npos) << said;
  EXPECT_NE(said.find("machines"), std::string::npos) << said;
}

// Each addition is above -100 %, their sum is not: the answer says whose tariff on whose goods.
TEST(Pressure, TariffsThatAddUpToLessThanNothingAreSaidInWords) {
  const Read r(halves("  m: {by: WES, on: EAS, tariff-add: -60 %}\n  n: {by: WES, on: EAS, tariff-add: -60 %}\n",
                      "{pressure: [m, n], on: EAS}"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r.why("q.loss.EAS"), ask::Reason::out_of_domain);
  EXPECT_EQ(r.account().headline,
            "No answer: the measures bring the tariff of WES on goods from EAS to -120 %, and it must stay above "
            "-100 %.");
}

// The Bear must go on selling more than it buys, and nobody can pay for its goods any more: no equilibrium carries
// that. The cells say so, and the answer how near the solver came, what it tried, and what would help.
TEST(Pressure, NoConvergenceIsAnAnswerInWords) {
  const auto walled = [](const std::string& deficits) {
    return powers("  m: {by: [LEA, DRA], on: BEA, cost-factor: 1e4}\n", "{pressure: m, on: BEA}", "",
                  "{base: three, regions: {LEA: [NOR, SUD]}, deficits: " + deficits + "}");
  };
  const Read r(walled("fixed"));
  ASSERT_TRUE(r.plan) << r.all();
  for (const char* cell : {"q.loss.BEA", "q.self-loss", "q.reach.BEA"}) {
    EXPECT_TRUE(std::isnan(r[cell])) << cell;
    EXPECT_EQ(r.why(cell), ask::Reason::not_solved) << cell;
  }
  const std::string said = r.account().headline;
  for (const char* part : {"No answer", "residual 0.0", "8000 sweeps", "pace of wages was halved",
                           "tried from the nearest solved world, then from the base", "try them closed"})
    EXPECT_NE(said.find(part), std::string::npos) << part << "\n" << said;
  EXPECT_GT(Read(walled("closed"))["q.loss.BEA"], 0);
}

TEST(Pressure, AnAbsentTargetHasNoLoss) {
  const Read r(powers(bans + duties, "{pressure: [bans, duties], on: [BEA, DRA]}",
                      "claims: {a: {says: a, holds: (q.loss.BEA without BEA) > 0 and (q.reach.DRA without BEA) > 0 and "
                      "(q.shelter.DRA.BEA without DRA) > 0}}\n"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r.why("q.loss.BEA without BEA"), ask::Reason::absent);
  EXPECT_EQ(r.why("q.shelter.DRA.BEA without DRA"), ask::Reason::absent);
  EXPECT_GT(r["q.reach.DRA without BEA"], 0);
}

TEST(Pressure, Refusals) {
  const std::string m = "  m: {by: WES, on: EAS, tariff-to: 20 %}\n", q = "{pressure: m, on: EAS}";
  const auto refused = [](const std::string& text, std::string_view code) {
    const Read r(text);
    return !r.plan && r.says(code) ? std::string() : std::string(code) + "\n" + r.all();
  };
  EXPECT_EQ(refused(halves(m, q, "{base: nowhere}"), "E0850"), "");
  EXPECT_EQ(refused(halves(m, q, "{base: /pair}"), "E0330"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: EAS, tariff-to: 20 %, goods: godds}\n"), "E0852"), "");
  EXPECT_EQ(refused(halves(m, q, "{base: pair, elasticities: {godds: 3}}"), "E0852"), "");
  EXPECT_EQ(refused(halves(m, q, "{base: pair, regions: {WES: WEST}}"), "E0853"), "");
  EXPECT_EQ(refused(powers(bans, "{pressure: bans, on: BEA}", "", "{base: three}"), "E0854"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: EAS}\n"), "E0855"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: EAS, tariff-to: 20 %, direction: exports}\n"), "E0856"), "");
  auto text = halves(m);
  text.erase(text.find("economy"), text.find("measures") - text.find("economy"));
  EXPECT_EQ(refused(text, "E0857"), "");
  EXPECT_EQ(refused("groups: {nobody: []}\n" + halves("  m: {by: WES, on: nobody, embargo: true}\n"), "E0858"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: WES, embargo: true}\n"), "E0859"), "");
  EXPECT_EQ(refused(halves(m, "{pressure: n, on: EAS}"), "E0860"), "");
  EXPECT_EQ(refused(halves(m, "{pressure: [m, m], on: EAS}"), "E0861"), "");
  EXPECT_EQ(refused(halves(m, q, "{base: pair, in-force: m}"), "E0862"), "");
  EXPECT_EQ(refused(halves(m, "{pressure: m, on: WES}"), "E0863"), "");
  EXPECT_EQ(refused(halves(m, "{pressure: m, on: EAS, by: EAS}"), "E0864"), "");
  EXPECT_EQ(refused(halves(m, "{pressure: m, on: EAS, third: WES}"), "E0865"), "");
  for (const char* bad : {"tariff-to: -120 %", "tariff-to: -100 %", "tariff-down-to: -100 %", "tariff-add: -150 %",
                          "cost-factor: 0", "cost-factor: -1", "trade-factor: -10 %"})
    EXPECT_EQ(refused(halves(std::string("  m: {by: WES, on: EAS, ") + bad + "}\n"), "E0211"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: EAS, tariff-add: -120 to 20 %}\n"), "E0207"), "");
  for (const char* bad : {"elasticity-scale: 0", "elasticities: {goods: 0}", "elasticities: {goods: -3}"})
    EXPECT_EQ(refused(halves(m, q, std::string("{base: pair, ") + bad + "}"), "E0211"), "");
  for (const char* bad : {"elasticity-scale: -1 to 2", "elasticities: {goods: -3 to -1}"})
    EXPECT_EQ(refused(halves(m, q, std::string("{base: pair, ") + bad + "}"), "E0207"), "");
  EXPECT_EQ(refused(halves("  m: {by: WES, on: EAZ, tariff-to: 20 %}\n"), "E0342"), "");
}

}  // namespace
