// The question of pressure on the bundled world: a draw of all that the flagship's claims of pressure need, and each
// group of quantities of the flagship's questions alone. Counters say how many sweeps a world takes.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

namespace {

using namespace entente;

std::unique_ptr<plan::Plan> moscow() {
  SourceMap sources;
  Diagnostics out;
  auto s = situation::load(std::string(ENTENTE_ROOT) + "/situations/moscow-2025", families::all(), sources, out);
  if (!s) return nullptr;
  std::erase_if(s->claims, [](const auto& c) { return !c.name.starts_with("pressure"); });
  auto plan =
      plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out, {.everything = false});
  return plan ? std::make_unique<plan::Plan>(std::move(*plan)) : nullptr;
}

// What `doubt` repeats ten thousand times, for the claims whose name begins with `pressure`.
void draw(benchmark::State& state, const plan::Plan& plan) {
  plan::Workspace w(plan);
  std::vector<double> p(plan.parameters());
  const plan::Sampling sampling;
  std::uint64_t k = 0;
  for (auto _ : state) {
    const bool good = plan.draw(sampling, k++ % sampling.draws, p);
    plan.evaluate_claims(p, good, w);
    benchmark::DoNotOptimize(w.slots.data());
  }
  state.counters["worlds"] = static_cast<double>(plan.worlds().size());
}

// One group of one question at successive draws.
void group(benchmark::State& state, const plan::Plan& plan, std::size_t question, std::size_t number) {
  const ask::Model& model = *plan.models()[question];
  const auto scratch = model.scratch();
  std::vector<double> p(plan.parameters()), value(model.quantities().size());
  std::vector<ask::Reason> reason(value.size());
  const plan::Sampling sampling;
  std::uint64_t k = 0;
  for (auto _ : state) {
    (void)plan.draw(sampling, k++ % sampling.draws, p);
    model.evaluate(p, ask::Groups{number}, *scratch, value, reason);
    benchmark::DoNotOptimize(value.data());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto plan = moscow();
  if (!plan) {
    std::fputs("situations/moscow-2025 is not read\n", stderr);
    return 1;
  }
  benchmark::RegisterBenchmark("draw", [&](benchmark::State& s) { draw(s, *plan); })->Unit(benchmark::kMillisecond);
  for (std::size_t q = 0; q < plan->models().size(); ++q) {
    if (plan->situation().questions[q].kind != "pressure") continue;
    std::string seen;
    for (const auto& x : plan->models()[q]->quantities()) {
      const std::string key = " " + std::to_string(x.group) + " ";
      if (seen.find(key) != std::string::npos) continue;
      seen += key;
      const std::string name = plan->situation().questions[q].name + "/" + x.name;
      benchmark::RegisterBenchmark(name.c_str(), [&plan, q, number = x.group](benchmark::State& s) {
        group(s, *plan, q, number);
      })->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
