// Evidence that is estimated from two centuries: what the tables say and weigh, drawn together; chances as judgement;
// claims that hang on one event; what is refused, and where.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "entente/doubt/doubt.hpp"
#include "entente/world/weights.hpp"
#include "situations.hpp"

namespace {

namespace fs = std::filesystem;
using namespace entente;

const std::string tables = std::string(ENTENTE_ROOT) + "/data/world";

const std::string file = R"(entente: 1
situation: Estimated
as_of: 2025-05-09
sources: {s: {title: invented, grade: F6}}
source: s
actors: {USA: America, GBR: Britain, RUS: Russia, CHN: China, JPN: Japan}
evidence:
  two-centuries: {kind: all, weight: estimated}
questions:
  q: {align: [USA, GBR, RUS, CHN, JPN], blocs: two camps}
claims:
  event: {says: On one side., holds: q.together.RUS-CHN > 0.5}
  apart: {says: Not., holds: not q.together.RUS-CHN > 0.5}
  both: {says: Both., holds: q.together.RUS-CHN > 0.5 and q.together.GBR-USA > 0.5}
  likelier: {says: Likelier than not., holds: q.chance.RUS-CHN > 0.5}
)";

std::string with(const std::string& from, const std::string& to) {
  std::string text = file;
  EXPECT_NE(text.find(from), std::string::npos) << from;
  text.replace(text.find(from), from.size(), to);
  return text;
}

std::vector<double> cells(const plan::Plan& plan, std::span<const double> p, bool good,
                          std::initializer_list<const char*> names) {
  plan::Workspace w(plan);
  plan.evaluate(p, good, w);
  std::vector<double> out;
  for (const char* n : names) {
    const auto* named = plan.find(n);
    EXPECT_TRUE(named) << n;
    out.push_back(named ? w.slots[plan.parameters() + named->cell] : std::nan(""));
  }
  return out;
}

TEST(Estimated, TiesAreWhatTheTablesSayTimesWhatTheyWeigh) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  SourceMap sources;
  Diagnostics out;
  const auto w = world::World::open(tables, sources, out);
  std::uint64_t hash = 0;
  const auto sets = world::read_weights(tables, sources, out, hash);
  ASSERT_TRUE(sets && sets->size() == 2) << render(out, sources);
  const world::Weights& set = world::nearest(*sets, world::Ages::at(2025));
  EXPECT_EQ(set.set, "2025");
  EXPECT_EQ(world::nearest(*sets, world::Ages::at(1941)).set, "eve");
  const std::vector<world::State> states{w.find("USA"), w.find("GBR"), w.find("RUS"), w.find("CHN"), w.find("JPN")};
  const world::Eve eve(w, 2025, states, world::Ages::at(2025));
  std::vector<double> p(c->plan->parameters());
  const bool good = c->plan->medians(p);
  const auto tie = cells(*c->plan, p, good, {"q.tie.USA-GBR", "q.tie.RUS-CHN"});
  const auto expected = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t k = 0; k < world::kinds; ++k) sum += set.estimate[k] * eve(a, b).value[k];
    return sum;
  };
  EXPECT_NEAR(tie[0], expected(0, 1), 1e-12);
  EXPECT_NEAR(tie[1], expected(2, 3), 1e-12);
}

TEST(Estimated, WeightsAreDrawnTogether) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& s = c->plan->situation();
  SourceMap sources;
  Diagnostics out;
  std::uint64_t hash = 0;
  const auto sets = world::read_weights(tables, sources, out, hash);
  ASSERT_TRUE(sets);
  const auto& set = world::nearest(*sets, world::Ages::at(2025));
  std::vector<situation::ParamId> id;
  for (std::size_t k = 0; k < world::kinds; ++k)
    id.push_back(s.parameter(std::string("evidence.two-centuries.") + world::kind(k).name));
  constexpr int n = 10'000;
  std::vector<double> sum(world::kinds, 0.0), product(world::kinds * world::kinds, 0.0), p(c->plan->parameters());
  for (int k = 0; k < n; ++k) {
    ASSERT_TRUE(c->plan->draw({.draws = n}, static_cast<std::uint64_t>(k), p));
    for (std::size_t i = 0; i < id.size(); ++i) {
      sum[i] += p[id[i]];
      for (std::size_t j = 0; j < id.size(); ++j)
        product[i * id.size() + j] += (p[id[i]] - set.estimate[i]) * (p[id[j]] - set.estimate[j]);
    }
  }
  for (std::size_t i = 0; i < id.size(); ++i) {
    const double sd = std::sqrt(set.covariance[i * id.size() + i]);
    EXPECT_NEAR(sum[i] / n, set.estimate[i], 0.04 * sd) << world::kind(i).name;
    for (std::size_t j = 0; j < id.size(); ++j)  // four standard errors of a covariance of so many draws
      EXPECT_NEAR(product[i * id.size() + j] / n, set.covariance[i * id.size() + j],
                  0.06 * sd * std::sqrt(set.covariance[j * id.size() + j]));
  }
}

