// Formulas and conditions: precedence, places, units, undefined values.
#include "entente/number/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "entente/number/program.hpp"
#include "support/reading.hpp"

using namespace entente;
using namespace entente::number;
using tests::places;

namespace {

const std::map<std::string, std::pair<const char*, double>> world{
    {"x", {"USD/kcm", 100}},
    {"y", {"USD/kcm", 50}},
    {"z", {"USD/m^3", 0.2}},
    {"q", {"bcm/yr", 30}},
    {"s", {"", 0.25}},
    {"t", {"", -4}},
    {"u", {"USD/kcm", NAN}},
    {"zero", {"", 0}},
    {"pos2.limit.RUS", {"USD/kcm", 180}},
    {"brent", {"USD/bbl", 70}},
    {"a-b", {"", 7}},
    {"a", {"", 3}},
    {"b", {"", 2}},
    {"huge", {"", 1e300}},
    {"never", {"", INFINITY}},
};

struct Outcome {
  SourceMap sources;
  Diagnostics out;
  std::optional<Program> program;
  std::vector<double> slots;
  double value = NAN, margin = NAN;
  Truth truth = Truth::undefined;
};

Outcome run(const std::string& text) {
  Outcome r;
  const auto file = r.sources.add("e", text);
  const Expression e = parse_expression(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, r.out);
  const auto resolve = [&](const Term& t) -> std::optional<BoundName> {
    const auto it = world.find(t.name);
    if (it == world.end()) {
      r.out.error("E0000", t.span, "no such name");
      return std::nullopt;
    }
    r.slots.push_back(it->second.second);
    return BoundName{*parse_unit(it->second.first), static_cast<std::uint32_t>(r.slots.size() - 1)};
  };
  r.program = compile(e, resolve, r.out);
  if (!r.program) return r;
  if (r.program->is_condition()) r.truth = r.program->evaluate_truth(r.slots, r.margin);
  else r.value = r.program->evaluate(r.slots);
  return r;
}

double value(const std::string& text) {
  const Outcome r = run(text);
  EXPECT_TRUE(r.program.has_value()) << text << "\n" << render(r.out, r.sources);
  return r.value;
}
std::string truth(const std::string& text) {
  const Outcome r = run(text);
  EXPECT_TRUE(r.program.has_value()) << text << "\n" << render(r.out, r.sources);
  return r.truth == Truth::undefined ? "?" : r.truth == Truth::yes ? "yes" : "no";
}
double margin(const std::string& text) { return run(text).margin; }

}  // namespace

TEST(Expression, Precedence) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("10 - 4 - 3"), 3);
  EXPECT_EQ(value("100 / 10 / 5"), 2);
  EXPECT_EQ(value("-a * b"), -6);
  EXPECT_EQ(value("--a"), 3);
  EXPECT_EQ(value("2 - -a"), 5);
  EXPECT_EQ(value("2-1"), 1);
  EXPECT_EQ(value("a-b"), 7);    // a name
  EXPECT_EQ(value("a - b"), 1);  // a difference
  EXPECT_EQ(value("a- b"), 1);
  EXPECT_EQ(value("a -b"), 1);
  EXPECT_EQ(value("min(a,b,1)"), 1);
  EXPECT_EQ(value("max(a, b) + min(1,2)"), 4);
  EXPECT_EQ(value("abs(t)"), 4);
  EXPECT_EQ(value("sqrt(a + 1)"), 2);
  EXPECT_EQ(value("exp(zero) + log(1)"), 1);
  EXPECT_EQ(value("50 % * 8"), 4);
  EXPECT_EQ(truth("not a < b and b < a"), "yes");  // not (a < b), and (b < a)
  EXPECT_EQ(truth("a < b or a > b and b > a"), "no");
  EXPECT_EQ(truth("not (a < b or b < a)"), "no");
  EXPECT_EQ(truth("a between 1 and 5 and b between 1 and 5"), "yes");
  EXPECT_EQ(truth("a between 4 and 5 or b >= 2"), "yes");
}

