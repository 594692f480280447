#include "kernel/market/arcs.hpp"

#include <algorithm>

namespace entente::market {

Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

void build_arcs(const Network& n, Mask members, std::uint64_t built, Workspace::Body& w) {
  const std::uint32_t root = n.nodes;
  w.arcs.clear();
  w.producer_arc.assign(n.producers.size(), -1);
  w.consumer_flat.assign(n.consumers.size(), -1);
  w.consumer_curved.assign(n.consumers.size(), -1);
  w.link_arc.assign(n.links.size(), -1);
  const auto in = [&](Mask needs) { return (needs & ~members) == 0; };
  const auto add = [&](const Arc& a) {
    if (!(a.capacity > 0)) return -1;
    w.arcs.push_back(a);
    return static_cast<std::int32_t>(w.arcs.size() - 1);
  };
  for (std::size_t i = 0; i < n.producers.size(); ++i) {
    const Producer& p = n.producers[i];
    if (!in(p.needs)) continue;
    Arc a{.from = root, .to = p.node, .capacity = p.capacity, .cost = p.cost_first};
    if (p.cost_last > p.cost_first && p.capacity > 0) {
      a.curve = Curve::linear;
      a.slope = (p.cost_last - p.cost_first) / p.capacity;
    }
    w.producer_arc[i] = add(a);
  }
  for (std::size_t i = 0; i < n.consumers.size(); ++i) {
    const Consumer& c = n.consumers[i];
    if (!in(c.needs)) continue;
    if (c.form == Demand::linear) {
      Arc a{.from = c.node, .to = root, .capacity = c.most, .cost = -c.a};
      if (c.b > 0) {
        a.curve = Curve::linear;
        a.slope = c.b;
        w.consumer_curved[i] = add(a);
      } else {
        w.consumer_flat[i] = add(a);
      }
      continue;
    }
    if (!(c.a > 0)) continue;
    const double at_choke = std::min(c.most, c.a * std::pow(c.choke / c.p0, c.b));
    w.consumer_flat[i] = add({.from = c.node, .to = root, .capacity = at_choke, .cost = -c.choke});
    Arc a{.from = c.node,
          .to = root,
          .capacity = c.most - at_choke,
          .a = c.a,
          .p0 = c.p0,
          .inverse = 1.0 / c.b,
          .behind = at_choke,
          .curve = Curve::elastic};
    w.consumer_curved[i] = add(a);
  }
  std::size_t option = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    const Link& l = n.links[i];
    const bool choice = l.optional || l.fixed > 0;
    const bool there = !choice || (built >> option & 1u);
    if (choice) ++option;
    if (there && in(l.needs)) w.link_arc[i] = add({.from = l.from, .to = l.to, .capacity = l.capacity, .cost = l.cost});
  }
}

}  // namespace entente::market
