// All pictures of the flagship, and what the two searches in them cost alone: a network's layout and its labels.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "entente/families/all.hpp"
#include "entente/report/picture.hpp"
#include "report/svg/labels.hpp"
#include "report/svg/stress.hpp"

using namespace entente;

namespace {

double uniform(std::uint64_t& state) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return static_cast<double>(state >> 11) * 0x1p-53;
}

void flagship(benchmark::State& s) {
  SourceMap sources;
  Diagnostics out;
  auto read = situation::load(ENTENTE_ROOT "/situations/moscow-2025", families::all(), sources, out);
  const auto plan =
      read ? plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*read)), out) : std::nullopt;
  if (!plan) {
    std::fputs(render(out, sources).c_str(), stderr);
    std::exit(1);
  }
  std::size_t drawn = 0, bytes = 0;
  for (auto _ : s) {
    drawn = bytes = 0;
    for (const auto& question : report::pictures(*plan, nullptr))
      for (const auto& d : question) ++drawn, bytes += d.narrow.size() + d.wide.size();
  }
  s.counters["pictures"] = static_cast<double>(drawn);
  s.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(flagship)->Unit(benchmark::kMillisecond);

void network_layout(benchmark::State& s) {
  const auto n = static_cast<std::size_t>(s.range(0));
  report::svg::Distances d(n);
  std::uint64_t state = 1;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) d.set(i, j, report::svg::distance_of_tie(2 * uniform(state) - 1), 1);
  for (auto _ : s) benchmark::DoNotOptimize(report::svg::layout(d));
}
BENCHMARK(network_layout)->Arg(8)->Arg(60)->Arg(200)->Unit(benchmark::kMillisecond);

void labels(benchmark::State& s) {
  const auto n = static_cast<std::size_t>(s.range(0));
  std::vector<report::svg::Label> labels;
  report::svg::Obstacles o;
  std::uint64_t state = 1;
  const double height = 14 * static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const report::svg::Point p{40 + 640 * uniform(state), 20 + (height - 40) * uniform(state)};
    labels.push_back({.at = p, .away = 6, .w = 20 + 80 * uniform(state), .h = 14});
    o.marks.push_back({p.x - 6, p.y - 6, 12, 12});
    for (std::size_t j = 0; j < i; ++j) o.lines.emplace_back(labels[j].at, p);
  }
  bool all = false;
  for (auto _ : s) all = report::svg::place_labels(labels, o, {0, 0, 720, height});
  s.counters["all placed"] = all;
}
BENCHMARK(labels)->Arg(8)->Arg(60)->Unit(benchmark::kMillisecond);

}  // namespace
