// Branching: which tie is taken as frustrated or not next, what all configurations looked for share, and what is
// offered to the pool.
#include "kernel/blocs/tree.hpp"

namespace entente::blocs {

bool Tree::improve(bool first, bool packing, std::vector<Condition>* narrow) {
  Solution& out = pool_.out;
  if (first) search_.run(core_.nodes <= 300 ? 12 : 4, noise_);
  else know();
  pure_ = true;
  const double root = solve();
  pure_ = false;
  if (first || search_.best() < out.energy - noise_) pool_.least(search_.sides());
  bound_ = root;
  if (pruned(root)) {
    if (packing) give_packing();
    return true;
  }
  for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) program_.bounds(e, 0, 1);
  if (narrow && !halted_) {
    relations_by_cost(*narrow);
    return false;
  }
  down(root);
  if (search_.best() < out.energy - noise_) pool_.least(search_.sides());
  bound_ = stopped_ ? std::max(root, open_) : nothing;
  return !stopped_;
}

bool Tree::collect(bool again, std::vector<Condition>* narrow) {
  know();
  collect_ = true;
  pure_ = true;
  const double root = solve();
  pure_ = false;
  for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) program_.bounds(e, 0, 1);
  if (pruned(root)) return true;
  if (narrow) {
    if (halted_) return false;
    if (again) settle(*narrow);
    else relations_by_cost(*narrow);
    return false;
  }
  down(root);
  return !stopped_;
}

void Tree::shared(std::vector<Condition>& to) {
  collect_ = true;
  near();
  pure_ = true;
  solve();  // the bound may have been rounded up: further, for sharper reduced costs
  pure_ = false;
  if (!halted_) relations_by_cost(to);
}

void Tree::near() {
  know();
  std::vector<std::uint32_t> x(search_.sides().begin(), search_.sides().end());
  pool_.offer(x);
  for (std::uint32_t v = 0; v < core_.nodes; ++v) {
    const double e = pool_.out.energy + search_.change(v);
    if (pool_.overflow && e <= pool_.threshold()) continue;
    if (e > pool_.threshold() + noise_ && e > pool_.out.second + noise_) continue;
    std::uint32_t& s = x[v];
    s = 1 - s;
    if (!both_ || std::any_of(x.begin(), x.end(), [&](std::uint32_t t) { return t != x[0]; })) pool_.offer(x);
    s = 1 - s;
  }
}

void Tree::know() {
  std::vector<std::uint32_t> sides(core_.nodes);
  for (std::uint32_t i = pool_.g.actors; i-- > 0;) sides[core_.node[i]] = pool_.out.bloc[i];
  search_.set(sides);
  search_.note(noise_);
}

void Tree::relation(std::uint32_t a, std::uint32_t b, std::vector<Condition>& to) const {
  const auto actor = [&](std::uint32_t node) {  // the first actor of a node has its sign
    return static_cast<Actor>(std::find(core_.node.begin(), core_.node.end(), node) - core_.node.begin());
  };
  to.push_back({actor(a), actor(b), search_.sides()[a] == search_.sides()[b]});
}

void Tree::relations_by_cost(std::vector<Condition>& to) const {
  const std::vector<double> reduced(program_.reduced().begin(), program_.reduced().end());
  std::vector<double> capacity(frame_.arcs.size(), 0);
  double whole = 0;
  for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) {
    const Frame::Arc& arc = frame_.arcs[e];
    const bool cut = search_.sides()[arc.a] != search_.sides()[arc.b];
    if (cut == arc.hostile && arc.cost > 0) capacity[e] = std::max(0.0, reduced[e]);
    whole += capacity[e];
  }
  double enough = whole;  // the least lift that prunes, nearly
  double none = 0;
  for (int i = 0; i < 60 && enough - none > 1e-9 * pool_.w.scale; ++i) {
    const double middle = (none + enough) / 2;
    (pruned(round_up(program_.value() + middle) + offset_) ? enough : none) = middle;
  }
  const std::vector<CutTree> tree = cut_tree(frame_, capacity, enough);
  for (std::uint32_t v = 1; v < frame_.nodes; ++v)
    if (tree[v].value >= enough && pruned(round_up(program_.value() + tree[v].value) + offset_))
      relation(v, tree[v].parent, to);
}

void Tree::settle(std::vector<Condition>& to) {
  const std::vector<std::uint32_t> best(search_.sides().begin(), search_.sides().end());
  for (const std::uint32_t e : frame_.tree) {
    if (pool_.options.stop.stop_requested()) return;
    const Frame::Arc& arc = frame_.arcs[e];
    const int value = (best[arc.a] != best[arc.b]) == arc.hostile ? 0 : 1;
    set(e, 1 - value);
    if (pruned(solve())) {
      set(e, value);
      relation(arc.a, arc.b, to);
    } else {
      set(e, -1);
    }
  }
}

std::int64_t Tree::fractional() const {
  const auto y = program_.x();
  std::int64_t best = -1;
  double most = 0;
  for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) {
    const double distance = std::min(y[e], 1 - y[e]);
    if (distance < 1e-6) continue;
    const double score =
        distance * (0.1 * pool_.w.scale / static_cast<double>(frame_.arcs.size()) + frame_.arcs[e].cost);
    if (score > most) most = score, best = e;
  }
  return best;
}

void Tree::child(std::uint32_t e, int value, double bound) {
  if (stopped_) {
    open_ = std::min(open_, bound);
    return;
  }
  set(e, value);
  const double b = std::max(bound, solve());
  if (!pruned(b)) down(b);
  set(e, -1);
}

void Tree::down(double bound) {
  ++pool_.out.nodes;
  if (spent() || (collect_ && pool_.overflow)) stopped_ = true;
  if (stopped_) {
    open_ = std::min(open_, bound);
    return;
  }
  if (const std::int64_t e = fractional(); e >= 0) {
    const int first = program_.x()[static_cast<std::size_t>(e)] > 0.5 ? 1 : 0;
    child(static_cast<std::uint32_t>(e), first, bound);
    if (pruned(bound)) return;
    child(static_cast<std::uint32_t>(e), 1 - first, bound);
    return;
  }
  std::vector<double> y(program_.x().begin(), program_.x().end()),
      reduced(program_.reduced().begin(), program_.reduced().end());
  const double raw = program_.value() + offset_;
  std::vector<std::uint32_t> sides;
  frame_.sides(y, sides);
  const bool proper = !both_ || std::any_of(sides.begin(), sides.end(), [](std::uint32_t s) { return s != 0; });
  if (!collect_) {
    search_.set(sides);
    search_.descend(noise_);
    if (pruned(bound)) return;  // as a rule: the program's value is this configuration's energy
  } else if (proper) {
    pool_.offer(sides);
  }
  std::vector<std::uint32_t> held;
  for (const std::uint32_t e : frame_.tree) {
    if (fixed_[e] >= 0) continue;
    const int value = y[e] > 0.5 ? 1 : 0;
    const double lifted = round_up(raw + std::abs(reduced[e]) - offset_) + offset_;
    const double other = std::max(bound, lifted);
    if (!pruned(other)) child(e, 1 - value, other);
    set(e, value);
    held.push_back(e);
  }
  for (const std::uint32_t e : held) set(e, -1);
}

}  // namespace entente::blocs
