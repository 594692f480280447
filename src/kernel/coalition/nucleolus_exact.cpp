// The sequence of programs of nucleolus.cpp in fractions.
//
// Problem. In a game with worths of 1e10 and 1 a tolerance relative to the largest worth is larger than what two equal
// players are paid apart by. Choice. Up to 8 players, and where the worths are numbers as people write them, the
// programs are solved by the same simplex method on rows, a basis of n + 1 rows whose inverse is kept, in fractions: a
// violated row enters, the row that leaves is told by the least ratio, ties by a second right-hand side of generic
// numbers (the symbolic perturbation of the objective, so that no basis comes twice). Weights above 0 settle, exactly.
// Cost. Some dozens of pivots a program at n^2 + 2^n operations on fractions each: milliseconds.
#include "kernel/coalition/nucleolus_exact.hpp"

#include <bit>

#include "base/short_number.hpp"
#include "kernel/coalition/subspace.hpp"

namespace entente::coalition {
namespace {

constexpr int most_pivots = 5000;

struct ExactRow {
  Mask set = 0;
  bool with_excess = false;
  Rational value;
};

class ExactLevels {
 public:
  ExactLevels(std::vector<Rational> worth, unsigned n, bool rational)
      : worth_(std::move(worth)), n_(n), rational_(rational), span_(n) {
    const Mask all = static_cast<Mask>(worth_.size() - 1);
    settled_.push_back({all, false, worth_[all]});
    span_.add(all);
  }
  [[nodiscard]] bool done() const { return span_.rank() == n_; }
  [[nodiscard]] int pivots() const { return pivots_; }
  [[nodiscard]] const Rational& epsilon() const { return y_[n_]; }

  [[nodiscard]] const std::vector<Rational>& y() const { return y_; }
  void certificate(std::vector<Mask>& sets, std::vector<double>& weights) const {
    for (unsigned k = free_; k <= n_; ++k)
      if (inverse_[k][n_] > 0) sets.push_back(basis_[k].set), weights.push_back(as_double(inverse_[k][n_]));
  }

  bool next() {
    if (!start()) return false;
    while (true) {
      solve();
      const ExactRow enter = most_violated();
      if (enter.set == 0) break;
      if (!pivot(enter)) return false;
    }
    bool any = false;
    for (unsigned k = free_; k <= n_; ++k) {
      if (!(inverse_[k][n_] > 0) || !span_.add(basis_[k].set)) continue;
      settled_.push_back(
          {basis_[k].set, false, basis_[k].with_excess ? Rational(basis_[k].value - y_[n_]) : basis_[k].value});
      any = true;
    }
    return any;
  }

  // The only division left: n independent equations.
  std::vector<Rational> division() const {
    std::vector<std::vector<Rational>> a;
    for (const ExactRow& r : settled_) {
      a.emplace_back(n_ + 1, 0);
      for (unsigned i = 0; i < n_; ++i) a.back()[i] = r.set >> i & 1u;
      a.back()[n_] = r.value;
    }
    reduce(a);
    std::vector<Rational> x(n_);
    for (const auto& row : a)
      for (unsigned i = 0; i < n_; ++i)
        if (row[i] != 0) x[i] = row[n_];
    return x;
  }

 private:
  static bool reduce(std::vector<std::vector<Rational>>& a) {
    const std::size_t m = a.size();
    for (std::size_t j = 0; j < m; ++j) {
      std::size_t p = j;
      while (p < m && a[p][j] == 0) ++p;
      if (p == m) return false;
      std::swap(a[p], a[j]);
      const Rational top = a[j][j];
      for (Rational& v : a[j]) v /= top;
      for (std::size_t i = 0; i < m; ++i) {
        if (i == j || a[i][j] == 0) continue;
        const Rational f = a[i][j];
        for (std::size_t k = 0; k < a[i].size(); ++k) a[i][k] -= f * a[j][k];
      }
    }
    return true;
  }

  [[nodiscard]] bool open(Mask s) const {
    Subspace copy = span_;
    return copy.add(s);
  }

  // Settled rows, an open coalition and its complement with weight one half each, and single players.
  bool start() {
    const Mask all = static_cast<Mask>(worth_.size() - 1);
    basis_ = settled_;
    free_ = static_cast<unsigned>(settled_.size());
    Subspace span = span_;
    for (Mask s = 1; s < all && basis_.size() == free_; ++s)
      if (open(s)) {
        basis_.push_back({s, true, worth_[s]});
        basis_.push_back({static_cast<Mask>(all ^ s), true, worth_[all ^ s]});
        span.add(s);
      }
    for (unsigned i = 0; i < n_ && basis_.size() <= n_; ++i)
      if (span.add(Mask{1} << i)) basis_.push_back({Mask{1} << i, true, worth_[Mask{1} << i]});
    if (basis_.size() != n_ + 1) return false;
    // inverse_[k][i]: of the matrix whose column k is basis row k; row n is the excess.
    const unsigned m = n_ + 1;
    std::vector<std::vector<Rational>> a(m, std::vector<Rational>(2 * m, 0));
    for (unsigned i = 0; i < m; ++i) {
      for (unsigned k = 0; k < m; ++k)
        a[i][k] = i < n_ ? Rational(basis_[k].set >> i & 1u) : Rational(basis_[k].with_excess ? 1 : 0);
      a[i][m + i] = 1;
    }
    if (!reduce(a)) return false;
    inverse_.assign(m, std::vector<Rational>(m));
    for (unsigned k = 0; k < m; ++k)
      for (unsigned i = 0; i < m; ++i) inverse_[k][i] = a[k][m + i];
    second_.assign(m, 0);
    std::uint64_t state = 1;
    for (unsigned k = free_; k < m; ++k) {
      state = state * 6364136223846793005ull + 1442695040888963407ull;
      second_[k] = 1 + static_cast<std::int64_t>(state >> 33);
    }
    return true;
  }

