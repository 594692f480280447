// A situation from text or file to cells, for tests of one question.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/families/all.hpp"
#include "situations.hpp"

namespace entente::tests {

/// A situation answered with every number at its median.
struct Read : Compiled {
  std::vector<double> slots;
  std::vector<ask::Reason> reasons;

  /// Written in the test; `name` is the file it would be, next to which it finds its tables. `asked`: further
  /// quantities, such as "q.gain with lever".
  explicit Read(std::string text, const std::string& name = "test.yaml", const std::vector<std::string>& asked = {}) {
    detail::finish(*this, situation::load_bare(name, std::move(text), families::all(), sources, diagnostics), asked,
                   {});
    answer();
  }
  static Read file(const std::string& path) {
    Read r;
    detail::finish(r, situation::load(path, families::all(), r.sources, r.diagnostics), {}, {});
    r.answer();
    return r;
  }

  double operator[](std::string_view quantity) const {
    const auto* named = find(quantity);
    return named ? slots[plan->parameters() + named->cell] : std::nan("");
  }
  ask::Reason why(std::string_view quantity) const {
    const auto* named = find(quantity);
    return named ? reasons[named->cell] : ask::Reason::none;
  }
  ask::Account account(std::size_t question = 0) const {
    std::vector<double> p(plan->parameters());
    (void)plan->medians(p);
    return plan->models()[question]->account(p, *plan->models()[question]->scratch());
  }

  /// Whether a complaint of that code has a place, and where asked on that line.
  bool says(std::string_view code, std::size_t line = 0) const {
    for (const auto& d : diagnostics.all())
      if (d.code == code && d.span.known() && (line == 0 || sources[d.span.file].position(d.span.begin).line == line))
        return true;
    return false;
  }
  /// "line:column" of the first complaint of that code.
  std::string place(std::string_view code) const {
    for (const auto& d : diagnostics.all())
      if (d.code == code && d.span.known()) {
        const auto at = sources[d.span.file].position(d.span.begin);
        return std::to_string(at.line) + ":" + std::to_string(at.column);
      }
    return "";
  }
  std::string all() const { return complaints(); }

 private:
  Read() = default;
  const plan::Named* find(std::string_view quantity) const {
    const auto* named = plan ? plan->find(quantity) : nullptr;
    EXPECT_TRUE(named) << quantity << "\n" << all();
    return named;
  }
  void answer() {
    if (!plan) return;
    plan::Workspace w(*plan);
    std::vector<double> p(plan->parameters());
    plan->evaluate(p, plan->medians(p), w);
    slots = w.slots;
    reasons = w.reasons;
  }
};

}  // namespace entente::tests
