// What a zone asks for one more unit and bids for one, once its market is settled.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {

void quote(Workspace::Body& w, double level) {
  double ask = infinite, bid = -infinite, span = 0, slope = 0;
  bool more = false, less = false;  // flat at the ask, at the bid
  for (const std::uint32_t v : w.order) {
    const Node& node = w.nodes[v];
    span = std::max(span, std::abs(node.offset));
    for (std::int32_t i = node.piece; i >= 0; i = w.pieces[i].next) {
      const Piece& p = w.pieces[i];
      const double offset = node.offset + p.shift, low = p.low - offset, high = p.high - offset;
      span = std::max(span, std::abs(offset));
      const bool rising = low < high;
      if (p.target < p.most) {
        const double asks = rising ? std::max(level, low) : low;
        if (asks < ask) ask = asks, more = !rising;
      }
      if (p.target > p.least) {
        const double bids = rising ? std::min(level, high) : low;
        if (bids > bid) bid = bids, less = !rising;
      }
      if (rising && low <= level && level <= high)
        slope += p.curve == Curve::linear ? p.rate : -p.b * (p.behind - p.target) / (level + offset);
    }
  }
  const bool some = std::isfinite(ask) || std::isfinite(bid);
  const double size = some ? span + std::min(std::abs(ask), std::abs(bid)) : span;
  const std::uint32_t root = w.order.front();
  for (const std::uint32_t v : w.order) {
    Node& node = w.nodes[v];
    node.zone = root;
    node.ask = ask + node.offset;
    node.bid = bid + node.offset;
    node.sells = more ? infinite : slope;
    node.buys = less ? infinite : slope;
    node.span = span;
    node.size = size;
  }
}

}  // namespace entente::market
