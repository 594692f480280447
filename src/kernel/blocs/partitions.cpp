// Any number of blocs, by assigning node after node to a bloc in use or to a new one (restricted growth: each partition
// is met once), with a bound that prunes.
//
// Bound. Let A be the nodes placed. A configuration that continues this one costs at least: the arcs cut within A; for
// each node v outside, the least over the blocs it may join, or a new one, of its arcs cut towards A; and every
// hostile arc between two nodes outside. Nodes are taken in order of the weight of their ties to those before
// (largest first), so that the bound sees much early. O(degree + blocs) a node of the tree and O(nodes outside) to add
// up. The last part of the bound, hostile arcs outside, is what those nodes cost at least among themselves; beyond a
// dozen nodes it is found better by solving the last 1, 2, 3, ... nodes alone first, each with the ones before as
// bounds (Russian doll search: Verfaillie, Lemaitre, Schiex 1996, AAAI-96, 181-187). When the search is stopped, the
// least bound of what was not looked at is the bound of the answer.
#include <algorithm>
#include <cmath>
#include <utility>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

class Assignment {
 public:
  Assignment(std::uint32_t least, std::uint32_t most, SolutionPool& pool)
      : pool_(pool),
        w_(pool.w),
        core_(pool.w.core),
        n_(core_.nodes),
        least_(least),
        most_(std::min(most, core_.nodes)),
        towards_(pool.w.towards),
        sum_(pool.w.sum),
        children_(pool.w.children) {
    children_.clear();
    order();
    w_.placed.assign(n_, unplaced);
    stride_ = std::min(most_, tail_) + 1;
    towards_.assign(std::size_t{tail_} * stride_, 0);
    sum_.assign(n_, 0);
    // hostile arcs among the nodes from position p on
    w_.floor.assign(n_ + 1, 0);
    std::vector<std::uint32_t>& at = w_.slot;
    at.resize(n_);
    for (std::uint32_t p = 0; p < n_; ++p) at[w_.order[p]] = p;
    for (const Core::Edge& e : core_.edges)
      if (e.c < 0) w_.floor[std::min(at[e.a], at[e.b])] += e.c;
    for (std::uint32_t p = n_; p-- > 0;) w_.floor[p] += w_.floor[p + 1];
    noise_ = 1e-12 * w_.scale;
    w_.best.clear();
  }

