// Wrong situations: each ends in complaints with the right code, line, column and hint, one for each slip, and in no
// situation. The small ones stand in tests/bad; the huge ones are made here.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "entente/families/all.hpp"
#include "entente/situation/situation.hpp"
#include "support/reading.hpp"

using namespace entente;
namespace fs = std::filesystem;

namespace {

const fs::path bad = fs::path(ENTENTE_ROOT) / "tests/bad";

struct Attempt {
  SourceMap sources;
  Diagnostics out;
  std::optional<situation::Situation> situation;
  double seconds = 0;
};

Attempt load(const fs::path& path, bool strict = false) {
  Attempt a;
  const auto begin = std::chrono::steady_clock::now();
  a.situation = situation::load(path, families::all(), a.sources, a.out, {.strict = strict});
  a.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return a;
}

// A folder of this test program's own, empty, gone afterwards.
class Folder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("entente-bad-" + std::to_string(getpid()) + "-" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  fs::path folder_;
};

struct Case {
  const char *file, *places, *marked, *hint;
};

class Bad : public testing::TestWithParam<Case> {};

TEST_P(Bad, IsLocated) {
  const Case& c = GetParam();
  const Attempt a = load(bad / (std::string(c.file) + ".yaml"));
  const std::string said = render(a.out, a.sources);
  EXPECT_FALSE(a.situation.has_value());
  EXPECT_EQ(tests::places(a.out, a.sources), c.places) << said;
  ASSERT_FALSE(a.out.all().empty());
  const auto& d = a.out.all().front();
  EXPECT_EQ(a.sources.text(d.span), c.marked) << said;
  EXPECT_NE((d.message + "\n" + d.label + "\n" + d.hint).find(c.hint), std::string::npos) << said;
}

INSTANTIATE_TEST_SUITE_P(
    Situations, Bad,
    testing::Values(Case{"duplicate-key", "E0112 13:5", "year", "the second time"},
                    Case{"unknown-key", "E0301 15:24", "capactiy", "did you mean `capacity`?"},
                    Case{"wrong-unit", "E0206 15:37", "USD", "expected `bcm/yr`, volume per time"},
                    Case{"upside-down", "E0209 8:10", "85 to 60 USD/bbl", "write `60 to 85`"},
                    Case{"undeclared-source", "E0310 8:27", "@srx", "did you mean `src`?"},
                    Case{"driver-cycle", "E0381 8:10", "= 2 * oil", "this one needs itself"},
                    Case{"undeclared-actor", "E0342 15:19", "RUZ", "did you mean `RUS`?"},
                    Case{"link-from-nowhere", "E0350 19:20", "Yamla", "did you mean `Yamal`?"},
                    Case{"link-from-nothing", "E0305 19:20", "[]", "an empty list"},
                    Case{"demand-slopes-upwards", "E0211 17:72", "0.5", "below 0"},
                    Case{"nan", "E0201 15:34", "nan", "every number is finite"},
                    Case{"beyond-numbers", "E0201 15:34", "1e999", "beyond what a number can hold"},
                    Case{"anchor", "E0122 8:10", "&b 60 to 85 USD/bbl", "give shared numbers a name under `drivers`"},
                    Case{"alias", "E0122 15:34", "*b", "an alias"}, Case{"tag", "E0123 11:11", "!!int 2030", "a tag"},
                    Case{"tabs", "E0106 8:1", "\t", "indent with spaces"},
                    Case{"short-row", "E0504 2:1", "Yamal,RUS,50", "an empty cell still needs its comma"},
                    Case{"comma-in-number", "E0136 15:37", "600", "write 13600 or 13.6"},
                    Case{"comma-in-title", "E0136 4:34", "indeed", "a value with a comma in it needs quotes"},
                    Case{"unknown-unit", "E0309 13:12", "USD/kcn", "did you mean `kcm`?"},
                    Case{"missing-field", "E0302 15:7", "Yamal", "`capacity` is missing"},
                    Case{"young-source", "E0341 4:40", "2025-06-01", "belongs under `outcomes`"},
                    Case{"unknown-driver", "E0380 15:44", "brend", "did you mean `brent`?"},
                    Case{"lever-nowhere", "E0320 21:25", "markets.gas.producers.Yamal.capactiy",
                         "did you mean `markets.gas.producers.Yamal.capacity`?"},
                    Case{"lever-wrong-unit", "E0382 22:38", "5 bcm/yr", "expected USD/bbl"},
                    Case{"lever-sets-twice", "E0323 24:53", "70", "set twice"},
                    Case{"under-nothing", "E0782 22:68", "deer", "no claim is called `deer`"},
                    Case{"under-one-under", "E0783 23:70", "dearer", "under: dear"},
                    Case{"word-for-nothing", "E0784 8:3", "brant", "did you mean `brent`?"},
                    Case{"title-alone", "E0110 1:1", "A small situation", "perhaps a colon is missing"},
                    Case{"nothing", "E0392 1:1", "", "`entente new` writes a template"}),
    [](const auto& which) {
      std::string name = which.param.file;
      std::erase(name, '-');
      return name;
    });

TEST(BadFiles, EachIsInTheTable) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(bad)) files += entry.path().extension() == ".yaml";
  EXPECT_EQ(files, 31u);
}

