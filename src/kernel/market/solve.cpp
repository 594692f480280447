// The optimum of one network.
//
// Problem. Maximise gross surplus less costs: a separable convex cost circulation on the graph of arcs.hpp, where some
// arcs have constant marginal cost (ties, jumps of the dual) and some curved ones (no finite simplex path).
//
// Theory. Convex simplex method (Zangwill 1967, doi:10.1287/mnsc.14.3.221) on a spanning tree, as in network simplex
// (Dantzig 1951; Ahuja, Magnanti, Orlin 1993, ch. 11): tree arcs fix the prices, price(to) - price(from) = marginal
// cost; a non-tree arc whose reduced cost has the wrong sign enters, and flow is pushed round its cycle until an arc
// blocks (it leaves the tree) or the cycle's marginal cost is zero (possible only if a curved arc lies on it). Curved
// arcs off the tree with flow strictly inside their bounds are superbasic (Murtagh and Saunders 1978,
// doi:10.1007/BF01588950): all of them are driven to zero reduced cost together by Newton's method on the cycle space,
// so the end of the search is quadratic and not a zigzag. Every iterate is feasible; the objective never worsens.
//
// Choice. No warm start: the tree starts from what is at each node (a consumer's choke arc, a producer's arc at zero
// flow) and needs about one pivot per flow. That makes the answer a function of the network alone, which determinism
// over threads and slices needs, and costs about a microsecond on a network of eight nodes.
//
// Ties are broken by index. After many pivots without progress Bland's rule (lowest index in, lowest index out) takes
// over, which cannot cycle on flat arcs. The final prices are those of the final tree; a node that only its artificial
// arc holds (nothing can reach or leave it) has price 0.
//
// Cost. A pivot is O(nodes + arcs). No allocation once the workspace has grown.
#include <algorithm>
#include <cmath>

#include "kernel/market/arcs.hpp"

namespace entente::market {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class Simplex {
 public:
  Simplex(const Network& n, Workspace::Body& w) : n_(n), w_(w), root_(n.nodes) {}

  bool run(int& pivots, double& residual) {
    scale();
    crash();
    const int limit = 2000 + 100 * static_cast<int>(w_.arcs.size());
    for (pivots = 0; pivots < limit; ++pivots) {
      double worst = 0;
      const std::int32_t enter = price(worst);
      if (enter < 0) {
        residual = worst_;
        return true;
      }
      const Arc& a = w_.arcs[enter];
      const bool inside = a.curve != Curve::flat && a.flow > 0 && a.flow < a.capacity;
      const bool moved = inside ? newton() : push(enter, worst < 0);
      if (unbounded_) return false;
      stall_ = moved ? 0 : stall_ + 1;
    }
    residual = worst_;
    return worst_ <= 1e-9;
  }

 private:
  void scale() {
    double s = 0;
    for (const Arc& a : w_.arcs) {
      s = std::max(s, a.curve == Curve::elastic ? a.p0 : std::abs(a.cost));
      if (a.curve == Curve::linear && std::isfinite(a.capacity))
        s = std::max(s, std::abs(a.cost + a.slope * a.capacity) * (a.cost < 0 ? 0 : 1));
    }
    scale_ = s > 0 ? s : 1;
    tolerance_ = 1e-12 * scale_;
  }

  void crash() {
    const std::size_t nodes = n_.nodes + 1u;
    w_.parent_arc.assign(nodes, -1);
    w_.parent.assign(nodes, root_);
    w_.price.assign(nodes, 0.0);
    artificial_ = static_cast<std::int32_t>(w_.arcs.size());
    w_.in_tree.assign(w_.arcs.size(), 0);
    for (std::int32_t i = 0; i < artificial_; ++i) {
      Arc& a = w_.arcs[i];
      a.flow = 0;
      a.marginal_now = a.marginal(0);
      if (a.from != root_ && a.to != root_) continue;
      const std::uint32_t node = a.from == root_ ? a.to : a.from;
      const std::int32_t old = w_.parent_arc[node];
      // A consumer's dearest arc before a producer's cheapest.
      const bool better =
          old < 0 || (a.to == root_ && (w_.arcs[old].from == root_ || a.marginal_now < w_.arcs[old].marginal_now)) ||
          (a.from == root_ && w_.arcs[old].from == root_ && a.marginal_now < w_.arcs[old].marginal_now);
      if (better) w_.parent_arc[node] = i;
    }
    for (std::uint32_t v = 0; v < n_.nodes; ++v) {
      if (w_.parent_arc[v] >= 0) w_.in_tree[w_.parent_arc[v]] = 1;
      else w_.parent_arc[v] = artificial_;  // shared mark: an arc of capacity 0 and cost 0 to the root
    }
    relabel();
  }