  void run(bool collect) {
    collect_ = collect;
    open_ = nothing;
    down(0, 0, core_.constant);
  }
  void limit(std::uint64_t nodes) { limit_ = nodes; }         ///< in all, beside that of the options
  [[nodiscard]] std::uint32_t tied() const { return tail_; }  ///< nodes with a tie or a condition
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] double open() const { return open_; }  ///< least bound of what was left out when stopped
  [[nodiscard]] bool found() const { return !w_.best.empty(); }
  /// The least energies of the last nodes alone, as far as `nodes` of search go, into the bound.
  void dolls(std::uint64_t nodes) {
    const std::uint32_t least = std::exchange(least_, 0);
    const std::uint64_t before = pool_.out.nodes;
    doll_ = true;
    std::vector<std::uint32_t> label(n_, unplaced);
    std::vector<double> to(stride_ + 1);
    std::uint32_t used = 0;
    double rest = 0;
    for (std::uint32_t p = tail_; p-- > 1;) {
      const std::uint32_t v = w_.order[p];
      double whole = 0, hostile = 0;
      std::fill(to.begin(), to.end(), 0);
      for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i)
        if (const std::uint32_t u = core_.to[i]; label[u] != unplaced) {
          whole += core_.c[i];
          hostile += std::min(0.0, core_.c[i]);
          to[label[u]] += core_.c[i];
        }
      if (stopped_ || pool_.out.nodes - before > nodes || pool_.options.stop.stop_requested()) {
        label[v] = 0;  // anything: from here on only the hostile arcs count
        rest += hostile;
      } else {
        double most = used < most_ ? 0 : -nothing;
        std::uint32_t b = used;
        for (std::uint32_t k = 0; k < used; ++k)
          if (to[k] > most && apart_from(v, k, label)) most = to[k], b = k;
        if (most == -nothing) break;
        label[v] = b;
        used = std::max(used, b + 1);
        value_ = rest + whole - most;
        w_.best.clear();
        down(p, 0, 0);
        if (stopped_) {
          rest += hostile;
        } else {
          rest = value_;
          if (!w_.best.empty()) {
            used = 0;
            for (std::uint32_t q = p; q < tail_; ++q) {
              label[w_.order[q]] = w_.best[w_.order[q]];
              used = std::max(used, label[w_.order[q]] + 1);
            }
          }
        }
      }
      w_.floor[p] = std::max(w_.floor[p], rest - noise_);
    }
    doll_ = stopped_ = false;
    least_ = least;
    value_ = nothing;
    w_.best.clear();
  }
  void start_from(double v) { value_ = v; }  ///< a configuration of this energy is known: only better ones count
  [[nodiscard]] double value() const { return value_; }

 private:
  static constexpr std::uint32_t unplaced = 0xffffffffu;

  void order() {
    w_.order.clear();
    std::vector<double>& pull = w_.cost;
    pull.assign(n_, 0);
    std::vector<std::uint32_t>& taken = w_.placed;
    taken.assign(n_, 0);
    std::vector<double>& whole = w_.sum;
    whole.assign(n_, 0);
    for (std::uint32_t v = 0; v < n_; ++v)
      for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) whole[v] += std::abs(core_.c[i]);
    tail_ = n_;
    const auto loose = [&](std::uint32_t v) {
      return whole[v] == 0 && core_.apart_start[v] == core_.apart_start[v + 1];
    };
    for (std::uint32_t v = 0; v < n_; ++v)
      if (loose(v)) taken[v] = 1, --tail_;
    for (std::uint32_t p = 0; p < tail_; ++p) {
      std::uint32_t next = unplaced;
      for (std::uint32_t v = 0; v < n_; ++v)
        if (!taken[v] &&
            (next == unplaced || pull[v] > pull[next] || (pull[v] == pull[next] && whole[v] > whole[next])))
          next = v;
      taken[next] = 1;
      w_.order.push_back(next);
      for (std::uint32_t i = core_.start[next]; i < core_.start[next + 1]; ++i)
        pull[core_.to[i]] += std::abs(core_.c[i]);
    }
    for (std::uint32_t v = 0; v < n_; ++v)
      if (loose(v)) w_.order.push_back(v);
  }

  [[nodiscard]] double cutoff() const {
    if (!collect_) return value_ - noise_;
    const bool second = pool_.options.second;
    return (second ? std::max(pool_.threshold(), pool_.out.second) : pool_.threshold()) + noise_;
  }

  [[nodiscard]] bool may(std::uint32_t v, std::uint32_t b) const {
    for (std::uint32_t i = core_.apart_start[v]; i < core_.apart_start[v + 1]; ++i)
      if (w_.placed[core_.apart[i]] == b) return false;
    return true;
  }

  [[nodiscard]] bool apart_from(std::uint32_t v, std::uint32_t b, std::span<const std::uint32_t> label) const {
    for (std::uint32_t i = core_.apart_start[v]; i < core_.apart_start[v + 1]; ++i)
      if (label[core_.apart[i]] == b) return false;
    return true;
  }

  /// What the node outside at least costs towards those placed.
  [[nodiscard]] double outside(std::uint32_t v, std::uint32_t used) const {
    double most = used < most_ ? 0 : -nothing;
    const double* t = &towards_[std::size_t{w_.slot[v]} * stride_];
    for (std::uint32_t b = 0; b < used; ++b) most = std::max(most, t[b]);
    return sum_[v] - most;
  }

  void down(std::uint32_t p, std::uint32_t used, double partial) {
    if (collect_ && pool_.overflow && !pool_.options.second) return;
    if (p == tail_) {
      if (doll_) {
        value_ = partial;
        w_.best.assign(w_.placed.begin(), w_.placed.end());
      } else if (used + (n_ - tail_) >= least_) finish(used, partial);
      return;
    }
    const std::uint32_t v = w_.order[p];
    const double* t = &towards_[std::size_t{p} * stride_];
    const std::size_t first = children_.size();
    for (std::uint32_t b = 0; b <= used && b < most_; ++b)
      if (b == used || may(v, b)) children_.push_back({b, partial + sum_[v] - (b == used ? 0 : t[b])});
    std::sort(
        children_.begin() + static_cast<std::ptrdiff_t>(first), children_.end(),
        [](const auto& x, const auto& y) { return x.partial != y.partial ? x.partial < y.partial : x.bloc < y.bloc; });
    const std::size_t last = children_.size();
    for (std::size_t i = first; i < last; ++i) {
      const auto [bloc, cost] = children_[i];
      const std::uint32_t now = std::max(used, bloc + 1);
      if (now + (n_ - p - 1) < least_) continue;
      place(v, bloc);
      double bound = cost + w_.floor[p + 1];
      for (std::uint32_t q = p + 1; q < tail_; ++q) bound += outside(w_.order[q], now);
      if (collect_ ? bound <= cutoff() : bound < cutoff()) {
        if (!stopped_) ++pool_.out.nodes;
        if (!stopped_ && may_stop() &&
            (pool_.out.nodes > pool_.options.nodes || pool_.out.nodes > limit_ ||
             ((pool_.out.nodes & 63) == 0 && pool_.options.stop.stop_requested())))
          stopped_ = true;
        if (stopped_) open_ = std::min(open_, bound);
        else down(p + 1, now, cost);
      }
      unplace(v, bloc);
    }
    children_.resize(first);
  }

  /// Without conditions "apart" the first dive ends in a configuration: it is not cut short. With them it may have to
  /// turn back, and for how long is nobody's to say.
  [[nodiscard]] bool may_stop() const {
    return collect_ || value_ < nothing || pool_.out.nodes > pool_.options.nodes + 100 * std::uint64_t{n_};
  }

  /// The nodes nobody is tied to: wherever they are put the energy is the same. One way is enough, unless it is an
  /// optimum: then they are listed in order until the list is full.
  void finish(std::uint32_t used, double partial) {
    std::vector<std::uint32_t>& growth = w_.growth;  // by position: blocs in use before it
    growth.resize(n_ + 1);
    growth[tail_] = used;
    const auto put = [&](std::uint32_t p, std::uint32_t b) {
      w_.placed[w_.order[p]] = b;
      growth[p + 1] = std::max(growth[p], b + 1);
    };
    const auto fill = [&](std::uint32_t p) {
      for (; p < n_; ++p) put(p, std::max(growth[p], 1u) + (n_ - 1 - p) >= least_ ? 0 : growth[p]);
    };
    fill(tail_);
    if (!collect_) {
      value_ = partial;
      w_.best.assign(w_.placed.begin(), w_.placed.end());
      return;
    }
    while (pool_.offer(w_.placed) && !pool_.overflow) {
      std::uint32_t p = n_;
      while (p-- > tail_) {  // the last that may go to a later bloc
        std::uint32_t b = w_.placed[w_.order[p]] + 1;
        if (b <= growth[p] && std::max(growth[p], b + 1) + (n_ - 1 - p) < least_) b = growth[p];
        if (b > growth[p] || b >= most_) continue;
        put(p, b);
        fill(p + 1);
        break;
      }
      if (p + 1 == tail_ || p >= n_) break;
    }
  }

  void place(std::uint32_t v, std::uint32_t b) {
    w_.placed[v] = b;
    for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) {
      const std::uint32_t u = core_.to[i];
      if (core_.c[i] == 0) continue;
      towards_[std::size_t{w_.slot[u]} * stride_ + b] += core_.c[i];
      sum_[u] += core_.c[i];
    }
  }
  void unplace(std::uint32_t v, std::uint32_t b) {
    w_.placed[v] = unplaced;
    for (std::uint32_t i = core_.start[v]; i < core_.start[v + 1]; ++i) {
      const std::uint32_t u = core_.to[i];
      if (core_.c[i] == 0) continue;
      towards_[std::size_t{w_.slot[u]} * stride_ + b] -= core_.c[i];
      sum_[u] -= core_.c[i];
    }
  }

  SolutionPool& pool_;
  Workspace::Body& w_;
  const Core& core_;
  std::uint32_t n_, least_, most_, stride_ = 0;
  std::uint32_t tail_ = 0;        ///< position from which nodes have neither ties nor conditions
  std::vector<double>& towards_;  ///< by position and bloc: its arcs to the nodes placed there
  std::vector<double>& sum_;      ///< by node: its arcs to all nodes placed
  std::vector<Child>& children_;  ///< a stack of what is still to be tried
  bool collect_ = false, stopped_ = false, doll_ = false;
  double open_ = nothing, noise_ = 0, value_ = nothing;
  std::uint64_t limit_ = ~std::uint64_t{0};
};

}  // namespace

