// Core, least core, nucleolus and Kohlberg's criterion by linear programmes written down as the textbooks do, solved by
// GLPK: another solver than the kernel's, and every coalition is a row. Worths are divided by the largest |worth|
// first, so tolerances are relative to it.
#pragma once
#include <glpk.h>

#include <memory>
#include <stdexcept>

#include "property/coalition_oracle.hpp"

namespace oracle {

/// A thin hand on GLPK. Columns and rows are numbered from 1, as there.
class Lp {
 public:
  explicit Lp(int columns) : p_(glp_create_prob(), &glp_delete_prob) {
    glp_term_out(GLP_OFF);
    glp_add_cols(p_.get(), columns);
    for (int j = 1; j <= columns; ++j) column(j, -INFINITY, INFINITY);
  }
  void column(int j, double low, double high) { glp_set_col_bnds(p_.get(), j, type(low, high), low, high); }
  void row(int i, double low, double high) { glp_set_row_bnds(p_.get(), i, type(low, high), low, high); }
  int add_row(const std::vector<int>& columns, const Vec& values, double low, double high) {
    const int i = glp_add_rows(p_.get(), 1);
    std::vector<int> index{0};
    Vec value{0};
    index.insert(index.end(), columns.begin(), columns.end());
    value.insert(value.end(), values.begin(), values.end());
    glp_set_mat_row(p_.get(), i, static_cast<int>(columns.size()), index.data(), value.data());
    row(i, low, high);
    return i;
  }
  void objective(int j, double c) { glp_set_obj_coef(p_.get(), j, c); }
  /// Sets the objective to the sum of the players' columns in s, all else 0.
  void objective_of(Mask s, double c) {
    for (int j = 1; j <= glp_get_num_cols(p_.get()); ++j)
      objective(j, j <= 32 && in(s, static_cast<unsigned>(j - 1)) ? c : 0.0);
  }
  /// Minimises or maximises; false: unbounded. Tightly first; where doubles do not add up so well, from the start again
  /// with GLPK's own tolerance; then by its exact simplex.
  bool solve(int direction) {
    glp_set_obj_dir(p_.get(), direction);
    glp_smcp o;
    glp_init_smcp(&o);
    o.msg_lev = GLP_MSG_OFF;
    o.it_lim = 100'000;
    o.tol_bnd = o.tol_dj = 1e-9;
    int status = status_of(glp_simplex(p_.get(), &o));
    if (!decided(status)) {
      start_afresh();
      o.tol_bnd = o.tol_dj = 1e-7;
      status = status_of(glp_simplex(p_.get(), &o));
    }
    if (!decided(status)) {
      start_afresh();
      status = status_of(glp_exact(p_.get(), &o));
    }
    if (!decided(status)) throw std::runtime_error("the oracle's linear programme has no answer");
    return status == GLP_OPT;
  }
  /// The largest value with all columns whole, by branch and bound.
  double largest_whole() {
    for (int j = 1; j <= glp_get_num_cols(p_.get()); ++j) glp_set_col_kind(p_.get(), j, GLP_IV);
    if (!solve(GLP_MAX)) throw std::logic_error("unbounded");
    glp_iocp o;
    glp_init_iocp(&o);
    o.msg_lev = GLP_MSG_OFF;
    if (glp_intopt(p_.get(), &o) != 0 || glp_mip_status(p_.get()) != GLP_OPT)
      throw std::runtime_error("the oracle's integer programme has no answer");
    return glp_mip_obj_val(p_.get());
  }
  /// Forgets the last basis: needed once rows changed, since GLPK 5.0 aborts on a basis that became singular.
  void start_afresh() { glp_std_basis(p_.get()); }
  double value() const { return glp_get_obj_val(p_.get()); }
  double at(int j) const { return glp_get_col_prim(p_.get(), j); }
  double row_at(int i) const { return glp_get_row_prim(p_.get(), i); }
  glp_prob* raw() const { return p_.get(); }

