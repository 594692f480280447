// `history --events`: wars (the disputes are Documents.WhoStandsWithWhomIsCurrent), and how bad input ends.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::filesystem::path root = ENTENTE_ROOT;

TEST(HistoryEvents, WarsAsJson) {
  const auto r = entente({"history", "--events", "wars", "--json"}, {.in = root});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto j = Json::parse(r.out);
  EXPECT_EQ(j["events"], "wars");
  EXPECT_GT(j["count"].get<int>(), 25);
  for (const Json* part : {&j, &j["rolling"]}) {
    EXPECT_GT((*part)["brier"].get<double>(), 0.05);
    EXPECT_LT((*part)["brier"].get<double>(), 0.25);
    EXPECT_EQ((*part)["by_n"].size(), 3u);
    EXPECT_EQ((*part)["baselines"].size(), 9u);
    const double ours = (*part)["brier"], theirs = (*part)["baselines"]["last-side"]["brier"];
    EXPECT_NEAR((*part)["baselines"]["last-side"]["difference"].get<double>(), ours - theirs, 1e-12);
    EXPECT_LE((*part)["interval"][0].get<double>(), ours);
    EXPECT_GE((*part)["interval"][1].get<double>(), ours);
  }
  const auto alone = entente({"history", "--events", "wars", "--json", "--threads", "1"}, {.in = root});
  EXPECT_EQ(alone.out, r.out);  // the same for any number of threads
}

TEST(HistoryEvents, BadInputIsNamed) {
  const Folder f;
  const auto refused = [&](const Words& more, int code, const std::string& says) {
    Words words{"history"};
    words.insert(words.end(), more.begin(), more.end());
    const auto r = entente(words, {.in = root});
    EXPECT_EQ(r.code, code) << r.out;
    EXPECT_NE(r.err.find(says), std::string::npos) << r.err;
  };
  refused({"--events", "revolts"}, 2, "E0712");
  refused({"--sealed"}, 2, "E0712");
  refused({"--events", "wars", "--sealed"}, 2, "E0712");
  refused({"--events", "wars", "--world", f.path().string()}, 1, "E0900");
  // Without the tables that have no open licence: what is missing, and what it would say.
  for (const auto& entry : std::filesystem::directory_iterator(root / "data/world"))
    if (entry.path().extension() == ".csv") std::filesystem::copy(entry.path(), f.path());
  refused({"--events", "disputes", "--world", f.path().string()}, 1, "who threatened or fought whom");
  refused({"--events", "disputes", "--world", f.path().string()}, 1, "E0904");
  refused({"--events", "disputes", "--weights", f.path().string() + "/no/such/w.csv"}, 2, "E0705");
}

// An answer names its record, and is told after it only where there is one.
TEST(ByRecord, ANumberIsToldAfterItsRecordOrRefused) {
  const Folder f;
  write(f.path() / "s.yaml", R"(entente: 1
situation: Camps
as_of: 2025-05-09
actors: {USA: America, RUS: Russia, CHN: China, JPN: Japan}
evidence: {two-centuries: {kind: all, weight: estimated}}
questions:
  camps: {align: [USA, RUS, CHN, JPN], blocs: two camps}
  free: {align: [USA, RUS, CHN, JPN], blocs: free}
claims:
  scored: {says: They stand together., holds: camps.together.USA-JPN > 0.5}
  unscored: {says: They stand together., holds: free.together.USA-JPN > 0.5}
)");
  const std::string file = (f.path() / "s.yaml").string();
  const auto j = Json::parse(entente({"doubt", file, "--draws", "200", "--json"}).out)["claims"];
  EXPECT_GE(j["scored"]["record"]["events"].get<int>(), 200);
  EXPECT_TRUE(j["scored"]["calibrated"].is_number());
  EXPECT_EQ(j["unscored"]["record"], "no record");
  EXPECT_TRUE(j["unscored"]["calibrated"].is_null());
  EXPECT_EQ(j["unscored"]["words"], "no word without a record");
  const auto told = entente({"doubt", file, "scored", "--draws", "200", "--calibrated"});
  EXPECT_EQ(told.code, 0) << told.err;
  EXPECT_NE(told.out.find("by the record"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("which it beats"), std::string::npos) << told.out;
  const auto all = entente({"doubt", file, "--draws", "200", "--calibrated"});
  EXPECT_EQ(all.code, 1) << all.out;
  EXPECT_NE(all.err.find("E0787"), std::string::npos) << all.err;
  EXPECT_NE(all.err.find("`unscored`"), std::string::npos) << all.err;
  EXPECT_EQ(all.err.find("`scored`"), std::string::npos) << all.err;
}

}  // namespace
