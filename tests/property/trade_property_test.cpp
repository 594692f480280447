// The trade kernel on random worlds: the judge, and what must hold for every world. Thousands each from a fixed seed;
// RC_PARAMS="max_success=100000 seed=7" in the environment asks for others and more.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "kernel/trade_random.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

struct Instance {
  World world;
  Shock shock;
};

Instance instance(bool deficits = true) {
  random::Sequence r(*rc::gen::arbitrary<std::uint64_t>());
  const auto n = *rc::gen::inRange<std::uint32_t>(2, 8), j = *rc::gen::inRange<std::uint32_t>(1, 7);
  Instance x{random::world(r, n, j, deficits), {}};
  x.shock = random::shock(r, x.world, r.between(0, 1));
  return x;
}

Solution solved(const World& w, const Shock& s, const Options& o = {}) {
  Workspace memory;
  Solution out;
  const auto done = solve(w, s, o, memory, out);
  if (!done) RC_LOG() << done.error().message << "\n";
  RC_ASSERT(done.has_value());
  return out;
}

void near(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  RC_ASSERT(a.size() == b.size());
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::abs(a[i] - b[i]));
  if (!(most <= tolerance)) RC_LOG() << "apart by " << most << "\n";
  RC_ASSERT(most <= tolerance);
}

class TradeProperty : public testing::Test {
 protected:
  static void SetUpTestSuite() { (void)entente::tests::instances(2000); }
};

TEST_F(TradeProperty, TheJudgeAgrees) {
  EXPECT_TRUE(rc::check("judge", [] {
    const Instance x = instance();
    RC_ASSERT(validate(x.world).has_value());
    RC_ASSERT(validate(x.world, x.shock).has_value());
    const auto rule = *rc::gen::element(Deficits::fixed, Deficits::scaled, Deficits::closed, Deficits::own);
    const Solution s = solved(x.world, x.shock, {.deficits = rule, .flows = true});
    RC_ASSERT(s.residual <= 1e-10);
    RC_ASSERT(check(x.world, x.shock, rule, s) <= 1e-8);
  }));
}

TEST_F(TradeProperty, NoShockChangesNothing) {
  EXPECT_TRUE(rc::check("no shock", [] {
    const Instance x = instance();
    const Solution s = solved(x.world, {});
    for (const auto* v : {&s.wage, &s.real_income, &s.price}) near(*v, std::vector<double>(v->size(), 1), 1e-8);
    near(s.first_order, std::vector<double>(x.world.countries, 0), 1e-8);
  }));
}

TEST_F(TradeProperty, EmbargoesHaveAnAnswerThatTheJudgeConfirms) {
  EXPECT_TRUE(rc::check("embargo", [] {
    Instance x = instance();
    random::Sequence r(*rc::gen::arbitrary<std::uint64_t>());
    const double part = r.between(0, 1);
    for (std::size_t c = 0; c < x.world.cells(); ++c)
      if (x.shock.cost[c] != 1 && r.chance(part)) x.shock.cost[c] = embargo;
    // With deficits that stay, an embargo may leave no way to carry them, and no equilibrium.
    const Solution s = solved(x.world, x.shock, {.deficits = Deficits::closed, .flows = true});
    RC_CLASSIFY(s.status == Status::no_supplier, "no supplier");
    RC_CLASSIFY(s.parts > 1, "in parts");
    RC_ASSERT(check(x.world, x.shock, Deficits::closed, s) <= 1e-8);
    for (std::size_t c = 0; c < x.world.cells() && s.status == Status::solved; ++c)
      if (x.shock.cost[c] == embargo) RC_ASSERT(s.flow[c] == 0);
  }));
}

TEST_F(TradeProperty, TheUnitOfMoneyDoesNotMatter) {
  EXPECT_TRUE(rc::check("money", [] {
    Instance x = instance();
    const Solution a = solved(x.world, x.shock, {.tolerance = 1e-12});
    for (auto* v : {&x.world.value_added, &x.world.deficit, &x.world.expenditure})
      for (double& m : *v) m *= 1234.5;
    const Solution b = solved(x.world, x.shock, {.tolerance = 1e-12});
    near(a.real_income, b.real_income, 1e-10);
    near(a.price, b.price, 1e-10);
  }));
}

