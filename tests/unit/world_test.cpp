// The tables of states as they are read: what is missing, what is wrong, what is unknown; and what an eve may know.
#include "entente/world/world.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "entente/world/eve.hpp"

namespace {

using namespace entente;
using namespace entente::world;
namespace fs = std::filesystem;

// A small world in a folder of its own: the tables that a test writes.
struct Small {
  fs::path folder;
  SourceMap sources;
  Diagnostics out;
  explicit Small(const std::string& name) : folder(fs::temp_directory_path() / ("entente-world-" + name)) {
    fs::remove_all(folder);
    fs::create_directories(folder / "restricted");
    fs::create_directories(folder / "share-alike");
    write("states.csv",
          "iso3,name,region,kind\nAAA,Aland,Europe,state\nBBB,Bland,Europe,state\nCCC,Cland,Asia,state\n"
          "DDD,Dland,Asia,former\n");
  }
  ~Small() { fs::remove_all(folder); }
  void write(const std::string& path, const std::string& text) const { std::ofstream(folder / path) << text; }
  World open() { return World::open(folder.string(), sources, out); }
  [[nodiscard]] std::string complaint() const { return render(out, sources); }
};

TEST(World, ReadsTheTablesQuickly) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    SourceMap sources;
    Diagnostics out;
    const auto start = std::chrono::steady_clock::now();
    const World w = World::open(ENTENTE_ROOT "/data/world", sources, out);
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    EXPECT_TRUE(out.ok()) << render(out, sources);
    EXPECT_GT(w.states().size(), 200u);
  }
  RecordProperty("milliseconds", std::to_string(best));
  std::printf("[ MEASURED ] %.1f ms\n", best);
  EXPECT_LT(best, 500);  // a guard against another order of magnitude; the figure is what is printed
}

TEST(World, BeyondCoverageIsUnknown) {
  Small s("cover");
  s.write("gdp.csv", "iso3,year,usd,pop,src\nAAA,1990,100,5,wb\nAAA,1992,120,,wb\n");
  const World w = s.open();
  ASSERT_TRUE(s.out.ok()) << s.complaint();
  const State a = w.find("AAA"), b = w.find("BBB");
  EXPECT_FALSE(w.gdp(a, 1989).known);
  EXPECT_EQ(w.gdp(a, 1991).value, 100);
  EXPECT_EQ(w.gdp(a, 1991).year, 1990);
  EXPECT_EQ(w.gdp(a, 1999).year, 1992);
  EXPECT_FALSE(w.gdp(a, 2003).known);  // eleven years old
  EXPECT_TRUE(w.gdp(a, 2003, 11).known);
  EXPECT_EQ(w.people(a, 1995).year, 1990);  // an empty cell is no figure
  EXPECT_FALSE(w.gdp(b, 1990).known);
  EXPECT_FALSE(w.existed(a, 1990));  // no table of membership
  EXPECT_FALSE(w.distance(a, b, {1990, 1, 1}).known);
  EXPECT_FALSE(w.trade(a, b));
}

TEST(World, MissingTablesAreSaidWhenTheyAreNeeded) {
  Small s("missing");
  const World w = s.open();
  EXPECT_TRUE(s.out.ok());
  EXPECT_TRUE(w.need(Table::states, s.out));
  EXPECT_FALSE(w.need(Table::disputes, s.out));
  EXPECT_NE(s.complaint().find("E0904"), std::string::npos) << s.complaint();
  EXPECT_NE(s.complaint().find("restricted/disputes.csv"), std::string::npos);
  EXPECT_NE(s.complaint().find("who threatened or fought whom"), std::string::npos);
  SourceMap sources;
  Diagnostics out;
  const World none = World::open("/nowhere", sources, out);
  EXPECT_NE(render(out, sources).find("E0900"), std::string::npos);
}

TEST(World, ComplaintsHaveTheirPlace) {
  const auto says = [](const char* path, const char* text, const char* code, const char* place) {
    Small s("wrong");
    s.write(path, text);
    (void)s.open();
    const std::string said = s.complaint();
    EXPECT_NE(said.find(code), std::string::npos) << text << said;
    EXPECT_NE(said.find(place), std::string::npos) << text << said;
  };
  says("gdp.csv", "iso3,year,dollars,pop\nAAA,1990,1,2\n", "E0901", "gdp.csv:1:1");
  says("gdp.csv", "iso3,year,usd,pop\nAAA,1990,1e,2\n", "E0902", "gdp.csv:2:10");
  says("gdp.csv", "iso3,year,usd,pop\nAAA,199x,1,2\n", "E0902", "gdp.csv:2:5");
  says("gdp.csv", "iso3,year,usd,pop\nAAA,1990,1\n", "E0902", "gdp.csv:2:1");
  says("gdp.csv", "iso3,year,usd,pop\nXXX,1990,1,2\n", "E0903", "gdp.csv:2:1");
  says("gdp.csv", "iso3,year,usd,pop\nAAA,1990,nan,2\n", "E0902", "gdp.csv:2:10");
  says("restricted/pacts.csv", "a,b,from,to,kinds,directed\nAAA,BBB,1990,1995,dx,0\n", "E0902", "pacts.csv:2:19");
  says("restricted/wars.csv", "war,name,state,side,from,to\n1,\"A, B\",AAA,1,1990-13-01,1991\n", "E0902",
       "wars.csv:2:16");
  says("states.csv", "iso3,name,region,kind\nAAA,A,E,state\nAAA,B,E,state\n", "E0902", "states.csv:3:1");
}

