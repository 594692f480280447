// Quantal response along its branch.
//
// Unknowns are the logarithms y of all chances and lambda. At a set with moves 0, 1, ...:
//   y_a - y_0 - lambda (U_a - U_0) = 0 for a > 0,   log sum of exp(y) = 0.
// U_a is a mean over the ends z behind move a with weights chance(z) times the product of exp(y) on the way, so
//   dU_a / dy_k = sum over z through k of weight(z) (payoff(z) - U_a),
// a covariance: no derivative of the tree is needed, and in logarithms nothing underflows, so that U_a keeps its
// meaning at sets that are hardly ever reached: there the limit picks beliefs that trembles support. The solutions are
// a curve; it is followed by tangent and Newton's method in the plane across it, so that turning points in lambda are
// ordinary points. Steps grow while Newton's method needs few iterations and shrink when it does not.
#include <algorithm>
#include <cmath>
#include <string>

#include "entente/base/elementary.hpp"
#include "kernel/game/paths.hpp"

namespace entente::game {
namespace {

// Gaussian elimination with partial pivoting, in place. False: singular.
bool solve(std::vector<double>& a, std::vector<double>& b, std::size_t n) {
  for (std::size_t c = 0; c < n; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c + 1; r < n; ++r)
      if (std::abs(a[r * n + c]) > std::abs(a[pivot * n + c])) pivot = r;
    if (!(std::abs(a[pivot * n + c]) > 1e-300)) return false;
    if (pivot != c) {
      std::swap_ranges(a.begin() + static_cast<std::ptrdiff_t>(c * n),
                       a.begin() + static_cast<std::ptrdiff_t>((c + 1) * n),
                       a.begin() + static_cast<std::ptrdiff_t>(pivot * n));
      std::swap(b[c], b[pivot]);
    }
    for (std::size_t r = c + 1; r < n; ++r) {
      const double f = a[r * n + c] / a[c * n + c];
      if (f == 0) continue;
      for (std::size_t k = c; k < n; ++k) a[r * n + k] -= f * a[c * n + k];
      b[r] -= f * b[c];
    }
  }
  for (std::size_t c = n; c-- > 0;) {
    for (std::size_t k = c + 1; k < n; ++k) b[c] -= a[c * n + k] * b[k];
    b[c] /= a[c * n + c];
    if (!std::isfinite(b[c])) return false;
  }
  return true;
}

constexpr double most_work = 2e10;

class Branch {
 public:
  Branch(const Extensive& g, const LogitOptions& o) : g_(g), o_(o), p_(paths(g)), n_(p_.set.size()) {
    through_.resize(n_);
    for (std::uint32_t z = 0; z < p_.ends.size(); ++z)
      for (const std::uint32_t m : p_.ends[z].moves) through_[m].push_back(z);
    scale_ = *std::ranges::max_element(p_.range);
  }

  /// `cosine`: how much the direction may change in one step. Too long a step near a fold lands on the branch's other
  /// side and goes back to where it came from.
  LogitPath follow(double least_cosine) {
    LogitPath out;
    out.at.resize(o_.at.size());
    for (LogitPoint& q : out.at) q.residual = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> x(n_ + 1, 0.0), tangent(n_ + 1, 0.0);
    for (std::uint32_t m = 0; m < n_; ++m) x[m] = -math::log(static_cast<double>(g_.information[p_.set[m]].moves));
    tangent[n_] = 1;  // forwards
    if (!direction(x, tangent)) return finish(out, x, LogitStop::stuck);
    record(out, x, x);
    double step = 0.05 / std::max(scale_, 1e-300);
    step = std::min(step, 0.05);
    bool forward = true;
    for (; out.steps < o_.steps; ++out.steps) {
      if (regret(x) <= o_.regret && found(out)) return finish(out, x, LogitStop::regret);
      if (x[n_] * scale_ >= o_.lambda) return finish(out, x, LogitStop::lambda);
      if (o_.stop.stop_requested()) return finish(out, x, LogitStop::stopped);
      std::vector<double> next, turned;
      int iterations = 0;
      bool fine = false;
      while (!fine) {
        next = x;
        for (std::size_t k = 0; k <= n_; ++k) next[k] += step * tangent[k];
        iterations = correct(next, tangent);
        turned = tangent;
        fine = iterations > 0 && direction(next, turned);
        double cosine = 0;
        for (std::size_t k = 0; k <= n_ && fine; ++k) cosine += turned[k] * tangent[k];
        fine = fine && cosine > least_cosine && next[n_] > -1e-9;
        if (fine) break;
        step /= 2;
        if (!(step > 1e-12 * (1 + std::abs(x[n_])) / (1 + scale_))) return finish(out, x, LogitStop::stuck);
      }
      record(out, x, next);
      if ((turned[n_] > 0) != forward) {
        ++out.turns;
        forward = !forward;
      }
      x = std::move(next);
      tangent = std::move(turned);
      if (iterations <= 3) step *= 1.6;
      else if (iterations > 5) step *= 0.6;
    }
    return finish(out, x, LogitStop::steps);
  }

