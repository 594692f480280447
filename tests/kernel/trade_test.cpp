// The trade kernel on worlds whose answers can be written down: symmetric countries, one sector solved by bisection,
// autarky and the formula of gains from trade, embargoes.
#include "entente/kernel/trade.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/allocations.hpp"

using namespace entente;
using namespace entente::trade;

namespace {

// n countries, one sector; `home` of spending at home, the rest from the others in equal parts; `labour` of cost.
World one_sector(std::uint32_t n, double home, double theta, double labour = 1) {
  World w{.countries = n, .sectors = 1, .theta = {theta}};
  w.share.assign(w.cells(), (1 - home) / (n - 1));
  for (std::uint32_t i = 0; i < n; ++i) w.share[w.cell(0, i, i)] = home;
  w.tariff.assign(w.cells(), 0);
  w.value_added_share.assign(n, labour);
  w.input.assign(n, 1 - labour);
  w.final_share.assign(n, 1);
  w.value_added.assign(n, 10);
  w.deficit.assign(n, 0);
  w.expenditure.assign(n, 10 / labour);
  return w;
}

Solution solved(const World& w, const Shock& s, Options o = {}) {
  EXPECT_TRUE(validate(w).has_value()) << validate(w).error().message << " " << validate(w).error().where;
  EXPECT_TRUE(validate(w, s).has_value());
  Workspace memory;
  Solution out;
  const auto done = solve(w, s, o, memory, out);
  EXPECT_TRUE(done.has_value()) << done.error().message;
  if (done) {
    EXPECT_LE(check(w, s, o.deficits, out), 1e-9);
  }
  return out;
}

Shock costs(const World& w, double abroad) {
  Shock s{.cost = std::vector<double>(w.cells(), abroad)};
  for (std::size_t c = 0; c < w.cells(); ++c)
    if (c / w.countries % w.countries == c % w.countries) s.cost[c] = 1;
  return s;
}

TEST(Trade, SymmetricCountriesAndDearerTrade) {
  const World w = one_sector(2, 0.7, 4);
  const Solution a = solved(w, costs(w, 1.3));
  const double price = std::pow(0.7 + 0.3 * std::pow(1.3, -4), -1 / 4.0);
  for (int n = 0; n < 2; ++n) {
    EXPECT_NEAR(a.wage[n], 1, 1e-10);
    EXPECT_NEAR(a.price[n], price, 1e-10);
    EXPECT_NEAR(a.real_income[n], 1 / price, 1e-10);
    EXPECT_NEAR(a.real_wage[n], 1 / price, 1e-10);
  }
}

TEST(Trade, SymmetricTariffsByHand) {
  const World w = one_sector(2, 0.7, 4);
  Shock s{.tariff = w.tariff};
  s.tariff[w.cell(0, 0, 1)] = s.tariff[w.cell(0, 1, 0)] = 0.5;
  const Solution a = solved(w, s, {.flows = true});
  const double foreign = 0.3 * std::pow(1.5, -4), sum = 0.7 + foreign, price = std::pow(sum, -0.25);
  const double income = 10 / (1 - 0.5 / 1.5 * foreign / sum);
  EXPECT_NEAR(a.income[0], income, 1e-8);
  EXPECT_NEAR(a.revenue[0], income - 10, 1e-8);
  EXPECT_NEAR(a.real_income[0], income / 10 / price, 1e-10);
  EXPECT_NEAR(a.flow[w.cell(0, 0, 1)], income * foreign / sum / 1.5, 1e-8);
  // First order at a base without tariffs: nothing but terms of trade, and these are symmetric.
  EXPECT_NEAR(a.first_order[0], 0, 1e-10);
}

// Two unequal countries, one sector, labour alone, tariffs on both sides: the relative wage by bisection on the balance
// of trade, with nothing of the kernel's.
TEST(Trade, UnequalCountriesByBisection) {
  World w = one_sector(2, 0.8, 5);
  w.value_added = {30, 10};
  w.share = {0.9, 0.1, 0.3, 0.7};  // 30 * 0.1 = 10 * 0.3: the base balances
  w.expenditure = {30, 10};
  Shock s{.tariff = {0, 0.25, 0.1, 0}, .cost = {1, 1.2, 0.9, 1}};
  const auto balance = [&](double x, double* real) {  // wages x of the first, 1 of the second
    const double wage[] = {x, 1};
    double imports[2];
    for (int n = 0; n < 2; ++n) {
      const int i = 1 - n;
      const double t = 1 + s.tariff[w.cell(0, n, i)], k = t * s.cost[w.cell(0, n, i)];
      const double home = w.share[w.cell(0, n, n)] * std::pow(wage[n], -5);
      const double abroad = w.share[w.cell(0, n, i)] * std::pow(k * wage[i], -5);
      const double share = abroad / (home + abroad), earned = w.value_added[n] * wage[n];
      const double income = earned / (1 - (t - 1) / t * share);
      imports[n] = income * share / t;
      if (real) real[n] = income / w.value_added[n] * std::pow(home + abroad, 0.2);
    }
    return imports[0] - imports[1];
  };
  double low = 0.2, high = 5, real[2];
  for (int k = 0; k < 200; ++k) (balance(0.5 * (low + high), nullptr) > 0 ? high : low) = 0.5 * (low + high);
  balance(low, real);
  const Solution a = solved(w, s, {.tolerance = 1e-13});
  EXPECT_NEAR(a.wage[0] / a.wage[1], low, 1e-11);
  EXPECT_NEAR(30 * a.wage[0] + 10 * a.wage[1], 40, 1e-10);
  EXPECT_NEAR(a.real_income[0], real[0], 1e-11);
  EXPECT_NEAR(a.real_income[1], real[1], 1e-11);
}

// Arkolakis, Costinot, Rodriguez-Clare 2012 (doi:10.1257/aer.102.1.94): without tariffs the change of real income is
// that of the home share to the power -1 / theta, with inputs -1 / (labour's share * theta).
TEST(Trade, GainsFromTradeFormula) {
  World w = one_sector(3, 0.6, 3.5, 0.4);
  w.share = {0.6, 0.3, 0.1, 0.2, 0.7, 0.1, 0.25, 0.25, 0.5};
  normalise(w);
  Solution base;
  {
    Workspace memory;
    ASSERT_TRUE(solve(w, {}, {.flows = true}, memory, base).has_value());
    auto balanced = rebase(w, {}, base);
    ASSERT_TRUE(balanced.has_value());
    w = *balanced;
  }
  EXPECT_LE(check(w, {}, Deficits::fixed, solved(w, {})), 1e-9);
  Shock s = costs(w, 1.4);
  s.cost[w.cell(0, 2, 0)] = 0.5;
  const Solution a = solved(w, s, {.flows = true});
  for (std::size_t n = 0; n < 3; ++n) {
    const double home = a.flow[w.cell(0, n, n)] / a.expenditure[n] / w.share[w.cell(0, n, n)];
    EXPECT_NEAR(a.real_income[n], std::pow(home, -1 / (3.5 * 0.4)), 1e-9);
  }
}

TEST(Trade, AutarkyByEmbargo) {
  World w = one_sector(3, 0.6, 4, 0.5);
  const Solution a = solved(w, costs(w, embargo));
  EXPECT_EQ(a.parts, 3u);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_NEAR(a.real_income[n], std::pow(0.6, 1 / (4 * 0.5)), 1e-10);
    EXPECT_NEAR(a.wage[n], 1, 1e-12);
  }
}

