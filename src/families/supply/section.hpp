// How goods under control reach a buyer, and the question what is left without whom.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

/// How goods under control reach a buyer.
struct Supply {
  std::string name;
  ActorId to = none;
  number::Unit unit;
  struct Origin {
    std::string name;
    ActorId of = none;  ///< none: nobody's in this situation
    ParamId capacity = none, cost = none, rise = none, presence = none;
    Span span;
  };
  struct Route {
    std::string name;
    ActorId of = none;
    std::uint64_t carries = 0;  ///< origins, the i-th is bit i
    ParamId capacity = none, mark_up = none, stopped = none, toll = none, presence = none;
    ParamId stretch = none, dearer = none;  ///< none: no stretch
    Span span;
  };
  std::vector<Origin> origins;
  std::vector<Route> routes;
  ParamId quantity = none, price = none, elasticity = none, choke = none;  ///< choke none: ten times the price
  Span span;
};

struct SupplyQuestion {
  std::uint32_t supply = none;
  std::vector<std::string> withdraw;        ///< as named; empty: nobody
  std::uint64_t origins = 0, routes = 0;    ///< what they make and ship
  unsigned routes_cut = 0;                  ///< 0: not asked
  ParamId at_least = none, at_most = none;  ///< at_most none: any price
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Supply>& supplies(const Situation& s) {
  return s.sections.get<std::vector<Supply>>();
}

extern const Record supply_section_record, supply_record;                   // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_supply(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_supply(const situation::Situation& s, const situation::Question& q,
                                                    Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family supply();  // family.cpp

}  // namespace entente::families
