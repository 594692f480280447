// --given: the draws in which conditions hold, weighted by the part of each draw in which they do.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/doubt/drawn.hpp"
#include "entente/learn/learn.hpp"

namespace entente::learn {

Result<Given> given(const plan::Plan& plan, const doubt::Draws& d) {
  const std::size_t own = plan.situation().claims.size();
  std::vector<double> weights(d.size(), 1.0);
  const std::vector<double> even = weights;
  for (std::size_t c = own; c < plan.claims().size(); ++c) {
    const auto held = doubt::held(plan, d, c, 0);
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= held[i];
  }
  Given out{.effective = effective_size(weights), .draws = d.size()};
  const auto m = doubt::mean_of(weights, d.designs());
  out.chance = m.value, out.from = std::max(0.0, m.low), out.to = std::min(1.0, m.high);
  const auto n = static_cast<double>(d.size());
  if (out.effective == 0)
    return std::unexpected(
        Error{ErrorKind::invalid, "what is given holds in none of " + std::to_string(d.size()) + " draws"});
  if (out.effective < enough)
    out.ask_for = plan::Sampling::whole(static_cast<std::uint64_t>(std::ceil(1.1 * n * enough / out.effective)));
  if (out.effective < least)
    return std::unexpected(Error{ErrorKind::invalid,
                                 "what is given holds in so few draws (worth " +
                                     std::to_string(static_cast<int>(std::floor(out.effective))) + " of " +
                                     std::to_string(d.size()) + ") that no share of them says anything",
                                 "--draws " + std::to_string(out.ask_for)});
  for (std::uint32_t c = 0; c < own; ++c)
    out.claims.push_back({c, belief(plan, d, c, even), belief(plan, d, c, weights)});
  const auto shown = doubt::told_of(plan);
  for (std::uint32_t q = 0; q < shown.size(); ++q)
    if (shown[q]) out.quantities.push_back({q, range(d.quantity[q], even), range(d.quantity[q], weights)});
  return out;
}

}  // namespace entente::learn
