// The nucleolus and the least core against another solver, two judges and their own definitions, over thousands of
// games of differing kinds. ENTENTE_HEAVY=1 in the environment plays ten times as many.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "entente/kernel/coalition.hpp"
#include "property/coalition_games.hpp"
#include "property/coalition_oracle_lp.hpp"

namespace {
namespace kernel = entente::coalition;
using kernel::Rationality;
using oracle::Mask;
using oracle::Vec;

std::uint64_t times(std::uint64_t games) {
  const char* heavy = std::getenv("ENTENTE_HEAVY");
  return heavy != nullptr && *heavy != '\0' && *heavy != '0' ? 10 * games : games;
}
/// Each kind of game in turn, and each number of players in [low, high] for each kind.
oracle::Game numbered(std::uint64_t k, unsigned low, unsigned high) {
  return oracle::game(k, low + static_cast<unsigned>(k / oracle::games::number_of_kinds % (high - low + 1)));
}
std::string written(const oracle::Game& g, const Vec& x) {
  std::ostringstream out;
  out.precision(17);
  out << g.name << "; worth:";
  for (std::size_t s = 0; s < g.worth.size() && s < 64; ++s) out << ' ' << g.worth[s];
  out << "; x:";
  for (double a : x) out << ' ' << a;
  return out.str();
}
Mask grand(const Vec& v) { return static_cast<Mask>(v.size() - 1); }
double alone(const Vec& v) {
  double sum = 0;
  for (unsigned i = 0; i < oracle::players(v); ++i) sum += v[oracle::bit(i)];
  return sum;
}
bool judged(const Vec& v, const Vec& x, Rationality r) {
  const auto verdict = kernel::kohlberg(v, x, r);
  EXPECT_TRUE(verdict.has_value());
  return verdict.value_or(false);
}
double distance(const Vec& a, const Vec& b) {
  double d = 0;
  for (std::size_t i = 0; i < a.size(); ++i) d = std::max(d, std::abs(a[i] - b[i]));
  return d;
}

/// What any answer has to be, whatever the game, and that a point a little beside it is refused.
void holds(const oracle::Game& g, Rationality r, std::uint64_t k) {
  const Vec& v = g.worth;
  const double unit = oracle::scale(v);
  const bool individual = r == Rationality::individual;
  const auto answer = kernel::nucleolus(v, {.rationality = r});
  ASSERT_TRUE(answer.has_value()) << answer.error().message << "; " << written(g, {});
  if (!answer->exists) {
    ASSERT_TRUE(individual && alone(v) > v.back()) << written(g, {});
    return;
  }
  const Vec& x = answer->payoff;
  const std::string told = written(g, x);
  ASSERT_EQ(x.size(), g.n) << told;
  EXPECT_NEAR(oracle::total(x, grand(v)), v.back(), 1e-9 * unit) << told;
  for (unsigned i = 0; individual && i < g.n; ++i) EXPECT_GE(x[i], v[oracle::bit(i)] - 1e-9 * unit) << told;
  EXPECT_TRUE(answer->kohlberg) << told;
  EXPECT_TRUE(judged(v, x, r)) << told;
  EXPECT_TRUE(oracle::kohlberg(v, x, individual)) << told;
  if (!answer->levels.empty() && r == Rationality::none) {
    EXPECT_NEAR(answer->levels.front(), oracle::largest_excess(v, x), 1e-8 * unit) << told;
  }
  for (std::size_t l = 1; l < answer->levels.size(); ++l)
    EXPECT_LE(answer->levels[l], answer->levels[l - 1] + 1e-8 * unit) << told;
  if (unit == 0) return;
  oracle::Dice d(k + 1);
  Vec beside = x;
  const unsigned i = static_cast<unsigned>(d.whole(0, static_cast<int>(g.n) - 1));
  const unsigned j = (i + static_cast<unsigned>(d.whole(1, static_cast<int>(g.n) - 1))) % g.n;
  beside[i] += 1e-3 * unit;
  beside[j] -= 1e-3 * unit;
  EXPECT_FALSE(judged(v, beside, r)) << "beside, " << told;
  EXPECT_FALSE(oracle::kohlberg(v, beside, individual)) << "beside, " << told;
  beside[j] = x[j];  // not efficient
  EXPECT_FALSE(judged(v, beside, r)) << "inefficient, " << told;
  Vec phi(g.n);
  ASSERT_TRUE(kernel::shapley(v, phi).has_value());
  EXPECT_FALSE(distance(phi, x) > 1e-4 * unit && judged(v, phi, r)) << "Shapley, " << told;
}

TEST(Nucleolus, TwoJudgesOnTenThousandGames) {
  for (std::uint64_t k = 0; k < times(10'000) && !HasFatalFailure(); ++k)
    holds(numbered(k, 3, 12), Rationality::individual, k);
}
TEST(Prenucleolus, TwoJudgesOnThousandsOfGames) {
  for (std::uint64_t k = 0; k < times(4'000) && !HasFatalFailure(); ++k)
    holds(numbered(k + 1'000'000, 2, 9), Rationality::none, k);
}

TEST(Nucleolus, IsWhatTheSequenceOfProgrammesGives) {
  for (std::uint64_t k = 0; k < times(3'000); ++k) {
    const oracle::Game g = numbered(k + 2'000'000, 2, 6);
    for (const bool individual : {true, false}) {
      const Vec want = oracle::nucleolus(g.worth, individual);
      const auto got =
          kernel::nucleolus(g.worth, {.rationality = individual ? Rationality::individual : Rationality::none});
      ASSERT_TRUE(got.has_value()) << written(g, {});
      ASSERT_EQ(got->exists, !want.empty()) << written(g, {});
      if (want.empty()) continue;
      EXPECT_LE(distance(got->payoff, want), 1e-6 * oracle::scale(g.worth))
          << (individual ? "" : "pre") << written(g, got->payoff) << "; want " << ::testing::PrintToString(want);
    }
  }
}

/// The value is right, the division attains it, and the weights prove by arithmetic alone that none does better: they
/// cover every player equally often, so that the sum of w(S) (v(S) - x(S)) is the same for every efficient x.
TEST(LeastCore, ValueDivisionAndCertificate) {
  for (std::uint64_t k = 0; k < times(4'000); ++k) {
    const oracle::Game g = numbered(k + 3'000'000, 2, 10);
    const Vec& v = g.worth;
    const double unit = oracle::scale(v);
    const auto got = kernel::least_core(v);
    ASSERT_TRUE(got.has_value()) << written(g, {});
    const std::string told = written(g, got->payoff);
    EXPECT_NEAR(oracle::total(got->payoff, grand(v)), v.back(), 1e-9 * unit) << told;
    EXPECT_NEAR(oracle::largest_excess(v, got->payoff), got->epsilon, 1e-9 * unit) << told;
    EXPECT_NEAR(kernel::largest_excess(v, got->payoff), oracle::largest_excess(v, got->payoff), 1e-12 * unit) << told;
    ASSERT_EQ(got->coalitions.size(), got->weights.size()) << told;
    ASSERT_FALSE(got->coalitions.empty()) << told;
    Vec cover(g.n, 0.0);
    double sum = 0, worth = 0;
    for (std::size_t c = 0; c < got->coalitions.size(); ++c) {
      const Mask s = got->coalitions[c];
      ASSERT_TRUE(s != 0 && s < grand(v)) << told;
      EXPECT_GE(got->weights[c], 0) << told;
      sum += got->weights[c];
      worth += got->weights[c] * v[s];
      for (unsigned i = 0; i < g.n; ++i) cover[i] += oracle::in(s, i) ? got->weights[c] : 0;
    }
    EXPECT_GT(sum, 0) << told;
    for (unsigned i = 1; i < g.n; ++i) EXPECT_NEAR(cover[i], cover[0], 1e-9 * sum) << told;
    EXPECT_NEAR((worth - cover[0] * v.back()) / sum, got->epsilon, 1e-8 * unit) << told;
    if (g.n > 7) continue;
    const double least = oracle::least_core(v), core = oracle::core_minimum(v);
    EXPECT_NEAR(got->epsilon, least, 1e-7 * unit) << told;
    EXPECT_TRUE(std::abs(core - v.back()) <= 1e-6 * unit || got->core_empty == (core > v.back())) << told;
    // The nucleolus lies in the least core when its individual constraints do not bind, and in the core when there is
    // one.
    const auto centre = kernel::nucleolus(v);
    ASSERT_TRUE(centre.has_value()) << told;
    if (core < v.back() - 1e-6 * unit) {
      EXPECT_TRUE(centre->exists) << told;
      EXPECT_LE(oracle::largest_excess(v, centre->payoff), 1e-9 * unit) << told;
    }
  }
}
}  // namespace
