// What the account of a deal says in words: of prices that are cuts of a demand curve, of limits that are one price.
#include <gtest/gtest.h>

#include <string>

#include "entente/plan/answer.hpp"
#include "families/market/market_words.hpp"
#include "situations.hpp"

// Demand 100 (p / 50)^-1 is cut at 500, where 10 are taken: a pipe of 5 is too little, and ships of nothing are
// nothing. With ships of 40 at 40 the City buys along its curve, without the pipe at 100 * 50 / 40 = 125 beyond 40: at
// 125.
namespace {

entente::ask::Account told(const std::string& ships, const std::string& choke = "") {
  const auto c = entente::tests::compile(
      "entente: 1\nsituation: A strait\nas_of: 2025-01-01\nsources: {s: {title: invented, date: 2024-01-01}}\n"
      "source: s\nactors: {SEL: {name: Seller}, BUY: {name: Buyer}}\nmarkets:\n  gas:\n    year: 2030\n"
      "    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n      Field: {of: SEL, capacity: 10, cost: 20}\n      "
      "LNG: {open: true, capacity: 100, cost: 40}\n    consumers:\n"
      "      City: {of: BUY, demand: {quantity: 100, price: 50, elasticity: -1" +
      choke + "}}\n    links:\n      Ships: {from: LNG, to: City, capacity: " + ships +
      "}\n      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: 5}\n"
      "questions:\n  pipe: {deal: gas, over: [Pipe]}\n");
  EXPECT_TRUE(c->plan) << c->complaints();
  return c->plan ? entente::plan::answer(*c->plan).questions[0].account : entente::ask::Account{};
}

std::string all(const entente::ask::Account& a) {
  std::string out;
  for (const auto& l : a.lines) out += l.label + ": " + l.text + "\n";
  for (const auto& n : a.notes) out += n + "\n";
  return out;
}

}  // namespace

TEST(DealWords, ACutIsNoPrice) {
  const std::string none = all(told("0"));
  EXPECT_NE(
      none.find("limit.BUY: highest price at which Buyer gains: 500, where its demand curve is cut (`choke`: none is "
                "given, so ten times the price of its demand), not a market's price, since too little reaches it"),
      std::string::npos)
      << none;
  EXPECT_NE(none.find("without Pipe nothing reaches City: 500 USD/kcm is where its demand curve is cut"),
            std::string::npos)
      << none;
  EXPECT_NE(none.find("with Pipe too little (5 bcm/yr) reaches City: 500 USD/kcm is where"), std::string::npos) << none;
  EXPECT_EQ(none.find("the market's price there"), std::string::npos) << none;
  const std::string given = all(told("0", ", choke: 700"));
  EXPECT_NE(given.find("700, where its demand curve is cut (`choke`), not a market's price"), std::string::npos)
      << given;
}

TEST(DealWords, AMarketThatIsSuppliedSaysNothingOfACut) {
  const std::string some = all(told("40"));
  EXPECT_NE(some.find("the market's price there, 111"), std::string::npos) << some;  // 100 * 50 / 45
  EXPECT_EQ(some.find("choke"), std::string::npos) << some;
  EXPECT_EQ(some.find("reaches"), std::string::npos) << some;
}

TEST(DealWords, WithoutADealWhatWouldFlowIsNoOutcome) {
  const auto c = entente::tests::compile_file(ENTENTE_ROOT "/tests/data/deal/no-deal.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  const std::string dear = all(entente::plan::answer(*c->plan).questions[0].account);
  EXPECT_NE(dear.find("gain: all whose consent it needs together, a year, if it were built; without a deal it is not"),
            std::string::npos)
      << dear;
  EXPECT_NE(dear.find("volume: over Pipe, if it were built; without a deal it is not"), std::string::npos) << dear;
  EXPECT_EQ(all(told("40")).find("if it were built"), std::string::npos);
}

// A producer of capacity 40 at `cost`, and demand 100 (p / 50)^-1 cut at 500.
TEST(MarketWords, WhatReachesAConsumer) {
  using namespace entente;
  const auto supply = [](double capacity, double cost, double wants = 100) {
    market::Network n{.nodes = 2, .producers = {{.node = 0, .capacity = 1000, .cost_first = cost, .cost_last = cost}}};
    n.consumers = {
        {.node = 1, .form = market::Demand::constant_elasticity, .a = wants, .b = -1, .p0 = 50, .choke = 500}};
    n.links = {{.from = 0, .to = 1, .capacity = capacity}};
    market::Workspace w;
    market::Solution s;
    EXPECT_TRUE(market::solve(n, ~market::Mask{0}, 0, w, s).has_value());
    return ask::supply_of(n, s, 0);
  };
  EXPECT_EQ(supply(0, 20), ask::Supply::nothing);
  EXPECT_EQ(supply(9, 20), ask::Supply::little);
  EXPECT_EQ(supply(11, 20), ask::Supply::enough);
  EXPECT_EQ(supply(1000, 20), ask::Supply::enough);
  EXPECT_EQ(supply(1000, 900), ask::Supply::dear);
  EXPECT_EQ(supply(0, 20, 0), ask::Supply::enough) << "who wants nothing lacks nothing";
}

// Both limits are 100: what the seller's gas costs, and what the ships bring it for.
TEST(DealWords, OnePriceLeavesNothingToDivide) {
  const auto c = entente::tests::compile(
      "entente: 1\nsituation: An edge\nas_of: 2025-01-01\nsources: {s: {title: invented, date: 2024-01-01}}\n"
      "source: s\nactors: {SEL: {name: Seller}, BUY: {name: Buyer}}\nmarkets:\n  gas:\n    year: 2030\n"
      "    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n      Field: {of: SEL, capacity: 50, cost: 100}\n     "
      " "
      "LNG: {open: true, capacity: 200, cost: 100}\n    consumers:\n"
      "      City: {of: BUY, demand: {quantity: 100, price: 100, elasticity: -0.5}}\n    links:\n"
      "      Ships: {from: LNG, to: City, capacity: 200}\n"
      "      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: 50}\nquestions:\n  pipe: {deal: gas, over: "
      "[Pipe]}\n");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto a = entente::plan::answer(*c->plan).questions[0].account;
  EXPECT_NE(a.headline.text().find("at this one price a deal would gain them nothing, so there is nothing to divide"),
            std::string::npos)
      << a.headline.text();
  EXPECT_NE(all(a).find("zone: the limits are one price: nothing to divide"), std::string::npos) << all(a);
}
