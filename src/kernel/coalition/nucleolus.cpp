// Nucleolus and least core.
//
// Problem. Among efficient divisions (individually rational ones, for the nucleolus) minimise the largest excess
// v(S) - x(S), then the next, and so on (Schmeidler 1969, doi:10.1137/0117107).
//
// Theory. A sequence of linear programs. At each level the coalitions settled so far are equations; min e subject to
// x(S) + e >= v(S) for every coalition S not in their span. Only coalitions with a positive dual are settled: those
// merely tight in one optimum need not stay tight (Guajardo and Jornsten 2015, doi:10.1016/j.ejor.2014.10.037).
//
// Choice. The program has few columns (x on the null space of the equations, and e) and 2^n rows, so its dual is
// solved: a revised simplex with a basis of d + 1 coalitions, d the dimension left, and pricing over all coalitions by
// their excess. No start has to be searched: a_S = -a_(N-S) on the null space, so a coalition and its complement with
// weight 1/2 each are dual feasible, and d - 1 further independent coalitions at weight 0 complete the basis. Whether S
// lies in the span of the equations is decided exactly: indicator vectors are 0/1, every minor of at most 25 rows is
// below 7e10 (Hadamard), so ranks modulo the prime 2^61 - 1 are the true ranks; one random functional of the null space
// then tests all 2^n coalitions with one addition each (error below 2^-36 in all, and Kohlberg's criterion judges).
//
// Cost. A pivot is O(2^n + d^2); about n levels of a few pivots. n = 4: microseconds. Degeneracy: after stalling pivots
// the entering and leaving indices follow Bland's rule.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

std::uint64_t reduce(std::uint64_t x) { return x >= prime ? x - prime : x; }
std::uint64_t mul(std::uint64_t a, std::uint64_t b) {
  const auto p = static_cast<Wide>(a) * b;
  return reduce(static_cast<std::uint64_t>(p & prime) + static_cast<std::uint64_t>(p >> 61));
}
std::uint64_t sub(std::uint64_t a, std::uint64_t b) { return a >= b ? a - b : a + prime - b; }
std::uint64_t inverse(std::uint64_t a) {
  std::uint64_t r = 1, e = prime - 2;
  for (; e; e >>= 1, a = mul(a, a))
    if (e & 1u) r = mul(r, a);
  return r;
}

// Equations x(S) = value in reduced row echelon form, exact for the pattern (mod prime) and in doubles for the values.
class Equations {
 public:
  explicit Equations(unsigned n) : n_(n) {}
  [[nodiscard]] unsigned rank() const { return static_cast<unsigned>(rows_.size()); }

  // False: S is in the span already.
  bool add(Mask s, double value) {
    Row r;
    r.value = value;
    for (unsigned i = 0; i < n_; ++i) {
      r.exact[i] = s >> i & 1u;
      r.real[i] = s >> i & 1u;
    }
    for (const Row& q : rows_) eliminate(r, q);
    unsigned pivot = n_;
    double best = 0;
    for (unsigned i = 0; i < n_; ++i)
      if (r.exact[i] != 0 && std::abs(r.real[i]) > best) {
        best = std::abs(r.real[i]);
        pivot = i;
      }
    if (pivot == n_) return false;
    const std::uint64_t k = inverse(r.exact[pivot]);
    const double c = 1.0 / r.real[pivot];
    for (unsigned i = 0; i < n_; ++i) {
      r.exact[i] = mul(r.exact[i], k);
      r.real[i] = r.exact[i] == 0 ? 0 : r.real[i] * c;
    }
    r.real[pivot] = 1;
    r.value *= c;
    r.pivot = pivot;
    for (Row& q : rows_) eliminate(q, r);
    rows_.push_back(r);
    return true;
  }

  // Null space: free players j, x = x0 + sum t_j z_j. columns[i * d + k]: coordinate of player i.
  void null_space(std::vector<double>& columns, std::vector<double>& origin, std::vector<std::uint64_t>& probe) const {
    const unsigned d = n_ - rank();
    columns.assign(std::size_t{n_} * d, 0.0);
    origin.assign(n_, 0.0);
    probe.assign(n_, 0);
    bool pivot[25]{};
    for (const Row& r : rows_) pivot[r.pivot] = true;
    unsigned k = 0;
    std::uint64_t state = 0x9e3779b97f4a7c15ull;
    for (unsigned j = 0; j < n_; ++j) {
      if (pivot[j]) continue;
      state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9ull + 0x94d049bb133111ebull;
      const std::uint64_t functional = (state >> 3) % prime;
      columns[std::size_t{j} * d + k] = 1;
      probe[j] = functional;
      for (const Row& r : rows_) {
        columns[std::size_t{r.pivot} * d + k] = -r.real[j];
        probe[r.pivot] = sub(probe[r.pivot], mul(r.exact[j], functional));
      }
      ++k;
    }
    for (const Row& r : rows_) origin[r.pivot] = r.value;
  }

