// Random games: every equilibrium passes the judge, brute force misses no pure one and finds no other, mixed ones of
// two players against enumeration of supports. ENTENTE_TEST_EFFORT=10 plays ten times as many.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <set>

#include "entente/kernel/game_signalling.hpp"
#include "support/property.hpp"

namespace gm = entente::game;

namespace {

using entente::tests::times;

// Small whole payoffs in every second game, so that ties and degenerate cases are common.
gm::Signalling random_game(std::mt19937_64& r, unsigned most) {
  const auto whole = [&](int n) { return static_cast<unsigned>(r() % static_cast<unsigned>(n)); };
  std::uniform_real_distribution<double> u(-1, 1);
  gm::Signalling g{.types = 1 + whole(most), .signals = 1 + whole(most), .actions = 1 + whole(most)};
  const bool coarse = whole(2) == 0;
  double sum = 0;
  for (unsigned t = 0; t < g.types; ++t) g.prior.push_back(coarse ? 1 + whole(4) : 0.1 + std::abs(u(r)));
  for (const double p : g.prior) sum += p;
  for (double& p : g.prior) p /= sum;
  for (unsigned k = 0; k < g.types * g.signals * g.actions; ++k) {
    g.sender.push_back(coarse ? whole(5) : u(r));
    g.receiver.push_back(coarse ? whole(5) : u(r));
  }
  if (whole(4) == 0) {
    g.can.assign(g.types * g.signals, 1);
    for (auto& c : g.can) c = whole(4) != 0;
    if (!gm::validate(g)) g.can.clear();
  }
  return g;
}

double pay(const gm::Signalling& g, const std::vector<double>& of, std::size_t t, std::size_t m, std::size_t a) {
  return of[(t * g.signals + m) * g.actions + a];
}

// Is there a belief over these types that makes action a best after m? Every vertex of the arrangement of the belief
// simplex and the halfspaces is tried: as many equations as types, solved by elimination.
bool supportable(const gm::Signalling& g, std::size_t m, std::size_t a, const std::vector<std::size_t>& types) {
  const std::size_t n = types.size();
  std::vector<std::vector<double>> halfspaces;
  for (std::size_t k = 0; k < n; ++k) {
    halfspaces.emplace_back(n, 0.0);
    halfspaces.back()[k] = 1;
  }
  for (std::size_t b = 0; b < g.actions; ++b) {
    if (b == a) continue;
    halfspaces.emplace_back();
    for (const std::size_t t : types)
      halfspaces.back().push_back(pay(g, g.receiver, t, m, a) - pay(g, g.receiver, t, m, b));
  }
  const auto holds = [&](const std::vector<double>& x) {
    for (const auto& h : halfspaces) {
      double v = 0;
      for (std::size_t k = 0; k < n; ++k) v += h[k] * x[k];
      if (v < -1e-9) return false;
    }
    return true;
  };
  for (std::uint32_t mask = 0; mask < (1u << halfspaces.size()); ++mask) {
    if (static_cast<std::size_t>(__builtin_popcount(mask)) + 1 != n) continue;
    std::vector<std::vector<double>> rows{std::vector<double>(n + 1, 1.0)};
    for (std::size_t k = 0; k < halfspaces.size(); ++k)
      if (mask >> k & 1u) {
        rows.push_back(halfspaces[k]);
        rows.back().push_back(0);
      }
    bool unique = true;
    for (std::size_t c = 0; c < n && unique; ++c) {
      std::size_t p = c;
      for (std::size_t k = c; k < n; ++k)
        if (std::abs(rows[k][c]) > std::abs(rows[p][c])) p = k;
      if (std::abs(rows[p][c]) < 1e-12) unique = false;
      std::swap(rows[p], rows[c]);
      for (std::size_t k = 0; k < n && unique; ++k)
        if (k != c)
          for (std::size_t q = n + 1; q-- > c;) rows[k][q] -= rows[k][c] / rows[c][c] * rows[c][q];
    }
    if (!unique) continue;
    std::vector<double> x(n);
    for (std::size_t k = 0; k < n; ++k) x[k] = rows[k][n] / rows[k][k];
    if (holds(x)) return true;
  }
  return false;
}

using Profile = std::pair<std::vector<std::size_t>, std::vector<std::size_t>>;  // signal by type, action by signal

bool next(std::vector<std::size_t>& at, std::size_t most) {
  for (auto& k : at) {
    if (++k < most) return true;
    k = 0;
  }
  return false;
}

std::set<Profile> brute(const gm::Signalling& g) {
  std::set<Profile> out;
  std::vector<std::vector<std::uint8_t>> can(g.signals, std::vector<std::uint8_t>(g.actions));
  for (std::size_t m = 0; m < g.signals; ++m)
    for (std::size_t a = 0; a < g.actions; ++a) {
      std::vector<std::size_t> types;
      for (std::size_t t = 0; t < g.types; ++t)
        if (g.may(t, m)) types.push_back(t);
      can[m][a] = supportable(g, m, a, types);
    }
  std::vector<std::size_t> s(g.types, 0);
  do {
    std::vector<std::size_t> r(g.signals, 0);
    do {
      bool fine = true;
      for (std::size_t t = 0; t < g.types && fine; ++t) {
        fine = g.may(t, s[t]);
        for (std::size_t m = 0; m < g.signals && fine; ++m)
          fine = !g.may(t, m) || pay(g, g.sender, t, m, r[m]) <= pay(g, g.sender, t, s[t], r[s[t]]) + 1e-9;
      }
      for (std::size_t m = 0; m < g.signals && fine; ++m) {
        bool sent = false;
        std::vector<double> value(g.actions, 0.0);
        for (std::size_t t = 0; t < g.types; ++t) {
          if (s[t] != m) continue;
          sent = true;
          for (std::size_t a = 0; a < g.actions; ++a) value[a] += g.prior[t] * pay(g, g.receiver, t, m, a);
        }
        if (!sent) fine = can[m][r[m]];
        else fine = value[r[m]] >= *std::ranges::max_element(value) - 1e-9;
      }
      if (fine) out.emplace(s, r);
    } while (next(r, g.actions));
  } while (next(s, g.signals));
  return out;
}

Profile profile(const gm::Equilibrium& e) {
  Profile p;
  for (const auto& x : e.signal) p.first.push_back(std::ranges::find(x, 1.0) - x.begin());
  for (const auto& x : e.reply) p.second.push_back(std::ranges::find(x, 1.0) - x.begin());
  return p;
}

// Cho and Kreps's test by its definition.
bool survives(const gm::Signalling& g, const gm::Equilibrium& e) {
  for (std::size_t m = 0; m < g.signals; ++m) {
    if (e.sent[m]) continue;
    std::vector<std::size_t> all, left;
    for (std::size_t t = 0; t < g.types; ++t)
      if (g.may(t, m)) all.push_back(t);
    for (const std::size_t t : all) {
      double most = -1e9;
      for (std::size_t a = 0; a < g.actions; ++a)
        if (supportable(g, m, a, all)) most = std::max(most, pay(g, g.sender, t, m, a));
      if (e.payoff[t] <= most + 1e-9) left.push_back(t);
    }
    if (left.empty()) continue;
    for (const std::size_t t : left) {
      double least = 1e9;
      for (std::size_t a = 0; a < g.actions; ++a)
        if (supportable(g, m, a, left)) least = std::min(least, pay(g, g.sender, t, m, a));
      if (e.payoff[t] < least - 1e-9) return false;
    }
  }
  return true;
}

TEST(SignallingProperty, BruteForceMissesNothingAndFindsNothingElse) {
  std::mt19937_64 r(1);
  std::size_t found = 0, none = 0, refused = 0;
  for (int k = 0; k < times(5000); ++k) {
    const auto g = random_game(r, 3);
    ASSERT_TRUE(gm::validate(g));
    const auto all = gm::pure(g);
    ASSERT_TRUE(all.has_value());
    std::set<Profile> mine;
    for (const auto& e : *all) {
      ASSERT_LT(gm::check(g, e), 1e-9) << k;
      ASSERT_EQ(e.intuitive, survives(g, e)) << k;
      refused += !e.intuitive;
      mine.insert(profile(e));
    }
    ASSERT_EQ(mine.size(), all->size()) << k;
    ASSERT_EQ(mine, brute(g)) << k;
    found += all->size();
    none += all->empty();
  }
  EXPECT_GT(found, times(5000u));
  EXPECT_GT(none, times(20u));
  EXPECT_GT(refused, times(100u));
}

TEST(SignallingProperty, MixedOnesPassTheJudgeAndHoldThePureOnes) {
  std::mt19937_64 r(2);
  std::size_t mixed = 0;
  for (int k = 0; k < times(3000); ++k) {
    const auto g = random_game(r, 3);
    const auto set = gm::mixed(g);
    ASSERT_TRUE(set.has_value()) << k << set.error().message;
    ASSERT_FALSE(set->extreme.empty()) << k;  // every game has an equilibrium
    for (const auto& e : set->extreme) {
      ASSERT_LT(gm::check(g, e), 1e-7) << k;
      mixed += !e.pure;
    }
    const auto pure = gm::pure(g);
    for (const auto& e : *pure)
      ASSERT_TRUE(std::ranges::any_of(set->extreme, [&](const gm::Equilibrium& o) {
        if (o.signal != e.signal || o.sent != e.sent) return false;
        for (std::size_t m = 0; m < g.signals; ++m)
          if (e.sent[m] && o.reply[m] != e.reply[m]) return false;
        return true;
      })) << k;
  }
  EXPECT_GT(mixed, times(500u));
}

// Another road: where every signal is sent, Nash equilibria of the tree (bimatrix, reduced strategies) are perfect
// Bayesian.
TEST(SignallingProperty, NashEquilibriaThatSendEverySignalAreThere) {
  std::mt19937_64 r(6);
  std::size_t compared = 0;
  for (int k = 0; k < 1500; ++k) {  // minutes for the larger ones: the tree's reduced form has up to 27 x 27 cells
    const auto g = random_game(r, entente::tests::effort() > 2 ? 3 : 2);
    if (g.sender[0] == std::round(g.sender[0])) continue;  // whole payoffs: continua, whose ends differ by the road
    const auto nash = gm::mixed(gm::extensive(g));
    if (!nash) continue;  // more than 100 reduced strategies of one player
    const auto set = gm::mixed(g);
    for (const auto& b : nash->extreme) {
      std::vector<double> sent(g.signals, 0.0);
      std::vector<std::vector<double>> sigma;
      for (std::size_t t = 0; t < g.types; ++t) {
        sigma.emplace_back(g.signals, 0.0);
        std::size_t move = 0;
        for (std::size_t m = 0; m < g.signals; ++m)
          if (g.may(t, m)) sent[m] += sigma.back()[m] = b[t][move++];
      }
      if (std::ranges::any_of(sent, [](double s) { return !(s > 1e-6); })) continue;
      ++compared;
      ASSERT_TRUE(std::ranges::any_of(set->extreme, [&](const gm::Equilibrium& e) {
        double apart = 0;
        for (std::size_t t = 0; t < g.types; ++t)
          for (std::size_t m = 0; m < g.signals; ++m) apart = std::max(apart, std::abs(e.signal[t][m] - sigma[t][m]));
        for (std::size_t m = 0; m < g.signals; ++m)
          for (std::size_t a = 0; a < g.actions; ++a)
            apart = std::max(apart, std::abs(e.reply[m][a] - b[g.types + m][a]));
        return apart < 1e-6;
      })) << k;
    }
  }
  EXPECT_GT(compared, times(200u));
}

TEST(SignallingProperty, OrderAndUnitsDoNotMatter) {
  std::mt19937_64 r(3);
  for (int k = 0; k < times(1000); ++k) {
    const auto g = random_game(r, 3);
    auto h = g;  // types in the other order, each type's payoffs in a unit of its own
    for (std::size_t t = 0; t < g.types; ++t) {
      const std::size_t o = g.types - 1 - t;
      h.prior[t] = g.prior[o];
      for (std::size_t m = 0; m < g.signals; ++m) {
        if (!g.can.empty()) h.can[t * g.signals + m] = g.can[o * g.signals + m];
        for (std::size_t a = 0; a < g.actions; ++a) {
          const std::size_t at = (t * g.signals + m) * g.actions + a;
          h.sender[at] = 8 * pay(g, g.sender, o, m, a) - static_cast<double>(t);
          h.receiver[at] = 4 * pay(g, g.receiver, o, m, a) + static_cast<double>(m);
        }
      }
    }
    std::set<Profile> a, b;
    const auto of_g = gm::pure(g), of_h = gm::pure(h);
    for (const auto& e : *of_g) a.insert(profile(e));
    for (const auto& e : *of_h) {
      auto p = profile(e);
      std::ranges::reverse(p.first);
      b.insert(p);
    }
    ASSERT_EQ(a, b) << k;
  }
}

TEST(LogitProperty, PointsOfTheBranchSolveTheEquations) {
  std::mt19937_64 r(4);
  int ended = 0;
  const int games = times(1000);
  for (int k = 0; k < games; ++k) {
    const auto tree = gm::extensive(random_game(r, 3));
    const auto path = gm::logit(tree, {.at = {0, 0.3, 2}, .regret = 1e-4});
    ASSERT_TRUE(path.has_value());
    for (const auto& q : path->at) {
      if (std::isnan(q.residual)) continue;
      ASSERT_LT(gm::check_logit(tree, q.lambda, q.behaviour), 1e-8) << k;
    }
    ended += path->stop == gm::LogitStop::regret;
    ASSERT_TRUE(path->stop != gm::LogitStop::regret || gm::check(tree, path->last.behaviour) < 1e-3) << k;
  }
  EXPECT_GE(ended, games * 95 / 100) << "branches that did not reach their end";
}

// Nondegenerate games: equal supports, indifference solved by elimination.
std::size_t by_supports(const gm::Strategic& g) {
  const std::size_t n = g.strategies[0], m = g.strategies[1];
  const auto pays = [&](std::size_t i, std::size_t j, std::size_t p) { return g.payoff[(i + j * n) * 2 + p]; };
  const auto solve = [](std::vector<std::vector<double>> a) {  // square with right side
    const std::size_t k = a.size();
    for (std::size_t c = 0; c < k; ++c) {
      std::size_t p = c;
      for (std::size_t q = c; q < k; ++q)
        if (std::abs(a[q][c]) > std::abs(a[p][c])) p = q;
      if (std::abs(a[p][c]) < 1e-13) return std::vector<double>{};
      std::swap(a[p], a[c]);
      for (std::size_t q = 0; q < k; ++q)
        if (q != c)
          for (std::size_t z = k + 1; z-- > c;) a[q][z] -= a[q][c] / a[c][c] * a[c][z];
    }
    std::vector<double> x;
    for (std::size_t c = 0; c < k; ++c) x.push_back(a[c][k] / a[c][c]);
    return x;
  };
  std::size_t count = 0;
  for (std::uint32_t s = 1; s < (1u << n); ++s)
    for (std::uint32_t t = 1; t < (1u << m); ++t) {
      if (__builtin_popcount(s) != __builtin_popcount(t)) continue;
      std::vector<std::size_t> is, js;
      for (std::size_t i = 0; i < n; ++i)
        if (s >> i & 1u) is.push_back(i);
      for (std::size_t j = 0; j < m; ++j)
        if (t >> j & 1u) js.push_back(j);
      const std::size_t k = is.size();
      std::vector<std::vector<double>> a, b;  // unknown y and u; x and v
      for (std::size_t q = 0; q < k; ++q) {
        a.emplace_back();
        b.emplace_back();
        for (std::size_t z = 0; z < k; ++z) {
          a.back().push_back(pays(is[q], js[z], 0));
          b.back().push_back(pays(is[z], js[q], 1));
        }
        a.back().insert(a.back().end(), {-1.0, 0.0});
        b.back().insert(b.back().end(), {-1.0, 0.0});
      }
      a.emplace_back(k, 1.0);
      a.back().insert(a.back().end(), {0.0, 1.0});
      b.push_back(a.back());
      const auto y = solve(a), x = solve(b);
      if (x.empty() || y.empty()) continue;
      bool fine = true;
      for (std::size_t z = 0; z < k; ++z) fine = fine && x[z] > 0 && y[z] > 0;
      for (std::size_t i = 0; i < n && fine; ++i) {
        double u = 0;
        for (std::size_t z = 0; z < k; ++z) u += y[z] * pays(i, js[z], 0);
        fine = u <= y[k] + 1e-11;
      }
      for (std::size_t j = 0; j < m && fine; ++j) {
        double v = 0;
        for (std::size_t z = 0; z < k; ++z) v += x[z] * pays(is[z], j, 1);
        fine = v <= x[k] + 1e-11;
      }
      count += fine;
    }
  return count;
}

TEST(BimatrixProperty, AsManyAsSupportsGiveAndAnOddNumber) {
  std::mt19937_64 r(5);
  std::uniform_real_distribution<double> u(-1, 1);
  for (int k = 0; k < times(1500); ++k) {
    gm::Strategic g{.strategies = {1 + static_cast<std::uint32_t>(r() % 5), 1 + static_cast<std::uint32_t>(r() % 5)}};
    const bool coarse = k % 3 == 0;
    for (std::uint32_t c = 0; c < 2 * g.strategies[0] * g.strategies[1]; ++c)
      g.payoff.push_back(coarse ? static_cast<double>(r() % 4) : u(r));
    const auto set = gm::bimatrix(g);
    ASSERT_TRUE(set.has_value());
    ASSERT_FALSE(set->extreme.empty());
    for (const auto& e : set->extreme) ASSERT_LT(gm::check(g, e), 1e-9) << k;
    const auto pure = gm::pure(g);
    for (const auto& p : *pure)
      ASSERT_TRUE(
          std::ranges::any_of(set->extreme, [&](const gm::Mixed& e) { return e.x[p[0]] == 1 && e.y[p[1]] == 1; }));
    if (coarse) continue;
    ASSERT_FALSE(set->degenerate);
    ASSERT_EQ(set->extreme.size() % 2, 1u);  // Wilson 1971
    ASSERT_EQ(set->extreme.size(), by_supports(g)) << k;
  }
}

}  // namespace
