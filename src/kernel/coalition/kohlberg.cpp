// The judge of a nucleolus. Nothing here is shared with the solver.
//
// Kohlberg 1971 (doi:10.1137/0120009): an efficient (individually rational) x is the nucleolus if and only if, for
// every level, the collection T of coalitions whose excess is at least the level is balanced, together with some of the
// players who get just what they have alone: sum over T of w_S 1_S + sum of u_i 1_i = t 1_N, all w_S > 0, u_i >= 0.
//
// Levels are walked from the top. When T is balanced and S lies in the span of T, T + S is balanced too (a multiple of
// T's weights swallows S), so only the coalitions F of a level outside the span of those above matter, and T itself
// only by its span L: F is good when -sum over F of 1_S lies in the cone of F and the tight players modulo L (weights 1
// + z, z >= 0). That is decided by non-negative least squares (Lawson and Hanson 1974) in the orthogonal complement of
// L; its residual r is the proof of the contrary: x + h r raises no excess of F and lowers some, and leaves those above
// alone. Every level adds to the rank, so there are at most n - 1 passes over the table; nothing of size 2^n is stored
// but the masks of F.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {
namespace {

using Vector = std::array<double, most_players>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}
Vector indicator(Mask s) {
  Vector v{};
  for (std::size_t i = 0; i < v.size(); ++i) v[i] = s >> i & 1u;
  return v;
}

// f(S) = sum of f over S, from two tables.
class Additive {
 public:
  Additive(const Vector& f, unsigned n) : low_bits_(n / 2), low_(std::size_t{1} << low_bits_) {
    high_.resize(std::size_t{1} << (n - low_bits_));
    for (std::size_t s = 1; s < low_.size(); ++s)
      low_[s] = low_[s & (s - 1)] + f[static_cast<unsigned>(std::countr_zero(s))];
    for (std::size_t s = 1; s < high_.size(); ++s)
      high_[s] = high_[s & (s - 1)] + f[low_bits_ + static_cast<unsigned>(std::countr_zero(s))];
  }
  double operator()(std::size_t s) const { return low_[s & (low_.size() - 1)] + high_[s >> low_bits_]; }
  [[nodiscard]] std::span<const double> low() const { return low_; }
  [[nodiscard]] double high(std::size_t s) const { return high_[s >> low_bits_]; }

 private:
  unsigned low_bits_;
  std::vector<double> low_, high_;
};

// An orthonormal basis, by Gram-Schmidt done twice.
class Span {
 public:
  [[nodiscard]] Vector rest(Vector v) const {
    for (int twice = 0; twice < 2; ++twice)
      for (const Vector& q : basis_) {
        const double f = dot(q, v);
        for (std::size_t i = 0; i < v.size(); ++i) v[i] -= f * q[i];
      }
    return v;
  }
  void add(const Vector& v) {
    Vector r = rest(v);
    const double size = std::sqrt(dot(r, r));
    if (size < 1e-7) return;
    for (double& a : r) a /= size;
    basis_.push_back(r);
  }
  [[nodiscard]] std::size_t rank() const { return basis_.size(); }

 private:
  std::vector<Vector> basis_;
};

