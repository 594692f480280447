// Random problems for the tests of the wedge kernel, from a fixed sequence.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "entente/kernel/wedge.hpp"

namespace entente::tests {

class Sequence {  // splitmix64
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double between(double low, double high) { return low + (high - low) * static_cast<double>(next() >> 11) * 0x1p-53; }
  std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(next() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

struct Draw {
  std::uint32_t actors = 5, moves = 3;
  double density = 1;
  bool whole = false;  ///< ties of -1, 0 and 1, bounds and costs whole numbers: ties everywhere
  bool fixed = false, sizes = false;
  bool one_mover = false;  ///< only ties of one actor move
};

inline wedge::Problem random_problem(Sequence& rng, const Draw& d) {
  wedge::Problem p;
  p.graph.actors = d.actors;
  const auto value = [&] { return d.whole ? static_cast<double>(rng.below(3)) - 1 : rng.between(-1, 1); };
  for (std::uint32_t i = 0; i < d.actors; ++i)
    for (std::uint32_t j = 0; j < i; ++j)
      if (rng.between(0, 1) < d.density) p.graph.ties.push_back({i, j, value()});
  if (d.sizes)
    for (std::uint32_t i = 0; i < d.actors; ++i)
      p.graph.size.push_back(d.whole ? 1 + rng.below(3) : rng.between(0.2, 3));
  p.a = rng.below(d.actors);
  do p.b = rng.below(d.actors);
  while (p.a == p.b);
  p.together = rng.one_in(2);
  std::vector<std::uint32_t> free;
  const std::uint32_t mover = d.one_mover ? rng.below(d.actors) : 0;
  for (std::uint32_t k = 0; k < p.graph.ties.size(); ++k)
    if (!d.one_mover || p.graph.ties[k].a == mover || p.graph.ties[k].b == mover) free.push_back(k);
  const auto count = std::min<std::size_t>(d.moves, free.size());
  for (std::size_t m = 0; m < count; ++m) {
    std::swap(free[m], free[m + rng.below(free.size() - m)]);
    wedge::Move move{.tie = free[m]};
    const double now = p.graph.ties[move.tie].weight;
    const auto step = [&] { return d.whole ? static_cast<double>(rng.below(3)) : rng.between(0, 1.5); };
    move.least = rng.one_in(3) ? now : now - step();
    move.most = rng.one_in(3) ? now : now + step();
    move.up = d.whole ? rng.below(3) : rng.between(0, 2);
    move.down = d.whole ? rng.below(3) : rng.between(0, 2);
    if (d.fixed && rng.one_in(2)) move.fixed = d.whole ? rng.below(3) : rng.between(0, 1);
    p.moves.push_back(move);
  }
  return p;
}

}  // namespace entente::tests
