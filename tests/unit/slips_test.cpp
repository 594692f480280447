// One slip, one complaint, at the slip: what a stranger's hand does to a situation that is right, and the code, place
// and hint that come back, without follow-on errors.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "entente/families/all.hpp"
#include "entente/situation/situation.hpp"
#include "support/reading.hpp"

using namespace entente;
namespace fs = std::filesystem;

namespace {

const std::string whole =
    "entente: 1\n"
    "situation: x\n"
    "as_of: 2025-01-01\n"
    "sources: {s: {title: s, grade: C3}}\n"
    "source: s\n"
    "actors:\n"
    "  AAA: {name: Alpha, gdp: 1000 B USD/yr, discount: 8 %}\n"
    "  BBB: {name: Beta, gdp: 2000 B USD/yr, discount: 5 %}\n"
    "  CCC: Gamma\n"
    "  DDD: Delta\n"
    "groups: {two: [CCC, DDD]}\n"
    "drivers:\n"
    "  oil: 60 to 85 USD/bbl\n"
    "  lng: = 0.1275 bbl/MMBtu * 35.3 MMBtu/kcm * oil\n"
    "markets:\n"
    "  gas:\n"
    "    year: 2030\n"
    "    at: the border\n"
    "    quantity: bcm/yr\n"
    "    price: USD/kcm\n"
    "    producers:\n"
    "      Field: {of: AAA, capacity: 40, cost: 60 to 90}\n"
    "      LNG: {open: true, capacity: 100, cost: lng}\n"
    "    consumers:\n"
    "      City: {of: BBB, demand: {quantity: 50 to 70, price: 330, elasticity: -0.5, choke: 900}}\n"
    "    links:\n"
    "      Ships: {from: LNG, to: City, capacity: 100}\n"
    "      Pipe: {from: Field, to: City, consent: [AAA, BBB], capacity: 30}\n"
    "signals:\n"
    "  show:\n"
    "    sender: AAA\n"
    "    receiver: BBB\n"
    "    types: {firm: 60 %, loose: rest}\n"
    "    costs: {yes: {firm: 0, loose: 2}, no: {firm: 0, loose: 0}}\n"
    "    replies:\n"
    "      court: {receiver: {firm: -2, loose: 1}, sender: {firm: -0.5, loose: 1}}\n"
    "      hold: {receiver: {firm: 0, loose: 0}, sender: {firm: 0, loose: 0}}\n"
    "ties: {AAA-BBB: -0.3, AAA-CCC: 0.4, BBB-DDD: 0.5, CCC-DDD: -0.2}\n"
    "sizes: {cap: {table: cap.csv, column: cap}}\n"
    "levers:\n"
    "  bigger: {by: AAA, set: {markets.gas.producers.Field: {capacity: 60}}}\n"
    "questions:\n"
    "  who: {align: [AAA, BBB, CCC, DDD], sizes: cap}\n"
    "  part: {wedge: [AAA, CCC], by: BBB, budget: 3, moves: {AAA-BBB: {up-to: 1, cost: 1}}}\n"
    "  bal: {balance: [AAA, BBB, CCC, DDD], of: AAA-CCC, at: 50 %}\n"
    "  sig: {signal: show}\n"
    "claims:\n"
    "  below: {says: Cheap., holds: lng < 300 USD/kcm}\n";
const std::string sizes = "actor,cap\nAAA,0.2\nBBB,0.3\nCCC,0.1\nDDD,0.05\n";

class Slips : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("entente-slips-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("cap.csv", sizes);
    write("situation.yaml", whole);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  // "E0342 3:5; E0001 4:1", with what is marked and said of the first in `first`.
  std::string of(const std::string& name, std::string* first = nullptr) const {
    SourceMap sources;
    Diagnostics out;
    const auto s = situation::load(folder_ / name, families::all(), sources, out);
    EXPECT_EQ(s.has_value(), out.ok());
    Diagnostics errors;
    for (const auto& d : out.all())
      if (d.severity == Severity::error) errors.add(d);
    if (first && !errors.all().empty()) {
      const auto& d = errors.all().front();
      *first = std::string(sources.text(d.span)) + "|" + d.message + "|" + d.label + "|" + d.hint;
    }
    return tests::places(errors, sources);
  }
  // The complaints when `from` is replaced by `to`, whose place is `line:column` of the slip.
  std::string with(const std::string& from, const std::string& to, std::string* first = nullptr) const {
    std::string text = whole;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    write("slip.yaml", text);
    return of("slip.yaml", first);
  }
  fs::path folder_;
};

TEST_F(Slips, TheWholeIsRight) { EXPECT_EQ(of("situation.yaml"), ""); }

TEST_F(Slips, WhoUsesNoSizesNeedsNone) {
  write("cap.csv", "actor,cap\nAAA,0.2\nBBB,0.3\nCCC,0.1\n");
  EXPECT_EQ(with("  who: {align: [AAA, BBB, CCC, DDD], sizes: cap}\n"
                 "  part: {wedge: [AAA, CCC], by: BBB, budget: 3,",
                 "  who: {align: [AAA, BBB, CCC], sizes: cap}\n"
                 "  part: {wedge: [AAA, CCC], by: BBB, among: [AAA, BBB, CCC], budget: 3,"),
            "");
  EXPECT_NE(of("situation.yaml").find("E0811"), std::string::npos) << "a question that uses them does";
}

TEST_F(Slips, ATableThatCannotBeReadIsOneComplaint) {
  EXPECT_EQ(with("cap.csv", "nosuch.csv"), "E0331 39:22");
  EXPECT_EQ(with("Field: {of: AAA, capacity: 40, cost: 60 to 90}", "table: nosuch.csv"), "E0331 22:14");
  write("broken.csv", "actor,cap\nAAA\n");
  EXPECT_EQ(with("cap.csv", "broken.csv"), "E0504 2:1");
}

TEST_F(Slips, AnUnknownActorOfAWedge) {
  std::string said;
  EXPECT_EQ(with("wedge: [AAA, CCC]", "wedge: [AAA, CCD]", &said), "E0342 44:23");
  EXPECT_NE(said.find("did you mean `CCC`?"), std::string::npos) << said;
  EXPECT_EQ(with("wedge: [AAA, CCC]", "wedge: [AAA, ZZZ]"), "E0342 44:23");
  EXPECT_EQ(with("align: [AAA, BBB, CCC, DDD]", "align: [AAA, ZZZ]").substr(0, 5), "E0342");
}

TEST_F(Slips, AMisspeltTypeOfADisplay) {
  std::string said;
  EXPECT_EQ(with("yes: {firm: 0, loose: 2}", "yes: {firm: 0, lose: 2}", &said), "E0338 34:28");
  EXPECT_NE(said.find("did you mean `loose`?"), std::string::npos) << said;
  EXPECT_EQ(with("no: {firm: 0, loose: 0}", "no: {firn: 0, loose: 0}"), "E0338 34:44");
  EXPECT_EQ(with("types: {firm: 60 %, loose: rest}", "types: {firm: 60 %}"), "") << "who is left out has the rest";
}

TEST_F(Slips, ANameStandsInAListOnce) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"align: [AAA, BBB, CCC, DDD]", "align: [AAA, AAA, BBB, CCC, DDD]"},
           {"balance: [AAA, BBB, CCC, DDD]", "balance: [AAA, BBB, CCC, DDD, CCC]"},
           {"consent: [AAA, BBB]", "consent: [AAA, BBB, BBB]"},
           {"two: [CCC, DDD]", "two: [CCC, CCC, DDD]"},
           {"by: AAA, set", "by: [AAA, AAA], set"}})
    EXPECT_EQ(with(from, to).substr(0, 5), "E0819") << to;
}

