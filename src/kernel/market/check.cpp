// The judge. It sees a network and an answer, nothing of how the answer was found: capacities, balance at every node,
// and at every element the sign of its margin (stationarity with complementary slackness). Price curves are written out
// again here on purpose.
//
// Scales are local, so that an error in a small corner of a large market counts: a quantity is held against the largest
// quantity at its node, a margin against the largest price, cost or level of a curve among the elements in use that
// trade with each other, and their neighbours. What the last bits of a quantity do to a margin on a steep curve are
// forgiven.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/market.hpp"

namespace entente::market {
namespace {

constexpr double at_bound = 1e-9;  // of the local quantity: closer to a bound than this is at it
constexpr double last_bits = 8 * 2.2e-16;

class Judge {
 public:
  Judge(const Network& n, Mask members, std::uint64_t built, const Solution& s)
      : n_(n), members_(members), s_(s), quantity_(n.nodes, 0.0), price_(n.nodes, 0.0), balance_(n.nodes, 0.0) {
    std::size_t option = 0;
    for (const Link& l : n_.links) {
      const bool choice = l.optional || l.fixed > 0;
      there_.push_back((!choice || (built >> option & 1u)) && in(l.needs));
      if (choice) ++option;
    }
  }

  double run() {
    if (s_.produced.size() != n_.producers.size() || s_.consumed.size() != n_.consumers.size() ||
        s_.flow.size() != n_.links.size() || s_.price.size() != n_.nodes)
      return std::numeric_limits<double>::infinity();
    scales();
    for (std::size_t i = 0; i < n_.producers.size(); ++i) producer(n_.producers[i], s_.produced[i]);
    for (std::size_t i = 0; i < n_.consumers.size(); ++i) consumer(n_.consumers[i], s_.consumed[i]);
    for (std::size_t i = 0; i < n_.links.size(); ++i) link(n_.links[i], s_.flow[i], there_[i]);
    for (std::uint32_t v = 0; v < n_.nodes; ++v) off(std::abs(balance_[v]), quantity_[v]);
    return worst_;
  }

 private:
  [[nodiscard]] bool in(Mask needs) const { return (needs & ~members_) == 0; }

  static double slope_of(const Producer& p) {
    return p.capacity > 0 && std::isfinite(p.capacity) ? (p.cost_last - p.cost_first) / p.capacity : 0;
  }

  void off(double violation, double scale) {
    if (std::isnan(violation)) worst_ = std::numeric_limits<double>::infinity();
    else if (violation > 0) worst_ = std::max(worst_, violation / scale);
  }

  void raise(std::uint32_t node, double q, double price) {
    quantity_[node] = std::max(quantity_[node], std::abs(q));
    price_[node] = std::max(price_[node], std::abs(price));
  }

  void scales() {
    for (std::uint32_t v = 0; v < n_.nodes; ++v) raise(v, 0, s_.price[v]);
    for (std::size_t i = 0; i < n_.producers.size(); ++i) {
      const Producer& p = n_.producers[i];
      const double q = s_.produced[i];
      raise(p.node, q, q == 0 ? 0 : std::max(std::abs(p.cost_first), slope_of(p) * q));
    }
    for (std::size_t i = 0; i < n_.consumers.size(); ++i) {
      const Consumer& c = n_.consumers[i];
      const double q = s_.consumed[i];
      raise(c.node, q, q == 0 || c.form != Demand::linear ? 0 : c.a);
    }
    for (std::size_t i = 0; i < n_.links.size(); ++i) {
      const Link& l = n_.links[i];
      const double used = s_.flow[i] == 0 ? 0.0 : l.cost;
      raise(l.from, s_.flow[i], used);
      raise(l.to, s_.flow[i], used);
    }
    // Prices along links in use follow from each other by addition, and so does their rounding.
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < n_.links.size(); ++i) {
        double &from = price_[n_.links[i].from], &to = price_[n_.links[i].to];
        if (s_.flow[i] == 0 || from == to) continue;
        from = to = std::max(from, to);
        changed = true;
      }
    }
    const std::vector<double> own = price_;
    for (std::size_t i = 0; i < n_.links.size(); ++i) {
      const Link& l = n_.links[i];
      if (!there_[i]) continue;
      const double size = std::max(own[l.from], own[l.to]);
      raise(l.from, 0, size);
      raise(l.to, 0, size);
    }
  }

  // margin > 0: more would pay, so it must be at its upper bound. margin < 0: less would pay, so it must be at 0.
  void judge(double q, double most, double margin, double steepness, double quantity, double price) {
    off(-q, quantity);
    off(q - most, quantity);
    const double forgiven = steepness * last_bits * quantity;
    if (q < most - at_bound * quantity) off(margin - forgiven, price);
    if (q > at_bound * quantity) off(-margin - forgiven, price);
  }

  void producer(const Producer& p, double q) {
    balance_[p.node] += q;
    if (!in(p.needs)) return off(std::abs(q), quantity_[p.node]);
    const double slope = slope_of(p);
    const double margin = s_.price[p.node] - (p.cost_first + slope * q);
    judge(q, p.capacity, margin, slope, quantity_[p.node], price_[p.node]);
  }

  void consumer(const Consumer& c, double q) {
    balance_[c.node] -= q;
    if (!in(c.needs)) return off(std::abs(q), quantity_[c.node]);
    double willing = c.a - c.b * q, slope = c.b;
    if (c.form == Demand::constant_elasticity) {
      if (c.a == 0) return off(std::abs(q), quantity_[c.node]);
      const double curve = q > 0 ? c.p0 * math::pow(q / c.a, 1.0 / c.b) : c.choke;
      willing = std::min(c.choke, curve);
      slope = curve < c.choke ? -curve / (c.b * q) : 0;
    }
    judge(q, c.most, willing - s_.price[c.node], slope, quantity_[c.node], price_[c.node]);
  }

  void link(const Link& l, double f, bool there) {
    balance_[l.from] -= f;
    balance_[l.to] += f;
    const double quantity = std::max(quantity_[l.from], quantity_[l.to]);
    if (!there) return off(std::abs(f), quantity);
    judge(f, l.capacity, s_.price[l.to] - s_.price[l.from] - l.cost, 0, quantity,
          std::max(price_[l.from], price_[l.to]));
  }

  const Network& n_;
  Mask members_;
  const Solution& s_;
  std::vector<double> quantity_, price_, balance_;
  std::vector<bool> there_;
  double worst_ = 0;
};

}  // namespace

double check(const Network& n, Mask members, std::uint64_t built, const Solution& s) {
  return Judge(n, members, built, s).run();
}

}  // namespace entente::market
