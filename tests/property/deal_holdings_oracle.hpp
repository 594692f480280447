// Who holds what under a set of links at stake, by the cash that changes hands: the part of the deal oracle
// (deal_oracle.hpp) that looks at markets.
#pragma once
#include <bit>
#include <map>
#include <numeric>
#include <stdexcept>

#include "property/deal_market_oracle.hpp"
#include "property/deal_spec.hpp"

namespace deal_oracle {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
inline double annuity(double capex, double life, double rate) {
  return rate == 0 ? capex / life : capex * rate / (1 - std::pow(1 + rate, -life));
}

/// What each actor has in a year, B USD, payments over `built` left out; the open rest stands last.
struct Holdings {
  std::vector<double> of;
  double volume = 0;         ///< over the links at stake
  double surplus = 0;        ///< of the whole market, less annuities
  std::vector<double> flow;  ///< by link
  bool kept = false;         ///< a sale goes on whose buyer's market pays less than the goods cost there
  long sweeps = 0;
};

struct Deal {
  Spec s;
  std::vector<bool> present;  ///< by actor
  std::vector<bool> there;    ///< by link (false: left out by `without`)

  explicit Deal(Spec spec) : s(std::move(spec)), present(s.actors.size(), true), there(s.links.size(), true) {}

  [[nodiscard]] bool usable(int l) const {
    bool all = there[l];
    for (const int a : s.links[l].consent) all = all && present[a];
    return all;
  }
  [[nodiscard]] bool buyer_there(int l) const {  // who should have bought, if anybody by name
    for (const auto& c : s.consumers)
      if (c.name == s.links[l].to && !here(c.of)) return false;
    return true;
  }
  [[nodiscard]] bool at_stake(int l) const { return std::ranges::find(s.over, l) != s.over.end(); }
  [[nodiscard]] bool here(int owner) const { return owner == nobody || present[owner]; }
  [[nodiscard]] std::size_t open() const { return s.actors.size(); }
  [[nodiscard]] std::size_t who(int owner) const { return owner == nobody ? open() : std::size_t(owner); }

  // `built`: links at stake that stand. Which existing sales go on beyond what the market carries is found by trying
  // all sets of them, the smallest first, until what the market then pays agrees.
  [[nodiscard]] Holdings hold(const std::vector<int>& built, int year) const {
    std::vector<int> contracts;
    for (int l = 0; l < int(s.links.size()); ++l)
      if (s.links[l].terms && !at_stake(l) && usable(l) && buyer_there(l)) contracts.push_back(l);
    std::vector<unsigned> sets(1u << contracts.size());
    std::iota(sets.begin(), sets.end(), 0u);
    std::ranges::stable_sort(sets, {}, [](unsigned x) { return std::popcount(x); });
    for (const unsigned set : sets) {
      std::vector<double> sold(s.links.size()), wanted;
      for (std::size_t k = 0; k < contracts.size(); ++k)
        if (set >> k & 1)
          sold[contracts[k]] =
              std::min(in(s.links[contracts[k]].capacity, year), in(s.links[contracts[k]].terms_volume, year));
      for (int round = 0; round < 500; ++round) {
        wanted = sold;
        bool agrees = true;
        const Holdings h = hold(built, year, wanted, agrees);
        double apart = 0;
        for (std::size_t l = 0; l < sold.size(); ++l) apart = std::max(apart, std::abs(sold[l] - wanted[l]));
        sold = wanted;
        if (apart > 1e-9) continue;
        if (agrees) return h;
        break;
      }
    }
    throw std::logic_error("no set of sales agrees with the market");
  }

