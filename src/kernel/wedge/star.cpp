// The table of a problem in which all movable ties meet in one actor, the hub, and the number of blocs is free: what
// one power can do with ties of its own.
//
// Problem. For every pattern of cut movable ties, and a and b together or apart, the best configuration.
// Theory. The pattern says who of the movable ties' other ends is in the hub's bloc, nothing else. A configuration is
// the hub's bloc H and a partition of the rest; what it cuts is all ties less those within blocs, so with in(S) the sum
// of the ties within S
//   best(M) = max over S in M that hold the first of M of  in(S) + best(M \ S)      (Held and Karp 1962 for
//   partitions),
// kept three times for sets that hold both a and b: whatever they do, together, apart. Every H then names its pattern.
// Choice. The energy of each entry is summed anew over its ties, so that rounding of the sums above decides between
// equals only.
// Cost. (3^(n-1) - 1) / 2 steps of a few operations, against the Bell number B(n) of partitions: 1,093 and 4,140 of
// eight actors, 88,573 and 4,213,597 of twelve.
#include <array>
#include <bit>
#include <limits>

#include "kernel/wedge/oracle.hpp"

namespace entente::wedge {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

}  // namespace

// The actor that all movable ties share, or `actors` where there is none.
std::uint32_t Oracle::hub(const Problem& p) const {
  const std::uint32_t n = p.graph.actors;
  if (p.moves.empty()) return p.a;
  const blocs::Tie& first = p.graph.ties[p.moves[0].tie];
  for (const std::uint32_t h : {first.a, first.b}) {
    bool all = true;
    for (const Move& m : p.moves) all = all && (p.graph.ties[m.tie].a == h || p.graph.ties[m.tie].b == h);
    if (all) return h;
  }
  return n;
}