// A claim on one event has in every draw the event's chance, and its negation the rest; on two the toss decides.
TEST(Estimated, AClaimOnOneEventTakesItsChance) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& plan = *c->plan;
  EXPECT_TRUE(plan.claims()[0].shared());
  EXPECT_TRUE(plan.claims()[1].shared());
  EXPECT_FALSE(plan.claims()[2].shared());
  EXPECT_FALSE(plan.claims()[3].shared());
  const auto d = doubt::run(plan, {.sampling = {.draws = 500}, .threads = 2});
  ASSERT_TRUE(d);
  const auto at = static_cast<std::size_t>(plan.find("q.chance.RUS-CHN") - plan.quantities().data());
  double mean = 0, within = 0;
  for (std::size_t i = 0; i < d->size(); ++i) {
    const double p = d->quantity[at][i];
    EXPECT_NEAR(d->odds[0][i], p, 1e-15);
    EXPECT_NEAR(d->odds[1][i], 1 - p, 1e-15);
    EXPECT_NEAR(d->odds[2][i], 1 - p, 1e-15);
    EXPECT_EQ(d->truth[0][i], p > 0.5 ? 1 : 0);
    mean += p / 500, within += p * (1 - p) / 500;
  }
  const auto found = doubt::judge(plan, *d, {.threads = 2});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->findings[0].share, mean, 1e-12);
  EXPECT_NEAR(found->findings[1].share, 1 - mean, 1e-12);
  EXPECT_NEAR(found->findings[0].luck, within / (mean * (1 - mean)), 1e-12);
  // Tossed, the event comes as often: within what Latin points of five hundred tosses leave open.
  const auto both = static_cast<double>(found->findings[2].yes) / 500;
  EXPECT_LE(both, mean + 0.03);
  // A number turns it where the chance is one half: there its log odds are nought.
  std::size_t turns = 0;
  for (const auto& x : found->findings[0].drivers)
    for (const auto& flip : x.flips) {
      std::vector<double> p(plan.parameters());
      plan.medians(p);
      p[x.param] = flip.value;
      EXPECT_NEAR(cells(plan, p, true, {"q.chance.RUS-CHN"})[0], 0.5, 1e-6);
      ++turns;
    }
  std::vector<double> p(plan.parameters());
  const double middle = cells(plan, p, plan.medians(p), {"q.chance.RUS-CHN"})[0];
  EXPECT_TRUE(turns > 0 || middle > 0.6 || middle < 0.4);
}

// What two alone would do, in place of what the tables say of them.
TEST(Estimated, AJudgementMayBeAChance) {
  const auto c = tests::compile(with("questions:", "ties: {RUS-CHN: 20 to 80 % together}\nquestions:"));
  ASSERT_TRUE(c->plan) << c->complaints();
  std::vector<double> p(c->plan->parameters());
  const auto id = c->plan->situation().parameter("ties.RUS-CHN");
  const bool good = c->plan->medians(p);
  EXPECT_NEAR(cells(*c->plan, p, good, {"q.tie.RUS-CHN"})[0], 0, 1e-9);
  double low = 1, high = 0;
  for (std::uint64_t k = 0; k < 1000; ++k) {
    (void)c->plan->draw({.draws = 1000}, k, p);
    for (situation::ParamId i = 0; i < c->plan->parameters(); ++i)
      if (c->plan->situation().parameters[i].path == "ties.RUS-CHN" &&
          c->plan->situation().parameters[i].role == situation::Role::place)
        low = std::min(low, p[i]), high = std::max(high, p[i]);
  }
  EXPECT_GT(low, 0);
  EXPECT_LT(low, 0.2);
  EXPECT_GT(high, 0.8);
  EXPECT_LT(high, 1);
  EXPECT_NE(id, situation::none);
  EXPECT_EQ(c->plan->record(0), nullptr);  // with judgement it is another rule than the one that was scored
}

