#include <cmath>
#include <string>

#include "kernel/supply/state.hpp"

namespace entente::supply {
namespace {

std::unexpected<Error> fail(const char* what, std::size_t i, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::string(what) + " " + std::to_string(i)});
}

bool amount(double x) { return std::isfinite(x) && x >= 0; }

}  // namespace

Result<void> validate(const Chain& c) {
  if (c.origins.size() > most || c.routes.size() > most)
    return std::unexpected(Error{ErrorKind::too_large, "more than 64 origins or routes", "chain"});
  for (std::size_t i = 0; i < c.origins.size(); ++i) {
    const Origin& o = c.origins[i];
    if (!amount(o.capacity)) return fail("origin", i, "a capacity is finite and at least 0");
    if (!amount(o.cost) || !amount(o.rise)) return fail("origin", i, "cost and rise are finite and at least 0");
  }
  const Set all = c.origins.size() == most ? ~Set{0} : (Set{1} << c.origins.size()) - 1;
  for (std::size_t i = 0; i < c.routes.size(); ++i) {
    const Route& r = c.routes[i];
    if (r.carries & ~all) return fail("route", i, "a route carries an origin that is not there");
    if (!amount(r.capacity) || !amount(r.stretch)) return fail("route", i, "a capacity is finite and at least 0");
    if (!amount(r.mark_up) || !amount(r.dearer) || !amount(r.toll))
      return fail("route", i, "mark-up and toll are finite and at least 0");
    if (!(r.stopped >= 0 && r.stopped <= 1)) return fail("route", i, "the share stopped lies from 0 to 1");
  }
  const Demand& d = c.demand;
  if (!amount(d.quantity)) return fail("demand", 0, "a quantity is finite and at least 0");
  if (!std::isfinite(d.price) || !(d.price > 0)) return fail("demand", 0, "the reference price is finite and above 0");
  if (!std::isfinite(d.elasticity) || !(d.elasticity < 0))
    return fail("demand", 0, "demand slopes upwards: an elasticity is below 0");
  if (!std::isfinite(d.choke) || !(d.choke > 0))
    return fail("demand", 0, "the price above which nothing is bought is finite and above 0");
  return {};
}

}  // namespace entente::supply