  [[nodiscard]] LogitPoint point(const std::vector<double>& x) const {
    LogitPoint q;
    q.lambda = x[n_];
    q.behaviour.resize(g_.information.size());
    for (std::uint32_t m = 0; m < n_; ++m) q.behaviour[p_.set[m]].push_back(math::exp(x[m]));
    q.residual = residual_of(x);
    q.regret = regret(x);
    return q;
  }

 private:
  [[nodiscard]] static bool found(const LogitPath& out) {
    return std::ranges::none_of(out.at, [](const LogitPoint& q) { return std::isnan(q.residual); });
  }
  LogitPath finish(LogitPath& out, const std::vector<double>& x, LogitStop stop) const {
    out.last = point(x);
    out.stop = stop;
    return std::move(out);
  }

  // U of every move at y; and, if asked, the matrix of derivatives of U.
  void payoffs(const std::vector<double>& x, std::vector<double>& u, std::vector<double>* du) const {
    std::vector<double> log(p_.ends.size());
    for (std::size_t z = 0; z < log.size(); ++z) {
      log[z] = math::log(p_.ends[z].chance);
      for (const std::uint32_t m : p_.ends[z].moves) log[z] += x[m];
    }
    u.assign(n_, 0.0);
    if (du) du->assign(n_ * n_, 0.0);
    for (std::size_t m = 0; m < n_; ++m) {
      if (through_[m].empty()) continue;  // nature never leads there
      const std::uint32_t player = g_.information[p_.set[m]].player;
      double most = -std::numeric_limits<double>::infinity(), sum = 0;
      for (const std::uint32_t z : through_[m]) most = std::max(most, log[z]);
      for (const std::uint32_t z : through_[m]) {
        const double w = math::exp(log[z] - most);
        sum += w;
        u[m] += w * p_.ends[z].payoff[player];
      }
      u[m] /= sum;
      if (!du) continue;
      for (const std::uint32_t z : through_[m]) {
        const double w = math::exp(log[z] - most) / sum * (p_.ends[z].payoff[player] - u[m]);
        if (w == 0) continue;
        for (const std::uint32_t k : p_.ends[z].moves) (*du)[m * n_ + k] += w;
      }
    }
  }

  // Equations at x, and the rows of their derivatives in (y, lambda).
  void equations(const std::vector<double>& x, std::vector<double>& f, std::vector<double>* jacobian) const {
    std::vector<double> u, du;
    payoffs(x, u, jacobian ? &du : nullptr);
    f.assign(n_, 0.0);
    const std::size_t w = n_ + 1;
    if (jacobian) jacobian->assign(w * w, 0.0);
    for (std::size_t s = 0; s < g_.information.size(); ++s) {
      const std::uint32_t first = p_.first[s], last = p_.first[s + 1];
      double most = x[first], sum = 0;
      for (std::uint32_t m = first; m < last; ++m) most = std::max(most, x[m]);
      for (std::uint32_t m = first; m < last; ++m) sum += math::exp(x[m] - most);
      f[first] = most + math::log(sum);
      if (jacobian)
        for (std::uint32_t m = first; m < last; ++m) (*jacobian)[first * w + m] = math::exp(x[m] - most) / sum;
      for (std::uint32_t m = first + 1; m < last; ++m) {
        f[m] = x[m] - x[first] - x[n_] * (u[m] - u[first]);
        if (!jacobian) continue;
        double* row = &(*jacobian)[m * w];
        for (std::size_t k = 0; k < n_; ++k) row[k] = -x[n_] * (du[m * n_ + k] - du[first * n_ + k]);
        row[m] += 1;
        row[first] -= 1;
        row[n_] = -(u[m] - u[first]);
      }
    }
  }

