// The deal question again, from docs/methods/deal.md and not from the program: who has what under every set of links at
// stake, by the cash that changes hands in a market that deal_market_oracle.hpp solves; then limits, worths, divisions,
// losses. Written for the eye, not for speed.
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

struct Outcome {
  std::map<std::string, double> cells;  ///< NaN: undefined
  std::vector<int> parties;
  std::vector<double> worth;  ///< by coalition of parties
  std::vector<double> cost;   ///< L, by actor and the open rest, B USD/yr
  double surplus = 0;         ///< what the whole market gains, less annuities
  int seller = nobody, buyer = nobody;
  bool tied = false;  ///< the best set of links is not alone
  bool link = false;  ///< any can be built
  bool kept = false;  ///< see Holdings
  double loose = 0;   ///< |sum over all actors and the rest - surplus|, the worst
  long sweeps = 0;
  double scale = 1;
};

inline std::vector<double> shapley(const std::vector<double>& worth, int n) {
  std::vector<int> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> x(n);
  double count = 0;
  do {
    unsigned members = 0;
    for (const int i : order) {
      x[i] += worth[members | 1u << i] - worth[members];
      members |= 1u << i;
    }
    ++count;
  } while (std::ranges::next_permutation(order).found);
  for (double& v : x) v /= count;
  return x;
}

