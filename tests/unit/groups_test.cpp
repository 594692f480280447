// Sets of groups against sets of numbers, on both sides of a machine word; and questions with more groups than that:
// years of a deal, measures of size.
#include "entente/ask/groups.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "support/read.hpp"

using namespace entente;
using ask::Groups;

namespace {

constexpr std::size_t beyond = 200;

std::set<std::size_t> members(const Groups& g) {
  std::set<std::size_t> out;
  for (std::size_t i = 0; i < beyond; ++i)
    if (g[i]) out.insert(i);
  return out;
}

TEST(Groups, AreSets) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Groups a, b;
    std::set<std::size_t> x, y;
    for (int i = 0; i < round % 12; ++i) {
      const std::size_t g = random() % beyond, h = random() % (round % 2 ? 64 : beyond);
      a.add(g), x.insert(g);
      b.add(h), y.insert(h);
    }
    ASSERT_EQ(members(a), x);
    EXPECT_EQ(a.empty(), x.empty());
    std::set<std::size_t> both = x, left;
    both.insert(y.begin(), y.end());
    std::ranges::set_difference(x, y, std::inserter(left, left.end()));
    EXPECT_EQ(members(a.without(b)), left);
    EXPECT_EQ(a.without(b).empty(), left.empty());
    EXPECT_TRUE(a.without(Groups::all()).empty());
    const Groups rest = Groups::all().without(b);
    for (std::size_t i = 0; i < beyond; ++i) EXPECT_EQ(rest[i], !y.contains(i));
    Groups all = rest;
    all |= b;
    EXPECT_TRUE(Groups::all().without(all).empty());
    a |= b;
    EXPECT_EQ(members(a), both);
  }
  EXPECT_TRUE(Groups::all()[100000]);
  EXPECT_TRUE(Groups{}.empty());
  EXPECT_FALSE(Groups::all().empty());
}

// The year y of a deal is its group y: a hundred years wrapped round a word, and the years from 64 on were those from 0
// on.
TEST(Groups, MoreThanSixtyFourDelayYears) {
  const auto text = [](const std::string& years) {
    return "source: s\nsources: {s: {title: test, grade: C3}}\n"
           "actors: {SEL: {name: Seller, gdp: 1000 B USD/yr, discount: 8 %}, BUY: {name: Buyer, gdp: 5000 B USD/yr, "
           "discount: 5 %}}\n"
           "markets:\n  gas:\n    year: 2000\n    quantity: bcm/yr\n    price: USD/kcm\n"
           "    producers: {Field: {of: SEL, capacity: 40, cost: 75}, LNG: {open: true, capacity: 100, cost: 320}}\n"
           "    consumers:\n      City: {of: BUY, demand: {quantity: {2000: 20, 2100: 120}, price: 330, elasticity: "
           "-0.4}}\n"
           "    links:\n      Ships: {from: LNG, to: City, capacity: 100}\n"
           "      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: 30, build: {capex: 10 B USD, life: 30 "
           "yr, "
           "rate: 9 %, paid-by: SEL}}\n"
           "questions: {pipe: {deal: gas, over: [Pipe], delay-years: [" +
           years + "]}}\n";
  };
  std::string years;
  for (int y = 2001; y <= 2090; ++y) years += (years.empty() ? "" : ", ") + std::to_string(y);
  const tests::Read all(text(years));
  ASSERT_TRUE(all.plan) << all.all();
  for (const int y : {2001, 2063, 2064, 2065, 2090}) {  // against the same year asked alone
    const tests::Read one(text(std::to_string(y)));
    ASSERT_TRUE(one.plan) << one.all();
    for (const char* who : {"SEL", "BUY"}) {
      const std::string name = std::string("pipe.loss.") + who + "." + std::to_string(y);
      EXPECT_EQ(all[name], one[name]) << name;
      EXPECT_TRUE(std::isfinite(all[name])) << name;
    }
  }
}

// The view by a measure of size is a group: from the 63rd on they were left out.
TEST(Groups, MoreThanSixtyFourMeasuresOfSize) {
  std::string sizes;
  for (int m = 0; m < 70; ++m)
    sizes += "  m" + std::to_string(m) + ": {of: {A: " + std::to_string(1 + m) + ", B: 1, C: 2}}\n";
  const auto text = [](const std::string& sizes_section) {
    return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {A: A, B: B, C: C}\n"
           "ties: {A-B: 0.5, B-C: -0.3, A-C: -0.6}\nsizes:\n" +
           sizes_section +
           "questions:\n  q: {align: [A, B, C]}\n  part: {wedge: [A, B], by: C, among: [A, B, C], moves: {A-C: "
           "{up-to: 0.9, cost: 1}}}\n";
  };
  const tests::Read all(text(sizes));
  ASSERT_TRUE(all.plan) << all.all();
  for (const int m : {0, 31, 62, 63, 64, 69}) {
    const std::string name = "m" + std::to_string(m);
    const tests::Read one(text("  " + name + ": {of: {A: " + std::to_string(1 + m) + ", B: 1, C: 2}}\n"));
    ASSERT_TRUE(one.plan) << one.all();
    EXPECT_EQ(all["q." + name + ".together.A-B"], one["q." + name + ".together.A-B"]) << name;
    EXPECT_EQ(all["part." + name + ".possible"], one["part." + name + ".possible"]) << name;
    EXPECT_EQ(all["part." + name + ".gap"], one["part." + name + ".gap"]) << name;
  }
}

}  // namespace