TEST(World, StatesByCodeAndYear) {
  Small s("states");
  s.write("aliases.csv", "alias,iso3,from,to,note\nOLD,AAA,1900,1950,\nBBB,DDD,1955,1990,\n");
  s.write("restricted/membership.csv",
          "iso3,cow,from,to\nAAA,10,1900-01-01,\nBBB,11,1900-05-01,1945-05-08\nBBB,11,1990-10-03,\nDDD,12,1955-05-05,"
          "1990-10-02\n");
  const World w = s.open();
  ASSERT_TRUE(s.out.ok()) << s.complaint();
  EXPECT_EQ(w.state("BBB", 2000, s.out), 1);
  EXPECT_EQ(w.state("OLD", 1940, s.out), 0);
  EXPECT_EQ(w.existed(1, 1900), true);
  EXPECT_EQ(w.existed(1, 1950), false);
  EXPECT_EQ(w.existed(3, 2024), std::nullopt);  // behind the table's end
  EXPECT_EQ(w.existed(0, 2024), true);
  ASSERT_TRUE(s.out.ok());
  EXPECT_EQ(w.state("BBB", 1960, s.out), nobody);
  EXPECT_NE(s.complaint().find("E0905"), std::string::npos);
  EXPECT_NE(s.complaint().find("1900 to 1945, 1990 to today"), std::string::npos) << s.complaint();
  EXPECT_NE(s.complaint().find("`DDD` (Dland)"), std::string::npos) << s.complaint();
  EXPECT_EQ(w.state("Bland", 1960, s.out), nobody);
  EXPECT_NE(s.complaint().find("did you mean `BBB`?"), std::string::npos) << s.complaint();
  EXPECT_EQ(w.state("QQQ", 1960, s.out), nobody);
  EXPECT_NE(s.complaint().find("E0903"), std::string::npos);
}

const Dyad& of(const Eve& e) { return e(0, 1); }
double value(const Dyad& d, std::string_view name) {
  for (std::size_t k = 0; k < kinds; ++k)
    if (name == kind(k).name) return d.value[k];
  ADD_FAILURE() << name;
  return 0;
}
bool known(const Dyad& d, std::string_view name) {
  for (std::size_t k = 0; k < kinds; ++k)
    if (name == kind(k).name) return (d.known >> k & 1u) != 0;
  return false;
}

constexpr const char* dispute_columns = "dispute,a,b,sidea,from,to,hostility,src\n";

TEST(Eve, NothingThatRunsOrComesLaterIsRead) {
  // 1: over in 1999; 2: runs when the event of 2000 begins; 3: the event; 4: later.
  Small s("eve");
  const std::string over = "1,AAA,BBB,1,1998,1999,4,gml\n1,AAA,CCC,1,1998,1999,4,gml\n";
  const auto dyad = [&](const std::string& rows, const char* a, const char* b, int year) {
    Small t("eve-one");
    t.write("restricted/disputes.csv", dispute_columns + rows);
    t.write("restricted/rivalries.csv", "a,b,from,to\nAAA,BBB,1990,1995\nBBB,CCC,2000,\n");
    t.write("restricted/pacts.csv",
            "a,b,from,to,kinds,directed\nAAA,CCC,1990,1998,d,0\nBBB,CCC,1999,2018,dn,0\nAAA,BBB,2000,2018,d,0\n");
    const World w = t.open();
    EXPECT_TRUE(t.out.ok()) << t.complaint();
    const std::vector<State> actors{w.find(a), w.find(b)};
    return of(Eve(w, year, actors));
  };
  const Dyad before = dyad(over, "AAA", "BBB", 2000);
  for (const char* later :
       {"2,AAA,BBB,1,1997,2000,5,gml\n", "3,AAA,BBB,0,2000,2000,4,gml\n", "4,AAA,BBB,1,2001,2002,5,gml\n",
        "5,AAA,CCC,1,1999,2003,5,gml\n5,BBB,CCC,1,1999,2003,5,gml\n"}) {
    const Dyad same = dyad(over + later, "AAA", "BBB", 2000);
    EXPECT_EQ(same.value, before.value) << later;
    EXPECT_EQ(same.known, before.known) << later;
  }
  EXPECT_EQ(before.last_side, -1);
  EXPECT_NEAR(before.opposed, 0.8 / 1.8, 1e-15);
  EXPECT_EQ(value(before, "rivalry"), 0);      // ended in 1995
  EXPECT_EQ(value(before, "pact"), 0);         // of the year of the event
  EXPECT_NEAR(value(before, "allies"), 0, 0);  // AAA and CCC had none in 1999
  EXPECT_NEAR(value(before, "foes"), 0, 0);
  const Dyad friends = dyad(over, "BBB", "CCC", 2000);
  EXPECT_EQ(friends.last_side, 1);
  EXPECT_NEAR(value(friends, "sided"), 0.5, 1e-15);
  EXPECT_EQ(value(friends, "defence"), 1);
  EXPECT_EQ(value(friends, "rivalry"), 0);                    // begins in 2000
  EXPECT_NEAR(value(friends, "foes"), std::log(2.0), 1e-15);  // AAA
  const Dyad later = dyad(over, "BBB", "CCC", 2010);
  EXPECT_NEAR(value(later, "sided"), 1.0 / 3, 1e-15);  // ten years: half of it, 0.5 / 1.5
  EXPECT_EQ(value(later, "rivalry"), 1);
  EXPECT_NEAR(value(later, "last-side-aged"), std::sqrt(0.5), 1e-15);
}

