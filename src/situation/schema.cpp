// The table itself. Records refer to one another by address, so they are built once, children first.
#include "entente/situation/situation.hpp"
#include "schema_rows.hpp"

namespace entente::situation {
namespace {

using namespace rows;

const Record source{
    "source",
    "Where a number comes from, and how good that is.",
    "title",
    {text("title", "What it is called.", true), text("publisher", "Who published it."),
     date("date", "When; not after the situation's as_of, but under outcomes."), text("url", "Where it can be read."),
     text("grade", "Reliability A to F and credibility 1 to 6, such as B2."),
     text("note", "Anything a reader should know.")}};

const Record actor{
    "actor",
    "A state, a bloc, a company: whoever acts.",
    "name",
    {text("name", "What people call it.", true),
     num("gdp", std::string(gdp_unit), above, "Gross domestic product, to set a yearly loss against."),
     upto(1, num("discount", "", above, "Yearly discount rate, as a share: the more patient has the lower.", false, {},
                 false))}};

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
                  {words("from", Refers::node, "The node or nodes it leaves from; several share its capacity.", true),
                   word("to", Refers::node, "The node it goes to.", true),
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
                    .refers = Refers::actor}}};

const Record hub{"hub", "A node where nothing is produced or consumed.", "", {text("note", "What it is.")}};

const Record market{"market",
                    "Producers, consumers and the links between them, for one good.",
                    "",
                    {{.name = "year", .kind = K::year, .says = "The year that the answer is for.", .required = true},
                     text("at", "The delivery point at which all prices are stated."),
                     {.name = "quantity", .kind = K::unit, .says = "Unit of quantities, per year.", .required = true},
                     {.name = "price", .kind = K::unit, .says = "Unit of prices.", .required = true},
                     many("producers", producer, "Who delivers.", true),
                     many("consumers", consumer, "Who buys.", true),
                     many("hubs", hub, "Nodes between them."),
                     many("links", link, "What joins them.", true)}};

const Record lever{"lever",
                   "Something that somebody could do: numbers put in place of others.",
                   "",
                   {words("by", Refers::actor, "Who can do it."),
                    {.name = "set", .kind = K::patch, .says = "Places and what to put there.", .required = true},
                    text("says", "The move in words.")}};

const Record claim{
    "claim",
    "A sentence that the situation's numbers make true or false.",
    "holds",
    {text("says", "The claim in words."),
     text("because", "Why it might be so."),
     text("implied", "The assumption it follows from: told without a probability as long as 99 % of the draws agree."),
     text("caveat", "What a reader should know before he believes it: told wherever the claim is."),
     text("under", "The claim of which this one tells more: it is told behind that one."),
     {.name = "holds", .kind = K::condition, .says = "A condition on quantities.", .required = true}}};

const Record meaning{"meaning",
                     "What a name of this file means, as a reader of the answer should find it.",
                     "means",
                     {text("means", "In a few words, without a full stop.", true)}};

const Record outcome{"outcome",
                     "What was known later; never an input.",
                     "value",
                     {text("value", "true, false, undecided, or the number.", true),
                      {.name = "quantity", .kind = K::text, .says = "The quantity that the value is of."},
                      date("date", "When it became known."),
                      text("note", "In words.")}};

const Record patron{
    "patron",
    "One who gives something to the client and gets something for it.",
    "gain",
    {num("gain", "$unit", from_zero, "What the client gains from this flow in a year: not turnover.", true, {}, false),
     num("gets", "$unit", from_zero, "What the patron itself gets out of it.", false, "0", false)}};

const Record ces{
    "ces",
    "A second view: utility of the flows with constant elasticity of substitution.",
    "",
    {num("substitution", "", {1, std::numeric_limits<double>::infinity(), true, true},
         "Elasticity of substitution between the flows, above 1.", true, {}, false),
     num("satiation", "", {0, 1, true, false}, "Exponent of utility: 1 none, lower more.", true, {}, false)}};

const Record exchange{"exchange",
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
                        .refers = Refers::actor},
                       {.name = "replaces",
                        .kind = K::matrix,
                        .says = "Who can replace which share of whose goods: {RUS: {CHN: 30 to 70 %}}.",
                        .domain = share,
                        .refers = Refers::actor},
                       one("ces", ces, "A second view, labelled as such.")}};

const Record contribution{
    "contribution",
    "What a state can give: one number, or what is deployed, on standby, and to be had at a stretch.",
    "total",
    {num("total", "k persons", from_zero, "All of it.", false, {}, false),
     num("deployed", "k persons", from_zero, "In the field elsewhere now.", false, {}, false),
     num("standby", "k persons", from_zero, "Registered and ready.", false, {}, false),
     num("stretch", "k persons", from_zero, "What it could add with an effort.", false, {}, false)}};

