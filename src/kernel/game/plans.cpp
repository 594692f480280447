// Pure equilibria of trees over reduced plans.
//
// Problem. A tree of 15 sets with two moves has 32,768 pure behaviours, most of which differ at sets that they
// themselves never lead to. Theory. Plans without those moves are the reduced strategic form (Kuhn 1953); a behaviour
// is an equilibrium exactly when its plans are. Choice. Every end adds its chance times payoff to the profiles that
// lead to it, as integers over a common denominator, so that equal payoffs are equal; then every profile's payoff is
// compared with the best of the same player against the same others. Cost. Profiles times players in memory and time,
// and the sum over ends of the profiles that lead there: without moves of chance, each profile leads to one end. Left
// out: pruning by dominance, which would reach further.
#include "kernel/game/plans.hpp"

#include <algorithm>
#include <string>

namespace entente::game {
namespace {

__extension__ using Int128 = __int128;

std::unexpected<Error> too_large(std::string what) {
  return std::unexpected(Error{ErrorKind::too_large, std::move(what), "information"});
}

// best[profile] of a player: does its plan give the most against the others'?
template <class Number>
void keep_best(const Plans& plans, std::uint32_t player, const std::vector<Number>& payoff,
               std::vector<std::uint8_t>& fine) {
  const std::size_t step = plans.stride[player], count = plans.of[player].size();
  for (std::size_t base = 0; base < plans.profiles(); ++base) {
    if (base / step % count != 0) continue;
    std::size_t best = base;
    for (std::size_t k = 1; k < count; ++k)
      if (payoff[base + k * step] > payoff[best]) best = base + k * step;
    for (std::size_t k = 0; k < count; ++k)
      if (payoff[base + k * step] < payoff[best]) fine[base + k * step] = 0;
  }
}

}  // namespace

Result<Plans> plans_of(const Extensive& g, std::size_t most_plans, double most_profiles) {
  Plans out{.paths = paths(g)};
  out.stride.push_back(1);
  double profiles = 1;
  std::string work;
  for (std::uint32_t i = 0; i < g.players; ++i) {
    out.of.push_back(reduced(g, out.paths, i, most_plans));
    if (out.of[i].empty())
      return too_large("more than " + std::to_string(most_plans) + " pure strategies of one player");
    profiles *= static_cast<double>(out.of[i].size());
    work += (work.empty() ? "" : " x ") + std::to_string(out.of[i].size());
    if (profiles > most_profiles)
      return too_large(work + " plans: more than " + std::to_string(static_cast<std::uint64_t>(most_profiles)) +
                       " profiles to look at");
    out.stride.push_back(static_cast<std::size_t>(profiles));
  }
  return out;
}

Weighted weighted(const Extensive& g, const Plans& plans, std::uint32_t player) {
  const Paths& p = plans.paths;
  Weighted out;
  // Payoffs along a path and moves of chance, from the tree itself: sums in doubles would already be rounded.
  std::vector<Rational> value(g.nodes.size(), 0), chance(g.nodes.size(), 0);
  chance[0] = 1;
  std::vector<Rational> ends;
  for (std::size_t k = 0; k < g.nodes.size(); ++k) {
    const Node& n = g.nodes[k];
    if (const double u = g.payoff[k * g.players + player]; u != 0) value[k] += exactly(u);
    for (std::size_t c = 0; c < n.children.size(); ++c) {
      value[n.children[c]] = value[k];
      chance[n.children[c]] = n.kind == Node::Kind::chance ? Rational(chance[k] * exactly(n.chance[c])) : chance[k];
    }
  }
  for (const End& e : p.ends) {
    ends.push_back(value[e.node] * chance[e.node]);
    out.denominator = boost::multiprecision::lcm(out.denominator, boost::multiprecision::denominator(ends.back()));
  }
  Integer sum = 0;
  for (const Rational& x : ends) {
    out.at.push_back(boost::multiprecision::numerator(x) * (out.denominator / boost::multiprecision::denominator(x)));
    sum += boost::multiprecision::abs(out.at.back());
  }
  out.narrow = sum < (Integer(1) << 126);
  return out;
}

Result<PurePlans> pure_plans(const Extensive& g, const std::stop_token& stop) {
  if (auto ok = validate(g, Recall::any); !ok) return std::unexpected(ok.error());
  const auto plans = plans_of(g, 4096, 1 << 21);
  if (!plans) return std::unexpected(plans.error());
  PurePlans out;
  for (const auto& of : plans->of) out.work.plans.push_back(static_cast<double>(of.size()));
  out.work.profiles = static_cast<double>(plans->profiles());
  std::vector<std::uint8_t> fine(plans->profiles(), 1);
  const auto stopped = [&] {
    return too_large("stopped: " + std::to_string(plans->profiles()) + " profiles of plans were not all looked at");
  };
  for (std::uint32_t i = 0; i < g.players; ++i) {
    const Weighted w = weighted(g, *plans, i);
    if (w.narrow) {
      std::vector<Int128> table;
      if (!spread(g, *plans, stop, table, [&](std::size_t z) { return w.at[z].convert_to<Int128>(); }))
        return stopped();
      keep_best(*plans, i, table, fine);
    } else {
      std::vector<Integer> table;
      if (!spread(g, *plans, stop, table, [&](std::size_t z) { return w.at[z]; })) return stopped();
      keep_best(*plans, i, table, fine);
    }
  }
  for (std::size_t k = 0; k < fine.size(); ++k) {
    if (!fine[k]) continue;
    std::vector<std::uint32_t> profile(g.information.size(), any_move);
    for (std::uint32_t i = 0; i < g.players; ++i) {
      const auto& plan = plans->of[i][k / plans->stride[i] % plans->of[i].size()];
      for (std::size_t s = 0; s < plan.size(); ++s)
        if (g.information[s].player == i) profile[s] = plan[s];
    }
    out.profile.push_back(std::move(profile));
    if (out.profile.size() * g.information.size() > (std::size_t{1} << 24))
      return too_large("more than 16 million moves in the equilibria of " + std::to_string(plans->profiles()) +
                       " profiles");
  }
  return out;
}

}  // namespace entente::game