 private:
  int status_of(int failure) const { return failure == 0 ? glp_get_status(p_.get()) : GLP_UNDEF; }
  static bool decided(int status) { return status == GLP_OPT || status == GLP_UNBND; }
  static int type(double low, double high) {
    if (std::isinf(low)) return std::isinf(high) ? GLP_FR : GLP_UP;
    return std::isinf(high) ? GLP_LO : low == high ? GLP_FX : GLP_DB;
  }
  std::unique_ptr<glp_prob, void (*)(glp_prob*)> p_;
};

inline std::vector<int> members(Mask s, unsigned n) {
  std::vector<int> c;
  for (unsigned i = 0; i < n; ++i)
    if (in(s, i)) c.push_back(static_cast<int>(i + 1));
  return c;
}
inline Vec divided(const Vec& v) {
  const double m = scale(v);
  Vec r = v;
  if (m > 0)
    for (double& w : r) w /= m;
  return r;
}

/// Least sum of x with x(S) >= v(S) for all proper S: the core is empty exactly when it exceeds v(N) (Bondareva 1963,
/// Shapley 1967).
inline double core_minimum(const Vec& worth) {
  const Vec v = divided(worth);
  const unsigned n = players(v);
  Lp lp(static_cast<int>(n));
  for (Mask s = 1; s + 1 < v.size(); ++s) lp.add_row(members(s, n), Vec(size(s), 1.0), v[s], INFINITY);
  lp.objective_of(static_cast<Mask>(v.size() - 1), 1);
  if (!lp.solve(GLP_MIN)) throw std::logic_error("one player only");
  return lp.value() * scale(worth);
}

/// Least e with x(S) >= v(S) - e for all proper S and x(N) = v(N) (Maschler, Peleg and Shapley 1979).
inline double least_core(const Vec& worth) {
  const Vec v = divided(worth);
  const unsigned n = players(v);
  const int e = static_cast<int>(n + 1);
  Lp lp(e);
  const Mask grand = static_cast<Mask>(v.size() - 1);
  lp.add_row(members(grand, n), Vec(n, 1.0), v[grand], v[grand]);
  for (Mask s = 1; s < grand; ++s) {
    std::vector<int> c = members(s, n);
    c.push_back(e);
    lp.add_row(c, Vec(c.size(), 1.0), v[s], INFINITY);
  }
  lp.objective(e, 1);
  if (!lp.solve(GLP_MIN)) throw std::logic_error("one player only");
  return lp.value() * scale(worth);
}

/// The rank of the coalitions' 0/1 vectors, kept in echelon form; n <= 12 keeps the elimination harmless in doubles.
class Rank {
 public:
  explicit Rank(unsigned n) : n_(n) {}
  bool spans(Mask s) const { return reduce(s).second < 1e-9; }
  bool add(Mask s) {
    auto [r, largest] = reduce(s);
    if (largest < 1e-9) return false;
    const auto pivot =
        std::max_element(r.begin(), r.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    const double p = *pivot;
    for (double& a : r) a /= p;
    const std::size_t at = static_cast<std::size_t>(pivot - r.begin());
    for (auto& [row, k] : rows_) {
      const double f = row[at];
      for (unsigned i = 0; i < n_; ++i) row[i] -= f * r[i];
    }
    rows_.emplace_back(r, at);
    return true;
  }
  bool full() const { return rows_.size() == n_; }

 private:
  std::pair<Vec, double> reduce(Mask s) const {
    Vec r(n_);
    for (unsigned i = 0; i < n_; ++i) r[i] = in(s, i) ? 1 : 0;
    for (const auto& [row, at] : rows_) {
      const double f = r[at];
      for (unsigned i = 0; i < n_; ++i) r[i] -= f * row[i];
    }
    double largest = 0;
    for (double a : r) largest = std::max(largest, std::abs(a));
    return {r, largest};
  }
  unsigned n_;
  std::vector<std::pair<Vec, std::size_t>> rows_;
};

/// The nucleolus (individual) or prenucleolus by the sequence of linear programmes of Maschler, Peleg and Shapley 1979,
/// settling at each stage exactly the coalitions that are tight in every optimum: each tight one's excess is pushed
/// down by a programme of its own (the correction of Guajardo and Jornsten 2015, EJOR 241(3), 931-935). Empty
/// when no individually rational division exists.
inline Vec nucleolus(const Vec& worth, bool individual) {
  constexpr double tie = 1e-7;
  const Vec v = divided(worth);
  const unsigned n = players(v);
  const Mask grand = static_cast<Mask>(v.size() - 1);
  const int e = static_cast<int>(n + 1);
  Lp lp(e);
  lp.add_row(members(grand, n), Vec(n, 1.0), v[grand], v[grand]);
  if (individual) {
    double alone = 0;
    for (unsigned i = 0; i < n; ++i) {
      lp.column(static_cast<int>(i + 1), v[bit(i)], INFINITY);
      alone += v[bit(i)];
    }
    if (alone > v[grand] + 1e-12) return {};
  }
  std::vector<int> row(v.size(), 0);  // 0: settled
  for (Mask s = 1; s < grand; ++s) {
    std::vector<int> c = members(s, n);
    c.push_back(e);
    row[s] = lp.add_row(c, Vec(c.size(), 1.0), v[s], INFINITY);
  }
  Rank rank(n);
  rank.add(grand);
  Vec x(n);
  while (!rank.full()) {
    lp.start_afresh();
    lp.column(e, -INFINITY, INFINITY);
    lp.objective_of(0, 0);
    lp.objective(e, 1);
    if (!lp.solve(GLP_MIN)) throw std::logic_error("no coalition is left but the rank is not full");
    const double level = lp.value();
    for (unsigned i = 0; i < n; ++i) x[i] = lp.at(static_cast<int>(i + 1));
    std::vector<Mask> settled;
    lp.column(e, level, level);
    for (Mask s = 1; s < grand; ++s) {
      if (row[s] == 0 || total(x, s) > v[s] - level + tie) continue;
      lp.objective_of(s, 1);
      if (lp.solve(GLP_MAX) && lp.value() <= v[s] - level + tie) settled.push_back(s);
    }
    if (settled.empty()) throw std::logic_error("a stage settled nothing");
    for (Mask s : settled) {
      std::vector<int> c = members(s, n);
      c.insert(c.begin(), 0);
      glp_set_mat_row(lp.raw(), row[s], static_cast<int>(size(s)), c.data(), Vec(c.size(), 1.0).data());
      // One that the others span says nothing new, and its rounding could contradict theirs.
      const double at = v[s] - level;
      if (rank.add(s)) lp.row(row[s], at, at);
      else lp.row(row[s], -INFINITY, INFINITY);
      row[s] = 0;
    }
  }
  lp.start_afresh();
  lp.column(e, -INFINITY, INFINITY);
  lp.objective_of(0, 0);
  lp.solve(GLP_MIN);
  for (unsigned i = 0; i < n; ++i) x[i] = lp.at(static_cast<int>(i + 1)) * (scale(worth) > 0 ? scale(worth) : 1);
  return x;
}

/// Least sum of |slack| of a system of weights: w(S) >= 1 for S in `must`, w({i}) >= 0 for i in `may`, their sum a
/// multiple of the grand coalition. 0 exactly when `must` is balanced (with the help of `may`). The players are rows
/// and the coalitions columns, since there may be thousands of coalitions.
inline double unbalance(const std::vector<Mask>& must, Mask may, unsigned n) {
  Lp lp(static_cast<int>(must.size() + 1 + 2 * n + size(may)));
  for (unsigned i = 0; i < n; ++i) lp.add_row({}, {}, 0, 0);
  int j = 0;
  const auto put = [&](Mask s, double sign, double low, double cost) {
    std::vector<int> rows = members(s, n);
    rows.insert(rows.begin(), 0);
    glp_set_mat_col(lp.raw(), ++j, static_cast<int>(size(s)), rows.data(), Vec(rows.size(), sign).data());
    lp.column(j, low, INFINITY);
    lp.objective(j, cost);
  };
  for (Mask s : must) put(s, 1, 1, 0);
  put(bit(n) - 1, -1, 0, 0);
  for (unsigned i = 0; i < n; ++i) {
    if (in(may, i)) put(bit(i), 1, 0, 0);
    put(bit(i), 1, 0, 1);
    put(bit(i), -1, 0, 1);
  }
  if (!lp.solve(GLP_MIN)) throw std::logic_error("a sum of absolute values below every bound");
  return lp.value();
}

/// Kohlberg 1971, doi:10.1137/0120009: x is the nucleolus exactly when, for every level, the coalitions whose excess is
/// at or above it are balanced, with the help of the binding individual constraints. Excesses closer than `tie` times
/// the largest |worth| count as one level. Sobolev's criterion for the prenucleolus is the same without the help.
inline bool kohlberg(const Vec& worth, const Vec& x, bool individual, double tie = 1e-7) {
  const unsigned n = players(worth);
  const Mask grand = static_cast<Mask>(worth.size() - 1);
  const double t = tie * scale(worth);
  if (std::abs(total(x, grand) - worth[grand]) > t) return false;
  Mask may = 0;
  if (individual)
    for (unsigned i = 0; i < n; ++i) {
      if (x[i] < worth[bit(i)] - t) return false;
      if (x[i] <= worth[bit(i)] + t) may |= bit(i);
    }
  std::vector<std::pair<double, Mask>> by_excess;
  for (Mask s = 1; s < grand; ++s) by_excess.emplace_back(worth[s] - total(x, s), s);
  std::sort(by_excess.begin(), by_excess.end(), [](auto& a, auto& b) { return a.first > b.first; });
  Rank rank(n);
  rank.add(grand);
  std::vector<Mask> collection;
  for (std::size_t k = 0; k < by_excess.size() && !rank.full();) {
    bool news = false;
    const Rank before = rank;
    do {  // what the coalitions of higher levels already span cannot move against them: it needs no weight of its own
      if (!before.spans(by_excess[k].second)) {
        collection.push_back(by_excess[k].second);
        rank.add(by_excess[k].second);
        news = true;
      }
      ++k;
    } while (k < by_excess.size() && by_excess[k - 1].first - by_excess[k].first <= t);
    if (news && unbalance(collection, may, n) > 1e-6) return false;
  }
  return true;
}

}  // namespace oracle