void Oracle::star(const Problem& p, std::uint32_t hub) {
  const std::uint32_t n = p.graph.actors, others = n - 1;
  const auto place = [&](std::uint32_t i) { return i < hub ? i : i - 1; };
  const auto actor = [&](std::uint32_t i) { return i < hub ? i : i + 1; };
  const std::size_t sets = std::size_t{1} << others;
  within_.resize(sets);
  to_hub_.resize(sets);
  for (auto& s : states_) s.best.resize(sets), s.first.resize(sets);
  // Bits of a and b among the others; the hub has none.
  const std::size_t a = p.a == hub ? 0 : std::size_t{1} << place(p.a);
  const std::size_t b = p.b == hub ? 0 : std::size_t{1} << place(p.b);
  const bool outside = a != 0 && b != 0;

  within_[0] = to_hub_[0] = 0;
  for (std::size_t s = 1; s < sets; ++s) {
    const auto low = static_cast<std::uint32_t>(std::countr_zero(s));
    const auto high = static_cast<std::uint32_t>(std::bit_width(s) - 1);
    const std::size_t no_low = s & (s - 1), no_high = s & ~(std::size_t{1} << high);
    to_hub_[s] = to_hub_[no_low] + pair_[hub * n + actor(low)];
    within_[s] = no_low == 0 ? 0
                             : within_[no_low] + within_[no_high] - within_[no_low & no_high] +
                                   pair_[actor(low) * n + actor(high)];
  }
  auto& [any, together, apart] = states_;
  any.best[0] = 0;
  together.best[0] = apart.best[0] = never;
  const auto better = [](State& s, std::size_t set, double value, std::size_t first) {
    if (value > s.best[set]) s.best[set] = value, s.first[set] = static_cast<std::uint16_t>(first);
  };
  for (std::size_t set = 1; set < sets; ++set) {
    const std::size_t low = set & (~set + 1), rest = set ^ low;
    const bool both = outside && (set & a) != 0 && (set & b) != 0;
    any.best[set] = together.best[set] = apart.best[set] = never;
    for (std::size_t more = rest;; more = (more - 1) & rest) {  // the larger blocs first
      const std::size_t s = low | more, left = set ^ s;
      const double value = within_[s] + any.best[left];
      better(any, set, value, s);
      if (both) {
        const bool has_a = (s & a) != 0, has_b = (s & b) != 0;
        if (has_a != has_b) better(apart, set, value, s);
        else if (has_a) better(together, set, value, s);
        else {
          better(together, set, within_[s] + together.best[left], s);
          better(apart, set, within_[s] + apart.best[left], s);
        }
      }
      if (more == 0) break;
    }
  }
  std::array<std::size_t, most_actors> ends{};
  for (std::size_t m = 0; m < p.moves.size(); ++m) {
    const blocs::Tie& tie = p.graph.ties[p.moves[m].tie];
    ends[m] = std::size_t{1} << place(tie.a == hub ? tie.b : tie.a);
  }
  const std::size_t everybody = sets - 1, patterns = std::size_t{1} << p.moves.size();
  for (auto& f : found_) f.assign(patterns, {never, 0, 0});
  for (std::size_t s = sets; s-- > 0;) {  // with the hub
    std::size_t pattern = 0;
    for (std::size_t m = 0; m < p.moves.size(); ++m)
      if ((s & ends[m]) == 0) pattern |= std::size_t{1} << m;
    const double here = within_[s] + to_hub_[s];
    const std::size_t left = everybody ^ s;
    const auto offer = [&](bool joined, std::uint8_t state) {
      const double value = here + states_[state].best[left];
      Found& f = found_[joined == p.together ? 1 : 0][pattern];
      if (value > f.value) f = {value, static_cast<std::uint16_t>(s), state};
    };
    if (outside && (left & a) != 0 && (left & b) != 0) {
      offer(true, 1);
      offer(false, 2);
    } else {
      const bool a_here = a == 0 || (s & a) != 0, b_here = b == 0 || (s & b) != 0;
      offer(a_here == b_here, 0);
    }
  }
  for (const int wanted : {0, 1}) {
    table_[wanted].clear();
    for (std::size_t pattern = 0; pattern < patterns; ++pattern)
      if (found_[wanted][pattern].value > never)
        table_[wanted].push_back(entry(p, hub, pattern, found_[wanted][pattern]));
  }
}

// The configuration itself, its labels in the order of actors.
Oracle::Entry Oracle::entry(const Problem& p, std::uint32_t hub, std::uint64_t pattern, const Found& f) {
  const std::uint32_t n = p.graph.actors;
  const auto name = [&](std::size_t set, std::uint32_t label) {
    for (; set != 0; set &= set - 1) {
      const auto place = static_cast<std::uint32_t>(std::countr_zero(set));
      bloc_[place < hub ? place : place + 1] = label;
    }
  };
  std::uint32_t label = 0;
  bloc_[hub] = label;
  name(f.set, label);
  const std::size_t a = p.a == hub ? 0 : std::size_t{1} << (p.a < hub ? p.a : p.a - 1);
  std::uint8_t state = f.state;
  for (std::size_t left = ((std::size_t{1} << (n - 1)) - 1) ^ f.set; left != 0;) {
    const std::size_t s = states_[state].first[left];
    name(s, ++label);
    const std::size_t b = p.b == hub ? 0 : std::size_t{1} << (p.b < hub ? p.b : p.b - 1);
    if ((s & (a | b)) != 0) state = 0;  // from here on they are settled
    left ^= s;
  }
  std::array<std::uint32_t, most_actors> order;
  order.fill(n);
  std::uint32_t used = 0;
  Entry e{pattern, 0, 0};
  for (std::uint32_t i = 0; i < n; ++i) {
    std::uint32_t& to = order[bloc_[i]];
    if (to == n) to = used++;
    e.code |= std::uint64_t{to} << (4 * i);
    for (std::uint32_t j = 0; j < i; ++j)
      if (bloc_[j] != bloc_[i]) e.still += pair_[i * n + j];
  }
  return e;
}

}  // namespace entente::wedge
