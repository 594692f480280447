// Branch and cut against enumeration, on graphs small enough for both: everything that both prove must be the same.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "entente/base/random.hpp"
#include "entente/kernel/blocs.hpp"
#include "kernel/blocs/convex.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::blocs;

namespace {

struct Dice {
  std::uint64_t seed, at = 0;
  double real() { return uniform(seed, 5, at++); }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(real() * n); }
};

/// Weights: 0 units, 1 small whole numbers with zeros, 2 real ones.
Graph random_graph(Dice& d, std::uint32_t n, double density, double hostile, std::uint32_t weights) {
  Graph g{n, {}, {}};
  for (Actor a = 0; a < n; ++a)
    for (Actor b = a + 1; b < n; ++b) {
      if (d.real() >= density) continue;
      const double w = weights == 0 ? 1 : weights == 1 ? d.below(4) : d.real();
      g.ties.push_back({a, b, d.real() < hostile ? -w : w});
    }
  if (weights == 2 && d.real() < 0.5)
    for (Actor a = 0; a < n; ++a) g.size.push_back(0.1 + 3 * d.real());
  return g;
}

/// dolls: the graph is dense and large enough even with the conditions.
void expect_same(const Solution& a, const Solution& b, double near, bool dolls) {
  ASSERT_EQ(a.feasible, b.feasible);
  if (!b.feasible) return;
  ASSERT_TRUE(a.proven);
  ASSERT_NEAR(a.energy, b.energy, near);
  ASSERT_EQ(a.complete, b.complete);
  ASSERT_EQ(a.count, b.count);
  ASSERT_TRUE(a.second_proven || !dolls);
  if (a.second_proven && b.second == nothing) {
    ASSERT_EQ(a.second, nothing);
  } else if (a.second_proven) {
    ASSERT_NEAR(a.second, b.second, near);
  }
  if (b.complete) {
    ASSERT_EQ(a.optima, b.optima);
  }
}

Graph signs(std::uint32_t n, std::uint64_t seed) {
  Dice d{seed};
  return random_graph(d, n, 1, 0.5, 0);
}

}  // namespace

// Dense graphs go by nested dolls from 12 nodes on where they are not enumerated.
TEST(BlocsEngine, DollsAgreeWithEnumeration) {
  Workspace w;
  Solution dolls, all;
  for (std::uint64_t k = 0; k < 600; ++k) {
    Dice d{1000 + k};
    const std::uint32_t n = k % 100 == 0 ? 20 : 13 + d.below(3);
    const double density = 0.5 + 0.5 * d.real(), hostile = d.real();
    const Graph g = random_graph(d, n, density, hostile, d.below(3));
    Setting setting;
    if (d.real() < 0.25) setting = {Number::exactly, 2};
    std::vector<Condition> conditions;
    while (d.real() < 0.3) {
      const Actor a = d.below(n), b = d.below(n);
      if (a != b) conditions.push_back({a, b, d.real() < 0.5});
    }
    Options options{.optima = d.real() < 0.3 ? 1u : 64u};
    ASSERT_TRUE(optimise(g, setting, conditions, options, w, all));
    options.enumerate_to = 1;
    ASSERT_TRUE(optimise(g, setting, conditions, options, w, dolls));
    SCOPED_TRACE("case " + std::to_string(k));
    const Verdict v = check(g, setting, conditions, options, dolls);
    ASSERT_TRUE(v.consistent) << v.fault;
    expect_same(dolls, all, 1e-11 * std::max(1.0, scale(g)), conditions.empty());
  }
}

// Two camps without frustration, some of them in two pieces: the bound is met before any search, the list must be
// whole.
TEST(BlocsEngine, DollsListEverythingWhereNothingIsFrustrated) {
  Workspace w;
  Solution dolls, all;
  for (std::uint64_t k = 0; k < 300; ++k) {
    Dice d{5000 + k};
    const std::uint32_t n = 13 + d.below(3), pieces = d.below(2), piece = pieces * (2 + d.below(3));
    Graph g{n, {}, {}};
    const bool one_off = d.real() < 0.3;
    for (Actor a = 0; a < n; ++a)
      for (Actor b = a + 1; b < n; ++b) {
        if ((a < piece) != (b < piece) || d.real() > 0.7) continue;
        const bool turned = one_off && g.ties.empty();
        g.ties.push_back({a, b, (a % 2 == b % 2) != turned ? 1.0 : -1.0});
      }
    Options options;
    ASSERT_TRUE(optimise(g, {}, {}, options, w, all));
    options.enumerate_to = 1;
    ASSERT_TRUE(optimise(g, {}, {}, options, w, dolls));
    SCOPED_TRACE("case " + std::to_string(k));
    const Verdict v = check(g, {}, {}, options, dolls);
    ASSERT_TRUE(v.consistent) << v.fault;
    expect_same(dolls, all, 1e-11 * scale(g), true);
  }
}

