#include "doubt/tipping_points.hpp"

#include <algorithm>
#include <cmath>

namespace entente::doubt {
namespace {

constexpr int points = 41;

// The values at which a number is looked at.
std::vector<double> grid(const number::Number& n) {
  if (n.chance) return {0.0, 1.0};
  const auto& d = n.distribution;
  std::vector<double> x;
  if (d.discrete()) {
    x.push_back(d.quantile(0));
    for (double next = d.quantile(d.cdf(x.back())); next > x.back() && x.size() < 1000; next = d.quantile(d.cdf(next)))
      x.push_back(next);
    return x;
  }
  using number::Family;
  const bool hard = d.family() == Family::uniform || d.family() == Family::triangular || d.family() == Family::beta;
  const double from = hard ? 0 : 0.001, to = hard ? 1 : 0.999;
  for (int i = 0; i < points; ++i) {
    const double v = d.quantile(from + (to - from) * i / (points - 1));
    if (x.empty() || v > x.back()) x.push_back(v);
  }
  return x;
}

struct End {
  double x;
  Verdict v;
};

// A value of the number is a turn to 1e-12 of itself or, near nought, to 1e-13 of the number's spread: a root at nought
// has no digits of its own.
double spread(const std::vector<double>& grid) { return grid.back() - grid.front(); }

class Search {
 public:
  Search(ClaimEvaluator& probe, plan::ParamId param, std::size_t claim, double spread)
      : probe_(probe), param_(param), claim_(claim), least_(0.5e-13 * spread) {}

  End look(double x) {
    probe_.set(param_, x);
    return {x, probe_.at(claim_)};
  }

  // lo and hi differ in truth. A third truth between them, as in a sliver where a kernel misses its tolerance, makes a
  // second turn; one sliver narrower than a millionth is passed over, its lower end counting as the one turn.
  void turns(const End& lo, const End& hi, const number::Distribution& d, std::vector<Flip>& out) {
    End at = hi;
    out.push_back(turn(lo, at, d));
    if (at.v.truth == hi.v.truth) return;
    End end = hi;
    const Flip next = turn(at, end, d);
    if (next.value - out.back().value <= 1e-6 * (std::abs(next.value) + std::abs(out.back().value)) + 1e6 * least_)
      out.back().above = next.above;
    else out.push_back(next);
  }

  // The turn next to lo; hi comes back as its upper side.
  Flip turn(End lo, End& hi, const number::Distribution& d) {
    double wide = hi.x - lo.x;
    int kept = 0;                                 // which end stayed: -1 the upper, 1 the lower
    double flo = lo.v.margin, fhi = hi.v.margin;  // weighted, as the Illinois form does
    for (int k = 0; k < 200; ++k) {
      const double small = std::max(0.5e-12 * (std::abs(lo.x) + std::abs(hi.x)), least_);
      if (hi.x - lo.x <= 2 * small) break;
      double x = 0.5 * (lo.x + hi.x);
      const bool opposed = (flo < 0 && fhi > 0) || (flo > 0 && fhi < 0);
      if (opposed && k % 3 != 2) {
        x = lo.x - flo * (hi.x - lo.x) / (fhi - flo);
        x = std::clamp(x, lo.x + small, hi.x - small);
      }
      if (!(x > lo.x && x < hi.x)) break;
      const End m = look(x);
      if (m.v.truth == lo.v.truth) {
        lo = m;
        flo = m.v.margin;
        if (kept == -1) fhi *= 0.5;
        kept = -1;
      } else {
        hi = m;
        fhi = m.v.margin;
        if (kept == 1) flo *= 0.5;
        kept = 1;
      }
      if (k % 3 == 2) {
        if (hi.x - lo.x > 0.25 * wide) flo = lo.v.margin, fhi = hi.v.margin;
        wide = hi.x - lo.x;
      }
    }
    const double at = lo.x <= 0 && hi.x >= 0 ? 0.0 : hi.x;
    return {at, d.cdf(at), lo.v.truth, hi.v.truth};
  }

  // All three have the same truth, the middle one the least margin: is it otherwise somewhere between?
  std::optional<End> hidden(const End& a, const End& b, const End& c) {
    constexpr double golden = 0.3819660112501051;
    double lo = a.x, hi = c.x;
    End mid = b;
    for (int k = 0; k < 30 && hi - lo > 1e-9 * (std::abs(lo) + std::abs(hi)); ++k) {
      const bool right = hi - mid.x > mid.x - lo;
      const End x = look(right ? mid.x + golden * (hi - mid.x) : mid.x - golden * (mid.x - lo));
      if (x.v.truth != b.v.truth) return x;
      if (std::abs(x.v.margin) < std::abs(mid.v.margin)) {
        (right ? lo : hi) = mid.x;
        mid = x;
      } else {
        (right ? hi : lo) = x.x;
      }
    }
    return std::nullopt;
  }

