#include <cmath>

#include "entente/kernel/balance.hpp"

namespace entente::balance {

double divergence_effect(const Dynamics& d, std::size_t k, std::size_t l) noexcept {
  const double change = (k == l ? 1 : 2) * d.vectors[k] * d.vectors[l];
  return -change * d.divergence * d.divergence;
}

Result<void> effects_of(const Dynamics& d, const State& s, std::size_t k, std::size_t l, Clock clock,
                        std::span<double> effect) {
  const std::size_t n = d.actors;
  if (k >= n || l >= n) return std::unexpected(Error{ErrorKind::invalid, "there is no such actor", "tie"});
  if (s.x.size() != n * n || effect.size() != n * n)
    return std::unexpected(Error{ErrorKind::invalid, "the state or the room for effects is of another size", "state"});
  if (clock == Clock::share && d.multiplicity != 1)
    return std::unexpected(
        Error{ErrorKind::invalid, "the time to divergence has no derivative: its eigenvalue is not single", "clock"});
  const double share = std::isinf(d.divergence) ? 0 : s.time / d.divergence;
  const double later = clock == Clock::share ? share * divergence_effect(d, k, l) : 0;
  const double *rk = s.resolvent.data() + k * n, *rl = s.resolvent.data() + l * n;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double both = k == l ? rk[i] * rk[j] : rk[i] * rl[j] + rl[i] * rk[j];
      effect[i * n + j] = both + later * s.velocity[i * n + j];
    }
  return {};
}

}  // namespace entente::balance
