// Tables of an economy that nobody should have to debug by hand: every slip is named with its file, line and column,
// and what is odd but right is read.
#include "entente/families/trade/economy.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace entente;
using situation::Economy;

namespace {

using Tables = std::map<std::string, std::string>;

// Two equal countries, one sector; labour is half of cost, 70 percent is bought at home.
Tables good() {
  return {
      {"countries.csv", "country,value_added,surplus\nA,10,0\nB,10,0\n"},
      {"sectors.csv", "sector,inverse_theta\ngoods,0.25\n"},
      {"production.csv",
       "country,sector,value_added_share,final_expenditure_share,expenditure\nA,goods,0.5,1,20\nB,goods,0.5,1,20\n"},
      {"inputs.csv", "country,source_sector,using_sector,share_of_materials\nA,goods,goods,1\nB,goods,goods,1\n"},
      {"flows.csv",
       "sector,importer,exporter,trade_share,tariff\n"
       "goods,A,A,0.7,0\ngoods,A,B,0.3,0\ngoods,B,B,0.7,0\ngoods,B,A,0.3,0.1\n"}};
}

void replace(std::string& text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

// "E0682 flows.csv:2:11" for each error, in order.
std::string complaints(const Diagnostics& out, const SourceMap& sources) {
  std::string text;
  for (const auto& d : out.all()) {
    if (d.severity != Severity::error) continue;
    text += (text.empty() ? "" : "; ") + d.code;
    if (!d.span.known()) continue;
    const auto at = sources[d.span.file].position(d.span.begin);
    text += " " + sources[d.span.file].name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  }
  (void)render(out, sources);
  return text;
}

std::string said(const Tables& tables) {
  SourceMap sources;
  Diagnostics out;
  const auto e = situation::read_economy(tables, sources, out);
  EXPECT_EQ(e.has_value(), out.ok());
  return complaints(out, sources);
}

std::string shock_said(const std::string& text) {
  SourceMap sources;
  Diagnostics out;
  const auto e = situation::read_economy(good(), sources, out);
  const auto s = situation::read_shock("shock.csv", text, *e, sources, out);
  EXPECT_EQ(s.has_value(), out.ok());
  return complaints(out, sources);
}

struct Slip {
  const char* file;
  const char* from;
  const char* to;
  const char* says;
};

TEST(Economy, EverySlipIsLocated) {
  EXPECT_EQ(said(good()), "");
  for (const Slip& s : {
           // numbers that are none, or none that can stand there
           Slip{"flows.csv", "A,A,0.7", "A,A,nan", "E0682 flows.csv:2:11"},
           Slip{"flows.csv", "A,A,0.7", "A,A,1e999", "E0682 flows.csv:2:11"},
           Slip{"flows.csv", "A,A,0.7", "A,A,-0.7", "E0682 flows.csv:2:11"},
           Slip{"flows.csv", "A,A,0.7", "A,A,", "E0682 flows.csv:2:11"},
           Slip{"flows.csv", "A,A,0.7", "A,A,\"0,7\"", "E0682 flows.csv:2:11"},
           Slip{"flows.csv", "0.3,0.1", "0.3,-1", "E0682 flows.csv:5:15"},
           Slip{"flows.csv", "0.3,0.1", "0.3,inf", "E0682 flows.csv:5:15"},
           Slip{"countries.csv", "A,10,0", "A,0,0", "E0682 countries.csv:2:3"},
           Slip{"countries.csv", "A,10,0", "A,10,nan", "E0682 countries.csv:2:6"},
           Slip{"sectors.csv", "0.25", "0", "E0682 sectors.csv:2:7"},
           Slip{"sectors.csv", "0.25", "-4", "E0682 sectors.csv:2:7"},
           Slip{"sectors.csv", "0.25", "1e999", "E0682 sectors.csv:2:7"},
           Slip{"production.csv", "0.5,1,20", "1.5,1,20", "E0682 production.csv:2:9"},
           Slip{"production.csv", "0.5,1,20", "0.5,1,-20", "E0682 production.csv:2:15"},
           Slip{"inputs.csv", "goods,1", "goods,-0.5", "E0682 inputs.csv:2:15"},
           // sums
           Slip{"flows.csv", "A,B,0.3", "A,B,0.2", "E0684 flows.csv:3:11"},
           Slip{"inputs.csv", "goods,1", "goods,0.9", "E0684 inputs.csv:2:15"},
           Slip{"production.csv", "0.5,1,20", "0.5,0.9,20", "E0684 production.csv:2:13"},
           Slip{"countries.csv", "B,10,0", "B,10,1", "E0684 countries.csv:3:6"},
           // names and rows
           Slip{"flows.csv", "goods,A,A", "good,A,A", "E0681 flows.csv:2:1"},
           Slip{"flows.csv", "goods,A,A", "goods,C,A", "E0681 flows.csv:2:7"},
           Slip{"flows.csv", "goods,A,B", "goods,A,A", "E0683 flows.csv:3:1"},
           Slip{"inputs.csv", "B,goods", "A,goods", "E0683 inputs.csv:3:1"},
           Slip{"production.csv", "B,goods", "A,goods", "E0683 production.csv:3:1"},
           Slip{"countries.csv", "B,10,0", "A,10,0", "E0683 countries.csv:3:1"},
           Slip{"countries.csv", "B,10,0", "*,10,0", "E0681 countries.csv:3:1"},
           Slip{"countries.csv", "B,10,0", "B,10,0\nC,5,0", "E0685 production.csv:1:1"},
           Slip{"countries.csv", "A,10,0\nB,10,0\n", "", "E0686 countries.csv:1:1"},
           Slip{"sectors.csv", "goods,0.25\n", "", "E0686 sectors.csv:1:1"},
           Slip{"flows.csv", "goods,A,A,0.7,0", "goods,A,A,0.7", "E0504 flows.csv:2:1"},
           Slip{"flows.csv", "goods,A,A,0.7,0", "goods,A,A,0.7,0,9", "E0504 flows.csv:2:1"},
           Slip{"flows.csv", "trade_share", "share", "E0680 flows.csv:1:1"},
           Slip{"flows.csv", "tariff", "trade_share", "E0503 flows.csv:1:38"},
           Slip{"flows.csv", "goods,A,A",
                "go\xff"
                "ds,A,A",
                "E0505 flows.csv:2:3"},
           Slip{"flows.csv", "goods,A,A,0.7,0\ngoods,A,B,0.3,0\n", "", "E0686 production.csv:2:1"},
           Slip{"inputs.csv", "A,goods,goods,1\n", "", "E0686 production.csv:2:1"},
       }) {
    Tables t = good();
    replace(t[s.file], s.from, s.to);
    EXPECT_EQ(said(t), s.says) << s.file << ": " << s.from << " -> " << s.to;
  }
}

TEST(Economy, ATableThatIsNotThereOrEmpty) {
  for (const auto& [name, text] : good()) {
    Tables t = good();
    t.erase(name);
    EXPECT_EQ(said(t), "E0680") << name;
    t[name] = "";
    EXPECT_EQ(said(t), "E0501 " + name + ":1:1");
  }
}

TEST(Economy, OtherLineEndsAndAMarkAtTheStartAreNoSlip) {
  Tables t = good();
  for (auto& [name, text] : t) {
    std::string other = "\xef\xbb\xbf# made by a spreadsheet\r\n";
    for (const char c : text) other += c == '\n' ? "\r\n" : std::string(1, c);
    text = other + "\r\n,,,,\r\n";
    if (name == "sectors.csv" || name == "countries.csv" || name == "inputs.csv") text = other;
  }
  SourceMap sources;
  Diagnostics out;
  const auto odd = situation::read_economy(t, sources, out), plain = situation::read_economy(good(), sources, out);
  ASSERT_TRUE(odd && plain) << render(out, sources);
  EXPECT_EQ(odd->world.share, plain->world.share);
  EXPECT_EQ(odd->world.theta, std::vector<double>{4});
  EXPECT_EQ(odd->countries, plain->countries);
}

// A line of ten megabytes, as one cell and as five million: said in a few lines, in time in proportion.
TEST(Economy, ALineOfTenMegabytes) {
  for (const bool cells : {false, true}) {
    Tables t = good();
    std::string long_line(10'000'000, 'x');
    if (cells)
      for (std::size_t i = 0; i < long_line.size(); i += 2) long_line[i] = ',';
    replace(t["flows.csv"], "goods,A,A,0.7,0", cells ? long_line : "goods,A,A," + long_line + ",0");
    SourceMap sources;
    Diagnostics out;
    EXPECT_FALSE(situation::read_economy(t, sources, out));
    EXPECT_EQ(complaints(out, sources), cells ? "E0504 flows.csv:2:1" : "E0682 flows.csv:2:11");
    EXPECT_LT(render(out, sources).size(), 1000u);
  }
}

TEST(Economy, SharesThatNearlyAddUpAreScaled) {
  Tables t = good();
  replace(t["flows.csv"], "A,B,0.3", "A,B,0.300005");
  SourceMap sources;
  Diagnostics out;
  const auto e = situation::read_economy(t, sources, out);
  ASSERT_TRUE(e) << render(out, sources);
  EXPECT_NEAR(e->corrected, 5e-6, 1e-12);
  EXPECT_NEAR(e->world.share[e->world.cell(0, 0, 0)] + e->world.share[e->world.cell(0, 0, 1)], 1, 1e-15);
}

TEST(Economy, EverySlipOfAShockIsLocated) {
  const std::string head = "sector,importer,exporter,tariff,cost\n";
  EXPECT_EQ(shock_said(head + "*,*,*,0.1,\n"), "");
  for (const auto& [rows, says] : std::map<std::string, std::string>{
           {"*,C,*,0.1,\n", "E0681 shock.csv:2:3"},
           {"good,A,B,0.1,\n", "E0681 shock.csv:2:1"},
           {"*,A,B,-1,\n", "E0682 shock.csv:2:7"},
           {"*,A,B,-1.5,\n", "E0682 shock.csv:2:7"},
           {"*,A,B,nan,\n", "E0682 shock.csv:2:7"},
           {"*,A,B,1e999,\n", "E0682 shock.csv:2:7"},
           {"*,A,B,10 %,\n", "E0682 shock.csv:2:7"},
           {"*,A,B,,0\n", "E0682 shock.csv:2:8"},
           {"*,A,B,,-inf\n", "E0682 shock.csv:2:8"},
           {"*,A,B\n", "E0504 shock.csv:2:1"},
           {"*,A,B,-2,0\n*,D,B,,\n",
            "E0682 shock.csv:2:7; E0682 shock.csv:2:10; E0681 shock.csv:3:3; E0682 shock.csv:3:5"},
           {"*,A,B,,\n", "E0682 shock.csv:2:5"},
       })
    EXPECT_EQ(shock_said(head + rows), says) << rows;
  EXPECT_EQ(shock_said("sector,importer,exporter\n*,A,B\n"), "E0680 shock.csv:1:1");
  EXPECT_EQ(shock_said("sector,importer,exporter,tarif,cost\n*,A,B,0.5,\n"), "E0680 shock.csv:1:26");
  EXPECT_EQ(shock_said("sector,importer,exporter,tariff,note\n*,A,B,0.5,why\n"), "E0680 shock.csv:1:33");
}

}  // namespace