TEST(Estimated, OnlyWhatWasScoredHasARecord) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const ask::Record* r = c->plan->record(0);
  ASSERT_TRUE(r);
  EXPECT_GE(r->events, 200u);
  EXPECT_LT(r->difference_high, 0);  // as docs/guide/who-stands-with-whom.md says
  EXPECT_EQ(r->calibrated(0), r->curve.front().came_true);
  EXPECT_EQ(r->calibrated(1), r->curve.back().came_true);
  const auto &a = r->curve[3], &b = r->curve[4];
  EXPECT_NEAR(r->calibrated(0.5 * (a.told + b.told)), 0.5 * (a.came_true + b.came_true), 1e-12);
  EXPECT_EQ(c->plan->record(3), nullptr);  // no event
  for (const char* blocs : {"free", "2", "3"}) {
    const auto other = tests::compile(with("two camps", blocs));
    ASSERT_TRUE(other->plan) << other->complaints();
    EXPECT_EQ(other->plan->record(0), nullptr) << blocs;
  }
  const auto some = tests::compile(with("kind: all", "kind: pacts"));
  ASSERT_TRUE(some->plan) << some->complaints();
  EXPECT_EQ(some->plan->record(0), nullptr);
}

struct Slip {
  const char *what, *code, *from, *to;
};

TEST(Estimated, SlipsAreFoundWithTheirPlace) {
  for (const Slip& x : std::initializer_list<Slip>{
           {"values of one's own", "E0822", "{kind: all, weight: estimated}",
            "{weight: estimated, ties: {RUS-CHN: 1}}"},
           {"a kind that nobody knows", "E0822", "kind: all", "kind: friendship"},
           {"a name that is no kind", "E0822", "kind: all, ", ""},
           {"a weight of one's own for what the tables hold", "E0822", "weight: estimated", "weight: 0.3"},
           {"evidence that is not there", "E0823", "blocs: two camps", "blocs: two camps, evidence: [three-centuries]"},
           {"a kind twice", "E0825", "questions:", "  pacts: {weight: estimated}\nquestions:"},
           {"one state twice", "E0826", "GBR: Britain", "GBR: {name: Soviets, state: RUS}"},
           {"an actor whom the tables do not know", "E0903", "GBR: Britain", "GBR: {name: Europe, state: EUR}"},
           {"a year before its state", "E0905", "as_of: 2025-05-09", "as_of: 1850-05-09"},
           {"no temperature", "E0", "blocs: two camps", "blocs: two camps, temperature: 0"},
           {"less than none", "E0", "blocs: two camps", "blocs: two camps, temperature: -1"},
           {"a certain chance", "E02", "questions:", "ties: {RUS-CHN: 100 % together}\nquestions:"},
           {"a chance without temperature", "E0824", "  two-centuries: {kind: all, weight: estimated}",
            "  own: {weight: 1, ties: {USA-GBR: 1, USA-JPN: 1, RUS-CHN: 1, USA-CHN: -1}}\nties: {RUS-CHN: 90 % "
            "together}"}}) {
    const auto c = tests::compile(with(x.from, x.to));
    EXPECT_FALSE(c->plan) << x.what;
    bool found = false;
    for (const auto& d : c->diagnostics.all())
      found = found || (d.code.starts_with(x.code) && d.span.known() && (!d.hint.empty() || !d.label.empty()));
    EXPECT_TRUE(found) << x.what << "\n" << c->complaints();
  }
}

TEST(Estimated, ATableThatIsNotThereIsNamed) {
  const fs::path folder = fs::temp_directory_path() / ("entente-estimated-" + std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "world");
  fs::copy(tables, folder / "world", fs::copy_options::recursive);
  const auto said = [&](const std::string& text) {
    std::ofstream(folder / "situation.yaml") << text;
    const auto c = tests::compile_file((folder / "situation.yaml").string());
    return (c->plan ? "fine\n" : "") + c->complaints();
  };
  const std::string own = with("evidence:", "states: {tables: world}\nevidence:");
  EXPECT_NE(said(own).find("fine"), std::string::npos) << said(own);
  fs::remove(folder / "world/restricted/disputes.csv");
  const std::string lost = said(own);
  EXPECT_NE(lost.find("E0904"), std::string::npos) << lost;
  EXPECT_NE(lost.find("who threatened or fought whom"), std::string::npos) << lost;
  // What does not need it goes on.
  std::string pacts = own;
  pacts.replace(pacts.find("kind: all"), 9, "kind: pacts");
  EXPECT_NE(said(pacts).find("fine"), std::string::npos) << said(pacts);
  fs::remove(folder / "world/weights.csv");
  EXPECT_NE(said(pacts).find("E0904"), std::string::npos) << said(pacts);
  const std::string outside = with("evidence:", "states: {tables: ../elsewhere}\nevidence:");
  EXPECT_NE(said(outside).find("E0330"), std::string::npos) << said(outside);
  fs::remove_all(folder);
}

}  // namespace
