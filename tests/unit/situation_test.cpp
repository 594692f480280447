// What the reader makes of a right situation: the language's example, tables, years, levers, groups, sources, dissents.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "entente/families/all.hpp"
#include "entente/situation/proposed.hpp"
#include "families/market/section.hpp"
#include "families/trade/section.hpp"
#include "support/reading.hpp"

using namespace entente;
namespace fs = std::filesystem;

namespace {

struct Attempt {
  SourceMap sources;
  Diagnostics out;
  std::optional<situation::Situation> situation;
  double seconds = 0;
  const number::Distribution& number(const std::string& path) const {
    const auto id = situation->parameter(path);
    EXPECT_NE(id, situation::none) << path;
    return situation->parameters.at(id).number.distribution;
  }
  std::string source(const std::string& path) const {
    const auto& p = situation->parameters.at(situation->parameter(path));
    return (p.source == situation::none ? "-" : situation->sources.at(p.source).id) + "/" + p.grade;
  }
};

Attempt load(const fs::path& path, bool strict = false) {
  Attempt a;
  const auto begin = std::chrono::steady_clock::now();
  a.situation = situation::load(path, families::all(), a.sources, a.out, {.strict = strict});
  a.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return a;
}

class Files : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("entente-sit-" + std::to_string(getpid()) + "-" +
                                           testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "data");
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  fs::path folder_;
};

const std::string head =
    "entente: 1\nsituation: x\nas_of: 2025-05-09\n"
    "sources:\n  a: {title: A, grade: B2}\n  b: {title: B}\n"
    "actors: {RUS: Russia, CHN: China, MNG: Mongolia}\n"
    "groups: {east: [CHN, MNG]}\n";
const std::string market =
    "markets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n"
    "    producers:\n      Yamal: {of: RUS, capacity: {2030: 50, 2040: 60 to 70}, cost: {first: 20, last: 30}}\n"
    "    consumers:\n      China: {of: CHN, demand: {choke: 500, slope: 2}}\n"
    "    links:\n      Pipe: {from: Yamal, to: China, consent: [RUS, east], capacity: 0.05 tcm/yr}\n";

}  // namespace

TEST(Language, TheExampleOfThePageReads) {
  const Attempt a = load(fs::path(ENTENTE_ROOT) / "tests/data/language/pipeline.yaml", true);
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  EXPECT_TRUE(a.out.all().empty()) << render(a.out, a.sources);
  const auto& s = *a.situation;
  ASSERT_EQ(situation::markets(s).size(), 1u);
  EXPECT_EQ(situation::markets(s)[0].producers.size(), 4u);
  EXPECT_EQ(situation::markets(s)[0].links.size(), 5u);
  EXPECT_EQ(situation::markets(s)[0].links.back().from.size(), 2u);
  EXPECT_EQ(situation::markets(s)[0].producers[2].of, situation::none);  // open: true
  EXPECT_EQ(s.levers.at(0).patches.size(), 3u);
  EXPECT_EQ(s.drivers.size(), 3u);
  EXPECT_EQ(s.outcomes.at(0).value, "undecided");
  EXPECT_EQ(a.source("markets.gas.links.PoS-2.build.capex"), "ft-2024/B2");
  EXPECT_EQ(a.source("markets.gas.producers.Yamal.capacity"), "judgement/C3");
  EXPECT_NEAR(a.number("markets.gas.links.PoS-2.build.rate").quantile(0.05), 0.08, 1e-12);
  EXPECT_EQ(situation::markets(s)[0].producers[3].cost_first.first(),
            situation::markets(s)[0].producers[3].cost_last.first());  // cost: lng
}

TEST(Language, TheExampleOfEveryFurtherQuestionReads) {
  const Attempt a = load(fs::path(ENTENTE_ROOT) / "tests/data/language/questions.yaml", true);
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  EXPECT_TRUE(a.out.all().empty()) << render(a.out, a.sources);
  const auto& s = *a.situation;
  std::string kinds;
  for (const auto& q : s.questions) kinds += q.kind + " ";
  EXPECT_EQ(kinds, "leverage align wedge pressure mandate signal choice ");
  EXPECT_EQ(situation::trade_measures(s).size(), 2u);
  EXPECT_EQ(situation::trade_measures(s)[1].by.size(), 2u);  // the group west
  EXPECT_EQ(situation::economy(s).regions.size(), s.actors.size());
  EXPECT_NEAR(a.number("measures.tariffs-on-china.tariff-to").quantile(0.05), 1.2, 1e-12);
  EXPECT_EQ(a.source("scales.gas-price.positions.RUS"), "judgement/C3");
}

