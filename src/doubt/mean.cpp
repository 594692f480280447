#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <ranges>

#include "entente/base/elementary.hpp"
#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

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
  if (m.n == 0) return {undefined, undefined, undefined, 0};
  const auto n = static_cast<double>(m.n);
  m.value = all / n;
  double variance = 0;
  for (const double v : y)
    if (!std::isnan(v)) variance += (v - m.value) * (v - m.value);
  if (!(variance > 0)) {  // all the same: what was missed has a share under -ln(0.05) / n, nineteen times in twenty
    m.half = -math::log(0.05) / n;
    return m;
  }
  if (designs > 1 && std::all_of(count.begin(), count.begin() + static_cast<std::ptrdiff_t>(designs),
                                 [](std::size_t c) { return c >= 10; })) {
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
  return m;
}

}  // namespace entente::doubt