  // Order, depth and prices of the tree from parents.
  void relabel() {
    const std::size_t nodes = n_.nodes + 1u;
    w_.first_child.assign(nodes, none_);
    w_.sibling.assign(nodes, none_);
    w_.depth.resize(nodes);
    for (std::uint32_t v = n_.nodes; v-- > 0;) {
      w_.sibling[v] = w_.first_child[w_.parent[v]];
      w_.first_child[w_.parent[v]] = v;
    }
    w_.order.clear();
    w_.order.push_back(root_);
    w_.depth[root_] = 0;
    for (std::size_t k = 0; k < w_.order.size(); ++k)
      for (std::uint32_t c = w_.first_child[w_.order[k]]; c != none_; c = w_.sibling[c]) {
        w_.depth[c] = w_.depth[w_.order[k]] + 1;
        w_.order.push_back(c);
      }
    prices();
  }

  void prices() {
    w_.price[root_] = 0;
    for (std::size_t k = 1; k < w_.order.size(); ++k) {
      const std::uint32_t v = w_.order[k];
      const std::int32_t i = w_.parent_arc[v];
      const double p = w_.price[w_.parent[v]];
      if (i == artificial_) w_.price[v] = p;
      else w_.price[v] = w_.arcs[i].to == v ? p + w_.arcs[i].marginal_now : p - w_.arcs[i].marginal_now;
    }
  }

  // The non-tree arc that violates optimality most, and its reduced cost; -1 when none does.
  std::int32_t price(double& reduced) {
    std::int32_t best = -1;
    double most = tolerance_, seen = 0;
    const bool bland = stall_ > 30;
    for (std::int32_t i = 0; i < artificial_; ++i) {
      if (w_.in_tree[i]) continue;
      const Arc& a = w_.arcs[i];
      const double r = a.marginal_now - (w_.price[a.to] - w_.price[a.from]);
      const double violation = r < 0 ? (a.flow < a.capacity ? -r : 0) : (a.flow > 0 ? r : 0);
      seen = std::max(seen, violation);
      if (violation > most) {
        best = i;
        most = violation;
        reduced = r;
        if (bland) break;
      }
    }
    worst_ = seen / scale_;
    return best;
  }

  // Arcs of the cycle that arc `i` closes, signs for one unit more over `i`.
  void cycle_of(std::int32_t i, std::vector<std::int32_t>& arcs, std::vector<std::int8_t>& signs) {
    arcs.clear();
    signs.clear();
    arcs.push_back(i);
    signs.push_back(1);
    std::uint32_t up = w_.arcs[i].to, down = w_.arcs[i].from;  // flow returns from `up` over the tree to `down`
    while (up != down) {
      const bool left = w_.depth[up] >= w_.depth[down];
      std::uint32_t& v = left ? up : down;
      const std::int32_t t = w_.parent_arc[v];
      arcs.push_back(t);
      if (t == artificial_) signs.push_back(0);
      else signs.push_back(static_cast<std::int8_t>((w_.arcs[t].from == v) == left ? 1 : -1));
      v = w_.parent[v];
    }
  }

  [[nodiscard]] double room(std::int32_t i, int sign) const {
    if (i == artificial_) return 0;
    const Arc& a = w_.arcs[i];
    return sign > 0 ? a.capacity - a.flow : a.flow;
  }

  // Moves arc i by t, snapping to its bounds.
  void move(std::int32_t i, double t, bool to_bound) {
    Arc& a = w_.arcs[i];
    if (to_bound) a.flow = t > 0 ? a.capacity : 0;
    else a.flow = std::clamp(a.flow + t, 0.0, a.capacity);
    if (a.curve != Curve::flat) a.marginal_now = a.marginal(a.flow);
  }

