// Oracles for the blocs kernel, written from the method's page alone: every partition is looked at.
//
// A graph has n actors with sizes s > 0 and ties p_ij = p_ji; every pair counts as m_ij = s_i s_j p_ij. A partition
// cuts the pairs that it puts in different blocs:
//   energy       E = sum over cut pairs m_ij
//   frustration  F = sum over cut pairs max(0, m_ij) + sum over the others max(0, -m_ij) = E + sum over pairs max(0,
//   -m_ij)
// each over unordered pairs. Partitions are written as restricted growth strings: the bloc of actor 0 is 0, and every
// later actor is in a bloc already named or in the next one, so that every partition is written once.
// Cost: all partitions in at most k blocs, k^(n-1) / (k-1)! of them or so, O(n) each.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace entente::tests::blocs {

using Labels = std::vector<int>;

struct Pair {
  int a = 0, b = 0;
  double weight = 0;
};

struct Graph {
  std::vector<double> size;
  std::vector<Pair> ties;
  [[nodiscard]] int n() const { return static_cast<int>(size.size()); }
};

/// m_ij = s_i s_j p_ij, n x n, symmetric, nothing on the diagonal.
class Products {
 public:
  explicit Products(const Graph& g) : n_(g.n()), m_(g.size.size() * g.size.size(), 0.0) {
    for (const Pair& t : g.ties) {
      const double m = t.weight * g.size[static_cast<std::size_t>(t.a)] * g.size[static_cast<std::size_t>(t.b)];
      at(t.a, t.b) += m;
      at(t.b, t.a) += m;
    }
  }
  [[nodiscard]] int n() const { return n_; }
  [[nodiscard]] double operator()(int i, int j) const { return m_[static_cast<std::size_t>(i * n_ + j)]; }
  /// Sum of |m_ij|: what rounding is judged by.
  [[nodiscard]] double scale() const {
    double sum = 0;
    for (int i = 0; i < n_; ++i)
      for (int j = 0; j < i; ++j) sum += std::abs((*this)(i, j));
    return sum;
  }

 private:
  double& at(int i, int j) { return m_[static_cast<std::size_t>(i * n_ + j)]; }
  int n_;
  std::vector<double> m_;
};

inline double energy(const Products& m, const Labels& bloc) {
  double sum = 0;
  for (int i = 0; i < m.n(); ++i)
    for (int j = 0; j < i; ++j)
      if (bloc[static_cast<std::size_t>(i)] != bloc[static_cast<std::size_t>(j)]) sum += m(i, j);
  return sum;
}

inline double frustration(const Products& m, const Labels& bloc) {
  double sum = 0;
  for (int i = 0; i < m.n(); ++i)
    for (int j = 0; j < i; ++j) {
      const bool cut = bloc[static_cast<std::size_t>(i)] != bloc[static_cast<std::size_t>(j)];
      sum += cut ? std::max(0.0, m(i, j)) : std::max(0.0, -m(i, j));
    }
  return sum;
}

/// The same partition with blocs numbered by first appearance.
template <class Bloc>
Labels canonical(const std::vector<Bloc>& bloc) {
  std::map<Bloc, int> name;
  Labels out;
  for (const Bloc b : bloc) out.push_back(name.emplace(b, static_cast<int>(name.size())).first->second);
  return out;
}

inline int blocs(const Labels& bloc) { return bloc.empty() ? 0 : 1 + *std::max_element(bloc.begin(), bloc.end()); }

/// How many blocs a partition may have.
struct Range {
  int least = 1, most = std::numeric_limits<int>::max();
};

/// What must and must not stand together.
struct Wish {
  int a = 0, b = 0;
  bool together = false;
};

namespace detail {

template <class Visit>
void extend(const Products& m, Range range, Labels& bloc, int used, double sum, Visit& visit) {
  const int v = static_cast<int>(bloc.size()), left = m.n() - v;
  if (used + left < range.least) return;
  if (left == 0) return visit(bloc, sum);
  const int open = std::min(used + 1, range.most);
  for (int b = 0; b < open; ++b) {
    double more = sum;
    for (int u = 0; u < v; ++u)
      if (bloc[static_cast<std::size_t>(u)] != b) more += m(u, v);
    bloc.push_back(b);
    extend(m, range, bloc, std::max(used, b + 1), more, visit);
    bloc.pop_back();
  }
}

}  // namespace detail

/// visit(labels, energy) for every partition within `range`.
template <class Visit>
void partitions(const Products& m, Range range, Visit visit) {
  Labels bloc;
  detail::extend(m, range, bloc, 0, 0.0, visit);
}

inline bool grants(const Labels& bloc, const std::vector<Wish>& wishes) {
  for (const Wish& w : wishes)
    if ((bloc[static_cast<std::size_t>(w.a)] == bloc[static_cast<std::size_t>(w.b)]) != w.together) return false;
  return true;
}

struct Best {
  bool any = false;            ///< is there a partition that grants every wish
  double energy = 0;           ///< the least
  std::vector<Labels> optima;  ///< all within `noise` of the least, in the order of their strings
  double second = std::numeric_limits<double>::infinity();  ///< the least above energy + noise
  std::vector<Labels> seconds;                              ///< the partitions within `noise` of that
};

