// The span of some coalitions' indicator vectors, exactly.
//
// Vectors are 0/1 with at most 25 entries, so by Hadamard's bound every minor is below 26^13 / 2^25 < 8e10, and no
// minor that is not 0 vanishes modulo the prime p = 2^61 - 1: ranks modulo p are the true ranks. Elimination is kept in
// reduced row echelon form. A random linear functional that vanishes on the span decides for any coalition with one sum
// whether it lies in the span: a coalition in it always gives 0, one outside with probability 2^-61.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {

class Subspace {
 public:
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

  explicit Subspace(unsigned n = 0) : n_(n) {}
  void clear(unsigned n) noexcept { n_ = n, rank_ = 0; }
  [[nodiscard]] unsigned rank() const noexcept { return rank_; }
  /// False when S lies in the span already. O(n rank).
  bool add(Mask s) noexcept;
  /// Value of the functional at every player: S is in the span when the sum over its members is 0 modulo p.
  [[nodiscard]] std::array<std::uint64_t, most_players> functional() const noexcept;
  [[nodiscard]] static std::uint64_t plus(std::uint64_t a, std::uint64_t b) noexcept {
    return a + b >= prime ? a + b - prime : a + b;
  }

 private:
  using Row = std::array<std::uint64_t, most_players>;
  unsigned n_, rank_ = 0;
  std::array<Row, most_players> rows_;
  std::array<unsigned, most_players> pivot_{};
};

}  // namespace entente::coalition
