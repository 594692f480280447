// Branch and cut against enumeration, on graphs small enough for both: everything that both prove must be the same.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "entente/base/random.hpp"
#include "entente/kernel/blocs.hpp"

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

}  // namespace

TEST(BlocsEngine, AgreesWithEnumeration) {
  const char* many = std::getenv("BLOCS_CASES");
  const std::uint64_t cases = many ? std::strtoull(many, nullptr, 10) : 600;
  Workspace w;
  Solution cut, all;
  std::uint64_t packings = 0, searches = 0;
  for (std::uint64_t k = 0; k < cases; ++k) {
    Dice d{k};
    const std::uint32_t n = 4 + d.below(11);
    const Graph g = random_graph(d, n, 0.1 + 0.9 * d.real(), d.real(), d.below(3));
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
