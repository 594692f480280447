// The base as an equilibrium: its tables as read, or the equilibrium next to them where they are not quite one. It is
// solved when a question is first compiled, once for all questions of a situation: reading a file solves nothing.
#pragma once
#include <mutex>
#include <optional>

#include "entente/base/result.hpp"
#include "entente/kernel/trade.hpp"

namespace entente::situation {

struct WorldEconomy;

struct BaseYear {
  trade::World world;
  double moved = 0;  ///< the largest change of a real income by rebasing

 private:
  friend Result<const BaseYear*> base_year(const WorldEconomy& economy);
  std::once_flag once_;
  std::optional<Error> error_;
};

/// Of a situation that has an economy. Safe from several threads. O(one solve) the first time. Errors: not_solved where
/// the tables have no equilibrium.
[[nodiscard]] Result<const BaseYear*> base_year(const WorldEconomy& economy);

}  // namespace entente::situation
