// An expression whose names are bound to slots of a value array and whose units are checked: evaluated without
// allocation.
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

struct BoundName {
  Unit unit;
  std::uint32_t slot = 0;
};
/// Finds a name; reports its own error and returns nullopt for an unknown one.
using Resolver = std::function<std::optional<BoundName>(const Term&)>;

class Program {
 public:
  /// Value of an arithmetic program in unit(); NaN where a slot is NaN or an operation has no value. O(size).
  [[nodiscard]] double evaluate(std::span<const double> slots) const noexcept;
  /// Three-valued (Kleene) truth of a condition. margin: by how much it holds, in margin_unit(): b - a for a < b, the
  /// smaller for `and`, the larger for `or`, the negative for `not`; 1 or -1 where its parts have different dimensions;
  /// NaN when undefined.
  [[nodiscard]] Truth evaluate_truth(std::span<const double> slots, double& margin) const noexcept;
  [[nodiscard]] bool is_condition() const noexcept { return condition_; }
  [[nodiscard]] const Unit& unit() const noexcept { return unit_; }
  [[nodiscard]] const Unit& margin_unit() const noexcept { return unit_; }
  /// The margin is a plain number of a condition written in percent, `share < 50 %`: to be told in percentage points.
  /// Comparisons with a bare 0 or 1 may stand beside; any other comparison of plain numbers makes it a plain number.
  [[nodiscard]] bool margin_in_percent() const noexcept { return percent_; }

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
  [[nodiscard]] Truth truth(std::uint32_t node, std::span<const double> slots, double& margin) const noexcept;
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
