// Two sides, dense and not large: a tree over the nodes in a fixed order, pruned by two bounds of what is still to be
// placed. One is good where ties are of very different strength, the other where they are of equal strength.
//
// Theory. With x = 1 or -1 by node, energy = constant + sum of c / 2 + f(x), f(x) = -sum of c_uv x_u x_v / 2. Once the
// nodes before p are placed, with g_q = -sum over those of c_qu x_u / 2, everything that follows costs f of the rest
// plus the sum of g_q x_q. That is at least
//   r_p - sum of |g_q|, with r_p the least f of the nodes from position p on, taken alone (Russian doll search:
//     Verfaillie, Lemaitre, Schiex 1996, AAAI-96, 181-187): r_p is found for p = n - 1 down to 0 by the same search
//     with the later ones as bounds, and r_0 is the answer;
//   the least of a convex quadratic function of real x, prepared once for all placements, see convex.cpp.
// Where all c are multiples of a unit only what is better by a unit is looked for, by two where each change of side is
// even.
// Choice. Cycles bound dense graphs with signs at random badly, and branch and cut pays for each of its nodes with many
// programs. A bound by semidefinite programming with triangles at every node (Rendl, Rinaldi, Wiegele 2010,
// doi:10.1007/s10107-008-0235-8) needs some hundred nodes at 80 actors, of which each takes a large part of a second.
// Here a placement costs O(nodes): some ten millions a second. The r_p are found one after another while each is cheap;
// where they no longer are, the quadratic bound is prepared and the whole is searched next.
// Cost. Exponential: about 1.2^n placements for complete graphs of signs by the toss of a coin, 10^8 at 80 nodes. 1024
// placements count as one node of Options::nodes; the limit and the stop are looked at then.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "entente/base/elementary.hpp"
#include "kernel/blocs/convex.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

class Search {
 public:
  Search(bool both, SolutionPool& pool)
      : pool_(pool),
        core_(pool.w.core),
        n_(core_.nodes),
        stride_((n_ + 3) / 4 * 4),
        both_(both && std::none_of(core_.sign.begin(), core_.sign.end(), [](signed char s) { return s < 0; })),
        noise_(1e-12 * pool.w.scale),
        order_(n_),
        side_(n_, 1),
        labels_(n_),
        half_(std::size_t{n_} * stride_, 0),
        field_(std::size_t{n_ + 1} * stride_, 0),
        rest_(n_ + 1, 0),
        step_(n_, 2 * noise_),
        first_(n_) {
    std::vector<double> weight(n_, 0), pulls;
    for (const Core::Edge& e : core_.edges) {
      weight[e.a] += std::abs(e.c), weight[e.b] += std::abs(e.c);
      pulls.push_back(e.c);
      offset_ += e.c / 2;
      free_ -= std::abs(e.c) / 2;
    }
    offset_ += core_.constant;
    std::iota(order_.begin(), order_.end(), 0u);
    std::stable_sort(order_.begin(), order_.end(), [&](auto u, auto v) { return weight[u] > weight[v]; });
    std::vector<std::uint32_t> place(n_);
    for (std::uint32_t p = 0; p < n_; ++p) place[order_[p]] = p;
    for (const Core::Edge& e : core_.edges)
      half_[std::size_t{std::min(place[e.a], place[e.b])} * stride_ + std::max(place[e.a], place[e.b])] = e.c / 2;
    if (const double unit = common_unit(pulls); unit > 0) {
      std::vector<double> sum(n_, 0);
      for (std::uint32_t p = n_; p-- > 0;) {
        for (std::uint32_t q = p + 1; q < n_; ++q) sum[q] += 2 * half(p, q), sum[p] += 2 * half(p, q);
        const bool even = std::all_of(sum.begin() + p, sum.end(), [&](double s) {
          const double half = math::round(std::abs(s) / unit) / 2;
          return std::trunc(half) == half;
        });
        step_[p] = std::max(2 * noise_, (even ? 2 : 1) * unit - std::max(1e-6 * unit, 4 * noise_));
      }
    }
  }

