// `solve coalition` and `solve voting`: answers, and how bad input ends.
#include <gtest/gtest.h>

#include <bit>
#include <chrono>
#include <cstring>

#include "cli/program.hpp"

using namespace cli;

namespace {

// Curiel 1997: three sellers, two buyers; coalitions of sellers alone or of buyers alone are worth nothing.
const std::string market = [] {
  const int profit[3][2] = {{0, 50}, {50, 0}, {20, 30}};
  std::string text = "# the house market\nmask,worth\n";
  for (int s = 1; s < 32; ++s) {
    int best = 0;
    for (int a = -1; a < 3; ++a)
      for (int b = -1; b < 3; ++b)
        if (a < 0 || a != b) {
          const int first = a >= 0 && (s >> a & 1) && (s & 8) ? profit[a][0] : 0;
          const int second = b >= 0 && (s >> b & 1) && (s & 16) ? profit[b][1] : 0;
          best = std::max(best, first + second);
        }
    if (best > 0) text += std::to_string(s) + "," + std::to_string(best) + "\n";
  }
  return text;
}();

Json answered(const Words& words) {
  const auto r = entente(words);
  EXPECT_EQ(r.code, 0) << r.err;
  return r.code == 0 ? Json::parse(r.out) : Json();
}
void near(const Json& got, const std::vector<double>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_NEAR(got[i].get<double>(), want[i], 1e-9) << "player " << i + 1;
}
void refused(const Words& words, int code, const std::vector<std::string>& said) {
  std::string line;
  for (const auto& w : words) line += " " + w;
  const auto r = entente(words);
  EXPECT_EQ(r.code, code) << line << "\n" << r.err;
  EXPECT_EQ(r.out, "") << line;
  for (const auto& s : said) EXPECT_NE(r.err.find(s), std::string::npos) << line << "\n" << r.err << "\nwithout " << s;
}
void refused_game(const std::string& text, const std::vector<std::string>& said, const Words& more = {}) {
  const Folder f;
  write(f / "game.csv", text);
  Words words{"solve", "coalition", f / "game.csv"};
  words.insert(words.end(), more.begin(), more.end());
  refused(words, 1, said);
}
template <class T>
void put(std::string& to, T value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  to.append(bytes, sizeof value);
}

}  // namespace

TEST(SolveCoalition, HouseMarket) {
  const Folder f;
  write(f / "g.csv", market);
  const Json a =
      answered({"solve", "coalition", f / "g.csv", "--unions", "1 3 5|2 4", "--links", "1-2,1-3,2-3,3-4,3-5,4-5"});
  EXPECT_EQ(a["players"], 5);
  near(a["shapley"], {16, 58.0 / 3, 23.0 / 3, 83.0 / 3, 88.0 / 3});
  near(a["nucleolus"], {10, 15, 0, 35, 40});
  near(a["owen"], {15, 20, 5, 30, 30});
  near(a["myerson"], {23.0 / 3, 11, 41, 58.0 / 3, 21});
  EXPECT_EQ(a["shapley_exact"][1], "58/3");
  EXPECT_EQ(a["core_empty"], false);
  EXPECT_TRUE(a["kohlberg"].get<bool>());
  EXPECT_EQ(a["superadditive"], true);
  EXPECT_EQ(a["convex"], false);
}

TEST(SolveCoalition, EmptyCoreComesWithBalancedWeights) {
  const Folder f;
  write(f / "g.csv", "worth,mask\r\n1,3\r\n1,5\r\n1,6\r\n1,7\r\n");
  const Json a = answered({"solve", "coalition", f / "g.csv", "--of", "core,least-core,prenucleolus,banzhaf"});
  EXPECT_EQ(a["missing"], 3);
  EXPECT_EQ(a["core_empty"], true);
  EXPECT_NEAR(a["core_certificate"]["margin"].get<double>(), 0.5, 1e-12);
  EXPECT_EQ(a["core_certificate"]["balanced"].size(), 3u);
  EXPECT_NEAR(a["least_core"].get<double>(), 1.0 / 3, 1e-12);
  near(a["prenucleolus"], {1.0 / 3, 1.0 / 3, 1.0 / 3});
  near(a["banzhaf"], {0.5, 0.5, 0.5});
  EXPECT_FALSE(a.contains("shapley"));
}

