// The question signal from text to cells: costs that tell types apart, talk that would do, worlds, refusals.
#include <gtest/gtest.h>

#include <cmath>

#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

using namespace entente;

namespace {

struct Read {
  SourceMap sources;
  Diagnostics out;
  std::optional<plan::Plan> plan;
  std::vector<double> slots;

  explicit Read(std::string text) {
    auto s = situation::load_bare("test.yaml", std::move(text), sources, out);
    if (s) plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    if (!plan) return;
    plan::Workspace w(*plan);
    std::vector<double> p(plan->parameters());
    plan->evaluate(p, plan->medians(p), w);
    slots = w.slots;
  }
  double operator[](std::string_view quantity) const {
    const auto* named = plan ? plan->find(quantity) : nullptr;
    return named ? slots[plan->parameters() + named->cell] : std::nan("");
  }
  bool says(std::string_view code) const {
    for (const auto& d : out.all())
      if (d.code == code && d.span.known()) return true;
    return false;
  }
  std::string all() const { return render(out, sources); }
};

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
  const auto s = situation::load_bare("test.yaml", parade("0", "1.5"), sources, out);
  ASSERT_TRUE(s) << render(out, sources);
  const auto model = ask::compile(*s, s->questions[0], out);
  ASSERT_TRUE(model);
  std::vector<double> p;
  for (const auto& parameter : s->parameters) p.push_back(parameter.number.distribution.median());
  const std::size_t n = model->quantities().size();
  ASSERT_EQ(n, 5u + 8);
  std::vector<double> value(n);
  std::vector<ask::Reason> reason(n);
  const auto scratch = model->scratch();
  model->evaluate(p, 1, *scratch, value, reason);
  EXPECT_EQ(value[0], 1);
  EXPECT_NE(model->account(p, *scratch).headline.find("because of what it costs"), std::string::npos);
  p[s->actors[1].presence] = 0;
  model->evaluate(p, 1, *scratch, value, reason);
  for (std::size_t c = 0; c < n; ++c) {
    EXPECT_TRUE(std::isnan(value[c]));
    EXPECT_EQ(reason[c], ask::Reason::absent);
  }
}

TEST(SignalQuestion, Refusals) {
  EXPECT_TRUE(Read(parade("0", "1", "", "{firm: 70 %, loose: 30 %}")).says("E0336"));
  EXPECT_TRUE(Read(parade("0", "1, third: 1", "")).says("E0336"));
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
