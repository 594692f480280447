// Whole answers against what they were: every name, unit, count and number of the JSON, numbers within a tolerance.
// Sentences are left out: they may be put better any day. After a change that was meant:
//   cmake --build build --target golden
// and look at the difference before committing it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <set>
#include <sstream>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

constexpr double exact = 1e-9, drawn = 1e-7;  // relative, and absolute for numbers about 0; with draws behind them

// Values that are prose, numbers printed for people, or the time it took.
const std::set<std::string> prose{"headline",    "text",  "says",    "method",   "certificate",
                                  "assumptions", "notes", "because", "title",    "columns",
                                  "label",       "hint",  "seconds", "warnings", "distribution"};

// What may be compared over compilers, and kept: of a joint change the numbers that are at least a hundredth of it,
// since a search that ends elsewhere in a flat valley moves the others freely; of a driver's curve the shares, whose
// bins are quantiles of the draws and nothing but.
template <class J>
void settle(J& j) {
  if (j.is_object()) {
    if (j.contains("changes") && j["changes"].is_array()) {
      J kept = J::array();
      for (auto& c : j["changes"])
        if (!c.is_object() || !c.contains("share") || c["share"] >= 0.01) kept.push_back(std::move(c));
      j["changes"] = std::move(kept);
    }
    if (j.contains("curve") && j["curve"].is_array())
      for (auto& bin : j["curve"])
        if (bin.is_object() && bin.contains("share")) bin = J(bin["share"]);
  }
  if (j.is_structured())
    for (auto& x : j) settle(x);
}

void compare(const Json& was, const Json& is, const std::string& at, std::vector<std::string>& out, double tolerance) {
  if (was.is_number() && is.is_number()) {
    const double a = was.get<double>(), b = is.get<double>();
    if (std::abs(a - b) > tolerance * std::max(1.0, std::abs(a)))
      out.push_back(at + ": " + was.dump() + " -> " + is.dump());
    return;
  }
  if (was.type() != is.type()) {
    out.push_back(at + ": " + was.dump().substr(0, 80) + " -> " + is.dump().substr(0, 80));
  } else if (was.is_object()) {
    for (const auto& [key, value] : was.items()) {
      if (!is.contains(key)) out.push_back(at + "/" + key + ": gone");
      else if (!prose.contains(key)) compare(value, is[key], at + "/" + key, out, tolerance);
    }
    for (const auto& [key, value] : is.items())
      if (!was.contains(key)) out.push_back(at + "/" + key + ": new");
  } else if (was.is_array()) {
    if (was.size() != is.size())
      out.push_back(at + ": " + std::to_string(was.size()) + " -> " + std::to_string(is.size()) + " entries");
    for (std::size_t i = 0; i < std::min(was.size(), is.size()); ++i)
      compare(was[i], is[i], at + "/" + std::to_string(i), out, tolerance);
  } else if (was != is) {
    out.push_back(at + ": " + was.dump() + " -> " + is.dump());
  }
}

std::vector<std::string> differences(const Json& was, const Json& is, double tolerance) {
  std::vector<std::string> out;
  compare(was, is, "", out, tolerance);
  return out;
}

}  // namespace

TEST(Golden, AnswersAreWhatTheyWere) {
  const fs::path root = ENTENTE_ROOT, folder = root / "tests/golden";
  const bool write_them = std::getenv("ENTENTE_GOLDEN") && std::string(std::getenv("ENTENTE_GOLDEN")) == "write";
  std::istringstream cases(contents(folder / "cases.txt"));
  const Folder temporary;
  int seen = 0;
  for (std::string line; std::getline(cases, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string name;
    words >> name;
    Words command;
    for (std::string word; words >> word;) command.push_back(word == "TEMPLATE" ? sample(temporary) : word);
    const double tolerance = command[0] == "doubt" || command[0] == "diff" ? drawn : exact;
    command.emplace_back("--json");
    const auto r = entente(command, {.in = root});
    ASSERT_EQ(r.code, 0) << line << "\n" << r.err << r.out.substr(0, 500);
    const auto file = folder / "expected" / (name + ".json");
    ++seen;
    if (write_them) {
      auto kept = nlohmann::ordered_json::parse(r.out);
      settle(kept);
      write(file, kept.dump(2) + "\n");
      continue;
    }
    ASSERT_TRUE(fs::exists(file)) << "cmake --build build --target golden makes " << file;
    Json was = Json::parse(contents(file)), is = Json::parse(r.out);
    settle(was), settle(is);
    const auto found = differences(was, is, tolerance);
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 20); ++i) ADD_FAILURE() << name << found[i];
    if (found.size() > 20) ADD_FAILURE() << name << ": and " << found.size() - 20 << " more";
  }
  EXPECT_GT(seen, 5);
}

TEST(Golden, EveryKindOfDifferenceIsFound) {
  const Json was = Json::parse(R"({"a": 1.0, "b": [1, 2], "c": "USD", "d": true, "says": "x", "e": null})");
  const auto with = [&](const char* key, Json value) {
    Json is = was;
    is[key] = std::move(value);
    return differences(was, is, exact).size();
  };
  EXPECT_EQ(differences(was, was, exact).size(), 0u);
  EXPECT_EQ(with("a", 1 + 1e-12), 0u);
  EXPECT_EQ(with("says", "said better"), 0u);
  EXPECT_EQ(with("a", 1 + 1e-6), 1u);
  EXPECT_EQ(with("a", nullptr), 1u);
  EXPECT_EQ(with("b", Json::array({1})), 1u);
  EXPECT_EQ(with("b", Json::array({1, 3})), 1u);
  EXPECT_EQ(with("c", "EUR"), 1u);
  EXPECT_EQ(with("d", false), 1u);
  EXPECT_EQ(with("e", 0), 1u);
  EXPECT_EQ(with("new", 0), 1u);
  Json less = was;
  less.erase("a");
  EXPECT_EQ(differences(was, less, exact).size(), 1u);
  Json wide = Json::parse(R"({"x": {"changes": [{"path": "p", "share": 0.995}, {"path": "q", "share": 0.004}]},
                              "curve": [{"from": 0, "to": 1, "share": 0.5}]})");
  settle(wide);
  EXPECT_EQ(wide, Json::parse(R"({"x": {"changes": [{"path": "p", "share": 0.995}]}, "curve": [0.5]})"));
  Json near = was;
  near["a"] = 1 + 1e-8;
  EXPECT_EQ(differences(was, near, exact).size(), 1u);
  EXPECT_EQ(differences(was, near, drawn).size(), 0u);
}
