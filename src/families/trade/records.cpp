// Records of the world economy: its base, measures of trade, and the question what they cost whom.
#include "families/trade/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_sector{"a sector"}, a_measure_of_trade{"a measure of trade"};

constexpr Domain rate{-1, std::numeric_limits<double>::infinity(), true, true};

const Record bounds_record{
    "bounds",
    "How far the measures of a coalition could go.",
    "",
    {upto(10, num("trade-factor", "", share,
                  "What the coalition would leave of each flow, both ways, at the given prices and incomes; 0, an end "
                  "of trade, "
                  "unless there is a `tariff-up-to`.",
                  false, {}, false)),
     upto(5, num("tariff-up-to", "", rate, "The highest tariff on what it buys of the target.", false, {}, false)),
     words("goods", a_sector, "Sectors, or `tradable`: all but services, unless said.")}};

}  // namespace

const Record economy_record{
    "economy",
    "The world economy that measures of trade act upon.",
    "",
    {text("base",
          "The folder of its five tables, from the situation's own; or world-2014 or world-2022, which come with the "
          "program.",
          true),
     {.name = "regions",
      .kind = K::lists,
      .says = "Which regions of the base an actor stands for: {EUR: [DEU, EUX]}; the one of its name unless said."},
     upto(10, num("elasticity-scale", "", above, "What the base's trade elasticities are multiplied with.", false, "1",
                  false)),
     {.name = "elasticities",
      .kind = K::numbers,
      .says = "Trade elasticities in place of the base's, by sector; the scale does not touch them.",
      .domain = above,
      .refers = a_sector,
      .told = "the trade elasticity of {0}"},
     option("deficits", {"fixed", "scaled", "closed", "own-income"},
            "What becomes of deficits: as shares of the world's value added they stay (unless said), move with the "
            "world's income, end, or stay in step with each country's own income."),
     words("in-force", a_measure_of_trade,
           "Measures that hold beforehand: losses are counted from the world in which they do.")}};

const Record trade_measure_record{
    "trade-measure",
    "A tariff, dearer trade or an embargo, by some on others.",
    "",
    {words("by", Refers::actor, "Who takes it.", true),
     words("on", Refers::actor, "Whom it is aimed at.", true),
     words("goods", a_sector, "Sectors, or `tradable`: all but services, unless said."),
     option("direction", {"both", "imports", "exports"},
            "Of dearer trade and embargoes, as seen by those who take it; both unless said. Tariffs are on imports."),
     upto(5, num("tariff-to", "", rate, "A level that tariffs reach, where they are lower.", false, {}, false)),
     upto(5, num("tariff-down-to", "", rate, "A level that tariffs fall to, where they are higher.", false, {}, false)),
     upto(5, num("tariff-add", "", rate, "What is added to tariffs, in points.", false, {}, false)),
     upto(100, num("cost-factor", "", above, "What the cost of trade is multiplied with.", false, {}, false)),
     upto(10, num("trade-factor", "", from_zero,
                  "What is left of each flow at the given prices and incomes, by a cost that does so; 0 ends trade.",
                  false, {}, false)),
     {.name = "embargo", .kind = K::flag, .says = "No trade at all."}}};

const Record pressure_record{
    "pressure",
    "What measures of trade cost whom, and how far a coalition could go.",
    "",
    {words("pressure", a_measure_of_trade, "The measures.", true), words("on", Refers::actor, "The targets.", true),
     words("by", Refers::actor, "The coalition whose reach is asked; all who take measures on a target, unless said."),
     words("third", Refers::actor, "Others whose staying out is asked; each target is one for the others."),
     num("tolerance", "", {0, 1, true, true}, "The share of real income that a target can lose and hold out.", false,
         {}, false),
     one("bounds", bounds_record, "How far the coalition could go; to an embargo unless said.")}};

}  // namespace entente::situation
