// The supply kernel: an equilibrium of the flagship's size, and the worst k of R routes by the search and by a list of
// all cuts. `solves` counts equilibria; the ratio of the two is what the bound saves.
#include "entente/kernel/supply.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <limits>

namespace {

using namespace entente::supply;
constexpr double any_price = std::numeric_limits<double>::infinity();

// Numbers of a fixed sequence (splitmix64), the same on every machine.
class Sequence {
 public:
  double between(double low, double high) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return low + (high - low) * static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_ = 1;
};

// Three makers, R routes that carry two of three goods on average, every second one with a stretch; demand a little
// above what fits through.
Chain chain(std::size_t routes) {
  Sequence r;
  Chain c;
  for (int i = 0; i < 3; ++i)
    c.origins.push_back({.capacity = static_cast<double>(routes) * r.between(0.2, 0.5), .cost = 0.9, .rise = 0.2});
  for (std::size_t i = 0; i < routes; ++i) {
    Route x{.capacity = r.between(0.2, 2), .mark_up = r.between(0.3, 1)};
    while (x.carries == 0)
      for (int o = 0; o < 3; ++o)
        if (r.between(0, 1) < 0.67) x.carries |= Set{1} << o;
    if (i % 2) x.stretch = r.between(0.1, 1), x.dearer = r.between(0.3, 1.5);
    x.stopped = r.between(0, 0.2);
    c.routes.push_back(x);
  }
  c.demand = {.quantity = static_cast<double>(routes), .price = 1.6, .elasticity = -0.4, .choke = 16};
  return c;
}

void equilibrium(benchmark::State& state) {
  const Chain c = chain(static_cast<std::size_t>(state.range(0)));
  Workspace w;
  Delivery d;
  for (auto _ : state) {
    const auto done = solve(c, {}, any_price, w, d);
    benchmark::DoNotOptimize(done);
  }
  if (!(check(c, {}, any_price, w, d) <= 1e-9)) state.SkipWithError("the judge complains");
}
BENCHMARK(equilibrium)->Arg(4)->Arg(7)->Arg(16)->Arg(40);

void worst_cut(benchmark::State& state) {
  const Chain c = chain(static_cast<std::size_t>(state.range(0)));
  const auto k = static_cast<unsigned>(state.range(1));
  Workspace w;
  Interdiction x;
  for (auto _ : state) {
    const auto done = interdict(c, {}, k, 10'000'000, w, x);
    benchmark::DoNotOptimize(done);
  }
  state.counters["solves"] = static_cast<double>(x.solves);
  double sets = 1, choose = 1;
  for (unsigned j = 0; j < k; ++j)
    sets += choose *= static_cast<double>(state.range(0) - j) / static_cast<double>(j + 1);
  state.counters["sets"] = sets;
  if (!x.proven) state.SkipWithError("not proven");
}
BENCHMARK(worst_cut)->Args({7, 2})->Args({16, 3})->Args({16, 8})->Args({40, 3})->Args({40, 6});

void all_cuts(benchmark::State& state) {
  const Chain c = chain(static_cast<std::size_t>(state.range(0)));
  const auto k = static_cast<unsigned>(state.range(1));
  Workspace w;
  Interdiction x;
  double least = 0;
  for (auto _ : state) benchmark::DoNotOptimize(least = enumerate(c, {}, k, 10'000'000, w));
  if (!interdict(c, {}, k, 10'000'000, w, x) || std::abs(x.delivered - least) > 1e-9 * least)
    state.SkipWithError("search and list differ");
}
BENCHMARK(all_cuts)->Args({7, 2})->Args({16, 3})->Args({16, 8});

}  // namespace

BENCHMARK_MAIN();
