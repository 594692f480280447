// Build or not, and the worths of all coalitions. The usable and useful elements of a coalition are told by a bit each
// (useful: on some way from a producer in use to a consumer in use); coalitions with the same bits share one solve.
#include <algorithm>
#include <bit>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

constexpr double tie = 1e-12;  // of the money that changes hands

bool choice(const Link& l) { return l.optional || l.fixed > 0; }
bool in(Mask needs, Mask members) { return (needs & ~members) == 0; }

// What of the network can serve coalition `members`, as bits: elements it controls that lie between a producer and a
// consumer it controls; all that it controls where some link is paid for flow, which may then go in a circle.
void useful(const Network& n, Mask members, Workspace::Body& w) {
  w.reached.assign(n.nodes, 0);
  w.wanted.assign(n.nodes, 0);
  for (const Producer& p : n.producers)
    if (in(p.needs, members) && p.capacity > 0) w.reached[p.node] = 1;
  for (const Consumer& c : n.consumers)
    if (in(c.needs, members) && c.most > 0) w.wanted[c.node] = 1;
  const auto usable = [&](const Link& l) { return in(l.needs, members) && l.capacity > 0; };
  if (std::ranges::any_of(n.links, [&](const Link& l) { return usable(l) && l.cost < 0; })) {
    w.reached.assign(n.nodes, 1);
    w.wanted.assign(n.nodes, 1);
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Link& l : n.links) {
      if (!usable(l)) continue;
      if (w.reached[l.from] && !w.reached[l.to]) w.reached[l.to] = 1, changed = true;
      if (w.wanted[l.to] && !w.wanted[l.from]) w.wanted[l.from] = 1, changed = true;
    }
  }
  w.key.clear();
  std::size_t count = 0;
  const auto add = [&](bool bit) {
    if (count % 64 == 0) w.key.push_back(0);
    w.key.back() |= std::uint64_t{bit} << (count++ % 64);
  };
  for (const Producer& p : n.producers) add(in(p.needs, members) && p.capacity > 0 && w.wanted[p.node]);
  for (const Consumer& c : n.consumers) add(in(c.needs, members) && c.most > 0 && w.reached[c.node]);
  for (const Link& l : n.links) add(usable(l) && w.reached[l.from] && w.wanted[l.to]);
}

// Where the coalition with these bits was met first, in an open table of twice the size of what it can hold.
std::uint32_t& slot(Workspace::Body& w) {
  std::uint64_t h = 0x9e3779b97f4a7c15u;
  for (const std::uint64_t word : w.key) {
    h = (h ^ word) * 0xbf58476d1ce4e5b9u;
    h ^= h >> 29;
  }
  const std::size_t words = w.key.size();
  for (std::size_t at = h & (w.table.size() - 1);; at = (at + 1) & (w.table.size() - 1)) {
    std::uint32_t& first = w.table[at];
    if (first == nobody) return first;
    const std::size_t begin = std::size_t{first} * words;
    if (std::equal(w.key.begin(), w.key.end(), w.keys.begin() + static_cast<std::ptrdiff_t>(begin))) return first;
  }
}

}  // namespace

Result<void> optimise(const Network& n, Mask members, Workspace& workspace, Solution& out) {
  Workspace::Body& w = workspace.body();
  w.options.clear();
  for (std::uint32_t i = 0; i < n.links.size(); ++i)
    if (choice(n.links[i])) w.options.push_back(i);
  if (w.options.size() > 16)
    return std::unexpected(Error{ErrorKind::too_large, "more than 16 links that may be built"});
  std::uint64_t usable = 0;
  for (std::size_t i = 0; i < w.options.size(); ++i) {
    const Link& l = n.links[w.options[i]];
    if (in(l.needs, members) && l.capacity > 0) usable |= std::uint64_t{1} << i;
  }
  if (const auto done = solve(n, members, 0, workspace, out); !done) return done;
  if (usable == 0) return {};
  // With everything built and nothing paid for, no set can be worth more: a bound for sets by their fixed costs.
  Solution& trial = w.trial;
  if (const auto done = solve(n, members, usable, workspace, trial); !done) return done;
  const double most = trial.total + trial.fixed;
  const double margin =
      tie * (std::abs(trial.gross) + std::abs(trial.production_cost) + std::abs(trial.transport_cost) + trial.fixed);
  w.sets.clear();
  for (std::uint64_t set = usable; set != 0; set = (set - 1) & usable) w.sets.push_back(set);
  // The fewest first; of equally many, the one with the lowest index that the other lacks.
  std::ranges::sort(w.sets, [](std::uint64_t a, std::uint64_t b) {
    const int by_size = std::popcount(a) - std::popcount(b);
    return by_size != 0 ? by_size < 0 : a != b && (a & -(a ^ b) & (a ^ b)) != 0;
  });
  for (const std::uint64_t set : w.sets) {
    double fixed = 0;
    for (std::size_t i = 0; i < w.options.size(); ++i)
      if (set >> i & 1u) fixed += n.links[w.options[i]].fixed;
    if (most - fixed <= out.total + margin) continue;
    if (const auto done = solve(n, members, set, workspace, trial); !done) return done;
    if (trial.total > out.total + margin) std::swap(out, trial);
  }
  return {};
}

Result<void> worths(const Network& n, unsigned players, Workspace& workspace, std::span<double> worth,
                    std::uint64_t* solves) {
  if (players > 20) return std::unexpected(Error{ErrorKind::too_large, "more than 20 players", "players"});
  if (worth.size() != std::size_t{1} << players)
    return std::unexpected(Error{ErrorKind::invalid, "the table of worths has 2^players entries", "worth"});
  if (const auto good = validate(n); !good) return good;
  Workspace::Body& w = workspace.body();
  w.table.assign(2 * worth.size(), nobody);
  w.keys.clear();
  w.known.clear();
  for (std::size_t set = 0; set < worth.size(); ++set) {
    useful(n, static_cast<Mask>(set), w);
    std::uint32_t& first = slot(w);
    if (first == nobody) {
      first = static_cast<std::uint32_t>(w.known.size());
      w.keys.insert(w.keys.end(), w.key.begin(), w.key.end());
      if (const auto done = optimise(n, static_cast<Mask>(set), workspace, w.best); !done) return done;
      w.known.push_back(w.best.total);
    }
    worth[set] = w.known[first];
  }
  const double nothing = worth[0];
  for (double& v : worth) v -= nothing;
  if (solves) *solves = w.known.size();
  return {};
}

}  // namespace entente::market
