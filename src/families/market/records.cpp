// Records of markets: producers, consumers, links; and the question about links at stake.
#include "families/market/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_node{"a node"}, a_link{"a link"}, a_market{"a market"};

const Record cost{"cost",
                  "Cost of a unit delivered to the node: constant, or rising along a line.",
                  "constant",
                  {num("constant", "$price", any, "What every unit costs: one number."),
                   num("first", "$price", any, "Cost of the first unit."),
                   num("last", "$price", any, "Cost of the last unit, at capacity.")}};

const Record producer{
    "producer",
    "A place that can deliver up to its capacity at a cost.",
    "",
    {word("of", Refers::actor, "Whose it is."),
     {.name = "open", .kind = K::flag, .says = "Nobody's in this situation: sells to anyone at the market's price."},
     num("capacity", "$quantity", from_zero, "Most that it can deliver in a year.", true),
     one("cost", cost, "Cost of a unit delivered at its node.", true)}};

const Record demand{
    "demand",
    "How much is wanted at which price.",
    "",
    {num("quantity", "$quantity", from_zero, "Quantity wanted at `price`."),
     num("price", "$price", above, "The price at which `quantity` is wanted."),
     upto(10, num("elasticity", "", below, "Percent change of quantity for one percent of price; below 0.")),
     option("form", {"constant-elasticity", "linear"}, "The curve through the point; constant elasticity unless said."),
     num("choke", "$price", above, "The price above which nothing is bought."),
     num("slope", "$price/$quantity", above, "Fall of the price for one more unit; with `choke` a straight line.")}};

const Record consumer{"consumer",
                      "A place that buys along a demand curve.",
                      "",
                      {word("of", Refers::actor, "Whose it is."),
                       {.name = "open", .kind = K::flag, .says = "Nobody's in this situation."},
                       one("demand", demand, "The demand curve.", true)}};

const Record terms{"terms",
                   "An existing sale: what is paid for how much.",
                   "",
                   {num("price", "$price", any, "Price paid at the market's delivery point.", true),
                    num("volume", "$quantity", from_zero, "Yearly volume sold at that price.", true)}};

const Record build{"build",
                   "What it takes to build the link.",
                   "",
                   {num("capex", "$capital", from_zero, "Capital cost.", true),
                    upto(100, num("life", "yr", above, "Years over which it is repaid.", true)),
                    upto(1, num("rate", "", from_zero, "Yearly interest, as a share.", true)),
                    word("paid-by", Refers::actor, "Who pays; the seller unless said.")}};

const Record link{"link",
                  "A way for goods from one node to another.",
                  "",
                  {words("from", a_node, "The node or nodes it leaves from; several share its capacity.", true),
                   word("to", a_node, "The node it goes to.", true),
                   words("consent", Refers::actor, "Whose consent it needs."),
                   num("capacity", "$quantity", from_zero, "Most that it carries in a year.", true),
                   num("cost", "$price", from_zero, "Cost of carrying a unit.", false, "0"),
                   one("terms", terms, "The sale that it carries today."),
                   one("build", build, "It does not exist: what building it takes."),
                   word("rent", Refers::actor, "Who gets its rent where no terms divide it; the seller unless said."),
                   {.name = "transit-cost",
                    .kind = K::numbers,
                    .says = "What carrying a unit costs a transit state itself.",
                    .unit = "$price",
                    .domain = from_zero,
                    .refers = Refers::actor,
                    .told = "what carrying a unit costs {0} itself"}}};

const Record hub{"hub", "A node where nothing is produced or consumed.", "", {text("note", "What it is.")}};

}  // namespace

const Record market_record{
    "market",
    "Producers, consumers and the links between them, for one good.",
    "",
    {{.name = "year", .kind = K::year, .says = "The year that the answer is for.", .required = true},
     text("at", "The delivery point at which all prices are stated."),
     {.name = "quantity", .kind = K::unit, .says = "Unit of quantities, per year.", .required = true},
     {.name = "price", .kind = K::unit, .says = "Unit of prices.", .required = true, .earns = "quantity"},
     many("producers", producer, "Who delivers.", true),
     many("consumers", consumer, "Who buys.", true),
     many("hubs", hub, "Nodes between them."),
     many("links", link, "What joins them.", true)}};

const Record deal_record{
    "deal",
    "What a link at stake is worth, and at what price.",
    "",
    {word("deal", a_market, "The market.", true),
     words("over", a_link, "The links at stake.", true),
     {.name = "alternatives",
      .kind = K::flag,
      .says = "At most one of the links is built: they are routes for the same goods."},
     num("volume", "?", above, "A yearly sale fixed by the deal, take or pay; without it the market decides.", false,
         {}, false),
     option("solution", {"nash", "shapley", "nucleolus"},
            "The solution that plain `price` and `gain` stand for; nash."),
     {.name = "weights",
      .kind = K::numbers,
      .says = "Nash weights: `equal`, `patience`, or a number for each party.",
      .domain = above,
      .refers = Refers::actor,
      .options = {"equal", "patience"},
      .told = "the Nash weight of {0}"},
     {.name = "asks",
      .kind = K::numbers,
      .says = "What a side is reported to ask or offer, a price: shown beside the limits and solutions, part of none.",
      .unit = "?",
      .refers = Refers::actor,
      .told = "what {0} is reported to ask or offer"},
     {.name = "delay-years", .kind = K::years, .says = "Years for which to say what waiting costs."}}};

}  // namespace entente::situation
