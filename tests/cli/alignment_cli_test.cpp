// `solve balance` and `solve wedge`: answers on plain files, and how bad input ends.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {

void refused(const Words& words, int code, const std::vector<std::string>& said) {
  const auto r = entente(words);
  EXPECT_EQ(r.code, code) << r.err;
  EXPECT_EQ(r.out, "");
  for (const auto& s : said) EXPECT_NE(r.err.find(s), std::string::npos) << r.err << "\nwithout " << s;
}
void refused_ties(const std::string& text, const std::vector<std::string>& said, const Words& more = {}) {
  const Folder f;
  write(f / "ties.csv", text);
  Words words{"solve", "balance", f / "ties.csv"};
  words.insert(words.end(), more.begin(), more.end());
  refused(words, 1, said);
}

constexpr const char* triangle = "a,b,weight\nRUS,CHN,0.6\nUSA,RUS,-0.7\nUSA,CHN,-0.8\n";
constexpr const char* court = "a,b,min,max,cost\nUSA,RUS,-0.7,1,10\n";

Json parted(const std::string& moves, const Words& more = {}) {
  const Folder f;
  write(f / "ties.csv", triangle);
  write(f / "moves.csv", moves);
  write(f / "sizes.csv", "actor,size\nUSA,2\nRUS,1\nCHN,3\nIND,2\n");
  Words words{"solve", "wedge", f / "ties.csv", "--moves", f / "moves.csv"};
  for (const auto& w : more) words.push_back(w == "sizes.csv" ? f / "sizes.csv" : w);
  const auto r = entente(words);
  EXPECT_EQ(r.code, 0) << r.err;
  return r.code == 0 ? Json::parse(r.out) : Json();
}
void refused_wedge(const std::string& moves, int code, const std::vector<std::string>& said,
                   const Words& more = {"--apart", "RUS,CHN"}) {
  const Folder f;
  write(f / "ties.csv", triangle);
  write(f / "moves.csv", moves);
  Words words{"solve", "wedge", f / "ties.csv", "--moves", f / "moves.csv"};
  words.insert(words.end(), more.begin(), more.end());
  refused(words, code, said);
}

}  // namespace

