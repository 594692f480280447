// Sampled values against the exact ones: within their standard errors, which are as large as they say; and the same
// bits for the same seed on any number of threads.
#include "entente/kernel/coalition_sampling.hpp"

#include "entente/kernel/coalition.hpp"
#include "property/coalition_oracle.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace kernel = entente::coalition;
using kernel::Design;
using kernel::SamplingOptions;
using oracle::Vec;
using Sampler = entente::Result<kernel::Sampled> (*)(unsigned, const kernel::Oracle&, const SamplingOptions&);

constexpr Design designs[] = {Design::plain, Design::antithetic, Design::stratified};
constexpr Sampler samplers[] = {&kernel::sampled_shapley, &kernel::sampled_banzhaf};

kernel::Oracle asked(const Vec& v) {
  return [&v](std::uint64_t s) { return v[s]; };
}

/// Over all games and players the error in standard errors has mean 0 and variance 1 and hardly ever passes 4. (Of
/// normal ones 6 in 100,000 would; where a swing is rare its count is skewed, and some more do.)
TEST(Sampling, ErrorsAreAsTheySay) {
  for (const Sampler sampler : samplers)
    for (const Design design : designs) {
      double sum = 0, squares = 0, count = 0, far = 0;
      for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(160); ++k) {
        const oracle::Game g = trial::numbered(k + 9'000'000, 2, 9);
        const double unit = oracle::scale(g.worth);
        const bool shapley = sampler == samplers[0];
        const Vec want = shapley ? oracle::shapley_by_subsets(g.worth) : oracle::banzhaf(g.worth);
        const auto got = sampler(g.n, asked(g.worth), {.samples = 4'000, .seed = k, .design = design});
        ASSERT_TRUE(got.has_value()) << g.name;
        const std::string told = trial::written(g, got->value);
        EXPECT_GE(got->samples, 4'000U) << told;
        for (unsigned i = 0; i < g.n; ++i) {
          const double error = got->value[i] - want[i], se = got->standard_error[i];
          if (se <= 1e-12 * unit) {
            EXPECT_LE(std::abs(error), 1e-10 * unit) << told;
            continue;
          }
          EXPECT_LE(std::abs(error), 8 * se) << told;
          far += std::abs(error) > 4 * se;
          sum += error / se;
          squares += error * error / (se * se);
          count += 1;
        }
        if (shapley) {
          EXPECT_NEAR(oracle::total(got->value, trial::grand(g.worth)), g.worth.back(), 1e-10 * unit) << told;
        }
      }
      ASSERT_GT(count, trial::times(200));
      EXPECT_LE(far, 1 + 5e-4 * count);
      EXPECT_LT(std::abs(sum / std::sqrt(count)), 5);
      EXPECT_NEAR(squares / count, 1, 0.2);
    }
}

TEST(Sampling, SameBitsForASeed) {
  int same = 0, differ = 0;
  for (std::uint64_t k = 0; k < 60; ++k) {
    const oracle::Game g = trial::numbered(k, 2, 8);
    const unsigned n = g.n;
    for (const Sampler sampler : samplers)
      for (const Design design : designs) {
        SamplingOptions o{.samples = 1'000 + k, .seed = k, .design = design};
        const auto one = sampler(n, asked(g.worth), o), again = sampler(n, asked(g.worth), o);
        o.threads = 4;
        const auto four = sampler(n, asked(g.worth), o);
        o.seed = k + 1;
        const auto other = sampler(n, asked(g.worth), o);
        ASSERT_TRUE(one && again && four && other);
        EXPECT_EQ(one->value, again->value) << g.name;
        EXPECT_EQ(one->value, four->value) << g.name;
        EXPECT_EQ(one->standard_error, four->standard_error) << g.name;
        EXPECT_EQ(one->seed, k);
        // With few orders two seeds may give the same counts by chance.
        const double spread = *std::max_element(one->standard_error.begin(), one->standard_error.end());
        if (spread > 1e-12 * oracle::scale(g.worth)) (one->value == other->value ? same : differ) += 1;
      }
  }
  EXPECT_GT(differ, 20 * same);
}

/// Beyond a table: a weighted majority of 40, whose values by symmetry within each weight are known to agree, and an
/// additive game of 64, whose values are the players' own numbers whatever the order.
TEST(Sampling, LargeGames) {
  oracle::Dice d(1);
  const Vec own = d.reals(64, -1, 1);
  const kernel::Oracle additive = [&](std::uint64_t s) {
    double sum = 0;
    for (unsigned i = 0; i < 64; ++i)
      if ((s >> i & 1) != 0) sum += own[i];
    return sum;
  };
  const kernel::Oracle votes = [](std::uint64_t s) {
    return std::popcount(s) + 9 * std::popcount(s & 0xf) >= 40 ? 1.0 : 0.0;
  };
  for (const Design design : designs) {
    for (const Sampler sampler : samplers) {
      const auto x = sampler(64, additive, {.samples = 256, .design = design});
      ASSERT_TRUE(x.has_value());
      for (unsigned i = 0; i < 64; ++i) EXPECT_NEAR(x->value[i], own[i], 1e-12);
    }
    const auto x = kernel::sampled_shapley(40, votes, {.samples = 20'000, .design = design});
    ASSERT_TRUE(x.has_value());
    for (unsigned i = 1; i < 40; ++i) {
      const unsigned j = i < 4 ? 0 : 39;
      const double se = std::hypot(x->standard_error[i], x->standard_error[j]);
      EXPECT_LE(std::abs(x->value[i] - x->value[j]), 5 * se);
    }
  }
}
}  // namespace