/// `nucleolus`: payoffs to turn into a price and fees (judged elsewhere); empty: not asked for.
inline Outcome answer(const Deal& d, const std::vector<double>& nucleolus = {}) {
  const Spec& s = d.s;
  Outcome o;
  for (std::size_t a = 0; a < s.actors.size(); ++a)
    for (const int l : s.over)
      if (std::ranges::find(s.links[l].consent, int(a)) != s.links[l].consent.end()) {
        o.parties.push_back(int(a));
        break;
      }
  const int n = int(o.parties.size());
  const auto owner_of = [&](const std::string& name, const auto& list) {
    for (const auto& x : list)
      if (x.name == name) return x.of;
    throw std::logic_error("no such node");
  };
  const int seller = owner_of(s.links[s.over[0]].from[0], s.producers);
  const int buyer = owner_of(s.links[s.over[0]].to, s.consumers);
  o.seller = seller;
  o.buyer = buyer;
  const Holdings none = d.hold({}, s.year);
  o.sweeps = none.sweeps;
  const auto sums = [&](const Holdings& h) {
    o.loose = std::max(o.loose, std::abs(std::accumulate(h.of.begin(), h.of.end(), 0.0) - h.surplus));
    for (const double v : h.of) o.scale = std::max(o.scale, std::abs(v));
    o.sweeps = std::max(o.sweeps, h.sweeps);
  };
  sums(none);
  std::vector<std::vector<int>> sets;
  for (unsigned m = 1; m < 1u << s.over.size(); ++m) {
    std::vector<int> t;
    bool can = true;
    for (std::size_t i = 0; i < s.over.size(); ++i)
      if (m >> i & 1) t.push_back(s.over[i]), can = can && d.usable(s.over[i]);
    if (can && (!s.alternatives || t.size() == 1)) sets.push_back(t);
  }
  o.worth.assign(std::size_t(1) << n, 0.0);
  double most = -std::numeric_limits<double>::infinity(), second = most;
  std::vector<int> best;
  unsigned table = 0;  // who must consent to it
  Holdings with;
  for (const auto& t : sets) {
    const Holdings h = d.hold(t, s.year);
    sums(h);
    unsigned consent = 0;
    double joint = 0;
    for (int i = 0; i < n; ++i) {
      for (const int l : t)
        if (std::ranges::find(s.links[l].consent, o.parties[i]) != s.links[l].consent.end()) consent |= 1u << i;
      if (consent >> i & 1) joint += h.of[o.parties[i]] - none.of[o.parties[i]];
    }
    for (unsigned c = 1; c < o.worth.size(); ++c)
      if ((consent & c) == consent) o.worth[c] = std::max(o.worth[c], joint);
    if (joint > most) second = most, most = joint, best = t, with = h, table = consent;
    else second = std::max(second, joint);
  }
  auto& c = o.cells;
  const auto id = [&](int a) { return s.actors[a].id; };
  const double grand = o.worth.back();
  o.link = !best.empty();
  o.kept = none.kept || with.kept;
  if (best.empty()) {
    c["gain"] = 0;
    for (const int l : s.over) c["built." + s.links[l].name] = 0;
    for (const int a : o.parties) c["gain." + id(a)] = 0;
    for (const auto& name : {"volume", "zone", "price"}) c[name] = undefined;
    c["limit." + id(seller)] = c["limit." + id(buyer)] = undefined;
    return o;
  }
  o.tied = most - second < 1e-8 * o.scale || std::abs(most) < 1e-8 * o.scale;  // or whether there is a deal
  const double q = with.volume;
  std::vector<double> cost(s.actors.size() + 1);  // L
  for (std::size_t a = 0; a < cost.size(); ++a) cost[a] = none.of[a] - with.of[a];
  for (std::size_t a = 0; a < cost.size(); ++a) {  // through prices alone
    const auto at = std::size_t(std::ranges::find(o.parties, int(a)) - o.parties.begin());
    if (at < o.parties.size() && (table >> at & 1)) continue;
    c["others." + (a < s.actors.size() ? id(int(a)) : std::string("open"))] = most > 0 ? -cost[a] : 0.0;
    cost[a] = 0;
  }
  o.cost = cost;
  o.surplus = most > 0 ? with.surplus - none.surplus : 0;
  double all_but_buyer = 0;
  for (const int a : o.parties)
    if (a != buyer) all_but_buyer += cost[a];
  const bool flows = q > 1e-9;
  const double limit_s = flows ? all_but_buyer / q * 1000 : undefined;
  const double limit_b = flows ? -cost[buyer] / q * 1000 : undefined;
  c["limit." + id(seller)] = limit_s;
  c["limit." + id(buyer)] = limit_b;
  c["zone"] = limit_b - limit_s;
  c["volume"] = q;
  c["gain"] = most;
  for (const int l : s.over) c["built." + s.links[l].name] = most > 0 && std::ranges::find(best, l) != best.end();
  for (int l = 0; l < int(s.links.size()); ++l)
    if (d.at_stake(l) || !s.links[l].build) c["flow." + s.links[l].name] = (most > 0 ? with : none).flow[l];

  std::map<std::string, std::vector<double>> divisions;
  std::vector<double> nash(n);
  double weight = 0;
  for (int i = 0; i < n; ++i)
    for (const int l : best)
      if (std::ranges::find(s.links[l].consent, o.parties[i]) != s.links[l].consent.end()) {
        nash[i] = s.patience ? 1 / s.actors[o.parties[i]].discount : s.weights.empty() ? 1.0 : s.weights[o.parties[i]];
        weight += nash[i];
        break;
      }
  for (double& x : nash) x *= grand / weight;
  divisions["nash"] = nash;
  divisions["shapley"] = shapley(o.worth, n);
  if (!nucleolus.empty()) divisions["nucleolus"] = nucleolus;
  for (const auto& [name, x] : divisions) {
    const std::string p = name + ".";
    if (most <= 0) {
      c[p + "price"] = undefined;
      for (int i = 0; i < n; ++i)
        if (o.parties[i] != seller && o.parties[i] != buyer) c[p + "fee." + id(o.parties[i])] = undefined;
      for (const int y : s.years)
        for (const int a : o.parties) c[p + "loss." + id(a) + "." + std::to_string(y)] = undefined;
      continue;
    }
    std::vector<double> fee(s.actors.size());
    double price = 0, fees = 0;
    for (int i = 0; i < n; ++i) {
      const int a = o.parties[i];
      c[p + "gain." + id(a)] = x[i];
      if (a == buyer) price = limit_b - x[i] / q * 1000;
      else if (a != seller) {
        fee[a] = x[i] + cost[a];
        fees += fee[a];
        c[p + "fee." + id(a)] = fee[a];
      }
    }
    c[p + "price"] = price;
    for (const int y : s.years) {
      const Holdings n_y = d.hold({}, y), w_y = d.hold(best, y);
      const double q_y = w_y.volume;
      for (int i = 0; i < n; ++i) {
        const int a = o.parties[i];
        double loss = (table >> i & 1) ? w_y.of[a] - n_y.of[a] : 0;
        if (a == buyer) loss -= price * q_y / 1000;
        else if (a == seller) loss += price * q_y / 1000 - fees / q * q_y;
        else loss += fee[a] / q * q_y;
        c[p + "loss." + id(a) + "." + std::to_string(y)] = loss;
        c[p + "delay." + id(a) + "." + std::to_string(y)] = 100 * loss / in(s.actors[a].gdp, y);  // %
      }
    }
  }
  return o;
}

}  // namespace deal_oracle
