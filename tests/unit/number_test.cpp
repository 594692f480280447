// One number from its text: every form of the language, every refusal with its code, place and hint.
#include "entente/number/number.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "support/reading.hpp"

using namespace entente;
using namespace entente::number;
using tests::places;

namespace {

struct Parsed {
  SourceMap sources;
  Diagnostics out;
  std::optional<Number> number;
  std::string said() const { return render(out, sources); }
};

Unit unit(std::string_view text) { return *parse_unit(text); }

Parsed parse(const std::string& text, const Expected& expected) {
  Parsed p;
  const auto file = p.sources.add("n", text);
  p.number = parse_number(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, expected, p.out);
  return p;
}

const Expected price{.unit = unit("USD/kcm"), .domain = Domain::real()};
const Expected quantity{.unit = unit("bcm/yr"), .domain = Domain::positive()};
const Expected share{.domain = Domain::share()};
const Expected tie{.domain = Domain::tie()};
const Expected negative{.domain = Domain::negative()};
const Expected chance{.domain = Domain::share(), .chance_allowed = true};
const Expected driver{.unit_known = false, .domain_known = false};

Distribution of(const std::string& text, const Expected& e) {
  const Parsed p = parse(text, e);
  EXPECT_TRUE(p.number.has_value()) << text << "\n" << p.said();
  EXPECT_TRUE(p.out.all().empty()) << p.said();
  return p.number ? p.number->distribution : Distribution::fixed(std::nan(""));
}

constexpr double z95 = 1.6448536269514722;

}  // namespace

TEST(Number, Fixed) {
  EXPECT_EQ(of("38", quantity).median(), 38);
  EXPECT_EQ(of("38 bcm/yr", quantity).median(), 38);
  EXPECT_DOUBLE_EQ(of("1.5e1 bcm/yr", quantity).median(), 15);
  EXPECT_NEAR(of("1 bcm/month", quantity).median(), 12, 1e-12);
  EXPECT_DOUBLE_EQ(of("-3 USD/kcm", price).median(), -3);
  EXPECT_DOUBLE_EQ(of("+3", price).median(), 3);
  EXPECT_DOUBLE_EQ(of("12 %", share).median(), 0.12);
  EXPECT_TRUE(of("12 %", share).is_fixed());
}

TEST(Number, IntervalsAreNinetyPercentAndTheFamilyFollowsFromTheDomain) {
  const auto log = of("13.6 to 35", quantity);
  EXPECT_EQ(log.family(), Family::lognormal);
  EXPECT_NEAR(log.quantile(0.05), 13.6, 1e-12);
  EXPECT_NEAR(log.quantile(0.95), 35, 1e-12);
  EXPECT_NEAR(log.median(), std::sqrt(13.6 * 35), 1e-12);
  const auto normal = of("-10 to 30 USD/kcm", price);
  EXPECT_EQ(normal.family(), Family::normal);
  EXPECT_NEAR(normal.median(), 10, 1e-12);
  EXPECT_NEAR(normal.quantile(0.84134474606854293), 10 + 20 / z95, 1e-9);
  const auto mirror = of("-0.8 to -0.3", negative);
  EXPECT_EQ(mirror.family(), Family::negative_lognormal);
  EXPECT_NEAR(mirror.median(), -std::sqrt(0.24), 1e-12);
  const auto squeezed = of("0.4 to 0.8", tie);
  EXPECT_EQ(squeezed.family(), Family::probit);
  EXPECT_NEAR(squeezed.quantile(0.05), 0.4, 1e-12);
  EXPECT_NEAR(squeezed.quantile(0.95), 0.8, 1e-12);
  EXPECT_EQ(of("8 to 12 %", {.domain = Domain::positive()}).family(), Family::lognormal);
}

TEST(Number, FiveToNinetyFivePercentOfAShareIsExactlyUniform) {
  const auto d = of("5 to 95 %", share);
  for (double u = 0.001; u < 1; u += 0.001) EXPECT_NEAR(d.quantile(u), u, 1e-14);
}

