// What the market kernel's header promises beside the optimum: what is refused, what is built, what coalitions are
// worth, that memory is reused, and that an answer does not depend on what was solved before.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "entente/kernel/market.hpp"
#include "support/allocations.hpp"

using namespace entente;
using namespace entente::market;

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double nan_ = std::numeric_limits<double>::quiet_NaN();
constexpr Mask everybody = ~Mask{0};

// Two places, a producer with rising cost, an elastic and a linear consumer, a link that is there and two to build.
// Players: 0 the producer, 1 the consumers, 2 the second link to build.
Network small() {
  Network n;
  n.nodes = 2;
  n.producers = {{.node = 0, .capacity = 100, .cost_first = 10, .cost_last = 30, .needs = 1}};
  n.consumers = {
      {.node = 1, .form = Demand::constant_elasticity, .a = 40, .b = -0.5, .p0 = 50, .choke = 500, .needs = 2},
      {.node = 1, .a = 80, .b = 2, .needs = 2}};
  n.links = {{.from = 0, .to = 1, .capacity = 10, .cost = 3},
             {.from = 0, .to = 1, .capacity = 20, .cost = 2, .fixed = 100, .optional = true},
             {.from = 0, .to = 1, .capacity = 30, .cost = 1, .fixed = 400, .needs = 4}};
  return n;
}

// A producer at 10, demand 50 - q, and links of 20 to build: one is worth 20 * 40 - 200 = 600, two 800.
Network to_build(std::vector<double> fixed) {
  Network n;
  n.nodes = 2;
  n.producers = {{.node = 0, .capacity = 1000, .cost_first = 10, .cost_last = 10}};
  n.consumers = {{.node = 1, .a = 50, .b = 1}};
  for (const double f : fixed) n.links.push_back({.from = 0, .to = 1, .capacity = 20, .fixed = f, .optional = true});
  return n;
}

TEST(MarketValidate, RefusesEachBadThingByName) {
  ASSERT_TRUE(validate(small()).has_value());
  const std::vector<std::pair<const char*, std::function<void(Network&)>>> bad{
      {"producer 0", [](Network& n) { n.producers[0].node = 2; }},
      {"producer 0", [](Network& n) { n.producers[0].capacity = -1; }},
      {"producer 0", [](Network& n) { n.producers[0].capacity = nan_; }},
      {"producer 0", [](Network& n) { n.producers[0].capacity = unlimited; }},
      {"producer 0", [](Network& n) { n.producers[0].cost_first = -unlimited; }},
      {"producer 0", [](Network& n) { n.producers[0].cost_last = nan_; }},
      {"producer 0", [](Network& n) { n.producers[0].cost_last = 9; }},
      {"consumer 0", [](Network& n) { n.consumers[0].node = nobody; }},
      {"consumer 0", [](Network& n) { n.consumers[0].most = -1; }},
      {"consumer 0", [](Network& n) { n.consumers[0].most = nan_; }},
      {"consumer 0", [](Network& n) { n.consumers[0].a = -1; }},
      {"consumer 0", [](Network& n) { n.consumers[0].a = unlimited; }},
      {"consumer 0", [](Network& n) { n.consumers[0].b = 0; }},
      {"consumer 0", [](Network& n) { n.consumers[0].b = nan_; }},
      {"consumer 0", [](Network& n) { n.consumers[0].p0 = 0; }},
      {"consumer 0", [](Network& n) { n.consumers[0].p0 = unlimited; }},
      {"consumer 0", [](Network& n) { n.consumers[0].choke = unlimited; }},
      {"consumer 0", [](Network& n) { n.consumers[0].choke = 0; }},
      {"consumer 0", [](Network& n) { n.consumers[0].choke = nan_; }},
      {"consumer 1", [](Network& n) { n.consumers[1].b = -1; }},
      {"consumer 1", [](Network& n) { n.consumers[1].b = 0; }},
      {"consumer 1", [](Network& n) { n.consumers[1].a = nan_; }},
      {"link 0", [](Network& n) { n.links[0].from = 2; }},
      {"link 0", [](Network& n) { n.links[0].to = 2; }},
      {"link 0", [](Network& n) { n.links[0].to = 0; }},
      {"link 1", [](Network& n) { n.links[1].capacity = -1; }},
      {"link 1", [](Network& n) { n.links[1].capacity = nan_; }},
      {"link 1", [](Network& n) { n.links[1].cost = unlimited; }},
      {"link 2", [](Network& n) { n.links[2].fixed = -1; }},
      {"link 2", [](Network& n) { n.links[2].fixed = unlimited; }},
  };
  for (std::size_t i = 0; i < bad.size(); ++i) {
    Network n = small();
    bad[i].second(n);
    const auto r = validate(n);
    ASSERT_FALSE(r.has_value()) << i;
    EXPECT_EQ(r.error().where, bad[i].first) << i << ": " << r.error().message;
    EXPECT_EQ(r.error().kind, ErrorKind::invalid) << i;
    EXPECT_FALSE(r.error().message.empty());
  }
  Network n;
  n.nodes = 100'001;
  EXPECT_EQ(validate(n).error().kind, ErrorKind::too_large);
  n = to_build(std::vector<double>(61, 1.0));
  EXPECT_EQ(validate(n).error().kind, ErrorKind::too_large);
}

