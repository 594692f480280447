// The network as one graph of arcs with rising marginal cost. Node `root` stands for the world outside: a producer is
// an arc from it, a consumer an arc to it whose marginal cost is minus the willingness to pay. Every arc is flat
// (constant marginal cost) or strictly curved; a constant-elasticity consumer is a flat arc at its choke price and a
// curved one behind it.
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "entente/kernel/market.hpp"

namespace entente::market {

enum class Curve : std::uint8_t { flat, linear, elastic };

struct Arc {
  std::uint32_t from = 0, to = 0;
  double capacity = 0;
  double cost = 0;                                // flat: marginal cost; linear: at flow 0
  double slope = 0;                               // linear: rise per unit
  double a = 0, p0 = 0, inverse = 0, behind = 0;  // elastic: price(q) = p0 (q / a)^inverse at q = flow + behind
  Curve curve = Curve::flat;
  double flow = 0;
  double marginal_now = 0;

  [[nodiscard]] double marginal(double f) const noexcept {
    switch (curve) {
      case Curve::flat:
        return cost;
      case Curve::linear:
        return cost + slope * f;
      case Curve::elastic:
        return -p0 * std::exp(inverse * std::log((f + behind) / a));
    }
    return cost;
  }
  [[nodiscard]] double steepness(double f, double marginal_there) const noexcept {
    switch (curve) {
      case Curve::flat:
        return 0;
      case Curve::linear:
        return slope;
      case Curve::elastic:
        return marginal_there * inverse / (f + behind);
    }
    return 0;
  }
};

struct Workspace::Body {
  std::vector<Arc> arcs;
  std::vector<std::int32_t> producer_arc, consumer_flat, consumer_curved, link_arc;  // -1: not in use
  // spanning tree over nodes and root
  std::vector<std::int32_t> parent_arc;  // arc to the parent; the root has -1
  std::vector<std::uint32_t> parent, depth, order, first_child, sibling;
  std::vector<double> price;
  std::vector<std::uint8_t> in_tree;
  // cycles of superbasic arcs
  std::vector<std::int32_t> super;
  std::vector<std::int8_t> sign;  // [super][arc]
  std::vector<double> hessian, step, gradient, delta;
  std::vector<std::int32_t> cycle;  // arcs of one cycle
  std::vector<std::int8_t> cycle_sign;
};

// Fills arcs for the elements that take part.
void build_arcs(const Network& n, Mask members, std::uint64_t built, Workspace::Body& w);

}  // namespace entente::market
