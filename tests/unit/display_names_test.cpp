// Names of a file told in words, and claims told by chapters.
#include "report/display_names.hpp"

#include <gtest/gtest.h>

#include "entente/plan/answer.hpp"
#include "entente/report/page.hpp"
#include "report/parameter_labels.hpp"
#include "report/sentences.hpp"
#include "situations.hpp"

using namespace entente;

namespace {

std::unique_ptr<tests::Compiled> small() {
  auto c = tests::compile(R"(entente: 1
situation: A small one
as_of: 2025-05-09
sources: {src: {title: a source, date: 2024-01-01, grade: B2}}
source: src
actors: {RUS: Russia, CHN: China, USA: United States, PRK: "김정은"}
words:
  brent: price of Brent oil
  Pipe: the pipe over the mountains
  made: a name that is a word
drivers:
  brent: 60 to 85 USD/bbl
  lng-slope: 0.1 to 0.2
  made: 1 to 2
markets:
  gas:
    year: 2030
    quantity: bcm/yr
    price: USD/kcm
    producers:
      EastSiberia: {of: RUS, capacity: 50 to 60, cost: 20 to 30}
    consumers:
      China: {of: CHN, demand: {quantity: 100, price: 250, elasticity: -0.5}}
    links:
      Pipe: {from: EastSiberia, to: China, consent: [RUS, CHN], capacity: 50 to 60}
      PoS-2: {from: EastSiberia, to: China, consent: [RUS, CHN], capacity: 50}
claims:
  more: {says: Oil is dearer., holds: brent > 80 USD/bbl, under: head}
  alone: {says: It slopes., holds: lng-slope > 0.1}
  head: {says: Oil is dear., holds: brent > 70 USD/bbl}
)");
  EXPECT_TRUE(c->plan) << c->complaints();
  return c;
}

}  // namespace

TEST(Plain, NamesBecomeWords) {
  const auto c = small();
  const auto& s = *c->situation;
  EXPECT_EQ(report::called(s, "brent"), "price of Brent oil");
  EXPECT_EQ(report::called(s, "CHN"), "China");
  EXPECT_EQ(report::called(s, "EastSiberia"), "East Siberia");
  EXPECT_EQ(report::called(s, "EuropeLNG"), "Europe LNG");
  EXPECT_EQ(report::called(s, "ToEurope"), "To Europe");
  for (const char* stays : {"PoS-2", "LNG-new", "lng-slope", "GDP", "", "Сила", "习近平"})
    EXPECT_EQ(report::called(s, stays), stays);
  EXPECT_EQ(report::called_pair(s, "RUS-CHN"), "Russia – China");
  EXPECT_EQ(report::called_pair(s, "RUS-Pipe"), "RUS-Pipe");
}

TEST(Plain, OnlyWhatIsMarkedBecomesWords) {
  const auto c = small();
  const auto& s = *c->situation;
  using ask::Phrase;
  using Kind = Phrase::Kind;
  const auto words = [&](const Phrase& p) { return report::in_words(s, p); };
  EXPECT_EQ(words("it is made in EastSiberia by USA"), "it is made in EastSiberia by USA") << "a text stays a text";
  EXPECT_EQ(words("it is made in " + Phrase(Kind::name, "EastSiberia")), "it is made in East Siberia");
  EXPECT_EQ(words("rests on " + Phrase(Kind::name, "made")), "rests on a name that is a word");
  EXPECT_EQ(words(Phrase(Kind::actor, "USA") + ", " + Phrase(Kind::actor, "CHN") + " | RUS."),
            "United States, China | RUS.");
  EXPECT_EQ(words("what it would cost " + Phrase(Kind::within, "USA") + " to part them"),
            "what it would cost the United States to part them");
  EXPECT_EQ(words(Phrase(Kind::within, "the United States", "USA") + " and " + Phrase(Kind::within, "RUS") + " lose"),
            "The United States and Russia lose");
  EXPECT_EQ(words("of " + Phrase(Kind::pair, "USA-RUS")), "of United States – Russia");
  EXPECT_EQ(words("<b>" + Phrase(Kind::within, "PRK") + "</b>"), "<b>김정은</b>") << "escaping is for whoever sets it";
}

