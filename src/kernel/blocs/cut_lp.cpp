// The program of branch and cut: its rows, cycles violated by the last solution, come and go; solved again by the dual
// simplex; and the packing of cycles that its prices are.
#include <set>

#include "kernel/blocs/tree.hpp"

namespace entente::blocs {
namespace {

std::vector<double> costs(const Frame& f) {
  std::vector<double> cost;
  for (const Frame::Arc& e : f.arcs) cost.push_back(e.cost);
  return cost;
}

}  // namespace

Tree::Tree(bool both, SolutionPool& pool)
    : pool_(pool),
      core_(pool.w.core),
      frame_(core_),
      separator_(frame_),
      search_(core_, may_empty(both, core_)),
      both_(may_empty(both, core_)),
      program_(costs(frame_), std::numeric_limits<double>::max()),
      unit_(common_unit(costs(frame_))),
      noise_(1e-12 * pool.w.scale),
      fixed_(frame_.arcs.size(), -1) {
  const int start[] = {0, 1}, column[] = {0};  // a row that never binds: a program has rows
  const double one[] = {1}, least[] = {-1};
  program_.add_rows(start, column, one, least);
  rows_.emplace_back();
  offset_ = core_.constant;
  for (const Frame::Arc& e : frame_.arcs)
    if (e.hostile) offset_ -= e.cost;
}

bool Tree::spent() const { return pool_.out.nodes > pool_.options.nodes || pool_.options.stop.stop_requested(); }

double Tree::solve() {
  double before = -nothing;
  unsigned slow = 0;
  std::vector<Cut> cuts;
  while (true) {
    auto status = program_.solve(pivots_of_a_node);
    for (int again = 0; status == lp::Program::Status::limit && again < 40; ++again) {
      ++pool_.out.nodes;
      if (spent()) break;
      status = program_.solve(pivots_of_a_node);
    }
    if (status == lp::Program::Status::infeasible) return nothing;
    halted_ = status == lp::Program::Status::limit;
    if (halted_) return std::max(before, offset_);
    const double raw = program_.value() + offset_;
    const double bound = round_up(program_.value()) + offset_;
    propose();
    if (pruned(bound) || spent()) return bound;
    if (const int pivots = program_.pivots() - counted_; pivots > pivots_of_a_node) {
      counted_ = program_.pivots();
      ++pool_.out.nodes;
    }
    if (pure_) purge(raw > before + 1e-7 * pool_.w.scale);
    slow = raw > before + 1e-4 * std::max(std::abs(search_.best() - raw), noise_) ? 0 : slow + 1;
    before = std::max(before, raw);
    if (slow > (pure_ ? 10u : collect_ ? 1u : 3u)) return bound;
    cuts.clear();
    const std::vector<double> y(program_.x().begin(), program_.x().end());
    separator_.triangles(y, pure_, cuts);
    choose(cuts);
    if (cuts.size() < 20) separator_.cycles(y, pure_, core_.nodes <= 400 ? core_.nodes : 400, cuts);
    if (cuts.empty()) return bound;
    add(cuts);
  }
}

void Tree::choose(std::vector<Cut>& cuts) {
  std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.violation > b.violation; });
  std::vector<std::uint32_t> used(frame_.arcs.size(), 0);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cuts.size() && kept < 1000; ++i) {
    bool often = false;
    for (const auto* side : {&cuts[i].plain, &cuts[i].turned})
      for (const std::uint32_t e : *side) often |= used[e] >= 3;
    if (often) continue;
    for (const auto* side : {&cuts[i].plain, &cuts[i].turned})
      for (const std::uint32_t e : *side) ++used[e];
    if (kept != i) cuts[kept] = std::move(cuts[i]);
    ++kept;
  }
  cuts.resize(kept);
}

void Tree::add(std::vector<Cut>& cuts) {
  start_.assign(1, 0);
  column_.clear();
  value_.clear();
  least_.clear();
  std::set<std::vector<std::uint32_t>> seen;
  for (Cut& cut : cuts) {
    std::vector<std::uint32_t> key = cut.plain;
    for (const std::uint32_t e : cut.turned) key.push_back(e + static_cast<std::uint32_t>(frame_.arcs.size()));
    std::sort(key.begin(), key.end());
    if (!seen.insert(key).second) continue;
    for (const std::uint32_t e : cut.plain) column_.push_back(static_cast<int>(e)), value_.push_back(1);
    for (const std::uint32_t e : cut.turned) column_.push_back(static_cast<int>(e)), value_.push_back(-1);
    start_.push_back(static_cast<int>(column_.size()));
    least_.push_back(1 - static_cast<double>(cut.turned.size()));
    rows_.push_back(std::move(cut.plain));
  }
  program_.add_rows(start_, column_, value_, least_);
}

void Tree::purge(bool progress) {
  if (!progress || rows_.size() < 200) return;
  const auto activity = program_.activity(), price = program_.price();
  std::vector<int> drop;
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (activity[i] > 1 + 1e-6 && price[i] < 1e-9) drop.push_back(static_cast<int>(i));
  if (drop.size() < rows_.size() / 4) return;
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
  program_.drop_rows(drop);
}

void Tree::propose() {
  const auto y = program_.x();
  std::vector<double> strength(core_.edges.size(), 0);
  for (std::size_t i = 0, e = 0; i < core_.edges.size(); ++i)
    if (core_.edges[i].c != 0) strength[i] = 1 - y[e++];
  search_.follow_edges(strength);
  search_.descend(noise_);
}

void Tree::give_packing() {
  Packing& p = pool_.out.packing;
  const auto price = program_.price();
  std::vector<double> load(frame_.arcs.size(), 0);
  for (std::size_t i = 0; i < rows_.size(); ++i)
    if (price[i] > 0)
      for (const std::uint32_t e : rows_[i]) load[e] += price[i];
  double excess = 1;
  for (std::size_t e = 0; e < load.size(); ++e)
    if (frame_.arcs[e].cost > 0) excess = std::max(excess, load[e] / frame_.arcs[e].cost);
  std::vector<std::uint32_t> tie(frame_.arcs.size(), 0), order;  // arcs and ties of some pull, both sorted by ends
  const Graph& g = pool_.g;
  for (std::uint32_t t = 0; t < g.ties.size(); ++t)
    if (g.ties[t].weight != 0) order.push_back(t);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
    const Tie &s = g.ties[i], &t = g.ties[j];
    return std::pair(std::min(s.a, s.b), std::max(s.a, s.b)) < std::pair(std::min(t.a, t.b), std::max(t.a, t.b));
  });
  for (std::size_t i = 0; i < order.size(); ++i) tie[i] = order[i];
  p.start.assign(1, 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!(price[i] > 0)) continue;
    for (const std::uint32_t e : rows_[i]) p.tie.push_back(tie[e]);
    p.start.push_back(static_cast<std::uint32_t>(p.tie.size()));
    p.weight.push_back(price[i] / excess);
    p.bound += p.weight.back();
  }
}

}  // namespace entente::blocs
