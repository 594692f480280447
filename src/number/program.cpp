#include "entente/number/program.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/number/number.hpp"

namespace entente::number {

class ProgramBuilder {
 public:
  ProgramBuilder(const Expression& e, const Resolver& resolver, Diagnostics& out)
      : e_(e), resolve_(resolver), out_(out) {}

  std::optional<Program> run(const Unit* target) {
    const auto root = visit(e_.root);
    if (!root) return std::nullopt;
    p_.root_ = root->node;
    p_.condition_ = root->condition;
    p_.unit_ = root->unit;
    if (root->condition) {
      p_.mixed_ = mixed_;
      p_.unit_ = mixed_ || !margin_ ? Unit{} : *margin_;
      p_.percent_ = percents_ && !others_ && !mixed_ && p_.unit_.text.empty();
    } else if (target) {
      if (!root->zero && !root->unit.same_dimension(*target)) {
        mismatch(e_.terms[e_.root].span, "this formula gives " + describe_dimension(root->unit), root->unit, *target);
        return std::nullopt;
      }
      if (!root->zero) p_.result_ = conversion(root->unit, *target);
      p_.unit_ = *target;
    }
    if (!root->condition) p_.percent_ = (root->percent || root->share) && p_.unit_.text.empty();
    return std::move(p_);
  }

 private:
  struct Part {
    std::uint32_t node = 0;
    Unit unit;
    bool condition = false;
    bool zero = false;  // a bare 0 fits every unit
    Span span;
    bool percent = false;  // a share of the unit %, or a sum with one
    bool end = false;      // a bare 0 or 1
    bool fixed = false;    // the same in every draw: no name in it
    bool written = false;  // a number with its unit
    bool named = false;    // a name by itself
    bool share = false;    // a name whose values are written in percent, or a sum of such
  };

  std::uint32_t add(Program::Node n) {
    p_.nodes_.push_back(n);
    return static_cast<std::uint32_t>(p_.nodes_.size() - 1);
  }

  void mismatch(Span at, std::string message, const Unit& found, const Unit& wanted) {
    std::string hint;
    const auto power = [](const Unit& u, Dimension d) { return u.power[static_cast<std::size_t>(d)]; };
    if (power(found, Dimension::energy) != power(wanted, Dimension::energy) &&
        power(found, Dimension::length) != power(wanted, Dimension::length))
      hint = "gas volume and energy differ by the heating value: multiply by it, such as 35.3 MMBtu/kcm";
    else if (found.plain() && !wanted.text.empty()) hint = "write its unit: " + wanted.text;
    out_.error("E0240", at, std::move(message),
               "expected " + describe_dimension(wanted) + (wanted.text.empty() ? "" : " (" + wanted.text + ")"), hint);
  }

  bool agree(Part& left, Part& right, Span at, const char* what) {
    if (left.zero && !right.zero) left.unit = right.unit, left.zero = false;
    if (right.zero) right.unit = left.unit;
    if (left.unit.same_dimension(right.unit)) return true;
    mismatch(right.span.known() ? right.span : at,
             std::string(what) + " joins " + describe_dimension(left.unit) + " and " + describe_dimension(right.unit),
             right.unit, left.unit);
    return false;
  }

  bool sane(const Unit& unit, Span at) {
    if (unit.sane()) return true;
    out_.error("E0243", at, "a unit with a power beyond what makes sense", "from here on");
    return false;
  }

