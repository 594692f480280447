// What `doubt`, `diff`, `history` and `check --numbers` print: one line first, nothing mixed that must stay apart, no
// share of 0 or 1.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "entente/plan/answer.hpp"
#include "entente/report/report.hpp"
#include "report/parameter_labels.hpp"
#include "report/sentences.hpp"
#include "situations.hpp"

using namespace entente;
using tests::compile;
using tests::drivers_only;

namespace {

struct Answered {
  std::unique_ptr<tests::Compiled> c;
  doubt::Doubt d;
  std::string text;
};

Answered answer(const std::string& yaml, plan::Sampling sampling = {}, report::Style style = {},
                std::uint64_t total = 0) {
  Answered a{compile(yaml), {}, {}};
  if (!a.c->plan) {
    ADD_FAILURE() << a.c->complaints();
    return a;
  }
  auto draws = doubt::run(*a.c->plan, {.sampling = sampling});
  a.d = *doubt::judge(*a.c->plan, *draws, {.total = total});
  a.text = report::text(*a.c->plan, a.d, style);
  return a;
}

// One line, whatever was wrapped.
std::string unwrapped(const std::string& text) { return std::regex_replace(text, std::regex("\n +"), " "); }

const char* const numbers = "  a: between 0 and 1 @judgement\n  b: between 0 and 1\n";

}  // namespace

TEST(DoubtText, OneLineFirst) {
  const auto a = answer(drivers_only(numbers, "  x: {says: The sum is small., holds: a + 0.2 * b < 0.7}\n"));
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("x: likely (55-80 %), 0.60; no record. The sum is small."), std::string::npos) << a.text;
  EXPECT_NE(t.find("Driven by a ("), std::string::npos) << a.text;
  EXPECT_NE(t.find("At the medians it is true; it turns false if a is over 0.6 (median 0.5)"), std::string::npos)
      << a.text;
  EXPECT_NE(t.find("The smallest joint change that turns it, "), std::string::npos) << a.text;
  EXPECT_NE(t.find("(true below, false above; 40 % of it lies above)"), std::string::npos) << a.text;
  EXPECT_EQ(t.find("may be chance"), std::string::npos) << a.text;
}

TEST(DoubtText, SharesAreWrittenAsTheSituationWritesThem) {
  const auto a =
      answer(drivers_only("  a: between 10 and 60 %\n", "  x: {says: x, holds: a < 45 %}\n"), {.draws = 200});
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("turns false if a is over 45 % (median 35 %)"), std::string::npos) << a.text;
  EXPECT_NE(t.find("a 35 -> 45 % (100 %)"), std::string::npos) << a.text;
  EXPECT_NE(t.find("turns at 45 % (true below, false above; 30 % of it lies above)"), std::string::npos) << a.text;
  const std::string line = std::regex_replace(a.text, std::regex("\n"), " ");
  EXPECT_NE(line.find("With 200 draws a share of the variance under 20 % may be chance"), std::string::npos) << a.text;
}

// A claim is told as implied only while the draws agree with the mark, and says which way.
TEST(DoubtText, WhatIsImpliedComesOutAlike) {
  const auto a =
      answer(drivers_only(numbers,
                          "  up: {says: x, implied: shares add up, caveat: Only shares., holds: a + b >= 0}\n"
                          "  down: {says: x, implied: shares add up, holds: a + b < 0}\n"
                          "  nearly: {says: x, implied: shares add up, holds: a > 0.005}\n"
                          "  both: {says: x, implied: shares add up, holds: a < 0.03}\n"
                          "  part: {says: x, implied: shares add up, holds: \"b / max(0, a - 0.5) >= 0\"}\n"));
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("up: implied by the assumption, not evidence. x Assumed: shares add up. True in all "),
            std::string::npos)
      << a.text;
  EXPECT_NE(t.find("down: ruled out by the assumption, not evidence. x Assumed: shares add up. False in all "),
            std::string::npos)
      << a.text;
  EXPECT_NE(t.find("nearly: implied by the assumption, not evidence. x Assumed: shares add up. True in 9,950 of 10,000 "
                   "draws."),
            std::string::npos)
      << a.text;
  EXPECT_NE(
      t.find(
          "both: almost no chance (1-5 %), 0.03; no record. x Marked as following from an assumption (shares add up), "
          "but it comes out both ways, so the numbers decide it too: true in "),
      std::string::npos)
      << a.text;
  EXPECT_NE(t.find("part: implied by the assumption, not evidence. x Assumed: shares add up. True wherever it is "
                   "defined, in "),
            std::string::npos)
      << a.text;
  const auto json = nlohmann::json::parse(report::json(*a.c->plan, a.d))["claims"];
  EXPECT_EQ(json["up"]["implied"], "shares add up");
  EXPECT_NE(t.find("Mind: Only shares."), std::string::npos) << t;
  EXPECT_EQ(json["up"]["caveat"], "Only shares.");
  EXPECT_TRUE(json["down"]["caveat"].is_null());
  EXPECT_EQ(json["down"]["implied"], "shares add up");
  EXPECT_TRUE(json["both"]["implied"].is_null());
  EXPECT_EQ(json["both"]["marked_implied"], "shares add up");
  EXPECT_FALSE(json["up"].contains("marked_implied"));
}

