// A peace force, and the question who may keep the peace.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

/// A peace force: what contributors can give and whose consent it needs.
struct Force {
  std::string name;
  ParamId needs = none, share = none, chance = none;
  struct Contributor {
    ActorId who = none;
    std::vector<ParamId> provides;  ///< summed: deployed, standby, stretch, or one number
    ParamId willing = none;         ///< none: certainly
  };
  std::vector<Contributor> contributors;
  struct Consent {
    ActorId who = none;
    bool party = false;           ///< asked whatever the rule; else only under the Council's
    ParamId together = none;      ///< none: one disposition
    std::vector<ParamId> chance;  ///< by contributor; none: agrees
  };
  std::vector<Consent> consents;
  ParamId council = none;  ///< presence of the Council's rule; none: no such rule
  ParamId elected = none;  ///< chance that enough elected members are in favour; none: certainly
  Span span;
};

struct MandateQuestion {
  std::uint32_t force = none;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Force>& forces(const Situation& s) {
  return s.sections.get<std::vector<Force>>();
}

extern const Record force_record, mandate_record;                          // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_force(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_mandate(const situation::Situation& s, const situation::Question& q,
                                                     Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family force();  // family.cpp

}  // namespace entente::families
