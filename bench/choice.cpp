// The choice kernel: what a draw of the question costs, by the number of actors; nothing is allocated after the first.
#include "entente/kernel/choice.hpp"

#include <benchmark/benchmark.h>

#include <random>

namespace ch = entente::choice;

namespace {

ch::Scale random_scale(std::size_t actors) {
  std::mt19937_64 r(1);
  std::uniform_real_distribution<double> u(0, 1);
  ch::Scale s{.status_quo = 100, .lower = 0, .upper = 100};
  for (std::size_t i = 0; i < actors; ++i) s.actors.push_back({90 * u(r), u(r), u(r), u(r) < 0.1});
  return s;
}

void centre(benchmark::State& state) {
  const auto s = random_scale(static_cast<std::size_t>(state.range(0)));
  ch::Workspace w;
  for (auto _ : state) benchmark::DoNotOptimize(ch::centre(s, w));
}
void bargain(benchmark::State& state) {
  const auto s = random_scale(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(ch::nash(s));
}
void win_set(benchmark::State& state) {
  const auto s = random_scale(static_cast<std::size_t>(state.range(0)));
  ch::Workspace w;
  ch::WinSet win;
  for (auto _ : state) benchmark::DoNotOptimize(ch::win_set(s, {}, w, win));
}
void forecast(benchmark::State& state) {
  const auto s = random_scale(static_cast<std::size_t>(state.range(0)));
  ch::Workspace w;
  ch::Forecast f;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ch::forecast(s, {}, w, f));
    benchmark::DoNotOptimize(ch::quantile(f, 0.3));
  }
}

}  // namespace

BENCHMARK(centre)->Arg(3)->Arg(10)->Arg(100);
BENCHMARK(bargain)->Arg(3)->Arg(10)->Arg(100);
BENCHMARK(win_set)->Arg(3)->Arg(10)->Arg(100);
BENCHMARK(forecast)->Arg(3)->Arg(10)->Arg(100);
