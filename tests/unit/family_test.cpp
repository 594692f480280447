// A family of questions that only this test registers (tests/unit/contest/) is read, complained about, asked, doubted
// and reported like any other, because nobody knows a family by name.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/doubt/doubt.hpp"
#include "entente/families/all.hpp"
#include "entente/plan/answer.hpp"
#include "entente/report/page.hpp"
#include "entente/report/report.hpp"
#include "situations.hpp"
#include "unit/contest/section.hpp"

using namespace entente;

namespace {

const std::string file = R"(entente: 1
situation: A prize
as_of: 2025-01-01
sources: {s: {title: invented, date: 2024-01-01, grade: B2}}
source: s
actors: {ANN: Annland, BOB: Bobland, CEC: Cecland}
words: {rents: the rents}
contests:
  rents: {unit: B USD/yr, prize: 8 to 12, efforts: {ANN: 1 to 3, BOB: 1, CEC: between 0.5 and 1.5}}
levers:
  harder: {by: ANN, set: {contests.rents.efforts.ANN: 4}}
questions:
  win: {contest: rents, of: ANN}
claims:
  favoured: {says: Annland is the favourite., holds: win.favourite > 0.5}
  alone:    {says: Without Bobland it gets more., holds: win.gain without BOB > win.gain}
  more:     {says: Trying harder helps., holds: win.chance with harder > win.chance}
)";

situation::Registry with_contests() {
  std::vector<situation::Family> all = families::all().families();
  all.push_back(families::contest());
  return situation::Registry(std::move(all));
}

std::unique_ptr<tests::Compiled> read(std::string text, situation::Registry registry = with_contests()) {
  auto c = std::make_unique<tests::Compiled>();
  tests::detail::finish(
      *c, situation::load_bare("prize.yaml", std::move(text), std::move(registry), c->sources, c->diagnostics), {}, {});
  return c;
}

TEST(Family, OfThisTestAloneIsAskedLikeAnyOther) {
  const auto c = read(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto answer = plan::answer(*c->plan);
  ASSERT_EQ(answer.questions.size(), 1u);
  EXPECT_EQ(answer.questions[0].kind, "contest");
  const auto& cells = answer.questions[0].worlds.at(0).cells;
  // Medians: ANN sqrt(3) or the middle of its interval, as the language has it; the test asks the parameters.
  std::vector<double> p(c->plan->parameters());
  ASSERT_TRUE(c->plan->medians(p));
  const double ann = p[c->id("contests.rents.efforts.ANN")], cec = p[c->id("contests.rents.efforts.CEC")];
  EXPECT_DOUBLE_EQ(cells.at(0).value, ann / (ann + 1 + cec));
  EXPECT_DOUBLE_EQ(cells.at(1).value, p[c->id("contests.rents.prize")] * ann / (ann + 1 + cec));
  EXPECT_EQ(cells.at(1).unit, "B USD/yr");
  for (const auto& claim : answer.claims)
    if (claim.name != "favoured") EXPECT_EQ(claim.truth, number::Truth::yes) << claim.name;
  const std::string text = report::text(*c->plan, answer, c->sources, {});
  EXPECT_NE(text.find("Annland strives for rents."), std::string::npos) << text;
  EXPECT_NE(report::json(*c->plan, answer).find("The ratio form of a contest."), std::string::npos);
  EXPECT_NE(report::quantities_text(*c->plan).find("win.favourite"), std::string::npos);
  EXPECT_NE(report::numbers_text(*c->situation, c->sources, {}).find("contests.rents.prize"), std::string::npos);
}

TEST(Family, IsDoubtedAndReported) {
  const auto c = read(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto draws = doubt::run(*c->plan, {.sampling = {.seed = 3, .draws = 400}});
  ASSERT_TRUE(draws);
  const auto d = doubt::judge(*c->plan, *draws);
  ASSERT_TRUE(d);
  // In every draw the favourite is whom the numbers of that draw say: another way to the same share.
  const auto& u = c->plan->uncertain();
  const auto column = [&](std::string_view path) -> const std::vector<double>& {
    return draws->input[static_cast<std::size_t>(std::ranges::find(u, c->id(path)) - u.begin())];
  };
  const auto &ann = column("contests.rents.efforts.ANN"), &cec = column("contests.rents.efforts.CEC");
  std::size_t yes = 0;
  for (std::size_t k = 0; k < ann.size(); ++k) {
    EXPECT_EQ(draws->truth[0][k], ann[k] > 1 + cec[k] ? 1 : 0) << k;
    yes += ann[k] > 1 + cec[k];
  }
  EXPECT_GT(yes, 0u);
  EXPECT_LT(yes, ann.size());
  const std::string text = report::text(*c->plan, *d, report::Style{});
  EXPECT_NE(text.find("Annland is the favourite."), std::string::npos) << text;
  EXPECT_NE(text.find("rents"), std::string::npos);
  const auto page = report::page(*c->plan, plan::answer(*c->plan), &*d, {.command = "x", .version = "1", .failed = {}});
  EXPECT_EQ(page.questions, 1u);
  EXPECT_EQ(page.pictures > 0, true);
  EXPECT_NE(page.html.find("Who wins"), std::string::npos);
  EXPECT_NE(page.html.find("Tullock 1980"), std::string::npos);
}

TEST(Family, IsCheckedInItsPlace) {
  const auto broken = [](const std::string& from, const std::string& to, const std::string& code) {
    std::string text = file;
    text.replace(text.find(from), from.size(), to);
    const auto c = read(text);
    EXPECT_FALSE(c->plan) << to;
    bool told = false;
    for (const auto& d : c->diagnostics.all()) told = told || (d.code == code && d.span.known());
    EXPECT_TRUE(told) << code << " was expected:\n" << c->complaints();
  };
  broken("of: ANN}\n", "of: DAN}\n", "E0342");
  broken("contest: rents", "contest: rent", "E9901");
  broken("CEC: between", "CEX: between", "E0342");
  broken("prize: 8 to 12", "prize: 8 to 12 bcm", "E0206");
  broken("prize: 8 to 12", "price: 8 to 12", "E0301");
  broken("contest: rents,", "lottery: rents,", "E0314");
}

TEST(Family, IsInTheSchemaOnlyWhereItIsRegistered) {
  const std::string with = report::schema(with_contests()), without = report::schema(families::all());
  EXPECT_NE(with.find("contest-section"), std::string::npos);
  EXPECT_EQ(without.find("contest"), std::string::npos);
  const auto c = read(file, families::all());
  EXPECT_FALSE(c->plan);
  EXPECT_NE(c->complaints().find("E0301"), std::string::npos) << c->complaints();  // no such section
}

TEST(Family, AloneIsEnough) {
  std::string text = file;
  const auto c = read(text, situation::Registry({families::contest()}));
  ASSERT_TRUE(c->plan) << c->complaints();
  EXPECT_EQ(c->plan->quantities().size(), 5u);  // three, one with the lever, one without somebody
}

}  // namespace