TEST(Trade, EmbargoIsTheLimitOfRisingCosts) {
  World w = one_sector(3, 0.6, 2, 0.5);
  Shock s{.cost = std::vector<double>(9, 1.0)};
  const auto against_first = [&](double x) {
    for (const std::size_t c : {w.cell(0, 0, 1), w.cell(0, 1, 0)}) s.cost[c] = x;
    return solved(w, s, {.tolerance = 1e-12});
  };
  const Solution exact = against_first(embargo);
  double last = 1;
  for (const double x : {10.0, 1e3, 1e5, 1e7}) {
    const Solution near = against_first(x);
    double gap = 0;
    for (std::size_t n = 0; n < 3; ++n) gap = std::max(gap, std::abs(near.real_income[n] - exact.real_income[n]));
    EXPECT_LT(gap, last);
    last = std::max(gap, 1e-11);
  }
  EXPECT_LT(last, 1e-10);
}

// The first may sell and not buy: nobody could pay it, so its trade ends both ways, as the limit says too.
TEST(Trade, TradeThatLeadsOneWayEnds) {
  World w = one_sector(3, 0.6, 2, 0.5);
  Shock s{.cost = std::vector<double>(9, 1.0)};
  s.cost[w.cell(0, 0, 1)] = s.cost[w.cell(0, 0, 2)] = embargo;
  const Solution a = solved(w, s, {.flows = true});
  EXPECT_EQ(a.parts, 2u);
  EXPECT_EQ(a.flow[w.cell(0, 1, 0)], 0);
  EXPECT_NEAR(a.real_income[0], std::pow(0.6, 1 / (2 * 0.5)), 1e-10);
  s.cost[w.cell(0, 0, 1)] = s.cost[w.cell(0, 0, 2)] = 1e4;
  EXPECT_NEAR(solved(w, s).real_income[1], a.real_income[1], 1e-3);
}

