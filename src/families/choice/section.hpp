// A line with positions, and the question where they come out.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

/// A line on which actors have positions; what is decided falls somewhere on it.
struct Scale {
  std::string name;
  number::Unit unit;
  ParamId lower = none, upper = none;          ///< its ends; none: the outermost positions
  ParamId status_quo = none, majority = none;  ///< none: not known; more than half
  struct Position {
    ActorId who = none;
    ParamId at = none, salience = none, weight = none;  ///< none: 1
    bool veto = false;
  };
  std::vector<Position> positions;
  /// Of the forecast: mean distance from the weighted mean, masses at single points, where in it the decision falls.
  ParamId error = none, poles = none, poles_between = none, stays = none, stays_at_pole = none, at_vetoes = none,
          luck = none;
  Span span;
};

struct ChoiceQuestion {
  std::uint32_t scale = none;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Scale>& scales(const Situation& s) {
  return s.sections.get<std::vector<Scale>>();
}

extern const Record scale_record, choice_record;                            // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_choice(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_choice(const situation::Situation& s, const situation::Question& q,
                                                    Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family choice();  // family.cpp

}  // namespace entente::families
