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

// A thousand numbers of one family, in blocks of draws as a run takes them; items are numbers drawn.
void numbers_of(benchmark::State& state, const char* written) {
  constexpr std::size_t block = 64;
  static SourceMap sources;
  Diagnostics out;
  std::string text =
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: x, grade: B2}}\nsource: s\n"
      "actors: {A: one}\ndrivers:\n";
  for (int i = 0; i < 1000; ++i) text += "  x" + std::to_string(i) + ": " + written + "\n";
  auto s = situation::load_bare("bench.yaml", text, families::all(), sources, out);
  const auto plan =
      s ? plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out) : std::nullopt;
  if (!plan) {
    std::fputs(render(out, sources).c_str(), stderr);
    std::exit(1);
  }
  const plan::Sampling sampling{.draws = 10'000};
  std::vector<double> p(plan->parameters()), own(plan->uncertain().size() * block);
  std::uint64_t from = 0;
  for (auto _ : state) {
    plan->draw_own(sampling, from, block, own);
    for (std::size_t j = 0; j < block; ++j) benchmark::DoNotOptimize(plan->drawn(sampling, from, block, own, j, p));
    from = (from + block) % 9'000;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(own.size()));
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
BENCHMARK_CAPTURE(numbers_of, uniform, "between 3 and 8");
BENCHMARK_CAPTURE(numbers_of, normal, "5 +- 2");
BENCHMARK_CAPTURE(numbers_of, lognormal, "60 to 85 USD/bbl");
BENCHMARK_CAPTURE(numbers_of, share, "8 to 12 %");
BENCHMARK_CAPTURE(numbers_of, triangular, "triangular(1, 2, 5)");
BENCHMARK_CAPTURE(numbers_of, two_piece, "-5 to 10 likely 4");
BENCHMARK_CAPTURE(numbers_of, event, "30 % chance");
BENCHMARK_CAPTURE(numbers_of, choice, "\"choice(1: 30 %, 2: 70 %)\"");
BENCHMARK_CAPTURE(numbers_of, exponential, "exponential(3)");
BENCHMARK_CAPTURE(numbers_of, pert, "pert(1, 2, 5)");
BENCHMARK_CAPTURE(numbers_of, gamma, "gamma(2, 5)");
BENCHMARK_CAPTURE(numbers_of, mixture, "\"mix(60 %: 5 to 10, 40 %: 20 to 30)\"");
BENCHMARK(draw);
BENCHMARK(draw_and_evaluate);
BENCHMARK(run_10000)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(judge_10000)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
