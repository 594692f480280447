// What a file may say of contests, and the family's descriptor.
#include "situation/schema_rows.hpp"
#include "situation/sections.hpp"
#include "unit/contest/section.hpp"

namespace entente::situation {

using namespace rows;

namespace {
constexpr Refers a_contest{"a contest"};
}

const Record contest_record{"contest-section",
                            "A prize that several strive for.",
                            "",
                            {{.name = "unit", .kind = K::unit, .says = "Unit of the prize.", .required = true},
                             num("prize", "$unit", from_zero, "What is won.", true, {}, false),
                             {.name = "efforts",
                              .kind = K::numbers,
                              .says = "How hard each tries.",
                              .required = true,
                              .domain = above,
                              .refers = Refers::actor}}};

const Record contest_question_record{
    "contest",
    "Who wins a contest.",
    "",
    {word("contest", a_contest, "The contest.", true), word("of", Refers::actor, "Whose chance is asked.", true)}};

}  // namespace entente::situation

namespace entente::families {

situation::Family contest() {
  using namespace situation;
  return {.name = "contest",
          .sections = {rows::many("contests", contest_record, "Prizes that several strive for.")},
          .kinds = {{&contest_question_record, &ask::compile_contest}},
          .reader = &read_contest};
}

}  // namespace entente::families
