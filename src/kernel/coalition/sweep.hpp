// One pass over the table of worths: the coalitions with the largest excess at a division, leaving out those in a span.
//
// Nothing of size 2^n is stored: x(S), and the functional of the span, are sums of a low and a high part from two small
// tables. The list is the exact top by (excess, a hash of the mask), so it does not depend on threads; ties between
// many coalitions are broken by the hash so that the chosen ones differ from each other.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "kernel/coalition/subspace.hpp"

namespace entente::coalition {

struct Excess {
  double value = 0;
  Mask coalition = 0;
};

class Sweep {
 public:
  /// Before anything else. Worths are multiplied by `factor`, a power of two. Allocates nothing for games no larger
  /// than before.
  void begin(std::span<const double> worth, unsigned n, double factor, unsigned threads);
  void leave_out(const Subspace& span);
  /// The `count` open coalitions with the largest excess worth * factor - x(S), largest first. The empty and the grand
  /// coalition are left out always.
  void top(std::span<const double> x, std::size_t count, std::vector<Excess>& out);
  /// Largest |worth * factor - x(S)| over all S.
  [[nodiscard]] double largest(std::span<const double> x);
  [[nodiscard]] bool open(Mask s) const noexcept {
    const std::uint64_t f = Subspace::plus(low_test_[s & (low_x_.size() - 1)], high_test_[s >> low_bits_]);
    return f != 0;
  }
  [[nodiscard]] double worth(Mask s) const noexcept { return worth_[s] * factor_; }
  [[nodiscard]] int passes() const noexcept { return passes_; }

 private:
  void divide(std::span<const double> x);
  std::span<const double> worth_;
  unsigned low_bits_ = 0, threads_ = 1;
  double factor_ = 1;
  int passes_ = 0;
  std::vector<double> low_x_, high_x_;
  std::vector<std::uint64_t> low_test_, high_test_;
  std::vector<std::vector<Excess>> found_;
};

}  // namespace entente::coalition
