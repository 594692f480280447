// `solve balance`: answers on plain files, and how bad input ends.
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
