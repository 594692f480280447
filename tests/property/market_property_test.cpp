// The market kernel on random networks: ties of whole numbers and of numbers that tie but for their last bits, mixed
// curves, mostly elastic demand, numbers over twelve decades, and numbers at the ends of the machine's range. Thousands
// each from a fixed seed; RC_PARAMS="max_success=1000000 seed=7" in the environment asks for others and more.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "kernel/market_oracle.hpp"
#include "kernel/market_random.hpp"
#include "support/property.hpp"

using namespace entente;
using namespace entente::market;

namespace {

constexpr Mask everybody = ~Mask{0};

const char* name(Kind k) {
  switch (k) {
    case Kind::ties:
      return "ties";
    case Kind::exact:
      return "exact";
    case Kind::mixed:
      return "mixed";
    case Kind::elastic:
      return "elastic";
    case Kind::wide:
      return "wide";
    case Kind::hostile:
      return "hostile";
  }
  return "";
}

Solution solved(const Network& n, Mask members = everybody, std::uint64_t built = 0) {
  Workspace w;
  Solution s;
  const auto done = solve(n, members, built, w, s);
  RC_ASSERT(done.has_value());
  return s;
}

double size_of(const Network& n, const Solution& s) { return oracle::primal(n, s.built, s).size; }

void close(double a, double b, double tolerance) {
  if (!(std::abs(a - b) <= tolerance)) RC_LOG() << a << " against " << b << " within " << tolerance << "\n";
  RC_ASSERT(std::abs(a - b) <= tolerance);
}

/// Quantity fixed by the price alone: the curve is strictly monotone there.
bool strict(const Producer& p, double q) { return p.cost_last > p.cost_first && q > 0 && q < p.capacity; }
bool strict(const Consumer& c, double price) {
  return c.form == Demand::linear ? c.b > 0 : c.a > 0 && price < c.choke * (1 - 1e-9);
}

class MarketProperty : public testing::TestWithParam<Kind> {
 protected:
  static void SetUpTestSuite() { (void)entente::tests::instances(3000); }
  template <class Property>
  void hold(const char* what, Property property) {
    EXPECT_TRUE(rc::check(std::string(what) + ", " + name(GetParam()), property));
  }
  Kind kind = GetParam();
};

TEST_P(MarketProperty, TheJudgeAndWeakDualityAgree) {
  hold("optimal", [this] {
    const Network n = *networks(kind);
    RC_ASSERT(validate(n).has_value());
    const Solution s = solved(n);
    RC_ASSERT(check(n, everybody, 0, s) <= 1e-9);
    RC_ASSERT(s.residual <= 1e-12);
    RC_ASSERT(oracle::gap(n, everybody, 0, s) <= 1e-12);
  });
}

TEST_P(MarketProperty, TotalIsThatOfGlpk) {
  if (kind == Kind::wide) GTEST_SKIP() << "GLPK's tolerances are absolute";
  hold("GLPK", [this] {
    const Network n = *networks(kind);
    const Solution s = solved(n);
    const auto lp = oracle::glpk(n, everybody, 0, 40);
    if (!lp.finite) return;
    RC_ASSERT(lp.solved);
    const double noise = 1e-9 * size_of(n, s) + 1e-9;
    RC_ASSERT(s.total >= lp.low - noise);
    RC_ASSERT(s.total <= lp.high + noise);
  });
}

TEST_P(MarketProperty, PartsOfSurplusAddUp) {
  hold("parts", [this] {
    const Network n = *networks(kind, 0, 4);
    const auto built = *rc::gen::inRange<std::uint64_t>(0, 16);
    const Solution s = solved(n, everybody, built);
    oracle::Total parts;
    for (std::size_t i = 0; i < n.producers.size(); ++i)
      parts.size += std::abs(s.price[n.producers[i].node]) * s.produced[i];
    for (std::size_t i = 0; i < n.consumers.size(); ++i)
      parts.size += std::abs(s.price[n.consumers[i].node]) * s.consumed[i];
    for (std::size_t i = 0; i < n.links.size(); ++i)
      parts.size += (std::abs(s.price[n.links[i].to]) + std::abs(s.price[n.links[i].from])) * s.flow[i];
    const double noise = 1e-12 * (parts.size + size_of(n, s));
    for (const auto* list : {&s.producer_surplus, &s.consumer_surplus, &s.link_rent})
      for (const double x : *list) {
        RC_ASSERT(x >= -noise);
        parts.add(x);
      }
    parts.add(-s.fixed);
    close(parts.value, s.total, noise + 1e-12 * s.fixed);
  });
}

TEST_P(MarketProperty, OrderDoesNotMatter) {
  hold("permutation", [this] {
    const Network n = *networks(kind);
    const auto shuffled = [](std::size_t size) {
      std::vector<std::uint32_t> order(size);
      for (std::uint32_t i = 0; i < size; ++i) order[i] = i;
      for (std::size_t i = size; i-- > 1;) std::swap(order[i], order[*rc::gen::inRange<std::size_t>(0, i + 1)]);
      return order;
    };
    const auto place = shuffled(n.nodes), p = shuffled(n.producers.size()), c = shuffled(n.consumers.size()),
               l = shuffled(n.links.size());
    Network m{.nodes = n.nodes};
    for (const auto i : p) m.producers.push_back(n.producers[i]), m.producers.back().node = place[n.producers[i].node];
    for (const auto i : c) m.consumers.push_back(n.consumers[i]), m.consumers.back().node = place[n.consumers[i].node];
    for (const auto i : l) {
      m.links.push_back(n.links[i]);
      m.links.back().from = place[n.links[i].from];
      m.links.back().to = place[n.links[i].to];
    }
    const Solution a = solved(n), b = solved(m);
    close(a.total, b.total, 1e-12 * size_of(n, a));
    double prices = 0, most = 0;
    for (const double x : a.price) prices = std::max(prices, std::abs(x));
    for (const auto* list : {&a.produced, &a.consumed, &a.flow})
      for (const double q : *list) most = std::max(most, q);
    if (kind == Kind::wide) return;  // there, prices hang on the last bits of quantities
    for (std::uint32_t v = 0; v < n.nodes; ++v) close(a.price[v], b.price[place[v]], 1e-9 * prices);
    for (std::size_t i = 0; i < p.size(); ++i)
      if (strict(n.producers[p[i]], a.produced[p[i]])) close(b.produced[i], a.produced[p[i]], 1e-9 * most);
    for (std::size_t i = 0; i < c.size(); ++i)
      if (strict(n.consumers[c[i]], a.price[n.consumers[c[i]].node]))
        close(b.consumed[i], a.consumed[c[i]], 1e-9 * most);
  });
}

TEST_P(MarketProperty, UnitsDoNotMatter) {
  hold("units", [this] {
    const Network n = *networks(kind);
    // Powers of two: nothing is rounded, so the answer is the same to the last bit but for logarithms.
    const double money = std::exp2(*rc::gen::inRange(-40, 41)), quantity = std::exp2(*rc::gen::inRange(-40, 41));
    Network m = n;
    for (Producer& p : m.producers) p.capacity *= quantity, p.cost_first *= money, p.cost_last *= money;
    for (Consumer& c : m.consumers) {
      c.most *= quantity;
      c.p0 *= money;
      c.choke *= money;
      c.a *= c.form == Demand::linear ? money : quantity;
      if (c.form == Demand::linear) c.b *= money / quantity;
    }
    for (Link& l : m.links) l.capacity *= quantity, l.cost *= money;
    const Solution a = solved(n), b = solved(m);
    close(b.total, a.total * money * quantity, 1e-12 * size_of(m, b));
    for (std::uint32_t v = 0; v < n.nodes; ++v) close(b.price[v], a.price[v] * money, 1e-9 * std::abs(b.price[v]));
  });
}

TEST_P(MarketProperty, WhatCannotBeUsedChangesNothing) {
  hold("unusable", [this] {
    const Network n = *networks(kind);
    Network m = n;
    const auto at = [&] { return static_cast<std::uint32_t>(random::pick(0, static_cast<int>(n.nodes))); };
    m.producers.push_back({.node = at(), .capacity = 5, .cost_first = -1, .cost_last = 4, .needs = 1});
    m.producers.push_back({.node = at(), .capacity = 0, .cost_first = -1, .cost_last = -1});
    m.consumers.push_back({.node = at(), .a = 100, .b = 1, .needs = 3});
    m.consumers.push_back({.node = at(), .a = 100, .b = 1, .most = 0});
    m.consumers.push_back({.node = at(), .form = Demand::constant_elasticity, .a = 0, .b = -1, .p0 = 1, .choke = 9});
    m.nodes += 1;
    m.links.push_back({.from = at(), .to = n.nodes, .capacity = 0});
    m.links.push_back({.from = n.nodes, .to = at(), .capacity = 9, .needs = 1});
    m.links.push_back({.from = n.nodes, .to = at(), .capacity = 9, .optional = true});
    const Solution a = solved(n, ~Mask{1}), b = solved(m, ~Mask{1});
    RC_ASSERT(a.total == b.total);
    RC_ASSERT(std::equal(a.produced.begin(), a.produced.end(), b.produced.begin()));
    RC_ASSERT(std::equal(a.consumed.begin(), a.consumed.end(), b.consumed.begin()));
    RC_ASSERT(std::equal(a.flow.begin(), a.flow.end(), b.flow.begin()));
    RC_ASSERT(std::equal(a.price.begin(), a.price.end(), b.price.begin()));
  });
}

TEST_P(MarketProperty, MoreIsNeverWorse) {
  hold("monotone", [this] {
    const Network n = *networks(kind, 3);
    const auto members = static_cast<Mask>(random::pick(0, 8));
    const Solution a = solved(n, members);
    const Solution b = solved(n, members | static_cast<Mask>(random::pick(0, 8)));
    RC_ASSERT(b.total >= a.total - 1e-12 * (size_of(n, a) + size_of(n, b)));
    Network m = n;
    for (Link& l : m.links)
      if (random::chance(30)) l.capacity *= 2;
    for (Producer& p : m.producers)  // twice the capacity at the same rise
      if (random::chance(30)) p.capacity *= 2, p.cost_last += p.cost_last - p.cost_first;
    const Solution c = solved(m, members);
    RC_ASSERT(c.total >= a.total - 1e-12 * (size_of(n, a) + size_of(m, c)));
  });
}

TEST_P(MarketProperty, TheJudgeComplainsOfAWrongAnswer) {
  hold("judge", [this] {
    const Network n = *networks(kind);
    const Solution right = solved(n);
    double levels = 0;  // the largest price or cost there is: below its last digits nothing can be said
    for (const double p : right.price) levels = std::max(levels, std::abs(p));
    for (const Producer& p : n.producers) levels = std::max(levels, std::abs(p.cost_first));
    for (const Consumer& c : n.consumers) levels = std::max(levels, c.form == Demand::linear ? c.a : 0);
    for (const Link& l : n.links) levels = std::max(levels, std::abs(l.cost));
    const double factor = random::chance(50) ? 1 + 1e-4 : 1 - 1e-4;
    for (const auto list : {&Solution::produced, &Solution::consumed, &Solution::flow})
      for (std::size_t i = 0; i < (right.*list).size(); ++i) {
        Solution wrong = right;
        (wrong.*list)[i] *= factor;
        const double q = (right.*list)[i];
        const bool small = [&] {  // beside what else passes its nodes
          double beside = 0;
          for (const auto* all : {&right.produced, &right.consumed, &right.flow})
            for (const double x : *all) beside = std::max(beside, x);
          return q < 1e-4 * beside;
        }();
        if (!small && q > 0) RC_ASSERT(check(n, everybody, 0, wrong) > 1e-9);
      }
    for (std::uint32_t v = 0; v < n.nodes; ++v) {
      Solution wrong = right;
      wrong.price[v] *= factor;
      // Right all the same if these prices still support the flow, which duality tells.
      const double shift = std::abs(wrong.price[v] - right.price[v]);
      const oracle::Total d = oracle::dual(n, everybody, 0, wrong);
      const bool supports =
          d.value - right.total <= 1e-9 * shift * std::max(1e-300, d.size / (1e-300 + std::abs(right.price[v])));
      if (shift > 1e-8 * levels && !supports) RC_ASSERT(check(n, everybody, 0, wrong) > 1e-9);
    }
  });
}

TEST_P(MarketProperty, TheBestSetOfLinksByEnumeration) {
  hold("options", [this] {
    const Network n = *networks(kind, 3, 4);
    std::size_t options = 0;
    for (const Link& l : n.links) options += oracle::choice(l);
    Workspace w;
    std::vector<double> worth(8);
    RC_ASSERT(worths(n, 3, w, worth).has_value());
    Solution s;
    double nothing = 0;
    for (Mask members = 0; members < 8; ++members) {
      RC_ASSERT(optimise(n, members, w, s).has_value());
      RC_ASSERT(check(n, members, s.built, s) <= 1e-9);
      if (members == 0) nothing = s.total;
      double best = -std::numeric_limits<double>::infinity(), size = 0;
      for (std::uint64_t set = 0; set < std::uint64_t{1} << options; ++set) {
        const Solution one = solved(n, members, set);
        best = std::max(best, one.total);
        size = std::max(size, size_of(n, one));
      }
      close(s.total, best, 1e-11 * size);
      close(worth[members], s.total - nothing, 1e-11 * size);
    }
  });
}

TEST_P(MarketProperty, AnAnswerDoesNotDependOnWhatWasSolvedBefore) {
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  const auto same = [bits](const std::vector<double>& a, const std::vector<double>& b) {
    return std::ranges::equal(a, b, {}, bits, bits);
  };
  Workspace used;
  hold("history", [this, &used, bits, same] {
    const Network n = *networks(kind);
    const Solution a = solved(n);
    Solution b;
    RC_ASSERT(solve(n, everybody, 0, used, b).has_value());
    for (const auto list : {&Solution::produced, &Solution::consumed, &Solution::flow, &Solution::price})
      RC_ASSERT(same(a.*list, b.*list));
    RC_ASSERT(bits(a.total) == bits(b.total));
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, MarketProperty,
                         testing::Values(Kind::ties, Kind::exact, Kind::mixed, Kind::elastic, Kind::wide),
                         [](const auto& kind) { return std::string(name(kind.param)); });

// Numbers at the ends of the machine's range: the answer may be none, but it comes.
TEST(MarketHostile, EndsCalmly) {
  (void)entente::tests::instances(3000);
  EXPECT_TRUE(rc::check("hostile", [] {
    const Network n = *networks(Kind::hostile, 2, 2);
    if (!validate(n)) return;
    Workspace w;
    Solution s;
    for (Mask members = 0; members < 4; ++members)
      if (solve(n, members, 3, w, s)) (void)check(n, members, 3, s);
    (void)optimise(n, everybody, w, s);
  }));
}

}  // namespace
