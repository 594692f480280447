// Each elementary function of ours beside the C library's, over the same thousand numbers: `own` and `libm` of a pair
// differ in nothing else. `apart`: calls that do not wait for one another; `in_turn`: each takes what the one before
// gave. `loop`: what a draw does with them, the same sources compiled with either (elementary.cmake).
#include "entente/base/elementary.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "draw_loops.hpp"

namespace {

namespace math = entente::math;

std::vector<double> numbers(double from, double to) {
  std::vector<double> x(1024);
  std::uint64_t state = 1;
  for (double& v : x) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    v = from + (to - from) * (static_cast<double>(state >> 11) * 0x1p-53);
  }
  return x;
}

template <class F>
void apart(benchmark::State& state, F f, double from, double to) {
  const auto x = numbers(from, to);
  for (auto _ : state)
    for (const double v : x) benchmark::DoNotOptimize(f(v));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}

template <class F>
void in_turn(benchmark::State& state, F f, double from, double to) {
  const auto x = numbers(from, to);
  double last = 0;
  for (auto _ : state)
    for (const double v : x) last = f(v + last * 0x1p-200);
  benchmark::DoNotOptimize(last);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}

#define BOTH(NAME, OWN, LIBM, FROM, TO)                             \
  BENCHMARK_CAPTURE(                                                \
      apart, NAME##_own, [](double x) { return OWN; }, FROM, TO);   \
  BENCHMARK_CAPTURE(                                                \
      apart, NAME##_libm, [](double x) { return LIBM; }, FROM, TO); \
  BENCHMARK_CAPTURE(                                                \
      in_turn, NAME##_own, [](double x) { return OWN; }, FROM, TO); \
  BENCHMARK_CAPTURE(                                                \
      in_turn, NAME##_libm, [](double x) { return LIBM; }, FROM, TO)

BOTH(exp, math::exp(x), std::exp(x), -5, 5);
BOTH(expm1, math::expm1(x), std::expm1(x), -1, 1);
BOTH(log, math::log(x), std::log(x), 0.1, 10);
BOTH(log1p, math::log1p(x), std::log1p(x), -0.5, 1);
BOTH(pow, math::pow(x, 1.7), std::pow(x, 1.7), 0.1, 10);
BOTH(power_of_log, math::exp(1.7 * math::log(x)), std::exp(1.7 * std::log(x)), 0.1, 10);
BOTH(erf, math::erf(x), std::erf(x), -3, 3);
BOTH(erfc, math::erfc(x), std::erfc(x), -3, 3);
BOTH(hypot, math::hypot(x, 1.5), std::hypot(x, 1.5), -3, 3);
BOTH(sin, math::sin(x), std::sin(x), -3, 3);
BOTH(atan, math::atan(x), std::atan(x), -3, 3);

template <double of(double) noexcept>
void loop(benchmark::State& state) {
  const auto u = numbers(0, 1);
  for (auto _ : state)
    for (const double v : u) benchmark::DoNotOptimize(of(v));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(u.size()));
}

#define LOOP(NAME)                                                   \
  BENCHMARK(loop<entente::loops::NAME>)->Name("loop/" #NAME "_own"); \
  BENCHMARK(loop<entente_libm::loops::NAME>)->Name("loop/" #NAME "_libm")

LOOP(normal);
LOOP(lognormal);
LOOP(share);
LOOP(beta);
LOOP(long_beta);
LOOP(power);

template <void of(std::span<double>) noexcept>
void whole(benchmark::State& state, double from, double to) {
  const auto x = numbers(from, to);
  auto y = x;
  for (auto _ : state) {
    y = x;
    of(y);
    benchmark::DoNotOptimize(y.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(x.size()));
}
void exponentials(benchmark::State& state) { whole<entente::exponentials>(state, -5, 5); }
void logarithms(benchmark::State& state) { whole<entente::logarithms>(state, 0.1, 10); }
BENCHMARK(exponentials);
BENCHMARK(logarithms);

}  // namespace

BENCHMARK_MAIN();
