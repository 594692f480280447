// The nucleolus against what theory says of it without any programme: invariances, desirability, and the families whose
// nucleolus has a formula, up to sizes that the oracles cannot reach.
#include "entente/kernel/coalition.hpp"
#include "property/coalition_oracle_lp.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace kernel = entente::coalition;
using kernel::Rationality;
using oracle::bit;
using oracle::in;
using oracle::Mask;
using oracle::Vec;
using trial::any_game;
using trial::distance;
using trial::times;

/// Empty when there is none.
Vec centre(const Vec& v, Rationality r = Rationality::individual) {
  const auto x = kernel::nucleolus(v, {.rationality = r});
  EXPECT_TRUE(x.has_value());
  EXPECT_TRUE(!x.has_value() || !x->exists || x->kohlberg);
  return x && x->exists ? x->payoff : Vec{};
}

TEST(NucleolusAxioms, RenamingScalingShifting) {
  trial::property(10'000, [] {
    const Vec v = any_game(2, 6);
    const unsigned n = oracle::players(v);
    const auto order = trial::any_order(n);
    oracle::Dice d = trial::any_dice();
    const double factor = std::pow(10.0, d.whole(-6, 9));
    Vec shift = d.wholes(n, -4, 4);
    if (d.chance(0.3)) shift[0] *= 1e5;  // a shift much larger than the game changes nothing either
    Vec moved = v;
    for (Mask s = 0; s < v.size(); ++s) moved[s] = factor * (v[s] + oracle::total(shift, s));
    for (const Rationality r : {Rationality::individual, Rationality::none}) {
      const Vec x = centre(v, r), y = centre(trial::renamed(v, order), r), z = centre(moved, r);
      RC_ASSERT(x.size() == y.size() && x.size() == z.size());
      for (unsigned i = 0; i < x.size(); ++i) {
        RC_ASSERT(std::abs(y[order[i]] - x[i]) < 1e-8);
        RC_ASSERT(std::abs(z[i] / factor - shift[i] - x[i]) < 1e-7);
      }
    }
  });
}

/// Who adds at least as much as another to every coalition without both gets at least as much (Maschler and Peleg 1966,
/// doi:10.2140/pjm.1966.18.289, for the kernel, which holds the nucleolus); who adds nothing gets nothing.
TEST(NucleolusAxioms, DesirabilityAndNulls) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(4'000); ++k) {
    const oracle::Game g = trial::numbered(k + 6'000'000, 2, 10);
    const Vec& v = g.worth;
    const double unit = oracle::scale(v);
    const Vec x = centre(v), y = centre(v, Rationality::none);
    for (unsigned i = 0; i < g.n; ++i) {
      bool null = true;
      for (Mask s = 0; s < v.size() && null; ++s) null = v[s | bit(i)] == v[s & ~bit(i)];
      EXPECT_TRUE(!null || ((x.empty() || std::abs(x[i]) <= 1e-8 * unit) && std::abs(y[i]) <= 1e-8 * unit))
          << trial::written(g, x);
      for (unsigned j = 0; j < g.n; ++j) {
        bool better = i != j;
        for (Mask s = 0; s < v.size() && better; ++s)
          if (!in(s, i) && !in(s, j)) better = v[s | bit(i)] >= v[s | bit(j)];
        EXPECT_TRUE(!better || ((x.empty() || x[i] >= x[j] - 1e-8 * unit) && y[i] >= y[j] - 1e-8 * unit))
            << trial::written(g, x);
      }
    }
  }
}

/// The Talmud's rule: half the claims bound gains below half of their sum, losses above (Aumann and Maschler 1985).
Vec talmud(double estate, const Vec& claims) {
  const double all = std::accumulate(claims.begin(), claims.end(), 0.0);
  const bool losses = estate > all / 2;
  const double left = losses ? all - estate : estate;
  double low = 0, high = all;
  for (int k = 0; k < 200; ++k) {
    const double level = (low + high) / 2;
    double sum = 0;
    for (double c : claims) sum += std::min(c / 2, level);
    (sum < left ? low : high) = level;
  }
  Vec x;
  for (double c : claims) x.push_back(losses ? c - std::min(c / 2, high) : std::min(c / 2, high));
  return x;
}

TEST(NucleolusFormulas, Bankruptcy) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(1'000); ++k) {
    oracle::Dice d(k);
    const unsigned n = 2 + static_cast<unsigned>(k % (k % 100 == 0 ? 13 : 10));
    const Vec claims = k % 2 == 0 ? d.wholes(n, 0, 20) : d.reals(n, 0, 20);
    const double all = std::accumulate(claims.begin(), claims.end(), 0.0), estate = d.real(0, 1) * all;
    const Vec v = oracle::table(n, [&](Mask s) { return std::max(0.0, estate - all + oracle::total(claims, s)); });
    EXPECT_LE(distance(centre(v), talmud(estate, claims)), 1e-8 * all) << "k = " << k;
  }
}