TEST(DoubtText, AnEvenChanceIsNotZeroUnitsAway) {
  const auto a = answer(
      drivers_only("  a: between 0 and 1\n  coin: 50 % chance\n", "  x: {says: x, holds: coin < 0.5 or a > 2}\n"));
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("It turns without any number leaving the middle of its distribution: coin 1 -> 0."),
            std::string::npos)
      << a.text;
  EXPECT_EQ(t.find("0 standard units"), std::string::npos);
}

TEST(DoubtText, SidesAreSaidAndTheEdgeIsNeitherWonNorLost) {
  const auto a = answer(drivers_only("  a: between 0 and 1\n  zero: 0\n",
                                     "  both: {says: x, holds: a < 0.7}\n  edge: {says: x, holds: zero * a > 0}\n"
                                     "  floor: {says: x, holds: \"max(a, 0.6) > 0.6\"}\n"));
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("In the middle draw it holds by 0.2 (90 %: from failing by 0.25 to holding by 0.65)."),
            std::string::npos)
      << a.text;
  EXPECT_NE(t.find("It stands on the very edge."), std::string::npos) << a.text;
  EXPECT_NE(t.find("In the middle draw it stands on the very edge (90 %: from the edge to holding by 0.35)."),
            std::string::npos)
      << a.text;
  EXPECT_EQ(t.find("by 0 "), std::string::npos) << a.text;
  EXPECT_EQ(t.find("by 0."), t.find("by 0.2 (")) << a.text;
}

// A claim in percent holds by percentage points, beside a bare 0 or 1 too; beside another number it is a plain one.
TEST(DoubtText, MarginsOfSharesAreInPercentagePoints) {
  const auto a = answer(drivers_only("  a: between 10 and 60 %\n  n: between 2 and 3\n",
                                     "  x: {says: x, holds: a < 45 %}\n  ends: {says: x, holds: a > 0 and a < 45 %}\n"
                                     "  plain: {says: x, holds: a < 0.45}\n"
                                     "  both: {says: x, holds: a < 45 % and n > 2.2}\n"));
  const std::string t = unwrapped(a.text);
  const auto of = [&](const std::string& claim, const std::string& next) {
    const auto from = t.find(claim + ":");
    return t.substr(from, t.find(next + ":", from) - from);
  };
  EXPECT_NE(of("x", "ends").find("In the middle draw it holds by 10 percentage points"), std::string::npos) << a.text;
  EXPECT_NE(of("ends", "plain").find("it holds by 10 percentage points"), std::string::npos) << a.text;
  EXPECT_NE(of("plain", "both").find("it holds by 0.1 (90 %"), std::string::npos) << a.text;
  EXPECT_EQ(t.substr(t.find("both:")).find("percentage points"), std::string::npos) << a.text;
  const auto asked = unwrapped(report::text(*a.c->plan, plan::answer(*a.c->plan), a.c->sources, report::Style{}));
  EXPECT_NE(asked.find("clear by 10 percentage points"), std::string::npos) << asked;
}

// Thirty numbers that do next to nothing: each moves the margin by a ten-thousandth, and none is named.
TEST(DoubtText, NumbersThatDoNothingAreNoDrivers) {
  std::string drivers = "  a: between 0 and 1\n", sum = "a";
  for (int i = 0; i < 30; ++i) {
    drivers += "  idle" + std::to_string(i) + ": between 0 and 1\n";
    sum += " + 0.0001 * idle" + std::to_string(i);
  }
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    const auto a =
        answer(drivers_only(drivers, "  x: {says: x, holds: " + sum + " < 0.7}\n"), {.seed = seed, .draws = 2000});
    std::size_t told = 0;
    for (const auto& x : a.d.findings[0].drivers) told += x.told;
    EXPECT_EQ(told, 1u) << a.text;
    EXPECT_NE(unwrapped(a.text).find("Driven by a ("), std::string::npos) << a.text;
    EXPECT_EQ(a.text.find("idle"), std::string::npos) << a.text;
  }
}

