// The chain as a market network, and the division among twins (essay in supply.hpp).
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "kernel/supply/state.hpp"

namespace entente::supply {

Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

// Node 0 is the buyer. Routes that carry the goods of the same origins leave from one hub, each over its own arcs,
// which is the same as a node for each route, as nothing binds between an origin and a route. An origin that feeds one
// hub only stands in it; another has a node of its own and an arc to each.
void build(const Chain& c, Out out, double at_most, Workspace::Body& w) {
  const std::size_t origins = c.origins.size(), routes = c.routes.size();
  market::Network& n = w.network;
  Set making = 0;
  for (std::size_t i = 0; i < origins; ++i)
    if (c.origins[i].capacity > 0 && !in(out.origins, i)) making |= Set{1} << i;
  std::array<Set, most> hubs{};  // what they carry
  std::uint32_t count = 0;
  n.links.resize(2 * routes);
  w.tranches.resize(2 * routes);
  for (std::size_t i = 0; i < routes; ++i) {
    const Route& r = c.routes[i];
    const double passes = in(out.routes, i) ? 0 : 1 - r.stopped, cost = r.mark_up + r.toll;
    const Set carries = r.carries & making;
    w.tranches[2 * i] = {.cost = cost, .capacity = passes * r.capacity, .carries = carries};
    w.tranches[2 * i + 1] = {.cost = cost + r.dearer, .capacity = passes * r.stretch, .carries = carries};
    const bool open = carries != 0 && (w.tranches[2 * i].capacity > 0 || w.tranches[2 * i + 1].capacity > 0);
    std::uint32_t hub = 0;
    while (open && hub < count && hubs[hub] != carries) ++hub;
    if (open && hub == count) hubs[count++] = carries;
    for (std::size_t k = 2 * i; k < 2 * i + 2; ++k)
      n.links[k] = {
          .from = 1 + hub, .to = 0, .capacity = open ? w.tranches[k].capacity : 0, .cost = w.tranches[k].cost};
  }
  std::uint32_t nodes = 1 + std::max(count, 1u);  // links of closed routes need an end, too
  n.producers.resize(origins);
  for (std::size_t i = 0; i < origins; ++i) {
    const Origin& o = c.origins[i];
    std::uint32_t fed = 0, hub = 0;
    for (std::uint32_t h = 0; h < count; ++h)
      if (in(hubs[h], i)) ++fed, hub = h;
    const std::uint32_t node = fed == 1 ? 1 + hub : nodes++;
    n.producers[i] = {
        .node = node, .capacity = fed > 0 ? o.capacity : 0, .cost_first = o.cost, .cost_last = o.cost + o.rise};
    for (std::uint32_t h = 0; fed > 1 && h < count; ++h)
      if (in(hubs[h], i))
        n.links.push_back({.from = node, .to = 1 + h, .capacity = std::numeric_limits<double>::infinity(), .cost = 0});
  }
  n.nodes = nodes;
  n.consumers.resize(1);
  n.consumers[0] = {.node = 0,
                    .form = market::Demand::constant_elasticity,
                    .a = c.demand.quantity,
                    .b = c.demand.elasticity,
                    .p0 = c.demand.price,
                    .choke = std::min(c.demand.choke, at_most)};
}

namespace {

// Tranches that carry the same at the same cost share in proportion to their capacity.
void share_routes(std::vector<Tranche>& t) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto twin = [&](std::size_t j) {
      return t[j].cost == t[i].cost && t[j].carries == t[i].carries && t[j].capacity > 0;
    };
    double flow = 0, capacity = 0;
    std::size_t count = 0;
    for (std::size_t j = 0; j < t.size(); ++j) {
      if (!twin(j)) continue;
      if (j < i) break;  // done with the first of them
      flow += t[j].flow;
      capacity += t[j].capacity;
      ++count;
    }
    if (count < 2) continue;
    const double part = std::min(1.0, flow / capacity);
    for (std::size_t j = i; j < t.size(); ++j)
      if (twin(j)) t[j].flow = part * t[j].capacity;
  }
}

// Routes that take the goods of origin o, as a set.
Set taken_by(const Chain& c, Out out, std::size_t o) {
  Set s = 0;
  for (std::size_t r = 0; r < c.routes.size(); ++r)
    if (in(c.routes[r].carries, o) && !in(out.routes, r)) s |= Set{1} << r;
  return s;
}

void share_origins(const Chain& c, Out out, std::vector<double>& made) {
  for (std::size_t i = 0; i < made.size(); ++i) {
    const Origin& a = c.origins[i];
    if (a.rise > 0 || in(out.origins, i) || !(a.capacity > 0)) continue;
    const Set routes = taken_by(c, out, i);
    const auto twin = [&](std::size_t j) {
      const Origin& b = c.origins[j];
      return b.cost == a.cost && b.rise == 0 && b.capacity > 0 && !in(out.origins, j) &&
             (j == i || taken_by(c, out, j) == routes);
    };
    double quantity = 0, capacity = 0;
    std::size_t count = 0;
    for (std::size_t j = 0; j < made.size(); ++j) {
      if (!twin(j)) continue;
      if (j < i) break;
      quantity += made[j];
      capacity += c.origins[j].capacity;
      ++count;
    }
    if (count < 2) continue;
    const double part = std::min(1.0, quantity / capacity);
    for (std::size_t j = i; j < made.size(); ++j)
      if (twin(j)) made[j] = part * c.origins[j].capacity;
  }
}

}  // namespace

Result<void> deliver(const Chain& c, Out out, Workspace::Body& w, Delivery& d) {
  if (const auto done = market::solve(w.network, 0, 0, w.market, w.solution); !done) return done;
  const market::Solution& s = w.solution;
  d.quantity = s.consumed[0];
  d.price = d.quantity > 0 ? s.price[0] : std::numeric_limits<double>::quiet_NaN();
  d.making = s.production_cost;
  d.bringing = s.transport_cost;
  d.made.assign(s.produced.begin(), s.produced.end());
  share_origins(c, out, d.made);
  for (std::size_t k = 0; k < w.tranches.size(); ++k) w.tranches[k].flow = s.flow[k];
  share_routes(w.tranches);
  d.shipped.resize(c.routes.size());
  for (std::size_t i = 0; i < c.routes.size(); ++i) d.shipped[i] = w.tranches[2 * i].flow + w.tranches[2 * i + 1].flow;
  return {};
}

Result<void> solve(const Chain& c, Out out, double at_most, Workspace& workspace, Delivery& d) {
  Workspace::Body& w = workspace.body();
  build(c, out, at_most, w);
  return deliver(c, out, w, d);
}

}  // namespace entente::supply
