// Tariffs and sanctions chosen: best responses, Nash tariffs, the most harmful and the least self-harming measures
// within bounds, by gradients of the trade kernel.
//
// Problem. Maximise sum over n of weight_n ln(real_income_n) over tariffs and trade costs within bounds. Theory. Real
// income is a smooth function of both (trade.hpp), but not concave: a tariff so high that trade is gone is a flat
// place, and several optima are possible. Choice. Projected gradient steps (Barzilai and Borwein 1988,
// doi:10.1093/imanum/8.1.141, with a sufficient increase asked for) in ln(1 + tariff) and ln(cost), each measured by
// how much is traded times one more than its elasticity, as second derivatives are; one solution and one transposed
// solve each, from several starts that are the same on every machine. Whatever comes out is the best found from those
// starts, with no proof that there is none better; the judge's numbers are the projected gradient that is left and the
// values that the other starts reached. Cost. 20 to 200 solutions a start.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/kernel/trade.hpp"

namespace entente::trade {

/// A tariff or a cost factor that may be chosen. Bounds: tariffs above -1, cost factors above 0, both finite.
struct Move {
  std::size_t cell = 0;
  bool cost = false;  ///< the cost factor; otherwise the tariff
  double lower = 0, upper = 0;
};

struct SearchOptions {
  Options solve = {};
  int starts = 4;   ///< the shock given, all lower, all upper, then points in between
  int limit = 500;  ///< steps of a start
  /// On the projected gradient: of ln real income for a change of one in logs. Steps end sooner where neither
  /// values nor slopes tell them apart.
  double tolerance = 1e-7;
  std::uint64_t seed = 1;  ///< of the points in between
};

struct Optimum {
  Shock shock;
  Solution solution;
  double value = 0;             ///< sum of weight_n ln(real_income_n)
  double gradient = 0;          ///< largest projected derivative left
  std::vector<double> reached;  ///< [start] value; NaN where there was no equilibrium
  int solutions = 0;            ///< solved on the way
};

/// The best found from options.starts starts. `from`: the other tariffs and costs, and the first start. Errors: invalid
/// (bounds, weights, cells); not_solved when no start has an equilibrium.
[[nodiscard]] Result<Optimum> search(const World& w, const Shock& from, std::span<const Move> moves,
                                     std::span<const double> weight, const SearchOptions& options, Workspace& memory);

/// All tariffs of `country` on what it buys abroad, from `lower` to `upper`.
[[nodiscard]] std::vector<Move> own_tariffs(const World& w, std::uint32_t country, double lower, double upper);

/// Best responses in turn, until no tariff moves by more than `settled`.
struct Nash {
  Shock shock;
  Solution solution;
  std::vector<double> gain;  ///< [player] what its best response to the rest would still add to ln(real_income)
  int rounds = 0;
  bool settled = false;
};
struct NashOptions {
  SearchOptions search = {};
  double lower = 0, upper = 2;
  int rounds = 60;
  double settled = 1e-6;
};
/// Tariffs of `players` such that none gains by changing its own, as far as best responses in turn lead there: a fixed
/// point need not be the only one, nor be found.
[[nodiscard]] Result<Nash> nash(const World& w, const Shock& from, std::span<const std::uint32_t> players,
                                const NashOptions& options, Workspace& memory);

}  // namespace entente::trade