TEST(SolveCoalition, BadTablesAreLocated) {
  refused_game("mask,worth\n1,2\n3,4\n1,5\n", {"coalition 1 stands twice", "game.csv:4:1"});
  refused_game("mask,worth\n1,2\n 9,4\n", {"mask 9 names player 4 of 3", "game.csv:3:2"}, {"--players", "3"});
  refused_game("mask,worth\n1,2\n3,nan\n", {"`nan` is no worth", "game.csv:3:3"});
  refused_game("mask,worth\n1,inf\n2,1e999\n", {"`inf` is no worth", "game.csv:3:3", "2 errors"});
  refused_game("mask,worth\n1.5,2\n-1,2\nx,2\n", {"`1.5` is no mask", "`-1` is no mask", "`x` is no mask"});
  refused_game("mask,worth\n1073741824,2\n", {"names player 31", "game.csv:2:1", "--samples"});
  refused_game("mask,worth\n99999999999999999999999,2\n", {"is no mask"});
  refused_game("", {"the file is empty", "mask,worth"});
  refused_game("\n\n", {"the file is empty"});
  refused_game("coalition,value\n1,2\n", {"the columns mask and worth", "game.csv:1:1"});
  refused_game("mask,worth,mask\n1,2,1\n", {"two columns", "game.csv:1:12"});
  refused_game("mask,worth\n1\n", {"fewer cells", "game.csv:2:1"});
  refused_game("mask,worth\n0,2\n", {"the empty coalition is worth 0", "game.csv:2:3"});
  refused_game("mask,worth\n", {"names no coalition"});
  refused_game("mask,worth\n" + std::string(70000, '7') + ",1\n", {"longer than 64 KiB"});
  refused_game(market, {"26 players: 25 are the most", "--samples"}, {"--players", "26"});
  const Folder f;
  refused({"solve", "coalition", f / "none.csv"}, 2, {"does not exist"});
  refused({"solve", "coalition", f.path().string()}, 2, {"is a folder"});
  const auto r = entente({"solve", "coalition", f / "none.csv", "--json"});
  EXPECT_EQ(r.code, 2);
  EXPECT_TRUE(Json::accept(r.out)) << r.out;
}

TEST(SolveCoalition, BadArguments) {
  const Folder f;
  write(f / "g.csv", market);
  const std::string g = f / "g.csv";
  refused({"solve", "coalition", g, "--unions", "1 3 9|2"}, 1, {"player 9 of --unions", "1 to 5"});
  refused({"solve", "coalition", g, "--unions", "1 0"}, 1, {"player 0 of --unions"});
  refused({"solve", "coalition", g, "--unions", "1 3|3 2"}, 1, {"player 3 stands twice"});
  refused({"solve", "coalition", g, "--unions", "1 x"}, 2, {"`x` in --unions"});
  refused({"solve", "coalition", g, "--links", "1-6"}, 1, {"player 6 of --links"});
  refused({"solve", "coalition", g, "--links", "1-1"}, 2, {"two different players"});
  refused({"solve", "coalition", g, "--links", "1-2-3"}, 2, {"two different players"});
  refused({"solve", "coalition", g, "--of", "shapely"}, 2, {"shapley"});
  refused({"solve", "coalition", g, "--of", "owen"}, 2, {"--unions"});
  refused({"solve", "coalition", g, "--weights", "1,2"}, 1, {"2 weights for 5 players"});
  refused({"solve", "coalition", g, "--weights", "1,1,1,1,0"}, 1, {"above 0"});
  refused({"solve", "coalition", g, "--players", "65"}, 2, {"--players"});
}

TEST(SolveCoalition, MoreThanExactPlayersAreSampledWhenTold) {
  const Folder f;
  std::string text = "mask,worth\n";
  text +=
      std::to_string((std::uint64_t{1} << 39) + 1) + ",1\n";  // players 1 and 40 alone; wider coalitions are worth 0
  write(f / "g.csv", text);
  refused({"solve", "coalition", f / "g.csv"}, 1, {"player 40", "--samples"});
  const Json a = answered({"solve", "coalition", f / "g.csv", "--samples", "2000", "--seed", "3"});
  EXPECT_EQ(a["players"], 40);
  EXPECT_EQ(a["shapley_sampled"]["samples"], 2000);
  EXPECT_EQ(a["shapley_sampled"]["value"].size(), 40u);
  EXPECT_EQ(a["shapley_sampled"], answered({"solve", "coalition", f / "g.csv", "--samples", "2000", "--seed", "3",
                                            "--threads", "2"})["shapley_sampled"]);
  write(f / "twice.csv", text + std::to_string((std::uint64_t{1} << 39) + 1) + ",2\n");
  refused({"solve", "coalition", f / "twice.csv", "--samples", "10"}, 1, {"stands twice", ":3:1"});
}

