// What holds for every scale: order of actors, units, direction, monotony; each answer against its judge.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "entente/kernel/choice.hpp"
#include "support/property.hpp"

namespace ch = entente::choice;

namespace {

using entente::tests::times;

ch::Scale random_scale(std::mt19937_64& r) {
  std::uniform_real_distribution<double> u(0, 1);
  ch::Scale s;
  const int n = 1 + static_cast<int>(u(r) * 9);
  const bool coarse = u(r) < 0.5;
  for (int i = 0; i < n; ++i) {
    const double x = 100 * u(r);
    s.actors.push_back({coarse ? std::round(x / 25) * 25 : x, coarse ? std::round(u(r) * 4) / 4 : u(r),
                        u(r) < 0.1 ? 0 : (coarse ? std::round(u(r) * 4) + 1 : u(r)), u(r) < 0.15});
  }
  if (u(r) < 0.7) s.status_quo = coarse ? std::round(u(r) * 4) * 25 : u(r) * 100;
  s.lower = 0;
  s.upper = 100;
  return s;
}

ch::Scale moved(ch::Scale s, double by, double from) {
  for (auto& a : s.actors) a.position = from + by * a.position;
  s.status_quo = from + by * s.status_quo;
  s.lower = from + by * s.lower;
  s.upper = from + by * s.upper;
  if (by < 0) std::swap(s.lower, s.upper);
  return s;
}

TEST(ChoiceProperty, EveryAnswerPassesItsJudge) {
  std::mt19937_64 r(1);
  int agreed = 0, open = 0, fitted = 0;
  for (int k = 0; k < times(3000); ++k) {
    const auto s = random_scale(r);
    if (!ch::validate(s)) continue;
    ASSERT_LT(ch::check(s, ch::centre(s)), 1e-12);
    const auto f = ch::forecast(s);
    ASSERT_TRUE(f.has_value());
    ASSERT_LT(ch::check(*f), 1e-4) << k;
    fitted += f->calibrated;
    // Where vetoes hold nothing back; what they hold is at the status quo, whatever its distance.
    ASSERT_NEAR(f->calibrated && f->vetoed == 0 ? f->error : 22.99, 22.99, 1e-6);
    if (f->vetoed > 0) {
      double held = 0;
      for (const auto& a : f->atoms)
        if (a.position == s.status_quo) held = a.mass;
      ASSERT_GE(held, f->vetoed - 1e-12) << k;
      ASSERT_LT(ch::probability_at_most(*f, f->from - 1e-9), 1e-9) << k;
      ASSERT_GT(ch::probability_at_most(*f, f->to), 1 - 1e-9) << k;
      for (const auto& a : s.actors) {  // no veto player finds an end of what may be decided worse
        if (!a.veto) continue;
        for (const double x : {f->from, f->to})
          ASSERT_LE(std::abs(x - a.position), std::abs(s.status_quo - a.position) + 1e-9) << k;
      }
    }
    for (const double p : {0.01, 0.25, 0.5, 0.9, 0.999}) {
      const double x = ch::quantile(*f, p);
      ASSERT_GE(ch::probability_at_most(*f, x), p - 1e-9);
      ASSERT_TRUE(x == f->lower || ch::probability_at_most(*f, x - 1e-6) < p + 1e-9);
    }
    if (std::isnan(s.status_quo)) continue;
    for (const auto loss : {ch::Loss::absolute, ch::Loss::quadratic}) {
      const auto b = ch::nash(s, loss);
      ASSERT_TRUE(b.has_value());
      ASSERT_LT(ch::check(s, *b, loss), 1e-9) << k;
      agreed += b->agreement;
    }
    const auto w = ch::win_set(s);
    ASSERT_TRUE(w.has_value());
    open += !w->empty();
    for (double x = 0.013; x < 100; x += 0.231) {  // within the scale, where decisions are
      const bool in = x > w->low && x < w->high && x != s.status_quo;
      ASSERT_EQ(ch::beats(s, {}, x), in) << k << " at " << x << " in " << w->low << ", " << w->high;
    }
  }
  EXPECT_GT(agreed, times(300));
  EXPECT_GT(open, times(300));
  EXPECT_GT(fitted, times(1000));
}

TEST(ChoiceProperty, ActorsInAnyOrderAndAnyUnit) {
  std::mt19937_64 r(2);
  for (int k = 0; k < times(4000); ++k) {
    const auto s = random_scale(r);
    if (!ch::validate(s)) continue;
    auto t = s;
    std::ranges::shuffle(t.actors, r);
    const auto c = ch::centre(s), d = ch::centre(t);
    ASSERT_NEAR(c.mean, d.mean, 1e-11);
    ASSERT_EQ(c.median, d.median);
    for (const double by : {3.0, -0.5}) {
      const auto m = moved(s, by, 17);
      ASSERT_TRUE(ch::validate(m));
      ASSERT_NEAR(ch::centre(m).mean, 17 + by * c.mean, 1e-10);
      ASSERT_NEAR(ch::centre(m).median, 17 + by * c.median, 1e-10);
      const auto f = ch::forecast(s), g = ch::forecast(m);
      ASSERT_NEAR(g->error, std::abs(by) * f->error, 1e-6);
      ASSERT_EQ(f->atoms.size(), g->atoms.size());
      if (std::isnan(s.status_quo)) continue;
      const auto b = ch::nash(s), n = ch::nash(m);
      ASSERT_EQ(b->agreement, n->agreement);
      ASSERT_NEAR(n->outcome, 17 + by * b->outcome, 1e-6);
    }
    auto heavy = s;  // all capabilities in another unit
    for (auto& a : heavy.actors) a.capability *= 7;
    ASSERT_NEAR(ch::centre(heavy).mean, c.mean, 1e-11);
    ASSERT_EQ(ch::centre(heavy).median, c.median);
  }
}

TEST(ChoiceProperty, WeightPulls) {
  std::mt19937_64 r(3);
  std::uniform_real_distribution<double> u(0, 1);
  for (int k = 0; k < times(4000); ++k) {
    const auto s = random_scale(r);
    if (!ch::validate(s)) continue;
    auto t = s;
    auto& a = t.actors[static_cast<std::size_t>(u(r) * static_cast<double>(t.actors.size()))];
    a.capability += 1;  // stronger: the mean and the median come nearer to it, or stay
    const auto before = ch::centre(s), after = ch::centre(t);
    ASSERT_LE(std::abs(after.mean - a.position), std::abs(before.mean - a.position) + 1e-10);
    ASSERT_LE(std::abs(after.median - a.position), std::abs(before.median - a.position) + 1e-10);
    t = s;  // nobody's weight is 0: an actor without weight counts for nothing
    t.actors.push_back({u(r) * 100, 0, 5});
    ASSERT_NEAR(ch::centre(t).mean, before.mean, 1e-12);
    ASSERT_EQ(ch::centre(t).median, before.median);
    if (!std::isnan(s.status_quo)) {
      ASSERT_EQ(ch::nash(t)->outcome, ch::nash(s)->outcome);
      t.actors.back().veto = true;  // a further veto never widens the win-set
      const ch::Rule votes{.votes = std::vector<double>(t.actors.size(), 1.0)};
      auto free = t;
      free.actors.back().veto = false;
      const auto w = ch::win_set(t, votes), v = ch::win_set(free, votes);
      ASSERT_GE(w->low, v->low);
      ASSERT_LE(w->high, v->high);
    }
  }
}

// An actor who stands there twice is one of twice the weight, for all that weighs; the mirror image of a scale has the
// mirror image of its forecast; and what a workspace kept from another scale changes nothing, bit for bit.
TEST(ChoiceProperty, TwinsMirrorsAndWorkspaces) {
  std::mt19937_64 r(5);
  ch::Workspace used;
  ch::Forecast forecast;
  ch::WinSet win;
  for (int k = 0; k < times(3000); ++k) {
    const auto s = random_scale(r);
    if (!ch::validate(s)) continue;
    auto twice = s, heavy = s;
    twice.actors.push_back(s.actors[0]);
    heavy.actors[0].capability *= 2;
    const auto c = ch::centre(twice), d = ch::centre(heavy);
    ASSERT_NEAR(c.mean, d.mean, 1e-11);
    ASSERT_EQ(c.median, d.median);
    if (!std::isnan(s.status_quo)) {
      ASSERT_NEAR(ch::nash(twice)->outcome, ch::nash(heavy)->outcome, 1e-9);
      ASSERT_EQ(ch::win_set(twice)->low, ch::win_set(heavy)->low);
      ASSERT_EQ(ch::win_set(twice)->high, ch::win_set(heavy)->high);
      const auto w = *ch::win_set(s);
      ASSERT_TRUE(ch::win_set(s, {}, used, win));
      ASSERT_EQ(win.low, w.low);
      ASSERT_EQ(win.high, w.high);
      ASSERT_EQ(win.pivots, w.pivots);
    }
    const auto f = *ch::forecast(s), mirror = *ch::forecast(moved(s, -1, 100));
    ASSERT_TRUE(ch::forecast(s, {}, used, forecast));
    ASSERT_EQ(ch::mean(forecast), ch::mean(f));
    ASSERT_NEAR(ch::mean(mirror), 100 - ch::mean(f), 1e-7);
    for (const double u : {0.03, 0.3, 0.6, 0.97}) {
      ASSERT_EQ(ch::quantile(forecast, u), ch::quantile(f, u));
      const double x = ch::quantile(mirror, 1 - u);  // of a jump the other end: compare the mass on either side
      ASSERT_GE(ch::probability_at_most(f, 100 - x + 1e-9), u - 1e-6);
    }
    double sum = 0;  // the mean by another road: the area over the distribution function
    for (int i = 0; i < 4000; ++i) sum += 1 - ch::probability_at_most(f, (i + 0.5) / 40);
    ASSERT_NEAR(sum / 40, ch::mean(f), 0.02) << k;
  }
}

TEST(ChoiceProperty, ChallengesStayOnTheScale) {
  std::mt19937_64 r(4);
  for (int k = 0; k < times(300); ++k) {
    const auto s = random_scale(r);
    if (!ch::validate(s)) continue;
    const auto rounds = ch::challenge(s, {.rounds = 6, .stay = k % 2 ? 1.0 : 0.7, .better = 0.4});
    ASSERT_TRUE(rounds.has_value());
    double low = 100, high = 0;
    for (const auto& a : s.actors) {
      low = std::min(low, a.position);
      high = std::max(high, a.position);
    }
    for (const auto& round : *rounds) {
      for (const double x : round.position) ASSERT_TRUE(x >= low - 1e-9 && x <= high + 1e-9) << x;
      for (const double e : round.risk) ASSERT_TRUE(e >= 0.5 - 1e-9 && e <= 2 + 1e-9) << e;
    }
  }
}

}  // namespace
