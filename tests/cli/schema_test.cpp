// What --json prints is what docs/guide/answer.schema.json says: answers at the medians of every situation of the
// project, those over draws of three; and the judge finds faults.
#include "support/schema.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "cli/program.hpp"

using namespace cli;
using entente::tests::Schema;
namespace fs = std::filesystem;

namespace {

const fs::path root = ENTENTE_ROOT;

const Schema& schema() {
  static const Schema one(Schema::Json::parse(contents(root / "docs/guide/answer.schema.json")));
  return one;
}

std::vector<std::string> situations() {
  std::vector<std::string> out;
  for (const char* folder : {"situations", "situations/history"})
    for (const auto& entry : fs::directory_iterator(root / folder))
      if (fs::exists(entry.path() / "situation.yaml")) out.push_back(entry.path().string());
  std::ranges::sort(out);
  return out;
}

void judged(const std::string& definition, Words words, int code = 0) {
  words.emplace_back("--json");
  std::string line;
  for (const auto& w : words) line += w + " ";
  const Ran r = cli::entente(words);
  EXPECT_EQ(r.code, code) << line << r.err.substr(0, 300);
  ASSERT_TRUE(Schema::Json::accept(r.out)) << line;
  const auto faults = schema().faults(Schema::Json::parse(r.out), definition);
  EXPECT_TRUE(faults.empty()) << line << faults.size() << " faults, first " << faults.front();
}

}  // namespace

TEST(AnswerSchema, EverySituationAtItsMedians) {
  const auto all = situations();
  ASSERT_GE(all.size(), 14u);
  for (const auto& s : all) {
    judged("ask", {"ask", s});
    judged("numbers", {"check", s, "--numbers"});
    judged("quantities", {"quantities", s});
  }
}

// Three, because the longest of the others takes minutes.
TEST(AnswerSchema, SituationsOverDraws) {
  for (const char* s : {"moscow-2025", "history/triangle-1972", "history/tariff-truce-2025"})
    judged("doubt", {"doubt", (root / "situations" / s).string(), "--draws", "20", "--quiet"});
}

TEST(AnswerSchema, EveryOtherCommand) {
  const Folder folder;
  const std::string file = sample(folder), golden = (root / "tests/golden").string();
  judged("complaints", {"check", file});
  judged("complaints", {"check", (root / "tests/bad/short-row.yaml").string()}, 1);
  judged("doubt", {"doubt", file, "--draws", "200", "--total", "40", "--quiet"});
  judged("spread", {"doubt", file, "--draws", "200", "--of", "pipe.price", "--quiet"});
  judged("given", {"doubt", file, "--draws", "1000", "--given", "oil > 75 USD/bbl", "--quiet"});
  judged("follow", {"follow", (root / "situations/moscow-2025").string(), "--draws", "100", "--quiet"});
  judged("explain", {"explain", golden + "/strait.yaml", "cable.price"});
  judged("diff", {"diff", golden + "/strait-dissent.yaml", "--draws", "100"});
  judged("turn", {"turn", file, "--draws", "100"});
  judged("turning", {"turn", (root / "situations/history/triangle-1972").string(), "parted-1972", "--draws", "100"});
  judged("page", {"report", file, "-o", folder / "page.html", "--draws", "100", "--quiet"});
  judged("history", {"history", (root / "situations/history/power-of-siberia-2014").string(), "--draws", "20"});
  judged("events", {"history", "--events", "wars", "--world", (root / "data/world").string()});
}

// The judge itself.
TEST(AnswerSchema, FaultsAreFound) {
  using J = Schema::Json;
  const Schema one(J::parse(R"({"$defs": {
      "a": {"type": "object", "properties": {"x": {"type": ["number", "null"]}, "w": {"enum": ["yes", "no"]},
            "l": {"type": "array", "items": {"$ref": "#/$defs/b"}, "minItems": 1, "maxItems": 2}},
            "required": ["x"], "additionalProperties": false},
      "b": {"anyOf": [{"type": "integer"}, {"const": "none"}]},
      "m": {"type": "object", "additionalProperties": {"type": "boolean"}},
      "odd": {"type": "string", "pattern": "x"}}})"));
  const auto faults = [&](const char* definition, const char* text) {
    return one.faults(J::parse(text), definition).size();
  };
  EXPECT_EQ(faults("a", R"({"x": 1.5, "w": "no", "l": [1, "none"]})"), 0u);
  EXPECT_EQ(faults("a", R"({"x": null})"), 0u);
  for (const char* wrong : {R"({})", R"({"x": "1"})", R"({"x": 1, "y": 2})", R"({"x": 1, "w": "maybe"})",
                            R"({"x": 1, "l": []})", R"({"x": 1, "l": [1, 2, 3]})", R"({"x": 1, "l": [1.5]})", R"([])"})
    EXPECT_EQ(faults("a", wrong), 1u) << wrong;
  EXPECT_EQ(faults("m", R"({"p": true, "q": 1})"), 1u);
  EXPECT_EQ(faults("odd", R"("x")"), 1u);  // a word that the judge does not know
}