// A prohibitive tariff of one of three: by bisection on the log of the balance of trade, of which a hundred-millionth
// of income is left, with nothing of the kernel's.
TEST(Trade, ProhibitiveTariffsOfOne) {
  World w = one_sector(3, 0.8, 4);
  Shock s{.tariff = w.tariff};
  for (const double rate : {10.0, 1e3, 1e6, 1e12}) {
    s.tariff[w.cell(0, 0, 1)] = s.tariff[w.cell(0, 0, 2)] = rate;
    double real[2];
    const auto gap = [&](double wage) {  // of the first; the others' is 1: log of what it sells over what it buys
      const double x = std::exp(wage), t = 1 + rate;
      const double home = 0.8 * std::pow(x, -4), abroad = 0.2 * std::pow(t, -4), bought = abroad / (home + abroad);
      const double income = 10 * x / (1 - (t - 1) / t * bought), row = 0.9 + 0.1 * std::pow(x, -4);
      real[0] = income / 10 * std::pow(home + abroad, 0.25);
      real[1] = std::pow(row, 0.25);
      return std::log(2 * 10 * 0.1 * std::pow(x, -4) / row) - std::log(income * bought / t);
    };
    double low = 0, high = 100;
    for (int k = 0; k < 200; ++k) (gap(0.5 * (low + high)) > 0 ? low : high) = 0.5 * (low + high);
    gap(low);
    const Solution a = solved(w, s);
    for (std::size_t n = 0; n < 2; ++n) EXPECT_NEAR(a.real_income[n], real[n], 1e-9) << rate << " " << n;
  }
}

// A barrier that leaves less than `no_trade` is an embargo, for the solver and for the judge alike.
TEST(Trade, BarriersBeyondCountingAreEmbargoes) {
  for (const double theta : {4.0, 500.0}) {
    World w = one_sector(2, 0.8, theta, 0.5);
    Shock s{.cost = {1, theta > 100 ? 5 : 1e100, 1, 1}};
    const Solution a = solved(w, s);
    EXPECT_EQ(a.parts, 2u);
    for (std::size_t n = 0; n < 2; ++n) EXPECT_NEAR(a.real_income[n], std::pow(0.8, 1 / (theta * 0.5)), 1e-12);
  }
}

TEST(Trade, CostsBeyondTheRangeOfDoubles) {
  World w = one_sector(2, 0.5, 60);
  for (const double x : {1e-8, 1e12}) {  // to the power of 60: far beyond 1e308
    const Solution a = solved(w, {.cost = {x, x, x, x}});
    EXPECT_NEAR(a.real_income[0] * x, 1, 1e-9);
  }
  const Solution a = solved(w, {.cost = {1e9, 1e9, 1, 1}});  // the first pays more for everything
  EXPECT_NEAR(a.real_income[0] * 1e9, 1, 1e-9);
}

// Sector 1 is an input for sector 0 alone and comes from abroad only.
World with_an_input(double households) {
  World w{.countries = 2, .sectors = 2, .theta = {4, 4}};
  w.share = {0.8, 0.2, 0.2, 0.8, 0, 1, 0, 1};
  w.tariff.assign(8, 0);
  w.value_added_share = {0.5, 1, 0.5, 1};
  w.input = {0.25, 0, 0.25, 0, 0.25, 0, 0.25, 0};
  w.final_share = {1 - households, households, 1 - households, households};
  w.value_added = {10, 10};
  w.deficit = {0, 0};
  w.expenditure = {15, 5, 15, 5};
  return w;
}