TEST_F(Files, YearsGroupsAndUnits) {
  const Attempt a = load(write("s.yaml", head + "source: a\n" + market));
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  const auto& m = situation::markets(*a.situation)[0];
  ASSERT_EQ(m.producers[0].capacity.at().size(), 2u);
  EXPECT_EQ(m.producers[0].capacity.at()[1].first, 2040);
  EXPECT_EQ(m.links[0].consent.size(), 3u);  // a group among the names
  EXPECT_NEAR(a.number("markets.gas.links.Pipe.capacity").median(), 50, 1e-12);
  EXPECT_TRUE(m.consumers[0].linear);
}

// Grade E5, whatever is written, in a pool too; strictness counts them, and a source that only begins alike is none.
TEST_F(Files, WhatAnAssistantProposedIsE5UntilAPersonChangesIt) {
  const std::string sources =
      "entente: 1\nsituation: x\nas_of: 2025-05-09\nactors: {RUS: Russia}\n"
      "sources:\n  a: {title: A, grade: B2}\n  assistant: {title: drafted, grade: A1}\n"
      "  assistant-2: {title: drafted by another}\n  assistants-guild: {title: a guild, grade: C3}\n";
  const std::string drivers =
      "drivers:\n  one: 5 @assistant\n  two: 5 to 6 @assistant/A1\n  three: 5 @assistant-2\n  four: 5 @a\n"
      "  guild: 5 @assistants-guild\n  twice: = 2 * one @assistant\n"
      "  both: pool(1 to 2 @a, 2 to 3 @assistant)\n";
  const Attempt a = load(write("a.yaml", sources + drivers));
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  for (const char* name : {"one", "two", "three"})
    EXPECT_TRUE(a.source(std::string("drivers.") + name).ends_with("/E5")) << name;
  EXPECT_EQ(a.source("drivers.both"), "a/E5");
  EXPECT_EQ(a.source("drivers.guild"), "assistants-guild/C3");
  EXPECT_EQ(situation::count_proposed(*a.situation),
            4u);  // one, two, three and both; a formula is no number of its own
  std::string codes;
  for (const auto& d : a.out.all()) codes += d.code + " ";
  EXPECT_EQ(codes, "W0349 W0348 W0349 ") << render(a.out, a.sources);
  const Attempt strict = load(folder_ / "a.yaml", true);
  EXPECT_FALSE(strict.situation.has_value());
  EXPECT_NE(render(strict.out, strict.sources).find("error[E0348]: 4 numbers are an assistant's"), std::string::npos)
      << render(strict.out, strict.sources);
}

TEST_F(Files, SourcesAreInheritedAndStrictAsksForThem) {
  const std::string drivers = "drivers:\n  one: 5\n  two: 5 @b/A1\n";
  const Attempt none = load(write("none.yaml", head + drivers));
  ASSERT_TRUE(none.situation.has_value());
  EXPECT_EQ(tests::places(none.out, none.sources), "W0347 10:8");
  const Attempt strict = load(folder_ / "none.yaml", true);
  EXPECT_FALSE(strict.situation.has_value());
  EXPECT_EQ(tests::places(strict.out, strict.sources), "E0347 10:8");
  const Attempt all = load(write("all.yaml", head + "source: a\n" + drivers + "  source: b\n"), true);
  ASSERT_TRUE(all.situation.has_value()) << render(all.out, all.sources);
  EXPECT_EQ(all.source("drivers.one"), "b/");
  EXPECT_EQ(all.source("drivers.two"), "b/A1");
  const Attempt outer = load(write("outer.yaml", head + "source: a\n" + drivers), true);
  EXPECT_EQ(outer.source("drivers.one"), "a/B2");
}

TEST_F(Files, DatesOfSourcesAndOutcomes) {
  const auto dated = [&](const char* date, const char* rest) {
    const Attempt a =
        load(write("d.yaml", "entente: 1\nsituation: x\nas_of: 2025-05-09\nsources: {s: {title: t, date: " +
                                 std::string(date) + "}}\nactors: {A: one}\n" + rest));
    return tests::places(a.out, a.sources);
  };
  EXPECT_EQ(dated("2025-05-09", "drivers: {x: 5 @s}\n"), "");
  EXPECT_EQ(dated("2025-05-10", "drivers: {x: 5 @s}\n"), "E0341 4:31");
  EXPECT_EQ(dated("2026", "drivers: {x: 5 @s}\n"), "E0341 4:31");
  EXPECT_EQ(dated("2025", "drivers: {x: 5 @s}\n"), "W0341 4:31");
  EXPECT_EQ(dated("2025-06-01", "outcomes: {y: {value: true, date: 2025-06-01, source: s}}\n"), "");
  EXPECT_EQ(dated("2025-02-29", ""), "E0306 4:31");
  const auto outcome = [&](const char* date) {
    return dated("2024", ("outcomes: {y: {value: true, date: " + std::string(date) + "}}\n").c_str());
  };
  EXPECT_EQ(outcome("2025-05-09"), "E0346 6:35");
  EXPECT_EQ(outcome("2024"), "E0346 6:35");
  EXPECT_EQ(outcome("2025"), "");  // may well be later
  EXPECT_EQ(outcome("2025-05-10"), "");
}

