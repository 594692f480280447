// `solve blocs`: answers on plain files, pictures, and how bad input ends.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "cli/program.hpp"

using namespace cli;

namespace {

using Blocs = std::vector<std::vector<std::string>>;

std::string slurp(const std::string& path) {
  std::ifstream in(path);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

}  // namespace

// A and B friends, B and C friends, A and C foes; sizes 1, 2, 3: as in the kernel's contract test, by hand.
TEST(SolveBlocs, FrustratedTriangle) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nA,B,1\nB,C,1\nA,C,-1\n");
  write(f / "sizes.csv", "size,actor\n1,A\n2,B\n3,C\n");
  const auto r = entente({"solve", "blocs", f / "ties.csv", "--sizes", f / "sizes.csv", "--all"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json a = Json::parse(r.out);
  EXPECT_EQ(a["energy"], -1.0);
  EXPECT_EQ(a["frustration"], 2.0);
  EXPECT_EQ(a["bound"], -1.0);
  EXPECT_TRUE(a["proven"].get<bool>());
  EXPECT_TRUE(a["all_optima"].get<bool>());
  EXPECT_EQ(a["optima"].get<std::vector<Blocs>>(), (std::vector<Blocs>{{{"A"}, {"B", "C"}}}));
  EXPECT_EQ(a["second"]["gap"], 1.0);
  EXPECT_EQ(a["frustration_by_actor"]["B"], 2.0);
  EXPECT_EQ(a["frustrated_ties"].size(), 1u);
  EXPECT_EQ(a["triads"]["++-"], 1);
  EXPECT_EQ(a["configurations"], 4);
  EXPECT_EQ(a["check"], "consistent, bound verified");
}

TEST(SolveBlocs, TheNumberOfBlocs) {
  const Folder f;
  write(f / "foes.csv", "a,b,weight\nA,B,-1\nB,C,-1\nA,C,-1\n");
  for (const auto& [number, frustration] : std::vector<std::pair<std::string, double>>{
           {"2", 1}, {"exactly-2", 1}, {"3", 0}, {"free", 0}, {"at-most-2", 1}, {"at-most-3", 0}, {"1", 3}}) {
    const auto r = entente({"solve", "blocs", f / "foes.csv", "--blocs", number});
    ASSERT_EQ(r.code, 0) << number << r.err;
    EXPECT_EQ(Json::parse(r.out)["frustration"], frustration) << number;
  }
}

TEST(SolveBlocs, Pictures) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\n\"A & \"\"B\"\"\",C,1\nC,D,-1\n");
  const auto r = entente({"solve", "blocs", f / "ties.csv", "--dot", f / "x.dot", "--gexf", f / "x.gexf"});
  ASSERT_EQ(r.code, 0) << r.err;
  const std::string dot = slurp(f / "x.dot"), gexf = slurp(f / "x.gexf");
  EXPECT_NE(dot.find("\"A & \\\"B\\\"\" -- \"C\" [len=1.00, color=darkgreen"), std::string::npos) << dot;
  EXPECT_NE(dot.find("\"C\" -- \"D\" [len=6.00, color=red"), std::string::npos) << dot;
  EXPECT_NE(gexf.find("label=\"A &amp; &quot;B&quot;\""), std::string::npos) << gexf;
  EXPECT_NE(gexf.find("source=\"1\" target=\"2\" weight=\"1\""), std::string::npos) << gexf;
  const auto to = entente({"solve", "blocs", f / "ties.csv", "--dot", f / "none/x.dot"});
  EXPECT_EQ(to.code, 2);
  EXPECT_NE(to.err.find("E0745"), std::string::npos) << to.err;
}

TEST(SolveBlocs, BadInput) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nA,B,1\n");
  for (const std::string number : {"0", "two", "at-most-", "-1", "at-most-2x", ""}) {
    const auto r = entente({"solve", "blocs", f / "ties.csv", "--blocs=" + number});
    EXPECT_EQ(r.code, 2) << number;
    EXPECT_EQ(r.out, "");
  }
  const auto many = entente({"solve", "blocs", f / "ties.csv", "--blocs", "3"});
  EXPECT_NE(many.code, 0);
  EXPECT_NE(many.err.find("the number of blocs is not between 1 and the number of actors"), std::string::npos)
      << many.err;
  write(f / "twice.csv", "a,b,weight\nA,B,1\nB,A,-1\n");
  const auto twice = entente({"solve", "blocs", f / "twice.csv"});
  EXPECT_EQ(twice.code, 1);
  EXPECT_NE(twice.err.find("E0633"), std::string::npos) << twice.err;
  write(f / "sizes.csv", "actor,size\nA,0\nB,1\n");
  const auto size = entente({"solve", "blocs", f / "ties.csv", "--sizes", f / "sizes.csv"});
  EXPECT_EQ(size.code, 1);
  EXPECT_NE(size.err.find("E0635"), std::string::npos) << size.err;
}