const Record force{
    "force",
    "A force to keep a peace: what it needs, who can give, whose consent it takes.",
    "",
    {num("needs", "k persons", above, "Persons needed.", true, {}, false),
     num("share", "", {0, 1, true, false}, "Share of the need from which a contributor counts.", false, "10 %", false),
     chances("chance", K::number, "Joint chance of consent from which a contributor passes; 50 %."),
     many("provides", contribution, "Who could give how much.", true),
     chances("willing", K::numbers, "The chance that a contributor offers it; certain unless said."),
     words("parties", Refers::actor, "Whose consent the force needs whoever decides.", true),
     {.name = "consent",
      .kind = K::matrix,
      .says = "Who agrees to whom: {RUS: {CHN: 50 to 80 % chance, west: 2 %, others: 60 %}}.",
      .required = true,
      .domain = share,
      .chance = true,
      .refers = Refers::actor},
     {.name = "together",
      .kind = K::numbers,
      .says = "How far a state decides by one disposition: 100 % unless said; the rest is case by case.",
      .domain = share,
      .refers = Refers::actor},
     option("rule", {"consent", "security-council"}, "Who decides; by consent of the parties alone unless said."),
     words("permanent", Refers::actor, "The members with a veto, under the Council's rule."),
     chances("elected", K::number, "The chance that enough elected members are in favour.")}};

const Record deal{
    "deal",
    "What a link at stake is worth, and at what price.",
    "",
    {word("deal", Refers::market, "The market.", true),
     words("over", Refers::link, "The links at stake.", true),
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
      .options = {"equal", "patience"}},
     {.name = "asks",
      .kind = K::numbers,
      .says = "What a side is reported to ask or offer, a price: shown beside the limits and solutions, part of none.",
      .unit = "?",
      .refers = Refers::actor},
     {.name = "delay-years", .kind = K::years, .says = "Years for which to say what waiting costs."}}};

const Record leverage{"leverage",
                      "What patrons can cost a client by walking away, and what that costs them.",
                      "",
                      {word("leverage", Refers::exchange, "The exchange.", true),
                       word("of", Refers::actor, "The patron in question.", true)}};

const Record mandate{"mandate",
                     "Who may keep the peace: who can give enough and is agreed to.",
                     "",
                     {word("mandate", Refers::force, "The force.", true)}};

const Record root{
    "situation",
    "A situation between states.",
    "",
    {{.name = "entente", .kind = K::text, .says = "Version of this language: 1.", .required = true},
     text("situation", "Title.", true),
     date("as_of", "The day whose knowledge this is.", true),
     text("note", "Anything a reader should know."),
     text("dissents-from", "The situation that this file overrides in part."),
     many("sources", source, "Where the numbers come from."),
     {.name = "units",
      .kind = K::patch,
      .says = "Units of this file: a word for a new one (seat: a seat in the chamber), or `= 1.08 USD @source`."},
     many("actors", actor, "Who acts.", true),
     {.name = "groups", .kind = K::patch, .says = "Names for several actors."},
     {.name = "drivers",
      .kind = K::numbers,
      .says = "Uncertain numbers that several places share; formulas begin with =.",
      .by_year = true},
     many("together", together_record, "Numbers that hang together: rank correlations."),
     many("words", meaning, "What names mean: of drivers, questions, producers, links, whatever is named."),
     many("markets", market, "Goods bought and sold."),
     many("exchanges", exchange, "What a client gains from whom."),
     many("mandates", force, "Forces to keep a peace."),
     many("signals", display_record, "What a sender can show to a receiver."),
     many("scales", scale_record, "Lines on which actors have positions."),
     many("supplies", supply_section_record, "Goods under control: who makes, who ships, who buys."),
     many("evidence", evidence_record, "What ties are made of: kinds of evidence, each with a weight."),
     {.name = "ties",
      .kind = K::numbers,
      .says = "Judgement on ties, added to the weighted evidence: {RUS-CHN: 0.4 to 0.8}.",
      .domain = tie,
      .refers = Refers::tie},
     many("sizes", measure_record, "What actors weigh, by one measure or several."),
     one("economy", economy_record, "The world economy that measures of trade act upon."),
     many("measures", trade_measure_record, "Tariffs, dearer trade, embargoes: by whom, on whom."),
     many("levers", lever, "What could be done."),
     many("questions", deal, "What is asked."),
     many("claims", claim, "What is claimed."),
     many("outcomes", outcome, "What was known later.")}};

}  // namespace

const Field* Record::find(std::string_view field) const noexcept {
  const std::size_t i = index(field);
  return i == npos ? nullptr : &fields[i];
}

std::size_t Record::index(std::string_view field) const noexcept {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name == field) return i;
  return npos;
}

const Record& root_record() { return root; }

const std::vector<const Record*>& question_records() {
  static const std::vector<const Record*> all{&deal,          &leverage,      &mandate,        &align_record,
                                              &wedge_record,  &bind_record,   &balance_record, &signal_record,
                                              &choice_record, &supply_record, &pressure_record};
  return all;
}

}  // namespace entente::situation