TEST(MarketBuilt, BitsCountTheLinksToBuild) {
  Network n = small();
  Workspace w;
  Solution s;
  for (std::uint64_t built = 0; built < 4; ++built) {
    ASSERT_TRUE(solve(n, everybody, built, w, s).has_value());
    EXPECT_EQ(s.built, built);
    EXPECT_EQ(s.flow[0], 10);
    EXPECT_EQ(s.flow[1] > 0, (built & 1) != 0);
    EXPECT_EQ(s.flow[2] > 0, (built & 2) != 0);
    EXPECT_EQ(s.fixed, (built & 1 ? 100 : 0) + (built & 2 ? 400 : 0));
    EXPECT_LE(check(n, everybody, built, s), 1e-14);
    EXPECT_GT(check(n, everybody, built ^ 1, s), 1e-3);
  }
  // A link whose players are not all there is not used, built or not; it is paid for if built.
  ASSERT_TRUE(solve(n, 3, 3, w, s).has_value());
  EXPECT_EQ(s.flow[2], 0);
  EXPECT_EQ(s.fixed, 500);
}

TEST(MarketOptimise, BuildsWhatPaysAndNotAtATie) {
  Workspace w;
  Solution s;
  const auto built = [&](std::vector<double> fixed, double total) {
    EXPECT_TRUE(optimise(to_build(std::move(fixed)), everybody, w, s).has_value());
    EXPECT_NEAR(s.total, total, 1e-9);
    return s.built;
  };
  EXPECT_EQ(built({500}, 100), 1u);
  EXPECT_EQ(built({700}, 0), 0u);
  EXPECT_EQ(built({600}, 0), 0u);         // worth exactly what it costs
  EXPECT_EQ(built({100, 100}, 600), 3u);  // the second is worth 200
  EXPECT_EQ(built({250, 250}, 350), 1u);  // of equals, the first
  EXPECT_EQ(built({250, 240}, 360), 2u);
  EXPECT_EQ(built({200, 100}, 500), 2u);  // {1} and {0, 1} tie: the fewest
  EXPECT_EQ(built({0, 0, 0}, 800), 3u);   // two are enough
  EXPECT_EQ(built(std::vector<double>(16, 50.0), 700), 3u);
  // {0, 3} and {1, 2} tie at two: the lowest index decides. Links 0 and 3 carry ten each, 1 and 2 too.
  Network n = to_build({10, 10, 10, 10});
  for (Link& l : n.links) l.capacity = 10;
  n.consumers[0] = {.node = 1, .a = 50, .b = 0, .most = 20};
  ASSERT_TRUE(optimise(n, everybody, w, s).has_value());
  EXPECT_EQ(s.built, 3u);
  n.links[1].needs = n.links[2].needs = 1;
  n.links[0].needs = n.links[3].needs = 2;
  ASSERT_TRUE(optimise(n, 1, w, s).has_value());
  EXPECT_EQ(s.built, 6u);
  ASSERT_TRUE(optimise(n, 2, w, s).has_value());
  EXPECT_EQ(s.built, 9u);
  const auto too_many = optimise(to_build(std::vector<double>(17, 1.0)), everybody, w, s);
  ASSERT_FALSE(too_many.has_value());
  EXPECT_EQ(too_many.error().kind, ErrorKind::too_large);
  // Money in millionths or in millions: nothing changes.
  for (const double unit : {1e-9, 1e9}) {
    n = to_build({250 * unit, 240 * unit});
    n.producers[0].cost_first *= unit, n.producers[0].cost_last *= unit;
    n.consumers[0].a *= unit, n.consumers[0].b *= unit;
    ASSERT_TRUE(optimise(n, everybody, w, s).has_value());
    EXPECT_EQ(s.built, 2u) << unit;
    EXPECT_NEAR(s.total, 360 * unit, 1e-9 * unit);
  }
}

