// Two sides, actors that nobody is tied to: either side does for them, so the rest is solved alone, and its optima are
// listed with every way to place them, until the list is full.
#include <algorithm>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {

std::uint32_t loose_actors(const Graph& g, std::span<const Condition> conditions, std::vector<char>& loose) {
  loose.assign(g.actors, 1);
  loose[0] = 0;  // somebody stays, and side 0 is theirs
  for (const Tie& t : g.ties)
    if (t.weight != 0) loose[t.a] = loose[t.b] = 0;
  for (const Condition& c : conditions) loose[c.a] = loose[c.b] = 0;
  return static_cast<std::uint32_t>(std::count(loose.begin(), loose.end(), 1));
}

Result<bool> without_loose(const Graph& g, bool both, std::span<const char> loose,
                           std::span<const Condition> conditions, const Options& options, Workspace& workspace,
                           Solution& out) {
  constexpr std::uint32_t none = 0xffffffffu;
  const std::size_t n = g.actors;
  Graph rest;
  std::vector<std::uint32_t> place(n, none), free, tie;  // place in the rest; the loose actors; ties of the rest
  for (Actor i = 0; i < n; ++i) {
    if (loose[i]) {
      free.push_back(i);
      continue;
    }
    place[i] = rest.actors++;
    if (!g.size.empty()) rest.size.push_back(g.size[i]);
  }
  for (std::uint32_t t = 0; t < g.ties.size(); ++t)
    if (const Tie& e = g.ties[t]; e.weight != 0) {
      rest.ties.push_back({place[e.a], place[e.b], e.weight});
      tie.push_back(t);
    }
  std::vector<Condition> wishes;
  for (const Condition& c : conditions) wishes.push_back({place[c.a], place[c.b], c.together});
  Solution s;
  if (auto done = optimise(rest, {}, wishes, options, workspace, s); !done) return std::unexpected(done.error());
  out.feasible = s.feasible;
  out.proven = s.proven;
  if (!s.feasible) return true;

  std::vector<std::uint32_t> bloc(n);
  const auto lay = [&](std::span<const std::uint32_t> by_rest, std::uint64_t way) {
    for (Actor i = 0; i < n; ++i)
      if (!loose[i]) bloc[i] = by_rest[place[i]];
    for (std::size_t k = 0; k < free.size(); ++k)  // the last actors turn first
      bloc[free[free.size() - 1 - k]] = k < 64 ? static_cast<std::uint32_t>(way >> k & 1) : 0;
    const bool one = std::all_of(bloc.begin(), bloc.end(), [](std::uint32_t b) { return b == 0; });
    return !(both && one);
  };
  const std::uint64_t ways = std::uint64_t{1} << std::min<std::size_t>(free.size(), 40);  // above any list
  bool all = true;
  for (std::uint32_t i = 0; i < s.count && all; ++i) {
    const auto labels = std::span(s.optima).subspan(std::size_t{i} * rest.actors, rest.actors);
    for (std::uint64_t way = 0; way < ways; ++way) {
      if (!lay(labels, way)) continue;
      if (out.count == options.optima || (!options.all && out.count == 1)) {
        all = false;
        break;
      }
      out.optima.insert(out.optima.end(), bloc.begin(), bloc.end());
      ++out.count;
    }
  }
  out.second = s.second;
  if (!s.second_bloc.empty()) {
    if (!lay(s.second_bloc, 0)) (void)lay(s.second_bloc, 1);
    out.second_bloc = bloc;
  }
  out.energy = s.energy;
  out.bound = s.bound;
  out.proof = s.proof;
  out.complete = s.complete && all;
  out.second_proven = s.second_proven;
  out.nodes = s.nodes;
  out.packing = std::move(s.packing);
  for (std::uint32_t& t : out.packing.tie) t = tie[t];
  for (std::uint32_t i = 0; i < s.count; ++i) {
    const auto labels = std::span(s.optima).subspan(std::size_t{i} * rest.actors, rest.actors);
    if (energy(rest, labels) > s.energy) continue;
    if (!lay(labels, 0)) (void)lay(labels, 1);
    out.bloc = bloc;
    break;
  }
  return all;
}

}  // namespace entente::blocs
