// Values against their definitions, and against the axioms that single them out.
#include "entente/kernel/coalition.hpp"
#include "entente/kernel/coalition_exact.hpp"
#include "property/coalition_oracle.hpp"
#include "property/coalition_trial.hpp"

namespace {
namespace kernel = entente::coalition;
using oracle::bit;
using oracle::in;
using oracle::Mask;
using oracle::Vec;
using trial::any_game;
using trial::distance;
using trial::times;

/// The value of v by one of the kernel's functions; an error is no value at all.
template <class F, class... Args>
Vec by(F f, const Vec& v, const Args&... args) {
  Vec x(oracle::players(v));
  const auto done = f(v, args..., x);
  return done ? x : Vec{};
}
Vec shapley(const Vec& v) {
  return by([](const Vec& w, Vec& x) { return kernel::shapley(w, x); }, v);
}
Vec banzhaf(const Vec& v) {
  return by([](const Vec& w, Vec& x) { return kernel::banzhaf(w, x); }, v);
}
Vec solidarity(const Vec& v) {
  return by([](const Vec& w, Vec& x) { return kernel::solidarity(w, x); }, v);
}
Vec weighted(const Vec& v, const Vec& weights) {
  return by([](const Vec& w, const Vec& u, Vec& x) { return kernel::weighted_shapley(w, u, x); }, v, weights);
}
Vec owen(const Vec& v, const std::vector<Mask>& unions) {
  return by([](const Vec& w, const std::vector<Mask>& u, Vec& x) { return kernel::owen(w, u, x); }, v, unions);
}
Vec myerson(const Vec& v, const oracle::Links& links) {
  return by([](const Vec& w, const oracle::Links& g, Vec& x) { return kernel::myerson(w, g, x); }, v, links);
}

/// Each player in a union of its own or with others, at random.
std::vector<Mask> any_unions(unsigned n, oracle::Dice& d) {
  std::vector<Mask> unions(n, 0);
  for (unsigned i = 0; i < n; ++i) unions[static_cast<unsigned>(d.whole(0, static_cast<int>(n) - 1))] |= bit(i);
  std::erase(unions, 0U);
  return unions;
}
oracle::Links any_links(unsigned n, oracle::Dice& d) {
  oracle::Links links;
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = 0; j < n; ++j)
      if (i != j && d.chance(1.2 / n)) links.emplace_back(i, j);
  return links;
}

