#include "entente/doubt/indices.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace entente::doubt {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t few = 20, designs = 10;
constexpr double t9 = 1.8331129326536335;  // 95th percentile of Student's t with 9 degrees of freedom

// The sums of one index, filled by two walks along x: first the mean, then everything around it.
struct Sums {
  double sum = 0, mean = 0;
  std::size_t n = 0;
  double total = 0, neighbours = 0, between = 0, first = 0, last = 0, end = 0, group = 0, group_x = 0;
  std::size_t seen = 0, in_group = 0, groups = 0;

  void close() {
    if (in_group > 0) between += group * group / static_cast<double>(in_group), ++groups;
    group = 0;
    in_group = 0;
  }
  void add(double x, double y) {
    const double v = y - mean;
    total += v * v;
    if (seen > 0) {
      end = last * v;
      neighbours += end;
      if (seen == 1) first = end;
    }
    ++seen;
    last = v;
    if (in_group > 0 && x != group_x) close();
    group_x = x;
    group += v;
    ++in_group;
  }
  double index(bool ranks) {
    if (n < 20) return undefined;
    close();
    if (!(total > 1e-12 * (1 + mean * mean) * static_cast<double>(n))) return undefined;
    if (ranks) return (neighbours + 0.5 * (first + end)) / total;
    if (groups < 2 || groups >= n) return undefined;
    const double within = (total - between) / static_cast<double>(n - groups);
    return (between - static_cast<double>(groups - 1) * within) / total;
  }
};

// Over all draws, and over each design's own; two passes in the order of x.
struct Walked {
  Sums all;
  std::array<Sums, designs> design;
};
Walked walk(const Order& order, std::span<const double> x, std::span<const double> y, bool by_design) {
  Walked w;
  const auto count = [](Sums& s, double v) { s.sum += v, ++s.n; };
  const auto centre = [](Sums& s) { s.mean = s.n > 0 ? s.sum / static_cast<double>(s.n) : 0; };
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (std::isnan(y[i])) continue;
    count(w.all, y[i]);
    if (by_design) count(w.design[i % designs], y[i]);
  }
  centre(w.all);
  std::ranges::for_each(w.design, centre);
  for (const auto i : order.by_rank) {
    if (std::isnan(y[i])) continue;
    w.all.add(x[i], y[i]);
    if (by_design) w.design[i % designs].add(x[i], y[i]);
  }
  return w;
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
  return walk(order, x, y, false).all.index(order.distinct > few);
}

Index first_order_interval(const Order& order, std::span<const double> x, std::span<const double> y) {
  const bool ranks = order.distinct > few, enough = y.size() >= 20 * designs;
  Walked w = walk(order, x, y, enough);
  Index out{w.all.index(ranks), undefined, undefined};
  if (!enough || std::isnan(out.value)) return out;
  double sum = 0, squares = 0;
  for (Sums& d : w.design) {
    const double s = d.index(ranks);
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

std::vector<Bin> curve(const Order& order, std::span<const double> x, std::span<const double> y, std::size_t bins) {
  std::vector<Bin> out;
  const auto& rank = order.by_rank;
  const auto bin = [&](std::size_t from, std::size_t to) {
    if (from == to) return;
    double sum = 0;
    std::size_t n = 0;
    for (std::size_t r = from; r < to; ++r)
      if (!std::isnan(y[rank[r]])) sum += y[rank[r]], ++n;
    out.push_back({x[rank[from]], x[rank[to - 1]], n ? sum / static_cast<double>(n) : undefined});
  };
  if (order.distinct > few) {
    for (std::size_t b = 0; b < bins; ++b) bin(b * rank.size() / bins, (b + 1) * rank.size() / bins);
    return out;
  }
  std::size_t from = 0;
  for (std::size_t r = 1; r <= rank.size(); ++r)
    if (r == rank.size() || x[rank[r]] != x[rank[from]]) bin(from, r), from = r;
  return out;
}

}  // namespace entente::doubt
