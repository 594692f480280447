// The way of a question through the distribution: validate, work sizes, temperature and conditions in, choose the
// method by size, and translate from nodes back to actors.
#include "kernel/blocs/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/blocs_distribution.hpp"

namespace entente::blocs {
namespace {

constexpr double coldest = 1e9;  // of sum |c| / T: beyond, rounding of the energies is seen in the chances
constexpr std::uint32_t most_sampled = 400;

std::unexpected<Error> refuse(const char* what, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), what});
}

Result<void> validate(const DistributionOptions& o) {
  if (!(o.temperature > 0) || !std::isfinite(o.temperature))
    return refuse("temperature", "a temperature is a finite number above 0");
  if (!std::isfinite(o.size_exponent)) return refuse("size_exponent", "the exponent of sizes is a finite number");
  if (!(o.error > 0)) return refuse("error", "the error to be reached is a number above 0");
  if (o.sides_to == 0 || o.sides_to > 24)
    return std::unexpected(Error{ErrorKind::too_large, "two sides are done exactly for 1 to 24 actors", "sides_to"});
  if (o.blocs_to == 0 || o.blocs_to > 16)
    return std::unexpected(Error{ErrorKind::too_large, "blocs are done exactly for 1 to 16 actors", "blocs_to"});
  if (o.sweeps < 1024) return refuse("sweeps", "a sampler makes at least 1,024 sweeps");
  return {};
}

/// What a tie's weight is multiplied with: (s_a s_b)^gamma / T.
void factors(const Graph& g, const DistributionOptions& o, std::vector<double>& out) {
  out.assign(g.ties.size(), 1);
  if (!g.size.empty() && o.size_exponent != 0) {
    for (std::size_t t = 0; t < out.size(); ++t) out[t] = g.size[g.ties[t].a] * g.size[g.ties[t].b];
    if (o.size_exponent != 1) {
      logarithms(out);
      for (double& x : out) x *= o.size_exponent;
      exponentials(out);
    }
  }
  for (double& x : out) x /= o.temperature;
}

void clear(Distribution& out) {
  out.feasible = out.exact = true;
  out.log_partition = out.energy = out.entropy = 0;
  out.log_partition_error = out.energy_error = out.entropy_error = out.largest_error = 0;
  out.together.clear();
  out.apart.clear();
  out.gradient.clear();
  out.drawn.clear();
  out.error.clear();
  out.configurations = 0;
}

void by_actor(const Graph& g, const DistributionOptions& o, DistributionWorkspace::Body& w, Distribution& out) {
  const Core& core = w.blocs.body().core;
  const Law& law = w.law;
  out.log_partition = law.log_z - core.constant;
  out.energy = (law.energy + core.constant) * o.temperature;
  out.entropy = law.entropy;
  out.configurations = law.configurations;
  const std::size_t pairs = std::size_t{g.actors} * (g.actors - 1) / 2;
  out.together.resize(pairs);
  out.apart.resize(pairs);
  if (!out.exact) out.error.resize(pairs);
  const bool gradient = o.gradient && out.exact;
  if (gradient) {
    out.gradient.assign(pairs * g.ties.size(), 0);
    w.edge_of.assign(std::size_t{core.nodes} * (core.nodes - 1) / 2, 0);
    for (std::uint32_t e = 0; e < core.edges.size(); ++e) w.edge_of[pair(core.edges[e].a, core.edges[e].b)] = e;
  }
  for (Actor b = 1; b < g.actors; ++b)
    for (Actor a = 0; a < b; ++a) {
      const std::size_t p = pair(a, b);
      const bool turned = core.sign[a] != core.sign[b];
      const std::uint32_t u = core.node[a], v = core.node[b];
      if (u == v) {
        out.together[p] = turned ? 0 : 1;
        out.apart[p] = turned ? 1 : 0;
        if (!out.exact) out.error[p] = 0;
        continue;
      }
      const std::size_t q = pair(u, v);
      out.together[p] = turned ? law.differ[q] : law.same[q];
      out.apart[p] = turned ? law.same[q] : law.differ[q];
      if (!out.exact) out.error[p] = law.error[q];
      if (!gradient) continue;
      for (std::size_t t = 0; t < g.ties.size(); ++t) {
        const Tie& tie = g.ties[t];
        const std::uint32_t c = core.node[tie.a], d = core.node[tie.b];
        if (c == d) continue;
        const double sign = turned != (core.sign[tie.a] != core.sign[tie.b]) ? -1 : 1;
        out.gradient[p * g.ties.size() + t] =
            sign * w.factor[t] * law.covariance[q * core.edges.size() + w.edge_of[pair(c, d)]];
      }
    }
  if (out.exact) {
    if (law.drawn.empty()) return;
    // Two sides: a node's label is its side, and an actor may stand opposite to its node.
    for (Actor i = 0; i < g.actors; ++i)
      out.drawn.push_back(core.sign[i] > 0 ? law.drawn[core.node[i]] : 1 - law.drawn[core.node[i]]);
    canonical(out.drawn, w.blocs.body().renumbered);
    return;
  }
  out.log_partition_error = law.log_z_error;
  out.energy_error = law.energy_error * o.temperature;
  out.entropy_error = law.entropy_error;
  for (const double e : out.error) out.largest_error = std::max(out.largest_error, e);
}

}  // namespace