/// Whoever has a veto shares alone: the core of a simple game is all divisions between the vetoers (Peleg and
/// Sudhoelter 2007, 2.3), and the nucleolus, which is in it, treats them alike. The scarce side of a glove market takes
/// all.
TEST(NucleolusFormulas, VetoesAndGloves) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(300); ++k) {
    oracle::Dice d(k);
    const unsigned n = 3 + static_cast<unsigned>(k % (k % 50 == 0 ? 12 : 9)), vetoes = 1 + static_cast<unsigned>(k % 3);
    const Mask must = bit(std::min(vetoes, n)) - 1;
    const Vec w = d.wholes(n, 0, 5);
    const double quota = std::floor(std::accumulate(w.begin(), w.end(), 0.0) / 2);
    const Vec v =
        oracle::table(n, [&](Mask s) { return (s & must) == must && oracle::total(w, s) >= quota ? 1.0 : 0.0; });
    Mask all = oracle::bit(n) - 1, vetoers = all;
    for (Mask s = 1; s <= all; ++s)
      if (v[s] == 1) vetoers &= s;
    Vec want(n, 0.0);
    for (unsigned i = 0; i < n; ++i) want[i] = in(vetoers, i) ? 1.0 / oracle::size(vetoers) : 0;
    EXPECT_LE(distance(centre(v), want), 1e-9) << "k = " << k;
    const Mask left = bit(n / 2) - 1;  // one more glove on the right, or as many
    const Vec gloves =
        oracle::table(n, [&](Mask s) { return std::min(oracle::size(s & left), oracle::size(s & ~left)); });
    for (unsigned i = 0; i < n; ++i) want[i] = n % 2 == 0 ? 0.5 : in(left, i) ? 1 : 0;
    EXPECT_LE(distance(centre(gloves), want), 1e-9) << "k = " << k;
  }
}

/// Airport costs, Littlechild 1974, IJGT 3(1), 21-29 (as savings: the nucleolus of costs is each one's own cost
/// less this): the cheapest first, each step the least charge that any group of the cheaper could be made to bear.
Vec runway(Vec costs) {  // sorted upwards
  const std::size_t n = costs.size();
  Vec x(n, 0.0);
  double paid = 0;
  for (std::size_t done = 0; done < n;) {
    double least = INFINITY;
    std::size_t upto = n;
    for (std::size_t k = done; k < n; ++k) {  // players done..k each pay the same; the last two steps share equally
      const double charge = (costs[k] - paid) / static_cast<double>(k + 1 == n ? k - done + 1 : k - done + 2);
      if (charge <= least) {
        least = charge;
        upto = k + 1;
      }
    }
    for (std::size_t i = done; i < upto; ++i) x[i] = least;
    paid += least * static_cast<double>(upto - done);
    done = upto;
  }
  return x;
}

TEST(NucleolusFormulas, Airport) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(1'000); ++k) {
    oracle::Dice d(k);
    const unsigned n = 2 + static_cast<unsigned>(k % 10);
    Vec costs = k % 2 == 0 ? d.wholes(n, 1, 12) : d.reals(n, 1, 12);
    std::sort(costs.begin(), costs.end());
    const Vec v = oracle::table(
        n, [&](Mask s) { return oracle::total(costs, s) - costs[static_cast<std::size_t>(std::bit_width(s)) - 1]; });
    Vec want = runway(costs);
    for (unsigned i = 0; i < n; ++i) want[i] = costs[i] - want[i];
    EXPECT_LE(distance(centre(v), want), 1e-8) << "k = " << k << ::testing::PrintToString(costs);
  }
}

/// Larger games, where only the two judges reach, and no bit depends on threads.
void judged(std::uint64_t k, unsigned n) {
  const oracle::Game g = oracle::game(k, n);
  const auto x = kernel::nucleolus(g.worth), y = kernel::nucleolus(g.worth, {.judge = false, .threads = 3});
  ASSERT_TRUE(x.has_value() && y.has_value()) << g.name;
  EXPECT_TRUE(x->payoff == y->payoff && x->levels == y->levels && !y->kohlberg) << g.name;
  const auto one = kernel::least_core(g.worth), three = kernel::least_core(g.worth, {.threads = 3});
  ASSERT_TRUE(one.has_value() && three.has_value()) << g.name;
  EXPECT_TRUE(one->payoff == three->payoff && one->epsilon == three->epsilon && one->weights == three->weights);
  EXPECT_NEAR(oracle::largest_excess(g.worth, one->payoff), one->epsilon, 1e-9 * oracle::scale(g.worth)) << g.name;
  if (!x->exists) return;
  EXPECT_TRUE(x->kohlberg) << g.name;
  EXPECT_TRUE(oracle::kohlberg(g.worth, x->payoff, true)) << g.name;
}
TEST(NucleolusFormulas, LargerGamesPassBothJudges) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(64) && !HasFatalFailure(); ++k)
    judged(k + 7'000'000, 13 + static_cast<unsigned>(k / 32 % 2));
  for (std::uint64_t k : {0, 3, 5, 7, 20, 21, 26})  // uniform, monotone, convex, voting, bankruptcy, matching, trees
    for (unsigned n = 16; n <= (entente::tests::effort() < 1 ? 16u : 18u); ++n) judged(32 * n + k, n);
}
}  // namespace
