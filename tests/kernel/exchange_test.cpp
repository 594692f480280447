// Exchange networks of 24 points a tie, and small random networks matched by trying every set of ties.
#include "entente/kernel/exchange.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "kernel/coalition/exchange_worths.hpp"

namespace entente::exchange {
namespace {

using Vector = std::vector<double>;

Network of(unsigned actors, std::initializer_list<std::pair<unsigned, unsigned>> ties) {
  Network n{.actors = actors};
  for (const auto& [a, b] : ties) n.ties.push_back({a, b, 24});
  return n;
}
void expect(const Network& n, const Vector& nucleolus, const Vector& shapley) {
  const auto o = solve(n);
  ASSERT_TRUE(o) << o.error().message;
  EXPECT_TRUE(o->balanced);
  EXPECT_TRUE(o->kohlberg);
  EXPECT_NEAR(o->pairwise, 0, 1e-9);
  for (std::size_t i = 0; i < nucleolus.size(); ++i) {
    EXPECT_NEAR(o->nucleolus[i], nucleolus[i], 1e-9) << "actor " << i + 1;
    EXPECT_NEAR(o->shapley[i], shapley[i], 1e-9) << "actor " << i + 1;
  }
}

TEST(Exchange, Published) {
  expect(of(3, {{0, 1}, {1, 2}}), {0, 24, 0}, {4, 16, 4});
  expect(of(4, {{0, 1}, {1, 2}, {2, 3}}), {8, 16, 16, 8}, {10, 14, 14, 10});
  expect(of(4, {{0, 1}, {1, 2}, {1, 3}, {2, 3}}), {6, 18, 12, 12}, {8, 16, 12, 12});
}

TEST(Exchange, TriangleHasNoBalancedOutcome) {
  const auto o = solve(of(3, {{0, 1}, {1, 2}, {0, 2}}));
  ASSERT_TRUE(o);
  EXPECT_FALSE(o->balanced);
  EXPECT_TRUE(o->core.empty);
  EXPECT_NEAR(coalition::imbalance(3, o->core.coalitions, o->core.weights), 0, 1e-12);
  EXPECT_NEAR(o->core.margin, 12, 1e-9);  // three pairs at weight 1/2 ask for 36 of 24
  EXPECT_EQ(o->used.size(), 1u);
}

// The best set of ties among the members, by trying all.
double by_hand(const Network& n, std::uint32_t members) {
  double best = 0;
  for (std::uint32_t set = 0; set < 1u << n.ties.size(); ++set) {
    std::vector<unsigned> used(n.actors, 0);
    double value = 0;
    bool good = true;
    for (std::size_t k = 0; k < n.ties.size() && good; ++k) {
      if (!(set >> k & 1u)) continue;
      const Tie& t = n.ties[k];
      value += t.value;
      const auto limit = [&](unsigned i) { return n.exchanges.empty() ? 1u : n.exchanges[i]; };
      good = (members >> t.a & 1u) && (members >> t.b & 1u) && ++used[t.a] <= limit(t.a) && ++used[t.b] <= limit(t.b);
    }
    if (good) best = std::max(best, value);
  }
  return best;
}

TEST(Exchange, RandomNetworksAgainstEverySetOfTies) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const auto below = [&](unsigned k) { return static_cast<unsigned>(random() % k); };
    Network n{.actors = 2 + below(5)};
    for (unsigned a = 0; a < n.actors; ++a)
      for (unsigned b = a + 1; b < n.actors; ++b)
        if (below(3) && n.ties.size() < 10) n.ties.push_back({b, a, static_cast<double>(below(9))});
    if (round % 4)
      for (unsigned i = 0; i < n.actors; ++i) n.exchanges.push_back(below(4));
    std::string drawn;
    for (const Tie& t : n.ties)
      drawn += std::to_string(t.a) + "-" + std::to_string(t.b) + " " + std::to_string(t.value) + "; ";
    for (const unsigned b : n.exchanges) drawn += std::to_string(b) + " ";
    SCOPED_TRACE(drawn);
    const auto v = worths(n);
    ASSERT_TRUE(v);
    const auto checked = shape(n);
    ASSERT_TRUE(checked);
    const auto w = worths_by_branching(*checked);
    ASSERT_TRUE(w);
    for (std::uint32_t s = 0; s < v->size(); ++s) {
      ASSERT_DOUBLE_EQ((*v)[s], by_hand(n, s)) << "round " << round << ", coalition " << s;
      ASSERT_DOUBLE_EQ((*w)[s], (*v)[s]) << "round " << round << ", coalition " << s;
    }
    const auto o = solve(n);
    ASSERT_TRUE(o);
    double total = 0;
    for (const std::size_t k : o->used) total += n.ties[k].value;
    EXPECT_DOUBLE_EQ(total, v->back());
    if (o->balanced && n.exchanges.empty()) {
      EXPECT_NEAR(o->pairwise, 0, 1e-8) << "round " << round;
    }
  }
}

TEST(Exchange, Complaints) {
  EXPECT_FALSE(worths({}));
  EXPECT_EQ(worths(of(21, {})).error().kind, ErrorKind::too_large);
  EXPECT_FALSE(worths(of(2, {{0, 2}})));
  EXPECT_FALSE(worths(of(2, {{1, 1}})));
  EXPECT_FALSE(worths(of(2, {{0, 1}, {1, 0}})));
  EXPECT_FALSE(worths({.actors = 2, .ties = {{0, 1, -1}}}));
  EXPECT_FALSE(worths({.actors = 2, .ties = {{0, 1, std::nan("")}}}));
  EXPECT_FALSE(worths({.actors = 2, .ties = {{0, 1, 1}}, .exchanges = {1}}));
}

}  // namespace
}  // namespace entente::exchange
