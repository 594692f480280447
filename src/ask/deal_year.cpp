#include "ask/deal_year.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace entente::ask {

DealEngine::Scratch DealEngine::scratch() const {
  Scratch s;
  const std::size_t sets = std::size_t{1} << shape_.consent.size(), n = shape_.parties.size();
  s.network = numbers_.shape();
  s.solution.resize(sets);
  s.surplus.assign(sets, std::vector<double>(shape_.actors + 1, 0.0));
  s.yearly.assign(shape_.consent.size(), 0.0);
  s.weights.assign(n, 1.0);
  s.zero.assign(n, 0.0);
  s.feasible.assign(sets, 0);
  for (auto& x : s.year.payoff) x.assign(n, 0.0);
  s.year.own_cost.assign(n, 0.0);
  s.year.change.assign(shape_.actors + 1, 0.0);
  s.year.worth.assign(std::size_t{1} << n, 0.0);
  return s;
}

// U_i(T) for every actor and the open rest. Payments over links at stake are left out: the seller's gas is priced at
// its own node, the buyer's at its own node, and what lies between belongs to nobody yet. The sum over all is the total
// surplus of the equilibrium less the annuities, which the tests verify.
void DealEngine::surpluses(std::span<const double> p, std::uint32_t set, Scratch& s) const {
  auto& u = s.surplus[set];
  std::ranges::fill(u, 0.0);
  const auto& sol = s.solution[set];
  const auto& map = numbers_.map();
  const auto at = [&](ActorId a) -> double& { return u[a == MarketMap::open ? shape_.actors : a]; };
  for (std::size_t i = 0; i < map.producer.size(); ++i) at(map.producer[i]) += sol.producer_surplus[i] * shape_.money;
  for (std::size_t i = 0; i < map.consumer.size(); ++i) at(map.consumer[i]) += sol.consumer_surplus[i] * shape_.money;
  for (std::size_t i = 0; i < map.arcs.size(); ++i) {
    const auto& arc = map.arcs[i];
    const double flow = sol.flow[i];
    if (flow == 0) continue;
    const auto& link = s.network.links[i];
    if (link.optional) {
      double transit = 0;
      for (const auto& [who, cost] : numbers_.transit(i)) {
        const double own = cost(p);
        at(who) -= own * flow * shape_.money;
        transit += own;
      }
      at(shape_.parties[shape_.seller]) -= (sol.price[link.from] + link.cost + s.urge - transit) * flow * shape_.money;
      at(shape_.parties[shape_.buyer]) += sol.price[link.to] * flow * shape_.money;
      continue;
    }
    // The contract's part of the flow is the sellers', at its price; the rest is rent.
    const double sale = numbers_.has_terms(i) ? std::min(flow, numbers_.terms_volume(i, p)) : 0.0;
    const double to_buyer = sale > 0 ? (sol.price[link.to] - numbers_.terms_price(i, p)) * sale : 0.0;
    const double rest = arc.rented ? sol.link_rent[i] * (1 - sale / flow) : 0.0;
    at(arc.buyer) += to_buyer * shape_.money;
    if (arc.rented) at(arc.rent) += rest * shape_.money;
    const double sellers = (sol.link_rent[i] - to_buyer - rest) * shape_.money;
    if (arc.origins == 0) at(arc.seller) += sellers;
    for (std::size_t k = i - arc.origins; k < i; ++k) at(map.arcs[k].seller) += sellers * (sol.flow[k] / flow);
  }
  for (std::size_t c = 0; c < shape_.consent.size(); ++c)
    if (set >> c & 1u) at(shape_.parties[shape_.payer[c]]) -= s.yearly[c];
}

// The numbers of this draw; which links at stake can be built. A sale of fixed volume is a link of that capacity whose
// cost is so far below zero that it fills; surpluses() puts the true cost back. The urge exceeds every difference of
// prices that the network can have: the sum of all costs and of all that anybody would pay.
std::uint32_t DealEngine::prepare(std::span<const double> p, Scratch& s) const {
  numbers_.fill(p, s.network);
  std::uint32_t present = 0;
  s.urge = 0;
  if (shape_.volume.given()) {
    for (const auto& x : s.network.producers) s.urge += std::abs(x.cost_first) + std::abs(x.cost_last);
    for (const auto& x : s.network.consumers) s.urge += x.form == market::Demand::linear ? x.a : x.choke;
    for (const auto& x : s.network.links) s.urge += x.cost;
  }
  for (std::size_t c = 0; c < shape_.consent.size(); ++c) {
    if (numbers_.present(c, p)) present |= 1u << c;
    s.yearly[c] = numbers_.yearly_cost(c, p) * shape_.capital;
    if (!shape_.volume.given()) continue;
    auto& link = s.network.links[numbers_.candidate_arc(c)];
    link.capacity = std::min(link.capacity, shape_.volume(p));
    link.cost -= s.urge;
  }
  return present;
}

bool DealEngine::solve(std::span<const double> p, std::uint32_t set, Scratch& s) const {
  if (!market::solve(s.network, ~market::Mask{0}, numbers_.built(set), s.workspace, s.solution[set])) return false;
  s.year.residual = std::max(s.year.residual, s.solution[set].residual);
  surpluses(p, set, s);
  return true;
}

