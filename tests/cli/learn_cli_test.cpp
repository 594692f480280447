// `doubt --given` and `follow` as people and scripts use them: what they say, JSON, exit codes, slips with their
// places.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/program.hpp"

using namespace cli;

namespace {

constexpr const char* head = R"(entente: 1
situation: Two numbers
as_of: 2025-01-01
sources:
  own: {title: invented, date: 2024-12-01, grade: C3}
  paper: {title: a newspaper, date: 2025-03-02, grade: B3}
source: own
actors: {A: Anna}
drivers:
  x: between 0 and 1
claims:
  high: {says: It is high., holds: x > 0.6}
  under-it: {holds: x > 0.9, under: high}
)";
constexpr const char* rumour = R"(news:
  rumour: {date: 2025-03-02, says: Somebody says so., source: paper, if: high, likely: 80 % chance @own, unlikely: 20 % chance @own}
)";

struct File {
  Folder folder;
  std::string path = folder / "two.yaml";
  explicit File(const std::string& news = rumour) { write(path, head + news); }
};

Ran run(Words words) { return entente(words); }

TEST(Learn, GivenSaysWhatMoved) {
  const File f;
  const Ran r = run({"doubt", f.path, "--given", "x > 0.5", "--draws", "2000"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.err, "");
  EXPECT_NE(r.out.find("Two numbers: given x > 0.5."), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("It holds in 50 % of the draws"), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("1,000 of 2,000 draws"), std::string::npos) << r.out;
  EXPECT_EQ(r.out.find("under-it"), std::string::npos) << "claims that stand for themselves";
  const Ran one = run({"doubt", f.path, "under-it", "--given", "x > 0.5", "--draws", "2000"});
  EXPECT_NE(one.out.find("under-it"), std::string::npos);
  EXPECT_EQ(one.out.find("\nhigh"), std::string::npos);
}

TEST(Learn, GivenAsJson) {
  const File f;
  const Ran r = run({"doubt", f.path, "--given", "x > 0.5", "--given", "x < 0.9", "--draws", "2000", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json j = Json::parse(r.out);
  EXPECT_EQ(j["given"], Json::parse(R"(["x > 0.5", "x < 0.9"])"));
  EXPECT_EQ(j["effective"], 800);
  EXPECT_NEAR(j["claims"]["high"]["given"]["probability"], 0.75, 1e-9);
  EXPECT_NEAR(j["claims"]["high"]["before"]["probability"], 0.4, 1e-9);
  EXPECT_EQ(j["claims"]["under-it"]["given"]["probability"], 0);
  EXPECT_EQ(j["draws_for_intervals"], nullptr);
  // Threads and their number leave no trace.
  EXPECT_EQ(
      run({"doubt", f.path, "--given", "x > 0.5", "--given", "x < 0.9", "--draws", "2000", "--json", "--threads", "3"})
          .out,
      r.out);
}

TEST(Learn, FollowSaysEachPiece) {
  const File f;
  const Ran r = run({"follow", f.path, "--draws", "1000"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("2 March 2025: Somebody says so."), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("high 4 times, now 0.73"), std::string::npos) << r.out;
  const Json j = Json::parse(run({"follow", f.path, "--draws", "1000", "--json"}).out);
  EXPECT_EQ(j["news"][0]["source"], "paper");
  EXPECT_NEAR(j["news"][0]["claims"]["high"]["ratio"], 4, 1e-12);
  EXPECT_NEAR(j["news"][0]["claims"]["high"]["probability"], 8.0 / 11, 1e-12);
}

TEST(Learn, NamedClaimsAlone) {
  const File f;
  const Json j = Json::parse(run({"doubt", f.path, "under-it", "--given", "x > 0.5", "--draws", "2000", "--json"}).out);
  EXPECT_EQ(j["claims"].size(), 1u);
  EXPECT_TRUE(j["claims"].contains("under-it"));
}

// What a claim compares is worth watching, and first.
TEST(Learn, SignpostsPointAtWhatDecides) {
  const Folder folder;
  const std::string path = sample(folder);
  std::string text = contents(path);
  const auto at = text.find("  worthwhile:");
  ASSERT_NE(at, std::string::npos);
  write(path, text.insert(at, "  cheap: {says: It is cheap., holds: pipe.price < 180 USD/kcm}\n"));
  const Ran r = run({"follow", path, "cheap", "--draws", "2000", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json list = Json::parse(r.out)["signposts"]["cheap"];
  ASSERT_FALSE(list.empty()) << r.out;
  EXPECT_GT(list[0]["move"], 0.1) << list;
  for (std::size_t i = 1; i < list.size(); ++i) EXPECT_LE(list[i]["move"], list[i - 1]["move"]);
}

TEST(Learn, WhatIsRefused) {
  const File f, plain("");
  struct Case {
    Words words;
    int code;
    const char* says;
  };
  const Case cases[]{
      {{"doubt", f.path, "--given", "x > 2"}, 3, "E0848"},
      {{"doubt", f.path, "--given", "x > 0.99", "--draws", "1000"}, 3, "--draws 44000"},
      {{"doubt", f.path, "--given", "y > 2"}, 2, "the command line:1:1"},
      {{"doubt", f.path, "--given", "x"}, 2, "E0417"},
      {{"doubt", f.path, "--given", ""}, 2, "error"},
      {{"doubt", f.path, "high", "no-such", "--given", "x > 0.5"}, 2, "E0719"},
      {{"doubt", f.path, "--given", "x > 0.5", "--claims"}, 2, "error"},
      {{"doubt", f.path, "--given", "x > 0.5", "--of", "x"}, 2, "error"},
      {{"follow", f.path, "no-such"}, 2, "E0719"},
      {{"follow", plain.path}, 1, "E0789"},
      {{"follow", f.folder / "none.yaml"}, 2, "E0391"},
  };
  for (const Case& c : cases) {
    const Ran r = run(c.words);
    std::string line;
    for (const auto& w : c.words) line += w + " ";
    EXPECT_EQ(r.code, c.code) << line << r.err;
    EXPECT_EQ(r.out, "") << line;
    EXPECT_NE(r.err.find(c.says), std::string::npos) << line << r.err;
  }
}

TEST(Learn, NewsOfADayThatWasKnownHasItsPlace) {
  const File f("news:\n  old: {date: 2024-12-31, says: y, if: high, likely: 50 % chance, unlikely: 20 % chance}\n");
  const Ran r = run({"check", f.path});
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.err.find("E0842"), std::string::npos) << r.err;
  EXPECT_NE(r.err.find("two.yaml:15:"), std::string::npos) << r.err;
}

}  // namespace
