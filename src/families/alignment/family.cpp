// What the core knows of the family alignment.
#include "families/alignment/section.hpp"
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"

namespace entente::families {

using namespace situation::rows;
using situation::Refers;

situation::Family alignment() {
  using namespace situation;
  return {
      .name = "alignment",
      .sections = {many("evidence", evidence_record, "What ties are made of: kinds of evidence, each with a weight."),
                   one("states", world_record, "Tables of states; those that come with the program unless said."),
                   {.name = "ties",
                    .kind = K::numbers,
                    .says = "Judgement on ties, added to the weighted evidence: {RUS-CHN: 0.4 to 0.8}; or, with a "
                            "temperature, in its place: {USA-RUS: 5 to 20 % together}.",
                    .domain = tie,
                    .refers = Refers::tie,
                    .or_chance = "together",
                    .told = "the judged tie of {0}"},
                   many("sizes", measure_record, "What actors weigh, by one measure or several.")},
      .kinds = {{&align_record, &ask::compile_align},
                {&wedge_record, &ask::compile_parting},
                {&bind_record, &ask::compile_parting},
                {&balance_record, &ask::compile_balance}},
      .reader = &read_alignment};
}

}  // namespace entente::families