// Solves the symmetric positive definite system m x = b in place; false when it is singular.
bool solve_spd(std::vector<double>& m, std::vector<double>& b) {
  const std::size_t n = b.size();
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

enum class Balance { yes, no, undecided };

// Is -sum over `fresh` of 1_S in the cone of fresh and tight, modulo the span?
Balance balanced(const std::vector<Mask>& fresh, const std::vector<Mask>& tight, const Span& span, unsigned n) {
  const auto set = [&](std::size_t j) { return j < tight.size() ? tight[j] : fresh[j - tight.size()]; };
  const std::size_t count = tight.size() + fresh.size();
  Vector target{};
  for (const Mask s : fresh)
    for (Mask m = s; m; m &= m - 1) target[static_cast<unsigned>(std::countr_zero(m))] -= 1;
  for (double& t : target) t /= static_cast<double>(fresh.size());
  target = span.rest(target);
  const double size = std::sqrt(dot(target, target));
  if (size < 1e-13) return Balance::yes;
  struct Passive {
    std::size_t j;
    Vector a;
    double z = 0;
  };
  std::vector<Passive> passive;
  std::vector<std::size_t> banned;
  Vector r = target;
  for (int round = 0; round < 2000; ++round) {
    const Additive g(r, n);
    std::size_t enter = count;
    double best = 1e-12 * size;
    for (std::size_t j = 0; j < count; ++j) {
      const double gj = g(set(j));
      if (gj > best && std::ranges::find(banned, j) == banned.end() &&
          std::ranges::find(passive, j, &Passive::j) == passive.end()) {
        best = gj;
        enter = j;
      }
    }
    if (enter == count) {
      const double left = std::sqrt(dot(r, r));
      if (left < 1e-11 * size) return Balance::yes;
      // The proof of the contrary, in its own scale: -r is >= 0 on all and above 0 on some of fresh.
      double top = 0, low = 0, high = 0;
      for (const double a : r) top = std::max(top, std::abs(a));
      for (std::size_t j = 0; j < count; ++j) {
        const double y = -g(set(j)) / top;
        low = std::min(low, y);
        if (j >= tight.size()) high = std::max(high, y);
      }
      if (high < 1e-5) return Balance::yes;  // rounding
      return low > -1e-6 ? Balance::no : Balance::undecided;
    }
    passive.push_back({enter, span.rest(indicator(set(enter)))});
    while (true) {
      const std::size_t m = passive.size();
      std::vector<double> normal(m * m), z(m);
      for (std::size_t p = 0; p < m; ++p) {
        for (std::size_t q = 0; q <= p; ++q) normal[p * m + q] = dot(passive[p].a, passive[q].a);
        z[p] = dot(passive[p].a, target);
      }
      if (!solve_spd(normal, z)) {  // the new column depends on the others: it cannot help now
        std::erase_if(passive, [&](const Passive& p) { return p.j == enter; });
        banned.push_back(enter);
        break;
      }
      double step = 1;
      for (std::size_t p = 0; p < m; ++p)
        if (z[p] <= 0) step = std::min(step, passive[p].z / (passive[p].z - z[p]));
      for (std::size_t p = 0; p < m; ++p) passive[p].z += step * (z[p] - passive[p].z);
      if (step >= 1) {
        banned.clear();
        break;
      }
      std::erase_if(passive, [](const Passive& p) { return p.z <= 1e-15; });
    }
    r = target;
    for (const Passive& p : passive)
      for (std::size_t i = 0; i < r.size(); ++i) r[i] -= p.z * p.a[i];
  }
  return Balance::undecided;
}

// The coalitions outside the span whose excess is within `slack` of the largest there.
std::vector<Mask> level(std::span<const double> worth, const Additive& x, const Span& span, unsigned n, double slack) {
  Vector noise[2];  // two generic functionals that vanish on the span and hardly anywhere else
  std::uint64_t state = 88172645463325252ull;
  for (Vector& f : noise) {
    f.fill(0);
    for (unsigned i = 0; i < n; ++i) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;  // xorshift (Marsaglia 2003, doi:10.18637/jss.v008.i14)
      f[i] = static_cast<double>(state >> 11) * 0x1p-52 - 1.0;
    }
    f = span.rest(f);
  }
  const Additive first(noise[0], n), second(noise[1], n);
  const auto low = x.low();
  std::vector<Mask> out;
  double best = -std::numeric_limits<double>::infinity();
  for (std::size_t block = 0; block < worth.size(); block += low.size()) {
    const double base = x.high(block);
    for (std::size_t j = 0; j < low.size(); ++j) {
      const double e = worth[block + j] - low[j] - base;
      if (e < best - slack) continue;
      const std::size_t s = block + j;
      if (std::abs(first(s)) < 1e-9 && std::abs(second(s)) < 1e-9) continue;
      if (e > best + slack) out.clear();
      best = std::max(best, e);
      out.push_back(static_cast<Mask>(s));
    }
  }
  std::erase_if(out, [&](Mask s) { return worth[s] - x(s) < best - slack; });
  return out;
}

}  // namespace

Result<bool> kohlberg(std::span<const double> worth, std::span<const double> x, Rationality rationality,
                      double tolerance) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  if (x.size() != *n) return std::unexpected(Error{ErrorKind::invalid, "one payoff for every player", "x"});
  if (!(tolerance >= 0 && tolerance < 1))
    return std::unexpected(Error{ErrorKind::invalid, "a tolerance is at least 0 and below 1", "tolerance"});
  double scale = 1e-300, sum = 0;
  for (const double v : worth) scale = std::max(scale, std::abs(v));
  Vector payoff{};
  for (unsigned i = 0; i < *n; ++i) {
    if (!std::isfinite(x[i])) return std::unexpected(Error{ErrorKind::invalid, "a payoff is a finite number", "x"});
    sum += payoff[i] = x[i];
  }
  const double slack = tolerance * scale;
  if (std::abs(sum - worth.back()) > slack) return false;
  std::vector<Mask> tight;
  if (rationality == Rationality::individual)
    for (unsigned i = 0; i < *n; ++i) {
      const double margin = x[i] - worth[std::size_t{1} << i];
      if (margin < -slack) return false;
      if (margin <= slack) tight.push_back(Mask{1} << i);
    }
  const Additive division(payoff, *n);
  Span span;
  span.add(indicator(static_cast<Mask>(worth.size() - 1)));
  while (span.rank() < *n) {
    const std::vector<Mask> fresh = level(worth, division, span, *n, slack);
    switch (balanced(fresh, tight, span, *n)) {
      case Balance::no:
        return false;
      case Balance::undecided:
        return std::unexpected(Error{ErrorKind::not_solved, "the least squares of Kohlberg's criterion did not end"});
      case Balance::yes:
        break;
    }
    const std::size_t before = span.rank();
    for (const Mask s : fresh) {
      span.add(indicator(s));
      if (span.rank() == *n) break;
    }
    if (span.rank() == before)
      return std::unexpected(Error{ErrorKind::not_solved, "a level of Kohlberg's criterion could not be told apart"});
  }
  return true;
}

}  // namespace entente::coalition
