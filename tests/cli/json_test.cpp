// --json: one JSON text on the output, whether it goes well or not.
#include <gtest/gtest.h>

#include <cmath>

#include "cli/program.hpp"

using namespace cli;

namespace {

// Without it none of the checks below would say much.
void parses(const Ran& r, const Words& words) {
  std::string line = "entente";
  for (const auto& w : words) line += " " + w;
  EXPECT_TRUE(Json::accept(r.out)) << line << "\n" << r.out.substr(0, 300) << r.err;
}

struct Everything {
  Folder folder;
  std::string file = sample(folder), dissent = folder / "dissent.yaml", known = folder / "known.yaml",
              game = folder / "game.csv", part = folder / "part";
  Everything() {
    write(dissent, "dissents-from: sample.yaml\ndrivers: {oil: 20 to 30 USD/bbl}\n");
    write(known, contents(file) +
                     "outcomes:\n  worthwhile: {value: true, date: 2030-01-01}\n"
                     "  price: {value: 150 to 170 USD/kcm, quantity: pipe.price, date: 2030-01-01}\n");
    write(game, "mask,worth\n3,1\n5,1\n6,1\n7,1\n");
    entente({"doubt", file, "--draws", "200", "--save", part});
  }
  [[nodiscard]] std::vector<Words> commands() const {
    return {{"check", file},
            {"check", file, "--numbers"},
            {"check", file, "--schema"},
            {"ask", file},
            {"doubt", file, "--draws", "500"},
            {"doubt", file, "--draws", "500", "--save", folder / "other"},
            {"turn", file, "--draws", "200"},
            {"follow", file, "--draws", "200"},
            {"doubt", file, "--draws", "2000", "--given", "oil > 75 USD/bbl"},
            {"report", file, "-o", folder / "page.html", "--draws", "200"},
            {"join", part},
            {"explain", file, "pipe.price"},
            {"quantities", file},
            {"diff", dissent, "--draws", "200"},
            {"history", known, "--draws", "200"},
            {"new", folder / "again.yaml"},
            {"solve", "market", file, "--worths"},
            {"solve", "coalition", game}};
  }
};

}  // namespace

TEST(JsonOutput, EveryCommandPrintsIt) {
  const Everything e;
  const auto given = e.commands();
  for (const auto& command : commands()) {
    const bool tried = std::ranges::any_of(
        given, [&](const Words& w) { return w[0] == command[0] && (command.size() == 1 || w[1] == command[1]); });
    // `mcp` speaks JSON and nothing else.
    EXPECT_TRUE(tried || command[0] == "solve" || command[0] == "mcp") << "no case here for `" << command[0] << "`";
  }
  for (Words words : given) {
    words.emplace_back("--json");
    const auto r = entente(words);
    EXPECT_EQ(r.code, 0) << words[0] << ": " << r.err;
    parses(r, words);
  }
}