TEST(Number, LikelyIsATwoPieceNormalWithItsModeAndBothTails) {
  // On the scale y: density 2/(s1+s2) phi((y-m)/s) with s1 left and s2 right of the mode m.
  const auto d = of("5 to 10 likely 6", {.domain = Domain::real()});
  EXPECT_EQ(d.family(), Family::two_piece);
  EXPECT_NEAR(d.quantile(0.05), 5, 1e-12);
  EXPECT_NEAR(d.quantile(0.95), 10, 1e-12);
  const double h = 1e-4;
  const auto density = [&](double x) { return (d.cdf(x + h) - d.cdf(x - h)) / (2 * h); };
  for (double x = 4.5; x < 10; x += 0.01)
    if (std::abs(x - 6) > 0.02) {
      EXPECT_LT(density(x), density(6)) << x;
    }
  // Continuous at the mode, and each half a half normal: P(below m) = s1 / (s1 + s2).
  const double w = d.cdf(6), s1 = (6 - d.quantile(w / 2)) / 0.67448975019608171;
  const double s2 = (d.quantile(w + (1 - w) / 2) - 6) / 0.67448975019608171;
  EXPECT_NEAR(w, s1 / (s1 + s2), 1e-9);
  const auto log = of("5 to 10 likely 7", quantity);
  EXPECT_NEAR(log.quantile(0.05), 5, 1e-12);
  EXPECT_NEAR(log.quantile(0.95), 10, 1e-12);
  const auto part = of("10 to 60 likely 20 %", share);
  EXPECT_NEAR(part.quantile(0.05), 0.1, 1e-12);
  EXPECT_NEAR(part.quantile(0.95), 0.6, 1e-12);
  // A mode in the middle is the plain interval.
  const auto middle = of("5 to 10 likely 7.5", {.domain = Domain::real()});
  const auto plain = of("5 to 10", {.domain = Domain::real()});
  for (double u = 0.01; u < 1; u += 0.01) EXPECT_NEAR(middle.quantile(u), plain.quantile(u), 1e-9);
}

// Nowhere does a window of equal width hold more than about the likely value, and nine in ten lie between the ends.
TEST(Number, TheLikelyValueIsTheLikeliest) {
  struct Case {
    const char* text;
    Expected expected;
    double low, mode, high;
    bool kept;
  };
  for (const auto& c : std::vector<Case>{{"5 to 10 likely 7", quantity, 5, 7, 10, true},
                                         {"1 to 10 likely 4", quantity, 1, 4, 10, true},
                                         {"2 to 9 likely 2.5", quantity, 2, 2.5, 9, true},
                                         {"10 to 60 likely 20 %", share, 0.1, 0.2, 0.6, true},
                                         {"40 to 97 likely 80 %", share, 0.4, 0.8, 0.97, true},
                                         {"-9 to -2 likely -4", negative, -9, -4, -2, true},
                                         {"-0.2 to 0.9 likely 0.3", tie, -0.2, 0.3, 0.9, true},
                                         {"1 to 100 likely 10", quantity, 1, 10, 100, false},
                                         {"1 to 60 likely 30 %", share, 0.01, 0.3, 0.6, false}}) {
    const Parsed p = parse(c.text, c.expected);
    ASSERT_TRUE(p.number) << c.text << p.said();
    EXPECT_EQ(p.out.warnings(), c.kept ? 0u : 1u) << p.said();
    const auto& d = p.number->distribution;
    if (c.kept) {
      EXPECT_NEAR(d.quantile(0.05), c.low, 1e-11 * std::abs(c.high - c.low)) << c.text;
      EXPECT_NEAR(d.quantile(0.95), c.high, 1e-11 * std::abs(c.high - c.low)) << c.text;
    }
    EXPECT_GE(d.lower(), c.expected.domain.lo);
    EXPECT_LE(d.upper(), c.expected.domain.hi);
    const double from = d.quantile(0.001), to = d.quantile(0.999);
    for (const double width : {0.02, 0.1}) {
      const double w = width * (to - from);
      const auto window = [&](double x) { return d.cdf(x + w / 2) - d.cdf(x - w / 2); };
      for (double x = from; x < to; x += 0.01 * (to - from)) {
        // The best window holds the likely value, though it need not lie about its middle.
        const double best = std::max({window(c.mode), window(c.mode - w / 2), window(c.mode + w / 2)});
        EXPECT_LE(window(x), best * 1.05) << c.text << " at " << x;
      }
    }
    EXPECT_GT((d.cdf(c.mode + 1e-5) - d.cdf(c.mode - 1e-5)) / 2e-5, (d.cdf(from + 1e-5) - d.cdf(from - 1e-5)) / 2e-5);
  }
}

