// Which trade pays. Between two zones: buy where the zone asks least, carry, sell where it bids most; directly over one
// arc, or over several through zones that neither buy nor sell (shortest paths by Bellman and Ford). Within a zone: a
// cycle of arcs that carries the same for less.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

constexpr double tolerance = 1e-13;  // relative to the prices of the zones concerned

struct Step {
  std::uint32_t from, to;
  double cost;
};

// One more unit over the arc, or one less where it is full.
Step step(const Arc& a) {
  if (a.status == Status::upper) return {a.to, a.from, -a.cost};
  return {a.from, a.to, a.cost};
}

Trade direct(const Workspace::Body& w, double& left) {
  Trade best;
  for (std::size_t i = 0; i < w.arcs.size(); ++i) {
    if (w.arcs[i].status == Status::inside) continue;
    const Step s = step(w.arcs[i]);
    const Node &from = w.nodes[s.from], &to = w.nodes[s.to];
    const bool cycle = from.zone == to.zone;
    const double profit = (cycle ? to.offset - from.offset : to.bid - from.ask) - s.cost;
    if (!(profit > best.profit)) continue;
    const double size =
        from.span + to.span + std::abs(s.cost) + (cycle ? 0 : std::min(std::abs(to.bid), std::abs(from.ask)));
    if (profit > tolerance * size) best = {static_cast<std::int32_t>(i), cycle, profit};
    else left = std::max(left, profit / size);
  }
  return best;
}

// The zones' chain back from `zone`, as arcs from the seller on. False: it runs into itself.
bool trace(Workspace::Body& w, std::uint32_t zone) {
  w.path.clear();
  while (w.via[zone] >= 0) {
    if (w.path.size() > w.connected) return false;
    w.path.push_back(w.via[zone]);
    zone = w.nodes[step(w.arcs[w.via[zone]]).from].zone;
  }
  std::ranges::reverse(w.path);
  return true;
}

// A zone whose chain runs into itself; no_node: none does.
std::uint32_t circular(Workspace::Body& w) {
  for (const std::uint32_t v : w.active)
    if (w.via[v] >= 0 && !trace(w, v)) return v;
  return no_node;
}

// Least labels by zone given the arcs between zones; `via` tells over which, `reach` the largest number on the way. A
// label falls only by more than the rounding of its whole way can be: links that cost something and nothing, there and
// back, must not lower a label by their last bits, as chains would run into themselves. One that does so costs less
// than nothing all round. False: there is one, and `at` is a zone whose chain runs into it.
bool spread(Workspace::Body& w, std::uint32_t& at) {
  const auto nodes = static_cast<std::uint32_t>(w.nodes.size());
  w.via.assign(nodes, -1);
  w.reach.assign(nodes, 0.0);
  bool changed = true;
  for (std::uint32_t pass = 0; changed; ++pass) {
    if (pass > w.connected) {
      at = circular(w);
      if (at != no_node) return false;
      if (pass > 4 * w.connected) break;  // only rounding is left
    }
    changed = false;
    for (std::size_t i = 0; i < w.arcs.size(); ++i) {
      if (w.arcs[i].status == Status::inside) continue;
      const Step s = step(w.arcs[i]);
      const Node &from = w.nodes[s.from], &to = w.nodes[s.to];
      if (from.zone == to.zone) continue;
      const double offer = w.ask[from.zone] + from.offset + s.cost - to.offset;
      const double reach = std::max({w.reach[from.zone], std::abs(offer), from.span + to.span + std::abs(s.cost)});
      if (!(offer < w.ask[to.zone] - tolerance * reach)) continue;
      w.ask[to.zone] = offer;
      w.via[to.zone] = static_cast<std::int32_t>(i);
      w.reach[to.zone] = reach;
      changed = true;
    }
  }
  return true;
}

// The cycle into which the chain of `at` runs: back for as many steps as there are nodes, surely on it, then once
// around.
Trade cycle_at(Workspace::Body& w, std::uint32_t at) {
  const auto back = [&](std::uint32_t zone) { return w.nodes[step(w.arcs[w.via[zone]]).from].zone; };
  for (std::size_t k = 0; k <= w.connected; ++k) at = back(at);
  w.path.clear();
  const std::uint32_t end = at;
  do {
    w.path.push_back(w.via[at]);
    at = back(at);
  } while (at != end);
  std::ranges::reverse(w.path);
  std::ranges::rotate(w.path, std::ranges::min_element(w.path) + 1);  // one way to write a cycle: its lowest arc last
  return {w.path.back(), true, 0};
}

}  // namespace

Trade free_cycle(Workspace::Body& w) {
  w.ask.assign(w.nodes.size(), 0.0);
  std::uint32_t at = no_node;
  return spread(w, at) ? Trade{} : cycle_at(w, at);
}

Trade best_trade(Workspace::Body& w, double& left) {
  left = 0;
  Trade best = direct(w, left);
  w.path.clear();
  if (best.arc >= 0) {
    w.path.push_back(best.arc);
    return best;
  }
  bool gaps = false;
  for (const std::uint32_t v : w.active) {
    const Node& node = w.nodes[v];
    gaps = node.zone == v && node.degree > 0 && node.ask - node.bid > tolerance * node.size;
    if (gaps) break;
  }
  if (!gaps) return best;
  std::uint32_t at = no_node;
  w.ask.assign(w.nodes.size(), infinite);
  for (const std::uint32_t v : w.active)
    if (w.nodes[v].zone == v) w.ask[v] = w.nodes[v].ask;
  if (!spread(w, at)) return cycle_at(w, at);
  std::uint32_t buyer = no_node;
  for (const std::uint32_t v : w.active) {
    const Node& node = w.nodes[v];
    if (node.zone != v || w.via[v] < 0) continue;
    const double profit = node.bid - w.ask[v];
    if (!(profit > best.profit)) continue;
    const double size = std::max(node.span + std::abs(node.bid), w.reach[v]);
    if (profit > tolerance * size) {
      best.profit = profit;
      buyer = v;
    } else {
      left = std::max(left, profit / size);
    }
  }
  if (buyer == no_node) return best;
  if (!trace(w, buyer)) return cycle_at(w, buyer);
  // Only as far as the first zone on the way that already pays.
  for (std::size_t k = 0; k < w.path.size(); ++k) {
    const std::uint32_t zone = w.nodes[step(w.arcs[w.path[k]]).to].zone;
    if (w.nodes[zone].bid - w.ask[zone] >
        tolerance * std::max(w.nodes[zone].span + std::abs(w.nodes[zone].bid), w.reach[zone])) {
      w.path.resize(k + 1);
      break;
    }
  }
  best.arc = w.path.back();
  return best;
}

}  // namespace entente::market