  bool push(std::int32_t enter, bool forward) {
    cycle_of(enter, w_.cycle, w_.cycle_sign);
    const int turn = forward ? 1 : -1;
    double step = infinity;
    std::size_t block = 0;
    const bool bland = stall_ > 30;
    bool curved = false;
    for (std::size_t k = 0; k < w_.cycle.size(); ++k) {
      const std::int32_t i = w_.cycle[k];
      const double r = room(i, turn * w_.cycle_sign[k]);
      const bool tie =
          r == step && k > 0 &&
          (i == artificial_ || (w_.cycle[block] != artificial_ && (bland ? i < w_.cycle[block] : block == 0)));
      if (r < step || tie) {
        step = r;
        block = k;
      }
      curved = curved || (i != artificial_ && w_.arcs[i].curve != Curve::flat);
    }
    bool stationary = false;
    if (curved && step > 0) {
      const double t = balance(turn, step);
      if (t < step) {
        step = t;
        stationary = true;
      }
    }
    if (!std::isfinite(step)) {
      unbounded_ = true;
      return false;
    }
    if (step > 0)
      for (std::size_t k = 0; k < w_.cycle.size(); ++k) {
        const int s = turn * w_.cycle_sign[k];
        move(w_.cycle[k], s * step, !stationary && room(w_.cycle[k], s) == step);
      }
    if (stationary) {
      // The cycle's marginal cost is zero. A flat arc belongs into the tree; a curved one on the cycle leaves for it.
      if (w_.arcs[enter].curve == Curve::flat) {
        for (std::size_t k = 1; k < w_.cycle.size(); ++k)
          if (w_.arcs[w_.cycle[k]].curve != Curve::flat) {
            swap(enter, k);
            return true;
          }
      }
      prices();
      return true;
    }
    if (block == 0) {  // the entering arc itself went from bound to bound
      if (curved) prices();
      return step > 0;
    }
    swap(enter, block);
    return step > 0;
  }

  // Step at which the cycle's marginal cost reaches zero, or `limit`: safeguarded Newton on a non-decreasing function.
  double balance(int turn, double limit) {
    const auto value = [&](double t, double& slope) {
      double sum = 0;
      slope = 0;
      for (std::size_t k = 0; k < w_.cycle.size(); ++k) {
        const Arc& a = w_.arcs[w_.cycle[k]];
        const int s = turn * w_.cycle_sign[k];
        const double f = std::clamp(a.flow + s * t, 0.0, a.capacity);
        const double m = a.curve == Curve::flat ? a.marginal_now : a.marginal(f);
        sum += s * m;
        slope += a.steepness(f, m);
      }
      return sum;
    };
    double slope = 0, lo = 0, hi = limit;
    if (std::isfinite(limit) && value(limit, slope) <= 0) return limit;
    double at = 0, v = value(0, slope);
    for (int k = 0; k < 200 && std::abs(v) > 1e-14 * scale_; ++k) {
      (v < 0 ? lo : hi) = at;
      double next = slope > 0 ? at - v / slope : infinity;
      if (!(next > lo && next < hi)) next = std::isfinite(hi) ? 0.5 * (lo + hi) : 2 * at + 1;
      if (next == at) break;
      if (!std::isfinite(next) || next > 1e200) return infinity;
      at = next;
      v = value(at, slope);
    }
    return at;
  }

  // The tree loses the k-th arc of the cycle and takes `enter`.
  void swap(std::int32_t enter, std::size_t k) {
    const std::int32_t leave = w_.cycle[k];
    // The subtree cut off hangs below the child end of `leave`; the end of `enter` inside it becomes its new top.
    std::uint32_t child = none_;
    {
      std::uint32_t up = w_.arcs[enter].to, down = w_.arcs[enter].from;
      std::size_t at = 1;
      std::uint32_t start = none_;
      while (up != down) {
        const bool left = w_.depth[up] >= w_.depth[down];
        std::uint32_t& v = left ? up : down;
        if (at == k) {
          child = v;
          start = left ? w_.arcs[enter].to : w_.arcs[enter].from;
          break;
        }
        v = w_.parent[v];
        ++at;
      }
      std::uint32_t v = start, above = start == w_.arcs[enter].to ? w_.arcs[enter].from : w_.arcs[enter].to;
      std::int32_t arc = enter;
      while (true) {
        const std::uint32_t next = w_.parent[v];
        const std::int32_t old = w_.parent_arc[v];
        w_.parent[v] = above;
        w_.parent_arc[v] = arc;
        if (v == child) break;
        above = v;
        arc = old;
        v = next;
      }
    }
    if (leave != artificial_) w_.in_tree[leave] = 0;
    w_.in_tree[enter] = 1;
    relabel();
  }

