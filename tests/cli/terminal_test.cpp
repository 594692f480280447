// Colour and progress are for people: on a terminal, and nowhere else.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {
bool coloured(const std::string& text) { return text.find("\x1b[") != std::string::npos; }

class Terminal : public testing::Test {
  void SetUp() override {
    if (!terminals()) GTEST_SKIP() << "no terminals here";
  }
};
}  // namespace

TEST_F(Terminal, ColourOnlyThere) {
  const Folder f;
  const std::string file = sample(f);
  write(f / "bad.yaml", "entente: 1\nsituation: x\n");
  for (const Words& words :
       std::vector<Words>{{"ask", file}, {"doubt", file, "--draws", "500", "--quiet"}, {"check", f / "bad.yaml"}}) {
    EXPECT_TRUE(coloured(entente(words, {.terminal = true}).out)) << words[0];
    EXPECT_FALSE(coloured(entente(words, {.environment = {{"NO_COLOR", "1"}}, .terminal = true}).out)) << words[0];
    const auto piped = entente(words);
    EXPECT_FALSE(coloured(piped.out + piped.err)) << words[0];
  }
}

TEST_F(Terminal, ColourChangesNoWord) {
  const Folder f;
  const std::string file = sample(f);
  std::string shown = entente({"ask", file}, {.terminal = true}).out, plain;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == '\x1b') {
      while (i < shown.size() && shown[i] != 'm') ++i;
    } else if (shown[i] != '\r') {
      plain += shown[i];
    }
  }
  EXPECT_EQ(plain, entente({"ask", file}).out);
}

TEST_F(Terminal, ProgressOnlyThere) {
  const Folder f;
  const std::string file = sample(f);
  const Words words{"doubt", file, "--draws", "2000"};
  EXPECT_NE(entente(words, {.terminal = true}).out.find(" % of 2000 draws"), std::string::npos);
  EXPECT_EQ(entente(words).err, "");
  Words quiet = words;
  quiet.emplace_back("--quiet");
  EXPECT_EQ(entente(quiet, {.terminal = true}).out.find(" % of 2000 draws"), std::string::npos);
}

// A search that takes three seconds at least, in a slow build some of them to draw: eighteen levers, none of which does
// it.
TEST_F(Terminal, ProgressOfASearchOnlyThere) {
  const Folder f;
  std::string text =
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: Anna}\n"
      "drivers:\n";
  std::string levers, sum;
  for (int i = 0; i < 18; ++i) {
    const std::string n = std::to_string(i);
    text += "  d" + n + ": between 0 and 1 in any\n";
    levers += "  l" + n + ": {by: A, cost: " + std::to_string(1 + i % 5) + " to " + std::to_string(7 + i % 3) +
              ", set: {drivers: {d" + n + ": 0.9}}}\n";
    sum += (i ? " + d" : "d") + n;
  }
  write(f / "many.yaml", text + "levers:\n" + levers + "claims:\n  c: " + sum + " > 17\n");
  const Words words{"turn", f / "many.yaml", "c", "--seconds", "3"};
  EXPECT_NE(entente(words, {.terminal = true}).out.find(" packages looked at"), std::string::npos);
  EXPECT_EQ(entente(words).err, "");
  Words quiet = words;
  quiet.emplace_back("--quiet");
  EXPECT_EQ(entente(quiet, {.terminal = true}).out.find(" packages looked at, up to"), std::string::npos);
}
