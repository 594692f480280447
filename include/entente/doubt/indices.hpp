// First-order sensitivity indices from given draws: by ranks (Gamboa, Gremaud, Klein, Lagnoux 2022,
// doi:10.3150/21-BEJ1421), for inputs of few values by conditional means.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente::doubt {

/// Draws sorted by one input, made once and used for every output. Ties by index. O(n log n).
struct Order {
  std::vector<std::uint32_t> by_rank;
  std::size_t distinct = 0;  ///< number of distinct values, counted up to 21
};
[[nodiscard]] Order order_of(std::span<const double> x);

/// S = (mean of y_(i) y_(i+1) - mean(y)^2) / var(y), y sorted by x, the last followed by the first. Draws with y = NaN
/// are left out. With at most 20 distinct values of x: (SSB - (G - 1) MSW) / SST over its G groups. NaN when y is
/// constant or fewer than 20 draws are left. O(n).
[[nodiscard]] double first_order(const Order& order, std::span<const double> x, std::span<const double> y);

/// The index over all draws, and a 90 % interval from the ten replicate designs (draw k belongs to design k mod 10):
/// value
/// -+ t(9, 0.95) s / sqrt(10), s the spread of the ten single indices. A bootstrap is not used: resampled ties break
/// the ranks. NaN ends with fewer than 200 draws.
struct Index {
  double value = 0, low = 0, high = 0;
};
[[nodiscard]] Index first_order_interval(const Order& order, std::span<const double> x, std::span<const double> y);

/// Means of y in `bins` bins of equal count along x; NaN where a bin has no defined draw.
[[nodiscard]] std::vector<double> curve(const Order& order, std::span<const double> y, std::size_t bins);

}  // namespace entente::doubt
