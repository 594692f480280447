// Comma-separated tables: what is a cell, where it stands, what is refused.
#include "entente/text/table.hpp"

#include <gtest/gtest.h>

#include "support/reading.hpp"

using namespace entente;
using tests::places;

namespace {

struct Read {
  SourceMap sources;
  Diagnostics out;
  text::Table table;
  std::string dump() const {
    std::string s;
    for (const auto& c : table.columns) s += "<" + c + ">";
    for (const auto& r : table.rows) {
      s += " ";
      for (const auto& c : r) s += "[" + c.text + "]";
    }
    return s;
  }
};

Read read(std::string text) {
  Read r;
  const auto file = r.sources.add("t.csv", std::move(text));
  r.table = text::read_table(r.sources, file, r.out);
  return r;
}

}  // namespace

TEST(Table, Accepted) {
  const std::pair<const char*, const char*> cases[]{
      {"a,b\n1,2\n3,4\n", "<a><b> [1][2] [3][4]"},
      {"a,b\r\n1,2\r\n", "<a><b> [1][2]"},
      {"a,b\n1,2", "<a><b> [1][2]"},
      {"\xef\xbb\xbf"
       "a,b\n1,2\n",
       "<a><b> [1][2]"},
      {"# one\n# two, three\n\na,b\n1,2\n", "<a><b> [1][2]"},
      {"a,b\n\n1,2\n\r\n,\n3,\n", "<a><b> [1][2] [3][]"},
      {"a , b\n 1 ,  2  3 \n", "<a><b> [1][2  3]"},
      {"a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n", "<a><b> [x, \"y\"][two\nlines]"},
      {"a,b\n \"x\" , \"\"\n", "<a><b> [x][]"},
      {"a,b\n5\" pipe,#2\n", "<a><b> [5\" pipe][#2]"},
      {"a\n1\n", "<a> [1]"},
      {"a,b\n", "<a><b>"},
  };
  for (const auto& [text, dump] : cases) {
    const Read r = read(text);
    EXPECT_EQ(places(r.out, r.sources), "") << text;
    EXPECT_EQ(r.dump(), dump) << text;
  }
}

TEST(Table, CellsKnowTheirPlaces) {
  const Read r = read("name,\"x\"\r\n a b ,\"1,5\"\r\n");
  EXPECT_EQ(r.sources.text(r.table.places.at(1)), "\"x\"");
  EXPECT_EQ(r.sources.text(r.table.rows.at(0).at(0).span), "a b");
  EXPECT_EQ(r.sources.text(r.table.rows.at(0).at(1).span), "\"1,5\"");
  EXPECT_EQ(r.table.column("x"), 1u);
  EXPECT_EQ(r.table.column("y"), text::Table::npos);
}

TEST(Table, Refused) {
  struct Case {
    std::string text, places, dump, hint;
  };
  const Case cases[]{
      {"", "E0501 1:1", "", "expected a header row"},
      {"# only\n\n", "E0501 1:1", "", "expected a header row"},
      {"a,,b\n1,2,3\n", "E0502 1:3", "<a><><b> [1][2][3]", "no name"},
      {"a,b,a\n", "E0503 1:5", "<a><b><a>", "stands twice"},
      {"a,b\n1\n1,2,3\n4,5\n", "E0504 2:1; E0504 3:1", "<a><b> [4][5]", "an empty cell still needs its comma"},
      {"a,b\nx, y, z\n", "E0504 2:1", "<a><b>", "needs double quotes"},
      {std::string("a,b\n1,\0\n", 8), "E0505 2:3", "", "NUL"},
      {"a,b\n1,\x01\n", "E0505 2:3", "", "control character"},
      {"a,b\r1,2\r", "E0505 1:4", "", "lines end with LF or CR LF"},
      {"a;b;value\nEGY;SDN;0,5\nEGY;ETH;-0,5\n", "E0509 1:1", "", "this table is cut by semicolons"},
      {"a\tb\n1\t2\n", "E0509 1:1", "", "this table is cut by tabs"},
      {"a,b\n1,\xff\n", "E0505 2:3", "", "save the file as UTF-8"},
      {"a,b\n1,\"x\n3,4\n", "E0506 2:3", "<a><b>", "not closed"},
      {"a,b\n1,\"x\"y\n3,4\n", "E0507 2:6", "<a><b> [3][4]", "expected a comma"},
  };
  for (const auto& c : cases) {
    const Read r = read(c.text);
    const std::string said = render(r.out, r.sources);
    EXPECT_EQ(places(r.out, r.sources), c.places) << said;
    EXPECT_EQ(r.dump(), c.dump) << said;
    EXPECT_NE(said.find(c.hint), std::string::npos) << said;
  }
}

TEST(Table, AHundredThousandRows) {
  std::string text = "name,value\n";
  for (int i = 0; i < 100'000; ++i) text += "r" + std::to_string(i) + "," + std::to_string(i) + "\n";
  const Read r = read(text);
  EXPECT_TRUE(r.out.ok());
  EXPECT_EQ(r.table.rows.size(), 100'000u);
}
