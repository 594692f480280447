// Random situations with one market and one deal, of many shapes, from a seed.
#pragma once
#include <algorithm>
#include <cmath>
#include <random>

#include "property/deal_spec.hpp"

namespace deal_oracle {

struct Dice {
  std::mt19937_64 engine;
  explicit Dice(std::uint64_t seed) : engine(seed * 0x9e3779b97f4a7c15u + 1) {}
  bool chance(double p) { return double(engine() >> 11) * 0x1p-53 < p; }
  /// Between a and b, to three places: what is written is what is read.
  double between(double a, double b) {
    return std::round((a + (b - a) * double(engine() >> 11) * 0x1p-53) * 1000) / 1000;
  }
  int pick(int n) { return int(engine() % std::uint64_t(n)); }
};

/// Seller 0, buyer 1, transit states 2 and 3, a stranger 4. Open supply reaches the buyer in most.
inline Spec random_spec(std::uint64_t seed) {
  Dice d(seed);
  Spec s;
  const bool years = d.chance(0.4);
  const auto yearly = [&](double x, double spread) -> Yearly {
    if (!years || !d.chance(0.5)) return {{0, x}};
    return {{2030, std::round(x * d.between(1 - spread, 1 + spread) * 1000) / 1000},
            {2040, std::round(x * d.between(1 - spread, 1 + spread) * 1000) / 1000}};
  };
  for (const char* name : {"SEL", "BUY", "TRA", "TRB", "OTH"})
    s.actors.push_back({name, yearly(d.between(50, 5000), 0.2), d.between(0.02, 0.2)});
  if (years) s.years = {2030, 2035, 2037, 2040};
  else s.years = {2035};
  const bool second_field = d.chance(0.4);
  const auto producer = [&](const char* name, int of, double cap, double lo, double hi) {
    const double first = d.between(lo, hi);
    s.producers.push_back({name, of, yearly(cap, 0.4), first, d.chance(0.4) ? first : first + d.between(1, 80)});
  };
  producer("Field", 0, d.between(10, 80), 10, 80);
  if (second_field) producer("Field2", 0, d.between(10, 80), 10, 100);
  const bool ships = d.chance(0.9), stranger = d.chance(0.5), own = d.chance(0.3), hub = d.chance(0.3);
  if (ships) producer("Ships", nobody, d.between(60, 400), 100, 300);
  if (stranger) producer("Stranger", 4, d.between(5, 60), 30, 250);
  if (own) producer("Own", 1, d.between(5, 60), 60, 300);
  if (hub) producer("Behind", d.chance(0.5) ? nobody : 2, d.between(10, 90), 60, 260);
  const auto consumer = [&](const char* name, int of, double q) {
    Consumer c{.name = name,
               .of = of,
               .linear = d.chance(0.4),
               .quantity = yearly(q, 0.3),
               .price = {{0, d.between(100, 300)}},
               .elasticity = -d.between(0.2, 1.6)};
    if (d.chance(0.02)) c.elasticity = -1;
    if (!c.linear && d.chance(0.3)) c.choke = std::round(c.price[0].second * d.between(1.2, 6) * 1000) / 1000;
    s.consumers.push_back(c);
  };
  const bool abroad = d.chance(0.6), town = d.chance(0.25);
  consumer("City", 1, d.between(50, 200));
  if (abroad) consumer("Abroad", d.chance(0.7) ? 4 : nobody, d.between(10, 120));
  if (town) consumer("Town", 1, d.between(10, 60));
  if (hub) s.hubs = {"Hub"};
  const auto link = [&](const char* name, std::vector<std::string> from, const char* to, std::vector<int> consent,
                        double cap) -> Link& {
    s.links.push_back({.name = name,
                       .from = std::move(from),
                       .to = to,
                       .consent = std::move(consent),
                       .capacity = yearly(cap, 0.3),
                       .cost = s.links.empty() && d.chance(0.5) ? 0 : d.between(0.1, 20)});
    return s.links.back();
  };
  const auto sale = [&](Link& l) {
    l.terms = true;
    l.terms_price = yearly(d.between(60, 320), 0.2);
    l.terms_volume = yearly(d.between(5, 90), 0.2);
  };
  const auto rent = [&](Link& l) {
    if (d.chance(0.25)) l.rent = d.pick(5);
  };
  if (ships) {
    std::vector<std::string> from{"Ships"};
    if (stranger && d.chance(0.4)) from.push_back("Stranger");
    rent(link("Tankers", std::move(from), "City", {}, d.chance(0.5) ? 500 : d.between(40, 200)));
    if (town) rent(link("Barges", {"Ships"}, "Town", {}, 300));
    if (d.chance(0.2)) sale(s.links[0]);
  }
  if (stranger) {
    Link& l = link("Old", {"Stranger"}, d.chance(0.7) || !abroad ? "City" : "Abroad", {4}, d.between(5, 60));
    if (d.chance(0.3)) l.transit = {{2, d.between(1, 20)}}, l.consent.push_back(2);
    if (d.chance(0.5)) sale(l);
    rent(l);
  }
  if (own) link("Home", {"Own"}, "City", {1}, d.between(5, 80));
  if (hub) {
    rent(link("In", {"Behind"}, "Hub", {}, d.between(10, 90)));
    rent(link("Out", {"Hub"}, "City", {}, d.between(10, 90)));
    if (abroad && d.chance(0.5)) link("OutWest", {"Hub"}, "Abroad", {}, d.between(10, 90));
  }
  if (abroad) {
    Link& l = link("West", {"Field"}, "Abroad", {0}, d.between(5, 90));
    if (d.chance(0.6)) sale(l);
    rent(l);
    if (ships && d.chance(0.7)) link("ShipsWest", {"Ships"}, "Abroad", {}, 300);
  }
  if (d.chance(0.3)) {
    Link& l = link("First", {second_field && d.chance(0.5) ? "Field2" : "Field"}, "City", {0, 1}, d.between(5, 40));
    if (d.chance(0.7)) sale(l);
  }
  if (d.chance(0.15)) {
    Link& l = link("Dream", {"Field"}, "City", {0, 1}, 50);  // not at stake, hence not built
    l.build = true, l.capex = {{0, 1}};
  }
  const int routes = 1 + d.pick(3);
  for (int i = 0; i < routes; ++i) {
    std::vector<int> consent{0, 1};
    if (d.chance(0.45)) consent.push_back(2);
    if (d.chance(0.3)) consent.push_back(3);
    if (d.chance(0.3)) std::ranges::reverse(consent);
    const char* names[] = {"PipeA", "PipeB", "PipeC"};
    Link& l = link(names[i], {second_field && d.chance(0.4) ? "Field2" : "Field"},
                   town && d.chance(0.2) ? "Town" : "City", consent, d.between(5, 60));
    for (const int a : consent)
      if (a > 1 && d.chance(0.7)) l.transit.push_back({a, d.between(0.5, 15)});
    if (d.chance(0.9)) {
      l.build = true;
      l.capex = yearly(d.between(0.5, 30), 0.3);
      l.life = d.between(10, 40);
      l.rate = d.between(0.01, 0.15);
      if (d.chance(0.4)) l.paid_by = consent[d.pick(int(consent.size()))];
    }
    s.over.push_back(int(s.links.size()) - 1);
  }
  if (d.chance(0.5)) std::shuffle(s.over.begin(), s.over.end(), d.engine);
  s.alternatives = d.chance(0.4);
  if ((s.alternatives || routes == 1) && d.chance(0.4)) s.volume = d.between(5, 60);
  if (d.chance(0.4)) s.patience = true;
  else if (d.chance(0.4))
    for (int i = 0; i < 5; ++i) s.weights.push_back(d.between(0.2, 5));
  return s;
}

}  // namespace deal_oracle
