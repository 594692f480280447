// From flow and prices to quantities, surpluses and the total.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

// Area under the demand curve up to q, when `flat` units are taken at the choke price.
double gross_of(const Consumer& c, double q, double flat) {
  if (c.form == Demand::linear) return c.a * q - 0.5 * c.b * q * q;
  if (!(q > flat)) return c.choke * q;
  const double e = 1.0 + 1.0 / c.b;  // integral of p from flat to q, p = choke (x / flat)^(1/b) = p0 (x / a)^(1/b)
  if (flat == 0) return c.p0 * math::pow(q / c.a, 1.0 / c.b) * q / e;  // the choke price is out of reach, and b < -1
  const double ratio = math::log(q / flat), grown = e * ratio;
  return c.choke * flat * (1.0 + (std::abs(grown) < 1e-12 ? ratio : math::expm1(grown) / e));
}

}  // namespace

void report(const Network& n, const Workspace::Body& w, std::uint64_t built, Solution& out) {
  const auto supply = [&](std::int32_t piece) { return piece < 0 ? 0.0 : w.pieces[piece].now; };
  out.produced.resize(n.producers.size());
  out.producer_surplus.resize(n.producers.size());
  out.consumed.resize(n.consumers.size());
  out.consumer_surplus.resize(n.consumers.size());
  out.flow.resize(n.links.size());
  out.link_rent.resize(n.links.size());
  out.gross = out.production_cost = out.transport_cost = out.fixed = 0;
  for (std::size_t i = 0; i < n.producers.size(); ++i) {
    const Producer& p = n.producers[i];
    const double q = out.produced[i] = supply(w.producer_piece[i]);
    const double slope = p.capacity > 0 && std::isfinite(p.capacity) ? (p.cost_last - p.cost_first) / p.capacity : 0;
    const double cost = p.cost_first * q + 0.5 * slope * q * q;
    out.production_cost += cost;
    out.producer_surplus[i] = out.price[p.node] * q - cost;
  }
  for (std::size_t i = 0; i < n.consumers.size(); ++i) {
    const Consumer& c = n.consumers[i];
    const std::int32_t flat = w.consumer_flat[i];
    const double q = out.consumed[i] = 0 - supply(flat) - supply(w.consumer_curve[i]);
    const double gross = gross_of(c, q, flat < 0 ? 0 : -w.pieces[flat].least);
    out.gross += gross;
    out.consumer_surplus[i] = gross - out.price[c.node] * q;
  }
  std::size_t option = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    const Link& l = n.links[i];
    const double f = out.flow[i] = w.link_arc[i] < 0 ? 0.0 : w.arcs[w.link_arc[i]].flow;
    out.transport_cost += l.cost * f;
    out.link_rent[i] = f == 0 ? 0 : (out.price[l.to] - out.price[l.from] - l.cost) * f;
    if (l.optional || l.fixed > 0) {
      if (built >> option & 1u) out.fixed += l.fixed;
      ++option;
    }
  }
  out.built = built;
  out.total = out.gross - out.production_cost - out.transport_cost - out.fixed;
}

}  // namespace entente::market
