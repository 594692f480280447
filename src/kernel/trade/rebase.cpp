#include <cmath>

#include "entente/kernel/trade.hpp"

namespace entente::trade {

Result<World> rebase(const World& w, const Shock& shock, const Solution& s) {
  if (s.status != Status::solved || s.wage.size() != w.countries || s.price.size() != w.places() ||
      s.flow.size() != w.cells())
    return std::unexpected(
        Error{ErrorKind::invalid, "a solved solution with flows is needed for a new base", "solution"});
  World out = w;
  out.expenditure = s.expenditure;
  out.deficit = s.deficit;
  if (!shock.tariff.empty()) out.tariff = shock.tariff;
  for (std::size_t n = 0; n < w.countries; ++n) out.value_added[n] = w.value_added[n] * s.wage[n];
  for (std::size_t row = 0, r = 0; row < w.cells(); row += w.countries, ++r) {
    double sum = 0;
    for (std::size_t c = row; c < row + w.countries; ++c) {
      out.share[c] = s.flow[c] * (1 + out.tariff[c]);
      sum += out.share[c];
    }
    for (std::size_t c = row; c < row + w.countries; ++c) {
      if (sum > 0) out.share[c] /= sum;
      else if (shock.cost.empty()) out.share[c] = w.share[c];  // nothing is bought: the shares stay
    }
  }
  return out;
}

}  // namespace entente::trade
