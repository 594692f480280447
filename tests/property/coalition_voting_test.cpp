// Votes against the count of every coalition, and the two ways of counting against each other where no count reaches.
#include "entente/kernel/voting.hpp"
#include "property/coalition_oracle_voting.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace voting = entente::voting;
using oracle::Mask;
using voting::Method;

constexpr Method methods[] = {Method::automatic, Method::programming, Method::halves};

voting::Rule any_rule(unsigned n, oracle::Dice& d, int heaviest) {
  voting::Rule rule{.voters = n};
  for (int w = d.whole(1, 3); w > 0; --w) {
    voting::Way way;
    for (int m = d.whole(1, 3); m > 0; --m) {
      voting::Majority majority;
      std::int64_t sum = 0;
      const bool equal = d.chance(0.3);
      for (unsigned i = 0; i < n; ++i) {
        majority.weights.push_back(equal ? 1 : d.whole(0, heaviest));
        sum += majority.weights.back();
      }
      if (sum == 0) sum = majority.weights[0] = 1;
      majority.quota =
          std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(sum) * d.real(0.1, 1.01)));
      majority.quota = std::min(majority.quota, sum);
      way.push_back(majority);
    }
    rule.ways.push_back(way);
  }
  if (d.chance(0.4))
    for (unsigned i = 0; i < n; ++i)
      if (d.chance(0.25)) rule.veto.insert(rule.veto.end(), i % 2 + 1, i);  // sometimes said twice
  return rule;
}
oracle::Ways plain(const voting::Rule& rule) {
  oracle::Ways ways;
  for (const auto& way : rule.ways) {
    ways.emplace_back();
    for (const auto& m : way) ways.back().push_back({m.weights, m.quota});
  }
  return ways;
}
Mask vetoers(const voting::Rule& rule) {
  Mask s = 0;
  for (unsigned i : rule.veto) s |= oracle::bit(i);
  return s;
}
std::string written(const voting::Rule& rule) {
  std::ostringstream out;
  for (const auto& way : rule.ways) {
    out << " or";
    for (const auto& m : way) out << " [" << m.quota << ';' << ::testing::PrintToString(m.weights) << ']';
  }
  out << " veto " << ::testing::PrintToString(rule.veto);
  return out.str();
}
bool same(const entente::Fraction& a, const oracle::Fraction& b) {
  return a.numerator == static_cast<entente::Int128>(b.numerator) &&
         a.denominator == static_cast<entente::Int128>(b.denominator);
}

/// How many sums of weights programming may have to keep apart.
double cells(const voting::Rule& rule) {
  double product = 1;
  for (const auto& way : rule.ways)
    for (const auto& m : way) product *= static_cast<double>(std::accumulate(m.weights.begin(), m.weights.end(), 1LL));
  return product;
}

void is_the_count(const voting::Rule& rule, int (&counted)[3]) {
  const unsigned n = rule.voters;
  const oracle::Votes want = oracle::count_votes(plain(rule), vetoers(rule));
  const std::uint64_t swings = std::accumulate(want.swings.begin(), want.swings.end(), std::uint64_t{0});
  for (const Method method : methods) {
    if (method == Method::programming && cells(rule) > 2e5) continue;  // slow, and at some size refused
    const auto got = voting::power(rule, {.method = method});
    ASSERT_TRUE(got.has_value()) << got.error().message << written(rule);
    ++counted[static_cast<int>(method)];
    const std::string told = written(rule) + ", method " + std::to_string(static_cast<int>(method));
    EXPECT_EQ(got->voters, n) << told;
    EXPECT_TRUE(got->exact) << told;
    EXPECT_TRUE(got->winning == want.winning) << told;
    ASSERT_EQ(got->swings.size(), n) << told;
    ASSERT_EQ(got->banzhaf_fraction.size(), n) << told;
    ASSERT_EQ(got->shapley_shubik_fraction.size(), n) << told;
    for (unsigned i = 0; i < n; ++i) {
      EXPECT_TRUE(got->winning_with[i] == want.winning_with[i]) << told << ", voter " << i;
      EXPECT_TRUE(got->swings[i] == want.swings[i]) << told << ", voter " << i;
      EXPECT_TRUE(same(got->shapley_shubik_fraction[i], want.shapley_shubik[i])) << told << ", voter " << i;
      EXPECT_TRUE(same(got->banzhaf_fraction[i], oracle::reduced(want.swings[i], swings))) << told << ", voter " << i;
      EXPECT_NEAR(got->shapley_shubik[i], got->shapley_shubik_fraction[i].value(), 1e-15) << told;
      EXPECT_NEAR(got->banzhaf[i], got->banzhaf_fraction[i].value(), 1e-15) << told;
      EXPECT_NEAR(got->banzhaf_raw[i], std::ldexp(static_cast<double>(want.swings[i]), 1 - static_cast<int>(n)), 1e-15);
    }
  }
}