 private:
  struct Row {
    std::uint64_t exact[25]{};
    double real[25]{};
    double value = 0;
    unsigned pivot = 0;
  };
  void eliminate(Row& r, const Row& q) const {
    const std::uint64_t k = r.exact[q.pivot];
    if (k == 0) return;
    const double c = r.real[q.pivot];
    for (unsigned i = 0; i < n_; ++i) {
      r.exact[i] = sub(r.exact[i], mul(k, q.exact[i]));
      r.real[i] = r.exact[i] == 0 ? 0 : r.real[i] - c * q.real[i];
    }
    r.value -= c * q.value;
  }
  unsigned n_;
  std::vector<Row> rows_;
};

// One level. Columns of the dual: a coalition S (id S) with ε, or player i's individual rationality (id 2^n + i)
// without.
class Level {
 public:
  Level(std::span<const double> v, unsigned n, bool rational, const std::vector<double>& singles)
      : v_(v), n_(n), rational_(rational), singles_(singles) {
    sum_.resize(v.size());
    open_.resize(v.size());
  }

  bool solve(const Equations& eq, const std::vector<double>& guess, double tolerance) {
    d_ = n_ - eq.rank();
    eq.null_space(columns_, origin_, probe_);
    std::vector<std::uint64_t> hash(v_.size(), 0);
    for (std::size_t s = 1; s < v_.size(); ++s) {
      const auto low = static_cast<unsigned>(std::countr_zero(s));
      hash[s] = reduce(hash[s & (s - 1)] + probe_[low]);
      open_[s] = hash[s] != 0;
    }
    tolerance_ = tolerance;
    start(guess);
    const int limit = 10000 + 200 * static_cast<int>(n_);
    int stall = 0;
    for (int k = 0; k < limit; ++k) {
      multipliers();
      const std::size_t enter = price(stall > 40);
      if (enter == none) return true;
      if (!pivot(enter, stall)) return false;
      ++pivots;
    }
    return false;
  }

  std::vector<double> x;
  double epsilon = 0;
  int pivots = 0;
  [[nodiscard]] const std::vector<std::size_t>& basis() const { return basis_; }
  [[nodiscard]] const std::vector<double>& weight() const { return lambda_; }
  [[nodiscard]] bool is_single(std::size_t id) const { return id >= v_.size(); }
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

 private:
  void column(std::size_t id, double* out) const {
    std::fill(out, out + d_ + 1, 0.0);
    const std::size_t s = id >= v_.size() ? std::size_t{1} << (id - v_.size()) : id;
    for (unsigned i = 0; i < n_; ++i)
      if (s >> i & 1u)
        for (unsigned k = 0; k < d_; ++k) out[k] += columns_[std::size_t{i} * d_ + k];
    out[d_] = id >= v_.size() ? 0 : 1;
  }
  // Right-hand side of the row: v(S) - x0(S).
  double rhs(std::size_t id) const {
    const std::size_t s = id >= v_.size() ? std::size_t{1} << (id - v_.size()) : id;
    double x0 = 0;
    for (unsigned i = 0; i < n_; ++i)
      if (s >> i & 1u) x0 += origin_[i];
    return (id >= v_.size() ? singles_[id - v_.size()] : v_[s]) - x0;
  }

  // d independent coalitions, the first of which comes with its complement; those with the largest excess at `guess`
  // first.
  void start(const std::vector<double>& guess) {
    const std::size_t all = v_.size() - 1, m = d_ + 1u;
    basis_.clear();
    std::vector<std::pair<double, std::size_t>> ranked;
    for (std::size_t s = 1; s < all; ++s) {
      if (!open_[s]) continue;
      double e = v_[s];
      for (unsigned i = 0; i < n_; ++i)
        if (s >> i & 1u) e -= guess[i];
      ranked.emplace_back(-e, s);
    }
    if (n_ <= 12) std::ranges::sort(ranked);
    std::vector<std::vector<double>> echelon;
    std::vector<double> c(m);
    for (const auto& [e, s] : ranked) {
      column(s, c.data());
      std::vector<double> r(c.begin(), c.begin() + d_);
      for (const auto& q : echelon) {
        const auto p = static_cast<std::size_t>(q[d_]);
        const double k = r[p] / q[p];
        for (unsigned i = 0; i < d_; ++i) r[i] -= k * q[i];
      }
      const auto top =
          static_cast<std::size_t>(std::ranges::max_element(r, {}, [](double y) { return std::abs(y); }) - r.begin());
      if (std::abs(r[top]) < 1e-6) continue;
      r.push_back(static_cast<double>(top));
      echelon.push_back(std::move(r));
      basis_.push_back(s);
      if (basis_.size() == 1) basis_.push_back(all - s);
      if (basis_.size() == m) break;
    }
    factor();
  }