TEST_F(TradeProperty, OrderOfCountriesDoesNotMatter) {
  EXPECT_TRUE(rc::check("permutation", [] {
    const Instance x = instance();
    const World& w = x.world;
    std::vector<std::size_t> to(w.countries);  // reversed, and the first two swapped
    for (std::size_t n = 0; n < to.size(); ++n) to[n] = to.size() - 1 - n;
    std::swap(to[0], to[1]);
    World v = w;
    Shock s = x.shock;
    for (std::size_t n = 0; n < w.countries; ++n) {
      v.value_added[to[n]] = w.value_added[n];
      v.deficit[to[n]] = w.deficit[n];
      for (std::size_t j = 0; j < w.sectors; ++j) {
        v.value_added_share[w.place(to[n], j)] = w.value_added_share[w.place(n, j)];
        v.final_share[w.place(to[n], j)] = w.final_share[w.place(n, j)];
        v.expenditure[w.place(to[n], j)] = w.expenditure[w.place(n, j)];
        for (std::size_t k = 0; k < w.sectors; ++k) v.input[w.io(to[n], j, k)] = w.input[w.io(n, j, k)];
        for (std::size_t i = 0; i < w.countries; ++i) {
          const std::size_t from = w.cell(j, n, i), there = w.cell(j, to[n], to[i]);
          v.share[there] = w.share[from];
          v.tariff[there] = w.tariff[from];
          s.tariff[there] = x.shock.tariff[from];
          s.cost[there] = x.shock.cost[from];
        }
      }
    }
    const Solution a = solved(w, x.shock, {.tolerance = 1e-12}), b = solved(v, s, {.tolerance = 1e-12});
    for (std::size_t n = 0; n < w.countries; ++n) {
      RC_ASSERT(std::abs(a.real_income[n] - b.real_income[to[n]]) <= 1e-10);
      RC_ASSERT(std::abs(a.wage[n] - b.wage[to[n]]) <= 1e-10);
    }
  }));
}

// There and back: the world after a shock is a base, and the shock undone leads to the old one.
TEST_F(TradeProperty, AShockUndoneChangesNothing) {
  EXPECT_TRUE(rc::check("there and back", [] {
    const Instance x = instance();
    const Solution a = solved(x.world, x.shock, {.tolerance = 1e-13, .flows = true});
    const auto there = rebase(x.world, x.shock, a);
    RC_ASSERT(there.has_value());
    RC_ASSERT(validate(*there).has_value());
    Shock back{.tariff = x.world.tariff, .cost = x.shock.cost};
    for (double& c : back.cost) c = 1 / c;
    const Solution b = solved(*there, back, {.tolerance = 1e-13});
    for (std::size_t n = 0; n < x.world.countries; ++n) {
      RC_ASSERT(std::abs(a.real_income[n] * b.real_income[n] - 1) <= 1e-9);
      RC_ASSERT(std::abs(a.wage[n] * b.wage[n] - 1) <= 1e-9);
    }
  }));
}

// A very small shock: the first-order formula is the derivative of real income, when deficits are 0 and the base is
// without distortions but its tariffs.
TEST_F(TradeProperty, FirstOrderIsTheLimitOfSmallTariffs) {
  EXPECT_TRUE(rc::check("first order", [] {
    const Instance x = instance(false);
    const auto apart = [&](double size) {
      Shock s{.tariff = x.world.tariff};
      for (std::size_t c = 0; c < s.tariff.size(); ++c) s.tariff[c] += size * (x.shock.tariff[c] - x.world.tariff[c]);
      const Solution a = solved(x.world, s, {.tolerance = 1e-13});
      double most = 0;
      for (std::size_t n = 0; n < x.world.countries; ++n)
        most = std::max(most, std::abs(a.first_order[n] - std::log(a.real_income[n])));
      return most;
    };
    const double coarse = apart(1e-3), fine = apart(1e-4);
    RC_ASSERT(fine <= coarse / 50 + 1e-11);  // of second order: a hundredth
  }));
}

TEST_F(TradeProperty, WarmStartsLeadToTheSameAnswer) {
  EXPECT_TRUE(rc::check("warm", [] {
    const Instance x = instance();
    const Solution cold = solved(x.world, x.shock, {.tolerance = 1e-13});
    Shock half{.tariff = x.shock.tariff};
    const Solution other = solved(x.world, half);
    const Solution warm = solved(x.world, x.shock, {.tolerance = 1e-13, .start = &other});
    near(cold.real_income, warm.real_income, 1e-10);
  }));
}

}  // namespace
