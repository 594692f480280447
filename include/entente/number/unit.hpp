// Units: a factor and the powers of base dimensions. A small sound library of our own: the field's units are money per
// thousand cubic metres, barrels, persons, shares and chances, which general libraries of physical units do not hold.
// Money of different currencies, barrels of oil, energy and gas volume are different dimensions: none turns into
// another without a rate that the writer states (35.3 MMBtu/kcm), because that rate is itself an assumption.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::number {

enum class Dimension : std::uint8_t {
  length,  // m; volume is its cube: cm (cubic metre of gas), kcm, bcm
  mass,
  time,
  energy,
  oil,     // barrels
  person,  // persons
  carbon,  // tonnes of carbon dioxide
  seat,
  point,
  money,                  // the first currency; the others follow, see unit.cpp
  declared = money + 28,  // the first of those that a file declares
  count = declared + 8    // that many
};
inline constexpr std::size_t dimensions = static_cast<std::size_t>(Dimension::count);

struct Unit {
  double factor = 1.0;                          ///< value in base units = value in this unit * factor
  std::array<std::int8_t, dimensions> power{};  ///< all zero: a plain number, a share, a percentage
  std::string text;                             ///< as written, e.g. "USD/kcm"; empty for a plain number

  [[nodiscard]] bool plain() const noexcept { return power == std::array<std::int8_t, dimensions>{}; }
  /// Powers within 60 and a factor within 1e-150 to 1e150: products of two such units do not overflow.
  [[nodiscard]] bool sane() const noexcept;
  [[nodiscard]] bool same_dimension(const Unit& o) const noexcept { return power == o.power; }
  friend Unit operator*(const Unit& a, const Unit& b);
  friend Unit operator/(const Unit& a, const Unit& b);
};

/// Value in `to` of one `from`. Precondition: same_dimension.
[[nodiscard]] inline double conversion(const Unit& from, const Unit& to) noexcept { return from.factor / to.factor; }

/// Units that a file declares: new ones, and multiples of known ones, such as a currency at a dated rate.
class UnitBook {
 public:
  /// A unit of a dimension of its own. Fails for what is no word, for a name that is taken, and beyond eight.
  Result<void> declare(const std::string& name, std::string says);
  /// `name` is `factor` of `unit`. A currency may get a rate; no other known unit may be told anew.
  Result<void> declare(const std::string& name, double factor, const Unit& unit);
  [[nodiscard]] const Unit* find(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

 private:
  Result<void> add(const std::string& name, Unit unit);
  std::vector<std::pair<std::string, Unit>> all_;
  std::size_t fresh_ = 0;
};

/// Reads "USD/kcm", "bcm/yr", "B USD", "B USD/yr", "k persons", "%", "bbl/MMBtu", "USD2024/kcm" is refused. Scale words
/// (k, M, B, bn, T, m is metre) stand before a unit, separated by a space. The error names the unknown word and the
/// nearest.
[[nodiscard]] Result<Unit> parse_unit(std::string_view text, const UnitBook* book = nullptr);
/// Every unit name known, for completion, the schema and nearest-name hints, with a sentence each.
struct UnitName {
  std::string name;
  std::string says;
};
[[nodiscard]] const std::vector<UnitName>& unit_names();
/// "money per volume" for messages; "a plain number" when dimensionless.
[[nodiscard]] std::string describe_dimension(const Unit& u);

}  // namespace entente::number