TEST(Expression, PowersRootsAnglesAndChoices) {
  EXPECT_EQ(value("a ^ b"), 9);
  EXPECT_EQ(value("-a ^ 2"), -9);
  EXPECT_EQ(value("2 ^ 3 ^ 2"), 512);  // from the right
  EXPECT_EQ(value("2 ^ -1"), 0.5);
  EXPECT_NEAR(value("a ^ 0.5"), std::sqrt(3), 1e-15);
  EXPECT_TRUE(std::isnan(value("t ^ 0.5")));
  EXPECT_EQ(value("t ^ 3"), -64);
  EXPECT_TRUE(std::isnan(value("zero ^ -1")));
  EXPECT_EQ(run("x ^ 2").program->unit().text, "(USD/kcm)^2");
  EXPECT_NEAR(value("sqrt(x ^ 2) / x"), 1, 1e-15);
  EXPECT_EQ(truth("x ^ 2 > x * x"), "no");
  EXPECT_NEAR(value("sin(pi / 6) + cos(pi / 3) + tan(pi / 4)"), 2, 1e-15);
  EXPECT_EQ(value("if(a > b, a, b)"), 3);
  EXPECT_EQ(value("if(a > b and not b > 1, 1, 2)"), 2);
  EXPECT_NEAR(value("if(a < b, x, z)"), 200, 1e-12);  // in the unit of the first
  EXPECT_TRUE(std::isnan(value("if(u > x, 1, 2)")));
  EXPECT_EQ(margin("if(q > 20 bcm/yr, x, y) > 90 USD/kcm"), 10);  // the condition inside is no part of it
}

// Both sides are equal but for the rounding of what made them: pint issues 383 and 1908.
TEST(Expression, WhatIsEqualButForRoundingIsEqual) {
  EXPECT_EQ(truth("0.1 + 0.2 > 0.3"), "no");
  EXPECT_EQ(truth("0.1 + 0.2 <= 0.3"), "yes");
  EXPECT_EQ(margin("0.1 + 0.2 > 0.3"), 0);
  EXPECT_EQ(truth("0.1 + 0.2 between 0.3 and 1"), "yes");
  EXPECT_EQ(truth("not 0.1 + 0.2 > 0.3"), "yes");
  EXPECT_EQ(truth("10 % + 20 % >= 30 %"), "yes");
  EXPECT_EQ(truth("z * 3 / 3 >= z and z * 3 / 3 <= z"), "yes");
  EXPECT_EQ(truth("(x * q) / q <= x and (x * q) / q >= x"), "yes");
  EXPECT_EQ(truth("sqrt(s) * sqrt(s) >= s and exp(log(s)) <= s"), "yes");
  EXPECT_EQ(truth("s ^ 3 / s ^ 2 <= s"), "yes");
  EXPECT_EQ(truth("(s + 1e9) - 1e9 <= s"), "yes");  // what cancelled took digits with it
  EXPECT_EQ(truth("sin(a) ^ 2 + cos(a) ^ 2 >= 1 and sin(a) ^ 2 + cos(a) ^ 2 <= 1"), "yes");
  EXPECT_EQ(truth("1 / (0.1 + 0.2 - 0.3) > 0"), "?");  // divided by what is nought
  // What truly differs stays different.
  EXPECT_EQ(truth("s * 1.00000000001 > s"), "yes");
  // A price without bound is no rounding of a budget.
  EXPECT_EQ(truth("never > s"), "yes");
  EXPECT_EQ(truth("never <= huge"), "no");
  EXPECT_EQ(margin("never > s"), INFINITY);
  EXPECT_EQ(truth("-never < s and never * 2 >= never"), "yes");
  EXPECT_EQ(truth("1 + 1e-14 > 1"), "yes");
  EXPECT_EQ(truth("x > 99.9999999999 USD/kcm"), "yes");
}

