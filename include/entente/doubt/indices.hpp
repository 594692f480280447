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

/// S = sum of v_(i) v_(i+1) / sum of v^2, v = y - mean(y) sorted by x. The n - 1 pairs are made n by counting the two
/// at the ends one and a half times. The paper closes the circle with the pair of the last and the first instead; where
/// y rises with x that pair is the most negative of all, and costs v_max^2 / n (a bias of 0.004 for a linear normal
/// model of 5,000 draws, as much as the standard error). Draws with y = NaN are left out. With at most 20 distinct
/// values of x: (SSB - (G - 1) MSW) / SST over its G groups. NaN when y is constant or fewer than 20 draws are left.
/// O(n).
[[nodiscard]] double first_order(const Order& order, std::span<const double> x, std::span<const double> y);

/// The index over all draws, and a 90 % interval from the ten replicate designs (draw k belongs to design k mod 10):
/// value
/// -+ t(9, 0.95) s / sqrt(10), s the spread of the ten single indices. A bootstrap is not used: resampled ties break
/// the ranks. NaN ends with fewer than 200 draws.
struct Index {
  double value = 0, low = 0, high = 0;
};
[[nodiscard]] Index first_order_interval(const Order& order, std::span<const double> x, std::span<const double> y);

/// What the index of an input that does nothing stays under with probability 1 - `chance`, over n draws. By ranks it is
/// the serial correlation of a shuffled series, normal of variance 1 / n (Wald, Wolfowitz 1943,
/// doi:10.1214/aoms/1177731358); with G groups (chi^2 of G - 1 degrees - (G - 1)) / n, that quantile by Wilson and
/// Hilferty (1931, doi:10.1073/pnas.17.12.684). For large n: with few draws of one kind the true bound lies higher.
[[nodiscard]] double idle_bound(const Order& order, std::size_t n, double chance);
/// The same of an indicator, exact by ranks however rare it is: the number of its runs is hypergeometric (Wald,
/// Wolfowitz 1940, doi:10.1214/aoms/1177731909). By groups as above. O(min(yes, no)).
[[nodiscard]] double idle_bound_of_indicator(const Order& order, std::size_t yes, std::size_t no, double chance);

/// Means of y along x: over `bins` parts of equal count, or, with at most 20 distinct values of x, over each value.
struct Bin {
  double from = 0, to = 0;  ///< lowest and highest x in it
  double mean = 0;          ///< of the defined y; NaN without any
};
[[nodiscard]] std::vector<Bin> curve(const Order& order, std::span<const double> x, std::span<const double> y,
                                     std::size_t bins);

}  // namespace entente::doubt
