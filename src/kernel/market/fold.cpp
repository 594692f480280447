// Leaves: nodes with one arc. A leaf that only sells can be folded into its neighbour, where its supply then stands at
// its own cost and the carriage, no more of it than the arc carries; so can one that only buys. Folding goes on while
// there are leaves, so the branches of a network vanish and its core is what has to be solved: of the flagship's ten
// nodes three are left.
//
// What is folded must stay one curve of the kinds that the zones' markets know: a leaf whose arc carries all that it
// could ever sell or buy hands over its pieces as they are; one whose arc is narrower is folded only if it has a single
// piece, flat or linear, which is cut at the arc's capacity; any other stays. Folding is exact: an optimum of the core
// tells the flow of every folded arc, and supporting prices of the leaves follow as of any other zone.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

constexpr double rounding = 2.220446049250313e-16;

// What the pieces of a leaf can sell or buy in all, in the direction of its arc; -1: they do something else too.
double most_of(const Workspace::Body& w, std::int32_t first, bool out) {
  double sum = 0;
  for (std::int32_t i = first; i >= 0; i = w.pieces[i].next) {
    const Piece& p = w.pieces[i];
    if (out ? p.least < 0 : p.most > 0) return -1;
    sum += out ? p.most : -p.least;
  }
  return sum;
}

void clip(Piece& p, const Arc& a, bool out, Fold& f) {
  f.clipped = true;
  f.low = p.low, f.high = p.high, f.least = p.least, f.most = p.most;
  if (out) {
    p.most = a.capacity;
    if (p.curve == Curve::linear) p.high = std::min(p.high, p.low + a.capacity / p.rate);
  } else {
    p.least = -a.capacity;
    if (p.curve == Curve::linear) p.low = std::max(p.low, p.high - a.capacity / p.rate);
  }
}

bool fold(Workspace::Body& w, std::uint32_t v, std::uint32_t arc) {
  const Arc& a = w.arcs[arc];
  Node& leaf = w.nodes[v];
  Fold f{.arc = a, .leaf = v, .first = leaf.piece, .out = a.from == v};
  f.shift = f.out ? -a.cost : a.cost;
  const double most = most_of(w, leaf.piece, f.out);
  if (most < 0) return false;
  if (most > a.capacity) {
    Piece& only = w.pieces[leaf.piece];
    if (only.next >= 0 || only.curve == Curve::elastic) return false;
    clip(only, a, f.out, f);
  }
  Node& to = w.nodes[f.out ? a.to : a.from];
  for (std::int32_t i = leaf.piece; i >= 0; i = w.pieces[i].next) {
    w.pieces[i].shift += f.shift;
    f.last = i;
  }
  if (f.last >= 0) {
    w.pieces[f.last].next = to.piece;
    to.piece = leaf.piece;
    leaf.piece = -1;
  }
  leaf.zone = v;
  leaf.ask = infinite;
  leaf.bid = -infinite;
  leaf.degree = 0;
  --to.degree;
  to.sole ^= arc;
  w.folds.push_back(f);
  return true;
}

}  // namespace

void fold(Workspace::Body& w) {
  w.folds.clear();
  for (std::uint32_t i = 0; i < w.arcs.size(); ++i)
    for (const std::uint32_t v : {w.arcs[i].from, w.arcs[i].to}) {
      ++w.nodes[v].degree;
      w.nodes[v].sole ^= i;
    }
  for (std::uint32_t v = 0; v < w.nodes.size(); ++v)
    for (std::uint32_t at = v; w.nodes[at].degree == 1;) {
      const std::uint32_t arc = w.nodes[at].sole;
      if (!fold(w, at, arc)) break;
      w.arcs[arc].status = Status::inside;  // marks it
      at = w.arcs[arc].from == at ? w.arcs[arc].to : w.arcs[arc].from;
    }
  w.active.clear();
  for (std::uint32_t v = 0; v < w.nodes.size(); ++v) w.nodes[v].sole = 0;
  for (const Fold& f : w.folds) w.nodes[f.leaf].sole = 1;
  for (std::uint32_t v = 0; v < w.nodes.size(); ++v)
    if (w.nodes[v].sole == 0) w.active.push_back(v);
  if (w.folds.empty()) return;
  std::erase_if(w.arcs, [](const Arc& a) { return a.status == Status::inside; });
  for (const Fold& f : w.folds) w.link_arc[f.arc.link] = -1;
  for (std::size_t i = 0; i < w.arcs.size(); ++i) w.link_arc[w.arcs[i].link] = static_cast<std::int32_t>(i);
}

// Backwards, so that a neighbour is itself again before its leaves are. A leaf whose arc is at a bound is a zone of its
// own: what it sells there is nothing or all that the arc carries, at whatever price tells them apart.
void unfold(Workspace::Body& w) {
  for (std::size_t k = w.folds.size(); k-- > 0;) {
    Fold& f = w.folds[k];
    Node& leaf = w.nodes[f.leaf];
    Node& to = w.nodes[f.out ? f.arc.to : f.arc.from];
    double flow = 0, level = f.out ? infinite : -infinite;
    if (f.last >= 0) {
      leaf.piece = f.first;
      to.piece = w.pieces[f.last].next;
      w.pieces[f.last].next = -1;
    }
    for (std::int32_t i = leaf.piece; i >= 0; i = w.pieces[i].next) {
      Piece& p = w.pieces[i];
      p.shift = p.home == f.leaf ? 0 : p.shift - f.shift;
      flow += std::abs(p.now);
    }
    if (f.clipped) {
      Piece& p = w.pieces[f.first];
      level = (f.out ? p.high : p.low) - p.shift;
      p.low = f.low, p.high = f.high, p.least = f.least, p.most = f.most;
    }
    Arc& a = f.arc;
    if (std::abs(flow - a.capacity) <= 4 * rounding * flow) flow = a.capacity;
    a.flow = flow;
    a.status = !(flow > 0) ? Status::lower : flow < a.capacity ? Status::inside : Status::upper;
    if (a.status == Status::inside) {
      leaf.zone = to.zone;
      leaf.offset = to.offset + f.shift;
      Node& root = w.nodes[to.zone];
      const double more = std::max(0.0, std::abs(leaf.offset) - root.span);
      root.span += more;
      root.size += more;
    } else {
      w.order.assign(1, f.leaf);
      leaf.offset = 0;
      quote(w, a.status == Status::upper ? level : f.out ? -infinite : infinite);
    }
    w.link_arc[a.link] = static_cast<std::int32_t>(w.arcs.size());
    w.arcs.push_back(a);
  }
}

}  // namespace entente::market