TEST(World, ADisputeThatTheLaterTableGoesOnWithIsOne) {
  Small s("on");
  s.write("restricted/disputes.csv", std::string(dispute_columns) +
                                         "7,AAA,BBB,1,2010,2010,4,gml\n7,AAA,BBB,1,2011,2012,4,mid5\n"
                                         "8,AAA,CCC,1,2011,2011,4,mid5\n");
  const World w = s.open();
  ASSERT_EQ(w.disputes().size(), 2u);
  EXPECT_EQ(w.disputes()[0].last.year, 2012);
  EXPECT_FALSE(w.disputes()[0].recent);
  EXPECT_EQ(w.disputes()[0].foes.size(), 2u);
  EXPECT_TRUE(w.disputes()[1].recent);
  const std::vector<State> actors{0, 1};
  EXPECT_EQ(Eve(w, 2011, actors)(0, 1).last_side, 0);  // it runs
  EXPECT_EQ(Eve(w, 2013, actors)(0, 1).last_side, -1);
}

TEST(Eve, UnknownIsNotNought) {
  Small s("unknown");
  s.write("share-alike/regime.csv", "iso3,from,to,polyarchy\nAAA,1990,1999,0.8\nBBB,1990,1999,0.5\n");
  const World w = s.open();
  const std::vector<State> actors{0, 1, 2};
  const Eve e(w, 2000, actors);
  EXPECT_NEAR(value(e(0, 1), "democracy"), 0.2, 1e-15);
  EXPECT_NEAR(value(e(1, 0), "regime-gap"), 0.05, 1e-15);
  EXPECT_TRUE(known(e(0, 1), "democracy"));
  EXPECT_FALSE(known(e(0, 2), "democracy"));
  EXPECT_FALSE(known(e(0, 1), "opposed"));
  EXPECT_FALSE(known(e(0, 1), "distance"));
  EXPECT_FALSE(known(Eve(w, 2005, actors)(0, 1), "democracy"));
  EXPECT_TRUE(known(e(0, 1), "constant"));
}

TEST(Eve, TablesAgeAsTheyWill) {
  const Ages at = Ages::at(2025);
  EXPECT_EQ(at.disputes, 10);
  EXPECT_EQ(at.pacts, 6);
  EXPECT_EQ(at.rivalries, 4);
  EXPECT_EQ(at.regime, 0);
  EXPECT_EQ(Ages::at(1990), Ages{});
  SourceMap sources;
  Diagnostics out;
  const World w = World::open(ENTENTE_ROOT "/data/world", sources, out);
  const std::vector<State> actors{w.find("USA"), w.find("RUS"), w.find("GBR")};
  // An eve of 1990 with disputes ten years old knows what the eve of 1980 knew of them.
  const Dyad aged = Eve(w, 1990, actors, {.disputes = 10})(0, 1), then = Eve(w, 1980, actors)(0, 1);
  EXPECT_EQ(value(aged, "opposed"), value(then, "opposed"));
  EXPECT_EQ(value(aged, "last-side"), value(then, "last-side"));
  EXPECT_FALSE(known(Eve(w, 2025, actors)(0, 1), "opposed"));
  EXPECT_TRUE(known(Eve(w, 2025, actors, at)(0, 1), "opposed"));
  EXPECT_EQ(value(Eve(w, 1970, actors)(0, 2), "defence"), 1);
  EXPECT_EQ(value(Eve(w, 1970, actors)(0, 1), "rivalry"), 1);
}

}  // namespace
