// What the core knows of the family supply.
#include "families/supply/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family supply() {
  using namespace situation;
  return {.name = "supply",
          .sections = {many("supplies", supply_section_record, "Goods under control: who makes, who ships, who buys.")},
          .kinds = {{&supply_record, &ask::compile_supply}},
          .reader = &read_supply};
}

}  // namespace entente::families
