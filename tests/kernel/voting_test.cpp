// Voting bodies with known powers, and small random rules counted one coalition at a time.
#include "entente/kernel/voting.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <functional>
#include <random>
#include <string>

namespace entente::voting {
namespace {

Rule plain(std::int64_t quota, std::vector<std::int64_t> weights) {
  const auto n = static_cast<unsigned>(weights.size());
  return {.voters = n, .ways = {{{quota, std::move(weights)}}}};
}
std::vector<std::int64_t> repeat(std::initializer_list<std::pair<int, std::int64_t>> parts) {
  std::vector<std::int64_t> out;
  for (const auto& [count, weight] : parts) out.insert(out.end(), static_cast<std::size_t>(count), weight);
  return out;
}
void both(const Rule& rule, const std::function<void(const Power&)>& look) {
  for (const Method m : {Method::automatic, Method::programming, Method::halves}) {
    const auto p = power(rule, {.method = m});
    if (!p && m == Method::programming && p.error().kind == ErrorKind::too_large) continue;
    ASSERT_TRUE(p) << p.error().message;
    look(*p);
  }
}

// United Nations Security Council: five permanent members, nine (before 1965: seven) votes.
TEST(Voting, SecurityCouncil) {
  both(plain(39, repeat({{5, 7}, {10, 1}})), [](const Power& p) {
    EXPECT_EQ(to_text(p.winning), "848");
    EXPECT_EQ(to_text(p.swings[0]), "848");
    EXPECT_EQ(to_text(p.swings[5]), "84");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[0]), "421/2145");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[14]), "4/2145");
    EXPECT_NEAR(p.banzhaf[0], 0.1669291339, 1e-10);
    EXPECT_NEAR(p.banzhaf[5], 0.0165354331, 1e-10);
  });
  const auto before = power(plain(27, repeat({{5, 5}, {6, 1}})));
  ASSERT_TRUE(before);
  EXPECT_EQ(to_text(before->shapley_shubik_fraction[0]), "76/385");
  EXPECT_EQ(to_text(before->shapley_shubik_fraction[5]), "1/462");
}

TEST(Voting, SecurityCouncilByVeto) {
  Rule rule = plain(9, repeat({{15, 1}}));
  rule.veto = {0, 1, 2, 3, 4, 0};
  both(rule, [](const Power& p) {
    EXPECT_EQ(to_text(p.winning), "848");
    EXPECT_EQ(to_text(p.swings[4]), "848");
    EXPECT_EQ(to_text(p.swings[14]), "84");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[4]), "421/2145");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[5]), "4/2145");
  });
}

TEST(Voting, EuropeanCommunities) {
  both(plain(41, {10, 10, 10, 10, 5, 5, 3, 3, 2}), [](const Power& p) {
    const std::vector<std::string> index{"5/28", "5/28", "5/28", "5/28", "17/210", "17/210", "2/35", "2/35", "1/105"};
    const std::vector<std::string> swings{"53", "53", "53", "53", "29", "29", "21", "21", "5"};
    for (std::size_t i = 0; i < 9; ++i) {
      EXPECT_EQ(to_text(p.shapley_shubik_fraction[i]), index[i]);
      EXPECT_EQ(to_text(p.swings[i]), swings[i]);
    }
  });
  both(plain(12, {4, 4, 4, 2, 2, 1}), [](const Power& p) {
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[0]), "7/30");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[3]), "3/20");
    EXPECT_EQ(to_text(p.shapley_shubik_fraction[5]), "0");
  });
}

