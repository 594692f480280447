#include <algorithm>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {

void SolutionPool::labels(std::span<const std::uint32_t> by_node) {
  const Core& core = w.core;
  w.label.resize(g.actors);
  for (std::uint32_t i = 0; i < g.actors; ++i) {
    const std::uint32_t b = by_node[core.node[i]];
    w.label[i] = core.sign[i] > 0 ? b : 1 - b;
  }
  canonical(w.label, w.renumbered);
}

void SolutionPool::least(std::span<const std::uint32_t> by_node) {
  labels(by_node);
  out.energy = energy(g, w.label);
  out.bloc.assign(w.label.begin(), w.label.end());
}

bool SolutionPool::offer(std::span<const std::uint32_t> by_node) {
  labels(by_node);
  const int sign = difference(g, w.label, out.bloc).sign(options.tolerance);
  if (sign < 0) {
    if (out.count > 0 && energy(g, out.bloc) < out.second) {
      out.second = energy(g, out.bloc);
      out.second_bloc = out.bloc;
    }
    renewed = renewed || out.count > 0;
    out.energy = energy(g, w.label);
    out.bloc.assign(w.label.begin(), w.label.end());
  }
  if (sign > 0) {
    if (const double e = energy(g, w.label); e < out.second) {
      out.second = e;
      out.second_bloc.assign(w.label.begin(), w.label.end());
    }
    return false;
  }
  const auto hash = [&](std::span<const std::uint32_t> l) {
    std::uint64_t x = 0;
    for (const std::uint32_t b : l) x = (x ^ b) * 0x9e3779b97f4a7c15u, x ^= x >> 29;
    return x;
  };
  const auto listed = [&](std::uint32_t i) {
    return std::span(out.optima).subspan(std::size_t{i} * g.actors, g.actors);
  };
  std::vector<std::uint32_t>& table = w.table;  // numbers of optima + 1 at their hash or after it; at most half full
  const auto place = [&](std::uint32_t i) {
    std::uint64_t at = hash(listed(i));
    while (table[at & (table.size() - 1)] != 0) ++at;
    table[at & (table.size() - 1)] = i + 1;
  };
  if (out.count == 0) table.assign(16, 0);
  for (std::uint64_t at = hash(w.label); table[at & (table.size() - 1)] != 0; ++at)
    if (std::ranges::equal(w.label, listed(table[at & (table.size() - 1)] - 1))) return true;
  if (out.count == options.optima) {
    overflow = true;
    return true;
  }
  out.optima.insert(out.optima.end(), w.label.begin(), w.label.end());
  ++out.count;
  if (2 * std::size_t{out.count} > table.size()) {
    table.assign(2 * table.size(), 0);
    for (std::uint32_t i = 0; i < out.count; ++i) place(i);
  } else {
    place(out.count - 1);
  }
  return true;
}

void SolutionPool::again() {
  out.optima.clear();
  out.count = 0;
  overflow = renewed = false;
}

}  // namespace entente::blocs
