// Records of scales: who wants what on one line, and the question where it comes out.
#include "families/choice/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_scale{"a scale"};

Field mass(std::string name, std::string fallback, std::string says) {
  return num(std::move(name), "", share, std::move(says), false, std::move(fallback), false);
}

const Record position_record{
    "position",
    "What an actor wants on a scale, how much it cares, and what it weighs.",
    "at",
    {told("where {of} wants the decision", num("at", "$unit", any, "Where it wants the decision.", true, {}, false)),
     told("how much of its weight {of} puts in",
          num("salience", "", share, "How much of its weight it puts in: 0 to 100 %.", false, "100 %", false)),
     told("what {of} could put in",
          num("weight", "", from_zero, "What it could put in; only the ratios matter.", false, "1", false)),
     {.name = "veto", .kind = K::flag, .says = "Nothing is decided that it finds worse than the status quo."}}};

}  // namespace

// The masses are wide around what decisions of the European Union did (docs/methods/choice.md), for other stages
// differ.
const Record scale_record{
    "scale",
    "A line on which actors have positions.",
    "",
    {{.name = "unit", .kind = K::unit, .says = "Unit of the line.", .required = true},
     {.name = "positions",
      .kind = K::records,
      .says = "Who wants what.",
      .required = true,
      .record = &position_record,
      .empty_told = true},
     num("lower", "$unit", any, "Its lower end; the least position unless said.", false, {}, false),
     num("upper", "$unit", any, "Its upper end; the largest position unless said.", false, {}, false),
     num("status-quo", "$unit", any, "What stays without a decision.", false, {}, false),
     num("majority", "", {0, 1, true, false}, "Share of all weights that a change takes; more than half unless said.",
         false, {}, false),
     num("error", "", {0, 0.5, true, true},
         "Mean distance of a decision from the weighted mean, as a share of the line.", false, "between 0.18 and 0.3",
         false),
     mass("poles", "between 15 and 45 %", "Chance of an end, where the status quo does not lie between the ends."),
     mass("poles-between", "between 0 and 20 %", "The same, where it does."),
     mass("stays", "between 15 and 55 %", "Chance that a status quo between the ends stays."),
     mass("stays-at-pole", "between 0 and 15 %", "Further chance of an end that is the status quo."),
     mass("at-vetoes", "between 0 and 15 %", "Chance of the veto players' own positions, all together."),
     mass("luck", "between 0 and 100 %", "Where within the forecast the decision falls; drawn.")}};

const Record choice_record{
    "choice", "Where actors with positions on one line come out.", "", {word("choice", a_scale, "The scale.", true)}};

}  // namespace entente::situation
