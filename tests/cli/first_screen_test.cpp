// What a newcomer sees first: the claims that stand for themselves on one screen, and how to see more.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::string flagship = "situations/moscow-2025";
const How at_root{.in = ENTENTE_ROOT};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::size_t characters(const std::string& line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  for (const auto& line : lines(text)) most = std::max(most, characters(line));
  return most;
}

bool shows(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

const char* const headlines[] = {"supply", "pipeline-price", "leverage",  "peacekeepers",   "parade",
                                 "united", "wedge",          "balancing", "pressure-beyond"};

void is_a_screen(const Ran& r) {
  ASSERT_EQ(r.code, 0) << r.err;
  EXPECT_LE(lines(r.out).size(), 40u) << r.out;
  EXPECT_LE(widest(r.out), 100u);
  for (const char* claim : headlines) EXPECT_TRUE(shows(r.out, std::string("\n") + claim + ": ")) << claim << r.out;
  EXPECT_TRUE(shows(r.out, "More:\n"));
  EXPECT_TRUE(shows(r.out, flagship + " --full"));
}

TEST(FirstScreen, OfTheFlagshipIsOneScreen) {
  is_a_screen(entente({"ask", flagship}, at_root));
  const auto doubted = entente({"doubt", flagship, "--draws", "100"}, at_root);
  is_a_screen(doubted);
  EXPECT_TRUE(shows(doubted.out, "Taken for granted: "));
  EXPECT_TRUE(shows(doubted.out, "●") && shows(doubted.out, "○"));
  EXPECT_TRUE(shows(doubted.out, " It turns "));
  EXPECT_FALSE(shows(doubted.out, "drivers.")) << "the first screen names numbers in words";
}

TEST(FirstScreen, AClaimByItsNameIsToldWholeAndAloneInItsOwnWords) {
  const Folder f;
  const std::string file = sample(f);
  const auto full = entente({"doubt", file, "--draws", "500", "--full"});
  const auto table = entente({"doubt", file, "--draws", "500", "--claims"});
  ASSERT_EQ(full.code, 0);
  const Json claims = Json::parse(entente({"doubt", file, "--draws", "500", "--json"}).out)["claims"];
  ASSERT_GE(claims.size(), 2u);
  // The table: title and draws, a blank line, head, rule, one row a claim.
  EXPECT_EQ(lines(table.out).size(), 4 + claims.size()) << table.out;
  for (auto it = claims.begin(); it != claims.end(); ++it) {
    const std::string& name = it.key();
    EXPECT_TRUE(shows(table.out, name)) << name;
    const auto one = entente({"doubt", file, "--draws", "500", name});
    ASSERT_EQ(one.code, 0);
    std::size_t told = 0;
    for (const auto& line : lines(one.out)) {
      told += line.starts_with(name + ": ") ? 1 : 0;
      EXPECT_TRUE(shows(full.out, line)) << line;
      for (auto other = claims.begin(); other != claims.end(); ++other)
        EXPECT_FALSE(other.key() != name && line.starts_with(other.key() + ": ")) << line;
    }
    EXPECT_EQ(told, 1u) << one.out;
  }
}

TEST(FirstScreen, WidthIsThatOfTheTerminalBetweenSixtyAndTwoHundred) {
  const Folder f;
  const std::string file = sample(f);
  for (const std::string verb : {"ask", "doubt"}) {
    Words words{verb, file};
    if (verb == "doubt") words.insert(words.end(), {"--draws", "100"});
    const auto at = [&](const char* columns) { return entente(words, {.environment = {{"COLUMNS", columns}}}).out; };
    const std::string plain = entente(words).out;
    EXPECT_EQ(plain, at("100"));
    EXPECT_EQ(plain, at("nonsense"));
    EXPECT_EQ(at("60"), at("20"));
    EXPECT_EQ(at("200"), at("5000"));
    EXPECT_GT(widest(at("200")), 100u);
    // The same words, however they are set.
    const auto bare = [](const std::string& text) {
      std::string out;
      std::istringstream in(text);
      for (std::string word; in >> word;) out += word + " ";
      return out;
    };
    for (const char* columns : {"60", "73", "140", "200"}) EXPECT_EQ(bare(at(columns)), bare(plain)) << columns;
  }
}

TEST(FirstScreen, APdfIsAPdfOrNothing) {
  const Folder f;
  const std::string file = sample(f), pdf = f / "page.pdf";
  const auto none = entente({"report", file, "-o", pdf, "--draws", "100"}, {.environment = {{"PATH", "/nowhere"}}});
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(shows(none.err, "E0785")) << none.err;
  EXPECT_FALSE(std::filesystem::exists(pdf));
  const auto there = entente({"report", file, "-o", pdf, "--draws", "100"});
  if (there.code == 2) {  // no Chromium on this machine
    EXPECT_TRUE(shows(there.err, "E0785")) << there.err;
  } else {
    EXPECT_EQ(there.code, 0) << there.err;
    EXPECT_TRUE(contents(pdf).starts_with("%PDF-"));
  }
}

TEST(FirstScreen, AClaimThatIsNotThereIsRefusedWithTheNearest) {
  const Folder f;
  const std::string file = sample(f);
  const std::string name =
      Json::parse(entente({"doubt", file, "--draws", "100", "--json"}).out)["claims"].begin().key();
  for (const Words& words : {Words{"doubt", file, name + "x", "--draws", "100"}, Words{"ask", file, name + "x"}}) {
    const auto r = entente(words);
    EXPECT_EQ(r.code, 2);
    EXPECT_TRUE(r.out.empty());
    EXPECT_TRUE(shows(r.err, "E0719") && shows(r.err, "did you mean `" + name + "`?")) << r.err;
  }
}

}  // namespace
