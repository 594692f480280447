// Equilibria of extensive games: pure ones by looking at every behaviour, two-player ones through the reduced form.
#include <algorithm>
#include <cmath>

#include "kernel/game/bimatrix.hpp"
#include "kernel/game/plans.hpp"

namespace entente::game {
namespace {

std::unexpected<Error> too_large(const char* what) {
  return std::unexpected(Error{ErrorKind::too_large, what, "information"});
}

}  // namespace

Result<std::vector<std::vector<std::uint32_t>>> pure(const Extensive& g) {
  if (auto ok = validate(g, Recall::any); !ok) return std::unexpected(ok.error());
  double all = 1;
  for (const Information& i : g.information) all *= i.moves;
  if (all > (1u << 20)) return too_large("more than 1,048,576 pure behaviours");
  const auto plans = pure_plans(g);
  if (!plans) return std::unexpected(plans.error());
  std::vector<std::vector<std::uint32_t>> out;
  for (const auto& profile : plans->profile) {  // every way to fill in the moves that never matter
    std::vector<std::uint32_t> at = profile, open;
    for (std::uint32_t s = 0; s < at.size(); ++s)
      if (at[s] == any_move) at[s] = 0, open.push_back(s);
    for (std::size_t k = 0;;) {
      out.push_back(at);
      for (k = 0; k < open.size() && ++at[open[k]] == g.information[open[k]].moves; ++k) at[open[k]] = 0;
      if (k == open.size()) break;
    }
  }
  std::ranges::sort(out, [](const auto& a, const auto& b) {  // the first set's move changes fastest
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  });
  return out;
}

Result<BehaviourSet> mixed(const Extensive& g, const std::stop_token& stop) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  if (g.players != 2)
    return std::unexpected(Error{ErrorKind::invalid, "mixed equilibria are found for two players", "players"});
  const auto plans = plans_of(g, 100, 10'000);
  if (!plans) return std::unexpected(plans.error());
  const auto &rows = plans->of[0], &columns = plans->of[1];
  std::vector<Rational> payoff[2];
  for (std::uint32_t i = 0; i < 2; ++i) {
    const Weighted w = weighted(g, *plans, i);
    std::vector<Integer> table;
    if (!spread(g, *plans, stop, table, [&](std::size_t z) { return w.at[z]; })) return too_large("stopped");
    for (const Integer& x : table) payoff[i].emplace_back(x, w.denominator);
  }
  const auto found = bimatrix_of(rows.size(), columns.size(), payoff[0], payoff[1], stop);
  if (!found) return std::unexpected(found.error());
  BehaviourSet out{.degenerate = found->degenerate};
  for (const Mixed& m : found->extreme) {
    Behaviour b(g.information.size());
    for (std::size_t set = 0; set < b.size(); ++set) {
      b[set].assign(g.information[set].moves, 0.0);
      const auto& mine = g.information[set].player == 0 ? rows : columns;
      const auto& chance = g.information[set].player == 0 ? m.x : m.y;
      double mass = 0;
      for (std::size_t k = 0; k < mine.size(); ++k) {
        if (mine[k][set] == free_move) continue;
        b[set][mine[k][set]] += chance[k];
        mass += chance[k];
      }
      for (double& c : b[set]) c = mass > 0 ? c / mass : std::numeric_limits<double>::quiet_NaN();
    }
    const auto like = [&](const Behaviour& o) {
      for (std::size_t set = 0; set < b.size(); ++set)
        for (std::size_t c = 0; c < b[set].size(); ++c)
          if (std::isnan(b[set][c]) != std::isnan(o[set][c]) || std::abs(b[set][c] - o[set][c]) > 1e-8) return false;
      return true;
    };
    if (std::ranges::none_of(out.extreme, like)) out.extreme.push_back(std::move(b));
  }
  return out;
}

}  // namespace entente::game
