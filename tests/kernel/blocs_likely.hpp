// The distribution over partitions by its definition: every partition, its energy, its weight, in long double.
#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

#include "entente/base/random.hpp"
#include "entente/kernel/blocs_distribution.hpp"

namespace entente::tests::likely {

namespace kernel = entente::blocs;

struct Dice {
  std::uint64_t seed, at = 0;
  double real() { return uniform(seed, 11, at++); }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(real() * n); }
  bool chance(double p) { return real() < p; }
};

/// Ties in log odds, most between -most and most, a share of the pairs untied; with sizes where asked.
inline kernel::Graph game(Dice& d, std::uint32_t actors, double most, double density, bool sizes = false) {
  kernel::Graph g{actors, {}, {}};
  for (kernel::Actor b = 1; b < actors; ++b)
    for (kernel::Actor a = 0; a < b; ++a)
      if (d.chance(density)) g.ties.push_back({a, b, most * (2 * d.real() - 1)});
  for (std::uint32_t i = 0; sizes && i < actors; ++i) g.size.push_back(0.2 + 2 * d.real());
  return g;
}

struct Truth {
  long double z = 0, least = 0, log_partition = 0, energy = 0, entropy = 0;
  std::vector<long double> together, apart, gradient;
  std::uint64_t partitions = 0;
};

template <class Visit>
void each_partition(std::uint32_t actors, std::uint32_t most, std::vector<std::uint32_t>& label, std::uint32_t used,
                    Visit& visit) {
  if (label.size() == actors) return visit(label, used);
  for (std::uint32_t b = 0; b < std::min(used + 1, most); ++b) {
    label.push_back(b);
    each_partition(actors, most, label, std::max(used, b + 1), visit);
    label.pop_back();
  }
}

inline Truth by_definition(const kernel::Graph& g, const kernel::Setting& s,
                           const std::vector<kernel::Condition>& conditions, double temperature, double exponent,
                           bool gradient) {
  const std::size_t pairs = std::size_t{g.actors} * (g.actors - 1) / 2, ties = g.ties.size();
  std::vector<long double> factor(ties, 1), weight, energy;
  for (std::size_t t = 0; t < ties; ++t)
    if (!g.size.empty())
      factor[t] = std::pow(static_cast<long double>(g.size[g.ties[t].a]) * g.size[g.ties[t].b],
                           static_cast<long double>(exponent));
  std::vector<std::vector<std::uint32_t>> kept;
  const auto visit = [&](const std::vector<std::uint32_t>& label, std::uint32_t used) {
    if (s.number == kernel::Number::exactly && used != s.k) return;
    for (const auto& c : conditions)
      if ((label[c.a] == label[c.b]) != c.together) return;
    long double e = 0;
    for (std::size_t t = 0; t < ties; ++t)
      if (label[g.ties[t].a] != label[g.ties[t].b]) e += factor[t] * g.ties[t].weight;
    energy.push_back(e);
    kept.push_back(label);
  };
  std::vector<std::uint32_t> label;
  each_partition(g.actors,
                 s.number == kernel::Number::two    ? 2
                 : s.number == kernel::Number::free ? g.actors
                                                    : s.k,
                 label, 0, visit);
  Truth out;
  out.partitions = kept.size();
  if (kept.empty()) return out;
  out.least = energy[0];
  for (const auto e : energy) out.least = std::min(out.least, e);
  out.together.assign(pairs, 0);
  out.apart.assign(pairs, 0);
  std::vector<long double> joint(gradient ? pairs * ties : 0, 0);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const long double p = std::exp((out.least - energy[i]) / temperature);
    const auto& l = kept[i];
    out.z += p;
    out.energy += p * energy[i];
    for (kernel::Actor b = 1; b < g.actors; ++b)
      for (kernel::Actor a = 0; a < b; ++a) {
        const std::size_t q = kernel::pair(a, b);
        (l[a] == l[b] ? out.together : out.apart)[q] += p;
        if (l[a] != l[b]) continue;
        for (std::size_t t = 0; gradient && t < ties; ++t)
          if (l[g.ties[t].a] == l[g.ties[t].b]) joint[q * ties + t] += p;
      }
  }
  out.energy /= out.z;
  out.log_partition = std::log(out.z) - out.least / temperature;
  out.entropy = out.log_partition + out.energy / temperature;
  for (std::size_t q = 0; q < pairs; ++q) out.together[q] /= out.z, out.apart[q] /= out.z;
  for (std::size_t q = 0; gradient && q < pairs; ++q)
    for (std::size_t t = 0; t < ties; ++t)
      out.gradient.push_back(
          factor[t] / temperature *
          (joint[q * ties + t] / out.z - out.together[q] * out.together[kernel::pair(g.ties[t].a, g.ties[t].b)]));
  return out;
}

/// The largest difference between what the kernel says and the definition.
inline long double distance(const kernel::Distribution& d, const Truth& t) {
  long double worst = std::max(std::abs(d.log_partition - t.log_partition), std::abs(d.entropy - t.entropy));
  worst = std::max(worst, std::abs(d.energy - t.energy));
  for (std::size_t q = 0; q < t.together.size(); ++q)
    worst = std::max({worst, std::abs(d.together[q] - t.together[q]), std::abs(d.apart[q] - t.apart[q])});
  for (std::size_t i = 0; i < t.gradient.size(); ++i) worst = std::max(worst, std::abs(d.gradient[i] - t.gradient[i]));
  return worst;
}

}  // namespace entente::tests::likely
