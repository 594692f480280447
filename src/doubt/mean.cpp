#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranges>
#include <tuple>
#include <utility>

#include "entente/base/elementary.hpp"
#include "entente/base/special.hpp"
#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

namespace {

// Between which chances k of n plain draws lie, nine times in ten: with less or more so many or so few have a chance
// under 5 % (Clopper and Pearson 1934). k and n need not be whole.
std::pair<double, double> exact(double k, double n) {
  return {k > 0 ? math::beta_quantile(k, n - k + 1, 0.05) : 0, k < n ? math::beta_quantile(k + 1, n - k, 0.95) : 1};
}

// As many plain draws as each of these is worth, at least one: the variance of the designs' counts over the binomial
// one, plus a half, for ten counts tell their variance badly and tell it too small where they are small themselves.
double spread_of(std::span<const double> hits, std::span<const std::size_t> draws) {
  double sum = 0, squares = 0, all = 0;
  for (std::size_t r = 0; r < hits.size(); ++r) {
    sum += hits[r], squares += hits[r] * hits[r];
    all += static_cast<double>(draws[r]);
  }
  const auto k = static_cast<double>(hits.size());
  const double variance = std::max(0.0, (squares - sum * sum / k) / (k - 1)), plain = sum / k * (1 - sum / all);
  return plain > 0 ? std::min(1.0, variance / plain + 0.5) : 1;
}

}  // namespace

Mean mean_of(std::span<const double> y, std::size_t designs) {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  constexpr double t9 = 1.8331129326536335, z = 1.6448536269514722;  // 95th percentiles
  std::array<double, plan::replicates> sum{};
  std::array<std::size_t, plan::replicates> count{};
  Mean m;
  double all = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (std::isnan(y[i])) continue;
    all += y[i];
    ++m.n;
    if (designs > 0) sum[i % designs] += y[i], ++count[i % designs];
  }
  if (m.n == 0) return {undefined, undefined, undefined, undefined, undefined, 0};
  const auto n = static_cast<double>(m.n);
  m.value = all / n;
  double variance = 0;
  for (const double v : y)
    if (!std::isnan(v)) variance += (v - m.value) * (v - m.value);
  if (!(variance > 0)) {  // all the same: what was missed has a share under -ln(0.05) / n, nineteen times in twenty
    m.half = -math::log(0.05) / n;
    m.low = std::max(0.0, m.value - m.half), m.high = m.value + m.half;
    if (m.value == 1) m.high = 1;
    return m;
  }
  const bool designed = designs > 1 && std::all_of(count.begin(), count.begin() + static_cast<std::ptrdiff_t>(designs),
                                                   [](std::size_t c) { return c >= 10; });
  if (designed) {
    double s = 0, s2 = 0;
    for (std::size_t r = 0; r < designs; ++r) {
      const double v = sum[r] / static_cast<double>(count[r]);
      s += v;
      s2 += v * v;
    }
    const auto k = static_cast<double>(designs);
    m.error = std::sqrt(std::max(0.0, (s2 - s * s / k) / (k - 1)) / k);
    if (!(m.error > 0)) {  // the ten agree by accident; half a point in each is the least that they can tell
      const auto [low, high] = std::ranges::minmax(y | std::views::filter([](double v) { return !std::isnan(v); }));
      m.error = 0.5 * (high - low) / (n / k) / std::sqrt(k);
    }
    m.half = t9 * m.error;
  } else {
    m.error = m.n > 1 ? std::sqrt(variance / (n - 1) / n) : undefined;
    m.half = z * m.error;
  }
  m.low = m.value - m.half, m.high = m.value + m.half;
  std::uint64_t ones = 0, others = 0;
  for (const double v : y) ones += v == 1, others += v != 1 && v != 0 && !std::isnan(v);
  if (others > 0) return m;
  const std::uint64_t hits = std::min(ones, m.n - ones);
  if (hits < few_hits) {
    const double worth = designed ? spread_of(std::span(sum).first(designs), std::span(count).first(designs)) : 1;
    std::tie(m.low, m.high) = exact(static_cast<double>(ones) / worth, n / worth);
    m.half = std::max(m.high - m.value, m.value - m.low);
  }
  m.low = std::max(0.0, m.low), m.high = std::min(1.0, m.high);
  return m;
}

double quantile_of(std::span<const double> sorted, double u) {
  const double at = u * static_cast<double>(sorted.size() - 1);
  const auto k = static_cast<std::size_t>(at);
  const double a = sorted[k], b = sorted[std::min(k + 1, sorted.size() - 1)], part = at - static_cast<double>(k);
  return a == b || part == 0 || std::isinf(a) ? a : a + part * (b - a);
}

}  // namespace entente::doubt
