// The core: empty or not, with the proof. Judges that share nothing with the solver.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {

Result<Core> core(std::span<const double> worth, const SolverOptions& options) {
  auto least = least_core(worth, options);
  if (!least) return std::unexpected(least.error());
  Core out{.empty = least->core_empty, .payoff = std::move(least->payoff), .epsilon = least->epsilon};
  if (!out.empty) return out;
  // Every player is covered with weight t > 0: divided by t the weights are balanced.
  double t = 0;
  for (std::size_t k = 0; k < least->coalitions.size(); ++k)
    if (least->coalitions[k] & 1u) t += least->weights[k];
  out.coalitions = std::move(least->coalitions);
  out.weights = std::move(least->weights);
  out.margin = -worth.back();
  for (std::size_t k = 0; k < out.coalitions.size(); ++k) {
    out.weights[k] /= t;
    out.margin += out.weights[k] * worth[out.coalitions[k]];
  }
  return out;
}

double imbalance(unsigned n, std::span<const Mask> coalitions, std::span<const double> weights) noexcept {
  double worst = 0;
  for (unsigned i = 0; i < n; ++i) {
    double sum = -1;
    for (std::size_t k = 0; k < coalitions.size() && k < weights.size(); ++k)
      if (coalitions[k] >> i & 1u) sum += weights[k];
    worst = std::max(worst, std::abs(sum));
  }
  return worst;
}

}  // namespace entente::coalition
