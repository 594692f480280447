// The distribution over partitions into any number of blocs, exactly k, or at most k, exactly.
//
// Problem. N nodes have Bell(N) partitions, 1.4e9 at 15; wanted are ln Z, every pair's chance, covariances, entropy.
// Theory. A partition's weight is a product over its blocs, w(B) = exp(sum of c within B), times exp(-sum of all c). So
// the sum over the partitions of a set S follows from smaller sets, by the bloc of S's lowest element:
//   f(S) = sum over B with lowest(S) in B, B in S, of w(B) f(S \ B),   f({}) = 1,
// 3^N / 2 steps for all sets; with j blocs left f_j from f_(j-1), where f_j({}) = 1 for "at most", 0 for "exactly"
// unless j = 0. A set B is a bloc with probability q(B) = w(B) f'(V \ B) / f(V) (f' one level below), and u and v are
// together with probability sum of q(B) over the B that hold both. Two pairs are both together in one bloc, or in two:
//   P(ab, cd) = sum of q(B) over B with a, b, c, d + sum over B with a, b of w(B) g_cd(V \ B) / f(V),
//   g_cd(S) = sum over B in S with c, d of w(B) f''(S \ B),
// of which the g of all pairs at a set are pair sums of one array: 3^N steps in all, ties times 2^N numbers.
// Numbers. w spans more decades than a double where ties are strong. So f(S) is kept as exp(best(S)) total(S), best the
// logarithm of the heaviest partition of S (found in the same sweep), and total between 1 and Bell(|S|): every term is
// exp(w + best(S \ B) - best(S)) with an exponent not above 0, and what underflows does not count.
// Conditions "apart" give the sets that hold both the weight 0.
// Cost. 10 nodes 0.3 ms, 15 nodes some 0.1 s; k blocs k times as much.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "kernel/blocs/distribution.hpp"

namespace entente::blocs {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();
using Set = std::uint32_t;

class Recursion {
 public:
  Recursion(Blocs blocs, DistributionWorkspace::Body& w)
      : w_(w), n_(w.blocs.body().core.nodes), all_((Set{1} << n_) - 1), count_(std::size_t{1} << n_) {
    levels_ = blocs.most;  // 0: one level, the one below itself
    w_.best.resize(std::max<std::size_t>(w_.best.size(), levels_ + 1));
    w_.total.resize(w_.best.size());
    w_.exponent.resize(count_);
    w_.value.resize(count_);
    w_.scratch.resize(count_);
    w_.both.resize(std::size_t{n_} * n_);
    w_.only.resize(w_.both.size());
    within();
    for (std::uint32_t j = 0; j <= levels_; ++j) {
      w_.best[j].assign(count_, never);
      w_.total[j].assign(count_, 0);
      if (!blocs.exactly || j == 0) w_.best[j][0] = 0, w_.total[j][0] = 1;
      if (levels_ == 0 || j > 0) level(j);
    }
  }

  [[nodiscard]] bool any() const { return w_.best[levels_][all_] > never; }

  void law() {
    Law& law = w_.law;
    const double best = w_.best[levels_][all_], sum = w_.total[levels_][all_];
    blocs_likely();
    w_.value.assign(w_.weight.begin(), w_.weight.end());
    pair_sums(w_.value, n_, w_.scratch, w_.both, w_.only);
    law.same.resize(std::size_t{n_} * (n_ - 1) / 2);
    law.differ.resize(law.same.size());
    for (std::uint32_t b = 1; b < n_; ++b)
      for (std::uint32_t a = 0; a < b; ++a) {
        law.same[pair(a, b)] = w_.both[b * n_ + a];
        law.differ[pair(a, b)] = w_.only[b * n_ + a];
      }
    double saved = 0, ties = 0;
    for (std::size_t s = 1; s < count_; ++s)
      if (w_.weight[s] > 0) saved += w_.weight[s] * w_.within[s];
    for (const Core::Edge& e : w_.blocs.body().core.edges) ties += e.c;
    std::array<double, 1> logarithm{sum};
    logarithms(logarithm);
    law.log_z = best + logarithm[0] - ties;
    law.energy = ties - saved;
    law.entropy = std::max(0.0, logarithm[0] + (best - saved));
    law.configurations = 0;
  }

