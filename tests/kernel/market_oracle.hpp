// Oracles for the market kernel, written from its header alone.
//
// 1. Weak duality. For any prices p the value
//      D(p) = sum over producers max_q (p q - cost(q)) + sum over consumers max_q (gross(q) - p q)
//           + sum over links capacity max(0, p_to - p_from - cost) - fixed
//    is at least the total of any feasible flow. A flow and prices with total = D(p) prove each other, whoever found
//    them. Unlimited quantities are cut at a size well above the flow's own: an optimum inside the cut is one without.
// 2. GLPK on a linear programme in which rising costs and demand curves become steps between points of the curve: its
//    value is at most the true optimum, and at least that less sum of width * fall / 4 (a concave function leaves its
//    chord by no more). Exact when every curve is flat.
#pragma once
#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "entente/kernel/market.hpp"

namespace entente::market::oracle {

inline bool in(Mask needs, Mask members) { return (needs & ~members) == 0; }

inline bool choice(const Link& l) { return l.optional || l.fixed > 0; }

/// Willingness to pay for the unit after q.
inline double willing(const Consumer& c, double q) {
  if (c.form == Demand::linear) return c.a - c.b * q;
  return q > 0 ? std::min(c.choke, c.p0 * std::pow(q / c.a, 1.0 / c.b)) : c.choke;
}

/// Quantity wanted at price p.
inline double wanted(const Consumer& c, double p) {
  if (c.form == Demand::linear) {
    if (c.b == 0) return p < c.a ? c.most : 0.0;
    return std::clamp((c.a - p) / c.b, 0.0, c.most);
  }
  if (p >= c.choke || c.a == 0) return 0;
  if (p <= 0) return c.most;
  return std::min(c.most, c.a * std::pow(p / c.p0, c.b));
}

/// Area under the demand curve from 0 to q.
inline double gross(const Consumer& c, double q) {
  if (q <= 0) return 0;
  if (c.form == Demand::linear) return c.a * q - 0.5 * c.b * q * q;
  const double at_choke = c.a * std::pow(c.choke / c.p0, c.b);
  if (q <= at_choke) return c.choke * q;
  const double e = 1 + 1 / c.b;  // integral of p0 (x / a)^(1/b) from at_choke to q
  const double curved = std::abs(e) < 1e-12 ? c.p0 * c.a * std::log(q / at_choke)
                                            : c.p0 * c.a * (std::pow(q / c.a, e) - std::pow(at_choke / c.a, e)) / e;
  return c.choke * at_choke + curved;
}

inline double cost(const Producer& p, double q) {
  if (q <= 0) return 0;
  if (!std::isfinite(p.capacity)) return p.cost_first * q;
  return p.cost_first * q + 0.5 * (p.cost_last - p.cost_first) / p.capacity * q * q;
}

struct Total {
  double value = 0;
  double size = 0;  ///< sum of the absolute terms, to judge rounding by
  void add(double x) {
    value += x;
    size += std::abs(x);
  }
};

/// Surplus of the flows, from the elements alone.
inline Total primal(const Network& n, std::uint64_t built, const Solution& s) {
  Total t;
  for (std::size_t i = 0; i < n.consumers.size(); ++i) t.add(gross(n.consumers[i], s.consumed[i]));
  for (std::size_t i = 0; i < n.producers.size(); ++i) t.add(-cost(n.producers[i], s.produced[i]));
  std::size_t option = 0;
  for (std::size_t i = 0; i < n.links.size(); ++i) {
    t.add(-n.links[i].cost * s.flow[i]);
    if (choice(n.links[i]) && (built >> option++ & 1u)) t.add(-n.links[i].fixed);
  }
  return t;
}

inline Total dual(const Network& n, Mask members, std::uint64_t built, const Solution& s) {
  double cut = 0;
  for (const auto* list : {&s.produced, &s.consumed, &s.flow})
    for (const double q : *list) cut += 2 * q;
  if (cut == 0) cut = 1;
  Total t;
  for (const Producer& p : n.producers) {
    if (!in(p.needs, members)) continue;
    const double most = std::min(p.capacity, cut), price = s.price[p.node];
    const bool rising = p.cost_last > p.cost_first && p.capacity > 0;
    const double q = rising
                         ? std::clamp((price - p.cost_first) / ((p.cost_last - p.cost_first) / p.capacity), 0.0, most)
                         : (price > p.cost_first ? most : 0.0);
    t.add(price * q);
    t.add(-cost(p, q));
  }
  for (const Consumer& c : n.consumers) {
    if (!in(c.needs, members)) continue;
    const double q = std::min(wanted(c, s.price[c.node]), cut);
    t.add(gross(c, q));
    t.add(-s.price[c.node] * q);
  }
  std::size_t option = 0;
  for (const Link& l : n.links) {
    const bool there = !choice(l) || (built >> option & 1u);
    if (choice(l) && (built >> option++ & 1u)) t.add(-l.fixed);
    if (!there || !in(l.needs, members)) continue;
    const double most = std::min(l.capacity, cut);
    t.add(most * std::max(0.0, s.price[l.to] - s.price[l.from] - l.cost));
    t.size += most * (std::abs(s.price[l.to]) + std::abs(s.price[l.from]) + std::abs(l.cost));
  }
  return t;
}

/// Distance between what the flows give and what no flow can exceed, relative to the sizes in the sums.
inline double gap(const Network& n, Mask members, std::uint64_t built, const Solution& s) {
  const Total p = primal(n, built, s), d = dual(n, members, built, s);
  const double size = std::max({p.size, d.size, 1e-300});
  return std::max(std::abs(d.value - p.value), std::abs(p.value - s.total)) / size;
}

struct Bracket {
  double low = 0, high = 0;
  bool solved = false;
  bool finite = true;  ///< false: no bound on what a consumer may buy, so that its curve cannot be cut into chords
};

/// The optimum by GLPK, between `low` and `high`. Steps: number of chords for each curve.
inline Bracket glpk(const Network& n, Mask members, std::uint64_t built, int steps = 200) {
  Bracket out;
  glp_term_out(GLP_OFF);
  glp_prob* lp = glp_create_prob();
  glp_set_obj_dir(lp, GLP_MAX);
  if (n.nodes > 0) glp_add_rows(lp, static_cast<int>(n.nodes));
  for (std::uint32_t v = 0; v < n.nodes; ++v) glp_set_row_bnds(lp, static_cast<int>(v) + 1, GLP_FX, 0, 0);
  std::vector<int> row(3);
  std::vector<double> value(3);
  const auto column = [&](double most, double gain, std::initializer_list<std::pair<std::uint32_t, double>> at) {
    const int j = glp_add_cols(lp, 1);
    glp_set_col_bnds(lp, j, !std::isfinite(most) ? GLP_LO : most > 0 ? GLP_DB : GLP_FX, 0, std::max(most, 0.0));
    glp_set_obj_coef(lp, j, gain);
    int k = 0;
    for (const auto& [node, sign] : at) row[++k] = static_cast<int>(node) + 1, value[k] = sign;
    glp_set_mat_col(lp, j, k, row.data(), value.data());
  };
  double limited = 0, doubt = 0, fixed = 0;
  double unlimited = std::numeric_limits<double>::infinity();  // the least cost of unlimited supply
  for (const Producer& p : n.producers) {
    if (!in(p.needs, members)) continue;
    if (std::isfinite(p.capacity)) limited += p.capacity;
    else unlimited = std::min(unlimited, p.cost_first);
    if (p.cost_last == p.cost_first || p.capacity == 0) {
      column(p.capacity, -p.cost_first, {{p.node, 1.0}});
      continue;
    }
    const double width = p.capacity / steps, rise = (p.cost_last - p.cost_first) / steps;
    for (int k = 0; k < steps; ++k) column(width, -(p.cost_first + rise * (k + 0.5)), {{p.node, 1.0}});
    doubt += width * rise / 8;
  }
  for (const Link& l : n.links) unlimited += std::min(l.cost, 0.0);
  for (const Consumer& c : n.consumers) {
    if (!in(c.needs, members) || (c.a == 0 && c.form == Demand::constant_elasticity)) continue;
    if (c.form == Demand::linear && c.b == 0) {
      column(c.most, c.a, {{c.node, -1.0}});
      continue;
    }
    // No more is bought than can arrive, and beyond what is limited no more than the curve gives at the unlimited cost.
    double most = std::min(c.most, std::max(limited, wanted(c, unlimited)));
    double arriving = 0;
    for (const Producer& p : n.producers) arriving += p.node == c.node ? p.capacity : 0;
    for (const Link& l : n.links) arriving += l.to == c.node ? l.capacity : 0;
    most = std::min(most, arriving);
    out.finite = out.finite && std::isfinite(most);
    if (!out.finite) break;
    double from = 0;
    if (c.form == Demand::constant_elasticity) {
      from = std::min(c.a * std::pow(c.choke / c.p0, c.b), most);
      column(from, c.choke, {{c.node, -1.0}});
    }
    if (!(most > from)) continue;
    double worst = 0;
    for (int k = 0; k < steps; ++k) {
      const auto point = [&](int i) {
        return from > 0 ? from * std::pow(most / from, static_cast<double>(i) / steps)
                        : most * static_cast<double>(i) / steps;
      };
      const double a = point(k), b = point(k + 1);
      column(b - a, (gross(c, b) - gross(c, a)) / (b - a), {{c.node, -1.0}});
      worst = std::max(worst, (b - a) * (willing(c, a) - willing(c, b)) / 4);
    }
    doubt += worst;
  }
  std::size_t option = 0;
  for (const Link& l : n.links) {
    const bool there = !choice(l) || (built >> option & 1u);
    if (choice(l) && (built >> option++ & 1u)) fixed += l.fixed;
    if (there && in(l.needs, members)) column(l.capacity, -l.cost, {{l.from, -1.0}, {l.to, 1.0}});
  }
  glp_smcp parameters;
  glp_init_smcp(&parameters);
  parameters.msg_lev = GLP_MSG_OFF;
  out.solved =
      glp_get_num_cols(lp) == 0 || (n.nodes > 0 && glp_simplex(lp, &parameters) == 0 && glp_get_status(lp) == GLP_OPT);
  if (glp_get_num_cols(lp) > 0) out.low = glp_get_obj_val(lp);
  out.low -= fixed;
  out.high = out.low + doubt;
  glp_delete_prob(lp);
  return out;
}

}  // namespace entente::market::oracle
