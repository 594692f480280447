// A good partition into any number of blocs to begin with.
//
// State: a bloc by node. Moving v from bloc A to B changes the energy by towards(A) - towards(B), towards(B) = sum of c
// from v to B, 0 for a new bloc; joining A and B by minus the sum of c between them. Blocs are first joined greedily,
// the pair with the largest sum first (greedy additive edge contraction: Keuper et al. 2015,
// doi:10.1109/ICCV.2015.204), then nodes move and blocs join until nothing gains; kicks set a node and some of those
// tied to it aside and improve again. What counts as a gain is measured against the node's own ties: a small actor's
// ties are as good as a large one's. Deterministic: random numbers come from the counter-based generator with fixed
// keys.
#include "kernel/blocs/merge.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <queue>

#include "entente/base/random.hpp"

namespace entente::blocs {
namespace {
constexpr double rounding = 1e-12;  ///< of the ties that a move touches
}

PartitionSearch::PartitionSearch(const Core& core, std::uint32_t least, std::uint32_t most)
    : core_(core), least_(least), most_(std::min(most, core.nodes)), whole_(core.nodes, 0) {
  for (std::uint32_t v = 0; v < core.nodes; ++v)
    for (std::uint32_t i = core.start[v]; i < core.start[v + 1]; ++i) whole_[v] += std::abs(core.c[i]);
}

bool PartitionSearch::may_move(std::uint32_t v, std::uint32_t b) const {
  for (std::uint32_t i = core_.apart_start[v]; i < core_.apart_start[v + 1]; ++i)
    if (bloc_[core_.apart[i]] == b) return false;
  return true;
}

bool PartitionSearch::may_join(std::uint32_t a, std::uint32_t b) const {
  if (core_.apart.empty()) return true;
  for (std::uint32_t v = 0; v < core_.nodes; ++v)
    if (bloc_[v] == a && !may_move(v, b)) return false;
  return true;
}

void PartitionSearch::compact() {
  std::vector<std::uint32_t> renumbered(core_.nodes + 1, 0xffffffffu);
  used_ = 0;
  for (std::uint32_t& b : bloc_) {
    if (renumbered[b] == 0xffffffffu) renumbered[b] = used_++;
    b = renumbered[b];
  }
  size_.assign(core_.nodes + 1, 0);
  for (const std::uint32_t b : bloc_) ++size_[b];
}

bool PartitionSearch::move_nodes() {
  bool any = false;
  towards_.assign(core_.nodes + 1, 0);
  std::vector<std::uint32_t> spare;  // empty blocs
  std::uint32_t in_use = used_, fresh = used_;
  for (bool moved = true; moved;) {
    moved = false;
    for (std::uint32_t v = 0; v < core_.nodes; ++v) {
      const std::uint32_t own = bloc_[v];
      if (size_[own] == 1 && in_use <= least_) continue;
      touched_.clear();
      for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) {
        const std::uint32_t b = bloc_[core_.to[i]];
        if (towards_[b] == 0) touched_.push_back(b);
        towards_[b] += core_.c[i];
      }
      double most = towards_[own] + rounding * whole_[v];
      std::uint32_t to = own;
      for (const std::uint32_t b : touched_)
        if (b != own && (towards_[b] > most || (towards_[b] == most && to != own && b < to)) && may_move(v, b))
          most = towards_[b], to = b;
      if (most < 0 && size_[own] > 1 && in_use < most_) {
        if (spare.empty()) spare.push_back(fresh++);
        to = spare.back();
        spare.pop_back();
      }
      for (const std::uint32_t b : touched_) towards_[b] = 0;
      if (to == own) continue;
      if (size_[to]++ == 0) ++in_use;
      if (--size_[own] == 0) spare.push_back(own), --in_use;
      bloc_[v] = to;
      any = moved = true;
    }
  }
  compact();
  return any;
}

bool PartitionSearch::merge_blocs(bool down_to_most, std::span<const double> weight) {
  // Sums between blocs, joined best first; lazily, entries that are out of date are passed over.
  std::vector<std::map<std::uint32_t, std::pair<double, double>>> between(used_);  // sum of c, sum of |c|
  for (std::size_t i = 0; i < core_.edges.size(); ++i) {
    const Core::Edge& e = core_.edges[i];
    const std::uint32_t a = bloc_[e.a], b = bloc_[e.b];
    const double c = weight.empty() ? e.c : weight[i];
    if (a == b || c == 0) continue;
    for (auto* x : {&between[a][b], &between[b][a]}) x->first += c, x->second += std::abs(c);
  }
  struct Pair {
    double sum;
    std::uint32_t a, b;
    bool operator<(const Pair& o) const { return sum != o.sum ? sum < o.sum : a != o.a ? a > o.a : b > o.b; }
  };
  std::priority_queue<Pair> queue;
  for (std::uint32_t a = 0; a < used_; ++a)
    for (const auto& [b, s] : between[a])
      if (a < b && (down_to_most || s.first > 0)) queue.push({s.first, a, b});
  std::vector<std::uint32_t> name(used_);
  std::iota(name.begin(), name.end(), 0u);
  std::uint32_t blocs = used_;
  bool any = false;
  while (!queue.empty() && blocs > least_) {
    const auto [sum, a, b] = queue.top();
    queue.pop();
    const auto it = between[a].find(b);
    if (it == between[a].end() || it->second.first != sum) continue;
    if (!(sum > rounding * it->second.second) && !(down_to_most && blocs > most_)) break;
    if (!may_join(a, b)) continue;
    for (std::uint32_t v = 0; v < core_.nodes && !core_.apart.empty(); ++v)
      if (bloc_[v] == b) bloc_[v] = a;
    name[b] = a;
    --blocs;
    any = true;
    between[a].erase(b);
    for (const auto& [c, s] : between[b]) {
      between[c].erase(b);
      if (c == a) continue;
      auto &x = between[a][c], &y = between[c][a];
      x.first += s.first, x.second += s.second;
      y = x;
      if (down_to_most || x.first > 0) queue.push({x.first, std::min(a, c), std::max(a, c)});
    }
    between[b].clear();
  }
  if (any) {
    for (std::uint32_t& b : bloc_)
      while (name[b] != b) b = name[b];
    compact();
  }
  return any;
}

