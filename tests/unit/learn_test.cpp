// Draws weighted by what became known, against Bayes's rule by hand, a normal pair in closed form, and what coverage
// the intervals claim; then what a file may not say.
#include "entente/learn/learn.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "situations.hpp"
#include "support/property.hpp"

using namespace entente;
using tests::compile;

namespace {

std::string written(const std::string& drivers, const std::string& claims, const std::string& rest = {}) {
  return "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented, date: 2024-01-01}, later: "
         "{title: "
         "invented, date: 2025-06-01}}\nsource: s\nactors: {A: Anna}\ndrivers:\n" +
         drivers + "claims:\n" + claims + rest;
}

struct Drawn {
  std::unique_ptr<tests::Compiled> of;
  doubt::Draws draws;
  [[nodiscard]] const plan::Plan& plan() const { return *of->plan; }
  [[nodiscard]] const std::vector<double>& input(const std::string& path) const {
    const auto& u = plan().uncertain();
    return draws.input[static_cast<std::size_t>(std::ranges::find(u, of->id(path)) - u.begin())];
  }
};

Drawn drawn(const std::string& yaml, const plan::Sampling& sampling, const std::vector<std::string>& given = {}) {
  Drawn d;
  d.of = std::make_unique<tests::Compiled>();
  tests::detail::finish(*d.of, situation::load_bare("t.yaml", yaml, families::all(), d.of->sources, d.of->diagnostics),
                        {}, {});
  if (!d.of->plan) return d;
  plan::Scope scope = learn::scope(*d.of->situation);
  for (const auto& text : given) {
    const auto file = d.of->sources.add("asked", text);
    scope.conditions.push_back({text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}});
  }
  d.of->plan = plan::Plan::compile(d.of->situation, d.of->diagnostics, scope);
  if (d.of->plan) d.draws = *doubt::run(*d.of->plan, {.sampling = sampling, .threads = 1});
  return d;
}

TEST(Learn, BayesByHand) {
  const std::string news =
      "news:\n"
      "  second: {date: 2025-03-01, says: y, source: later, if: x > 0.5, likely: 40 % chance, unlikely: 90 % chance}\n"
      "  first: {date: 2025-02-01, says: y, source: later, if: c, likely: 80 % chance, unlikely: 20 % chance}\n";
  const auto d = drawn(written("  x: between 0 and 1\n  y: between 0 and 1\n", "  c: x + y > 1\n", news),
                       {.seed = 3, .draws = 4000});
  ASSERT_TRUE(d.of->plan) << d.of->complaints();
  Diagnostics out;
  const auto f = learn::follow(d.plan(), d.draws, {}, out);
  ASSERT_TRUE(f.has_value()) << render(out, d.of->sources);
  // The table: how many draws are of each of four kinds.
  double n[2][2] = {};
  for (std::size_t k = 0; k < 4000; ++k) n[d.draws.truth[0][k]][d.input("drivers.x")[k] > 0.5] += 1;
  const double prior = (n[1][0] + n[1][1]) / 4000;
  ASSERT_EQ(f->heard.size(), 2u);
  EXPECT_EQ(d.of->situation->news[0].name, "first");
  EXPECT_NEAR(f->before[0].share.value, prior, 1e-12);
  EXPECT_NEAR(f->heard[0].chance, 0.8 * prior + 0.2 * (1 - prior), 1e-12);
  EXPECT_NEAR(f->heard[0].ratio[0], 4, 1e-12);
  EXPECT_NEAR(f->heard[0].after[0].share.value, 0.8 * prior / (0.8 * prior + 0.2 * (1 - prior)), 1e-12);
  const double yes = 0.8 * (0.9 * n[1][0] + 0.4 * n[1][1]), no = 0.2 * (0.9 * n[0][0] + 0.4 * n[0][1]);
  EXPECT_NEAR(f->heard[1].after[0].share.value, yes / (yes + no), 1e-12);
  EXPECT_NEAR(
      f->heard[1].ratio[0],
      (0.9 * n[1][0] + 0.4 * n[1][1]) / (n[1][0] + n[1][1]) / ((0.9 * n[0][0] + 0.4 * n[0][1]) / (n[0][0] + n[0][1])),
      1e-12);
  const double square = 0.64 * (0.81 * n[1][0] + 0.16 * n[1][1]) + 0.04 * (0.81 * n[0][0] + 0.16 * n[0][1]);
  EXPECT_NEAR(f->effective, (yes + no) * (yes + no) / square, 1e-7);
}