  // Newton's step on all superbasic arcs together; a shortened step ends at a bound.
  bool newton() {
    w_.super.clear();
    for (std::int32_t i = 0; i < artificial_; ++i) {
      const Arc& a = w_.arcs[i];
      if (!w_.in_tree[i] && a.curve != Curve::flat && a.flow > 0 && a.flow < a.capacity) w_.super.push_back(i);
    }
    const std::size_t m = w_.super.size(), arcs = w_.arcs.size();
    w_.sign.assign(m * arcs, 0);
    w_.gradient.assign(m, 0.0);
    w_.hessian.assign(m * m, 0.0);
    w_.step.assign(m, 0.0);
    for (std::size_t j = 0; j < m; ++j) {
      cycle_of(w_.super[j], w_.cycle, w_.cycle_sign);
      for (std::size_t k = 0; k < w_.cycle.size(); ++k)
        if (w_.cycle[k] != artificial_) w_.sign[j * arcs + static_cast<std::size_t>(w_.cycle[k])] = w_.cycle_sign[k];
      const Arc& a = w_.arcs[w_.super[j]];
      w_.gradient[j] = a.marginal_now - (w_.price[a.to] - w_.price[a.from]);
    }
    for (std::size_t i = 0; i < arcs; ++i) {
      const Arc& a = w_.arcs[i];
      if (a.curve == Curve::flat) continue;
      const double h = a.steepness(a.flow, a.marginal_now);
      for (std::size_t j = 0; j < m; ++j)
        if (w_.sign[j * arcs + i])
          for (std::size_t k = 0; k < m; ++k)
            w_.hessian[j * m + k] += h * w_.sign[j * arcs + i] * w_.sign[k * arcs + i];
    }
    if (!cholesky(m)) return false;
    w_.delta.assign(arcs, 0.0);
    for (std::size_t j = 0; j < m; ++j)
      for (std::size_t i = 0; i < arcs; ++i)
        if (w_.sign[j * arcs + i]) w_.delta[i] += w_.step[j] * w_.sign[j * arcs + i];
    double alpha = 1;
    std::size_t block = arcs;
    for (std::size_t i = 0; i < arcs; ++i) {
      if (w_.delta[i] == 0) continue;
      const double r = room(static_cast<std::int32_t>(i), w_.delta[i] > 0 ? 1 : -1) / std::abs(w_.delta[i]);
      if (r < alpha) {
        alpha = r;
        block = i;
      }
    }
    if (alpha <= 0) {  // a tree arc at its bound stands in the way: let the simplex step move it out of the tree
      for (std::size_t j = 0; j < m; ++j)
        if (std::abs(w_.gradient[j]) > tolerance_ && push(w_.super[j], w_.gradient[j] < 0)) return true;
      return false;
    }
    // The cost along the direction is convex: shorten while its slope at the end is uphill by more than a fraction.
    const auto slope_at = [&](double t) {
      double s = 0;
      for (std::size_t i = 0; i < arcs; ++i)
        if (w_.delta[i] != 0) {
          const Arc& a = w_.arcs[i];
          s += w_.delta[i] * a.marginal(std::clamp(a.flow + t * w_.delta[i], 0.0, a.capacity));
        }
      return s;
    };
    const double before = -slope_at(0);
    for (int k = 0; k < 40 && slope_at(alpha) > 0.5 * before; ++k) {
      alpha *= 0.5;
      block = arcs;
    }
    for (std::size_t i = 0; i < arcs; ++i)
      if (w_.delta[i] != 0) move(static_cast<std::int32_t>(i), alpha * w_.delta[i], i == block);
    prices();
    return true;
  }