TEST(SolveCoalition, AMillionRowsAndTheBinaryForm) {
  const Folder f;
  const unsigned n = 20;
  std::string csv = "mask,worth\n", binary = "EntenteG";
  if constexpr (std::endian::native != std::endian::little) GTEST_SKIP() << "writes little-endian by copying bytes";
  put(binary, std::uint32_t{1});
  put(binary, std::uint32_t{n});
  for (std::uint32_t s = 0; s < 1u << n; ++s) {
    const double v = std::popcount(s) * std::popcount(s) + (s % 7) * 0.125;
    if (s) csv += std::to_string(s) + "," + std::to_string(v) + "\n";
    put(binary, s ? v : 0.0);
  }
  write(f / "g.csv", csv);
  write(f / "g.bin", binary);
  const auto begin = std::chrono::steady_clock::now();
  const auto table = entente({"solve", "coalition", f / "g.csv", "--of", "shapley"});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(table.code, 0) << table.err;
  EXPECT_LT(took.count(), 5) << "a million rows";  // about 0.2 s on one core of 2.6 GHz
  EXPECT_EQ(table.out, entente({"solve", "coalition", f / "g.bin", "--of", "shapley"}).out);
  write(f / "short.bin", binary.substr(0, 5000));
  refused({"solve", "coalition", f / "short.bin"}, 1, {"ends before its last worth", "8388624 bytes"});
  write(f / "long.bin", binary + "x");
  refused({"solve", "coalition", f / "long.bin"}, 1, {"goes on behind"});
  write(f / "head.bin", binary.substr(0, 12));
  refused({"solve", "coalition", f / "head.bin"}, 1, {"inside its header"});
  std::string odd = binary;
  odd[12] = 40;
  write(f / "odd.bin", odd);
  refused({"solve", "coalition", f / "odd.bin"}, 1, {"40 players"});
  refused({"solve", "coalition", f / "g.bin", "--players", "19"}, 1, {"--players says 19"});
  for (std::size_t k = 0; k < 8; ++k) odd[16 + 8 * 5 + k] = '\xff';
  odd[12] = 20;
  write(f / "nan.bin", odd);
  refused({"solve", "coalition", f / "nan.bin"}, 1, {"coalition 5"});
}

