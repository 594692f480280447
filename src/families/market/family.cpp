// What the core knows of the family market.
#include "families/market/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family market() {
  using namespace situation;
  return {.name = "market",
          .sections = {many("markets", market_record, "Goods bought and sold.")},
          .kinds = {{&deal_record, &ask::compile_deal}},
          .reader = &read_market};
}

}  // namespace entente::families