// What is yes or no has a share and no quantiles.
TEST(DoubtText, YesOrNoIsAShareOfTheDraws) {
  doubt::Spread q{.name = "q", .yes_no = true, .mean = 0.374};
  EXPECT_EQ(report::yes_share(q), "37 % of draws");
  q.mean = 0.001;
  EXPECT_EQ(report::yes_share(q), "under 1 % of draws");
  q.mean = 0.999;
  EXPECT_EQ(report::yes_share(q), "over 99 % of draws");
  q.mean = 1;
  EXPECT_EQ(report::yes_share(q), "all draws");
}

// Sentences speak of numbers in words, with the path where no table gives it.
TEST(DoubtText, SentencesNameNumbersInWords) {
  const auto a = answer(tests::pipe("", "  x: {says: x, holds: p.limit.BUY > 320 USD/kcm}\n"), {.draws = 1000});
  const std::string t = unwrapped(a.text);
  const auto driven = t.find("Driven by ");
  ASSERT_NE(driven, std::string::npos) << a.text;
  EXPECT_EQ(t.substr(driven, t.find(". ", driven) - driven).find("markets.gas"), std::string::npos) << a.text;
  EXPECT_NE(t.find("LNG: "), std::string::npos) << a.text;
  EXPECT_NE(t.find("markets.gas.producers.LNG.cost"), std::string::npos) << "in the table: " << a.text;
}

TEST(DoubtText, SaysWhereSingleNumbersExplainLittle) {
  const auto a = answer(drivers_only("  a: between 0 and 1\n  b: between 0 and 1\n",
                                     "  apart: {says: x, holds: (a - 0.5) * (b - 0.4) > 0}\n"
                                     "  alone: {says: x, holds: a + 0.01 * b > 0.5}\n"));
  const std::string t = unwrapped(a.text);
  const auto apart = t.find("apart:"), alone = t.find("alone:");
  EXPECT_NE(t.substr(apart, alone - apart).find("the rest lies in how they act together"), std::string::npos) << a.text;
  EXPECT_EQ(t.substr(alone).find("the rest lies in how they act together"), std::string::npos) << a.text;
}

TEST(DoubtText, LikelihoodAndConfidenceStandApart) {
  const auto a = answer(drivers_only(numbers, "  x: {says: x, holds: a + b < 0.8}\n"));
  std::istringstream lines(unwrapped(a.text));
  bool seen = false;
  for (std::string line; std::getline(lines, line);)
    for (std::string sentence; !line.empty();) {
      const auto end = line.find(". ");
      sentence = line.substr(0, end);
      line = end == std::string::npos ? "" : line.substr(end + 2);
      if (sentence.find("Sources:") == std::string::npos) continue;
      seen = true;
      EXPECT_EQ(sentence.find('%'), std::string::npos) << sentence;
      for (const char* word : {"likely", "certain", "chance"})
        EXPECT_EQ(sentence.find(word), std::string::npos) << sentence;
    }
  EXPECT_TRUE(seen) << a.text;
  EXPECT_NE(unwrapped(a.text).find("Sources: of the 2 numbers that drive it 1 is a judgement."), std::string::npos)
      << a.text;
}

TEST(DoubtText, AShareIsNeverNoughtOrOne) {
  const auto a = answer(drivers_only("  a: between 0 and 1\n  zero: 0\n",
                                     "  all: {says: x, holds: a < 2}\n  none: {says: x, holds: a > 2}\n"
                                     "  rare: {says: x, holds: a < 0.00031}\n  most: {says: x, holds: a > 0.00031}\n"
                                     "  half: {says: x, holds: log(a - 0.5) < 1}\n"
                                     "  gone: {says: x, holds: 1 / zero > 1}\n"));
  const std::string t = unwrapped(a.text);
  EXPECT_NE(t.find("all: almost certain (over 99 %), in all 10,000 draws; no record."), std::string::npos) << a.text;
  EXPECT_NE(t.find("none: almost no chance (under 1 %), in none of 10,000 draws; no record."), std::string::npos)
      << a.text;
  EXPECT_TRUE(std::regex_search(t, std::regex(R"(rare: almost no chance \(under 1 %\), 0\.000[1-9]; no record\. )")))
      << a.text;
  EXPECT_TRUE(std::regex_search(t, std::regex(R"(most: almost certain \(over 99 %\), 0\.999[1-9]; no record\. )")))
      << a.text;
  EXPECT_NE(t.find("between 0.50 and all of the draws"), std::string::npos) << a.text;
  EXPECT_NE(t.find("gone: no answer in any draw (the claim's formula has no value here, as in a division by zero). x"),
            std::string::npos)
      << a.text;
  EXPECT_FALSE(std::regex_search(t, std::regex(R"(\), [01](\.0+)?\. )"))) << a.text;
  EXPECT_NE(t.find("a share under 0.0003 may have been missed"), std::string::npos) << a.text;
}

