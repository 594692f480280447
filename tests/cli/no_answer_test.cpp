// No answer is no success: a limit or a tolerance that is missed ends with 3 and is named; so does an answer that the
// kernel's own check rejects.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

// A world of two equal countries and one sector, whose numbers are given.
struct Economy : Folder {
  explicit Economy(const std::string& theta = "4", const std::string& tariff = "0") {
    write(*this / "countries.csv", "country,value_added,surplus\nAAA,100,0\nBBB,100,0\n");
    write(*this / "sectors.csv", "sector,theta\ngoods," + theta + "\n");
    write(*this / "production.csv",
          "country,sector,value_added_share,final_expenditure_share,expenditure\nAAA,goods,0.5,1,200\n"
          "BBB,goods,0.5,1,200\n");
    write(*this / "inputs.csv",
          "country,source_sector,using_sector,share_of_materials\nAAA,goods,goods,1\nBBB,goods,goods,1\n");
    write(*this / "flows.csv", "sector,importer,exporter,trade_share,tariff\ngoods,AAA,AAA,0.8,0\ngoods,AAA,BBB,0.2," +
                                   tariff + "\ngoods,BBB,AAA,0.2,0\ngoods,BBB,BBB,0.8,0\n");
  }
  Ran shocked(const std::string& tariff, const std::string& cost) const {
    write(*this / "shock.csv", "sector,importer,exporter,tariff,cost\n*,AAA,BBB," + tariff + "," + cost + "\n");
    return entente({"solve", "trade", path().string(), *this / "shock.csv"});
  }
};

// Solved and checked, or not solved and 3: never one without the other.
void decided(const Ran& r, const std::string& what) {
  if (r.code != 0 && r.code != 3) {
    EXPECT_TRUE(r.code == 1 || r.code == 2) << what;
    EXPECT_NE(r.err.find("error[E"), std::string::npos) << what << r.err;
    return;
  }
  const Json j = Json::parse(r.out, nullptr, false);
  if (r.code == 3 && j.is_discarded()) {
    EXPECT_NE(r.err.find("error[E"), std::string::npos) << what << r.err;
    return;
  }
  ASSERT_TRUE(j.is_object()) << what << r.out;
  const bool checked = !j.contains("check") || (j["check"].is_number() && std::abs(j["check"].get<double>()) < 1e-6);
  EXPECT_EQ(r.code == 0, j["status"] != "not_solved") << what << r.out;
  EXPECT_TRUE(r.code != 0 || checked) << what << r.out;
}

}  // namespace

TEST(NoAnswer, TheJudgeOfTradeDecides) {
  const Economy plain;
  EXPECT_EQ(plain.shocked("", "1.2").code, 0);
  EXPECT_EQ(plain.shocked("", "inf").code, 0);
  for (const char* cost : {"1e10", "1e20", "1e50", "1e100", "1e200", "1e300", "1e-10", "1e-100", "1e-300"})
    decided(plain.shocked("", cost), std::string("cost ") + cost);
  for (const char* tariff : {"10", "1e5", "1e20", "1e100", "1e300", "-0.999999999"})
    decided(plain.shocked(tariff, ""), std::string("tariff ") + tariff);
  for (const char* theta : {"0.01", "50", "500", "5000", "1e10"})
    for (const char* cost : {"0.2", "5", "100"})
      decided(Economy(theta).shocked("", cost), std::string("theta ") + theta + " cost " + cost);
  for (const char* tariff : {"1e10", "1e100", "1e300"})
    decided(Economy("4", tariff).shocked("0.1", ""), std::string("base tariff ") + tariff);
}

namespace {

// A dense network of actors with ties of both signs that no short search decides.
std::string dense(int n, const std::string& ties_of) {
  std::string
      text = "entente: 1\nsituation: s\nas_of: 2025-01-01\nsources: {j: {title: j, grade: C3}}\nsource: j\nactors:\n",
      list;
  for (int i = 0; i < n; ++i) {
    text += "  X" + std::to_string(i) + ": x" + std::to_string(i) + "\n";
    list += (i ? ", X" : "X") + std::to_string(i);
  }
  text += "ties:\n";
  std::uint64_t state = 12345;
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      const double v = static_cast<double>(state >> 40) / static_cast<double>(1 << 24) * 1.6 - 0.8;
      text +=
          "  X" + std::to_string(i) + "-X" + std::to_string(j) + ": " + std::to_string(v).substr(0, 6) + ties_of + "\n";
    }
  return text + "questions:\n  q: {align: [" + list + "], blocs: free}\nclaims:\n  c: q.together.X0-X1 > 0\n";
}

}  // namespace

