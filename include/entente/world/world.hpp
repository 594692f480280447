// What is known of states from tables (data/world): who existed when, figures by year, ties by spell. Every answer is
// a fact with its year, or unknown; beyond what a table covers nothing is known, which is not nought.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/text/files.hpp"

namespace entente::world {

/// A day, or with month 0 a year: a year as a beginning is its first day, as an end its last.
struct Day {
  std::int16_t year = 0;
  std::int8_t month = 0, day = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
};
/// `1939-09-01` or `1939`; nothing for other texts and days that no month has.
[[nodiscard]] std::optional<Day> day(std::string_view text);

using State = std::uint16_t;  ///< index into World::states()
inline constexpr State nobody = 0xffff;

enum class Table : std::uint8_t {
  states,
  aliases,
  gdp,
  spending,
  votes,
  trade,
  pacts_recent,
  wars_recent,
  regime,
  membership,
  capitals,
  majors,
  capability,
  contiguity,
  rivalries,
  wars,
  pacts,
  disputes,
};
inline constexpr std::size_t tables = 18;

/// Where a table lies, what it says, by whom, and the years that it covers (docs: data/world/README.md).
struct About {
  const char* path;   ///< below the folder, such as "restricted/pacts.csv"
  const char* says;   ///< "who owed what to whom by treaty"
  const char* maker;  ///< with version
  std::int16_t from, to;
};
[[nodiscard]] const About& about(Table t);

/// A number of one year, or nothing.
struct Figure {
  bool known = false;
  double value = 0;
  int year = 0;  ///< of the figure: the newest at or before the year asked for
};

struct Spell {
  Day from, to;       ///< both belong to it
  bool open = false;  ///< it had not ended when the data end
  [[nodiscard]] bool holds(Day d) const { return from <= d && (open || d <= to); }
};

struct Pact : Spell {
  State a = nobody, b = nobody;
  std::uint8_t kinds = 0;  ///< of `defence` and so on
  bool directed = false;   ///< a owes it to b, not b to a
};
enum PactKind : std::uint8_t { defence = 1, offence = 2, neutrality = 4, nonaggression = 8, consultation = 16 };

struct Rivalry : Spell {
  State a = nobody, b = nobody;
};
struct Border : Spell {
  State a = nobody, b = nobody;
  std::uint8_t type = 0;  ///< 1 by land or river, 2 to 5 over at most 12, 24, 150, 400 miles of water
};
struct Capital : Spell {
  State state = nobody;
  double latitude = 0, longitude = 0;
};

/// A dispute or a war: who took part on which side, and who was against whom.
struct Conflict {
  struct Part {
    State state = nobody;
    std::uint8_t side = 0;
    bool changed = false;  ///< it stood on both sides; `side` is the one named first
  };
  struct Foes {
    State a = nobody, b = nobody;
    std::int16_t from = 0, to = 0;
    std::uint8_t hostility = 0;  ///< 2 threat, 3 display, 4 use of force, 5 war: the most in the whole dispute
  };
  std::uint32_t number = 0;
  std::string name;     ///< of a war
  bool recent = false;  ///< of a table later than the main one: disputes of 2011 to 2014, wars after 2007
  Day first, last;      ///< a dispute's are years
  bool ended = true;
  std::vector<Part> parts;
  std::vector<Foes> foes;
};

class World {
 public:
  struct StateRow {
    std::string code, name, region;
    std::string kind;           ///< state, former, territory, group
    std::uint16_t cow = 0;      ///< its Correlates of War number, 0: none or not known
    std::vector<Spell> spells;  ///< of membership in the system of states; empty: not known
  };

  /// Reads every table that is there; what is missing is missing until somebody needs it. Complaints: E0900 no folder,
  /// E0901 a column, E0902 a cell, E0903 a state that states.csv does not name. O(bytes); 2 MB take some 10 ms.
  [[nodiscard]] static World open(const std::string& folder, SourceMap& sources, Diagnostics& out,
                                  const text::Files& files = text::disk());

