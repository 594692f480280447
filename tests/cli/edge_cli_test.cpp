// Inputs at the edges of what the kernels take, each of a kind that was answered wrongly once: a comparison held
// against the largest number of the problem, more than two blocs, work without a limit, many voters, answers outside a
// scale, players who forget, tables as people have them.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::string edge = std::string(ENTENTE_ROOT) + "/tests/data/edge/";

Json answer(Words words, int code = 0) {
  const auto r = entente(words);
  EXPECT_EQ(r.code, code) << r.err;
  return r.out.empty() ? Json() : Json::parse(r.out);
}

double seconds(const Words& words, int code = 0) {
  const auto from = std::chrono::steady_clock::now();
  const auto r = entente(words);
  EXPECT_EQ(r.code, code) << r.err;
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

}  // namespace

// ------------------------------------------------------------------------------------------- blocs, any number of them

// By the cover of cycles with one hostile tie in another solver: 102 for any number of blocs, which two camps reach.
TEST(Edge, FreeIsNoWorseThanTwoCamps) {
  const Json two = answer({"solve", "blocs", edge + "free-worse-than-two.csv"});
  const Json free = answer({"solve", "blocs", edge + "free-worse-than-two.csv", "--blocs", "free"});
  EXPECT_EQ(two["frustration"], 102.0);
  EXPECT_EQ(free["frustration"], 102.0);
  EXPECT_TRUE(free["proven"].get<bool>());
  EXPECT_EQ(free["proof"], "packing of negative cycles");
  EXPECT_EQ(free["check"], "consistent, bound verified");
}

TEST(Edge, FreeWithFourCamps) {
  const Json free = answer({"solve", "blocs", edge + "free-four-camps.csv", "--blocs", "free"});
  EXPECT_EQ(free["frustration"], 21.0);
  EXPECT_TRUE(free["proven"].get<bool>());
  const Json most = answer({"solve", "blocs", edge + "free-four-camps.csv", "--blocs", "at-most-4", "--seconds", "20"});
  EXPECT_GE(most["frustration"], 21.0);
}

// What is not proven is no optimum, and the time given is kept.
TEST(Edge, NothingUnprovenIsAnOptimum) {
  const Folder f;
  std::string ties = "a,b,weight\n";
  unsigned state = 7;
  for (int a = 0; a < 70; ++a)
    for (int b = a + 1; b < 70; ++b) {
      state = state * 1664525u + 1013904223u;
      ties += "A" + std::to_string(a) + ",A" + std::to_string(b) + "," + (state >> 31 ? "" : "-") +
              std::to_string(1 + (state >> 8) % 1000) + "\n";
    }
  write(f / "ties.csv", ties);
  const Words words{"solve", "blocs", f / "ties.csv", "--blocs", "free", "--seconds", "2"};
  const Json a = answer(words, 3);
  EXPECT_FALSE(a["proven"].get<bool>());
  EXPECT_TRUE(a["optima"].empty());
  EXPECT_EQ(a["best"].size(), a["blocs"].get<std::size_t>());
  EXPECT_LT(a["bound"], a["energy"]);
  EXPECT_TRUE(a.contains("note"));
  EXPECT_LT(seconds(words, 3), 30);  // 2 s, on a machine that does much else
}

// -------------------------------------------------------------------------------------- compared with what is compared

TEST(Edge, SmallStatesStandTogether) {
  const Json a = answer({"solve", "blocs", edge + "small-states.csv", "--sizes", edge + "small-states-sizes.csv"});
  EXPECT_EQ(a["frustration"], 0.0);
  EXPECT_EQ(a["proof"], "no frustration");
  ASSERT_EQ(a["optima"].size(), 2u);
  for (const Json& optimum : a["optima"])
    for (const Json& bloc : optimum) {
      const auto has = [&](const char* who) { return std::ranges::find(bloc, who) != bloc.end(); };
      EXPECT_EQ(has("ISLE"), has("ATOLL"));
    }
  EXPECT_EQ(a["check"], "consistent, bound verified");
}

// 0.009 against 486,000,000 in one component: 2e-11 of the scale.
TEST(Edge, SmallStatesTiedToALargeOne) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nBIG,RIVAL,-1\nBIG,ISLE,1\nBIG,ATOLL,0.00001\nISLE,ATOLL,1\n");
  write(f / "sizes.csv", "actor,size\nBIG,27000\nRIVAL,18000\nISLE,0.06\nATOLL,0.15\n");
  const Json a = answer({"solve", "blocs", f / "ties.csv", "--sizes", f / "sizes.csv", "--all"});
  EXPECT_EQ(a["optima"].size(), 1u);
  EXPECT_EQ(a["frustration"], 0.0);
  EXPECT_EQ(a["local_optima_count"], 1);
}

