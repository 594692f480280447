// `check --fix`: what is certain is mended, shown and asked for; nothing is written otherwise, and never half a file.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::string head =
    "entente: 1\nsituation: Slips\nas_of: 2025-01-01\nsources: {s: {title: our own, grade: B2}}\nsource: s\n"
    "actors: {A: one}\n";
const std::string claims = "claims:\n  c: {says: Enough., holds: x > 0}\n";

std::string with(const std::string& drivers) { return head + "drivers:\n" + drivers + claims; }

// What `check --fix --yes` makes of the drivers.
std::string mended(const std::string& drivers, int code = 0) {
  const Folder folder;
  const std::string file = folder / "slips.yaml";
  write(file, with(drivers));
  const auto r = entente({"check", file, "--fix", "--yes"});
  EXPECT_EQ(r.code, code) << drivers << r.out << r.err;
  const std::string now = contents(file);
  EXPECT_TRUE(now.starts_with(head) && now.ends_with(claims)) << now;
  return now.substr(head.size() + 9, now.size() - head.size() - 9 - claims.size());
}

}  // namespace

TEST(Fix, BoundsCommasDashesBlanksAndSigns) {
  EXPECT_EQ(mended("  x: 0 to 10 % @s\n"), "  x: between 0 and 10 % @s\n");
  EXPECT_EQ(mended("  x: 95 to 100 %\n"), "  x: between 95 and 100 %\n");
  EXPECT_EQ(mended("  x: 0 to 10 % chance\n"), "  x: between 0 and 10 % chance\n");
  EXPECT_EQ(mended("  x: 13,6\n"), "  x: 13.6\n");
  EXPECT_EQ(mended("  x: 1,234,567\n"), "  x: 1234567\n");
  EXPECT_EQ(mended("  x: 5-10 USD # a range\n"), "  x: 5 to 10 USD # a range\n");
  EXPECT_EQ(mended("  x: 5 \xe2\x80\x93 10\n"), "  x: 5 to 10\n");
  EXPECT_EQ(mended("  x: 5 +/- 1\n"), "  x: 5 +- 1\n");
  EXPECT_EQ(mended("  x: 5 \xc2\xb1 1\n"), "  x: 5 +- 1\n");
  EXPECT_EQ(mended("  x: 5\xc2\xa0to\xc2\xa0"
                   "10\n"),
            "  x: 5 to 10\n");
  EXPECT_EQ(mended("  x:\xc2\xa0"
                   "5\n  y:\xc2\xa0= x\n"),
            "  x: 5\n  y: = x\n");
  EXPECT_EQ(mended("  x: .5\n"), "  x: 0.5\n");
  EXPECT_EQ(mended("  x: 5 \xe2\x82\xac\n"), "  x: 5 EUR\n");
  EXPECT_EQ(mended("\tx: 5\n\ty: 6\n"), "  x: 5\n  y: 6\n");
}

// Several in one number, one behind another.
TEST(Fix, UntilNothingIsLeft) {
  EXPECT_EQ(mended("\tx:\xc2\xa0"
                   "0,5\xe2\x80\x93"
                   "1,5\n"),
            "  x: 0.5 to 1.5\n");
}

TEST(Fix, WhatHasTwoReadingsIsLeftAlone) {
  for (const std::string drivers :
       {"  x: 13,600\n", "  x: 10-5\n", "  x: 100 +- 10 %\n", "  x: 10 to 5\n", "  x: 5 banana\n", "  x: 5 6\n",
        "  x: 13\xc2\xa0"
        "600\n"})
    EXPECT_EQ(mended(drivers, 1), drivers);
}

TEST(Fix, ATableOfSemicolonsAndItsSituationAtOnce) {
  const Folder folder;
  write(folder / "situation.yaml",
        head.substr(0, head.find("actors")) + "actors: {table: actors.csv}\ndrivers: {x: 0 to 1}\n" + claims);
  write(folder / "actors.csv", "actor;name;gdp\nUSA;United States;20500,5\n");
  const auto r = entente({"check", folder.path().string(), "--fix", "--yes"});
  EXPECT_EQ(r.code, 0) << r.out << r.err;
  EXPECT_EQ(contents(folder / "actors.csv"), "actor,name,gdp\nUSA,United States,20500.5\n");
  EXPECT_NE(contents(folder / "situation.yaml").find("between 0 and 1"), std::string::npos);
  EXPECT_NE(r.out.find("-USA;United States;20500,5\n+actor,name,gdp\n+USA,United States,20500.5\n"), std::string::npos)
      << r.out;
  EXPECT_NE(r.out.find("written: 2 files"), std::string::npos) << r.out;
}

TEST(Fix, WithoutAWordNothingIsWritten) {
  const Folder folder;
  const std::string file = folder / "slips.yaml", text = with("  x: 0 to 10 %\n");
  write(file, text);
  const auto r = entente({"check", file, "--fix"});  // no terminal
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(contents(file), text);
  EXPECT_NE(r.out.find("-  x: 0 to 10 %\n+  x: between 0 and 10 %\n"), std::string::npos) << r.out;
  EXPECT_NE(r.err.find("--yes"), std::string::npos) << r.err;
  const auto json = entente({"check", file, "--fix", "--json"});
  EXPECT_EQ(json.code, 1);
  const auto j = Json::parse(json.out);
  EXPECT_EQ(j["written"], false);
  EXPECT_EQ(j["complaints_left"], 0);
  EXPECT_EQ(contents(file), text);
  EXPECT_EQ(entente({"check", file, "--yes"}).code, 2);  // says nothing without --fix
}

TEST(Fix, WhatIsLeftIsSaidAndWhatIsMendedIsWritten) {
  const Folder folder;
  const std::string file = folder / "slips.yaml";
  write(file, with("  x: 0 to 10 %\n  y: 5 banana\n"));
  const auto r = entente({"check", file, "--fix", "--yes"});
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.err.find("banana"), std::string::npos) << r.err;
  EXPECT_EQ(contents(file), with("  x: between 0 and 10 %\n  y: 5 banana\n"));
  write(file, with("  x: 5\n"));
  const auto good = entente({"check", file, "--fix", "--yes"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_NE(good.out.find("nothing is wrong"), std::string::npos) << good.out;
}

TEST(Fix, FilesOutsideTheFolderAreNeverWritten) {
  const Folder folder;
  std::filesystem::create_directory(folder.path() / "in");
  const std::string base = folder / "situation.yaml", dissent = folder / "in/other.yaml",
                    text = with("  x: 0 to 10 %\n");
  write(base, text);
  write(dissent, "dissents-from: ../situation.yaml\ndrivers: {x: 5 to 6 %}\n");
  (void)entente({"check", dissent, "--fix", "--yes"});
  EXPECT_EQ(contents(base), text);
}
