#include "entente/text/mend.hpp"

#include <gtest/gtest.h>

#include "entente/text/table.hpp"

namespace {

using namespace entente;

Edit edit(std::uint32_t from, std::uint32_t to, std::string text) { return {{0, from, to}, std::move(text)}; }

TEST(Mend, EditsAreMadeInOrderAndNeverOverlap) {
  EXPECT_EQ(text::mended("0123456789", {edit(7, 8, "seven"), edit(1, 2, "one"), edit(3, 3, "+")}), "0one2+3456seven89");
  EXPECT_EQ(text::mended("0123456789", {edit(2, 5, "a"), edit(4, 6, "b"), edit(2, 5, "a")}), "01a56789");
  EXPECT_EQ(text::mended("012", {edit(2, 9, "x"), edit(0, 3, "")}), "");  // beyond the end: left out
  EXPECT_EQ(text::mended("012", {}), "012");
}

TEST(Mend, DifferencesAreUnifiedOnes) {
  EXPECT_EQ(text::difference("a\n", "a\n", "f"), "");
  EXPECT_EQ(text::difference("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\nfour\n5\n6\n7\n", "f"),
            "--- f\n+++ f\n@@ -2,5 +2,5 @@\n 2\n 3\n-4\n+four\n 5\n 6\n");
  // Two changes near one another are one piece, far apart two; what is between stays.
  EXPECT_EQ(text::difference("1\n2\n3\n4\n5\n", "one\n2\n3\n4\nfive\n", "f"),
            "--- f\n+++ f\n@@ -1,5 +1,5 @@\n-1\n+one\n 2\n 3\n 4\n-5\n+five\n");
  EXPECT_EQ(text::difference("1\n2\n3\n4\n5\n6\n7\n8\n", "one\n2\n3\n4\n5\n6\n7\neight\n", "f"),
            "--- f\n+++ f\n@@ -1,3 +1,3 @@\n-1\n+one\n 2\n 3\n@@ -6,3 +6,3 @@\n 6\n 7\n-8\n+eight\n");
  EXPECT_EQ(
      text::difference("1\n2", "1\n2\n3", "f"),
      "--- f\n+++ f\n@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end of file\n+2\n+3\n\\ No newline at end of file\n");
  EXPECT_EQ(text::difference("", "1\n", "f"), "--- f\n+++ f\n@@ -0,0 +1,1 @@\n+1\n");
}

std::vector<Edit> edits_of(const std::string& table) {
  SourceMap sources;
  Diagnostics out;
  (void)text::read_table(sources, sources.add("t.csv", table), out);
  return out.all().empty() ? std::vector<Edit>{} : out.all()[0].edits;
}

TEST(Mend, TablesOfSemicolonsBecomeTablesOfCommas) {
  const auto one = edits_of("actor;name;gdp\nUSA;United States;20,5\nCHN;China, People's Republic;17\n");
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].text, "actor,name,gdp\nUSA,United States,20.5\nCHN,\"China, People's Republic\",17\n");
  EXPECT_EQ(edits_of("a\tb\r\n1\t-2,25\r\n").at(0).text, "a,b\r\n1,-2.25\r\n");
  // Three digits behind every comma: thousands or decimals, nobody knows. With one that cannot be thousands all are
  // decimals.
  EXPECT_TRUE(edits_of("a;b\n1,234;5,678\n").empty());
  EXPECT_EQ(edits_of("a;b\n1,234;5,6\n").at(0).text, "a,b\n1.234,5.6\n");
  EXPECT_EQ(edits_of("a;b\n0,234;7\n").at(0).text, "a,b\n0.234,7\n");
  EXPECT_TRUE(edits_of("a;b\n\"x;y\";7\n").empty());
}

}  // namespace