TEST(Trade, WithoutSupplierOfAnInput) {
  const World w = with_an_input(0);
  Shock s{.cost = std::vector<double>(8, 1.0)};
  s.cost[w.cell(1, 0, 1)] = embargo;
  const Solution a = solved(w, s);
  EXPECT_EQ(a.status, Status::no_supplier);
  ASSERT_GE(a.lacks.size(), 1u);
  EXPECT_EQ(a.lacks[0].country, 0u);
  EXPECT_EQ(a.lacks[0].input, 1u);
  EXPECT_EQ(a.lacks[0].user, 0u);
}

TEST(Trade, HouseholdsWithoutSupplier) {
  const World w = with_an_input(0.1);
  Shock s{.cost = std::vector<double>(8, 1.0)};
  s.cost[w.cell(1, 0, 1)] = embargo;
  const Solution a = solved(w, s);
  EXPECT_EQ(a.status, Status::no_supplier);
  EXPECT_EQ(a.lacks.back().user, Lack::households);
}

// A third sector gives the first country work, and the goods of the stopped one come from abroad.
TEST(Trade, ASectorStopsAndTheCountryGoesOn) {
  World w{.countries = 2, .sectors = 3, .theta = {4, 4, 4}};
  w.share = {0.8, 0.2, 0.2, 0.8, 0, 1, 0, 1, 0.7, 0.3, 0.3, 0.7};
  w.tariff.assign(12, 0);
  w.value_added_share = {0.5, 1, 1, 0.5, 1, 1};
  w.input.assign(18, 0);
  for (std::size_t n = 0; n < 2; ++n) w.input[w.io(n, 1, 0)] = 0.5;
  w.final_share = {0.5, 0, 0.5, 0.5, 0, 0.5};
  w.value_added = {10, 10};
  w.deficit = {0, 0};
  w.expenditure = {5, 2.5, 5, 5, 2.5, 5};
  Shock s{.cost = std::vector<double>(12, 1.0)};
  s.cost[w.cell(1, 0, 1)] = embargo;
  const Solution a = solved(w, s, {.flows = true});
  EXPECT_EQ(a.status, Status::solved);
  ASSERT_EQ(a.lacks.size(), 1u);
  EXPECT_EQ(a.lacks[0].user, 0u);
  EXPECT_EQ(a.flow[w.cell(0, 0, 0)], 0);
  EXPECT_NEAR(a.flow[w.cell(0, 0, 1)], a.expenditure[w.place(0, 0)], 1e-9);
  EXPECT_EQ(a.expenditure[w.place(0, 1)], 0);
}

TEST(Trade, DeficitsByEachRule) {
  World w = one_sector(2, 0.8, 5);
  w.deficit = {1, -1};
  w.expenditure = {11, 9};
  Shock s{.tariff = {0, 0.3, 0, 0}};
  const Solution fixed = solved(w, s), scaled = solved(w, s, {.deficits = Deficits::scaled}),
                 closed = solved(w, s, {.deficits = Deficits::closed});
  EXPECT_NEAR(fixed.deficit[0], 1, 1e-9);
  const double world = 20 + scaled.revenue[0] + scaled.revenue[1];
  EXPECT_NEAR(scaled.deficit[0], world / 20, 1e-9);
  EXPECT_NEAR(closed.deficit[0], 0, 1e-9);
  const Solution own = solved(w, s, {.deficits = Deficits::own});
  const double first = 10 * own.wage[0] + own.revenue[0], second = 10 * own.wage[1] + own.revenue[1];
  EXPECT_NEAR(own.income[0] / first / (own.income[1] / second), 1.1 / 0.9, 1e-9);
  EXPECT_NEAR(own.deficit[0] + own.deficit[1], 0, 1e-9);
  const Solution alone = solved(w, costs(w, embargo));
  EXPECT_NEAR(alone.deficit[0], 0, 1e-9);  // nobody is left to owe it to
}

