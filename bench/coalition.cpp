// Speed of the coalition kernel. The second argument, where there is one, is the number of threads.
#include "entente/kernel/coalition.hpp"

#include <benchmark/benchmark.h>
#include <glpk.h>
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

#include "entente/base/random.hpp"
#include "entente/kernel/coalition_exact.hpp"
#include "entente/kernel/coalition_sampling.hpp"
#include "entente/kernel/exchange.hpp"
#include "entente/kernel/voting.hpp"

namespace {
using namespace entente;
using Vector = std::vector<double>;

// Independent worths, nothing alone: as irregular as a game can be, its core is empty.
Vector uniform_game(unsigned n, std::uint64_t seed) {
  Vector v(std::size_t{1} << n, 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = std::has_single_bit(s) ? 0 : std::popcount(s) * uniform(seed, 1, s);
  return v;
}
// Worths that grow faster than the number of members, with noise: the core is not empty.
Vector growing_game(unsigned n, std::uint64_t seed) {
  Vector v(std::size_t{1} << n, 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = std::pow(std::popcount(s), 1.5) * (0.5 + 0.5 * uniform(seed, 2, s));
  v.back() = std::pow(n, 1.6);
  return v;
}
// Small integers: many coalitions tie at every level.
Vector tied_game(unsigned n, std::uint64_t seed) {
  Vector v(std::size_t{1} << n, 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = std::popcount(s) / 2 + std::floor(2 * uniform(seed, 3, s));
  return v;
}
// A simple game: worths 0 and 1 only.
Vector voting_game(unsigned n, std::uint64_t seed) {
  voting::Majority m;
  std::int64_t sum = 0;
  for (unsigned i = 0; i < n; ++i) sum += m.weights.emplace_back(1 + static_cast<int>(20 * uniform(seed, 4, i)));
  m.quota = sum / 2 + 1;
  return *voting::worths({.voters = n, .ways = {{m}}});
}

// A vote by heads: every level has all coalitions of a size.
Vector majority_game(unsigned n, std::uint64_t) {
  Vector v(std::size_t{1} << n, 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = 2 * static_cast<unsigned>(std::popcount(s)) > n ? 1 : 0;
  return v;
}
// Saving on a runway that all share, costs 1..n (Littlechild 1974, doi:10.1007/BF01766216): a level for every player.
Vector airport_game(unsigned n, std::uint64_t) {
  Vector v(std::size_t{1} << n, 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) {
    double sum = 0;
    for (unsigned i = 0; i < n; ++i) sum += s >> i & 1u ? i + 1 : 0;
    v[s] = sum - static_cast<double>(std::bit_width(s));
  }
  return v;
}
// Exchange on a random network, one partner each, small integers.
Vector matching_game(unsigned n, std::uint64_t seed) {
  exchange::Network net{.actors = n};
  for (unsigned a = 0; a < n; ++a)
    for (unsigned b = a + 1; b < n; ++b)
      if (uniform(seed, a, b) < 0.3) net.ties.push_back({a, b, 1 + std::floor(4 * uniform(seed + 1000, a, b))});
  return *exchange::worths(net);
}

void shapley(benchmark::State& state) {
  const auto n = static_cast<unsigned>(state.range(0));
  const Vector v = uniform_game(n, 1);
  Vector x(n);
  for (auto _ : state) {
    benchmark::DoNotOptimize(coalition::shapley(v, x, static_cast<unsigned>(state.range(1))));
    benchmark::DoNotOptimize(x.data());
  }
}
BENCHMARK(shapley)->ArgsProduct({{20, 25}, {1, 2}})->Unit(benchmark::kMillisecond)->UseRealTime();

void banzhaf(benchmark::State& state) {
  const auto n = static_cast<unsigned>(state.range(0));
  const Vector v = uniform_game(n, 1);
  Vector x(n);
  for (auto _ : state) benchmark::DoNotOptimize(coalition::banzhaf(v, x));
}
BENCHMARK(banzhaf)->Arg(20)->Unit(benchmark::kMillisecond);

void owen_five_unions(benchmark::State& state) {
  const Vector v = uniform_game(20, 1);
  Vector x(20);
  const coalition::Mask unions[] = {0xf, 0xf0, 0xf00, 0xf000, 0xf0000};
  for (auto _ : state) benchmark::DoNotOptimize(coalition::owen(v, unions, x));
}
BENCHMARK(owen_five_unions)->Unit(benchmark::kMillisecond);

void myerson_ring(benchmark::State& state) {
  const Vector v = uniform_game(20, 1);
  Vector x(20);
  std::vector<coalition::Link> links;
  for (unsigned i = 0; i < 20; ++i) links.emplace_back(i, (i + 1) % 20);
  for (auto _ : state) benchmark::DoNotOptimize(coalition::myerson(v, links, x));
}
BENCHMARK(myerson_ring)->Unit(benchmark::kMillisecond);

void dividends(benchmark::State& state) {
  Vector v = uniform_game(static_cast<unsigned>(state.range(0)), 1);
  for (auto _ : state) {
    coalition::dividends(v);
    coalition::worths_from_dividends(v);
  }
}
BENCHMARK(dividends)->Arg(20)->Unit(benchmark::kMillisecond);

void exact_shapley(benchmark::State& state) {
  std::vector<std::int64_t> v(std::size_t{1} << state.range(0), 0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = static_cast<std::int64_t>(1e6 * uniform(1, 5, s));
  for (auto _ : state) benchmark::DoNotOptimize(coalition::exact_shapley(v));
}
BENCHMARK(exact_shapley)->Arg(16)->Arg(20)->Unit(benchmark::kMillisecond);

// Ten games in turn, so that the figure is a mean over games.
template <Vector (*game)(unsigned, std::uint64_t)>
void nucleolus(benchmark::State& state) {
  const auto n = static_cast<unsigned>(state.range(0));
  std::vector<Vector> games;
  for (std::uint64_t k = 0; k < (n < 20 ? 10 : n < 25 ? 3 : 1); ++k) games.push_back(game(n, k));
  std::size_t k = 0;
  double lps = 0, pivots = 0, passes = 0;
  for (auto _ : state) {
    const auto x = coalition::nucleolus(games[k++ % games.size()],
                                        {.judge = n == 25, .threads = static_cast<unsigned>(state.range(1))});
    if (!x) return state.SkipWithError(x.error().message.c_str());
    lps += x->lps;
    pivots += x->pivots;
    passes += x->passes;
  }
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  if (n == 25) state.counters["peak_MiB"] = static_cast<double>(use.ru_maxrss) / 1024;
  const auto mean = benchmark::Counter::kAvgIterations;
  state.counters["lps"] = {lps, mean};
  state.counters["pivots"] = {pivots, mean};
  state.counters["passes"] = {passes, mean};
}
#define NUCLEOLUS(game)                                                                                 \
  BENCHMARK(nucleolus<game>)->Args({4, 1})->Args({8, 1})->Args({12, 1})->Unit(benchmark::kMillisecond); \
  BENCHMARK(nucleolus<game>)->Args({15, 1})->Args({20, 1})->Args({20, 2})->Unit(benchmark::kMillisecond)->UseRealTime()
NUCLEOLUS(uniform_game);
NUCLEOLUS(growing_game);
NUCLEOLUS(tied_game);
NUCLEOLUS(voting_game);
NUCLEOLUS(airport_game);
NUCLEOLUS(matching_game);
NUCLEOLUS(majority_game);
BENCHMARK(nucleolus<majority_game>)->Args({25, 1})->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(nucleolus<airport_game>)->Args({25, 1})->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);
BENCHMARK(nucleolus<uniform_game>)
    ->Args({25, 1})
    ->Args({25, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(1);

void least_core(benchmark::State& state) {
  const Vector v = growing_game(static_cast<unsigned>(state.range(0)), 1);
  for (auto _ : state) benchmark::DoNotOptimize(coalition::least_core(v));
}
BENCHMARK(least_core)->Arg(12)->Arg(15)->Arg(20)->Unit(benchmark::kMillisecond);

// The peer: GLPK 5 on the same program with all its rows, by its dual simplex method, which suits it (few columns); the
// building of the rows is not counted.
void least_core_by_glpk(benchmark::State& state) {
  const auto n = static_cast<int>(state.range(0));
  const Vector v = growing_game(static_cast<unsigned>(n), 1);
  glp_term_out(GLP_OFF);
  glp_prob* lp = glp_create_prob();
  glp_add_cols(lp, n + 1);
  for (int j = 1; j <= n + 1; ++j) glp_set_col_bnds(lp, j, GLP_FR, 0, 0);
  glp_set_obj_coef(lp, n + 1, 1);
  const auto rows = static_cast<int>(v.size()) - 1;
  glp_add_rows(lp, rows);
  const std::vector<double> ones(static_cast<std::size_t>(n) + 2, 1.0);
  for (int s = 1; s <= rows; ++s) {
    std::vector<int> index{0};
    for (int i = 0; i < n; ++i)
      if (s >> i & 1) index.push_back(i + 1);
    if (s < rows) index.push_back(n + 1);
    glp_set_mat_row(lp, s, static_cast<int>(index.size()) - 1, index.data(), ones.data());
    glp_set_row_bnds(lp, s, s < rows ? GLP_LO : GLP_FX, v[static_cast<std::size_t>(s)], v[static_cast<std::size_t>(s)]);
  }
  glp_smcp options;
  glp_init_smcp(&options);
  options.meth = GLP_DUALP;
  double value = 0;
  for (auto _ : state) {
    glp_std_basis(lp);
    glp_simplex(lp, &options);
    value = glp_get_obj_val(lp);
  }
  glp_delete_prob(lp);
  const auto ours = coalition::least_core(v);
  if (!ours || std::abs(ours->epsilon - value) > 1e-7) state.SkipWithError("the two differ");
}
BENCHMARK(least_core_by_glpk)->Arg(12)->Arg(15)->Unit(benchmark::kMillisecond);

void kohlberg(benchmark::State& state) {
  const Vector v = growing_game(static_cast<unsigned>(state.range(0)), 1);
  const auto x = coalition::nucleolus(v, {.judge = false});
  for (auto _ : state) {
    const auto verdict = coalition::kohlberg(v, x->payoff);
    if (!verdict || !*verdict) return state.SkipWithError("refused");
  }
}
BENCHMARK(kohlberg)->Arg(12)->Arg(15)->Arg(20)->Unit(benchmark::kMillisecond);

void superadditive(benchmark::State& state) {
  Vector v(std::size_t{1} << state.range(0), 0.0);
  for (std::size_t s = 1; s < v.size(); ++s)
    v[s] = std::popcount(s) * std::popcount(s) - (std::popcount(s) % 3 == 1 ? 1.5 : 0.0);
  for (auto _ : state) benchmark::DoNotOptimize(coalition::superadditive(v));
}
BENCHMARK(superadditive)->Arg(16)->Unit(benchmark::kMillisecond);

void convex(benchmark::State& state) {
  Vector v(std::size_t{1} << state.range(0), 0.0);
  for (std::size_t s = 1; s < v.size(); ++s) v[s] = std::popcount(s) * std::popcount(s);
  for (auto _ : state) benchmark::DoNotOptimize(coalition::convex(v));
}
BENCHMARK(convex)->Arg(20)->Unit(benchmark::kMillisecond);

// The Council of the European Union, 27 members, the largest first. Populations of 2022 in thousands (Correlates of
// War, National Material Capabilities 7.0, tpop), and as basis points of their sum (largest remainders).
const std::vector<std::int64_t> thousands{84086, 66277, 59619, 47828, 38386, 19167, 17904, 11642, 10673,
                                          10487, 10417, 10412, 9684,  9065,  6826,  5903,  5569,  5473,
                                          5110,  3907,  2817,  2115,  1881,  1350,  1331,  653,   528};
const std::vector<std::int64_t> population{1872, 1476, 1327, 1065, 855, 427, 399, 259, 238, 233, 232, 232, 215, 202,
                                           152,  131,  124,  122,  114, 87,  63,  47,  42,  30,  30,  14,  12};
void council_double_majority(benchmark::State& state) {
  const voting::Rule rule{
      .voters = 27,
      .ways = {{{15, std::vector<std::int64_t>(27, 1)}, {6500, population}}, {{24, std::vector<std::int64_t>(27, 1)}}}};
  for (auto _ : state) {
    const auto p = voting::power(rule, {.method = static_cast<voting::Method>(state.range(0))});
    if (!p) return state.SkipWithError(p.error().message.c_str());
  }
}
void council_in_thousands(benchmark::State& state) {
  const std::int64_t all = std::accumulate(thousands.begin(), thousands.end(), std::int64_t{0});
  const voting::Rule rule{.voters = 27,
                          .ways = {{{15, std::vector<std::int64_t>(27, 1)}, {(65 * all + 99) / 100, thousands}},
                                   {{24, std::vector<std::int64_t>(27, 1)}}}};
  for (auto _ : state) benchmark::DoNotOptimize(voting::power(rule));
}
BENCHMARK(council_in_thousands)->Unit(benchmark::kMillisecond);
BENCHMARK(council_double_majority)->ArgName("method")->Arg(0)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

// The same weights as in the Treaty of Nice (for 27 members: quota 255 of 345, 14 members, 62 % of the population).
void council_of_nice(benchmark::State& state) {
  const std::vector<std::int64_t> weights{29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10,
                                          10, 10, 7,  7,  7,  7,  7,  4,  4,  4,  4,  4,  3};
  const voting::Rule one{.voters = 27, .ways = {{{255, weights}}}};
  const voting::Rule all{.voters = 27,
                         .ways = {{{255, weights}, {14, std::vector<std::int64_t>(27, 1)}, {6200, population}}}};
  for (auto _ : state) benchmark::DoNotOptimize(voting::power(state.range(0) == 1 ? one : all));
}
BENCHMARK(council_of_nice)->ArgName("majorities")->Arg(1)->Arg(3)->Unit(benchmark::kMillisecond);

// Weights so large that only counting by halves is possible.
void votes_of_large_weight(benchmark::State& state) {
  voting::Majority m;
  std::int64_t sum = 0;
  for (unsigned i = 0; i < static_cast<unsigned>(state.range(0)); ++i)
    sum += m.weights.emplace_back(1 + static_cast<std::int64_t>(1e9 * uniform(1, 6, i)));
  m.quota = sum / 2 + 1;
  const voting::Rule rule{.voters = static_cast<unsigned>(state.range(0)), .ways = {{m}}};
  for (auto _ : state) benchmark::DoNotOptimize(voting::power(rule));
}
BENCHMARK(votes_of_large_weight)->Arg(27)->Arg(30)->Arg(36)->Unit(benchmark::kMillisecond);

void sampled_shapley_60(benchmark::State& state) {
  const coalition::Oracle worth = [](std::uint64_t s) { return std::sqrt(std::popcount(s)); };
  for (auto _ : state)
    benchmark::DoNotOptimize(
        coalition::sampled_shapley(60, worth, {.samples = 10000, .threads = static_cast<unsigned>(state.range(0))}));
}
BENCHMARK(sampled_shapley_60)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void exchange_worths(benchmark::State& state) {
  exchange::Network n{.actors = static_cast<unsigned>(state.range(0))};
  for (unsigned a = 0; a < n.actors; ++a)
    for (unsigned b = a + 1; b < n.actors; ++b) n.ties.push_back({a, b, 1 + uniform(1, a, b)});
  n.exchanges.assign(n.actors, static_cast<unsigned>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(exchange::worths(n));
}
BENCHMARK(exchange_worths)
    ->ArgNames({"actors", "exchanges"})
    ->Args({20, 1})
    ->Args({14, 2})
    ->Unit(benchmark::kMillisecond);

}  // namespace