DistributionWorkspace::DistributionWorkspace() : body_(std::make_unique<Body>()) {}
DistributionWorkspace::~DistributionWorkspace() = default;
DistributionWorkspace::DistributionWorkspace(DistributionWorkspace&&) noexcept = default;
DistributionWorkspace& DistributionWorkspace::operator=(DistributionWorkspace&&) noexcept = default;

Result<void> distribution(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                          const DistributionOptions& options, DistributionWorkspace& workspace, Distribution& out) {
  DistributionWorkspace::Body& w = workspace.body();
  Workspace::Body& shared = w.blocs.body();
  if (const auto valid = blocs::validate(g, setting, conditions, shared.keys); !valid) return valid;
  if (const auto valid = validate(options); !valid) return valid;
  clear(out);
  factors(g, options, w.factor);
  w.scaled.actors = g.actors;
  w.scaled.ties.assign(g.ties.begin(), g.ties.end());
  double sum = 0;
  for (std::size_t t = 0; t < g.ties.size(); ++t) {
    w.scaled.ties[t].weight *= w.factor[t];
    sum += std::abs(w.scaled.ties[t].weight);
  }
  if (!(sum <= coldest))
    return refuse("temperature", "the temperature is too small for these ties: only the least energy counts");

  const bool sides = setting.number == Number::two || (setting.k == 2 && setting.number != Number::free);
  if (!contract(w.scaled, sides, conditions, shared)) {
    out.feasible = false;
    return {};
  }
  const std::uint32_t nodes = shared.core.nodes;
  const bool both = sides && setting.number == Number::exactly;
  const Blocs blocs{setting.number == Number::free ? 0 : sides ? 2 : setting.k, setting.number == Number::exactly};
  if (!sides && blocs.exactly && blocs.most > nodes) {
    out.feasible = false;
  } else if (sides && nodes <= options.sides_to) {
    out.feasible = sum_sides(both, options, w);
  } else if (!sides && nodes <= options.blocs_to) {
    out.feasible = sum_sets(blocs, options, w);
  } else {
    if (nodes > most_sampled)
      return std::unexpected(Error{ErrorKind::too_large, "a distribution is sampled for up to 400 actors"});
    out.exact = false;
    const bool mixed = std::ranges::any_of(shared.core.sign, [](signed char s) { return s < 0; });
    const auto sampled = sides && (!both || mixed) ? sample_sides(options, w) : sample_blocs(blocs, options, w);
    if (!sampled) return sampled;
  }
  if (out.feasible) by_actor(g, options, w, out);
  return {};
}

Result<Distribution> distribution(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                                  const DistributionOptions& options) {
  DistributionWorkspace w;
  Distribution out;
  if (auto done = distribution(g, setting, conditions, options, w, out); !done)
    return std::unexpected(std::move(done.error()));
  return out;
}

}  // namespace entente::blocs
