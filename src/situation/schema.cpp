// The core's records: sources, actors, levers, claims, words, outcomes; and the whole file, whose rows of families
// stand between what a situation has anyway.
#include "entente/situation/parameter.hpp"
#include "entente/situation/registry.hpp"
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
     text("state", "The code by which the tables of the world know it, such as DEU; its own name unless said."),
     upto(1, num("discount", "", above, "Yearly discount rate, as a share: the more patient has the lower.", false, {},
                 false))},
    true};

constexpr Refers a_lever{"a lever"};

const Record lever{
    "lever",
    "Something that somebody could do: numbers put in place of others.",
    "",
    {words("by", Refers::actor, "Who can do it; several: together. By nobody it is no move, only a world for claims."),
     {.name = "set", .kind = K::patch, .says = "Places and what to put there.", .required = true},
     text("says", "The move in words."),
     num("cost", "?", from_zero, "What it costs, paid even where it fails; one unit for all levers.", false, {}, false),
     {.name = "works",
      .kind = K::number,
      .says = "The chance that it can be carried out as said; 100 % unless stated.",
      .domain = share,
      .chance = true},
     num("dose", "?", any, "Its size, between two ends; numbers under set and cost may say = dose * ...", false, {},
         false),
     whole_number("steps", "In how many steps the dose is looked at: 1 to 100, 10 unless stated."),
     words("excludes", a_lever, "Levers that cannot be in one package with this one."),
     words("needs", a_lever, "Levers without which this one cannot be carried out.")}};

const Record claim{
    "claim",
    "A sentence that the situation's numbers make true or false.",
    "holds",
    {text("says", "The claim in words."),
     text("because", "Why it might be so."),
     text("implied", "The assumption it follows from: told without a probability as long as 99 % of the draws agree."),
     text("caveat", "What a reader should know before he believes it: told wherever the claim is."),
     text("resolves", "What will say whether it came true: a proxy with its source, a threshold, a date."),
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
                      text("note", "In words.")},
                     false,
                     true};

// How likely it was that this became known.
Field likelihood(std::string name, std::string says) {
  Field f = num(std::move(name), "", share, std::move(says), false, {}, false);
  f.chance = true;
  return f;
}

const Record news{
    "news",
    "What became known after as_of: never an input of an answer, only of `follow`.",
    "",
    {{.name = "date",
      .kind = K::date,
      .says = "The day on which it became known; after as_of.",
      .required = true,
      .to_the_day = true},
     text("says", "It in words.", true),
     {.name = "if", .kind = K::condition, .says = "A condition, or a claim's name, that it speaks for or against."},
     likelihood("likely", "The chance of hearing it where that is true."),
     likelihood("unlikely", "The chance of hearing it where that is false."),
     text("measures", "The quantity that was read."),
     num("reads", "?", any, "What was read, with the spread of the reading and of the model.", false, {}, false),
     likelihood("else", "The chance of hearing it where the condition or quantity is undefined."),
     text("group", "Items of one group tell one thing; one of them says `counts: true`."),
     {.name = "counts", .kind = K::flag, .says = "Of a group, the one that is weighed."}}};

// Stands for a question where the registry has no kind.
const Record no_kind{"question", "What is asked.", "", {}};

// Its names stand in formulas.
Field spoken(Field f) {
  f.spoken = true;
  return f;
}

Record whole(const std::vector<Family>& families) {
  Record r{
      "situation",
      "A situation between states.",
      "",
      {{.name = "entente", .kind = K::text, .says = "Version of this language: 1.", .required = true},
       text("situation", "Title.", true),
       {.name = "as_of",
        .kind = K::date,
        .says = "The day whose knowledge this is.",
        .required = true,
        .to_the_day = true},
       text("note", "Anything a reader should know."),
       text("dissents-from", "The situation that this file overrides in part."),
       {.name = "sources",
        .kind = K::records,
        .says = "Where the numbers come from.",
        .record = &source,
        .cited = true},
       {.name = "units",
        .kind = K::units,
        .says = "Units of this file: a word for a new one (seat: a seat in the chamber), or `= 1.08 USD @source`."},
       spoken(many("actors", actor, "Who acts.", true)),
       {.name = "groups", .kind = K::lists, .says = "Names for several actors."},
       {.name = "drivers",
        .kind = K::numbers,
        .says = "Uncertain numbers that several places share; formulas begin with =.",
        .by_year = true,
        .free = true},
       many("together", together_record, "Numbers that hang together: rank correlations."),
       many("words", meaning, "What names mean: of drivers, questions, producers, links, whatever is named.")}};
  const Record* first = &no_kind;
  for (const Family& f : families) {
    r.fields.insert(r.fields.end(), f.sections.begin(), f.sections.end());
    if (first == &no_kind && !f.kinds.empty()) first = f.kinds.front().record;
  }
  r.fields.insert(r.fields.end(), {{.name = "costs-in", .kind = K::unit, .says = "The unit of what levers cost."},
                                   spoken(many("levers", lever, "What could be done.")),
                                   {.name = "questions",
                                    .kind = K::records,
                                    .says = "What is asked.",
                                    .record = first,
                                    .of_kind = true,
                                    .spoken = true},
                                   spoken(many("claims", claim, "What is claimed.")),
                                   many("outcomes", outcome, "What was known later."),
                                   many("news", news, "What became known later, and how likely that was.")});
  return r;
}

}  // namespace

Registry::Registry(std::vector<Family> families) : families_(std::move(families)), root_(whole(families_)) {
  for (const Family& f : families_)
    for (const QuestionKind& k : f.kinds) questions_.push_back(k.record);
}

const QuestionKind* Registry::kind(std::string_view name) const noexcept {
  for (const Family& f : families_)
    for (const QuestionKind& k : f.kinds)
      if (k.record->name == name) return &k;
  return nullptr;
}

const Field* Record::find(std::string_view field) const noexcept {
  const std::size_t i = index(field);
  return i == npos ? nullptr : &fields[i];
}

std::size_t Record::index(std::string_view field) const noexcept {
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i].name == field) return i;
  return npos;
}

}  // namespace entente::situation
