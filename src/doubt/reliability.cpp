#include "doubt/reliability.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "entente/number/correlation.hpp"

namespace entente::doubt {
namespace {

constexpr double reach = 6;  // standard units; beyond, the distributions say nothing

double norm(const std::vector<double>& z) {
  double s = 0;
  for (const double v : z) s += v * v;
  return std::sqrt(s);
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double s = 0;
  for (std::size_t i = 0; i < a.size(); ++i) s += a[i] * b[i];
  return s;
}

class Search {
 public:
  Search(ClaimEvaluator& probe, std::size_t claim, const std::vector<std::size_t>& moving)
      : probe_(probe), claim_(claim) {
    const auto& plan = probe.plan();
    for (const std::size_t u : moving) {
      const auto id = plan.uncertain()[u];
      all_.push_back({id, u, Scale(plan.situation().parameters[id].number)});
      if (all_.back().scale.continuous()) smooth_.push_back(all_.size() - 1);
    }
    link();
    probe_.reset();
    start_ = probe_.at(claim_);
    sign_ = start_.truth == 1 ? 1.0 : -1.0;
  }

  [[nodiscard]] bool on_the_edge() const { return start_.margin == 0; }
  [[nodiscard]] bool possible() const { return start_.truth != 2 && !all_.empty(); }

  Joint from_medians() { return form(std::vector<double>(smooth_.size(), 0.0)); }

  Joint from_draw(const Draws& d, std::uint32_t i) {
    Joint out = pulled_back(d, i);
    if (smooth_.empty()) return out;
    std::vector<double> z;
    for (const auto s : smooth_) z.push_back(std::clamp(all_[s].scale.z(d.input[all_[s].input][i]), -reach, reach));
    const Joint better = form(parted(z));
    const bool take = better.kind == Joint::Kind::form && (out.kind == Joint::Kind::none || better.beta <= out.beta);
    return take ? better : out;
  }

 private:
  struct Variable {
    plan::ParamId param;
    std::size_t input;
    Scale scale;
  };

  // The claim at z of the continuous numbers, times t; the others stay where `set` put them last.
  Verdict at(const std::vector<double>& z, double t = 1) {
    const std::vector<double> score = linked_.empty() ? z : mixed(z);
    for (std::size_t k = 0; k < smooth_.size(); ++k)
      probe_.set(all_[smooth_[k]].param,
                 score[k] == 0 ? probe_.median(all_[smooth_[k]].param) : all_[smooth_[k]].scale.value(t * score[k]));
    return probe_.at(claim_);
  }

  // Numbers that hang together: their scores are L times independent ones, and distances are of these.
  struct Linked {
    std::vector<std::size_t> at;  // into smooth_
    number::Matrix l;
  };
  void link() {
    const auto& plan = probe_.plan();
    std::vector<double> medians(plan.parameters());
    if (!plan.groups().empty()) (void)plan.medians(medians);
    for (const auto& g : plan.groups()) {
      Linked out;
      std::vector<std::size_t> member;
      for (std::size_t m = 0; m < g.members.size(); ++m)
        for (std::size_t k = 0; k < smooth_.size(); ++k)
          if (all_[smooth_[k]].input == g.members[m]) out.at.push_back(k), member.push_back(m);
      const std::size_t n = out.at.size(), of = g.members.size();
      if (n < 2) continue;
      const auto whole = plan.correlations(g, medians);
      number::Matrix r(n * n);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) r[i * n + j] = whole[member[i] * of + member[j]];
      out.l = number::cholesky_near(std::move(r), n);
      linked_.push_back(std::move(out));
    }
  }
  [[nodiscard]] std::vector<double> mixed(const std::vector<double>& z) const {
    std::vector<double> out = z;
    for (const Linked& g : linked_)
      for (std::size_t i = 0, n = g.at.size(); i < n; ++i) {
        out[g.at[i]] = 0;
        for (std::size_t j = 0; j <= i; ++j) out[g.at[i]] += g.l[i * n + j] * z[g.at[j]];
      }
    return out;
  }
  [[nodiscard]] std::vector<double> parted(const std::vector<double>& score) const {
    std::vector<double> out = score;
    for (const Linked& g : linked_)
      for (std::size_t i = 0, n = g.at.size(); i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) out[g.at[i]] -= g.l[i * n + j] * out[g.at[j]];
        out[g.at[i]] /= g.l[i * n + i];
      }
    return out;
  }
  // What each number carries of the distance: z^2, or with others z (R^-1 z), which adds up alike.
  [[nodiscard]] std::vector<double> carried(const std::vector<double>& z) const {
    std::vector<double> out(z.size());
    const std::vector<double> score = mixed(z);
    for (std::size_t k = 0; k < z.size(); ++k) out[k] = z[k] * z[k];
    for (const Linked& g : linked_) {
      const std::size_t n = g.at.size();
      std::vector<double> y(n);
      for (std::size_t i = n; i-- > 0;) {  // L' y = z
        y[i] = z[g.at[i]];
        for (std::size_t j = i + 1; j < n; ++j) y[i] -= g.l[j * n + i] * y[j];
        y[i] /= g.l[i * n + i];
        out[g.at[i]] = score[g.at[i]] * y[i];
      }
    }
    return out;
  }
  [[nodiscard]] bool turned(const Verdict& v) const { return v.truth != 2 && v.truth != start_.truth; }
  [[nodiscard]] double g(const Verdict& v) const { return sign_ * v.margin; }

