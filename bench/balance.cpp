// The balance kernel: eigenvalues and factions, the state half way to divergence, the effects of every tie on every
// other.
#include "entente/kernel/balance.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

using namespace entente::balance;

std::vector<double> ties(std::size_t n) {
  std::uint64_t state = 1;
  std::vector<double> x(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      x[i * n + j] = x[j * n + i] = 2 * static_cast<double>(state >> 11) * 0x1p-53 - 1;
    }
  return x;
}

void analyse_and_state(benchmark::State& s) {
  const auto n = static_cast<std::size_t>(s.range(0));
  const auto x = ties(n);
  Dynamics d;
  State half;
  for (auto _ : s) {
    if (!analyse(x, n, d) || !state_at_share(d, 0.5, half)) s.SkipWithError("no answer");
    benchmark::DoNotOptimize(half.x.data());
  }
}
BENCHMARK(analyse_and_state)->Arg(8)->Arg(30)->Arg(150)->Arg(500)->Unit(benchmark::kMicrosecond);

void all_effects(benchmark::State& s) {
  const auto n = static_cast<std::size_t>(s.range(0));
  const auto x = ties(n);
  Dynamics d;
  State half;
  std::vector<double> effect(n * n);
  if (!analyse(x, n, d) || !state_at_share(d, 0.5, half)) s.SkipWithError("no answer");
  for (auto _ : s)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t l = 0; l < k; ++l)
        if (!effects_of(d, half, k, l, Clock::share, effect)) s.SkipWithError("no answer");
}
BENCHMARK(all_effects)->Arg(8)->Arg(30)->Unit(benchmark::kMicrosecond);

}  // namespace