TEST(Expression, UnitsConvertAndAreChecked) {
  EXPECT_NEAR(value("x + z"), 300, 1e-12);  // 0.2 USD/m3 = 200 USD/kcm
  EXPECT_NEAR(value("z + x"), 0.3, 1e-15);
  EXPECT_EQ(value("max(x, z)"), 200);
  EXPECT_EQ(truth("z > x"), "yes");
  EXPECT_NEAR(margin("z > x"), 0.1, 1e-15);
  EXPECT_EQ(run("x * q > 2 B USD/yr").program->margin_unit().text, "B USD/yr");  // the claim's own
  EXPECT_NEAR(margin("x * q > 2 B USD/yr"), 1, 1e-12);
  EXPECT_EQ(run("q * x / q > z").program->margin_unit().text, "USD/m^3");
  EXPECT_EQ(truth("x < 0.15 USD/m^3"), "yes");
  EXPECT_NEAR(margin("x < 0.15 USD/m^3"), 0.05, 1e-12);  // in the unit of the number written down
  EXPECT_EQ(truth("x > 0"), "yes");                      // a bare 0 has every unit
  EXPECT_EQ(truth("0 < x"), "yes");
  EXPECT_NEAR(margin("0 between x - 200 USD/kcm and z"), 0.1, 1e-12);  // in z's unit, the nearer end
  EXPECT_EQ(truth("s < 30 %"), "yes");
  EXPECT_NEAR(margin("s < 30 %"), 0.05, 1e-15);
  EXPECT_EQ(run("0.1275 bbl/MMBtu * brent").program->unit().text, "USD/MMBtu");
  EXPECT_EQ(run("x * q").program->unit().text, "USD*bcm/kcm/yr");
  EXPECT_NEAR(margin("pos2.limit.RUS < 1.5 * (x)"), -30, 1e-12);
  EXPECT_EQ(run("50 % * brent").program->unit().text, "USD/bbl");
  EXPECT_NEAR(value("exp(100 %)"), std::exp(1), 1e-15);
}

TEST(Expression, UndefinedValues) {
  EXPECT_TRUE(std::isnan(value("a / zero")));
  EXPECT_TRUE(std::isnan(value("log(t)")));
  EXPECT_TRUE(std::isnan(value("sqrt(t)")));
  EXPECT_TRUE(std::isnan(value("min(u, x)")));
  EXPECT_EQ(truth("u > x"), "?");
  EXPECT_EQ(truth("u > x or x > y"), "yes");
  EXPECT_EQ(margin("u > x or x > y"), 50);
  EXPECT_EQ(truth("u > x and x < y"), "no");
  EXPECT_EQ(margin("u > x and x < y"), -50);
  EXPECT_EQ(truth("u > x and x > y"), "?");
  EXPECT_TRUE(std::isnan(margin("u > x and x > y")));
  EXPECT_EQ(truth("not u > x"), "?");
  EXPECT_EQ(truth("u between x and y"), "?");
  EXPECT_EQ(truth("huge * huge > huge"), "yes");
}

TEST(Expression, MarginsOfMixedDimensionsAreSigns) {
  EXPECT_EQ(truth("x > y and q > 20 bcm/yr"), "yes");
  EXPECT_EQ(margin("x > y and q > 20 bcm/yr"), 1);
  EXPECT_EQ(margin("x > y and q > 40 bcm/yr"), -1);
  EXPECT_EQ(margin("x > y and z > 0 USD/kcm"), 50);
}

