// Projected gradients over tariffs and costs; the header has the essay.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"
#include "entente/kernel/trade_policy.hpp"

namespace entente::trade {
namespace {

constexpr double least_scale = 1e-6;
constexpr double rounding = 1e-14;

class Search {
 public:
  Search(const World& w, const Shock& from, std::span<const Move> moves, std::span<const double> weight,
         const SearchOptions& o, Workspace& memory)
      : w_(w), moves_(moves), weight_(weight), o_(o), memory_(memory), shock_(from) {
    if (shock_.tariff.empty()) shock_.tariff = w.tariff;
    if (shock_.cost.empty()) shock_.cost.assign(w.cells(), 1);
    lower_.resize(moves.size());
    upper_.resize(moves.size());
    scale_.resize(moves.size());
    double most = 0;
    for (std::size_t k = 0; k < moves.size(); ++k) {
      lower_[k] = log(moves[k], moves[k].lower);
      upper_[k] = log(moves[k], moves[k].upper);
      const std::size_t j = moves[k].cell / w.countries / w.countries, n = moves[k].cell / w.countries % w.countries;
      scale_[k] = (1 + w.theta[j]) * w.expenditure[w.place(n, j)] * w.share[moves[k].cell];
      most = std::max(most, scale_[k]);
    }
    for (double& d : scale_) d = most > 0 ? std::max(d / most, least_scale) : 1;
  }

  Result<Optimum> run() {
    Optimum best;
    bool any = false;
    Error last;
    for (int start = 0; start < o_.starts; ++start) {
      std::vector<double> x = begin(start);
      const auto value = climb(x);
      if (!value) {
        last = value.error();
        best.reached.push_back(std::numeric_limits<double>::quiet_NaN());
        continue;
      }
      best.reached.push_back(*value);
      if (any && !better(*value, best)) continue;
      any = true;
      best.value = *value;
      best.gradient = left_;
      best.shock = shock_;
      best.solution = at_;
    }
    best.solutions = solutions_;
    if (!any) return std::unexpected(last);
    return best;
  }

 private:
  // Values nearer than what they are solved to are level; of those the one with the least slope left is kept.
  [[nodiscard]] bool better(double value, const Optimum& than) const {
    const double apart = value - than.value, known = std::max(o_.solve.tolerance, rounding * std::abs(value));
    return std::abs(apart) > known ? apart > 0 : left_ < than.gradient;
  }

  static double log(const Move& m, double value) { return m.cost ? math::log(value) : math::log1p(value); }

  std::vector<double> begin(int start) {
    std::vector<double> x(moves_.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
      const Move& m = moves_[k];
      if (start == 0)
        x[k] = std::clamp(log(m, m.cost ? shock_.cost[m.cell] : shock_.tariff[m.cell]), lower_[k], upper_[k]);
      else if (start == 1) x[k] = lower_[k];
      else if (start == 2) x[k] = upper_[k];
      else x[k] = lower_[k] + (upper_[k] - lower_[k]) * uniform(o_.seed, static_cast<std::uint64_t>(start), k);
    }
    return x;
  }

  void put(const std::vector<double>& x) {
    for (std::size_t k = 0; k < x.size(); ++k) {
      const Move& m = moves_[k];
      if (m.cost) shock_.cost[m.cell] = std::clamp(math::exp(x[k]), m.lower, m.upper);
      else shock_.tariff[m.cell] = std::clamp(math::expm1(x[k]), m.lower, m.upper);
    }
  }

  Result<double> value(const std::vector<double>& x, Solution& out) {
    put(x);
    Options o = o_.solve;
    o.start = warm_ ? &at_ : nullptr;
    ++solutions_;
    auto done = solve(w_, shock_, o, memory_, out);
    if (!done && o.start != nullptr) {
      o.start = nullptr;
      done = solve(w_, shock_, o, memory_, out);
    }
    if (!done) return std::unexpected(done.error());
    if (out.status != Status::solved)
      return std::unexpected(Error{ErrorKind::not_solved, "a country lacks a supplier of what it needs", "search"});
    double sum = 0;
    for (std::size_t n = 0; n < weight_.size(); ++n)
      if (weight_[n] != 0) sum += weight_[n] * math::log(out.real_income[n]);
    return sum;
  }

  // Derivatives by the logs, and the largest one that the bounds leave.
  Result<void> slope(const std::vector<double>& x, std::vector<double>& g) {
    const auto done = gradient(w_, shock_, o_.solve, at_, weight_, memory_, gradient_);
    if (!done) return done;
    left_ = 0;
    for (std::size_t k = 0; k < x.size(); ++k) {
      const Move& m = moves_[k];
      g[k] = m.cost ? gradient_.cost[m.cell] * shock_.cost[m.cell]
                    : gradient_.tariff[m.cell] * (1 + shock_.tariff[m.cell]);
      if ((x[k] <= lower_[k] && g[k] < 0) || (x[k] >= upper_[k] && g[k] > 0)) continue;
      left_ = std::max(left_, std::abs(g[k]));
    }
    return {};
  }

  // y: x and a step along g within the bounds; the rise that the slopes promise.
  double propose(const std::vector<double>& x, const std::vector<double>& g, double step,
                 std::vector<double>& y) const {
    double rise = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      y[i] = std::clamp(x[i] + std::clamp(step * g[i] / scale_[i], -0.5, 0.5), lower_[i], upper_[i]);
      rise += g[i] * (y[i] - x[i]);
    }
    return rise;
  }

