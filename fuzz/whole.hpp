// What the program does with a situation that could be read, from `check` to `doubt`: its numbers told, the plan, the
// answer at the medians, ten draws and their judgement, each as text and as JSON. Every step comes only where the ones
// before were quick, since a fuzzer learns from many inputs.
#pragma once
#include <chrono>
#include <nlohmann/json.hpp>

#include "checks.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/report/report.hpp"

namespace entente::fuzz {

inline void good_json(const std::string& text) { check(nlohmann::json::accept(text)); }

/// How long the steps took so far.
class Watch {
 public:
  [[nodiscard]] bool quick(int milliseconds) const {
    return std::chrono::steady_clock::now() - start_ < std::chrono::milliseconds(milliseconds);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

inline void draws(const plan::Plan& plan) {
  const auto drawn = doubt::run(plan, {.sampling = {.draws = 10}, .threads = 1});
  check(drawn.has_value());
  const auto judged = doubt::judge(plan, *drawn, {.threads = 1});
  check(judged.has_value() && judged->findings.size() == plan.claims().size());
  check(!report::text(plan, *judged, {.curves = true}).empty());
  good_json(report::json(plan, *judged));
}

/// A claim's margin and truth agree, whatever the numbers.
inline void answer(const plan::Plan& plan, const SourceMap& sources) {
  const auto a = plan::answer(plan);
  for (const auto& c : a.claims)
    check(c.truth == number::Truth::undefined || (c.truth == number::Truth::yes ? c.margin >= 0 : c.margin <= 0));
  check(!report::text(plan, a, sources, {}).empty());
  good_json(report::json(plan, a));
}

/// `s` was read without an error.
inline void follow(situation::Situation s, const SourceMap& sources, Diagnostics& out) {
  const Watch watch;
  const auto whole = std::make_shared<const situation::Situation>(std::move(s));
  check(!report::numbers_text(*whole, sources, {}).empty());
  good_json(report::numbers_json(*whole, sources));
  const auto plan = plan::Plan::compile(whole, out, {.levers = whole->levers.size() < 4});
  check(plan.has_value() == out.ok());
  if (!plan || plan->cells() > 20'000 || !watch.quick(200)) return;
  good_json(report::quantities_json(*plan));
  answer(*plan, sources);
  if (watch.quick(100)) draws(*plan);
}

/// Every complaint can be written out, for people and for programs.
inline void told(const Diagnostics& out, const SourceMap& sources) {
  for (const auto& d : out.all()) check(!d.code.empty() && !d.message.empty());
  check(!render(out, sources).empty() || out.all().empty());
  good_json(report::json(out, sources));
}

}  // namespace entente::fuzz