TEST(Values, AreTheirDefinitions) {
  for (std::uint64_t k = 0; k < times<std::uint64_t>(10'000); ++k) {
    const oracle::Game g = trial::numbered(k + 4'000'000, 2, k % 500 == 0 ? 8 : 6);
    const Vec& v = g.worth;
    const double t = 1e-12 * oracle::scale(v) * static_cast<double>(v.size());
    oracle::Dice d(k);
    const Vec weights = d.reals(g.n, 0.01, 5);
    std::vector<Mask> unions = any_unions(g.n, d);
    const oracle::Links links = any_links(g.n, d);
    const std::string told = trial::written(g, weights);
    EXPECT_LE(distance(shapley(v), oracle::shapley_by_orders(v)), t) << told;
    EXPECT_LE(distance(banzhaf(v), oracle::banzhaf(v)), t) << told;
    EXPECT_LE(distance(solidarity(v), oracle::solidarity(v)), t) << told;
    EXPECT_LE(distance(weighted(v, weights), oracle::weighted_shapley_by_orders(v, weights)), 10 * t) << told;
    EXPECT_LE(distance(myerson(v, links), oracle::myerson(v, links)), t) << told;
    const Vec want = oracle::owen(v, unions);
    EXPECT_LE(distance(owen(v, unions), want), t) << told;
    std::erase_if(unions, [](Mask u) { return oracle::size(u) == 1; });  // who is in no union is one of its own
    EXPECT_LE(distance(owen(v, unions), want), t) << told;
    Vec dividends = v;
    kernel::dividends(dividends);
    EXPECT_LE(distance(dividends, oracle::dividends(v)), t) << told;
    kernel::worths_from_dividends(dividends);
    EXPECT_LE(distance(dividends, v), t) << told;
    Vec restricted = v;
    EXPECT_TRUE(kernel::restrict_to_links(restricted, links).has_value());
    EXPECT_LE(distance(restricted, oracle::restricted(v, links)), t) << told;
  }
}

TEST(Values, AreTheSameWithMoreThreads) {
  for (std::uint64_t k = 0; k < 64; ++k) {
    const oracle::Game g = trial::numbered(k, 9, 14);
    Vec one(g.n), four(g.n);
    ASSERT_TRUE(kernel::shapley(g.worth, one, 1).has_value() && kernel::shapley(g.worth, four, 4).has_value());
    EXPECT_EQ(one, four) << g.name;
    ASSERT_TRUE(kernel::banzhaf(g.worth, one, 1).has_value() && kernel::banzhaf(g.worth, four, 3).has_value());
    EXPECT_EQ(one, four) << g.name;
    EXPECT_LE(distance(shapley(g.worth), oracle::shapley_by_subsets(g.worth)), 1e-11 * oracle::scale(g.worth));
    EXPECT_LE(distance(banzhaf(g.worth), oracle::banzhaf(g.worth)), 1e-11 * oracle::scale(g.worth));
  }
}

/// Whole worths, whole arithmetic: marginal contributions over all n! orders, and over all 2^(n-1) coalitions.
TEST(Values, ExactFractions) {
  trial::property(5'000, [] {
    const Vec v = any_game(1, 6);
    const unsigned n = oracle::players(v);
    const std::vector<std::int64_t> whole(v.begin(), v.end());
    const auto denominator = *rc::gen::inRange<std::int64_t>(1, 12);
    std::vector<std::int64_t> orders(n, 0), sets(n, 0);
    oracle::each_order(n, [&](const std::vector<unsigned>& order) {
      Mask s = 0;
      for (unsigned i : order) {
        orders[i] += whole[s | bit(i)] - whole[s];
        s |= bit(i);
      }
    });
    for (unsigned i = 0; i < n; ++i)
      for (Mask s = 0; s < v.size(); ++s)
        if (!in(s, i)) sets[i] += whole[s | bit(i)] - whole[s];
    const auto phi = kernel::exact_shapley(whole, denominator), beta = kernel::exact_banzhaf(whole, denominator);
    RC_ASSERT(phi.has_value() && beta.has_value());
    const auto is = [&](const entente::Fraction& f, std::int64_t a, std::int64_t b) {
      const std::int64_t g = std::gcd(a, b);
      return f.numerator == a / g && f.denominator == b / g;
    };
    for (unsigned i = 0; i < n; ++i) {
      RC_ASSERT(is((*phi)[i], orders[i], static_cast<std::int64_t>(oracle::factorial(n)) * denominator));
      RC_ASSERT(is((*beta)[i], sets[i], (std::int64_t{1} << (n - 1)) * denominator));
    }
  });
}

TEST(Values, EfficientSymmetricAdditive) {
  trial::property(15'000, [] {
    const Vec v = any_game(1, 7);
    const unsigned n = oracle::players(v);
    Vec w = v;
    for (double& a : w) a = a == 0 ? 0 : *rc::gen::inRange(-9, 10);
    const Vec weights = trial::any_weights(n);
    oracle::Dice d = trial::any_dice();
    const auto unions = any_unions(n, d);
    const auto links = any_links(n, d);
    const auto order = trial::any_order(n);
    const auto called = [&](unsigned i) { return order[i]; };
    Vec weights2(n);
    for (unsigned i = 0; i < n; ++i) weights2[order[i]] = weights[i];
    std::vector<Mask> unions2;
    for (Mask u : unions) unions2.push_back(trial::renamed(u, order));
    oracle::Links links2;
    for (auto [a, b] : links) links2.emplace_back(called(b), called(a));
    const auto holds = [&](const auto& value, const auto& value2, bool efficient) {
      const Vec x = value(v), y = value(w), z = value(trial::sum(v, w)), other = value2(trial::renamed(v, order));
      RC_ASSERT(distance(z, trial::sum(x, y)) < 1e-9);
      if (efficient) RC_ASSERT(std::abs(oracle::total(x, trial::grand(v)) - v.back()) < 1e-9);
      for (unsigned i = 0; i < n; ++i) RC_ASSERT(std::abs(other[order[i]] - x[i]) < 1e-9);
    };
    holds(shapley, shapley, true);
    holds(banzhaf, banzhaf, false);
    holds(solidarity, solidarity, true);
    holds([&](const Vec& a) { return weighted(a, weights); }, [&](const Vec& a) { return weighted(a, weights2); },
          true);
    holds([&](const Vec& a) { return owen(a, unions); }, [&](const Vec& a) { return owen(a, unions2); }, true);
    holds([&](const Vec& a) { return myerson(a, links); }, [&](const Vec& a) { return myerson(a, links2); }, false);
  });
}

