// Every situation and dissent in situations/ is read strictly and compiles; at the medians every claim of a situation
// is true or false (a dissent's may be undefined: with a dear pipe there is no deal, and hence no price).
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

using namespace entente;

namespace {

std::vector<std::string> files() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(ENTENTE_ROOT) + "/situations"))
    if (entry.path().extension() == ".yaml") out.push_back(entry.path().string());
  std::ranges::sort(out);
  return out;
}

TEST(EverySituation, IsReadStrictlyAndAnswers) {
  const auto all = files();
  ASSERT_GE(all.size(), 7u);
  for (const auto& file : all) {
    SCOPED_TRACE(file);
    SourceMap sources;
    Diagnostics out;
    auto s = situation::load(file, families::all(), sources, out, {.strict = true});
    if (!s) {
      ADD_FAILURE() << render(out, sources);
      continue;
    }
    const auto plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    if (!plan) {
      ADD_FAILURE() << render(out, sources);
      continue;
    }
    EXPECT_EQ(out.warnings(), 0u) << render(out, sources);
    plan::Workspace w(*plan);
    std::vector<double> p(plan->parameters());
    plan->evaluate(p, plan->medians(p), w);
    for (std::size_t c = 0; c < plan->claims().size(); ++c) {
      double margin = 0;
      const auto truth = plan->claim(c, w, margin);
      if (file.contains("/dissents/")) continue;
      EXPECT_NE(truth, number::Truth::undefined) << plan->claims()[c].name;
    }
  }
}

// What the models say they read is all they read: a claim that a number is said not to touch is the same, bit for bit,
// whatever that number is. (doubt looks only at what is touched.)
TEST(EverySituation, ANumberTouchesNoOtherClaims) {
  std::size_t spared = 0;
  for (const auto& file : files()) {
    if (file.contains("/history/") && !file.contains("gas") && !file.contains("siberia")) continue;  // for time's sake
    SCOPED_TRACE(file);
    SourceMap sources;
    Diagnostics out;
    auto s = situation::load(file, families::all(), sources, out, {});
    ASSERT_TRUE(s) << render(out, sources);
    const auto plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    ASSERT_TRUE(plan) << render(out, sources);
    plan::Workspace w(*plan);
    const std::size_t claims = plan->claims().size();
    const auto judged = [&](std::span<double> p, bool good) {
      plan->evaluate_claims(p, good, w);
      std::vector<std::pair<number::Truth, std::uint64_t>> all;
      for (std::size_t c = 0; c < claims; ++c) {
        double margin = 0;
        const auto truth = plan->claim(c, w, margin);
        all.emplace_back(truth, std::bit_cast<std::uint64_t>(truth == number::Truth::undefined ? 0.0 : margin));
      }
      return all;
    };
    std::vector<double> own(plan->parameters()), p;
    (void)plan->draw({.seed = 3, .draws = 100}, 17, own);
    p = own;
    const bool was_good = plan->apply_rules(p);
    const auto before = judged(p, was_good);
    for (const auto u : plan->uncertain()) {
      const auto& number = plan->situation().parameters[u].number;
      const auto touched = plan->touched({&u, 1});
      for (const double q : {0.01, 0.99}) {
        p = own;
        p[u] = number.chance ? (q < 0.5 ? 0.0 : 1.0) : number.distribution.quantile(q);
        const bool good = plan->apply_rules(p);
        const auto after = judged(p, good);
        for (std::size_t c = 0; c < claims; ++c)
          if (!touched.claims[c] && (!touched.formulas || (good && was_good))) {
            ++spared;
            EXPECT_EQ(after[c], before[c]) << plan->situation().parameters[u].path << " on " << plan->claims()[c].name;
          }
      }
    }
  }
  EXPECT_GT(spared, 1000u);
}

}  // namespace
