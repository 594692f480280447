// turn as people and scripts use it: the answering sentence first, JSON by its contract, what it refuses and how it
// ends.
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/program.hpp"

using namespace cli;

namespace {

constexpr const char* two = R"(entente: 1
situation: Two numbers
as_of: 2025-01-01
sources: {own: {title: invented, grade: C3}}
source: own
actors: {A: Anna, B: Bert}
groups: {both: [A, B]}
drivers:
  x: between 0 and 10 in any
  y: between 0 and 10 in any
levers:
  up:  {by: A, cost: 2 to 4 B USD/yr, works: 90 % chance, set: {drivers: {x: between 5 and 10}}}
  more: {by: B, cost: = dose * 1 B USD/yr, dose: between 0 and 8, steps: 4, set: {drivers: {y: = 2 + dose}}}
  no:  {by: B, cost: 1 B USD/yr, set: {drivers: {x: 0}}}
claims:
  more-than-six: {says: Together they are above six., holds: x + y > 6}
  never: x + y > 100
  granted: {holds: x > -1, implied: x is never below nought}
  under-it: {holds: x > 3, under: more-than-six}
)";

struct File {
  Folder folder;
  std::string path = folder / "two.yaml";
  explicit File(const std::string& text = two) { write(path, text); }
};

Ran run(const std::string& path, Words more) {
  Words words{"turn", path};
  words.insert(words.end(), more.begin(), more.end());
  return entente(words);
}

void refused(const std::string& text, const Words& more, int code, const std::string& said) {
  const File f(text);
  const auto r = run(f.path, more);
  EXPECT_EQ(r.code, code) << r.err;
  EXPECT_EQ(r.out, "");
  EXPECT_NE(r.err.find(said), std::string::npos) << r.err << "\nwithout " << said;
}

TEST(Turn, OneSentenceFirst) {
  const File f;
  const auto r = run(f.path, {"more-than-six", "--chance", "90 %", "--draws", "500", "--threads", "1"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.out.find("more-than-six: Together they are above six.\nIt takes up, for "), 0u) << r.out;
  EXPECT_LE(std::ranges::count(r.out, '\n'), 40);
  EXPECT_NE(r.out.find("every package that costs less was refuted"), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("Taken for granted"), std::string::npos);
}

TEST(Turn, JsonByItsContract) {
  const File f;
  const auto r = run(f.path, {"more-than-six", "--chance", "99 %", "--draws", "500", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto j = Json::parse(r.out);
  for (const char* key : {"claim", "to", "before", "package", "cost", "unit", "probability", "interval", "proven",
                          "bound", "front", "alternatives"})
    EXPECT_TRUE(j.contains(key)) << key;
  EXPECT_EQ(j["claim"], "more-than-six");
  EXPECT_EQ(j["to"], true);
  EXPECT_NEAR(j["before"].get<double>(), 0.82, 0.04);
  ASSERT_EQ(j["package"].size(), 1u);
  EXPECT_EQ(j["package"][0]["lever"], "more");
  EXPECT_EQ(j["package"][0]["dose"], 4);
  EXPECT_EQ(j["package"][0]["cost"], 4);
  EXPECT_EQ(j["unit"], "B USD/yr");
  EXPECT_EQ(j["proven"], true);
  EXPECT_LE(j["interval"][0], j["interval"][1]);
  EXPECT_LE(j["bound"], j["cost"]);
  for (const auto& x : j["front"])
    EXPECT_TRUE(x.contains("package") && x.contains("cost") && x.contains("probability"));
  const auto none = run(f.path, {"never", "--json", "--draws", "100"});
  EXPECT_EQ(none.code, 0);
  EXPECT_TRUE(Json::parse(none.out)["package"].is_null());
}

TEST(Turn, TheSameForAnyThreads) {
  const File f;
  const Words words{"more-than-six", "--chance", "95 %", "--draws", "500", "--json", "--threads"};
  auto one = words, three = words;
  one.push_back("1");
  three.push_back("3");
  EXPECT_EQ(run(f.path, one).out, run(f.path, three).out);
}

TEST(Turn, EveryClaimThatStandsForItself) {
  const File f;
  const auto r = run(f.path, {"--draws", "200"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("To make it false: "), std::string::npos) << r.out;  // it is true in most draws
  EXPECT_NE(r.out.find("It follows from what is assumed"), std::string::npos);
  EXPECT_EQ(r.out.find("under-it"), std::string::npos);
  const auto j = Json::parse(run(f.path, {"--draws", "200", "--json"}).out);
  EXPECT_EQ(j["claims"].size(), 3u);
}

TEST(Turn, ByWhomAndForHowMuch) {
  const File f;
  const auto package = [&](Words more) {
    more.insert(more.begin(), {"more-than-six", "--chance", "85 %", "--draws", "500", "--json"});
    const auto r = run(f.path, more);
    EXPECT_EQ(r.code, 0) << r.err;
    return Json::parse(r.out)["package"];
  };
  EXPECT_EQ(package({"--by", "A"})[0]["lever"], "up");
  EXPECT_EQ(package({"--by", "B"})[0]["lever"], "more");
  EXPECT_EQ(package({"--by", "both"})[0]["lever"], "up");
  EXPECT_TRUE(package({"--by", "A", "--budget", "1 B USD/yr"}).is_null());
  EXPECT_TRUE(package({"--by", "A", "--budget", "3.2 B USD/yr", "--cost", "worst"}).is_null());
  EXPECT_FALSE(package({"--by", "A", "--budget", "3200 M USD/yr"}).is_null());
}

TEST(Turn, AgainstSomebody) {
  const File f;
  const auto r = run(f.path, {"more-than-six", "--chance", "50 %", "--against", "B", "--draws", "200", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto j = Json::parse(r.out);
  EXPECT_EQ(j["against"]["actor"], "B");
  EXPECT_GE(j["against"]["answers"], 2);
}

TEST(Turn, Refused) {
  refused(two, {"more-than-sox"}, 2, "E0719");
  refused(two, {"more-than-sox"}, 2, "did you mean `more-than-six`?");
  refused(two, {"more-than-six", "--chance", "0 %"}, 2, "E0791");
  refused(two, {"more-than-six", "--chance", "often"}, 2, "the command line");
  refused(two, {"more-than-six", "--chance", "120 %"}, 2, "error[E02");
  refused(two, {"more-than-six", "--budget", "10 bcm/yr"}, 2, "E0206");
  refused(two, {"more-than-six", "--budget", "1 to 3 B USD/yr"}, 2, "E0790");
  refused(two, {"more-than-six", "--by", "C"}, 2, "E0792");
  refused(two, {"more-than-six", "--against", "both"}, 2, "E0792");
  refused(two, {"granted"}, 2, "E0793");
  refused(two, {"more-than-six", "--to", "maybe"}, 2, "");
  std::string bare = two;
  bare.replace(bare.find("cost: 1 B USD/yr, "), 18, "");
  refused(bare, {"more-than-six"}, 1, "E0840");
  EXPECT_EQ(entente({"turn", "no-such-file.yaml"}).code, 2);
  // Time that is over before anything was answered: no answer.
  const File f;
  EXPECT_EQ(run(f.path, {"more-than-six", "--seconds", "0"}).code, 3);
}

}  // namespace