  std::optional<Part> visit(std::uint32_t index) {
    const Term& t = e_.terms[index];
    if (t.op == Op::constant) {  // 50 % is the plain number 0.5
      const bool plain = t.unit.plain();
      return Part{add({.op = t.op, .value = plain ? t.value * t.unit.factor : t.value}),
                  plain ? Unit{} : t.unit,
                  false,
                  t.value == 0 && t.unit.text.empty(),
                  t.span,
                  t.unit.text == "%",
                  (t.value == 0 || t.value == 1) && t.unit.text.empty(),
                  true,
                  !plain};
    }
    if (t.op == Op::name) {
      const auto bound = resolve_(t);
      if (!bound) return std::nullopt;
      return Part{add({.op = t.op, .a = bound->slot}),
                  bound->unit,
                  false,
                  false,
                  t.span,
                  bound->unit.text == "%",
                  false,
                  false,
                  false,
                  true,
                  bound->percent};
    }
    std::vector<Part> args;
    bool good = true;
    for (const auto a : t.args) {  // all of them, so that several complaints come out of one run
      const bool inner = t.op == Op::choose && a == t.args[0];
      inner_ += inner;
      auto part = visit(a);
      inner_ -= inner;
      if (part) args.push_back(std::move(*part));
      else good = false;
    }
    if (!good) return std::nullopt;
    const bool logic = t.op == Op::logic_and || t.op == Op::logic_or || t.op == Op::logic_not;
    for (std::size_t i = 0; i < args.size(); ++i) {
      const Part& a = args[i];
      const bool condition = logic || (t.op == Op::choose && i == 0);
      if (a.condition == condition) continue;
      out_.error("E0241", a.span.known() ? a.span : t.span,
                 logic       ? "`and`, `or` and `not` join conditions"
                 : condition ? "`if` takes a condition first"
                             : "a number is expected",
                 condition ? "this is a number" : "this is a condition");
      return std::nullopt;
    }
    return build(t, args);
  }

  std::optional<Part> build(const Term& t, std::vector<Part>& args) {
    Program::Node n{.op = t.op, .a = args[0].node};
    if (args.size() > 1) n.b = args[1].node;
    Part out{.unit = args[0].unit, .span = t.span, .fixed = std::ranges::all_of(args, &Part::fixed)};
    const bool percent = std::ranges::any_of(args, &Part::percent);
    // Shares and what may stand beside them: 1 - a, a + 5 %, a > 0; but a > 0.3 is written as a plain number.
    const bool share = std::ranges::any_of(args, &Part::share) &&
                       std::ranges::all_of(args, [](const Part& a) { return a.share || a.percent || a.end; });
    switch (t.op) {
      case Op::negate:
      case Op::abs:
        out.percent = percent, out.share = share;
        break;
      case Op::multiply:
        out.unit = args[0].unit * args[1].unit;
        if (!sane(out.unit, t.span)) return std::nullopt;
        break;
      case Op::divide:
        out.unit = args[0].unit / args[1].unit;
        if (!sane(out.unit, t.span)) return std::nullopt;
        break;
      case Op::add:
      case Op::subtract:
        if (!agree(args[0], args[1], t.span, t.op == Op::add ? "`+`" : "`-`")) return std::nullopt;
        out.unit = args[0].unit;
        out.percent = percent, out.share = share;
        n.kb = conversion(args[1].unit, args[0].unit);
        break;
      case Op::min:
      case Op::max: {
        Part left = args[0];
        for (std::size_t i = 1; i < args.size(); ++i) {
          if (!agree(left, args[i], t.span, "a function")) return std::nullopt;
          left.node = add({.op = t.op, .a = left.node, .b = args[i].node, .kb = conversion(args[i].unit, left.unit)});
          left.zero = false;
        }
        left.span = t.span;
        left.fixed = out.fixed;
        left.percent = percent, left.share = share;
        left.end = false;
        return left;
      }
      case Op::exp:
      case Op::log:
        if (!args[0].unit.plain()) {
          mismatch(args[0].span, "exp and log take a plain number", args[0].unit, {});
          return std::nullopt;
        }
        n.kb = args[0].unit.factor;
        out.unit = {};
        break;
      case Op::sin:
      case Op::cos:
      case Op::tan:
        if (!args[0].unit.plain()) {
          mismatch(args[0].span, "sin, cos and tan take an angle as a plain number", args[0].unit, {});
          return std::nullopt;
        }
        n.kb = args[0].unit.factor;
        out.unit = {};
        break;
      case Op::power:
        if (!power(t, args, n, out)) return std::nullopt;
        break;
      case Op::choose:
        if (!agree(args[1], args[2], t.span, "`if`")) return std::nullopt;
        n.c = args[2].node;
        n.kc = conversion(args[2].unit, args[1].unit);
        out.unit = args[1].unit;
        out.percent = args[1].percent || args[2].percent;
        out.zero = args[1].zero && args[2].zero;
        break;
      case Op::sqrt:
        for (auto& p : out.unit.power) {
          if (p % 2 != 0) {
            out_.error("E0242", t.span, "the square root of " + describe_dimension(args[0].unit) + " has no unit",
                       "odd power");
            return std::nullopt;
          }
          p = static_cast<std::int8_t>(p / 2);
        }
        out.unit.factor = std::sqrt(out.unit.factor);
        out.unit.text = out.unit.text.empty() ? "" : "sqrt(" + out.unit.text + ")";
        break;
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
      case Op::between: {
        if (!agree(args[0], args[1], t.span, "a comparison")) return std::nullopt;
        n.kb = conversion(args[1].unit, args[0].unit);
        if (t.op == Op::between) {
          if (!agree(args[0], args[2], t.span, "a comparison")) return std::nullopt;
          n.c = args[2].node;
          n.kc = conversion(args[2].unit, args[0].unit);
          if (args[1].fixed && args[2].fixed && p_.number(n.b, {}) * n.kb > p_.number(n.c, {}) * n.kc) {
            out_.error("E0209", t.span, "the lower end is above the upper", "nothing lies between them",
                       "write the lower end first");
            return std::nullopt;
          }
        }
        out.condition = true;
        if (inner_ > 0) break;  // by how much it holds is no part of the answer
        percents_ = percents_ || percent || share;
        others_ = others_ || !(percent || share || std::ranges::any_of(args, &Part::end));
        if (!margin_) margin_ = told_in(args);
        if (!margin_->same_dimension(args[0].unit)) mixed_ = true;
        else n.scale = conversion(args[0].unit, *margin_);
        break;
      }
      case Op::logic_and:
      case Op::logic_or:
      case Op::logic_not:
        out.condition = true;
        break;
      case Op::constant:
      case Op::name:
        break;
    }
    out.node = add(n);
    return out;
  }

