// The judge. It sees a network and an answer, nothing of how the answer was found: capacities, balance at every node,
// and at every element the sign of its margin (stationarity with complementary slackness), relative to the scale of
// prices and quantities. Price curves are written out again here on purpose.
#include <algorithm>
#include <cmath>

#include "entente/kernel/market.hpp"

namespace entente::market {

double check(const Network& n, Mask members, std::uint64_t built, const Solution& s) {
  double price_scale = 1e-300, quantity_scale = 1e-300, worst = 0;
  for (const double p : s.price) price_scale = std::max(price_scale, std::abs(p));
  for (const Producer& p : n.producers)
    price_scale = std::max({price_scale, std::abs(p.cost_first), std::abs(p.cost_last)});
  for (const auto* list : {&s.produced, &s.consumed, &s.flow})
    for (const double q : *list) quantity_scale = std::max(quantity_scale, std::abs(q));
  const auto off = [&](double violation, double scale) {
    if (std::isnan(violation)) worst = std::numeric_limits<double>::infinity();
    else worst = std::max(worst, violation / scale);
  };
  // margin > 0: more would pay; it must be at its upper bound. margin < 0: less would pay; it must be at 0.
  const double slack = 1e-9 * quantity_scale;
  const auto judge = [&](double q, double most, double margin) {
    off(-q, quantity_scale);
    off(q - most, quantity_scale);
    if (q < most - slack) off(margin, price_scale);
    if (q > slack) off(-margin, price_scale);
  };
  const auto in = [&](Mask needs) { return (needs & ~members) == 0; };
  std::vector<double> balance(n.nodes, 0.0);
  for (std::size_t i = 0; i < n.producers.size(); ++i) {
    const Producer& p = n.producers[i];
    const double q = s.produced[i];
    balance[p.node] += q;
    if (!in(p.needs)) {
      off(std::abs(q), quantity_scale);
      continue;
    }
    const double part = p.capacity > 0 && std::isfinite(p.capacity) ? q / p.capacity : 0;
    judge(q, p.capacity, s.price[p.node] - (p.cost_first + (p.cost_last - p.cost_first) * part));
  }
  for (std::size_t i = 0; i < n.consumers.size(); ++i) {
    const Consumer& c = n.consumers[i];
    const double q = s.consumed[i];
    balance[c.node] -= q;
    if (!in(c.needs)) {
      off(std::abs(q), quantity_scale);
      continue;
    }
    if (c.form == Demand::linear) {
      judge(q, c.most, c.a - c.b * q - s.price[c.node]);
      continue;
    }
    if (c.a == 0) {
      off(std::abs(q), quantity_scale);
      continue;
    }
    const double willing = q > 0 ? std::min(c.choke, c.p0 * std::pow(q / c.a, 1.0 / c.b)) : c.choke;
    judge(q, c.most, willing - s.price[c.node]);
  }
  std::size_t option = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    const Link& l = n.links[i];
    const bool choice = l.optional || l.fixed > 0;
    const bool there = (!choice || (built >> option & 1u)) && in(l.needs);
    if (choice) ++option;
    balance[l.from] -= s.flow[i];
    balance[l.to] += s.flow[i];
    if (!there) off(std::abs(s.flow[i]), quantity_scale);
    else judge(s.flow[i], l.capacity, s.price[l.to] - s.price[l.from] - l.cost);
  }
  for (const double b : balance) off(std::abs(b), quantity_scale);
  return worst;
}

}  // namespace entente::market