  [[nodiscard]] bool has(Table t) const { return there_[static_cast<std::size_t>(t)]; }
  /// True, or complaint E0904: this table is not there, what it would say and where it goes; `at`: who asks for it.
  bool need(Table t, Diagnostics& out, Span at = {}) const;

  [[nodiscard]] const std::vector<StateRow>& states() const { return states_; }
  /// By code (`DEU`, `GFR`); an alias (`SUN`, `FRG`) where the year lies in its span.
  [[nodiscard]] State find(std::string_view code, int year = 0) const;
  /// The same, with complaint E0903 and the nearest code, or E0905 when the state did not exist in that year, with the
  /// years in which it did. Where membership is not known no year is refused.
  [[nodiscard]] State state(std::string_view code, int year, Diagnostics& out, Span at = {}) const;
  /// Unknown (nullopt) without restricted/membership.csv or after 2016, unless it was there at the end.
  [[nodiscard]] std::optional<bool> existed(State s, int year) const;

  // The newest figure at or before `year`, and not older than `oldest` years; unknown otherwise.
  [[nodiscard]] Figure gdp(State s, int year, int oldest = 10) const { return at(gdp_, s, year, oldest); }  ///< USD
  [[nodiscard]] Figure people(State s, int year, int oldest = 10) const { return at(people_, s, year, oldest); }
  [[nodiscard]] Figure spending(State s, int year, int oldest = 10) const {
    return at(spending_, s, year, oldest);
  }  ///< % of GDP
  [[nodiscard]] Figure capability(State s, int year, int oldest = 10) const {
    return at(cinc_, s, year, oldest);
  }  ///< share of the world's, 0 to 1
  /// Military expenditure: thousand current USD, before 1914 thousand GBP.
  [[nodiscard]] Figure expenditure(State s, int year, int oldest = 10) const { return at(milex_, s, year, oldest); }
  [[nodiscard]] Figure democracy(State s, int year, int oldest = 10) const {
    return at(regime_, s, year, oldest);
  }  ///< polyarchy, 0 to 1
  [[nodiscard]] Figure ideal_point(State s, int year, int oldest = 10) const { return at(votes_, s, year, oldest); }
  /// What `from` sold to `to` in 2022: goods and services, million USD.
  [[nodiscard]] std::optional<std::array<double, 2>> trade(State from, State to) const;
  /// Kilometres between capitals on the great circle.
  [[nodiscard]] Figure distance(State a, State b, Day d) const;
  [[nodiscard]] std::optional<bool> major(State s, Day d) const;

  [[nodiscard]] const std::vector<Pact>& pacts() const { return pacts_; }
  [[nodiscard]] const std::vector<Pact>& recent_pacts() const { return recent_pacts_; }  ///< not complete
  [[nodiscard]] const std::vector<Rivalry>& rivalries() const { return rivalries_; }
  [[nodiscard]] const std::vector<Border>& borders() const { return borders_; }
  [[nodiscard]] const std::vector<Conflict>& disputes() const { return disputes_; }  ///< by first year and number
  [[nodiscard]] const std::vector<Conflict>& wars() const { return wars_; }          ///< by first day and number

 private:
  struct Yearly {
    State state;
    std::int16_t from, to;
    double value;
  };
  using Series = std::vector<Yearly>;  // by state and year
  static Figure at(const Series& s, State state, int year, int oldest);
  struct Loader;

  std::array<bool, tables> there_{};
  std::string folder_;
  std::vector<StateRow> states_;
  std::vector<State> code_;  // by three letters
  struct Alias : Spell {
    std::string code;
    State state = nobody;
  };
  std::vector<Alias> aliases_;
  Series gdp_, people_, spending_, cinc_, milex_, regime_, votes_;
  struct Flow {
    State from, to;
    std::array<double, 2> value;
  };
  std::vector<Flow> flows_;
  std::vector<Capital> capitals_;
  std::vector<Rivalry> majors_;  // a: the power
  std::vector<Pact> pacts_, recent_pacts_;
  std::vector<Rivalry> rivalries_;
  std::vector<Border> borders_;
  std::vector<Conflict> disputes_, wars_;
};

}  // namespace entente::world
