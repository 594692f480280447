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
// Less to do. Leaves of the network are folded into their neighbours before anything (fold.cpp). Nodes joined by links
// without limit or cost begin as one place, and so does a node where nobody trades with the only place that it leads
// to. A trade whose link will be full fills it at once: each side settles by itself with that flow given, and the
// prices tell whether it was right (forest.cpp); most links of a network in use are full, and this spares the joint
// market. Where the two do settle as one, the first trial is where their curves would meet if they went on straight.
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

// Where to begin: nodes joined by links without limit or cost, as long as these form trees, are one place; so is a node
// where nobody sells or buys and that has one way out with where it leads.
void join(Workspace::Body& w) {
  for (const std::uint32_t v : w.active) {
    w.nodes[v].depth = 0;
    w.nodes[v].sole = v;
  }
  for (const Arc& a : w.arcs) ++w.nodes[a.from].depth;
  const auto root = [&](std::uint32_t v) {
    while (w.nodes[v].sole != v) v = w.nodes[v].sole = w.nodes[w.nodes[v].sole].sole;
    return v;
  };
  for (Arc& a : w.arcs) {
    const Node& from = w.nodes[a.from];
    if ((std::isfinite(a.capacity) || a.cost != 0) && (from.piece >= 0 || from.depth > 1)) continue;
    const std::uint32_t up = root(a.from), down = root(a.to);
    if (up == down) continue;
    w.nodes[up].sole = down;
    a.status = Status::inside;
  }
}

// Every place by itself: what sellers and buyers there do at once.
bool autarky(Workspace::Body& w) {
  for (const std::uint32_t v : w.active) {
    w.nodes[v].zone = no_node;
    for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next) {
      Piece& p = w.pieces[i];
      p.now = p.target = p.least < 0 ? p.most : p.least;
    }
  }
  for (const std::uint32_t at : w.active) {
    if (w.nodes[at].zone != no_node) continue;
    double sell = infinite, buy = -infinite;
    grow(w, at);
    for (const std::uint32_t v : w.order)
      for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next) {
        const Piece& p = w.pieces[i];
        const double offset = w.nodes[v].offset + p.shift;
        if (p.least < 0) buy = std::max(buy, p.high - offset);
        else sell = std::min(sell, p.low - offset);
      }
    if (buy > sell || w.order.size() > 1) {
      if (!settle(w, at, std::isfinite(sell) ? sell : std::isfinite(buy) ? buy : 0)) return false;
    } else {
      quote(w, std::isfinite(buy) ? buy : std::isfinite(sell) ? sell : 0);
    }
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
  const Arc& last = w.arcs[w.path.back()];
  const std::uint32_t buyer = last.status == Status::upper ? last.from : last.to;
  const double ask = w.nodes[seller].ask;
  double level = ask;
  if (!t.cycle && w.path.size() == 1 && first.status == Status::lower) {
    const Filled filled = fill_arc(w, w.path.front(), level);
    if (filled != Filled::not_full) return filled == Filled::full;
  }
  const std::size_t joins = w.path.size() - (t.cycle ? 1 : 0);
  for (std::size_t k = 0; k < joins; ++k) w.arcs[w.path[k]].status = Status::inside;
  if (t.cycle) {
    grow(w, seller);
    if (!turn(w, t.arc)) return false;
  } else {  // where the two would meet if their curves went straight on
    const double sells = w.nodes[seller].sells, buys = w.nodes[buyer].buys;
    if (buys > 0 && sells < infinite)
      level = std::max(level, ask + t.profit * (buys < infinite ? buys / (sells + buys) : 1));
  }
  // Without an own level (nobody sells or buys there), that of a zone on the way.
  for (std::size_t k = 0; !std::isfinite(level) && k < w.path.size(); ++k)
    for (const std::uint32_t v : {w.arcs[w.path[k]].from, w.arcs[w.path[k]].to})
      if (!std::isfinite(level)) level = std::isfinite(w.nodes[v].bid) ? w.nodes[v].bid : w.nodes[v].ask;
  return settle(w, seller, std::isfinite(level) ? level : 0);
}

enum class Outcome { optimal, unbounded, limit };

Outcome run(Workspace::Body& w, int& trades, double& left) {
  trades = 0;
  join(w);
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
  unfold(w);
  set_prices(w, out.price);
  report(n, w, built, out);
  return {};
}

}  // namespace entente::market
