#include "entente/world/eve.hpp"

#include <algorithm>
#include <bit>

#include "entente/base/elementary.hpp"

namespace entente::world {

namespace {

enum : std::size_t {
  constant,
  pact,
  defence_pact,
  opposed,
  sided,
  last_side,
  last_side_aged,
  rivalry,
  democracy,
  regime_gap,
  border,
  distance,
  allies,
  foes,
  crossed,
  votes
};

constexpr double half_life = 10;  // years, of disputes in the indices
constexpr double memory = 20;     // years, of the last side
constexpr int remembered = 10;    // years in which a dispute makes a foe of a third party
constexpr double democracy_middle = 0.3, gap_middle = 0.25, votes_middle = 1.1, distance_middle = 3000,
                 nearest_km = 100;

double log(double x) {
  logarithms({&x, 1});
  return x;
}
double power_of_half(double x) {
  double y = -x * 0.6931471805599453;
  exponentials({&y, 1});
  return y;
}

using Set = std::array<std::uint64_t, 8>;  // of states: at most 512
void put(Set& s, State x) { s[x / 64] |= std::uint64_t{1} << x % 64; }
void take(Set& s, State x) { s[x / 64] &= ~(std::uint64_t{1} << x % 64); }
int common(const Set& a, const Set& b) {
  int n = 0;
  for (std::size_t k = 0; k < a.size(); ++k) n += std::popcount(a[k] & b[k]);
  return n;
}

}  // namespace

const Kind& kind(std::size_t k) {
  static constexpr Kind all[kinds] = {
      {"constant", "constant", "1 for every pair"},
      {"pact", "pacts", "1 with any pact in force"},
      {"defence", "pacts", "1 with a pact of defence in force, besides `pact`"},
      {"opposed", "disputes",
       "x / (1 + x), x the sum over ended disputes against each other of hostility / 5 times 2^(-age / 10 years)"},
      {"sided", "disputes", "the same over ended disputes on one side"},
      {"last-side", "last-side", "1 together in the last ended dispute of both, -1 against each other, 0 never"},
      {"last-side-aged", "last-side", "that times 2^(-age / 20 years)"},
      {"rivalry", "rivalry", "1 between strategic rivals"},
      {"democracy", "regime", "the lesser of both polyarchies less 0.3"},
      {"regime-gap", "regime", "the difference of polyarchies less 0.25"},
      {"border", "contiguity", "1 across a border by land or river, or at most 24 miles of water"},
      {"distance", "distance", "ln of the kilometres between capitals, at least 100, over 3000"},
      {"allies", "third-party", "ln (1 + third states with a pact of defence with both)"},
      {"foes", "third-party", "ln (1 + third states that both have as rival or had against them in ten years)"},
      {"crossed", "third-party", "ln (1 + third states that are one's ally by defence and the other's foe)"},
      {"votes", "votes", "1.1 less the distance of ideal points in the General Assembly"},
  };
  return all[k];
}

Ages Ages::at(int year) {
  const auto late = [&](Table t) { return static_cast<std::int16_t>(std::max(0, year - 1 - about(t).to)); };
  return {late(Table::disputes),   late(Table::pacts),  late(Table::rivalries),
          late(Table::contiguity), late(Table::regime), late(Table::votes)};
}

Eve::Eve(const World& w, int year, std::span<const State> states, const Ages& ages)
    : actors_(states.size()), dyads_(states.size() * states.size()) {
  const std::size_t n = actors_;
  const auto end_of = [&](std::int16_t age) { return Day{static_cast<std::int16_t>(year - 1 - age), 12, 31}; };
  std::vector<std::int32_t> place(w.states().size(), -1);
  for (std::size_t i = 0; i < n; ++i) place[states[i]] = static_cast<std::int32_t>(i);
  const auto dyad = [&](std::int32_t a, std::int32_t b) -> Dyad& {
    return dyads_[static_cast<std::size_t>(std::min(a, b)) * n + static_cast<std::size_t>(std::max(a, b))];
  };
  const auto set = [](Dyad& d, std::size_t k, double value) {
    d.value[k] = value;
    d.known |= 1u << k;
  };
  const auto each = [&](auto&& f) {
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = a + 1; b < n; ++b) f(dyads_[a * n + b], a, b);
  };
  std::vector<Set> ally(n), foe(n);
  each([&](Dyad& d, std::size_t, std::size_t) { set(d, constant, 1); });

  if (const Day on = end_of(ages.pacts); w.has(Table::pacts) && on.year <= about(Table::pacts).to) {
    each([&](Dyad& d, std::size_t, std::size_t) { set(d, pact, 0), set(d, defence_pact, 0); });
    for (const Pact& p : w.pacts()) {
      if (!p.holds(on)) continue;
      const auto a = place[p.a], b = place[p.b];
      const bool defends = (p.kinds & defence) != 0;
      if (defends && a >= 0) put(ally[static_cast<std::size_t>(a)], p.b);
      if (defends && b >= 0) put(ally[static_cast<std::size_t>(b)], p.a);
      if (a < 0 || b < 0) continue;
      Dyad& d = dyad(a, b);
      d.value[pact] = 1;
      if (defends) d.value[defence_pact] = 1;
      d.pact = std::max(d.pact, defends ? 2 : 1);
    }
  }