TEST_F(Slips, WhatMustHoldSomethingIsNotEmpty) {
  EXPECT_EQ(with("moves: {AAA-BBB: {up-to: 1, cost: 1}}", "moves: {}"), "E0305 44:56");
  EXPECT_EQ(with("set: {markets.gas.producers.Field: {capacity: 60}}", "set: {}"), "E0305 41:26");
  EXPECT_EQ(with("costs: {yes: {firm: 0, loose: 2}, no: {firm: 0, loose: 0}}", "costs: {}").substr(0, 5), "E0305");
}

TEST_F(Slips, WordsOfFormulasAreNoNames) {
  for (const char* word : {"with", "without", "and", "or", "not", "between", "min", "max", "abs", "exp", "log", "sqrt",
                           "to", "chance", "likely", "normal", "choice"})
    EXPECT_EQ(with("drivers:\n", std::string("drivers:\n  ") + word + ": 5\n"), "E0316 13:3") << word;
  EXPECT_EQ(with("  bigger:", "  with:"), "E0316 41:3");
}

TEST_F(Slips, ChokeIsNotBelowThePrice) {
  EXPECT_EQ(with("choke: 900", "choke: 300"), "E0349 25:89");
  EXPECT_EQ(with("choke: 900", "choke: 200 to 300"), "E0349 25:89");
  EXPECT_EQ(with("choke: 900", "choke: 330"), "");
}

