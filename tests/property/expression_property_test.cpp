// Random formulas and conditions, printed, read and evaluated, against an evaluator that knows nothing of the parser or
// the compiler: numbers in base units, truth as min and max over {0, 1/2, 1} (Kleene).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "entente/number/expression.hpp"
#include "entente/number/number.hpp"
#include "entente/number/program.hpp"
#include "support/property.hpp"
#include "support/reading.hpp"

using namespace entente;
using namespace entente::number;

namespace {

const bool set = tests::instances(10'000);

// Dimension d is written in one of two units; in base units a value is value * factor.
constexpr const char* units[3][2]{{"", "%"}, {"USD/kcm", "USD/m^3"}, {"bcm/yr", "kcm/day"}};
double factor(int d, int u) { return parse_unit(units[d][u])->factor; }

struct Slot {
  std::string name;
  int dimension, unit;
  double value;  // in its unit; NaN: undefined
};

// A tree made from a stream of bytes; an empty stream gives leaves, so that shrinking the stream shrinks the tree.
class Maker {
 public:
  explicit Maker(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  struct Value {
    std::string text;
    int binds;    // 0 sum, 1 product, 2 unary, 3 primary
    double base;  // in base units
  };
  struct Condition {
    std::string text;
    int binds;     // 0 or, 1 and, 2 not, 3 comparison or parentheses
    double truth;  // 0, 1/2, 1
    double margin;
    bool close = false;  // some comparison is too near to call
  };

  Value value(int dimension, int depth) {
    const int kind = depth > 0 ? next() % 12 : 0;
    if (kind == 0) return leaf(dimension);
    const auto wrap = [&](const Value& v, int least) {
      return v.binds < least || next() % 6 == 0 ? "(" + v.text + ")" : v.text;
    };
    if (kind <= 4) {
      const Value a = value(dimension, depth - 1), b = value(dimension, depth - 1);
      const bool plus = kind <= 2;
      return {wrap(a, 0) + gap() + (plus ? "+" : "- ") + gap() + wrap(b, 1), 0,
              plus ? a.base + b.base : a.base - b.base};
    }
    if (kind <= 6) {
      const Value a = value(dimension, depth - 1), b = value(0, depth - 1);
      return {wrap(a, 1) + " * " + wrap(b, 2), 1, a.base * b.base};
    }
    if (kind == 7) {
      const Value a = value(dimension, depth - 1), b = value(0, depth - 1);
      return {wrap(a, 1) + " / " + wrap(b, 2), 1, b.base == 0 ? NAN : a.base / b.base};
    }
    if (kind == 8) {
      const Value a = value(dimension, depth - 1);
      return {"-" + gap() + wrap(a, 2), 2, -a.base};
    }
    if (kind == 9) {
      const Value a = value(dimension, depth - 1), b = value(dimension, depth - 1), c = value(dimension, depth - 1);
      const bool low = next() % 2 == 0, nan = std::isnan(a.base) || std::isnan(b.base) || std::isnan(c.base);
      const double r = low ? std::min({a.base, b.base, c.base}) : std::max({a.base, b.base, c.base});
      return {std::string(low ? "min" : "max") + "(" + a.text + "," + gap() + b.text + ", " + c.text + ")", 3,
              nan ? NAN : r};
    }
    if (kind == 10) {
      const Value a = value(dimension, depth - 1);
      return {"abs(" + a.text + ")", 3, std::abs(a.base)};
    }
    const Value a = value(dimension, depth - 1), b = value(dimension, depth - 1);  // a ratio, times a leaf
    const Value c = leaf(dimension);
    return {wrap(a, 1) + " / " + wrap(b, 2) + " * " + wrap(c, 2), 1, b.base == 0 ? NAN : a.base / b.base * c.base};
  }

  Condition condition(int depth) {
    const int kind = depth > 0 ? next() % 8 : 0;
    const auto wrap = [&](const Condition& c, int least) {
      return c.binds < least || next() % 5 == 0 ? "(" + c.text + ")" : c.text;
    };
    if (kind <= 2) return comparison();
    if (kind == 3) {
      const Condition a = condition(depth - 1);
      return {"not " + wrap(a, 2), 2, 1 - a.truth, -a.margin, a.close};
    }
    const Condition a = condition(depth - 1), b = condition(depth - 1);
    const bool both = kind <= 5;
    Condition c{both ? wrap(a, 1) + " and " + wrap(b, 2) : wrap(a, 0) + " or " + wrap(b, 1), both ? 1 : 0,
                both ? std::min(a.truth, b.truth) : std::max(a.truth, b.truth), NAN, a.close || b.close};
    const double decides = both ? 0 : 1;
    if (a.truth == 0.5 || b.truth == 0.5) {  // by how much is known only from a side that decides
      if (a.truth == decides) c.margin = a.margin;
      else if (b.truth == decides) c.margin = b.margin;
    } else {
      c.margin = both ? std::min(a.margin, b.margin) : std::max(a.margin, b.margin);
    }
    return c;
  }

  std::vector<Slot> slots;
  std::vector<int> dimensions;  // of the comparisons, in order

 private:
  int next() { return at_ < bytes_.size() ? bytes_[at_++] : 0; }
  std::string gap() { return std::string(static_cast<std::size_t>(next() % 2), ' '); }

  Value leaf(int dimension) {
    const int unit = next() % 2, digits = next();
    double value = digits % 5 == 4 ? digits / 5 : 0.37 * digits + 0.01 + 0.125 * leaves_++;  // seldom two alike
    const bool constant = next() % 2 == 0;
    if (constant) {
      const std::string text =
          show(value, 17) + (dimension == 0 && unit == 0 ? "" : " " + std::string(units[dimension][unit]));
      return {text, 3, value * factor(dimension, unit)};
    }
    if (next() % 8 == 0) value = NAN;
    if (next() % 4 == 0) value = -value;
    slots.push_back({"n" + std::to_string(slots.size()) + (next() % 2 ? ".x-y" : ""), dimension, unit, value});
    return {slots.back().name, 3, value * factor(dimension, unit)};
  }

  Condition comparison() {
    const int dimension = next() % 3, op = next() % 5;
    dimensions.push_back(dimension);
    const Value a = value(dimension, 2), b = value(dimension, 2);
    const auto near = [](double x, double y) { return std::abs(x - y) <= 1e-9 * (std::abs(x) + std::abs(y)); };
    if (op == 4) {
      const Value c = value(dimension, 2);
      const bool nan = std::isnan(a.base) || std::isnan(b.base) || std::isnan(c.base);
      const bool holds = a.base >= b.base && a.base <= c.base;
      return {a.text + " between " + b.text + " and " + c.text, 3,
              nan     ? 0.5
              : holds ? 1.0
                      : 0.0,
              nan ? NAN : std::min(a.base - b.base, c.base - a.base), near(a.base, b.base) || near(a.base, c.base)};
    }
    const char* signs[]{"<", "<=", ">", ">="};
    const bool nan = std::isnan(a.base) || std::isnan(b.base);
    const bool holds = op == 0   ? a.base < b.base
                       : op == 1 ? a.base <= b.base
                       : op == 2 ? a.base > b.base
                                 : a.base >= b.base;
    return {a.text + gap() + signs[op] + gap() + b.text, 3,
            nan     ? 0.5
            : holds ? 1.0
                    : 0.0,
            nan      ? NAN
            : op < 2 ? b.base - a.base
                     : a.base - b.base,
            near(a.base, b.base)};
  }

  std::vector<std::uint8_t> bytes_;
  std::size_t at_ = 0;
  int leaves_ = 0;
};

std::optional<Program> compiled(const std::string& text, const std::vector<Slot>& slots) {
  SourceMap sources;
  const auto file = sources.add("e", text);
  Diagnostics out;
  const auto e = parse_expression(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, out);
  const auto resolve = [&](const Term& t) -> std::optional<BoundName> {
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (slots[i].name == t.name)
        return BoundName{*parse_unit(units[slots[i].dimension][slots[i].unit]), static_cast<std::uint32_t>(i)};
    return std::nullopt;
  };
  const auto p = compile(e, resolve, out);
  RC_LOG() << text << "\n" << render(out, sources);
  for (const auto& s : slots) RC_LOG() << s.name << " = " << s.value << " " << units[s.dimension][s.unit] << "\n";
  // `between 8 and 6` of numbers written down is refused.
  if (!p && out.errors() == 1 && out.all().front().code == "E0209") return std::nullopt;
  RC_ASSERT(p.has_value());
  return p;
}

std::vector<double> values(const std::vector<Slot>& slots) {
  std::vector<double> v;
  for (const auto& s : slots) v.push_back(s.value);
  return v;
}

// Equal but for rounding; sums may cancel, so the scale of what went in counts.
bool same(double a, double b, double scale) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::abs(a - b) <= 1e-9 * (std::abs(a) + std::abs(b)) + 1e-12 * scale;
}

rc::Gen<std::vector<std::uint8_t>> bytes() {
  return rc::gen::scale(
      1.5, rc::gen::container<std::vector<std::uint8_t>>(rc::gen::resize(100, rc::gen::inRange<std::uint8_t>(0, 255))));
}

}  // namespace

TEST(ExpressionProperty, FormulasEvaluateAsInBaseUnits) {
  EXPECT_TRUE(rc::check([] {
    Maker m(*bytes());
    const int dimension = *rc::gen::resize(100, rc::gen::inRange(0, 3));
    const auto v = m.value(dimension, 4);
    const auto p = compiled(v.text, m.slots);
    RC_ASSERT(!p->is_condition());
    const double got = p->evaluate(values(m.slots)) * p->unit().factor;
    double scale = 1;
    for (const auto& s : m.slots) scale = std::max(scale, std::isnan(s.value) ? 0 : std::abs(s.value));
    RC_LOG() << got << " " << v.base << "\n";
    const bool equal = same(got, v.base, scale * scale);
    // A difference of equals may be 0 in one order of rounding and not in the other: then a quotient has no value here
    // and a huge one there.
    const bool blown = !std::isfinite(got) || !std::isfinite(v.base) || std::abs(got) > 1e12 || std::abs(v.base) > 1e12;
    RC_ASSERT(equal || blown);
  }));
}

TEST(ExpressionProperty, ConditionsAreKleeneAndMarginsTellByHowMuch) {
  std::size_t undefined = 0, mixed = 0, checked = 0;
  EXPECT_TRUE(rc::check([&] {
    Maker m(*bytes());
    const auto c = m.condition(3);
    const auto p = compiled(c.text, m.slots);
    if (!p) return;
    RC_ASSERT(p->is_condition());
    if (c.close) return;
    double margin = 0;
    const Truth t = p->evaluate_truth(values(m.slots), margin);
    const Truth expected = c.truth == 0.5 ? Truth::undefined : c.truth == 1 ? Truth::yes : Truth::no;
    RC_ASSERT(t == expected);
    ++checked;
    undefined += t == Truth::undefined;
    bool several = false;
    for (const int d : m.dimensions) several = several || d != m.dimensions.front();
    mixed += several;
    RC_ASSERT(std::isnan(margin) == (t == Truth::undefined));
    if (t == Truth::undefined) return;
    RC_ASSERT((margin >= 0) == (t == Truth::yes));
    if (several) RC_ASSERT(std::abs(margin) == 1.0);
    else RC_ASSERT(same(margin * p->margin_unit().factor, c.margin, 1e3));
  }));
  EXPECT_GT(undefined * 20, checked);
  EXPECT_GT(mixed * 10, checked);
}
