// The frustration index by the usual integer programmes, solved by GLPK: what a user of a general solver would write.
//
// Two blocs (Aref, Mason, Wilson 2020, doi:10.1002/net.21907, the model with a variable per tie): x_i in {0, 1}, f_ij
// >= 0,
//   f_ij >= x_i - x_j, x_j - x_i          for friendly ties,
//   f_ij >= x_i + x_j - 1, 1 - x_i - x_j  for hostile ties,   min sum |m_ij| f_ij.
// Any number of blocs (Groetschel and Wakabayashi 1989, doi:10.1007/BF01589097): y_ij in {0, 1} = together, with
//   y_ij + y_jk - y_ik <= 1 for every triple, three ways,
//   min sum over friendly m_ij (1 - y_ij) + sum over hostile |m_ij| y_ij.
#pragma once
#include <glpk.h>

#include "kernel/blocs_oracle.hpp"

namespace entente::tests::blocs {

struct Programme {
  bool optimal = false;
  double frustration = 0;
};

namespace detail {

inline void row(glp_prob* p, int kind, double low, double high, std::vector<int> at, std::vector<double> value) {
  at.insert(at.begin(), 0);
  value.insert(value.begin(), 0);
  const int r = glp_add_rows(p, 1);
  glp_set_row_bnds(p, r, kind, low, high);
  glp_set_mat_row(p, r, static_cast<int>(at.size()) - 1, at.data(), value.data());
}

inline Programme run(glp_prob* p, int milliseconds) {
  glp_iocp how;
  glp_init_iocp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.presolve = GLP_ON;
  how.tm_lim = milliseconds;
  const bool done = glp_intopt(p, &how) == 0 && glp_mip_status(p) == GLP_OPT;
  const Programme out{done, done ? glp_mip_obj_val(p) : 0};
  glp_delete_prob(p);
  return out;
}

}  // namespace detail

inline Programme two_blocs(const Products& m, int milliseconds = 60000) {
  glp_prob* p = glp_create_prob();
  const int n = m.n();
  glp_add_cols(p, n);
  for (int i = 1; i <= n; ++i) glp_set_col_kind(p, i, GLP_BV);
  glp_set_col_bnds(p, 1, GLP_FX, 0, 0);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      if (m(i, j) == 0) continue;
      const int f = glp_add_cols(p, 1), x = i + 1, y = j + 1;
      glp_set_col_bnds(p, f, GLP_DB, 0, 1);
      glp_set_obj_coef(p, f, std::abs(m(i, j)));
      if (m(i, j) > 0) {
        detail::row(p, GLP_LO, 0, 0, {f, x, y}, {1, -1, 1});
        detail::row(p, GLP_LO, 0, 0, {f, x, y}, {1, 1, -1});
      } else {
        detail::row(p, GLP_LO, -1, 0, {f, x, y}, {1, -1, -1});
        detail::row(p, GLP_LO, 1, 0, {f, x, y}, {1, 1, 1});
      }
    }
  return detail::run(p, milliseconds);
}

inline Programme free_blocs(const Products& m, int milliseconds = 60000) {
  glp_prob* p = glp_create_prob();
  const int n = m.n();
  const auto y = [](int i, int j) { return i > j ? i * (i - 1) / 2 + j + 1 : j * (j - 1) / 2 + i + 1; };
  if (n > 1) glp_add_cols(p, n * (n - 1) / 2);
  double constant = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      glp_set_col_kind(p, y(i, j), GLP_BV);
      glp_set_obj_coef(p, y(i, j), -m(i, j));
      constant += std::max(0.0, m(i, j));
    }
  glp_set_obj_coef(p, 0, constant);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      for (int k = 0; k < j; ++k) {
        detail::row(p, GLP_UP, 0, 1, {y(i, j), y(j, k), y(i, k)}, {1, 1, -1});
        detail::row(p, GLP_UP, 0, 1, {y(i, j), y(j, k), y(i, k)}, {1, -1, 1});
        detail::row(p, GLP_UP, 0, 1, {y(i, j), y(j, k), y(i, k)}, {-1, 1, 1});
      }
  return detail::run(p, milliseconds);
}

}  // namespace entente::tests::blocs
