// Judges a distribution without knowing how it was found: small ones by looking at every partition of the actors, one
// label after another, conditions and sizes read as they are written.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/kernel/blocs_distribution.hpp"

namespace entente::blocs {
namespace {

double of_one(void (*function)(std::span<double>) noexcept, double x) {
  std::array<double, 1> one{x};
  function(one);
  return one[0];
}

/// Every partition that is allowed, as labels by actor.
class Partitions {
 public:
  Partitions(const Graph& g, const Setting& s, std::span<const Condition> conditions)
      : n_(g.actors), cond_(conditions) {
    least_ = s.number == Number::exactly ? s.k : 1;
    most_ = s.number == Number::two ? 2 : s.number == Number::free ? n_ : s.k;
  }
  template <class Visit>
  void each(Visit visit) {
    label_.assign(n_, 0);
    place(0, 0, visit);
  }

 private:
  template <class Visit>
  void place(std::uint32_t v, std::uint32_t used, Visit& visit) {
    if (v == n_) {
      if (used >= least_) visit(std::span<const std::uint32_t>(label_));
      return;
    }
    for (std::uint32_t b = 0; b < std::min(used + 1, most_); ++b) {
      label_[v] = b;
      const bool meets = std::ranges::all_of(cond_, [&](const Condition& c) {
        return std::max(c.a, c.b) != v || (label_[c.a] == label_[c.b]) == c.together;
      });
      if (meets) place(v + 1, std::max(used, b + 1), visit);
    }
  }
  std::uint32_t n_, least_, most_;
  std::span<const Condition> cond_;
  std::vector<std::uint32_t> label_;
};

std::string at(const char* what, std::size_t i, double is, double should) {
  return what + (" " + std::to_string(i)) + ": " + std::to_string(is) + ", found again " + std::to_string(should);
}

/// By enumeration. Empty: all agrees.
std::string repeated(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                     const DistributionOptions& o, const Distribution& d) {
  std::vector<double> pull(g.ties.size());
  for (std::size_t t = 0; t < pull.size(); ++t) {
    pull[t] = 1;
    if (!g.size.empty() && o.size_exponent != 0)
      for (const Actor who : {g.ties[t].a, g.ties[t].b})
        pull[t] *= of_one(exponentials, o.size_exponent * of_one(logarithms, g.size[who]));
  }
  const auto energy = [&](std::span<const std::uint32_t> label) {
    double e = 0;
    for (std::size_t t = 0; t < pull.size(); ++t)
      if (label[g.ties[t].a] != label[g.ties[t].b]) e += pull[t] * g.ties[t].weight;
    return e;
  };
  Partitions partitions(g, setting, conditions);
  double least = std::numeric_limits<double>::infinity();
  partitions.each([&](auto label) { least = std::min(least, energy(label)); });
  if (std::isfinite(least) != d.feasible) return "feasible or not";
  if (!d.feasible) return {};
  const std::size_t pairs = d.together.size(), ties = g.ties.size();
  const bool gradient = !d.gradient.empty() && g.actors <= 10;
  double z = 0, mean = 0;
  std::vector<double> together(pairs, 0.0), joint(gradient ? pairs * ties : 0, 0.0);
  partitions.each([&](auto label) {
    const double e = energy(label), p = of_one(exponentials, (least - e) / o.temperature);
    z += p;
    mean += p * (e - least);
    for (Actor b = 1; b < g.actors; ++b)
      for (Actor a = 0; a < b; ++a) {
        if (label[a] != label[b]) continue;
        together[pair(a, b)] += p;
        for (std::size_t t = 0; gradient && t < ties; ++t)
          if (label[g.ties[t].a] == label[g.ties[t].b]) joint[pair(a, b) * ties + t] += p;
      }
  });
  const auto off = [&](double is, double should, double error, double scale) {
    return !(std::abs(is - should) <= std::max(1e-9 * scale, d.exact ? 0 : 6 * error));
  };
  const double log_z = of_one(logarithms, z) - least / o.temperature;
  mean = least + mean / z;
  const double size = 1 + std::abs(log_z);
  if (off(d.log_partition, log_z, d.log_partition_error, size)) return at("log partition", 0, d.log_partition, log_z);
  if (off(d.energy, mean, d.energy_error, 1 + std::abs(mean))) return at("energy", 0, d.energy, mean);
  if (off(d.entropy, log_z + mean / o.temperature, d.entropy_error, size))
    return at("entropy", 0, d.entropy, log_z + mean / o.temperature);
  for (std::size_t p = 0; p < pairs; ++p) {
    const double error = d.exact ? 0 : d.error[p];
    if (off(d.together[p], together[p] / z, error, 1)) return at("pair", p, d.together[p], together[p] / z);
    for (std::size_t t = 0; gradient && t < ties; ++t) {
      const double of_tie = together[pair(g.ties[t].a, g.ties[t].b)] / z;
      const double slope = pull[t] / o.temperature * (joint[p * ties + t] / z - together[p] / z * of_tie);
      if (off(d.gradient[p * ties + t], slope, 0, 1 + pull[t] / o.temperature))
        return at("gradient", p * ties + t, d.gradient[p * ties + t], slope);
    }
  }
  return {};
}

/// What holds of every distribution over partitions.
std::string possible(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                     const DistributionOptions& o, const Distribution& d) {
  const double noise = 1e-9;
  for (std::size_t p = 0; p < d.together.size(); ++p) {
    if (!(d.together[p] >= 0) || !(d.apart[p] >= 0)) return at("pair", p, d.together[p], 0);
    if (!(std::abs(d.together[p] + d.apart[p] - 1) <= noise)) return at("pair", p, d.together[p], 1 - d.apart[p]);
  }
  for (const Condition& c : conditions)
    if (d.together[pair(c.a, c.b)] != (c.together ? 1 : 0)) return at("condition", pair(c.a, c.b), 0, 1);
  // Of three actors: if two pairs are together, so is the third; on two sides some pair of them is.
  const bool sides = setting.number == Number::two || (setting.number != Number::free && setting.k == 2);
  for (Actor c = 2; c < g.actors; ++c)
    for (Actor b = 1; b < c; ++b)
      for (Actor a = 0; a < b; ++a) {
        const double ab = d.together[pair(a, b)], bc = d.together[pair(b, c)], ac = d.together[pair(a, c)];
        if (std::max({ab + bc - ac, ab + ac - bc, bc + ac - ab}) > 1 + noise || (sides && ab + bc + ac < 1 - noise))
          return at("three actors, the first", a, ab, 0);
      }
  const double entropy = d.log_partition + d.energy / o.temperature;
  if (!(d.entropy >= 0)) return at("entropy", 0, d.entropy, entropy);
  if (d.exact && !(std::abs(d.entropy - entropy) <= noise * (1 + std::abs(d.log_partition))))
    return at("entropy", 0, d.entropy, entropy);
  return {};
}

}  // namespace

DistributionVerdict check(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                          const DistributionOptions& options, const Distribution& d) {
  DistributionVerdict v;
  const std::size_t pairs = std::size_t{g.actors} * (g.actors - 1) / 2;
  if (d.feasible && (d.together.size() != pairs || d.apart.size() != pairs ||
                     (!d.gradient.empty() && d.gradient.size() != pairs * g.ties.size()) ||
                     d.error.size() != (d.exact ? 0 : pairs))) {
    v.fault = "the tables do not fit the graph";
    return v;
  }
  if (d.feasible) v.fault = possible(g, setting, conditions, options, d);
  const bool sides = setting.number == Number::two || (setting.number != Number::free && setting.k == 2);
  const bool small = g.actors <= (sides ? 16u : 9u);
  if (v.fault.empty() && small) v.fault = repeated(g, setting, conditions, options, d);
  v.consistent = v.fault.empty();
  v.verified = v.consistent && small;
  return v;
}

}  // namespace entente::blocs