// Ends of intervals that are not known print as nothing, and nowhere as nan or a dash in brackets.
TEST(DoubtText, WhatIsNotKnownPrintsAsNothing) {
  for (const std::uint64_t draws : {1u, 7u, 50u, 150u, 1000u}) {
    const auto a =
        answer(drivers_only("  a: between 0 and 1\n  zero: 0\n  war: 1 % chance\n",
                            "  all: {says: x, holds: a < 2}\n  some: {says: x, holds: a < 0.5 or war > 0.5}\n"
                            "  gone: {says: x, holds: 1 / zero > 1}\n"),
               {.draws = draws});
    EXPECT_EQ(a.text.find("nan"), std::string::npos) << a.text;
    EXPECT_EQ(a.text.find("(- to -)"), std::string::npos) << a.text;
    EXPECT_EQ(a.text.find("inf"), std::string::npos) << a.text;
    EXPECT_NE(a.text.find(draws >= 100 && draws % 10 == 0 ? "Latin hypercube" : "plain random"), std::string::npos);
  }
}

TEST(DoubtText, DriversOfTheMarginWhereTheClaimNeverFails) {
  const auto a = answer(drivers_only(numbers, "  x: {says: x, holds: a + 0.1 * b < 5}\n"));
  EXPECT_TRUE(a.d.findings[0].by_margin);
  EXPECT_NE(unwrapped(a.text).find("By how much is driven by a (9"), std::string::npos) << a.text;
  EXPECT_NE(unwrapped(a.text).find("It holds by 4.45 in the middle draw"), std::string::npos) << a.text;
}

TEST(DoubtText, CurvesAndTotalsOnRequest) {
  const std::string yaml = drivers_only(numbers, "  x: {says: x, holds: a + b < 0.8}\n");
  EXPECT_EQ(answer(yaml).text.find("share true along it"), std::string::npos);
  const auto a = answer(yaml, {}, {.curves = true}, 1000);
  EXPECT_NE(unwrapped(a.text).find("share true along it 0.7"), std::string::npos) << a.text;
  EXPECT_NE(a.text.find("By source, interactions included: judgement"), std::string::npos) << a.text;
  const auto j = nlohmann::json::parse(report::json(*a.c->plan, a.d));
  EXPECT_EQ(j["claims"]["x"]["drivers"][0]["curve"].size(), 10u);
  EXPECT_TRUE(j["claims"]["x"]["drivers"][0].contains("total_order"));
  EXPECT_EQ(j["claims"]["x"]["joint_change"]["kind"], "hasofer-lind");
}

