#include "kernel/wedge/oracle.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace entente::wedge {
namespace {

constexpr std::uint32_t any_blocs_to = 8;
constexpr std::size_t table_moves = 10;
constexpr std::uint64_t nobody = ~std::uint64_t{0};

double size_of(const blocs::Graph& g, blocs::Actor i) { return g.size.empty() ? 1.0 : g.size[i]; }

}  // namespace

double Terms::cost(std::size_t m, double energy) const noexcept {
  const double change = energy - present[m];
  return change > 0 ? fixed[m] + up[m] * change : change < 0 ? fixed[m] - down[m] * change : 0.0;
}

void Terms::read(const Problem& p, const Options& options) {
  actors = p.graph.actors;
  moves = p.moves.size();
  for (auto* v : {&size, &present, &least, &most, &up, &down, &fixed}) v->resize(moves);
  dearest = 0;
  for (std::size_t m = 0; m < moves; ++m) {
    const Move& move = p.moves[m];
    const blocs::Tie& tie = p.graph.ties[move.tie];
    const double s = size_of(p.graph, tie.a) * size_of(p.graph, tie.b);
    size[m] = s;
    present[m] = s * tie.weight;
    least[m] = s * move.least;
    most[m] = s * move.most;
    up[m] = move.up / s;
    down[m] = move.down / s;
    fixed[m] = move.fixed;
    dearest = std::max({dearest, cost(m, least[m]), cost(m, most[m])});
  }
  if (!(dearest > 0)) dearest = 1;
  scale = wedge::scale(p);
  if (!(scale > 0)) scale = 1;  // every energy is 0: nothing is ever better than anything
  margin = options.margin * scale;
}

void Oracle::start(const Problem& p, const Options& options, const Terms& t) {
  terms_ = &t;
  problem_ = &p;
  asked_ = 0;
  const std::uint32_t n = p.graph.actors;
  is_move_.assign(p.graph.ties.size(), 0);
  for (const Move& m : p.moves) is_move_[m.tie] = 1;
  const bool two = p.setting.number == blocs::Number::two;
  const auto k = two ? 2 : p.setting.number == blocs::Number::free ? n : p.setting.k;
  most_blocs_ = k;
  least_blocs_ = p.setting.number == blocs::Number::exactly ? k : 1;
  labels_.resize(n);
  hub_ = k >= n && least_blocs_ == 1 ? hub(p) : n;
  const bool many = k <= 2 || hub_ < n;
  tabled_ = t.moves <= table_moves && n <= (many ? most_actors : any_blocs_to);
  if (tabled_) {
    tabulate(p);
    return;
  }
  graph_.actors = n;
  graph_.ties = p.graph.ties;
  graph_.size = p.graph.size;
  options_.tolerance = 1e-11;
  options_.optima = 1;
  options_.all = options_.second = false;
  options_.nodes = options.optimiser_nodes;
  options_.stop = options.stop;
}

void Oracle::tabulate(const Problem& p) {
  const std::uint32_t n = p.graph.actors;
  pair_.assign(std::size_t{n} * n, 0.0);
  moved_.assign(std::size_t{n} * n, 0);
  bloc_.assign(n, 0);
  for (std::size_t k = 0; k < p.graph.ties.size(); ++k) {
    const blocs::Tie& tie = p.graph.ties[k];
    if (is_move_[k]) continue;
    const double c = size_of(p.graph, tie.a) * size_of(p.graph, tie.b) * tie.weight;
    pair_[tie.a * n + tie.b] = pair_[tie.b * n + tie.a] = c;
  }
  for (std::size_t m = 0; m < p.moves.size(); ++m) {
    const blocs::Tie& tie = p.graph.ties[p.moves[m].tie];
    moved_[tie.a * n + tie.b] = moved_[tie.b * n + tie.a] = std::uint64_t{1} << m;
  }
  if (hub_ < n && n > 2) {
    star(p, hub_);
    return;
  }
  for (const int wanted : {0, 1}) first_[wanted].assign(std::size_t{1} << p.moves.size(), Entry{0, nobody, 0});
  pull_.resize(std::size_t{n} * n);
  reach_.resize(std::size_t{n} * n);
  place(0, 0, 0, 0, 0);
  for (const int wanted : {0, 1}) {
    table_[wanted].clear();
    for (const Entry& e : first_[wanted])
      if (e.code != nobody) table_[wanted].push_back(e);
  }
}

