#include <algorithm>
#include <cmath>

#include "entente/kernel/trade.hpp"

namespace entente::trade {

double normalise(World& w) {
  double most = 0;
  const auto scale = [&](double sum, double whole, auto&& each) {
    if (!(sum > 0) || sum == whole) return;
    most = std::max(most, std::abs(sum - whole));
    each(whole / sum);
  };
  for (std::size_t row = 0; row < w.cells(); row += w.countries) {
    double sum = 0;
    for (std::size_t i = 0; i < w.countries; ++i) sum += w.share[row + i];
    scale(sum, 1, [&](double f) {
      for (std::size_t i = 0; i < w.countries; ++i) w.share[row + i] *= f;
    });
  }
  double world = 0, deficits = 0;
  for (std::size_t n = 0; n < w.countries; ++n) {
    double sum = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) sum += w.final_share[w.place(n, j)];
    scale(sum, 1, [&](double f) {
      for (std::size_t j = 0; j < w.sectors; ++j) w.final_share[w.place(n, j)] *= f;
    });
    for (std::size_t j = 0; j < w.sectors; ++j) {
      double inputs = 0;
      for (std::size_t k = 0; k < w.sectors; ++k) inputs += w.input[w.io(n, k, j)];
      scale(inputs, 1 - w.value_added_share[w.place(n, j)], [&](double f) {
        for (std::size_t k = 0; k < w.sectors; ++k) w.input[w.io(n, k, j)] *= f;
      });
    }
    world += w.value_added[n];
    deficits += w.deficit[n];
  }
  for (std::size_t n = 0; n < w.countries; ++n) w.deficit[n] -= deficits * (w.value_added[n] / world);
  return std::max(most, std::abs(deficits) / world);
}

}  // namespace entente::trade