TEST(Expression, EveryTermKnowsItsPlace) {
  const std::string text = "a + b * a - 1";
  SourceMap sources;
  Diagnostics out;
  const auto file = sources.add("e", text);
  const auto e = parse_expression(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, out);
  std::string signs;
  for (const auto& t : e.terms) signs += std::string(sources.text(t.span)) + " ";
  EXPECT_EQ(signs, "a b a * + 1 - ");
  const std::string logic = "a < b or not a > b and a < 1";
  const auto file2 = sources.add("f", logic);
  const auto f = parse_expression(logic, {{file2, 0, static_cast<std::uint32_t>(logic.size())}, true}, out);
  signs.clear();
  for (const auto& t : f.terms) signs += std::string(sources.text(t.span)) + " ";
  EXPECT_EQ(signs, "a b < a b > not a 1 < and or ");
}

TEST(Expression, Modifiers) {
  const std::string text = "p.limit.RUS with reopen-europe without MNG without PoS-1";
  SourceMap sources;
  Diagnostics out;
  const auto file = sources.add("e", text);
  const auto e = parse_expression(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, out);
  ASSERT_TRUE(out.ok());
  const auto& m = e.terms.at(e.root).modifiers;
  ASSERT_EQ(m.size(), 3u);
  EXPECT_TRUE(m[0].with && !m[1].with && !m[2].with);
  EXPECT_EQ(m[0].name, "reopen-europe");
  EXPECT_EQ(sources.text(m[2].span), "PoS-1");
}

TEST(Expression, Refused) {
  struct Case {
    const char *text, *places, *marked, *hint;
  };
  const std::vector<Case> cases{
      {"", "E0230 1:1", "", "ends too early"},
      {"a +", "E0230 1:3", "+", "expected a number or a name behind this"},
      {"(a + b", "E0230 1:1", "(", "not closed"},
      {"a + b)", "E0230 1:6", ")", "something follows"},
      {"a < b < a", "E0230 1:7", "< a", "write `x between a and b`"},
      {"a = b", "E0230 1:3", "= b", "quantities are compared with"},
      {"a == b", "E0230 1:3", "== b", "quantities are compared with"},
      {"a != b", "E0230 1:3", "!= b", "quantities are compared with"},
      {"a ≤ b", "E0230 1:3", "≤", "write `<=`"},
      {"−a", "E0230 1:1", "−", "write `-`"},
      {"a < b && b < a", "E0230 1:7", "&& b < a", "write `and`"},
      {"a < b || b < a", "E0230 1:7", "|| b < a", "write `or`"},
      {"a is above b", "E0230 1:3", "is above b", "write `>`"},
      {"a exceeds b", "E0230 1:3", "exceeds b", "write `>`"},
      {"a ** 2", "E0230 1:4", "*", "a number or a name is expected"},
      {"!a", "E0230 1:1", "!", "write `not`"},
      {"2 q", "E0230 1:3", "q", "a product is written `2 * q`"},
      {"5 to 10", "E0230 1:3", "to", "a range is a number of its own"},
      {"5 B m³/yr", "E0230 1:3", "B", "write `B m3/yr`"},
      {"ln(a)", "E0230 1:1", "ln", "write `log`"},
      {"a between 8 and 6", "E0209 1:3", "between", "write the lower end first"},
      {"x between 1 USD/m^3 and 2 * 300 USD/kcm", "E0209 1:3", "between", "nothing lies between them"},
      {"if(a, 1, 2)", "E0241 1:4", "a", "`if` takes a condition first"},
      {"if(a < b, x, q)", "E0240 1:14", "q", "`if` joins"},
      {"if(a < b, 1)", "E0230 1:1", "if", "a condition and two numbers"},
      {"x ^ a", "E0242 1:3", "^", "a number written down"},
      {"x ^ 0.5", "E0242 1:3", "^", "has no unit"},
      {"a ^ x", "E0240 1:5", "x", "a power is a plain number"},
      {"a and", "E0230 1:5", "d", "ends too early"},
      {"and a", "E0230 1:1", "and", "joins two of them"},
      {"a between 1", "E0230 1:12", "", "`between` needs two ends"},
      {"x with", "E0230 1:7", "", "needs a name"},
      {"sec(a)", "E0230 1:1", "sec", "known are min, max, abs"},
      {"min(a)", "E0230 1:1", "min", "at least two"},
      {"abs(a, b)", "E0230 1:1", "abs", "takes one number"},
      {"5 bcn", "E0230 1:3", "bcn", "did you mean `bcm`?"},
      {"5 %x", "E0230 1:3", "%", "does not belong here"},
      {"13,6 + 1", "E0201 1:1", "13,6", "write `13.6`"},
      {"x + q", "E0240 1:5", "q", "`+` joins US dollars per volume and volume per time"},
      {"x < q", "E0240 1:5", "q", "a comparison joins"},
      {"x < 5", "E0240 1:5", "5", "write its unit: USD/kcm"},
      {"x < 5 USD/MMBtu", "E0240 1:5", "5 USD/MMBtu", "35.3 MMBtu/kcm"},
      {"min(x, q)", "E0240 1:8", "q", "a function joins"},
      {"exp(x)", "E0240 1:5", "x", "exp and log take a plain number"},
      {"sqrt(x)", "E0242 1:1", "sqrt", "has no unit"},
      {"a and a < b", "E0241 1:1", "a", "join conditions"},
      {"not a", "E0241 1:5", "a", "join conditions"},
      {"(a < b) + 1", "E0241 1:4", "<", "a number is expected"},
      {"x + nope + zip", "E0000 1:5; E0000 1:12", "nope", "no such name"},
  };
  for (const auto& c : cases) {
    const Outcome r = run(c.text);
    const std::string said = render(r.out, r.sources);
    EXPECT_FALSE(r.program.has_value()) << c.text;
    EXPECT_EQ(places(r.out, r.sources), c.places) << c.text << "\n" << said;
    ASSERT_FALSE(r.out.ok());
    const auto& d = r.out.all().front();
    EXPECT_EQ(r.sources.text(d.span), c.marked) << said;
    EXPECT_NE((d.message + "\n" + d.label + "\n" + d.hint).find(c.hint), std::string::npos) << said;
  }
}

