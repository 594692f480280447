// The commands that README.md and docs/guide show really run. A page is followed from its top in an empty folder (in
// which `situations` and `data` are the checkout's): a block ```yaml file NAME or ```csv file NAME is written to that
// file, every line of a block ```sh run is run by sh with `entente` on the path and has to exit with 0, or with N where
// `# exit N` ends the line. A block ```text right behind shows of the output what does not depend on the machine: every
// line of it but `...` has to stand in it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <regex>
#include <sstream>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

struct Block {
  std::string kind, text;
  int line = 0;
};

std::vector<Block> blocks(const std::string& page) {
  std::vector<Block> out;
  std::istringstream in(page);
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) out.push_back({line.substr(3), "", number});
    } else if (inside) {
      out.back().text += line + "\n";
    }
  }
  return out;
}

std::string trimmed(const std::string& s) {
  const auto a = s.find_first_not_of(" \t"), b = s.find_last_not_of(" \t");
  return a == std::string::npos ? "" : s.substr(a, b - a + 1);
}

struct Followed {
  int commands = 0;
  std::vector<std::string> faults;
};

Followed follow(const std::string& page) {
  static const std::regex file(R"((?:yaml|csv) file (\S+))"), exit(R"(#\s*exit (\d)\s*$)");
  Followed f;
  const Folder folder;
  for (const char* name : {"situations", "data"})
    fs::create_directory_symlink(fs::path(ENTENTE_ROOT) / name, folder / name);
  const std::string path = fs::path(ENTENTE_PROGRAM).parent_path().string() + ":" + std::getenv("PATH");
  std::string last;
  for (const auto& block : blocks(page)) {
    const auto fault = [&](const std::string& what) {
      f.faults.push_back("line " + std::to_string(block.line) + ": " + what);
    };
    std::smatch m;
    if (std::regex_match(block.kind, m, file)) {
      fs::create_directories(fs::path(folder / m[1]).parent_path());
      write(folder / m[1], block.text);
    } else if (block.kind == "sh run") {
      last.clear();
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line);) {
        if (trimmed(line).empty() || trimmed(line)[0] == '#') continue;
        const int wanted = std::regex_search(line, m, exit) ? std::stoi(m[1]) : 0;
        write(folder / ".command",
              "cd '" + folder.path().string() + "' && PATH='" + path + "' && export PATH\n" + line + "\n");
        const int status =
            std::system(("sh '" + (folder / ".command") + "' >'" + (folder / ".out") + "' 2>&1").c_str());
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        const std::string out = contents(folder / ".out");
        if (code != wanted) fault("`" + line + "` exits with " + std::to_string(code) + "\n" + out.substr(0, 2000));
        last += out;
        ++f.commands;
      }
    } else if (block.kind == "text" && !last.empty()) {
      std::istringstream lines(block.text);
      for (std::string line; std::getline(lines, line);)
        if (trimmed(line) != "..." && last.find(trimmed(line)) == std::string::npos)
          fault("the output does not hold `" + trimmed(line) + "`\n" + last.substr(0, 4000));
    }
  }
  return f;
}

TEST(Documents, CommandsShownReallyRun) {
  const fs::path root = ENTENTE_ROOT;
  std::vector<fs::path> pages{root / "README.md"};
  for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  int commands = 0;
  for (const auto& page : pages) {
    const auto f = follow(contents(page));
    commands += f.commands;
    for (const auto& fault : f.faults) ADD_FAILURE() << page.string() << ", " << fault;
  }
  EXPECT_GT(commands, 10);
}

TEST(Documents, AStaleCommandIsFound) {
  EXPECT_EQ(follow("```sh run\nentente --version\n```\n```text\nentente 0\n```\n").faults.size(), 0u);
  EXPECT_EQ(follow("```sh run\nentente --version\n```\n```text\nsomething else\n```\n").faults.size(), 1u);
  EXPECT_EQ(follow("```sh run\nentente aks\nentente aks  # exit 2\n```\n").faults.size(), 1u);
  EXPECT_EQ(
      follow("```yaml file x.yaml\nentente: 1\n```\n```sh run\nentente check x.yaml  # exit 1\n```\n").faults.size(),
      0u);
}

}  // namespace
