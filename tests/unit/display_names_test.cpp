// Names of a file told in words, and claims told by chapters.
#include "report/display_names.hpp"

#include <gtest/gtest.h>

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

TEST(Plain, SentencesKeepTheirOwnWords) {
  const auto c = small();
  const auto& s = *c->situation;
  EXPECT_EQ(report::plain(s, "USA, CHN | RUS."), "United States, China | Russia.");
  EXPECT_EQ(report::plain(s, "it is made in China"), "it is made in China") << "made is a word of the sentence";
  EXPECT_EQ(report::plain(s, "what it would cost United States to part them"),
            "what it would cost the United States to part them");
  EXPECT_EQ(report::plain(s, "it costs the United States 3 %"), "it costs the United States 3 %");
  EXPECT_EQ(report::plain(s, "United States – Russia"), "United States – Russia");
  EXPECT_EQ(report::plain(s, "existing sale over PoS-2, -0.3 to 0.2 B USD/yr"),
            "existing sale over PoS-2, -0.3 to 0.2 B USD/yr");
  EXPECT_EQ(report::plain(s, "<b>PRK</b> & 김정은"), "<b>김정은</b> & 김정은") << "escaping is for whoever sets it";
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
