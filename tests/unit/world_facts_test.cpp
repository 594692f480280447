// Ten values of every table of data/world against what is known from elsewhere: direction, unit, year, sign. Written
// before anything was estimated from them; expectations are from general knowledge and the makers' own published
// figures, with the width that different editions differ by, and not from the tables.
#include <gtest/gtest.h>

#include "entente/world/world.hpp"

namespace {

using namespace entente;
using namespace entente::world;

class Facts : public testing::Test {
 protected:
  static const World& world() {
    static SourceMap sources;
    static Diagnostics complaints;
    static const World w = World::open(ENTENTE_ROOT "/data/world", sources, complaints);
    EXPECT_TRUE(complaints.ok()) << render(complaints, sources);
    return w;
  }
  static State at(const char* code) {
    const State s = world().find(code);
    EXPECT_NE(s, nobody) << code;
    return s;
  }
  static Day mid(int year) { return {static_cast<std::int16_t>(year), 7, 1}; }

  struct Value {
    const char* code;
    int year;
    double low, high;
  };
  template <class F>
  static void within(std::initializer_list<Value> values, F&& figure) {
    for (const Value& v : values) {
      const Figure f = figure(at(v.code), v.year);
      ASSERT_TRUE(f.known) << v.code << " " << v.year;
      EXPECT_EQ(f.year, v.year) << v.code;
      EXPECT_GE(f.value, v.low) << v.code << " " << v.year;
      EXPECT_LE(f.value, v.high) << v.code << " " << v.year;
    }
  }
  static std::uint8_t pact(const char* a, const char* b, int year) {
    std::uint8_t kinds = 0;
    for (const auto* list : {&world().pacts(), &world().recent_pacts()})
      for (const Pact& p : *list)
        if (p.holds(mid(year)) && ((p.a == at(a) && p.b == at(b)) || (p.a == at(b) && p.b == at(a))))
          kinds = static_cast<std::uint8_t>(kinds | p.kinds);
    return kinds;
  }
  // -1 against each other, 1 on one side, 0 neither, in something that ran in that year.
  static int stood(const std::vector<Conflict>& list, const char* a, const char* b, int year, bool together) {
    for (const Conflict& c : list) {
      if (c.first.year > year || (c.ended && c.last.year < year)) continue;
      int side_a = 0, side_b = 0;
      for (const auto& p : c.parts) {
        if (p.state == at(a)) side_a = p.side;
        if (p.state == at(b)) side_b = p.side;
      }
      if (side_a != 0 && side_b != 0 && (side_a == side_b) == together) return together ? 1 : -1;
    }
    return 0;
  }
};

TEST_F(Facts, States) {
  EXPECT_EQ(world().states()[at("DEU")].cow, 255);
  EXPECT_EQ(world().states()[at("USA")].cow, 2);
  EXPECT_EQ(world().states()[at("RUS")].cow, 365);
  EXPECT_EQ(world().states()[at("GBR")].cow, 200);
  EXPECT_EQ(world().states()[at("CHN")].cow, 710);
  EXPECT_EQ(world().states()[at("JPN")].name, "Japan");
  EXPECT_EQ(world().states()[at("AUH")].kind, "former");
  EXPECT_EQ(world().states()[at("HKG")].kind, "territory");
  EXPECT_EQ(world().states()[at("BRA")].region, "Americas");
  EXPECT_EQ(world().states()[at("EGY")].region, "Africa");
}

TEST_F(Facts, Membership) {
  const struct {
    const char* code;
    int year;
    bool there;
  } rows[] = {{"USA", 1816, true},  {"EST", 1930, true},  {"EST", 1950, false}, {"POL", 1942, false},
              {"DEU", 1950, false}, {"DDR", 1970, true},  {"ISR", 1947, false}, {"ISR", 1948, true},
              {"SSD", 2012, true},  {"IND", 1940, false}, {"UKR", 1985, false}, {"CSK", 1993, false}};
  for (const auto& r : rows) EXPECT_EQ(world().existed(at(r.code), r.year), r.there) << r.code << " " << r.year;
}

TEST_F(Facts, Aliases) {
  const struct {
    const char *alias, *code;
    int year;
  } rows[] = {{"SUN", "RUS", 1970}, {"OTT", "TUR", 1900}, {"PRS", "DEU", 1866}, {"SAR", "ITA", 1855},
              {"YUG", "SRB", 1950}, {"FRG", "GFR", 1970}, {"GDR", "DDR", 1970}, {"ZAR", "COD", 1980},
              {"BUR", "MMR", 1960}, {"SIA", "THA", 1900}};
  for (const auto& r : rows) EXPECT_EQ(world().find(r.alias, r.year), at(r.code)) << r.alias;
  EXPECT_EQ(world().find("SUN", 2000), nobody);
}

TEST_F(Facts, Product) {  // current USD, World Bank
  within({{"USA", 2022, 25.2e12, 26.1e12},
          {"CHN", 2022, 17.6e12, 18.4e12},
          {"DEU", 2019, 3.8e12, 4.0e12},
          {"JPN", 2012, 6.0e12, 6.4e12},
          {"RUS", 2013, 2.2e12, 2.35e12},
          {"GBR", 2007, 2.9e12, 3.2e12},
          {"IND", 2000, 0.45e12, 0.49e12},
          {"BRA", 2011, 2.5e12, 2.7e12},
          {"USA", 1960, 0.53e12, 0.55e12},
          {"KOR", 2010, 1.05e12, 1.2e12}},
         [](State s, int y) { return world().gdp(s, y); });
}

TEST_F(Facts,
       People) {  // between the United Nations' revisions of 2010 and 2024, which differ most for these two: NGA, EGY
  within({{"USA", 2020, 325e6, 336e6},
          {"CHN", 2020, 1.39e9, 1.43e9},
          {"IND", 2023, 1.40e9, 1.45e9},
          {"DEU", 2020, 82e6, 84.5e6},
          {"JPN", 2010, 126e6, 129e6},
          {"NGA", 2010, 155e6, 168e6},
          {"ISL", 2015, 0.32e6, 0.34e6},
          {"EGY", 2000, 66e6, 74e6},
          {"BRA", 1960, 70e6, 75e6},
          {"RUS", 1990, 146e6, 150e6}},
         [](State s, int y) { return world().people(s, y); });
}

TEST_F(Facts, Spending) {  // per cent of GDP
  within({{"USA", 2023, 3.0, 3.6},
          {"RUS", 2021, 3.5, 4.5},
          {"DEU", 2022, 1.3, 1.6},
          {"CHN", 2023, 1.2, 1.8},
          {"ISR", 2022, 4.2, 5.6},
          {"CHE", 2020, 0.6, 0.9},
          {"JPN", 2020, 0.9, 1.2},
          {"POL", 2023, 3.0, 4.1},
          {"FRA", 2023, 1.8, 2.2},
          {"IND", 2020, 2.2, 3.0}},
         [](State s, int y) { return world().spending(s, y); });
}

TEST_F(Facts, Capability) {  // CINC; the maker's own examples and the literature
  within({{"USA", 1945, 0.37, 0.40},
          {"CHN", 2012, 0.20, 0.23},
          {"USA", 2012, 0.13, 0.15},
          {"RUS", 1980, 0.15, 0.19},
          {"GBR", 1816, 0.30, 0.36},
          {"DEU", 1913, 0.13, 0.16},
          {"DEU", 1939, 0.15, 0.20},
          {"IND", 2012, 0.07, 0.09},
          {"JPN", 1940, 0.05, 0.08},
          {"GBR", 1860, 0.27, 0.33}},
         [](State s, int y) { return world().capability(s, y); });
}

TEST_F(Facts, Regime) {  // polyarchy from 0, no democracy, to 1
  within({{"USA", 2015, 0.8, 1},
          {"SWE", 2020, 0.85, 1},
          {"GBR", 1950, 0.65, 1},
          {"CHL", 2000, 0.75, 1},
          {"IND", 2000, 0.55, 0.9},
          {"PRK", 2020, 0, 0.15},
          {"DEU", 1938, 0, 0.15},
          {"CHN", 2010, 0, 0.15},
          {"ESP", 1960, 0, 0.15},
          {"RUS", 2022, 0.05, 0.3}},
         [](State s, int y) { return world().democracy(s, y); });
}

TEST_F(Facts, Votes) {  // ideal points: America and its friends above 0, the Soviet camp and Cuba below
  within({{"USA", 2015, 1.8, 4},
          {"GBR", 1985, 1, 3},
          {"ISR", 2018, 1, 3.5},
          {"FRA", 2010, 0.5, 2.5},
          {"CAN", 1960, 0.5, 3},
          {"CUB", 2010, -2.5, -0.3},
          {"POL", 1970, -3.5, -1},
          {"IND", 1980, -2, 0},
          {"CHN", 2010, -2, 0},
          {"RUS", 1980, -3.5, -1}},
         [](State s, int y) { return world().ideal_point(s, y); });
}

TEST_F(Facts,
       Trade) {  // million USD of 2022, from exporter to importer; at basic prices, so down to 0.6 of customs figures
  const struct {
    const char *from, *to;
    double low, high;
  } goods[] = {{"CHN", "USA", 380e3, 600e3}, {"USA", "CHN", 90e3, 180e3},  {"CAN", "USA", 300e3, 480e3},
               {"MEX", "USA", 300e3, 480e3}, {"USA", "MEX", 180e3, 340e3}, {"DEU", "FRA", 80e3, 150e3},
               {"AUS", "CHN", 80e3, 170e3},  {"KOR", "CHN", 100e3, 190e3}, {"DEU", "USA", 88e3, 190e3},
               {"JPN", "USA", 100e3, 170e3}};
  for (const auto& g : goods) {
    const auto flow = world().trade(at(g.from), at(g.to));
    ASSERT_TRUE(flow) << g.from << g.to;
    EXPECT_GT((*flow)[0], g.low) << g.from << g.to;
    EXPECT_LT((*flow)[0], g.high) << g.from << g.to;
  }
  EXPECT_FALSE(world().trade(at("PRK"), at("CHN")));  // not in the table: unknown
}

TEST_F(Facts, Pacts) {
  const struct {
    const char *a, *b;
    int year;
    int kinds, missing;  // these are there, these are not
  } rows[] = {{"USA", "GBR", 1950, defence, 0},
              {"USA", "JPN", 1961, defence, 0},
              {"USA", "KOR", 1955, defence, 0},
              {"DEU", "AUH", 1880, defence, 0},
              {"FRA", "RUS", 1895, defence, 0},
              {"GBR", "JPN", 1905, defence, 0},
              {"DEU", "RUS", 1940, nonaggression, defence},
              {"CHN", "PRK", 1962, defence, 0},
              {"USA", "TWN", 1960, defence, 0},
              {"USA", "TWN", 1985, 0, defence},
              {"RUS", "DDR", 1960, defence, 0},
              {"USA", "FIN", 2010, 0, defence},
              {"GBR", "FRA", 1900, 0, defence},
              {"USA", "FIN", 2024, defence, 0},
              {"USA", "SWE", 2025, defence, 0},
              {"PRK", "RUS", 2025, defence, 0},
              {"USA", "SWE", 2023, 0, defence},
              {"POL", "MKD", 2021, defence, 0}};
  for (const auto& r : rows) {
    const int kinds = pact(r.a, r.b, r.year);
    EXPECT_EQ(kinds & r.kinds, r.kinds) << r.a << r.b << r.year;
    EXPECT_EQ(kinds & r.missing, 0) << r.a << r.b << r.year;
  }
}

TEST_F(Facts, Disputes) {
  const struct {
    const char *a, *b;
    int year;
    bool together;
  } rows[] = {{"USA", "RUS", 1962, false}, {"ARG", "GBR", 1982, false}, {"GBR", "FRA", 1915, true},
              {"GBR", "DEU", 1915, false}, {"USA", "IRQ", 1991, false}, {"USA", "GBR", 1991, true},
              {"ISR", "EGY", 1967, false}, {"GBR", "FRA", 1956, true},  {"FRA", "EGY", 1956, false},
              {"IND", "PAK", 1999, false}, {"CHN", "VNM", 1979, false}, {"GBR", "ISL", 1973, false},
              {"CSK", "DEU", 1938, false}};
  for (const auto& r : rows)
    EXPECT_EQ(stood(world().disputes(), r.a, r.b, r.year, r.together), r.together ? 1 : -1) << r.a << r.b << r.year;
  EXPECT_EQ(stood(world().disputes(), "USA", "CAN", 1960, false), 0);
}

TEST_F(Facts, Wars) {
  const struct {
    const char *a, *b;
    int year;
    bool together;
  } rows[] = {{"DEU", "FRA", 1915, false}, {"JPN", "GBR", 1915, true},  {"BGR", "DEU", 1916, true},
              {"RUS", "JPN", 1904, false}, {"FRA", "DEU", 1870, false}, {"BAV", "DEU", 1870, true},
              {"GBR", "RUS", 1855, false}, {"TUR", "FRA", 1855, true},  {"EGY", "SYR", 1967, true},
              {"USA", "CHN", 1951, false}, {"ARG", "GBR", 1982, false}, {"RUS", "UKR", 2023, false},
              {"PRK", "RUS", 2024, true},  {"USA", "ESP", 1898, false}};
  for (const auto& r : rows)
    EXPECT_EQ(stood(world().wars(), r.a, r.b, r.year, r.together), r.together ? 1 : -1) << r.a << r.b << r.year;
  for (const Conflict& c : world().wars()) {
    if (c.number == 85) {
      EXPECT_EQ(c.first, (Day{1904, 2, 8})) << c.name;
    }
    if (c.number == 169) {
      EXPECT_EQ(c.first, (Day{1967, 6, 5})) << c.name;
    }
  }
}

TEST_F(Facts, Contiguity) {
  const auto type = [](const char* a, const char* b, int year) {
    int best = 9;
    for (const Border& x : world().borders())
      if (x.holds(mid(year)) && ((x.a == at(a) && x.b == at(b)) || (x.a == at(b) && x.b == at(a))))
        best = std::min<int>(best, x.type);
    return best;
  };
  EXPECT_EQ(type("USA", "CAN", 1950), 1);
  EXPECT_EQ(type("FRA", "DEU", 1930), 1);
  EXPECT_EQ(type("ESP", "PRT", 1900), 1);
  EXPECT_EQ(type("IND", "PAK", 1960), 1);
  EXPECT_EQ(type("CHN", "PRK", 1960), 1);
  EXPECT_EQ(type("EGY", "ISR", 1960), 1);
  EXPECT_EQ(type("DDR", "GFR", 1970), 1);
  EXPECT_EQ(type("GBR", "FRA", 1950), 3);  // the Strait of Dover, 21 miles
  EXPECT_EQ(type("GBR", "USA", 1950), 9);
  EXPECT_EQ(type("FRA", "POL", 1930), 9);
}

TEST_F(Facts, Rivalries) {
  const auto rivals = [](const char* a, const char* b, int year) {
    for (const Rivalry& r : world().rivalries())
      if (r.holds(mid(year)) && ((r.a == at(a) && r.b == at(b)) || (r.a == at(b) && r.b == at(a)))) return true;
    return false;
  };
  EXPECT_TRUE(rivals("IND", "PAK", 1950));
  EXPECT_TRUE(rivals("IND", "PAK", 2010));
  EXPECT_TRUE(rivals("USA", "RUS", 1960));
  EXPECT_TRUE(rivals("FRA", "DEU", 1900));
  EXPECT_TRUE(rivals("ISR", "SYR", 1970));
  EXPECT_TRUE(rivals("CHN", "JPN", 1935));
  EXPECT_TRUE(rivals("IRN", "IRQ", 1985));
  EXPECT_TRUE(rivals("GBR", "DEU", 1910));
  EXPECT_FALSE(rivals("FRA", "DEU", 1990));
  EXPECT_FALSE(rivals("USA", "CAN", 1950));
  EXPECT_FALSE(rivals("USA", "GBR", 1950));
}

TEST_F(Facts, Majors) {
  const struct {
    const char* code;
    int year;
    bool major;
  } rows[] = {{"USA", 1900, true}, {"USA", 1890, false}, {"JPN", 1900, true},  {"JPN", 1890, false},
              {"AUH", 1910, true}, {"ITA", 1930, true},  {"ITA", 1950, false}, {"CHN", 1960, true},
              {"DEU", 1930, true}, {"DEU", 1921, false}, {"FRA", 1942, false}, {"BRA", 1980, false}};
  for (const auto& r : rows) EXPECT_EQ(world().major(at(r.code), mid(r.year)), r.major) << r.code << r.year;
}

TEST_F(Facts, Distances) {  // km between capitals on the great circle
  const struct {
    const char *a, *b;
    int year;
    double km;
  } rows[] = {{"USA", "CAN", 2000, 734},  {"GBR", "FRA", 2000, 344},  {"DEU", "POL", 1930, 518},
              {"JPN", "KOR", 2000, 1157}, {"IND", "PAK", 2000, 680},  {"AUS", "NZL", 2000, 2325},
              {"CHN", "JPN", 2000, 2098}, {"ARG", "BRA", 1950, 1968}, {"ARG", "BRA", 2000, 2343},
              {"USA", "RUS", 2000, 7820}, {"GFR", "DDR", 1970, 478},  {"GBR", "IRL", 2000, 463}};
  for (const auto& r : rows) {
    const Figure f = world().distance(at(r.a), at(r.b), mid(r.year));
    ASSERT_TRUE(f.known);
    EXPECT_NEAR(f.value, r.km, 0.03 * r.km) << r.a << r.b << r.year;
  }
}

}  // namespace
