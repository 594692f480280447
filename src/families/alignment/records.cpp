// Records of who stands with whom: evidence, sizes, and the questions align, wedge, bind and balance.
#include "families/alignment/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {
constexpr Refers a_measure{"a measure"};
constexpr Refers a_kind{"a kind of evidence"};

Field weight() {
  Field f =
      num("weight", "", from_zero,
          "What a full point of it adds to a tie, or `estimated`: as two centuries of disputes say.", true, {}, false);
  f.options = {"estimated"};
  return f;
}

Field evidence() {
  return words(
      "evidence", a_kind,
      "The kinds of evidence that count here, and `ties` for judgement; unless said all with a weight of their "
      "own, or all estimated where none has one, and judgement.");
}
}  // namespace

const Record world_record{"states",
                          "Tables of states, where those that come with the program are not meant.",
                          "tables",
                          {text("tables", "Their folder, beside the situation.", true)}};

const Record evidence_record{
    "evidence",
    "One kind of evidence on ties: pacts, votes, disputes, trade, each pair between -1 and 1.",
    "ties",
    {weight(),
     text("kind",
          "Which kind the tables of the world know: constant, pacts, disputes, last-side, rivalry, regime, "
          "contiguity, distance, third-party, votes, or all; the entry's own name unless said."),
     {.name = "ties",
      .kind = K::numbers,
      .says = "Pairs and their values: {USA-JPN: 1}.",
      .domain = tie,
      .refers = Refers::tie,
      .told = "what it says of {0}"},
     {.name = "table",
      .kind = K::column,
      .says = "A CSV file with columns a, b, value and, where wanted, source.",
      .domain = tie,
      .refers = Refers::tie,
      .options = {"a", "b"}}}};

const Record measure_record{"measure",
                            "What actors weigh by one measure, such as capability: only the ratios matter.",
                            "of",
                            {{.name = "of",
                              .kind = K::numbers,
                              .says = "Actors and their sizes: {CHN: 0.22, USA: 0.14}.",
                              .domain = above,
                              .refers = Refers::actor,
                              .told = "the size of {0}"},
                             text("column", "The table's column to read; `value` unless said."),
                             {.name = "table",
                              .kind = K::column,
                              .says = "A CSV file with a column actor and one of sizes.",
                              .domain = above,
                              .refers = Refers::actor,
                              .options = {"actor"}}}};

namespace {

Field blocs() {
  return whole_number("blocs", "How many sides there may be: 2, another number, or free; 2 unless said.", {"free"});
}
Field among() { return words("among", Refers::actor, "Who is in it; everybody with a tie unless said."); }
Field sizes() { return word("sizes", a_measure, "The measure of size; all count the same unless said."); }

const Record move{"move",
                  "How far a tie can be moved, and what that costs.",
                  "",
                  {num("up-to", "", tie, "The highest value it can be given.", false, {}, false),
                   num("down-to", "", tie, "The lowest.", false, {}, false),
                   num("cost", "$unit?", from_zero, "Cost of moving it by 0.1.", true, {}, false),
                   num("fixed", "$unit?", from_zero, "Cost of moving it at all.", false, {}, false),
                   word("through", Refers::actor, "The ally who moves it, where the tie is not the mover's own.")}};

std::vector<Field> parting(const char* kind, const char* says) {
  return {words(kind, Refers::actor, says, true),
          word("by", Refers::actor, "Who tries.", true),
          among(),
          evidence(),
          blocs(),
          sizes(),
          num("margin", "", above, "How much worse the other configurations must be, relative to the energy's scale.",
              false, "0.000001", false),
          {.name = "unit", .kind = K::unit, .says = "Unit of costs and budget; none unless said."},
          num("budget", "$unit?", from_zero, "What the mover would pay.", false, {}, false),
          many("moves", move, "Ties that can be moved.", true)};
}

}  // namespace

const Record align_record{
    "align",
    "Who stands with whom.",
    "",
    {words("align", Refers::actor, "The actors.", true), evidence(),
     whole_number("blocs",
                  "How many sides there may be: 2, two camps (neither empty), another number, or free; 2 unless said.",
                  {"free", "two camps"}),
     sizes(), words("against", Refers::actor, "Two who stand apart, the cores of the sides."),
     num("temperature", "", above,
         "Makes chances of ties: they are log odds, divided by it. Unless said 1 with estimated evidence, else least "
         "energy "
         "and no probability.",
         false, {}, false),
     num("size-exponent", "", from_zero, "With a temperature, the power of sizes in the pulls; 0 unless said.", false,
         {}, false)}};

const Record wedge_record{"wedge", "What it would take to part two actors.", "", parting("wedge", "The two to part.")};

const Record bind_record{"bind", "What it would take to bring two actors together.", "",
                         parting("bind", "The two to bring together.")};

const Record balance_record{
    "balance",
    "What one friendship does to the others: dX/dt = X^2.",
    "",
    {words("balance", Refers::actor, "The actors.", true), evidence(),
     word("of", Refers::tie, "The tie whose effect on the others is asked: RUS-PRK.", true),
     num("at", "", {0, 1, false, true}, "The moment, as a share of the time to divergence.", false, "50 %", false),
     num("self", "", any, "What stands on the diagonal: an actor's tie with itself.", false, "0", false)}};

}  // namespace entente::situation
