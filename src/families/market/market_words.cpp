#include "families/market/market_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/number/number.hpp"

namespace entente::ask {

double cut_of(const market::Consumer& c) { return c.form == market::Demand::linear ? c.a : c.choke; }

Supply supply_of(const market::Network& n, const market::Solution& s, std::size_t consumer) {
  const auto& c = n.consumers[consumer];
  // Who wants nothing, or takes a fixed quantity at any price up to the line, has no cut.
  if (!(c.a > 0) || !(c.most > 0) || (c.form == market::Demand::linear && !(c.b > 0))) return Supply::enough;
  const double cut = cut_of(c), price = s.price[c.node], slack = 1e-9 * cut;
  if (price < cut - slack) return Supply::enough;
  const double size = c.form == market::Demand::linear ? c.a / c.b : c.a;
  const bool none = s.consumed[consumer] <= 1e-9 * size;
  if (price <= cut + slack) return none ? Supply::nothing : Supply::little;
  // Above the cut he buys nothing. Where somebody else at the node buys, that is a market's price all the same.
  for (std::size_t i = 0; i < n.consumers.size(); ++i)
    if (n.consumers[i].node == c.node && s.consumed[i] > 1e-9 * size) return Supply::enough;
  return Supply::dear;
}

std::string cut_words(const situation::Consumer& c) {
  if (!c.by_point) return "where its demand line begins (`choke`)";
  if (c.linear) return "where its demand line begins";
  return std::string("where its demand curve is cut (`choke`") +
         (!c.choke.given() ? ": none is given, so ten times the price of its demand)" : ")");
}

Phrase supply_note(const situation::Market& m, const market::Network& n, const market::Solution& s,
                   std::size_t consumer) {
  const Supply supply = supply_of(n, s, consumer);
  if (supply == Supply::enough) return {};
  const auto& c = m.consumers[consumer];
  const auto priced = [&](double x) { return number::show(x, 3) + " " + m.price.text; };
  const std::string cut = priced(cut_of(n.consumers[consumer]));
  if (supply == Supply::dear)
    return say("nothing reaches {}: what could costs more than {}, {}; {} is no market's price", named(c.name), cut,
               cut_words(c), priced(s.price[n.consumers[consumer].node]));
  return say("{} reaches {}: {} is {}, not a market's price",
             supply == Supply::nothing
                 ? std::string("nothing")
                 : fmt::format("too little ({} {})", number::show(s.consumed[consumer], 3), m.quantity.text),
             named(c.name), cut, cut_words(c));
}

}  // namespace entente::ask
