// A spatial price equilibrium found slowly: begin with nothing and push flow round every cycle of the residual network
// that is worth it, as far as its marginal cost allows, until none is (Klein 1967, doi:10.1287/mnsc.14.3.205, with a
// line search as costs are convex). Node 0 is the outside: production enters from it, consumption leaves to it. Shares
// nothing with the program's kernel.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace deal_oracle {

struct Arc {
  enum Kind { link, producer, linear, elastic } kind = link;
  int from = 0, to = 0;
  double capacity = 0;
  double a = 0, b = 0;  ///< marginal cost: a + b f (link, producer); price: a - b f (linear)
  double quantity = 0, price = 1, e = -1, choke = 0;  ///< elastic: price (f / quantity)^(1/e), at most choke
  int push = 0;                                       ///< -1: flow is wanted whatever it costs
  double flow = 0;

  [[nodiscard]] double willing(double f) const {
    if (f <= 0) return choke;
    return std::min(choke, price * std::pow(f / quantity, 1 / e));
  }
  [[nodiscard]] double marginal(double f) const {
    if (kind == linear) return -(a - b * f);
    if (kind == elastic) return -willing(f);
    return a + b * f;
  }
  /// Production cost, or gross surplus, of the flow.
  [[nodiscard]] double total() const {
    const double f = flow;
    if (kind == linear) return a * f - b * f * f / 2;
    if (kind != elastic) return a * f + b * f * f / 2;
    if (quantity <= 0) return 0;
    const double cut = quantity * std::pow(choke / price, e);
    if (f <= cut) return choke * f;
    const double s = 1 + 1 / e;
    const double area = std::abs(s) < 1e-12
                            ? price * quantity * std::log(f / cut)
                            : price * quantity / s * (std::pow(f / quantity, s) - std::pow(cut / quantity, s));
    return choke * cut + area;
  }
};

struct Equilibrium {
  std::vector<Arc> arcs;
  int nodes = 1;
  std::vector<double> price;  ///< by node: a supporting one
  long sweeps = 0;

  struct Step {
    int arc = 0;
    bool forward = true;
  };
  struct Cost {
    int push = 0;
    double money = 0;
    bool operator<(const Cost& o) const { return push != o.push ? push < o.push : money < o.money; }
  };

  // Every simple cycle of the residual network, sweep after sweep; each that is worth it is followed as far as it is. A
  // cycle that carries more of what must flow comes before all that only earn money.
  void solve(double tolerance = 1e-12) {
    const auto residual = [&](const Step& s) {
      const Arc& x = arcs[s.arc];
      return s.forward ? x.capacity - x.flow : x.flow;
    };
    const auto open = [&](const Step& s) { return residual(s) > 1e-13 * std::max(1.0, arcs[s.arc].flow); };
    const auto cost = [&](const std::vector<Step>& cycle, double t) {
      Cost c;
      for (const Step& s : cycle) {
        const Arc& x = arcs[s.arc];
        c.push += s.forward ? x.push : -x.push;
        c.money += s.forward ? x.marginal(x.flow + t) : -x.marginal(x.flow - t);
      }
      return c;
    };
    double scale = 1;
    for (const Arc& x : arcs) scale = std::max({scale, std::abs(x.a), x.choke});
    const double little = tolerance * std::min(scale, 1e3);
    const auto worth_it = [&](const Cost& c) { return c.push < 0 || (c.push == 0 && c.money < -little); };
    for (sweeps = 0; sweeps < 100000; ++sweeps) {
      std::vector<std::vector<Step>> cycles;
      std::vector<Step> path;
      std::vector<bool> seen(nodes);
      const auto walk = [&](auto&& self, int start, int at) -> void {  // each cycle once, from its lowest node
        for (int i = 0; i < int(arcs.size()); ++i)
          for (const bool forward : {true, false}) {
            const Arc& x = arcs[i];
            const int next = forward ? x.to : x.from;
            if ((forward ? x.from : x.to) != at || !open({i, forward}) || next < start) continue;
            if (next != start ? seen[next] : !path.empty() && path.back().arc == i) continue;
            path.push_back({i, forward});
            if (next == start) {
              if (worth_it(cost(path, 0))) cycles.push_back(path);
            } else {
              seen[next] = true;
              self(self, start, next);
              seen[next] = false;
            }
            path.pop_back();
          }
      };
      for (int start = 0; start < nodes; ++start) walk(walk, start, start);
      if (cycles.empty()) break;
      std::ranges::stable_sort(cycles, [&](const auto& a, const auto& b) { return cost(a, 0) < cost(b, 0); });
      if (cost(cycles.front(), 0).push < 0) cycles.resize(1);
      for (const auto& cycle : cycles) {
        const Cost now = cost(cycle, 0);
        if (!std::ranges::all_of(cycle, open) || !worth_it(now)) continue;
        double step = std::numeric_limits<double>::infinity();
        for (const Step& s : cycle) step = std::min(step, residual(s));
        if (now.push == 0 && cost(cycle, step).money > 0) {
          double lo = 0, hi = step;
          for (int i = 0; i < 60; ++i) {
            step = (lo + hi) / 2;
            (cost(cycle, step).money > 0 ? hi : lo) = step;
          }
        }
        for (const Step& s : cycle) {
          Arc& x = arcs[s.arc];
          x.flow += s.forward ? step : -step;
          if (std::abs(x.flow) < 1e-13) x.flow = 0;
          if (std::abs(x.flow - x.capacity) < 1e-13 * std::max(1.0, x.capacity)) x.flow = x.capacity;
        }
      }
    }
    // Prices: shortest residual distances from the outside with arcs that must carry flow taken as used up.
    price.assign(nodes, 1e30);
    price[0] = 0;
    for (int round = 0; round < 4 * nodes; ++round)
      for (int i = 0; i < int(arcs.size()); ++i) {
        const Arc& x = arcs[i];
        if (x.push != 0) continue;
        const double m = x.marginal(x.flow);
        if (x.capacity - x.flow > 1e-9) price[x.to] = std::min(price[x.to], price[x.from] + m);
        if (x.flow > 1e-9) price[x.from] = std::min(price[x.from], price[x.to] - m);
      }
  }
};

}  // namespace deal_oracle
