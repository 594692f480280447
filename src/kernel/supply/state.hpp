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

/// The equilibrium of the network as it stands, with sums by origin and route.
[[nodiscard]] Result<void> deliver(const Chain& c, Out out, Workspace::Body& w, Delivery& d);

}  // namespace entente::supply
