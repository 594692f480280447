#include <algorithm>
#include <cmath>

#include "entente/kernel/trade_pressure.hpp"

namespace entente::trade {

Result<void> rebase(const World& w, const Shock& shock, const Solution& s, World& out) {
  if (s.status != Status::solved || s.wage.size() != w.countries || s.price.size() != w.places() ||
      s.flow.size() != w.cells())
    return std::unexpected(
        Error{ErrorKind::invalid, "a solved solution with flows is needed for a new base", "solution"});
  std::copy(s.expenditure.begin(), s.expenditure.end(), out.expenditure.begin());
  std::copy(s.deficit.begin(), s.deficit.end(), out.deficit.begin());
  const auto& tariff = shock.tariff.empty() ? w.tariff : shock.tariff;
  std::copy(tariff.begin(), tariff.end(), out.tariff.begin());
  std::copy(w.theta.begin(), w.theta.end(), out.theta.begin());
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
  return {};
}

Result<World> rebase(const World& w, const Shock& shock, const Solution& s) {
  World out = w;
  if (const auto done = rebase(w, shock, s, out); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace entente::trade
