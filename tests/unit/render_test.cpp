// Complaints as people and programs see them: text in the manner of rustc, and JSON.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "entente/base/diagnostic.hpp"
#include "entente/report/report.hpp"

using namespace entente;

namespace {

Span at(const SourceMap& m, std::uint32_t file, std::string_view what) {
  const auto b = m[file].text().find(what);
  EXPECT_NE(b, std::string_view::npos);
  return {file, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(b + what.size())};
}

}  // namespace

TEST(Render, WholeComplaint) {
  SourceMap m;
  const auto f = m.add("dir/a.yaml", "one: 1\ntwo: zwölf Ärzte\none: 2\n");
  Diagnostics ds;
  const auto second = static_cast<std::uint32_t>(m[f].text().rfind("one"));
  ds.error("E0112", {f, second, second + 3}, "the key `one` stands twice", "the second time", "take one away")
      .remarks = {{{f, 0, 3}, "first here"}, {{}, "of no place"}};
  ds.warning("W0347", at(m, f, "Ärzte"), "a number names no source");
  EXPECT_EQ(render(ds, m),
            "error[E0112]: the key `one` stands twice\n"
            " --> dir/a.yaml:3:1\n"
            "  |\n"
            "3 | one: 2\n"
            "  | ^^^ the second time\n"
            " --> dir/a.yaml:1:1\n"
            "  |\n"
            "1 | one: 1\n"
            "  | --- first here\n"
            "  = note: of no place\n"
            "  = hint: take one away\n"
            "\n"
            "warning[W0347]: a number names no source\n"
            " --> dir/a.yaml:2:12\n"
            "  |\n"
            "2 | two: zwölf Ärzte\n"
            "  |            ^^^^^\n"
            "\n"
            "1 error, 1 warning\n");
  const std::string colored = render(ds, m, true);
  EXPECT_NE(colored.find("\x1b[1;31merror[E0112]\x1b[0m"), std::string::npos);
  std::string bare;  // colour changes no word
  for (std::size_t i = 0; i < colored.size(); ++i)
    if (colored[i] == '\x1b') i = colored.find('m', i);
    else bare += colored[i];
  EXPECT_EQ(bare, render(ds, m));
}

TEST(Render, NoPlaceNoExcerpt) {
  SourceMap m;
  Diagnostics ds;
  ds.error("E0391", {}, "`x.yaml` does not exist");
  EXPECT_EQ(render(ds, m), "error[E0391]: `x.yaml` does not exist\n\n1 error\n");
}

TEST(Render, PlacesAtTheEdges) {
  SourceMap m;
  const auto f = m.add("a", "ab\n\ncd");
  const auto line_of = [&](Span s) {
    Diagnostics ds;
    ds.error("E0000", s, "x");
    return render(ds.all()[0], m);
  };
  EXPECT_EQ(line_of({f, 2, 2}), "error[E0000]: x\n --> a:1:3\n  |\n1 | ab\n  |   ^\n");
  EXPECT_EQ(line_of({f, 3, 3}), "error[E0000]: x\n --> a:2:1\n  |\n2 | \n  | ^\n");
  EXPECT_EQ(line_of({f, 6, 6}), "error[E0000]: x\n --> a:3:3\n  |\n3 | cd\n  |   ^\n");
  EXPECT_EQ(line_of({f, 0, 6}), "error[E0000]: x\n --> a:1:1\n  |\n1 | ab\n  | ^^\n");  // to the line's end
  EXPECT_EQ(line_of({f, 900, 901}), "error[E0000]: x\n --> a:3:3\n  |\n3 | cd\n  |   ^\n");
  const auto empty = m.add("b", "");
  EXPECT_EQ(line_of({empty, 0, 0}), "error[E0000]: x\n --> b:1:1\n  |\n1 | \n  | ^\n");
  const auto bom = m.add("c",
                         "\xef\xbb\xbf"
                         "x: 1\r\n");
  EXPECT_EQ(line_of({bom, 6, 7}), "error[E0000]: x\n --> c:1:4\n  |\n1 | x: 1\n  |    ^\n");
  EXPECT_EQ(line_of({bom, 0, 0}), "error[E0000]: x\n --> c:1:1\n  |\n1 | x: 1\n  | ^\n");
}