  // The unit in which a margin is told: that of a number in the claim, else of a quantity by itself, else of the left
  // side.
  static Unit told_in(const std::vector<Part>& args) {
    for (std::size_t i = args.size(); i-- > 0;)
      if (args[i].written && !args[i].unit.text.empty()) return args[i].unit;
    for (const Part& a : args)
      if (a.named && !a.unit.text.empty()) return a.unit;
    return args[0].unit;
  }

  // x ^ 2 has the unit of x * x; of a plain number any power, of another a number that is written down.
  bool power(const Term& t, const std::vector<Part>& args, Program::Node& n, Part& out) {
    const Part &base = args[0], &exponent = args[1];
    if (!exponent.unit.plain()) {
      mismatch(exponent.span, "a power is a plain number", exponent.unit, {});
      return false;
    }
    n.kc = exponent.unit.factor;
    if (base.unit.plain()) {
      n.kb = base.unit.factor;
      out.unit = {};
      out.percent = false;
      return true;
    }
    // A name has no value yet: only what is written down is asked for its own.
    const double p = exponent.fixed ? p_.number(exponent.node, {}) * n.kc : std::numeric_limits<double>::quiet_NaN();
    if (!std::isfinite(p)) {
      out_.error("E0242", t.span, "the power of what has a unit is a number written down",
                 "of " + describe_dimension(base.unit), "divide by the unit first: (x / (1 USD)) ^ y");
      return false;
    }
    for (std::size_t i = 0; i < dimensions; ++i) {
      const double raised = base.unit.power[i] * p;
      if (raised != std::trunc(raised) || std::abs(raised) > 60) {
        out_.error("E0242", t.span, "this power of " + describe_dimension(base.unit) + " has no unit", "");
        return false;
      }
      out.unit.power[i] = static_cast<std::int8_t>(raised);
    }
    out.unit.factor = math::pow(base.unit.factor, p);
    const bool whole = p == std::trunc(p) && p >= 1 && base.unit.text.find_first_of("*/ ^(") == std::string::npos;
    out.unit.text = whole ? base.unit.text + (p == 1 ? "" : "^" + show(p)) : "(" + base.unit.text + ")^" + show(p);
    return sane(out.unit, t.span);
  }