TEST(JsonOutput, SaysTheSameAsTheText) {
  const Everything e;
  const auto ask = Json::parse(entente({"ask", e.file, "--json"}).out);
  const auto text = entente({"ask", e.file, "--full"}).out;
  for (const auto& [name, question] : ask["questions"].items())
    EXPECT_NE(text.find("\n" + name + " ("), std::string::npos) << name;
  for (const auto& [name, claim] : ask["claims"].items()) EXPECT_NE(text.find(name), std::string::npos);
  const auto schema = Json::parse(entente({"check", "--schema"}).out);
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

TEST(JsonOutput, ComplaintsAreJsonWithCodeAndPlace) {
  const Folder folder;
  const std::string file = folder / "bad.yaml";
  write(file, "entente: 1\nsituation: x\nas_of: 2025-01-01\nactors: {A: a}\nmarkts: {}\n");
  const auto r = entente({"ask", file, "--json"});
  EXPECT_EQ(r.code, 1);
  const auto j = Json::parse(r.out);
  EXPECT_GE(j["errors"], 1);
  const auto& first = j["diagnostics"][0];
  EXPECT_EQ(first["code"], "E0301");
  EXPECT_EQ(first["place"]["line"], 5);
  EXPECT_EQ(first["place"]["column"], 1);
  EXPECT_NE(first["hint"].get<std::string>().find("markets"), std::string::npos) << first;
}

TEST(JsonOutput, EveryFailureOfACommandIsJsonToo) {
  const Everything e;
  const std::string nowhere = e.folder / "no/such/file";
  write(e.folder / "empty.csv", "");
  const std::vector<std::pair<int, Words>> failures{
      {2, {"check", nowhere}},
      {2, {"ask", nowhere}},
      {2, {"doubt", nowhere}},
      {2, {"doubt", e.file, "--draws", "100", "--save", nowhere}},
      {2, {"doubt", e.file, "--draws", "100", "--draws-from", "10"}},
      {2, {"doubt", e.file, "--draws", "100", "--draws-from", "10", "--draws-to", "5", "--save", e.part}},
      {2, {"join", nowhere}},
      {1, {"join", e.file}},
      {2, {"explain", e.file, "pipe.prise"}},
      {2, {"quantities", nowhere}},
      {1, {"diff", e.file}},
      {2, {"history", nowhere}},
      {2, {"new", nowhere}},
      {2, {"new", e.file}},
      {2, {"solve", "market", nowhere}},
      {1, {"solve", "coalition", e.folder / "empty.csv"}},
      {2, {"solve", "coalition", nowhere}},
      {2, {"solve", "coalition", e.game, "--of", "shaply"}},
  };
  for (auto [code, words] : failures) {
    words.emplace_back("--json");
    const auto r = entente(words);
    EXPECT_EQ(r.code, code) << words[0] << " " << words[1] << r.err;
    parses(r, words);
    const auto j = Json::parse(r.out, nullptr, false);
    EXPECT_TRUE(j.is_object() && j.contains("errors") && j["errors"] >= 1) << r.out.substr(0, 200);
  }
}

TEST(JsonOutput, IsTheSameEveryTime) {
  const Everything e;
  for (Words words : e.commands()) {
    if (words[0] == "new") continue;
    words.emplace_back("--json");
    EXPECT_EQ(entente(words).out, entente(words).out) << words[0];
  }
}

// The price of a consumer whom nothing reaches is where his curve is cut: ten times the 100 of his demand.
TEST(JsonOutput, AMarketWithoutSupplyIsSaidToBeOne) {
  const Folder folder;
  const auto solve = [&](const std::string& capacity) {
    const std::string file = folder / ("market" + capacity + ".yaml");
    write(file,
          "markets:\n  gas:\n    year: 2030\n    at: here\n    quantity: bcm/yr\n    price: USD/kcm\n"
          "    producers:\n      P: {of: A, capacity: " +
              capacity +
              ", cost: 20}\n    consumers:\n      C: {of: B, demand: {quantity: 10, price: 100, elasticity: -0.5}}\n"
              "    links:\n      L: {from: P, to: C, capacity: 50, consent: [A, B]}\n");
    const auto r = entente({"solve", "market", file});
    EXPECT_EQ(r.code, 0) << r.err;
    return Json::parse(r.out);
  };
  const Json none = solve("0"), some = solve("40");
  EXPECT_EQ(none["prices"]["C"], 1000);
  EXPECT_EQ(none["consumed"]["C"]["at_choke"], true);
  ASSERT_EQ(none["notes"].size(), 1u);
  EXPECT_EQ(
      none["notes"][0],
      "nothing reaches C: 1000 USD/kcm is where its demand curve is cut (`choke`: none is given, so ten times the "
      "price of its demand), not a market's price");
  EXPECT_EQ(some["consumed"]["C"]["at_choke"], false);
  EXPECT_EQ(some["notes"], Json::array());
}