  // A step is taken where the value rises by a part of what the slopes promise; and where values are level but for
  // their rounding, where the largest slope falls (Hager and Zhang 2005, doi:10.1137/030601880, conditions of the
  // second kind).
  Result<double> climb(std::vector<double>& x) {
    warm_ = false;
    auto f = value(x, at_);
    if (!f) return f;
    warm_ = true;
    std::vector<double> g(x.size()), y(x.size()), h(x.size());
    if (const auto done = slope(x, g); !done) return std::unexpected(done.error());
    double step = left_ > 0 ? 0.1 / left_ : 1;
    for (int k = 0; k < o_.limit && left_ > o_.tolerance; ++k) {
      const double advised = step, before = left_;
      bool moved = false, level = false;
      double reached = 0;
      for (int cut = 0; cut < 30; ++cut, step *= 0.3) {
        const double rise = propose(x, g, step, y);
        const auto next = value(y, trial_);
        if (next && *next >= *f + 1e-4 * rise) {
          moved = *next > *f;
          f = next;
          break;
        }
      }
      if (!moved) {  // values tell no more than their rounding; slopes still do
        propose(x, g, advised, y);
        const auto next = value(y, trial_);
        if (!next || *next < *f - std::max(o_.solve.tolerance, rounding * std::abs(*f))) break;
        level = true;
        reached = *next;
      }
      std::swap(at_, trial_);
      put(y);
      if (const auto done = slope(y, h); !done) return std::unexpected(done.error());
      if (level && !(left_ <= 0.9 * before)) {
        std::swap(at_, trial_);
        left_ = before;
        break;
      }
      if (level) {
        step = advised;
        f = reached;
      }
      double ss = 0, sy = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        ss += (y[i] - x[i]) * (y[i] - x[i]) * scale_[i];
        sy += (y[i] - x[i]) * (g[i] - h[i]);
      }
      step = sy > 1e-300 ? std::clamp(ss / sy, 1e-6, 1e8) : step * 4;
      x.swap(y);
      g.swap(h);
    }
    put(x);
    return f;
  }

  const World& w_;
  const std::span<const Move> moves_;
  const std::span<const double> weight_;
  const SearchOptions& o_;
  Workspace& memory_;
  Shock shock_;
  std::vector<double> lower_, upper_;
  std::vector<double> scale_;  // of the second derivative: how much is traded times how readily it moves
  Solution at_, trial_;
  Gradient gradient_;
  bool warm_ = false;
  double left_ = 0;
  int solutions_ = 0;
};

}  // namespace

Result<Optimum> search(const World& w, const Shock& from, std::span<const Move> moves, std::span<const double> weight,
                       const SearchOptions& o, Workspace& memory) {
  const auto fail = [](const char* what) { return std::unexpected(Error{ErrorKind::invalid, what, "search"}); };
  if (weight.size() != w.countries) return fail("a weight for every country");
  if (o.starts < 1 || o.limit < 0 || !(o.tolerance >= 0)) return fail("a search has a start");
  for (const double x : weight)
    if (!std::isfinite(x)) return fail("a weight is a finite number");
  for (const Move& m : moves)
    if (m.cell >= w.cells() || !std::isfinite(m.upper) || !(m.lower > (m.cost ? 0 : -1)) || !(m.lower <= m.upper))
      return fail("a move has a cell and finite bounds, tariffs above -1 and cost factors above 0");
  if (const auto good = validate(w, from); !good) return std::unexpected(good.error());
  return Search(w, from, moves, weight, o, memory).run();
}

std::vector<Move> own_tariffs(const World& w, std::uint32_t country, double lower, double upper) {
  std::vector<Move> out;
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t i = 0; i < w.countries; ++i)
      if (i != country && w.share[w.cell(j, country, i)] > 0)
        out.push_back({w.cell(j, country, i), false, lower, upper});
  return out;
}

Result<Nash> nash(const World& w, const Shock& from, std::span<const std::uint32_t> players, const NashOptions& o,
                  Workspace& memory) {
  for (const std::uint32_t p : players)
    if (p >= w.countries) return std::unexpected(Error{ErrorKind::invalid, "a player is a country", "players"});
  Nash out{.shock = from};
  if (out.shock.tariff.empty()) out.shock.tariff = w.tariff;
  SearchOptions near = o.search;
  near.starts = 1;
  std::vector<double> weight(w.countries, 0);
  const auto respond = [&](std::uint32_t p, const SearchOptions& s) {
    std::fill(weight.begin(), weight.end(), 0.0);
    weight[p] = 1;
    return search(w, out.shock, own_tariffs(w, p, o.lower, o.upper), weight, s, memory);
  };
  for (out.rounds = 0; out.rounds < o.rounds && !out.settled; ++out.rounds) {
    double most = 0;
    for (const std::uint32_t p : players) {
      auto best = respond(p, out.rounds == 0 ? o.search : near);
      if (!best) return std::unexpected(best.error());
      for (std::size_t c = 0; c < w.cells(); ++c)
        most = std::max(most, std::abs(best->shock.tariff[c] - out.shock.tariff[c]));
      out.shock = std::move(best->shock);
    }
    out.settled = most <= o.settled;
  }
  if (const auto done = solve(w, out.shock, o.search.solve, memory, out.solution); !done)
    return std::unexpected(done.error());
  for (const std::uint32_t p : players) {  // from all starts, not from where it stands alone
    const auto best = respond(p, o.search);
    if (!best) return std::unexpected(best.error());
    out.gain.push_back(best->value - math::log(out.solution.real_income[p]));
  }
  return out;
}

}  // namespace entente::trade
