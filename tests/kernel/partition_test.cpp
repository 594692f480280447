// The conditional likelihood of two camps, against its definition written out, finite differences and known cases.
#include "entente/kernel/partition.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "entente/base/random.hpp"

namespace {

using namespace entente;
using namespace entente::partition;

struct Dice {
  std::uint64_t seed, at = 0;
  double next() { return uniform(seed, 7, at++); }
};

Event random_event(Dice& d, std::uint32_t n, std::size_t kinds) {
  Event e{n, {}, {}};
  for (std::size_t i = 0; i < n * (n - 1) / 2 * kinds; ++i) e.ties.push_back(2 * d.next() - 1);
  for (std::uint32_t i = 0; i < n; ++i) e.camp.push_back(d.next() < 0.5 ? 0 : 1);
  e.camp[0] = 0, e.camp[1] = 1;
  return e;
}

double together(const Event& e, std::span<const double> w, auto&& camp) {
  double sum = 0;
  for (std::size_t a = 0, p = 0; a < e.actors; ++a)
    for (std::size_t b = a + 1; b < e.actors; ++b, ++p)
      if (camp(a) == camp(b))
        for (std::size_t k = 0; k < w.size(); ++k) sum += w[k] * e.ties[p * w.size() + k];
  return sum;
}

// exp(w . S) / Z over masks in which actor 0 is in camp 0 and somebody is in camp 1.
double by_definition(const Event& e, std::span<const double> w) {
  long double z = 0;
  for (std::uint32_t mask = 1; mask < 1u << (e.actors - 1); ++mask)
    z += std::exp(static_cast<long double>(together(e, w, [&](std::size_t i) { return (2 * mask >> i & 1u) != 0; })));
  return together(e, w, [&](std::size_t i) { return e.camp[i] != 0; }) - static_cast<double>(std::log(z));
}

TEST(Partition, LikelihoodByDefinition) {
  Dice d{1};
  for (int trial = 0; trial < 200; ++trial) {
    const auto n = 2 + static_cast<std::uint32_t>(d.next() * 9);
    const Event e = random_event(d, n, 3);
    const std::vector<double> w{3 * d.next() - 1.5, 3 * d.next() - 1.5, d.next()};
    std::vector<double> gradient(3);
    EXPECT_NEAR(log_likelihood(e, w, gradient), by_definition(e, w), 1e-11);
  }
}

TEST(Partition, GradientByDifferences) {
  Dice d{2};
  for (const std::uint32_t exact_to : {14u, 2u}) {  // the likelihood, then the pseudo-likelihood
    for (int trial = 0; trial < 50; ++trial) {
      const Event e = random_event(d, 3 + static_cast<std::uint32_t>(d.next() * 6), 2);
      std::vector<double> w{d.next(), -d.next()}, gradient(2), unused(2);
      (void)log_likelihood(e, w, gradient, exact_to);
      for (std::size_t k = 0; k < 2; ++k) {
        std::vector<double> up = w, down = w;
        up[k] += 1e-5, down[k] -= 1e-5;
        const double slope =
            (log_likelihood(e, up, unused, exact_to) - log_likelihood(e, down, unused, exact_to)) / 2e-5;
        EXPECT_NEAR(gradient[k], slope, 1e-8);
      }
    }
  }
}

// Three actors, one kind, the tie on one pair only: P(that pair together) = e^w / (e^w + 2). With 60 of 100 together
// and no ridge to speak of, e^w / (e^w + 2) = 0.6: w = ln 3.
TEST(Partition, KnownAnswer) {
  std::vector<Event> events;
  for (int i = 0; i < 100; ++i) {
    Event e{3, {1, 0, 0}, {0, 0, 1}};
    if (i >= 60) e.camp = {0, 1, static_cast<std::uint8_t>(i % 2)};
    events.push_back(e);
  }
  const auto f = fit(events, 1, {}, {}, {.ridge = 1e-9});
  ASSERT_TRUE(f);
  EXPECT_NEAR(f->weights[0], std::log(3.0), 1e-7);
  EXPECT_NEAR(f->information[0], 100 * 0.6 * 0.4, 1e-6);
  const auto counted =
      fit(std::vector<Event>{events[0], events[60]}, 1, std::vector<double>{60, 40}, {}, {.ridge = 1e-9});
  ASSERT_TRUE(counted);
  EXPECT_NEAR(counted->weights[0], f->weights[0], 1e-7);
}

TEST(Partition, RidgeHoldsWhatNothingBounds) {
  const std::vector<Event> events{{3, {1, 0, 0}, {0, 0, 1}}};  // always together: without a ridge the weight runs away
  const auto f = fit(events, 1, {}, {});
  ASSERT_TRUE(f);
  const double w = f->weights[0];
  EXPECT_NEAR(2 / (std::exp(w) + 2), w, 1e-8);  // gradient 1 - e^w / (e^w + 2) is the ridge's
}

TEST(Partition, TrueWeightsAreFound) {
  Dice d{3};
  const std::vector<double> w{1.2, -0.8, 0.5};
  std::vector<Event> events;
  for (int i = 0; i < 1500; ++i) {
    Event e = random_event(d, 3 + static_cast<std::uint32_t>(d.next() * 4), 3);
    double u = d.next(), z = 0;
    const std::uint32_t masks = 1u << (e.actors - 1);
    const auto weight = [&](std::uint32_t mask) {
      return std::exp(together(e, w, [&](std::size_t a) { return (2 * mask >> a & 1u) != 0; }));
    };
    for (std::uint32_t mask = 1; mask < masks; ++mask) z += weight(mask);
    for (std::uint32_t mask = 1; mask < masks; ++mask) {
      u -= weight(mask) / z;
      if (u > 0 && mask + 1 < masks) continue;
      for (std::uint32_t a = 0; a < e.actors; ++a) e.camp[a] = 2 * mask >> a & 1u;
      break;
    }
    events.push_back(e);
  }
  const auto f = fit(events, 3, {}, {}, {.exact_to = 6});
  ASSERT_TRUE(f);
  const auto b = bootstrap(events, 3, *f, 60, 1, 2, {});
  ASSERT_TRUE(b);
  for (std::size_t k = 0; k < 3; ++k) {
    const double error = std::sqrt(b->covariance[k * 3 + k]);
    EXPECT_NEAR(f->weights[k], w[k], 4 * error);
    EXPECT_GT(error, 0.01);
    EXPECT_LT(error, 0.2);
  }
  const auto again = bootstrap(events, 3, *f, 60, 1, 1, {});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->covariance, b->covariance);  // for any number of threads
  // The pseudo-likelihood estimates the same weights.
  const auto pseudo = fit(events, 3, {}, {}, {.exact_to = 0});
  ASSERT_TRUE(pseudo);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(pseudo->weights[k], w[k], 0.3);
}

TEST(Partition, Refusals) {
  const Event fine{3, {1, 0, 0}, {0, 0, 1}};
  const auto refused = [](std::vector<Event> events, std::vector<double> counts = {}, Options o = {}) {
    const auto f = fit(events, 1, counts, {}, o);
    return !f && f.error().kind == ErrorKind::invalid;
  };
  EXPECT_FALSE(refused({fine}));
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({{3, {1, 0, 0}, {0, 0, 0}}}));
  EXPECT_TRUE(refused({{3, {1, 0}, {0, 0, 1}}}));
  EXPECT_TRUE(refused({{3, {1, 0, NAN}, {0, 0, 1}}}));
  EXPECT_TRUE(refused({{3, {1, 0, 0}, {0, 2, 1}}}));
  EXPECT_TRUE(refused({fine}, {1, 1}));
  EXPECT_TRUE(refused({fine}, {}, {.ridge = 0}));
  EXPECT_TRUE(refused({fine}, {}, {.ridge = -1}));
  EXPECT_TRUE(refused({fine}, {}, {.exact_to = 21}));
}

}  // namespace
