#include <cmath>
#include <string>

#include "entente/kernel/market.hpp"

namespace entente::market {
namespace {

std::unexpected<Error> fail(const char* what, std::size_t i, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::string(what) + " " + std::to_string(i)});
}

}  // namespace

Result<void> validate(const Network& n) {
  if (n.nodes > 100'000 || n.producers.size() > 100'000 || n.consumers.size() > 100'000 || n.links.size() > 1'000'000)
    return std::unexpected(Error{ErrorKind::too_large, "a network of more than 100,000 nodes or a million links"});
  const auto number = [](double x) { return std::isfinite(x); };
  const auto capacity = [](double x) { return x >= 0; };  // false for NaN
  for (std::size_t i = 0; i < n.producers.size(); ++i) {
    const Producer& p = n.producers[i];
    if (p.node >= n.nodes) return fail("producer", i, "a producer at a node that does not exist");
    if (!capacity(p.capacity)) return fail("producer", i, "a capacity is at least 0");
    if (!number(p.cost_first) || !number(p.cost_last)) return fail("producer", i, "a cost is a finite number");
    if (p.cost_last < p.cost_first) return fail("producer", i, "cost falls: the last unit is cheaper than the first");
    if (p.cost_last > p.cost_first && !number(p.capacity))
      return fail("producer", i, "rising cost needs a finite capacity");
  }
  for (std::size_t i = 0; i < n.consumers.size(); ++i) {
    const Consumer& c = n.consumers[i];
    if (c.node >= n.nodes) return fail("consumer", i, "a consumer at a node that does not exist");
    if (!(c.most >= 0)) return fail("consumer", i, "the largest quantity is at least 0");
    if (!number(c.a) || c.a < 0 || !number(c.b))
      return fail("consumer", i, "a demand curve is made of finite numbers, and its level is at least 0");
    if (c.form == Demand::linear) {
      if (c.b < 0) return fail("consumer", i, "demand slopes upwards");
      if (c.b == 0 && !number(c.most)) return fail("consumer", i, "demand without slope needs a largest quantity");
    } else {
      if (!(c.b < 0)) return fail("consumer", i, "demand slopes upwards: an elasticity is below 0");
      if (!number(c.p0) || !(c.p0 > 0)) return fail("consumer", i, "the reference price is above 0");
      if (!number(c.choke) || !(c.choke > 0))
        return fail("consumer", i, "constant elasticity needs a finite price above which nothing is bought");
    }
  }
  std::size_t options = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    const Link& l = n.links[i];
    if (l.from >= n.nodes || l.to >= n.nodes) return fail("link", i, "a link from or to a node that does not exist");
    if (l.from == l.to) return fail("link", i, "a link leads back to where it begins");
    if (!capacity(l.capacity)) return fail("link", i, "a capacity is at least 0");
    if (!number(l.cost)) return fail("link", i, "a link's cost is a finite number");
    if (!number(l.fixed) || l.fixed < 0) return fail("link", i, "a fixed cost is finite and at least 0");
    if (l.optional || l.fixed > 0) ++options;
  }
  if (options > 60) return std::unexpected(Error{ErrorKind::too_large, "more than 60 links that may be built"});
  return {};
}

}  // namespace entente::market