  void solve() {
    Solution& out = pool_.out;
    SideSearch start(core_, both_);
    start.run(4 + n_ / 4, noise_);
    pool_.least(start.sides());
    for (std::uint32_t p = n_; p-- > 0;) weaken(p);
    double bound = offset_ + free_, outside = free_;  // outside: what the arcs not among the nodes from p on may give
    std::uint32_t apart = 1;                          // of the dolls
    for (std::uint32_t p = n_; p > 0 && out.energy - bound > pool_.w.slack;) {
      const std::uint32_t before = p;
      p -= std::min(p, apart);
      for (std::uint32_t q = p; q < before; ++q)
        for (std::uint32_t u = q + 1; u < n_; ++u) outside += std::abs(half(q, u));
      first_ = p;
      open_ = nothing;
      best_ = p > 0 ? begin(p) : out.energy - offset_;
      const std::uint64_t placed = placed_;
      begin_search();
      if (stopped_) {
        if (p == 0) bound = std::max(bound, std::min(out.energy, offset_ + open_));
        break;
      }
      rest_[p] = best_ - 3 * noise_;
      for (std::uint32_t q = p; q-- > 0;) weaken(q);
      bound = p > 0 ? std::max(bound, offset_ + rest_[p] + outside) : out.energy;
      if (placed_ - placed > cheap && levels_.empty()) {
        prepare();
        apart = n_;
      }
    }
    if (stopped_) bound = std::max(bound, sdp_bound(core_, pool_.options.stop));
    out.bound = std::min(bound, out.energy);
    out.proven = out.bound >= out.energy - pool_.w.slack;
    out.proof = out.proven ? Proof::search : Proof::none;
    if (!out.proven || !pool_.options.all) return;
    first_ = 0;
    collect_ = true;
    neighbours(start);
    for (;;) {
      begin_search();
      if (stopped_ || !pool_.stale()) break;
      pool_.again();
    }
    out.complete = !stopped_ && !pool_.overflow;
    out.second_proven = pool_.options.second && !stopped_;
  }

 private:
  static constexpr std::uint64_t cheap = 30'000;  ///< placements of a doll

  /// A quadratic bound and its y by depth.
  struct Level {
    ConvexBound convex;
    std::vector<double> y, yy;  ///< by depth and slot; y'y by depth
    Level(ConvexBound bound, std::uint32_t n)
        : convex(std::move(bound)), y(std::size_t{n + 1} * convex.stride(), 0), yy(n + 1, 0) {}
    [[nodiscard]] double* at(std::uint32_t p) { return &y[p * convex.stride()]; }
  };

  /// Two quadratic bounds: for the first fifth of the nodes, and for the rest.
  void prepare() {
    std::vector<double> whole(half_.size() / stride_ * n_);
    for (std::uint32_t p = 0; p < n_; ++p)
      for (std::uint32_t q = p + 1; q < n_; ++q) whole[p * n_ + q] = whole[q * n_ + p] = half(p, q);
    for (const std::uint32_t first : {1u, std::max(1u, n_ / 5)})
      levels_.emplace_back(ConvexBound(whole, n_, first), n_);
  }

  [[nodiscard]] double half(std::uint32_t p, std::uint32_t q) const { return half_[std::size_t{p} * stride_ + q]; }

  /// r by what the nodes after p at least cost and no arc of p frustrated: holds without a search.
  void weaken(std::uint32_t p) {
    rest_[p] = rest_[p + 1];
    for (std::uint32_t q = p + 1; q < n_; ++q) rest_[p] -= std::abs(half(p, q));
  }

