// The blocs kernel: small graphs as a draw of the flagship has, networks of states with the ratio to Cbc on the
// standard integer program in the same run (coinor-cbc, by file and command line; no ratio where it is not installed),
// the landscape of 2^20 configurations, sparse graphs of 2,000 actors.
#include "entente/kernel/blocs.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "entente/base/random.hpp"
#include "entente/kernel/blocs_distribution.hpp"

namespace {

using namespace entente;
using namespace entente::blocs;

struct Dice {
  std::uint64_t seed, at = 0;
  double real() { return uniform(seed, 3, at++); }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(real() * n); }
};

/// As networks of alliances and disputes look: eight regions, most ties within one, a region mostly on one side, and a
/// share of ties against the sides. (The networks of Doreian and Mrvar 2015 of 1993-96 have 148 states, 1,181 ties,
/// some 5 % of them frustrated.)
Graph states(std::uint32_t n, std::uint32_t m, double against, std::uint64_t seed) {
  Dice d{seed};
  Graph g{n, {}, {}};
  std::vector<std::uint32_t> region(n), side(n);
  std::uint32_t of[8];
  for (auto& s : of) s = d.below(2);
  for (std::uint32_t i = 0; i < n; ++i) {
    region[i] = d.below(8);
    side[i] = d.real() < 0.85 ? of[region[i]] : 1 - of[region[i]];
  }
  std::set<std::pair<Actor, Actor>> has;
  while (g.ties.size() < m) {
    const Actor a = d.below(n), b = d.below(n);
    if (a == b || (region[a] != region[b] && d.real() > 0.15) || !has.insert(std::minmax(a, b)).second) continue;
    const bool friendly = (side[a] == side[b]) != (d.real() < against);
    g.ties.push_back({a, b, friendly ? 1.0 : -1.0});
  }
  return g;
}

Graph scattered(std::uint32_t n, std::uint32_t m, double hostile, std::uint64_t seed) {
  Dice d{seed};
  Graph g{n, {}, {}};
  std::set<std::pair<Actor, Actor>> has;
  while (g.ties.size() < m) {
    const Actor a = d.below(n), b = d.below(n);
    if (a != b && has.insert(std::minmax(a, b)).second) g.ties.push_back({a, b, d.real() < hostile ? -1.0 : 1.0});
  }
  return g;
}

/// min sum of f, f_e frustrated: |x_a - x_b| on friendly ties, |1 - x_a - x_b| on hostile ones (Aref and Wilson's XOR
/// model), solved by `cbc`; its objective, or -1, and the seconds.
double by_cbc(const Graph& g, double& seconds) {
  // In a folder of its own, which goes away: two runs at once do not read each other's.
  std::string folder = (std::filesystem::temp_directory_path() / "bench_blocs.XXXXXX").string();
  if (!mkdtemp(folder.data())) return -1;
  const std::string file = folder + "/in.lp", result = folder + "/out.sol";
  {
    std::ofstream out(file);
    out << "Minimize\nobj:";
    for (std::size_t e = 0; e < g.ties.size(); ++e) out << (e ? " + f" : " f") << e << (e % 20 == 19 ? "\n" : "");
    out << "\nSubject To\n";
    for (std::size_t e = 0; e < g.ties.size(); ++e) {
      const Tie& t = g.ties[e];
      if (t.weight > 0)
        out << "f" << e << " - x" << t.a << " + x" << t.b << " >= 0\nf" << e << " + x" << t.a << " - x" << t.b
            << " >= 0\n";
      else
        out << "f" << e << " + x" << t.a << " + x" << t.b << " >= 1\nf" << e << " - x" << t.a << " - x" << t.b
            << " >= -1\n";
    }
    out << "x0 = 0\nBinaries\n";
    for (std::uint32_t i = 0; i < g.actors; ++i) out << "x" << i << "\n";
    for (std::size_t e = 0; e < g.ties.size(); ++e) out << "f" << e << "\n";
    out << "End\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  const int code = std::system(("cbc " + file + " sec 60 solve solution " + result + " > /dev/null 2>&1").c_str());
  seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::ifstream in(result);
  std::string line;
  std::getline(in, line);
  const auto at = line.find("value");
  const double value = code == 0 && line.starts_with("Optimal") && at != std::string::npos
                           ? std::strtod(line.c_str() + at + 5, nullptr)
                           : -1;
  std::filesystem::remove_all(folder);
  return value;
}

void network_of_states(benchmark::State& state) {
  const double against = static_cast<double>(state.range(0)) / 100;
  Options options;
  options.all = state.range(1) != 0;
  Workspace w;
  Solution s;
  std::uint64_t seed = 0;
  bool proven = true;
  for (auto _ : state) {
    const Graph g = states(150, 1300, against, 1 + seed++ % 10);
    if (!optimise(g, {}, {}, options, w, s)) state.SkipWithError("refused");
    proven = proven && s.proven && (!options.all || s.second_proven);
  }
  state.counters["proven"] = proven;
}
BENCHMARK(network_of_states)->ArgsProduct({{2, 6, 10}, {0, 1}})->Unit(benchmark::kMillisecond);

/// One optimum, ours and that of Cbc on the same graph, by file.
void beside_cbc(benchmark::State& state, const Graph& g) {
  Options options;
  options.all = false;
  Workspace w;
  Solution s;
  double ours = 0, theirs = 0, value = -1;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    if (!optimise(g, {}, {}, options, w, s)) state.SkipWithError("refused");
    ours = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    value = by_cbc(g, theirs);
  }
  state.counters["ours_s"] = ours;
  state.counters["cbc_s"] = theirs;
  state.counters["ratio"] = theirs / ours;
  state.counters["frustration"] = s.frustration;
  state.counters["cbc_value"] = value;  // -1: not installed, or not optimal within a minute
}

