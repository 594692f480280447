// Zones as trees, and the move of a zone to its optimum.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

constexpr double rounding = 2.220446049250313e-16;
constexpr double loose = 1e-12;
constexpr double coarse = 1e-3;  // a level that is smaller beside those it was found with has lost digits
constexpr double small = 1e-4;   // rounding collects at the root: one smaller than this beside others is moved

// Net supply and size of every node by itself when its pieces are at their targets. Returns the largest node if the
// root is small beside it, else the root.
std::uint32_t weigh(Workspace::Body& w) {
  std::uint32_t largest = w.order.front();
  for (const std::uint32_t v : w.order) {
    Node& node = w.nodes[v];
    node.net = node.imported;
    node.gross = node.passing;
    for (std::int32_t i = node.piece; i >= 0; i = w.pieces[i].next) {
      node.net += w.pieces[i].target;
      node.gross += std::abs(w.pieces[i].target);
    }
    if (node.gross > w.nodes[largest].gross) largest = v;
  }
  return w.nodes[w.order.front()].gross < small * w.nodes[largest].gross ? largest : w.order.front();
}

// Flows on the tree's arcs: what lies behind an arc has to pass over it. A flow within rounding of a bound is at it.
// Returns whether all arcs are within their bounds.
bool target_flows(Workspace::Body& w) {
  bool within = true;
  for (std::size_t k = w.order.size(); k-- > 1;) {
    const std::uint32_t v = w.order[k];
    const Node& node = w.nodes[v];
    Arc& a = w.arcs[node.parent_arc];
    const double noise = 4 * rounding * node.gross;
    double f = a.from == v ? node.net : -node.net;
    if (std::abs(f) <= noise) f = 0;
    else if (std::abs(f - a.capacity) <= noise) f = a.capacity;
    a.target = f;
    within = within && f >= 0 && f <= a.capacity;
    w.nodes[node.parent].net += node.net;
    w.nodes[node.parent].gross += node.gross;
  }
  return within;
}

// Whether the pieces of the zone in `order` at their targets balance it. What an arc at its bound leaves over is
// rounding of what passed there, which can be all that a small part trades.
bool balanced(const Workspace::Body& w) {
  double net = 0, gross = 0;
  for (const std::uint32_t v : w.order) {
    net += w.nodes[v].imported;
    gross += w.nodes[v].passing;
    for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next) {
      net += w.pieces[i].target;
      gross += std::abs(w.pieces[i].target);
    }
  }
  return std::abs(net) <= loose * gross;
}

// The optimum is reached. Arcs that ended at a bound leave the tree; what hangs behind them is a zone of its own, which
// settles once more where rounding has left it out of balance or has taken digits off its level.
void accept(Workspace::Body& w, std::uint32_t root, double level) {
  for (const std::uint32_t v : w.order)
    for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next) w.pieces[i].now = w.pieces[i].target;
  w.cut.clear();
  for (std::size_t k = 1; k < w.order.size(); ++k) {
    const std::uint32_t v = w.order[k];
    Arc& a = w.arcs[w.nodes[v].parent_arc];
    a.flow = a.target;
    if (a.flow > 0 && a.flow < a.capacity) continue;
    a.status = a.flow > 0 ? Status::upper : Status::lower;
    w.cut.push_back(v);
  }
  if (w.cut.empty()) {
    quote(w, level);
    return;
  }
  const std::size_t parts = w.cut.size();
  double size = std::abs(level);
  for (const std::uint32_t v : w.order) size = std::max(size, std::abs(w.nodes[v].offset));
  for (std::size_t k = 0; k < parts; ++k) w.nodes[w.cut[k]].ask = level + w.nodes[w.cut[k]].offset;
  const auto part = [&](std::uint32_t at, double price) {
    grow(w, at);
    if (balanced(w) && std::abs(price) >= coarse * size) return quote(w, price);
    w.pending.push_back(at);
    w.hint.push_back(price);
  };
  part(root, level);
  for (std::size_t k = 0; k < parts; ++k) part(w.cut[k], w.nodes[w.cut[k]].ask);
}

// From the present flow straight towards the targets until the first arc is at a bound: there the surplus is greater
// than here, because the targets are the best that the zone could do. Returns the child end of that arc;
// none when numbers are beyond the machine's.
std::uint32_t advance(Workspace::Body& w) {
  double share = infinite;
  std::uint32_t first = no_node;
  for (std::size_t k = 1; k < w.order.size(); ++k) {
    const std::uint32_t v = w.order[k];
    const Arc& a = w.arcs[w.nodes[v].parent_arc];
    if (a.target >= 0 && a.target <= a.capacity) continue;
    const double room = a.target < 0 ? a.flow : a.capacity - a.flow;
    const double s = room / std::abs(a.target - a.flow);
    if (s < share) {
      share = s;
      first = v;
    }
  }
  if (first == no_node) return no_node;
  for (std::size_t k = 0; k < w.order.size(); ++k) {
    const Node& node = w.nodes[w.order[k]];
    for (std::int32_t i = node.piece; i >= 0; i = w.pieces[i].next) {
      Piece& p = w.pieces[i];
      p.now += share * (p.target - p.now);
    }
    if (k == 0) continue;
    Arc& a = w.arcs[node.parent_arc];
    a.flow = std::clamp(a.flow + share * (a.target - a.flow), 0.0, a.capacity);
  }
  Arc& a = w.arcs[w.nodes[first].parent_arc];
  a.status = a.target < 0 ? Status::lower : Status::upper;
  a.flow = a.target < 0 ? 0 : a.capacity;
  return first;
}

}  // namespace

