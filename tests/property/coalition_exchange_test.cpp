// Exchange networks against every set of ties, and balance against its definition.
#include "entente/kernel/exchange.hpp"
#include "property/coalition_oracle_lp.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace exchange = entente::exchange;
using oracle::in;
using oracle::Mask;
using oracle::Vec;

exchange::Network any_network(unsigned n, oracle::Dice& d, std::size_t most_ties, int most_exchanges) {
  exchange::Network g{.actors = n};
  const bool pies = d.chance(0.4);
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = i + 1; j < n; ++j) {
      if (g.ties.size() >= most_ties || !d.chance(2.5 / n)) continue;
      const double value = pies ? 24 : d.chance(0.5) ? d.whole(0, 6) : d.real(0, 6);
      g.ties.push_back(d.chance(0.5) ? exchange::Tie{i, j, value} : exchange::Tie{j, i, value});
    }
  if (most_exchanges > 1 || d.chance(0.5))
    for (unsigned i = 0; i < n; ++i)
      g.exchanges.push_back(static_cast<unsigned>(most_exchanges == 1 ? 1 : d.whole(0, most_exchanges)));
  return g;
}
std::string written(const exchange::Network& g) {
  std::ostringstream out;
  out.precision(17);
  out << g.actors << " actors;";
  for (const auto& t : g.ties) out << ' ' << t.a << '-' << t.b << ':' << t.value;
  out << "; exchanges " << ::testing::PrintToString(g.exchanges);
  return out.str();
}

/// Do these ties respect every limit and stay within s? Their sum, or -1.
double worth_of(const exchange::Network& g, std::size_t ties, Mask s) {
  std::vector<unsigned> used(g.actors, 0);
  double sum = 0;
  for (std::size_t t = 0; t < g.ties.size(); ++t) {
    if ((ties >> t & 1) == 0) continue;
    const auto& tie = g.ties[t];
    if (!in(s, tie.a) || !in(s, tie.b)) return -1;
    ++used[tie.a];
    ++used[tie.b];
    sum += tie.value;
  }
  for (unsigned i = 0; i < g.actors; ++i)
    if (used[i] > (g.exchanges.empty() ? 1 : g.exchanges[i])) return -1;
  return sum;
}
/// Over all sets of ties.
Vec best_worths(const exchange::Network& g) {
  return oracle::table(g.actors, [&](Mask s) {
    double best = 0;
    for (std::size_t ties = 0; ties < std::size_t{1} << g.ties.size(); ++ties)
      best = std::max(best, worth_of(g, ties, s));
    return best;
  });
}

TEST(Exchange, WorthsAreTheBestSetsOfTies) {
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(1'500); ++k) {
    oracle::Dice d(k);
    const auto g = any_network(1 + static_cast<unsigned>(k % 7), d, 9, 1 + static_cast<int>(k / 7 % 4));
    const auto got = exchange::worths(g);
    ASSERT_TRUE(got.has_value()) << written(g);
    EXPECT_LE(trial::distance(*got, best_worths(g)), 1e-12) << written(g);
  }
}

/// One exchange each: by matchings, without sets of ties.
TEST(Exchange, OneEachIsAMatching) {
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(300); ++k) {
    oracle::Dice d(k + 100'000);
    const auto g = any_network(2 + static_cast<unsigned>(k % 9), d, 45, 1);
    std::vector<Vec> weight(g.actors, Vec(g.actors, 0.0));
    for (const auto& t : g.ties) weight[t.a][t.b] = weight[t.b][t.a] = t.value;
    const auto got = exchange::worths(g);
    ASSERT_TRUE(got.has_value()) << written(g);
    const Vec want = oracle::table(g.actors, [&](Mask s) { return oracle::matching(weight, s); });
    EXPECT_LE(trial::distance(*got, want), 1e-12) << written(g);
  }
}

/// Balance by its definition: partners share evenly what their tie is worth beyond their best alternatives, nobody
/// could gain by a tie not used, and whoever has no partner has nothing (Kleinberg and Tardos 2008).
double imbalance(const exchange::Network& g, const std::vector<std::size_t>& used, const Vec& x) {
  std::vector<std::size_t> partner(g.actors, g.ties.size());
  for (std::size_t t : used) partner[g.ties[t].a] = partner[g.ties[t].b] = t;
  const auto alternative = [&](unsigned i) {
    double best = 0;
    for (std::size_t t = 0; t < g.ties.size(); ++t) {
      const auto& tie = g.ties[t];
      if (t != partner[i] && (tie.a == i || tie.b == i))
        best = std::max(best, tie.value - x[tie.a == i ? tie.b : tie.a]);
    }
    return best;
  };
  double worst = 0;
  for (std::size_t t = 0; t < g.ties.size(); ++t) {
    const auto& tie = g.ties[t];
    worst = std::max(worst, tie.value - x[tie.a] - x[tie.b]);
    if (partner[tie.a] != t) continue;
    worst = std::max(worst, std::abs(x[tie.a] + x[tie.b] - tie.value));
    worst = std::max(worst, std::abs((x[tie.a] - alternative(tie.a)) - (x[tie.b] - alternative(tie.b))));
  }
  for (unsigned i = 0; i < g.actors; ++i)
    if (partner[i] == g.ties.size()) worst = std::max(worst, std::abs(x[i]));
  return worst;
}

