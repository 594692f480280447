// What a country buys from itself, solved at once: the matrices 1 - G_n diag(s_n) of every country n, with G_n its
// inputs (source, use) and s_n the share of each good that it buys at home.
//
// Goods go round at home (steel into machines into steel) before they go abroad; with the home rounds solved, what is
// left of the contraction of prices and of spending is the rounds through other countries, a third of it or less.
//
// Theory. The columns of G_n add up to less than 1 where there is labour, and s <= 1: an M-matrix, diagonally dominant
// by columns, so that elimination without pivoting is stable. Small balancing items below 0 do not change that. A loop
// of goods made without labour would leave a pivot of 0; it is taken as 1: what is solved here speeds an iteration up
// and does not decide where it ends. Cost: countries * sectors^3 / 3 multiplications, sectors^2 for each solve.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace entente::trade {

class DomesticBlock {
 public:
  /// `input` [country, source, use] as in World, `share` [country, use] bought at home.
  void factor(std::span<const double> input, std::span<const double> share, std::size_t countries, std::size_t sectors);
  /// x of (1 - G_n diag(s_n)) x = x, in place: what a change of costs abroad does to prices at home.
  void prices(std::size_t country, double* x) const noexcept;
  /// x of (1 - diag(s_n) G_n') x = x, in place: what a change of demand from abroad does to sales at home.
  void sales(std::size_t country, double* x) const noexcept;

 private:
  std::size_t m_ = 0;
  std::vector<double> lu_;     // [country, row, column] L below the diagonal (of ones), U on and above
  std::vector<double> pivot_;  // [country, row] 1 / U's diagonal
};

}  // namespace entente::trade
