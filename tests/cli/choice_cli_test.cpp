// `solve choice`: answers, and how bad input ends.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::string emissions = std::string(ENTENTE_ROOT) + "/tests/data/choice/emissions.csv";

TEST(SolveChoice, EmissionStandards) {
  const auto r = entente({"solve", "choice", emissions, "--status-quo", "0", "--challenge"});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto j = Json::parse(r.out);
  EXPECT_NEAR(j["mean"].get<double>(), 7.389955686853767, 1e-14);
  EXPECT_EQ(j["median"], 7);
  EXPECT_EQ(j["salience"], "from 0 to 100");
  EXPECT_EQ(j["nash"]["agreement"], true);
  EXPECT_LT(j["nash"]["judge"].get<double>(), 1e-9);
  EXPECT_NEAR(j["win_set"]["high"].get<double>(), 14, 1e-12);  // half of the capability is at 7 or above
  EXPECT_LT(j["judge"]["forecast"].get<double>(), 1e-6);
  EXPECT_EQ(j["challenge"]["rounds"].size(), 8u);
  EXPECT_NEAR(j["challenge"]["rounds"][0]["median"].get<double>(), 8.42, 0.01);
}

TEST(SolveChoice, BadInputIsNamed) {
  const Folder f;
  const auto refused = [&](const std::string& text, const std::string& code, const Words& more = {}) {
    write(f / "a.csv", text);
    Words words{"solve", "choice", f / "a.csv"};
    words.insert(words.end(), more.begin(), more.end());
    const auto r = entente(words);
    EXPECT_EQ(r.code, 1) << text;
    EXPECT_EQ(r.out, "") << text;
    EXPECT_NE(r.err.find(code), std::string::npos) << text << r.err;
  };
  refused("actor,position\nA,1\n", "E0650");
  refused("actor,position,salience,capability\n", "E0650");
  refused("actor,position,salience,capability\nA,1,101,1\n", "E0651");
  refused("actor,position,salience,capability\nA,1,-1,1\n", "E0651");
  refused("actor,position,salience,capability\nA,nan,1,1\n", "E0651");
  refused("actor,position,salience,capability\nA,1,1,x\n", "E0651");
  refused("actor,position,salience,capability\nA,1,1,1\nA,2,1,1\n", "E0652");
  refused("actor,position,salience,capability,veto\nA,1,1,1,maybe\n", "E0653");
  refused("actor,position,salience,capability\nA,1,0,1\n", "E0701");
  refused("actor,position,salience,capability\nA,1,1,1\n", "E0701", {"--lower", "2"});
  refused("actor,position,salience,capability\nA,1,1,1\n", "E0701", {"--status-quo", "0", "--quota", "-2"});
  const auto json = entente({"solve", "choice", f / "none.csv", "--json"});
  EXPECT_EQ(json.code, 2);
  EXPECT_TRUE(Json::accept(json.out));
}

}  // namespace
