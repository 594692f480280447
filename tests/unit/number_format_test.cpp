// How many digits a number deserves.
#include "report/number_format.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "report/sentences.hpp"

using namespace entente::report;

namespace {
std::string r(double low, double middle, double high) {
  const Ranged x = ranged(low, middle, high);
  return x.middle + " (" + x.low + " to " + x.high + ")";
}
}  // namespace

TEST(People, ARangeShowsNoDigitThatItsWidthMakesIdle) {
  EXPECT_EQ(r(50, 68.92, 95), "69 (50 to 95)");
  EXPECT_EQ(r(87.4, 124.6, 230.9), "120 (90 to 230)");
  EXPECT_EQ(r(0.31, 0.4571, 0.601), "0.46 (0.31 to 0.60)");
  EXPECT_EQ(r(17600, 18520.3, 19500), "18,500 (17,600 to 19,500)");
  EXPECT_EQ(r(1960, 2057.6, 2160), "2060 (1960 to 2160)");
  EXPECT_EQ(r(-128.2, -6.74, 140.1), "-10 (-130 to 140)");
  EXPECT_EQ(r(0.97, 0.98, 0.99), "0.980 (0.970 to 0.990)");
  EXPECT_EQ(r(0.31, 0.4, 0.49), "0.40 (0.31 to 0.49)");
}

TEST(People, NeverMoreThanFourDigitsAndNeverANoughtThatIsNone) {
  EXPECT_EQ(r(10000.123, 10000.125, 10000.127), "10,000 (10,000 to 10,000)");
  EXPECT_EQ(r(0, 0.003, 100), "0.003 (0 to 100)");
  EXPECT_EQ(r(0, 0, 0.0039), "0 (0 to 0.0039)");
  EXPECT_EQ(r(2, 2, 2), "2 (2 to 2)");
  EXPECT_EQ(r(1, INFINITY, INFINITY), "infinite (1 to infinite)");
  EXPECT_EQ(r(-0.2, -0.001, 40), "-0.001 (-0.2 to 40)");
}

TEST(People, OneNumberShowsThree) {
  EXPECT_EQ(value(0.123456), "0.123");
  EXPECT_EQ(value(17648.2), "17,600");
  EXPECT_EQ(value(1960), "1960");
  EXPECT_EQ(value(1234567, 4), "1,235,000");
  EXPECT_EQ(value(-INFINITY), "minus infinite");
  EXPECT_EQ(value(NAN), "undefined");
  EXPECT_EQ(apart(0.5, 0.4999).second, "0.4999");
  EXPECT_EQ(apart(0.5, 0.5).second, "0.5");
}

// An entry is made from what it is, and told to the digits that it is worth.
TEST(People, EntriesOfTables) {
  using entente::ask::Entry;
  EXPECT_EQ(entry_said(Entry::number(340.127)), "340");
  EXPECT_EQ(entry_said(Entry::number(0.123456, 2)), "0.12");
  EXPECT_EQ(entry_said(Entry::number(12345.6, 4)), "12,350");
  EXPECT_EQ(entry_said(Entry::number(0.0714, "0.0714 (0.0035 %)")), "0.0714 (0.0035 %)");
  EXPECT_EQ(entry_said(Entry::percent(0.256, 1)), "25.6 %");
  EXPECT_EQ(Entry::percent(0.256).value, 25.6);
  EXPECT_EQ(entry_said(Entry("e.g.")), "e.g.");
  EXPECT_EQ(entry_said(Entry()), "");
  EXPECT_EQ(entry_said(Entry::yes_no(false)), "no");
  EXPECT_EQ(Entry::number(NAN).kind, Entry::Kind::missing);
  EXPECT_EQ(entry_said(Entry::number(INFINITY)), "none");
  EXPECT_EQ(Entry::missing("-", entente::ask::Reason::no_deal).reason, entente::ask::Reason::no_deal);
}

TEST(People, SharesAreNeverNoughtOrOne) {
  EXPECT_EQ(decimal(0.5561), "0.56");
  EXPECT_EQ(decimal(0.9999), "0.9999");
  EXPECT_EQ(decimal(0.9996), "0.9996");
  EXPECT_EQ(decimal(0.0003), "0.0003");
  EXPECT_EQ(percentage(1.2), "100 %");
}

TEST(People, CountsAndDates) {
  EXPECT_EQ(count(10000), "10,000");
  EXPECT_EQ(count(999), "999");
  EXPECT_EQ(counted(1, "number"), "1 number");
  EXPECT_EQ(date("2025-05-09"), "9 May 2025");
  EXPECT_EQ(date("2024-06"), "June 2024");
  EXPECT_EQ(date("2024"), "2024");
  EXPECT_EQ(date("2024-13-01"), "2024-13-01");
  EXPECT_EQ(date("2024-x5-01"), "2024-x5-01");
  EXPECT_EQ(date(""), "");
}