// Signs by the toss of a coin, complete: proven, and no single or double change of side is better.
TEST(BlocsEngine, DenseGraphsOfFortyAndMore) {
  for (const std::uint32_t n : {24u, 30u, 40u, 50u}) {
    const Graph g = signs(n, n);
    const auto s = optimise(g);
    ASSERT_TRUE(s && s->proven && s->second_proven && s->complete);
    EXPECT_TRUE(check(g, {}, {}, {}, *s).consistent);
    std::vector<std::uint32_t> x = s->bloc;
    double least = nothing;
    for (Actor a = 0; a < n; ++a)
      for (Actor b = a; b < n; ++b) {
        x[a] = 1 - x[a];
        if (a != b) x[b] = 1 - x[b];
        const double e = energy(g, x);
        if (e > s->energy) least = std::min(least, e);
        ASSERT_GE(e, s->energy);
        x = s->bloc;
      }
    EXPECT_LE(s->second, least);
    EXPECT_GT(s->second, s->energy);
    const auto few = optimise(g, {}, {.nodes = 1});  // the bound so far lies below, and not as low as no frustration
    ASSERT_TRUE(few);
    EXPECT_LE(few->bound, s->energy);
    EXPECT_GT(few->bound, 1.4 * s->energy);
    EXPECT_LE(few->nodes, 3u);
    EXPECT_TRUE(check(g, {}, {}, {.nodes = 1}, *few).consistent);
  }
}

// Two complete graphs side by side, of 22 actors each: twice as many as are enumerated, and hard enough for the
// quadratic bounds. The least energies add up, any optimum of one goes with any of the other either way round, and the
// smaller gap is that of both.
TEST(BlocsEngine, TwoDenseGraphsSideBySide) {
  Workspace w;
  for (std::uint64_t k = 0; k < 4; ++k) {
    Dice d{7000 + k};
    Solution part[2], whole;
    Graph both{44, {}, {}};
    for (std::uint32_t i = 0; i < 2; ++i) {
      const Graph g = random_graph(d, 22, 1, 0.5, static_cast<std::uint32_t>(k % 2));
      ASSERT_TRUE(optimise(g, {}, {}, {.optima = 1000}, w, part[i]));
      for (const Tie& t : g.ties) both.ties.push_back({2 * t.a + i, 2 * t.b + i, t.weight});
    }
    ASSERT_TRUE(optimise(both, {}, {}, {.optima = 5000}, w, whole));
    SCOPED_TRACE("case " + std::to_string(k));
    EXPECT_TRUE(whole.proven && whole.complete && whole.second_proven);
    EXPECT_EQ(whole.proof, Proof::search);
    EXPECT_NEAR(whole.energy, part[0].energy + part[1].energy, 1e-11 * scale(both));
    EXPECT_EQ(whole.count, 2 * part[0].count * part[1].count);
    EXPECT_NEAR(whole.gap, std::min(part[0].gap, part[1].gap), 1e-11 * scale(both));
    EXPECT_GT(whole.nodes, 60u);  // of 1024 placements: no longer cheap
  }
}

