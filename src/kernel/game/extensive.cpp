// Extensive games: what makes one, its ends, expected payoffs, the judges.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "kernel/game/paths.hpp"

namespace entente::game {

namespace {

// The first node whose player has forgotten there what it did or knew; none: all remember.
std::optional<std::size_t> forgetful_node(const Extensive& g) {
  // Perfect recall: at all nodes of a set its player has come through the same own sets and moves. A history is the
  // number of (history before, move), so equal numbers are equal pasts.
  std::vector<std::vector<std::uint32_t>> past(g.nodes.size());
  std::vector<std::int64_t> known(g.information.size(), -1);
  past[0].assign(g.players, 0);
  std::uint32_t next = 1;
  std::vector<std::vector<std::pair<std::uint64_t, std::uint32_t>>> after(1);
  for (std::size_t k = 0; k < g.nodes.size(); ++k) {
    const Node& n = g.nodes[k];
    std::uint32_t player = 0, mine = 0;
    if (n.kind == Node::Kind::decision) {
      player = g.information[n.information].player;
      mine = past[k][player];
      if (known[n.information] < 0) known[n.information] = mine;
      else if (known[n.information] != mine) return k;
    }
    for (std::size_t c = 0; c < n.children.size(); ++c) {
      auto& to = past[n.children[c]] = past[k];
      if (n.kind != Node::Kind::decision) continue;
      const std::uint64_t move = (std::uint64_t{n.information} << 32) | c;
      auto& list = after[mine];
      const auto it = std::ranges::find(list, move, &std::pair<std::uint64_t, std::uint32_t>::first);
      if (it != list.end()) {
        to[player] = it->second;
        continue;
      }
      list.emplace_back(move, next);
      to[player] = next++;
      after.emplace_back();
    }
    if (k > 0) past[k].clear();
  }
  return std::nullopt;
}

}  // namespace

Result<void> validate(const Extensive& g, Recall recall) {
  const auto fail = [](std::size_t node, std::string message) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), "node " + std::to_string(node)});
  };
  const auto bad = [](const char* where, std::string message) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), where});
  };
  if (g.players == 0) return bad("players", "a game has a player");
  if (g.nodes.empty()) return bad("nodes", "a game has a node");
  if (g.nodes.size() > 1'000'000 || g.players > 64 || g.information.size() > 100'000)
    return std::unexpected(
        Error{ErrorKind::too_large, "more than a million nodes, 64 players or 100,000 sets", "nodes"});
  if (g.payoff.size() != g.nodes.size() * g.players) return bad("payoff", "every node has a payoff for every player");
  for (std::size_t k = 0; k < g.payoff.size(); ++k)
    if (!(std::abs(g.payoff[k]) <= 1e100)) return fail(k / g.players, "a payoff is a finite number");
  for (const Information& i : g.information)
    if (i.player >= g.players || i.moves == 0) return bad("information", "a set belongs to a player and has a move");
  std::vector<std::uint8_t> led(g.nodes.size(), 0);
  for (std::size_t k = 0; k < g.nodes.size(); ++k) {
    const Node& n = g.nodes[k];
    if ((n.kind == Node::Kind::terminal) != n.children.empty())
      return fail(k, n.children.empty() ? "nothing follows a move of this node" : "moves follow an end");
    for (const std::uint32_t c : n.children) {
      if (c <= k || c >= g.nodes.size()) return fail(k, "a move leads to no later node");
      if (led[c]++) return fail(c, "two moves lead to this node");
    }
    if (n.kind == Node::Kind::chance) {
      double sum = 0;
      if (n.chance.size() != n.children.size()) return fail(k, "every move of chance has a chance");
      for (const double c : n.chance) {
        if (!(c >= 0 && c <= 1)) return fail(k, "a chance lies from 0 to 1");
        sum += c;
      }
      if (std::abs(sum - 1) > 1e-9) return fail(k, "the chances of this node do not add up to 1");
    }
    if (n.kind == Node::Kind::decision &&
        (n.information >= g.information.size() || g.information[n.information].moves != n.children.size()))
      return fail(k, "this node has not the moves of its information set");
  }
  for (std::size_t k = 1; k < g.nodes.size(); ++k)
    if (!led[k]) return fail(k, "no move leads to this node");
  if (recall == Recall::perfect)
    if (const auto node = forgetful_node(g))
      return fail(*node, "imperfect recall: the player has forgotten here what it did or knew before");
  return {};
}

bool perfect_recall(const Extensive& g) { return !forgetful_node(g); }