TEST(Edge, RuinousMovesDoNotHideSmallGains) {
  for (const char* file : {"ruin.nfg", "ruin-larger.nfg"}) {
    const Json a = answer({"solve", "game", edge + file, "--of", "pure,mixed"});
    ASSERT_EQ(a["pure"].size(), 2u) << file;
    EXPECT_EQ(a["pure"][0]["moves"], (Json{{"One", "cheat"}, {"Two", "cheat"}}));
    EXPECT_EQ(a["pure"][1]["moves"], (Json{{"One", "ruin"}, {"Two", "ruin"}}));
    EXPECT_EQ(a["mixed"]["extreme"].size(), 2u) << file;
    EXPECT_FALSE(a["mixed"]["continuum"].get<bool>());
    for (const Json& e : a["mixed"]["extreme"]) EXPECT_LT(e["judge"].get<double>(), 1e-9);
  }
}

TEST(Edge, ARuinousCellInASignallingGame) {
  const Json a = answer({"solve", "game", edge + "ruin-signal.efg", "--of", "pure"});
  ASSERT_EQ(a["pure"].size(), 2u);
  for (const Json& e : a["pure"]) {
    EXPECT_EQ(e["kind"], "pooling");
    EXPECT_LT(e["judge"].get<double>(), 1e-9);
  }
}

TEST(Edge, EqualPlayersAreEqualBesideLargeWorths) {
  const Json a = answer({"solve", "coalition", edge + "unequal-twins.csv", "--of", "nucleolus"});
  EXPECT_EQ(a["nucleolus"], (Json{5000000000.25, 5000000000.25, 0.5}));
  EXPECT_TRUE(a["kohlberg"].get<bool>());
}

// -------------------------------------------------------------------------------------------------- work with a limit

TEST(Edge, GamesEndInSeconds) {
  const Json bays = answer({"solve", "game", edge + "three-bays.efg"});
  EXPECT_EQ(bays["pure_count"], 768);  // by a table of 12 x 512 plans
  EXPECT_FALSE(bays["qre"].is_null());
  EXPECT_LT(seconds({"solve", "game", edge + "three-bays.efg"}), 30);
  EXPECT_LT(seconds({"solve", "game", edge + "deep.efg"}), 60);
}

TEST(Edge, ALargeTableEndsInSeconds) {
  const Folder f;
  std::string text = "NFG 1 R \"x\" { \"A\" \"B\" }\n{ 300 300 }\n\n";
  unsigned state = 3;
  for (int k = 0; k < 180'000; ++k) {
    state = state * 1664525u + 1013904223u;
    text += std::to_string(1 + (state >> 8) % 997) + (k % 100 == 99 ? "\n" : " ");
  }
  write(f / "x.nfg", text);
  const Json a = answer({"solve", "game", f / "x.nfg"});
  EXPECT_TRUE(a["pure"].is_array());
  EXPECT_TRUE(a["mixed_note"].is_string());
  EXPECT_TRUE(a["qre"].is_object());
  EXPECT_LT(seconds({"solve", "game", f / "x.nfg"}), 60);
}

TEST(Edge, PlayersWhoForgetHavePureEquilibria) {
  const Json a = answer({"solve", "game", edge + "forgetful.efg", "--of", "pure"});
  ASSERT_EQ(a["pure"].size(), 2u);
  EXPECT_EQ(a["pure"][0]["payoffs"], (Json{{"Chair", 3.0}, {"Member", 1.0}}));
  EXPECT_EQ(a["pure"][1]["payoffs"], (Json{{"Chair", 4.0}, {"Member", 2.0}}));
  const Json all = answer({"solve", "game", edge + "forgetful.efg"});
  EXPECT_EQ(all["pure"], a["pure"]);
  EXPECT_TRUE(all["mixed_note"].is_string());
  EXPECT_EQ(entente({"solve", "game", edge + "forgetful.efg", "--of", "mixed"}).code, 1);
}

// ----------------------------------------------------------------------------------------------------------------
// votes