  // Inverse of the basis by Gauss-Jordan with pivoting; weights from it.
  void factor() {
    const std::size_t m = d_ + 1u;
    std::vector<double> a(m * 2 * m, 0.0), c(m);
    for (std::size_t j = 0; j < m; ++j) {
      column(basis_[j], c.data());
      for (std::size_t i = 0; i < m; ++i) a[i * 2 * m + j] = c[i];
      a[j * 2 * m + m + j] = 1;
    }
    for (std::size_t j = 0; j < m; ++j) {
      std::size_t p = j;
      for (std::size_t i = j + 1; i < m; ++i)
        if (std::abs(a[i * 2 * m + j]) > std::abs(a[p * 2 * m + j])) p = i;
      for (std::size_t k = 0; k < 2 * m; ++k) std::swap(a[j * 2 * m + k], a[p * 2 * m + k]);
      const double top = 1.0 / a[j * 2 * m + j];
      for (std::size_t k = 0; k < 2 * m; ++k) a[j * 2 * m + k] *= top;
      for (std::size_t i = 0; i < m; ++i) {
        const double f = a[i * 2 * m + j];
        if (i == j || f == 0) continue;
        for (std::size_t k = 0; k < 2 * m; ++k) a[i * 2 * m + k] -= f * a[j * 2 * m + k];
      }
    }
    inverse_.resize(m * m);
    lambda_.resize(m);
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t k = 0; k < m; ++k) inverse_[i * m + k] = a[i * 2 * m + m + k];
      lambda_[i] = std::max(0.0, inverse_[i * m + d_]);  // the right-hand side of the dual is the unit vector of e
    }
  }

  void multipliers() {
    const std::size_t m = d_ + 1u;
    x = origin_;
    epsilon = 0;
    for (std::size_t k = 0; k < m; ++k) {
      double y = 0;
      for (std::size_t i = 0; i < m; ++i) y += rhs(basis_[i]) * inverse_[i * m + k];
      if (k == d_) epsilon = y;
      else
        for (unsigned i = 0; i < n_; ++i) x[i] += columns_[std::size_t{i} * d_ + k] * y;
    }
  }

  std::size_t price(bool bland) {
    std::size_t best = none;
    double most = tolerance_;
    sum_[0] = 0;
    for (std::size_t s = 1; s + 1 < v_.size(); ++s) {
      sum_[s] = sum_[s & (s - 1)] + x[static_cast<unsigned>(std::countr_zero(s))];
      if (!open_[s]) continue;
      const double violation = v_[s] - sum_[s] - epsilon;
      if (violation > most) {
        best = s;
        if (bland) return best;
        most = violation;
      }
    }
    if (rational_)
      for (unsigned i = 0; i < n_; ++i) {
        if (!open_[std::size_t{1} << i]) continue;
        const double violation = singles_[i] - x[i];
        if (violation > most) {
          best = v_.size() + i;
          if (bland) return best;
          most = violation;
        }
      }
    return best;
  }

  bool pivot(std::size_t enter, int& stall) {
    const std::size_t m = d_ + 1u;
    std::vector<double>& c = column_;
    std::vector<double>& u = direction_;
    c.resize(m);
    u.assign(m, 0.0);
    column(enter, c.data());
    for (std::size_t i = 0; i < m; ++i)
      for (std::size_t k = 0; k < m; ++k) u[i] += inverse_[i * m + k] * c[k];
    std::size_t leave = none;
    double ratio = 0;
    for (std::size_t i = 0; i < m; ++i) {
      if (u[i] <= 1e-9) continue;
      const double r = lambda_[i] / u[i];
      const bool tie = leave != none && std::abs(r - ratio) <= 1e-12;
      const bool wins = leave == none || (tie ? (stall > 40 ? basis_[i] < basis_[leave] : u[i] > u[leave]) : r < ratio);
      if (wins) {
        leave = i;
        ratio = r;
      }
    }
    if (leave == none) return false;
    stall = ratio > 1e-12 ? 0 : stall + 1;
    basis_[leave] = enter;
    if (++since_ >= 30) {  // errors of updates do not pile up
      since_ = 0;
      factor();
      return true;
    }
    const double top = 1.0 / u[leave];
    for (std::size_t k = 0; k < m; ++k) inverse_[leave * m + k] *= top;
    for (std::size_t i = 0; i < m; ++i)
      if (i != leave && u[i] != 0)
        for (std::size_t k = 0; k < m; ++k) inverse_[i * m + k] -= u[i] * inverse_[leave * m + k];
    for (std::size_t i = 0; i < m; ++i) lambda_[i] = std::max(0.0, inverse_[i * m + d_]);
    return true;
  }

  std::span<const double> v_;
  unsigned n_, d_ = 0;
  bool rational_;
  const std::vector<double>& singles_;
  double tolerance_ = 0;
  int since_ = 0;
  std::vector<double> columns_, origin_, sum_, inverse_, lambda_, column_, direction_;
  std::vector<std::uint64_t> probe_;
  std::vector<char> open_;
  std::vector<std::size_t> basis_;
};

