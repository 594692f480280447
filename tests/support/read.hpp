// A situation from text to cells, for tests of one question.
#pragma once
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

namespace entente::tests {

/// A situation written in the test, answered with every number at its median.
struct Read {
  SourceMap sources;
  Diagnostics out;
  std::optional<plan::Plan> plan;
  std::vector<double> slots;

  explicit Read(std::string text) {
    auto s = situation::load_bare("test.yaml", std::move(text), sources, out);
    if (s) plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    if (!plan) return;
    plan::Workspace w(*plan);
    std::vector<double> p(plan->parameters());
    plan->evaluate(p, plan->medians(p), w);
    slots = w.slots;
  }
  double operator[](std::string_view quantity) const {
    const auto* named = plan ? plan->find(quantity) : nullptr;
    return named ? slots[plan->parameters() + named->cell] : std::nan("");
  }
  /// Whether a complaint of that code has a place, and where asked on that line.
  bool says(std::string_view code, std::size_t line = 0) const {
    for (const auto& d : out.all())
      if (d.code == code && d.span.known() && (line == 0 || sources[d.span.file].position(d.span.begin).line == line))
        return true;
    return false;
  }
  /// "line:column" of the first complaint of that code.
  std::string place(std::string_view code) const {
    for (const auto& d : out.all())
      if (d.code == code && d.span.known()) {
        const auto at = sources[d.span.file].position(d.span.begin);
        return std::to_string(at.line) + ":" + std::to_string(at.column);
      }
    return "";
  }
  std::string all() const { return render(out, sources); }
};

}  // namespace entente::tests
