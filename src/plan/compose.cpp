// Packages of levers. A world that a claim names lies on top of the package: the same patches, the claim's own standing
// above, computed in one order, so that what both bring about follows once.
#include <algorithm>
#include <limits>

#include "plan/graph.hpp"

namespace entente::plan {

Composer::Composer(const Plan& plan) : plan_(plan), graph_(std::make_unique<Graph>(plan.situation())) {
  for (const auto& l : plan.situation().levers) reach_.push_back(graph_->reached(l));
}

Composer::~Composer() = default;
Composer::Composer(Composer&&) noexcept = default;

World Composer::compose(std::span<const Move> package, std::uint32_t below) const {
  const auto& s = plan_.situation();
  const World& claims = plan_.worlds()[below];
  World w;
  for (const auto& step : claims.steps)
    if (step.kind == World::Step::Kind::absent) w.steps.push_back(step);
  Graph::Patches patches;
  std::vector<std::pair<ParamId, double>> doses;
  for (const Move& m : package) {
    const auto& l = s.levers[m.lever];
    w.levers.push_back(m.lever);
    for (const auto& patch : l.patches) patches.insert_or_assign(patch.target, patch.source);
    const bool whole = std::ranges::find(claims.levers, m.lever) != claims.levers.end();
    if (l.dose != situation::none && !whole && m.dose < s.parameters[l.dose].number.distribution.median())
      doses.emplace_back(l.dose, m.dose);
  }
  for (const std::uint32_t lever : claims.levers) {
    w.levers.push_back(lever);
    for (const auto& patch : s.levers[lever].patches) patches.insert_or_assign(patch.target, patch.source);
  }
  std::ranges::sort(w.levers);
  w.levers.erase(std::unique(w.levers.begin(), w.levers.end()), w.levers.end());
  graph_->steps(w, patches, doses);
  return w;
}

}  // namespace entente::plan