// Two friends with a common foe; the numbers are those of docs/methods/balance.md.
TEST(SolveBalance, CommonFoe) {
  const Folder f;
  write(f / "ties.csv", "weight,b,a,note\n1,B,A,x\n-1,C,A,\n-1,C,B,\n");
  const auto r = entente({"solve", "balance", f / "ties.csv"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json a = Json::parse(r.out);
  EXPECT_NEAR(a["time_to_divergence"].get<double>(), 0.5, 1e-12);
  EXPECT_NEAR(a["state"]["A,B"].get<double>(), 1.6, 1e-12);
  EXPECT_NEAR(a["state"]["A,C"].get<double>(), -1.6, 1e-12);
  EXPECT_EQ(a["factions"]["one"], (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(a["factions"]["other"], (std::vector<std::string>{"C"}));
  EXPECT_LT(a["residual"].get<double>(), 1e-14);
  const auto on = entente({"solve", "balance", f / "ties.csv", "--time", "0", "--effects-on", "A,B"});
  ASSERT_EQ(on.code, 0) << on.err;
  const Json b = Json::parse(on.out);
  EXPECT_NEAR(b["effects_on"]["A,B"].get<double>(), 1, 1e-12);  // at the start each tie moves itself alone
  EXPECT_NEAR(b["effects_on"]["A,C"].get<double>(), 0, 1e-12);
}

TEST(SolveBalance, NoDirectionAndNoDivergence) {
  const Folder f;
  write(f / "veto.csv", "a,b,weight\nA,B,-1\nA,C,-1\nB,C,-1\n");
  const auto r = entente({"solve", "balance", f / "veto.csv"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json a = Json::parse(r.out);
  EXPECT_EQ(a["multiplicity"], 2);
  EXPECT_TRUE(a["factions"].is_null());
  EXPECT_NEAR(a["limit"]["A,B"].get<double>(), -1.0 / 3, 1e-12);
  const auto calm = entente({"solve", "balance", f / "veto.csv", "--self", "-2"});
  ASSERT_EQ(calm.code, 0) << calm.err;
  EXPECT_TRUE(Json::parse(calm.out)["time_to_divergence"].is_null());
}

TEST(SolveBalance, BadInput) {
  refused_ties("a,b\nA,B\n", {"E0630", "a,b,weight"});
  refused_ties("a,b,weight\n", {"E0630"});
  refused_ties("a,b,weight\nA,B,dear\n", {"E0631", ":2:5"});
  refused_ties("a,b,weight\nA,B,inf\n", {"E0631"});
  refused_ties("a,b,weight\nA,A,1\n", {"E0632"});
  refused_ties("a,b,weight\nA,,1\n", {"E0632"});
  refused_ties("a,b,weight\nA,B,1\nB,A,0.5\n", {"E0633", "another weight", "the first"});
  refused_ties("a,b,weight\nA,B,1e200\n", {"E0701"});
  refused_ties("a,b,weight\nRUS,CHN,1\n", {"E0743", "did you mean `RUS`"}, {"--effects-on", "RUSS,CHN"});
  refused_ties("a,b,weight\nA,B,1\n", {"E0701"}, {"--time", "1"});
  refused({"solve", "balance", "/nowhere/ties.csv"}, 2, {"E0705"});
}

// The triangle of docs/methods/wedge.md.
TEST(SolveWedge, Triangle) {
  const Json a = parted(court, {"--apart", "RUS,CHN", "--proof"});
  EXPECT_EQ(a["status"], "possible");
  EXPECT_NEAR(a["cost"].get<double>(), 13 + 24e-6, 1e-8);
  EXPECT_NEAR(a["moves"][0]["to"].get<double>(), 0.6 + 2.4e-6, 1e-9);
  EXPECT_NEAR(a["moves"][0]["alone_from"].get<double>(), 0.6 + 2.4e-6, 1e-9);
  EXPECT_TRUE(a["moves"][0]["alone_to"].is_null());
  EXPECT_EQ(a["best_together"], Json::parse(R"([["RUS","CHN"],["USA"]])"));
  EXPECT_EQ(a["best_apart"], Json::parse(R"([["RUS","USA"],["CHN"]])"));
  EXPECT_TRUE(a["judge"]["consistent"].get<bool>());
  EXPECT_TRUE(a["judge"]["bound_verified"].get<bool>());
  EXPECT_FALSE(a["proof"].empty());
  const Json large = parted(court, {"--apart", "RUS,CHN", "--sizes", "sizes.csv"});
  EXPECT_NEAR(large["moves"][0]["to"].get<double>(), 0.9, 1e-4);
}

TEST(SolveWedge, OtherAnswers) {
  EXPECT_EQ(parted(court, {"--together", "RUS,CHN"})["status"], "already");
  const Json never = parted("a,b,min,max,cost\nUSA,RUS,-0.7,0.5,10\n", {"--apart", "RUS,CHN"});
  EXPECT_EQ(never["status"], "impossible");
  EXPECT_TRUE(never["cost"].is_null());
  EXPECT_TRUE(never["judge"]["bound_verified"].get<bool>());
  const Json step =
      parted("a,b,min,max,cost,down,fixed\nUSA,RUS,-0.7,1,10,,7\nRUS,CHN,-1,0.6,0,15,\n", {"--apart", "RUS,CHN"});
  EXPECT_NEAR(step["cost"].get<double>(), 19.5, 1e-3);
  EXPECT_EQ(parted(court, {"--apart", "RUS,CHN", "--blocs", "free"})["status"], "possible");
}

TEST(SolveWedge, BadInput) {
  refused_wedge(court, 2, {"E0751"}, {"--apart", "RUS,RUS"});
  refused_wedge(court, 2, {"E0751"}, {"--apart", "RUS,CHN", "--together", "RUS,CHN"});
  refused_wedge(court, 2, {"E0751"}, {});
  refused_wedge(court, 2, {"E0744"}, {"--apart", "RUS,CHN", "--blocs", "many"});
  refused_wedge(court, 1, {"E0743", "did you mean `RUS`"}, {"--apart", "RUSS,CHN"});
  refused_wedge(court, 1, {"E0701"}, {"--apart", "RUS,CHN", "--margin", "0"});
  refused_wedge(court, 1, {"E0701"}, {"--apart", "RUS,CHN", "--blocs", "7"});
  refused_wedge("a,b,min,max\nUSA,RUS,-1,1\n", 1, {"E0640"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,low,1,10\n", 1, {"E0641", ":2:9"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,-1,1,-10\n", 1, {"E0642"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,-1,1,\n", 1, {"E0642"});
  refused_wedge("a,b,min,max,cost\nUSA,RUD,-1,1,10\n", 1, {"E0643", "did you mean `RUS`"});
  refused_wedge("a,b,min,max,cost\nUSA,USA,-1,1,10\n", 1, {"E0644"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,1,-1,10\n", 1, {"E0645", "cross"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,0,1,10\n", 1, {"E0645", "the tie is -0.7"});
  refused_wedge("a,b,min,max,cost\nUSA,RUS,-1,1,10\nRUS,USA,-1,1,10\n", 1, {"E0646"});
}
