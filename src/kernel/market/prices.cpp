// The rule for prices. Where the zone's own curves fix the level, that is the price. Elsewhere the supporting levels
// lie between a lowest and a highest one: the highest vector is what one more unit costs at each node, the lowest what
// one more unit fetches, arcs between zones included, and since supporting prices are closed under minimum, maximum and
// mixture (they are the solutions of p_to - p_from <= or >= cost), the middle of the two is one of them. Where the two
// cross by rounding there is one level, and the asks tell it.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

// Highest (asks) or lowest (bids) labels that the arcs between zones allow; priced zones stay.
void spread(const Workspace::Body& w, std::vector<double>& label, bool asks) {
  bool changed = true;
  for (std::size_t pass = 0; changed && pass <= w.nodes.size(); ++pass) {
    changed = false;
    for (const Arc& a : w.arcs) {
      if (a.status == Status::inside) continue;
      const bool full = a.status == Status::upper;
      const Node &from = w.nodes[full ? a.to : a.from], &to = w.nodes[full ? a.from : a.to];
      if (from.zone == to.zone) continue;
      const double rise = from.offset + (full ? -a.cost : a.cost) - to.offset;
      if (asks) {
        if (w.priced[to.zone] || !(label[from.zone] + rise < label[to.zone])) continue;
        label[to.zone] = label[from.zone] + rise;
      } else {
        if (w.priced[from.zone] || !(label[to.zone] - rise > label[from.zone])) continue;
        label[from.zone] = label[to.zone] - rise;
      }
      changed = true;
    }
  }
}

}  // namespace

void set_prices(Workspace::Body& w, std::vector<double>& price) {
  const auto nodes = static_cast<std::uint32_t>(w.nodes.size());
  w.priced.assign(nodes, 0);
  w.level.assign(nodes, 0.0);
  std::uint32_t left = 0;
  for (std::uint32_t v = 0; v < nodes; ++v) {
    const Node& node = w.nodes[v];
    if (node.zone != v) continue;
    w.priced[v] = node.ask - node.bid <= 1e-13 * node.size;
    if (w.priced[v]) w.level[v] = 0.5 * (node.ask + node.bid);
    else ++left;
  }
  const auto unpriced = [&](auto&& visit) {
    for (std::uint32_t v = 0; v < nodes && left > 0; ++v)
      if (w.nodes[v].zone == v && !w.priced[v]) visit(v);
  };
  const auto set = [&](std::uint32_t v, double level) {
    w.level[v] = level;
    w.priced[v] = 2;
  };
  const auto settle_marks = [&] {
    for (std::uint32_t v = 0; v < nodes; ++v)
      if (w.priced[v] == 2) w.priced[v] = 1, --left;
  };
  if (left > 0) {
    w.ask = w.level;
    w.bid = w.level;
    unpriced([&](std::uint32_t v) { w.ask[v] = w.nodes[v].ask, w.bid[v] = w.nodes[v].bid; });
    spread(w, w.ask, true);
    spread(w, w.bid, false);
    unpriced([&](std::uint32_t v) {
      if (std::isfinite(w.ask[v]) && std::isfinite(w.bid[v])) set(v, 0.5 * (w.ask[v] + std::min(w.ask[v], w.bid[v])));
    });
    settle_marks();
  }
  // One side only: that side, asks before bids. Neither: 0 at the lowest node of the zone, or what the others leave.
  for (const int stage : {0, 1, 2}) {
    if (left == 0) break;
    w.ask = w.level;
    unpriced([&](std::uint32_t v) { w.ask[v] = stage == 0 ? w.nodes[v].ask : stage == 1 ? w.nodes[v].bid : 0.0; });
    if (stage == 2)
      for (const Node& node : w.nodes)
        if (!w.priced[node.zone]) w.ask[node.zone] = std::max(w.ask[node.zone], -node.offset);
    spread(w, w.ask, stage != 1);
    unpriced([&](std::uint32_t v) {
      if (std::isfinite(w.ask[v])) set(v, w.ask[v]);
    });
    settle_marks();
  }
  price.resize(nodes);
  for (std::uint32_t v = 0; v < nodes; ++v) price[v] = w.level[w.nodes[v].zone] + w.nodes[v].offset;
}

}  // namespace entente::market