// Actors in order, each into a bloc that is there or the next new one: every partition once. pull_[b n + i] is what
// actor i is tied to in bloc b as far as it is filled, kept up to date as actors are placed.
void Oracle::place(std::uint32_t i, std::uint32_t used, double still, std::uint64_t pattern, std::uint64_t code) {
  const std::uint32_t n = terms_->actors;
  double all = 0;
  std::uint64_t any = 0;
  for (std::uint32_t b = 0; b < used; ++b) all += pull_[b * n + i], any |= reach_[b * n + i];
  for (std::uint32_t b = 0; b <= used && b < most_blocs_; ++b) {
    double* const pull = &pull_[b * n];
    std::uint64_t* const reach = &reach_[b * n];
    const double e = b < used ? still + (all - pull[i]) : still + all;
    const std::uint64_t cut = pattern | (b < used ? any & ~reach[i] : any), c = code | std::uint64_t{b} << (4 * i);
    const std::uint32_t blocs = std::max(used, b + 1);
    bloc_[i] = b;
    if (i + 1 == n) {
      if (blocs < least_blocs_) continue;
      const bool together = bloc_[problem_->a] == bloc_[problem_->b];
      Entry& x = first_[together == problem_->together ? 1 : 0][cut];
      if (x.code == nobody || e < x.still) x = {cut, c, e};
      continue;
    }
    const double* const pair = &pair_[i * n];
    const std::uint64_t* const moved = &moved_[i * n];
    std::array<double, most_actors> before;  // put back exactly: no drift
    std::array<std::uint64_t, most_actors> before_reach;
    for (std::uint32_t j = i + 1; j < n; ++j) {
      before[j] = b < used ? pull[j] : 0.0;
      before_reach[j] = b < used ? reach[j] : 0;
      pull[j] = before[j] + pair[j];
      reach[j] = before_reach[j] | moved[j];
    }
    place(i + 1, blocs, e, cut, c);
    for (std::uint32_t j = i + 1; j < n; ++j) pull[j] = before[j], reach[j] = before_reach[j];
  }
}

bool Oracle::ask(bool wanted, std::span<const double> energy, std::uint64_t settled, std::uint64_t cuts, Best& out) {
  ++asked_;
  out.exists = false;
  if (!tabled_) return optimise(wanted, energy, settled, cuts, out);
  std::uint64_t code = 0;
  for (const Entry& e : table_[wanted ? 1 : 0]) {
    if ((e.pattern & settled) != cuts) continue;
    double sum = e.still;
    for (std::uint64_t s = e.pattern; s; s &= s - 1) sum += energy[static_cast<std::size_t>(std::countr_zero(s))];
    if (out.exists && sum >= out.energy) continue;
    out = {true, sum, e.still, e.pattern};
    code = e.code;
  }
  for (std::size_t i = 0; i < labels_.size(); ++i) labels_[i] = static_cast<std::uint32_t>(code >> (4 * i) & 15u);
  return true;
}

bool Oracle::optimise(bool wanted, std::span<const double> energy, std::uint64_t settled, std::uint64_t cuts,
                      Best& out) {
  const auto& moves = problem_->moves;
  conditions_.clear();
  conditions_.push_back({problem_->a, problem_->b, wanted == problem_->together});
  for (std::size_t m = 0; m < moves.size(); ++m) {
    blocs::Tie& tie = graph_.ties[moves[m].tie];
    tie.weight = energy[m] / terms_->size[m];
    if (settled >> m & 1u) conditions_.push_back({tie.a, tie.b, (cuts >> m & 1u) == 0});
  }
  const auto done = blocs::optimise(graph_, problem_->setting, conditions_, options_, workspace_, solution_);
  if (!done) return false;
  if (!solution_.feasible) return true;
  if (!solution_.proven) return false;
  labels_ = solution_.bloc;
  out = {true, 0, 0, 0};
  for (std::size_t k = 0; k < graph_.ties.size(); ++k) {
    const blocs::Tie& tie = graph_.ties[k];
    if (is_move_[k] || labels_[tie.a] == labels_[tie.b]) continue;
    out.still += size_of(graph_, tie.a) * size_of(graph_, tie.b) * tie.weight;
  }
  out.energy = out.still;
  for (std::size_t m = 0; m < moves.size(); ++m) {
    const blocs::Tie& tie = graph_.ties[moves[m].tie];
    if (labels_[tie.a] == labels_[tie.b]) continue;
    out.pattern |= std::uint64_t{1} << m;
    out.energy += energy[m];
  }
  return true;
}

}  // namespace entente::wedge
