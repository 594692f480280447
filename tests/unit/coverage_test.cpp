// How often stated 90 % intervals hold the true share, over a thousand seeds each.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "number/normal.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::doubt;
using tests::compile;
using tests::drivers_only;

namespace {

// In how many of a thousand seeds the interval of a claim's share holds its true share, and how wide it is on average.
struct Covered {
  double share = 0, width = 0;
};
Covered covered(const std::string& drivers, const std::string& claim, double truth, std::uint64_t draws) {
  const auto c = compile(drivers_only(drivers, "  c: {says: x, holds: \"" + claim + "\"}\n"));
  EXPECT_TRUE(c->plan) << c->complaints();
  Covered out;
  const int seeds = 1000;
  for (int s = 0; c->plan && s < seeds; ++s) {
    const auto d = run(*c->plan, {.sampling = {.seed = static_cast<std::uint64_t>(s), .draws = draws}, .threads = 2});
    const Mean m = mean_of(held(*c->plan, *d, 0, 0), 10);
    out.share += (truth >= m.low && truth <= m.high) / static_cast<double>(seeds);
    out.width += (m.high - m.low) / seeds;
  }
  return out;
}

// ENTENTE_COVERAGE=1: more shares, a minute and a half.
bool every() { return std::getenv("ENTENTE_COVERAGE") != nullptr; }

// Claims of one share that the hypercube spreads differently: not at all, a little, nearly all, and all of it.
struct Shape {
  const char *name, *drivers;
  std::function<std::string(double)> holds;
};
const Shape shapes[]{
    {"of a sum's rest", "  u: between 0 and 1\n  v: between 0 and 1\n",
     [](double p) { return "(u + v) - if(u + v > 1, 1, 0) < " + std::to_string(p); }},
    {"of three alike", "  u: normal(0, 1)\n  v: normal(0, 1)\n  w: normal(0, 1)\n",
     [](double p) { return "(u + v + w) / sqrt(3) < " + std::to_string(number::normal_quantile(p)); }},
    {"of one and a little", "  u: normal(0, 1)\n  v: normal(0, 1)\n",
     [](double p) { return "0.95 * u + sqrt(1 - 0.95 ^ 2) * v < " + std::to_string(number::normal_quantile(p)); }},
    {"of one", "  u: between 0 and 1\n  v: between 0 and 1\n", [](double p) { return "u < " + std::to_string(p); }}};

}  // namespace

// Intervals of rare shares cover nine in ten or more, whatever the share and however much the hypercube spreads it;
// and where it spreads it well they are narrower than those of as many plain draws.
TEST(Coverage, IntervalsOfRareSharesCover) {
  for (const double p : every() ? std::vector{0.0005, 0.001, 0.003, 0.005, 0.0075, 0.01, 0.02, 0.03, 0.045}
                                : std::vector{0.001, 0.003, 0.01, 0.03})
    for (const Shape& s : shapes) {
      const Covered c = covered(s.drivers, s.holds(p), p, 1000);
      const double plain = 2 * 1.645 * std::sqrt(p / 1000);
      std::printf("share %.4f of 1,000 draws, %-19s: covered %.3f, width %.5f\n", p, s.name, c.share, c.width);
      EXPECT_GE(c.share, 0.90) << p << " " << s.name;
      if (p == 0.03 && s.name == std::string("of one")) {
        EXPECT_LT(c.width, 0.8 * plain);
      }
    }
}

TEST(Coverage, IntervalsOfOrdinarySharesCoverNineInTen) {
  for (const double p : every() ? std::vector{0.1, 0.3, 0.5, 0.8} : std::vector{0.1, 0.5})
    for (const Shape& s : shapes) {
      if (s.name == std::string("of one")) continue;  // every design counts the same: its interval covers always
      const Covered c = covered(s.drivers, s.holds(p), p, 1000);
      std::printf("share %.2f of 1,000 draws, %-19s: covered %.3f, width %.4f\n", p, s.name, c.share, c.width);
      EXPECT_GE(c.share, 0.87) << p << " " << s.name;
      EXPECT_LE(c.share, 0.93) << p << " " << s.name;
    }
}
