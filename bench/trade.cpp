// The trade kernel: a random world of the bundled world's size, alone and as a batch of scenarios over one base; the
// gradient beside the solution; and, where ENTENTE_TRADE_CP2015 and ENTENTE_TRADE_WIOD name folders of tables, the
// NAFTA experiment of Caliendo and Parro 2015 and a tariff war on the WIOD tables.
#include "entente/kernel/trade.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "entente/families/trade/economy.hpp"
#include "entente/kernel/trade_jacobian.hpp"
#include "entente/kernel/trade_policy.hpp"
#include "kernel/trade_random.hpp"

namespace {

using namespace entente;
using namespace entente::trade;

struct Case {
  World world;
  Shock shock;
};

// Tariffs of a quarter on a tenth of the cells, dearer trade with the first country.
Case scattered(std::uint32_t countries, std::uint32_t sectors) {
  random::Sequence r(1);
  Case c{random::world(r, countries, sectors), {}};
  c.shock = {.tariff = c.world.tariff, .cost = std::vector<double>(c.world.cells(), 1)};
  for (std::size_t k = 0; k < c.world.cells(); ++k) {
    const auto n = k / countries % countries, i = k % countries;
    if (n == i) continue;
    if (r.chance(0.1)) c.shock.tariff[k] += 0.25;
    if (n == 0 || i == 0) c.shock.cost[k] = 1.5;
  }
  return c;
}

// A folder of tables named by the environment, and tariffs from a column of flows.csv among some countries.
std::optional<Case> tables(const char* variable, bool nafta) {
  const char* folder = std::getenv(variable);
  if (folder == nullptr) return std::nullopt;
  SourceMap sources;
  Diagnostics said;
  auto e = situation::read_economy(folder, sources, said);
  if (!e) return std::nullopt;
  Case c{std::move(e->world), {}};
  c.shock.tariff = c.world.tariff;
  const auto number = [](const std::vector<std::string>& names, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  const std::set<std::string> partners{"Mexico", "Canada", "USA"};
  std::ifstream in(std::string(folder) + "/flows.csv");
  std::string line;
  for (std::getline(in, line); std::getline(in, line);) {
    std::istringstream cells(line);
    std::string f[6];
    for (auto& cell : f) std::getline(cells, cell, ',');
    if (f[1] == f[2]) continue;
    double& t =
        c.shock.tariff[c.world.cell(number(e->sectors, f[0]), number(e->countries, f[1]), number(e->countries, f[2]))];
    if (nafta && partners.contains(f[1]) && partners.contains(f[2])) t = std::stod(f[5]);
    if (!nafta && ((f[1] == "USA" && f[2] == "CHN") || (f[1] == "CHN" && f[2] == "USA"))) t += 0.5;
  }
  return c;
}

void one(benchmark::State& state, const Case& c) {
  Workspace w;
  Solution s;
  for (auto _ : state) {
    const auto done = solve(c.world, c.shock, {}, w, s);
    if (!done) return state.SkipWithError(done.error().message.c_str());
    benchmark::DoNotOptimize(s.real_income.data());
  }
  state.counters["sweeps"] = s.iterations;
  if (check(c.world, c.shock, Deficits::fixed, s) > 1e-8) state.SkipWithError("the judge complains");
}

// The gradient against central differences, extrapolated, at cells all over the table; the largest difference, where
// one of 1 is the most that is allowed: 1e-6 relative or 1e-10 absolute.
double off(const Case& c, const Solution& at, const Gradient& g) {
  Workspace w;
  Solution s;
  double most = 0;
  for (std::size_t k = 7; k < c.world.cells(); k += c.world.cells() / 24) {
    if (c.world.share[k] == 0) continue;
    Shock shock = c.shock;
    const auto slope = [&](double h) {
      double change = 0;
      for (const double to : {h, -h}) {
        shock.tariff[k] = c.shock.tariff[k] + to;
        if (!solve(c.world, shock, {.tolerance = 1e-13, .start = &at}, w, s)) return std::nan("");
        change += (to > 0 ? 1 : -1) * std::log(s.real_income.back());
      }
      return change / (2 * h);
    };
    const double h = 0.08 / c.world.theta[k / c.world.countries / c.world.countries];
    const double far = slope(h), mid = slope(h / 2), near = slope(h / 4);
    const double wanted = (64 * near - 20 * mid + far) / 45;  // of the sixth order (Richardson)
    most = std::max(most, std::abs(g.tariff[k] - wanted) / std::max(1e-6 * std::abs(wanted), 1e-10));
  }
  return most;
}

void slope(benchmark::State& state, const Case& c) {
  Workspace w;
  Solution s;
  Gradient g;
  std::vector<double> weight(c.world.countries, 0);
  weight.back() = 1;
  if (!solve(c.world, c.shock, {}, w, s)) return state.SkipWithError("not solved");
  for (auto _ : state) {
    const auto done = gradient(c.world, c.shock, {}, s, weight, w, g);
    if (!done) return state.SkipWithError(done.error().message.c_str());
    benchmark::DoNotOptimize(g.tariff.data());
  }
  state.counters["sweeps"] = g.iterations;
  state.counters["off"] = off(c, s, g);
}

// All tariffs of one country chosen for its own good, from four starts.
void best_response(benchmark::State& state, const Case& c) {
  Workspace w;
  std::vector<double> weight(c.world.countries, 0);
  weight.back() = 1;
  const auto moves = own_tariffs(c.world, c.world.countries - 1, 0, 1.5);
  for (auto _ : state) {
    const auto best = search(c.world, {}, moves, weight, {}, w);
    if (!best) return state.SkipWithError(best.error().message.c_str());
    state.counters["solutions"] = best->solutions;
    state.counters["left"] = best->gradient;
  }
  state.counters["tariffs"] = static_cast<double>(moves.size());
}

// Scenarios over one base with other elasticities; with a guide made once at the base, or without.
void batch(benchmark::State& state) {
  Case c = scattered(17, 12);
  const std::vector<double> theta = c.world.theta;
  Workspace w;
  Solution s;
  random::Sequence r(2);
  Options o;
  const auto guide = ApproximateJacobian::make(c.world, o, w);
  if (!guide) return state.SkipWithError("no guide");
  if (state.range(0) != 0) o.guide = &*guide;
  double sweeps = 0;
  for (auto _ : state) {
    const double scale = r.between(0.7, 1.4);
    for (std::size_t j = 0; j < theta.size(); ++j) c.world.theta[j] = theta[j] * scale;
    const auto done = solve(c.world, c.shock, o, w, s);
    if (!done) return state.SkipWithError(done.error().message.c_str());
    benchmark::DoNotOptimize(s.real_income.data());
    sweeps += s.iterations;
  }
  state.counters["sweeps"] = benchmark::Counter(sweeps, benchmark::Counter::kAvgIterations);
}
BENCHMARK(batch)->ArgName("guided")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

// What making the guide takes, once a situation.
void make_guide(benchmark::State& state) {
  const Case c = scattered(17, 12);
  Workspace w;
  for (auto _ : state) benchmark::DoNotOptimize(ApproximateJacobian::make(c.world, {}, w));
}
BENCHMARK(make_guide)->Unit(benchmark::kMillisecond);

}  // namespace

int main(int argc, char** argv) {
  static const Case small = scattered(17, 12), large = scattered(44, 50);
  static const auto nafta = tables("ENTENTE_TRADE_CP2015", true), wiod = tables("ENTENTE_TRADE_WIOD", false);
  const auto add = [](const std::string& name, const Case& c) {
    benchmark::RegisterBenchmark(("solve/" + name).c_str(), one, c)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("gradient/" + name).c_str(), slope, c)->Unit(benchmark::kMillisecond);
  };
  add("random_17x12", small);
  add("random_44x50", large);
  benchmark::RegisterBenchmark("best_response/random_17x12", best_response, small)->Unit(benchmark::kMillisecond);
  if (nafta) add("nafta_31x40", *nafta);
  if (wiod) add("wiod_44x50", *wiod);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
