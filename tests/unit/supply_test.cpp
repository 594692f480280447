// The question supply from text to cells: the example by hand of its method page, worlds and levers, groups, what a
// world without a buyer or without goods says, no allocation, what the reader refuses and where.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

#include "entente/plan/answer.hpp"
#include "situations.hpp"
#include "support/allocations.hpp"
#include "support/read.hpp"

using namespace entente;
using tests::Read;

namespace {

std::string file(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(ENTENTE_ROOT "/tests/data/supply/" + name).rdbuf();
  return text.str();
}

TEST(SupplyQuestion, TheExampleByHand) {
  const Read r(file("by-hand.yaml"));
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_NEAR(r["chips.delivered"], 9, 1e-9);
  EXPECT_NEAR(r["chips.price"], 1.6 / 0.81, 1e-9);
  EXPECT_NEAR(r["chips.payment"], 9 * 1.6 / 0.81, 1e-9);
  EXPECT_NEAR(r["chips.mark-up"], 9 * 1.6 / 0.81 / 9.6 - 1, 1e-9);
  EXPECT_NEAR(r["chips.origin.Eastern"], 6.0 / 9, 1e-9);
  EXPECT_NEAR(r["chips.route.Detour"], 1.0 / 9, 1e-9);
  EXPECT_NEAR(r["chips.after"], 3, 1e-9);
  EXPECT_NEAR(r["chips.left"], 1.0 / 3, 1e-9);
  EXPECT_NEAR(r["chips.shortfall"], 6, 1e-9);
  EXPECT_NEAR(r["chips.price-after"], 5, 1e-9);
  EXPECT_NEAR(r["chips.affordable"], 1, 1e-9);
  EXPECT_NEAR(r["chips.made-good"], 1.0 / 9, 1e-9);
  EXPECT_EQ(r["chips.can-make-good"], 0);
  EXPECT_NEAR(r["chips.after-cut"], 3, 1e-9);
  EXPECT_NEAR(r["chips.cut-loss"], 2.0 / 3, 1e-9);
  EXPECT_NEAR(r["chips.price-after-cut"], 5, 1e-9);
  EXPECT_NEAR(r["chips.without.Eastern"], 5, 1e-9);
  EXPECT_NEAR(r["chips.without.East"], 3, 1e-9);
  EXPECT_NEAR(r["chips.without.Detour"], 8, 1e-9);
}

TEST(SupplyQuestion, WorldsAndLevers) {
  // `without` an actor is what `withdraw` does; an origin or a route by its own name; a lever on enforcement: 4 pass by
  // the East, and at 1.6 (7/10)^-2 = 3.27 the whole stretch is worth its cost.
  const std::vector<std::string> asked{"chips.delivered without CHN", "chips.delivered without Eastern",
                                       "chips.delivered without East", "chips.delivered without TUR",
                                       "chips.delivered with strict"};
  const Read r(file("by-hand.yaml"), "test.yaml", asked);
  ASSERT_TRUE(r.plan) << r.all();
  const double expected[]{3, 5, 3, 8, 7};
  for (std::size_t i = 0; i < asked.size(); ++i) EXPECT_NEAR(r[asked[i]], expected[i], 1e-9) << asked[i];
}

TEST(SupplyQuestion, EveryClaimOfTheExampleHolds) {
  const Read r(file("by-hand.yaml"));
  ASSERT_TRUE(r.plan) << r.all();
  plan::Workspace w(*r.plan);
  std::vector<double> p(r.plan->parameters());
  r.plan->evaluate(p, r.plan->medians(p), w);
  for (std::size_t c = 0; c < r.plan->claims().size(); ++c) {
    double margin = 0;
    EXPECT_EQ(r.plan->claim(c, w, margin), number::Truth::yes) << r.plan->claims()[c].name;
  }
}

// The model alone: cells by name at the parameters of the file, changed by `change`.
struct Alone {
  std::unique_ptr<tests::Compiled> compiled;
  std::unique_ptr<ask::Model> model;
  std::vector<double> p, value;
  std::vector<ask::Reason> reason;
  std::unique_ptr<ask::Model::Scratch> scratch;

