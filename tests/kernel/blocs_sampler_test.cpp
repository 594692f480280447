// The sampler of distributions over partitions against exact ones. The sampler's numbers are keyed, so these are the
// same in every run; nothing in it was chosen for these games.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "kernel/blocs_likely.hpp"

using namespace entente::blocs;
using namespace entente::tests::likely;

namespace {

struct Record {
  int games = 0, beyond = 0;  ///< beyond: games with a chance more than three of the errors off that the answer states
  double worst = 0;           ///< the largest |difference| / that error
  std::size_t own = 0;        ///< chances more than three of their own errors off
  double squares = 0, log_z = 0, log_z_worst = 0;
  std::size_t pairs = 0;

  [[nodiscard]] double rms() const { return std::sqrt(squares / static_cast<double>(pairs)); }
  [[nodiscard]] double log_z_rms() const { return std::sqrt(log_z / games); }
};

void compare(const Graph& g, Setting s, const std::vector<Condition>& conditions, DistributionOptions o, Record& r) {
  const auto exact = distribution(g, s, conditions, o);
  o.sides_to = o.blocs_to = 1;
  const auto sampled = distribution(g, s, conditions, o);
  ASSERT_TRUE(exact && sampled) << (sampled ? "" : sampled.error().message);
  ASSERT_TRUE(exact->exact && !sampled->exact);
  double worst = 0;
  for (std::size_t p = 0; p < exact->together.size(); ++p) {
    const double off = std::abs(sampled->together[p] - exact->together[p]);
    if (sampled->error[p] == 0) {
      ASSERT_EQ(off, 0);
      continue;
    }
    worst = std::max(worst, off / sampled->largest_error);
    r.squares += off / sampled->error[p] * (off / sampled->error[p]);
    ++r.pairs;
    ASSERT_LE(off, 6 * sampled->error[p]);
    r.own += off > 3 * sampled->error[p];
  }
  const double off = std::abs(sampled->log_partition - exact->log_partition) / sampled->log_partition_error;
  r.log_z += off * off;
  r.log_z_worst = std::max(r.log_z_worst, off);
  ASSERT_LE(std::abs(sampled->entropy - exact->entropy), 6 * sampled->entropy_error);
  ++r.games;
  r.beyond += worst > 3;
  r.worst = std::max(r.worst, worst);
  ASSERT_TRUE(check(g, s, conditions, o, *sampled).consistent);
}

/// Errors are standard errors: neither too small nor told larger than they are; ln Z among them.
void judge(const Record& r) {
  std::printf("games %d, beyond three stated errors %d, worst %.2f, rms %.3f; ln Z rms %.3f, worst %.2f\n", r.games,
              r.beyond, r.worst, r.rms(), r.log_z_rms(), r.log_z_worst);
  const double share = static_cast<double>(r.own) / static_cast<double>(r.pairs);
  std::printf("of %zu chances %.3f %% are more than three of their errors off\n", r.pairs, 100 * share);
  const double beyond = 0.0027 * static_cast<double>(r.pairs);  // as many of so many normal numbers are
  EXPECT_LE(static_cast<double>(r.own), beyond + 4 * std::sqrt(beyond));
  EXPECT_LE(r.worst, 4.38);  // where 0.0027 of games have one of 231 normal numbers beyond (0.0027 / 231)
  EXPECT_GT(r.rms(), 0.6);
  EXPECT_LT(r.rms(), 1.1);
  EXPECT_LT(r.log_z_rms(), 1.3);
  EXPECT_LT(r.log_z_worst, 4.5);
}

}  // namespace

// 500 games of 16 to 22 actors on two sides. An error is a standard error: of 190 pairs a game some are more than three
// of their own off by chance alone, hardly a game more than three of the largest, which is the one that the answer
// states.
TEST(BlocsSampler, FiveHundredGamesOnTwoSides) {
  Record r;
  for (std::uint64_t i = 0; i < 500; ++i) {
    Dice dice{900 + i};
    const std::uint32_t n = 16 + static_cast<std::uint32_t>(i % 7);
    const double most = 0.5 + 3 * dice.real(), density = 0.2 + 0.8 * dice.real();
    const Graph g = game(dice, n, most, density);
    std::vector<Condition> conditions;
    if (dice.chance(0.5)) conditions.push_back({0, 1, false});
    ASSERT_NO_FATAL_FAILURE(compare(g, {}, conditions, {.error = 0.01, .seed = i}, r)) << i;
  }
  judge(r);
}

TEST(BlocsSampler, AnyNumberOfBlocs) {
  Record r;
  for (std::uint64_t i = 0; i < 40; ++i) {
    Dice dice{4000 + i};
    const std::uint32_t n = 4 + dice.below(7);
    const double most = 0.5 + 2 * dice.real(), density = 0.3 + 0.7 * dice.real();
    const Graph g = game(dice, n, most, density);
    const Setting settings[] = {{Number::free}, {Number::exactly, 2}, {Number::exactly, 3}, {Number::at_most, 3}};
    std::vector<Condition> conditions;
    if (dice.chance(0.5)) conditions.push_back({0, 1, false});
    if (dice.chance(0.5)) conditions.push_back({2, 3, false});
    if (dice.chance(0.2)) conditions.push_back({1, 2, true});
    ASSERT_NO_FATAL_FAILURE(compare(g, settings[i % 4], conditions, {.error = 0.02, .seed = i}, r)) << i;
  }
  judge(r);
}
