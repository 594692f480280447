// The report as a command: a whole page or none, and a place that cannot be written is found before the work begins.
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

std::size_t files(const fs::path& folder) {
  std::size_t n = 0;
  for (const auto& entry : fs::directory_iterator(folder)) n += entry.exists();
  return n;
}

}  // namespace

TEST(Report, WritesOnePage) {
  const Folder f;
  const std::string file = sample(f);
  const auto r = entente({"report", file, "-o", f / "page.html", "--draws", "200"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("page.html: 3 claims, 1 questions"), std::string::npos) << r.out;
  const std::string page = contents(f / "page.html");
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_TRUE(page.ends_with("</html>\n"));
  EXPECT_NE(page.find("--draws 200 --seed 1"), std::string::npos) << "the command that makes it again";
  EXPECT_EQ(files(f.path()), 2u) << "nothing beside it";
}

TEST(Report, TheSameCommandMakesTheSamePage) {
  const Folder f;
  const std::string file = sample(f);
  for (const char* threads : {"1", "3"})
    ASSERT_EQ(entente({"report", file, "-o", f / "page.html", "--draws", "200", "--threads", threads, "--json"}).code,
              0);
  const std::string first = contents(f / "page.html");
  ASSERT_EQ(entente({"report", file, "-o", f / "page.html", "--draws", "200"}).code, 0);
  EXPECT_EQ(contents(f / "page.html"), first);
}

TEST(Report, JsonIsTheOutline) {
  const Folder f;
  const auto r = entente({"report", sample(f), "-o", f / "page.html", "--draws", "200", "--json"});
  const Json j = Json::parse(r.out);
  EXPECT_EQ(j["written"], f / "page.html");
  EXPECT_EQ(j["bytes"], fs::file_size(f / "page.html"));
  EXPECT_EQ(j["claims"], 3);
  EXPECT_EQ(j["outline"][0]["level"], 1);
  EXPECT_EQ(j["outline"][1]["id"], "verdict");
}

TEST(Report, ToTheTerminal) {
  const Folder f;
  const auto r = entente({"report", sample(f), "-o", "-", "--draws", "200"});
  EXPECT_EQ(r.code, 0);
  EXPECT_TRUE(r.out.starts_with("<!DOCTYPE html>"));
}

TEST(Report, APlaceThatCannotBeWrittenIsFoundBeforeTheWork) {
  const Folder f;
  const std::string file = sample(f);
  fs::create_directory(f / "folder");
  for (const std::string& place : {f / "missing/page.html", f / "folder", std::string()}) {
    // A hundred million draws would take an hour, or too much memory: the answer comes at once.
    const auto r = entente({"report", file, "-o", place, "--draws", "100000000"});
    EXPECT_EQ(r.code, 2) << place;
    EXPECT_NE(r.err.find("error[E0780]"), std::string::npos) << r.err;
    EXPECT_EQ(r.out, "");
  }
  if (geteuid() != 0) {  // root may write anywhere
    fs::permissions(f / "folder", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(entente({"report", file, "-o", f / "folder/page.html"}).code, 2);
    fs::permissions(f / "folder", fs::perms::owner_all);
  }
  EXPECT_EQ(files(f.path()), 2u) << "nothing is left";
  EXPECT_EQ(files(f.path() / "folder"), 0u);
}

TEST(Report, AWrongSituationLeavesAnOlderPage) {
  const Folder f;
  write(f / "bad.yaml", "entente: 1\nsituation: x\n");
  write(f / "page.html", "older");
  EXPECT_EQ(entente({"report", f / "bad.yaml", "-o", f / "page.html"}).code, 1);
  EXPECT_EQ(contents(f / "page.html"), "older");
  EXPECT_EQ(files(f.path()), 2u);
}

TEST(Report, AFullDiskLeavesNothing) {
  const Folder f;
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const auto r = entente({"report", sample(f), "-o", "/dev/full", "--draws", "100"});
  EXPECT_EQ(r.code, 2);
  EXPECT_NE(r.err.find("error[E0781]"), std::string::npos) << r.err;
}