Paths paths(const Extensive& g) {
  Paths p;
  p.first.push_back(0);
  for (std::uint32_t i = 0; i < g.information.size(); ++i) {
    p.first.push_back(p.first.back() + g.information[i].moves);
    p.set.insert(p.set.end(), g.information[i].moves, i);
  }
  std::vector<std::pair<std::uint32_t, End>> stack;
  End begin;
  begin.payoff.assign(g.players, 0.0);
  stack.emplace_back(0, begin);
  while (!stack.empty()) {
    auto [k, here] = std::move(stack.back());
    stack.pop_back();
    const Node& n = g.nodes[k];
    for (std::uint32_t i = 0; i < g.players; ++i) here.payoff[i] += g.payoff[k * g.players + i];
    if (n.kind == Node::Kind::terminal) {
      here.node = k;
      p.ends.push_back(std::move(here));
      continue;
    }
    for (std::size_t c = n.children.size(); c-- > 0;) {
      End next = here;
      if (n.kind == Node::Kind::chance) next.chance *= n.chance[c];
      else next.moves.push_back(p.first[n.information] + static_cast<std::uint32_t>(c));
      if (next.chance > 0) stack.emplace_back(n.children[c], std::move(next));
    }
  }
  for (std::uint32_t i = 0; i < g.players; ++i) {
    double low = p.ends[0].payoff[i], high = low;
    for (const End& e : p.ends) {
      low = std::min(low, e.payoff[i]);
      high = std::max(high, e.payoff[i]);
    }
    p.range.push_back(high > low ? high - low : 1);
  }
  return p;
}

std::vector<double> expected(const Extensive& g, const Behaviour& b) {
  const Paths p = paths(g);
  std::vector<double> out(g.players, 0.0);
  for (const End& e : p.ends) {
    double chance = e.chance;
    for (const std::uint32_t m : e.moves) {
      const double c = b[p.set[m]][m - p.first[p.set[m]]];
      chance *= std::isnan(c) ? (m == p.first[p.set[m]] ? 1 : 0) : c;
    }
    for (std::uint32_t i = 0; i < g.players; ++i) out[i] += chance * e.payoff[i];
  }
  return out;
}

std::vector<std::vector<std::uint32_t>> reduced(const Extensive& g, const Paths& p, std::uint32_t player,
                                                std::size_t most) {
  // The own moves that lead to a set, the same for all its nodes; found at the ends. A set that chance never reaches
  // (moves of chance 0) is left free.
  std::vector<std::vector<std::uint32_t>> before(g.information.size());
  std::vector<std::uint8_t> seen(g.information.size(), 0);
  std::vector<std::uint32_t> order;
  for (const End& e : p.ends) {
    std::vector<std::uint32_t> own;
    for (const std::uint32_t m : e.moves) {
      const std::uint32_t s = p.set[m];
      if (g.information[s].player != player) continue;
      if (!seen[s]) {
        seen[s] = 1;
        before[s] = own;
        order.push_back(s);
      }
      own.push_back(m);
    }
  }
  std::ranges::stable_sort(order, {}, [&](std::uint32_t s) { return before[s].size(); });
  if (!perfect_recall(g))  // several own pasts lead to one set: every set of the plan is filled
    for (auto& past : before) past.clear();
  std::vector<std::vector<std::uint32_t>> out{std::vector<std::uint32_t>(g.information.size(), free_move)};
  for (const std::uint32_t s : order) {
    std::vector<std::vector<std::uint32_t>> next;
    for (auto& plan : out) {
      bool leads = true;
      for (const std::uint32_t m : before[s]) leads = leads && plan[p.set[m]] == m - p.first[p.set[m]];
      if (!leads) {
        next.push_back(std::move(plan));
        continue;
      }
      for (std::uint32_t c = 0; c < g.information[s].moves; ++c) {
        next.push_back(plan);
        next.back()[s] = c;
      }
      if (next.size() > most) return {};
    }
    out = std::move(next);
  }
  return out;
}

namespace {

// The best that a player can get against the others' behaviour, `weight` by end being nature's and their chance of it;
// `taken` by end: does this best behaviour lead there? Perfect recall: the player's own past is the last own move, so
// that the best from every move on is known when the later sets are.
void best_reply(const Extensive& g, const Paths& p, std::uint32_t player, const std::vector<double>& weight,
                std::vector<std::uint8_t>& taken) {
  constexpr std::uint32_t begin = 0xffffffffu;
  const std::size_t moves = p.set.size();
  std::vector<double> value(moves + 1, 0.0);  // from a move on; the last: from the beginning
  std::vector<std::uint32_t> before(g.information.size(), begin), last(p.ends.size(), begin), order;
  std::vector<std::uint8_t> seen(g.information.size(), 0);
  std::vector<std::size_t> depth(g.information.size(), 0);
  const auto at = [&](std::uint32_t m) { return m == begin ? moves : std::size_t{m}; };
  for (std::size_t z = 0; z < p.ends.size(); ++z) {
    std::size_t own = 0;
    for (const std::uint32_t m : p.ends[z].moves) {
      const std::uint32_t s = p.set[m];
      if (g.information[s].player != player) continue;
      if (!seen[s]) seen[s] = 1, before[s] = last[z], depth[s] = own, order.push_back(s);
      last[z] = m;
      ++own;
    }
    value[at(last[z])] += weight[z] * p.ends[z].payoff[player];
  }
  std::ranges::stable_sort(order, std::greater{}, [&](std::uint32_t s) { return depth[s]; });
  std::vector<std::uint32_t> move(g.information.size(), 0);
  for (const std::uint32_t s : order) {
    std::uint32_t best = p.first[s];
    for (std::uint32_t m = p.first[s]; m < p.first[s + 1]; ++m)
      if (value[m] > value[best]) best = m;
    move[s] = best;
    value[at(before[s])] += value[best];
  }
  for (std::size_t z = 0; z < p.ends.size(); ++z) {
    taken[z] = 1;
    for (const std::uint32_t m : p.ends[z].moves)
      if (g.information[p.set[m]].player == player && move[p.set[m]] != m) taken[z] = 0;
  }
}

}  // namespace

