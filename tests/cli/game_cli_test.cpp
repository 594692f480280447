// `solve game`: published games from files, and how bad input ends.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {

std::string game(const std::string& name) { return std::string(ENTENTE_ROOT) + "/tests/data/game/" + name; }

Json answered(const Words& words) {
  const auto r = entente(words);
  EXPECT_EQ(r.code, 0) << r.err;
  return r.code == 0 ? Json::parse(r.out) : Json();
}

TEST(SolveGame, BeerAndQuiche) {
  const auto j =
      answered({"solve", "game", game("beer-quiche.efg"), "--of", "pure,mixed,sequential,qre", "--lambda", "0.5,1"});
  EXPECT_EQ(j["signalling"], true);
  ASSERT_EQ(j["pure"].size(), 2u);
  for (const auto& e : j["pure"]) {
    EXPECT_EQ(e["kind"], "pooling");
    EXPECT_EQ(e["intuitive"], e["sends"]["strong"]["beer"] == 1);
    EXPECT_LT(e["judge"].get<double>(), 1e-12);
  }
  EXPECT_GE(j["sequential"].size(), 2u);
  const auto& half = j["qre"]["at"][0]["behaviour"];
  EXPECT_NEAR(half["strong"]["beer"].get<double>(), .627653, 1e-6);
  EXPECT_NEAR(half["weak"]["beer"].get<double>(), .382763, 1e-6);
  EXPECT_NEAR(half["after beer"]["duel"].get<double>(), .392566, 1e-6);
  EXPECT_NEAR(half["after quiche"]["duel"].get<double>(), .414726, 1e-6);
  EXPECT_NEAR(j["qre"]["at"][1]["behaviour"]["weak"]["quiche"].get<double>(), .694153, 1e-6);
  EXPECT_EQ(j["qre"]["stop"], "regret");
  EXPECT_LT(j["qre"]["end"]["residual"].get<double>(), 1e-3);
}

TEST(SolveGame, OtherGamesFromFiles) {
  const auto job = answered({"solve", "game", game("job-market.efg"), "--of", "pure"});
  int separating = 0;
  for (const auto& e : job["pure"]) separating += e["kind"] == "separating";
  EXPECT_EQ(separating, 1);
  EXPECT_EQ(job["pure"][0]["sends"].contains("High"), true);
  EXPECT_FALSE(job.contains("qre"));
  const auto bagwell = answered({"solve", "game", game("bagwell.efg")});
  EXPECT_EQ(bagwell["pure"].size(), 1u);
  EXPECT_EQ(bagwell["pure"][0]["moves"]["leader"], "C");
  EXPECT_EQ(bagwell["mixed"]["extreme"].size(), 3u);
  const auto poker = answered({"solve", "game", game("poker.efg"), "--of", "mixed,sequential"});
  ASSERT_EQ(poker["mixed"]["extreme"].size(), 1u);
  EXPECT_NEAR(poker["mixed"]["extreme"][0]["behaviour"]["alice"]["Meet"].get<double>(), 2.0 / 3, 1e-12);
  EXPECT_TRUE(poker["sequential"].is_null());
  const auto battle = answered({"solve", "game", game("battle.nfg")});
  EXPECT_EQ(battle["pure"].size(), 2u);
  EXPECT_EQ(battle["mixed"]["extreme"].size(), 3u);
  EXPECT_EQ(battle["mixed"]["continuum"], false);
}

TEST(SolveGame, PayoffsInAnyWriting) {
  const Folder f;
  write(f / "a.nfg", "NFG 1 D \"\" { \"A\" \"B\" } { 2 2 }\n+1 .5 -1e0 1/2 0, 0 3 4\n");
  const auto j = answered({"solve", "game", f / "a.nfg", "--of", "pure"});
  ASSERT_EQ(j["pure"].size(), 2u);
  EXPECT_EQ(j["pure"][0]["payoffs"]["B"], 0.5);
  EXPECT_EQ(j["pure"][1]["payoffs"]["A"], 3);
  write(f / "b.efg",
        "EFG 2 R \"with \\\"quotes\\\"\" { \"A\" \"B\" } p \"\" 1 1 \"\" { \"l\" \"r\" } 1 \"\" { 10 0 } t \"\" 2 \"\" "
        "{ 1 1 } "
        "p \"\" 2 1 \"\" { \"l\" \"r\" } 0 t \"\" 3 \"\" { 0 2 } t \"\" 4 \"\" { 2 1 }");
  const auto k = answered({"solve", "game", f / "b.efg", "--of", "pure,sequential"});  // what is paid on the way counts
  EXPECT_EQ(k["title"], "with \"quotes\"");
  ASSERT_EQ(k["sequential"].size(), 1u);
  EXPECT_EQ(k["sequential"][0]["payoffs"]["A"], 11);
}