/// A null player gets nothing and is as good as absent; a dummy gets its own worth.
TEST(Values, NullsAndDummies) {
  trial::property(10'000, [] {
    const Vec v = any_game(1, 6);
    const unsigned n = oracle::players(v), at = trial::any_of(0, n);
    const double own = *rc::gen::inRange(-3, 4);
    const Mask below = bit(at) - 1;
    const auto without = [&](Mask s) { return (s & below) | ((s >> 1) & ~below); };
    const Vec w = oracle::table(n + 1, [&](Mask s) { return v[without(s & ~bit(at))] + (in(s, at) ? own : 0); });
    const Vec weights = trial::any_weights(n + 1);
    Vec fewer = weights;
    fewer.erase(fewer.begin() + at);
    const auto same = [&](Vec x, const Vec& y) {
      RC_ASSERT(std::abs(x[at] - own) < 1e-9);
      x.erase(x.begin() + at);
      RC_ASSERT(distance(x, y) < 1e-9);
    };
    same(shapley(w), shapley(v));
    same(banzhaf(w), banzhaf(v));
    same(weighted(w, weights), weighted(v, fewer));
    same(owen(w, {}), shapley(v));
    const auto r = kernel::nucleolus(w, {.rationality = kernel::Rationality::none});
    RC_ASSERT(r.has_value());
    RC_ASSERT(std::abs(r->payoff[at] - own) < 1e-9);
  });
}

/// Owen: what a union gets is the Shapley value of the game between the unions.
TEST(Values, UnionsGetTheValueOfTheirGame) {
  trial::property(10'000, [] {
    const Vec v = any_game(1, 7);
    oracle::Dice d = trial::any_dice();
    const auto unions = any_unions(oracle::players(v), d);
    const unsigned m = static_cast<unsigned>(unions.size());
    const Vec between = oracle::table(m, [&](Mask s) {
      Mask all = 0;
      for (unsigned k = 0; k < m; ++k)
        if (in(s, k)) all |= unions[k];
      return v[all];
    });
    const Vec x = owen(v, unions), y = oracle::shapley_by_subsets(between);
    for (unsigned k = 0; k < m; ++k) RC_ASSERT(std::abs(oracle::total(x, unions[k]) - y[k]) < 1e-9);
  });
}

/// Myerson: a component divides just its own worth, and both ends of a link lose the same by its breaking.
TEST(Values, LinksAreFair) {
  trial::property(10'000, [] {
    const Vec v = any_game(2, 7);
    const unsigned n = oracle::players(v);
    oracle::Dice d = trial::any_dice();
    oracle::Links links = any_links(n, d);
    std::erase_if(links, [](auto l) { return l.first > l.second; });
    const Vec x = myerson(v, links);
    const Vec alone = oracle::restricted(v, links);
    RC_ASSERT(std::abs(oracle::total(x, trial::grand(v)) - alone.back()) < 1e-9);
    for (Mask s = 1; s < v.size(); ++s) {
      const bool closed =
          std::none_of(links.begin(), links.end(), [&](auto l) { return in(s, l.first) != in(s, l.second); });
      if (closed) RC_ASSERT(std::abs(oracle::total(x, s) - alone[s]) < 1e-9);
    }
    RC_PRE(!links.empty());
    const auto cut = links.back();
    links.pop_back();
    const Vec y = myerson(v, links);
    RC_ASSERT(std::abs((x[cut.first] - y[cut.first]) - (x[cut.second] - y[cut.second])) < 1e-9);
  });
}

