#include "entente/engine/learn.hpp"

#include <algorithm>

#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"

namespace entente::engine {
namespace {

std::shared_ptr<plan::Plan> compiled(std::shared_ptr<const situation::Situation> s, plan::Scope scope,
                                     Diagnostics& out) {
  auto plan = plan::Plan::compile(std::move(s), out, std::move(scope));
  return plan ? std::make_shared<plan::Plan>(std::move(*plan)) : nullptr;
}

}  // namespace

std::shared_ptr<plan::Plan> plan_given(std::shared_ptr<const situation::Situation> s,
                                       const std::vector<std::string>& conditions, const std::string& typed,
                                       SourceMap& sources, Diagnostics& out) {
  plan::Scope scope;
  for (const auto& condition : conditions) {
    const auto file = sources.add(typed, condition);
    scope.conditions.push_back({condition, {{file, 0, static_cast<std::uint32_t>(condition.size())}, true}});
  }
  return compiled(std::move(s), std::move(scope), out);
}

std::shared_ptr<plan::Plan> plan_follow(std::shared_ptr<const situation::Situation> s, Diagnostics& out) {
  if (s->news.empty()) {
    out.error("E0789", {}, "this situation has no news", {}, "`news:` says what became known, and how likely that was");
    return nullptr;
  }
  auto scope = learn::scope(*s);
  return compiled(std::move(s), std::move(scope), out);
}

std::vector<std::uint32_t> claims_named(const situation::Situation& s, const std::vector<std::string>& names,
                                        Diagnostics& out) {
  std::vector<std::string> all;
  for (const auto& claim : s.claims) all.push_back(claim.name);
  std::vector<std::uint32_t> found;
  for (const auto& name : names) {
    const auto it = std::ranges::find(all, name);
    if (it != all.end()) found.push_back(static_cast<std::uint32_t>(it - all.begin()));
    else out.error("E0719", {}, "`" + shown(name) + "` is no claim of this situation", {}, did_you_mean(name, all));
  }
  return found;
}

std::optional<learn::Given> given(const plan::Plan& plan, const doubt::Draws& d,
                                  const std::vector<std::uint32_t>& claims, Diagnostics& out) {
  auto known = learn::given(plan, d);
  if (known) {
    if (!claims.empty())
      std::erase_if(known->claims, [&](const auto& c) { return std::ranges::find(claims, c.claim) == claims.end(); });
    return std::move(*known);
  }
  out.error("E0848", {}, known.error().message, {}, known.error().where);
  return std::nullopt;
}

}  // namespace entente::engine