TEST(Learn, AnUncertainChanceWeighsByItsMean) {
  const auto of = [](const std::string& likely) {
    const auto d = drawn(
        written("  x: between 0 and 1\n", "  c: x > 0.5\n",
                "news:\n  a: {date: 2025-02-01, says: y, if: c, likely: " + likely + ", unlikely: 20 % chance}\n"),
        {.draws = 1000});
    Diagnostics out;
    return learn::follow(d.plan(), d.draws, {}, out)->heard[0].after[0].share.value;
  };
  EXPECT_NEAR(of("between 40 and 80 % chance"), of("60 % chance"), 1e-9);
}

TEST(Learn, AReadingOfANormalNumber) {
  const auto d = drawn(written("  x: normal(0, 1) in any\n", "  c: x > 0.8\n",
                               "news:\n  a: {date: 2025-02-01, says: y, measures: x, reads: 1 +- 0.5}\n"),
                       {.seed = 2, .draws = 20000});
  ASSERT_TRUE(d.of->plan) << d.of->complaints();
  Diagnostics out;
  const auto f = learn::follow(d.plan(), d.draws, {}, out);
  ASSERT_TRUE(f.has_value()) << render(out, d.of->sources);
  double above = 0, all = 0;
  for (const double x : d.input("drivers.x")) {
    const double w = std::exp(-0.5 * (x - 1) * (x - 1) / 0.25);
    all += w;
    if (x > 0.8) above += w;
  }
  EXPECT_NEAR(f->heard[0].after[0].share.value, above / all, 1e-12);
  // The conjugate posterior is normal of mean 0.8 and variance 0.2, so the claim is even.
  EXPECT_NEAR(f->heard[0].after[0].share.value, 0.5, 3 * f->heard[0].after[0].share.error + 1e-3);
  // P(reading), relative to its peak: a normal density of variance 1.25 at 1 over that of variance 0.25 at 0.
  EXPECT_NEAR(f->heard[0].chance, std::sqrt(0.25 / 1.25) * std::exp(-0.5 / 1.25), 2e-3);
}

TEST(Learn, ANormalPairGivenOneOfThem) {
  const double rank = 0.5, rho = 2 * std::sin(M_PI * rank / 6);
  const std::string yaml = written("  x: normal(0, 1) in any\n  y: normal(0, 1) in any\n", "  c: x > 0\n",
                                   "together: {pair: {numbers: [x, y], rank: 0.5}}\n");
  const auto d = drawn(yaml, {.seed = 4, .draws = 20000}, {"y > 0"});
  ASSERT_TRUE(d.of->plan) << d.of->complaints();
  const auto g = learn::given(d.plan(), d.draws);
  ASSERT_TRUE(g.has_value()) << g.error().message;
  const double exact = 2 * (0.25 + std::asin(rho) / (2 * M_PI));
  EXPECT_NEAR(g->claims[0].after.share.value, exact, 3 * g->claims[0].after.share.error);
  EXPECT_NEAR(g->chance, 0.5, 1e-3);
  const auto& y = d.input("drivers.y");
  EXPECT_DOUBLE_EQ(g->effective, static_cast<double>(std::ranges::count_if(y, [](double v) { return v > 0; })));
}