  /// A configuration of the nodes from p on to beat: the one of the nodes after p, p where it does best, single
  /// changes.
  double begin(std::uint32_t p) {
    side_[p] = 1;
    for (bool moved = true; moved;) {
      moved = false;
      for (std::uint32_t q = p; q < n_; ++q) {
        double g = 0;
        for (std::uint32_t u = p; u < n_; ++u) g += half(std::min(q, u), std::max(q, u)) * side_[u];
        if (side_[q] * g < -noise_) side_[q] = static_cast<signed char>(-side_[q]), moved = true;
      }
    }
    double f = 0;
    for (std::uint32_t q = p; q < n_; ++q)
      for (std::uint32_t u = q + 1; u < n_; ++u) f -= half(q, u) * side_[q] * side_[u];
    kept_ = side_;
    return f;
  }

  /// Single changes of side from the best: the second best is often one of them.
  void neighbours(const SideSearch& best) {
    std::vector<std::uint32_t> x(best.sides().begin(), best.sides().end());
    pool_.offer(x);
    for (std::uint32_t& s : x) {
      s = 1 - s;
      if (!both_ || std::any_of(x.begin(), x.end(), [&](std::uint32_t t) { return t != x[0]; })) pool_.offer(x);
      s = 1 - s;
    }
  }

  void begin_search() {
    now_ = side_;
    now_[first_] = 1;
    double* next = row(first_ + 1);
    std::fill(next, next + stride_, 0);
    for (std::uint32_t q = first_ + 1; q < n_; ++q) next[q] = -half(first_, q);
    for (Level& level : levels_) {
      const double* const s = level.convex.step(first_);
      std::transform(s, s + level.convex.stride(), level.at(first_ + 1), std::negate<>());
      level.yy[first_ + 1] = level.convex.square(first_);
    }
    down(first_ + 1, 0);
    side_ = kept_;
  }

  [[nodiscard]] double cutoff() const {
    if (!collect_) return best_ - step_[first_];
    const double near = pool_.threshold() + noise_ - offset_;
    return pool_.options.second ? std::max(near, pool_.out.second - offset_ - step_[0]) : near;
  }
  [[nodiscard]] double* row(std::uint32_t p) { return &field_[std::size_t{p} * stride_]; }

  void leaf(double f) {
    if (first_ == 0) {
      for (std::uint32_t p = 0; p < n_; ++p) labels_[order_[p]] = now_[p] < 0;
      if (both_ && std::all_of(labels_.begin(), labels_.end(), [](std::uint32_t s) { return s == 0; })) return;
      if (collect_) {
        pool_.offer(labels_);
        return;
      }
      pool_.least(labels_);
    }
    best_ = f;
    kept_ = now_;
  }

  void down(std::uint32_t p, double f) {
    if (p == n_) {
      leaf(f);
      return;
    }
    if (collect_ && pool_.overflow && !pool_.options.second) return;
    if ((++placed_ & 1023) == 0 && (++pool_.out.nodes >= pool_.options.nodes || pool_.options.stop.stop_requested()))
      stopped_ = true;
    double* const g = row(p);
    double* const next = row(p + 1);
    const double* const c = &half_[std::size_t{p} * stride_];
    const double own = g[p];
    g[p] = 0;  // so that whole blocks of four may be added up: c is 0 up to p
    double bound[2] = {-nothing, -nothing}, yy[2][2];
    const std::size_t low = levels_.empty() || p + 1 < levels_.back().convex.first() ? 0 : 1;
    for (std::size_t l = low; l < levels_.size(); ++l) look(levels_[l], p, yy[l]);
    if (low < levels_.size())
      for (unsigned turn = 0; turn < 2; ++turn)
        bound[turn] = f + (turn ? -own : own) + levels_[low].convex.bound(p + 1, yy[low][turn]);
    const std::uint32_t from = (p + 1) / 4 * 4;
    if (std::min(bound[0], bound[1]) <= cutoff()) {
      double sum[2];
      add(g, c, from, sum);
      for (unsigned turn = 0; turn < 2; ++turn)
        bound[turn] = std::max(bound[turn], f + (turn ? -own : own) + rest_[p + 1] - sum[turn]);
    }
    const unsigned first = bound[1] < bound[0] ? 1 : 0;
    for (const unsigned turn : {first, 1 - first}) {
      if (bound[turn] > cutoff()) return;  // the other is no better
      if (stopped_) {
        open_ = std::min(open_, bound[turn]);
        return;
      }
      const double x = turn ? -1 : 1;
      now_[p] = turn ? -1 : 1;
      for (std::uint32_t q = from; q < stride_; q += 4)
        for (std::uint32_t l = 0; l < 4; ++l) next[q + l] = g[q + l] - x * c[q + l];
      for (std::size_t l = low; l < levels_.size(); ++l) go(levels_[l], p, x, yy[l][turn]);
      down(p + 1, f + x * own);
    }
  }

