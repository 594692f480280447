// The optimum of one network, by trades between zones.
//
// Problem. Maximise gross surplus less costs on a network whose links have constant unit cost and bounds, and whose
// nodes have supply and demand curves that may be flat, linear or of constant elasticity: a separable convex-cost
// circulation.
//
// Theory. It decomposes (Samuelson 1952, doi:10.2307/1810381; Takayama and Judge 1971). Cut at its arcs at a bound, the
// network falls into zones: trees of arcs strictly inside their bounds, so that all prices of a zone follow from one
// level. Given what it imports, a zone is a market of its own: net supply is a non-decreasing function of the level,
// and its crossing is found exactly (local.cpp). A zone then asks a price for one more unit and bids one; where supply
// is flat at the level they differ. While some zone bids more than another asks plus the carriage between them, the
// trade pays: the arcs of its path come inside, the zones become one, and this zone settles; arcs that its flows would
// overrun go to their bounds and leave it (forest.cpp). A cycle of arcs that carries the same for less is a trade too,
// and cancelled flow is one (trade.cpp). When no trade pays, asks and bids are the certificate: prices between them
// satisfy the conditions of Kuhn and Tucker.
//
// Rest. Arcs inside their bounds have room both ways and arcs at a bound have room one way, so a trade that pays moves
// something and the surplus rises strictly: ties and degenerate networks need no rule against going round in a circle,
// in exact numbers. In the machine's they need one of rounding. Costs that cancel on paper (out over a link of 0.45,
// back over a full one) do not to the last bit; labels that fell by such bits ran into themselves and named a trade
// that was none. So a label falls only by more than the rounding of the largest number on its way (trade.cpp), a chain
// that runs into itself is then a cycle that truly pays, and a part cut off with only rounding to trade settles by
// itself (forest.cpp). The limit on trades has not been reached since in 10^8 networks drawn to tie.
//
// Choice. The dearest trade first. No warm start: a solve is a function of the network alone, which determinism over
// threads and slices needs.
//
// Prices. Where the optimum leaves a price an interval, the middle of the lowest and the highest supporting prices is
// given (prices.cpp): a rule of the network alone, not of the way the optimum was found.
//
// Cost. A trade costs O(nodes + arcs) and one local market; a network of a dozen elements takes a handful of trades.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

// Every node by itself: what sellers and buyers at the same place do at once.
bool autarky(Workspace::Body& w) {
  for (std::uint32_t v = 0; v < w.nodes.size(); ++v) {
    double sell = infinite, buy = -infinite;
    for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next) {
      Piece& p = w.pieces[i];
      p.now = p.target = p.least < 0 ? p.most : p.least;
      if (p.least < 0) buy = std::max(buy, p.high);
      else sell = std::min(sell, p.low);
    }
    if (buy > sell) {
      if (!settle(w, v, sell)) return false;
      continue;
    }
    w.order.assign(1, v);
    w.nodes[v].offset = 0;
    quote(w, std::isfinite(buy) ? buy : std::isfinite(sell) ? sell : 0);
  }
  return true;
}

// Arcs within the zone of `arc` carry the same for less: push round the cycle until one is at a bound. False: none is.
bool turn(Workspace::Body& w, std::int32_t arc) {
  const bool forward = w.arcs[arc].status == Status::lower;
  const auto room = [&](const Arc& a, bool more) { return more ? a.capacity - a.flow : a.flow; };
  double most = w.arcs[arc].capacity;
  std::int32_t block = arc;
  const auto round = [&](auto&& visit) {
    std::uint32_t up = forward ? w.arcs[arc].to : w.arcs[arc].from;
    std::uint32_t down = forward ? w.arcs[arc].from : w.arcs[arc].to;
    while (up != down) {  // flow returns from `up` over the tree to `down`
      const bool left = w.nodes[up].depth >= w.nodes[down].depth;
      std::uint32_t& v = left ? up : down;
      const std::int32_t i = w.nodes[v].parent_arc;
      visit(i, (w.arcs[i].from == v) == left);
      v = w.nodes[v].parent;
    }
  };
  round([&](std::int32_t i, bool more) {
    const double r = room(w.arcs[i], more);
    if (r < most) most = r, block = i;
  });
  if (!std::isfinite(most)) return false;
  round([&](std::int32_t i, bool more) {
    Arc& a = w.arcs[i];
    a.flow = std::clamp(a.flow + (more ? most : -most), 0.0, a.capacity);
    if (i == block) a.status = more ? Status::upper : Status::lower, a.flow = more ? a.capacity : 0;
  });
  Arc& a = w.arcs[arc];
  if (block == arc) {
    a.status = forward ? Status::upper : Status::lower;
    a.flow = forward ? a.capacity : 0;
  } else {
    a.status = Status::inside;
    a.flow = forward ? most : a.capacity - most;
  }
  return true;
}

// Joins the zones on the path of a trade and lets them settle. False: unbounded.
bool carry_out(Workspace::Body& w, const Trade& t) {
  const Arc& first = w.arcs[w.path.front()];
  const std::uint32_t seller = first.status == Status::upper ? first.to : first.from;
  const double ask = w.nodes[seller].ask;
  const std::size_t joins = w.path.size() - (t.cycle ? 1 : 0);
  for (std::size_t k = 0; k < joins; ++k) w.arcs[w.path[k]].status = Status::inside;
  if (t.cycle) {
    grow(w, seller);
    if (!turn(w, t.arc)) return false;
  }
  return settle(w, seller, std::isfinite(ask) ? ask : 0);
}

enum class Outcome { optimal, unbounded, limit };

Outcome run(Workspace::Body& w, int& trades, double& left) {
  trades = 0;
  if (!autarky(w)) return Outcome::unbounded;
  const int limit = 1000 + 100 * static_cast<int>(w.arcs.size() + w.pieces.size() + w.nodes.size());
  const bool paid = std::ranges::any_of(w.arcs, [](const Arc& a) { return a.cost < 0; });
  bool first = paid;  // such cycles before anything else, and whenever nothing else pays: a trade can leave one behind
  for (;; ++trades) {
    Trade t = first ? free_cycle(w) : best_trade(w, left);
    if (t.arc < 0 && first) {
      first = false;
      t = best_trade(w, left);
    }
    if (t.arc < 0 && paid) t = free_cycle(w);
    if (t.arc < 0) return Outcome::optimal;
    if (trades >= limit) {
      left = std::max(left, t.profit);
      return Outcome::limit;
    }
    if (!carry_out(w, t)) return Outcome::unbounded;
  }
}

}  // namespace

Result<void> solve(const Network& n, Mask members, std::uint64_t built, Workspace& workspace, Solution& out) {
  Workspace::Body& w = workspace.body();
  build(n, members, built, w);
  const Outcome o = run(w, out.pivots, out.residual);
  if (o == Outcome::unbounded)
    return std::unexpected(
        Error{ErrorKind::not_solved, "demand has no limit where supply costs nothing, or a number is too large"});
  if (o == Outcome::limit)
    return std::unexpected(Error{ErrorKind::not_solved, "the market did not come to rest within the limit of trades"});
  set_prices(w, out.price);
  report(n, w, built, out);
  return {};
}

}  // namespace entente::market
