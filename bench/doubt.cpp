// Draws a second and the time to judge them, on a market with about 30 uncertain numbers, three parties, two links at
// stake and four worlds; and what of a draw is not the kernels'.
#include "entente/doubt/doubt.hpp"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "entente/base/random.hpp"
#include "entente/doubt/compare.hpp"
#include "entente/families/all.hpp"

using namespace entente;

namespace {

const plan::Plan& plan_of(const char* path) {
  static SourceMap sources;
  static std::vector<std::pair<std::string, std::unique_ptr<plan::Plan>>> plans;
  for (const auto& [name, plan] : plans)
    if (name == path) return *plan;
  Diagnostics out;
  auto s = situation::load(std::string(ENTENTE_ROOT) + "/" + path, families::all(), sources, out);
  auto plan = s ? plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out) : std::nullopt;
  if (!plan) {
    std::fputs(render(out, sources).c_str(), stderr);
    std::exit(1);
  }
  plans.emplace_back(path, std::make_unique<plan::Plan>(std::move(*plan)));
  return *plans.back().second;
}

constexpr const char* routes = "tests/data/two-routes.yaml";

void latin_point(benchmark::State& state) {
  std::uint64_t k = 0;
  for (auto _ : state) benchmark::DoNotOptimize(latin(1, 0x1234567, k++ % 1000, 1000));
}

void draw(benchmark::State& state) {
  const auto& plan = plan_of(routes);
  std::vector<double> p(plan.parameters());
  std::uint64_t k = 0;
  for (auto _ : state) benchmark::DoNotOptimize(plan.draw({}, k++ % 10'000, p));
}

void draw_and_evaluate(benchmark::State& state) {
  const auto& plan = plan_of(routes);
  plan::Workspace w(plan);
  std::vector<double> p(plan.parameters());
  std::uint64_t k = 0;
  for (auto _ : state) {
    plan.evaluate(p, plan.draw({}, k++ % 10'000, p), w);
    benchmark::DoNotOptimize(w.slots.data());
  }
}

void run_10000(benchmark::State& state) {
  const auto& plan = plan_of(routes);
  for (auto _ : state) benchmark::DoNotOptimize(doubt::run(plan, {.threads = static_cast<unsigned>(state.range(0))}));
  state.counters["draws/s"] =
      benchmark::Counter(10'000.0 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void judge_10000(benchmark::State& state) {
  const auto& plan = plan_of(routes);
  const auto draws = doubt::run(plan, {.threads = 2});
  for (auto _ : state)
    benchmark::DoNotOptimize(doubt::judge(plan, *draws, {.threads = static_cast<unsigned>(state.range(0))}));
}

}  // namespace

BENCHMARK(latin_point);
BENCHMARK(draw);
BENCHMARK(draw_and_evaluate);
BENCHMARK(run_10000)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(judge_10000)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