TEST(Render, LongLinesAreCutAroundThePlace) {
  SourceMap m;
  std::string line;
  for (int i = 0; i < 1000; ++i) line += "word" + std::to_string(i) + " ";
  const auto f = m.add("a", line + "\n");
  Diagnostics ds;
  ds.error("E0000", at(m, f, "word500"), "x", "here");
  const std::string text = render(ds.all()[0], m);
  EXPECT_LT(text.size(), 400u);
  EXPECT_NE(text.find("1 | ..."), std::string::npos);
  const auto shown = text.find("\n1 | ") + 1, carets = text.find("\n  | ", shown) + 1;
  const auto column = text.find("^") - carets;
  EXPECT_EQ(text.substr(shown + column, 7), "word500");
  EXPECT_NE(text.find("^^^^^^^ here"), std::string::npos);
  ds.error("E0000", {f, 0, 5000}, "x");
  EXPECT_LT(render(ds.all()[1], m).size(), 400u);
}

TEST(Render, NothingThatMovesTheCursorIsPrinted) {
  SourceMap m;
  const auto f = m.add("a", "k:\tx\x1b[31m\x07\xc2\x9b\xe2\x80\xae\xff\xc3\xa9\x7f z\n");
  Diagnostics ds;
  ds.error("E0105", at(m, f, "z"), "x");
  EXPECT_NE(render(ds.all()[0], m).find("1 | k: x.[31m....é. z\n"), std::string::npos) << render(ds.all()[0], m);
}

TEST(Diagnostics, KeepsALimitedNumberAndCountsTheRest) {
  Diagnostics ds(3);
  for (int i = 0; i < 5; ++i) ds.error("E0000", {}, "x").remarks.push_back({{}, "r"});
  ds.warning("W0000", {}, "y");
  EXPECT_EQ(ds.all().size(), 3u);
  EXPECT_EQ(ds.errors(), 5u);
  EXPECT_EQ(ds.warnings(), 1u);
  EXPECT_EQ(ds.dropped(), 3u);
  EXPECT_FALSE(ds.ok());
  EXPECT_NE(render(ds, SourceMap{}).find("... and 3 more\n5 errors, 1 warning\n"), std::string::npos);
}

TEST(Diagnostics, SortIsByPlaceAndStable) {
  SourceMap m;
  const auto f = m.add("a", "abc"), g = m.add("b", "abc");
  Diagnostics ds;
  ds.error("E0001", {g, 0, 1}, "x");
  ds.error("E0002", {f, 2, 3}, "x");
  ds.error("E0003", {f, 1, 2}, "x");
  ds.error("E0004", {f, 1, 3}, "x");
  ds.sort();
  std::string order;
  for (const auto& d : ds.all()) order += d.code + " ";
  EXPECT_EQ(order, "E0003 E0004 E0002 E0001 ");
}

TEST(DiagnosticsJson, SaysTheSameAsTheText) {
  SourceMap m;
  const auto f = m.add("a.yaml", "one: 1\ntwö: 2\none: \"x\"\n");
  Diagnostics ds(2);
  const auto second = static_cast<std::uint32_t>(m[f].text().rfind("one"));
  ds.error("E0112", {f, second, second + 3}, "the key `one` stands twice", "the second time", "hint \"q\" \xff")
      .remarks.push_back({{f, 0, 3}, "first here"});
  ds.warning("W0347", {}, "no place");
  ds.error("E0113", {f, 0, 1}, "dropped");
  const auto j = nlohmann::json::parse(report::json(ds, m));
  EXPECT_EQ(j.at("errors"), 2);
  EXPECT_EQ(j.at("warnings"), 1);
  EXPECT_EQ(j.at("dropped"), 1);
  ASSERT_EQ(j.at("diagnostics").size(), 2u);
  const auto& d = j["diagnostics"][0];
  EXPECT_EQ(d.at("severity"), "error");
  EXPECT_EQ(d.at("code"), "E0112");
  EXPECT_EQ(d.at("message"), "the key `one` stands twice");
  EXPECT_EQ(d.at("label"), "the second time");
  EXPECT_EQ(d.at("hint"), "hint \"q\" \xef\xbf\xbd");  // what is no UTF-8 is replaced, never printed
  EXPECT_EQ(d.at("place"),
            (nlohmann::json{{"file", "a.yaml"}, {"line", 3}, {"column", 1}, {"end_line", 3}, {"end_column", 4}}));
  EXPECT_EQ(d.at("remarks").at(0).at("text"), "first here");
  EXPECT_EQ(d.at("remarks").at(0).at("place").at("line"), 1);
  EXPECT_EQ(j["diagnostics"][1].at("place"), nullptr);
  EXPECT_EQ(j["diagnostics"][1].at("severity"), "warning");
}
