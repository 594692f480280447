// What a solve works on: the chain as a market network, and its answer by tranche.
#pragma once
#include <array>
#include <vector>

#include "entente/kernel/supply.hpp"

namespace entente::supply {

/// Capacity and stretch of a route are two arcs, tranches 2 r and 2 r + 1.
struct Tranche {
  double cost = 0, capacity = 0, flow = 0;
  Set carries = 0;  ///< of the origins that make something
};

struct Workspace::Body {
  market::Network network;
  market::Workspace market;
  market::Solution solution;
  std::vector<Tranche> tranches;
  Delivery delivery;
};

[[nodiscard]] inline bool in(Set s, std::size_t i) noexcept { return (s >> i & 1u) != 0; }

/// The network of the chain without those in `out`. Arcs 2 r and 2 r + 1 are the tranches of route r.
void build(const Chain& c, Out out, double at_most, Workspace::Body& w);

/// market::solve on the network as it stands. Where many things cost the same and capacities add up exactly, the market
/// kernel's trades can go round in a circle; then capacities and costs are moved apart by some 1e-11 of themselves,
/// which leaves no circle and is far below what check() forgives, and it is solved again. The network stays moved.
[[nodiscard]] Result<void> settle(Workspace::Body& w);

/// settle(), with sums by origin and route.
[[nodiscard]] Result<void> deliver(const Chain& c, Out out, Workspace::Body& w, Delivery& d);

}  // namespace entente::supply
