// Slow and obviously right: cooperative games straight from the definitions, to judge the kernel by. Nothing here is
// shared with the kernel but the numbering (player 1 is bit 0, worth is a table of 2^n). Orders are enumerated, so most
// functions are for n <= 8. Linear programmes are in coalition_oracle_lp.hpp.
#pragma once
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace oracle {

using Mask = std::uint32_t;
using Vec = std::vector<double>;

inline unsigned players(const Vec& v) { return static_cast<unsigned>(std::countr_zero(v.size())); }
inline bool in(Mask s, unsigned i) { return ((s >> i) & 1U) != 0; }
inline Mask bit(unsigned i) { return Mask{1} << i; }
inline unsigned size(Mask s) { return static_cast<unsigned>(std::popcount(s)); }
inline double scale(const Vec& v) {
  double m = 0;
  for (double w : v) m = std::max(m, std::abs(w));
  return m;
}
inline double factorial(unsigned k) { return k == 0 ? 1.0 : k * factorial(k - 1); }
inline double total(const Vec& x, Mask s) {
  double t = 0;
  for (unsigned i = 0; i < x.size(); ++i)
    if (in(s, i)) t += x[i];
  return t;
}

/// d(S) = sum over T in S of (-1)^(|S|-|T|) v(T) (Harsanyi 1959).
inline Vec dividends(const Vec& v) {
  Vec d(v.size(), 0.0);
  for (Mask s = 0; s < v.size(); ++s)
    for (Mask t = 0; t < v.size(); ++t)
      if ((t & ~s) == 0) d[s] += ((size(s) - size(t)) % 2 == 0 ? 1.0 : -1.0) * v[t];
  return d;
}

/// Calls f(order) for every order of the n players.
template <class F>
void each_order(unsigned n, F f) {
  std::vector<unsigned> order(n);
  std::iota(order.begin(), order.end(), 0U);
  do f(order);
  while (std::next_permutation(order.begin(), order.end()));
}

/// Mean marginal contribution over the orders, each with the weight that `weigh(order)` gives it (0 leaves it out).
template <class W>
Vec marginals(const Vec& v, W weigh) {
  const unsigned n = players(v);
  Vec x(n, 0.0);
  double sum = 0;
  each_order(n, [&](const std::vector<unsigned>& order) {
    const double w = weigh(order);
    if (w == 0) return;
    sum += w;
    Mask s = 0;
    for (unsigned i : order) {
      x[i] += w * (v[s | bit(i)] - v[s]);
      s |= bit(i);
    }
  });
  for (double& xi : x) xi /= sum;
  return x;
}

/// Shapley 1953: the mean marginal contribution over all orders.
inline Vec shapley_by_orders(const Vec& v) {
  return marginals(v, [](const auto&) { return 1.0; });
}

/// Shapley by subsets: sum over S without i of s! (n-s-1)! / n! (v(S+i) - v(S)).
inline Vec shapley_by_subsets(const Vec& v) {
  const unsigned n = players(v);
  Vec x(n, 0.0);
  for (unsigned i = 0; i < n; ++i)
    for (Mask s = 0; s < v.size(); ++s)
      if (!in(s, i)) x[i] += factorial(size(s)) * factorial(n - size(s) - 1) / factorial(n) * (v[s | bit(i)] - v[s]);
  return x;
}

/// Shapley 1953b, Kalai and Samet 1987, by dividends: each dividend shared in proportion to the weights.
inline Vec weighted_shapley_by_dividends(const Vec& v, const Vec& w) {
  const Vec d = dividends(v);
  Vec x(w.size(), 0.0);
  for (Mask s = 1; s < v.size(); ++s)
    for (unsigned i = 0; i < w.size(); ++i)
      if (in(s, i)) x[i] += d[s] * w[i] / total(w, s);
  return x;
}

/// The same by orders: who comes last is drawn in proportion to the weights, then who comes last of the rest, ...
inline Vec weighted_shapley_by_orders(const Vec& v, const Vec& w) {
  return marginals(v, [&](const std::vector<unsigned>& order) {
    double p = 1, before = 0;
    for (unsigned i : order) {
      before += w[i];
      p *= w[i] / before;
    }
    return p;
  });
}

/// Banzhaf 1965 (Penrose 1946): mean of v(S+i) - v(S) over the 2^(n-1) coalitions without i.
inline Vec banzhaf(const Vec& v) {
  const unsigned n = players(v);
  Vec x(n, 0.0);
  for (unsigned i = 0; i < n; ++i)
    for (Mask s = 0; s < v.size(); ++s)
      if (!in(s, i)) x[i] += (v[s | bit(i)] - v[s]) / std::pow(2.0, n - 1);
  return x;
}

/// Owen 1977: mean over the orders in which every union's members come one after another.
inline Vec owen(const Vec& v, const std::vector<Mask>& unions) {
  return marginals(v, [&](const std::vector<unsigned>& order) {
    for (Mask u : unions) {
      unsigned runs = 0;
      for (std::size_t k = 0; k < order.size(); ++k)
        if (in(u, order[k]) && (k == 0 || !in(u, order[k - 1]))) ++runs;
      if (runs != 1) return 0.0;
    }
    return 1.0;
  });
}

/// Owen 1981 (Banzhaf-Owen): mean over all sets of other unions and all sets of other members of the own union.
inline Vec banzhaf_owen(const Vec& v, const std::vector<Mask>& unions) {
  Vec x(players(v), 0.0);
  for (unsigned i = 0; i < x.size(); ++i) {
    const Mask own = *std::find_if(unions.begin(), unions.end(), [&](Mask u) { return in(u, i); });
    double count = 0;
    for (Mask s = 0; s < v.size(); ++s) {
      const bool fits = !in(s, i) && std::all_of(unions.begin(), unions.end(),
                                                 [&](Mask u) { return u == own || (s & u) == 0 || (s & u) == u; });
      if (!fits) continue;
      x[i] += v[s | bit(i)] - v[s];
      count += 1;
    }
    x[i] /= count;
  }
  return x;
}

using Links = std::vector<std::pair<unsigned, unsigned>>;

/// v^g(S) = sum of the worths of the pieces into which the links within S connect S (Myerson 1977).
inline Vec restricted(const Vec& v, const Links& links) {
  Vec r(v.size(), 0.0);
  for (Mask s = 1; s < v.size(); ++s)
    for (Mask left = s; left != 0;) {
      Mask piece = left & (~left + 1);
      for (Mask before = 0; before != piece;) {
        before = piece;
        for (auto [a, b] : links)
          if (in(s, a) && in(s, b) && (in(piece, a) || in(piece, b))) piece |= bit(a) | bit(b);
      }
      r[s] += v[piece];
      left &= ~piece;
    }
  return r;
}
inline Vec myerson(const Vec& v, const Links& links) { return shapley_by_orders(restricted(v, links)); }

/// Nowak and Radzik 1994: as Shapley, but each order pays the newcomer the mean marginal contribution in its coalition.
inline Vec solidarity(const Vec& v) {
  const unsigned n = players(v);
  Vec x(n, 0.0);
  for (Mask s = 1; s < v.size(); ++s) {
    double mean = 0;
    for (unsigned k = 0; k < n; ++k)
      if (in(s, k)) mean += (v[s] - v[s & ~bit(k)]) / size(s);
    for (unsigned i = 0; i < n; ++i)
      if (in(s, i)) x[i] += factorial(n - size(s)) * factorial(size(s) - 1) / factorial(n) * mean;
  }
  return x;
}

/// v(S u T) >= v(S) + v(T) for all disjoint S, T.
inline bool superadditive(const Vec& v, double tolerance) {
  for (Mask s = 0; s < v.size(); ++s)
    for (Mask t = 0; t < v.size(); ++t)
      if ((s & t) == 0 && v[s | t] < v[s] + v[t] - tolerance) return false;
  return true;
}
/// v(S u T) + v(S n T) >= v(S) + v(T) for all S, T.
inline bool convex(const Vec& v, double tolerance) {
  for (Mask s = 0; s < v.size(); ++s)
    for (Mask t = 0; t < v.size(); ++t)
      if (v[s | t] + v[s & t] < v[s] + v[t] - tolerance) return false;
  return true;
}

/// The largest weight of a matching within s, over all matchings; weight[i][j] > 0 where i and j may pair (i < j).
inline double matching(const std::vector<Vec>& weight, Mask s) {
  if (s == 0) return 0;
  const unsigned i = static_cast<unsigned>(std::countr_zero(s));
  double best = matching(weight, s & ~bit(i));  // i stays alone
  for (unsigned j = i + 1; j < weight.size(); ++j)
    if (in(s, j)) best = std::max(best, weight[i][j] + matching(weight, s & ~bit(i) & ~bit(j)));
  return best;
}

inline double largest_excess(const Vec& v, const Vec& x) {
  double e = -INFINITY;
  for (Mask s = 1; s + 1 < v.size(); ++s) e = std::max(e, v[s] - total(x, s));
  return e;
}

}  // namespace oracle
