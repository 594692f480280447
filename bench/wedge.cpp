// The wedge kernel: random networks in which every tie exists, one actor who can move its own ties to anything between
// -1 and 1, and two others who are friends and are to be parted. A different network in every iteration, the same ones
// in every run.
#include "entente/kernel/wedge.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

using namespace entente::wedge;

class Sequence {  // splitmix64
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

Problem network(Sequence& rng, std::uint32_t actors, std::size_t moves, bool fixed, bool free) {
  Problem p;
  if (free) p.setting.number = entente::blocs::Number::free;
  p.graph.actors = actors;
  for (std::uint32_t i = 0; i < actors; ++i)
    for (std::uint32_t j = 0; j < i; ++j) p.graph.ties.push_back({i, j, rng.between(-1, 1)});
  p.a = 1;
  p.b = 2;
  p.graph.ties[2].weight = 0.5;  // between 2 and 1
  for (std::uint32_t k = 0; k < p.graph.ties.size() && p.moves.size() < moves; ++k)
    if (p.graph.ties[k].b == 0)
      p.moves.push_back({.tie = k,
                         .least = -1,
                         .most = 1,
                         .up = rng.between(0.5, 2),
                         .down = rng.between(0.5, 2),
                         .fixed = fixed ? rng.between(0, 0.3) : 0});
  return p;
}

void part(benchmark::State& s) {
  Sequence rng;
  Workspace w;
  Answer answer;
  double questions = 0, possible = 0;
  for (auto _ : s) {
    s.PauseTiming();
    const auto p = network(rng, static_cast<std::uint32_t>(s.range(0)), static_cast<std::size_t>(s.range(1)),
                           s.range(2) != 0, s.range(3) != 0);
    s.ResumeTiming();
    if (!solve(p, {}, w, answer) || answer.status == Status::unsolved) s.SkipWithError("not solved");
    questions += static_cast<double>(answer.questions);
    possible += answer.status == Status::possible ? 1 : 0;
  }
  s.counters["questions"] = benchmark::Counter(questions, benchmark::Counter::kAvgIterations);
  s.counters["possible"] = benchmark::Counter(possible, benchmark::Counter::kAvgIterations);
}
BENCHMARK(part)
    ->ArgNames({"actors", "moves", "fixed", "free"})
    ->Args({6, 3, 0, 0})
    ->Args({8, 3, 0, 0})
    ->Args({8, 7, 0, 0})
    ->Args({8, 7, 1, 0})
    ->Args({12, 5, 0, 0})
    ->Args({8, 4, 0, 1})  // as the flagship asks it
    ->Args({12, 4, 0, 1})
    ->Args({30, 5, 0, 0})
    ->Args({30, 10, 0, 0})
    ->Args({30, 10, 1, 0})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
