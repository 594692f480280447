#include "families/trade/base_year.hpp"

#include <algorithm>
#include <cmath>

#include "entente/families/trade/economy.hpp"
#include "entente/kernel/trade_pressure.hpp"
#include "families/trade/section.hpp"

namespace entente::situation {

Result<const BaseYear*> base_year(const WorldEconomy& economy) {
  BaseYear& y = *economy.year;
  std::call_once(y.once_, [&] {
    const trade::World& tables = economy.base->world;
    trade::Workspace memory;
    trade::Solution still;
    const trade::Options options{.tolerance = 1e-12, .flows = true};
    const auto done = trade::solve(tables, {}, options, memory, still);
    if (!done || still.status != trade::Status::solved) {
      y.error_ = Error{ErrorKind::not_solved,
                       done ? "somebody lacks a supplier in the base year" : done.error().message, "base"};
      return;
    }
    for (const double x : still.real_income) y.moved = std::max(y.moved, std::abs(x - 1));
    y.world = tables;
    if (!(y.moved > 1e-9 && trade::rebase(tables, {}, still, y.world))) {
      y.world = tables;
      y.moved = 0;
    }
  });
  if (y.error_) return std::unexpected(*y.error_);
  return &y;
}

}  // namespace entente::situation
