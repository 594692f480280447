// Small worlds for the question pressure: two equal halves, and a League, a Bear and a Dragon; answered at the medians.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

namespace entente::tests::pressure {

inline const std::string folder = std::string(ENTENTE_ROOT) + "/tests/data/pressure/";

struct Read {
  SourceMap sources;
  Diagnostics out;
  std::shared_ptr<const situation::Situation> situation;
  std::optional<plan::Plan> plan;
  std::vector<double> slots;
  std::vector<ask::Reason> reasons;

  explicit Read(std::string text) {
    auto s = situation::load_bare(folder + "test.yaml", std::move(text), sources, out);
    if (s) compile(std::move(*s));
  }
  static Read file(const std::string& name) {
    Read r;
    auto s = situation::load(folder + name, r.sources, r.out);
    if (s) r.compile(std::move(*s));
    return r;
  }
  double operator[](std::string_view quantity) const {
    const auto* named = plan ? plan->find(quantity) : nullptr;
    EXPECT_TRUE(named) << quantity << "\n" << all();
    return named ? slots[plan->parameters() + named->cell] : std::nan("");
  }
  ask::Reason why(std::string_view quantity) const {
    const auto* named = plan ? plan->find(quantity) : nullptr;
    return named ? reasons[named->cell] : ask::Reason::none;
  }
  bool says(std::string_view code) const {
    for (const auto& d : out.all())
      if (d.code == code && d.span.known()) return true;
    return false;
  }
  std::string all() const { return render(out, sources); }
  ask::Account account(std::size_t question = 0) const {
    std::vector<double> p(plan->parameters());
    (void)plan->medians(p);
    return plan->models()[question]->account(p, *plan->models()[question]->scratch());
  }

 private:
  Read() = default;
  void compile(situation::Situation s) {
    situation = std::make_shared<const situation::Situation>(std::move(s));
    plan = plan::Plan::compile(situation, out);
    if (!plan) return;
    plan::Workspace w(*plan);
    std::vector<double> p(plan->parameters());
    plan->evaluate(p, plan->medians(p), w);
    slots = w.slots;
    reasons = w.reasons;
  }
};

// Two equal halves; `measures`, what is asked, and claims.
inline std::string halves(const std::string& measures, const std::string& question = "{pressure: m, on: EAS}",
                          const std::string& economy = "{base: pair}", const std::string& more = "") {
  return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {WES: West, EAS: East}\neconomy: " + economy +
         "\nmeasures:\n" + measures + "questions: {q: " + question + "}\n" + more;
}

// The League (two regions), the Bear, the Dragon.
inline std::string powers(const std::string& measures, const std::string& question, const std::string& more = "",
                          const std::string& economy = "{base: three, regions: {LEA: [NOR, SUD]}}") {
  return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {LEA: League, BEA: Bear, DRA: Dragon}\neconomy: " +
         economy + "\nmeasures:\n" + measures + "questions: {q: " + question + "}\n" + more;
}

inline const std::string bans = "  bans: {by: LEA, on: BEA, trade-factor: 20 %}\n",
                         duties = "  duties: {by: LEA, on: DRA, tariff-to: 80 %}\n",
                         answer = "  answer: {by: DRA, on: LEA, tariff-add: 30 %, goods: machines}\n";

}  // namespace entente::tests::pressure
