// Any number of blocs: branch and cut on which ties are frustrated.
//
// Problem. Partition the nodes so that the ties frustrated (friendly between blocs, hostile within) weigh least.
// Theory. Let y_e = 1 when tie e is frustrated, which costs |c_e|. On every cycle with exactly one hostile tie one is
// frustrated: either the hostile one, or its ends stand apart and the friendly way round is cut somewhere. That is
// enough: take a 0/1 vector y with y(C) >= 1 for all these cycles and drop the friendly ties with y = 1; the components
// left are blocs, and a hostile tie within one closes a cycle of friendly ties with y = 0, so its own y is 1 (Charikar,
// Guruswami, Wirth 2005, doi:10.1016/j.jcss.2004.10.012; Demaine et al. 2006, doi:10.1016/j.tcs.2006.05.008). So the
// problem is a covering of those cycles at least weight. With at most k blocs the same program is a bound.
// Dual: a packing of cycles with one hostile tie, no tie loaded beyond |c|. It is the certificate: anybody adds it up.
// Choice. The least of |c| y over y >= 0 is found over rows that come as they are violated: for each hostile tie the
// shortest friendly way between its ends, lengths y (Dijkstra, cut off where the row would hold). On networks of states
// and sparse graphs this program is nearly always integral. Its y proposes partitions, improved by moves (merge.cpp).
// What stays open is branched on, one tie frustrated or not. Conditions "apart" are hostile ties that may not be
// frustrated, at no cost. Where all |c| are multiples of a unit bounds are rounded up to it.
// Cost. Exponential at worst. Dense graphs with signs at random have far too many rows that matter, and a gap: up to
// some 40 nodes partitions.cpp searches those.
#include "kernel/blocs/cover.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <set>

namespace entente::blocs {
namespace {
constexpr double least_violation = 1e-4;
constexpr std::uint32_t none = 0xffffffffu;
}  // namespace

Cover::Cover(const Core& core) : nodes_(core.nodes) {
  for (std::uint32_t i = 0; i < core.edges.size(); ++i) {
    const Core::Edge& e = core.edges[i];
    if (e.c == 0) continue;
    arcs_.push_back({e.a, e.b, std::abs(e.c), e.c < 0, i});
    if (e.c < 0) offset_ += e.c;
  }
  offset_ += core.constant;
  for (std::uint32_t v = 0; v < core.nodes; ++v)
    for (std::uint32_t i = core.apart_start[v]; i < core.apart_start[v + 1]; ++i)
      if (core.apart[i] > v) arcs_.push_back({v, core.apart[i], 0, true, none});
  std::vector<double> cost, pulls;
  for (const Arc& e : arcs_) {
    cost.push_back(e.cost);
    if (e.cost > 0) pulls.push_back(e.cost);
  }
  unit_ = common_unit(pulls);
  program_ = std::make_unique<lp::Program>(cost, std::numeric_limits<double>::max());
  for (std::uint32_t e = 0; e < arcs_.size(); ++e)
    if (arcs_[e].edge == none) program_->bounds(e, 0, 0);
  const int start[] = {0, 1}, column[] = {0};  // a row that never binds: a program has rows
  const double one[] = {1}, least[] = {-1};
  program_->add_rows(start, column, one, least);
  rows_.emplace_back();
  // Friendly arcs by node, hostile ones by their lower end.
  start_.assign(nodes_ + 1, 0);
  for (const Arc& e : arcs_)
    if (!e.hostile) ++start_[e.a + 1], ++start_[e.b + 1];
  for (std::uint32_t v = 0; v < nodes_; ++v) start_[v + 1] += start_[v];
  by_.resize(start_[nodes_]);
  std::vector<std::uint32_t> fill(start_.begin(), start_.end());
  hostile_.resize(nodes_);
  for (std::uint32_t i = 0; i < arcs_.size(); ++i) {
    if (arcs_[i].hostile) {
      hostile_[arcs_[i].a].push_back(i);
      continue;
    }
    by_[fill[arcs_[i].a]++] = i;
    by_[fill[arcs_[i].b]++] = i;
  }
  far_.assign(nodes_, nothing);
  came_.assign(nodes_, none);
}

void Cover::separate(std::vector<Row>& out) {
  constexpr double step = 1e-7;  // short ways first among equals
  const auto y = program_->x();
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (std::uint32_t from = 0; from < nodes_; ++from) {
    double reach = 0;  // beyond this no row is violated
    for (const std::uint32_t h : hostile_[from]) reach = std::max(reach, 1 - least_violation - std::max(0.0, y[h]));
    if (reach <= 0) continue;
    for (const std::uint32_t v : touched_) far_[v] = nothing;
    touched_.assign(1, from);
    far_[from] = 0;
    queue = {};
    queue.emplace(0, from);
    while (!queue.empty()) {
      const auto [d, v] = queue.top();
      queue.pop();
      if (d > far_[v]) continue;
      for (std::uint32_t i = start_[v]; i < start_[v + 1]; ++i) {
        const Arc& e = arcs_[by_[i]];
        const std::uint32_t u = e.a == v ? e.b : e.a;
        const double length = d + step + std::max(0.0, y[by_[i]]);
        if (length >= far_[u] || length >= reach) continue;
        if (far_[u] == nothing) touched_.push_back(u);
        far_[u] = length;
        came_[u] = by_[i];
        queue.emplace(length, u);
      }
    }
    for (const std::uint32_t h : hostile_[from]) {
      std::uint32_t v = arcs_[h].b;
      if (far_[v] == nothing || far_[v] + std::max(0.0, y[h]) >= 1 - least_violation) continue;
      Row row{1 - far_[v] - y[h], {h}};
      while (v != from) {
        const std::uint32_t e = came_[v];
        row.arcs.push_back(e);
        v = arcs_[e].a == v ? arcs_[e].b : arcs_[e].a;
      }
      out.push_back(std::move(row));
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.violation > b.violation; });
  std::vector<std::uint32_t> used(arcs_.size(), 0);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < out.size() && kept < 2000; ++i) {
    bool often = false;
    for (const std::uint32_t e : out[i].arcs) often |= used[e] >= 8;
    if (often) continue;
    for (const std::uint32_t e : out[i].arcs) ++used[e];
    if (kept != i) out[kept] = std::move(out[i]);
    ++kept;
  }
  out.resize(kept);
}