  void solve() {
    y_.assign(n_ + 1, 0);
    for (unsigned k = 0; k <= n_; ++k)
      for (unsigned i = 0; i <= n_; ++i)
        if (inverse_[k][i] != 0) y_[i] += basis_[k].value * inverse_[k][i];
  }

  [[nodiscard]] ExactRow most_violated() const {
    ExactRow worst;
    Rational most = 0;
    std::vector<Rational> x(worth_.size(), 0);
    for (Mask s = 1; s + 1 < worth_.size(); ++s) {
      x[s] = x[s & (s - 1)] + y_[static_cast<unsigned>(std::countr_zero(s))];
      const Rational short_of = worth_[s] - x[s];
      if (const Rational v = short_of - y_[n_]; v > most && open(s)) most = v, worst = {s, true, worth_[s]};
      if (rational_ && (s & (s - 1)) == 0 && short_of > most && open(s)) most = short_of, worst = {s, false, worth_[s]};
    }
    return worst;
  }

  bool pivot(const ExactRow& enter) {
    if (++pivots_ > most_pivots) return false;
    const unsigned m = n_ + 1;
    std::vector<Rational> u(m, 0);
    for (unsigned k = 0; k < m; ++k) {
      for (Mask s = enter.set; s; s &= s - 1) u[k] += inverse_[k][static_cast<unsigned>(std::countr_zero(s))];
      if (enter.with_excess) u[k] += inverse_[k][n_];
    }
    unsigned leave = m;
    for (unsigned k = free_; k < m; ++k) {
      if (!(u[k] > 0)) continue;
      if (leave == m) {
        leave = k;
        continue;
      }
      const Rational difference = inverse_[k][n_] * u[leave] - inverse_[leave][n_] * u[k];
      if (difference < 0 || (difference == 0 && second_[k] * u[leave] < second_[leave] * u[k])) leave = k;
    }
    if (leave == m) return false;
    const Rational top = u[leave];
    for (Rational& v : inverse_[leave]) v /= top;
    second_[leave] /= top;
    for (unsigned k = 0; k < m; ++k) {
      if (k == leave || u[k] == 0) continue;
      for (unsigned i = 0; i < m; ++i)
        if (inverse_[leave][i] != 0) inverse_[k][i] -= u[k] * inverse_[leave][i];
      second_[k] -= u[k] * second_[leave];
    }
    basis_[leave] = enter;
    return true;
  }

  std::vector<Rational> worth_;
  unsigned n_, free_ = 0;
  bool rational_;
  int pivots_ = 0;
  Subspace span_;
  std::vector<ExactRow> settled_, basis_;
  std::vector<std::vector<Rational>> inverse_;
  std::vector<Rational> second_, y_;
};

}  // namespace

namespace {

std::optional<std::vector<Rational>> exact_worths(std::span<const double> worth, unsigned n) {
  if (n < 2 || n > most_exact_players) return std::nullopt;
  std::vector<Rational> exact;
  for (const double v : worth) {
    auto x = short_number(v);
    if (!x) return std::nullopt;
    exact.push_back(std::move(*x));
  }
  return exact;
}

}  // namespace

std::optional<LeastCore> exact_least_core(std::span<const double> worth, unsigned n) {
  auto exact = exact_worths(worth, n);
  if (!exact) return std::nullopt;
  ExactLevels levels(std::move(*exact), n, false);
  if (!levels.next()) return std::nullopt;
  LeastCore out;
  out.epsilon = as_double(levels.epsilon());
  out.core_empty = levels.epsilon() > 0;
  for (unsigned i = 0; i < n; ++i) out.payoff.push_back(as_double(levels.y()[i]));
  levels.certificate(out.coalitions, out.weights);
  out.pivots = levels.pivots();
  return out;
}

std::optional<ExactNucleolus> exact_nucleolus(std::span<const double> worth, unsigned n, bool rational) {
  auto exact = exact_worths(worth, n);
  if (!exact) return std::nullopt;
  ExactLevels levels(std::move(*exact), n, rational);
  ExactNucleolus out;
  while (!levels.done()) {
    ++out.lps;
    if (!levels.next()) return std::nullopt;
    out.levels.push_back(as_double(levels.epsilon()));
  }
  for (const Rational& x : levels.division()) out.payoff.push_back(as_double(x));
  out.pivots = levels.pivots();
  return out;
}

}  // namespace entente::coalition
