// Equilibria of extensive games: pure ones by looking at every behaviour, two-player ones through the reduced form.
#include <algorithm>
#include <cmath>

#include "kernel/game/paths.hpp"

namespace entente::game {
namespace {

std::unexpected<Error> too_large(const char* what) {
  return std::unexpected(Error{ErrorKind::too_large, what, "information"});
}

}  // namespace

Result<std::vector<std::vector<std::uint32_t>>> pure(const Extensive& g) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  const Paths p = paths(g);
  const std::size_t sets = g.information.size();
  double all = 1;
  for (const Information& i : g.information) all *= i.moves;
  if (all > (1u << 20)) return too_large("more than 1,048,576 pure behaviours");
  std::vector<std::vector<std::vector<std::uint32_t>>> plans(g.players);
  for (std::uint32_t i = 0; i < g.players; ++i) {
    plans[i] = reduced(g, p, i, 4096);
    if (plans[i].empty()) return too_large("more than 4096 pure strategies of one player");
  }
  if (all * static_cast<double>(p.ends.size()) > 1e8)
    return too_large("too many pure behaviours for a tree this large");
  std::vector<std::vector<std::uint32_t>> out;
  std::vector<std::uint32_t> at(sets, 0);
  std::vector<double> best(g.players);
  const auto payoff = [&](std::uint32_t who, const std::vector<std::uint32_t>* other) {
    double u = 0;
    for (const End& e : p.ends) {
      bool reached = true;
      for (const std::uint32_t m : e.moves) {
        const std::uint32_t s = p.set[m];
        const bool own = other && g.information[s].player == who;
        const std::uint32_t takes = own ? (*other)[s] : at[s];
        reached = reached && takes == m - p.first[s];
        if (!reached) break;
      }
      if (reached) u += e.chance * e.payoff[who];
    }
    return u;
  };
  for (;;) {
    bool fine = true;
    for (std::uint32_t i = 0; i < g.players && fine; ++i) {
      const double now = payoff(i, nullptr);
      for (const auto& plan : plans[i]) {
        fine = payoff(i, &plan) <= now + 1e-12 * p.range[i];
        if (!fine) break;
      }
    }
    if (fine) out.push_back(at);
    std::size_t s = 0;
    while (s < sets && ++at[s] == g.information[s].moves) at[s++] = 0;
    if (s == sets) break;
  }
  return out;
}

Result<BehaviourSet> mixed(const Extensive& g) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  if (g.players != 2)
    return std::unexpected(Error{ErrorKind::invalid, "mixed equilibria are found for two players", "players"});
  const Paths p = paths(g);
  const auto rows = reduced(g, p, 0, 100), columns = reduced(g, p, 1, 100);
  if (rows.empty() || columns.empty()) return too_large("more than 100 reduced strategies of one player");
  Strategic s{.strategies = {static_cast<std::uint32_t>(rows.size()), static_cast<std::uint32_t>(columns.size())}};
  for (const auto& column : columns)
    for (const auto& row : rows) {
      double u[2] = {0, 0};
      for (const End& e : p.ends) {
        bool reached = true;
        for (const std::uint32_t m : e.moves) {
          const std::uint32_t set = p.set[m];
          const auto& plan = g.information[set].player == 0 ? row : column;
          reached = reached && plan[set] == m - p.first[set];
        }
        for (int i = 0; i < 2; ++i) u[i] += reached ? e.chance * e.payoff[i] : 0;
      }
      s.payoff.insert(s.payoff.end(), {u[0], u[1]});
    }
  const auto found = bimatrix(s);
  if (!found) return std::unexpected(found.error());
  BehaviourSet out{.degenerate = found->degenerate};
  for (const Mixed& m : found->extreme) {
    Behaviour b(g.information.size());
    for (std::size_t set = 0; set < b.size(); ++set) {
      b[set].assign(g.information[set].moves, 0.0);
      const auto& plans = g.information[set].player == 0 ? rows : columns;
      const auto& chance = g.information[set].player == 0 ? m.x : m.y;
      double mass = 0;
      for (std::size_t k = 0; k < plans.size(); ++k) {
        if (plans[k][set] == free_move) continue;
        b[set][plans[k][set]] += chance[k];
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