  std::vector<double> gradient(std::vector<double> z, double here) {
    constexpr double h = 1e-4;
    std::vector<double> out(z.size(), 0.0);
    for (std::size_t k = 0; k < z.size(); ++k) {
      const double keep = z[k];
      z[k] = keep + h;
      double step = h, there = g(at(z));
      if (std::isnan(there)) {
        z[k] = keep - h;
        step = -h;
        there = g(at(z));
      }
      if (!std::isnan(there)) out[k] = (there - here) / step;
      z[k] = keep;
    }
    return out;
  }

  // The turn along a ray, found by halving; nothing where the claim does not turn by t = far.
  std::optional<double> along(const std::vector<double>& z, double far) {
    if (!turned(at(z, far))) return std::nullopt;
    double lo = 0, hi = far;
    for (int k = 0; k < 60 && hi - lo > 1e-13 * hi; ++k) {
      const double m = 0.5 * (lo + hi);
      (turned(at(z, m)) ? hi : lo) = m;
    }
    return hi;
  }

  Joint form(std::vector<double> z) {
    Joint out;
    Verdict v = at(z);
    double here = g(v), c = 0;
    if (std::isnan(here)) return out;
    const double scale = std::abs(g(start_)) + std::abs(here);
    std::vector<double> best;
    double shortest = reach;
    bool stationary = false;
    const auto take = [&](bool final) {
      const double length = norm(z);
      if (length == 0) return;
      for (const double t : {1 + 1e-7, 1 + 1e-3, 1.05, 1.2}) {
        if (t * length > 1.2 * reach) break;
        const auto turn = along(z, t);
        if (!turn) continue;
        const double beta = *turn * length;
        const double there = std::abs(g(at(z, *turn)));
        const double jump = there + std::abs(g(at(z, *turn * (1 - 1e-7))));
        if (beta < shortest * (1 - 1e-9) && jump <= 1e-4 * scale) {
          shortest = beta;
          best = z;
          for (double& x : best) x *= *turn;
          stationary = final;
        } else if (final && beta <= shortest * (1 + 1e-6)) {
          stationary = true;
        }
        break;
      }
    };
    for (int k = 0; k < 15; ++k) {
      const auto slope = gradient(z, here);
      const double steep = norm(slope);
      if (!(steep > 0) || !std::isfinite(steep)) break;
      std::vector<double> d(z.size());
      const double lambda = (dot(slope, z) - here) / (steep * steep);
      for (std::size_t i = 0; i < z.size(); ++i) d[i] = lambda * slope[i] - z[i];
      if (norm(d) < 1e-5 * (1 + norm(z)) && std::abs(here) < 1e-6 * scale) {
        take(true);
        break;
      }
      // Large enough that d descends and that a full step may be taken (their condition and its second part).
      std::vector<double> full = z;
      for (std::size_t i = 0; i < z.size(); ++i) full[i] += d[i];
      c = std::max(c, 2 * norm(z) / steep + 1e-3 / steep);
      if (here != 0) c = std::max(c, dot(full, full) / std::abs(here));
      const double merit = 0.5 * dot(z, z) + c * std::abs(here);
      const double descent = dot(z, d) - c * std::abs(here);
      bool moved = false;
      for (double t = 1; t > 1e-3; t *= 0.5) {
        std::vector<double> y = z;
        for (std::size_t i = 0; i < z.size(); ++i) y[i] = std::clamp(z[i] + t * d[i], -1.5 * reach, 1.5 * reach);
        const Verdict w = at(y);
        const double there = g(w);
        if (std::isnan(there)) continue;
        if (0.5 * dot(y, y) + c * std::abs(there) <= merit + 1e-4 * t * std::min(0.0, descent)) {
          z = std::move(y);
          here = there;
          moved = true;
          break;
        }
      }
      if (!moved || norm(z) > 1.4 * reach) {
        take(false);
        break;
      }
      if (k == 14 || std::abs(here) < 0.05 * scale) take(false);
    }
    if (best.empty()) return out;
    settle(best, shortest);
    out.kind = Joint::Kind::form;
    out.beta = shortest;
    // The first-order condition at the point itself, in whatever way it was found.
    const double near = g(at(best));
    const auto slope = gradient(best, near);
    const double cosine = -dot(slope, best) / (norm(slope) * norm(best));
    out.stationary = stationary || cosine > 1 - 1e-6;
    const auto score = mixed(best), part = carried(best);
    for (std::size_t k = 0; k < smooth_.size(); ++k) add(out, all_[smooth_[k]], score[k], part[k]);
    finish(out);
    return out;
  }

