// More than two blocs on graphs of 13 to 15 actors, where the program of cycles and the search with its bounds are at
// work, against the best partition by dynamic programming over subsets: best(S) = the least over T, a subset of S with
// its first actor, of cost(T) + best(S less T); 3^n / 2 steps. ENTENTE_CLUSTERS=100000 for more instances.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <random>

#include "entente/kernel/blocs.hpp"

using namespace entente::blocs;

namespace {

/// The least frustration with at most k blocs.
double least(const Graph& g, std::uint32_t k) {
  const std::uint32_t n = g.actors, all = (1u << n) - 1;
  std::vector<double> within(std::size_t{all} + 1, 0);  // sum of c inside
  double friends = 0, foes = 0;
  std::vector<double> c(std::size_t{n} * n, 0);
  for (const Tie& t : g.ties) {
    const double x = t.weight * (g.size.empty() ? 1 : g.size[t.a] * g.size[t.b]);
    c[t.a * n + t.b] = c[t.b * n + t.a] = x;
    (x > 0 ? friends : foes) += std::abs(x);
  }
  for (std::uint32_t s = 1; s <= all; ++s) {
    const auto v = static_cast<std::uint32_t>(__builtin_ctz(s));
    const std::uint32_t rest = s & (s - 1);
    within[s] = within[rest];
    for (std::uint32_t u = v + 1; u < n; ++u)
      if (rest >> u & 1u) within[s] += c[v * n + u];
  }
  std::vector<double> best = within;  // one bloc
  for (std::uint32_t blocs = 1; blocs < k; ++blocs) {
    std::vector<double> next = best;
    for (std::uint32_t s = 1; s <= all; ++s) {
      const std::uint32_t first = s & (~s + 1), rest = s ^ first;
      for (std::uint32_t t = rest;; t = (t - 1) & rest) {
        next[s] = std::max(next[s], within[t | first] + best[rest ^ t]);
        if (t == 0) break;
      }
    }
    if (next == best) break;
    best = std::move(next);
  }
  return friends - best[all];  // friendly ties cut and hostile ones kept
}

Graph random_graph(std::mt19937& random, int kind, std::uint32_t n) {
  Graph g{.actors = n};
  const double density[] = {0.25, 0.5, 1.0};
  const double tied = density[random() % 3];
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b) {
      if (static_cast<double>(random() % 1000) >= 1000 * tied) continue;
      double w = kind == 0 ? 1 : kind == 1 ? 1 + random() % 4 : 1e-6 * (1 + random() % 1000000);
      const bool hostile = kind == 3 ? (a % 4 != b % 4) != (random() % 8 == 0) : random() % 2 == 0;
      g.ties.push_back({a, b, hostile ? -w : w});
    }
  if (kind == 2)
    for (std::uint32_t a = 0; a < n; ++a) g.size.push_back(1 + random() % 50);
  return g;
}

}  // namespace

TEST(Clusters, AsByDynamicProgramming) {
  const char* more = std::getenv("ENTENTE_CLUSTERS");
  const int count = more ? std::atoi(more) : 240;
  std::mt19937 random(20250509);
  int proven = 0;
  for (int i = 0; i < count; ++i) {
    const auto n = static_cast<std::uint32_t>(13 + random() % (more ? 2 : 1));
    const Graph g = random_graph(random, i % 4, n);
    const std::uint32_t k = i % 3 == 0 ? 3 + random() % 2 : n;
    const Setting setting = k == n ? Setting{Number::free} : Setting{Number::at_most, k};
    const auto s = optimise(g, setting);
    ASSERT_TRUE(s.has_value()) << i;
    const double truth = least(g, k), near = 1e-9 * (1 + scale(g));
    EXPECT_GE(s->frustration, truth - near) << i;
    EXPECT_LE(s->bound + (s->frustration - s->energy), truth + near) << i;
    if (s->proven) {
      ++proven;
      EXPECT_NEAR(s->frustration, truth, near) << i << " " << static_cast<int>(s->proof);
    }
    const auto verdict = check(g, setting, {}, {}, *s);
    EXPECT_TRUE(verdict.consistent) << i << ": " << verdict.fault;
    const auto two = optimise(g);
    EXPECT_LE(s->frustration, two->frustration + near) << i;
  }
  EXPECT_EQ(proven, count);
}

// On 13 actors every partition can be looked at: all optima and the second best.
TEST(Clusters, AllOptimaAndTheSecondBest) {
  std::mt19937 random(7);
  for (int i = 0; i < 40; ++i) {
    Graph g = random_graph(random, 1, 13);
    Options options;
    options.optima = 2000;
    const auto s = optimise(g, {Number::free}, options);
    ASSERT_TRUE(s && s->proven);
    // The same graph with an order turned round: another way through the search.
    Graph turned = g;
    for (Tie& t : turned.ties) t.a = 12 - t.a, t.b = 12 - t.b;
    const auto r = optimise(turned, {Number::free}, options);
    ASSERT_TRUE(r && r->proven);
    EXPECT_EQ(s->energy, r->energy);
    if (s->complete && r->complete) EXPECT_EQ(s->count, r->count) << i;
    if (s->second_proven && r->second_proven) EXPECT_EQ(s->second, r->second) << i;
    EXPECT_TRUE(s->complete) << i;
  }
}