TEST(Expression, DepthAndLengthAreLimited) {
  const auto nested = [](std::size_t n) { return std::string(n, '(') + "a" + std::string(n, ')'); };
  EXPECT_EQ(value(nested(199)), 3);
  EXPECT_EQ(places(run(nested(202)).out, run(nested(202)).sources), "E0230 1:202");
  EXPECT_FALSE(run(nested(40'000)).program);
  EXPECT_FALSE(run(std::string(50'000, '-') + "a").program);
  std::string sum = "a", nots;
  for (int i = 0; i < 900; ++i) sum += " + a";
  EXPECT_EQ(value(sum), 2703);
  for (int i = 0; i < 2'000; ++i) sum += " + a";
  EXPECT_FALSE(run(sum).program);
  for (int i = 0; i < 10'000; ++i) nots += "not ";
  EXPECT_FALSE(run(nots + "a < b").program);
  std::string product = "x";
  for (int i = 0; i < 900; ++i) product += " * x";
  const Outcome r = run(product);
  EXPECT_EQ(r.out.all().at(0).code, "E0243");
  EXPECT_FALSE(run("a" + std::string(100'001, ' ')).program);
}

TEST(Expression, ResultInTheUnitOfItsPlace) {
  SourceMap sources;
  Diagnostics out;
  const auto file = sources.add("e", "2 * p");
  const auto e = parse_expression("2 * p", {{file, 0, 5}, true}, out);
  const auto resolve = [](const Term&) { return std::optional(BoundName{*parse_unit("USD/m^3"), 0}); };
  const auto program = compile_to(e, *parse_unit("USD/kcm"), resolve, out);
  ASSERT_TRUE(program);
  const double slot = 0.1;
  EXPECT_NEAR(program->evaluate({&slot, 1}), 200, 1e-10);
  EXPECT_FALSE(compile_to(e, *parse_unit("USD"), resolve, out));
  EXPECT_EQ(out.all().at(0).code, "E0240");
}
