// What the core knows of the family choice.
#include "families/choice/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family choice() {
  using namespace situation;
  return {.name = "choice",
          .sections = {many("scales", scale_record, "Lines on which actors have positions.")},
          .kinds = {{&choice_record, &ask::compile_choice}},
          .reader = &read_choice};
}

}  // namespace entente::families
