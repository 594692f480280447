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
                  (t.value == 0 || t.value == 1) && t.unit.text.empty()};
    }
    if (t.op == Op::name) {
      const auto bound = resolve_(t);
      if (!bound) return std::nullopt;
      return Part{add({.op = t.op, .a = bound->slot}), bound->unit, false, false, t.span, bound->unit.text == "%"};
    }
    std::vector<Part> args;
    bool good = true;
    for (const auto a : t.args) {  // all of them, so that several complaints come out of one run
      auto part = visit(a);
      if (part) args.push_back(std::move(*part));
      else good = false;
    }
    if (!good) return std::nullopt;
    const bool logic = t.op == Op::logic_and || t.op == Op::logic_or || t.op == Op::logic_not;
    for (const Part& a : args)
      if (a.condition != logic) {
        out_.error("E0241", a.span.known() ? a.span : t.span,
                   logic ? "`and`, `or` and `not` join conditions" : "a number is expected",
                   logic ? "this is a number" : "this is a condition");
        return std::nullopt;
      }
    return build(t, args);
  }

  std::optional<Part> build(const Term& t, std::vector<Part>& args) {
    Program::Node n{.op = t.op, .a = args[0].node};
    if (args.size() > 1) n.b = args[1].node;
    Part out{.unit = args[0].unit, .span = t.span};
    const bool percent = std::ranges::any_of(args, &Part::percent);
    switch (t.op) {
      case Op::negate:
      case Op::abs:
        out.percent = percent;
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
        out.percent = percent;
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
        left.percent = percent;
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
        }
        percents_ = percents_ || percent;
        others_ = others_ || !(percent || std::ranges::any_of(args, &Part::end));
        if (!margin_) margin_ = args[0].unit;
        else if (!margin_->same_dimension(args[0].unit)) mixed_ = true;
        else n.scale = conversion(args[0].unit, *margin_);
        out.condition = true;
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

  const Expression& e_;
  const Resolver& resolve_;
  Diagnostics& out_;
  Program p_;
  std::optional<Unit> margin_;
  bool mixed_ = false;
  bool percents_ = false, others_ = false;  // comparisons in percent, and in anything else
};

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
    default:
      return std::numeric_limits<double>::quiet_NaN();
  }
}

Truth Program::truth(std::uint32_t i, std::span<const double> s, double& margin) const noexcept {
  const Node& n = nodes_[i];
  const auto compare = [&](bool holds, double m) {
    if (std::isnan(m)) {
      margin = m;
      return Truth::undefined;
    }
    margin = mixed_ ? (holds ? 1.0 : -1.0) : m * n.scale;
    return holds ? Truth::yes : Truth::no;
  };
  switch (n.op) {
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal: {
      const double a = number(n.a, s), b = number(n.b, s) * n.kb;
      if (std::isnan(a) || std::isnan(b)) return compare(false, std::numeric_limits<double>::quiet_NaN());
      const double m = a == b ? 0.0 : a - b;  // both may be infinite
      if (n.op == Op::less) return compare(a < b, -m);
      if (n.op == Op::less_equal) return compare(a <= b, -m);
      if (n.op == Op::greater) return compare(a > b, m);
      return compare(a >= b, m);
    }
    case Op::between: {
      const double x = number(n.a, s), a = number(n.b, s) * n.kb, b = number(n.c, s) * n.kc;
      if (std::isnan(x) || std::isnan(a) || std::isnan(b))
        return compare(false, std::numeric_limits<double>::quiet_NaN());
      return compare(x >= a && x <= b, std::min(x - a, b - x));
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
        else margin = std::numeric_limits<double>::quiet_NaN();
        return a == decisive || b == decisive ? decisive : Truth::undefined;
      }
      margin = smaller ? std::min(ma, mb) : std::max(ma, mb);
      if (n.op == Op::logic_and) return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::no;
      return a == Truth::yes || b == Truth::yes ? Truth::yes : Truth::no;
    }
    default:
      margin = std::numeric_limits<double>::quiet_NaN();
      return Truth::undefined;
  }
}

double Program::evaluate(std::span<const double> slots) const noexcept { return number(root_, slots) * result_; }

Truth Program::evaluate_truth(std::span<const double> slots, double& margin) const noexcept {
  if (!condition_) {
    margin = std::numeric_limits<double>::quiet_NaN();
    return Truth::undefined;
  }
  return truth(root_, slots, margin);
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
