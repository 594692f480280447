#include "families/market/market_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"

namespace entente::ask {
namespace {

// Willingness to pay of a constant-elasticity demand is cut here unless the writer says where; it is the same in all
// worlds, so it cancels out of every gain as long as the price stays below it.
constexpr double default_choke = 10.0;

bool all_present(const std::vector<ParamId>& presence, std::span<const double> p) {
  return std::ranges::all_of(presence, [&](ParamId id) { return p[id] != 0; });
}

}  // namespace

At at_year(const situation::YearNumber& n, int year) {
  if (!n.given()) return {};
  if (n.at().size() == 1 || year <= n.at().front().first) return {n.first(), n.first(), 0};
  for (std::size_t i = 1; i < n.at().size(); ++i) {
    const auto [y0, a] = n.at()[i - 1];
    const auto [y1, b] = n.at()[i];
    if (year == y1) return {b, b, 0};
    if (year < y1) return {a, b, static_cast<double>(year - y0) / (y1 - y0)};
  }
  return {n.at().back().second, n.at().back().second, 0};
}

double annuity(double rate, double life) noexcept {
  if (rate * life < 1e-12) return 1.0 / life;
  return rate / -math::expm1(-life * math::log1p(rate));
}

MarketNumbers::MarketNumbers(const situation::Situation& s, const situation::Market& m, int year,
                             std::span<const std::uint32_t> over) {
  const auto with_owner = [&](ParamId own, ActorId of) {
    std::vector<ParamId> presence{own};
    if (of != situation::none) presence.push_back(s.actors[of].presence);
    return presence;
  };
  std::vector<ActorId> seller(m.nodes.size(), MarketMap::open), buyer(m.nodes.size(), MarketMap::open);
  std::vector<std::vector<ParamId>> buyer_presence(m.nodes.size());
  shape_.nodes = static_cast<std::uint32_t>(m.nodes.size());
  for (const auto& p : m.producers) {
    shape_.producers.push_back({.node = p.node});
    producers_.push_back({at_year(p.capacity, year), at_year(p.cost_first, year), at_year(p.cost_last, year),
                          with_owner(p.presence, p.of)});
    map_.producer.push_back(p.of);
    seller[p.node] = p.of;
  }
  for (const auto& c : m.consumers) {
    shape_.consumers.push_back(
        {.node = c.node, .form = c.linear ? market::Demand::linear : market::Demand::constant_elasticity});
    consumers_.push_back({at_year(c.quantity, year), at_year(c.price, year), at_year(c.elasticity, year),
                          at_year(c.choke, year), at_year(c.slope, year), c.linear, c.by_point,
                          with_owner(c.presence, c.of)});
    map_.consumer.push_back(c.of);
    buyer[c.node] = c.of;
    buyer_presence[c.node] = with_owner(c.presence, c.of);
  }
  candidate_arc_.assign(over.size(), 0);
  for (std::uint32_t l = 0; l < m.links.size(); ++l) {
    const auto& link = m.links[l];
    const auto candidate = std::ranges::find(over, l);
    if (link.build && candidate == over.end()) continue;  // not built and not asked for
    std::uint32_t from = link.from.front();
    if (link.from.size() > 1) {
      from = shape_.nodes++;
      for (const std::uint32_t origin : link.from) {
        shape_.links.push_back({.from = origin, .to = from});
        arcs_.push_back({.feeder = true});
        map_.arcs.push_back({.link = l, .feeder = true, .seller = seller[origin]});
      }
    }
    ArcNumbers a{
        .capacity = at_year(link.capacity, year), .cost = at_year(link.cost, year), .presence = {link.presence}};
    for (const ActorId c : link.consent) a.presence.push_back(s.actors[c].presence);
    for (const auto& [who, n] : link.transit_cost) a.transit.emplace_back(who, at_year(n, year));
    if (link.terms) {
      a.price = at_year(link.terms->price, year);
      a.volume = at_year(link.terms->volume, year);
      a.buyer = buyer_presence[link.to];
    }
    if (link.build) {
      a.capex = at_year(link.build->capex, m.year);
      a.life = at_year(link.build->life, m.year);
      a.rate = at_year(link.build->rate, m.year);
    }
    const auto origins = static_cast<std::uint32_t>(link.from.size() > 1 ? link.from.size() : 0);
    if (candidate != over.end())
      candidate_arc_[static_cast<std::size_t>(candidate - over.begin())] = static_cast<std::uint32_t>(arcs_.size());
    shape_.links.push_back({.from = from, .to = link.to, .optional = candidate != over.end()});
    map_.arcs.push_back({.link = l,
                         .origins = origins,
                         .seller = origins == 0 ? seller[from] : MarketMap::open,
                         .rent = link.rent,
                         .rented = link.rent != situation::none,
                         .buyer = buyer[link.to]});
    arcs_.push_back(std::move(a));
  }
}

void MarketNumbers::fill(std::span<const double> p, market::Network& n) const {
  for (std::size_t i = 0; i < producers_.size(); ++i) {
    const auto& from = producers_[i];
    auto& to = n.producers[i];
    to.capacity = all_present(from.presence, p) ? from.capacity(p) : 0.0;
    to.cost_first = from.first(p);
    to.cost_last = from.last(p);
  }
  for (std::size_t i = 0; i < consumers_.size(); ++i) {
    const auto& from = consumers_[i];
    auto& to = n.consumers[i];
    const bool here = all_present(from.presence, p);
    if (!from.by_point) {
      to.a = from.choke(p);
      to.b = from.slope(p);
      to.most = here ? std::numeric_limits<double>::infinity() : 0.0;
      continue;
    }
    const double q0 = here ? from.quantity(p) : 0.0, p0 = from.price(p), e = from.elasticity(p);
    if (!from.linear) {
      to.a = q0;
      to.b = e;
      to.p0 = p0;
      to.choke = from.choke.given() ? from.choke(p) : default_choke * p0;
    } else if (q0 > 0) {
      to.a = p0 * (1.0 - 1.0 / e);
      to.b = -p0 / (e * q0);
      to.most = std::numeric_limits<double>::infinity();
    } else {
      to.a = p0;
      to.b = 0;
      to.most = 0;
    }
  }
  for (std::size_t i = 0; i < arcs_.size(); ++i) {
    const auto& from = arcs_[i];
    auto& to = n.links[i];
    if (from.feeder) {
      to.capacity = std::numeric_limits<double>::infinity();
      to.cost = 0;
      continue;
    }
    to.capacity = all_present(from.presence, p) ? from.capacity(p) : 0.0;
    to.cost = from.cost(p);
    for (const auto& [who, cost] : from.transit) to.cost += cost(p);
  }
}

double MarketNumbers::terms_volume(std::size_t arc, std::span<const double> p) const {
  return all_present(arcs_[arc].buyer, p) ? arcs_[arc].volume(p) : 0.0;
}

bool MarketNumbers::present(std::size_t candidate, std::span<const double> p) const {
  return all_present(arcs_[candidate_arc_[candidate]].presence, p);
}

std::uint64_t MarketNumbers::built(std::uint32_t set) const noexcept {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < candidate_arc_.size(); ++i)
    if (set >> i & 1u)
      bits |=
          std::uint64_t{1} << std::ranges::count_if(candidate_arc_, [&](auto arc) { return arc < candidate_arc_[i]; });
  return bits;
}

double MarketNumbers::yearly_cost(std::size_t candidate, std::span<const double> p) const {
  const auto& a = arcs_[candidate_arc_[candidate]];
  return a.capex.given() ? a.capex(p) * annuity(a.rate(p), a.life(p)) : 0.0;
}

void MarketNumbers::reads(std::vector<ParamId>& out) const {
  const auto add = [&](const At& x) {
    if (!x.given()) return;
    out.push_back(x.a);
    if (x.t != 0) out.push_back(x.b);
  };
  for (const auto& x : producers_) add(x.capacity), add(x.first), add(x.last);
  for (const auto& x : consumers_) add(x.quantity), add(x.price), add(x.elasticity), add(x.choke), add(x.slope);
  for (const auto& x : arcs_) {
    add(x.capacity), add(x.cost), add(x.price), add(x.volume), add(x.capex), add(x.life), add(x.rate);
    for (const auto& [who, cost] : x.transit) add(cost);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace entente::ask
