// The table of what a situation may say. One record per kind of mapping, one row per field; the reader, the JSON
// Schema, `check --numbers` and the documentation all come out of it, so they cannot disagree.
#pragma once
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "entente/number/distribution.hpp"

namespace entente::situation {

struct Record;

enum class FieldKind : unsigned char {
  text,       ///< one scalar
  date,       ///< YYYY-MM-DD
  year,       ///< an integer year
  years,      ///< a year or a list of years
  flag,       ///< true or false
  unit,       ///< a unit; also becomes $NAME for the numbers of this record and below
  number,     ///< a Number in `unit` and `domain`
  word,       ///< a name (of an actor, node, source ...), meaning by `refers`
  words,      ///< one name or a list of them
  record,     ///< a mapping of `record`
  records,    ///< a mapping from names to `record`; `table: FILE.csv` in its place reads the rows of a table
  matrix,     ///< a mapping from names to mappings from names to numbers in `unit` and `domain`
  numbers,    ///< a mapping from names (see `refers`) to numbers in `unit` and `domain`
  column,     ///< a CSV file's name: its rows are more entries of the field before it (see reader_columns.cpp)
  condition,  ///< an expression, kept as text with its place
  whole,      ///< a whole number, or one of `options`
  units,      ///< words for units, and what each means
  lists,      ///< a mapping from names to a name or a list of them
  patch       ///< places and the numbers to put there (levers)
};

/// What a name is of. The core's own are here; a family says its own: `constexpr Refers a_market{"a market"};`
struct Refers {
  std::string_view to = {};  ///< with its article; empty: said by the field itself
  friend constexpr bool operator==(Refers, Refers) = default;
  static const Refers nothing, actor, source, tie;
};
inline constexpr Refers Refers::nothing{}, Refers::actor{"an actor"}, Refers::source{"a source"},
    Refers::tie{"a tie, A-B"};

struct Field {
  std::string name;
  FieldKind kind = FieldKind::text;
  std::string says;  ///< one sentence for people
  bool required = false;
  std::string unit =
      {};  ///< number: unit text, $variable, $variable? (no unit when unset), ? where the section finds it
  number::Domain domain = {};
  bool by_year = false;       ///< number: may be a mapping from years to numbers
  bool chance = false;        ///< number: `30 % chance` may stand here; the question integrates it, nothing is tossed
  std::string fallback = {};  ///< number: what stands when nothing is written; empty: nothing does
  Refers refers = {};
  std::vector<std::string> options = {};  ///< word: the only ones allowed; number, whole: words that may stand instead
  /// numbers: a chance followed by this word may stand here: `5 to 20 % together`; its domain is then between 0 and 1.
  std::string or_chance = {};
  const Record* record = nullptr;
  double most =
      std::numeric_limits<double>::infinity();  ///< number: beyond it, or its negative, a slip is likely (W0218)
  bool rest = false;  ///< numbers: `rest` may stand for one of them; it comes as a number without a parameter
  /// unit: times the unit of this name it is money a year; `$money` (billions a year) and `$capital` (billions) follow.
  std::string earns = {};
  bool of_kind = false;     ///< records: each is of one of the registry's kinds of question
  bool free = false;        ///< numbers: of any unit and domain, or events (drivers)
  bool cited = false;       ///< records: what `source` and `@NAME` mean from here on
  bool spoken = false;      ///< records: their names stand in formulas, so no word of formulas is one
  bool empty_told = false;  ///< records: that there are none is the section's own complaint
  bool to_the_day = false;  ///< date: a month or a year will not do
  /// number, numbers, matrix: how one of them is told, with `{0}` for whose it is (of a matrix `{1}` for the second),
  /// and
  /// `{of}` for the name of the record around it: "what {0} could give more if another left".
  std::string told = {};
};

struct Record {
  std::string name;
  std::string says;
  std::string shorthand;  ///< the field that a bare scalar stands for; empty: a scalar is an error
  std::vector<Field> fields;
  bool bare = false;    ///< its names hold no hyphen: `A-B` is a pair
  bool dotted = false;  ///< its names may be those of quantities, with dots

  [[nodiscard]] const Field* find(std::string_view field) const noexcept;
  [[nodiscard]] std::size_t index(std::string_view field) const noexcept;  ///< npos if none
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

}  // namespace entente::situation