  /// A label by node. The heaviest partition weighs exp(best), so its chance is 1 / total; it is left out on the way
  /// through the others, bloc after bloc.
  void draw(double toss) {
    w_.law.drawn.assign(n_, 0);
    const double likeliest = 1 / w_.total[levels_][all_];
    double left = among_others(toss, likeliest);
    bool heaviest = left < 0, along = true;  // along: what is placed so far is the heaviest's
    double mass = 1;
    std::uint32_t level = levels_, label = 0;
    for (Set s = all_; s != 0; ++label) {
      const std::uint32_t below = levels_ == 0 ? 0 : level - 1;
      const Set low = s & (0 - s), rest = s ^ low;
      Set best_bloc = low;
      double most = never;
      for (Set sub = 0;; sub = (sub - rest) & rest) {
        const double x = w_.within[low | sub] + w_.best[below][rest ^ sub];
        w_.value[sub] = x - w_.best[level][s];
        if (x > most) most = x, best_bloc = low | sub;
        if (sub == rest) break;
      }
      Set taken = best_bloc;
      double of_taken = mass;
      for (Set sub = 0; !heaviest; sub = (sub - rest) & rest) {
        std::array<double, 1> chance{w_.value[sub]};
        exponentials(chance);
        const Set bloc = low | sub;
        const double p = mass * (chance[0] * w_.total[below][rest ^ sub] / w_.total[level][s]);
        const double others = p - (along && bloc == best_bloc ? likeliest : 0);
        if (others > 1e-15 * mass) {
          taken = bloc, of_taken = p;
          if (left < others) break;
          left -= others;
        }
        if (sub == rest) break;
      }
      along = along && taken == best_bloc;
      mass = of_taken;
      for (std::uint32_t v = 0; v < n_; ++v)
        if (taken >> v & 1u) w_.law.drawn[v] = label;
      s &= ~taken;
      level = below;
    }
  }

  void covariances() {
    const auto& edges = w_.blocs.body().core.edges;
    Law& law = w_.law;
    law.covariance.assign(law.same.size() * edges.size(), 0);
    // In one bloc: sums over the sets that hold a given set.
    for (std::uint32_t v = 0; v < n_; ++v)
      for (Set s = 0; s < count_; ++s)
        if (!(s >> v & 1u)) w_.weight[s] += w_.weight[s | Set{1} << v];
    for (std::uint32_t b = 1; b < n_; ++b)
      for (std::uint32_t a = 0; a < b; ++a)
        for (std::size_t e = 0; e < edges.size(); ++e) {
          const Set four = Set{1} << a | Set{1} << b | Set{1} << edges[e].a | Set{1} << edges[e].b;
          law.covariance[pair(a, b) * edges.size() + e] =
              w_.weight[four] - law.same[pair(a, b)] * law.same[pair(edges[e].a, edges[e].b)];
        }
    if (levels_ == 1) return;
    const std::uint32_t below = levels_ == 0 ? 0 : levels_ - 1, lowest = levels_ == 0 ? 0 : levels_ - 2;
    others(below, lowest);
    // exponent by set: the weight of a bloc beside what is left, relative to Z.
    Set left = all_;
    const double best = w_.best[levels_][all_], sum = w_.total[levels_][all_];
    for (Set s = 0; s < count_; ++s, --left)
      w_.exponent[s] = s == 0 ? never : w_.within[s] + w_.best[below][left] - best;
    exponentials(w_.exponent);
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const double* const g = w_.joint.data() + e * count_;
      for (Set s = 0; s < count_; ++s) w_.value[s] = w_.exponent[s] * g[all_ - s] / sum;
      pair_sums(w_.value, n_, w_.scratch, w_.both, w_.only);
      for (std::uint32_t b = 1; b < n_; ++b)
        for (std::uint32_t a = 0; a < b; ++a) law.covariance[pair(a, b) * edges.size() + e] += w_.both[b * n_ + a];
    }
  }

 private:
  /// Sum of c within each set; `never` for sets that hold a pair that must be apart.
  void within() {
    const Core& core = w_.blocs.body().core;
    w_.dense.assign(std::size_t{n_} * n_, 0);
    for (const Core::Edge& e : core.edges) w_.dense[e.a * n_ + e.b] = w_.dense[e.b * n_ + e.a] = e.c;
    for (std::uint32_t v = 0; v < n_; ++v)
      for (std::uint32_t i = core.apart_start[v]; i < core.apart_start[v + 1]; ++i)
        w_.dense[v * n_ + core.apart[i]] = never;
    w_.within.resize(count_);
    w_.within[0] = 0;
    for (std::uint32_t v = 0; v < n_; ++v) {
      const std::size_t half = std::size_t{1} << v;
      double* const pull = w_.value.data();  // of v, by set
      pull[0] = 0;
      for (std::uint32_t u = 0; u < v; ++u)
        for (std::size_t s = 0, done = std::size_t{1} << u; s < done; ++s)
          pull[done + s] = pull[s] + w_.dense[v * n_ + u];
      for (std::size_t s = 0; s < half; ++s) w_.within[half + s] = w_.within[s] + pull[s];
    }
  }

