// What the core knows of the family exchange.
#include "families/exchange/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family exchange() {
  using namespace situation;
  return {.name = "exchange",
          .sections = {many("exchanges", exchange_record, "What a client gains from whom.")},
          .kinds = {{&leverage_record, &ask::compile_leverage}},
          .reader = &read_exchange};
}

}  // namespace entente::families