void grow(Workspace::Body& w, std::uint32_t root) {
  w.order.clear();
  w.order.push_back(root);
  w.nodes[root].parent_arc = -1;
  w.nodes[root].parent = no_node;
  w.nodes[root].offset = 0;
  w.nodes[root].depth = 0;
  for (std::size_t k = 0; k < w.order.size(); ++k) {
    const std::uint32_t v = w.order[k];
    Node& node = w.nodes[v];
    node.imported = node.passing = 0;
    for (std::uint32_t j = node.arcs_begin; j < node.arcs_end; ++j) {
      const std::int32_t i = w.incident[j];
      const Arc& a = w.arcs[i];
      if (a.status == Status::lower) continue;
      const bool out = a.from == v;
      if (a.status == Status::upper) {
        node.imported += out ? -a.capacity : a.capacity;
        node.passing += a.capacity;
        continue;
      }
      if (i == node.parent_arc) continue;
      Node& child = w.nodes[out ? a.to : a.from];
      child.parent = v;
      child.parent_arc = i;
      child.depth = node.depth + 1;
      child.offset = out ? node.offset + a.cost : node.offset - a.cost;
      w.order.push_back(out ? a.to : a.from);
    }
  }
}

namespace {

// The market of the zone around `root`, whose tree is grown: its targets, weighed. A small root gives way to a large
// one.
Found market(Workspace::Body& w, std::uint32_t& root, double& level) {
  const Found found = local_market(w, level, level);
  if (const std::uint32_t largest = weigh(w); largest != root) {
    level += w.nodes[largest].offset;
    root = largest;
    grow(w, root);
    weigh(w);
  }
  return found;
}

bool settle_pending(Workspace::Body& w) {
  while (!w.pending.empty()) {
    std::uint32_t root = w.pending.back();
    double level = w.hint.back();
    w.pending.pop_back();
    w.hint.pop_back();
    for (;;) {
      grow(w, root);
      const Found found = market(w, root, level);
      if (target_flows(w)) {
        if (found == Found::unlimited) return false;
        break;
      }
      const std::uint32_t child = advance(w);
      if (child == no_node) return false;
      w.pending.push_back(child);
      w.hint.push_back(level + w.nodes[child].offset);
    }
    accept(w, root, level);
  }
  return true;
}

// One side of a trade whose arc is full. False: it cannot sell, or buy, so much, or not over its own arcs.
bool side(Workspace::Body& w, std::uint32_t& root, double& level, bool seller) {
  grow(w, root);
  double most = 0;
  for (const std::uint32_t v : w.order) {
    most += w.nodes[v].imported;
    for (std::int32_t i = w.nodes[v].piece; i >= 0; i = w.pieces[i].next)
      most += seller ? w.pieces[i].most : w.pieces[i].least;
  }
  if (!(seller ? most >= 0 : most <= 0)) return false;
  return market(w, root, level) == Found::optimum && balanced(w) && target_flows(w);
}

}  // namespace

bool settle(Workspace::Body& w, std::uint32_t start, double hint) {
  w.pending.assign(1, start);
  w.hint.assign(1, hint);
  return settle_pending(w);
}

Filled fill_arc(Workspace::Body& w, std::int32_t arc, double& least) {
  Arc& a = w.arcs[arc];
  if (!std::isfinite(a.capacity)) return Filled::not_full;
  a.status = Status::upper;
  a.flow = a.capacity;
  std::uint32_t seller = a.from, buyer = a.to;
  double sells = w.nodes[a.from].ask, buys = w.nodes[a.to].bid;
  if (side(w, seller, sells, true)) {
    const double price = sells + w.nodes[a.from].offset;
    std::swap(w.order, w.other);
    if (side(w, buyer, buys, false)) {
      const double most = buys + w.nodes[a.to].offset - a.cost;
      if (price <= most) {
        w.pending.clear();
        w.hint.clear();
        accept(w, buyer, buys);
        std::swap(w.order, w.other);
        accept(w, seller, sells);
        return settle_pending(w) ? Filled::full : Filled::unbounded;
      }
      least = std::max(least, most);
    }
  }
  a.status = Status::lower;
  a.flow = 0;
  return Filled::not_full;
}

}  // namespace entente::market
