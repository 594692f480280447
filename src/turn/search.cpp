// Problem. Minimise cost(S) over packages S subject to: S holds in at least `need` of the draws. Nothing is assumed of
// how truth depends on S: a lever may help alone and harm beside another. Theory. A chance constraint over a sample is
// a count (Luedtke and Ahmed 2008, doi:10.1137/070702928); costs are monotone, so the order by cost is known without
// judging anybody, and the first package in it that passes is the least, proven by the refuted ones before it. Choice.
// Best first over the tree in which a child has one item more, of a lever behind its parent's last. A node stands for
// itself and its later siblings: when it comes off the heap it leaves its next sibling and its first child there, so
// that the heap holds two entries a package that was looked at, however many levers with doses there are. A child's key
// is at first what is known without adding up anything, the larger of its parent's cost and its new item's; equal keys
// give way to those that are not added up yet. Refuting. Until the least is found a package is dropped when more draws
// fail than it may fail in; then, when more fail than would leave it above the front. The front of what is cheaper
// comes last, since to know it takes many more draws: those in which the best so far does not hold. Cost. A package
// costs its sum over the draws and its refutation, at least (1 - chance) N draws. Left out: bounds from gradients, and
// cuts that use what one refuted package says of its neighbours.
#include "entente/turn/search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace entente::turn {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t patience = 64;           // packages looked at before a greedy one is tried for
constexpr std::uint64_t look_further = 4'096;  // behind one that holds in every draw: others that are really different

struct Node {
  double key = 0;
  bool exact = false;
  Package package;
  double parent = 0;     // its cost
  std::size_t rank = 0;  // of the last item among those that its parent could add
};

bool shorter(const Package& a, const Package& b) { return a.size() != b.size() ? a.size() < b.size() : a < b; }

struct Later {
  bool operator()(const Node& a, const Node& b) const {
    if (a.key != b.key) return a.key > b.key;
    if (a.exact != b.exact) return a.exact;
    return shorter(b.package, a.package);
  }
};

// Packages in the order of their cost, feasible or not yet.
class Order {
 public:
  Order(const Moves& m, const Limits& limits) : m_(m), limits_(limits) {
    for (std::uint32_t i = 0; i < m.items.size(); ++i) alone_.push_back(cost_of(m, {i}, limits.quantile));
    behind_.resize(m.levers + 1);
    for (std::size_t from = 0; from <= m.levers; ++from) {
      for (std::uint32_t i = 0; i < m.items.size(); ++i)
        if (m.items[i].lever >= from && alone_[i] < infinite) behind_[from].push_back(i);
      std::ranges::stable_sort(behind_[from], {}, [&](std::uint32_t i) { return alone_[i]; });
    }
    heap_.push({.key = 0, .exact = true, .package = {}});
  }

  // The next one whose items go together, with its cost; nothing when all are through.
  std::optional<Tried> next() {
    while (!heap_.empty()) {
      Node n = heap_.top();
      heap_.pop();
      if (!n.exact) {
        sibling(n);
        n.key = cost_of(m_, n.package, limits_.quantile);
        n.exact = true;
        if (n.key <= limits_.budget && n.key < infinite) heap_.push(std::move(n));
        continue;
      }
      child(n);
      return Tried{std::move(n.package), n.key, {}};
    }
    return std::nullopt;
  }
  [[nodiscard]] double frontier() const { return heap_.empty() ? infinite : heap_.top().key; }

