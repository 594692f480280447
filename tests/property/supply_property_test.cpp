// The supply kernel on thousands of random chains, half of them full of ties: another solver (GLPK, over ways from
// origin to buyer instead of a network), monotony, the bound of the search and its optimum against enumeration, units,
// order.
#include <glpk.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "kernel/supply_random.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::supply;

namespace {

constexpr double any = std::numeric_limits<double>::infinity();

Delivery solved(const Chain& c, Out out = {}, double at_most = any) {
  Workspace w;
  Delivery d;
  RC_ASSERT(validate(c).has_value());
  RC_ASSERT(solve(c, out, at_most, w, d).has_value());
  return d;
}

double all_capacity(const Chain& c) {
  double sum = 1;
  for (const Origin& o : c.origins) sum += o.capacity;
  return sum;
}

void close(double a, double b, double tolerance) {
  if (!(std::abs(a - b) <= tolerance)) RC_LOG() << a << " against " << b << " within " << tolerance << "\n";
  RC_ASSERT(std::abs(a - b) <= tolerance);
}

Out some(const Chain& c) {
  const auto set = [](std::size_t n) { return *rc::gen::inRange<Set>(0, Set{1} << n); };
  return {.origins = set(c.origins.size()) & set(c.origins.size()),
          .routes = set(c.routes.size()) & set(c.routes.size())};
}

class SupplyProperty : public testing::TestWithParam<bool> {
 protected:
  static void SetUpTestSuite() { ASSERT_TRUE(tests::instances(3000)); }
  template <class Property>
  void hold(const char* what, Property property) {
    EXPECT_TRUE(rc::check(std::string(what) + (GetParam() ? ", tied" : ", mixed"), property));
  }
  rc::Gen<Chain> any_chain(int origins = 4, int routes = 6) { return chains(origins, routes, GetParam()); }
};

TEST_P(SupplyProperty, TheJudgeAgrees) {
  hold("judge", [this] {
    const Chain c = *any_chain();
    const Out out = some(c);
    const double at_most = *rc::gen::element(any, 0.5, 1.5, 3.0);
    Workspace w;
    Delivery d;
    RC_ASSERT(solve(c, out, at_most, w, d).has_value());
    const double off = check(c, out, at_most, w, d);
    if (!(off <= 1e-9)) RC_LOG() << "off by " << off << "\n";
    RC_ASSERT(off <= 1e-9);
  });
}

// Surplus by GLPK: a variable for every way (origin, route, capacity or stretch), chords for rising cost and demand.
struct Bracket {
  double low = 0, high = 0;
};

double gross(const Demand& d, double q) {
  const double at_choke = d.quantity * std::pow(d.choke / d.price, d.elasticity);
  if (q <= at_choke) return d.choke * q;
  const double e = 1 + 1 / d.elasticity, k = d.price * d.quantity;
  const double curved = std::abs(e) < 1e-12
                            ? k * std::log(q / at_choke)
                            : k * (std::pow(q / d.quantity, e) - std::pow(at_choke / d.quantity, e)) / e;
  return d.choke * at_choke + curved;
}

Bracket by_glpk(const Chain& c, Out out) {
  constexpr int steps = 60;
  glp_term_out(GLP_OFF);
  glp_prob* lp = glp_create_prob();
  glp_set_obj_dir(lp, GLP_MAX);
  const int origins = static_cast<int>(c.origins.size()), routes = static_cast<int>(c.routes.size());
  glp_add_rows(lp, origins + 2 * routes + 1);  // makers, tranches, the buyer
  const int buyer = origins + 2 * routes + 1;
  for (int i = 1; i <= origins; ++i) glp_set_row_bnds(lp, i, GLP_FX, 0, 0);  // made - over all ways = 0
  glp_set_row_bnds(lp, buyer, GLP_FX, 0, 0);
  const auto column = [&](double most, double gain, std::initializer_list<std::pair<int, double>> at) {
    const int j = glp_add_cols(lp, 1);
    if (!(most > 0)) glp_set_col_bnds(lp, j, GLP_FX, 0, 0);
    else glp_set_col_bnds(lp, j, std::isfinite(most) ? GLP_DB : GLP_LO, 0, std::isfinite(most) ? most : 0);
    glp_set_obj_coef(lp, j, gain);
    std::vector<int> row(1);
    std::vector<double> value(1);
    for (const auto& [r, v] : at) row.push_back(r), value.push_back(v);
    glp_set_mat_col(lp, j, static_cast<int>(at.size()), row.data(), value.data());
  };
  double doubt = 0, limited = 0;
  for (int i = 0; i < origins; ++i) {
    const Origin& o = c.origins[i];
    const double capacity = (out.origins >> i & 1u) ? 0 : o.capacity;
    limited += capacity;
    const int n = o.rise > 0 ? steps : 1;
    for (int k = 0; k < n; ++k) column(capacity / n, -(o.cost + o.rise * (k + 0.5) / n), {{i + 1, 1.0}});
    if (n > 1) doubt += capacity * o.rise / (8.0 * n * n);
  }
  for (int r = 0; r < routes; ++r) {
    const Route& x = c.routes[r];
    const double passes = (out.routes >> r & 1u) ? 0 : 1 - x.stopped;
    for (int t = 0; t < 2; ++t) {
      const int row = origins + 2 * r + t + 1;
      const double capacity = passes * (t ? x.stretch : x.capacity);
      glp_set_row_bnds(lp, row, capacity > 0 ? GLP_UP : GLP_FX, 0, capacity);
      for (int o = 0; o < origins; ++o)
        if (x.carries >> o & 1u)
          column(any, -(x.mark_up + x.toll + (t ? x.dearer : 0)), {{o + 1, -1.0}, {row, 1.0}, {buyer, 1.0}});
    }
  }
  const Demand& d = c.demand;
  if (d.quantity > 0 && limited > 0) {
    const double at_choke = std::min(limited, d.quantity * std::pow(d.choke / d.price, d.elasticity));
    column(at_choke, d.choke, {{buyer, -1.0}});
    double worst = 0;
    for (int k = 0; limited > at_choke && k < steps; ++k) {
      const auto point = [&](int i) { return at_choke * std::pow(limited / at_choke, static_cast<double>(i) / steps); };
      const auto price = [&](double q) { return d.price * std::pow(q / d.quantity, 1 / d.elasticity); };
      const double a = point(k), b = point(k + 1);
      column(b - a, (gross(d, b) - gross(d, a)) / (b - a), {{buyer, -1.0}});
      worst = std::max(worst, (b - a) * (price(a) - price(b)) / 4);
    }
    doubt += worst;
  }
  glp_smcp p;
  glp_init_smcp(&p);
  p.msg_lev = GLP_MSG_OFF;
  const bool good = glp_simplex(lp, &p) == 0 && glp_get_status(lp) == GLP_OPT;
  Bracket b{.low = glp_get_obj_val(lp)};
  b.high = b.low + doubt;
  glp_delete_prob(lp);
  RC_ASSERT(good);
  return b;
}

TEST_P(SupplyProperty, SurplusIsThatOfGlpk) {
  hold("GLPK", [this] {
    const Chain c = *any_chain();
    const Out out = some(c);
    const Delivery d = solved(c, out);
    const Bracket b = by_glpk(c, out);
    const double value = d.quantity > 0 ? gross(c.demand, d.quantity) : 0;
    const double surplus = value - d.making - d.bringing, noise = 1e-7 * (1 + value);
    if (surplus < b.low - noise || surplus > b.high + noise)
      RC_LOG() << surplus << " not within " << b.low << " and " << b.high << "\n";
    RC_ASSERT(surplus >= b.low - noise);
    RC_ASSERT(surplus <= b.high + noise);
  });
}

TEST_P(SupplyProperty, LosingNeverDeliversMoreAndNeverLowersWhatOthersShip) {
  hold("monotone", [this] {
    const Chain c = *any_chain();
    const Out fewer = some(c);
    const Out out{.origins = fewer.origins, .routes = fewer.routes & some(c).routes};
    const double noise = 1e-9 * all_capacity(c);
    const Delivery before = solved(c, out), after = solved(c, fewer);
    RC_ASSERT(after.quantity <= before.quantity + noise);
    if (after.quantity > 0 && before.quantity > 0) RC_ASSERT(after.price >= before.price * (1 - 1e-9));
    double lost = 0;
    for (std::size_t r = 0; r < c.routes.size(); ++r)
      if ((fewer.routes & ~out.routes) >> r & 1u) lost += before.shipped[r];
    RC_ASSERT(after.quantity >= before.quantity - lost - noise);  // the bound of the search
    const Delivery no_makers = solved(c, {.origins = fewer.origins | some(c).origins, .routes = fewer.routes});
    RC_ASSERT(no_makers.quantity <= after.quantity + noise);
    if (GetParam()) return;  // among routes that cost the same only sums are fixed
    for (std::size_t r = 0; r < c.routes.size(); ++r)
      if (!(fewer.routes >> r & 1u)) RC_ASSERT(after.shipped[r] >= before.shipped[r] - noise);
  });
}

TEST_P(SupplyProperty, MoreRoomAndLessEnforcementNeverDeliverLess) {
  hold("room", [this] {
    const Chain c = *any_chain();
    Chain more = c;
    const auto coin = [] { return *rc::gen::inRange(0, 2) == 1; };
    for (Route& r : more.routes) {
      if (coin()) r.capacity *= 1.5;
      if (coin()) r.stretch += 1;
      if (coin()) r.stopped *= 0.5;
      if (coin()) r.toll *= 0.5;
      if (coin()) r.mark_up *= 0.9;
    }
    for (Origin& o : more.origins)
      if (coin()) o.capacity *= 1.5;
    const double noise = 1e-9 * all_capacity(more);
    RC_ASSERT(solved(more).quantity >= solved(c).quantity - noise);
  });
}

TEST_P(SupplyProperty, TheWorstCutIsThatOfAList) {
  hold("interdiction", [this] {
    const Chain c = *any_chain(4, 8);
    const Out out{.routes = some(c).routes & some(c).routes};
    const auto k = *rc::gen::inRange(1u, 5u);
    Workspace w;
    Interdiction x;
    RC_ASSERT(interdict(c, out, k, 1'000'000, w, x).has_value());
    RC_ASSERT(x.proven);
    const double listed = enumerate(c, out, k, 1'000'000, w), noise = 1e-9 * all_capacity(c);
    close(x.delivered, listed, noise);
    RC_ASSERT(std::popcount(x.routes) <= static_cast<int>(k));
    RC_ASSERT((x.routes & out.routes) == 0);
    close(solved(c, {.routes = out.routes | x.routes}).quantity, x.delivered, noise);
    Interdiction limited;
    RC_ASSERT(interdict(c, out, k, 4, w, limited).has_value());
    RC_ASSERT(limited.solves <= 4);
    RC_ASSERT(limited.bound <= listed + noise);
    RC_ASSERT(limited.delivered >= listed - noise);
  });
}

TEST_P(SupplyProperty, WithdrawingNobodyChangesNothing) {
  hold("nobody", [this] {
    const Chain c = *any_chain();
    Chain more = c;
    more.origins.push_back({.capacity = 5, .cost = 0});  // makes what nobody carries
    more.routes.push_back({.carries = 0, .capacity = 5});
    more.routes.push_back({.carries = 1, .capacity = 0, .stretch = 9, .stopped = 1});
    const Delivery a = solved(c), b = solved(more);
    close(a.quantity, b.quantity, 1e-12 * all_capacity(c));
    Chain gone = c;
    const Out out = some(c);
    for (std::size_t i = 0; i < c.origins.size(); ++i)
      if (out.origins >> i & 1u) gone.origins[i].capacity = 0;
    for (std::size_t i = 0; i < c.routes.size(); ++i)
      if (out.routes >> i & 1u) gone.routes[i].capacity = gone.routes[i].stretch = 0;
    close(solved(gone).quantity, solved(c, out).quantity, 1e-12 * all_capacity(c));
  });
}

TEST_P(SupplyProperty, UnitsAndOrderDoNotMatter) {
  hold("units", [this] {
    const Chain c = *any_chain();
    const double factor = std::exp2(*rc::gen::inRange(-20, 21));
    Chain m = c;
    for (Origin& o : m.origins) o.capacity *= factor;
    for (Route& r : m.routes) r.capacity *= factor, r.stretch *= factor;
    m.demand.quantity *= factor;
    const Delivery a = solved(c), b = solved(m);
    const double noise = 1e-9 * all_capacity(c);
    close(b.quantity / factor, a.quantity, noise);
    if (a.quantity > 0) close(b.price, a.price, 1e-9 * a.price);
    std::vector<std::size_t> order(c.routes.size());
    std::iota(order.begin(), order.end(), 0u);
    for (std::size_t i = order.size(); i-- > 1;) std::swap(order[i], order[*rc::gen::inRange<std::size_t>(0, i + 1)]);
    Chain shuffled = c;
    for (std::size_t i = 0; i < order.size(); ++i) shuffled.routes[i] = c.routes[order[i]];
    const Delivery s = solved(shuffled);
    close(s.quantity, a.quantity, noise);
    if (a.quantity > 0) close(s.price, a.price, 1e-9 * a.price);
    if (GetParam()) return;
    for (std::size_t i = 0; i < order.size(); ++i) close(s.shipped[i], a.shipped[order[i]], noise);
  });
}

TEST_P(SupplyProperty, AnAnswerDoesNotDependOnWhatWasSolvedBefore) {
  Workspace used;
  hold("history", [this, &used] {
    const Chain c = *any_chain();
    const Delivery a = solved(c);
    Delivery b;
    RC_ASSERT(solve(c, {}, any, used, b).has_value());
    RC_ASSERT(std::bit_cast<std::uint64_t>(a.quantity) == std::bit_cast<std::uint64_t>(b.quantity));
    RC_ASSERT(a.made == b.made);
    RC_ASSERT(a.shipped == b.shipped);
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, SupplyProperty, testing::Bool(),
                         [](const auto& kind) { return std::string(kind.param ? "tied" : "mixed"); });

}  // namespace
