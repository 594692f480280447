#include <algorithm>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {

void Book::labels(std::span<const std::uint32_t> by_node) {
  const Core& core = w.core;
  w.label.resize(g.actors);
  for (std::uint32_t i = 0; i < g.actors; ++i) {
    const std::uint32_t b = by_node[core.node[i]];
    w.label[i] = core.sign[i] > 0 ? b : 1 - b;
  }
  canonical(w.label, w.renumbered);
}

void Book::least(std::span<const std::uint32_t> by_node) {
  labels(by_node);
  out.energy = energy(g, w.label);
  out.bloc.assign(w.label.begin(), w.label.end());
}

void Book::offer(std::span<const std::uint32_t> by_node) {
  labels(by_node);
  const double e = energy(g, w.label);
  if (e <= threshold()) {
    for (std::uint32_t i = 0; i < out.count; ++i)
      if (std::equal(w.label.begin(), w.label.end(), out.optima.begin() + std::size_t{i} * g.actors)) return;
    if (out.count == options.optima) {
      overflow = true;
      return;
    }
    out.optima.insert(out.optima.end(), w.label.begin(), w.label.end());
    ++out.count;
  } else if (e < out.second) {
    out.second = e;
    out.second_bloc.assign(w.label.begin(), w.label.end());
  }
}

}  // namespace entente::blocs