TEST_F(Files, Levers) {
  const std::string s =
      head + "source: a\ndrivers:\n  oil: 60 USD/bbl\n  twice: = 2 * oil\n  share: 10 to 20 %\n" + market;
  const Attempt a = load(write("l.yaml", s + "levers:\n  more:\n    by: [RUS, east]\n    set:\n"
                                             "      markets.gas.producers.Yamal.capacity: 80\n"
                                             "      drivers: {twice: 7 USD/bbl, oil: 50}\n"
                                             "      markets: {gas: {links: {Pipe: {capacity: 60 bcm/yr}}}}\n"));
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  const auto& l = a.situation->levers[0];
  EXPECT_EQ(l.by.size(), 3u);
  EXPECT_EQ(l.patches.size(), 5u);  // both years, two drivers, the link
  const Attempt year =
      load(write("y.yaml", s + "levers: {m: {set: {markets.gas.producers.Yamal.capacity: {2040: 9}}}}\n"));
  ASSERT_TRUE(year.situation.has_value());
  EXPECT_EQ(year.situation->levers[0].patches.size(), 1u);
  const auto places = [&](const std::string& set) {
    const Attempt b = load(write("b.yaml", s + "levers: {m: {set: " + set + "}}\n"));
    EXPECT_FALSE(b.situation.has_value());
    return b.out.all().empty() ? "" : b.out.all()[0].code;
  };
  EXPECT_EQ(places("{markets.gas.producers.Yamal.capacity: {2035: 9}}"), "E0322");
  EXPECT_EQ(places("{markets.gas.links.Pipe.capacity: 5 USD}"), "E0206");
  EXPECT_EQ(places("{markets.gas.links.Pipe.capacity: -5}"), "E0211");
  EXPECT_EQ(places("{markets.gas.links.Pipe.capacity: oil}"), "E0382");
  EXPECT_EQ(places("{drivers.twice: share}"), "E0382");
  EXPECT_EQ(places("{drivers: 5}"), "E0320");
  EXPECT_EQ(places("[1]"), "E0303");
}

TEST_F(Files, ALeverMayWriteADriverInAnotherUnit) {
  const Attempt a = load(
      write("u.yaml",
            head + "source: a\ndrivers:\n  p: 1 USD/m^3\n  q: = 2 * p\nlevers: {m: {set: {drivers.q: 5 USD/kcm}}}\n"));
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  EXPECT_NEAR(a.number("levers.m.drivers.q").median(), 0.005, 1e-15);
}

TEST_F(Files, Tables) {
  write("data/links.csv",
        "name,from,to,consent,capacity,build.capex,build.life,build.rate\n"
        "P1,Yamal,China,RUS;CHN,\"50 to 60\",5 B USD @b,30,10 %\n"
        "P2,Yamal;Other,China,,40,,,\n");
  const std::string text =
      head + "source: a\n" +
      "markets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n"
      "    producers:\n      Yamal: {of: RUS, capacity: 50, cost: 1}\n      Other: {open: true, capacity: 5, cost: 2}\n"
      "    consumers:\n      China: {of: CHN, demand: {choke: 500, slope: 2}}\n"
      "    links:\n      table: data/links.csv\n      P3: {from: Other, to: China, capacity: 1}\n";
  const Attempt a = load(write("t.yaml", text));
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  const auto& m = situation::markets(*a.situation)[0];
  ASSERT_EQ(m.links.size(), 3u);
  EXPECT_EQ(m.links[0].consent.size(), 2u);
  EXPECT_TRUE(m.links[0].build.has_value());
  EXPECT_EQ(m.links[1].from.size(), 2u);
  EXPECT_FALSE(m.links[1].build.has_value());
  EXPECT_EQ(a.source("markets.gas.links.P1.build.capex"), "b/");
  const auto with = [&](const std::string& csv) {
    write("data/links.csv", csv);
    const Attempt b = load(folder_ / "t.yaml");
    return tests::places(b.out, b.sources);
  };
  EXPECT_EQ(with("name,from,to,capacity\nP1,Yamal,China,5 to 3\n"), "E0209 2:16");
  EXPECT_EQ(with("name,from,to,capacity\nP1,Yamal,China,\"5 to 3\"\n"), "E0209 2:17");
  EXPECT_EQ(with("name,from,to,capasity\nP1,Yamal,China,5\nP2,Yamal,China,5\n"), "E0301 1:14; E0302 2:1; E0302 3:1");
  EXPECT_EQ(with("name,from,to,capacity\nP1,Yamal,China,5\nP1,Yamal,China,5\n"), "E0332 3:1");
  EXPECT_EQ(with("name,from,to,capacity\nP3,Yamal,China,5\n"), "E0332 22:7");
  EXPECT_EQ(with("name,from,to,capacity,build,build.life\nP1,Yamal,China,5,,\n"), "E0333 1:29");
  fs::remove(folder_ / "data/links.csv");
  EXPECT_EQ(load(folder_ / "t.yaml").out.all().at(0).code, "E0331");
  EXPECT_EQ(load(write("up.yaml", head + "markets: {table: ../x.csv}\n")).out.all().at(0).code, "E0330");
}