 private:
  [[nodiscard]] const std::vector<std::uint32_t>& choices(const Package& parent) const {
    return behind_[parent.empty() ? 0 : m_.items[parent.back()].lever + 1];
  }
  void push(Package parent, double cost, std::size_t rank) {
    const auto& list = choices(parent);
    for (; rank < list.size(); ++rank) {
      const std::uint32_t lever = m_.items[list[rank]].lever;
      if (std::ranges::any_of(parent, [&](std::uint32_t i) { return m_.excludes[m_.items[i].lever][lever] != 0; }))
        continue;
      const double key = std::max(cost, alone_[list[rank]]);
      if (key > limits_.budget) return;  // and so do those behind it
      parent.push_back(list[rank]);
      heap_.push({key, false, std::move(parent), cost, rank});
      return;
    }
  }
  void child(const Node& n) { push(n.package, n.key, 0); }
  void sibling(const Node& n) {
    Package parent(n.package.begin(), n.package.end() - 1);
    push(std::move(parent), n.parent, n.rank + 1);
  }

  const Moves& m_;
  const Limits& limits_;
  std::vector<double> alone_;                       // by item, its cost by itself
  std::vector<std::vector<std::uint32_t>> behind_;  // by lever, items of it and later ones by rising cost
  std::priority_queue<Node, std::vector<Node>, Later> heap_;
};

// With what `item` needs, one dose each as large as it gets.
Package with(const Moves& m, Package p, std::uint32_t item) {
  std::vector<std::uint32_t> open{item};
  while (!open.empty()) {
    const std::uint32_t i = open.back();
    open.pop_back();
    p.push_back(i);
    for (const std::uint32_t lever : m.needs[m.items[i].lever]) {
      if (std::ranges::any_of(p, [&](std::uint32_t x) { return m.items[x].lever == lever; })) continue;
      for (std::uint32_t x = static_cast<std::uint32_t>(m.items.size()); x-- > 0;)
        if (m.items[x].lever == lever) {
          open.push_back(x);
          break;
        }
    }
  }
  std::ranges::sort(p);
  p.erase(std::unique(p.begin(), p.end()), p.end());
  return p;
}

// Adds what lifts most until it holds in `need` draws, then takes back what is not needed. No proof, but an answer.
std::optional<Tried> greedy(const Moves& m, Judge& judge, std::uint64_t need, const Limits& limits) {
  Package best;
  Count now = judge.count(best, m.draws);
  while (now.whole && now.hits < need) {
    Package next;
    Count count = now;
    for (std::uint32_t i = 0; i < m.items.size(); ++i) {
      Package p = best;
      std::erase_if(p, [&](std::uint32_t x) { return m.items[x].lever == m.items[i].lever; });
      p = with(m, std::move(p), i);
      if (p == best || !feasible(m, p) || !(cost_of(m, p, limits.quantile) <= limits.budget)) continue;
      const Count c = judge.count(p, m.draws - std::min(m.draws, count.hits + 1));
      if (c.cancelled) return std::nullopt;
      if (c.whole && c.hits > count.hits) next = p, count = c;
    }
    if (next.empty()) return std::nullopt;
    best = next;
    now = count;
  }
  if (!now.whole) return std::nullopt;
  for (std::size_t i = best.size(); i-- > 0;) {
    Package less = best;
    less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
    if (!feasible(m, less)) continue;
    const Count c = judge.count(less, m.draws - need);
    if (c.whole && c.hits >= need) best = less, now = c;
  }
  return Tried{best, cost_of(m, best, limits.quantile), now};
}

}  // namespace

