// The situations of tests/data/deal, whose answers are found by hand in their comments: every quantity to 1e-9.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numbers>

#include "entente/families/all.hpp"
#include "entente/plan/answer.hpp"
#include "property/deal_run.hpp"

namespace {
using entente::ask::Reason;

/// One file's answers: cells by "question.name", or "question.name with LEVER".
struct File {
  std::map<std::string, double> value;
  std::map<std::string, Reason> reason;
  std::map<std::string, entente::number::Truth> claim;

  explicit File(const std::string& name) {
    entente::SourceMap sources;
    entente::Diagnostics out;
    auto s = entente::situation::load(std::string(ENTENTE_ROOT) + "/tests/data/deal/" + name + ".yaml",
                                      entente::families::all(), sources, out);
    EXPECT_TRUE(s && out.all().empty()) << name << entente::render(out, sources);
    if (!s) return;
    const auto plan =
        entente::plan::Plan::compile(std::make_shared<const entente::situation::Situation>(std::move(*s)), out);
    EXPECT_TRUE(plan) << name;
    if (!plan) return;
    const auto a = entente::plan::answer(*plan);
    for (const auto& q : a.questions)
      for (const auto& w : q.worlds)
        for (const auto& c : w.cells) {
          const std::string key = q.name + "." + c.name + (w.world.empty() ? "" : " " + w.world);
          value[key] = c.value;
          reason[key] = c.reason;
        }
    for (const auto& c : a.claims) claim[c.name] = c.truth;
  }
  void is(const std::string& question, const std::vector<std::pair<std::string, double>>& cells) const {
    for (const auto& [name, want] : cells) {
      const auto at = value.find(question + "." + name);
      if (at == value.end()) {
        ADD_FAILURE() << "no quantity " << question << "." << name;
        continue;
      }
      EXPECT_NEAR(at->second, want, 1e-9 * std::max(1.0, std::abs(want))) << question << "." << name;
    }
  }
  void lacks(Reason why, const std::string& question, const std::vector<std::string>& cells) const {
    for (const auto& name : cells) {
      const auto at = value.find(question + "." + name);
      if (at == value.end()) {
        ADD_FAILURE() << "no quantity " << question << "." << name;
        continue;
      }
      EXPECT_TRUE(std::isnan(at->second)) << question << "." << name << " is " << at->second;
      EXPECT_EQ(reason.at(question + "." + name), why) << question << "." << name;
    }
  }
};

TEST(DealByHand, TheExampleOfThePage) {
  const File f("by-hand");
  f.is("pipe", {{"limit.SEL", 82},
                {"limit.BUY", 300},
                {"zone", 218},
                {"volume", 30},
                {"gain", 6.54},
                {"built.Pipe", 1},
                {"flow.Pipe", 30},
                {"flow.Ships", 30},
                {"node-price.City", 300},
                {"others.open", 0}});
  for (const std::string k : {"", "nash.", "shapley.", "nucleolus."})
    f.is("pipe", {{k + "price", 300 - 2180. / 30},
                  {k + "fee.TRA", 2.24},
                  {k + "gain.SEL", 2.18},
                  {k + "gain.TRA", 2.18},
                  {k + "gain.BUY", 2.18}});
}

TEST(DealByHand, TwoPartiesOfUnequalPatience) {
  const File f("two-parties");
  f.is("pipe", {{"limit.SEL", 65},
                {"limit.BUY", 139.5},
                {"gain", 1.49},
                {"volume", 20},
                {"nash.gain.SEL", 1.49 / 3},
                {"nash.gain.BUY", 2.98 / 3},
                {"price", 139.5 - 2980. / 3 / 20},
                {"loss.SEL.2035", 1.49 / 3},
                {"delay.SEL.2035", 100 * 1.49 / 300},
                {"delay.BUY.2035", 100 * 2.98 / 3000},
                {"shapley.price", 102.25},
                {"nucleolus.price", 102.25},
                {"nucleolus.gain.SEL", 0.745},
                {"nucleolus.delay.BUY.2035", 0.0745},
                {"flow.Ships", 40}});
}

TEST(DealByHand, ASaleThatMustBeDiverted) {
  const File f("diverted");
  f.is("pipe", {{"limit.SEL", 180},
                {"limit.BUY", 220},
                {"gain", 0.8},
                {"price", 200},
                {"flow.West", 10},
                {"flow.ShipsAbroad", 70},
                {"others.ABR", 0.6},
                {"others.open", 0}});
  f.is("pipe", {{"limit.SEL with more", 115},
                {"gain with more", 2.1},
                {"others.ABR with more", 0.3},
                {"flow.West with more", 20},
                {"limit.SEL with plenty", 50},
                {"gain with plenty", 3.4},
                {"others.ABR with plenty", 0}});
  EXPECT_EQ(f.claim.at("falls"), entente::number::Truth::yes);
}

TEST(DealByHand, APriceThatFalls) {
  const File f("price-falls");
  f.is("market", {{"volume", 45},
                  {"limit.SEL", 110},
                  {"limit.BUY", 7575. / 45},
                  {"gain", 2.625},
                  {"others.open", -1.95},
                  {"node-price.City", 110},
                  {"flow.Road", 50}});
  f.is("thirty", {{"volume", 30},
                  {"limit.SEL", 110},
                  {"limit.BUY", 5300. / 30},
                  {"gain", 2},
                  {"others.open", -1.4},
                  {"node-price.City", 120},
                  {"flow.Road", 60}});
  f.is("sixty", {{"volume", 60},
                 {"limit.SEL", 110},
                 {"limit.BUY", 160},
                 {"gain", 3},
                 {"others.open", -2.4},
                 {"node-price.City", 100},
                 {"flow.Road", 40}});
}

TEST(DealByHand, TwoRoutesOneOrBoth) {
  const File f("two-routes");
  f.is("one", {{"limit.SEL", 80},
               {"limit.BUY", 150},
               {"volume", 30},
               {"gain", 2.1},
               {"built.A", 0},
               {"built.B", 1},
               {"flow.A", 0},
               {"flow.B", 30},
               {"nash.gain.SEL", 0.7},
               {"nash.gain.BUY", 0.7},
               {"nash.gain.TRB", 0.7},
               {"nash.gain.TRA", 0},
               {"shapley.gain.SEL", 3.7 / 3 - 0.4},
               {"shapley.gain.BUY", 3.7 / 3 - 0.4},
               {"shapley.gain.TRA", 1.6 / 3 - 0.4},
               {"shapley.gain.TRB", 0.3},
               {"nucleolus.gain.SEL", 0.925},
               {"nucleolus.gain.BUY", 0.925},
               {"nucleolus.gain.TRA", 0},
               {"nucleolus.gain.TRB", 0.25},
               {"nucleolus.price", 150 - 925. / 30},
               {"nucleolus.fee.TRB", 0.25},
               {"nash.fee.TRA", 0},
               {"limit.SEL without TRB", 70},
               {"gain without TRB", 1.6},
               {"built.A without TRB", 1},
               {"built.B without TRB", 0},
               {"nash.gain.TRA without TRB", 1.6 / 3},
               {"gain without BUY", 0},
               {"nash.gain.SEL without BUY", 0}});
  f.is("both", {{"limit.SEL", 82.5},
                {"volume", 40},
                {"gain", 2.7},
                {"built.A", 1},
                {"built.B", 1},
                {"nash.gain.TRA", 0.675},
                {"shapley.gain.SEL", 3.7 / 3 - 0.25},
                {"shapley.gain.BUY", 3.7 / 3 - 0.25},
                {"shapley.gain.TRA", 1.6 / 3 - 0.25},
                {"shapley.gain.TRB", 0.45},
                {"nucleolus.gain.SEL", 0.925},
                {"nucleolus.gain.BUY", 0.925},
                {"nucleolus.gain.TRA", 0.3},
                {"nucleolus.gain.TRB", 0.55}});
  f.lacks(Reason::no_link, "one",
          {"limit.SEL without BUY", "limit.BUY without BUY", "zone without BUY", "volume without BUY",
           "price without BUY", "fee.TRA without BUY"});
  EXPECT_EQ(f.claim.at("bypass"), entente::number::Truth::yes);
  EXPECT_EQ(f.claim.at("none"), entente::number::Truth::undefined);
}

TEST(DealByHand, Complements) {
  const File f("complements");
  f.is("pipes", {{"limit.SEL", 76.25},
                 {"limit.BUY", 183.75},
                 {"volume", 80},
                 {"gain", 8.6},
                 {"others.open", -4.5},
                 {"built.A", 1},
                 {"built.B", 1},
                 {"nash.gain.TRB", 2.15},
                 {"shapley.gain.SEL", 5.9 / 3 + 0.675},
                 {"shapley.gain.TRA", 4.7 / 3 + 0.675},
                 {"shapley.gain.TRB", 1.075},
                 {"nucleolus.gain.TRB", 1.95},
                 {"nucleolus.gain.TRA", 6.65 / 3},
                 {"nucleolus.gain.SEL", 6.65 / 3},
                 {"nucleolus.gain.BUY", 6.65 / 3},
                 {"node-price.City", 60}});
}

TEST(DealByHand, RentOfOthers) {
  const File f("rent");
  f.is("gas", {{"limit.SEL", 20}, {"limit.BUY", 280}, {"gain", 5.2}, {"others.THI", -1.6}, {"others.open", 0}});
  f.is("oil", {{"limit.SEL", 20}, {"limit.BUY", 220}, {"gain", 4}, {"others.THI", -0.4}, {"others.open", 0}});
  f.is("steel", {{"limit.SEL", 20}, {"limit.BUY", 280}, {"gain", 5.2}, {"others.TWO", -0.6}, {"others.open", -1}});
}

TEST(DealByHand, NoDealAndNothingThatFlows) {
  const File f("no-deal");
  f.is("sale", {{"limit.SEL", 82},
                {"limit.BUY", 60},
                {"zone", -22},
                {"volume", 30},
                {"gain", -0.66},
                {"gain.SEL", 0},
                {"nucleolus.gain.BUY", 0},
                {"built.Pipe", 0},
                {"zone with cheap", 28},
                {"gain with cheap", 0.84},
                {"price with cheap", 60 - 28. / 3}});
  f.lacks(
      Reason::no_deal, "sale",
      {"price", "fee.TRA", "shapley.price", "nucleolus.fee.TRA", "loss.SEL.2035", "loss.BUY.2035", "loss.TRA.2035"});
  f.is("market", {{"volume", 0}, {"gain", -0.3}, {"gain.TRA", 0}, {"flow.Pipe", 0}, {"gain without TRA", 0}});
  f.lacks(Reason::no_volume, "market", {"limit.SEL", "limit.BUY", "zone", "price", "fee.TRA", "loss.SEL.2035"});
  f.lacks(Reason::no_link, "market", {"limit.SEL without TRA", "zone without TRA", "price without TRA"});
  EXPECT_EQ(f.claim.at("turns"), entente::number::Truth::yes);
  EXPECT_EQ(f.claim.at("gone"), entente::number::Truth::no);
  EXPECT_EQ(f.claim.at("pays"), entente::number::Truth::undefined);
}

TEST(DealByHand, YearsThatDiffer) {
  const File f("by-year");
  f.is("pipe", {{"limit.SEL", 82},
                {"limit.BUY", 300},
                {"price", 300 - 2180. / 30},
                {"fee.TRA", 2.24},
                {"loss.SEL.2030", -0.3},
                {"loss.TRA.2030", 0},
                {"loss.BUY.2030", 0},
                {"delay.SEL.2030", -0.03},
                {"loss.SEL.2035", 2.18},
                {"loss.TRA.2035", 2.18},
                {"loss.BUY.2035", 2.18},
                {"delay.SEL.2035", 100 * 2.18 / 1500},
                {"loss.SEL.2040", 0.94},
                {"loss.TRA.2040", 1.09},
                {"loss.BUY.2040", 1.09},
                {"delay.SEL.2040", 0.047},
                {"delay.TRA.2040", 5.45},
                {"delay.BUY.2040", 0.0109}});
}

TEST(DealByHand, WhoseConsentIsNotNeededIsNotAtTheTable) {
  const File f("bystander");
  f.is("pipe", {{"limit.SEL", 20},
                {"limit.BUY", 530. / 3},
                {"gain", 4.7},
                {"zone", 470. / 3},
                {"built.A", 1},
                {"built.B", 0},
                {"others.TRB", -1.4},
                {"others.open", 0}});
  for (const std::string k : {"nash.", "shapley.", "nucleolus."})
    f.is("pipe", {{k + "gain.SEL", 4.7 / 3},
                  {k + "gain.TRA", 4.7 / 3},
                  {k + "fee.TRA", 4.7 / 3},
                  {k + "gain.TRB", 0},
                  {k + "fee.TRB", 0}});
}

TEST(DealByHand, ASaleThatPaysMoreThanTheMarketIsKept) {
  const File f("kept");
  f.is("pipe", {{"limit.SEL", 150},
                {"limit.BUY", 220},
                {"gain", 0.7},
                {"price", 185},
                {"flow.West", 10},
                {"flow.ShipsAbroad", 70},
                {"others.ABR", 0.7},
                {"volume with cheap", 0},
                {"flow.West with cheap", 20},
                {"flow.Pipe with cheap", 0},
                {"others.ABR with cheap", 0},
                {"limit.SEL with dear", 160},
                {"flow.West with dear", 0},
                {"limit.SEL with spare", 125},
                {"flow.West with spare", 10}});
  f.lacks(Reason::no_volume, "pipe", {"limit.SEL with cheap", "price with cheap"});
  f.is("forced", {{"limit.SEL with cheap", 150}, {"limit.BUY with cheap", 120}, {"limit.SEL", 150}});
  f.is("forced", {{"built.Pipe with cheap", 0}, {"flow.West with cheap", 20}, {"flow.Pipe with cheap", 0}});
}

TEST(DealByHand, TakeOrPay) {
  const File f("take-or-pay");
  f.is("pipe", {{"limit.SEL", 70},
                {"limit.BUY", 300},
                {"price", 185},
                {"loss.BUY.2035", 3.45},
                {"loss.SEL.2035", 3.45},
                {"loss.BUY.2030", -5.55},
                {"loss.SEL.2030", 3.45}});
  f.is("linear", {{"limit.SEL", 5}, {"limit.BUY", 25}, {"volume", 30}, {"node-price.City", 10}});
  f.is("glut", {{"limit.BUY", 800. / 60}, {"volume", 60}, {"gain", 0.5}, {"node-price.City", 0}});
}

TEST(DealByHand, CurvesAndWhereTheyAreCut) {
  const File f("curves");
  f.is("gas", {{"limit.SEL", 20}, {"limit.BUY", (6000 * std::log(1.5) + 2000) / 20}, {"node-price.City", 100}});
  f.is("oil", {{"limit.BUY", 400}, {"gain", 7.6}, {"others.open", -5}});
  f.is("captive", {{"limit.BUY", (2000 + 2000 * std::numbers::ln10) / 20}});
  f.is("choked", {{"limit.BUY", (2000 + 2000 * std::numbers::ln2) / 20}});
}

// Delay is a loss over a GDP in USD: whatever the scale of the market's money, and not where it is another currency.
TEST(DealByHand, DelayInAnyMoney) {
  std::ifstream in(std::string(ENTENTE_ROOT) + "/tests/data/deal/two-parties.yaml");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto with = [&](std::initializer_list<std::pair<const char*, const char*>> edits) {
    std::string t = text;
    for (const auto& [from, to] : edits)
      for (std::size_t at = 0; (at = t.find(from, at)) != std::string::npos; at += std::string(to).size())
        t.replace(at, std::string(from).size(), to);
    return t;
  };
  const auto same = deal_oracle::run(with({})).at("").value;
  EXPECT_NEAR(same.at("delay.SEL.2035"), 149. / 300, 1e-12);
  const auto small = deal_oracle::run(with({{"price: USD/kcm", "price: USD/cm"},
                                            {"cost: {first: 40, last: 80}", "cost: {first: 0.04, last: 0.08}"},
                                            {"cost: 200", "cost: 0.2"},
                                            {"price: 200", "price: 0.2"},
                                            {"cost: 5,", "cost: 0.005,"}}))
                         .at("")
                         .value;
  EXPECT_NEAR(small.at("price"), same.at("price") / 1000, 1e-12);
  EXPECT_NEAR(small.at("delay.SEL.2035"), 149. / 300, 1e-12);
  const std::string euro = with({{"USD", "EUR"}});
  const auto other = deal_oracle::run(euro).at("").value;
  EXPECT_NEAR(other.at("loss.SEL.2035"), 1.49 / 3, 1e-12);
  EXPECT_FALSE(other.contains("delay.SEL.2035"));
  entente::SourceMap sources;
  entente::Diagnostics out;
  ASSERT_TRUE(entente::situation::load_bare("x.yaml", euro, entente::families::all(), sources, out));
  ASSERT_EQ(out.all().size(), 1u);
  EXPECT_EQ(out.all()[0].code, "W0375");
}

// What the reader refuses, because the page gives it no meaning.
TEST(DealByHand, Refused) {
  std::ifstream in(std::string(ENTENTE_ROOT) + "/tests/data/deal/two-routes.yaml");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto code = [&](const std::string& from, const std::string& to) -> std::string {
    std::string t = text;
    const auto at = t.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    t.replace(at, from.size(), to);
    entente::SourceMap sources;
    entente::Diagnostics out;
    const auto s = entente::situation::load_bare("x.yaml", t, entente::families::all(), sources, out);
    return s || out.all().empty() ? "" : out.all()[0].code;
  };
  EXPECT_EQ(code("over: [A, B]", "over: [B, A]"), "");
  EXPECT_EQ(code("over: [A, B]", "over: [A, B], volume: 30 bcm/yr"), "E0399");
  EXPECT_EQ(code("over: [A, B]", "over: [A], volume: 30 bcm/yr"), "");
  EXPECT_EQ(code("over: [A, B]", "over: [A], volume: 10 to 30"), "");  // in the market's unit
  EXPECT_EQ(code("over: [A, B]", "over: [A], volume: 30 %"), "E0374");
  EXPECT_EQ(code("over: [A, B]", "over: [A], volume: 30 USD"), "E0374");
  EXPECT_EQ(code("over: [A, B]", "over: [A, A]"), "E0362");
  EXPECT_EQ(code("over: [A, B]", "over: [A, Ships]"), "E0364");
  EXPECT_EQ(code("City: {of: BUY", "City: {of: SEL"), "E0359");
  EXPECT_EQ(code("capacity: 20,", "capacity: 20, transit-cost: {TRB: 3},"), "E0358");
  EXPECT_EQ(code("consent: [SEL, TRA, BUY]", "consent: [SEL, TRA]"), "E0367");
}

}  // namespace