TEST(Number, ASpreadInPercentIsOneOfTheValueForALognormal) {
  EXPECT_NEAR(of("lognormal(5, 20 %)", driver).cdf(6), 0.5 * std::erfc(-std::log(1.2) / 0.2 / std::sqrt(2)), 1e-12);
  EXPECT_NEAR(of("lognormal(5 USD, 20 %)", driver).median(), 5, 1e-12);
  EXPECT_NEAR(of("2 +- 0.9 %", driver).cdf(0), 0.5 * std::erfc(2 / 0.9 / std::sqrt(2)), 1e-12);  // a percentage
  EXPECT_NEAR(of("normal(4, 1)", driver).quantile(1e-6), 4 - 4.7534243088229, 1e-9);             // never cut by itself
}

TEST(Number, AFamilyThatChangesAtNoughtIsSaid) {
  const auto warned = [](const char* text) { return parse(text, driver).out.warnings(); };
  EXPECT_EQ(warned("-0.1 to 5 %"), 1u);
  EXPECT_EQ(warned("-5 to 0.1"), 1u);
  EXPECT_EQ(warned("-5 to 4"), 0u);
  EXPECT_EQ(warned("0.1 to 5 %"), 0u);
  EXPECT_EQ(warned("-0.1 to 5 % in any"), 0u);
  EXPECT_EQ(parse("-0.1 to 5", price).out.warnings(), 0u);  // a place with a domain of its own
}

TEST(Number, AChanceWithHardEnds) {
  const auto p = parse(
      "between 0 and 10 % chance",
      driver.chance_allowed ? driver : Expected{.unit_known = false, .domain_known = false, .chance_allowed = true});
  ASSERT_TRUE(p.number) << p.said();
  EXPECT_TRUE(p.number->chance);
  EXPECT_NEAR(p.number->distribution.quantile(0.5), 0.05, 1e-12);
}

TEST(Number, ValuesNearABoundAreNotToldAsTheBound) {
  EXPECT_EQ(show_inside(99.9967, 0, 100), "99.9967");
  EXPECT_EQ(show_inside(99.5, 0, 100), "99.5");
  EXPECT_EQ(show_inside(100, 0, 100), "100");
  EXPECT_EQ(show_inside(0.99968, 0, 1), "0.99968");
  const auto d = of("99.99 to 99.999 %", driver);
  EXPECT_EQ(d.describe(100).find("100 ("), std::string::npos) << d.describe(100);
  EXPECT_NE(d.describe(100).find("99.99 to 99.999"), std::string::npos) << d.describe(100);
}

TEST(Number, HardEndsAndNamedDistributions) {
  const auto uniform = of("between 3 and 8", quantity);
  EXPECT_EQ(uniform.family(), Family::uniform);
  EXPECT_NEAR(uniform.quantile(0.3), 4.5, 1e-12);
  EXPECT_EQ(uniform.lower(), 3);
  EXPECT_GT(of("between 0 and 8", quantity).quantile(0), 0);  // the place's bound itself is never drawn
  const auto normal = of("10 +- 2", price);
  EXPECT_NEAR(normal.quantile(0.97724986805182079), 14, 1e-9);
  const auto cut = of("2 +- 2", quantity);
  EXPECT_GT(cut.quantile(1e-12), 0);
  EXPECT_NEAR(cut.cdf(2), 0.5 - 0.15865525393145707 + 0, 0.19);  // renormalised over the part above 0
  EXPECT_NEAR(cut.cdf(2), (0.5 - 0.15865525393145707) / (1 - 0.15865525393145707), 1e-12);
  EXPECT_NEAR(of("normal(0, 1)", price).quantile(0.95), z95, 1e-12);
  EXPECT_NEAR(of("lognormal(10, 0.5)", quantity).quantile(0.95), 10 * std::exp(0.5 * z95), 1e-11);
  const auto triangle = of("triangular(1,2,4)", quantity);
  EXPECT_NEAR(triangle.cdf(2), 1.0 / 3, 1e-12);
  EXPECT_NEAR(triangle.median(), 4 - std::sqrt(3), 1e-12);
  EXPECT_NEAR(of("beta(2, 5)", share).cdf(0.3), 0.579825, 1e-6);  // 1 - 0.7^6 - 6 0.3 0.7^5 = 0.579825
  EXPECT_NEAR(of("beta(2, 5, 10, 20) bcm/yr", quantity).cdf(13), 0.579825, 1e-6);
  EXPECT_NEAR(of("beta(2, 5) %", share).cdf(0.003), 0.579825, 1e-6);
  EXPECT_NEAR(of("uniform(3, 8)", quantity).median(), 5.5, 1e-12);
  const auto choice = of("choice(3: 70 %, 1: 30 %)", quantity);
  EXPECT_EQ(choice.quantile(0.299), 1);
  EXPECT_EQ(choice.quantile(0.301), 3);
  EXPECT_EQ(of("choice(0 USD/kcm: 0.25, 5 USD/kcm: 0.75)", price).quantile(0.26), 5);
}