// What cannot be seen, or looks like something else.
TEST_F(Slips, InvisibleCharactersAreNamed) {
  std::string said;
  for (const char* c : {"\u200b", "\u2060", "\u00ad", "\u200d", "\u200c", "\u180e", "\u3164", "\U000e0041"}) {
    EXPECT_EQ(with("actors:", std::string("act") + c + "ors:", &said), "E0105 6:4") << said;
    EXPECT_NE(said.find("an invisible character: \\u"), std::string::npos) << said;
  }
  EXPECT_EQ(with("name: Alpha", "name: \"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\""), "")
      << "a joiner of a script that needs it";
  EXPECT_EQ(with("  AAA:", "\u00a0\u00a0AAA:").substr(0, 9), "E0140 7:1");
  EXPECT_EQ(with("  AAA:", "\u3000 AAA:").substr(0, 9), "E0140 7:1");
}

TEST_F(Slips, LettersOfAnotherAlphabetAreNamed) {
  std::string said;
  EXPECT_EQ(with("of: AAA, capacity", "of: \u0410AA, capacity", &said), "E0342 22:19");
  EXPECT_NE(said.find("did you mean `AAA`?"), std::string::npos) << said;
  EXPECT_NE(said.find("(U+0410)"), std::string::npos) << said;
  EXPECT_EQ(with("choke: 900", "\u0441hoke: 900", &said).substr(0, 5), "E0301");
  EXPECT_NE(said.find("(U+0441)"), std::string::npos) << said;
  EXPECT_EQ(with("  CCC: Gamma", "  \u0421CC: Gamma", &said).substr(0, 10), "E0313 9:3;");
  EXPECT_NE(said.find("(U+0421)"), std::string::npos) << said;
}

TEST_F(Slips, ADissentIsToldInItsOwnLines) {
  std::string said;
  write("dissent.yaml", "dissents-from: situation.yaml\ndrivers: {oyl: 5 USD/bbl}\n");
  EXPECT_EQ(of("dissent.yaml", &said), "E0317 2:11");
  EXPECT_NE(said.find("oyl|"), std::string::npos) << said;
  EXPECT_NE(said.find("did you mean `oil`?"), std::string::npos) << said;
  write("dissent.yaml", "dissents-from: situation.yaml\ndrivers: {oil: 5 kg}\n");
  EXPECT_EQ(of("dissent.yaml", &said), "E0206 2:16");
  EXPECT_NE(said.find("5 kg|"), std::string::npos) << said;
  write("dissent.yaml", "dissents-from: situation.yaml\ndrivers: {oil: = 2 * coal, coal: 30 to 40 USD/bbl}\n");
  EXPECT_EQ(of("dissent.yaml"), "") << "a new driver that is used";
  write("dissent.yaml", "dissents-from: situation.yaml\ndrivers: {oil: 50 to 70 EUR/bbl}\n");
  EXPECT_NE(of("dissent.yaml"), "") << "another currency";
}

TEST_F(Slips, DriversThatNothingUsesAreKnown) {
  SourceMap sources;
  Diagnostics out;
  write("more.yaml", whole + "outcomes: {seen: {quantity: asked, value: 5, date: 2026-01-01}}\n");
  std::string text = whole;
  text.replace(text.find("drivers:\n"), 9, "drivers:\n  idle: 1 to 2\n  idler: = 2 * idle\n  asked: 1 to 2\n");
  write("idle.yaml", text + "outcomes: {seen: {quantity: asked, value: 5, date: 2026-01-01}}\n");
  const auto s = situation::load(folder_ / "idle.yaml", families::all(), sources, out);
  ASSERT_TRUE(s) << render(out, sources);
  std::vector<std::string> names;
  for (const auto id : s->unused) names.push_back(s->parameters[id].path);
  EXPECT_EQ(names, (std::vector<std::string>{"drivers.idle", "drivers.idler"}));
}

}  // namespace
