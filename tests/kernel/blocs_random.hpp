// Random signed graphs for RapidCheck: they shrink to few actors, few ties and small numbers.
#pragma once
#include <rapidcheck.h>

#include <iostream>

#include "kernel/blocs_oracle.hpp"

namespace entente::tests::blocs {

/// ones: ties of +1 and -1; whole: small whole numbers and sizes, many equal energies; real: any weight in [-1, 1] and
/// any size; wide: weights over twelve decades; planted: two to four camps and a few ties against them; pieces:
/// components, trees, rings, pendants and twins, the shapes that reductions look for.
enum class Kind { ones, whole, real, wide, planted, pieces };
inline constexpr Kind kinds[] = {Kind::ones, Kind::whole, Kind::real, Kind::wide, Kind::planted, Kind::pieces};

inline const char* name(Kind k) {
  constexpr const char* names[] = {"ones", "whole", "real", "wide", "planted", "pieces"};
  return names[static_cast<int>(k)];
}

/// Are all energies whole numbers, so that equal ones are equal to the last bit?
inline bool exact(Kind k) { return k == Kind::ones || k == Kind::whole || k == Kind::planted || k == Kind::pieces; }

inline void showValue(const Graph& g, std::ostream& os) {
  os.precision(17);
  os << "sizes";
  for (const double s : g.size) os << " " << s;
  os << "\na,b,weight\n";
  for (const Pair& t : g.ties) os << t.a << "," << t.b << "," << t.weight << "\n";
}

namespace random {

/// Every number of the range with equal chance: RapidCheck's own ranges begin narrow.
inline int pick(int low, int below) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, below)); }
inline bool chance(int percent) { return pick(0, 100) >= 100 - percent; }  // shrinks to false

inline double weight(Kind k) {
  const double sign = chance(50) ? -1 : 1;
  if (k == Kind::real) return sign * pick(0, 1000001) * 1e-6;
  if (k == Kind::wide) return sign * std::pow(10.0, pick(-600, 601) / 100.0);
  if (k == Kind::whole) return chance(10) ? 0.0 : sign * pick(1, 4);
  return sign;
}

inline double size(Kind k) {
  if (k == Kind::real) return pick(1, 1001) * 1e-2;
  if (k == Kind::wide) return std::pow(10.0, pick(-200, 201) / 100.0);
  if (k == Kind::whole) return pick(1, 4);
  return 1;
}

/// A graph out of pieces: each new actor begins a component, hangs on one other, closes a path between two others, or
/// copies the ties of another (a twin, with or without a tie between them).
inline void pieces(Graph& g) {
  for (int v = 1; v < g.n(); ++v) {
    const int shape = pick(0, 5);
    const int u = pick(0, v);
    if (shape == 0) continue;
    if (shape == 1) g.ties.push_back({u, v, weight(Kind::whole)});
    if (shape == 2 || shape == 3) {
      const int w = pick(0, v);
      g.ties.push_back({u, v, weight(Kind::whole)});
      if (w != u) g.ties.push_back({w, v, weight(Kind::whole)});
    }
    if (shape == 4) {
      const double turn = chance(50) ? -1 : 1;
      const std::vector<Pair> before = g.ties;
      for (const Pair& t : before)
        if (t.a == u || t.b == u) g.ties.push_back({t.a == u ? t.b : t.a, v, turn * t.weight});
      if (chance(50)) g.ties.push_back({u, v, weight(Kind::whole)});
    }
  }
}

}  // namespace random

inline rc::Gen<Graph> graphs(Kind kind, int least, int most) {
  return rc::gen::exec([=] {
    using namespace random;
    Graph g;
    const int n = pick(least, most + 1);
    for (int i = 0; i < n; ++i) g.size.push_back(size(kind));
    if (kind == Kind::pieces) {
      pieces(g);
      return g;
    }
    const int density = *rc::gen::element(5, 15, 30, 50, 75, 100), camps = pick(2, 5);
    Labels camp;
    for (int i = 0; i < n; ++i) camp.push_back(pick(0, camps));
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < i; ++j) {
        if (!chance(density)) continue;
        double w = weight(kind);
        if (kind == Kind::planted) {
          w = camp[static_cast<std::size_t>(i)] == camp[static_cast<std::size_t>(j)] ? 1 : -1;
          if (chance(8)) w = -w;
        }
        g.ties.push_back(chance(50) ? Pair{i, j, w} : Pair{j, i, w});
      }
    return g;
  });
}

}  // namespace entente::tests::blocs
