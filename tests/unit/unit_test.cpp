// Units: what is read, how it converts, what is refused.
#include "entente/number/unit.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace entente::number;

namespace {
Unit unit(std::string_view text) {
  const auto u = parse_unit(text);
  EXPECT_TRUE(u.has_value()) << text << ": " << (u ? "" : u.error().message);
  return u ? *u : Unit{};
}
double from_to(const char* from, const char* to) {
  EXPECT_TRUE(unit(from).same_dimension(unit(to))) << from << " " << to;
  return conversion(unit(from), unit(to));
}
}  // namespace

TEST(Units, Convert) {
  EXPECT_DOUBLE_EQ(from_to("bcm/yr", "kcm/yr"), 1e6);
  EXPECT_DOUBLE_EQ(from_to("B USD", "M USD"), 1e3);
  EXPECT_DOUBLE_EQ(from_to("bn USD/yr", "B USD/yr"), 1);
  EXPECT_DOUBLE_EQ(from_to("k persons", "persons"), 1e3);
  EXPECT_DOUBLE_EQ(from_to("%", ""), 0.01);
  EXPECT_DOUBLE_EQ(from_to("pp", "%"), 1);
  EXPECT_NEAR(from_to("bcm/day", "bcm/yr"), 365.25, 1e-10);
  EXPECT_NEAR(from_to("month", "yr"), 1.0 / 12, 1e-15);
  EXPECT_NEAR(from_to("USD/kcm", "USD/m^3"), 1e-3, 1e-18);
  EXPECT_DOUBLE_EQ(from_to("m3", "m^3"), 1);
  EXPECT_DOUBLE_EQ(from_to("cm", "m3"), 1);  // cubic metre, as in bcm
  EXPECT_NEAR(from_to("TWh", "PJ"), 3.6, 1e-12);
  EXPECT_NEAR(from_to("MMBtu", "MWh"), 0.29307107017, 1e-9);
  EXPECT_DOUBLE_EQ(from_to("Mt/yr", "t/yr"), 1e6);
  EXPECT_DOUBLE_EQ(from_to("USD*yr/kcm/bcm", "USD/kcm/bcm*yr"), 1);
  EXPECT_NEAR(from_to("GW", "TWh/yr"), 8.766, 1e-12);  // 8,766 hours in a year of 365.25 days
  EXPECT_NEAR(from_to("MW*h", "MWh"), 1, 1e-15);
  EXPECT_DOUBLE_EQ(from_to("GWh", "MWh"), 1000);
  EXPECT_NEAR(from_to("week", "day"), 7, 1e-14);
  EXPECT_NEAR(from_to("km3", "bcm"), 1, 1e-15);
  EXPECT_DOUBLE_EQ(from_to("MtCO2", "tCO2"), 1e6);
}

TEST(Units, MoneyEnergyVolumeAndOilAreDifferentDimensions) {
  const char* all[]{"USD", "EUR", "RUB", "CNY", "GBP", "JPY", "EGP",     "tCO2", "seats", "points",
                    "W",   "bcm", "PJ",  "bbl", "t",   "yr",  "persons", "",     "m"};
  for (const char* a : all)
    for (const char* b : all) EXPECT_EQ(unit(a).same_dimension(unit(b)), std::string(a) == b) << a << " " << b;
}

TEST(Units, ProductsAreToldWithWhatCancelsCancelled) {
  EXPECT_EQ((unit("bbl/MMBtu") * unit("USD/bbl")).text, "USD/MMBtu");
  EXPECT_EQ((unit("USD/kcm") / unit("bcm/yr")).text, "USD*yr/kcm/bcm");
  EXPECT_EQ((Unit{} / unit("yr")).text, "1/yr");
  EXPECT_EQ((unit("USD/bbl") * unit("M bbl/day")).text, "M USD/day");
  EXPECT_EQ((unit("k USD") * unit("M persons")).text, "B USD*persons");
  EXPECT_EQ((unit("USD") / unit("k persons")).text, "USD/k persons");
  EXPECT_EQ((unit("B USD") / unit("k persons")).text, "M USD/persons");
  const Unit slope = unit("USD/kcm") / unit("bcm/yr");
  EXPECT_TRUE(unit(slope.text).same_dimension(slope));  // what is told can be written
  EXPECT_DOUBLE_EQ(unit(slope.text).factor, slope.factor);
}

TEST(Units, Refused) {
  const std::pair<const char*, const char*> cases[]{
      {"USD2024/kcm", ""},
      {"bcn", "did you mean `bcm`?"},
      {"mwh", "did you mean `MWh`?"},
      {"bbl/d", "write `day`"},
      {"k", "such as `k USD`"},
      {"USD/", ""},
      {"/yr", ""},
      {"m^0", ""},
      {"m^-1", ""},
      {"m^x", ""},
      {"USD kcm", ""},
      {"years", "write `yr`"},
      {"dollars", "write `USD`"},
      {"billion", "such as `B USD`"},
      {"persns", "did you mean `persons`?"},
      {"EUP", "did you mean `EUR`?"},
      {"k people", "write `k persons`"},
      {"k USD/people", "write `persons`"},
  };
  for (const auto& [text, hint] : cases) {
    const auto u = parse_unit(text);
    ASSERT_FALSE(u.has_value()) << text;
    EXPECT_FALSE(u.error().message.empty());
    EXPECT_NE(u.error().where.find(hint), std::string::npos) << text << ": " << u.error().where;
  }
  // No guess where the neighbour measures something else, or a thousand times as much.
  for (const char* text : {"MV", "QWh", "XJ", "toe"}) {
    ASSERT_FALSE(parse_unit(text)) << text;
    EXPECT_EQ(parse_unit(text).error().where, "") << text;
  }
  EXPECT_FALSE(parse_unit(std::string(101, 'm')));
  EXPECT_FALSE(parse_unit("m*m*m*m*m*m*m*m*m"));  // nine parts
  EXPECT_FALSE(parse_unit("m3^9*m3^9*m3^9"));     // a power of 81
  EXPECT_FALSE(parse_unit("tcm^9*tcm^9*USD^9"));  // 1e216
  EXPECT_TRUE(parse_unit("tcm^9/tcm^9"));
}

TEST(Units, Described) {
  EXPECT_EQ(describe_dimension(unit("USD/kcm")), "US dollars per volume");
  EXPECT_EQ(describe_dimension(unit("%")), "a plain number");
  EXPECT_EQ(describe_dimension(unit("bbl/yr")), "barrels per time");
  EXPECT_EQ(describe_dimension(Unit{} / unit("yr")), "a number per time");
  EXPECT_EQ(describe_dimension(unit("m^2")), "length^2");
  for (const auto& u : unit_names()) {
    EXPECT_TRUE(parse_unit(u.name)) << u.name;
    EXPECT_FALSE(u.says.empty());
  }
}