TEST(Trade, TheJudgeFindsFaults) {
  const World w = one_sector(3, 0.7, 4, 0.5);
  const Shock s = costs(w, 1.2);
  const Solution good = solved(w, s, {.flows = true});
  const auto faulty = [&](auto&& spoil) {
    Solution bad = good;
    spoil(bad);
    return check(w, s, Deficits::fixed, bad) > 1e-7;
  };
  EXPECT_TRUE(faulty([](Solution& a) { a.wage[1] *= 1 + 1e-6; }));
  EXPECT_TRUE(faulty([](Solution& a) {
    for (double& x : a.wage) x *= 1 + 1e-6;
  }));
  EXPECT_TRUE(faulty([](Solution& a) { a.price[2] *= 1 - 1e-6; }));
  EXPECT_TRUE(faulty([](Solution& a) { a.expenditure[0] *= 1 + 1e-6; }));
  EXPECT_TRUE(faulty([](Solution& a) { a.flow[1] *= 1 + 1e-5; }));
  EXPECT_TRUE(faulty([](Solution& a) { a.real_income[0] *= 1 + 1e-6; }));
  EXPECT_TRUE(faulty([](Solution& a) { a.volume_of_trade[0] += 1e-6; }));
  EXPECT_TRUE(faulty([](Solution& a) { a.price[0] = std::nan(""); }));
  EXPECT_TRUE(faulty([](Solution& a) { a.wage.pop_back(); }));
  EXPECT_TRUE(faulty([](Solution& a) { a.status = Status::no_supplier; }));
  EXPECT_TRUE(check(w, costs(w, 1.21), Deficits::fixed, good) > 1e-4);
}

TEST(Trade, RefusesWhatIsNoWorld) {
  const World good = one_sector(2, 0.7, 4, 0.5);
  const auto refused = [&](auto&& spoil) {
    World w = good;
    spoil(w);
    const auto v = validate(w);
    return !v && v.error().kind == ErrorKind::invalid && !v.error().message.empty();
  };
  EXPECT_FALSE(refused([](World&) {}));
  EXPECT_TRUE(refused([](World& w) { w.theta[0] = 0; }));
  EXPECT_TRUE(refused([](World& w) { w.theta[0] = std::nan(""); }));
  EXPECT_TRUE(refused([](World& w) { w.share[0] = -0.1; }));
  EXPECT_TRUE(refused([](World& w) { w.share[0] = 0.8; }));
  EXPECT_TRUE(refused([](World& w) { w.tariff[1] = -1; }));
  EXPECT_TRUE(refused([](World& w) { w.value_added_share[0] = 1.1; }));
  EXPECT_TRUE(refused([](World& w) { w.input[0] = 0.4; }));
  EXPECT_TRUE(refused([](World& w) { w.input[0] = -0.5; }));
  EXPECT_TRUE(refused([](World& w) { w.final_share[1] = 0.9; }));
  EXPECT_TRUE(refused([](World& w) { w.value_added[0] = 0; }));
  EXPECT_TRUE(refused([](World& w) { w.deficit[0] = 1; }));
  EXPECT_TRUE(refused([](World& w) { w.expenditure[0] = -1; }));
  EXPECT_TRUE(refused([](World& w) { w.expenditure.pop_back(); }));
  EXPECT_TRUE(refused([](World& w) { w.share[0] = w.share[1] = 0; }));
  EXPECT_TRUE(refused([](World& w) { w.countries = 0; }));
  EXPECT_FALSE(validate(good, {.tariff = {0, -1, 0, 0}}).has_value());
  EXPECT_FALSE(validate(good, {.tariff = {0, 0}}).has_value());
  EXPECT_FALSE(validate(good, {.cost = {1, 0, 1, 1}}).has_value());
  EXPECT_FALSE(validate(good, {.cost = {1, std::nan(""), 1, 1}}).has_value());
  EXPECT_TRUE(validate(good, {.cost = {1, embargo, 1, 1}}).has_value());
}

TEST(Trade, SaysWhereItGaveUp) {
  const World w = one_sector(3, 0.7, 4, 0.5);
  Workspace memory;
  Solution out;
  const auto done = solve(w, costs(w, 2), {.limit = 2}, memory, out);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().kind, ErrorKind::not_solved);
  EXPECT_NE(done.error().message.find("residual"), std::string::npos);
}

TEST(Trade, SolvesAgainWithoutAllocating) {
  const World w = one_sector(4, 0.7, 4, 0.5);
  const Shock dear = costs(w, 1.3), embargoed = costs(w, embargo);
  Workspace memory;
  Solution out;
  for (const Shock* s : {&dear, &embargoed}) ASSERT_TRUE(solve(w, *s, {.flows = true}, memory, out).has_value());
  const std::size_t before = tests::allocations;
  for (const Shock* s : {&dear, &embargoed}) ASSERT_TRUE(solve(w, *s, {.flows = true}, memory, out).has_value());
  EXPECT_EQ(tests::allocations, before);
}

}  // namespace
