// The search over packages with a question of about 10 microseconds, 2,000 draws: where the least is among the first
// fifty, where everything must be refuted, where a limit ends it; and a whole answer of a small situation.
#include "entente/turn/turn.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <map>
#include <thread>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"

using namespace entente;

namespace {

// A draw holds when what its levers lift together passes a threshold of its own; each look costs about 10 us.
class Slow final : public turn::Judge {
 public:
  Slow(std::size_t levers, std::size_t draws, double threshold, const std::atomic<bool>* cancel = nullptr)
      : draws_(draws), threshold_(threshold), cancel_(cancel) {
    for (std::size_t l = 0; l < levers; ++l) lift_.push_back(0.2 + 0.1 * static_cast<double>(l % 5));
  }
  turn::Count count(const turn::Package& p, std::uint64_t most) override {
    turn::Count c;
    for (std::size_t k = 0; k < draws_ && c.misses <= most && !c.cancelled; ++k) {
      (holds(p, k) ? c.hits : c.misses) += 1;
      c.cancelled = cancel_ && cancel_->load();
    }
    c.whole = c.misses <= most && !c.cancelled;
    return c;
  }

 private:
  bool holds(const turn::Package& p, std::size_t k) {
    double x = 0;
    for (const auto i : p) x += lift_[i] * uniform(7, i, k);
    double idle = x;
    for (int i = 0; i < 600; ++i) idle = math::exp(-idle * idle) + 0.1;  // the question
    benchmark::DoNotOptimize(idle);
    return x > threshold_;
  }
  std::size_t draws_;
  double threshold_;
  const std::atomic<bool>* cancel_;
  std::vector<double> lift_;
};

turn::Moves moves(std::size_t levers, std::size_t draws) {
  turn::Moves m{.draws = draws,
                .levers = levers,
                .items = {},
                .excludes = std::vector<std::vector<char>>(levers, std::vector<char>(levers, 0)),
                .needs = {},
                .works = {}};
  m.needs.resize(levers);
  m.works.resize(levers);
  for (std::uint32_t l = 0; l < levers; ++l) {
    turn::Item item{.lever = l, .dose = std::nan(""), .cost = {}};
    for (std::size_t k = 0; k < draws; ++k) item.cost.push_back(1 + 0.3 * l + uniform(3, l, k));
    m.items.push_back(std::move(item));
  }
  return m;
}

constexpr std::size_t draws = 2000;

void question(benchmark::State& state) {
  Slow judge(12, 1, -1);
  for (auto _ : state) benchmark::DoNotOptimize(judge.count({}, 1));
}

// levers, threshold in tenths, packages at most (0: all)
void search(benchmark::State& state) {
  const auto levers = static_cast<std::size_t>(state.range(0));
  const auto m = moves(levers, draws);
  std::size_t tried = 0, least = 0;
  bool decided = false, whole = false;
  for (auto _ : state) {
    std::atomic<bool> stop{false};
    std::jthread timer([&](const std::stop_token& ended) {
      for (int i = 0; i < 3000 && !ended.stop_requested(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      stop = true;
    });
    Slow judge(levers, draws, static_cast<double>(state.range(1)) / 10, &stop);
    turn::Limits limits{.cancel = &stop};
    if (state.range(2) > 0) limits.packages = static_cast<std::uint64_t>(state.range(2));
    const auto f = turn::search(m, judge, turn::needed(0.8, draws), limits);
    tried = f.tried.size();
    least = f.least.value_or(0);
    decided = f.decided;
    whole = f.whole;
  }
  state.counters["decided"] = decided;
  state.counters["front"] = whole;
  state.counters["tried"] = static_cast<double>(tried);
  state.counters["least"] = static_cast<double>(least);
}

// Sixteen levers and nothing that does it: a flag after two seconds, and how long the end takes from there.
void cancelled(benchmark::State& state) {
  const auto m = moves(16, draws);
  for (auto _ : state) {
    std::atomic<bool> stop{false};
    Slow judge(16, draws, 50, &stop);
    std::chrono::steady_clock::time_point at;
    std::jthread timer([&] {
      std::this_thread::sleep_for(std::chrono::seconds(2));
      at = std::chrono::steady_clock::now();
      stop = true;
    });
    const auto f = turn::search(m, judge, turn::needed(0.8, draws), {.cancel = &stop});
    timer.join();
    state.counters["to_end_ms"] =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - at).count();
    state.counters["below"] = f.below;
    state.counters["tried"] = static_cast<double>(f.tried.size());
  }
}

BENCHMARK(question)->Unit(benchmark::kMicrosecond);
BENCHMARK(search)->Args({12, 2, 60})->Args({12, 8, 0})->Args({12, 50, 0})->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(cancelled)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
