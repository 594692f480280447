// Every situation and dissent in situations/ is read strictly and compiles; at the medians every claim of a situation
// is true or false (a dissent's may be undefined: with a dear pipe there is no deal, and hence no price).
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

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
    auto s = situation::load(file, sources, out, {.strict = true});
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

}  // namespace