  const Expression& e_;
  const Resolver& resolve_;
  Diagnostics& out_;
  Program p_;
  std::optional<Unit> margin_;
  int inner_ = 0;  // conditions of `if` around the present term
  bool mixed_ = false;
  bool percents_ = false, others_ = false;  // comparisons in percent, and in anything else
};

namespace {

double tangent(double x) noexcept { return math::sin(x) / math::cos(x); }

// x ^ y: whole powers by multiplying, so that x ^ 2 is x * x to the bit; no value where a root of less than nought or a
// division by nought would be.
double raised(double x, double y) noexcept {
  if (y == std::trunc(y) && std::abs(y) <= 1024) {
    double out = 1, square = x;
    for (auto k = static_cast<unsigned>(std::abs(y)); k > 0; k >>= 1u, square *= square)
      if (k & 1u) out *= square;
    if (y >= 0) return out;
    return x == 0 ? std::numeric_limits<double>::quiet_NaN() : 1 / out;
  }
  if (x < 0 || (x == 0 && y < 0)) return std::numeric_limits<double>::quiet_NaN();
  return x == 0 ? 0 : math::exp(y * math::log(x));
}

}  // namespace

double Program::number(std::uint32_t i, std::span<const double> s) const noexcept {
  const Node& n = nodes_[i];
  switch (n.op) {
    case Op::constant:
      return n.value;
    case Op::name:
      return s[n.a];
    case Op::negate:
      return -number(n.a, s);
    case Op::add:
      return number(n.a, s) + number(n.b, s) * n.kb;
    case Op::subtract:
      return number(n.a, s) - number(n.b, s) * n.kb;
    case Op::multiply:
      return number(n.a, s) * number(n.b, s);
    case Op::divide: {
      const double d = number(n.b, s);
      return d == 0 ? std::numeric_limits<double>::quiet_NaN() : number(n.a, s) / d;
    }
    case Op::min:
    case Op::max: {
      const double a = number(n.a, s), b = number(n.b, s) * n.kb;
      if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
      return n.op == Op::min ? std::min(a, b) : std::max(a, b);
    }
    case Op::abs:
      return std::abs(number(n.a, s));
    case Op::exp:
      return math::exp(number(n.a, s) * n.kb);
    case Op::log:
      return math::log(number(n.a, s) * n.kb);
    case Op::sqrt:
      return std::sqrt(number(n.a, s));
    case Op::sin:
      return math::sin(number(n.a, s) * n.kb);
    case Op::cos:
      return math::cos(number(n.a, s) * n.kb);
    case Op::tan:
      return tangent(number(n.a, s) * n.kb);
    case Op::power:
      return raised(number(n.a, s) * n.kb, number(n.b, s) * n.kc);
    case Op::choose: {
      double margin = 0;
      const Truth t = truth(n.a, {s, {}}, margin);
      if (t == Truth::undefined) return std::numeric_limits<double>::quiet_NaN();
      return t == Truth::yes ? number(n.b, s) : number(n.c, s) * n.kc;
    }
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

Rounded Program::rounded(std::uint32_t i, const Slots& s) const noexcept {
  constexpr double unit = 0x1.0p-53, infinity = std::numeric_limits<double>::infinity();
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  const Node& n = nodes_[i];
  // A value made of these, and the rounding of its own; what is infinite is exact.
  const auto made = [](double value, double error, double roundings = 1) {
    return std::isfinite(value) ? Rounded{value, error + roundings * unit * std::abs(value)} : Rounded{value, 0};
  };
  // b in a's unit: the factor is a quotient of products, three roundings, and the product one.
  const auto converted = [&](std::uint32_t node, double k) {
    const Rounded b = rounded(node, s);
    return k == 1 ? b : made(b.value * k, b.error * std::abs(k), 4);
  };
  switch (n.op) {
    case Op::constant:
      return {n.value, n.value == std::trunc(n.value) && std::abs(n.value) < 0x1.0p53 ? 0 : read_error(n.value)};
    case Op::name:
      return {s.value[n.a], s.error.empty() ? read_error(s.value[n.a]) : s.error[n.a]};
    case Op::negate: {
      const Rounded a = rounded(n.a, s);
      return {-a.value, a.error};
    }
    case Op::add:
    case Op::subtract: {
      const Rounded a = rounded(n.a, s), b = converted(n.b, n.kb);
      return made(n.op == Op::add ? a.value + b.value : a.value - b.value, a.error + b.error);
    }
    case Op::multiply: {
      const Rounded a = rounded(n.a, s), b = rounded(n.b, s);
      return made(a.value * b.value, std::abs(a.value) * b.error + std::abs(b.value) * a.error + a.error * b.error);
    }
    case Op::divide: {
      const Rounded a = rounded(n.a, s), b = rounded(n.b, s);
      const double room = std::abs(b.value) - b.error;
      if (b.value == 0 || (room <= 0 && std::isfinite(b.value))) return {undefined, 0};  // by what may be nought
      const double q = a.value / b.value;
      return made(q, (a.error + std::abs(q) * b.error) / room);
    }
    case Op::min:
    case Op::max: {
      const Rounded a = rounded(n.a, s), b = converted(n.b, n.kb);
      if (std::isnan(a.value) || std::isnan(b.value)) return {undefined, 0};
      return {n.op == Op::min ? std::min(a.value, b.value) : std::max(a.value, b.value), std::max(a.error, b.error)};
    }
    case Op::abs: {
      const Rounded a = rounded(n.a, s);
      return {std::abs(a.value), a.error};
    }
    case Op::exp: {
      const Rounded a = converted(n.a, n.kb);
      const double v = math::exp(a.value);
      return made(v, a.error < 1 ? v * a.error * (1 + a.error) : infinity, 2);
    }
    case Op::log: {
      const Rounded a = converted(n.a, n.kb);
      const double v = math::log(a.value), room = a.value - a.error;
      if (a.value > 0 && room <= 0) return {undefined, 0};
      return made(v, a.error / room, 2);
    }
    case Op::sqrt: {  // next to nought the bound is a root itself
      const Rounded a = rounded(n.a, s);
      if (a.value < 0 && a.value >= -a.error) return {0, std::sqrt(a.error)};
      const double v = std::sqrt(a.value);
      return made(v, v * v > a.error ? a.error / v : std::sqrt(a.error));
    }
    case Op::sin:
    case Op::cos: {
      const Rounded a = converted(n.a, n.kb);
      return made(n.op == Op::sin ? math::sin(a.value) : math::cos(a.value), std::min(a.error, 2.0), 2);
    }
    case Op::tan: {
      const Rounded a = converted(n.a, n.kb);
      const double v = tangent(a.value);
      return made(v, a.error * (1 + v * v), 2);
    }
    case Op::power: {
      const Rounded a = converted(n.a, n.kb), b = converted(n.b, n.kc);
      const double v = raised(a.value, b.value);
      if (a.value == 0) return made(v, b.value > 0 && a.error > 0 ? raised(a.error, b.value) : 0);
      const double relative = std::abs(b.value) * a.error / std::abs(a.value) +
                              (b.error > 0 ? std::abs(math::log(std::abs(a.value))) * b.error : 0);
      const bool whole = b.value == std::trunc(b.value) && std::abs(b.value) <= 1024;
      return made(v, std::abs(v) * relative,
                  whole ? 1 + std::abs(b.value) : 4 + 2 * std::abs(b.value * math::log(std::abs(a.value))));
    }
    case Op::choose: {  // the condition is decided as a claim would be
      double margin = 0;
      const Truth t = truth(n.a, s, margin);
      if (t == Truth::undefined) return {undefined, 0};
      return t == Truth::yes ? rounded(n.b, s) : converted(n.c, n.kc);
    }
    default:
      return {undefined, 0};
  }
}

Truth Program::truth(std::uint32_t i, const Slots& s, double& margin) const noexcept {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  const Node& n = nodes_[i];
  const auto compare = [&](bool holds, double m) {
    if (std::isnan(m)) {
      margin = m;
      return Truth::undefined;
    }
    margin = mixed_ ? (holds ? 1.0 : -1.0) : m * n.scale;
    return holds ? Truth::yes : Truth::no;
  };
  // a - b, 0 where rounding alone can have parted them; both may be infinite.
  const auto less = [](const Rounded& a, const Rounded& b) {
    if (std::isnan(a.value) || std::isnan(b.value)) return undefined;
    if (a.value == b.value) return 0.0;
    const double d = a.value - b.value;
    if (std::isinf(d)) return d;  // no rounding makes the infinite finite, or the other way round
    return std::abs(d) <= a.error + b.error ? 0.0 : d;
  };
  const auto converted = [&](std::uint32_t node, double k) {
    Rounded b = rounded(node, s);
    if (k != 1 && std::isfinite(b.value)) {
      b.value *= k;
      b.error = b.error * std::abs(k) + read_error(b.value);
    }
    return b;
  };
  switch (n.op) {
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: {
      const double m = less(rounded(n.a, s), converted(n.b, n.kb));
      if (n.op == Op::less) return compare(m < 0, -m);
      if (n.op == Op::less_equal) return compare(m <= 0, -m);
      if (n.op == Op::greater) return compare(m > 0, m);
      return compare(m >= 0, m);
    }
    case Op::between: {
      const Rounded x = rounded(n.a, s);
      const double low = less(x, converted(n.b, n.kb)), high = less(converted(n.c, n.kc), x);
      if (std::isnan(low) || std::isnan(high)) return compare(false, undefined);
      return compare(low >= 0 && high >= 0, std::min(low, high));
    }
    case Op::logic_not: {
      const Truth t = truth(n.a, s, margin);
      margin = -margin;
      return t == Truth::undefined ? t : t == Truth::yes ? Truth::no : Truth::yes;
    }
    case Op::logic_and:
    case Op::logic_or: {
      double ma = 0, mb = 0;
      const Truth a = truth(n.a, s, ma), b = truth(n.b, s, mb);
      const Truth decisive = n.op == Op::logic_and ? Truth::no : Truth::yes;
      const bool smaller = n.op == Op::logic_and;
      if (a == Truth::undefined || b == Truth::undefined) {
        // One decisive side settles it; by how much is then that side's margin.
        if (a == decisive) margin = ma;
        else if (b == decisive) margin = mb;
        else margin = undefined;
        return a == decisive || b == decisive ? decisive : Truth::undefined;
      }
      margin = smaller ? std::min(ma, mb) : std::max(ma, mb);
      if (n.op == Op::logic_and) return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::no;
      return a == Truth::yes || b == Truth::yes ? Truth::yes : Truth::no;
    }
    default:
      margin = undefined;
      return Truth::undefined;
  }
}

double Program::evaluate(std::span<const double> slots) const noexcept { return number(root_, slots) * result_; }

Rounded Program::evaluate_rounded(std::span<const double> slots, std::span<const double> errors) const noexcept {
  const Rounded r = rounded(root_, {slots, errors});
  if (result_ == 1 || !std::isfinite(r.value)) return r;
  return {r.value * result_, r.error * std::abs(result_) + read_error(r.value * result_)};
}

Truth Program::evaluate_truth(std::span<const double> slots, double& margin,
                              std::span<const double> errors) const noexcept {
  if (!condition_) {
    margin = std::numeric_limits<double>::quiet_NaN();
    return Truth::undefined;
  }
  return truth(root_, {slots, errors}, margin);
}

std::optional<Program> compile(const Expression& e, const Resolver& resolver, Diagnostics& out) {
  if (e.empty()) return std::nullopt;
  return ProgramBuilder(e, resolver, out).run(nullptr);
}

std::optional<Program> compile_to(const Expression& e, const Unit& unit, const Resolver& resolver, Diagnostics& out) {
  if (e.empty()) return std::nullopt;
  return ProgramBuilder(e, resolver, out).run(&unit);
}

}  // namespace entente::number
