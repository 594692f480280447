// What the core knows of the family force.
#include "families/force/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family force() {
  using namespace situation;
  return {.name = "force",
          .sections = {many("mandates", force_record, "Forces to keep a peace.")},
          .kinds = {{&mandate_record, &ask::compile_mandate}},
          .reader = &read_force};
}

}  // namespace entente::families