bool assign_nodes(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool) {
  Solution& out = pool.out;
  Assignment search(least_blocs, most_blocs, pool);
  search.run(false);
  if (!search.found()) {
    out.feasible = search.stopped();
    return false;
  }
  pool.least(pool.w.best);
  out.bound = std::min(out.energy, search.open());
  out.proven = out.bound >= out.energy - pool.w.slack;
  out.proof = out.proven ? Proof::search : Proof::none;
  if (!out.proven || !pool.options.all) return true;
  if (search.stopped()) return true;
  search.run(true);
  while (!search.stopped() && pool.stale()) {
    pool.again();
    search.run(true);
  }
  out.complete = !search.stopped() && !pool.overflow;
  out.second_proven = pool.options.second && !search.stopped();
  return true;
}

bool improve_placements(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool) {
  Solution& out = pool.out;
  Assignment search(least_blocs, most_blocs, pool);
  search.dolls(pool.options.nodes / 2);
  search.start_from(out.energy);
  search.run(false);
  if (search.found()) pool.least(pool.w.best);
  if (search.stopped()) out.bound = std::max(out.bound, std::min(out.energy, search.open()));
  return !search.stopped();
}

void collect_placements(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool) {
  Solution& out = pool.out;
  Assignment search(least_blocs, most_blocs, pool);
  const std::uint64_t nodes = search.tied();
  // Without ties that tell, the list fills or the search is given up: never the work of another question.
  search.limit(out.nodes + std::min(pool.options.nodes, 20'000'000 / (nodes + 1)));
  if (nodes <= 60) search.dolls(pool.options.nodes / 4);
  search.run(true);
  while (!search.stopped() && pool.stale()) {
    pool.again();
    search.run(true);
  }
  out.complete = !search.stopped() && !pool.overflow;
  out.second_proven = pool.options.second && !search.stopped();
}