  bool cholesky(std::size_t m) {
    auto& h = w_.hessian;
    for (std::size_t j = 0; j < m; ++j) {
      double d = h[j * m + j];
      for (std::size_t k = 0; k < j; ++k) d -= h[j * m + k] * h[j * m + k];
      if (!(d > 0)) return false;
      d = std::sqrt(d);
      h[j * m + j] = d;
      for (std::size_t i = j + 1; i < m; ++i) {
        double x = h[i * m + j];
        for (std::size_t k = 0; k < j; ++k) x -= h[i * m + k] * h[j * m + k];
        h[i * m + j] = x / d;
      }
    }
    for (std::size_t i = 0; i < m; ++i) {
      double x = -w_.gradient[i];
      for (std::size_t k = 0; k < i; ++k) x -= h[i * m + k] * w_.step[k];
      w_.step[i] = x / h[i * m + i];
    }
    for (std::size_t i = m; i-- > 0;) {
      double x = w_.step[i];
      for (std::size_t k = i + 1; k < m; ++k) x -= h[k * m + i] * w_.step[k];
      w_.step[i] = x / h[i * m + i];
    }
    return true;
  }

  static constexpr std::uint32_t none_ = 0xffffffffu;
  const Network& n_;
  Workspace::Body& w_;
  std::uint32_t root_;
  std::int32_t artificial_ = 0;
  double scale_ = 1, tolerance_ = 0, worst_ = 0;
  int stall_ = 0;
  bool unbounded_ = false;
};

double gross_of(const Consumer& c, double q, double at_choke) {
  if (c.form == Demand::linear) return c.a * q - 0.5 * c.b * q * q;
  if (!(q > 0)) return 0;
  const double first = std::min(q, at_choke);
  double gross = c.choke * first;
  if (q > at_choke) {
    const double e = 1.0 + 1.0 / c.b, ratio = std::log(q / at_choke);
    const double base = c.p0 * c.a * std::exp(e * std::log(at_choke / c.a));
    gross += base * (std::abs(e * ratio) < 1e-12 ? ratio : std::expm1(e * ratio) / e);
  }
  return gross;
}

void report(const Network& n, const Workspace::Body& w, std::uint64_t built, Solution& out) {
  const auto flow_of = [&](std::int32_t arc) { return arc < 0 ? 0.0 : w.arcs[arc].flow; };
  out.produced.resize(n.producers.size());
  out.producer_surplus.resize(n.producers.size());
  out.consumed.resize(n.consumers.size());
  out.consumer_surplus.resize(n.consumers.size());
  out.flow.resize(n.links.size());
  out.link_rent.resize(n.links.size());
  out.price.assign(w.price.begin(), w.price.begin() + n.nodes);
  out.gross = out.production_cost = out.transport_cost = out.fixed = 0;
  for (std::size_t i = 0; i < n.producers.size(); ++i) {
    const Producer& p = n.producers[i];
    const double q = out.produced[i] = flow_of(w.producer_arc[i]);
    const double slope = p.capacity > 0 && std::isfinite(p.capacity) ? (p.cost_last - p.cost_first) / p.capacity : 0;
    const double cost = p.cost_first * q + 0.5 * slope * q * q;
    out.production_cost += cost;
    out.producer_surplus[i] = out.price[p.node] * q - cost;
  }
  for (std::size_t i = 0; i < n.consumers.size(); ++i) {
    const Consumer& c = n.consumers[i];
    const double q = out.consumed[i] = flow_of(w.consumer_flat[i]) + flow_of(w.consumer_curved[i]);
    const double at_choke = w.consumer_flat[i] < 0 ? 0 : w.arcs[w.consumer_flat[i]].capacity;
    const double gross = gross_of(c, q, at_choke);
    out.gross += gross;
    out.consumer_surplus[i] = gross - out.price[c.node] * q;
  }
  std::size_t option = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    const Link& l = n.links[i];
    const double f = out.flow[i] = flow_of(w.link_arc[i]);
    out.transport_cost += l.cost * f;
    out.link_rent[i] = f == 0 ? 0 : (out.price[l.to] - out.price[l.from] - l.cost) * f;
    if (l.optional || l.fixed > 0) {
      if (built >> option & 1u) out.fixed += l.fixed;
      ++option;
    }
  }
  out.built = built;
  out.total = out.gross - out.production_cost - out.transport_cost - out.fixed;
}

}  // namespace

Result<void> solve(const Network& n, Mask members, std::uint64_t built, Workspace& workspace, Solution& out) {
  Workspace::Body& w = workspace.body();
  build_arcs(n, members, built, w);
  const bool done = Simplex(n, w).run(out.pivots, out.residual);
  if (!done)
    return std::unexpected(
        Error{ErrorKind::not_solved, "the market has no finite optimum, or the pivot limit was reached"});
  report(n, w, built, out);
  return {};
}

}  // namespace entente::market
