// Games to try the coalition kernel on: one generator for each kind that has broken somebody's program or is met in
// practice. The same seed gives the same game with any standard library.
#pragma once
#include <random>
#include <string>

#include "property/coalition_oracle.hpp"

namespace oracle {

/// Numbers from a seed, without the standard library's distributions, whose sequences differ between libraries.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double real(double low, double high) { return low + (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53; }
  int whole(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(double p) { return real(0, 1) < p; }
  Vec reals(unsigned n, double low, double high) {
    Vec r(n);
    for (double& a : r) a = real(low, high);
    return r;
  }
  Vec wholes(unsigned n, int low, int high) {
    Vec r(n);
    for (double& a : r) a = whole(low, high);
    return r;
  }

 private:
  std::mt19937_64 engine_;
};

/// A table from a function of the coalition; the empty one is worth 0.
template <class F>
Vec table(unsigned n, F f) {
  Vec v(std::size_t{1} << n, 0.0);
  for (Mask s = 1; s < v.size(); ++s) v[s] = f(s);
  return v;
}
/// A table from dividends, by adding each to every coalition around it.
inline Vec from_dividends(const Vec& d) {
  Vec v = d;
  for (unsigned i = 0; i < players(v); ++i)
    for (Mask s = 0; s < v.size(); ++s)
      if (in(s, i)) v[s] += v[s & ~bit(i)];
  return v;
}

namespace games {

inline Vec uniform(unsigned n, Dice& d) {
  Vec v = table(n, [&](Mask) { return d.real(0, 1); });
  v.back() = d.real(0.5, 3);
  return v;
}
inline Vec of_both_signs(unsigned n, Dice& d) {
  return table(n, [&](Mask) { return d.real(-1, 1); });
}
inline Vec all_negative(unsigned n, Dice& d) {
  return table(n, [&](Mask s) { return d.real(-2, -1) * size(s); });
}
inline Vec monotone(unsigned n, Dice& d) {
  Vec v(std::size_t{1} << n, 0.0);
  for (Mask s = 1; s < v.size(); ++s) {
    for (unsigned i = 0; i < n; ++i)
      if (in(s, i)) v[s] = std::max(v[s], v[s & ~bit(i)]);
    if (d.chance(0.6)) v[s] += d.whole(0, 3);
  }
  return v;
}
inline Vec superadditive_cover(unsigned n, Dice& d) {
  Vec v = table(n, [&](Mask s) { return d.real(0, size(s)); });
  for (Mask s = 1; s < v.size(); ++s)
    for (Mask t = (s - 1) & s; t != 0; t = (t - 1) & s) v[s] = std::max(v[s], v[t] + v[s & ~t]);
  return v;
}
inline Vec convex(unsigned n, Dice& d) {
  return from_dividends(table(n, [&](Mask s) {
    return size(s) == 1 ? d.real(-2, 2) : d.chance(0.3) ? d.real(0, 1) : 0;
  }));
}
inline Vec convex_of_size(unsigned n, Dice& d) {
  const Vec w = d.wholes(n, 0, 4);
  return table(n, [&](Mask s) { return total(w, s) * total(w, s); });
}
inline Vec voting(unsigned n, Dice& d) {
  Vec w = d.wholes(n, 0, d.chance(0.5) ? 3 : 20);
  w[0] += 1;
  const double sum = std::accumulate(w.begin(), w.end(), 0.0),
               quota = std::max(1.0, std::floor(sum * d.real(0.3, 1)) + 1);
  return table(n, [&](Mask s) { return total(w, s) >= std::min(quota, sum) ? 1.0 : 0.0; });
}
inline Vec two_majorities(unsigned n, Dice& d) {
  const Vec a = d.wholes(n, 1, 4), b = d.wholes(n, 1, 6);
  const double qa = std::floor(0.5 * std::accumulate(a.begin(), a.end(), 0.0)) + 1;
  const double qb = std::floor(0.6 * std::accumulate(b.begin(), b.end(), 0.0)) + 1;
  return table(n, [&](Mask s) { return total(a, s) >= qa && total(b, s) >= qb ? 1.0 : 0.0; });
}
inline Vec simple(unsigned n, Dice& d) {  // monotone, by its minimal winning coalitions
  std::vector<Mask> minimal{bit(n) - 1};
  for (int k = d.whole(1, static_cast<int>(n)); k > 0; --k)
    minimal.push_back(static_cast<Mask>(d.whole(1, static_cast<int>(bit(n)) - 1)));
  return table(n, [&](Mask s) {
    return std::any_of(minimal.begin(), minimal.end(), [&](Mask m) { return (s & m) == m; }) ? 1.0 : 0.0;
  });
}
inline Vec few_values(unsigned n, Dice& d) {
  return table(n, [&](Mask) { return d.whole(0, 2); });
}
inline Vec small_integers(unsigned n, Dice& d) {
  Vec v = table(n, [&](Mask) { return d.whole(-2, 3); });
  v.back() = d.whole(0, 8);
  return v;
}
inline Vec empty_core(unsigned n, Dice& d) {
  const double f = d.real(0.5, 1);
  Vec v = table(n, [&](Mask s) { return size(s) * 2 > n ? f + d.whole(0, 3) * 0.01 : 0; });
  v.back() = 1;
  return v;
}
inline Vec additive(unsigned n, Dice& d) {
  const Vec a = d.chance(0.5) ? d.wholes(n, -3, 5) : d.reals(n, -1, 1);
  return table(n, [&](Mask s) { return total(a, s); });
}
inline Vec almost_additive(unsigned n, Dice& d) {
  Vec c(std::size_t{1} << n, 0.0);
  for (unsigned i = 0; i < n; ++i) c[bit(i)] = d.whole(0, 3);
  for (int k = d.whole(1, 3); k > 0; --k)
    c[static_cast<std::size_t>(d.whole(1, static_cast<int>(c.size()) - 1))] += d.whole(-2, 3);
  return from_dividends(c);
}
inline Vec few_dividends(unsigned n, Dice& d) {
  Vec c(std::size_t{1} << n, 0.0);
  for (unsigned k = 0; k < n; ++k)
    c[static_cast<std::size_t>(d.whole(1, static_cast<int>(c.size()) - 1))] += d.whole(-1, 3);
  return from_dividends(c);
}
inline Vec nulls_and_dummies(unsigned n, Dice& d) {
  const Mask real = bit(n - (n > 3 ? 2 : 1)) - 1;  // the last is a dummy, the one before it a null player
  const Vec v = d.chance(0.5) ? few_values(n, d) : uniform(n, d);
  const double own = d.whole(0, 1);
  return table(n, [&](Mask s) { return v[s & real] + (in(s, n - 1) ? own : 0); });
}
inline Vec symmetric(unsigned n, Dice& d) {
  const Vec f = d.chance(0.5) ? d.wholes(n + 1, 0, 4) : d.reals(n + 1, 0, 2);
  return table(n, [&](Mask s) { return f[size(s)]; });
}
inline Vec two_types(unsigned n, Dice& d) {
  const Mask first = bit(n / 2) - 1;
  std::vector<Vec> f(n + 1);
  for (Vec& row : f) row = d.wholes(n + 1, 0, 3);
  return table(n, [&](Mask s) { return f[size(s & first)][size(s & ~first)]; });
}
inline Vec airport(unsigned n, Dice& d) {  // savings; Littlechild and Owen 1973
  const Vec c = d.wholes(n, 1, 9);
  return table(n, [&](Mask s) {
    double most = 0;
    for (unsigned i = 0; i < n; ++i)
      if (in(s, i)) most = std::max(most, c[i]);
    return total(c, s) - most;
  });
}
inline Vec bankruptcy(unsigned n, Dice& d) {  // O'Neill 1982
  const Vec claims = d.chance(0.7) ? d.wholes(n, 1, 12) : d.reals(n, 0, 10);
  const double all = std::accumulate(claims.begin(), claims.end(), 0.0), estate = std::floor(d.real(0.1, 1) * all);
  return table(n, [&](Mask s) { return std::max(0.0, estate - (all - total(claims, s))); });
}
/// The best matching in each coalition: its first member stays alone or takes one of the others.
inline Vec best_matchings(const std::vector<Vec>& w) {
  const unsigned n = static_cast<unsigned>(w.size());
  Vec v(std::size_t{1} << n, 0.0);
  for (Mask s = 1; s < v.size(); ++s) {
    const unsigned i = static_cast<unsigned>(std::countr_zero(s));
    v[s] = v[s & ~bit(i)];
    for (unsigned j = i + 1; j < n; ++j)
      if (in(s, j)) v[s] = std::max(v[s], w[i][j] + v[s & ~bit(i) & ~bit(j)]);
  }
  return v;
}
inline std::vector<Vec> pairs(unsigned n, Dice& d, double density, bool whole) {
  std::vector<Vec> w(n, Vec(n, 0.0));
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = i + 1; j < n; ++j)
      if (d.chance(density)) w[i][j] = w[j][i] = whole ? d.whole(1, 6) : d.real(0, 6);
  return w;
}
inline Vec matching(unsigned n, Dice& d) { return best_matchings(pairs(n, d, 0.6, d.chance(0.7))); }
inline Vec exchange(unsigned n, Dice& d) {  // every tie the same pie
  std::vector<Vec> w = pairs(n, d, 0.5, true);
  for (Vec& row : w)
    for (double& a : row) a = a > 0 ? 24 : 0;
  return best_matchings(w);
}
inline Vec assignment(unsigned n, Dice& d) {  // Shapley and Shubik 1971
  std::vector<Vec> w = pairs(n, d, 0.9, d.chance(0.7));
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = 0; j < n; ++j)
      if ((i < n / 2) == (j < n / 2)) w[i][j] = 0;
  return best_matchings(w);
}
inline Vec gloves(unsigned n, Dice& d) {
  const Mask left = bit(static_cast<unsigned>(d.whole(1, std::max(1, static_cast<int>(n) - 1)))) - 1;
  return table(n, [&](Mask s) { return std::min(size(s & left), size(s & ~left)); });
}
inline Vec of_pairs(unsigned n, Dice& d) {  // Deng and Papadimitriou 1994, with enemies
  std::vector<Vec> w = pairs(n, d, 0.7, true);
  for (unsigned i = 0; i < n; ++i)
    for (unsigned j = i + 1; j < n; ++j)
      if (d.chance(0.3)) w[i][j] *= -1;
  return table(n, [&](Mask s) {
    double sum = 0;
    for (unsigned i = 0; i < n; ++i)
      for (unsigned j = i + 1; j < n; ++j)
        if (in(s, i) && in(s, j)) sum += w[i][j];
    return sum;
  });
}
inline Vec spanning_tree(unsigned n, Dice& d) {  // savings over a link of one's own to the source; Bird 1976
  std::vector<Vec> c(n + 1, Vec(n + 1));
  for (unsigned i = 0; i <= n; ++i)
    for (unsigned j = i + 1; j <= n; ++j) c[i][j] = c[j][i] = d.whole(1, 9);
  return table(n, [&](Mask s) {
    double tree = 0, own = 0;
    for (unsigned i = 0; i < n; ++i)
      if (in(s, i)) own += c[i][n];
    Vec near(n);
    for (unsigned i = 0; i < n; ++i) near[i] = c[i][n];
    for (Mask left = s; left != 0;) {  // Prim 1957
      unsigned at = n;
      for (unsigned i = 0; i < n; ++i)
        if (in(left, i) && (at == n || near[i] < near[at])) at = i;
      tree += near[at];
      left &= ~bit(at);
      for (unsigned i = 0; i < n; ++i) near[i] = std::min(near[i], c[i][at]);
    }
    return own - tree;
  });
}
inline Vec bound_by_own_worth(unsigned n,
                              Dice& d) {  // single players' worths bind: the nucleolus is not the prenucleolus
  Vec v = table(n, [&](Mask s) { return size(s) == 1 ? d.whole(0, 1) : d.chance(0.4) ? d.whole(0, 12) : 0; });
  double alone = 0;
  for (unsigned i = 0; i < n; ++i) alone += v[bit(i)];
  v.back() = alone + (d.chance(0.3) ? 0 : d.whole(1, 3));
  return v;
}
inline Vec players_of_all_sizes(unsigned n, Dice& d) {  // 1e-2 to 1e3 in one game
  Vec w(n);
  for (double& a : w) a = std::pow(10.0, d.whole(-2, 3));
  return table(n, [&](Mask s) { return total(w, s) * d.real(0.9, 1.1); });
}
inline Vec almost_tied(unsigned n, Dice& d) {  // ties broken by more than the judges take for one
  const double by = d.chance(0.5) ? 1e-4 : 1e-5;
  return table(n, [&](Mask s) { return d.whole(0, 2) + size(s) + by * d.whole(-9, 9); });
}
inline Vec planes(unsigned n, Dice& d) {  // the seven points of Fano's plane, three by three, the others dummies
  static constexpr unsigned line[7][3] = {{0, 1, 2}, {0, 3, 4}, {0, 5, 6}, {1, 3, 5}, {1, 4, 6}, {2, 3, 6}, {2, 4, 5}};
  const bool dual = d.chance(0.5);
  return table(n, [&](Mask s) {
    double held = 0;
    for (const auto& l : line) {
      const bool all = in(s, l[0]) && in(s, l[1]) && in(s, l[2]);
      held = std::max(held, all ? 1.0 : 0.0);
    }
    return held + (dual && in(s, 0) && in(s, n - 1) ? 1 : 0);
  });
}
inline Vec nothing(unsigned n, Dice& d) {
  Vec v(std::size_t{1} << n, 0.0);
  v.back() = d.whole(0, 1);
  return v;
}

