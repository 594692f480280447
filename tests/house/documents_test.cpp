// Links inside the documents lead somewhere: the file is there, and so is the heading.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace {

struct Page {
  std::set<std::string> anchors;
  std::vector<std::string> links;
};

// The anchor that a heading gets where the documents are shown: lower case, spaces to hyphens, punctuation away.
std::string anchor(const std::string& heading) {
  std::string out;
  for (const char c : heading) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalnum(u) || c == '-' || c == '_' || u >= 128) out += static_cast<char>(std::tolower(u));
    else if (c == ' ') out += '-';
  }
  return out;
}

Page read(std::istream& in) {
  static const std::regex heading(R"(^#{1,6}\s+(.*?)\s*#*\s*$)"), link(R"(\]\(([^)\s]+)\))"), code("`[^`]*`");
  Page page;
  bool fenced = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    std::smatch m;
    if (std::regex_match(line, m, heading)) page.anchors.insert(anchor(m[1]));
    const std::string bare = std::regex_replace(line, code, "");
    for (std::sregex_iterator i(bare.begin(), bare.end(), link), end; i != end; ++i) page.links.push_back((*i)[1]);
  }
  return page;
}

Page read(const fs::path& path) {
  std::ifstream in(path);
  return read(in);
}

std::vector<std::string> broken(const fs::path& file, const Page& page) {
  std::vector<std::string> out;
  for (const auto& link : page.links) {
    if (link.find("://") != std::string::npos || link.starts_with("mailto:")) continue;
    const auto hash = link.find('#');
    const fs::path target = hash == 0 ? file : file.parent_path() / link.substr(0, hash);
    if (!fs::exists(target)) out.push_back(link);
    else if (hash != std::string::npos && target.extension() == ".md" &&
             !read(target).anchors.contains(link.substr(hash + 1)))
      out.push_back(link);
  }
  return out;
}

TEST(Documents, LinksLeadSomewhere) {
  const fs::path root = ENTENTE_ROOT;
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator(root))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  for (const char* folder : {"docs", "situations", "tests", "bench"})
    if (fs::exists(root / folder))
      for (const auto& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.path().extension() == ".md") pages.push_back(entry.path());
  ASSERT_GT(pages.size(), 5u);
  for (const auto& page : pages)
    for (const auto& link : broken(page, read(page))) ADD_FAILURE() << page.string() << ": nothing at " << link;
}

// Every code that the program can print stands in docs/guide/errors.md, and no other.
TEST(Documents, EveryCodeIsExplained) {
  const fs::path root = ENTENTE_ROOT;
  static const std::regex quoted(R"re(["\[]([EW]\d{4})["\]])re"), row(R"(^\| ([EW]\d{4}) \|)");
  const auto collect = [](const fs::path& path, const std::regex& pattern, std::set<std::string>& into) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
      for (std::sregex_iterator i(line.begin(), line.end(), pattern), end; i != end; ++i) into.insert((*i)[1]);
  };
  std::set<std::string> used, explained;
  for (const char* folder : {"src", "apps"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp") collect(entry.path(), quoted, used);
  collect(root / "docs/guide/errors.md", row, explained);
  ASSERT_GT(used.size(), 100u);
  for (const auto& code : used)
    EXPECT_TRUE(explained.contains(code)) << code << " is not in docs/guide/errors.md: add a row";
  for (const auto& code : explained) EXPECT_TRUE(used.contains(code)) << code << " is used nowhere: take its row away";
}

TEST(Documents, ABrokenLinkIsFound) {
  const fs::path readme = fs::path(ENTENTE_ROOT) / "README.md";
  const auto faults = [&](const std::string& text) {
    std::istringstream in(text);
    return broken(readme, read(in)).size();
  };
  EXPECT_EQ(faults("[a](CMakeLists.txt) and [b](https://example.org/x)\n"), 0u);
  EXPECT_EQ(faults("[a](no-such-file.md)\n"), 1u);
  EXPECT_EQ(faults("[a](README.md#no-such-heading)\n"), 1u);
  EXPECT_EQ(faults("[a](README.md#entente)\n"), 0u);
  EXPECT_EQ(faults("```\n[a](no-such-file.md)\n```\n`[a](nor-this.md)`\n"), 0u);
}

}  // namespace
