// Build or not, and the worths of all coalitions. The usable and useful elements of a coalition are told by a bit each
// (useful: on some way from a producer in use to a consumer in use); coalitions with the same bits share one solve.
#include <algorithm>
#include <bit>
#include <map>

#include "entente/kernel/market.hpp"

namespace entente::market {
namespace {

bool choice(const Link& l) { return l.optional || l.fixed > 0; }

std::vector<std::size_t> options(const Network& n) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < n.links.size(); ++i)
    if (choice(n.links[i])) out.push_back(i);
  return out;
}

using Key = std::vector<bool>;

Key useful(const Network& n, Mask members) {
  const auto in = [&](Mask needs) { return (needs & ~members) == 0; };
  std::vector<bool> reached(n.nodes), wanted(n.nodes);
  for (const Producer& p : n.producers)
    if (in(p.needs) && p.capacity > 0) reached[p.node] = true;
  for (const Consumer& c : n.consumers)
    if (in(c.needs)) wanted[c.node] = true;
  const auto usable = [&](const Link& l) { return in(l.needs) && l.capacity > 0; };
  for (bool changed = true; changed;) {
    changed = false;
    for (const Link& l : n.links) {
      if (!usable(l)) continue;
      if (reached[l.from] && !reached[l.to]) changed = reached[l.to] = true;
      if (wanted[l.to] && !wanted[l.from]) changed = wanted[l.from] = true;
    }
  }
  Key key;
  for (const Producer& p : n.producers) key.push_back(in(p.needs) && wanted[p.node]);
  for (const Consumer& c : n.consumers) key.push_back(in(c.needs) && reached[c.node]);
  for (const Link& l : n.links) key.push_back(usable(l) && reached[l.from] && wanted[l.to]);
  return key;
}

}  // namespace

Result<void> optimise(const Network& n, Mask members, Workspace& w, Solution& out) {
  const auto list = options(n);
  if (list.size() > 16) return std::unexpected(Error{ErrorKind::too_large, "more than 16 links that may be built"});
  std::uint64_t usable = 0;
  for (std::size_t i = 0; i < list.size(); ++i)
    if ((n.links[list[i]].needs & ~members) == 0 && n.links[list[i]].capacity > 0) usable |= std::uint64_t{1} << i;
  const auto fixed = [&](std::uint64_t set) {
    double sum = 0;
    for (std::size_t i = 0; i < list.size(); ++i)
      if (set >> i & 1u) sum += n.links[list[i]].fixed;
    return sum;
  };
  // With everything built and nothing paid for, no set can be worth more: a bound for sets by their fixed costs.
  Solution trial;
  if (const auto done = solve(n, members, usable, w, trial); !done) return done;
  const double most = trial.total + trial.fixed;
  if (const auto done = solve(n, members, 0, w, out); !done) return done;
  std::vector<std::uint64_t> sets;
  for (std::uint64_t set = usable; set != 0; set = (set - 1) & usable) sets.push_back(set);
  std::ranges::sort(sets,
                    [](auto a, auto b) { return std::pair(std::popcount(a), a) < std::pair(std::popcount(b), b); });
  const double scale = 1.0 + std::abs(most);
  for (const std::uint64_t set : sets) {
    if (most - fixed(set) <= out.total + 1e-12 * scale) continue;
    if (const auto done = solve(n, members, set, w, trial); !done) return done;
    if (trial.total > out.total + 1e-12 * scale) std::swap(out, trial);
  }
  return {};
}

Result<void> worths(const Network& n, unsigned players, Workspace& w, std::span<double> worth, std::uint64_t* solves) {
  if (players > 20) return std::unexpected(Error{ErrorKind::too_large, "more than 20 players", "players"});
  if (worth.size() != std::size_t{1} << players)
    return std::unexpected(Error{ErrorKind::invalid, "the table of worths has 2^players entries", "worth"});
  if (const auto good = validate(n); !good) return good;
  std::map<Key, double> known;
  Solution s;
  std::uint64_t count = 0;
  for (std::size_t set = 0; set < worth.size(); ++set) {
    const auto members = static_cast<Mask>(set);
    const Key key = useful(n, members);
    const auto it = known.find(key);
    if (it != known.end()) {
      worth[set] = it->second;
      continue;
    }
    if (const auto done = optimise(n, members, w, s); !done) return done;
    ++count;
    known.emplace(key, s.total);
    worth[set] = s.total;
  }
  const double nothing = worth[0];
  for (double& v : worth) v -= nothing;
  if (solves) *solves = count;
  return {};
}

}  // namespace entente::market