struct Kind {
  const char* name;
  Vec (*make)(unsigned, Dice&);
};
inline constexpr Kind kinds[] = {{"uniform", uniform},
                                 {"of both signs", of_both_signs},
                                 {"all negative", all_negative},
                                 {"monotone", monotone},
                                 {"superadditive cover", superadditive_cover},
                                 {"convex", convex},
                                 {"convex of size", convex_of_size},
                                 {"voting", voting},
                                 {"two majorities", two_majorities},
                                 {"simple", simple},
                                 {"few values", few_values},
                                 {"small integers", small_integers},
                                 {"empty core", empty_core},
                                 {"additive", additive},
                                 {"almost additive", almost_additive},
                                 {"few dividends", few_dividends},
                                 {"nulls and dummies", nulls_and_dummies},
                                 {"symmetric", symmetric},
                                 {"two types", two_types},
                                 {"airport", airport},
                                 {"bankruptcy", bankruptcy},
                                 {"matching", matching},
                                 {"exchange", exchange},
                                 {"assignment", assignment},
                                 {"gloves", gloves},
                                 {"of pairs", of_pairs},
                                 {"spanning tree", spanning_tree},
                                 {"bound by own worth", bound_by_own_worth},
                                 {"players of all sizes", players_of_all_sizes},
                                 {"almost tied", almost_tied},
                                 {"planes", planes},
                                 {"nothing", nothing}};
inline constexpr unsigned number_of_kinds = std::size(kinds);

}  // namespace games

struct Game {
  std::string name;
  unsigned n = 0;
  Vec worth;
};

/// Game number k: the kinds in turn; every third is blown up or shrunk by a power of ten from 1e-6 to 1e9, and every
/// fifth has an additive game added (which moves the nucleolus by just as much).
inline Game game(std::uint64_t k, unsigned n) {
  Dice d(k * 0x9E3779B97F4A7C15ULL + n);
  const games::Kind& kind = games::kinds[k % games::number_of_kinds];
  Game g{"game " + std::to_string(k) + ", " + kind.name + ", n = " + std::to_string(n), n, kind.make(n, d)};
  if (k % 5 == 0) {
    const Vec a = d.wholes(n, -3, 3);
    for (Mask s = 0; s < g.worth.size(); ++s) g.worth[s] += total(a, s);
    g.name += ", shifted";
  }
  if (k % 3 == 0) {
    const int power = d.whole(-6, 9);
    for (double& w : g.worth) w *= std::pow(10.0, power);
    g.name += ", times 1e" + std::to_string(power);
  }
  return g;
}

}  // namespace oracle