TEST_F(Files, DissentUponDissent) {
  write("base.yaml", head + "source: a\ndrivers:\n  x: 5 to 10\n  y: 1\n  z: 2\n" + market);
  const auto one = write("one.yaml", "dissents-from: base.yaml\ndrivers: {x: 7, y: 3}\n");
  const auto two = write("two.yaml", "dissents-from: one.yaml\ndrivers: {x: 8}\nactors: {KAZ: Kazakhstan}\n");
  const Attempt a = load(two);
  ASSERT_TRUE(a.situation.has_value()) << render(a.out, a.sources);
  EXPECT_TRUE(a.situation->dissent);
  EXPECT_EQ(a.number("drivers.x").median(), 8);
  EXPECT_EQ(a.number("drivers.y").median(), 3);
  EXPECT_EQ(a.number("drivers.z").median(), 2);
  EXPECT_EQ(a.situation->actors.size(), 4u);
  SourceMap sources;
  Diagnostics out;
  const auto d = situation::Dissent::open(two, families::all(), sources, out);
  ASSERT_TRUE(d);
  ASSERT_EQ(d->differences().size(), 2u);
  EXPECT_EQ(d->differences()[0].path, "drivers.x");
  EXPECT_EQ(d->differences()[0].before, "7");
  EXPECT_EQ(d->differences()[0].after, "8");
  const auto without = d->with({false, true}, sources, out);
  ASSERT_TRUE(without);
  EXPECT_EQ(without->parameters[without->parameter("drivers.x")].number.distribution.median(), 7);
  const auto code = [&](const std::string& text) {
    const Attempt b = load(write("w.yaml", text));
    EXPECT_FALSE(b.situation.has_value());
    return tests::places(b.out, b.sources);
  };
  EXPECT_EQ(code("dissents-from: base.yaml\ndrivers: {x: 9 to 7}\n"), "E0209 2:14");
  EXPECT_EQ(code("dissents-from: w.yaml\n"), "E0393 1:16");
  EXPECT_EQ(code("dissents-from: gone.yaml\n"), "E0391 1:16");
  EXPECT_EQ(code("dissents-from: {a: b}\n"), "E0304 1:16");
  // Strictness reaches through a dissent.
  write("bare.yaml", head + "drivers: {x: 5}\n");
  const auto loose = write("loose.yaml", "dissents-from: bare.yaml\ndrivers: {x: 6}\n");
  EXPECT_TRUE(load(loose).situation.has_value());
  EXPECT_FALSE(load(loose, true).situation.has_value());
}

TEST_F(Files, LargeTablesAndDissentsStayLinear) {
  const auto text = [&](int rows, bool table) {
    std::string producers, csv = "name,of,capacity,cost\n", links;
    for (int i = 0; i < rows; ++i) {
      const std::string n = "p" + std::to_string(i);
      csv += n + ",RUS,5 to 10,20 to 30\n";
      producers += "      " + n + ": {of: RUS, capacity: 5 to 10, cost: 20 to 30}\n";
      links += "      l" + std::to_string(i) + ": {from: " + n + ", to: China, consent: [RUS, CHN], capacity: 5}\n";
    }
    write("data/p.csv", csv);
    return head +
           "source: a\nmarkets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n" +
           (table ? "      table: data/p.csv\n" : producers) +
           "    consumers:\n      China: {of: CHN, demand: {choke: 500, slope: 2}}\n    links:\n" + links;
  };
  const Attempt small = load(write("s.yaml", text(2'500, true)));
  const Attempt large = load(write("l.yaml", text(20'000, true)));
  ASSERT_TRUE(large.situation.has_value()) << render(large.out, large.sources);
  EXPECT_LT(large.seconds, 8 * 4 * std::max(small.seconds, 0.02));
  write("base.yaml", text(20'000, false));
  std::string over = "dissents-from: base.yaml\nmarkets:\n  gas:\n    producers:\n";
  for (int i = 0; i < 20'000; ++i) over += "      p" + std::to_string(i) + ": {capacity: 7}\n";
  const Attempt dissent = load(write("d.yaml", over));
  ASSERT_TRUE(dissent.situation.has_value());
  EXPECT_LT(dissent.seconds, 8 * 8 * std::max(small.seconds, 0.02));
}
