// The loop over draws allocates nothing once a workspace has been used: every operator new of the process is counted.
#include <gtest/gtest.h>

#include <fstream>

#include "entente/families/all.hpp"
#include "situations.hpp"
#include "support/allocations.hpp"

using namespace entente;

namespace {

// Draws, cells, claims: what `doubt` does for every draw.
// After `warm` draws, those from `first` on are counted.
std::size_t in_the_loop(const plan::Plan& plan, std::uint64_t warm, std::uint64_t draws, std::uint64_t first) {
  plan::Workspace w(plan);
  std::vector<double> p(plan.parameters());
  const plan::Sampling sampling{.draws = 10'000};
  double sum = 0;
  const auto one = [&](std::uint64_t k) {
    const bool good = plan.draw(sampling, k, p);
    plan.evaluate(p, good, w);
    for (std::size_t c = 0; c < plan.claims().size(); ++c) {
      double margin = 0;
      if (plan.claim(c, w, margin) == number::Truth::undefined) (void)plan.why(c, w);
      sum += margin;
    }
  };
  for (std::uint64_t k = 0; k < warm; ++k) one(k);
  const std::size_t before = tests::allocations.load();
  for (std::uint64_t k = first; k < first + draws; ++k) one(k);
  const std::size_t after = tests::allocations.load();
  EXPECT_NE(sum, 0);
  return after - before;
}
std::size_t in_the_loop(const plan::Plan& plan, std::uint64_t warm, std::uint64_t draws) {
  return in_the_loop(plan, warm, draws, warm);
}

}  // namespace

TEST(Allocation, TheCounterCounts) {
  const std::size_t before = tests::allocations.load();
  auto* p = new std::vector<double>(100);
  EXPECT_GE(tests::allocations.load(), before + 2);
  delete p;
}

TEST(Allocation, NothingInTheLoopOfDriversAndClaims) {
  const auto c = tests::compile(
      tests::drivers_only("  a: between 0 and 1\n  b: \"choice(1: 50 %, 2: 50 %)\"\n  c: 5 to 10\n  d: = a * b + c\n"
                          "  e: \"beta(2, 3)\"\n  war: 20 to 40 % chance\n",
                          "  x: {says: x, holds: d > 8 and (a < e or war > 0.5)}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(in_the_loop(*c->plan, 1, 1000), 0u);
}

// Markets, worlds, worths, limits: a pipe that is never worth its capital, so that nothing has to be divided.
TEST(Allocation, NothingInTheLoopOfADealThatIsNotMade) {
  std::string text = tests::pipe("", "  x: {says: x, holds: p.gain < (p.gain with low)}\n",
                                 "  low: {set: {markets.gas.producers.Field.cost: 20}}\n");
  text.replace(text.find("capex: 8 to 12 B USD"), 20, "capex: 800 to 1000 B USD");
  const auto dear = tests::compile(text);
  ASSERT_TRUE(dear->plan) << dear->complaints();
  EXPECT_EQ(in_the_loop(*dear->plan, 50, 1000), 0u);
}

TEST(Allocation, NothingInTheLoopOfAChoice) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/choice/by-hand.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(in_the_loop(*c->plan, 1, 1000), 0u);
}

// The whole deal: equilibria of every set of links, limits, three divisions.
TEST(Allocation, NothingInTheLoopOfADeal) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/two-routes.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(in_the_loop(*c->plan, 200, 1000), 0u);
}

// align, wedge, bind and balance: free sides and two, three measures of size, levers and absences.
TEST(Allocation, NothingInTheLoopOfAlignment) {
  for (const char* name : {"camps", "parting", "triangle"}) {
    const auto c = tests::compile_file(std::string(ENTENTE_ROOT "/tests/data/alignment/") + name + ".yaml");
    ASSERT_TRUE(c->plan) << c->complaints();
    EXPECT_EQ(in_the_loop(*c->plan, 200, 1000), 0u) << name;
  }
}

// Worlds before and under measures, with a third who joins, without a tie, and at the coalition's utmost.
TEST(Allocation, NothingInTheLoopOfPressure) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/pressure/bear-and-dragon.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(in_the_loop(*c->plan, 20, 100), 0u);
}

// The flagship in every world that a claim names, less its displays, whose equilibria are lists: the same draws once
// more, since one in a thousand needs more room than those before it.
TEST(Allocation, NothingInTheLoopOfTheFlagship) {
  const std::string file = ENTENTE_ROOT "/situations/moscow-2025/situation.yaml";
  std::ifstream in(file);
  std::string text, line;
  std::size_t left_out = 0;
  bool skip = false;
  while (std::getline(in, line)) {
    if (line.starts_with("  ") && line[2] != ' ') skip = line.starts_with("  parade") && line.ends_with(":");
    const bool question = line.find("{signal: ") != std::string::npos,
               word = line.starts_with("  display: ") || line.starts_with("  bound: ");
    left_out += skip || question || word;
    if (!skip && !question && !word) text += line + "\n";
  }
  ASSERT_GT(left_out, 8u);
  SourceMap sources;
  Diagnostics out;
  auto s = situation::load_bare(file, std::move(text), families::all(), sources, out);
  ASSERT_TRUE(s) << render(out, sources);
  const auto plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
  ASSERT_TRUE(plan) << render(out, sources);
  EXPECT_EQ(in_the_loop(*plan, 200, 200, 0), 0u);
}
