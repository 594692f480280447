// Runs whose flag and draws are a host's, and what drivers and quantities come to over the draws.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "entente/engine/session.hpp"
#include "entente/families/all.hpp"

using namespace entente;

namespace {

constexpr const char* text = R"(entente: 1
situation: Two numbers
as_of: 2025-01-01
sources: {s: {title: invented, date: 2024-01-01, grade: B2}}
source: s
actors: {ANN: Annland}
drivers: {gas: between 4 and 8 USD/MMBtu, share: between 10 and 30 %}
claims:
  dear: {says: Gas is dear., holds: gas > 5 USD/MMBtu}
)";

engine::Session session() {
  return engine::open(std::make_shared<text::Memory>(std::map<std::string, std::string>{{"situation.yaml", text}}),
                      "situation.yaml", families::all());
}

std::shared_ptr<const plan::Plan> plan_of(const engine::Session& s) {
  Diagnostics out;
  auto plan = engine::compile(s, {}, out);
  EXPECT_TRUE(plan) << render(out, *s.sources);
  return plan;
}

}  // namespace

TEST(Run, IsJudgedLikeOneThatWasDrawnElsewhere) {
  const auto s = session();
  const auto plan = plan_of(s);
  engine::Run whole(plan, {.sampling = {.draws = 1000}, .threads = 1});
  ASSERT_TRUE(whole.step());
  std::vector<doubt::Draws> parts;
  for (const auto& [from, to] : {std::pair{0u, 300u}, std::pair{300u, 1000u}}) {
    engine::Run slice(plan, {.sampling = {.draws = 1000}, .from = from, .to = to, .threads = 1});
    ASSERT_TRUE(slice.step());
    EXPECT_FALSE(slice.judge({.threads = 1})) << "a slice is no whole run";
    parts.push_back(std::move(slice).take());
  }
  auto joined = doubt::join(std::move(parts));
  ASSERT_TRUE(joined);
  const engine::Run again(plan, std::move(*joined));
  EXPECT_TRUE(again.finished());
  EXPECT_EQ(again.done(), 1000u);
  const auto a = whole.judge({.threads = 1}), b = again.judge({.threads = 1});
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->findings[0].yes, b->findings[0].yes);
  EXPECT_NEAR(a->findings[0].share, 0.75, 0.01);
  EXPECT_EQ(a->findings[0].share, b->findings[0].share);
}

TEST(Run, EndsByAFlagOfItsHost) {
  const auto plan = plan_of(session());
  std::atomic<bool> flag{true};
  for (const bool partial : {false, true}) {
    engine::Run run(plan, {.sampling = {.draws = 100'000}, .threads = 1, .cancel = &flag, .partial = partial});
    const auto done = run.step();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
    EXPECT_FALSE(run.finished());
  }
  flag = false;
  std::uint64_t told = 0;
  engine::Run run(plan, {.sampling = {.draws = 1000},
                         .threads = 1,
                         .cancel = &flag,
                         .progress = [&](std::uint64_t n, std::uint64_t) { told = std::max(told, n); }});
  ASSERT_TRUE(run.step());
  EXPECT_EQ(told, 1000u);
}

// Of a number that is uniform: mean and quantiles by hand, shares in percent.
TEST(OverDraws, MeanAndQuantilesOfDrivers) {
  const auto s = session();
  const auto asked = engine::asked(s.situation, *s.sources, {"gas", "share"});
  ASSERT_TRUE(asked.plan) << render(asked.complaints, *asked.sources);
  engine::Run run(asked.plan, {.sampling = {.draws = 10'000}, .threads = 1});
  ASSERT_TRUE(run.step());
  const auto all = engine::over_draws(asked, run.draws());
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].unit, "USD/MMBtu");
  EXPECT_EQ(all[1].unit, "%");
  for (const auto& x : all) {
    const double low = x.name == "gas" ? 4 : 10, wide = x.name == "gas" ? 4 : 20;
    EXPECT_EQ(x.undefined, 0u);
    EXPECT_NEAR(x.mean.value, low + wide / 2, 0.01 * wide) << x.name;
    ASSERT_EQ(x.quantiles.size(), std::size(engine::OverDraws::shares));
    for (std::size_t k = 0; k < x.quantiles.size(); ++k)
      EXPECT_NEAR(x.quantiles[k], low + wide * engine::OverDraws::shares[k], 0.01 * wide) << x.name << k;
  }
}

TEST(OverDraws, ASlipInANameIsLocated) {
  const auto s = session();
  const auto asked = engine::asked(s.situation, *s.sources, {"gas", "gass.price"});
  EXPECT_FALSE(asked.plan);
  EXPECT_TRUE(asked.mistyped);
  ASSERT_FALSE(asked.complaints.all().empty());
  EXPECT_EQ((*asked.sources)[asked.complaints.all().front().span.file].name(), engine::asked_for);
}
