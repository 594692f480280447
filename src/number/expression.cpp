// Recursive descent over the grammar in the header. Depth is limited to 200 and size to 2000 terms, so hostile input
// ends in one complaint. Every term keeps its span; an operator's span is that of its sign.
#include "entente/number/expression.hpp"

#include <algorithm>
#include <array>

#include "entente/number/number.hpp"
#include "number/lexer.hpp"

namespace entente::number {
namespace {

constexpr std::size_t deepest = 200, largest = 2000;
constexpr std::array<std::string_view, 6> keywords{"and", "or", "not", "between", "with", "without"};

bool name_char(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

class Parser {
 public:
  Parser(std::string_view text, const Place& place, Diagnostics& out, const UnitBook* book)
      : text_(text), place_(place), out_(out), book_(book) {}

  Expression run() {
    e_.terms.reserve(std::min(largest, text_.size() / 6 + 2));
    const auto root = disjunction(0);
    if (!failed_ && skip_blanks(text_, at_) < text_.size()) {
      at_ = skip_blanks(text_, at_);
      if (const auto strange = foreign_at(text_, at_))
        fail(at_, strange->length, strange->says + " stands here", "not read", strange->hint());
      else
        fail(at_, text_.size() - at_, "something follows that does not belong here", "expected an operator or the end",
             other_words());
    }
    if (failed_) return {};
    e_.root = root;
    return std::move(e_);
  }

 private:
  std::uint32_t fail(std::size_t from, std::size_t length, std::string message, std::string label = {},
                     std::string hint = {}) {
    if (!failed_)
      out_.error("E0230", place_.at(from, std::max<std::size_t>(length, 1)), std::move(message), std::move(label),
                 std::move(hint));
    failed_ = true;
    return 0;
  }

  // What people write in other languages, and in words, where an operator is expected.
  [[nodiscard]] std::string other_words() const {
    constexpr std::pair<std::string_view, std::string_view> signs[]{
        {"&&", "write `and`"},
        {"&", "write `and`"},
        {"||", "write `or`"},
        {"|", "write `or`"},
        {"**", "write `^`"},
        {"==", "quantities are compared with < <= > >=, or `between a and b`"},
        {"!=", "quantities are compared with < <= > >="},
        {"=<", "write `<=`"},
        {"=>", "write `>=`"},
        {"<", "write `x between a and b`"},
        {">", "write `x between a and b`"},
        {"=", "quantities are compared with < <= > >=, or `between a and b`"},
        {"!", "write `not` before it"},
        {";", "conditions are joined by `and` or `or`"},
        {",", "a number has no comma"},
        {"%", "a remainder is not known here"},
        {"(", "a product is written with `*`"},
        {")", "nothing opened it"}};
    constexpr std::pair<std::string_view, std::string_view> words[]{
        {"is above", "write `>`"},
        {"is below", "write `<`"},
        {"is over", "write `>`"},
        {"is under", "write `<`"},
        {"is more than", "write `>`"},
        {"is greater than", "write `>`"},
        {"is less than", "write `<`"},
        {"is at least", "write `>=`"},
        {"is at most", "write `<=`"},
        {"is between", "write `between a and b`"},
        {"is not", "write `not` before the condition"},
        {"is", "quantities are compared with < <= > >="},
        {"equals", "quantities are compared with < <= > >="},
        {"exceeds", "write `>`"},
        {"above", "write `>`"},
        {"below", "write `<`"},
        {"over", "write `>`"},
        {"under", "write `<`"},
        {"more than", "write `>`"},
        {"greater than", "write `>`"},
        {"less than", "write `<`"},
        {"at least", "write `>=`"},
        {"at most", "write `<=`"},
        {"AND", "write `and`"},
        {"OR", "write `or`"},
        {"NOT", "write `not`"},
        {"times", "write `*`"},
        {"plus", "write `+`"},
        {"minus", "write `-`"},
        {"mod", "a remainder is not known here"},
        {"to", "a range is a number of its own: give it a name under `drivers`"}};
    const std::string_view rest = text_.substr(at_);
    for (const auto& [sign, hint] : signs)
      if (rest.starts_with(sign)) return std::string(hint);
    for (const auto& [word, hint] : words)
      if (rest.starts_with(word) && (rest.size() == word.size() || !name_char(rest[word.size()])))
        return std::string(hint);
    return {};
  }

  std::uint32_t add(Term t) {
    if (e_.terms.size() >= largest) return fail(0, text_.size(), "this expression is too long", "more than 2000 terms");
    e_.terms.push_back(std::move(t));
    return static_cast<std::uint32_t>(e_.terms.size() - 1);
  }

  std::uint32_t join(Op op, std::size_t from, std::size_t length, std::vector<std::uint32_t> args) {
    return add({.op = op, .span = place_.at(from, length), .args = std::move(args)});
  }

  std::string_view word() {  // the name at the present place, not taken
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size() || !is_letter(text_[at_])) return {};
    std::size_t end = at_;
    while (end < text_.size() && name_char(text_[end])) ++end;
    while (end > at_ && (text_[end - 1] == '.' || text_[end - 1] == '-')) --end;
    return text_.substr(at_, end - at_);
  }

  bool take_word(std::string_view w) {
    if (word() != w) return false;
    at_ += w.size();
    return true;
  }

  bool take(std::string_view sign) {
    at_ = skip_blanks(text_, at_);
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  std::uint32_t disjunction(std::size_t depth) {
    if (depth > deepest) return fail(at_, 1, "this expression is nested too deeply", "more than 200 levels");
    std::uint32_t left = conjunction(depth);
    while (!failed_ && take_word("or")) {
      const std::size_t from = at_ - 2;
      left = join(Op::logic_or, from, 2, {left, conjunction(depth)});
    }
    return left;
  }

  std::uint32_t conjunction(std::size_t depth) {
    std::uint32_t left = negation(depth);
    while (!failed_ && take_word("and")) {
      const std::size_t from = at_ - 3;
      left = join(Op::logic_and, from, 3, {left, negation(depth)});
    }
    return left;
  }

  std::uint32_t negation(std::size_t depth) {
    if (depth > deepest) return fail(at_, 1, "this expression is nested too deeply", "more than 200 levels");
    if (take_word("not")) {
      const std::size_t from = at_ - 3;
      return join(Op::logic_not, from, 3, {negation(depth + 1)});
    }
    return comparison(depth);
  }

  std::uint32_t comparison(std::size_t depth) {
    const std::uint32_t left = sum(depth);
    if (failed_) return left;
    constexpr std::pair<std::string_view, Op> signs[]{
        {"<=", Op::less_equal}, {">=", Op::greater_equal}, {"<", Op::less}, {">", Op::greater}};
    for (const auto& [sign, op] : signs)
      if (take(sign)) {
        const std::size_t from = at_ - sign.size();
        return join(op, from, sign.size(), {left, sum(depth)});
      }
    if (take_word("between")) {
      const std::size_t from = at_ - 7;
      const std::uint32_t low = sum(depth);
      if (!failed_ && !take_word("and"))
        return fail(at_, 1, "`between` needs two ends", "expected `and`", "x between a and b");
      const std::uint32_t high = failed_ ? 0 : sum(depth);
      return join(Op::between, from, 7, {left, low, high});
    }
    return left;
  }

  std::uint32_t sum(std::size_t depth) {
    std::uint32_t left = product(depth);
    while (!failed_) {
      const bool plus = take("+");
      if (!plus && !take("-")) break;
      const std::size_t from = at_ - 1;
      left = join(plus ? Op::add : Op::subtract, from, 1, {left, product(depth)});
    }
    return left;
  }

  std::uint32_t product(std::size_t depth) {
    std::uint32_t left = unary(depth);
    while (!failed_) {
      const bool times = take("*");
      if (!times && !take("/")) break;
      const std::size_t from = at_ - 1;
      left = join(times ? Op::multiply : Op::divide, from, 1, {left, unary(depth)});
    }
    return left;
  }

  std::uint32_t unary(std::size_t depth) {
    if (depth > deepest) return fail(at_, 1, "this expression is nested too deeply", "more than 200 levels");
    if (take("-")) {
      const std::size_t from = at_ - 1;
      return join(Op::negate, from, 1, {unary(depth + 1)});
    }
    const std::uint32_t base = primary(depth);
    if (failed_ || !take("^")) return base;
    const std::size_t from = at_ - 1;
    return join(Op::power, from, 1, {base, unary(depth + 1)});
  }

  std::uint32_t primary(std::size_t depth) {
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size())
      return fail(text_.empty() ? 0 : text_.size() - 1, 1, "the expression ends too early",
                  "expected a number or a name behind this");
    const std::size_t from = at_;
    if (take("(")) {
      const std::uint32_t inner = disjunction(depth + 1);
      if (!failed_ && !take(")")) return fail(from, 1, "this parenthesis is not closed", "opened here");
      return inner;
    }
    if (is_digit(text_[at_]) || text_[at_] == '.') return numeral();
    const std::string_view name = word();
    if (name.empty()) {
      if (const auto strange = foreign_at(text_, at_))
        return fail(at_, strange->length, strange->says + " stands here", "not read", strange->hint());
      const std::string_view c = character_at(text_, at_);
      return fail(at_, c.size(), "a number or a name is expected", "found `" + std::string(c) + "`",
                  c == "!"   ? "write `not`"
                  : c == "$" ? "a unit stands behind its number: 5 USD"
                             : "");
    }
    if (std::ranges::find(keywords, name) != keywords.end())
      return fail(at_, name.size(), "a number or a name is expected", "`" + std::string(name) + "` joins two of them");
    at_ += name.size();
    if (at_ < text_.size() && text_[at_] == '(') return call(name, from, depth);
    if (name == "pi") return add({.op = Op::constant, .span = place_.at(from, 2), .value = 3.141592653589793});
    Term t;
    t.op = Op::name;
    t.span = place_.at(from, name.size());
    t.name = name.starts_with("drivers.") ? name.substr(8) : name;  // as it is printed, and by itself
    while (true) {
      const std::string_view w = word();
      if (w != "with" && w != "without") break;
      at_ += w.size();
      const std::string_view what = word();
      if (what.empty())
        return fail(at_, 1, "`" + std::string(w) + "` needs a name", "expected a lever, an actor or a link");
      t.modifiers.push_back({w == "with", std::string(what), place_.at(at_, what.size())});
      at_ += what.size();
    }
    return add(std::move(t));
  }

  std::uint32_t numeral() {
    const std::size_t from = at_;
    const auto n = read_numeral(text_, at_, place_, out_, calls_ > 0);
    if (!n) {
      failed_ = true;
      return 0;
    }
    at_ = n->end;
    Term t{.op = Op::constant, .value = n->value};
    const std::size_t next = skip_blanks(text_, at_);
    if (next < text_.size() && (is_letter(text_[next]) || text_[next] == '%')) {
      const UnitAt u = read_unit(text_, at_, book_);
      if (u.found) {
        t.unit = u.unit;
        at_ = u.end;
      } else {
        std::string_view w = word();
        if (std::ranges::find(keywords, w) == keywords.end()) {
          if (w.empty()) w = text_.substr(at_, 1);  // `%x`
          const auto why = parse_unit(w, book_);
          std::string hint = other_words();
          const std::string whole(text_.substr(at_, unit_word(text_, at_) - at_)), plain = in_ascii(whole);
          if (hint.empty() && plain != whole && parse_unit(plain, book_)) hint = "write `" + plain + "`";
          if (hint.empty() && !why) hint = why.error().where;
          if (hint.empty() && is_name(w))
            hint = "a product is written `" + show(t.value, 6) + " * " + std::string(w) + "`";
          return fail(at_, w.size(), why ? "`" + std::string(w) + "` does not belong here" : why.error().message,
                      "after a number comes its unit or an operator", hint);
        }
      }
    }
    t.span = place_.at(from, at_ - from);
    return add(std::move(t));
  }

  std::uint32_t call(std::string_view name, std::size_t from, std::size_t depth) {
    constexpr std::pair<std::string_view, Op> functions[]{
        {"min", Op::min},   {"max", Op::max}, {"abs", Op::abs}, {"exp", Op::exp}, {"log", Op::log},
        {"sqrt", Op::sqrt}, {"sin", Op::sin}, {"cos", Op::cos}, {"tan", Op::tan}, {"if", Op::choose}};
    const auto f = std::ranges::find(functions, name, &std::pair<std::string_view, Op>::first);
    if (f == std::end(functions)) {
      constexpr std::pair<std::string_view, std::string_view> others[]{{"ln", "write `log`"},
                                                                       {"log10", "write `log(x) / log(10)`"},
                                                                       {"log2", "write `log(x) / log(2)`"},
                                                                       {"pow", "write `x ^ y`"},
                                                                       {"IF", "write `if`"},
                                                                       {"iff", "write `if`"},
                                                                       {"max0", "write `max(0, x)`"}};
      const auto other = std::ranges::find(others, name, &std::pair<std::string_view, std::string_view>::first);
      return fail(from, name.size(), "there is no function `" + std::string(name) + "`",
                  "known are min, max, abs, exp, log, sqrt, sin, cos, tan, if",
                  other == std::end(others) ? "" : std::string(other->second));
    }
    take("(");
    std::vector<std::uint32_t> args;
    ++calls_;
    do args.push_back(f->second == Op::choose && args.empty() ? disjunction(depth + 1) : sum(depth + 1));
    while (!failed_ && take(","));
    --calls_;
    if (!failed_ && !take(")")) return fail(from, name.size() + 1, "this parenthesis is not closed", "opened here");
    const bool several = f->second == Op::min || f->second == Op::max;
    if (!failed_ && f->second == Op::choose && args.size() != 3)
      return fail(from, name.size(), "if takes a condition and two numbers", "", "if(x > 0, x, 0)");
    if (!failed_ && f->second != Op::choose && (several ? args.size() < 2 : args.size() != 1))
      return fail(from, name.size(),
                  std::string(name) + (several ? " takes at least two numbers" : " takes one number"));
    return join(f->second, from, name.size(), std::move(args));
  }

  std::string_view text_;
  const Place& place_;
  Diagnostics& out_;
  const UnitBook* book_;
  Expression e_;
  std::size_t at_ = 0, calls_ = 0;  // place reached; open calls of functions
  bool failed_ = false;
};

}  // namespace

Expression parse_expression(std::string_view text, const Place& place, Diagnostics& out, const UnitBook* book) {
  if (text.size() > 100'000) {
    out.error("E0230", place.span, "this expression is too long", "more than 100,000 characters");
    return {};
  }
  return Parser(text, place, out, book).run();
}

}  // namespace entente::number