  // What carries less than 1e-12 of the squared distance is the rounding of differences, and stays at its median where
  // the claim turns without it: else a number that does nothing would be listed as one that moves.
  void settle(std::vector<double>& best, double& length) {
    std::vector<double> lean = best;
    for (double& x : lean)
      if (std::abs(x) < 1e-6 * length) x = 0;
    if (lean == best) return;
    const auto turn = along(lean, 1 + 1e-6);
    if (!turn) return;
    for (double& x : lean) x *= *turn;
    length = norm(lean);
    best = std::move(lean);
  }

  Joint pulled_back(const Draws& d, std::uint32_t i) {
    Joint out;
    std::vector<double> z(all_.size());
    std::vector<std::size_t> order(all_.size());
    probe_.reset();
    for (std::size_t k = 0; k < all_.size(); ++k) {
      z[k] = all_[k].scale.z(d.input[all_[k].input][i]);
      order[k] = k;
      probe_.set(all_[k].param, d.input[all_[k].input][i]);
    }
    if (!turned(probe_.at(claim_))) return out;  // what was said to move nothing did
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return std::abs(z[k]); });
    std::vector<char> differs(all_.size(), 1);  // also where z is 0: an even chance has two middles
    for (const std::size_t k : order) {
      probe_.set(all_[k].param, probe_.median(all_[k].param));
      if (turned(probe_.at(claim_))) z[k] = 0, differs[k] = 0;
      else probe_.set(all_[k].param, d.input[all_[k].input][i]);
    }
    std::vector<double> smooth;
    for (const auto s : smooth_) smooth.push_back(z[s]);
    smooth = parted(smooth);
    if (norm(smooth) > 0) {
      const auto t = along(smooth, 1);
      for (std::size_t k = 0; k < smooth_.size(); ++k) z[smooth_[k]] *= t.value_or(1.0), smooth[k] *= t.value_or(1.0);
    }
    const auto part = carried(smooth);
    std::vector<double> squares(all_.size());
    for (std::size_t k = 0; k < all_.size(); ++k) squares[k] = z[k] * z[k];
    for (std::size_t k = 0; k < smooth_.size(); ++k) squares[smooth_[k]] = part[k];
    double sum = 0;
    for (const double x : squares) sum += x;
    out.kind = Joint::Kind::draw;
    out.beta = std::sqrt(sum);
    for (std::size_t k = 0; k < all_.size(); ++k) {
      if (!differs[k]) continue;
      if (all_[k].scale.continuous()) add(out, all_[k], z[k], squares[k]);
      else change(out, all_[k], d.input[all_[k].input][i], z[k], squares[k]);
    }
    finish(out);
    probe_.reset();
    return out;
  }

  void add(Joint& out, const Variable& v, double z, double carries) const {
    change(out, v, v.scale.value(z), z, carries);
  }
  // Nothing that stays where it is belongs on the list.
  void change(Joint& out, const Variable& v, double to, double z, double carries) const {
    // The turn is known to 1e-13 of the way: what is left of a number at nought is rounding.
    if (std::abs(to) <= 1e-11 * std::abs(probe_.median(v.param))) to = 0;
    if (const double from = probe_.median(v.param); to != from) out.changes.push_back({v.param, from, to, z, carries});
  }
  static void finish(Joint& out) {
    for (auto& c : out.changes) c.share = out.beta > 0 ? c.share / (out.beta * out.beta) : 0;
    std::ranges::stable_sort(out.changes, [](const auto& a, const auto& b) { return a.share > b.share; });
  }

  ClaimEvaluator& probe_;
  std::size_t claim_;
  std::vector<Variable> all_;
  std::vector<std::size_t> smooth_;
  std::vector<Linked> linked_;
  Verdict start_;
  double sign_ = 1;
};

}  // namespace

Joint joint_change(ClaimEvaluator& probe, std::size_t claim, const std::vector<std::size_t>& moving, const Draws& draws,
                   const std::vector<std::uint32_t>& turned) {
  Search search(probe, claim, moving);
  if (!search.possible()) return {};
  Joint best = search.from_medians();
  for (const std::uint32_t i : turned) {
    probe.reset();
    const Joint other = search.from_draw(draws, i);
    if (other.kind == Joint::Kind::none) continue;
    // A point of the surface is preferred to a draw of the same distance: it is the better founded of the two.
    const bool nearer = other.beta < best.beta * (1 - 1e-9);
    if (best.kind == Joint::Kind::none || nearer) best = other;
  }
  // From where both sides are equal the way has no length; what was found of it is rounding.
  if (search.on_the_edge() && best.kind != Joint::Kind::none && best.beta < 1e-6) return {.kind = Joint::Kind::edge};
  return best;
}

}  // namespace entente::doubt