  [[nodiscard]] double tolerance(const std::vector<double>& x) const { return 1e-11 * (1 + std::abs(x[n_]) * scale_); }

  // The unit tangent at x on the side of `t`. False: not unique.
  bool direction(const std::vector<double>& x, std::vector<double>& t) const {
    const std::size_t w = n_ + 1;
    std::vector<double> f, a, b(w, 0.0);
    equations(x, f, &a);
    for (std::size_t k = 0; k < w; ++k) a[n_ * w + k] = t[k];
    b[n_] = 1;
    if (!solve(a, b, w)) return false;
    double length = 0;
    for (const double v : b) length += v * v;
    length = std::sqrt(length);
    if (!(length > 0) || !std::isfinite(length)) return false;
    for (std::size_t k = 0; k < w; ++k) t[k] = b[k] / length;
    return true;
  }

  // Newton's method across `t`; the number of iterations, 0 when it does not come there.
  int correct(std::vector<double>& x, const std::vector<double>& t) const {
    const std::size_t w = n_ + 1;
    std::vector<double> f, a, b(w);
    for (int k = 1; k <= 8; ++k) {
      equations(x, f, &a);
      double size = 0;
      for (const double v : f) size = std::max(size, std::abs(v));
      if (size <= tolerance(x)) return k;
      if (!std::isfinite(size)) return 0;
      for (std::size_t i = 0; i < n_; ++i) b[i] = -f[i];
      b[n_] = 0;
      for (std::size_t i = 0; i < w; ++i) a[n_ * w + i] = t[i];
      if (!solve(a, b, w)) return 0;
      for (std::size_t i = 0; i < w; ++i) x[i] += b[i];
    }
    return 0;
  }

  // Lambdas asked for between two neighbouring points: Newton's method at that lambda, from between them.
  void record(LogitPath& out, const std::vector<double>& from, const std::vector<double>& to) const {
    for (std::size_t k = 0; k < o_.at.size(); ++k) {
      const double lambda = o_.at[k], a = from[n_], b = to[n_];
      if (!std::isnan(out.at[k].residual) || (lambda - a) * (lambda - b) > 0) continue;
      const double share = a == b ? 0 : (lambda - a) / (b - a);
      std::vector<double> x = from, fixed(n_ + 1, 0.0);
      for (std::size_t i = 0; i <= n_; ++i) x[i] += share * (to[i] - from[i]);
      x[n_] = lambda;
      fixed[n_] = 1;
      if (correct(x, fixed) > 0) {
        x[n_] = lambda;
        out.at[k] = point(x);
      }
    }
  }

  [[nodiscard]] double residual_of(const std::vector<double>& x) const {
    std::vector<double> f;
    equations(x, f, nullptr);
    double worst = 0;
    for (const double v : f) worst = std::max(worst, std::abs(v));
    return worst;
  }

  [[nodiscard]] double regret(const std::vector<double>& x) const {
    std::vector<double> u;
    payoffs(x, u, nullptr);
    double worst = 0;
    for (std::size_t s = 0; s < g_.information.size(); ++s) {
      double best = -std::numeric_limits<double>::infinity(), has = 0;
      for (std::uint32_t m = p_.first[s]; m < p_.first[s + 1]; ++m) {
        best = std::max(best, u[m]);
        has += math::exp(x[m]) * u[m];
      }
      worst = std::max(worst, (best - has) / p_.range[g_.information[s].player]);
    }
    return worst;
  }

  const Extensive& g_;
  const LogitOptions& o_;
  Paths p_;
  std::size_t n_;
  std::vector<std::vector<std::uint32_t>> through_;
  double scale_ = 1;
};

}  // namespace

