#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/special.hpp"
#include "entente/turn/search.hpp"

namespace entente::turn {

bool feasible(const Moves& m, const Package& p) {
  const auto has = [&](std::uint32_t lever) {
    return std::ranges::any_of(p, [&](std::uint32_t i) { return m.items[i].lever == lever; });
  };
  for (std::size_t i = 0; i < p.size(); ++i) {
    const std::uint32_t a = m.items[p[i]].lever;
    for (std::size_t j = 0; j < i; ++j) {
      const std::uint32_t b = m.items[p[j]].lever;
      if (a == b || m.excludes[a][b]) return false;
    }
    if (!std::ranges::all_of(m.needs[a], has)) return false;
  }
  return true;
}

Package carried(const Moves& m, const Package& p, std::size_t k) {
  Package out;
  for (const std::uint32_t i : p)
    if (const auto& w = m.works[m.items[i].lever]; w.empty() || w[k]) out.push_back(i);
  return needs_met(m, std::move(out));
}

Package needs_met(const Moves& m, Package out) {
  for (bool again = true; again;) {
    again = false;
    const auto has = [&](std::uint32_t lever) {
      return std::ranges::any_of(out, [&](std::uint32_t i) { return m.items[i].lever == lever; });
    };
    for (std::size_t i = 0; i < out.size() && !again; ++i)
      if (!std::ranges::all_of(m.needs[m.items[out[i]].lever], has)) {
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(i));
        again = true;
      }
  }
  return out;
}

double cost_of(const Moves& m, const Package& p, double q) {
  if (p.empty() || m.draws == 0) return 0;
  std::vector<double> sum(m.draws, 0.0);
  for (const std::uint32_t i : p)
    for (std::size_t k = 0; k < m.draws; ++k) sum[k] += m.items[i].cost[k];
  const double rank = std::ceil(q * static_cast<double>(m.draws) - 1e-9);
  const auto at = static_cast<std::ptrdiff_t>(std::clamp(rank, 1.0, static_cast<double>(m.draws))) - 1;
  std::ranges::nth_element(sum, sum.begin() + at);
  return sum[static_cast<std::size_t>(at)];
}

std::uint64_t needed(double chance, std::uint64_t n) noexcept {
  const double x = chance * static_cast<double>(n);
  return static_cast<std::uint64_t>(std::max(0.0, std::ceil(x - 1e-9 * (1 + x))));
}

Interval clopper_pearson(std::uint64_t hits, std::uint64_t n, double alpha) noexcept {
  Interval i;
  const auto h = static_cast<double>(hits), all = static_cast<double>(n);
  if (n == 0) return i;
  if (hits > 0) i.low = math::beta_quantile(h, all - h + 1, alpha / 2);
  if (hits < n) i.high = math::beta_quantile(h + 1, all - h, 1 - alpha / 2);
  return i;
}

double cost_bound(const Found& found, Judge& judge, std::size_t last, double chance, std::uint64_t draws,
                  double alpha) {
  const auto tests = static_cast<double>(last + 1);
  const auto excluded = [&](const Count& c) {  // what was not looked at may all hold
    return clopper_pearson(draws - c.misses, draws, 2 * alpha / tests).high < chance;
  };
  for (std::size_t i = 0; i <= last; ++i) {
    const Tried& t = found.tried[i];
    if (excluded(t.count)) continue;
    if (t.count.whole) return t.cost;
    const Count c = judge.count(t.package, draws);
    if (!c.whole || !excluded(c)) return t.cost;
  }
  return found.tried[last].cost;
}

std::vector<std::size_t> alternatives(const Moves& m, Found& found, Judge& judge, std::size_t first, std::uint64_t need,
                                      std::size_t most) {
  const auto levers = [&](const Package& p) {
    std::vector<std::uint32_t> out;
    for (const std::uint32_t i : p) out.push_back(m.items[i].lever);
    return out;
  };
  const auto different = [&](const Package& a, const Package& b) {
    const auto x = levers(a), y = levers(b);
    const auto both = static_cast<std::size_t>(
        std::ranges::count_if(x, [&](std::uint32_t l) { return std::ranges::find(y, l) != y.end(); }));
    return 2 * both <= std::min(x.size(), y.size());
  };
  std::vector<std::size_t> out{first};
  if (found.tried[first].package.empty()) return {};
  for (std::size_t i = first + 1; i < found.tried.size() && out.size() <= most; ++i) {
    Tried& t = found.tried[i];
    if (!std::ranges::all_of(out, [&](std::size_t j) { return different(t.package, found.tried[j].package); }))
      continue;
    if (!t.count.whole && t.count.misses + need > m.draws) continue;
    if (!t.count.whole) t.count = judge.count(t.package, m.draws - need);
    if (t.count.cancelled) break;
    if (!t.count.whole || t.count.hits < need) continue;
    bool idle = false;
    for (std::size_t k = 0; k < t.package.size() && !idle; ++k) {
      Package less = t.package;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(k));
      if (!feasible(m, less)) continue;
      const Count c = judge.count(less, m.draws - need);
      idle = c.whole && c.hits >= need;
    }
    if (!idle) out.push_back(i);
  }
  out.erase(out.begin());
  return out;
}

}  // namespace entente::turn
