// Formulas of drivers ("= 0.1275 bbl/MMBtu * brent") and conditions of claims ("pos2.limit.RUS < 0.9 * (pos2.limit.RUS
// without Kazakh)"): one grammar, one tree. Who the names are is the reader's business (a resolver); units are checked
// when names are bound.
//   or < and < not < comparison | "between a and b" < + - < * / < unary - < a ^ b < primary
//   primary: number [unit] | name { with NAME | without NAME } | ( condition ) | pi | min(a, b, …) max(…) abs(a) exp
//   log sqrt sin cos tan | if(condition, a, b)
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/number/unit.hpp"

namespace entente::number {

enum class Op : std::uint8_t {
  constant,
  name,
  negate,
  add,
  subtract,
  multiply,
  divide,
  min,
  max,
  abs,
  exp,
  log,
  sqrt,
  sin,
  cos,
  tan,
  power,   // a ^ b
  choose,  // if(condition, a, b)
  less,
  less_equal,
  greater,
  greater_equal,
  between,
  logic_and,
  logic_or,
  logic_not
};

struct Modifier {  ///< "with reopen-europe", "without MNG"
  bool with = true;
  std::string name;
  Span span;
};

struct Term {  ///< one node of the tree; arguments by index into Expression::terms
  Op op = Op::constant;
  Span span;
  double value = 0;  ///< constant, in `unit`
  Unit unit;         ///< constant: as written
  std::string name;  ///< name: with its dots, as written
  std::vector<Modifier> modifiers;
  std::vector<std::uint32_t> args;
};

struct Expression {
  std::vector<Term> terms;
  std::uint32_t root = 0;
  [[nodiscard]] bool empty() const noexcept { return terms.empty(); }
};

/// Where a text stands: `place(from, length)` gives the span of a byte range of it.
struct Place {
  Span span;          ///< of the whole text
  bool exact = true;  ///< byte i of the text is byte span.begin + i of the source
  [[nodiscard]] Span at(std::size_t from, std::size_t length) const noexcept {
    return exact ? span.sub(from, length) : span;
  }
};

/// Reads an expression; on an error adds located complaints (E02xx) and returns an empty one. Nesting at most 200.
[[nodiscard]] Expression parse_expression(std::string_view text, const Place& place, Diagnostics& out,
                                          const UnitBook* book = nullptr);

}  // namespace entente::number
