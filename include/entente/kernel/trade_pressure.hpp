// Pressure by trade: what measures cost a set of countries, and the most that others can make them lose.
//
// Problem. A coalition may make its trade with a target dearer, cell by cell, up to a bound or an embargo. How far can
// it push the target's real income down, and what does that cost the coalition itself?
//
// Theory. The target's loss is smooth in the costs (trade.hpp) but not concave: trade that has almost ended hardly
// feels a further step, so the slope says little far away, and corners of the box are candidates that no local search
// leaves. For a small change the sign of the slope tells for each cell whether dearer trade hurts the target at all: it
// need not, since a target may gain when goods it buys are shifted away from others.
//
// Choice. Ten thousand draws leave no room for a search in each. reach() looks at two corners: every move at its upper
// bound (the embargo corner, where bounds are embargoes), and, where the slope at the measures in force says that some
// moves would clearly help the target (by more than a hundredth of the steepest slope), the same with those at their
// lower bound. The most harmful of the two and the measures as they
// stand is the answer; the second begins at the first. Only signs are asked of the
// slope, so its transposed system is solved to a thousandth. No proof is claimed; search() of trade_policy.hpp, from
// several starts, is the second opinion, and tests compare both. Left out: corners of corners, that is, slopes taken
// again at the corner; where trade has ended there is no slope.
//
// Cost. A third of a transposed solve and one or two solutions; nothing is allocated once the scratch has been used.
//
// Errors: invalid for moves outside their domain; not_solved as solve() and gradient().
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/kernel/trade.hpp"
#include "entente/kernel/trade_policy.hpp"

namespace entente::trade {

/// The cost factor that would leave this part of a flow if prices and incomes stayed as they are: part^(-1/theta), the
/// cost of which a gravity equation's estimate is the direct effect. 0: an embargo; above 1: trade is made cheaper.
/// Preconditions: part >= 0, theta > 0.
[[nodiscard]] double cost_leaving(double part, double theta) noexcept;

/// Income by country in the base: value added, tariff revenue, deficit. O(cells).
void incomes(const World& w, std::vector<double>& out);

/// The part of their joint income that these countries lose: 1 - sum of I_n real_income_n / sum of I_n. `countries` is
/// not empty.
[[nodiscard]] double loss(std::span<const double> income, std::span<const double> real_income,
                          std::span<const std::uint32_t> countries) noexcept;

/// The same as rebase() of trade.hpp, into a world that is there already and has been `w`: nothing is allocated.
/// Elasticities are w's.
[[nodiscard]] Result<void> rebase(const World& w, const Shock& shock, const Solution& s, World& out);

/// Memory and answer of reach().
struct Reach {
  Status status = Status::solved;  ///< no_supplier: the corner leaves somebody without what he needs; see solution
  Shock shock;                     ///< where the most harm was found
  Solution solution;
  double loss = 0;           ///< of the target, there
  std::uint32_t spared = 0;  ///< moves not at their upper bound: there the slope says that they help the target
  int solutions = 0;

  Shock trial;  ///< scratch from here on
  Solution other;
  Gradient slope;
  std::vector<double> weight;
};

/// The most harm to `target` found at two corners, and at least that of the measures in force (above). `from`: the
/// measures in force, solved by `at`; both vectors of it are filled. A move's upper bound may be `embargo` where it is
/// a cost. `income`: incomes(w).
[[nodiscard]] Result<void> reach(const World& w, const Shock& from, const Solution& at, std::span<const Move> moves,
                                 std::span<const double> income, std::span<const std::uint32_t> target,
                                 const Options& options, Workspace& memory, Reach& out);

}  // namespace entente::trade
