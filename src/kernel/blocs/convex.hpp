// A lower bound of -x'Hx / 2 + g'x over x = 1 or -1 for every suffix of an order of the nodes at once, at the cost of
// one pass over the suffix for each node placed; convex.cpp has the theory.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace entente::blocs {

class ConvexBound {
 public:
  /// Nodes stand at positions 0 to n - 1; `half` is the symmetric n x n matrix H by position, its diagonal 0. The bound
  /// holds for the suffixes that begin at `first` or later. O(n^3), some fifty times over.
  ConvexBound(std::span<const double> half, std::uint32_t n, std::uint32_t first);

  [[nodiscard]] std::uint32_t first() const { return first_; }
  [[nodiscard]] std::size_t stride() const { return stride_; }
  /// By slot, the positions from behind: y changes by -x times this when position p is placed as x. Slots that are no
  /// more are 0, up to a multiple of 4.
  [[nodiscard]] const double* step(std::uint32_t p) const { return &step_[std::size_t{p} * stride_]; }
  [[nodiscard]] double square(std::uint32_t p) const { return square_[p]; }  ///< of step(p)
  /// What no placement of the positions from p on falls below, with y'y over their slots.
  [[nodiscard]] double bound(std::uint32_t p, double yy) const { return floor_[p] - yy / 2; }

 private:
  std::uint32_t first_;
  std::size_t stride_;
  std::vector<double> step_, square_, floor_;
};

}  // namespace entente::blocs
