#include "families/market/deal_year.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace entente::ask {

DealEngine::DealEngine(DealShape shape, MarketNumbers numbers)
    : shape_(std::move(shape)), numbers_(std::move(numbers)), contracts_(numbers_) {}

DealEngine::Scratch DealEngine::scratch() const {
  Scratch s;
  const std::size_t sets = std::size_t{1} << shape_.consent.size(), n = shape_.parties.size();
  s.network = numbers_.shape();
  // Take or pay: what the buyer has no use for is thrown away, and no price falls below 0 for it.
  if (shape_.volume.given()) s.network.consumers.push_back({.node = s.network.links[numbers_.candidate_arc(0)].to});
  s.contracts = contracts_.scratch();
  s.solution.resize(sets);
  s.sold.assign(sets, std::vector<double>(s.network.links.size(), 0.0));
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
    const double sold = s.sold[set][i], flow = sol.flow[i] + sold;
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
    // The contract's part of the flow is the sellers', at its price; the rest is rent. What a contract moves beyond the
    // plain link (`sold`) left the market at the price of its beginning and entered it at that of its end.
    const double sale = numbers_.has_terms(i) ? std::min(sol.flow[i], numbers_.terms_volume(i, p) - sold) : 0.0;
    const double pays = numbers_.has_terms(i) ? numbers_.terms_price(i, p) : 0.0;
    const double to_buyer = sale > 0 ? (sol.price[link.to] - pays) * sale : 0.0;
    const double rest = arc.rented && sol.flow[i] > 0 ? sol.link_rent[i] * (1 - sale / sol.flow[i]) : 0.0;
    at(arc.buyer) += (to_buyer + (sol.price[link.to] - pays) * sold) * shape_.money;
    if (arc.rented) at(arc.rent) += rest * shape_.money;
    const double sellers =
        (sol.link_rent[i] - to_buyer - rest + (pays - link.cost - sol.price[link.from]) * sold) * shape_.money;
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
    s.urge += contracts_.pay(numbers_, p);
    auto& waste = s.network.consumers.back();
    waste.a = waste.b = 0;
    waste.most = 1;  // never full, so that the price is 0 where anything is thrown away
  }
  for (std::size_t c = 0; c < shape_.consent.size(); ++c) {
    if (numbers_.present(c, p)) present |= 1u << c;
    s.yearly[c] = numbers_.yearly_cost(c, p) * shape_.capital;
    if (!shape_.volume.given()) continue;
    auto& link = s.network.links[numbers_.candidate_arc(c)];
    link.capacity = std::min(link.capacity, shape_.volume(p));
    link.cost -= s.urge;
    s.network.consumers.back().most += link.capacity;
  }
  return present;
}

bool DealEngine::solve(std::span<const double> p, std::uint32_t set, Scratch& s) const {
  if (!contracts_.solve(numbers_, p, s.network, numbers_.built(set), s.workspace, s.contracts, s.solution[set],
                        s.sold[set]))
    return false;
  s.year.residual = std::max(s.year.residual, s.solution[set].residual);
  surpluses(p, set, s);
  return true;
}

coalition::Mask DealEngine::needs(std::uint32_t set) const {
  coalition::Mask need = 0;
  for (std::size_t c = 0; c < shape_.consent.size(); ++c)
    if (set >> c & 1u) need |= shape_.consent[c];
  return need;
}

void DealEngine::measure(std::uint32_t set, Scratch& s) const {
  DealYear& y = s.year;
  y.built = set;
  y.volume = 0;
  for (std::size_t c = 0; c < shape_.consent.size(); ++c)
    if (set >> c & 1u) y.volume += s.solution[set].flow[numbers_.candidate_arc(c)];
  for (std::size_t a = 0; a <= shape_.actors; ++a) y.change[a] = s.surplus[set][a] - s.surplus[0][a];
  y.table = needs(set);
  for (std::size_t i = 0; i < shape_.parties.size(); ++i)
    y.own_cost[i] = (y.table >> i & 1u) ? -y.change[shape_.parties[i]] : 0.0;
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
  const coalition::Mask all = static_cast<coalition::Mask>((std::uint64_t{1} << n) - 1);
  std::ranges::fill(y.worth, 0.0);
  std::uint32_t best = 0;
  y.gain = 0;
  for (unsigned size = 1; size <= m; ++size)
    for (std::uint32_t set = 1; set < sets; ++set) {
      if (static_cast<unsigned>(std::popcount(set)) != size || !s.feasible[set]) continue;
      const coalition::Mask need = needs(set);
      double g = 0;
      for (std::size_t i = 0; i < n; ++i)
        if (need >> i & 1u) g += s.surplus[set][shape_.parties[i]] - s.surplus[0][shape_.parties[i]];
      for (coalition::Mask members = need; members <= all; members = (members + 1) | need)
        y.worth[members] = std::max(y.worth[members], g);
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
  if (keep) keep_equilibria(p, s);
}

void DealEngine::keep_equilibria(std::span<const double> p, Scratch& s) const {
  DealYear& y = s.year;
  y.violation = 0;
  for (const std::uint32_t set : {std::uint32_t{0}, y.built}) {
    solve(p, set, s);
    y.violation = std::max(y.violation,
                           contracts_.check(numbers_, p, s.network, numbers_.built(set), s.contracts, s.solution[set]));
    auto& kept = set == 0 ? y.without : y.with;
    kept = s.solution[set];
    for (std::size_t i = 0; i < kept.flow.size(); ++i) kept.flow[i] += s.sold[set][i];
  }
  if (y.built == 0) y.with = y.without;
}

void DealEngine::divide(std::span<const double> p, Scratch& s, bool keep) const {
  DealYear& y = s.year;
  const std::size_t n = shape_.parties.size();
  for (auto& x : y.payoff) std::ranges::fill(x, 0.0);
  if (y.state != Reason::none) return;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = shape_.weight[i].given() ? shape_.weight[i](p) : 1.0;
    s.weights[i] = (y.table >> i & 1u) ? (shape_.patience ? 1.0 / w : w) : 0.0;
  }
  bool good = coalition::nash(y.gain, s.zero, s.weights, y.payoff[nash]).has_value();
  good = coalition::shapley(y.worth, y.payoff[shapley]).has_value() && good;
  const bool solved = coalition::nucleolus(y.worth, {.judge = keep, .exact = false}, s.levels, s.nucleolus).has_value();
  good = solved && s.nucleolus.exists && (!keep || s.nucleolus.kohlberg) && good;
  if (good) std::ranges::copy(s.nucleolus.payoff, y.payoff[nucleolus].begin());
  else y.state = Reason::not_solved;
  for (std::size_t k = 0; k < solutions; ++k)
    y.price[k] = y.limit_buyer - y.payoff[k][shape_.buyer] / (y.volume * shape_.money);
}

}  // namespace entente::ask
