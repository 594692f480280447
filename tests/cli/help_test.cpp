// Help, names, and the way from an empty folder to an answer.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "cli/program.hpp"

using namespace cli;

TEST(Help, ListsTheCommandsOfTheLanguage) {
  const auto all = commands();
  for (const Words& name : std::vector<Words>{{"check"},
                                              {"ask"},
                                              {"doubt"},
                                              {"turn"},
                                              {"follow"},
                                              {"mcp"},
                                              {"report"},
                                              {"join"},
                                              {"explain"},
                                              {"quantities"},
                                              {"diff"},
                                              {"history"},
                                              {"new"},
                                              {"solve", "market"},
                                              {"solve", "coalition"}})
    EXPECT_NE(std::ranges::find(all, name), all.end()) << name[0];
}

TEST(Help, EveryCommandHasAnExampleThatParses) {
  const Folder empty;
  for (const auto& command : commands()) {
    Words arguments = command;
    arguments.emplace_back("--help");
    const auto help = entente(arguments);
    std::string name = command[0];
    for (std::size_t i = 1; i < command.size(); ++i) name += " " + command[i];
    EXPECT_EQ(help.code, 0) << name;
    EXPECT_EQ(help.err, "") << name;
    const auto at = help.out.find("Example:\n  entente " + name);
    ASSERT_NE(at, std::string::npos) << name << " --help has no example of itself:\n" << help.out;
    std::istringstream words(help.out.substr(at + 11, help.out.find('\n', at + 11) - at - 11));
    Words example;
    for (std::string word; words >> word;) example.push_back(word);
    example.erase(example.begin());
    // The files that it names are not in this folder: any complaint but one about the options will do.
    const auto tried = entente(example, {.in = empty.path()});
    EXPECT_EQ(tried.err.find("E0712"), std::string::npos) << name << ": " << tried.err;
    EXPECT_EQ(tried.signal, 0) << name;
  }
}

TEST(Help, VersionIsOneLine) {
  const auto r = entente({"--version"});
  EXPECT_EQ(r.code, 0);
  EXPECT_TRUE(std::regex_match(r.out, std::regex(R"(entente \d+\.\d+\.\d+\n)"))) << r.out;
}

TEST(New, GoesThroughEveryVerb) {
  const Folder folder;
  const std::string file = folder / "mine.yaml";
  const auto made = entente({"new", file});
  ASSERT_EQ(made.code, 0) << made.err;
  const auto check = entente({"check", file, "--strict"});
  EXPECT_EQ(check.code, 0) << check.err;
  EXPECT_EQ(check.err, "") << "the template gives warnings";
  EXPECT_NE(check.out.find("nothing wrong"), std::string::npos) << check.out;
  for (const Words& w : std::vector<Words>{{"ask", file},
                                           {"doubt", file, "--draws", "1000"},
                                           {"turn", file, "--draws", "200"},
                                           {"follow", file, "--draws", "1000"},
                                           {"doubt", file, "--given", "oil > 75 USD/bbl", "--draws", "2000"},
                                           {"quantities", file},
                                           {"check", file, "--numbers"},
                                           {"explain", file, "pipe.price"},
                                           {"solve", "market", file, "--worths"}}) {
    const auto r = entente(w);
    EXPECT_EQ(r.code, 0) << w[0] << ": " << r.err;
    EXPECT_GT(r.out.size(), 50u) << w[0];
    EXPECT_EQ(r.err, "") << w[0];
  }
}

TEST(New, OverwritesNothing) {
  const Folder folder;
  const std::string file = folder / "mine.yaml";
  write(file, "dear notes\n");
  const auto r = entente({"new", file});
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.out, "");
  EXPECT_EQ(contents(file), "dear notes\n");
}

// A number that moves the answer by rounding alone is none of those that move it.
TEST(Explain, LeavesRoundingOut) {
  const Folder folder;
  const std::string file = folder / "noise.yaml";
  write(file,
        "entente: 1\nsituation: Noise\nas_of: 2025-01-01\nsources: {j: {title: judgement, grade: C3}}\nsource: "
        "j\nactors: {A: Alone}\n"
        "drivers:\n  a: 1 to 2\n  b: 1 to 2\n  c: = (a + 0.1 * b) - (0.1 * b)\nclaims:\n"
        "  x: {says: One claim., holds: c > 1}\n");
  const auto r = entente({"explain", file, "c"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("    a: 1 to 2"), std::string::npos) << r.out;
  EXPECT_EQ(r.out.find("    b:"), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("  1.414 with"), std::string::npos) << r.out;
  const auto check = entente({"check", file});
  EXPECT_NE(check.out.find("0 questions, 1 claim;"), std::string::npos) << check.out;
}

TEST(Explain, KnowsEveryQuantityThatIsListed) {
  const Folder folder;
  const std::string file = sample(folder);
  const auto list = Json::parse(entente({"quantities", file, "--json"}).out);
  ASSERT_GT(list.size(), 0u);
  std::istringstream lines(entente({"quantities", file}).out);
  int seen = 0;
  for (std::string line; std::getline(lines, line); ++seen) {
    const std::string name = line.substr(0, line.find(' '));
    const auto r = entente({"explain", file, name});
    EXPECT_EQ(r.code, 0) << name << ": " << r.err;
    EXPECT_TRUE(r.out.starts_with(name + ": ")) << r.out.substr(0, 100);
  }
  EXPECT_GT(seen, 20);
}

// What `check --numbers` prints can be typed.
TEST(Explain, KnowsEveryNumberOfTheFile) {
  const Folder folder;
  const std::string file = sample(folder);
  const auto numbers = Json::parse(entente({"check", file, "--numbers", "--json"}).out)["numbers"];
  ASSERT_GT(numbers.size(), 10u);
  for (const auto& n : numbers) {
    const auto r = entente({"explain", file, n["path"], "--json"});
    ASSERT_EQ(r.code, 0) << n["path"] << ": " << r.err;
    const auto said = Json::parse(r.out);
    const bool percent = said["unit"] == "%" && n["unit"] == "";  // a share that the file writes in percent
    if (!percent) EXPECT_EQ(said["unit"], n["unit"]) << n["path"];
    if (!n.contains("median") || n.value("event", false)) continue;
    EXPECT_NEAR(said["value"].get<double>() / (percent ? 100 : 1), n["median"].get<double>(),
                1e-9 * (1 + std::abs(n["median"].get<double>())))
        << n["path"];
    if (n["q5"] == n["q95"]) continue;
    ASSERT_EQ(said["moves"].size(), 1u) << n["path"];  // by itself alone
    EXPECT_EQ(said["moves"][0]["path"], n["path"]);
  }
}