TEST(Edge, AnAssemblyOf188) {
  std::string weights = contents(edge + "assembly-188.txt");
  const Json a = answer({"solve", "voting", "--quota", "66433", "--weights", weights});
  // The quotient of the exact counts is .31850931835287143; a table in doubles gave the last digits as 11.
  EXPECT_NEAR(a["banzhaf"][0].get<double>(), .3185093183528714, 1e-16);
  EXPECT_NEAR(a["banzhaf"][1].get<double>(), .0224063196536937, 1e-16);
  EXPECT_NEAR(a["banzhaf"].back().get<double>(), .0001928589267498, 1e-16);
}

TEST(Edge, VotesAsPeopleWriteThem) {
  const Json plain = answer({"solve", "voting", "--quota", "4", "--weights", "1,2,3"});
  const Json spaced = answer({"solve", "voting", "--quota", "4", "--weights", "1, 2, 3"});
  EXPECT_EQ(spaced, plain);
  const Json decimal = answer({"solve", "voting", "--quota", "0.4", "--weights", "0.1,0.2, 0.30"});
  EXPECT_EQ(decimal["swings"], plain["swings"]);
  const Json share = answer({"solve", "voting", "--quota", "65%", "--weights", "1 2 3"});  // 3.9 of 6
  EXPECT_EQ(share["swings"], plain["swings"]);
  EXPECT_EQ(answer({"solve", "voting", "--quota", "0.85", "--weights", "16.49,6.14"})["winning"], 3);
  EXPECT_EQ(entente({"solve", "voting", "--quota", "1", "--weights", "1,x"}).code, 2);
}

// Three thousand equal voters: swings are binomials, each index 1/3000.
TEST(Edge, ThousandsOfVoters) {
  std::string weights = "2";
  for (int k = 1; k < 1500; ++k) weights += ",2";
  for (int k = 0; k < 1500; ++k) weights += ",3";
  const Json a = answer({"solve", "voting", "--quota", "3751", "--weights", weights});
  double sum = 0;
  for (const Json& b : a["banzhaf"]) sum += b.get<double>();
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_GT(a["banzhaf"][2999], a["banzhaf"][0]);
  EXPECT_EQ(a["counted_by"], "table of sums");
}

// ----------------------------------------------------------------------------------------------------------------
// scales

TEST(Edge, TheWinSetEndsWithTheScale) {
  const Json a =
      answer({"solve", "choice", edge + "scale-ends.csv", "--lower", "0", "--upper", "100", "--status-quo", "0"});
  EXPECT_EQ(a["win_set"]["low"], 0.0);
  EXPECT_EQ(a["win_set"]["high"], 100.0);
  EXPECT_EQ(a["win_set"]["cut_by_scale"], Json{"upper"});
  EXPECT_LE(a["nash"]["all_gain_between"][1], 100.0);
}

// Whether before what: nothing is decided that the veto player finds worse than what there is.
TEST(Edge, AVetoHoldsWhatIsForecast) {
  const auto r = entente({"ask", edge + "veto-without-effect.yaml", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto d = entente({"doubt", edge + "veto-without-effect.yaml", "--draws", "400", "--json"});
  ASSERT_EQ(d.code, 0) << d.err;
  const Json claims = Json::parse(d.out)["claims"];
  EXPECT_EQ(claims["changes"]["probability"], 0.0);
  EXPECT_EQ(claims["above"]["probability"], 0.0);
  EXPECT_EQ(claims["near"]["probability"], 0.0);
}

// ----------------------------------------------------------------------------------------------------------------
// tables

TEST(Edge, TablesAsPeopleHaveThem) {
  const Json pajek = answer({"solve", "blocs", edge + "parties.net"});
  EXPECT_EQ(pajek["actors"], (Json{"Ash", "Birch", "Cedar", "Date"}));
  EXPECT_EQ(pajek["frustration"], 0.0);  // Ash and Birch against Cedar and Date
  const Json ratings = answer({"solve", "blocs", edge + "ratings.csv"});
  EXPECT_EQ(ratings["actors"], (Json{"6", "2", "5"}));
  const auto differ = entente({"solve", "blocs", edge + "arcs-both-ways.csv"});
  EXPECT_EQ(differ.code, 1);
  EXPECT_NE(differ.err.find("--both"), std::string::npos);
  const Json mean = answer({"solve", "blocs", edge + "arcs-both-ways.csv", "--both", "mean"});
  EXPECT_EQ(mean["triads"]["++-"], 0);  // -1 and 1 make 0: no tie
  EXPECT_EQ(mean["frustration"], 0.0);
}
