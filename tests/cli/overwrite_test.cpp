// Nothing that was read is ever written over, and nothing of somebody else's without --force: by whatever path it is
// named, and before any work begins.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

constexpr const char* too_many = "100000000";  // an hour, or too much memory: refused at once

// The template with a table in a folder of its own, and a dissent.
struct Project : Folder {
  std::string file, table, dissent;
  Project() {
    std::string text = entente({"new", "-"}).out;
    const auto at = text.find("      Field: {of: SEL, capacity: 40, cost: 60 to 90}\n");
    const auto end = text.find("    consumers:\n");
    text.replace(at, end - at, "      table: data/makers.csv\n      LNG:   {open: true, capacity: 100, cost: lng}\n");
    fs::create_directory(path() / "data");
    fs::create_directory(path() / "dissents");
    file = *this / "situation.yaml";
    table = *this / "data/makers.csv";
    dissent = *this / "dissents/dear.yaml";
    write(file, text);
    write(table, "name,of,capacity,cost\nField,SEL,40,60 to 90\n");
    write(dissent, "dissents-from: ../situation.yaml\ndrivers: {oil: 90 to 99 USD/bbl}\n");
  }
};

void refused(const Words& words, const std::string& code) {
  const auto r = entente(words);
  std::string line = "entente";
  for (const auto& w : words) line += " " + w;
  EXPECT_EQ(r.code, 2) << line << r.err;
  EXPECT_NE(r.err.find("error[" + code + "]"), std::string::npos) << line << "\n" << r.err;
  EXPECT_NE(r.err.find("hint"), std::string::npos) << r.err;
  EXPECT_EQ(r.out, "") << line;
}

}  // namespace

TEST(Overwrite, NoInputByWhateverName) {
  const Project p;
  ASSERT_EQ(entente({"check", p.file}).code, 0);
  fs::create_symlink(p.table, p / "link.csv");
  fs::create_hard_link(p.table, p / "twin.csv");
  fs::create_directory_symlink(p.path() / "data", p / "away");
  const std::string round = p / "data/../data/./makers.csv";
  const std::set<std::string> inputs{p.file, p.table, p / "link.csv", p / "twin.csv", p / "away/makers.csv", round};
  const std::string situation = contents(p.file), table = contents(p.table), dissent = contents(p.dissent);
  for (const auto& to : inputs)
    for (const bool force : {false, true}) {
      Words page{"report", p.path().string(), "-o", to, "--draws", too_many};
      Words slice{"doubt", p.file, "--save", to, "--draws", too_many};
      for (auto* words : {&page, &slice}) {
        if (force) words->push_back("--force");  // no key to this door
        refused(*words, "E0760");
      }
    }
  for (const auto& to : {p.dissent, p.file, p.table}) refused({"report", p.dissent, "-o", to}, "E0760");
  EXPECT_EQ(contents(p.file), situation);
  EXPECT_EQ(contents(p.table), table);
  EXPECT_EQ(contents(p.dissent), dissent);
}

TEST(Overwrite, NoTableOfTiesByAPicture) {
  const Folder f;
  const std::string ties = "a,b,weight\nA,B,1\nB,C,-1\n", sizes = "actor,size\nA,1\nB,2\nC,3\n";
  write(f / "ties.csv", ties);
  write(f / "sizes.csv", sizes);
  fs::create_hard_link(f / "sizes.csv", f / "twin.csv");
  fs::create_directory(f / "sub");
  for (const char* option : {"--dot", "--gexf"})
    for (const char* to : {"ties.csv", "sizes.csv", "twin.csv", "./sub/../ties.csv"})
      refused({"solve", "blocs", f / "ties.csv", "--sizes", f / "sizes.csv", option, f / to}, "E0760");
  refused({"solve", "blocs", f / "ties.csv", "--dot", f / "x", "--gexf", f / "x"}, "E0745");
  refused({"solve", "blocs", f / "ties.csv", "--dot", f / "x", "--gexf", f / "none/x"}, "E0745");
  EXPECT_EQ(contents(f / "ties.csv"), ties);
  EXPECT_EQ(contents(f / "sizes.csv"), sizes);
  EXPECT_FALSE(fs::exists(f / "x")) << "no stub of the one where the other cannot be written";
}