  /// Sums of |g| over the nodes after p, with p placed either way.
  void add(const double* g, const double* c, std::uint32_t from, double* sum) const {
    double plus[4] = {}, minus[4] = {};
    for (std::uint32_t q = from; q < stride_; q += 4)
      for (std::uint32_t l = 0; l < 4; ++l) {
        plus[l] += std::abs(g[q + l] - c[q + l]);
        minus[l] += std::abs(g[q + l] + c[q + l]);
      }
    sum[0] = (plus[0] + plus[1]) + (plus[2] + plus[3]);
    sum[1] = (minus[0] + minus[1]) + (minus[2] + minus[3]);
  }

  /// y'y over the nodes after p, with p placed either way.
  void look(Level& level, std::uint32_t p, double* yy) const {
    const double* const y = level.at(p);
    const double* const s = level.convex.step(p);
    double dot[4] = {};
    for (std::size_t i = 0; i < n_ - 1 - p; i += 4)
      for (std::size_t k = 0; k < 4; ++k) dot[k] += y[i + k] * s[i + k];
    const double twice = 2 * ((dot[0] + dot[1]) + (dot[2] + dot[3]));
    const double last = p >= level.convex.first() ? y[n_ - 1 - p] : 0;
    const double rest = level.yy[p] - last * last + level.convex.square(p);
    yy[0] = rest - twice;
    yy[1] = rest + twice;
  }

  void go(Level& level, std::uint32_t p, double x, double yy) const {
    const double* const y = level.at(p);
    const double* const s = level.convex.step(p);
    double* const next = level.at(p + 1);
    for (std::size_t i = 0; i < n_ - 1 - p; i += 4)
      for (std::size_t k = 0; k < 4; ++k) next[i + k] = y[i + k] - x * s[i + k];
    level.yy[p + 1] = yy;
  }

  SolutionPool& pool_;
  const Core& core_;
  std::uint32_t n_, stride_;
  bool both_;
  double noise_, offset_ = 0, free_ = 0;  ///< energy = offset + f; free: f with no arc frustrated
  std::vector<std::uint32_t> order_;
  std::vector<signed char> side_, kept_, now_;  ///< by position
  std::vector<std::uint32_t> labels_;
  std::vector<double> half_;   ///< by position and later position: c / 2
  std::vector<double> field_;  ///< by depth and position: g
  std::vector<double> rest_;   ///< r by position
  std::vector<double> step_;   ///< by position: what better means for the nodes from there on
  std::vector<Level> levels_;  ///< none while dolls are cheap
  double best_ = nothing, open_ = nothing;
  std::uint32_t first_;  ///< n before any search
  std::uint64_t placed_ = 0;
  bool collect_ = false, stopped_ = false;
};

}  // namespace

bool dense(const Core& core) {
  const double n = core.nodes;
  const auto arcs = std::count_if(core.edges.begin(), core.edges.end(), [](const Core::Edge& e) { return e.c != 0; });
  return n >= 12 && n <= 100 && static_cast<double>(arcs) > 0.15 * n * (n - 1) / 2;
}

void place_in_order(bool both, SolutionPool& pool) { Search(both, pool).solve(); }

}  // namespace entente::blocs