void DealEngine::measure(std::uint32_t set, Scratch& s) const {
  DealYear& y = s.year;
  y.built = set;
  y.volume = 0;
  for (std::size_t c = 0; c < shape_.consent.size(); ++c)
    if (set >> c & 1u) y.volume += s.solution[set].flow[numbers_.candidate_arc(c)];
  for (std::size_t a = 0; a <= shape_.actors; ++a) y.change[a] = s.surplus[set][a] - s.surplus[0][a];
  for (std::size_t i = 0; i < shape_.parties.size(); ++i) y.own_cost[i] = -y.change[shape_.parties[i]];
}

void DealEngine::contract(std::span<const double> p, std::uint32_t set, Scratch& s) const {
  s.year.residual = 0;
  s.year.state = Reason::none;
  prepare(p, s);
  if (solve(p, 0, s) && solve(p, set, s)) measure(set, s);
  else s.year.state = Reason::not_solved;
}

void DealEngine::evaluate(std::span<const double> p, Scratch& s, bool keep) const {
  DealYear& y = s.year;
  const std::size_t m = shape_.consent.size(), n = shape_.parties.size();
  const std::uint32_t sets = 1u << m;
  y.state = Reason::none;
  y.residual = 0;
  const std::uint32_t present = prepare(p, s);
  for (std::uint32_t set = 0; set < sets; ++set) {
    s.feasible[set] = (set & ~present) == 0 && !(shape_.alternatives && std::popcount(set) > 1);
    if (s.feasible[set] && !solve(p, set, s)) {
      y.state = Reason::not_solved;
      return;
    }
  }
  // Worths. Sets in order of size, so that of equal ones the smallest is taken.
  const double scale = std::abs(s.solution[0].total) * shape_.money + 1.0;
  const auto gain_of = [&](std::uint32_t set, coalition::Mask members) {
    double g = 0;
    for (std::size_t i = 0; i < n; ++i)
      if (members >> i & 1u) g += s.surplus[set][shape_.parties[i]] - s.surplus[0][shape_.parties[i]];
    return g;
  };
  const coalition::Mask all = static_cast<coalition::Mask>((std::uint64_t{1} << n) - 1);
  const auto needs = [&](std::uint32_t set) {
    coalition::Mask need = 0;
    for (std::size_t c = 0; c < m; ++c)
      if (set >> c & 1u) need |= shape_.consent[c];
    return need;
  };
  std::ranges::fill(y.worth, 0.0);
  std::uint32_t best = 0;
  y.gain = 0;
  for (unsigned size = 1; size <= m; ++size)
    for (std::uint32_t set = 1; set < sets; ++set) {
      if (static_cast<unsigned>(std::popcount(set)) != size || !s.feasible[set]) continue;
      const coalition::Mask need = needs(set);
      for (coalition::Mask members = need; members <= all; members = (members + 1) | need)
        y.worth[members] = std::max(y.worth[members], gain_of(set, members));
      const double g = gain_of(set, all);
      if (best == 0 || g > y.gain + 1e-12 * scale) {
        best = set;
        y.gain = g;
      }
    }
  measure(best, s);
  if (best == 0) {
    y.state = Reason::no_link;
  } else if (y.volume <= 1e-9) {
    y.state = Reason::no_volume;
  } else {
    double others = 0;
    for (std::size_t i = 0; i < n; ++i)
      if (i != shape_.buyer) others += y.own_cost[i];
    const double per_unit = 1.0 / (y.volume * shape_.money);
    y.limit_seller = others * per_unit;
    y.limit_buyer = -y.own_cost[shape_.buyer] * per_unit;
    if (!(y.gain > 1e-12 * scale)) y.state = Reason::no_deal;
  }
  divide(p, s, keep);
  if (keep) {
    y.without = s.solution[0];
    y.with = s.solution[best];
  }
}

void DealEngine::divide(std::span<const double> p, Scratch& s, bool keep) const {
  DealYear& y = s.year;
  const std::size_t n = shape_.parties.size();
  for (auto& x : y.payoff) std::ranges::fill(x, 0.0);
  y.superadditive = coalition::superadditive(y.worth);
  y.nucleolus_exists = true;
  y.core_empty = false;
  if (y.state != Reason::none) return;
  coalition::Mask need = 0;
  for (std::size_t c = 0; c < shape_.consent.size(); ++c)
    if (y.built >> c & 1u) need |= shape_.consent[c];
  for (std::size_t i = 0; i < n; ++i) {
    const double w = shape_.weight[i].given() ? shape_.weight[i](p) : 1.0;
    s.weights[i] = (need >> i & 1u) ? (shape_.patience ? 1.0 / w : w) : 0.0;
  }
  bool good = coalition::nash(y.gain, s.zero, s.weights, y.payoff[nash]).has_value();
  good = coalition::shapley(y.worth, y.payoff[shapley]).has_value() && good;
  const auto kernel = coalition::nucleolus(y.worth, {.judge = keep});
  if (kernel && kernel->exists) {
    std::ranges::copy(kernel->payoff, y.payoff[nucleolus].begin());
    y.core_empty = coalition::largest_excess(y.worth, kernel->payoff) > 1e-9 * (1.0 + y.gain);
    if (keep && !kernel->kohlberg) good = false;
  } else {
    y.nucleolus_exists = false;
  }
  if (!good || !kernel) y.state = Reason::not_solved;
  for (std::size_t k = 0; k < solutions; ++k)
    y.price[k] = y.limit_buyer - y.payoff[k][shape_.buyer] / (y.volume * shape_.money);
}

}  // namespace entente::ask