TEST(DoubtText, FitsTheScreen) {
  const auto a = answer(drivers_only(numbers, "  x: {says: x, holds: a + b < 0.8}\n"));
  std::istringstream lines(a.text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
}

// check --numbers: percent where the file has it, a share where the file has one.
TEST(NumbersText, SharesAreWrittenAsTheFileDoes) {
  const auto c =
      compile(drivers_only("  even: between 50 and 90 %\n  spread: 30 to 60 %\n  plain: between 0.2 and 0.4\n"
                           "  sure: 12 %\n  war: 5 % chance\n  money: 3 to 8 B USD\n",
                           "  x: {says: x, holds: even > 0.6}\n"));
  ASSERT_TRUE(c->situation) << c->complaints();
  const std::string t = report::numbers_text(*c->situation, c->sources, {});
  EXPECT_NE(t.find("between 50 and 90 % -> uniform between 50 and 90 % [s"), std::string::npos) << t;
  EXPECT_NE(t.find("(90 %: 30 to 60) within 0 to 100 % [s"), std::string::npos) << t;
  EXPECT_NE(t.find("between 0.2 and 0.4 -> uniform between 0.2 and 0.4 [s"), std::string::npos) << t;
  EXPECT_NE(t.find("12 % -> 12 % [s"), std::string::npos) << t;
  EXPECT_NE(t.find("5 % chance -> an event, its chance: 5 % [s"), std::string::npos) << t;
  EXPECT_NE(t.find("(90 %: 3 to 8) B USD [s"), std::string::npos) << t;
}

TEST(DiffText, NeitherNoughtNorOneAndFitsTheScreen) {
  doubt::Diff d{.base = "base.yaml", .dissent = "dissent.yaml", .sampling = {.draws = 2000}};
  d.changes.push_back(
      {.claim = "always", .base = {true, 1, 1, 0}, .dissent = {true, 1, 1, 0}, .shift = {0, 0, 0, true}});
  d.changes.push_back({.claim = "nearly",
                       .says = "What nearly holds.",
                       .base = {true, 1, 0.9996, 0, true},
                       .dissent = {true, 0, 0, 1},
                       .shift = {-0.9996, 0.1, 0.2, true}});
  const std::string text = report::text(d, {}), t = std::regex_replace(text, std::regex("([^\n])\n([^\n])"), "$1 $2");
  EXPECT_NE(t.find("The same in every draw: always (all of the draws)."), std::string::npos) << t;
  EXPECT_EQ(t.find("always:"), std::string::npos) << t;
  EXPECT_NE(t.find("nearly: 0.9996 -> no answer in any draw"), std::string::npos) << t;
  EXPECT_NE(t.find("change -1.00 +- 0.20. What nearly holds. (In the base it follows from what is assumed"),
            std::string::npos)
      << t;
  EXPECT_FALSE(std::regex_search(t, std::regex(R"([^.0-9+-][01]\.0+[^0-9])"))) << t;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
}

TEST(HistoryText, UndecidedAndBracketedStandApart) {
  const auto claim = [](const std::string& name, double p) {
    return doubt::Scored{.situation = "Case",
                         .name = name,
                         .outcome = "true",
                         .is_claim = true,
                         .known = true,
                         .probability = p,
                         .brier = (1 - p) * (1 - p)};
  };
  std::vector<doubt::Scored> rows{claim("even", 0.5), claim("wide", 0.6), claim("wrong", 0.2)};
  rows[0].undecided = true;
  rows[1].bracketed = true;
  rows[1].undefined = 0.4;
  rows[2].miss = true;
  const std::string t = unwrapped(report::text(rows, report::Style{}));
  EXPECT_NE(t.find("answered 0.50: undecided, neither hit nor miss."), std::string::npos) << t;
  EXPECT_NE(t.find("1 miss: Case / wrong."), std::string::npos) << t;
  EXPECT_NE(t.find("1 undecided, answered one half, neither hit nor miss: Case / even."), std::string::npos) << t;
  EXPECT_NE(t.find("1 bracketed, undefined in more than one draw in a hundred"), std::string::npos) << t;
  const std::string page = report::tables(rows);
  EXPECT_NE(page.find("| Case: even | true | 0.50 | 0.25 | 0.00 | undecided |"), std::string::npos) << page;
  EXPECT_LT(page.find("Case: wrong"), page.find("## Bracketed claims")) << page;
  EXPECT_GT(page.find("Case: wide"), page.find("## Bracketed claims")) << page;
}

TEST(PlaceWords, OutOfTheTableOfTheLanguage) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/two-routes.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto words = [&](const char* path) { return report::place_words(*c->situation, c->id(path)); };
  EXPECT_EQ(words("markets.gas.links.PoS-2.build.capex"), "PoS-2: capital cost");
  EXPECT_EQ(words("markets.gas.consumers.China.demand.elasticity"),
            "China: percent change of quantity for one percent of price");
  EXPECT_EQ(words("markets.gas.links.PoS-2.transit-cost.MNG"), "PoS-2: what carrying a unit costs Mongolia itself");
  EXPECT_EQ(words("actors.RUS.discount"), "Russia: yearly discount rate");
  EXPECT_EQ(words("drivers.brent"), "");
  EXPECT_EQ(words("levers.reopen-europe.markets.gas.links.ToEurope.terms.price"),
            "with reopen-europe, To Europe: price paid at the market's delivery point");
  EXPECT_EQ(words("levers.cheap-lng.drivers.brent"), "with cheap-lng: driver brent");
}
