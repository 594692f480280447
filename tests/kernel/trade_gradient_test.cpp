// The gradient of welfare against central differences on random worlds,
// embargoes and every rule for deficits among them, and what must hold for any
// gradient.
#include <gtest/gtest.h>

#include <array>

#include "kernel/trade_random.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

struct Instance {
  World world;
  Shock shock;
  Options options;
  std::vector<double> weight;
  random::Sequence more{0};
};

Instance instance(std::uint64_t seed) {
  random::Sequence r(seed);
  const auto n = static_cast<std::uint32_t>(r.between(2, 8)), j = static_cast<std::uint32_t>(r.between(1, 7));
  Instance x{random::world(r, n, j, true), {}, {.tolerance = 1e-13}, {}, r};
  x.shock = random::shock(r, x.world, r.between(0, 1));
  x.options.deficits = std::array{Deficits::closed, Deficits::fixed, Deficits::scaled, Deficits::own}[seed % 4];
  if (x.options.deficits == Deficits::closed)
    for (std::size_t c = 0; c < x.world.cells(); ++c)
      if (x.shock.cost[c] != 1 && r.chance(0.2)) x.shock.cost[c] = embargo;
  for (std::uint32_t i = 0; i < n; ++i) x.weight.push_back(r.between(-1, 1));
  x.more = r;
  return x;
}

double welfare(const Instance& x, const Shock& s, const Solution* start, Workspace& memory) {
  Solution out;
  Options o = x.options;
  o.start = start;
  o.tolerance = 1e-14;  // as far as rounding lets it; not every world gets there
  o.limit = 300;
  auto done = solve(x.world, s, o, memory, out);
  if (!done) {
    o.tolerance = 1e-13;
    done = solve(x.world, s, o, memory, out);
  }
  EXPECT_TRUE(done.has_value());
  double sum = 0;
  for (std::size_t n = 0; n < x.world.countries; ++n) sum += x.weight[n] * std::log(out.real_income[n]);
  return sum;
}

TEST(TradeGradient, IsThatOfCentralDifferences) {
  Workspace memory;
  Solution at;
  Gradient g;
  int held = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Instance x = instance(seed);
    ASSERT_TRUE(solve(x.world, x.shock, x.options, memory, at).has_value());
    if (at.status != Status::solved) continue;
    ASSERT_TRUE(gradient(x.world, x.shock, x.options, at, x.weight, memory, g).has_value());
    for (int k = 0; k < 4; ++k) {
      const auto c = static_cast<std::size_t>(x.more.between(0, static_cast<double>(x.world.cells())));
      if (x.world.share[c] == 0 || x.shock.cost[c] == embargo) continue;
      for (const bool cost : {false, true}) {
        Shock s = x.shock;
        double& v = cost ? s.cost[c] : s.tariff[c];
        const double from = v;
        const auto slope = [&](double h) {
          v = from + h;
          const double up = welfare(x, s, &at, memory);
          v = from - h;
          return (up - welfare(x, s, &at, memory)) / (2 * h);
        };
        // Richardson's extrapolation, of the sixth order: rounding of 1e-13 over a step of 1e-3.
        const double a = slope(4e-3), b = slope(2e-3), d = slope(1e-3);
        const double ab = (4 * b - a) / 3, bd = (4 * d - b) / 3, wanted = (16 * bd - ab) / 15;
        const double found = cost ? g.cost[c] : g.tariff[c];
        EXPECT_NEAR(found, wanted, std::max(1e-6 * std::abs(wanted), 1e-10)) << "seed " << seed << ", cell " << c;
        ++held;
      }
    }
  }
  EXPECT_GT(held, 1500);
}

// A cost of everything that n buys, at home too, and of everything that it
// makes: welfare is linear in the weights, so gradients add up.
TEST(TradeGradient, IsLinearInTheWeights) {
  Workspace memory;
  Solution at;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Instance x = instance(seed);
    ASSERT_TRUE(solve(x.world, x.shock, x.options, memory, at).has_value());
    if (at.status != Status::solved) continue;
    Gradient whole, part;
    ASSERT_TRUE(gradient(x.world, x.shock, x.options, at, x.weight, memory, whole).has_value());
    std::vector<double> sum(x.world.cells(), 0), one(x.world.countries, 0);
    for (std::size_t n = 0; n < x.world.countries; ++n) {
      one.assign(x.world.countries, 0);
      one[n] = x.weight[n];
      ASSERT_TRUE(gradient(x.world, x.shock, x.options, at, one, memory, part).has_value());
      for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += part.tariff[c];
    }
    for (std::size_t c = 0; c < sum.size(); ++c) EXPECT_NEAR(sum[c], whole.tariff[c], 1e-10);
  }
}

TEST(TradeGradient, RefusesWhatHasNone) {
  const Instance x = instance(1);
  Workspace memory;
  Solution at;
  Gradient g;
  EXPECT_FALSE(gradient(x.world, x.shock, x.options, at, x.weight, memory, g).has_value());  // not solved
  ASSERT_TRUE(solve(x.world, x.shock, x.options, memory, at).has_value());
  EXPECT_FALSE(gradient(x.world, x.shock, x.options, at, {}, memory, g).has_value());
  std::vector<double> bad = x.weight;
  bad[0] = std::nan("");
  EXPECT_FALSE(gradient(x.world, x.shock, x.options, at, bad, memory, g).has_value());
}

}  // namespace