// 90 % intervals from an effective size of 400 on, over a thousand seeds: of a share in the middle, of one by weights
// that are not 0 and 1, of a rare one, and of plain draws.
TEST(Learn, IntervalsCover) {
  struct Case {
    const char *drivers, *claim, *given;
    double exact;
    std::uint64_t draws;
    bool latin, exactly;
  };
  const Case cases[]{
      {"  x: between 0 and 1\n  y: between 0 and 1\n", "x + y > 1", "y > 0.7", 0.85, 2000, true, false},
      {"  x: between 0 and 1\n  y: between 0 and 1\n", "x + y > 1", "y > 0.7", 0.85, 2000, false, false},
      {"  x: between 0 and 1\n  y: between 0 and 1\n", "x + y > 1.98", "y > 0.5", 0.0004, 1000, true, true}};
  const int seeds = tests::times(1000);
  for (const Case& c : cases) {
    int covered = 0;
    for (int seed = 1; seed <= seeds; ++seed) {
      static std::map<std::string, Drawn> kept;
      auto& d = kept[std::string(c.claim) + c.given];
      if (!d.of) d = drawn(written(c.drivers, std::string("  c: ") + c.claim + "\n"), {.draws = 10}, {c.given});
      const auto draws = doubt::run(
          d.plan(),
          {.sampling = {.seed = static_cast<std::uint64_t>(seed), .draws = c.draws, .latin = c.latin}, .threads = 1});
      const auto g = learn::given(d.plan(), *draws);
      ASSERT_TRUE(g.has_value());
      const auto& s = g->claims[0].after.share;
      ASSERT_GE(s.effective, learn::enough);
      covered += s.from <= c.exact && c.exact <= s.to;
    }
    const double share = static_cast<double>(covered) / seeds;
    RecordProperty(c.claim, covered);
    if (tests::effort() < 1) continue;
    EXPECT_GE(share, c.exactly ? 0.9 : 0.87) << c.claim << c.latin;
    if (!c.exactly) {
      EXPECT_LE(share, 0.93) << c.claim << c.latin;
    }
  }
}

TEST(Learn, OrderOfNewsIsOfNoConsequence) {
  const std::vector<std::string> items{
      "  a: {date: 2025-02-01, says: y, if: c, likely: 80 % chance, unlikely: 20 % chance}\n",
      "  b: {date: 2025-02-01, says: y, if: x > 0.3, likely: 35 % chance, unlikely: 60 % chance}\n",
      "  d: {date: 2025-04-01, says: y, measures: x, reads: 0.4 +- 0.3}\n"};
  const auto last = [&](std::vector<int> order) {
    std::string news = "news:\n";
    for (const int i : order) news += items[static_cast<std::size_t>(i)];
    const auto d = drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n", news), {.draws = 2000});
    Diagnostics out;
    const auto f = learn::follow(d.plan(), d.draws, {}, out);
    return f->heard.back().after[0].share.value;
  };
  const double one = last({0, 1, 2});
  EXPECT_EQ(one, last({2, 1, 0}));
  EXPECT_EQ(one, last({1, 0, 2}));
}

TEST(Learn, OfAGroupOneCounts) {
  const auto f_of = [](const std::string& news) {
    const auto d = drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n", news), {.draws = 2000});
    Diagnostics out;
    return *learn::follow(d.plan(), d.draws, {}, out);
  };
  const std::string a = "{date: 2025-02-01, says: y, if: c, likely: 80 % chance, unlikely: 20 % chance";
  const auto both = f_of("news:\n  a: " + a + ", group: g, counts: true}\n  b: " + a + ", group: g}\n");
  const auto one = f_of("news:\n  a: " + a + "}\n");
  EXPECT_EQ(both.heard.back().after[0].share.value, one.heard.back().after[0].share.value);
  EXPECT_FALSE(both.heard[1].counts);
  EXPECT_NEAR(both.heard[1].ratio[0], 4, 1e-12);
}