// The quadratic bound, for every suffix and random placements before it, against all placements of the suffix.
TEST(BlocsEngine, TheQuadraticBoundIsBelowEverything) {
  int cases = 0, sharp = 0;
  for (std::uint64_t k = 0; k < 1500; ++k) {
    Dice d{9000 + k};
    const std::uint32_t n = 2 + d.below(9), first = d.below(n), kind = d.below(3);
    const double density = d.real();
    std::vector<double> half(std::size_t{n} * n, 0), x(n);
    for (std::uint32_t p = 0; p < n; ++p)
      for (std::uint32_t q = 0; q < p; ++q) {
        if (d.real() > density) continue;
        const double size = kind == 0 ? 0.5 : kind == 1 ? 2 * d.real() : std::pow(10, 12 * d.real() - 6);
        half[p * n + q] = half[q * n + p] = d.real() < 0.5 ? -size : size;
      }
    const ConvexBound bound(half, n, first);
    std::vector<double> y(bound.stride(), 0);
    for (std::uint32_t p = 0; p < n; ++p) {
      double all = 0, yy = 0, least = nothing;
      if (p >= first) {
        for (std::uint32_t i = 0; i < n - p; ++i) yy += y[i] * y[i];
        for (std::uint32_t way = 0; way < 1u << (n - p); ++way) {
          double f = 0;
          for (std::uint32_t q = p; q < n; ++q) {
            x[q] = way >> (q - p) & 1 ? 1 : -1;
            for (std::uint32_t u = 0; u < q; ++u) f -= half[q * n + u] * x[q] * x[u];
          }
          least = std::min(least, f);
        }
        for (std::uint32_t q = p; q < n; ++q)
          for (std::uint32_t u = 0; u < q; ++u) all += std::abs(half[q * n + u]);
        ASSERT_LE(bound.bound(p, yy), least) << "case " << k << " position " << p;
        ++cases;
        sharp += bound.bound(p, yy) >= least - all / 4;
      }
      x[p] = d.real() < 0.5 ? -1 : 1;
      double square = 0;
      for (std::size_t i = 0; i < bound.stride(); ++i) {
        y[i] -= x[p] * bound.step(p)[i];
        square += bound.step(p)[i] * bound.step(p)[i];
      }
      ASSERT_NEAR(square, bound.square(p), 1e-9 * square);
    }
  }
  EXPECT_GT(sharp, cases / 2);  // and it says something
}

// Beyond: a few nodes of branch and cut, and a bound by semidefinite programming below the best known.
TEST(BlocsEngine, LargeDenseGraphsEndWithABound) {
  const Graph g = signs(105, 3);
  std::stop_source stopped;
  stopped.request_stop();
  for (const Options& options : {Options{.nodes = 1}, Options{.stop = stopped.get_token()}}) {
    const auto s = optimise(g, {}, options);
    ASSERT_TRUE(s);
    EXPECT_FALSE(s->proven);
    EXPECT_LT(s->bound, s->energy);
    EXPECT_TRUE(check(g, {}, {}, options, *s).consistent);
  }
}

TEST(BlocsEngine, AgreesWithEnumeration) {
  const std::uint64_t cases = tests::times(std::uint64_t{600});
  Workspace w;
  Solution cut, all;
  std::uint64_t packings = 0, searches = 0;
  for (std::uint64_t k = 0; k < cases; ++k) {
    Dice d{k};
    const std::uint32_t n = 4 + d.below(11);
    const double density = 0.1 + 0.9 * d.real(), hostile = d.real();
    const Graph g = random_graph(d, n, density, hostile, d.below(3));
    Setting setting;
    if (d.real() < 0.25) setting = {Number::exactly, 2};
    std::vector<Condition> conditions;
    while (d.real() < 0.3) {
      const Actor a = d.below(n), b = d.below(n);
      if (a != b) conditions.push_back({a, b, d.real() < 0.5});
    }
    Options options;
    ASSERT_TRUE(optimise(g, setting, conditions, options, w, all));
    options.enumerate_to = 1 + d.below(4);
    ASSERT_TRUE(optimise(g, setting, conditions, options, w, cut));
    SCOPED_TRACE("case " + std::to_string(k));
    const Verdict v = check(g, setting, conditions, options, cut);
    ASSERT_TRUE(v.consistent) << v.fault;
    ASSERT_EQ(cut.feasible, all.feasible);
    if (!all.feasible) continue;
    const double near = 1e-8 * std::max(1.0, scale(g));
    ASSERT_TRUE(cut.proven);
    ASSERT_NEAR(cut.energy, all.energy, near);
    ASSERT_EQ(cut.complete, all.complete);
    if (all.complete) {
      ASSERT_EQ(cut.optima, all.optima);
      ASSERT_TRUE(cut.second_proven);
      if (all.second == nothing) ASSERT_EQ(cut.second, nothing);
      else ASSERT_NEAR(cut.second, all.second, near);
    }
    packings += cut.proof == Proof::packing;
    searches += cut.proof == Proof::search;
  }
  EXPECT_GT(packings, cases / 10);  // both ways of proof are met
  EXPECT_GT(searches, 0u);
}