void near_partitions(std::uint32_t least_blocs, std::uint32_t most_blocs, SolutionPool& pool) {
  const Core& core = pool.w.core;
  std::vector<std::uint32_t> x(core.nodes);
  for (std::uint32_t i = pool.g.actors; i-- > 0;) x[core.node[i]] = pool.out.bloc[i];
  pool.offer(x);
  std::uint32_t used = 0;
  for (const std::uint32_t b : x) used = std::max(used, b + 1);
  std::vector<double> towards(used + 1, 0);
  std::vector<std::uint32_t> size(used + 1, 0), touched;
  for (const std::uint32_t b : x) ++size[b];
  const auto worth_it = [&](double change, double terms) {
    return pool.out.energy + change <= pool.out.second + 1e-12 * terms || change <= 1e-9 * terms;
  };
  for (std::uint32_t v = 0; v < core.nodes; ++v) {
    touched.clear();
    double terms = 0;
    for (std::uint32_t i = core.start[v]; i < core.start[v + 1]; ++i) {
      const std::uint32_t b = x[core.to[i]];
      touched.push_back(b);
      towards[b] += core.c[i];
      terms += std::abs(core.c[i]);
    }
    touched.push_back(used);
    std::sort(touched.begin(), touched.end());
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    const std::uint32_t own = x[v];
    for (const std::uint32_t b : touched) {
      if (b == own || (b == used && (size[own] == 1 || used + 1 > most_blocs))) continue;
      if (size[own] == 1 && used - 1 < least_blocs) continue;
      bool may = true;
      for (std::uint32_t i = core.apart_start[v]; i < core.apart_start[v + 1]; ++i) may &= x[core.apart[i]] != b;
      if (!may || !worth_it(towards[own] - towards[b], terms)) continue;
      if (pool.overflow && towards[own] - towards[b] <= 1e-9 * terms) continue;
      x[v] = b;
      pool.offer(x);
      x[v] = own;
    }
    for (const std::uint32_t b : touched) towards[b] = 0;
  }
}

}  // namespace entente::blocs
