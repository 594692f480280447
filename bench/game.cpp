// The game kernel: random signalling games of the sizes that other programs find hard.
#include <benchmark/benchmark.h>

#include <random>

#include "entente/kernel/game_signalling.hpp"

namespace gm = entente::game;

namespace {

gm::Signalling random_game(unsigned types, unsigned signals, unsigned actions, std::uint64_t seed) {
  std::mt19937_64 r(seed);
  std::uniform_real_distribution<double> u(0, 1);
  gm::Signalling g{.types = types, .signals = signals, .actions = actions};
  g.prior.assign(types, 1.0 / types);
  for (unsigned k = 0; k < types * signals * actions; ++k) {
    g.sender.push_back(u(r));
    g.receiver.push_back(u(r));
  }
  return g;
}

// The whole branch of quantal response, to a regret of 1e-6 of the payoffs' range.
void logit(benchmark::State& state) {
  const auto size = [&](int k) { return static_cast<unsigned>(state.range(k)); };
  std::uint64_t seed = 1;
  double steps = 0, ended = 0, games = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto tree = gm::extensive(random_game(size(0), size(1), size(2), seed++ % 8));
    state.ResumeTiming();
    const auto path = gm::logit(tree);
    benchmark::DoNotOptimize(path);
    steps += path->steps;
    ended += path->stop == gm::LogitStop::regret;
    ++games;
  }
  state.counters["steps"] = steps / games;
  state.counters["ended"] = ended / games;
}
BENCHMARK(logit)->Args({2, 2, 2})->Args({3, 3, 3})->Args({10, 5, 5})->Unit(benchmark::kMillisecond);

void pure(benchmark::State& state) {
  const auto size = [&](int k) { return static_cast<unsigned>(state.range(k)); };
  std::uint64_t seed = 1;
  for (auto _ : state) benchmark::DoNotOptimize(gm::pure(random_game(size(0), size(1), size(2), seed++ % 8)));
}
BENCHMARK(pure)->Args({3, 3, 3})->Args({10, 5, 5})->Unit(benchmark::kMillisecond);

void mixed(benchmark::State& state) {
  const auto size = [&](int k) { return static_cast<unsigned>(state.range(k)); };
  std::uint64_t seed = 1;
  for (auto _ : state) benchmark::DoNotOptimize(gm::mixed(random_game(size(0), size(1), size(2), seed++ % 8)));
}
BENCHMARK(mixed)->Args({2, 2, 2})->Args({3, 3, 3})->Unit(benchmark::kMillisecond);

}  // namespace