// Seller 0 and buyer 1 have the link that exists; player 2 holds the second link to build.
TEST(MarketWorths, OfAllCoalitions) {
  const Network n = small();
  Workspace w;
  std::vector<double> worth(8);
  std::uint64_t solves = 0;
  ASSERT_TRUE(worths(n, 3, w, worth, &solves).has_value());
  EXPECT_EQ(solves, 3u);  // nothing of use; without and with the player of the third link
  for (const Mask m : {0u, 1u, 2u, 4u, 5u, 6u}) EXPECT_EQ(worth[m], 0) << m;
  Solution s;
  ASSERT_TRUE(optimise(n, 3, w, s).has_value());
  EXPECT_EQ(worth[3], s.total);
  EXPECT_GT(worth[3], 0);
  ASSERT_TRUE(optimise(n, 7, w, s).has_value());
  EXPECT_EQ(worth[7], s.total);
  EXPECT_GT(worth[7], worth[3]);

  EXPECT_EQ(worths(n, 21, w, worth).error().where, "players");
  EXPECT_EQ(worths(n, 4, w, worth).error().where, "worth");
  Network bad = n;
  bad.links[0].to = 9;
  EXPECT_EQ(worths(bad, 3, w, worth).error().where, "link 0");
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

bool same(const Solution& a, const Solution& b) {
  return same(a.produced, b.produced) && same(a.consumed, b.consumed) && same(a.flow, b.flow) &&
         same(a.price, b.price) && same(a.producer_surplus, b.producer_surplus) &&
         same(a.consumer_surplus, b.consumer_surplus) && same(a.link_rent, b.link_rent) &&
         std::memcmp(&a.total, &b.total, sizeof a.total) == 0 && a.built == b.built && a.pivots == b.pivots;
}

TEST(MarketWorkspace, LeavesNoTrace) {
  const Network n = small(), other = to_build({1, 2, 3, 4, 5});
  Workspace fresh, used;
  Solution a, b;
  ASSERT_TRUE(solve(n, everybody, 3, fresh, a).has_value());
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(optimise(other, everybody, used, b).has_value());
    ASSERT_TRUE(solve(n, static_cast<Mask>(i), 1, used, b).has_value());
    Network unlimited_demand = n;
    unlimited_demand.producers[0] = {.node = 1, .capacity = unlimited};
    ASSERT_FALSE(solve(unlimited_demand, everybody, 3, used, b).has_value());
    ASSERT_TRUE(solve(n, everybody, 3, used, b).has_value());
    EXPECT_TRUE(same(a, b));
  }
}

TEST(MarketWorkspace, AllocatesNothingOnceItHasGrown) {
  Network n = small();
  const Network other = to_build({1, 2, 3});
  Workspace w;
  Solution s, t;
  std::vector<double> worth(8);
  std::size_t before = 0;
  for (int round = 0; round < 5; ++round) {
    if (round == 2) before = tests::allocations;
    n.producers[0].capacity = 20 + 30 * round;
    n.consumers[0].a = 30 + 5 * round;
    bool good = solve(n, everybody, 3, w, s).has_value();
    good = optimise(n, everybody, w, s).has_value() && good;
    good = optimise(other, everybody, w, t).has_value() && good;
    good = worths(n, 3, w, worth).has_value() && good;
    ASSERT_TRUE(good);
  }
  EXPECT_EQ(tests::allocations, before);
}

}  // namespace
