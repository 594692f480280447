// The way of a question through the kernel: validate, work in the conditions, choose the method by size, write down
// what follows from the labels.
#include <algorithm>
#include <cmath>

#include "kernel/blocs/cover.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

void clear(Solution& out) {
  out.feasible = true;
  out.energy = out.bound = out.frustration = 0;
  out.proven = out.complete = out.second_proven = false;
  out.proof = Proof::none;
  out.packing.start.clear();
  out.packing.tie.clear();
  out.packing.weight.clear();
  out.packing.bound = 0;
  out.bloc.clear();
  out.blocs = out.count = 0;
  out.optima.clear();
  out.second = out.gap = nothing;
  out.second_bloc.clear();
  out.tie_frustration.clear();
  out.actor_frustration.clear();
  out.nodes = 0;
}

/// The listed optima in lexicographic order, one of the least energy among them; the first as the answer, and the
/// figures that follow from it.
void finish(SolutionPool& pool) {
  const Graph& g = pool.g;
  Workspace::Body& w = pool.w;
  Solution& out = pool.out;
  const std::size_t n = g.actors;
  const auto at = [&](std::size_t i) { return out.optima.begin() + static_cast<std::ptrdiff_t>(i * n); };
  std::vector<std::uint32_t>& rank = w.rank;
  rank.clear();
  for (std::uint32_t i = 0; i < out.count; ++i) {
    const std::span<const std::uint32_t> bloc = std::span(out.optima).subspan(i * n, n);
    if (difference(g, bloc, out.bloc).sign(pool.options.tolerance) <= 0) {
      rank.push_back(i);
    } else if (pool.overflow) {
      out.second_proven = false;
    } else if (const double e = energy(g, bloc); e < out.second) {
      out.second = e;
      out.second_bloc.assign(bloc.begin(), bloc.end());
    }
  }
  const bool least =
      std::ranges::any_of(rank, [&](std::uint32_t i) { return std::equal(out.bloc.begin(), out.bloc.end(), at(i)); });
  if (!least) {
    if (rank.size() == pool.options.optima) {
      std::copy(out.bloc.begin(), out.bloc.end(), at(rank.back()));
    } else {
      rank.push_back(static_cast<std::uint32_t>(out.optima.size() / n));
      out.optima.insert(out.optima.end(), out.bloc.begin(), out.bloc.end());
    }
  }
  std::sort(rank.begin(), rank.end(), [&](std::uint32_t i, std::uint32_t j) {
    return std::lexicographical_compare(at(i), at(i + 1), at(j), at(j + 1));
  });
  w.label.clear();
  for (const std::uint32_t i : rank) w.label.insert(w.label.end(), at(i), at(i + 1));
  out.optima.swap(w.label);
  out.count = static_cast<std::uint32_t>(rank.size());
  out.bloc.assign(at(0), at(1));
  out.blocs = 1 + *std::max_element(out.bloc.begin(), out.bloc.end());
  for (std::size_t i = 0; i < out.count; ++i)
    out.energy = std::min(out.energy, energy(g, std::span(out.optima).subspan(i * n, n)));
  out.bound = std::min(out.bound, out.energy);
  out.gap = out.second - out.energy;
  if (!out.second_bloc.empty()) out.gap = difference(g, out.second_bloc, out.bloc).more;
  out.actor_frustration.assign(n, 0);
  for (const Tie& t : g.ties) {
    const double f = frustrated(g, t, out.bloc);
    out.tie_frustration.push_back(f);
    out.actor_frustration[t.a] += f;
    out.actor_frustration[t.b] += f;
    out.frustration += f;
  }
  if (out.proven && out.frustration == 0) out.proof = Proof::trivial;
}

}  // namespace

Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

Result<void> optimise(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                      const Options& options, Workspace& workspace, Solution& out) {
  Workspace::Body& w = workspace.body();
  if (const auto valid = validate(g, setting, conditions, w.keys); !valid) return valid;
  if (!(options.tolerance >= 0) || options.tolerance > 1e-3)
    return std::unexpected(Error{ErrorKind::invalid, "the tolerance is not between 0 and 0.001", "tolerance"});
  if (options.optima == 0) return std::unexpected(Error{ErrorKind::invalid, "no optimum is asked for", "optima"});
  if (options.enumerate_to == 0 || options.enumerate_to > 24)
    return std::unexpected(
        Error{ErrorKind::too_large, "enumeration of more than 24 actors, or of none", "enumerate_to"});
  clear(out);
  w.scale = scale(g);
  w.slack = std::max(options.tolerance, 1e-12) * w.scale;
  const bool sides = setting.number == Number::two || (setting.k == 2 && setting.number != Number::free);
  if (!contract(g, sides, conditions, w)) {
    out.feasible = false;
    out.proven = true;
    return {};
  }
  SolutionPool pool{g, options, w, out};
  if (sides && w.core.nodes > options.enumerate_to) {
    std::vector<char> loose;
    if (loose_actors(g, conditions, loose) > 0) {
      const auto all = without_loose(g, setting.number == Number::exactly, loose, conditions, options, workspace, out);
      if (!all) return std::unexpected(all.error());
      pool.overflow = !*all;
      if (out.feasible) finish(pool);
      return {};
    }
  }
  bool found = true;
  if (sides && w.core.nodes <= options.enumerate_to) {
    enumerate_sides(setting.number == Number::exactly, pool);
    found = out.feasible;
  } else if (sides && dense(w.core)) {
    place_in_order(setting.number == Number::exactly, pool);
  } else if (sides) {
    branch_and_cut(setting.number == Number::exactly, conditions, pool);
    found = out.feasible;
  } else {
    const bool exactly = setting.number == Number::exactly;
    const std::uint32_t most = setting.number == Number::free ? g.actors : setting.k;
    found = find_clusters(exactly ? most : 1, most, conditions, pool);
    if (!found && out.feasible)
      return std::unexpected(Error{ErrorKind::not_solved, "no configuration that meets the conditions was found"});
  }
  if (!found) {
    out.proven = true;
    return {};
  }
  finish(pool);
  return {};
}

Result<Solution> optimise(const Graph& g, const Setting& setting, const Options& options) {
  Workspace w;
  Solution out;
  if (auto done = optimise(g, setting, {}, options, w, out); !done) return std::unexpected(std::move(done.error()));
  return out;
}

}  // namespace entente::blocs