TEST(SolveVoting, SecurityCouncil) {
  const std::string weights = "7,7,7,7,7,1,1,1,1,1,1,1,1,1,1";
  const Json a = answered({"solve", "voting", "--quota", "39", "--weights", weights});
  EXPECT_EQ(a["winning"], 848);
  EXPECT_EQ(a["coalitions"], 32768);
  EXPECT_EQ(a["swings"][0], 848);
  EXPECT_EQ(a["swings"][14], 84);
  EXPECT_EQ(a["shapley_shubik_exact"][0], "421/2145");
  EXPECT_EQ(a["shapley_shubik_exact"][14], "4/2145");
  EXPECT_NEAR(a["banzhaf"][0].get<double>(), 0.1669291339, 1e-10);
  const Json b = answered(
      {"solve", "voting", "--quota", "9", "--weights", "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "--veto", "1,2,3,4,5"});
  EXPECT_EQ(b["swings"], a["swings"]);
  EXPECT_EQ(b["shapley_shubik_exact"], a["shapley_shubik_exact"]);
}

TEST(SolveVoting, SeveralMajorities) {
  const Json a =
      answered({"solve", "voting", "--quota", "3", "--weights", "2,1,1", "--quota", "2", "--weights", "1,1,1"});
  EXPECT_EQ(a["winning"], 3);  // 12, 13, 123
  EXPECT_EQ(a["shapley_shubik_exact"], Json({"2/3", "1/6", "1/6"}));
  const Json b = answered({"solve", "voting", "--quota", "3", "--weights", "2,1,1", "--blocking", "2"});
  EXPECT_EQ(b["winning"], 4);  // and 23, one against only
}

TEST(SolveVoting, BadRules) {
  refused({"solve", "voting", "--quota", "40", "--weights", "10,10,10"}, 1, {"quota 40", "sum of the weights, 30"});
  refused({"solve", "voting", "--quota", "0", "--weights", "10,10,10"}, 1, {"below 1"});
  refused({"solve", "voting", "--quota", "5", "--weights", "10,-1,10"}, 2, {"`-1` in --weights"});
  refused({"solve", "voting", "--quota", "5", "--weights", "10,x,10"}, 2, {"`x` in --weights"});
  refused({"solve", "voting", "--quota", "5", "--weights", "10,,10"}, 2, {"is no number"});
  refused({"solve", "voting", "--quota", "5", "--weights", "1.5.2,10"}, 2, {"`1.5.2` in --weights"});
  refused({"solve", "voting", "--quota", "5", "--quota", "6", "--weights", "10,10"}, 2, {"2 quotas and 1 lists"});
  refused({"solve", "voting", "--quota", "5", "--weights", "3,3", "--quota", "2", "--weights", "1,1,1"}, 1,
          {"3 weights for 2"});
  refused({"solve", "voting", "--quota", "5", "--weights", "3,3", "--veto", "3"}, 1, {"voter 3 of --veto"});
  refused({"solve", "voting", "--quota", "5", "--weights", "3,3", "--blocking", "3"}, 1, {"blocking minority"});
  refused({"solve", "voting", "--weights", "3,3"}, 2, {"--quota"});
  refused({"solve", "voting"}, 2, {"required"});
  const auto r = entente({"solve", "voting", "--quota", "40", "--weights", "10,10,10", "--json"});
  EXPECT_EQ(r.code, 1);
  EXPECT_TRUE(Json::accept(r.out)) << r.out;
}

TEST(SolveExchange, PublishedNetworks) {
  const Folder f;
  write(f / "line.csv", "a,b,value\nA,B,24\nB,C,24\nC,D,24\n");
  const Json line = answered({"solve", "exchange", f / "line.csv"});
  EXPECT_NEAR(line["balanced"]["A"].get<double>(), 8, 1e-9);
  EXPECT_NEAR(line["balanced"]["B"].get<double>(), 16, 1e-9);
  EXPECT_NEAR(line["shapley"]["B"].get<double>(), 14, 1e-9);
  EXPECT_EQ(line["used"].size(), 2u);
  write(f / "triangle.csv", "a,b,value\nA,B,24\nB,C,24\nA,C,24\n");
  const Json triangle = answered({"solve", "exchange", f / "triangle.csv"});
  EXPECT_EQ(triangle["core_empty"], true);
  EXPECT_TRUE(triangle["balanced"].is_null());
  EXPECT_NEAR(triangle["core_certificate"]["margin"].get<double>(), 12, 1e-9);
  const Json two = answered({"solve", "exchange", f / "triangle.csv", "--exchanges", "A=2,B=2,C=2"});
  EXPECT_EQ(two["worth"], 72.0);
  EXPECT_EQ(two["core_empty"], false);
}

TEST(SolveExchange, BadTies) {
  const Folder f;
  const auto bad = [&](const std::string& text, const std::vector<std::string>& said) {
    write(f / "t.csv", text);
    refused({"solve", "exchange", f / "t.csv"}, 1, said);
  };
  bad("a,b,value\nA,A,3\n", {"two different actors", "t.csv:2:3"});
  bad("a,b,value\nA,B,3\nB,A,2\n", {"a tie already", "t.csv:3:1"});
  bad("a,b,value\nA,B,-3\n", {"`-3` is no value", "t.csv:2:5"});
  bad("a,b,value\nA,B,nan\n", {"`nan` is no value"});
  bad("a,b\nA,B\n", {"columns a, b and value"});
  bad("", {"error[E"});
  bad("a,b,value\n", {"no tie"});
  std::string many = "a,b,value\n";
  for (int i = 0; i < 20; ++i) many += "X" + std::to_string(i) + ",X" + std::to_string(i + 1) + ",1\n";
  bad(many, {"more than 20 actors"});
  write(f / "t.csv", "a,b,value\nAlba,Bela,3\n");
  refused({"solve", "exchange", f / "t.csv", "--exchanges", "Abla=2"}, 1, {"Alba"});
  refused({"solve", "exchange", f / "t.csv", "--exchanges", "Alba"}, 2, {"NAME=NUMBER"});
  refused({"solve", "exchange", f / "none.csv"}, 2, {"none.csv"});
}
