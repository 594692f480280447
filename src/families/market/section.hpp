// What a market says: producers, consumers, links; and the question about one of them.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

struct Producer {
  std::string name;
  std::uint32_t node = none;
  ActorId of = none;  ///< none: open, a price taker that anyone may buy from
  YearNumber capacity, cost_first, cost_last;
  ParamId presence = none;
  Span span;
};

struct Consumer {
  std::string name;
  std::uint32_t node = none;
  ActorId of = none;
  bool linear = false;
  YearNumber quantity, price, elasticity;  ///< constant elasticity, or linear through that point
  YearNumber choke, slope;                 ///< linear inverse demand p = choke - slope q
  bool by_point = true;
  ParamId presence = none;
  Span span;
};

struct Terms {
  YearNumber price, volume;
};

struct Build {
  YearNumber capex, life, rate;
  ActorId paid_by = none;
};

struct Link {
  std::string name;
  std::vector<std::uint32_t> from;  ///< nodes; several share the link's capacity
  std::uint32_t to = none;
  std::vector<ActorId> consent;
  YearNumber capacity, cost;
  std::optional<Terms> terms;
  std::optional<Build> build;
  ActorId rent = none;  ///< who gets the link's rent where no terms divide it
  std::vector<std::pair<ActorId, YearNumber>> transit_cost;
  ParamId presence = none;
  Span span;
};

struct Market {
  std::string name, at;
  int year = 0;
  number::Unit quantity, price, capital, money;  ///< bcm/yr, USD/kcm, B USD, B USD/yr
  std::vector<std::string> nodes;
  std::vector<Producer> producers;
  std::vector<Consumer> consumers;
  std::vector<Link> links;
  Span span;
};

struct DealQuestion {
  std::uint32_t market = none;
  std::vector<std::uint32_t> over;  ///< links
  bool alternatives = false;        ///< at most one of them is built
  ParamId volume = none;            ///< a yearly sale fixed by the deal; none: the market decides
  std::string solution;             ///< nash, shapley, nucleolus
  bool patience = false;            ///< weights proportional to 1 / discount
  std::vector<std::pair<ActorId, ParamId>> weights;
  std::vector<std::pair<ActorId, ParamId>> asks;  ///< reported; part of no computation
  std::vector<int> delay_years;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Market>& markets(const Situation& s) {
  return s.sections.get<std::vector<Market>>();
}

extern const Record market_record, deal_record;                             // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_market(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_deal(const situation::Situation& s, const situation::Question& q,
                                                  Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family market();  // family.cpp

}  // namespace entente::families