// Chances by hand: A and B apart, C tied to both.
TEST(SolveBlocs, Likely) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nA,B,-2\nA,C,1.5\nB,C,0.5\nD,C,0\n");
  const auto r = entente({"solve", "blocs", f / "ties.csv", "--temperature", "1", "--against", "A,B", "--gradient"});
  ASSERT_EQ(r.code, 0) << r.err;
  const Json a = Json::parse(r.out);
  EXPECT_EQ(a["method"], "exact");
  EXPECT_EQ(a["check"], "found again by enumeration");
  EXPECT_EQ(a["together"].size(), 6u);
  EXPECT_EQ(a["together"][0]["chance"], 0.0);
  EXPECT_TRUE(a["together"][0]["log_odds"].is_null());
  EXPECT_NEAR(a["together"][1]["chance"].get<double>(), 1 / (1 + std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(a["together"][1]["log_odds"].get<double>(), 1, 1e-14);
  EXPECT_NEAR(a["together"][1]["by_tie"][1]["slope"].get<double>(), std::exp(-1.0) / std::pow(1 + std::exp(-1.0), 2),
              1e-15);
  // Half as hot as ties are written; sizes only where an exponent says so.
  write(f / "sizes.csv", "actor,size\nA,2\nB,1\nC,3\nD,1\n");
  const auto sized = entente({"solve", "blocs", f / "ties.csv", "--temperature", "2", "--against", "B,A", "--sizes",
                              f / "sizes.csv", "--size-exponent", "1"});
  ASSERT_EQ(sized.code, 0) << sized.err;
  EXPECT_NEAR(Json::parse(sized.out)["together"][1]["log_odds"].get<double>(), (1.5 * 6 - 0.5 * 3) / 2, 1e-12);
  const auto camps = entente({"solve", "blocs", f / "ties.csv", "--temperature", "1", "--blocs", "exactly-2"});
  EXPECT_EQ(Json::parse(camps.out)["configurations"], 7);
  const auto cold = entente({"solve", "blocs", f / "ties.csv", "--temperature", "0", "--against", "A,B"});
  ASSERT_EQ(cold.code, 0) << cold.err;
  EXPECT_EQ(Json::parse(cold.out)["method"], "least energy, no probability");
}

TEST(SolveBlocs, LikelySampled) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nA,B,-2\nA,C,1.5\nB,C,0.5\nD,C,1\n");
  const std::vector<std::string> ask{"solve", "blocs",     f / "ties.csv", "--temperature",
                                     "1",     "--sampled", "--seed",       "7"};
  const auto r = entente(ask);
  ASSERT_EQ(r.code, 0) << r.err;
  const Json a = Json::parse(r.out);
  EXPECT_TRUE(a["method"].get<std::string>().starts_with("sampled, standard error 0.0")) << a["method"];
  EXPECT_LE(a["largest_standard_error"], 0.01);
  EXPECT_EQ(a["check"], "found again by enumeration");  // within six standard errors
  EXPECT_EQ(entente(ask).out, r.out);
}

TEST(SolveBlocs, LikelyBadInput) {
  const Folder f;
  write(f / "ties.csv", "a,b,weight\nA,B,1\nB,C,1\n");
  const auto run = [&](std::vector<std::string> more) {
    std::vector<std::string> all{"solve", "blocs", f / "ties.csv"};
    all.insert(all.end(), more.begin(), more.end());
    return entente(all);
  };
  for (const auto& [t, code] : std::vector<std::pair<std::string, std::string>>{
           {"-1", "E0746"}, {"nan", "E0712"}, {"inf", "E0712"}}) {  // what is no number the command line refuses itself
    const auto r = run({"--temperature=" + t});
    EXPECT_EQ(r.code, 2) << t;
    EXPECT_NE(r.err.find(code), std::string::npos) << r.err;
  }
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--gradient"},
                                             {"--sampled"},
                                             {"--size-exponent", "1"},
                                             {"--temperature", "1", "--all"},
                                             {"--temperature", "1", "--dot", "-"},
                                             {"--temperature", "1", "--gexf", "-"}}) {
    const auto r = run(more);
    EXPECT_EQ(r.code, 2) << more.front();
    EXPECT_NE(r.err.find("E0748"), std::string::npos) << r.err;
  }
  EXPECT_NE(run({"--temperature", "1e-12"}).err.find("only the least energy counts"), std::string::npos);
  EXPECT_NE(run({"--against", "A,A"}).err.find("E0747"), std::string::npos);
  EXPECT_NE(run({"--against", "A"}).err.find("E0747"), std::string::npos);
  EXPECT_NE(run({"--against", "A,Bx"}).err.find("E0743"), std::string::npos);
  EXPECT_NE(run({"--against", "A,B", "--all"}).err.find("E0747"), std::string::npos);
  EXPECT_NE(run({"--temperature", "1", "--error", "0"}).err.find("E0701"), std::string::npos);
}