double check(const Extensive& g, const Behaviour& b) {
  const Paths p = paths(g);
  const double infinite = std::numeric_limits<double>::infinity();
  if (b.size() != g.information.size()) return infinite;
  double worst = 0;
  for (std::size_t s = 0; s < b.size(); ++s) {
    if (b[s].size() != g.information[s].moves) return infinite;
    double sum = 0;
    for (const double c : b[s]) {
      if (c < 0) return infinite;
      sum += c;
    }
    if (!std::isnan(sum)) worst = std::max(worst, std::abs(sum - 1));
  }
  const auto chance = [&](std::uint32_t m) {
    const std::uint32_t s = p.set[m];
    const double c = b[s][m - p.first[s]];
    return std::isnan(c) ? (m == p.first[s] ? 1.0 : 0.0) : c;
  };
  const bool recall = perfect_recall(g);
  std::vector<double> weight(p.ends.size()), now(p.ends.size());
  std::vector<std::uint8_t> taken(p.ends.size());
  for (std::uint32_t i = 0; i < g.players; ++i) {
    for (std::size_t z = 0; z < p.ends.size(); ++z) {
      weight[z] = now[z] = p.ends[z].chance;
      for (const std::uint32_t m : p.ends[z].moves) {
        if (g.information[p.set[m]].player != i) weight[z] *= chance(m);
        now[z] *= chance(m);
      }
    }
    // The gain, over the range of the payoffs between which it is made.
    const auto gain = [&] {
      double more = 0, low = infinite, high = -infinite;
      for (std::size_t z = 0; z < p.ends.size(); ++z) {
        const double u = p.ends[z].payoff[i], then = taken[z] ? weight[z] : 0;
        more += (then - now[z]) * u;
        if (then > 0 || now[z] > 0) low = std::min(low, u), high = std::max(high, u);
      }
      return high > low ? more / (high - low) : 0;
    };
    if (recall) {
      best_reply(g, p, i, weight, taken);
      worst = std::max(worst, gain());
      continue;
    }
    const auto plans = reduced(g, p, i, 1u << 20);
    if (plans.empty()) return std::numeric_limits<double>::quiet_NaN();
    for (const auto& plan : plans) {
      for (std::size_t z = 0; z < p.ends.size(); ++z) {
        taken[z] = 1;
        for (const std::uint32_t m : p.ends[z].moves)
          if (g.information[p.set[m]].player == i && plan[p.set[m]] != m - p.first[p.set[m]]) taken[z] = 0;
      }
      worst = std::max(worst, gain());
    }
  }
  return worst;
}

bool perfect_information(const Extensive& g) noexcept {
  std::vector<std::uint32_t> nodes(g.information.size(), 0);
  for (const Node& n : g.nodes)
    if (n.kind == Node::Kind::decision && ++nodes[n.information] > 1) return false;
  return true;
}

double check_everywhere(const Extensive& g, const Behaviour& b) {
  std::vector<std::vector<double>> value(g.nodes.size(), std::vector<double>(g.players, 0.0));
  auto size = value;  // the same with every payoff's size: what rounding is a share of
  double worst = 0;
  for (std::size_t k = g.nodes.size(); k-- > 0;) {
    const Node& n = g.nodes[k];
    const bool mine = n.kind == Node::Kind::decision;
    const std::uint32_t i = mine ? g.information[n.information].player : 0;
    double best = -std::numeric_limits<double>::infinity(), has = 0, most = 0;
    for (std::size_t c = 0; c < n.children.size(); ++c) {
      const double chance = mine ? b[n.information][c] : n.chance[c];
      if (std::isnan(chance)) return std::numeric_limits<double>::quiet_NaN();
      for (std::uint32_t j = 0; j < g.players; ++j) {
        value[k][j] += chance * value[n.children[c]][j];
        size[k][j] += chance * size[n.children[c]][j];
      }
      if (value[n.children[c]][i] > best) best = value[n.children[c]][i], most = size[n.children[c]][i];
      has += chance * value[n.children[c]][i];
    }
    if (mine && best > has) worst = std::max(worst, (best - has) / std::max(most, size[k][i]));
    for (std::uint32_t j = 0; j < g.players; ++j) {
      value[k][j] += g.payoff[k * g.players + j];
      size[k][j] += std::abs(g.payoff[k * g.players + j]);
    }
  }
  return worst;
}

}  // namespace entente::game
