// One linear program of the nucleolus over a list of rows.
//
//   min e  subject to  x(S) = value for settled S,  x(S) + e >= value for open rows,  x(i) >= value for single players.
//
// Few columns (x and e: n + 1) and many rows, so the simplex method runs on the dual: a basis is n + 1 rows, among them
// all settled ones, with dual weights >= 0 on the others. Its matrix is 0/1 and its inverse is kept in full. Start: an
// open coalition and its complement at weight 1/2 each (their indicators sum to that of the grand coalition, which is
// settled), and independent rows at weight 0. Nearly all weights of a basis are 0, so ties are the rule: they are
// broken by a second right-hand side, a generic positive combination of the starting basis, that is, by a symbolic
// perturbation; no basis can come back. Entering row: the most violated one.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "kernel/coalition/subspace.hpp"

namespace entente::coalition {

struct Row {
  Mask set = 0;
  bool with_excess = true;  ///< false: settled, or a single player's own worth
  double value = 0;
};

class Program {
 public:
  /// Before anything else: how many players.
  void players(unsigned n) noexcept { n_ = n, m_ = n + 1, pivots_ = 0; }

  /// `settled` (independent, the grand coalition first) and its span; `candidates` in the order wanted, the first being
  /// open, and its complement's worth; others may be dependent and are passed over; single players complete the basis.
  /// `worth(S)` gives the value of a coalition's row.
  template <class Worth>
  void start(std::span<const Row> settled, Subspace span, std::span<const Row> candidates, const Worth& worth) {
    const Mask all = settled[0].set;
    size_ = 0;
    for (const Row& r : settled) basis_[size_++] = r;
    free_ = size_;
    const Row first = candidates[0];
    basis_[size_++] = first;
    basis_[size_++] = {all ^ first.set, true, worth(all ^ first.set)};
    span.add(first.set);
    for (std::size_t k = 1; k < candidates.size() && size_ < m_; ++k)
      if (candidates[k].with_excess && span.add(candidates[k].set)) basis_[size_++] = candidates[k];
    for (unsigned i = 0; i < n_ && size_ < m_; ++i)
      if (span.add(Mask{1} << i)) basis_[size_++] = {Mask{1} << i, true, worth(Mask{1} << i)};
    begin();
  }
  /// Optimises over `rows` from the present basis; violations up to `tolerance` count as none. False: the pivot limit,
  /// or a basis that is numerically singular.
  bool optimise(std::span<const Row> rows, double tolerance);

  [[nodiscard]] std::span<const double> x() const noexcept { return {y_.data(), n_}; }
  [[nodiscard]] double epsilon() const noexcept { return y_[n_]; }
  /// The rows of the basis that are not settled, and their dual weights.
  [[nodiscard]] std::span<const Row> basis() const noexcept { return {basis_.data() + free_, m_ - free_}; }
  [[nodiscard]] std::span<const double> weight() const noexcept { return {inverse_[n_].data() + free_, m_ - free_}; }
  [[nodiscard]] int pivots() const noexcept { return pivots_; }

 private:
  static constexpr unsigned most = most_players + 1;
  using Vector = std::array<double, most>;
  void begin();
  bool factor();
  void primal() noexcept;
  bool pivot(const Row& enter);

  unsigned n_ = 0, m_ = 0, size_ = 0, free_ = 0;
  int pivots_ = 0, since_ = 0;
  std::array<Row, most> basis_;
  Vector second_{};                         // the symbolic right-hand side
  std::array<Vector, most + 1> inverse_{};  // by column; column n is the weights, column n + 1 those of second_
  Vector y_{};
};

/// Solves x(S) = value for n independent rows, with one step of refinement.
[[nodiscard]] bool solve_rows(std::span<const Row> rows, std::span<double> x);

}  // namespace entente::coalition