TEST(Overwrite, WhatIsNotOursNeedsForce) {
  const Folder f;
  const std::string file = sample(f), own = "my thesis\n";
  write(f / "ties.csv", "a,b,weight\nA,B,1\nB,C,-1\n");
  write(f / "own", own);
  refused({"report", file, "-o", f / "own", "--draws", too_many}, "E0761");
  refused({"doubt", file, "--save", f / "own", "--draws", too_many}, "E0761");
  refused({"solve", "blocs", f / "ties.csv", "--dot", f / "own"}, "E0761");
  refused({"solve", "blocs", f / "ties.csv", "--gexf", f / "own"}, "E0761");
  EXPECT_EQ(contents(f / "own"), own);
  const std::vector<Words> all{{"report", file, "--draws", "100", "-o"},
                               {"doubt", file, "--draws", "100", "--save"},
                               {"solve", "blocs", f / "ties.csv", "--dot"},
                               {"solve", "blocs", f / "ties.csv", "--gexf"}};
  for (std::size_t k = 0; k < all.size(); ++k) {
    Words words = all[k];
    words.push_back(f / "own");
    Words forced = words;
    forced.emplace_back("--force");
    write(f / "own", own);
    EXPECT_EQ(entente(forced).code, 0);
    EXPECT_NE(contents(f / "own"), own);
    EXPECT_EQ(entente(words).code, 0) << "what this program wrote itself is written again: " << k;
    Words other = all[(k + 1) % all.size()];
    other.push_back(f / "own");
    refused(other, "E0761");  // a page is no slice: hours of draws are not lost by a slip
    write(f / "own", "");
    EXPECT_EQ(entente(words).code, 0) << "an empty file holds nothing, as mktemp makes it";
  }
}

// A second name for a moment: one that nobody can have planted.
TEST(Overwrite, NoPlantedName) {
  const Folder f;
  const std::string file = sample(f);
  write(f / "victim", "precious");
  for (const char* name : {"page.html.part~", ".page.html.part", "page.html.tmp"})
    fs::create_symlink(f / "victim", f / name);
  write(f / "mine.html.part~", "mine");
  const auto before = std::distance(fs::directory_iterator(f.path()), {});
  EXPECT_EQ(entente({"report", file, "-o", f / "page.html", "--draws", "100"}).code, 0);
  EXPECT_EQ(entente({"report", file, "-o", f / "mine.html", "--draws", "100"}).code, 0);
  EXPECT_EQ(contents(f / "victim"), "precious");
  EXPECT_EQ(contents(f / "mine.html.part~"), "mine");
  EXPECT_FALSE(fs::is_symlink(f / "page.html"));
  EXPECT_EQ(std::distance(fs::directory_iterator(f.path()), {}), before + 2) << "nothing is left beside them";
}

TEST(Overwrite, SeveralWritersMakeOneWholePage) {
  const Folder f;
  const std::string file = sample(f);
  std::set<std::string> whole;
  for (const char* seed : {"1", "2", "3"}) {
    ASSERT_EQ(entente({"report", file, "-o", f / "page.html", "--draws", "100", "--seed", seed}).code, 0);
    whole.insert(contents(f / "page.html"));
  }
  ASSERT_EQ(whole.size(), 3u);
  for (int turn = 0; turn < 6; ++turn) {
    std::vector<pid_t> children;
    for (const char* seed : {"1", "2", "3"})
      children.push_back(start({"report", file, "-o", f / "page.html", "--draws", "100", "--seed", seed}));
    for (const pid_t child : children) {
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, 0), child);
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    EXPECT_TRUE(whole.contains(contents(f / "page.html"))) << "a page of two writers";
  }
}

TEST(Overwrite, PermissionsStay) {
  const Folder f;
  const std::string file = sample(f);
  ASSERT_EQ(entente({"doubt", file, "--draws", "100", "--save", f / "part"}).code, 0);
  fs::permissions(f / "part", fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_EQ(entente({"doubt", file, "--draws", "100", "--save", f / "part"}).code, 0);
  EXPECT_EQ(fs::status(f / "part").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}
