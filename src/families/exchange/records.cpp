// Records of exchanges: what a client gains from whom; and the question about one patron.
#include <limits>

#include "families/exchange/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers an_exchange{"an exchange"};

const Record patron{
    "patron",
    "One who gives something to the client and gets something for it.",
    "gain",
    {told("what the client gains from {of}",
          num("gain", "$unit", from_zero, "What the client gains from this flow in a year: not turnover.", true, {},
              false)),
     told("what {of} gets out of it",
          num("gets", "$unit", from_zero, "What the patron itself gets out of it.", false, "0", false))}};

const Record ces{
    "ces",
    "A second view: utility of the flows with constant elasticity of substitution.",
    "",
    {num("substitution", "", {1, std::numeric_limits<double>::infinity(), true, true},
         "Elasticity of substitution between the flows, above 1.", true, {}, false),
     num("satiation", "", {0, 1, true, false}, "Exponent of utility: 1 none, lower more.", true, {}, false)}};

}  // namespace

const Record exchange_record{
    "exchange",
    "What a client gains from whom, and who could step in.",
    "",
    {word("of", Refers::actor, "The client.", true),
     {.name = "unit", .kind = K::unit, .says = "Unit of all flows, money a year.", .required = true},
     many("from", patron, "Its patrons.", true),
     {.name = "spare",
      .kind = K::numbers,
      .says = "What each could give more if another left.",
      .unit = "$unit",
      .domain = from_zero,
      .refers = Refers::actor,
      .told = "what {0} could give more if another left"},
     {.name = "replaces",
      .kind = K::matrix,
      .says = "Who can replace which share of whose goods: {RUS: {CHN: 30 to 70 %}}.",
      .domain = share,
      .refers = Refers::actor,
      .told = "the share of what {1} gives that {0} could replace"},
     one("ces", ces, "A second view, labelled as such.")}};

const Record leverage_record{
    "leverage",
    "What patrons can cost a client by walking away, and what that costs them.",
    "",
    {word("leverage", an_exchange, "The exchange.", true), word("of", Refers::actor, "The patron in question.", true)}};

}  // namespace entente::situation