TEST(Number, Chances) {
  const auto p = parse("30 % chance", chance);
  ASSERT_TRUE(p.number) << p.said();
  EXPECT_TRUE(p.number->chance);
  EXPECT_DOUBLE_EQ(p.number->distribution.median(), 0.3);
  const auto q = parse("50 to 80 % chance @ft-2024/B2", chance);
  ASSERT_TRUE(q.number) << q.said();
  EXPECT_TRUE(q.number->chance);
  EXPECT_NEAR(q.number->distribution.quantile(0.05), 0.5, 1e-12);
  EXPECT_EQ(q.number->citation->source, "ft-2024");
  EXPECT_EQ(q.number->citation->grade, "B2");
}

TEST(Number, ReferencesFormulasAndCitations) {
  const auto r = parse("china-demand @ft", quantity);
  ASSERT_TRUE(r.number) << r.said();
  EXPECT_EQ(r.number->form, Form::reference);
  EXPECT_EQ(r.number->reference, "china-demand");
  EXPECT_EQ(r.sources.text(r.number->citation->span), "@ft");
  EXPECT_EQ(parse("between_x", quantity).number->form, Form::reference);
  EXPECT_EQ(parse("between-x", quantity).number->form, Form::reference);
  const auto f = parse("= 0.1275 bbl/MMBtu * brent @ft", driver);
  ASSERT_TRUE(f.number) << f.said();
  EXPECT_EQ(f.number->form, Form::formula);
  EXPECT_EQ(f.number->text, "= 0.1275 bbl/MMBtu * brent");
  EXPECT_FALSE(parse("38 @a", quantity).number->citation->grade.size());
}

TEST(Number, DriversTakeUnitAndDomainFromTheText) {
  const auto domain = [](const char* text) { return parse(text, driver).number->domain.describe(); };
  EXPECT_EQ(domain("60 to 85 USD/bbl"), "above 0");
  EXPECT_EQ(domain("10 to 20 %"), "from 0 to 1");
  EXPECT_EQ(domain("-5 to 5"), "any number");
  EXPECT_EQ(domain("-5 to -1"), "below 0");
  EXPECT_EQ(domain("between 0 and 5"), "at least 0");
  EXPECT_EQ(domain("150 %"), "above 0");
  EXPECT_EQ(domain("3 +- 2"), "any number");
  EXPECT_EQ(domain("5 +- 2"), "any number");
  EXPECT_EQ(domain("normal(10, 2) USD"), "any number");
  EXPECT_EQ(domain("0.1 to 0.9"), "from 0 to 1");
  EXPECT_EQ(domain("0.1 to 1.9"), "above 0");
  EXPECT_EQ(domain("0.1 to 0.9 USD"), "above 0");
  EXPECT_EQ(domain("0.1 to 0.9 in positive"), "above 0");
  EXPECT_EQ(domain("5 to 10 in any"), "any number");
  EXPECT_EQ(domain("20 to 40 % in 0 to 60"), "from 0 to 0.6");
  EXPECT_EQ(parse("60 to 85 USD/bbl", driver).number->unit.text, "USD/bbl");
  EXPECT_EQ(parse("6.8 to 8.2 MMBtu/MWh", driver).number->unit.text, "MMBtu/MWh");  // a plain number, told as written
  EXPECT_NEAR(of("6.8 to 8.2 MMBtu/MWh", driver).quantile(0.95), 8.2, 1e-12);
  EXPECT_TRUE(parse("10 to 20 %", driver).number->percent);
  EXPECT_FALSE(parse("choice(1: 30 %, 2: 70 %)", driver).number->percent);  // the shares are, not the values
  EXPECT_DOUBLE_EQ(of("12 to 120 %", driver).quantile(0.95), 1.2);
}