 private:
  ClaimEvaluator& probe_;
  plan::ParamId param_;
  std::size_t claim_;
  double least_;  // how near two values of it are one
};

bool same(const Verdict& a, const Verdict& b) {
  if (a.truth != b.truth) return false;
  if (std::isnan(a.margin) || std::isnan(b.margin)) return std::isnan(a.margin) == std::isnan(b.margin);
  if (a.margin == b.margin) return true;  // both may be infinite
  return std::abs(a.margin - b.margin) <= 1e-10 * (std::abs(a.margin) + std::abs(b.margin));
}

}  // namespace

Along flips_along(ClaimEvaluator& probe, plan::ParamId param) {
  const auto& n = probe.plan().situation().parameters[param].number;
  const bool steps = n.chance || n.distribution.discrete();
  const std::size_t claims = probe.plan().claims().size();
  const std::vector<double> x = grid(n);
  const double wide = spread(x);
  std::vector<std::vector<Verdict>> at(x.size());
  Along out{std::vector<std::vector<Flip>>(claims), std::vector<char>(claims, 0)};
  const auto touched = probe.plan().touched({&param, 1});
  if (!touched.formulas && std::ranges::none_of(touched.claims, [](char t) { return t != 0; })) return out;
  probe.reset();
  std::vector<Verdict> still;
  probe.all(still);
  const auto look = [&](std::size_t i) {
    probe.set(param, x[i]);
    at[i] = still;
    probe.touched(touched, probe.medians_good(), at[i]);
  };
  // Most numbers move nothing; five points tell.
  std::vector<std::size_t> first;
  for (std::size_t k = 0; k < 5; ++k)
    if (const std::size_t i = k * (x.size() - 1) / 4; first.empty() || i > first.back()) first.push_back(i);
  for (const auto i : first) look(i);
  for (const auto i : first)
    for (std::size_t c = 0; c < claims; ++c) out.moves[c] = out.moves[c] || !same(at[i][c], at[first[0]][c]);
  if (std::ranges::none_of(out.moves, [](char m) { return m != 0; })) return out;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (at[i].empty()) look(i);
  for (std::size_t c = 0; c < claims; ++c) {
    Search search(probe, param, c, wide);
    const double near = 1e-12 * wide;
    const auto end = [&](std::size_t i) { return End{x[i], at[i][c]}; };
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      out.moves[c] = out.moves[c] || !same(at[i][c], at[i + 1][c]);
      if (at[i][c].truth != at[i + 1][c].truth) {
        if (steps)
          out.flips[c].push_back({x[i + 1], n.chance ? 1 - n.distribution.median() : n.distribution.cdf(x[i]),
                                  at[i][c].truth, at[i + 1][c].truth});
        else search.turns(end(i), end(i + 1), n.distribution, out.flips[c]);
        continue;
      }
      if (steps || i == 0 || at[i][c].truth == 2 || at[i - 1][c].truth != at[i][c].truth) continue;
      const double before = std::abs(at[i - 1][c].margin), here = std::abs(at[i][c].margin),
                   after = std::abs(at[i + 1][c].margin);
      if (here <= before && here <= after && here < 2 * (std::max(before, after) - here))
        if (const auto in = search.hidden(end(i - 1), end(i), end(i + 1))) {
          const bool left = in->x < x[i];
          search.turns(left ? end(i - 1) : end(i), *in, n.distribution, out.flips[c]);
          search.turns(*in, left ? end(i) : end(i + 1), n.distribution, out.flips[c]);
        }
    }
    auto& list = out.flips[c];  // a hollow between two equally near points is found from both
    std::ranges::stable_sort(list, {}, &Flip::value);
    list.erase(std::unique(list.begin(), list.end(),
                           [near](const Flip& a, const Flip& b) {
                             return a.below == b.below && a.above == b.above &&
                                    std::abs(a.value - b.value) <=
                                        1e-9 * (std::abs(a.value) + std::abs(b.value)) + near;
                           }),
               list.end());
    // Undefined at a single value, as where something is divided by nought: one turn, not two.
    for (std::size_t i = 0; i + 1 < list.size(); ++i)
      if (list[i].above == 2 && list[i + 1].below == 2 &&
          list[i + 1].value - list[i].value <= 1e-9 * (std::abs(list[i].value) + std::abs(list[i + 1].value)) + near) {
        list[i].above = list[i + 1].above;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        if (list[i].above == list[i].below) list.erase(list.begin() + static_cast<std::ptrdiff_t>(i--));
      }
  }
  return out;
}

}  // namespace entente::doubt