  explicit Alone(const std::string& text) : compiled(tests::compile(text)) {
    if (!compiled->situation) return;
    model = ask::compile(*compiled->situation, compiled->situation->questions[0], compiled->diagnostics);
    for (const auto& parameter : compiled->situation->parameters) p.push_back(parameter.number.distribution.median());
    value.assign(model->quantities().size(), -1);
    reason.assign(value.size(), ask::Reason::none);
    scratch = model->scratch();
  }
  double& at(const std::string& path) { return p[compiled->id(path)]; }
  void run(const ask::Groups& groups = ask::Groups::all()) { model->evaluate(p, groups, *scratch, value, reason); }
  std::size_t cell(const std::string& name) const {
    for (std::size_t c = 0; c < value.size(); ++c)
      if (model->quantities()[c].name == name) return c;
    ADD_FAILURE() << name;
    return 0;
  }
};

TEST(SupplyQuestion, WithoutABuyerOrGoodsTheAnswerIsInWords) {
  Alone a(file("by-hand.yaml"));
  ASSERT_TRUE(a.model) << a.compiled->complaints();
  a.at("presence.RUS") = 0;
  a.run();
  for (std::size_t c = 0; c < a.value.size(); ++c) EXPECT_EQ(a.reason[c], ask::Reason::absent);
  EXPECT_NE(a.model->account(a.p, *a.scratch).headline.text().find("nobody buys"), std::string::npos);
  a.at("presence.RUS") = 1;
  a.at("presence.CHN") = 0;
  a.at("presence.TUR") = 0;
  a.run();
  EXPECT_EQ(a.value[a.cell("delivered")], 0);
  EXPECT_EQ(a.value[a.cell("payment")], 0);
  EXPECT_EQ(a.value[a.cell("after-cut")], 0);
  EXPECT_EQ(a.value[a.cell("shortfall")], 0);
  for (const char* name : {"price", "mark-up", "origin.Western", "route.Detour", "left", "made-good", "can-make-good",
                           "price-after", "cut-loss"})
    EXPECT_EQ(a.reason[a.cell(name)], ask::Reason::undelivered) << name;
  EXPECT_NE(a.model->account(a.p, *a.scratch).headline.text().find("Nothing reaches"), std::string::npos);
}

TEST(SupplyQuestion, WithdrawingWhoIsGoneChangesNothing) {
  Alone a(file("by-hand.yaml"));
  ASSERT_TRUE(a.model) << a.compiled->complaints();
  a.at("presence.CHN") = 0;
  a.run();
  EXPECT_NEAR(a.value[a.cell("delivered")], 3, 1e-9);
  EXPECT_EQ(a.value[a.cell("left")], 1);
  EXPECT_NEAR(a.value[a.cell("made-good")], 1.0 / 3, 1e-9);  // what came before cost more than `at-most`
  const auto account = a.model->account(a.p, *a.scratch);
  ASSERT_FALSE(account.notes.empty());
  EXPECT_NE(account.notes.front().text().find("before anybody withdraws"), std::string::npos);
}

TEST(SupplyQuestion, OnlyWhatIsAskedIsComputed) {
  Alone a(file("by-hand.yaml"));
  ASSERT_TRUE(a.model) << a.compiled->complaints();
  for (unsigned g = 0; g < 9; ++g) {
    std::ranges::fill(a.value, -1);
    a.run({g});
    for (std::size_t c = 0; c < a.value.size(); ++c)
      EXPECT_EQ(a.value[c] == -1, a.model->quantities()[c].group != g) << a.model->quantities()[c].name;
  }
}

TEST(SupplyQuestion, AgreesWithItsAccount) {
  Alone a(file("by-hand.yaml"));
  ASSERT_TRUE(a.model) << a.compiled->complaints();
  a.run();
  const auto account = a.model->account(a.p, *a.scratch);
  EXPECT_FALSE(account.lines.empty());
  for (const auto& line : account.lines) EXPECT_NEAR(line.value, a.value[a.cell(line.label)], 1e-12) << line.label;
  EXPECT_NE(account.certificate.find("worst cut proven"), std::string::npos);
  EXPECT_NE(account.certificate.find("list of all cuts: difference 0.0e+00"), std::string::npos) << account.certificate;
}

TEST(SupplyQuestion, NothingIsAllocatedInTheLoop) {
  Alone a(file("by-hand.yaml"));
  ASSERT_TRUE(a.model) << a.compiled->complaints();
  auto& east = a.at("supplies.goods.routes.East.capacity");
  const auto run = [&](int count) {
    for (int k = 0; k < count; ++k) {
      east = 1 + 0.01 * k;
      a.at("presence.TUR") = k % 3 != 0;
      a.run();
    }
  };
  run(1000);  // the market kernel's lists have grown to what these networks need
  const std::size_t before = tests::allocations.load();
  run(1000);
  EXPECT_EQ(tests::allocations.load(), before);
}

TEST(SupplyQuestion, IsTheSameOnEveryThread) {
  const auto all = [] {
    Alone a(file("by-hand.yaml"));
    std::vector<double> out;
    for (int k = 0; k < 200; ++k) {
      a.at("supplies.goods.routes.East.stopped") = k / 200.0;
      a.run();
      for (std::size_t c = 0; c < a.value.size(); ++c)
        out.push_back(a.reason[c] == ask::Reason::none ? a.value[c] : -1);
    }
    return out;
  };
  const auto one = all();
  std::vector<double> other, third;
  std::thread t([&] { other = all(); }), u([&] { third = all(); });
  t.join();
  u.join();
  EXPECT_EQ(one, other);
  EXPECT_EQ(one, third);
}

TEST(SupplyQuestion, AGroupWithdraws) {
  std::string text = file("by-hand.yaml");
  text.replace(text.find("supplies:"), 9, "groups: {both: [CHN, TUR]}\nsupplies:");
  text.replace(text.find("withdraw: CHN"), 13, "withdraw: both");
  const Read r(text);
  ASSERT_TRUE(r.plan) << r.all();
  EXPECT_EQ(r["chips.after"], 0);
  EXPECT_EQ(r["chips.left"], 0);
  EXPECT_EQ(r.why("chips.price-after"), ask::Reason::undelivered);
}

// Every slip has its code at its place.
void refuse(const std::string& before, const std::string& after, std::string_view code, const std::string& marked) {
  std::string text = file("by-hand.yaml");
  const auto at = text.find(before);
  ASSERT_NE(at, std::string::npos) << before;
  text.replace(at, before.size(), after);
  const Read r(text);
  EXPECT_FALSE(r.plan) << after;
  const auto& all = r.diagnostics.all();
  ASSERT_FALSE(all.empty()) << after;
  EXPECT_EQ(all.front().code, code) << r.all();
  ASSERT_TRUE(all.front().span.known()) << after;
  EXPECT_EQ(r.sources.text(all.front().span), marked) << r.all();
}

TEST(SupplyQuestion, Refusals) {
  refuse("Western: {capacity", "East: {capacity", "E0870", "East");
  refuse("carries: [Eastern, Western], capacity: 10", "carries: [Eastern, Westren], capacity: 10", "E0871", "Westren");
  refuse("carries: [Eastern, Western], capacity: 10", "carries: [Eastern, Eastern], capacity: 10", "E0873", "Eastern");
  refuse("carries: [Eastern, Western], capacity: 10", "carries: [], capacity: 10", "E0305", "[]");
  refuse("carries: [Eastern, Western], capacity: 10, ", "capacity: 10, ", "E0302", "East");
  refuse("      Western: {", "      Southern: {capacity: 1}\n      Western: {", "E0872", "Southern");
  refuse("supply: goods", "supply: godos", "E0876", "godos");
  refuse("withdraw: CHN", "withdraw: CHM", "E0877", "CHM");
  refuse("withdraw: CHN", "withdraw: RUS", "E0877", "RUS");
  refuse("withdraw: CHN, ", "", "E0879", "at-most");
  refuse("routes-cut: 1", "routes-cut: 3", "E0878", "3");
  refuse("routes-cut: 1", "routes-cut: 0", "E0878", "0");
  refuse("routes-cut: 1", "routes-cut: two", "E0878", "two");
  refuse("elasticity: -0.5", "elasticity: 0.5", "E0211", "0.5");
  refuse("to: RUS", "to: RUZ", "E0342", "RUZ");
  refuse("{of: TUR,", "{of: TUK,", "E0342", "TUK");
  refuse("stopped: 20 %", "stopped: 120 %", "E0211", "120 %");
  refuse("mark-up: 50 %", "mark-up: -50 %", "E0211", "-50 %");
  refuse("capacity: 5,", "capacity: 5 bcm/yr,", "E0206", "bcm/yr");
  refuse("unit: B USD/yr", "unit: B UDS/yr", "E0309", "B UDS/yr");
  refuse("at-least: 50 %", "at-least: 0", "E0211", "0");
}

}  // namespace