TEST_F(Folder, HugeOnesEndQuickly) {
  std::string nested, zeros(1'000'000, '\0');
  for (int i = 0; i < 10'000; ++i) nested += "[";
  const std::pair<std::string, std::string> cases[]{
      {write("line.yaml", "a: " + std::string(10'000'000, 'x') + "\n"), "E0103 1:1"},
      {write("nested.yaml", "a: " + nested + "\n"), "E0107 1:68"},
      {write("zeros.yaml", zeros), "E0105 1:1"},
      {(folder_ / "missing.yaml").string(), "E0391"},
      {folder_.string(), "E0390"},
  };
  for (const auto& [path, places] : cases) {
    const Attempt a = load(path);
    EXPECT_FALSE(a.situation.has_value()) << path;
    EXPECT_EQ(tests::places(a.out, a.sources), places);
    EXPECT_LT(render(a.out, a.sources).size(), 2000u);
    EXPECT_LT(a.seconds, 2) << path;
  }
}

TEST_F(Folder, AHundredThousandDriversUponOneAnother) {
  std::string head = "entente: 1\nsituation: x\nas_of: 2025-01-01\nactors: {A: one}\ndrivers:\n", chain = head, circle;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) chain += "  d" + std::to_string(i) + ": = d" + std::to_string(i + 1) + " + 1\n";
  circle = chain + "  d" + std::to_string(n) + ": d0\n";
  chain += "  d" + std::to_string(n) + ": 5\n";
  const Attempt good = load(write("chain.yaml", chain));
  ASSERT_TRUE(good.situation.has_value()) << render(good.out, good.sources);
  EXPECT_EQ(good.situation->rules.size(), static_cast<std::size_t>(n));
  EXPECT_LT(good.seconds, 20);
  const Attempt round = load(write("circle.yaml", circle));
  EXPECT_EQ(tests::places(round.out, round.sources), "E0381 6:7");
}

TEST_F(Folder, TenThousandWrongNamesCostNoMinutes) {
  std::string text = "entente: 1\nsituation: x\nas_of: 2025-01-01\nactors: {A: one}\nsources:\n";
  for (int i = 0; i < 20'000; ++i) text += "  source-" + std::to_string(i) + ": {title: t}\n";
  text += "drivers:\n";
  for (int i = 0; i < 20'000; ++i) text += "  d" + std::to_string(i) + ": 5 @sourze-" + std::to_string(i) + "\n";
  const Attempt a = load(write("names.yaml", text));
  EXPECT_EQ(a.out.errors(), 20'000u);
  EXPECT_LT(a.seconds, 10);
}

TEST_F(Folder, LinksThatLeadNowhereAndPipes) {
  fs::create_symlink("round.yaml", folder_ / "about.yaml");
  fs::create_symlink("about.yaml", folder_ / "round.yaml");
  fs::create_symlink("gone.csv", folder_ / "lost.yaml");
  const auto said = [](const fs::path& path) {
    const Attempt a = load(path);
    EXPECT_FALSE(a.situation.has_value()) << path;
    EXPECT_LT(a.seconds, 2) << path;
    return a.out.all().empty() ? std::string() : a.out.all().front().message + a.out.all().front().hint;
  };
  EXPECT_EQ(said(folder_ / "round.yaml"),
            "`" + (folder_ / "round.yaml").string() + "` is a link that leads in a circle");
  EXPECT_EQ(said(folder_ / "lost.yaml"), "`" + (folder_ / "lost.yaml").string() + "` is a link to what does not exist");
  // What a file names is a file: nobody may be left waiting for a pipe.
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const auto table = write("table.yaml", "entente: 1\nsituation: x\nas_of: 2025-01-01\nactors: {table: pipe}\n");
  EXPECT_NE(said(table).find("is a pipe or a device, not a file"), std::string::npos) << said(table);
  EXPECT_NE(said(write("dissent.yaml", "dissents-from: pipe\n")).find("is a pipe"), std::string::npos);
  EXPECT_NE(said(write("itself.yaml", "dissents-from: itself.yaml\n")).find("more than ten dissents"),
            std::string::npos);
}

// Each claim names another one: once a search through all of them, for each.
TEST_F(Folder, AHundredThousandClaimsUnderOneAnother) {
  std::string text = "entente: 1\nsituation: x\nas_of: 2025-01-01\nactors: {A: one}\ndrivers: {x: 1}\nclaims:\n";
  constexpr std::size_t n = 100'000;
  for (std::size_t i = 0; i < n; ++i)
    text += "  c" + std::to_string(i) + ": {holds: x > 0, under: c" + std::to_string(i ? i - 1 : n - 1) + "}\n";
  const Attempt a = load(write("claims.yaml", text));
  EXPECT_EQ(a.out.errors(), n);
  EXPECT_EQ(a.out.all().front().code, "E0783");
  EXPECT_LT(a.seconds, 10);
}

}  // namespace