TEST(Plain, QuantitiesAndPlaces) {
  const auto c = small();
  const auto& s = *c->situation;
  EXPECT_EQ(report::quantity_words(s, "deal.made-good.CHN-RUS without PoS-2 with Pipe"),
            "Deal: made good, China – Russia, without PoS-2, with the pipe over the mountains");
  EXPECT_EQ(report::place_words(s, c->id("drivers.brent")), "price of Brent oil");
  EXPECT_EQ(report::place_words(s, c->id("drivers.lng-slope")), "") << "the path says it all";
  EXPECT_TRUE(
      report::place_words(s, c->id("markets.gas.producers.EastSiberia.capacity")).starts_with("East Siberia: "));
}

// Whatever stands in the file, a claim is told once, behind the one that it tells more of.
TEST(Plain, ClaimsAreToldByChapters) {
  const auto c = small();
  EXPECT_EQ(report::chapters(*c->situation), (std::vector<std::vector<std::size_t>>{{1}, {2, 0}}));
}

// A page tells the names of the file in words wherever a question speaks of them, and takes no word for a name: here an
// actor is called `made`, a lever and a claim speak of EastSiberia as their author wrote, and what flows is water.
TEST(Plain, APageTellsNamesInWords) {
  const auto c = tests::compile(R"(entente: 1
situation: A river
as_of: 2025-05-09
sources: {src: {title: a source, date: 2024-01-01, grade: B2}}
source: src
actors: {RUS: Russia, made: Madeira, USA: United States}
words: {water: drinking water, force: armed force}
ties: {USA-RUS: -0.8, USA-made: 0.3 to 0.4, RUS-made: 0.1}
sizes:
  force: {of: {USA: 3, RUS: 2, made: 1}}
markets:
  water:
    year: 2030
    quantity: km3/yr
    price: USD/kcm
    producers:
      EastSiberia: {of: RUS, capacity: 10 to 12, cost: 20}
      ToSea: {open: true, capacity: 100, cost: 40}
    consumers:
      NewTown: {of: USA, demand: {quantity: 100, price: 50, elasticity: -1}}
    links:
      Ships: {from: ToSea, to: NewTown, capacity: 40}
      BigPipe: {from: EastSiberia, to: NewTown, consent: [RUS, USA, made], capacity: 5}
questions:
  sale: {deal: water, over: [BigPipe]}
  camps: {align: [USA, RUS, made], sizes: force}
claims:
  sold: {says: EastSiberia sells what is made there., holds: sale.price > 30 USD/kcm}
)");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto answer = plan::answer(*c->plan);
  const auto page = report::page(*c->plan, answer, nullptr, {.command = "entente report x", .version = "entente 1"});
  const std::string& html = page.html;
  const auto from = html.find("<section class=\"questions\">");
  ASSERT_NE(from, std::string::npos);
  const std::string told = html.substr(from, html.find("</section>\n</section>", from) - from);
  const auto has = [&](const std::string& words) { return told.find(words) != std::string::npos; };
  for (const char* words :
       {"A deal over Big Pipe is worth", "lowest price at which Russia gains",
        "highest price at which the United States", "What the sale over Big Pipe could be priced at", "East Siberia",
        "New Town", "Market drinking water in 2030", "The best configuration: the United States, Madeira | Russia",
        "<abbr title=\"Madeira\">made</abbr>", "Who stands with whom, by armed force"})
    EXPECT_TRUE(has(words)) << words;
  for (const char* raw : {"over BigPipe", "NewTown<", "EastSiberia<", "ToSea<", "which RUS", "which USA",
                          "which the the", "the gas", "at which United States", "it is Madeira", "Madeira good"})
    EXPECT_FALSE(has(raw)) << raw;
  EXPECT_NE(html.find("EastSiberia sells what is made there."), std::string::npos) << "what an author says stays";
}
