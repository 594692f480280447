// What may stand where a number may: `38`, `38 bcm/yr`, `8 to 12 %`, `5 to 10 likely 7`, `between 3 and 8`, `10 +- 2`,
// `triangular(1, 2, 4)`, `choice(1: 30 %, 2: 70 %)`, `30 % chance`, `50 to 80 % chance`, a driver's name, `= formula`,
// each with an optional `@source` or `@source/B2`. A place declares its unit and its domain; the number comes back in
// the place's unit, and its distribution never leaves the domain.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/number/distribution.hpp"
#include "entente/number/expression.hpp"
#include "entente/number/program.hpp"
#include "entente/number/unit.hpp"

namespace entente::number {

/// What the place takes. Without `unit_known` (drivers) the unit is the one written; without `domain_known` the domain
/// follows from the text: shares in `%` up to 100 and plain numbers between 0 and 1, and chances: share; both ends
/// above 0: positive; both below: negative; else any number, as for all that is written with a standard deviation. `in
/// any`, `in positive`, `in share`, `in 0 to 60` behind the number say it (E0214 where the place has one of its own).
struct Expected {
  Unit unit;
  bool unit_known = true;
  Domain domain;
  bool domain_known = true;
  bool chance_allowed = false;     ///< `30 % chance` may stand here
  const UnitBook* book = nullptr;  ///< units of the file
};

enum class Form : std::uint8_t { distribution, reference, formula };

/// `@ft-2024/B2` after a number.
struct Citation {
  std::string source;
  std::string grade;  ///< empty: the source's own
  Span span;
};

/// One expert's number in a pool of several.
struct Opinion {
  double weight = 0;  ///< of the sum of all
  Distribution distribution;
  std::string text;
  std::optional<Citation> citation;
  Span span;
};

struct Number {
  Form form = Form::distribution;
  Distribution distribution = Distribution::fixed(0);  ///< in `unit`
  /// `x % chance`: the distribution is that of the chance, in 0..1; whoever draws tosses a second u against it.
  bool chance = false;
  std::string reference;          ///< driver's name; with `chance`: the event's chance is that driver
  std::vector<Opinion> opinions;  ///< `pool(…)`: what its distribution is a mixture of
  Expression formula;
  Unit unit;  ///< the place's (or, if the place has none, the one written)
  Domain domain;
  bool percent = false;    ///< its values are written in percent
  bool unbounded = false;  ///< a driver with soft ends and no domain of its own: its uses may cut it
  std::optional<Citation> citation;
  Span span;
  std::string text;  ///< as written, without the citation
};

/// Reads one number. On an error adds located complaints (E02xx, with hints for `13,600`, `13,6`, `5 to 3`, an end on
/// the domain's bound, an unknown or wrong unit, nan, inf, 1e999, energy against gas volume) and returns nullopt.
[[nodiscard]] std::optional<Number> parse_number(std::string_view text, const Place& place, const Expected& expected,
                                                 Diagnostics& out);
/// The same into a number as it is made; false, and `into` half read, on an error.
[[nodiscard]] bool parse_number(std::string_view text, const Place& place, const Expected& expected, Diagnostics& out,
                                Number& into);

/// A name: letters, digits, hyphens, underscores, no dot, no space, beginning with a letter.
[[nodiscard]] bool is_name(std::string_view text) noexcept;
/// Words of formulas (`and`, `with`, `max` and the like), which cannot be names in them.
[[nodiscard]] bool is_reserved(std::string_view name) noexcept;
/// Words of numbers: `to`, `chance`, `likely`, families of distributions.
[[nodiscard]] bool is_family(std::string_view name) noexcept;
/// The value to at most `digits` significant digits, in a form that reads back and without zeros behind the point:
/// "1234000", "0.25", "1.5e12"; an exponent stands below 0.0001 and from 10000000000 on.
[[nodiscard]] std::string show(double value, int digits = 4);
/// The value with that many digits behind the point, and none of them lost: "42.50". Halves go away from nought, as
/// people round: 42.5 becomes 43 and 37.5 becomes 38, where the halves are those of the shortest decimal that reads
/// back. show() rounds so too.
[[nodiscard]] std::string fixed(double value, int decimals);
/// The same with as many digits as keep a value from reading as a bound that it does not reach: 99.9967, not 100, where
/// 100 is the most that can be.
[[nodiscard]] std::string show_inside(double value, double low, double high, int digits = 4);

}  // namespace entente::number
