#include "entente/doubt/indices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace entente::doubt {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t few = 20, designs = 10;
constexpr double t9 = 1.8331129326536335;  // 95th percentile of Student's t with 9 degrees of freedom

// The index over the draws that `take` picks.
template <class Take>
double index(const Order& order, std::span<const double> x, std::span<const double> y, const Take& take) {
  std::size_t n = 0;
  double sum = 0;
  for (const auto i : order.by_rank)
    if (take(i) && !std::isnan(y[i])) ++n, sum += y[i];
  if (n < 20) return undefined;
  const double mean = sum / static_cast<double>(n);
  double total = 0, neighbours = 0, between = 0, first = 0, last = 0, group = 0, group_x = 0;
  std::size_t seen = 0, in_group = 0, groups = 0;
  const auto close = [&] {
    if (in_group > 0) between += group * group / static_cast<double>(in_group), ++groups;
    group = 0;
    in_group = 0;
  };
  for (const auto i : order.by_rank) {
    if (!take(i) || std::isnan(y[i])) continue;
    const double v = y[i] - mean;
    total += v * v;
    if (seen == 0) first = v;
    else neighbours += last * v;
    if (in_group > 0 && x[i] != group_x) close();
    group_x = x[i];
    group += v;
    ++in_group;
    last = v;
    ++seen;
  }
  close();
  neighbours += last * first;
  if (!(total > 1e-12 * (1 + mean * mean) * static_cast<double>(n))) return undefined;
  if (order.distinct > few) return neighbours / total;
  if (groups < 2 || groups >= n) return undefined;
  const double within = (total - between) / static_cast<double>(n - groups);
  return (between - static_cast<double>(groups - 1) * within) / total;
}

}  // namespace

Order order_of(std::span<const double> x) {
  Order o;
  std::vector<std::pair<double, std::uint32_t>> pairs(x.size());
  for (std::uint32_t i = 0; i < x.size(); ++i) pairs[i] = {x[i], i};
  std::ranges::sort(pairs);
  o.by_rank.resize(x.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    o.by_rank[i] = pairs[i].second;
    if (o.distinct <= few && (i == 0 || pairs[i].first != pairs[i - 1].first)) ++o.distinct;
  }
  return o;
}

double first_order(const Order& order, std::span<const double> x, std::span<const double> y) {
  return index(order, x, y, [](std::uint32_t) { return true; });
}

Index first_order_interval(const Order& order, std::span<const double> x, std::span<const double> y) {
  Index out{first_order(order, x, y), undefined, undefined};
  if (y.size() < 20 * designs || std::isnan(out.value)) return out;
  double sum = 0, squares = 0;
  for (std::size_t r = 0; r < designs; ++r) {
    const double s = index(order, x, y, [&](std::uint32_t i) { return i % designs == r; });
    if (std::isnan(s)) return out;
    sum += s;
    squares += s * s;
  }
  const double variance = std::max(0.0, (squares - sum * sum / designs) / (designs - 1));
  const double half = t9 * std::sqrt(variance / designs);
  out.low = out.value - half;
  out.high = out.value + half;
  return out;
}

std::vector<double> curve(const Order& order, std::span<const double> y, std::size_t bins) {
  std::vector<double> out;
  for (std::size_t b = 0; b < bins; ++b) {
    double sum = 0;
    std::size_t n = 0;
    for (std::size_t r = b * order.by_rank.size() / bins; r < (b + 1) * order.by_rank.size() / bins; ++r) {
      const double v = y[order.by_rank[r]];
      if (!std::isnan(v)) sum += v, ++n;
    }
    out.push_back(n ? sum / static_cast<double>(n) : undefined);
  }
  return out;
}

}  // namespace entente::doubt
