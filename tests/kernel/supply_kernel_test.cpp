// The supply kernel: the example of docs/methods/supply.md by hand, twins, what is refused, a judge that finds faults,
// a search that reaches its limit.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "entente/kernel/supply.hpp"

using namespace entente;
using namespace entente::supply;

namespace {

constexpr double any = std::numeric_limits<double>::infinity();
enum : std::size_t { eastern, western };
enum : std::size_t { east, detour };

Chain by_hand() {
  Chain c;
  c.origins = {{.capacity = 6}, {.capacity = 5, .cost = 1.2}};
  c.routes = {{.carries = 3, .capacity = 10, .mark_up = 0.5, .stopped = 0.2},
              {.carries = 3, .capacity = 1, .mark_up = 0.3, .stretch = 2, .dearer = 0.7}};
  c.demand = {.quantity = 10, .price = 1.6, .elasticity = -0.5, .choke = 5};
  return c;
}

Delivery solved(const Chain& c, Out out = {}, double at_most = any) {
  EXPECT_TRUE(validate(c));
  Workspace w;
  Delivery d;
  EXPECT_TRUE(solve(c, out, at_most, w, d));
  EXPECT_LE(check(c, out, at_most, w, d), 1e-9);
  return d;
}

TEST(Supply, TheExampleByHand) {
  const Delivery d = solved(by_hand());
  EXPECT_NEAR(d.quantity, 9, 1e-12);  // 8 by the East, 1 by the detour; its stretch would cost 1.2 + 1
  EXPECT_NEAR(d.price, 1.6 / (0.9 * 0.9), 1e-12);
  EXPECT_NEAR(d.made[eastern], 6, 1e-12);
  EXPECT_NEAR(d.made[western], 3, 1e-12);
  EXPECT_NEAR(d.shipped[east], 8, 1e-12);
  EXPECT_NEAR(d.shipped[detour], 1, 1e-12);
  EXPECT_NEAR(d.making, 6 + 3 * 1.2, 1e-12);
  EXPECT_NEAR(d.bringing, 8 * 0.5 + 0.3, 1e-12);
}

TEST(Supply, AMakerAndAShipperAreDifferent) {
  const Out both{.origins = 1, .routes = 1};
  const Delivery gone = solved(by_hand(), both);
  EXPECT_NEAR(gone.quantity, 3, 1e-12);  // the detour with its stretch, western goods only
  EXPECT_NEAR(gone.price, 5, 1e-12);
  EXPECT_NEAR(solved(by_hand(), both, 2).quantity, 1, 1e-12);  // 2.2 is too much for the stretch
  EXPECT_NEAR(solved(by_hand(), {.origins = 1}).quantity, 5, 1e-12);
  EXPECT_NEAR(solved(by_hand(), {.routes = 1}).quantity, 3, 1e-12);
  EXPECT_NEAR(solved(by_hand(), {.routes = 2}).quantity, 8, 1e-12);
}

TEST(Supply, TheWorstCut) {
  Workspace w;
  Interdiction x;
  ASSERT_TRUE(interdict(by_hand(), {}, 1, 1000, w, x));
  EXPECT_EQ(x.routes, 1u);
  EXPECT_NEAR(x.delivered, 3, 1e-12);
  EXPECT_TRUE(x.proven);
  EXPECT_EQ(x.delivered, x.bound);
  ASSERT_TRUE(interdict(by_hand(), {}, 2, 1000, w, x));
  EXPECT_EQ(x.routes, 3u);
  EXPECT_EQ(x.delivered, 0);
  ASSERT_TRUE(interdict(by_hand(), {.routes = 1}, 1, 1000, w, x));
  EXPECT_EQ(x.routes, 2u);
}

TEST(Supply, AfterTheFirstCutTheGoodsGoElsewhere) {
  // The largest route is the one that the others can stand in for; the two that carry what nobody else does are worse.
  Chain c;
  c.origins = {{.capacity = 6}, {.capacity = 2}, {.capacity = 2}};
  c.routes = {{.carries = 1, .capacity = 6, .mark_up = 0.1},
              {.carries = 1, .capacity = 6, .mark_up = 0.5},
              {.carries = 2, .capacity = 2, .mark_up = 0.2},
              {.carries = 4, .capacity = 2, .mark_up = 0.2}};
  c.demand = {.quantity = 10, .price = 2, .elasticity = -0.01, .choke = 4};
  Workspace w;
  Interdiction x;
  ASSERT_TRUE(interdict(c, {}, 1, 1000, w, x));
  EXPECT_EQ(x.routes, 4u);
  ASSERT_TRUE(interdict(c, {}, 2, 1000, w, x));
  EXPECT_EQ(x.routes, 3u);  // both ways of the first origin
  EXPECT_NEAR(x.delivered, 4, 1e-9);
  EXPECT_NEAR(enumerate(c, {}, 2, 1000, w), x.delivered, 1e-12);
  EXPECT_TRUE(std::isnan(enumerate(c, {}, 2, 10, w)));  // 1 + 4 + 6 sets
}

TEST(Supply, TwinsShareByCapacity) {
  Chain c;
  c.origins = {{.capacity = 1}, {.capacity = 3}, {.capacity = 4, .cost = 3}};
  c.routes = {{.carries = 7, .capacity = 6, .mark_up = 0.5},
              {.carries = 7, .capacity = 2, .mark_up = 0.25, .toll = 0.25},
              {.carries = 4, .capacity = 9, .mark_up = 0.5}};
  c.demand = {.quantity = 2, .price = 1.5, .elasticity = -1, .choke = 9};
  const Delivery d = solved(c);
  EXPECT_NEAR(d.quantity, 2, 1e-12);
  EXPECT_NEAR(d.made[0], 0.5, 1e-12);
  EXPECT_NEAR(d.made[1], 1.5, 1e-12);
  EXPECT_EQ(d.made[2], 0);
  EXPECT_NEAR(d.shipped[0], 1.5, 1e-12);
  EXPECT_NEAR(d.shipped[1], 0.5, 1e-12);
  EXPECT_EQ(d.shipped[2], 0);
}

// Capacities that add up exactly and costs that tie, where the machine's last bits once sent the market kernel round in
// a circle. The first maker fills its 2; the second stands ready at 0.5 + 0.45.
TEST(Supply, ExactTiesAreSolvedAllTheSame) {
  for (const double second : {1.0, 1.5}) {
    Chain c;
    c.origins = {{.capacity = 2, .cost = 0}, {.capacity = second, .cost = 0.5}};
    c.routes = {{.carries = 1, .capacity = 1, .mark_up = 0.45, .stretch = 1},
                {.carries = 3, .mark_up = 0.45, .stretch = 1}};
    c.demand = {.quantity = 2, .price = 1, .elasticity = -0.05, .choke = 1};
    const Delivery d = solved(c);
    EXPECT_NEAR(d.price, 0.95, 1e-14);
    EXPECT_NEAR(d.quantity, 2 * std::pow(0.95, -0.05), 1e-14);
  }
}

TEST(Supply, NothingArrivesWhereNothingCan) {
  Chain c = by_hand();
  const Delivery none = solved(c, {.origins = 3});
  EXPECT_EQ(none.quantity, 0);
  EXPECT_TRUE(std::isnan(none.price));
  c.demand.choke = 1.2;  // dearer than anybody would pay
  EXPECT_EQ(solved(c).quantity, 0);
  c = by_hand();
  for (Route& r : c.routes) r.stopped = 1;
  EXPECT_EQ(solved(c).quantity, 0);
  c.demand.quantity = 0;
  EXPECT_EQ(solved(c).quantity, 0);
  Workspace w;
  Interdiction x;
  ASSERT_TRUE(interdict(c, {}, 2, 1000, w, x));
  EXPECT_EQ(x.routes, 0u);
  EXPECT_TRUE(x.proven);
  EXPECT_EQ(solved({}).quantity, 0);
}

TEST(Supply, ALimitIsSaidWithItsBound) {
  Chain c;
  for (int i = 0; i < 12; ++i) {
    c.origins.push_back({.capacity = 1.0 + 0.1 * i, .cost = 1, .rise = 0.5});
    c.routes.push_back({.carries = 0xfff, .capacity = 1, .mark_up = 0.1 * i});
  }
  c.demand = {.quantity = 20, .price = 2, .elasticity = -0.4, .choke = 6};
  Workspace w;
  Interdiction limited, full;
  ASSERT_TRUE(interdict(c, {}, 5, 3, w, limited));
  EXPECT_FALSE(limited.proven);
  EXPECT_EQ(limited.solves, 3u);
  ASSERT_TRUE(interdict(c, {}, 5, 1'000'000, w, full));
  EXPECT_TRUE(full.proven);
  EXPECT_LE(limited.bound, full.delivered + 1e-9);
  EXPECT_GE(limited.delivered, full.delivered - 1e-9);
  EXPECT_NEAR(enumerate(c, {}, 5, 10'000, w), full.delivered, 1e-9);
}

TEST(Supply, TheJudgeFindsEveryKindOfFault) {
  const Chain c = by_hand();
  const Delivery right = solved(c);
  Workspace w;
  const auto fault = [&](auto&& change) {
    Delivery d = right;
    change(d);
    return check(c, {}, any, w, d);
  };
  EXPECT_GT(fault([](Delivery& d) { d.quantity *= 1.001; }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { d.price *= 1.01; }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { d.price *= 0.99; }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { d.making += 0.1; }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { d.bringing -= 0.1; }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { std::swap(d.made[0], d.made[1]); }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { std::swap(d.shipped[0], d.shipped[1]); }), 1e-4);
  EXPECT_GT(fault([](Delivery& d) { d.made[0] = -1, d.made[1] = 10; }), 1e-4);
  EXPECT_TRUE(std::isinf(fault([](Delivery& d) { d.made.pop_back(); })));
  EXPECT_TRUE(std::isinf(fault([](Delivery& d) { d.shipped[0] = std::nan(""); })));
}

TEST(Supply, Refusals) {
  const auto refused = [](auto&& change) {
    Chain c = by_hand();
    change(c);
    return !validate(c);
  };
  EXPECT_FALSE(refused([](Chain&) {}));
  EXPECT_TRUE(refused([](Chain& c) { c.origins[0].capacity = -1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.origins[0].capacity = any; }));
  EXPECT_TRUE(refused([](Chain& c) { c.origins[0].cost = std::nan(""); }));
  EXPECT_TRUE(refused([](Chain& c) { c.origins[0].rise = -0.1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].carries = 4; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].capacity = any; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].mark_up = -0.1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].dearer = -0.1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].stopped = 1.1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].stopped = std::nan(""); }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes[0].toll = any; }));
  EXPECT_TRUE(refused([](Chain& c) { c.demand.quantity = -1; }));
  EXPECT_TRUE(refused([](Chain& c) { c.demand.price = 0; }));
  EXPECT_TRUE(refused([](Chain& c) { c.demand.elasticity = 0; }));
  EXPECT_TRUE(refused([](Chain& c) { c.demand.choke = any; }));
  EXPECT_TRUE(refused([](Chain& c) { c.routes.resize(65); }));
}

}  // namespace
