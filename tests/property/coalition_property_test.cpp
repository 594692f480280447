// The nucleolus and the least core against another solver, two judges and their own definitions, over thousands of
// games of differing kinds. ENTENTE_TEST_EFFORT=10 plays ten times as many.
#include "entente/kernel/coalition.hpp"
#include "property/coalition_oracle_lp.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace kernel = entente::coalition;
using kernel::Rationality;
using oracle::Mask;
using oracle::Vec;
using trial::distance;
using trial::grand;
using trial::numbered;
using trial::times;
using trial::written;

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
  if (!answer->levels.empty() && !individual) {
    EXPECT_NEAR(answer->levels.front(), oracle::largest_excess(v, x), 1e-8 * unit) << told;
  }
  for (double level : answer->levels) {  // each is the excess of some coalition
    double near = INFINITY;
    for (Mask s = 1; s < grand(v); ++s) near = std::min(near, std::abs(v[s] - oracle::total(x, s) - level));
    EXPECT_LE(near, 1e-8 * unit) << told;
  }
  for (std::size_t l = 1; l < answer->levels.size(); ++l)
    EXPECT_LE(answer->levels[l], answer->levels[l - 1] + 1e-8 * unit) << told;
  if (unit == 0) return;
  oracle::Dice d(k + 1);
  Vec beside = x;
  const unsigned i = static_cast<unsigned>(d.whole(0, static_cast<int>(g.n) - 1));
  const unsigned j = (i + static_cast<unsigned>(d.whole(1, static_cast<int>(g.n) - 1))) % g.n;
  const double by = std::pow(10.0, -d.whole(3, 5)) * unit;
  beside[i] += by;
  beside[j] -= by;
  EXPECT_FALSE(judged(v, beside, r)) << "beside, " << told;
  EXPECT_FALSE(oracle::kohlberg(v, beside, individual)) << "beside, " << told;
  beside[j] = x[j];  // not efficient
  EXPECT_FALSE(judged(v, beside, r)) << "inefficient, " << told;
  Vec phi(g.n);
  ASSERT_TRUE(kernel::shapley(v, phi).has_value());
  EXPECT_FALSE(distance(phi, x) > 1e-4 * unit && judged(v, phi, r)) << "Shapley, " << told;
}

TEST(Nucleolus, TwoJudgesOnTenThousandGames) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(10'000) && !HasFatalFailure(); ++k)
    holds(numbered(k, 3, 12), Rationality::individual, k);
}
TEST(Prenucleolus, TwoJudgesOnThousandsOfGames) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(4'000) && !HasFatalFailure(); ++k)
    holds(numbered(k + 1'000'000, 2, 9), Rationality::none, k);
}

/// Worths that another solver computed carry noise, here about as large as the kernel's tolerances: a level's division
/// may miss a player's own worth by a tolerance, and the next has to live with that.
TEST(Nucleolus, NoiseInWorths) {
  const Vec least{0, 0, 1, 1 + 3e-10, 0, 0, 0, 0, -9e-11, 0, 1 + 5e-11, 0, 6e-15, 1, 0, 1};
  const auto y = kernel::nucleolus(least);
  ASSERT_TRUE(y.has_value() && y->exists) << "the smallest game that once failed";
  EXPECT_TRUE(y->kohlberg && oracle::kohlberg(least, y->payoff, true));
  for (std::uint64_t k = 0; k < times<std::uint64_t>(20'000) && !HasFatalFailure(); ++k) {
    oracle::Game g = numbered(k + 20'000'000, 3, 8);
    oracle::Dice d(k);
    const double by = std::pow(10.0, k / 32 % 3 == 0 ? -14 : k / 32 % 3 == 1 ? -11 : -10) * oracle::scale(g.worth);
    for (Mask s = 1; s < g.worth.size(); ++s) g.worth[s] += by * d.real(-1, 1);
    const auto x = kernel::nucleolus(g.worth);
    ASSERT_TRUE(x.has_value()) << x.error().message << "; " << written(g, {});
    EXPECT_TRUE(x->kohlberg || !x->exists) << written(g, x->payoff);
  }
}

TEST(Nucleolus, IsWhatTheSequenceOfProgrammesGives) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(3'000); ++k) {
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
  for (std::uint64_t k = 0; k < times<std::uint64_t>(4'000); ++k) {
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

/// A core that is there is shown by a point, one that is not by a balanced collection worth more than the grand
/// coalition (Bondareva 1963; Shapley 1967): both checked by adding up.
TEST(Core, IsProvedEitherWay) {
  std::uint64_t empty = 0;
  const std::uint64_t games = times(4'000);
  for (std::uint64_t k = 0; k < games; ++k) {
    const oracle::Game g = numbered(k + 8'000'000, 1, 8);
    const Vec& v = g.worth;
    const double unit = oracle::scale(v);
    const auto got = kernel::core(v);
    ASSERT_TRUE(got.has_value()) << written(g, {});
    const std::string told = written(g, got->payoff);
    EXPECT_NEAR(oracle::total(got->payoff, grand(v)), v.back(), 1e-9 * unit) << told;
    if (got->empty) {
      ++empty;
      Vec cover(g.n, -1.0);
      double worth = -v.back();
      for (std::size_t c = 0; c < got->coalitions.size(); ++c) {
        EXPECT_GT(got->weights[c], 0) << told;
        worth += got->weights[c] * v[got->coalitions[c]];
        for (unsigned i = 0; i < g.n; ++i) cover[i] += oracle::in(got->coalitions[c], i) ? got->weights[c] : 0;
      }
      EXPECT_LE(got->coalitions.size(), g.n) << told;
      double worst = 0;
      for (double c : cover) worst = std::max(worst, std::abs(c));
      EXPECT_LE(worst, 1e-9) << told;
      EXPECT_NEAR(kernel::imbalance(g.n, got->coalitions, got->weights), worst, 1e-12) << told;
      EXPECT_NEAR(worth, got->margin, 1e-9 * unit) << told;
      EXPECT_GT(worth, 0) << told;
    } else if (g.n > 1) {
      EXPECT_LE(oracle::largest_excess(v, got->payoff), 2e-9 * unit) << told;
    }
    if (g.n == 1 || k % 4 != 0) continue;
    const double least = oracle::core_minimum(v);
    EXPECT_TRUE(std::abs(least - v.back()) <= 1e-6 * unit || got->empty == (least > v.back())) << told;
  }
  EXPECT_GT(empty, games / 5);
  EXPECT_LT(empty, games - games / 5);
}
}  // namespace
