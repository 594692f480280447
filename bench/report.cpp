// Writing the flagship's page once its draws are judged, and what of that is its pictures.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

#include "entente/families/all.hpp"
#include "entente/report/page.hpp"
#include "entente/report/picture.hpp"

using namespace entente;

namespace {

struct Flagship {
  SourceMap sources;
  std::optional<plan::Plan> plan;
  plan::Answer answer;
  doubt::Doubt doubt;

  Flagship() {
    Diagnostics out;
    auto s = situation::load(ENTENTE_ROOT "/situations/moscow-2025", families::all(), sources, out);
    if (s) plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    if (!plan) {
      std::fputs(render(out, sources).c_str(), stderr);
      std::exit(1);
    }
    answer = plan::answer(*plan);
    const auto draws = doubt::run(*plan, {.sampling = {.draws = 1000}});
    doubt = *doubt::judge(*plan, *draws);
  }
};

const Flagship& flagship() {
  static const Flagship f;
  return f;
}

void page(benchmark::State& state) {
  const auto& f = flagship();
  std::size_t bytes = 0;
  for (auto _ : state) bytes = report::page(*f.plan, f.answer, &f.doubt, {}).html.size();
  state.counters["bytes"] = static_cast<double>(bytes);
}

void pictures(benchmark::State& state) {
  const auto& f = flagship();
  std::size_t drawn = 0;
  for (auto _ : state) {
    drawn = 0;
    for (const auto& question : report::pictures(*f.plan, &f.doubt)) drawn += question.size();
    for (std::size_t i = 0; i < f.doubt.findings.size(); ++i) {
      drawn += report::chance(f.doubt, i).drawn();
      drawn += report::drivers(*f.plan, f.doubt, i).drawn();
      drawn += report::compared(*f.plan, f.doubt, i).drawn();
    }
  }
  state.counters["drawn"] = static_cast<double>(drawn);
}

BENCHMARK(page)->Unit(benchmark::kMillisecond);
BENCHMARK(pictures)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
