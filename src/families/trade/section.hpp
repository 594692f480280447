// The world economy, measures of trade on it, and the question what they cost whom.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

struct Economy;
struct BaseYear;

/// The world economy as the situation sees it.
struct WorldEconomy {
  std::shared_ptr<const Economy> base;              ///< the tables as read; none: the situation has no economy
  std::shared_ptr<BaseYear> year;                   ///< the same as an equilibrium (base_year.hpp)
  Span span;                                        ///< where the base is named
  std::vector<std::vector<std::uint32_t>> regions;  ///< by actor: its countries of the base; none: it is not in it
  ParamId scale = none;
  std::vector<ParamId> elasticity;      ///< by sector; none: the base's times the scale
  std::vector<std::uint32_t> in_force;  ///< measures that hold beforehand
  std::uint8_t deficits = 0;            ///< trade::Deficits
  std::uint64_t digest = 0;             ///< of the tables
};

/// A measure of trade: by whom, on whom, on which sectors' goods.
struct TradeMeasure {
  std::string name;
  std::vector<ActorId> by, on;
  std::vector<std::uint32_t> sectors;
  bool imports = true, exports = true;  ///< of costs and embargoes, as seen by those who take it
  bool embargo = false;
  ParamId tariff_to = none, tariff_down_to = none, tariff_add = none, cost_factor = none, trade_factor = none;
  ParamId presence = none;
  Span span;
};

struct PressureQuestion {
  std::vector<std::uint32_t> measures;
  std::vector<ActorId> on;         ///< targets
  std::vector<ActorId> coalition;  ///< whose reach is asked
  std::vector<ActorId> third;      ///< others whose staying out is asked; targets are among each other's
  ParamId tolerance = none;
  ParamId least_trade = none, most_tariff = none;  ///< bounds of reach; none of both: an embargo
  std::vector<std::uint32_t> sectors;              ///< of reach
  std::vector<ParamId> pairs;                      ///< presence of the tie between targets, i < j in order
};

[[nodiscard]] inline const WorldEconomy& economy(const Situation& s) { return s.sections.get<WorldEconomy>(); }
[[nodiscard]] inline const std::vector<TradeMeasure>& trade_measures(const Situation& s) {
  return s.sections.get<std::vector<TradeMeasure>>();
}

extern const Record economy_record, trade_measure_record, pressure_record;  // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_trade(const Builder& b);   // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_pressure(const situation::Situation& s, const situation::Question& q,
                                                      Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family trade();  // family.cpp

}  // namespace entente::families
