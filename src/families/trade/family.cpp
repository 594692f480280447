// What the core knows of the family trade.
#include "families/trade/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family trade() {
  using namespace situation;
  return {.name = "trade",
          .sections = {one("economy", economy_record, "The world economy that measures of trade act upon."),
                       many("measures", trade_measure_record, "Tariffs, dearer trade, embargoes: by whom, on whom.")},
          .kinds = {{&pressure_record, &ask::compile_pressure}},
          .reader = &read_trade};
}

}  // namespace entente::families
