// What a client gains from whom, and the question about one patron.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

/// One who gives to an exchange's client, or could.
struct Patron {
  ActorId who = none;
  ParamId gain = none, gets = none, spare = none;  ///< none: nothing
  ParamId tie = none;                              ///< presence of the tie between client and patron
};

struct Exchange {
  std::string name;
  ActorId of = none;  ///< the client
  number::Unit unit;
  std::vector<Patron> patrons;
  struct Share {
    std::size_t by = 0, of = 0;  ///< patrons
    ParamId share = none;
  };
  std::vector<Share> replaces;
  ParamId substitution = none, satiation = none;  ///< of the view with constant elasticity; none: no such view
  Span span;
};

struct LeverageQuestion {
  std::uint32_t exchange = none;
  ActorId of = none;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Exchange>& exchanges(const Situation& s) {
  return s.sections.get<std::vector<Exchange>>();
}

extern const Record exchange_record, leverage_record;                         // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_exchange(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_leverage(const situation::Situation& s, const situation::Question& q,
                                                      Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family exchange();  // family.cpp

}  // namespace entente::families