TEST(Learn, WhereThereIsNoSuchPrice) {
  // log(x) is undefined below 0, in a half of the draws.
  const std::string drivers = "  x: between -1 and 1 in any\n  y: = log(x)\n";
  const auto follow_of = [&](const std::string& otherwise, Diagnostics& out) {
    const auto d =
        drawn(written(drivers, "  c: x > 0.5\n",
                      "news:\n  a: {date: 2025-02-01, says: y, if: y > -1, likely: 50 % chance, unlikely: 50 % "
                      "chance" +
                          otherwise + "}\n"),
              {.draws = 2000});
    EXPECT_TRUE(d.of->plan) << d.of->complaints();
    return learn::follow(d.plan(), d.draws, {}, out);
  };
  Diagnostics out;
  EXPECT_FALSE(follow_of("", out).has_value());
  EXPECT_EQ(out.all().front().code, "E0849");
  Diagnostics good;
  const auto f = follow_of(", else: 25 % chance", good);
  ASSERT_TRUE(f.has_value());
  EXPECT_NEAR(f->heard[0].chance, 0.375, 1e-9);
}

TEST(Learn, TwentyItemsThatLeaveFewDrawsAreTold) {
  std::string news = "news:\n";
  for (int i = 0; i < 20; ++i)
    news += "  n" + std::to_string(i) + ": {date: 2025-02-" + (i < 9 ? "0" : "") + std::to_string(i + 1) +
            ", says: y, if: x > 0." + std::to_string(95 + i % 3) + ", likely: 90 % chance, unlikely: 30 % chance}\n";
  const auto d = drawn(written("  x: between 0 and 1\n", "  c: x > 0.97\n", news), {.draws = 1000});
  ASSERT_TRUE(d.of->plan) << d.of->complaints();
  Diagnostics out;
  const auto f = learn::follow(d.plan(), d.draws, {}, out);
  ASSERT_TRUE(f.has_value());
  EXPECT_LT(f->effective, learn::least);
  EXPECT_TRUE(std::isnan(f->heard.back().after[0].share.value));
  EXPECT_FALSE(std::isnan(f->heard.front().after[0].share.value));
  EXPECT_TRUE(f->heard.back().after[0].words.empty());
}

TEST(Learn, OfDriversAloneThereAreNoSignposts) {
  // A driver is no quantity, so of drivers alone nothing is named.
  const auto d =
      drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n",
                    "news:\n  a: {date: 2025-02-01, says: y, if: c, likely: 60 % chance, unlikely: 50 % chance}\n"),
            {.draws = 1000});
  Diagnostics out;
  const auto f = learn::follow(d.plan(), d.draws, {}, out);
  ASSERT_TRUE(f.has_value());
  EXPECT_TRUE(f->signposts[0].empty());
}

TEST(Learn, WhatAFileMayNotSay) {
  struct Case {
    const char *news, *code;
  };
  const Case cases[]{
      {"a: {date: 2025-01-01, says: y, if: c, likely: 50 % chance, unlikely: 20 % chance}", "E0842"},
      {"a: {date: 2024-12-31, says: y, if: c, likely: 50 % chance, unlikely: 20 % chance}", "E0842"},
      {"a: {date: 2025-02-01, says: y}", "E0843"},
      {"a: {date: 2025-02-01, says: y, if: c, measures: x, reads: 1 +- 1, likely: 50 %, unlikely: 2 %}", "E0843"},
      {"a: {date: 2025-02-01, says: y, if: c, likely: 50 % chance}", "E0844"},
      {"a: {date: 2025-02-01, says: y, measures: x}", "E0844"},
      {"a: {date: 2025-02-01, says: y, measures: x, reads: 1 +- 1, likely: 20 % chance}", "E0844"},
      {"a: {date: 2025-02-01, says: y, measures: x, reads: 5}", "E0845"},
      {"a: {date: 2025-02-01, says: y, if: c, likely: = x, unlikely: 20 % chance}", "E0845"},
      {"a: {date: 2025-02-01, says: y, if: c, likely: 120 % chance, unlikely: 20 % chance}", "E0202"},
      {"a: {date: 2025-02-01, says: y, if: c, likely: 50 % chance, unlikely: 20 % chance, group: g}", "E0846"},
      {"a: {date: 2025-02-01, says: y, if: c, likely: 50 % chance, unlikely: 20 % chance, counts: true}", "E0846"},
  };
  for (const Case& c : cases) {
    const auto d =
        compile(written("  x: between 0 and 1\n", "  c: x > 0.6\n", std::string("news:\n  ") + c.news + "\n"));
    ASSERT_FALSE(d->diagnostics.ok()) << c.news;
    EXPECT_EQ(d->diagnostics.all().front().code, c.code) << c.news << "\n" << d->complaints();
    EXPECT_TRUE(d->diagnostics.all().front().span.known()) << c.news;
  }
}