Found search(const Moves& m, Judge& judge, std::uint64_t need, const Limits& limits) {
  Found f;
  Order order(m, limits);
  const auto stopped = [&] { return limits.cancel && limits.cancel->load(); };
  std::uint64_t best = 0;           // draws in which the best holds, from the least on
  std::vector<std::size_t> dearer;  // the front behind the least
  std::uint64_t behind = 0;
  bool all = false, cancelled = false;
  std::size_t looked = 0;
  while (f.tried.size() < limits.packages && !stopped()) {
    if (limits.tick) (*limits.tick)();
    auto t = order.next();
    if (!t) {
      all = true;
      break;
    }
    if (limits.progress) {
      limits.progress->packages = f.tried.size();
      limits.progress->below = t->cost;
    }
    if (++looked > 8 * limits.packages) break;  // most have needs that are not met
    if (!feasible(m, t->package)) continue;
    const bool nothing = t->package.empty();  // always looked at in every draw
    const std::uint64_t bar = nothing ? 0 : f.least ? best + 1 : need;
    if (bar <= m.draws) {
      t->count = judge.count(t->package, m.draws - bar);
      if (t->count.cancelled) {
        cancelled = true;
        f.below = t->cost;
        break;
      }
      if (t->count.whole && t->count.hits >= (f.least ? best + 1 : need)) {
        best = t->count.hits;
        if (!f.least) f.least = f.tried.size();
        else dearer.push_back(f.tried.size());
      }
    } else if (++behind > look_further) {
      break;
    }
    f.tried.push_back(std::move(*t));
    if (!f.least && !f.some && f.tried.size() == patience) f.some = greedy(m, judge, need, limits);
  }
  f.decided = f.least || (all && !cancelled);
  f.below = all ? infinite : std::max(f.below, f.tried.empty() ? 0 : f.tried.back().cost);
  if (f.least) f.some.reset();
  // The front up to the least: who holds in more draws than all that cost no more. None of them holds in enough.
  const auto add = [&](std::size_t i) {
    while (!f.front.empty() && f.tried[f.front.back()].cost == f.tried[i].cost) f.front.pop_back();
    f.front.push_back(i);
  };
  std::optional<std::uint64_t> most;
  bool early = !f.tried.empty();
  for (std::size_t i = 0; i < (f.least ? *f.least : f.tried.size()); ++i) {
    Tried& t = f.tried[i];
    const std::uint64_t bar = most ? *most + 1 : 0;
    if (!t.count.whole && t.count.misses + bar > m.draws) continue;
    if (!t.count.whole) {
      const Count c = judge.count(t.package, m.draws - bar);
      if (c.cancelled) {
        early = false;
        break;
      }
      t.count = c;
    }
    if (!t.count.whole || t.count.hits < bar) continue;
    most = t.count.hits;
    add(i);
  }
  if (f.least) add(*f.least);
  for (const std::size_t i : dearer) add(i);
  f.whole = early && (all || (f.least && best == m.draws));
  return f;
}

Standing search_against(const Moves& m, const Moves& against, Duel& duel, std::uint64_t need, const Limits& limits,
                        const Limits& answers) {
  Standing s;
  std::vector<Package> all;
  const auto stopped = [&] { return limits.cancel && limits.cancel->load(); };
  Order other(against, answers);
  while (auto t = other.next()) {
    if (answers.tick) (*answers.tick)();
    if (feasible(against, t->package)) all.push_back(std::move(t->package));
    if (all.size() > answers.packages || stopped()) return s;
  }
  s.answers = all.size();
  Order order(m, limits);
  while (!stopped() && s.tried.size() < limits.packages) {
    if (limits.tick) (*limits.tick)();
    auto t = order.next();
    if (!t) {
      s.whole = true;
      break;
    }
    if (!feasible(m, t->package)) continue;
    std::optional<Answered> worst;
    Package undone;
    bool stands = true;
    for (std::size_t a = 0; a < all.size() && stands; ++a) {
      const Count c = duel.count(t->package, all[a], m.draws - need);
      if (c.cancelled) return s;
      if (!c.whole || c.hits < need) {
        stands = false;
        undone = all[a];
        t->count = c;
        std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(a),
                    all.begin() + static_cast<std::ptrdiff_t>(a) + 1);
      } else if (!worst || c.hits < worst->count.hits ||
                 (c.hits == worst->count.hits && shorter(all[a], worst->answer))) {
        worst = Answered{all[a], c};
      }
    }
    s.tried.push_back(std::move(*t));
    s.undone_by.push_back(undone);
    if (!stands) continue;
    s.tried.back().count = worst->count;
    s.least = s.tried.size() - 1;
    s.nearest = std::move(worst);
    s.whole = true;
    break;
  }
  return s;
}

}  // namespace entente::turn