TEST(Voting, IsTheCountOfAllCoalitions) {
  int counted[3]{};
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(2'000) && !testing::Test::HasFailure(); ++k) {
    oracle::Dice d(k);
    is_the_count(any_rule(1 + static_cast<unsigned>(k % 12), d, k % 3 == 0 ? 1 : k % 3 == 1 ? 6 : 40), counted);
  }
  EXPECT_GT(2 * counted[1], counted[0]);
}
TEST(Voting, IsTheCountOfAllCoalitionsOfTwenty) {
  int counted[3]{};
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(8) && !testing::Test::HasFailure(); ++k) {
    oracle::Dice d(k + 77);
    is_the_count(any_rule(17 + static_cast<unsigned>(k % 4), d, k % 2 == 0 ? 5 : 30), counted);
  }
  EXPECT_GT(counted[1], 0);
}

TEST(Voting, TheTableIsTheRule) {
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(500); ++k) {
    oracle::Dice d(k + 1'000'000);
    const auto rule = any_rule(1 + static_cast<unsigned>(k % 10), d, 9);
    const auto table = voting::worths(rule);
    ASSERT_TRUE(table.has_value() && table->size() == std::size_t{1} << rule.voters) << written(rule);
    for (Mask s = 0; s < table->size(); ++s) {
      const bool win = oracle::wins(plain(rule), vetoers(rule), s);
      EXPECT_EQ(voting::wins(rule, s), win) << written(rule) << s;
      EXPECT_EQ((*table)[s], win ? 1.0 : 0.0) << written(rule) << s;
    }
  }
}

/// Up to 30 voters with weights in basis points: both methods, where both take the rule, tell the same; the
/// Shapley-Shubik fractions add up to one exactly; swings are 2 winning_with - winning (Dubey and Shapley 1979).
TEST(Voting, TwoMethodsOnLargeRules) {
  int both = 0;
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(24); ++k) {
    oracle::Dice d(k + 2'000'000);
    const unsigned n = 21 + static_cast<unsigned>(k % 10);
    const voting::Rule rule = any_rule(n, d, k % 2 == 0 ? 4 : 900);
    const auto a = voting::power(rule, {.method = Method::halves}),
               b = voting::power(rule, {.method = Method::programming}), c = voting::power(rule);
    ASSERT_TRUE(a.has_value() && c.has_value()) << written(rule);
    const auto equal = [&](const voting::Power& x, const voting::Power& y) {
      EXPECT_TRUE(x.winning == y.winning && x.swings == y.swings && x.winning_with == y.winning_with) << written(rule);
      EXPECT_TRUE(x.shapley_shubik_fraction == y.shapley_shubik_fraction) << written(rule);
    };
    equal(*a, *c);
    if (b) {
      ++both;
      equal(*a, *b);
    } else {
      EXPECT_EQ(b.error().kind, entente::ErrorKind::too_large) << written(rule);
    }
    entente::Int128 sum = 0, factorial = 1;
    for (unsigned i = 2; i <= n; ++i) factorial *= i;
    for (unsigned i = 0; i < n; ++i) {
      const auto& f = a->shapley_shubik_fraction[i];
      EXPECT_TRUE(factorial % f.denominator == 0) << written(rule);
      sum += f.numerator * (factorial / f.denominator);
      EXPECT_TRUE(a->swings[i] == 2 * a->winning_with[i] - a->winning) << written(rule);
    }
    EXPECT_TRUE(sum == factorial) << written(rule);
  }
  EXPECT_GT(both, trial::times(8));
}

/// Weights and quotas times a large number are the same rule; sums go up to 2^61.
TEST(Voting, LargeWeights) {
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(300); ++k) {
    oracle::Dice d(k + 3'000'000);
    const voting::Rule rule = any_rule(1 + static_cast<unsigned>(k % 14), d, 30);
    voting::Rule large = rule;
    for (auto& way : large.ways)
      for (auto& m : way) {
        const std::int64_t sum = std::accumulate(m.weights.begin(), m.weights.end(), std::int64_t{0});
        const std::int64_t factor = (std::int64_t{1} << 61) / sum;
        for (auto& w : m.weights) w *= factor;
        m.quota = m.quota * factor - (factor > 1 ? d.whole(0, 1000) : 0);
      }
    const auto a = voting::power(rule, {.method = Method::halves}), b = voting::power(large);
    ASSERT_TRUE(a.has_value() && b.has_value()) << written(large);
    EXPECT_TRUE(a->winning == b->winning && a->swings == b->swings) << written(large);
    EXPECT_TRUE(a->shapley_shubik_fraction == b->shapley_shubik_fraction) << written(large);
  }
}
}  // namespace