// Every coalition looked at.
void by_hand(const Rule& rule) {
  const unsigned n = rule.voters;
  Uint128 winning = 0;
  std::vector<Uint128> swings(n, 0), with(n, 0);
  std::vector<double> index(n, 0.0);
  for (std::uint64_t s = 0; s < std::uint64_t{1} << n; ++s) {
    if (!wins(rule, s)) continue;
    ++winning;
    for (unsigned i = 0; i < n; ++i) {
      if (!(s >> i & 1u)) continue;
      ++with[i];
      if (wins(rule, s ^ std::uint64_t{1} << i)) continue;
      ++swings[i];
      double choose = 1;
      const int others = std::popcount(s) - 1;
      for (int j = 1; j <= others; ++j) choose = choose * (static_cast<int>(n) - 1 - others + j) / j;
      index[i] += 1 / (n * choose);
    }
  }
  both(rule, [&](const Power& p) {
    EXPECT_TRUE(p.winning == winning);
    for (unsigned i = 0; i < n; ++i) {
      EXPECT_TRUE(p.swings[i] == swings[i]) << "voter " << i;
      EXPECT_TRUE(p.winning_with[i] == with[i]) << "voter " << i;
      EXPECT_NEAR(p.shapley_shubik[i], index[i], 1e-12);
    }
  });
}

TEST(Voting, RandomRulesAgainstCountingEveryCoalition) {
  std::mt19937 random(1);
  const auto upto = [&](unsigned k) { return static_cast<unsigned>(random() % (k + 1)); };
  for (int round = 0; round < 300; ++round) {
    Rule rule{.voters = 1 + upto(9)};
    for (unsigned ways = 1 + upto(2); ways > 0; --ways) {
      Way way;
      for (unsigned majorities = 1 + upto(1); majorities > 0; --majorities) {
        Majority m;
        std::int64_t sum = 0;
        const bool equal = upto(3) == 0;
        for (unsigned i = 0; i < rule.voters; ++i) {
          m.weights.push_back(equal ? 3 : upto(4));
          sum += m.weights.back();
        }
        if (sum == 0) sum = m.weights[0] = 1;
        m.quota = 1 + upto(static_cast<unsigned>(sum) - 1);
        way.push_back(std::move(m));
      }
      rule.ways.push_back(std::move(way));
    }
    for (unsigned k = upto(2); k > 0; --k) rule.veto.push_back(upto(rule.voters - 1));
    SCOPED_TRACE(round);
    by_hand(rule);
  }
}

// 51 voters: too many for fractions of n!, counts exact.
TEST(Voting, ManyVotersAgree) {
  std::vector<std::int64_t> weights(51);
  for (std::size_t i = 0; i < 51; ++i) weights[i] = static_cast<std::int64_t>(3 + i * i % 17);
  std::int64_t sum = 0;
  for (const auto w : weights) sum += w;
  const auto p = power(plain(sum / 2 + 1, weights));
  ASSERT_TRUE(p);
  EXPECT_FALSE(p->exact);
  double total = 0;
  for (const double x : p->shapley_shubik) total += x;
  EXPECT_NEAR(total, 1, 1e-12);
  // With an odd sum a coalition wins exactly when its complement loses.
  if (sum % 2 == 1) {
    EXPECT_TRUE(p->winning == Uint128{1} << 50);
  }
}

TEST(Voting, Complaints) {
  const auto kind = [](const Rule& r) {
    const auto p = power(r);
    return p ? "none" : p.error().message;
  };
  EXPECT_NE(kind(plain(40, {10, 10, 10})).find("above the sum"), std::string::npos);
  EXPECT_NE(kind(plain(0, {10, 10, 10})).find("below 1"), std::string::npos);
  EXPECT_NE(kind(plain(5, {10, -1, 10})).find("below 0"), std::string::npos);
  EXPECT_NE(kind({}).find("no voters"), std::string::npos);
  EXPECT_NE(kind({.voters = 3}).find("a way to pass"), std::string::npos);
  EXPECT_NE(kind({.voters = 3, .ways = {{{2, {1, 1}}}}}).find("2 weights for 3"), std::string::npos);
  Rule veto = plain(2, {1, 1, 1});
  veto.veto = {3};
  EXPECT_NE(kind(veto).find("voter 4"), std::string::npos);
  EXPECT_NE(kind(plain(std::int64_t{1} << 61, {std::int64_t{1} << 61, std::int64_t{1} << 61, 5})).find("2^62"),
            std::string::npos);
  std::vector<std::int64_t> huge(60);
  for (std::size_t i = 0; i < huge.size(); ++i) huge[i] = static_cast<std::int64_t>(1'000'000'007 * (i + 1));
  EXPECT_EQ(power(plain(1'000'000'007, huge)).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace entente::voting