TEST(Number, RefusalsWithCodePlaceAndHint) {
  struct Case {
    const char* text;
    Expected expected;
    const char *places, *marked, *hint;
  };
  const std::vector<Case> cases{
      {"13,600", quantity, "E0201 1:1", "13,600", "write `13600`"},
      {"13,600.5 bcm/yr", quantity, "E0201 1:1", "13,600.5", "write `13600.5`"},
      {"1,234,567", quantity, "E0201 1:1", "1,234,567", "write `1234567`"},
      {"13,6", quantity, "E0201 1:1", "13,6", "write `13.6`, with a point"},
      {"5 to 13,6", quantity, "E0201 1:6", "13,6", "write `13.6`"},
      {"1.234,5", quantity, "E0201 1:1", "1.234,5", "write `1234.5`"},
      {"-.5", price, "E0201 1:1", "-.5", "write `-0.5`"},
      {".5", price, "E0201 1:1", ".5", "write `0.5`"},
      {"5.", price, "E0201 1:1", "5.", "digits are missing behind the point"},
      {"1.2.3", price, "E0201 1:1", "1.2.", "two points"},
      {"1_000", price, "E0201 1:1", "1_", "write it out"},
      {"0x10", price, "E0201 1:1", "0x", "write it out"},
      {"1 000", price, "E0202 1:3", "000", "digits are written together"},
      {"nan", price, "E0201 1:1", "nan", "every number is finite"},
      {"NaN", price, "E0201 1:1", "NaN", "every number is finite"},
      {"-inf", price, "E0201 1:1", "-inf", "`-inf` is no number"},
      {"Infinity", price, "E0201 1:1", "Infinity", "every number is finite"},
      {"1e999", price, "E0201 1:1", "1e999", "beyond what a number can hold"},
      {"1e101", price, "E0201 1:1", "1e101", "taken for a slip"},
      {"5 to 3", quantity, "E0209 1:1", "5 to 3", "write `3 to 5`"},
      {"5 to 5", quantity, "E0207 1:1", "5 to 5", "write `5` alone"},
      {"5 to", quantity, "E0202 1:4", "o", "a number is missing"},
      {"5 to 10 likely 12", quantity, "E0207 1:1", "5 to 10 likely 12", "between 5 and 10"},
      {"5 likely 7", quantity, "E0202 1:3", "likely 7", "follows an interval"},
      {"0 to 10", quantity, "E0207 1:1", "0 to 10", "`between 0 and 10` has hard ends"},
      {"0 to 50 %", share, "E0207 1:1", "0 to 50 %", "`between 0 and 50 %`"},
      {"50 to 100 %", share, "E0207 1:1", "50 to 100 %", "`between 50 and 100 %`"},
      {"-5 to 10", quantity, "E0207 1:1", "-5 to 10", "this place takes above 0"},
      {"0", quantity, "E0211 1:1", "0", "this place takes above 0"},
      {"120 %", share, "E0211 1:1", "120 %", "from 0 to 1"},
      {"between 3", quantity, "E0202 1:10", "", "between 3 and 8"},
      {"between 8 and 3", quantity, "E0207 1:1", "between 8 and 3", "write `between 3 and 8`"},
      {"between -1 and 3", quantity, "E0211 1:1", "between -1 and 3", "this place takes above 0"},
      {"10 +- 0", quantity, "E0207 1:1", "10 +- 0", "a standard deviation is above 0"},
      {"-10 +- 2", quantity, "E0207 1:1", "-10 +- 2", "most of this distribution lies outside"},
      {"5 USD", quantity, "E0206 1:3", "USD", "expected `bcm/yr`, volume per time"},
      {"5 MMBtu/yr", quantity, "E0206 1:3", "MMBtu/yr", "heating value"},
      {"5 USD/MMBtu", price, "E0206 1:3", "USD/MMBtu", "35.3 MMBtu/kcm"},
      {"5 bcn/yr", quantity, "E0205 1:3", "bcn/yr", "did you mean `bcm`?"},
      {"5 bcm/years", quantity, "E0205 1:3", "bcm/years", "write `yr`"},
      {"13 billion USD",
       {.unit = unit("B USD"), .domain = Domain::positive()},
       "E0205 1:4",
       "billion",
       "such as `B USD`"},
      {"5 bcm/yr to 10 kcm/yr", quantity, "E0205 1:16", "kcm/yr", "one number in two units"},
      {"5-10", quantity, "E0202 1:2", "-10", "an interval is written `5 to 10`"},
      {"5 – 10", quantity, "E0202 1:3", "– 10", "an interval is written `5 to 10`"},
      {"5 ± 1", quantity, "E0202 1:3", "± 1", "write `+-`"},
      {"5 +/- 1", quantity, "E0202 1:3", "+/- 1", "write `+-`"},
      {"5\u00a0to 10", quantity, "E0202 1:2", "\u00a0", "a no-break space (U+00A0) stands here"},
      {"12\u202f345", quantity, "E0202 1:3", "\u202f", "a narrow no-break space"},
      {"−5", price, "E0201 1:1", "−5", "write `-5`"},
      {"5 to −3", price, "E0201 1:6", "−3", "write `-3`"},
      {"٣٤", quantity, "E0201 1:1", "٣٤", "write `34`"},
      {"１２", quantity, "E0201 1:1", "１２", "write `12`"},
      {"5 B m³/yr", quantity, "E0205 1:3", "B m³/yr", "write `B m3/yr`"},
      {"5 €", driver, "E0205 1:3", "€", "write `EUR`"},
      {"$5", driver, "E0201 1:1", "$5", "write `5 USD`"},
      {"5 $", driver, "E0205 1:3", "$", "write `USD`"},
      {"5 TO 10", driver, "E0205 1:3", "TO", "write `to`"},
      {"5 k people", driver, "E0205 1:3", "k people", "write `k persons`"},
      {"5 B XYZ/yr", driver, "E0205 1:3", "B XYZ/yr", "no unit that is known here"},
      {"5 to 10 (World Bank)", driver, "E0202 1:9", "(World Bank)", "follows as `@name`"},
      {"5; 10", driver, "E0202 1:2", "; 10", "one number stands here"},
      {"100 +- 10 %", driver, "E0213 1:11", "%", "write `100 +- 10`, or `100 % +- 10 %`"},
      {"250 +- 4 %", driver, "E0213 1:10", "%", "`250 +- 10`"},
      {"normal(100, 10 %)", driver, "E0213 1:16", "%", "`normal(100, 10)`, or `normal(100 %, 10 %)`"},
      {"60 USD/bbl +- 10 %", driver, "E0205 1:18", "%", "written out"},
      {"lognormal(5, 20 USD)", driver, "E0206 1:17", "USD", "has no unit"},
      {"95 to 100 %", driver, "E0207 1:1", "95 to 100 %", "`between 95 and 100 %` has hard ends"},
      {"5 to 10 in any", quantity, "E0214 1:9", "in any", "leave `in` out"},
      {"5 to 10 in most", driver, "E0214 1:12", "most", "`any`, `positive`"},
      {"2 * brent", quantity, "E0202 1:3", "* brent", "a formula begins with `=`"},
      {"brent * 2", quantity, "E0202 1:1", "brent * 2", "a formula begins with `=`"},
      {"some words", quantity, "E0202 1:1", "some words", "neither a number nor a driver's name"},
      {"", quantity, "E0202 1:1", "", "a number is missing"},
      {"38 @", quantity, "E0203 1:4", "@", "such as @ft-2024"},
      {"38 @a @b", quantity, "E0202 1:4", "@a", "one number has one source"},
      {"38 @a/G1", quantity, "E0204 1:4", "@a/G1", "such as B2"},
      {"38 @a/", quantity, "E0204 1:4", "@a/", "such as B2"},
      {"30 % chance", share, "E0208 1:6", "chance", "leave `chance` out"},
      {"0 to 10 % chance", chance, "E0207 1:1", "0 to 10 % chance", "`between 0 and 10 % chance` has hard ends"},
      {"130 % chance", chance, "E0202 1:1", "130 % chance", "a chance lies from 0 to 100 %"},
      {"30 chance", chance, "E0202 1:1", "30 chance", "is a `%` missing?"},
      {"5 USD chance", chance, "E0206 1:3", "USD", "a chance is a share"},
      {"normal(1)", price, "E0212 1:1", "normal(1)", "normal(mean, standard deviation)"},
      {"normal(1, -2)", price, "E0212 1:1", "normal(1, -2)", "a standard deviation is above 0"},
      {"lognormal(-1, 1)", quantity, "E0212 1:1", "lognormal(-1, 1)", "a median above 0"},
      {"triangular(3, 2, 1)", price, "E0212 1:1", "triangular(3, 2, 1)", "in this order"},
      {"traingular(1, 2, 3)", price, "E0212 1:1", "traingular", "did you mean `triangular`?"},
      {"triangular(1, 2", price, "E0202 1:11", "(", "a value with commas needs quotes"},
      {"choice(1, 2)", price, "E0202 1:9", ",", "choice(1: 30 %, 2: 70 %)"},
      {"choice(1: 30 %, 2: 60 %)", price, "E0212 1:1", "choice(1: 30 %, 2: 60 %)", "the shares add up to 90 %"},
      {"choice(-1: 30 %, 2: 70 %)", quantity, "E0212 1:1", "choice(-1: 30 %, 2: 70 %)", "-1 lies outside"},
      {"beta(0, 1)", share, "E0212 1:1", "beta(0, 1)", "two shapes"},
      {"\342\202\2545", driver, "E0201 1:1", "\342\202\2545", "write `5 EUR`"},
      {"\302\24320", driver, "E0201 1:1", "\302\24320", "write `20 GBP`"},
      {"5 to \342\202\2717", driver, "E0201 1:6", "\342\202\2717", "write `7 INR`"},
      {"~5", driver, "E0201 1:1", "~5", "a range, such as `4 to 6`"},
      {"about 5", driver, "E0202 1:1", "about 5", "a range, such as `4 to 6`"},
      {"<5", driver, "E0201 1:1", "<5", "between 0 and 5"},
      {"5..10", driver, "E0201 1:1", "5.", "an interval is written `5 to 10`"},
      {"5 \xc3\x97 10^3", driver, "E0202 1:3", "\xc3\x97 10^3", "5e3"},
      {"5 mn USD", driver, "E0205 1:3", "mn", "`M USD`"},
      {"= 1 +", driver, "E0230 1:5", "+", "expected a number or a name behind this"},
  };
  for (const auto& c : cases) {
    const Parsed p = parse(c.text, c.expected);
    EXPECT_FALSE(p.number.has_value()) << c.text;
    ASSERT_EQ(p.out.errors(), 1u) << c.text << "\n" << p.said();
    const auto& d = p.out.all().front();
    EXPECT_EQ(places(p.out, p.sources), c.places) << p.said();
    EXPECT_EQ(p.sources.text(d.span), c.marked) << p.said();
    EXPECT_NE((d.message + "\n" + d.label + "\n" + d.hint).find(c.hint), std::string::npos) << p.said();
  }
}