TEST(Exchange, OutcomesAreBalancedOrSaidNotToBe) {
  int empty = 0, full = 0;
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(1'500); ++k) {
    oracle::Dice d(k + 200'000);
    const bool one_each = k % 3 != 0;
    const auto g = any_network(2 + static_cast<unsigned>(k % 7), d, one_each ? 12 : 9, one_each ? 1 : 3);
    const auto got = exchange::solve(g);
    ASSERT_TRUE(got.has_value()) << got.error().message << written(g);
    const auto table = exchange::worths(g);
    ASSERT_TRUE(table.has_value());
    const Vec& v = *table;
    const std::string told = written(g) + "; x: " + ::testing::PrintToString(got->nucleolus);
    const Mask all = trial::grand(v);
    EXPECT_EQ(got->worth, v.back()) << told;
    std::size_t ties = 0;
    for (std::size_t t : got->used) {
      ASSERT_LT(t, g.ties.size()) << told;
      EXPECT_EQ(ties >> t & 1, 0U) << told;
      ties |= std::size_t{1} << t;
    }
    EXPECT_NEAR(worth_of(g, ties, all), got->worth, 1e-12) << told;
    EXPECT_LE(trial::distance(got->shapley, oracle::shapley_by_subsets(v)), 1e-10) << told;
    EXPECT_TRUE(got->kohlberg) << told;
    EXPECT_TRUE(oracle::kohlberg(v, got->nucleolus, true)) << told;
    const double least = oracle::core_minimum(v);
    if (std::abs(least - v.back()) > 1e-6) {
      EXPECT_EQ(got->core.empty, least > v.back()) << told;
    }
    EXPECT_EQ(got->balanced, !got->core.empty) << told;
    (got->core.empty ? empty : full) += 1;
    if (!one_each) continue;
    const double far = imbalance(g, got->used, got->nucleolus);
    EXPECT_NEAR(exchange::pairwise_imbalance(g, got->used, got->nucleolus), far, 1e-9) << told;
    if (got->balanced) {
      EXPECT_LE(far, 1e-7) << told;
    } else {
      EXPECT_GT(far, 1e-7) << told;
    }
    for (int beside = 0; beside < 4; ++beside) {  // partners divide all they have, but not evenly; then not even that
      Vec x(g.actors, 0.0);
      for (std::size_t t : got->used) {
        x[g.ties[t].a] = d.real(0, 1) * g.ties[t].value;
        x[g.ties[t].b] = g.ties[t].value - x[g.ties[t].a];
      }
      if (beside == 3) x[0] += 0.25;
      EXPECT_NEAR(exchange::pairwise_imbalance(g, got->used, x), imbalance(g, got->used, x), 1e-9) << told;
    }
  }
  EXPECT_GT(empty, trial::times(50));
  EXPECT_GT(full, trial::times(500));
}

/// Networks whose limits are too many for a table: some coalitions against a 0/1 programme.
TEST(Exchange, ManyPartnersAgainstIntegerProgrammes) {
  for (std::uint64_t k = 0; k < trial::times<std::uint64_t>(20); ++k) {
    oracle::Dice d(k + 300'000);
    exchange::Network g{.actors = 14};
    for (unsigned i = 0; i < g.actors; ++i) {
      for (unsigned step = 1; step <= 2; ++step)
        g.ties.push_back({i, (i + step) % g.actors, k % 2 == 0 ? d.real(0, 9) : d.whole(1, 9)});
      g.exchanges.push_back(3);
    }
    const auto got = exchange::worths(g);
    ASSERT_TRUE(got.has_value()) << got.error().message;
    for (int c = 0; c < 60; ++c) {
      const Mask s = c == 0 ? trial::grand(*got) : static_cast<Mask>(d.whole(1, static_cast<int>(trial::grand(*got))));
      oracle::Lp lp(static_cast<int>(g.ties.size()));
      for (std::size_t t = 0; t < g.ties.size(); ++t) {
        lp.objective(static_cast<int>(t + 1), g.ties[t].value);
        lp.column(static_cast<int>(t + 1), 0, in(s, g.ties[t].a) && in(s, g.ties[t].b) ? 1 : 0);
      }
      for (unsigned i = 0; i < g.actors; ++i) {
        std::vector<int> own;
        for (std::size_t t = 0; t < g.ties.size(); ++t)
          if (g.ties[t].a == i || g.ties[t].b == i) own.push_back(static_cast<int>(t + 1));
        lp.add_row(own, Vec(own.size(), 1.0), 0, g.exchanges[i]);
      }
      EXPECT_NEAR((*got)[s], lp.largest_whole(), 1e-7) << written(g) << "; coalition " << s;
    }
  }
}
}  // namespace
