// What the core knows of the family signal.
#include "families/signal/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family signal() {
  using namespace situation;
  return {.name = "signal",
          .sections = {many("signals", display_record, "What a sender can show to a receiver.")},
          .kinds = {{&signal_record, &ask::compile_signal}},
          .reader = &read_signal};
}

}  // namespace entente::families
