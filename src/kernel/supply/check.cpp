// The judge. The flows of the whole network go to the market kernel's own judge, which knows nothing of how they were
// found; then what is told (sums by origin and by route, costs, price) is held against the chain's own numbers, written
// out again.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "kernel/supply/state.hpp"

namespace entente::supply {

double check(const Chain& c, Out out, double at_most, Workspace& workspace, const Delivery& d) {
  constexpr double wrong = std::numeric_limits<double>::infinity();
  if (d.made.size() != c.origins.size() || d.shipped.size() != c.routes.size()) return wrong;
  Workspace::Body& w = workspace.body();
  build(c, out, at_most, w);
  if (!market::solve(w.network, 0, 0, w.market, w.solution)) return wrong;
  double worst = market::check(w.network, 0, 0, w.solution);
  const double q = d.quantity, size = std::max(q, 1e-300);
  const auto off = [&](double violation, double scale) {
    if (std::isnan(violation)) worst = wrong;
    else worst = std::max(worst, violation / scale);
  };
  off(std::abs(q - w.solution.consumed[0]), size);
  double made = 0, shipped = 0, making = 0, bringing = 0;
  for (std::size_t i = 0; i < d.made.size(); ++i) {
    const Origin& o = c.origins[i];
    const double capacity = in(out.origins, i) ? 0 : o.capacity;
    off(-d.made[i], size);
    off(d.made[i] - capacity, size);
    made += d.made[i];
    making += o.cost * d.made[i];
    if (o.capacity > 0) making += 0.5 * o.rise / o.capacity * d.made[i] * d.made[i];
  }
  for (std::size_t i = 0; i < d.shipped.size(); ++i) {
    const Route& r = c.routes[i];
    const double passes = in(out.routes, i) ? 0 : 1 - r.stopped;
    off(-d.shipped[i], size);
    off(d.shipped[i] - passes * (r.capacity + r.stretch), size);
    shipped += d.shipped[i];
    bringing += (r.mark_up + r.toll) * d.shipped[i] + r.dearer * std::max(0.0, d.shipped[i] - passes * r.capacity);
  }
  off(std::abs(made - q), size);
  off(std::abs(shipped - q), size);
  if (!(q > 0)) return worst;
  const double money = d.price * q;
  off(std::abs(making - d.making), money);
  off(std::abs(bringing - d.bringing), money);
  off(making + bringing - money, money);  // nobody sells below cost
  const double choke = std::min(c.demand.choke, at_most);
  off(d.price - choke, choke);
  // On the curve below the choke price, at most there at it.
  const double wanted = c.demand.quantity * math::pow(d.price / c.demand.price, c.demand.elasticity);
  off(q - wanted, size);
  if (d.price < choke * (1 - 1e-9)) off(wanted - q, size);
  return worst;
}

}  // namespace entente::supply