  void level(std::uint32_t j) {
    const std::uint32_t below = levels_ == 0 ? 0 : j - 1;
    const double* const within = w_.within.data();
    const double* const best = w_.best[below].data();
    const double* const sum = w_.total[below].data();
    for (Set s = 1; s < count_; ++s) {
      const Set low = s & (0 - s), rest = s ^ low;
      std::size_t terms = 0;
      double most = never;
      for (Set sub = 0;; sub = (sub - rest) & rest) {
        const Set left = rest ^ sub;
        const double x = within[low | sub] + best[left];
        w_.exponent[terms] = x;
        w_.value[terms++] = sum[left];
        most = x > most ? x : most;
        if (sub == rest) break;
      }
      if (most == never) continue;
      for (std::size_t i = 0; i < terms; ++i) w_.exponent[i] -= most;
      exponentials(std::span(w_.exponent).first(terms));
      w_.best[j][s] = most;
      w_.total[j][s] = product(std::span(w_.exponent).first(terms), std::span(w_.value).first(terms));
    }
  }

  /// weight by set: the probability that it is a bloc.
  void blocs_likely() {
    const std::uint32_t below = levels_ == 0 ? 0 : levels_ - 1;
    const double best = w_.best[levels_][all_], sum = w_.total[levels_][all_];
    w_.weight.resize(count_);
    for (Set s = 0; s < count_; ++s) w_.weight[s] = w_.within[s] + w_.best[below][all_ - s] - best;
    w_.weight[0] = never;
    exponentials(w_.weight);
    for (Set s = 0; s < count_; ++s) w_.weight[s] *= w_.total[below][all_ - s] / sum;
  }

  /// joint by edge and set: g of that set over exp(best), both of level `below`; the other blocs are of level `lowest`.
  void others(std::uint32_t below, std::uint32_t lowest) {
    const auto& edges = w_.blocs.body().core.edges;
    w_.joint.assign(edges.size() * count_, 0);
    for (Set s = 3; s < count_; ++s) {
      const auto bits = static_cast<unsigned>(std::popcount(s));
      const double best = w_.best[below][s];
      if (bits < 2 || best == never) continue;
      const std::size_t terms = std::size_t{1} << bits;
      std::size_t i = 0;
      for (Set sub = 0;; sub = (sub - s) & s) {
        w_.exponent[i] = w_.within[sub] + w_.best[lowest][s ^ sub] - best;
        w_.value[i++] = w_.total[lowest][s ^ sub];
        if (sub == s) break;
      }
      w_.exponent[0] = never;
      exponentials(std::span(w_.exponent).first(terms));
      for (i = 0; i < terms; ++i) w_.value[i] *= w_.exponent[i];
      pair_sums(std::span(w_.value).first(terms), bits, w_.scratch, w_.both, w_.only);
      for (std::size_t e = 0; e < edges.size(); ++e) {
        const Set a = Set{1} << edges[e].a, b = Set{1} << edges[e].b;
        if (!(s & a) || !(s & b)) continue;
        const auto row = static_cast<unsigned>(std::popcount(s & (a - 1)));
        const auto column = static_cast<unsigned>(std::popcount(s & (b - 1)));
        w_.joint[e * count_ + s] = w_.both[column * bits + row];
      }
    }
  }

  DistributionWorkspace::Body& w_;
  std::uint32_t n_;
  Set all_;
  std::size_t count_;
  std::uint32_t levels_ = 0;
};

}  // namespace

bool sum_sets(Blocs blocs, const DistributionOptions& options, DistributionWorkspace::Body& w) {
  const std::uint32_t n = w.blocs.body().core.nodes;
  if (blocs.exactly && blocs.most > n) return false;
  if (!blocs.exactly && blocs.most >= n) blocs.most = 0;
  Recursion recursion(blocs, w);
  if (!recursion.any()) return false;
  recursion.law();
  w.law.covariance.clear();
  w.law.drawn.clear();
  if (options.toss > 0 && options.toss < 1) recursion.draw(options.toss);
  if (options.gradient) recursion.covariances();
  return true;
}

}  // namespace entente::blocs
