// The deal question again, from docs/methods/deal.md and not from the program: who has what under every set of links at
// stake, by the cash that changes hands in a market that deal_market_oracle.hpp solves; then limits, worths, divisions,
// losses. Written for the eye, not for speed.
#pragma once
#include <bit>
#include <map>
#include <numeric>
#include <stdexcept>

#include "property/deal_holdings_oracle.hpp"
#include "property/deal_spec.hpp"

namespace deal_oracle {

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