void Cover::add(std::vector<Row>& rows) {
  std::vector<int> start{0}, column;
  for (Row& r : rows) {
    for (const std::uint32_t e : r.arcs) column.push_back(static_cast<int>(e));
    start.push_back(static_cast<int>(column.size()));
    rows_.push_back(std::move(r.arcs));
  }
  const std::vector<double> value(column.size(), 1), least(rows.size(), 1);
  program_->add_rows(start, column, value, least);
}

void Cover::purge() {
  if (rows_.size() < 500) return;
  const auto activity = program_->activity(), price = program_->price();
  std::vector<int> drop;
  for (std::size_t i = 1; i < rows_.size(); ++i)
    if (activity[i] > 1 + 1e-6 && price[i] < 1e-9) drop.push_back(static_cast<int>(i));
  if (drop.size() < rows_.size() / 3) return;
  std::size_t kept = 0;
  for (std::size_t i = 0, j = 0; i < rows_.size(); ++i) {
    if (j < drop.size() && drop[j] == static_cast<int>(i)) {
      ++j;
      continue;
    }
    if (kept != i) rows_[kept] = std::move(rows_[i]);
    ++kept;
  }
  rows_.resize(kept);
  program_->drop_rows(drop);
}

double Cover::round_up(double frustration) const {
  if (unit_ == 0) return frustration;
  const double units = frustration / unit_;
  return std::ceil(units - 1e-5 - 1e-9 * units) * unit_;
}

std::vector<double> Cover::strain(const Core& core) const {
  std::vector<double> out(core.edges.size(), 0);
  const auto y = program_->x();
  for (std::size_t e = 0; e < arcs_.size(); ++e)
    if (arcs_[e].edge != none) out[arcs_[e].edge] = std::floor(y[e] * 0x1p20 + 0.5) * 0x1p-20;
  return out;
}

Packing Cover::packing(const SolutionPool& pool) const {
  Packing p;
  const auto price = program_->price();
  std::vector<double> load(arcs_.size(), 0);
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (price[i] > 0)
      for (const std::uint32_t e : rows_[i]) load[e] += price[i];
  double excess = 1;
  for (std::size_t e = 0; e < load.size(); ++e)
    if (arcs_[e].cost > 0) excess = std::max(excess, load[e] / arcs_[e].cost);
  std::vector<std::uint32_t> order;  // ties of some pull, as the arcs are: by their ends
  const Graph& g = pool.g;
  for (std::uint32_t t = 0; t < g.ties.size(); ++t)
    if (g.ties[t].weight != 0) order.push_back(t);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    const Tie &s = g.ties[i], &t = g.ties[j];
    return std::pair(std::min(s.a, s.b), std::max(s.a, s.b)) < std::pair(std::min(t.a, t.b), std::max(t.a, t.b));
  });
  p.start.assign(1, 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!(price[i] > 0)) continue;
    for (const std::uint32_t e : rows_[i]) p.tie.push_back(order[e]);
    p.start.push_back(static_cast<std::uint32_t>(p.tie.size()));
    p.weight.push_back(price[i] / excess);
    p.bound += p.weight.back();
  }
  return p;
}

}  // namespace entente::blocs