TEST(Number, AQuotedPlaceIsPointedAtAsAWhole) {
  SourceMap sources;
  const auto file = sources.add("n", "\"5 to 3\"");
  Diagnostics out;
  EXPECT_FALSE(parse_number("5 to 3", {{file, 0, 8}, false}, quantity, out));
  EXPECT_EQ(sources.text(out.all().at(0).span), "\"5 to 3\"");
}

TEST(Number, NamesAndShownNumbers) {
  for (const char* good : {"a", "PoS-2", "x_1", "Z9"}) EXPECT_TRUE(is_name(good)) << good;
  for (const char* bad : {"", "1a", "-a", "a-", "a.b", "a b", "ä", "_a"}) EXPECT_FALSE(is_name(bad)) << bad;
  EXPECT_FALSE(is_name(std::string(101, 'a')));
  EXPECT_EQ(show(0), "0");
  EXPECT_EQ(show(-0.0), "0");
  EXPECT_EQ(show(1234567, 4), "1235000");
  EXPECT_EQ(show(0.1), "0.1");
  EXPECT_EQ(show(-71.4142), "-71.41");
  EXPECT_EQ(show(99999, 4), "100000");
  EXPECT_EQ(show(0.00012345), "0.0001235");
  EXPECT_EQ(show(0.000099999, 3), "0.0001");
  EXPECT_EQ(show(1e9), "1000000000");
  EXPECT_EQ(show(1.5e12), "1.5e12");
  EXPECT_EQ(show(2e-9), "2e-9");
  EXPECT_EQ(show(1e300), "1e300");
  EXPECT_EQ(show(std::nan("")), "undefined");
  EXPECT_EQ(show(-INFINITY), "minus infinite");
}
