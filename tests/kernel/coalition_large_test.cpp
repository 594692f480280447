// Games of 13 to 20 players of many kinds, the degenerate ones above all: the nucleolus passes Kohlberg's criterion,
// the least core's certificate holds by arithmetic, and answers agree over threads. ENTENTE_TEST_EFFORT=30: many more.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <functional>

#include "entente/base/random.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/kernel/exchange.hpp"
#include "entente/kernel/voting.hpp"
#include "support/property.hpp"

namespace entente::coalition {
namespace {

using Vector = std::vector<double>;

struct Dice {
  std::uint64_t seed, next = 0;
  double operator()() { return uniform(seed, 77, next++); }
  int upto(int k) { return static_cast<int>((k + 1) * (*this)()); }
};

Vector table(unsigned n, const std::function<double(Mask)>& v) {
  Vector worth(std::size_t{1} << n, 0.0);
  for (Mask s = 1; s < worth.size(); ++s) worth[s] = v(s);
  return worth;
}
Vector drawn(unsigned n, Dice& d, int upto) {
  Vector w(n);
  for (double& x : w) x = 1 + d.upto(upto);
  return w;
}
double sum(Mask s, const Vector& w) {
  double total = 0;
  for (; s; s &= s - 1) total += w[static_cast<unsigned>(std::countr_zero(s))];
  return total;
}

using Maker = Vector (*)(unsigned, Dice&);
const std::pair<const char*, Maker> makers[] = {
    {"independent worths, singles 0",
     [](unsigned n, Dice& d) {
       return table(n, [&](Mask s) { return std::popcount(s) == 1 ? 0 : std::popcount(s) * d(); });
     }},
    {"additive and noise",
     [](unsigned n, Dice& d) {
       const Vector w = drawn(n, d, 20);
       return table(n, [&](Mask s) { return sum(s, w) + 0.01 * d(); });
     }},
    {"small integers",
     [](unsigned n, Dice& d) {
       return table(n, [&](Mask s) { return std::popcount(s) < 2 ? 0.0 : std::popcount(s) / 2 + d.upto(1); });
     }},
    {"0 and 1 at random", [](unsigned n, Dice& d) { return table(n, [&](Mask) { return d() < 0.3 ? 1.0 : 0.0; }); }},
    {"integers and a little noise",
     [](unsigned n, Dice& d) {
       return table(n, [&](Mask s) { return std::popcount(s) / 2 + d.upto(1) + 1e-6 * d() - (s & (s - 1) ? 0 : 1); });
     }},
    {"a vote",
     [](unsigned n, Dice& d) {
       const Vector w = drawn(n, d, 9);
       const double quota = std::floor(sum(static_cast<Mask>((1u << n) - 1), w) * (0.5 + 0.4 * d())) + 1;
       return table(n, [&](Mask s) { return sum(s, w) >= quota ? 1.0 : 0.0; });
     }},
    {"bankruptcy",
     [](unsigned n, Dice& d) {
       const Vector w = drawn(n, d, 30);
       const double all = sum(static_cast<Mask>((1u << n) - 1), w), estate = std::floor(all * d());
       return table(n, [&](Mask s) { return std::max(0.0, estate - (all - sum(s, w))); });
     }},
    {"airport savings",
     [](unsigned n, Dice& d) {
       const Vector w = drawn(n, d, 12);
       return table(n, [&](Mask s) {
         double most = 0;
         for (Mask m = s; m; m &= m - 1) most = std::max(most, w[static_cast<unsigned>(std::countr_zero(m))]);
         return sum(s, w) - most;
       });
     }},
    {"convex with few values",
     [](unsigned n, Dice& d) {
       const Vector w = drawn(n, d, 2);
       return table(n, [&](Mask s) { return std::pow(sum(s, w), 2); });
     }},
    {"gloves and gadgets",
     [](unsigned n, Dice& d) {
       const int left = 1 + d.upto(static_cast<int>(n) - 2);
       const Mask lefts = (Mask{1} << left) - 1;
       return table(n, [&](Mask s) {
         return static_cast<double>(std::min(std::popcount(s & lefts), std::popcount(s & ~lefts)));
       });
     }},
    {"matching",
     [](unsigned n, Dice& d) {
       exchange::Network net{.actors = n};
       for (unsigned a = 0; a < n; ++a)
         for (unsigned b = a + 1; b < n; ++b)
           if (d() < 0.25) net.ties.push_back({a, b, 1.0 + d.upto(3)});
       return *exchange::worths(net);
     }},
    {"sum of unanimity games",
     [](unsigned n, Dice& d) {
       Vector v(std::size_t{1} << n, 0.0);
       for (int k = 0; k < 8; ++k)
         v[1 + static_cast<std::size_t>(d() * (static_cast<double>(v.size()) - 2))] += d.upto(4) - 1;
       v.back() += 10;
       worths_from_dividends(v);
       return v;
     }},
    {"large shift",
     [](unsigned n, Dice& d) {
       return table(n, [&](Mask s) { return std::popcount(s) < 2 ? 1e6 : 1e6 * std::popcount(s) + d.upto(5); });
     }},
    {"equal for equal sizes, but for one",
     [](unsigned n, Dice& d) {
       const Mask odd = 1 + static_cast<Mask>(d() * ((1u << n) - 3));
       return table(n, [&](Mask s) { return std::popcount(s) * (std::popcount(s) + 1) / 4 + (s == odd ? 1.5 : 0.0); });
     }},
};

bool heavy() { return entente::tests::effort() >= 10; }

TEST(CoalitionLarge, NucleolusPassesKohlberg) {
  const std::uint64_t rounds = heavy() ? 200 : 6;
  for (const auto& [name, make] : makers)
    for (std::uint64_t k = 0; k < rounds; ++k) {
      Dice d{k + 1};
      const unsigned n = 13 + static_cast<unsigned>(k % 5);
      const Vector v = make(n, d);
      SCOPED_TRACE(std::string(name) + ", seed " + std::to_string(k + 1) + ", n = " + std::to_string(n));
      for (const auto r : {Rationality::individual, Rationality::none}) {
        const auto x = nucleolus(v, {.rationality = r});
        ASSERT_TRUE(x) << x.error().message;
        if (!x->exists) continue;
        EXPECT_TRUE(x->kohlberg);
        EXPECT_LT(x->lps, static_cast<int>(n));
        double total = 0;
        for (const double a : x->payoff) total += a;
        EXPECT_NEAR(total, v.back(), 1e-9 * std::abs(v.back()) + 1e-12);
      }
      const auto c = core(v);
      ASSERT_TRUE(c);
      if (c->empty) {
        EXPECT_LT(imbalance(n, c->coalitions, c->weights), 1e-9);
        EXPECT_GT(c->margin, 0);
      } else {
        EXPECT_LT(largest_excess(v, c->payoff), 1e-8 * std::abs(v.back()) + 1e-12);
      }
    }
}

TEST(CoalitionLarge, ThreadsChangeNothing) {
  for (const auto& [name, make] : makers) {
    Dice d{5};
    const Vector v = make(16, d);
    const auto one = nucleolus(v, {.rationality = Rationality::none, .judge = false, .threads = 1});
    const auto three = nucleolus(v, {.rationality = Rationality::none, .judge = false, .threads = 3});
    ASSERT_TRUE(one && three) << name;
    EXPECT_EQ(one->payoff, three->payoff) << name;
    Vector a(16), b(16);
    ASSERT_TRUE(shapley(v, a, 1) && shapley(v, b, 3));
    EXPECT_EQ(a, b) << name;
  }
}

}  // namespace
}  // namespace entente::coalition
