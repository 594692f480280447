// What chance makes of the index of a number that does nothing. With a hundred numbers tried, the best of a hundred
// idle ones is looked at: the chance is divided by their count (Bonferroni).
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/doubt/indices.hpp"
#include "number/normal.hpp"

namespace entente::doubt {

namespace {

constexpr std::size_t few = 20;  // as in indices.cpp: up to so many values an index is that of groups

}  // namespace

double idle_bound(const Order& order, std::size_t n, double chance) {
  const double z = number::normal_quantile(1 - chance), draws = static_cast<double>(n);
  if (order.distinct > few) return z / std::sqrt(draws);
  const double k = static_cast<double>(std::max<std::size_t>(order.distinct, 2) - 1), c = 2 / (9 * k);
  const double root = 1 - c + z * std::sqrt(c);
  return (k * root * root * root - k) / draws;
}

double idle_bound_of_indicator(const Order& order, std::size_t yes, std::size_t no, double chance) {
  const std::size_t ones = std::min(yes, no), zeros = std::max(yes, no), n = ones + zeros;
  if (order.distinct <= few || ones == 0) return idle_bound(order, n, chance);
  // P(r + 1 runs) / P(r runs), from P(1) = (zeros + 1) / C(n, ones); in logarithms, since P(1) may be 1e-3000.
  double log_p = math::log1p(static_cast<double>(zeros));
  for (std::size_t i = 1; i <= ones; ++i) log_p -= math::log(static_cast<double>(zeros + i) / static_cast<double>(i));
  double below = math::exp(log_p);
  std::size_t runs = 1;
  while (below <= chance && runs < ones) {
    const auto r = static_cast<double>(runs);
    log_p += math::log((static_cast<double>(ones) - r) / r * (static_cast<double>(zeros) + 1 - r) / (r + 1));
    below += math::exp(log_p);
    ++runs;
  }
  // Of `runs` runs or more the index is at most this: neighbours that are both 1 are ones - runs.
  const double p = static_cast<double>(ones) / static_cast<double>(n), both = static_cast<double>(ones - runs);
  return (both - static_cast<double>(ones) * p) / (static_cast<double>(ones) * (1 - p));
}

}  // namespace entente::doubt
