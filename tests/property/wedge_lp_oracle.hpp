// Oracle for the wedge kernel, written from the method's page alone.
//
// Declared ties may change by d_m in [low_m, high_m] (0 among them) at a cost per unit, upwards or downwards, and a
// fixed cost where d_m is not 0. Actors a and b are parted by d when the best partition with a and b together has an
// energy above that of the best with them apart by the margin at least; bound, the other way round.
//
// Partitions that cut the same of the movable ties move alike, so only the best of each such pattern counts: at most
// 2^moves of them on either side, found by looking at every partition. For a wanted pattern P and a set of ties paid
// for, the least cost is the linear programme
//   min sum rate |d|  such that  E_T + c_T d >= E_P + c_P d + margin for every pattern T of the other side;
// the price is the least over P and over the sets. GLPK solves the programmes.
#pragma once
#include <glpk.h>

#include "kernel/blocs_oracle.hpp"

namespace entente::tests::wedge {

using blocs::Graph;
using blocs::Products;
using blocs::Range;

struct Move {
  int a = 0, b = 0;
  double low = 0, high = 0;  ///< the tie may change by so much, low <= 0 <= high
  double up = 0, down = 0;   ///< cost per unit of change upwards and downwards
  double fixed = 0;          ///< cost of touching it at all
};

struct Case {
  Graph graph;
  Range range{1, 2};
  int a = 0, b = 1;
  bool apart = true;
  std::vector<Move> moves;
  double margin = 0;  ///< in units of energy
  double unit = 1;    ///< an energy of the size of the whole: GLPK's tolerances are absolute
};

struct Pattern {
  std::uint32_t cut = 0;  ///< bit m: move m's tie is cut
  double energy = 0;      ///< the least, before any change
};

struct Sides {
  std::vector<Pattern> wanted, other;
};

inline double factor(const Case& c, std::size_t m) {
  return c.graph.size[static_cast<std::size_t>(c.moves[m].a)] * c.graph.size[static_cast<std::size_t>(c.moves[m].b)];
}

inline Sides sides(const Case& c) {
  std::map<std::uint32_t, double> best[2];
  const Products p(c.graph);
  blocs::partitions(p, c.range, [&](const blocs::Labels& bloc, double e) {
    std::uint32_t cut = 0;
    for (std::size_t m = 0; m < c.moves.size(); ++m)
      if (bloc[static_cast<std::size_t>(c.moves[m].a)] != bloc[static_cast<std::size_t>(c.moves[m].b)])
        cut |= std::uint32_t{1} << m;
    const bool apart = bloc[static_cast<std::size_t>(c.a)] != bloc[static_cast<std::size_t>(c.b)];
    const auto [at, fresh] = best[apart == c.apart].emplace(cut, e);
    if (!fresh) at->second = std::min(at->second, e);
  });
  Sides s;
  for (const auto& [cut, e] : best[1]) s.wanted.push_back({cut, e});
  for (const auto& [cut, e] : best[0]) s.other.push_back({cut, e});
  return s;
}

inline double moved(const Case& c, const Pattern& p, const std::vector<double>& change) {
  double e = p.energy;
  for (std::size_t m = 0; m < change.size(); ++m)
    if (p.cut >> m & 1u) e += factor(c, m) * change[m];
  return e;
}

/// Energy of the best partition on the unwanted side less that of the best on the wanted side, after `change`.
inline double lead(const Case& c, const Sides& s, const std::vector<double>& change) {
  double wanted = std::numeric_limits<double>::infinity(), other = wanted;
  for (const Pattern& p : s.wanted) wanted = std::min(wanted, moved(c, p, change));
  for (const Pattern& p : s.other) other = std::min(other, moved(c, p, change));
  return other - wanted;
}

inline double cost(const Case& c, const std::vector<double>& change) {
  double sum = 0;
  for (std::size_t m = 0; m < change.size(); ++m)
    if (change[m] != 0)
      sum += (change[m] > 0 ? c.moves[m].up : c.moves[m].down) * std::abs(change[m]) + c.moves[m].fixed;
  return sum;
}

struct Answer {
  bool possible = false;
  double price = std::numeric_limits<double>::infinity();
  std::vector<double> change;
};

namespace detail {

/// The least of sum rate |d| with `wanted` ahead of all the other side; ties outside `allowed` stay.
inline Answer programme(const Case& c, const Sides& s, const Pattern& wanted, std::uint32_t allowed) {
  const int moves = static_cast<int>(c.moves.size());
  glp_prob* lp = glp_create_prob();
  if (moves) glp_add_cols(lp, 2 * moves);
  for (int m = 0; m < moves; ++m) {
    const Move& move = c.moves[static_cast<std::size_t>(m)];
    const bool open = allowed >> m & 1u;
    for (int side = 0; side < 2; ++side) {
      const double reach = !open ? 0 : side ? -move.low : move.high;
      glp_set_col_bnds(lp, 2 * m + side + 1, reach > 0 ? GLP_DB : GLP_FX, 0, reach);
      glp_set_obj_coef(lp, 2 * m + side + 1, side ? move.down : move.up);
    }
  }
  bool never = false;
  for (const Pattern& t : s.other) {
    std::vector<int> at{0};
    std::vector<double> value{0};
    for (int m = 0; m < moves; ++m) {
      const int difference = static_cast<int>(t.cut >> m & 1u) - static_cast<int>(wanted.cut >> m & 1u);
      if (difference == 0) continue;
      const double f = difference * factor(c, static_cast<std::size_t>(m)) / c.unit;
      at.push_back(2 * m + 1), value.push_back(f);
      at.push_back(2 * m + 2), value.push_back(-f);
    }
    const double need = (wanted.energy - t.energy + c.margin) / c.unit;
    if (at.size() == 1) {
      never = never || need > 0;
      continue;
    }
    const int row = glp_add_rows(lp, 1);
    glp_set_row_bnds(lp, row, GLP_LO, need, 0);
    glp_set_mat_row(lp, row, static_cast<int>(at.size()) - 1, at.data(), value.data());
  }
  Answer out;
  if (!never) {
    if (glp_get_num_rows(lp) == 0) {
      out.possible = true;
      out.price = 0;
      out.change.assign(c.moves.size(), 0.0);
    } else {
      glp_smcp how;
      glp_init_smcp(&how);
      how.msg_lev = GLP_MSG_OFF;
      how.tol_bnd = how.tol_dj = 1e-9;
      glp_std_basis(lp);
      if (glp_simplex(lp, &how) == 0 && glp_get_status(lp) == GLP_OPT) {
        out.possible = true;
        out.price = glp_get_obj_val(lp);
        for (int m = 0; m < moves; ++m)
          out.change.push_back(glp_get_col_prim(lp, 2 * m + 1) - glp_get_col_prim(lp, 2 * m + 2));
      }
    }
  }
  glp_delete_prob(lp);
  return out;
}

}  // namespace detail

/// The cheapest package, by all wanted patterns and all sets of ties with a fixed cost.
inline Answer cheapest(const Case& c, const Sides& s) {
  std::uint32_t fixed = 0, all = 0;
  for (std::size_t m = 0; m < c.moves.size(); ++m) {
    all |= std::uint32_t{1} << m;
    if (c.moves[m].fixed > 0) fixed |= std::uint32_t{1} << m;
  }
  Answer out;
  for (std::uint32_t set = fixed;; set = (set - 1) & fixed) {
    double entry = 0;
    for (std::size_t m = 0; m < c.moves.size(); ++m)
      if (set >> m & 1u) entry += c.moves[m].fixed;
    for (const Pattern& p : s.wanted) {
      Answer one = detail::programme(c, s, p, (all & ~fixed) | set);
      if (!one.possible) continue;
      one.price += entry;
      if (one.price < out.price) out = one;
    }
    if (set == 0) break;
  }
  return out;
}

/// One move without a fixed cost: the lead is piecewise linear in the change, with four lines at most, so the least
/// change is 0, an end, or where two of the lines stand a margin apart. No linear programme.
inline Answer by_line(const Case& c, const Sides& s, double noise) {
  const Move& m = c.moves.front();
  const double f = factor(c, 0), none = std::numeric_limits<double>::infinity();
  double want[2] = {none, none}, other[2] = {none, none};
  for (const Pattern& p : s.wanted) want[p.cut] = std::min(want[p.cut], p.energy);
  for (const Pattern& p : s.other) other[p.cut] = std::min(other[p.cut], p.energy);
  Answer out;
  for (const double d :
       {0.0, m.low, m.high, (other[0] - want[1] - c.margin) / f, (want[0] + c.margin - other[1]) / f}) {
    if (!(d >= m.low && d <= m.high)) continue;
    if (!(lead(c, s, {d}) >= c.margin - noise)) continue;
    if (cost(c, {d}) < out.price) out = {true, cost(c, {d}), {d}};
  }
  return out;
}

}  // namespace entente::tests::wedge