  // `sold`: what each contract brings to the end of its link at no cost, 0 for those that the market carries; becomes
  // what its seller sells at its price. `agrees`: no other contract pays more than the market that leaves it.
  [[nodiscard]] Holdings hold(const std::vector<int>& built, int year, std::vector<double>& sold, bool& agrees) const {
    Equilibrium m;
    std::map<std::string, int> node;
    const auto add = [&](const std::string& name) { return node[name] = m.nodes++; };
    std::vector<int> producer_arc(s.producers.size(), -1), consumer_arc(s.consumers.size(), -1);
    for (std::size_t i = 0; i < s.producers.size(); ++i) {
      const auto& p = s.producers[i];
      const int n = add(p.name);
      const double cap = in(p.capacity, year);
      if (!here(p.of)) continue;
      producer_arc[i] = int(m.arcs.size());
      m.arcs.push_back({.kind = Arc::producer,
                        .from = 0,
                        .to = n,
                        .capacity = cap,
                        .a = p.first,
                        .b = cap > 0 ? (p.last - p.first) / cap : 0});
    }
    for (std::size_t i = 0; i < s.consumers.size(); ++i) {
      const auto& c = s.consumers[i];
      const int n = add(c.name);
      const double q = in(c.quantity, year), p = in(c.price, year);
      if (!here(c.of) || q <= 0) continue;
      consumer_arc[i] = int(m.arcs.size());
      if (c.linear) {
        const double b = -p / (c.elasticity * q);
        m.arcs.push_back({.kind = Arc::linear, .from = n, .to = 0, .capacity = 1e9, .a = p + b * q, .b = b});
      } else {
        m.arcs.push_back({.kind = Arc::elastic,
                          .from = n,
                          .to = 0,
                          .capacity = 1e9,
                          .quantity = q,
                          .price = p,
                          .e = c.elasticity,
                          .choke = c.choke > 0 ? c.choke : 10 * p});
      }
    }
    for (const auto& h : s.hubs) add(h);
    if (s.volume > 0)  // what is sold and not wanted is thrown away
      m.arcs.push_back({.from = node.at(s.links[s.over[0]].to), .to = 0, .capacity = 1e9});
    std::vector<int> contract_arc(s.links.size(), -1);
    std::vector<std::vector<int>> link_arcs(s.links.size());  // one for each node it leaves from
    for (int l = 0; l < int(s.links.size()); ++l) {
      const auto& x = s.links[l];
      const bool stake = at_stake(l);
      if (!usable(l) || (stake ? std::ranges::find(built, l) == built.end() : x.build)) continue;
      double cost = x.cost, cap = in(x.capacity, year);
      for (const auto& [a, c] : x.transit) cost += c;
      const bool fixed = stake && s.volume > 0;
      const bool contract = x.terms && !stake && sold[l] > 0;
      const double kept = contract ? sold[l] : 0, most = contract ? std::min(cap, in(x.terms_volume, year)) : 0;
      const auto sell = [&](int at, double pays) {  // the contract's seller is paid here, its buyer has the gas there
        if (!contract) return;
        contract_arc[l] = int(m.arcs.size());
        m.arcs.push_back({.from = at, .to = 0, .capacity = most, .a = -pays});
        m.arcs.push_back({.from = 0, .to = node.at(x.to), .capacity = kept});
      };
      if (fixed) cap = std::min(cap, s.volume);
      if (x.from.size() == 1) {
        link_arcs[l].push_back(int(m.arcs.size()));
        m.arcs.push_back({.from = node.at(x.from[0]),
                          .to = node.at(x.to),
                          .capacity = cap - kept,
                          .a = cost,
                          .push = fixed ? -1 : 0});
        sell(node.at(x.from[0]), (contract ? in(x.terms_price, year) : 0) - cost);
      } else {
        const int middle = m.nodes++;
        for (const auto& f : x.from) {
          link_arcs[l].push_back(int(m.arcs.size()));
          m.arcs.push_back({.from = node.at(f), .to = middle, .capacity = cap, .a = cost});
        }
        m.arcs.push_back({.from = middle, .to = node.at(x.to), .capacity = cap - kept});
        sell(middle, contract ? in(x.terms_price, year) : 0);
      }
    }
    m.solve();
    for (int l = 0; l < int(s.links.size()); ++l) sold[l] = contract_arc[l] < 0 ? 0 : m.arcs[contract_arc[l]].flow;

    Holdings h;
    h.sweeps = m.sweeps;
    h.of.assign(s.actors.size() + 1, 0.0);
    h.flow.assign(s.links.size(), 0.0);
    const auto owner = [&](const std::string& name) {  // of what stands at a node
      for (const auto& p : s.producers)
        if (p.name == name) return who(p.of);
      for (const auto& c : s.consumers)
        if (c.name == name) return who(c.of);
      return open();
    };
    for (std::size_t i = 0; i < s.producers.size(); ++i)
      if (producer_arc[i] >= 0) {
        const double cost = m.arcs[producer_arc[i]].total();
        h.of[who(s.producers[i].of)] -= cost;
        h.surplus -= cost;
      }
    std::vector<double> asked(s.links.size());  // for one more unit at the end of a link
    for (int l = 0; l < int(s.links.size()); ++l)
      if (!link_arcs[l].empty()) {
        const Arc& first = m.arcs[link_arcs[l][0]];
        asked[l] = s.links[l].from.size() == 1 ? m.price[first.from] + first.a : m.price[first.to];
      }
    std::map<std::string, double> price;  // at the end of a link
    for (const auto& [name, n] : node) price[name] = m.price[n];
    for (std::size_t i = 0; i < s.consumers.size(); ++i)
      if (consumer_arc[i] >= 0) {
        const Arc& a = m.arcs[consumer_arc[i]];
        if (a.flow > 0) price[s.consumers[i].name] = -a.marginal(a.flow);
        h.of[who(s.consumers[i].of)] += a.total();
        h.surplus += a.total();
      }
    for (int l = 0; l < int(s.links.size()); ++l) {
      const auto& x = s.links[l];
      double total = link_arcs[l].size() == 1 ? sold[l] : 0;
      for (const int a : link_arcs[l]) total += m.arcs[a].flow;
      h.flow[l] = total;
      if (x.terms && !at_stake(l) && contract_arc[l] < 0 && buyer_there(l) &&
          total < std::min(in(x.capacity, year), in(x.terms_volume, year)) - 1e-7 && usable(l))
        agrees = agrees && (price[x.to] > in(x.terms_price, year) - 1e-7 || asked[l] > in(x.terms_price, year) - 1e-7);
      if (link_arcs[l].size() == 1 && contract_arc[l] >= 0 && total > 1e-3)
        h.kept = h.kept || m.price[node.at(x.from[0])] + x.cost > price[x.to] + 1e-3;
      for (std::size_t j = 0; j < link_arcs[l].size(); ++j) {
        const double f = link_arcs[l].size() == 1 ? total : m.arcs[link_arcs[l][j]].flow;
        if (f <= 0) continue;
        const std::size_t seller = owner(x.from[j]), buyer = owner(x.to);
        h.surplus -= x.cost * f;
        for (const auto& [a, c] : x.transit) h.surplus -= c * f;
        if (at_stake(l)) {  // nobody pays for the goods; the seller carries them, a transit state bears its own cost
          h.volume += f;
          h.of[seller] -= x.cost * f;
          for (const auto& [a, c] : x.transit) h.of[a] -= c * f;
          continue;
        }
        const double contract = x.terms ? std::min(1.0, in(x.terms_volume, year) / total) * f : 0;
        const double paid = contract * (x.terms ? in(x.terms_price, year) : 0) + (f - contract) * price[x.to];
        h.of[buyer] -= paid;
        double carrying = x.cost;  // and what its transit states are paid, which is what it costs them
        for (const auto& [a, c] : x.transit) carrying += c;
        h.of[seller] += paid - carrying * f;
        if (x.rent != nobody && std::size_t(x.rent) != seller) {  // the rent of what goes beyond the contract
          const double rent = (price[x.to] - price[x.from[j]] - carrying) * (f - contract);
          h.of[seller] -= rent;
          h.of[x.rent] += rent;
        }
      }
    }
    for (double& v : h.of) v /= 1000;  // bcm/yr at USD/kcm
    h.surplus /= 1000;
    for (const int l : built) {
      const auto& x = s.links[l];
      if (!x.build) continue;
      const double a = annuity(in(x.capex, s.year), x.life, x.rate);
      h.of[x.paid_by == nobody ? owner(x.from[0]) : std::size_t(x.paid_by)] -= a;
      h.surplus -= a;
    }
    return h;
  }
};

}  // namespace deal_oracle
