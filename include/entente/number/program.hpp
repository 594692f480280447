// An expression whose names are bound to slots of a value array and whose units are checked: evaluated without
// allocation.
//
// Comparisons. `spend / gdp <= share` with `spend = gdp * share` is true whatever is drawn, but in doubles the left
// side is one rounding above the right in every tenth draw. So a comparison carries, beside either side, a bound of how
// far rounding can have moved it (running error analysis: Wilkinson 1963; Higham 2002, Accuracy and Stability of
// Numerical Algorithms, section 3.3), first order in the unit roundoff: an operation adds half a unit in the last place
// of its result to what its arguments' bounds become under it. Sides that differ by no more than both bounds are equal,
// and the margin between them is 0. A bound costs about as much as the value.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/number/expression.hpp"

namespace entente::number {

enum class Truth : std::uint8_t { no, yes, undefined };

/// A value and how far rounding can have moved it, at most and to first order.
struct Rounded {
  double value = 0, error = 0;
};
/// The bound of a number as it was read or drawn: its text, a conversion to another unit, the last bit of a quantile.
[[nodiscard]] constexpr double read_error(double value) noexcept { return 0x1.0p-51 * (value < 0 ? -value : value); }

struct BoundName {
  Unit unit;
  std::uint32_t slot = 0;
  bool percent = false;  ///< its values are written in percent
};
/// Finds a name; reports its own error and returns nullopt for an unknown one.
using Resolver = std::function<std::optional<BoundName>(const Term&)>;

class Program {
 public:
  /// Value of an arithmetic program in unit(); NaN where a slot is NaN or an operation has no value. O(size).
  [[nodiscard]] double evaluate(std::span<const double> slots) const noexcept;
  /// The same with its bound; `errors` are those of the slots, read_error() where it is empty.
  [[nodiscard]] Rounded evaluate_rounded(std::span<const double> slots, std::span<const double> errors) const noexcept;
  /// Three-valued (Kleene) truth of a condition. margin: by how much it holds, in margin_unit(): b - a for a < b, the
  /// smaller for `and`, the larger for `or`, the negative for `not`; 1 or -1 where its parts have different dimensions;
  /// NaN when undefined. Sides that differ by no more than rounding can explain are equal: see above.
  [[nodiscard]] Truth evaluate_truth(std::span<const double> slots, double& margin,
                                     std::span<const double> errors = {}) const noexcept;
  [[nodiscard]] bool is_condition() const noexcept { return condition_; }
  [[nodiscard]] const Unit& unit() const noexcept { return unit_; }
  [[nodiscard]] const Unit& margin_unit() const noexcept { return unit_; }
  /// The margin is a plain number of a condition written in percent, `share < 50 %`: to be told in percentage points.
  /// Comparisons with a bare 0 or 1 may stand beside; any other comparison of plain numbers makes it a plain number.
  [[nodiscard]] bool margin_in_percent() const noexcept { return percent_; }
  /// Of a formula: it is a share in percent, or a sum with one.
  [[nodiscard]] bool in_percent() const noexcept { return percent_; }

 private:
  friend class ProgramBuilder;
  struct Node {
    Op op = Op::constant;
    std::uint32_t a = 0, b = 0, c = 0;  ///< arguments; `a` is the slot of a name
    double value = 0;                   ///< constant
    double kb = 1, kc = 1;              ///< conversions of b and c to a's unit
    double scale = 1;                   ///< comparison: margin to the program's margin unit
  };
  [[nodiscard]] double number(std::uint32_t node, std::span<const double> slots) const noexcept;
  struct Slots {
    std::span<const double> value, error;
  };
  [[nodiscard]] Rounded rounded(std::uint32_t node, const Slots& s) const noexcept;
  [[nodiscard]] Truth truth(std::uint32_t node, const Slots& s, double& margin) const noexcept;
  std::vector<Node> nodes_;
  std::uint32_t root_ = 0;
  bool condition_ = false, mixed_ = false, percent_ = false;
  Unit unit_;
  double result_ = 1;
};

/// Binds names and checks units; complaints (E024x) point at the operator or the name. nullopt after any.
[[nodiscard]] std::optional<Program> compile(const Expression& e, const Resolver& resolver, Diagnostics& out);
/// The same for a place with a unit of its own: the value comes back in it.
[[nodiscard]] std::optional<Program> compile_to(const Expression& e, const Unit& unit, const Resolver& resolver,
                                                Diagnostics& out);

}  // namespace entente::number
