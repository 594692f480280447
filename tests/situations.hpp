// Situations written in the test itself, compiled to a plan.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

namespace entente::tests {

struct Compiled {
  SourceMap sources;
  Diagnostics diagnostics;
  std::shared_ptr<const situation::Situation> situation;
  std::optional<plan::Plan> plan;

  [[nodiscard]] std::string complaints() const { return render(diagnostics, sources); }
  [[nodiscard]] plan::ParamId id(std::string_view path) const {
    const auto found = situation->parameter(path);
    EXPECT_NE(found, situation::none) << path;
    return found;
  }
};

namespace detail {

// `asked`: further quantities, such as "q.gain with lever".
inline void finish(Compiled& c, std::optional<situation::Situation> s, const std::vector<std::string>& asked,
                   plan::Scope scope) {
  if (!s) return;
  c.situation = std::make_shared<const situation::Situation>(std::move(*s));
  for (const auto& text : asked) {
    const auto file = c.sources.add("asked", text);
    scope.quantities.push_back({text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}});
  }
  c.plan = plan::Plan::compile(c.situation, c.diagnostics, scope);
}

}  // namespace detail

/// `asked`: further quantities, such as "q.gain with lever".
inline std::unique_ptr<Compiled> compile(const std::string& yaml, const std::vector<std::string>& asked = {},
                                         plan::Scope scope = {}) {
  auto c = std::make_unique<Compiled>();
  detail::finish(*c, situation::load_bare("test.yaml", yaml, families::all(), c->sources, c->diagnostics), asked,
                 std::move(scope));
  return c;
}

inline std::unique_ptr<Compiled> compile_file(const std::string& path, plan::Scope scope = {}) {
  auto c = std::make_unique<Compiled>();
  detail::finish(*c, situation::load(path, families::all(), c->sources, c->diagnostics), {}, std::move(scope));
  return c;
}

/// A small market with one pipe at stake. `drivers`, `claims` and `levers` are blocks of YAML, indented by two spaces.
inline std::string pipe(const std::string& drivers, const std::string& claims, const std::string& levers = "") {
  std::string text = R"(entente: 1
situation: A pipe
as_of: 2025-01-01
sources: {s: {title: invented, date: 2024-01-01, grade: B2}, judgement: {title: our judgement, grade: C4}}
source: s
actors: {SEL: {name: Seller, gdp: 1000 B USD/yr, discount: 0.1}, BUY: {name: Buyer, gdp: 5000 B USD/yr, discount: 0.05}}
)";
  if (!drivers.empty()) text += "drivers:\n" + drivers;
  text += R"(markets:
  gas:
    year: 2030
    quantity: bcm/yr
    price: USD/kcm
    producers:
      Field: {of: SEL, capacity: 40, cost: 60 to 90}
      LNG:   {open: true, capacity: 100, cost: 300 to 340}
    consumers:
      City:  {of: BUY, demand: {quantity: 50 to 70, price: 330, elasticity: -0.6 to -0.3}}
    links:
      Ships: {from: LNG, to: City, capacity: 100}
      Pipe:  {from: Field, to: City, consent: [SEL, BUY], capacity: 30,
              build: {capex: 8 to 12 B USD, life: 30 yr, rate: 7 to 11 %, paid-by: SEL}}
)";
  if (!levers.empty()) text += "levers:\n" + levers;
  text += "questions:\n  p: {deal: gas, over: [Pipe]}\n";
  if (!claims.empty()) text += "claims:\n" + claims;
  return text;
}

/// Claims on drivers alone: models whose answers are known.
inline std::string drivers_only(const std::string& drivers, const std::string& claims) {
  return "entente: 1\nsituation: Drivers\nas_of: 2025-01-01\nsources: {s: {title: invented, grade: B2}, judgement: "
         "{title: our judgement, grade: C4}, rumour: {title: a rumour, grade: E5}, plain: {title: ungraded}}\n"
         "source: s\nactors: {A: Anybody}\ndrivers:\n" +
         drivers + "claims:\n" + claims;
}

}  // namespace entente::tests