/// The optima by looking at every partition. `noise` is the difference of energies that is taken for rounding.
inline Best best(const Products& m, Range range, double noise, const std::vector<Wish>& wishes = {}) {
  Best out;
  double low = std::numeric_limits<double>::infinity();
  partitions(m, range, [&](const Labels& bloc, double e) {
    if (grants(bloc, wishes)) low = std::min(low, e), out.any = true;
  });
  if (!out.any) return out;
  out.energy = low;
  partitions(m, range, [&](const Labels& bloc, double e) {
    if (!grants(bloc, wishes)) return;
    if (e <= low + noise) out.optima.push_back(bloc);
    else out.second = std::min(out.second, e);
  });
  return out;
}

/// How much more partition a costs than b, over the pairs that the two treat differently, and the sum of |c| over
/// those.
struct Apart {
  double more = 0, terms = 0;
};
inline Apart apart(const Products& m, const Labels& a, const Labels& b) {
  Apart d;
  for (int i = 0; i < m.n(); ++i)
    for (int j = 0; j < i; ++j) {
      const auto u = static_cast<std::size_t>(i), v = static_cast<std::size_t>(j);
      const bool cut = a[u] != a[v];
      if (cut == (b[u] != b[v])) continue;
      d.more += cut ? m(i, j) : -m(i, j);
      d.terms += std::abs(m(i, j));
    }
  return d;
}

/// The optima where two partitions are as good as each other when their energies differ by at most tolerance times the
/// sum of |c| over the pairs that they treat differently. `edge`: some partition stands so near to that line that
/// rounding decides, or two of the optima do not agree on who is as good as they are.
struct Alike : Best {
  bool edge = false;
};
inline Alike alike(const Products& m, Range range, double tolerance, const std::vector<Wish>& wishes = {}) {
  Alike out;
  static_cast<Best&>(out) = best(m, range, 0, wishes);
  if (!out.any) return out;
  const Labels least = out.optima.front();
  out.optima.clear();
  out.second = std::numeric_limits<double>::infinity();
  const auto sign = [&](const Labels& bloc, const Labels& than) {
    const Apart d = apart(m, bloc, than);
    const double line = std::max(tolerance, 1e-12) * d.terms;
    out.edge = out.edge || (d.terms > 0 && std::abs(d.more - line) <= 1e-13 * d.terms);
    return d.more <= line;
  };
  std::vector<Labels> others;
  partitions(m, range, [&](const Labels& bloc, double e) {
    if (!grants(bloc, wishes)) return;
    if (sign(bloc, least)) return out.optima.push_back(bloc);
    out.second = std::min(out.second, e);
    if (e <= out.energy + 10 * tolerance * m.scale()) others.push_back(bloc);
  });
  const Labels first = out.optima.front();
  for (const Labels& bloc : out.optima) out.edge = out.edge || !sign(bloc, first);
  for (const Labels& bloc : others) out.edge = out.edge || sign(bloc, first);
  return out;
}

/// Change of energy when actor i goes to bloc b (a number not yet used: one of its own).
inline double step(const Products& m, const Labels& bloc, int i, int b) {
  double change = 0;
  for (int j = 0; j < m.n(); ++j) {
    if (j == i) continue;
    const int its = bloc[static_cast<std::size_t>(j)];
    if (its == bloc[static_cast<std::size_t>(i)]) change += m(i, j);
    if (its == b) change -= m(i, j);
  }
  return change;
}

/// No single actor gains by moving (Axelrod and Bennett 1993): to one of the blocs there are, or to one of its own
/// where `range` leaves room for it. Gains up to `noise` count as none.
inline bool local(const Products& m, const Labels& bloc, Range range, double noise) {
  const int used = blocs(bloc);
  std::vector<int> members(static_cast<std::size_t>(used), 0);
  for (const int b : bloc) ++members[static_cast<std::size_t>(b)];
  for (int i = 0; i < m.n(); ++i) {
    const bool alone = members[static_cast<std::size_t>(bloc[static_cast<std::size_t>(i)])] == 1;
    for (int b = 0; b <= used; ++b) {
      if (b == bloc[static_cast<std::size_t>(i)]) continue;
      const int after = used + (b == used) - alone;
      if (after < range.least || after > range.most) continue;
      if (step(m, bloc, i, b) < -noise) return false;
    }
  }
  return true;
}

/// All local optima, in the order of their strings.
inline std::vector<Labels> locals(const Products& m, Range range, double noise) {
  std::vector<Labels> out;
  partitions(m, range, [&](const Labels& bloc, double) {
    if (local(m, bloc, range, noise)) out.push_back(bloc);
  });
  return out;
}

/// Triangles by the number of hostile ties in them: [0] +++, [1] ++-, [2] +--, [3] ---. Ties of weight 0 are none.
inline std::vector<std::uint64_t> triads(const Products& m) {
  std::vector<std::uint64_t> count(4, 0);
  for (int i = 0; i < m.n(); ++i)
    for (int j = 0; j < i; ++j)
      for (int k = 0; k < j; ++k)
        if (m(i, j) != 0 && m(j, k) != 0 && m(i, k) != 0)
          ++count[static_cast<std::size_t>((m(i, j) < 0) + (m(j, k) < 0) + (m(i, k) < 0))];
  return count;
}

}  // namespace entente::tests::blocs
