// Reading and checking a situation of one megabyte: some 8,000 uncertain numbers with units and sources in drivers and
// one market, each place named and linked; and its first step alone, text to tree.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "entente/families/all.hpp"
#include "entente/situation/situation.hpp"
#include "entente/text/node.hpp"

namespace {
using namespace entente;

std::string situation_of(std::size_t bytes) {
  std::string t =
      "entente: 1\nsituation: Large\nas_of: 2025-01-01\nsources:\n  j: {title: judgement, grade: C3}\nsource: j\n"
      "actors: {SEL: Seller, BUY: Buyer}\n";
  std::string drivers = "drivers:\n", producers, consumers, links;
  for (std::size_t i = 0; t.size() + drivers.size() + producers.size() + consumers.size() + links.size() < bytes; ++i) {
    const std::string k = std::to_string(i);
    drivers += "  oil-" + k + ": 60 to 85 USD/bbl @j/B2   # a price of the 2030s\n  lng-" + k +
               ": = 0.1275 bbl/MMBtu * 35.3 MMBtu/kcm * oil-" + k + "\n";
    producers +=
        "      Field-" + k + ": {of: SEL, capacity: 90 to 130 bcm/yr, cost: {first: 20 to 40, last: 50 to 70}}\n";
    consumers += "      City-" + k + ": {of: BUY, demand: {quantity: 100 to 140, price: lng-" + k +
                 ", elasticity: -0.8 to -0.3}}\n";
    links +=
        "      Pipe-" + k + ": {from: Field-" + k + ", to: City-" + k +
        ", consent: [SEL, BUY], capacity: 30 to 40, cost: between 5 and 10, terms: {price: 235 to 262, volume: 38}}\n";
  }
  return t + drivers + "markets:\n  gas:\n    year: 2035\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n" +
         producers + "    consumers:\n" + consumers + "    links:\n" + links;
}

void read_and_check(benchmark::State& state) {
  const std::string text = situation_of(static_cast<std::size_t>(state.range(0)));
  const auto path = std::filesystem::temp_directory_path() / ("entente-bench-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << text;
  std::size_t numbers = 0;
  for (auto _ : state) {
    SourceMap sources;
    Diagnostics out;
    const auto s = situation::load(path, families::all(), sources, out);
    if (!s) throw std::runtime_error(out.all().empty() ? "refused" : out.all()[0].message);
    numbers = s->parameters.size();
  }
  std::filesystem::remove(path);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["numbers"] = static_cast<double>(numbers);
}
BENCHMARK(read_and_check)->Arg(100'000)->Arg(1'000'000)->Arg(4'000'000)->Unit(benchmark::kMillisecond);

void read_the_tree(benchmark::State& state) {
  const std::string text = situation_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    SourceMap sources;
    Diagnostics out;
    const auto file = sources.add("large.yaml", text);
    benchmark::DoNotOptimize(text::read(sources, file, out));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_the_tree)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
