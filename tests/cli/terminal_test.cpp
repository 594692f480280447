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
