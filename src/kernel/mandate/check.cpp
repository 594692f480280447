// The judge: every world listed. It shares nothing with evaluate(): sets admitted by one state are enumerated with
// their chances, the states' sets are intersected one state after the other, and equal sets put together.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "entente/base/elementary.hpp"
#include "entente/kernel/mandate.hpp"

namespace entente::mandate {
namespace {

using Worlds = std::map<std::uint32_t, double>;  // admitted set -> chance

Worlds admitted(const Consent& c, std::size_t n) {
  Worlds out;
  const std::size_t events = c.chance.size();
  const auto set_of = [&](std::uint64_t happened) {
    std::uint32_t set = 0;
    for (std::size_t i = 0; i < n; ++i)
      if (c.event[i] == agrees || (happened >> c.event[i] & 1u)) set |= 1u << i;
    return set;
  };
  // One disposition: U falls between two neighbouring chances.
  std::vector<double> cuts{0, 1};
  cuts.insert(cuts.end(), c.chance.begin(), c.chance.end());
  std::ranges::sort(cuts);
  for (std::size_t k = 1; k < cuts.size(); ++k) {
    if (cuts[k] == cuts[k - 1]) continue;
    std::uint64_t happened = 0;
    for (std::size_t e = 0; e < events; ++e)
      if (c.chance[e] >= cuts[k]) happened |= std::uint64_t{1} << e;
    out[set_of(happened)] += c.together * (cuts[k] - cuts[k - 1]);
  }
  if (c.together < 1)
    for (std::uint64_t happened = 0; happened < std::uint64_t{1} << events; ++happened) {
      double p = 1 - c.together;
      for (std::size_t e = 0; e < events; ++e) p *= (happened >> e & 1u) ? c.chance[e] : 1 - c.chance[e];
      out[set_of(happened)] += p;
    }
  return out;
}

Worlds all_but(const Force& f, std::size_t skip) {
  const std::size_t n = f.provides.size();
  Worlds worlds{{static_cast<std::uint32_t>((std::uint64_t{1} << n) - 1), 1.0}};
  for (std::size_t m = 0; m < f.consents.size(); ++m) {
    if (m == skip) continue;
    Worlds next;
    for (const auto& [a, p] : worlds)
      for (const auto& [b, q] : admitted(f.consents[m], n)) next[a & b] += p * q;
    worlds = std::move(next);
  }
  return worlds;
}

}  // namespace

double check(const Force& f, const Outcome& out, double limit) {
  const std::size_t n = f.provides.size();
  double cases = 0;
  for (const Consent& c : f.consents)
    cases +=
        math::ldexp(1.0, static_cast<int>(n)) * (c.together < 1 ? math::ldexp(1.0, static_cast<int>(c.chance.size()))
                                                                : static_cast<double>(c.chance.size()) + 1);
  if (cases * static_cast<double>(1 + out.relief.size()) > limit) return std::numeric_limits<double>::quiet_NaN();
  const auto sum = [&](std::uint32_t set) {
    double x = 0;
    for (std::size_t c = 0; c < n; ++c)
      if (set >> c & 1u) x += f.provides[c];
    return x;
  };
  const auto feasible = [&](const Worlds& worlds, std::uint32_t without) {
    double p = 0;
    for (const auto& [set, q] : worlds)
      if (sum(set & ~without) >= f.need) p += q;
    return p;
  };
  const Worlds worlds = all_but(f, f.consents.size());
  double worst = std::abs(feasible(worlds, 0) - out.feasible), expected = 0, scale = 0;
  for (std::size_t c = 0; c < n; ++c) {
    double joint = 0;
    for (const auto& [set, q] : worlds)
      if (set >> c & 1u) joint += q;
    expected += joint * f.provides[c];
    scale += f.provides[c];
    worst = std::max({worst, std::abs(joint - out.joint[c]), std::abs(feasible(worlds, 1u << c) - out.without[c])});
  }
  if (scale > 0) worst = std::max(worst, std::abs(expected - out.expected) / scale);
  for (std::size_t m = 0; m < out.relief.size(); ++m)
    worst = std::max(worst, std::abs(feasible(all_but(f, m), 0) - out.feasible - out.relief[m]));
  return worst;
}

}  // namespace entente::mandate
