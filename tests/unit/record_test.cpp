// The record: which events are in it, what simple rules say, how forecasts are scored.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "record/frozen.hpp"
#include "record/parts.hpp"

namespace {

using namespace entente;
using namespace entente::record;

// n actors, camps by their bits, one kind of tie of which only pair (0, 1) has any.
Known made(std::uint32_t n, std::uint32_t camps, double tie = 0) {
  Known k;
  k.c.number = 1, k.c.first = k.c.last = 1900;
  k.event.actors = n;
  k.dyads.resize(n * (n - 1) / 2);
  k.event.ties.assign(k.dyads.size(), 0.0);
  k.event.ties[0] = tie;
  k.size.assign(n, 0.1);
  for (std::uint32_t i = 0; i < n; ++i) {
    k.event.camp.push_back(camps >> i & 1u);
    k.c.actors.push_back(static_cast<world::State>(i));
  }
  return k;
}

const Rule& rule(std::string_view name) { return *std::ranges::find(rules(), name, &Rule::name); }

TEST(Record, EventsOfTwoCenturies) {
  SourceMap sources;
  Diagnostics out;
  const auto w = world::World::open(ENTENTE_ROOT "/data/world", sources, out);
  ASSERT_TRUE(out.ok());
  Record counts;
  const auto disputes = cases(w, Events::disputes, false, &counts), wars = cases(w, Events::wars, false),
             sealed = cases(w, Events::disputes, true);
  EXPECT_GT(disputes.size(), 250u);
  EXPECT_GT(counts.set_aside, 20u);
  EXPECT_GT(wars.size(), 25u);
  EXPECT_GT(sealed.size(), 5u);
  for (const auto* list : {&disputes, &wars, &sealed})
    for (const Case& c : *list) {
      ASSERT_GE(c.actors.size(), 3u);
      EXPECT_TRUE(std::ranges::count(c.camp, 0) > 0 && std::ranges::count(c.camp, 1) > 0) << c.number;
      EXPECT_TRUE(c.last < set_aside_from || c.first > set_aside_to) << c.number;
    }
  for (const Case& c : disputes) EXPECT_LE(c.first, 2010);
  for (const Case& c : sealed) EXPECT_TRUE(c.first >= 2011 && c.last <= 2014);
  const auto great = std::ranges::find(wars, 106u, &Case::number);  // the first world war
  ASSERT_NE(great, wars.end());
  const auto camp = [&](const char* code) {
    const auto at = std::ranges::find(great->actors, w.find(code));
    return at == great->actors.end() ? 9 : great->camp[static_cast<std::size_t>(at - great->actors.begin())];
  };
  EXPECT_EQ(camp("FRA"), camp("RUS"));
  EXPECT_EQ(camp("DEU"), camp("AUH"));
  EXPECT_NE(camp("FRA"), camp("DEU"));
}

TEST(Record, WhatIsNearIsLeftOut) {
  Case a{1, "", 1950, 1952, {1, 2, 3}, {}}, b{2, "", 1955, 1955, {2, 3, 4}, {}};
  EXPECT_TRUE(near(a, b));
  EXPECT_TRUE(near(b, a));
  b.first = b.last = 1956;
  EXPECT_FALSE(near(a, b));
  b.first = b.last = 1951, b.actors = {3, 4, 5};
  EXPECT_FALSE(near(a, b));
}

TEST(Record, SharesOfSimpleRules) {
  Known one = made(3, 0b100), two = made(4, 0b1100), ask = made(3, 0b100);
  one.dyads[0].last_side = 1;
  const std::vector<const Known*> training{&one, &two};
  // Weights: three pairs of 1/2, one of them together; six of 1/3, two together: (1/2 + 2/3) / (3/2 + 2) = 1/3.
  const double base = 1.0 / 3;
  for (const double p : share(rule("base-rate"), training, ask)) EXPECT_NEAR(p, base, 1e-15);
  for (const double p : share(rule("rate-by-n"), training, ask)) EXPECT_NEAR(p, (0.5 + base) / (1.5 + 1), 1e-15);
  ask.dyads[2].last_side = 1;
  const auto last = share(rule("last-side"), training, ask);
  EXPECT_NEAR(last[2], (0.5 + base) / (0.5 + 1), 1e-15);
  EXPECT_NEAR(last[0], (2.0 / 3 + base) / (1 + 2 + 1), 1e-15);
  const auto by_n = share(rule("last-side-by-n"), training, ask);
  EXPECT_NEAR(by_n[0], (0 + base) / (1 + 1), 1e-15);
}

TEST(Record, SoftIsTheDistributionOverTwoCamps) {
  partition::Fit fit{.weights = {2.0}, .information = {1e12}};
  const auto chance = soft(made(3, 0b100, 1), fit, 1);
  ASSERT_TRUE(chance);
  const double e = std::exp(2.0);
  EXPECT_NEAR((*chance)[0], e / (e + 2), 1e-5);
  EXPECT_NEAR((*chance)[1], 1 / (e + 2), 1e-5);
  fit.information = {1.0};  // uncertain weights, a chance nearer to one third and deterministic
  const auto wide = soft(made(3, 0b100, 1), fit, 1), again = soft(made(3, 0b100, 1), fit, 1);
  ASSERT_TRUE(wide && again);
  EXPECT_LT((*wide)[0], (*chance)[0]);
  EXPECT_EQ(*wide, *again);
}

TEST(Record, LeastEnergyIsTodaysRule) {
  Known k = made(3, 0b100);
  k.dyads[0].pact = 2;       // 0 and 1
  k.dyads[1].opposed = 0.5;  // 0 and 2
  const auto chance = least_energy(k);
  ASSERT_TRUE(chance);
  EXPECT_EQ(*chance, (std::vector<double>{1, 0, 0}));
  const auto none = least_energy(made(3, 0b100));  // every division is as good
  ASSERT_TRUE(none);
  EXPECT_EQ((*none)[0], 0.5);
}

TEST(Record, Scores) {
  const std::vector<Known> events{made(3, 0b100), made(4, 0b1000), made(6, 0b1)};
  Forecasts half{"half", {}}, right{"right", {}};
  for (const Known& k : events) {
    half.chance.emplace_back(k.pairs(), 0.5);
    auto& c = right.chance.emplace_back();
    for (std::size_t a = 0; a < k.event.actors; ++a)
      for (std::size_t b = a + 1; b < k.event.actors; ++b) c.push_back(k.event.camp[a] == k.event.camp[b] ? 1 : 0);
  }
  const Part p = score(events, std::vector<Forecasts>{right, half});
  EXPECT_NEAR(p.score.brier, clip * clip, 1e-15);
  EXPECT_NEAR(p.score.log, -std::log(1 - clip), 1e-14);
  EXPECT_EQ(p.score.accuracy, 1);
  EXPECT_EQ(p.score.sure_share, 1);
  EXPECT_EQ(p.score.sure_right, 1);
  EXPECT_EQ(p.score.pairs, 3u + 6 + 15);
  EXPECT_EQ(p.by_size[2].events, 1u);
  ASSERT_EQ(p.baselines.size(), 1u);
  EXPECT_NEAR(p.baselines[0].score.brier, 0.25, 1e-15);
  EXPECT_NEAR(p.baselines[0].score.accuracy, 0.5, 1e-15);
  EXPECT_NEAR(p.baselines[0].difference, clip * clip - 0.25, 1e-15);
  EXPECT_LT(p.baselines[0].difference_interval.high, 0);
  EXPECT_EQ(p.baselines[0].score.sure_share, 0);
  ASSERT_EQ(p.curve.size(), 2u);
  EXPECT_EQ(p.curve[0].came_true, 0);
  EXPECT_EQ(p.curve[1].came_true, 1);
  // An event without a forecast is not scored.
  auto first = right;
  first.chance[0].clear();
  EXPECT_EQ(score(events, std::vector<Forecasts>{first, half}).score.events, 2u);
}

}  // namespace