double scale_of(std::span<const double> worth) {
  double s = 0;
  for (const double w : worth) s = std::max(s, std::abs(w));
  return s > 0 ? s : 1;
}

}  // namespace

Result<Nucleolus> nucleolus(std::span<const double> worth, const NucleolusOptions& options) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  if (*n > 20) return std::unexpected(Error{ErrorKind::too_large, "more than 20 players", "worth"});
  const double scale = scale_of(worth), grand = worth.back() / scale;
  std::vector<double> v(worth.begin(), worth.end()), singles(*n);
  for (double& w : v) w /= scale;
  double alone = 0;
  for (unsigned i = 0; i < *n; ++i) alone += singles[i] = v[std::size_t{1} << i];
  Nucleolus out;
  const bool rational = options.rationality == Rationality::individual;
  if (rational && alone > grand + 1e-12 * (1 + std::abs(alone))) {
    out.exists = false;
    return out;
  }
  std::vector<double> x(*n, grand / *n);
  if (rational && alone >= grand - 1e-13) {  // one division only
    x = singles;
  } else if (*n > 1) {
    Equations eq(*n);
    eq.add(static_cast<Mask>(v.size() - 1), grand);
    Level level(v, *n, rational, singles);
    while (eq.rank() < *n) {
      ++out.lps;
      if (!level.solve(eq, x, options.tolerance))
        return std::unexpected(
            Error{ErrorKind::not_solved, "the simplex method of the nucleolus reached its pivot limit"});
      x = level.x;
      out.levels.push_back(level.epsilon * scale);
      const unsigned before = eq.rank();
      const auto& basis = level.basis();
      for (std::size_t i = 0; i < basis.size(); ++i) {
        if (level.weight()[i] <= 1e-9) continue;
        if (level.is_single(basis[i])) eq.add(Mask{1} << (basis[i] - v.size()), singles[basis[i] - v.size()]);
        else eq.add(static_cast<Mask>(basis[i]), v[basis[i]] - level.epsilon);
      }
      if (eq.rank() == before)
        return std::unexpected(
            Error{ErrorKind::not_solved, "no coalition could be settled at a level of the nucleolus"});
    }
    std::vector<double> columns;
    std::vector<std::uint64_t> probe;
    eq.null_space(columns, x, probe);
    out.pivots = level.pivots;
  }
  out.payoff.resize(*n);
  for (unsigned i = 0; i < *n; ++i) out.payoff[i] = x[i] * scale;
  if (options.judge) {
    const auto verdict = kohlberg(worth, out.payoff, options.rationality);
    out.kohlberg = verdict && *verdict;
  }
  return out;
}

Result<LeastCore> least_core(std::span<const double> worth, const SolverOptions& options) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  if (*n > 20) return std::unexpected(Error{ErrorKind::too_large, "more than 20 players", "worth"});
  const double scale = scale_of(worth);
  LeastCore out;
  if (*n == 1) {
    out.payoff = {worth[1]};
    out.epsilon = -std::numeric_limits<double>::infinity();  // there is no proper coalition
    return out;
  }
  std::vector<double> v(worth.begin(), worth.end()), singles(*n, 0.0);
  for (double& w : v) w /= scale;
  Equations eq(*n);
  eq.add(static_cast<Mask>(v.size() - 1), v.back());
  Level level(v, *n, false, singles);
  if (!level.solve(eq, std::vector<double>(*n, v.back() / *n), options.tolerance))
    return std::unexpected(
        Error{ErrorKind::not_solved, "the simplex method of the least core reached its pivot limit"});
  out.epsilon = level.epsilon * scale;
  for (const double x : level.x) out.payoff.push_back(x * scale);
  for (std::size_t i = 0; i < level.basis().size(); ++i)
    if (level.weight()[i] > 1e-12) {
      out.coalitions.push_back(static_cast<Mask>(level.basis()[i]));
      out.weights.push_back(level.weight()[i]);
    }
  out.core_empty = out.epsilon > 1e-9 * scale;
  return out;
}

}  // namespace entente::coalition
