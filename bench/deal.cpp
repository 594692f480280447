// What one draw of the flagship costs: all its questions in all worlds that its claims name, its deal alone, and of the
// deal the equilibria alone. Two hundred draws in turn, one thread. Times are of one draw.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "families/market/market_numbers.hpp"

namespace {
using namespace entente;

constexpr std::uint64_t draws = 200;

struct Flagship {
  SourceMap sources;
  Diagnostics out;
  std::optional<plan::Plan> plan;
  std::vector<std::vector<double>> parameters;

  Flagship() {
    auto s = situation::load(ENTENTE_ROOT "/situations/moscow-2025", families::all(), sources, out);
    if (s) plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    if (!plan) throw std::runtime_error("the flagship does not compile");
    parameters.resize(draws, std::vector<double>(plan->parameters()));
    for (std::uint64_t k = 0; k < draws; ++k)
      if (!plan->draw({.seed = 1, .draws = draws}, k, parameters[k])) throw std::runtime_error("outside a domain");
  }
};
const Flagship& flagship() {
  static const Flagship f;
  return f;
}
void per_draw(benchmark::State& state) { state.SetItemsProcessed(state.iterations()); }

void all_questions_with_drawing(benchmark::State& state) {
  const auto& f = flagship();
  plan::Workspace w(*f.plan);
  std::vector<double> p(f.plan->parameters());
  std::uint64_t k = 0;
  for (auto _ : state) {
    const bool good = f.plan->draw({.seed = 1, .draws = draws}, k++ % draws, p);
    f.plan->evaluate(p, good, w);
    benchmark::DoNotOptimize(w.slots.data());
  }
  per_draw(state);
}

void all_questions(benchmark::State& state) {
  const auto& f = flagship();
  plan::Workspace w(*f.plan);
  std::uint64_t k = 0;
  for (auto _ : state) {
    f.plan->evaluate(f.parameters[k++ % draws], true, w);
    benchmark::DoNotOptimize(w.slots.data());
  }
  per_draw(state);
}

// The instances of the deal, each with the groups that the plan asks of it.
void deal(benchmark::State& state) {
  const auto& f = flagship();
  struct One {
    const ask::Model* model;
    std::unique_ptr<ask::Model::Scratch> scratch;
    ask::Groups groups;
    std::vector<std::vector<double>> parameters;
    std::vector<double> value;
    std::vector<ask::Reason> reason;
  };
  std::vector<One> all;
  for (const auto& i : f.plan->instances()) {
    if (f.plan->situation().questions[i.question].kind != "deal") continue;
    const auto& model = *f.plan->models()[i.question];
    One one{&model, model.scratch(), i.groups, {}, {}, {}};
    one.value.resize(model.quantities().size());
    one.reason.resize(model.quantities().size());
    for (const auto& base : f.parameters) {
      one.parameters.emplace_back(base.size());
      if (!f.plan->world(i.world, base, true, one.parameters.back())) throw std::runtime_error("outside a domain");
    }
    all.push_back(std::move(one));
  }
  std::uint64_t k = 0;
  for (auto _ : state) {
    for (auto& one : all)
      one.model->evaluate(one.parameters[k % draws], one.groups, *one.scratch, one.value, one.reason);
    ++k;
  }
  per_draw(state);
}

// The equilibria that the deal solves in a draw, alone: for every world the deal's year with nothing and with each
// route, and in the base for each further year nothing and the first route.
void equilibria(benchmark::State& state) {
  const auto& f = flagship();
  const auto& s = f.plan->situation();
  struct One {
    market::Network network;
    std::uint64_t built;
  };
  std::vector<std::vector<One>> all(draws);
  for (const auto& i : f.plan->instances()) {
    const auto* q = s.questions[i.question].what.as<situation::DealQuestion>();
    if (!q) continue;
    const auto& m = situation::markets(s)[q->market];
    std::vector<int> years{m.year};
    for (const int y : q->delay_years)
      if (std::ranges::find(years, y) == years.end()) years.push_back(y);
    for (std::size_t y = 0; y < years.size(); ++y) {
      if (!i.groups[y]) continue;
      const ask::MarketNumbers numbers(s, m, years[y], q->over);
      std::vector<double> p(f.plan->parameters());
      for (std::uint64_t k = 0; k < draws; ++k) {
        if (!f.plan->world(i.world, f.parameters[k], true, p)) throw std::runtime_error("outside a domain");
        market::Network n = numbers.shape();
        numbers.fill(p, n);
        for (std::size_t c = 0; q->volume != situation::none && c < q->over.size(); ++c) {
          auto& link = n.links[numbers.candidate_arc(c)];
          link.capacity = std::min(link.capacity, p[q->volume]);
          link.cost -= 1e5;  // a sale that must be made
        }
        const std::uint32_t sets = y > 0 ? 2 : 1u << q->over.size();
        for (std::uint32_t set = 0; set < sets; ++set)
          if (!q->alternatives || (set & (set - 1)) == 0) all[k].push_back({n, numbers.built(set)});
      }
    }
  }
  market::Workspace w;
  market::Solution out;
  std::uint64_t k = 0;
  for (auto _ : state) {
    for (const auto& one : all[k % draws])
      if (!market::solve(one.network, ~market::Mask{0}, one.built, w, out)) state.SkipWithError("not solved");
    ++k;
  }
  per_draw(state);
  state.counters["solves"] = double(all[0].size());
}

BENCHMARK(all_questions_with_drawing);
BENCHMARK(all_questions);
BENCHMARK(deal);
BENCHMARK(equilibria);

}  // namespace