TEST(Learn, WhatFollowingFinds) {
  const auto code = [](const std::string& news) -> std::string {
    const auto d = drawn(written("  x: between 0 and 1 B USD\n", "  c: x > 0.6 B USD\n", "news:\n  a: " + news + "\n"),
                         {.draws = 500});
    if (!d.of->plan) return d.of->diagnostics.all().front().code;
    Diagnostics out;
    if (learn::follow(d.plan(), d.draws, {}, out)) return "";
    return out.all().front().code;
  };
  EXPECT_EQ(code("{date: 2025-02-01, says: y, if: nosuch > 1, likely: 50 % chance, unlikely: 20 % chance}"), "E0415");
  EXPECT_EQ(code("{date: 2025-02-01, says: y, measures: nosuch, reads: 1 +- 1}"), "E0415");
  EXPECT_EQ(code("{date: 2025-02-01, says: y, measures: x, reads: 1 +- 1 bcm/yr}"), "E0788");
  EXPECT_EQ(code("{date: 2025-02-01, says: y, if: x > 2 B USD, likely: 50 % chance, unlikely: 0 % chance}"), "E0847");
  EXPECT_EQ(code("{date: 2025-02-01, says: y, if: c, likely: 50 % chance, unlikely: 20 % chance}"), "");
  EXPECT_EQ(code("{date: 2025-02-01, says: y, measures: x, reads: 500 +- 100 M USD}"), "");
}

TEST(Learn, TooFewDraws) {
  const auto d = drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n"), {.draws = 1000}, {"x > 0.97"});
  const auto g = learn::given(d.plan(), d.draws);
  ASSERT_FALSE(g.has_value());
  EXPECT_NE(g.error().message.find("30 of 1000"), std::string::npos) << g.error().message;
  EXPECT_EQ(g.error().where, "--draws 14670");
  const auto none = drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n"), {.draws = 1000}, {"x > 2"});
  ASSERT_FALSE(learn::given(none.plan(), none.draws).has_value());
  const auto some = drawn(written("  x: between 0 and 1\n", "  c: x > 0.6\n"), {.draws = 1000}, {"x > 0.8"});
  const auto told = learn::given(some.plan(), some.draws);
  ASSERT_TRUE(told.has_value());  // 200: a number, and no interval
  EXPECT_EQ(told->claims[0].after.share.value, 1);
  EXPECT_TRUE(std::isnan(told->claims[0].after.share.from));
  EXPECT_EQ(told->ask_for, 2200u);
}

TEST(Learn, NewsIsNoInput) {
  const std::string plain = written("  x: between 0 and 1\n  y: 1 to 2\n", "  c: x + y > 2\n");
  const auto without = drawn(plain, {.draws = 500});
  const auto with = drawn(
      plain +
          "news:\n  a: {date: 2025-02-01, says: y, source: later, if: c, likely: 50 to 80 % chance, unlikely: 20 % "
          "chance}\n",
      {.draws = 500});
  ASSERT_TRUE(with.of->plan) << with.of->complaints();
  EXPECT_EQ(without.draws.input, with.draws.input);
  EXPECT_EQ(without.draws.truth[0], with.draws.truth[0]);
  EXPECT_EQ(without.plan().numbers().uncertain, with.plan().numbers().uncertain);
  EXPECT_EQ(without.plan().numbers().written, with.plan().numbers().written);
}

}  // namespace
