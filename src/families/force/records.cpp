// Records of peace forces, and the question who may keep the peace.
#include "families/force/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_force{"a force"};

const Record contribution{
    "contribution",
    "What a state can give: one number, or what is deployed, on standby, and to be had at a stretch.",
    "total",
    {told("what {of} could give", num("total", "k persons", from_zero, "All of it.", false, {}, false)),
     told("what {of} has in the field elsewhere",
          num("deployed", "k persons", from_zero, "In the field elsewhere now.", false, {}, false)),
     told("what {of} has registered and ready",
          num("standby", "k persons", from_zero, "Registered and ready.", false, {}, false)),
     told("what {of} could add with an effort",
          num("stretch", "k persons", from_zero, "What it could add with an effort.", false, {}, false))}};

}  // namespace

const Record force_record{
    "force",
    "A force to keep a peace: what it needs, who can give, whose consent it takes.",
    "",
    {num("needs", "k persons", above, "Persons needed.", true, {}, false),
     num("share", "", {0, 1, true, false}, "Share of the need from which a contributor counts.", false, "10 %", false),
     chances("chance", K::number, "Joint chance of consent from which a contributor passes; 50 %."),
     many("provides", contribution, "Who could give how much.", true),
     told("the chance that {0} offers it",
          chances("willing", K::numbers, "The chance that a contributor offers it; certain unless said.")),
     words("parties", Refers::actor, "Whose consent the force needs whoever decides.", true),
     {.name = "consent",
      .kind = K::matrix,
      .says = "Who agrees to whom: {RUS: {CHN: 50 to 80 % chance, west: 2 %, others: 60 %}}.",
      .required = true,
      .domain = share,
      .chance = true,
      .refers = Refers::actor,
      .told = "the chance that {0} agrees to {1}"},
     {.name = "together",
      .kind = K::numbers,
      .says = "How far a state decides by one disposition: 100 % unless said; the rest is case by case.",
      .domain = share,
      .refers = Refers::actor,
      .told = "how far {0} decides by one disposition"},
     option("rule", {"consent", "security-council"}, "Who decides; by consent of the parties alone unless said."),
     words("permanent", Refers::actor, "The members with a veto, under the Council's rule."),
     chances("elected", K::number, "The chance that enough elected members are in favour.")}};

const Record mandate_record{"mandate",
                            "Who may keep the peace: who can give enough and is agreed to.",
                            "",
                            {word("mandate", a_force, "The force.", true)}};

}  // namespace entente::situation