// So dense a network of so many is beyond the search's limit of nodes, on any machine: the exit code, the answer and
// the time agree.
TEST(NoAnswer, ALimitEndsWithThreeAndIsNamed) {
  const Folder f;
  write(f / "free.yaml", dense(36, ""));
  const auto asked = entente({"ask", f / "free.yaml", "--full"});
  EXPECT_EQ(asked.code, 3) << asked.err;
  EXPECT_NE(asked.out.find("No answer:"), std::string::npos) << asked.out.substr(0, 500);
  EXPECT_NE(asked.out.find("limit of"), std::string::npos);
  std::string text = contents(f / "free.yaml");
  text.replace(text.find("ties:"), 5, "drivers: {u: 1 to 2}\nties:");
  text += "  d: u > 1.5\n";
  write(f / "uncertain.yaml", text);
  const auto begin = std::chrono::steady_clock::now();
  const auto once = entente({"ask", f / "uncertain.yaml"});
  const std::chrono::duration<double> one = std::chrono::steady_clock::now() - begin;
  const auto drawn = entente({"doubt", f / "uncertain.yaml", "--draws", "1000"});
  const std::chrono::duration<double> all = std::chrono::steady_clock::now() - begin - one;
  EXPECT_EQ(drawn.code, 3) << drawn.err;
  EXPECT_NE(drawn.err.find("warning[W0703]"), std::string::npos) << drawn.err;
  EXPECT_NE(drawn.err.find("limit of"), std::string::npos) << drawn.err;
  EXPECT_LT(all.count(), 5 * one.count() + 2) << "the lost search is not repeated in every draw";
  EXPECT_EQ(entente({"report", f / "uncertain.yaml", "-o", f / "p.html", "--draws", "100"}).code, 3);
}

TEST(NoAnswer, OptionsAreFiniteNumbers) {
  const Folder f;
  write(f / "c.csv", "actor,position,salience,capability\nA,0,50,1\nB,100,50,1\n");
  write(f / "ties.csv", "a,b,weight\nA,B,1\nB,C,-1\n");
  write(f / "moves.csv", "a,b,min,max,cost\nA,B,-1,1,1\n");
  write(f / "game.csv", "mask,worth\n3,1\n");
  write(f / "g.nfg", "NFG 1 R \"x\" { \"1\" \"2\" } { 2 2 } 1 1 0 0 0 0 1 1\n");
  const Economy e;
  write(e / "shock.csv", "sector,importer,exporter,tariff,cost\n*,AAA,BBB,0.1,\n");
  const std::vector<Words> all{
      {"solve", "choice", f / "c.csv", "--status-quo"},
      {"solve", "choice", f / "c.csv", "--lower"},
      {"solve", "choice", f / "c.csv", "--upper"},
      {"solve", "choice", f / "c.csv", "--status-quo", "0", "--quota"},
      {"solve", "blocs", f / "ties.csv", "--seconds"},
      {"solve", "balance", f / "ties.csv", "--time"},
      {"solve", "balance", f / "ties.csv", "--self"},
      {"solve", "wedge", f / "ties.csv", "--apart", "A,B", "--moves", f / "moves.csv", "--margin"},
      {"solve", "coalition", f / "game.csv", "--weights"},
      {"solve", "game", f / "g.nfg", "--of", "qre", "--lambda"},
      {"solve", "trade", e.path().string(), e / "shock.csv", "--tolerance"}};
  for (const auto& words : all)
    for (const char* value : {"nan", "NaN", "-nan", "inf", "-inf", "infinity", "1e999", "nan(1)"}) {
      Words line = words;
      if (value[0] == '-') line.back() += std::string("=") + value;
      else line.emplace_back(value);
      const auto r = entente(line);
      EXPECT_EQ(r.code, 2) << words.back() << " " << value << r.out.substr(0, 200);
      EXPECT_EQ(r.out, "");
      EXPECT_NE(r.err.find("E0712"), std::string::npos) << words.back() << " " << value << r.err;
    }
}

TEST(NoAnswer, BytesThatAreNoTextAreNoGame) {
  const Folder f;
  write(f / "nul.efg", std::string("EFG 2 R \"a\0b\" { \"1\" }\nt \"\" 1 \"\" { 1 }\n", 38));
  write(f / "latin.efg", "EFG 2 R \"Jos\xe9\" { \"1\" }\nt \"\" 1 \"\" { 1 }\n");
  EXPECT_NE(entente({"solve", "game", f / "nul.efg"}).err.find("E0105"), std::string::npos);
  EXPECT_NE(entente({"solve", "game", f / "latin.efg"}).err.find("E0104"), std::string::npos);
  EXPECT_EQ(entente({"solve", "game", f / "latin.efg"}).code, 1);
}

TEST(NoAnswer, CheckReadsOutcomes) {
  const Folder f;
  const std::string file = sample(f), text = contents(file);
  write(f / "a.yaml", text + "outcomes: {worthwile: {value: true, date: 2026-01-01}}\n");
  const auto a = entente({"check", f / "a.yaml"});
  EXPECT_EQ(a.code, 1);
  EXPECT_NE(a.err.find("E0420"), std::string::npos) << a.err;
  EXPECT_NE(a.err.find("did you mean `worthwhile`?"), std::string::npos) << a.err;
  write(f / "b.yaml", text + "outcomes: {worthwhile: {value: perhaps, date: 2026-01-01}}\n");
  const auto b = entente({"check", f / "b.yaml"});
  EXPECT_EQ(b.code, 1);
  EXPECT_NE(b.err.find("E0421"), std::string::npos) << b.err;
  EXPECT_NE(b.err.find("`perhaps` is no outcome of a claim"), std::string::npos) << b.err;
}

TEST(NoAnswer, UnusedDriversAreMentioned) {
  const Folder f;
  std::string text = contents(sample(f));
  text.replace(text.find("drivers:"), 8, "drivers:\n  idle: 1 to 2\n#");
  write(f / "idle.yaml", text);
  const auto r = entente({"check", f / "idle.yaml"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.err.find("warning[W0317]"), std::string::npos) << r.err;
  EXPECT_NE(r.err.find("nothing uses the driver `idle`"), std::string::npos) << r.err;
}
