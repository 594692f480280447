// The judge of a nucleolus. Kohlberg 1971 (doi:10.1137/0120009): an efficient (individually rational) x is the
// nucleolus if and only if, for every level, the collection T of coalitions whose excess is at least the level is
// balanced, together with some of the players who get just what they have alone:
//   sum over T of w_S 1_S + sum of u_i 1_i = t 1_N  with all w_S > 0 and u_i >= 0.
// With w = 1 + z this asks for z, u >= 0 and is decided by non-negative least squares (Lawson and Hanson 1974): the
// residual is zero or not. Levels are walked from the top until T has full rank, beyond which every collection is
// balanced. Nothing here is shared with the solver.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {
namespace {

using Vector = std::vector<double>;

// Solves the symmetric positive definite system m x = b in place; false when it is singular.
bool solve_spd(Vector& m, Vector& b, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) {
      const double f = m[j * n + k];
      for (std::size_t i = j; i < n; ++i) m[i * n + j] -= m[i * n + k] * f;
    }
    if (m[j * n + j] < 1e-10) return false;
    const double d = std::sqrt(m[j * n + j]);
    for (std::size_t i = j; i < n; ++i) m[i * n + j] /= d;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= m[i * n + k] * b[k];
    b[i] /= m[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= m[k * n + i] * b[k];
    b[i] /= m[i * n + i];
  }
  return true;
}

// min |A z - b| over z >= 0; columns of A. Returns the relative residual.
double nnls(const std::vector<Vector>& columns, const Vector& b) {
  const std::size_t rows = b.size(), count = columns.size();
  Vector z(count, 0.0), r = b;
  std::vector<std::size_t> passive;
  std::vector<char> in(count, 0), banned(count, 0);
  double size = 0;
  for (const double v : b) size += v * v;
  size = std::sqrt(size) + 1;
  for (std::size_t round = 0; round < 20 * (count + rows) + 100; ++round) {
    std::size_t enter = count;
    double best = 1e-10 * size;
    for (std::size_t j = 0; j < count; ++j) {
      if (in[j] || banned[j]) continue;
      double g = 0;
      for (std::size_t i = 0; i < rows; ++i) g += columns[j][i] * r[i];
      if (g > best) {
        best = g;
        enter = j;
      }
    }
    if (enter == count) break;
    passive.push_back(enter);
    in[enter] = 1;
    while (true) {
      const std::size_t m = passive.size();
      Vector normal(m * m), rhs(m);
      for (std::size_t p = 0; p < m; ++p) {
        for (std::size_t q = 0; q <= p; ++q) {
          double s = 0;
          for (std::size_t i = 0; i < rows; ++i) s += columns[passive[p]][i] * columns[passive[q]][i];
          normal[p * m + q] = s;
        }
        for (std::size_t i = 0; i < rows; ++i) rhs[p] += columns[passive[p]][i] * b[i];
      }
      if (!solve_spd(normal, rhs, m)) {  // the new column depends on the others: it cannot help
        in[enter] = 0;
        banned[enter] = 1;
        std::erase(passive, enter);
        break;
      }
      double step = 1;
      for (std::size_t p = 0; p < m; ++p)
        if (rhs[p] <= 0) step = std::min(step, z[passive[p]] / (z[passive[p]] - rhs[p]));
      for (std::size_t p = 0; p < m; ++p) z[passive[p]] += step * (rhs[p] - z[passive[p]]);
      if (step >= 1) break;
      std::erase_if(passive, [&](std::size_t j) {
        if (z[j] > 1e-13) return false;
        z[j] = 0;
        in[j] = 0;
        return true;
      });
    }
    r = b;
    for (std::size_t j = 0; j < count; ++j)
      if (z[j] != 0)
        for (std::size_t i = 0; i < rows; ++i) r[i] -= columns[j][i] * z[j];
    if (in[enter]) std::ranges::fill(banned, 0);
  }
  double left = 0;
  for (const double v : r) left += v * v;
  return std::sqrt(left) / size;
}

Vector indicator(std::size_t s, unsigned n) {
  Vector v(n);
  for (unsigned i = 0; i < n; ++i) v[i] = s >> i & 1u ? 1.0 : 0.0;
  return v;
}

class Rank {  // of indicator vectors, by floating elimination with a wide threshold
 public:
  bool add(Vector v) {
    for (const auto& [row, pivot] : rows_) {
      const double f = v[pivot] / row[pivot];
      if (f != 0)
        for (std::size_t i = 0; i < v.size(); ++i) v[i] -= f * row[i];
    }
    const auto top = std::ranges::max_element(v, {}, [](double y) { return std::abs(y); });
    if (std::abs(*top) < 1e-7) return false;
    const auto pivot = static_cast<std::size_t>(top - v.begin());
    rows_.emplace_back(std::move(v), pivot);
    return true;
  }
  [[nodiscard]] std::size_t rank() const { return rows_.size(); }

 private:
  std::vector<std::pair<Vector, std::size_t>> rows_;
};

}  // namespace

Result<bool> kohlberg(std::span<const double> worth, std::span<const double> x, Rationality rationality,
                      double tolerance) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  if (x.size() != *n) return std::unexpected(Error{ErrorKind::invalid, "one payoff for every player", "x"});
  double scale = 1e-300, sum = 0;
  for (const double v : worth) scale = std::max(scale, std::abs(v));
  for (const double v : x) {
    if (!std::isfinite(v)) return std::unexpected(Error{ErrorKind::invalid, "a payoff is a finite number", "x"});
    sum += v;
  }
  const double slack = tolerance * scale;
  if (std::abs(sum - worth.back()) > slack) return false;
  std::vector<std::size_t> tight;
  if (rationality == Rationality::individual)
    for (unsigned i = 0; i < *n; ++i) {
      const double margin = x[i] - worth[std::size_t{1} << i];
      if (margin < -slack) return false;
      if (margin <= slack) tight.push_back(std::size_t{1} << i);
    }
  std::vector<std::pair<double, std::size_t>> excess;
  for (std::size_t s = 1; s + 1 < worth.size(); ++s) {
    double e = worth[s];
    for (unsigned i = 0; i < *n; ++i)
      if (s >> i & 1u) e -= x[i];
    excess.emplace_back(-e, s);
  }
  std::ranges::sort(excess);
  std::vector<Vector> columns;
  for (const std::size_t s : tight) columns.push_back(indicator(s, *n));
  Vector whole = indicator(worth.size() - 1, *n);
  for (double& w : whole) w = -w;
  columns.push_back(whole);
  Rank rank;
  rank.add(indicator(worth.size() - 1, *n));
  Vector target(*n, 0.0);
  for (std::size_t k = 0; k < excess.size();) {
    std::size_t end = k;
    bool grows = false;
    while (end < excess.size() && excess[end].first <= excess[k].first + slack) {
      Vector v = indicator(excess[end].second, *n);
      // A coalition in the span of those above is balanced with them already; only new directions need weights.
      if (rank.add(v)) grows = true;
      ++end;
    }
    for (std::size_t j = k; j < end; ++j) {
      Vector v = indicator(excess[j].second, *n);
      for (unsigned i = 0; i < *n; ++i) target[i] -= v[i];
      columns.push_back(std::move(v));
    }
    if (grows && nnls(columns, target) > 1e-7) return false;
    if (rank.rank() == *n) return true;
    k = end;
  }
  return true;
}

}  // namespace entente::coalition