bool PartitionSearch::fit() {
  if (used_ > most_) merge_blocs(true);
  while (used_ > most_) {  // blocs without ties between them
    for (std::uint32_t& b : bloc_)
      if (b == used_ - 1) b = used_ - 2;
    compact();
  }
  while (used_ < least_) {  // the node that costs least by itself
    double least = nothing;
    std::uint32_t v = core_.nodes;
    for (std::uint32_t u = 0; u < core_.nodes; ++u) {
      if (size_[bloc_[u]] == 1) continue;
      double cost = 0;
      for (std::uint32_t i = core_.start[u]; i < core_.start[u + 1]; ++i)
        if (bloc_[core_.to[i]] == bloc_[u]) cost += core_.c[i];
      if (cost < least) least = cost, v = u;
    }
    if (v == core_.nodes) return false;
    bloc_[v] = used_;
    compact();
  }
  return true;
}

void PartitionSearch::note() {
  double e = core_.constant;
  for (const Core::Edge& x : core_.edges)
    if (bloc_[x.a] != bloc_[x.b]) e += x.c;
  if (e < best_) best_ = e, kept_ = bloc_;
}

void PartitionSearch::improve() {
  compact();
  if (!fit()) return;
  for (int round = 0; round < 1000; ++round) {
    const bool moved = move_nodes(), merged = merge_blocs(false);
    if (!moved && !merged) break;
  }
  note();
}

void PartitionSearch::join() {
  bloc_.resize(core_.nodes);
  std::iota(bloc_.begin(), bloc_.end(), 0u);
  compact();
  merge_blocs(false);
  improve();
}

void PartitionSearch::from(std::span<const std::uint32_t> bloc) {
  bloc_.assign(bloc.begin(), bloc.end());
  improve();
}

void PartitionSearch::follow(std::span<const double> strain, std::uint64_t key) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < core_.edges.size(); ++i)
    if (core_.edges[i].c > 0 && strain[i] < 0.999) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](auto i, auto j) { return strain[i] < strain[j]; });
  bloc_.resize(core_.nodes);
  std::vector<double> weight(core_.edges.size());
  for (std::size_t i = 0; i < weight.size(); ++i)
    weight[i] = core_.edges[i].c * std::clamp(1 - strain[i], 0.0, 1.0) * std::clamp(1 - strain[i], 0.0, 1.0);
  for (std::size_t i = 0; i < weight.size() && key != 0; ++i) weight[i] *= 0.4 + 1.2 * uniform(key, 13, i);
  std::iota(bloc_.begin(), bloc_.end(), 0u);
  compact();
  merge_blocs(false, weight);
  improve();
  if (key != 0) return;
  for (const double most : {0.3, 0.6}) {
    std::iota(bloc_.begin(), bloc_.end(), 0u);
    std::vector<std::uint32_t> parent = bloc_;
    const auto root = [&](std::uint32_t v) {
      while (parent[v] != v) v = parent[v] = parent[parent[v]];
      return v;
    };
    for (const std::uint32_t i : order) {
      if (strain[i] > most) break;
      parent[root(core_.edges[i].b)] = root(core_.edges[i].a);
    }
    for (std::uint32_t v = 0; v < core_.nodes; ++v) bloc_[v] = root(v);
    bool fits = true;
    for (std::uint32_t v = 0; v < core_.nodes && fits; ++v) fits = may_move(v, bloc_[v]);
    if (fits) improve();
  }
}

void PartitionSearch::kick(std::uint32_t rounds, std::uint64_t key, const std::stop_token& stop) {
  for (std::uint32_t r = 0; r < rounds && found() && !stop.stop_requested(); ++r) {
    bloc_ = kept_;
    compact();
    const auto pick = [&](std::uint64_t what, std::uint32_t n) {
      return std::min(n - 1, static_cast<std::uint32_t>(uniform(key, r, what) * n));
    };
    const std::uint32_t v = pick(0, core_.nodes);
    const bool apart = uniform(key, r, 1) < 0.5;
    std::uint32_t to = used_;  // a bloc of their own, or one of those tied to it
    if (!apart && core_.start[v] < core_.start[v + 1])
      to = bloc_[core_.to[core_.start[v] + pick(2, core_.start[v + 1] - core_.start[v])]];
    const auto put = [&](std::uint32_t u) {
      if (may_move(u, to)) bloc_[u] = to;
    };
    put(v);
    for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i)
      if (core_.c[i] > 0 && uniform(key, r, 10 + i) < 0.4) put(core_.to[i]);
    improve();
  }
}

}  // namespace entente::blocs