TEST(SolveGame, BadInputIsNamed) {
  const Folder f;
  const auto refused = [&](const std::string& text, const std::string& code) {
    write(f / "a.efg", text);
    const auto r = entente({"solve", "game", f / "a.efg"});
    EXPECT_EQ(r.code, 1) << text << r.out;
    EXPECT_EQ(r.out, "") << text;
    EXPECT_NE(r.err.find(code), std::string::npos) << text << r.err;
  };
  const std::string head = "EFG 2 R \"t\" { \"A\" \"B\" }\n";
  refused("", "E0660");
  refused("hello", "E0660");
  refused("EFG 3 R \"t\" { \"A\" }", "E0660");
  refused("EFG 2 R \"t\" { }\nt \"\" 1 \"\" { 1 }", "E0663");
  refused(head, "E0666");
  refused(head + "p \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1 2 }\n", "E0666");
  refused(head + "p \"\" 1 1 \"\" { \"l\" \"r\" } 0\nt \"\" 1 \"\" { 1 2", "E0666");
  refused(head + "p \"\" 1 1 \"\" { \"l", "E0666");
  refused(head + "t \"\" 1 \"\" { 1 2 }\nt \"\" 1 \"\" { 1 2 }\n", "E0667");
  refused(head + "t \"\" 1 \"\" { 1 }\n", "E0668");
  refused(head + "t \"\" 1 \"\" { 1 x }\n", "E0661");
  refused(head + "t \"\" 7\n", "E0668");
  refused(head + "t \"\" 1 \"\" { 1 2e400 }\n", "E0662");
  refused(head + "t \"\" 1 \"\" { 1 2/0 }\n", "E0662");
  refused(head + "p \"\" 3 1 \"\" { \"l\" } 0\nt \"\" 1 \"\" { 1 2 }\n", "E0663");
  refused(head + "c \"\" 1 \"\" { \"l\" 0.5 \"r\" 0.6 } 0\nt \"\" 1 \"\" { 1 2 }\nt \"\" 1\n", "E0665");
  refused(head + "c \"\" 1 \"\" { \"l\" -0.5 \"r\" 1.5 } 0\nt \"\" 1 \"\" { 1 2 }\nt \"\" 1\n", "E0665");
  refused(head + "p \"\" 1 1 \"\" { \"l\" \"r\" } 0\np \"\" 1 1 \"\" { \"l\" } 0\n", "E0664");
  refused("NFG 1 R \"t\" { \"A\" \"B\" } { 2 }\n1 2 3 4", "E0663");
  refused("NFG 1 R \"t\" { \"A\" \"B\" } { 2 2 }\n1 2 3 4", "E0666");
  refused("NFG 1 R \"t\" { \"A\" \"B\" } { 2000 2000 }\n", "E0669");
  refused("NFG 1 R \"t\" { \"A\" \"B\" } { 1 1 } { { \"\" 1 2 } } 2", "E0668");
  EXPECT_EQ(entente({"solve", "game", f / "a.efg", "--of", "magic"}).code, 2);
  EXPECT_EQ(entente({"solve", "game", f / "none.efg"}).code, 2);
}

// Every file cut off anywhere ends calmly.
TEST(SolveGame, CutOffAnywhere) {
  const Folder f;
  const std::string whole = contents(game("beer-quiche.efg"));
  for (std::size_t k = 0; k + 2 < whole.size(); k += 37) {
    write(f / "cut.efg", whole.substr(0, k));
    const auto r = entente({"solve", "game", f / "cut.efg", "--of", "pure"});
    EXPECT_EQ(r.code, 1) << k;
    EXPECT_EQ(r.signal, 0) << k;
  }
}

}  // namespace