double logit_work(const Extensive& g) {
  double moves = 1, path = 0;
  for (const Information& i : g.information) moves += i.moves;
  const Paths p = paths(g);
  for (const End& e : p.ends) path += static_cast<double>(e.moves.size()) * static_cast<double>(e.moves.size() + 1);
  return 100 * 4 * (moves * moves * moves / 3 + path);
}

Result<LogitPath> logit(const Extensive& g, const LogitOptions& o) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  std::size_t moves = 0;
  for (const Information& i : g.information) moves += i.moves;
  if (moves > 2000) return std::unexpected(Error{ErrorKind::too_large, "more than 2000 moves", "information"});
  if (logit_work(g) > most_work)
    return std::unexpected(Error{ErrorKind::too_large,
                                 "the branch would take some 10^" +
                                     std::to_string(static_cast<int>(math::log10(logit_work(g)))) +
                                     " operations, more than 2 x 10^10",
                                 "information"});
  for (const double l : o.at)
    if (!(l >= 0 && l <= 1e9)) return std::unexpected(Error{ErrorKind::invalid, "a lambda lies from 0 on", "at"});
  if (!(o.regret >= 0) || !(o.lambda > 0) || o.steps == 0)
    return std::unexpected(Error{ErrorKind::invalid, "the branch needs an end", "options"});
  Branch branch(g, o);
  LogitPath path = branch.follow(0.9);
  for (const double cosine : {0.99, 0.999}) {  // once more, with shorter steps
    if (path.stop != LogitStop::stuck) break;
    path = branch.follow(cosine);
  }
  return path;
}

double check_logit(const Extensive& g, double lambda, const Behaviour& b) {
  // By walking the tree: chance of reaching every node, payoffs from every node on.
  std::vector<double> reach(g.nodes.size(), 0.0);
  std::vector<std::vector<double>> value(g.nodes.size(), std::vector<double>(g.players, 0.0));
  std::vector<std::vector<double>> sum(b.size());
  std::vector<double> mass(b.size(), 0.0), past(g.nodes.size() * g.players, 0.0);
  for (std::size_t s = 0; s < b.size(); ++s) sum[s].assign(b[s].size(), 0.0);
  const auto chance = [&](const Node& n, std::size_t c) {
    return n.kind == Node::Kind::chance ? n.chance[c] : b[n.information][c];
  };
  reach[0] = 1;
  for (std::size_t k = 0; k < g.nodes.size(); ++k) {
    for (std::uint32_t i = 0; i < g.players; ++i) past[k * g.players + i] += g.payoff[k * g.players + i];
    for (std::size_t c = 0; c < g.nodes[k].children.size(); ++c) {
      const std::uint32_t to = g.nodes[k].children[c];
      reach[to] = reach[k] * chance(g.nodes[k], c);
      for (std::uint32_t i = 0; i < g.players; ++i) past[to * g.players + i] = past[k * g.players + i];
    }
  }
  for (std::size_t k = g.nodes.size(); k-- > 0;) {
    const Node& n = g.nodes[k];
    for (std::size_t c = 0; c < n.children.size(); ++c)
      for (std::uint32_t i = 0; i < g.players; ++i) value[k][i] += chance(n, c) * value[n.children[c]][i];
    if (n.kind == Node::Kind::decision) {
      const std::uint32_t i = g.information[n.information].player;
      mass[n.information] += reach[k];
      for (std::size_t c = 0; c < n.children.size(); ++c)
        sum[n.information][c] += reach[k] * (value[n.children[c]][i] + past[k * g.players + i]);
    }
    for (std::uint32_t i = 0; i < g.players; ++i) value[k][i] += g.payoff[k * g.players + i];
  }
  double worst = 0;
  for (std::size_t s = 0; s < b.size(); ++s) {
    double total = 0;
    for (const double c : b[s]) total += c;
    worst = std::max(worst, std::abs(total - 1));
    if (!(mass[s] > 0)) continue;
    for (std::size_t c = 1; c < b[s].size(); ++c)
      if (b[s][c] > 0 && b[s][0] > 0)
        worst = std::max(worst, std::abs(math::log(b[s][c] / b[s][0]) - lambda * (sum[s][c] - sum[s][0]) / mass[s]));
  }
  return worst;
}

}  // namespace entente::game
