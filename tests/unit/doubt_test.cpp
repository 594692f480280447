// What is judged from draws, on models whose answers are known.
#include "entente/doubt/doubt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "doubt/claim_evaluator.hpp"
#include "entente/base/random.hpp"
#include "entente/situation/proposed.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::doubt;
using tests::compile;
using tests::drivers_only;

namespace {

Draws run_all(const plan::Plan& plan, plan::Sampling sampling, unsigned threads = 1) {
  auto d = run(plan, {.sampling = sampling, .threads = threads});
  EXPECT_TRUE(d.has_value());
  return std::move(*d);
}

Doubt judged(const plan::Plan& plan, plan::Sampling sampling = {}, JudgeOptions options = {.threads = 1}) {
  auto d = judge(plan, run_all(plan, sampling, options.threads), options);
  EXPECT_TRUE(d.has_value()) << (d ? "" : d.error().message);
  return std::move(*d);
}

const Driver* find(const plan::Plan& plan, const Finding& f, const std::string& path) {
  for (const auto& x : f.drivers)
    if (plan.situation().parameters[x.param].path == path) return &x;
  return nullptr;
}

double phi(double z) { return normal_cdf(z); }

}  // namespace

// Standard errors from ten replicate designs against the spread that 200 seeds show, for claims of growing interaction.
TEST(Error, TheTenDesignsKnowIt) {
  const auto c = compile(
      drivers_only("  a: between 0 and 1\n  b: between 0 and 1\n  c: between 0 and 1\n  war: 30 % chance\n",
                   "  one: {says: x, holds: a < 0.437}\n  sum: {says: x, holds: a + b + c < 1.4}\n"
                   "  product: {says: x, holds: a * b * c > 0.1}\n  event: {says: x, holds: a + 0.5 * war < 0.7}\n"
                   "  rare: {says: x, holds: a * b < 0.005}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const std::size_t claims = c->plan->claims().size();
  std::vector<double> sum(claims), squares(claims), stated(claims), inside(claims), plain(claims);
  const int seeds = 200;
  std::vector<std::vector<double>> value(claims), half(claims);
  for (int s = 0; s < seeds; ++s) {
    const Draws d = run_all(*c->plan, {.seed = static_cast<std::uint64_t>(s), .draws = 1000});
    for (std::size_t k = 0; k < claims; ++k) {
      std::vector<double> y(d.size());
      for (std::size_t i = 0; i < y.size(); ++i) y[i] = d.truth[k][i];
      const Mean m = mean_of(y, 10);
      sum[k] += m.value;
      squares[k] += m.value * m.value;
      stated[k] += m.error;
      plain[k] += mean_of(y, 0).error;
      value[k].push_back(m.value);
      half[k].push_back(m.half);
    }
  }
  for (std::size_t k = 0; k < claims; ++k) {
    const double mean = sum[k] / seeds, spread = std::sqrt((squares[k] - seeds * mean * mean) / (seeds - 1));
    for (int s = 0; s < seeds; ++s) inside[k] += std::abs(value[k][s] - mean) <= half[k][s];
    std::printf(
        "claim %-8s share %.4f: stated error %.5f over true spread %.5f = %.3f; plain sampling would state "
        "%.5f; coverage of the 90 %% interval %.3f\n",
        c->plan->claims()[k].name.c_str(), mean, stated[k] / seeds, spread, stated[k] / seeds / spread,
        plain[k] / seeds, inside[k] / seeds);
    // E[s] of ten normal values is 0.973 sigma, and the spread of 200 seeds is itself known to 5 %.
    EXPECT_NEAR(stated[k] / seeds / spread, 0.973, 0.2) << k;
    // Of a rare share the interval is that of plain draws, and covers at least as often as it says.
    if (mean < 0.05) EXPECT_GE(inside[k] / seeds, 0.90) << k;
    else EXPECT_NEAR(inside[k] / seeds, 0.90, 0.075) << k;
  }
}

TEST(Mean, EdgesOfTheError) {
  EXPECT_TRUE(std::isnan(mean_of({}, 10).value));
  const std::vector<double> same(200, 1.0);
  EXPECT_EQ(mean_of(same, 10).error, 0);
  EXPECT_NEAR(mean_of(same, 10).half, 3.0 / 200, 1e-4);
  std::vector<double> y(100);
  for (std::size_t i = 0; i < 100; ++i) y[i] = i < 50 ? 1 : 0;
  EXPECT_NEAR(mean_of(y, 0).error, std::sqrt(0.25 / 99), 1e-12);
  y[3] = std::nan("");
  EXPECT_EQ(mean_of(y, 0).n, 99u);
  EXPECT_NEAR(mean_of(y, 0).value, 49.0 / 99, 1e-15);
}

TEST(Judge, SharesWordsAndTheBracket) {
  const auto c = compile(drivers_only("  a: between 0 and 1\n  zero: 0\n",
                                      "  likely: {says: x, holds: a < 0.7}\n  edge: {says: x, holds: a < 0.7999}\n"
                                      "  always: {says: x, holds: a < 2}\n  never: {says: x, holds: a > 2}\n"
                                      "  bracket: {says: x, holds: log(a - 0.2) < -1}\n"
                                      "  nearly: {says: x, holds: log(a - 0.005) < -1}\n"
                                      "  undefined: {says: x, holds: 1 / zero > 2}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const auto& f = d.findings;
  EXPECT_NEAR(f[0].share, 0.7, 1e-3);
  EXPECT_EQ(f[0].words, "likely (55-80 %)");
  EXPECT_EQ(f[0].at_medians, 1);
  EXPECT_EQ(f[1].words, "likely or very likely (55-95 %)");
  EXPECT_EQ(f[2].share, 1);
  EXPECT_EQ(f[2].error, 0);
  EXPECT_NEAR(f[2].half, 3e-4, 1e-5);
  EXPECT_EQ(f[2].words, "almost certain (over 99 %)");
  EXPECT_EQ(f[3].no, 10'000u);
  EXPECT_TRUE(f[3].by_margin);
  // a - 0.2 has no logarithm in a fifth of the draws; below 0.2 + 1/e it holds.
  const double middle = std::exp(-1.0);
  EXPECT_TRUE(f[4].bracket);
  EXPECT_NEAR(f[4].low, middle, 1e-3);
  EXPECT_NEAR(f[4].high, middle + 0.2, 1e-3);
  EXPECT_EQ(f[4].reasons.size(), 1u);
  EXPECT_EQ(f[4].reasons[0].first, ask::Reason::no_value);
  ASSERT_EQ(f[4].undefined_by.size(), 1u);
  EXPECT_NEAR(f[4].undefined_by[0].second.value, 1, 0.02);
  EXPECT_FALSE(f[5].bracket);
  EXPECT_NEAR(f[5].share, middle / 0.995, 1e-3);
  EXPECT_EQ(f[6].undefined, 10'000u);
  EXPECT_EQ(f[6].words, "no answer in any draw");
  EXPECT_EQ(f[6].at_medians, 2);
  EXPECT_EQ(f[6].joint.kind, Joint::Kind::none);
}

TEST(Judge, FewDrawsClaimLittle) {
  const auto c = compile(drivers_only("  a: between 0 and 1\n", "  always: {says: x, holds: a < 2}\n"));
  EXPECT_EQ(judged(*c->plan, {.draws = 50}).findings[0].words, "very likely or almost certain (80-100 %)");
  EXPECT_EQ(judged(*c->plan, {.draws = 1}).findings[0].words, "almost no chance to almost certain (0-100 %)");
}

// Uniform a, b: 1{a + b < 1} has E[1 | a] = 1 - a, so knowing a lowers the expected Brier score by Var(1 - a) = 1/12.
TEST(Judge, TheValueOfInformationIsTheVarianceOfTheConditionalMean) {
  const auto c = compile(drivers_only("  a: between 0 and 1\n  b: between 0 and 1\n  idle: between 0 and 1\n",
                                      "  x: {says: x, holds: a + b < 1}\n"));
  const Doubt d = judged(*c->plan, {.draws = 40'000}, {.threads = 2, .total = 4000});
  const auto& f = d.findings[0];
  ASSERT_EQ(f.drivers.size(), 2u) << "what cannot move the claim is no driver";
  EXPECT_EQ(d.numbers, 3u);
  EXPECT_EQ(d.decisive, 2u);
  for (const auto& x : f.drivers) {
    EXPECT_NEAR(x.worth, 1.0 / 12, 0.004);
    EXPECT_NEAR(x.index, 1.0 / 3, 0.015);
    // Total order: E Var(1 | b) = E[b (1 - b)] = 1/6, over 1/4.
    EXPECT_NEAR(x.total.value, 2.0 / 3, 4 * x.total.error + 1e-3);
    EXPECT_LT(x.total.error, 0.05);
  }
  ASSERT_EQ(d.groups.size(), 1u);
  EXPECT_NEAR(f.totals[0].value, 1, 4 * f.totals[0].error + 1e-3);
}

TEST(Judge, GroundsCountJudgementsAndLowGrades) {
  const auto c =
      compile(drivers_only("  a: between 0 and 1 @judgement\n  b: between 0 and 1 @rumour\n"
                           "  c: between 0 and 1 @plain\n  d: between 0 and 1\n  e: between 0 and 1 @s/C4\n"
                           "  idle: between 0 and 1 @judgement\n",
                           "  x: {says: x, holds: a + b + c + d + e < 2.5}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto g = judged(*c->plan).findings[0].grounds;
  EXPECT_EQ(g.numbers, 5u);
  EXPECT_EQ(g.judgements, 1u);
  EXPECT_EQ(g.below, 2u);
  EXPECT_EQ(g.ungraded, 1u);
}

// What an assistant proposed is counted apart, has grade E5 whatever it says of itself, and has its own part of the
// variance; once a person names a source nothing is said of it any more.
TEST(Judge, GroundsKeepApartWhatAnAssistantProposed) {
  const std::string claim = "  x: {says: x, holds: a + b + c < 1.5}\n";
  const auto text = [&](const std::string& source) {
    std::string all = drivers_only(
        "  a: between 0 and 1 @" + source + "\n  b: between 0 and 1 @judgement\n  c: between 0 and 1 @s\n", claim);
    return all.insert(all.find("sources: {") + 10, "assistant: {title: proposed from an article}, ");
  };
  const auto c = compile(text("assistant"));
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_NE(c->complaints().find("W0348"), std::string::npos) << c->complaints();
  EXPECT_EQ(situation::count_proposed(*c->situation), 1u);
  const Doubt d = judged(*c->plan, {.draws = 20'000});
  const auto g = d.findings[0].grounds;
  EXPECT_EQ(g.numbers, 3u);
  EXPECT_EQ(g.proposed, 1u);
  EXPECT_EQ(g.judgements, 1u);
  EXPECT_EQ(g.below, 0u);
  EXPECT_NEAR(g.assisted, g.judged, 0.03);  // three numbers alike
  EXPECT_NEAR(g.assisted, g.sourced, 0.03);
  EXPECT_GT(g.assisted, 0.1);
  ASSERT_FALSE(d.warnings.empty());
  EXPECT_NE(d.warnings[0].find("one number is an assistant's proposal"), std::string::npos) << d.warnings[0];

  const auto taken = compile(text("s"));
  ASSERT_TRUE(taken->plan) << taken->complaints();
  EXPECT_EQ(taken->complaints().find("W0348"), std::string::npos) << taken->complaints();
  const Doubt after = judged(*taken->plan, {.draws = 20'000});
  EXPECT_EQ(after.findings[0].grounds.proposed, 0u);
  EXPECT_EQ(after.findings[0].grounds.assisted, 0);
  EXPECT_EQ(after.findings[0].share, d.findings[0].share);  // a source changes no draw
}

TEST(Flips, WhereTheyAreTo1e8) {
  const auto c = compile(drivers_only("  a: between 0 and 10\n  n: \"normal(0, 1)\"\n  l: 1 to 100\n  one: 1\n",
                                      "  rising: {says: x, holds: exp(a) > 123}\n"
                                      "  falling: {says: x, holds: sqrt(a) < 1.7}\n"
                                      "  twice: {says: x, holds: (a - 2) * (a - 4) > 0}\n"
                                      "  thrice: {says: x, holds: (a - 1) * (a - 6) * (a - 7.5) > 0}\n"
                                      "  narrow: {says: x, holds: (a - 3.1) * (a - 3.13) > 0}\n"
                                      "  kink: {says: x, holds: abs(a - 3.3) > 0.01}\n"
                                      "  never: {says: x, holds: a < 11}\n"
                                      "  normal: {says: x, holds: n * n * n > 0.008}\n"
                                      "  lognormal-one: {says: x, holds: l * l > 777}\n"
                                      "  jump: {says: x, holds: 1 / (a - 5) > 0}\n"
                                      "  hole: {says: x, holds: log(a - 2.5) < 1}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan, {.draws = 2000});
  const auto check = [&](std::size_t claim, const std::string& path, std::vector<double> expected) {
    const auto* x = find(*c->plan, d.findings[claim], path);
    if (expected.empty()) {
      if (x) {
        EXPECT_TRUE(x->flips.empty()) << d.findings[claim].name;
      }
      return;
    }
    ASSERT_NE(x, nullptr) << d.findings[claim].name;
    ASSERT_EQ(x->flips.size(), expected.size()) << d.findings[claim].name;
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_NEAR(x->flips[i].value, expected[i], 1e-8 * std::abs(expected[i])) << d.findings[claim].name;
  };
  check(0, "drivers.a", {std::log(123.0)});
  check(1, "drivers.a", {1.7 * 1.7});
  check(2, "drivers.a", {2, 4});
  check(3, "drivers.a", {1, 6, 7.5});
  check(4, "drivers.a", {3.1, 3.13});
  check(5, "drivers.a", {3.29, 3.31});
  check(6, "drivers.a", {});
  check(7, "drivers.n", {0.2});
  check(8, "drivers.l", {std::sqrt(777.0)});
  check(9, "drivers.a", {5});
  check(10, "drivers.a", {2.5, 2.5 + std::exp(1.0)});
  const auto& hole = find(*c->plan, d.findings[10], "drivers.a")->flips;
  EXPECT_EQ(hole[0].below, 2);
  EXPECT_EQ(hole[0].above, 1);
  EXPECT_EQ(hole[1].above, 0);
  const auto& rising = find(*c->plan, d.findings[0], "drivers.a")->flips[0];
  EXPECT_EQ(rising.below, 0);
  EXPECT_EQ(rising.above, 1);
  EXPECT_NEAR(rising.quantile, std::log(123.0) / 10, 1e-12);
}

// Random cubics with known roots, some close to one another or to the ends: found to 1e-8, or apart by less than the
// scan sees.
TEST(Flips, RandomRoots) {
  int missed = 0, all = 0;
  for (std::uint64_t k = 0; k < 300; ++k) {
    std::vector<double> r{10 * uniform(1, 1, k), 10 * uniform(1, 2, k), 10 * uniform(1, 3, k)};
    std::ranges::sort(r);
    char claim[200];
    std::snprintf(claim, sizeof claim, "  x: {says: x, holds: (a - %.17g) * (a - %.17g) * (a - %.17g) > 0}\n", r[0],
                  r[1], r[2]);
    const auto c = compile(drivers_only("  a: between 0 and 10\n", claim));
    ASSERT_TRUE(c->plan) << c->complaints();
    const Doubt d = judged(*c->plan, {.draws = 10});
    all += 3;
    if (d.findings[0].drivers.empty()) {
      missed += 3;
      continue;
    }
    const auto& flips = d.findings[0].drivers[0].flips;
    missed += 3 - static_cast<int>(flips.size());
    for (const auto& f : flips) {
      double nearest = 1e9;
      for (const double root : r) nearest = std::min(nearest, std::abs(f.value - root) / root);
      EXPECT_LT(nearest, 1e-8) << k;
    }
  }
  std::printf("turns of random cubics missed: %d of %d\n", missed, all);
  EXPECT_LE(missed, all / 100);
}

TEST(Flips, ChoicesAndEvents) {
  const auto c = compile(drivers_only("  pick: \"choice(1: 1 %, 2: 49.5 %, 3: 49 %, 7: 0.5 %)\"\n  war: 30 % chance\n",
                                      "  low: {says: x, holds: pick < 3}\n  seven: {says: x, holds: pick > 5}\n"
                                      "  peace: {says: x, holds: war < 0.5}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const auto* low = find(*c->plan, d.findings[0], "drivers.pick");
  ASSERT_NE(low, nullptr);
  ASSERT_EQ(low->flips.size(), 1u);
  EXPECT_EQ(low->flips[0].value, 3);
  EXPECT_NEAR(low->flips[0].quantile, 0.505, 1e-12);
  const auto* seven = find(*c->plan, d.findings[1], "drivers.pick");
  ASSERT_NE(seven, nullptr);
  ASSERT_EQ(seven->flips.size(), 1u);
  EXPECT_EQ(seven->flips[0].value, 7);
  const auto* war = find(*c->plan, d.findings[2], "drivers.war");
  ASSERT_NE(war, nullptr);
  EXPECT_EQ(war->flips[0].value, 1);
  EXPECT_NEAR(war->index, 1, 1e-9);
  ASSERT_EQ(war->curve.size(), 2u);
  EXPECT_EQ(war->curve[0].mean, 1);
  EXPECT_EQ(war->curve[1].mean, 0);
  EXPECT_EQ(d.findings[2].joint.kind, Joint::Kind::draw);
  EXPECT_NEAR(d.findings[2].joint.beta, normal_quantile(0.7), 1e-9);
}

// Linear margins of normal numbers: beta = distance of the plane, the point its foot, and Phi(beta) the share itself.
TEST(Joint, LinearIsExact) {
  const auto c = compile(drivers_only("  a: \"normal(0, 1)\"\n  b: \"normal(0, 2)\"\n  idle: 1 to 2\n",
                                      "  x: {says: x, holds: a + b < 4}\n  y: {says: x, holds: a + b > 0}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const auto& j = d.findings[0].joint;
  ASSERT_EQ(j.kind, Joint::Kind::form);
  EXPECT_TRUE(j.stationary);
  EXPECT_NEAR(j.beta, 4 / std::sqrt(5.0), 1e-9);
  ASSERT_EQ(j.changes.size(), 2u);
  EXPECT_EQ(c->situation->parameters[j.changes[0].param].path, "drivers.b");
  EXPECT_NEAR(j.changes[0].share, 0.8, 1e-6);
  EXPECT_NEAR(j.changes[0].value, 16.0 / 5, 1e-6);
  EXPECT_EQ(j.changes[0].median, 0);
  EXPECT_NEAR(d.findings[0].share, phi(j.beta), 4 * d.findings[0].error + 1e-9);
  // At the medians a + b = 0 exactly: the claim fails there by nothing, and any step turns it.
  EXPECT_LT(d.findings[1].joint.beta, 1e-3);
}

TEST(Joint, NonlinearMarginsAgainstDirectMinimisation) {
  // Lognormal product: exact in logarithms. Circle: every direction alike. Parabola: the foot by its cubic.
  const auto c =
      compile(drivers_only("  p: \"lognormal(2, 0.5)\"\n  q: \"lognormal(3, 0.25)\"\n  a: \"normal(0, 1)\"\n"
                           "  b: \"normal(0, 1)\"\n  u: 20 to 60 %\n",
                           "  product: {says: x, holds: p * q < 15}\n"
                           "  parabola: {says: x, holds: b + 0.3 * a * a > -2}\n"
                           "  share: {says: x, holds: u < 0.9}\n"
                           "  bend: {says: x, holds: b - 1.5 + 0.5 * a < 0}\n"
                           "  kink: {says: x, holds: \"max(a, b) < 1.2\"}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const auto joint = [&](std::size_t i) { return d.findings[i].joint; };
  EXPECT_NEAR(joint(0).beta, (std::log(15.0) - std::log(6.0)) / std::hypot(0.5, 0.25), 1e-6);
  EXPECT_TRUE(joint(0).stationary);
  EXPECT_NEAR(joint(1).beta, 2, 1e-6);  // b = -2, a = 0: the curvature bends away
  const auto& dist = c->situation->parameters[c->id("drivers.u")].number.distribution;
  EXPECT_NEAR(joint(2).beta, normal_quantile(dist.cdf(0.9)), 1e-6);
  EXPECT_NEAR(joint(3).beta, 1.5 / std::hypot(1.0, 0.5), 1e-6);
  EXPECT_NEAR(joint(4).beta, 1.2, 1e-6);
}

// The other way round: where the surface bends towards the medians HL-RF without a line search goes round in circles.
TEST(Joint, CurvedTowardsTheMedians) {
  const auto c = compile(
      drivers_only("  a: \"normal(0, 1)\"\n  b: \"normal(0, 1)\"\n", "  x: {says: x, holds: b - 0.5 * a * a > -3}\n"));
  const Doubt d = judged(*c->plan);
  // min a^2 + b^2 with b = a^2 / 2 - 3: a^2 = 2 (b + 3), so b^2 + 2 b + 6, least at b = -1: a^2 = 4, beta^2 = 5.
  EXPECT_EQ(d.findings[0].joint.kind, Joint::Kind::form);
  EXPECT_NEAR(d.findings[0].joint.beta, std::sqrt(5.0), 1e-4);
}

TEST(Joint, JumpsAndEventsTakeTheNearestDraw) {
  const auto c = compile(drivers_only("  a: \"normal(0, 1)\"\n  b: \"normal(0, 1)\"\n  war: 20 % chance\n  zero: 0\n",
                                      "  event: {says: x, holds: war < 0.5}\n"
                                      "  both: {says: x, holds: a - 3 * war > -2.5}\n"
                                      "  jump: {says: x, holds: 1 / (a - 1) < 0}\n"
                                      "  far: {says: x, holds: a < 100}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const double event = normal_quantile(0.8);
  EXPECT_EQ(d.findings[0].joint.kind, Joint::Kind::draw);
  EXPECT_NEAR(d.findings[0].joint.beta, event, 1e-9);
  // War alone turns it, at 0.84; by a alone it takes 2.5.
  EXPECT_EQ(d.findings[1].joint.kind, Joint::Kind::draw);
  EXPECT_NEAR(d.findings[1].joint.beta, event, 1e-9);
  ASSERT_EQ(d.findings[1].joint.changes.size(), 1u);
  EXPECT_EQ(d.findings[2].joint.kind, Joint::Kind::draw);
  EXPECT_NEAR(d.findings[2].joint.beta, 1, 1e-6);
  EXPECT_EQ(d.findings[3].joint.kind, Joint::Kind::none);
}

// An even chance has two middles: the other one is no distance away, and is named all the same.
TEST(Joint, AnEvenChanceIsNoDistanceAndIsNamed) {
  const auto c = compile(
      drivers_only("  a: between 0 and 1\n  coin: 50 % chance\n", "  event: {says: x, holds: coin < 0.5 or a > 2}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Doubt d = judged(*c->plan);
  const auto& j = d.findings[0].joint;
  EXPECT_EQ(j.kind, Joint::Kind::draw);
  EXPECT_EQ(j.beta, 0);
  ASSERT_EQ(j.changes.size(), 1u);
  EXPECT_EQ(c->situation->parameters[j.changes[0].param].path, "drivers.coin");
  EXPECT_NE(j.changes[0].median, j.changes[0].value);
}

// Whatever is reported, the claim is turned there and nowhere a little nearer along the ray.
TEST(Joint, EveryPointIsATurn) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/two-routes.yaml");
  ASSERT_TRUE(c->plan);
  const Doubt d = judged(*c->plan, {.draws = 2000}, {.threads = 2});
  int found = 0;
  ClaimEvaluator probe(*c->plan);
  for (std::size_t i = 0; i < d.findings.size(); ++i) {
    const auto& f = d.findings[i];
    if (f.joint.kind == Joint::Kind::none) continue;
    ++found;
    probe.reset();
    for (const auto& x : f.joint.changes) probe.set(x.param, x.value);
    EXPECT_EQ(probe.at(i).truth, 1 - f.at_medians) << f.name;
    probe.reset();
    for (const auto& x : f.joint.changes) {
      const Scale s(c->situation->parameters[x.param].number);
      if (s.continuous()) probe.set(x.param, s.value(0.999 * x.z));
    }
    EXPECT_EQ(probe.at(i).truth, f.at_medians) << f.name;
    double z = 0;
    for (const auto& x : f.joint.changes) z += x.z * x.z;
    EXPECT_NEAR(std::sqrt(z), f.joint.beta, 1e-9 * f.joint.beta);
  }
  EXPECT_GE(found, 3);
}