  if (const Day on = end_of(ages.rivalries); w.has(Table::rivalries) && on.year <= about(Table::rivalries).to) {
    each([&](Dyad& d, std::size_t, std::size_t) { set(d, rivalry, 0); });
    for (const Rivalry& r : w.rivalries()) {
      if (!r.holds(on)) continue;
      const auto a = place[r.a], b = place[r.b];
      if (a >= 0) put(foe[static_cast<std::size_t>(a)], r.b);
      if (b >= 0) put(foe[static_cast<std::size_t>(b)], r.a);
      if (a >= 0 && b >= 0) dyad(a, b).value[rivalry] = 1;
    }
  }

  if (const Day on = end_of(ages.disputes); w.has(Table::disputes) && on.year <= about(Table::disputes).to) {
    struct Sum {
      double opposed = 0, sided = 0, signs = 0;
      int last = 0, count = 0;
    };
    std::vector<Sum> sums(n * n);
    const auto sum = [&](std::int32_t a, std::int32_t b) -> Sum& {
      return sums[static_cast<std::size_t>(std::min(a, b)) * n + static_cast<std::size_t>(std::max(a, b))];
    };
    const auto latest = [](Sum& s, int last, int sign) {
      if (last > s.last) s.last = last, s.signs = 0, s.count = 0;
      if (last == s.last) s.signs += sign, ++s.count;
    };
    for (const Conflict& c : w.disputes()) {
      if (c.last > on) continue;  // running on the eve, or later
      for (const auto& f : c.foes) {
        const auto a = place[f.a], b = place[f.b];
        const int age = on.year - f.to;
        if (age < remembered) {
          if (a >= 0) put(foe[static_cast<std::size_t>(a)], f.b);
          if (b >= 0) put(foe[static_cast<std::size_t>(b)], f.a);
        }
        if (a < 0 || b < 0) continue;
        Sum& s = sum(a, b);
        s.opposed += f.hostility / 5.0 * power_of_half(age / half_life);
        latest(s, f.to, -1);
      }
      for (std::size_t i = 0; i < c.parts.size(); ++i)
        for (std::size_t j = i + 1; j < c.parts.size(); ++j) {
          const auto &p = c.parts[i], &q = c.parts[j];
          const auto a = place[p.state], b = place[q.state];
          if (a < 0 || b < 0 || p.side != q.side || p.changed || q.changed) continue;
          Sum& s = sum(a, b);
          s.sided += power_of_half((on.year - c.last.year) / half_life);
          latest(s, c.last.year, 1);
        }
    }
    each([&](Dyad& d, std::size_t a, std::size_t b) {
      const Sum& s = sums[a * n + b];
      d.last_side = s.count > 0 ? s.signs / s.count : 0;
      d.opposed = s.opposed / (1 + s.opposed);
      set(d, opposed, d.opposed);
      set(d, sided, s.sided / (1 + s.sided));
      set(d, last_side, d.last_side);
      set(d, last_side_aged, s.count > 0 ? d.last_side * power_of_half((on.year - s.last) / memory) : 0);
    });
  }

  // Third parties: those who take part have their own ties in the event.
  for (std::size_t i = 0; i < n; ++i)
    for (const State s : states) take(ally[i], s), take(foe[i], s);
  each([&](Dyad& d, std::size_t a, std::size_t b) {
    const bool pacts = (d.known >> pact & 1u) != 0, hostile = (d.known >> opposed & d.known >> rivalry & 1u) != 0;
    if (pacts) set(d, allies, log(1 + common(ally[a], ally[b])));
    if (hostile) set(d, foes, log(1 + common(foe[a], foe[b])));
    if (pacts && hostile) set(d, crossed, log(1 + common(ally[a], foe[b]) + common(foe[a], ally[b])));
  });

  const int regimes = year - 1 - ages.regime, assembly = year - 1 - ages.votes;
  std::vector<Figure> polyarchy(n), ideal(n);
  for (std::size_t i = 0; i < n; ++i)
    polyarchy[i] = w.democracy(states[i], regimes, 2), ideal[i] = w.ideal_point(states[i], assembly, 2);
  const Day on = end_of(ages.borders);
  const bool borders = w.has(Table::contiguity) && on.year <= about(Table::contiguity).to;
  if (borders) {
    each([&](Dyad& d, std::size_t, std::size_t) { set(d, border, 0); });
    for (const Border& b : w.borders()) {
      const auto p = place[b.a], q = place[b.b];
      if (p >= 0 && q >= 0 && b.type <= 3 && b.holds(on)) dyad(p, q).value[border] = 1;
    }
  }
  each([&](Dyad& d, std::size_t a, std::size_t b) {
    const auto apart = [](const Figure& x, const Figure& y) {
      return x.value < y.value ? y.value - x.value : x.value - y.value;
    };
    if (polyarchy[a].known && polyarchy[b].known) {
      set(d, democracy, std::min(polyarchy[a].value, polyarchy[b].value) - democracy_middle);
      set(d, regime_gap, apart(polyarchy[a], polyarchy[b]) - gap_middle);
    }
    if (ideal[a].known && ideal[b].known) set(d, votes, votes_middle - apart(ideal[a], ideal[b]));
    if (const Figure km = w.distance(states[a], states[b], end_of(0)); km.known)
      set(d, distance, log(std::max(km.value, nearest_km) / distance_middle));
  });
}

}  // namespace entente::world
