// The question choice from text to cells: the page's example, worlds, what it reads, refusals; nothing allocated.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/plan/answer.hpp"
#include "entente/text/file.hpp"
#include "support/read.hpp"

using namespace entente;
using tests::Read;

namespace {

std::string scale(const std::string& fields, const std::string& positions) {
  return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {A: A, B: B, C: C}\nscales:\n  x: {unit: "
         "USD/kcm, " +
         fields + "\n      positions: {" + positions + "}}\nquestions: {q: {choice: x}}\n";
}

TEST(ChoiceQuestion, ByHand) {
  const auto text = text::read_file(ENTENTE_ROOT "/tests/data/choice/by-hand.yaml", 1 << 20);
  ASSERT_TRUE(text);
  const Read r(*text);
  ASSERT_TRUE(r.plan) << r.all();
  // Weights 2, 2, 1: (2 60 + 2 100 + 140) / 5 = 92; half of 5 is reached at 100.
  EXPECT_NEAR(r["terms.mean"], 92, 1e-12);
  EXPECT_EQ(r["terms.median"], 100);
  EXPECT_NEAR(r["terms.share.ONE"], 0.4, 1e-15);
  EXPECT_NEAR(r["terms.distance.TRI"], 48, 1e-12);
  EXPECT_NEAR(r["terms.gain.ONE"], 140 - 32, 1e-12);
  // 60 % of 7.25 is 4.35: ONE alone has 4, ONE and TWO 6, so TWO's reflection 2 100 - 200 = 0 would end it; the veto
  // of TRI ends it at 2 140 - 200 = 80.
  EXPECT_EQ(r["terms.changes"], 1);
  EXPECT_EQ(r["terms.win-low"], 80);
  EXPECT_EQ(r["terms.win-high"], 200);
  // All gain down to 80; the bargain solves 5/t = 2/(280 - t) + 2/(200 - t) + 1/(120 - t), t = 200 - x.
  const double t = 200 - r["terms.nash"];
  EXPECT_EQ(r["terms.agreement"], 1);
  EXPECT_NEAR(5 / t, 2 / (280 - t) + 2 / (200 - t) + 1 / (120 - t), 1e-12);
  EXPECT_GT(r["terms.forecast.95"], r["terms.forecast.50"]);
  EXPECT_GT(r["terms.forecast.50"], r["terms.forecast.5"]);
  EXPECT_EQ(r["terms.outcome"], r["terms.forecast.50"]);  // luck at its median
  EXPECT_NEAR(r["terms.stays"], r["terms.at-upper"], 1e-15);
  // No status quo, no ends: the outermost positions are the ends.
  EXPECT_NEAR(r["other.mean"], (60 + r["other.median"] + 140) / 3, 1e-9);
  EXPECT_FALSE(r.plan->find("other.nash"));
  EXPECT_FALSE(r.plan->find("other.changes"));
  EXPECT_GE(r["other.forecast.5"], 60);
  EXPECT_LE(r["other.forecast.95"], 140);
}

TEST(ChoiceQuestion, WhoIsAbsentHasNoPositionAndNoVeto) {
  auto text = *text::read_file(ENTENTE_ROOT "/tests/data/choice/by-hand.yaml", 1 << 20);
  text +=
      "  gone: {says: x, holds: (terms.win-low without TRI) < 80 USD/kcm and (terms.share.ONE without TRI) between "
      "0.49 and 0.51}\n"
      "  none: {says: x, holds: (terms.distance.TRI without TRI) > 0 USD/kcm}\n";
  const Read r(text);
  ASSERT_TRUE(r.plan) << r.all();
  plan::Workspace w(*r.plan);
  std::vector<double> p(r.plan->parameters());
  r.plan->evaluate(p, r.plan->medians(p), w);
  for (std::size_t c = 0; c < r.plan->claims().size(); ++c) {
    double margin = 0;
    const auto& name = r.plan->claims()[c].name;
    if (name == "gone") {
      EXPECT_EQ(r.plan->claim(c, w, margin), number::Truth::yes);
    }
    if (name == "none") {
      EXPECT_EQ(r.plan->claim(c, w, margin), number::Truth::undefined);
    }
  }
}

TEST(ChoiceQuestion, ADrawBeyondAnEndCountsAsTheEnd) {
  const Read r(scale("lower: 50, upper: 100,", "A: 60, B: far") + "drivers: {far: 300 USD/kcm}\n");
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r["q.mean"], 80);  // of 60 and 100
}

// One wants less and one more than the status quo: no bargain of all, and not for want of a price.
TEST(ChoiceQuestion, WhatSomeWouldLoseByIsNoAgreement) {
  const Read r(scale("lower: 0, upper: 100, status-quo: 70,", "A: 60, B: 90"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r["q.agreement"], 0);
  const auto a = plan::answer(*r.plan);
  const auto& cells = a.questions[0].worlds[0].cells;
  const auto nash = std::ranges::find(cells, "nash", &plan::Answer::Cell::name);
  ASSERT_NE(nash, cells.end());
  EXPECT_EQ(nash->reason, ask::Reason::no_agreement);
  EXPECT_EQ(ask::says(nash->reason), "no agreement: not all want to move the status quo the same way");
}

TEST(ChoiceQuestion, Refusals) {
  const auto at = [](const std::string& fields, const std::string& positions, std::string_view code) {
    return Read(scale(fields, positions)).place(code);
  };
  EXPECT_NE(at("", "", "E0890"), "");                // nobody
  EXPECT_EQ(at("", "A: 5, Z: 6", "E0342"), "6:25");  // not declared
  const Read salience(scale("", "A: {at: 5, salience: 120 %}"));
  EXPECT_FALSE(salience.plan);
  EXPECT_NE(salience.all().find("120 %"), std::string::npos) << salience.all();
  EXPECT_EQ(at("lower: 10, upper: 5,", "A: 7", "E0891"), "5:40");
  EXPECT_EQ(at("lower: 10, upper: 50,", "A: 7, B: {at: 60}", "E0892"), "6:22");
  EXPECT_EQ(at("lower: 10, upper: 50, status-quo: 90,", "A: 20", "E0892"), "5:56");
  EXPECT_NE(at("", "A: {at: 5, veto: true}, B: 7", "E0893"), "");
  EXPECT_NE(at("majority: 60 %,", "A: 5, B: 7", "E0893"), "");
  EXPECT_NE(at("", "A: {at: 5, weight: 0}, B: {at: 7, salience: 0 %}", "E0895"), "");
  auto text = scale("", "A: 5, B: 7");
  text.replace(text.find("choice: x"), 9, "choice: y");
  EXPECT_EQ(Read(text).place("E0894"), "7:25");
  EXPECT_NE(at("", "A: 5, A: 7", "E0112"), "");  // twice
}

}  // namespace
