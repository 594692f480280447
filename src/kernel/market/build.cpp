// From a network and its members to pieces of supply and demand, arcs and nodes.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/market/state.hpp"

namespace entente::market {

Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

namespace {

class Builder {
 public:
  Builder(const Network& n, Mask members, Workspace::Body& w) : n_(n), members_(members), w_(w) {}

  void run(std::uint64_t built) {
    w_.pieces.clear();
    w_.arcs.clear();
    w_.nodes.assign(n_.nodes, Node{});
    w_.producer_piece.assign(n_.producers.size(), -1);
    if (w_.at_choke.size() < n_.consumers.size()) w_.at_choke.resize(n_.consumers.size());
    w_.consumer_flat.assign(n_.consumers.size(), -1);
    w_.consumer_curve.assign(n_.consumers.size(), -1);
    w_.link_arc.assign(n_.links.size(), -1);
    for (std::size_t i = 0; i < n_.producers.size(); ++i)
      if (in(n_.producers[i].needs)) w_.producer_piece[i] = producer(n_.producers[i]);
    for (std::size_t i = 0; i < n_.consumers.size(); ++i) {
      const Consumer& c = n_.consumers[i];
      if (!in(c.needs) || !(c.most > 0)) continue;
      if (c.form == Demand::linear) linear_consumer(c, i);
      else if (c.a > 0) elastic_consumer(c, i);
    }
    links(built);
  }

 private:
  [[nodiscard]] bool in(Mask needs) const { return (needs & ~members_) == 0; }

  std::int32_t add(std::uint32_t node, Piece p) {
    if (!(p.most > p.least)) return -1;
    const auto i = static_cast<std::int32_t>(w_.pieces.size());
    p.next = w_.nodes[node].piece;
    p.home = node;
    w_.nodes[node].piece = i;
    w_.pieces.push_back(p);
    return i;
  }

  std::int32_t producer(const Producer& p) {
    Piece q{.low = p.cost_first, .high = p.cost_last, .least = 0, .most = p.capacity};
    if (p.cost_last > p.cost_first && p.capacity > 0) {
      q.curve = Curve::linear;
      q.rate = p.capacity / (p.cost_last - p.cost_first);
    }
    return add(p.node, q);
  }

  void linear_consumer(const Consumer& c, std::size_t i) {
    Piece q{.low = c.a, .high = c.a, .least = -c.most, .most = 0};
    if (c.b > 0) {
      q.curve = Curve::linear;
      q.falling = true;
      q.low = c.a - c.b * c.most;
      q.rate = 1.0 / c.b;
      w_.consumer_curve[i] = add(c.node, q);
    } else {
      w_.consumer_flat[i] = add(c.node, q);
    }
  }

  void elastic_consumer(const Consumer& c, std::size_t i) {
    AtChoke& at = w_.at_choke[i];
    if (at.a != c.a || at.b != c.b || at.p0 != c.p0 || at.choke != c.choke)
      at = {c.a, c.b, c.p0, c.choke, c.a * math::exp(c.b * math::log(c.choke / c.p0))};
    const double flat = std::min(c.most, at.quantity);
    w_.consumer_flat[i] = add(c.node, {.low = c.choke, .high = c.choke, .least = -flat, .most = 0});
    Piece q{.low = 0, .high = c.choke, .least = flat - c.most, .most = 0};
    q.curve = Curve::elastic;
    q.falling = true;
    q.a = c.a;
    q.b = c.b;
    q.per_p0 = 1.0 / c.p0;
    q.behind = flat;
    if (std::isfinite(c.most)) q.low = std::min(c.choke, c.p0 * math::exp(math::log(c.most / c.a) / c.b));
    w_.consumer_curve[i] = add(c.node, q);
  }

  void links(std::uint64_t built) {
    std::size_t option = 0;
    for (std::size_t i = 0; i < n_.links.size(); ++i) {
      const Link& l = n_.links[i];
      const bool choice = l.optional || l.fixed > 0;
      const bool there = !choice || (built >> option & 1u);
      if (choice) ++option;
      if (!there || !in(l.needs) || !(l.capacity > 0)) continue;
      w_.link_arc[i] = static_cast<std::int32_t>(w_.arcs.size());
      w_.arcs.push_back(
          {.from = l.from, .to = l.to, .cost = l.cost, .capacity = l.capacity, .link = static_cast<std::uint32_t>(i)});
    }
    fold(w_);
    std::uint32_t at = 0;
    w_.connected = 0;
    for (Node& v : w_.nodes) {
      if (v.degree > 0) ++w_.connected;
      v.arcs_begin = v.arcs_end = at;
      at += v.degree;
    }
    w_.incident.resize(at);
    for (std::size_t i = 0; i < w_.arcs.size(); ++i)
      for (const std::uint32_t v : {w_.arcs[i].from, w_.arcs[i].to})
        w_.incident[w_.nodes[v].arcs_end++] = static_cast<std::int32_t>(i);
  }

  const Network& n_;
  Mask members_;
  Workspace::Body& w_;
};

}  // namespace

void build(const Network& n, Mask members, std::uint64_t built, Workspace::Body& w) {
  Builder(n, members, w).run(built);
}

}  // namespace entente::market
