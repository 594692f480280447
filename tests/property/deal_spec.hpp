// A small situation with one market and one deal, as numbers: what the oracle reads, and what writes the YAML text
// that the program reads.
#pragma once
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace deal_oracle {

inline constexpr int nobody = -1;

/// A number of every year: known in some years and read linearly between them; one entry with year 0 stands for all.
using Yearly = std::vector<std::pair<int, double>>;
inline double in(const Yearly& n, int year) {
  if (n.size() == 1) return n.front().second;
  for (std::size_t i = 1; i < n.size(); ++i)
    if (year <= n[i].first) {
      const double t = double(year - n[i - 1].first) / double(n[i].first - n[i - 1].first);
      return n[i - 1].second + t * (n[i].second - n[i - 1].second);
    }
  return n.back().second;
}

struct Actor {
  std::string id;
  Yearly gdp;
  double discount = 0.1;
};
struct Producer {
  std::string name;
  int of = nobody;
  Yearly capacity;
  double first = 0, last = 0;
};
struct Consumer {
  std::string name;
  int of = nobody;
  bool linear = false;
  Yearly quantity, price;
  double elasticity = -1, choke = 0;  ///< choke 0: none written
};
struct Link {
  std::string name;
  std::vector<std::string> from;
  std::string to;
  std::vector<int> consent;
  Yearly capacity;
  double cost = 0;
  bool terms = false;
  Yearly terms_price, terms_volume;
  bool build = false;
  Yearly capex{{0, 0}};
  double life = 20, rate = 0.1;
  int paid_by = nobody;
  int rent = nobody;
  std::vector<std::pair<int, double>> transit;
};
struct Spec {
  std::vector<Actor> actors;
  std::vector<Producer> producers;
  std::vector<Consumer> consumers;
  std::vector<std::string> hubs;
  std::vector<Link> links;
  std::vector<int> over;  ///< links at stake
  int year = 2035;
  bool alternatives = false;
  double volume = 0;  ///< 0: the market decides
  bool patience = false;
  std::vector<double> weights;  ///< by actor; empty: equal
  std::vector<int> years;       ///< delay-years
};

inline std::string number(double x) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::fixed).ptr};
}
inline std::string number(const Yearly& n) {
  if (n.size() == 1 && n.front().first == 0) return number(n.front().second);
  std::string s;
  for (const auto& [y, v] : n) s += (s.empty() ? "{" : ", ") + std::to_string(y) + ": " + number(v);
  return s + "}";
}

/// The text; `extra` is put behind (levers, claims).
inline std::string yaml(const Spec& s, const std::string& extra = {}) {
  const auto list = [](const std::vector<std::string>& names) {
    std::string t;
    for (const auto& n : names) t += (t.empty() ? "" : ", ") + n;
    return "[" + t + "]";
  };
  const auto of = [&](int a) { return a == nobody ? std::string("open: true") : "of: " + s.actors[a].id; };
  std::string t =
      "entente: 1\nsituation: random\nas_of: 2025-01-01\nsources: {none: {title: made up}}\nsource: none\nactors:\n";
  for (const auto& a : s.actors)
    t += "  " + a.id + ": {name: " + a.id + ", gdp: " + number(a.gdp) + ", discount: " + number(a.discount) + "}\n";
  t += "markets:\n  gas:\n    year: " + std::to_string(s.year) +
       "\n    at: here\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n";
  for (const auto& p : s.producers)
    t += "      " + p.name + ": {" + of(p.of) + ", capacity: " + number(p.capacity) +
         ", cost: {first: " + number(p.first) + ", last: " + number(p.last) + "}}\n";
  t += "    consumers:\n";
  for (const auto& c : s.consumers) {
    t += "      " + c.name + ": {" + of(c.of) + ", demand: {quantity: " + number(c.quantity) +
         ", price: " + number(c.price) + ", elasticity: " + number(c.elasticity);
    if (c.linear) t += ", form: linear";
    if (c.choke > 0) t += ", choke: " + number(c.choke);
    t += "}}\n";
  }
  if (!s.hubs.empty()) t += "    hubs:\n";
  for (const auto& h : s.hubs) t += "      " + h + ": {}\n";
  t += "    links:\n";
  for (const auto& l : s.links) {
    t += "      " + l.name + ": {from: " + list(l.from) + ", to: " + l.to + ", capacity: " + number(l.capacity);
    std::vector<std::string> ids;
    for (const int a : l.consent) ids.push_back(s.actors[a].id);
    if (!ids.empty()) t += ", consent: " + list(ids);
    if (l.cost > 0) t += ", cost: " + number(l.cost);
    if (l.terms) t += ", terms: {price: " + number(l.terms_price) + ", volume: " + number(l.terms_volume) + "}";
    if (l.build) {
      t += ", build: {capex: " + number(l.capex) + ", life: " + number(l.life) + ", rate: " + number(l.rate);
      if (l.paid_by != nobody) t += ", paid-by: " + s.actors[l.paid_by].id;
      t += "}";
    }
    if (l.rent != nobody) t += ", rent: " + s.actors[l.rent].id;
    if (!l.transit.empty()) {
      std::string m;
      for (const auto& [a, c] : l.transit) m += (m.empty() ? "" : ", ") + s.actors[a].id + ": " + number(c);
      t += ", transit-cost: {" + m + "}";
    }
    t += "}\n";
  }
  std::vector<std::string> names;
  for (const int l : s.over) names.push_back(s.links[l].name);
  t += "questions:\n  q: {deal: gas, over: " + list(names);
  if (s.alternatives) t += ", alternatives: true";
  if (s.volume > 0) t += ", volume: " + number(s.volume) + " bcm/yr";
  if (s.patience) t += ", weights: patience";
  if (!s.weights.empty()) {
    std::string w;
    std::vector<bool> party(s.actors.size());
    for (const int l : s.over)
      for (const int a : s.links[l].consent) party[a] = true;
    for (std::size_t a = 0; a < s.actors.size(); ++a)
      if (party[a]) w += (w.empty() ? "" : ", ") + s.actors[a].id + ": " + number(s.weights[a]);
    t += ", weights: {" + w + "}";
  }
  if (!s.years.empty()) {
    std::vector<std::string> y;
    for (const int n : s.years) y.push_back(std::to_string(n));
    t += ", delay-years: " + list(y);
  }
  return t + "}\n" + extra;
}

}  // namespace deal_oracle
