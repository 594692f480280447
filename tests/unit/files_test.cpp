// Texts in memory as files: the same questions as to a disk, and nothing above the top.
#include "entente/text/files.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "entente/text/file.hpp"

using namespace entente;

namespace {

const text::Memory& some() {
  static const text::Memory files({{"situation.yaml", "one"},
                                   {"./data/flows.csv", "two"},
                                   {"/data-2/x.csv", "three"},
                                   {"data/deep/../y.csv", "four"},
                                   {"../out.yaml", "never"},
                                   {"", "never"}});
  return files;
}

TEST(Files, MemoryKnowsPathsByTheirParts) {
  EXPECT_EQ(some().texts().size(), 4u);
  for (const char* path : {"situation.yaml", "./situation.yaml", "/situation.yaml", "data/../situation.yaml"}) {
    EXPECT_TRUE(some().exists(path)) << path;
    EXPECT_EQ(some().read(path, 10, true).value_or(""), "one") << path;
  }
  for (const char* path : {"../situation.yaml", "data/../../situation.yaml", "nothing", "situation.yam", "out.yaml"}) {
    EXPECT_FALSE(some().exists(path)) << path;
    const auto read = some().read(path, 10, true);
    ASSERT_FALSE(read) << path;
    EXPECT_EQ(read.error().kind, ErrorKind::unreadable);
  }
  EXPECT_EQ(some().read("data/y.csv", 10, false).value_or(""), "four");
  EXPECT_FALSE(some().read("data", 10, true));
  EXPECT_FALSE(some().read("situation.yaml", 2, true));  // larger than asked for
  EXPECT_EQ(some().head("data/flows.csv", 2), "tw");
}

TEST(Files, MemoryHasFolders) {
  EXPECT_TRUE(some().is_folder("data"));
  EXPECT_TRUE(some().is_folder("data/"));
  EXPECT_TRUE(some().is_folder(""));
  EXPECT_FALSE(some().is_folder("dat"));
  EXPECT_FALSE(some().is_folder("situation.yaml"));
  EXPECT_EQ(some().list(""), (std::vector<std::string>{"data", "data-2", "situation.yaml"}));
  EXPECT_EQ(some().list("data"), (std::vector<std::string>{"flows.csv", "y.csv"}));
  EXPECT_TRUE(some().list("../data").empty());
}

TEST(Files, MemoryConfines) {
  const std::vector<std::string> data{"data"}, top{""};
  EXPECT_TRUE(some().within("data/flows.csv", data));
  EXPECT_TRUE(some().within("data/new.csv", data));
  EXPECT_FALSE(some().within("data-2/x.csv", data));
  EXPECT_FALSE(some().within("data/../situation.yaml", data));
  EXPECT_FALSE(some().within("../x", top));
  EXPECT_TRUE(some().within("situation.yaml", top));
}

// A disk with the same texts answers the same.
TEST(Files, TheDiskAnswersAlike) {
  namespace fs = std::filesystem;
  const fs::path top = fs::temp_directory_path() / "entente-files-test";
  fs::remove_all(top);
  fs::create_directories(top / "data");
  fs::create_directories(top / "data-2");
  for (const auto& [path, text] : some().texts()) ASSERT_TRUE(text::write_file((top / path).string(), text));
  const std::string in = top.string() + "/";
  for (const char* path :
       {"situation.yaml", "data/flows.csv", "data", "nothing", "data/../situation.yaml", "data-2/x.csv"}) {
    EXPECT_EQ(text::disk().exists(in + path), some().exists(path)) << path;
    EXPECT_EQ(text::disk().is_folder(in + path), some().is_folder(path)) << path;
    EXPECT_EQ(text::disk().read(in + path, 10, true).value_or("-"), some().read(path, 10, true).value_or("-")) << path;
    EXPECT_EQ(text::disk().head(in + path, 2), some().head(path, 2)) << path;
    EXPECT_EQ(text::disk().within(in + path, std::vector{in + "data"}),
              some().within(path, std::vector<std::string>{"data"}))
        << path;
  }
  EXPECT_EQ(text::disk().list(in), some().list(""));
  EXPECT_EQ(text::disk().list(in + "data"), some().list("data"));
  fs::remove_all(top);
}

TEST(Files, ATextLiesOverOthers) {
  const text::Over over(some(), {{"data/flows.csv", "mended"}, {"data/new.csv", "new"}});
  EXPECT_EQ(over.read("data/flows.csv", 10, true).value_or(""), "mended");
  EXPECT_EQ(over.read("data/new.csv", 10, true).value_or(""), "new");
  EXPECT_EQ(over.read("situation.yaml", 10, true).value_or(""), "one");
  EXPECT_EQ(over.head("data/flows.csv", 3), "men");
  EXPECT_TRUE(over.exists("data/new.csv"));
  EXPECT_FALSE(over.exists("data/other.csv"));
  EXPECT_FALSE(over.read("data/other.csv", 10, true));
  EXPECT_FALSE(over.within("../x", std::vector<std::string>{""}));
}

}  // namespace
