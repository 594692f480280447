// Records of supplies: who makes controlled goods, who ships them, who buys; and the question what is left without
// whom.
#include "families/supply/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_supply{"a supply"};

const Record origin_record{
    "origin",
    "Where goods are made.",
    "capacity",
    {word("of", Refers::actor, "Whose makers they are: without that actor nothing is made here."),
     num("capacity", "$unit", from_zero, "Most that could be made for this buyer in a year.", true, {}, false),
     num("cost", "", from_zero, "What the first unit costs at its maker's, times the ordinary price; 1 unless said.",
         false, "1", false),
     upto(20, num("rise", "", from_zero, "How much more the last unit costs, in the same terms; 0 unless said.", false,
                  "0", false))}};

const Record stretch_record{
    "stretch",
    "What a route could ship beyond its capacity, at a higher cost.",
    "",
    {told("what it could ship beyond its capacity",
          num("capacity", "$unit", from_zero, "How much more.", true, {}, false)),
     told("what a unit shipped at a stretch costs beyond the mark-up",
          upto(10,
               num("dearer", "", from_zero,
                   "What that costs a unit beyond the mark-up, as a share of the ordinary price.", true, {}, false)))}};

const Record route_record{
    "route",
    "A way by which goods reach the buyer, whoever made them.",
    "",
    {word("of", Refers::actor, "Who ships: without that actor the route is closed."),
     {.name = "carries", .kind = K::words, .says = "The origins whose goods it takes.", .required = true},
     num("capacity", "$unit", from_zero, "Most that it ships in a year, whoever made it.", true, {}, false),
     upto(10, num("mark-up", "", from_zero, "What it adds to a unit's cost, as a share of the ordinary price.", true,
                  {}, false)),
     one("stretch", stretch_record, "What it could ship beyond that, at a higher cost."),
     num("stopped", "", share, "Share that enforcement keeps from passing: refused, seized, unpaid; 0 unless said.",
         false, "0", false),
     upto(10, num("toll", "", from_zero, "What enforcement adds to a unit's cost: fees, detours; 0 unless said.", false,
                  "0", false))}};

const Record supply_demand_record{
    "wanted",
    "How much the buyer takes at which price, prices being times the ordinary one.",
    "",
    {num("quantity", "$unit", from_zero, "Quantity taken at `price`.", true, {}, false),
     num("price", "", above, "The price at which `quantity` is taken; 1 is what others pay.", true, {}, false),
     upto(10, num("elasticity", "", below, "Percent change of quantity for one percent of price; below 0.", true, {},
                  false)),
     num("choke", "", above, "The price above which nothing is bought; ten times `price` unless said.", false, {},
         false)}};

}  // namespace

const Record supply_section_record{
    "chain",
    "How goods under control reach a buyer: who makes them and who ships them.",
    "",
    {word("to", Refers::actor, "The buyer.", true),
     {.name = "unit",
      .kind = K::unit,
      .says = "Unit of quantities, per year: goods counted at what other buyers pay for them.",
      .required = true},
     many("origins", origin_record, "Where the goods are made.", true),
     many("routes", route_record, "By which ways they come.", true),
     one("demand", supply_demand_record, "How much is taken at which price.", true)}};

const Record supply_record{
    "supply",
    "How much reaches a buyer at what price, and what is left when somebody withdraws or routes are cut.",
    "",
    {word("supply", a_supply, "The supply.", true),
     {.name = "withdraw",
      .kind = K::words,
      .says = "Who stops: an actor with all that it makes and ships, a group, an origin or a route."},
     num("at-least", "", {0, 1, true, false}, "Share of what came before from which the loss counts as made good.",
         false, "50 %", false),
     num("at-most", "", above, "The highest price at which that counts, times the ordinary price.", false, {}, false),
     whole_number("routes-cut", "How many routes the worst cut takes: 1, 2, ...")}};

}  // namespace entente::situation
