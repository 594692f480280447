// The market kernel: one small network as the gas question has it, all coalitions of it, and random networks by size.
#include "entente/kernel/market.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdint>

namespace {

using namespace entente::market;
constexpr double unlimited = std::numeric_limits<double>::infinity();

enum Node : std::uint32_t { yamal, east, central, terminal, hub, china, europe, nodes };

// Five producers, one with rising cost; two buyers of constant elasticity; seven links, of which two are to be built,
// and two feeders into a hub. Quantities in bcm a year, prices in USD per thousand cubic metres, sizes as in the
// situation of the guide. Players: 0 seller, 1 buyer in the east, 2 transit, 3 buyer in the west.
Network gas() {
  Network n;
  n.nodes = nodes;
  n.producers = {{.node = yamal, .capacity = 110, .cost_first = 30, .cost_last = 30, .needs = 1},
                 {.node = east, .capacity = 38, .cost_first = 28, .cost_last = 28, .needs = 1},
                 {.node = central, .capacity = 70, .cost_first = 285, .cost_last = 285},
                 {.node = terminal, .capacity = 200, .cost_first = 280, .cost_last = 360},
                 {.node = europe, .capacity = 20, .cost_first = 200, .cost_last = 200}};
  n.consumers = {
      {.node = china, .form = Demand::constant_elasticity, .a = 320, .b = -0.5, .p0 = 290, .choke = 2900, .needs = 2},
      {.node = europe, .form = Demand::constant_elasticity, .a = 52, .b = -0.35, .p0 = 402, .choke = 4020, .needs = 8}};
  n.links = {{.from = central, .to = hub, .capacity = unlimited},
             {.from = terminal, .to = hub, .capacity = unlimited},
             {.from = hub, .to = china, .capacity = 250},
             {.from = east, .to = china, .capacity = 38, .needs = 3},
             {.from = yamal, .to = europe, .capacity = 40, .cost = 15, .needs = 9},
             {.from = terminal, .to = europe, .capacity = 25, .cost = 40},
             {.from = central, .to = europe, .capacity = 10, .cost = 60},
             {.from = yamal, .to = china, .capacity = 50, .cost = 10, .fixed = 1600, .optional = true, .needs = 7},
             {.from = yamal, .to = china, .capacity = 45, .cost = 25, .fixed = 3000, .optional = true, .needs = 3}};
  return n;
}

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
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(between(0, n)); }

 private:
  std::uint64_t state_ = 1;
};

// n nodes, one producer and one consumer for two nodes, three links a node; half of the curves rise, a third of the
// consumers are elastic.
Network scattered(std::uint32_t size) {
  Sequence r;
  Network n;
  n.nodes = size;
  for (std::uint32_t i = 0; i < size / 2 + 1; ++i) {
    Producer p{.node = r.below(size), .capacity = r.between(5, 50), .cost_first = r.between(10, 100)};
    p.cost_last = p.cost_first + (i % 2 ? r.between(1, 50) : 0);
    n.producers.push_back(p);
    Consumer c{.node = r.below(size), .a = r.between(50, 250), .b = r.between(1, 5)};
    if (i % 3 == 0)
      c = {.node = c.node,
           .form = Demand::constant_elasticity,
           .a = r.between(5, 40),
           .b = r.between(-1.5, -0.2),
           .p0 = 60,
           .choke = 600};
    n.consumers.push_back(c);
  }
  for (std::uint32_t i = 0; i < 3 * size; ++i) {
    const std::uint32_t from = r.below(size);
    n.links.push_back({.from = from,
                       .to = (from + 1 + r.below(size - 1)) % size,
                       .capacity = r.between(1, 20),
                       .cost = r.between(0, 10)});
  }
  return n;
}

void verify(benchmark::State& state, const Network& n, std::uint64_t built, const Solution& s) {
  if (check(n, ~0u, built, s) > 1e-9) state.SkipWithError("the judge complains");
}

// Numbers change from solve to solve, as they do from draw to draw.
void one_solve(benchmark::State& state) {
  std::array<Network, 64> draws;
  Sequence r;
  for (Network& n : draws) {
    n = gas();
    for (Producer& p : n.producers) {
      p.capacity *= r.between(0.9, 1.1);
      p.cost_first *= r.between(0.9, 1);
    }
    for (Consumer& c : n.consumers) c.a *= r.between(0.9, 1.1), c.b *= r.between(0.7, 1.3);
  }
  Workspace w;
  Solution s;
  std::size_t k = 0;
  double trades = 0;
  for (auto _ : state) {
    const auto done = solve(draws[k++ % draws.size()], ~0u, 3, w, s);
    benchmark::DoNotOptimize(done);
    benchmark::DoNotOptimize(s.total);
    trades += s.pivots;
  }
  state.counters["trades"] = benchmark::Counter(trades, benchmark::Counter::kAvgIterations);
  for (const Network& n : draws) {
    (void)solve(n, ~0u, 3, w, s);
    verify(state, n, 3, s);
  }
}
BENCHMARK(one_solve);

void all_coalitions(benchmark::State& state) {
  const Network n = gas();
  Workspace w;
  std::array<double, 16> worth{};
  std::uint64_t solves = 0;
  for (auto _ : state) {
    const auto done = worths(n, 4, w, worth, &solves);
    benchmark::DoNotOptimize(done);
    benchmark::DoNotOptimize(worth.data());
  }
  state.counters["distinct"] = static_cast<double>(solves);
}
BENCHMARK(all_coalitions);

void random_network(benchmark::State& state) {
  const Network n = scattered(static_cast<std::uint32_t>(state.range(0)));
  Workspace w;
  Solution s;
  for (auto _ : state) {
    const auto done = solve(n, ~0u, 0, w, s);
    if (!done) state.SkipWithError(done.error().message.c_str());
    benchmark::DoNotOptimize(s.total);
  }
  state.counters["trades"] = s.pivots;
  verify(state, n, 0, s);
}
BENCHMARK(random_network)->Arg(10)->Arg(50)->Arg(200);

}  // namespace

BENCHMARK_MAIN();
