// A checked exchange network as the solvers want it.
#pragma once
#include <vector>

#include "entente/kernel/exchange.hpp"

namespace entente::exchange {

struct Shape {
  struct Below {
    unsigned other;
    double value;
    std::size_t tie;
  };
  unsigned actors = 0;
  std::vector<std::vector<Below>> below;  ///< by actor: ties to lower actors, the most valuable first
  std::vector<unsigned> degree, limit;    ///< limit is at most the degree
};
[[nodiscard]] Result<Shape> shape(const Network& network);

/// v(S) by branch and bound on every connected S: for networks whose table of limits would be too large.
[[nodiscard]] Result<std::vector<double>> worths_by_branching(const Shape& s);

}  // namespace entente::exchange