/// Lehrer 1988: two players who merge get what they got apart by the Banzhaf value.
TEST(Values, BanzhafOfTwoWhoMerge) {
  trial::property(10'000, [] {
    const Vec v = any_game(2, 7);
    const unsigned n = oracle::players(v);
    const Mask pair = bit(n - 1) | bit(n - 2);
    const Vec merged = oracle::table(n - 1, [&](Mask s) { return v[in(s, n - 2) ? s | pair : s]; });
    const Vec x = banzhaf(v), y = banzhaf(merged);
    RC_ASSERT(std::abs(x[n - 1] + x[n - 2] - y[n - 2]) < 1e-9);
    Vec z(n);
    const auto scaled = kernel::normalised_banzhaf(v, z);
    RC_ASSERT(scaled.has_value());
    const double sum = oracle::total(x, trial::grand(v));
    RC_ASSERT(*scaled == (std::abs(sum) > 1e-9));
    for (unsigned i = 0; i < n; ++i) RC_ASSERT(std::abs(z[i] - (*scaled ? x[i] * v.back() / sum : x[i])) < 1e-9);
  });
}

/// Nash: no other division that gives each at least its disagreement payoff has a larger product of gains.
TEST(Values, NashHasTheLargestProduct) {
  trial::property(10'000, [] {
    const unsigned n = trial::any_of(1, 7);
    const Vec weights = trial::any_weights(n);
    oracle::Dice d = trial::any_dice();
    const Vec least = d.reals(n, -5, 5);
    const double all = oracle::total(least, bit(n) - 1), grand = all + d.real(-2, 5);
    Vec x(n);
    const auto b = kernel::nash(grand, least, weights, x);
    RC_ASSERT(b.has_value());
    RC_ASSERT(b->agreement == (grand >= all));
    RC_ASSERT(std::abs(b->gain - (grand - all)) < 1e-12);
    if (!b->agreement) {
      RC_ASSERT(x == least);
      return;
    }
    RC_ASSERT(std::abs(oracle::total(x, bit(n) - 1) - grand) < 1e-9);
    const auto product = [&](const Vec& y) {
      double log = 0;
      for (unsigned i = 0; i < n; ++i) log += weights[i] * std::log(std::max(0.0, y[i] - least[i]));
      return log;
    };
    for (int k = 0; k < 20; ++k) {
      Vec share = d.reals(n, 0, 1), y = least;
      const double whole = oracle::total(share, bit(n) - 1);
      for (unsigned i = 0; i < n; ++i) {
        const double far = (grand - all) * share[i] / whole, near = x[i] - least[i];
        y[i] += k % 2 == 0 ? far : near + 0.01 * (far - near);
      }
      RC_ASSERT(product(y) <= product(x) + 1e-9);
    }
  });
}

TEST(Values, ConvexAndSuperadditiveByDefinition) {
  const auto is = [](const Vec& v) {
    const double t = 1e-9 * oracle::scale(v);
    RC_ASSERT(kernel::convex(v) == oracle::convex(v, t));
    RC_ASSERT(kernel::superadditive(v) == oracle::superadditive(v, t));
    const auto c = kernel::convexity_violation(v), s = kernel::superadditivity_violation(v);
    RC_ASSERT(c.has_value() == !oracle::convex(v, t));
    RC_ASSERT(s.has_value() == !oracle::superadditive(v, t));
    if (c) RC_ASSERT(std::abs(v[c->a] + v[c->b] - v[c->a | c->b] - v[c->a & c->b] - c->gap) <= t && c->gap > t);
    if (s) RC_ASSERT((s->a & s->b) == 0 && s->a != 0 && s->b != 0);
    if (s) RC_ASSERT(std::abs(v[s->a] + v[s->b] - v[s->a | s->b] - s->gap) <= t && s->gap > t);
  };
  trial::property(10'000, [&] { is(any_game(1, 4)); });
  trial::property(5'000, [&] {  // convex but for one coalition, or not even for that
    oracle::Dice d = trial::any_dice();
    Vec v = oracle::games::convex_of_size(trial::any_of(2, 6), d);
    v[static_cast<std::size_t>(d.whole(1, static_cast<int>(v.size()) - 1))] += d.whole(-1, 1);
    is(v);
  });
  for (std::uint64_t k = 0; k < times<std::uint64_t>(6'000); ++k) {
    const oracle::Game g = trial::numbered(k + 5'000'000, 2, 6);
    EXPECT_EQ(kernel::convex(g.worth), oracle::convex(g.worth, 1e-9 * oracle::scale(g.worth))) << trial::written(g, {});
    EXPECT_EQ(kernel::superadditive(g.worth), oracle::superadditive(g.worth, 1e-9 * oracle::scale(g.worth)))
        << trial::written(g, {});
  }
}
}  // namespace
