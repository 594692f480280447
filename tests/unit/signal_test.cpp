// The question signal from text to cells: costs that tell types apart, talk that would do, worlds, refusals.
#include <gtest/gtest.h>

#include <cmath>

#include "entente/families/all.hpp"
#include "support/read.hpp"

using namespace entente;
using tests::Read;

namespace {

// A firm partner and a loose one; the receiver courts the loose and holds against the firm. Whoever is courted gains.
std::string parade(const std::string& firm_pays, const std::string& loose_pays, const std::string& more = "",
                   const std::string& types = "{firm: 70 %}") {
  return R"(source: s
sources: {s: {title: test, grade: C3}}
actors: {CHN: China, USA: America}
signals:
  parade:
    sender: CHN
    receiver: USA
    types: )" +
         types + R"(
    costs: {together: {firm: )" +
         firm_pays + ", loose: " + loose_pays + R"(}, apart: {firm: 0, loose: 0}}
    replies:
      court: {receiver: {firm: -2, loose: 1}, sender: {firm: 0, loose: 2}}
      hold: {receiver: {firm: 0, loose: 0}, sender: {firm: 1, loose: 3}}
questions: {display: {signal: parade}}
)" + more;
}

TEST(SignalQuestion, CostsTellTypesApart) {
  // Both want to be held to be firm: without costs talk is cheap. The parade costs the loose more than the 1 it gains.
  const Read r(parade("0", "1.5"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r["display.separates"], 1);
  EXPECT_EQ(r["display.separates-without-costs"], 0);
  EXPECT_EQ(r["display.believed-for-its-cost"], 1);
  EXPECT_EQ(r["display.posterior-most.together.firm"], 1);
  const Read cheap(parade("0", "0.5"));
  EXPECT_EQ(cheap["display.separates"], 0);
  EXPECT_EQ(cheap["display.believed-for-its-cost"], 0);
  EXPECT_NEAR(cheap["display.posterior-least.together.firm"], 0.7, 1e-12);
}

TEST(SignalQuestion, WithoutTheReceiverNothingIsTold) {
  SourceMap sources;
  Diagnostics out;
  const auto s = situation::load_bare("test.yaml", parade("0", "1.5"), families::all(), sources, out);
  ASSERT_TRUE(s) << render(out, sources);
  const auto model = ask::compile(*s, s->questions[0], out);
  ASSERT_TRUE(model);
  std::vector<double> p;
  for (const auto& parameter : s->parameters) p.push_back(parameter.number.distribution.median());
  const std::size_t n = model->quantities().size();
  ASSERT_EQ(n, 5u + 8 + 3);
  std::vector<double> value(n);
  std::vector<ask::Reason> reason(n);
  const auto scratch = model->scratch();
  model->evaluate(p, {0, 1}, *scratch, value, reason);
  EXPECT_EQ(value[0], 1);
  EXPECT_NE(model->account(p, *scratch).headline.text().find("because of what it costs"), std::string::npos);
  p[s->actors[1].presence] = 0;
  model->evaluate(p, {0, 1}, *scratch, value, reason);
  for (std::size_t c = 0; c < n; ++c) {
    EXPECT_TRUE(std::isnan(value[c]));
    EXPECT_EQ(reason[c], ask::Reason::absent);
  }
}

// Tied hands, by hand. The loose gains 3 by being held to be firm and courted has 2; a parade that costs it 4 only if
// it is courted after all costs it nothing where it is believed, so it would parade too: no pure equilibrium separates.
// Mixed: the loose parades with the chance that leaves the receiver indifferent, 0.3 q / (0.7 + 0.3 q) = 2/3 is more
// than all loose ones make, so it is believed firm anyway: nothing is told. With 40 % firm: q = (2/3)/(1/3) 0.4/0.6 > 1
// too. With 20 % firm (0.2, 0.8): q = 2 * 0.2 / 0.8 = 0.5.
TEST(SignalQuestion, TiedHandsTellLessThanSunkCosts) {
  const auto text = [](const std::string& firm, const std::string& costs, const std::string& after) {
    return R"(source: s
sources: {s: {title: test, grade: C3}}
actors: {CHN: China, USA: America}
signals:
  parade:
    sender: CHN
    receiver: USA
    types: {firm: )" +
           firm + R"(, loose: rest}
    costs: {together: )" +
           costs + R"(, apart: {firm: 0, loose: 0}}
    replies:
      court: {receiver: {firm: -2, loose: 1}, sender: {firm: 0, loose: 2}, after: {together: )" +
           after + R"(}}
      hold: {receiver: {firm: 0, loose: 0}, sender: {firm: 1, loose: 3}}
questions: {display: {signal: parade}}
)";
  };
  const std::string nothing = "{firm: 0, loose: 0}", dear = "{firm: 0, loose: 4}";
  const Read sunk(text("20 %", dear, nothing)), tied(text("20 %", nothing, dear)), talk(text("20 %", nothing, nothing));
  ASSERT_TRUE(tied.plan) << tied.all();
  EXPECT_EQ(sunk["display.believed-for-its-cost"], 1);
  EXPECT_EQ(tied["display.separates"], 0);
  EXPECT_EQ(tied["display.informative"], 1);  // partly: some of the loose give themselves away
  EXPECT_GE(tied["display.mixed-equilibria"], 1);
  EXPECT_EQ(tied["display.informative-without-costs"], 0);
  EXPECT_EQ(talk["display.informative"], 0);
  const Read likely(text("70 %", nothing, dear));
  EXPECT_EQ(likely["display.informative"], 0);
}

TEST(SignalQuestion, Refusals) {
  EXPECT_TRUE(Read(parade("0", "1", "", "{firm: 70 %, loose: 30 %}")).says("E0336"));
  EXPECT_TRUE(Read(parade("0", "1, third: 1", "")).says("E0336"));
  EXPECT_TRUE(Read(parade("0", "1", "", "{firm: rest, loose: rest}")).says("E0336"));
  EXPECT_TRUE(Read(parade("0", "1", "", "{firm: 70 %, loose: rest}")).plan);
  EXPECT_TRUE(Read(parade("0", "1", "", "{firm: 70 %, other: 10 %}")).says("E0338"));
  auto text = parade("0", "1");
  const auto at = text.find("receiver: USA");
  text.replace(at, 13, "receiver: CHN");
  EXPECT_TRUE(Read(text).says("E0335"));
  text = parade("0", "1");
  text.replace(text.find("signal: parade"), 14, "signal: parody");
  EXPECT_TRUE(Read(text).says("E0339"));
}

}  // namespace