void ratio_to_cbc(benchmark::State& state) {
  beside_cbc(state, states(150, 1300, static_cast<double>(state.range(0)) / 100, 1));
}
BENCHMARK(ratio_to_cbc)->Arg(2)->Arg(6)->Iterations(1)->Unit(benchmark::kMillisecond);

void flagship(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  Dice d{9};
  Graph g{n, {}, std::vector<double>(n, 1)};
  for (Actor a = 0; a < n; ++a)
    for (Actor b = a + 1; b < n; ++b) g.ties.push_back({a, b, 0});
  const Setting setting{state.range(1) ? Number::free : Number::two};
  Workspace w;
  Solution s;
  for (auto _ : state) {
    for (Tie& t : g.ties) t.weight = 2 * d.real() - 1;
    if (!optimise(g, setting, {}, {}, w, s)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(s.energy);
  }
}
BENCHMARK(flagship)->ArgsProduct({{5, 8, 10}, {0, 1}})->Unit(benchmark::kMicrosecond);

void landscape_of(benchmark::State& state) {
  Graph g{static_cast<std::uint32_t>(state.range(0)), {}, {}};
  Dice d{4};
  for (Actor a = 0; a < g.actors; ++a)
    for (Actor b = a + 1; b < g.actors; ++b) g.ties.push_back({a, b, 2 * d.real() - 1});
  for (auto _ : state) benchmark::DoNotOptimize(landscape(g)->count);
}
BENCHMARK(landscape_of)->Arg(17)->Arg(21)->Unit(benchmark::kMillisecond);

void sparse(benchmark::State& state) {
  const Graph g = scattered(2000, 6000, static_cast<double>(state.range(0)) / 100, 1);
  Options options;
  options.all = false;
  Workspace w;
  Solution s;
  for (auto _ : state)
    if (!optimise(g, {}, {}, options, w, s)) state.SkipWithError("refused");
  state.counters["proven"] = s.proven;
  state.counters["frustration"] = s.frustration;
}
/// Complete, signs by the toss of a coin: ten graphs.
void complete_signs(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  Options options;
  options.all = state.range(1) != 0;
  Workspace w;
  Solution s;
  std::uint64_t seed = 0, most = 0;
  bool proven = true;
  for (auto _ : state) {
    const Graph g = scattered(n, n * (n - 1) / 2, 0.5, 1 + seed++ % 10);
    if (!optimise(g, {}, {}, options, w, s)) state.SkipWithError("refused");
    proven = proven && s.proven && (!options.all || s.second_proven);
    most = std::max(most, s.nodes);
  }
  state.counters["proven"] = proven;
  state.counters["most_nodes"] = static_cast<double>(most);
}
BENCHMARK(complete_signs)->ArgsProduct({{24, 30, 40, 50, 60}, {0, 1}})->Iterations(10)->Unit(benchmark::kMillisecond);

/// The same of 70 and 80, four graphs.
BENCHMARK(complete_signs)
    ->Name("complete_signs_large")
    ->ArgsProduct({{70, 80}, {0}})
    ->Iterations(4)
    ->Unit(benchmark::kMillisecond);

void complete_ratio_to_cbc(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  beside_cbc(state, scattered(n, n * (n - 1) / 2, 0.5, 1));
}
BENCHMARK(complete_ratio_to_cbc)->Arg(24)->Arg(80)->Iterations(1)->Unit(benchmark::kMillisecond);

/// What is left open with few nodes, over the energy.
void complete_signs_open(benchmark::State& state) {
  const auto n = static_cast<std::uint32_t>(state.range(0));
  const Graph g = scattered(n, n * (n - 1) / 2, 0.5, 1);
  Options options;
  options.all = false;
  options.nodes = 10;
  Workspace w;
  Solution s;
  for (auto _ : state)
    if (!optimise(g, {}, {}, options, w, s)) state.SkipWithError("refused");
  state.counters["energy"] = s.energy;
  state.counters["bound"] = s.bound;
}
BENCHMARK(complete_signs_open)->Arg(70)->Arg(80)->Arg(100)->Iterations(1)->Unit(benchmark::kMillisecond);

BENCHMARK(sparse)->Arg(2)->Arg(5)->Iterations(1)->Unit(benchmark::kMillisecond);

/// Every pair's chance, complete graphs with ties of -2 to 2: by number of actors, of blocs (0: two sides), with
/// slopes.
void likely(benchmark::State& state) {
  Dice d{9};
  Graph g{static_cast<std::uint32_t>(state.range(0)), {}, {}};
  for (Actor b = 1; b < g.actors; ++b)
    for (Actor a = 0; a < b; ++a) g.ties.push_back({a, b, 0});
  const Setting setting{state.range(1) ? Number::free : Number::two};
  DistributionOptions options;
  options.gradient = state.range(2) != 0;
  DistributionWorkspace w;
  Distribution out;
  for (auto _ : state) {
    for (Tie& t : g.ties) t.weight = 4 * d.real() - 2;
    if (!distribution(g, setting, {}, options, w, out)) state.SkipWithError("refused");
    benchmark::DoNotOptimize(out.log_partition);
  }
}
BENCHMARK(likely)->ArgsProduct({{8, 12, 16}, {0}, {0, 1}})->Unit(benchmark::kMicrosecond);
BENCHMARK(likely)->ArgsProduct({{8, 12}, {1}, {0, 1}})->Unit(benchmark::kMicrosecond);
BENCHMARK(likely)->ArgsProduct({{20, 22}, {0}, {0, 1}})->Iterations(5)->Unit(benchmark::kMillisecond);
BENCHMARK(likely)->ArgsProduct({{15}, {1}, {0, 1}})->Iterations(3)->Unit(benchmark::kMillisecond);

/// Sampled until no chance has a standard error above 0.01; ties up to 1, 2 and 4 log odds.
void likely_sampled(benchmark::State& state) {
  Dice d{60};
  Graph g{static_cast<std::uint32_t>(state.range(0)), {}, {}};
  for (Actor b = 1; b < g.actors; ++b)
    for (Actor a = 0; a < b; ++a) g.ties.push_back({a, b, static_cast<double>(state.range(1)) * (2 * d.real() - 1)});
  DistributionWorkspace w;
  Distribution out;
  for (auto _ : state)
    if (!distribution(g, {}, {}, {}, w, out)) state.SkipWithError("refused");
  state.counters["largest_error"] = out.largest_error;
  state.counters["sampled"] = static_cast<double>(out.configurations);
}
BENCHMARK(likely_sampled)->ArgsProduct({{60}, {1, 2, 4}})->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
