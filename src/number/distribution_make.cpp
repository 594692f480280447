// Distributions made from what people write: each maker checks its numbers and says what to write instead; cutting to a
// domain and converting units make new ones from old.
//
// The two-piece normal (see distribution.cpp) from its mode m and the points with a tail (0.05 unless said) beyond
// each, cut at the domain's bounds. Each half is a half normal, cut at its depth D (the way from the mode to the
// bound); with w the share of the left one,
//   P(beyond d | left) = (Phi(-d/s1) - Phi(-D/s1)) / (1/2 - Phi(-D/s1)) = tail / w
// gives s1, its mirror s2, and w is where both densities meet at the mode. Left density rises with w and right falls,
// so one w serves, or none: where a bound is so near that a density without a hump before the mode has not so much
// beyond d. Then the points are those of the halves before they are cut.
#include <algorithm>
#include <cmath>
#include <optional>

#include "entente/base/elementary.hpp"
#include "entente/number/distribution.hpp"
#include "entente/number/number.hpp"
#include "number/normal.hpp"

namespace entente::number {
namespace {

std::unexpected<Error> fail(std::string message, std::string hint = {}) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(hint)});
}

// A half normal of spread s, cut at depth D: how much lies beyond d, and the density at its mode.
struct Half {
  double d, D;
  [[nodiscard]] double cut(double s) const { return std::isinf(D) ? 0 : normal_cdf(-D / s); }
  [[nodiscard]] double density(double s) const { return 0.3989422804014327 / (s * (0.5 - cut(s))); }
  // The spread with which q lies beyond d; infinite where even an even spread has less.
  [[nodiscard]] double spread(double q) const {
    const double whole = -d / normal_quantile(0.5 * q);
    if (cut(whole) < 1e-18) return whole;
    if (q >= 1 - d / D) return std::numeric_limits<double>::infinity();
    const auto beyond = [&](double s) { return (normal_cdf(-d / s) - cut(s)) / (0.5 - cut(s)); };
    double lo = whole, hi = 2 * whole;
    while (beyond(hi) < q && hi < 1e9 * D) lo = hi, hi *= 2;
    double flo = beyond(lo) - q, fhi = beyond(hi) - q;
    for (int i = 0, kept = 0; i < 100 && hi - lo > 1e-16 * hi; ++i) {  // regula falsi, Illinois
      const double s = std::clamp(lo - flo * (hi - lo) / (fhi - flo), lo, hi), f = beyond(s) - q;
      if (f == 0 || s == lo || s == hi) return s;
      if (f < 0) {
        lo = s, flo = f;
        if (kept == -1) fhi *= 0.5;
        kept = -1;
      } else {
        hi = s, fhi = f;
        if (kept == 1) flo *= 0.5;
        kept = 1;
      }
    }
    return hi;
  }
};

// Spreads of both halves; nothing where no share of the left one serves.
std::optional<std::pair<double, double>> halves(const Half& left, const Half& right, double tail) {
  const auto least = [tail](const Half& h) { return std::isinf(h.D) ? tail : tail / (1 - h.d / h.D); };
  double lo = least(left), hi = 1 - least(right);
  if (!(lo < hi)) return std::nullopt;
  const auto off = [&](double w) {  // density from the left less that from the right
    const double s1 = left.spread(tail / w), s2 = right.spread(tail / (1 - w));
    return w * (std::isinf(s1) ? 1 / left.D : left.density(s1)) -
           (1 - w) * (std::isinf(s2) ? 1 / right.D : right.density(s2));
  };
  const double edge = 1e-12 * (hi - lo);
  lo += edge, hi -= edge;
  double flo = off(lo), fhi = off(hi);
  if (!(flo < 0 && fhi > 0)) return std::nullopt;
  for (int i = 0, kept = 0; i < 200 && hi - lo > 1e-16; ++i) {
    double w = std::clamp(lo - flo * (hi - lo) / (fhi - flo), lo, hi);
    if (i % 3 == 2) w = 0.5 * (lo + hi);
    if (w == lo || w == hi) {  // the root is that end, however far the other still is
      lo = hi = w;
      break;
    }
    const double f = off(w);
    if (f == 0) {
      lo = hi = w;
    } else if (f < 0) {
      lo = w, flo = f;
      if (kept == -1) fhi *= 0.5;
      kept = -1;
    } else {
      hi = w, fhi = f;
      if (kept == 1) flo *= 0.5;
      kept = 1;
    }
  }
  const double w = 0.5 * (lo + hi);
  return std::pair(left.spread(tail / w), right.spread(tail / (1 - w)));
}

}  // namespace

Distribution Distribution::fixed(double value) {
  Distribution d;
  d.a_ = value;
  d.support({value, value, false, false});
  return d;
}

Result<Distribution::Scale> Distribution::scale_of(double p5, double p95, const Domain& domain, double inside) {
  if (!std::isfinite(p5) || !std::isfinite(p95)) return fail("the ends must be finite");
  if (p5 > p95) return fail("the lower end is above the upper", "write `" + show(p95) + " to " + show(p5) + "`");
  if (p5 == p95) return fail("both ends are the same", "write `" + show(p5) + "` alone");
  if (!domain.holds(p5) && p5 != domain.lo)
    return fail(show(p5) + " lies outside: this place takes " + domain.describe());
  if (!domain.holds(p95) && p95 != domain.hi)
    return fail(show(p95) + " lies outside: this place takes " + domain.describe());
  if (p5 == domain.lo || p95 == domain.hi)
    return fail("an end of " + (inside == 0.9 ? std::string("a 90 %") : "an interval of " + show(100 * inside) + " %") +
                    (inside == 0.9 ? " interval" : "") + " lies on the bound of what this place takes",
                "`between " + show(p5) + " and " + show(p95) + "` has hard ends");
  if (domain.bounded()) return Scale::probit;
  if (std::isfinite(domain.lo)) return Scale::log;
  if (std::isfinite(domain.hi)) return Scale::negative_log;
  return Scale::identity;
}

Result<Distribution> Distribution::interval(double p5, double p95, const Domain& domain, double inside) {
  const auto scale = scale_of(p5, p95, domain, inside);
  if (!scale) return std::unexpected(scale.error());
  Distribution d;
  d.scale_ = *scale;
  d.family_ = *scale == Scale::probit         ? Family::probit
              : *scale == Scale::log          ? Family::lognormal
              : *scale == Scale::negative_log ? Family::negative_lognormal
                                              : Family::normal;
  if (std::isfinite(domain.lo)) d.lo_ = domain.lo;
  if (std::isfinite(domain.hi)) d.hi_ = domain.hi;
  d.support(domain);
  const double y5 = d.to_scale(p5), y95 = d.to_scale(p95);
  d.a_ = 0.5 * (y5 + y95);
  d.b_ = (y95 - y5) / (2 * (inside == 0.9 ? z95 : normal_quantile(0.5 + 0.5 * inside)));
  if (!(d.b_ > 0) || !std::isfinite(d.a_)) return fail("the ends are too close to tell apart", "write one number");
  return d;
}

Result<Distribution> Distribution::interval(double p5, double p95, double mode, const Domain& domain, double inside) {
  auto d = interval(p5, p95, domain, inside);
  if (!d) return d;
  if (!(mode > p5 && mode < p95))
    return fail("the likely value lies outside the interval", "between " + show(p5) + " and " + show(p95));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double left = mode - p5, right = p95 - mode;
  const double tail = 0.5 - 0.5 * inside;
  auto spreads = halves({left, mode - domain.lo}, {right, domain.hi - mode}, tail);
  if (!spreads) spreads = halves({left, infinity}, {right, infinity}, tail);
  if (!spreads || !std::isfinite(spreads->first) || !std::isfinite(spreads->second))
    return fail("the likely value is too close to an end");
  Distribution two;
  two.family_ = Family::two_piece;
  two.a_ = mode;
  two.b_ = spreads->first;
  two.c_ = spreads->second;
  return two.within(domain);
}

Result<Distribution> Distribution::uniform(double lo, double hi) {
  if (!std::isfinite(lo) || !std::isfinite(hi) || !std::isfinite(hi - lo)) return fail("the ends must be finite");
  if (!(lo < hi))
    return fail(lo == hi ? "both ends are the same" : "the lower end is above the upper",
                lo == hi ? "write `" + show(lo) + "` alone" : "write `between " + show(hi) + " and " + show(lo) + "`");
  Distribution d;
  d.family_ = Family::uniform;
  d.a_ = lo;
  d.b_ = hi;
  d.support({lo, hi, false, false});
  return d;
}

Result<Distribution> Distribution::normal(double mean, double sd) {
  if (!std::isfinite(mean) || !(sd > 0) || !std::isfinite(sd)) return fail("a standard deviation is above 0");
  Distribution d;
  d.family_ = Family::normal;
  d.a_ = mean;
  d.b_ = sd;
  return d;
}

Result<Distribution> Distribution::lognormal(double median, double sigma) {
  if (!(median > 0) || !std::isfinite(median) || !(sigma > 0) || !std::isfinite(sigma))
    return fail("lognormal takes a median above 0 and a standard deviation of the logarithm above 0");
  Distribution d;
  d.family_ = Family::lognormal;
  d.scale_ = Scale::log;
  d.a_ = math::log(median);
  d.b_ = sigma;
  d.support(Domain::positive());
  return d;
}

Result<Distribution> Distribution::triangular(double lo, double mode, double hi) {
  if (!std::isfinite(lo) || !std::isfinite(hi) || !(lo < hi) || !(mode >= lo && mode <= hi))
    return fail("triangular takes the lowest, the likely and the highest value, in this order");
  Distribution d;
  d.family_ = Family::triangular;
  d.a_ = lo;
  d.b_ = mode;
  d.c_ = hi;
  d.support({lo, hi, false, false});
  return d;
}

Result<Distribution> Distribution::beta(double a, double b, double lo, double hi) {
  if (!(a > 0 && b > 0 && a <= 1e6 && b <= 1e6) || !std::isfinite(lo) || !std::isfinite(hi) || !(lo < hi))
    return fail("beta takes two shapes above 0 and, if you like, the ends of the interval");
  Distribution d;
  d.family_ = Family::beta;
  d.a_ = a;
  d.b_ = b;
  d.lo_ = lo;
  d.hi_ = hi;
  d.support({lo, hi, false, false});
  return d;
}

Result<Distribution> Distribution::choice(std::vector<Branch> branches) {
  if (branches.empty() || branches.size() > 1000)
    return fail("choice takes from one to a thousand values with their shares");
  double sum = 0;
  for (const Branch& x : branches) {
    if (!std::isfinite(x.value) || !(x.weight >= 0) || !std::isfinite(x.weight)) return fail("a share is at least 0");
    sum += x.weight;
  }
  if (std::abs(sum - 1) > 1e-9) return fail("the shares add up to " + show(100 * sum) + " %, not to 100 %");
  std::erase_if(branches, [](const Branch& x) { return x.weight == 0; });
  for (Branch& x : branches) x.weight /= sum;
  std::ranges::stable_sort(branches, {}, &Branch::value);
  Distribution d;
  d.family_ = Family::choice;
  d.support({branches.front().value, branches.back().value, false, false});
  double below = 0;
  for (const Branch& x : branches) d.cumulative_.push_back(below += x.weight);
  d.branches_ = std::move(branches);
  return d;
}

Result<Distribution> Distribution::through(const std::vector<Point>& points, const Domain& domain) {
  if (points.size() < 2 || points.size() > 20) return fail("from two to twenty quantiles");
  const auto scale = scale_of(points.front().value, points.back().value, domain, 0);
  if (!scale) return std::unexpected(scale.error());
  Distribution d;
  d.family_ = Family::through;
  d.scale_ = *scale;
  if (std::isfinite(domain.lo)) d.lo_ = domain.lo;
  if (std::isfinite(domain.hi)) d.hi_ = domain.hi;
  d.support(domain);
  for (const Point& p : points) {
    if (!(p.share > 0 && p.share < 1))
      return fail("a quantile lies above 0 and below 100 %", "such as p10, p50 or p90");
    d.branches_.push_back({d.to_scale(p.value), normal_quantile(p.share)});
  }
  for (std::size_t i = 1; i < points.size(); ++i)
    if (!(points[i].share > points[i - 1].share && d.branches_[i].value > d.branches_[i - 1].value))
      return fail("quantiles rise, and their values with them",
                  show(points[i - 1].value) + " at p" + show(100 * points[i - 1].share) + " and " +
                      show(points[i].value) + " at p" + show(100 * points[i].share));
  return d;
}

Result<Distribution> Distribution::pert(double lo, double mode, double hi) {
  if (!std::isfinite(lo) || !std::isfinite(hi) || !(lo < hi) || !(mode >= lo && mode <= hi))
    return fail("pert takes the lowest, the likely and the highest value, in this order");
  auto d = beta(1 + 4 * (mode - lo) / (hi - lo), 1 + 4 * (hi - mode) / (hi - lo), lo, hi);
  if (d) d->family_ = Family::pert;
  return d;
}

Result<Distribution> Distribution::exponential(double mean) {
  if (!(mean > 0) || !std::isfinite(mean)) return fail("exponential takes its mean, above 0");
  Distribution d;
  d.family_ = Family::exponential;
  d.a_ = mean;
  d.support(Domain::non_negative());
  return d;
}

Result<Distribution> Distribution::gamma(double shape, double scale) {
  if (!(shape >= 1e-3 && shape <= 1e6 && scale > 0) || !std::isfinite(scale))
    return fail("gamma takes a shape, from 0.001 to a million, and a scale above 0; its mean is their product");
  Distribution d;
  d.family_ = Family::gamma;
  d.a_ = shape;
  d.b_ = scale;
  d.support(Domain::non_negative());
  return d;
}

Result<Distribution> Distribution::student(double freedom, double middle, double scale) {
  if (!(freedom >= 1 && freedom <= 1e6 && scale > 0) || !std::isfinite(middle) || !std::isfinite(scale))
    return fail("student takes its degrees of freedom, from 1 on, and, if you like, its middle and a scale above 0");
  Distribution d;
  d.family_ = Family::student;
  d.a_ = freedom;
  d.b_ = middle;
  d.c_ = scale;
  return d;
}

// Shares from their ratios, so that nothing need know a factorial; `weights` of first, first + 1, ...
Distribution Distribution::counts(Family family, double first, std::vector<double> weights) {
  double sum = 0;
  for (const double w : weights) sum += w;
  Distribution d;
  d.family_ = family;
  double below = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    d.branches_.push_back({first + static_cast<double>(i), weights[i] / sum});
    d.cumulative_.push_back(below += weights[i] / sum);
  }
  d.support({d.branches_.front().value, d.branches_.back().value, false, false});
  return d;
}

namespace {

// Weights about the likeliest count, outwards until they vanish: up(k) is that of k + 1 over that of k.
template <class Up>
std::pair<double, std::vector<double>> about(double mode, double last, const Up& up) {
  constexpr double least = 1e-25;
  std::vector<double> below, weights{1.0};
  double w = 1, k = mode;
  while (k > 0 && (w /= up(k - 1)) > least) below.push_back(w), --k;
  std::ranges::reverse(below);
  weights.insert(weights.begin(), below.begin(), below.end());
  w = 1;
  for (double i = mode; i < last && (w *= up(i)) > least; ++i) weights.push_back(w);
  return {k, std::move(weights)};
}

}  // namespace

Result<Distribution> Distribution::poisson(double mean) {
  if (!(mean > 0 && mean <= 1e5)) return fail("poisson takes its mean, above 0 and up to 100,000");
  auto [first, weights] = about(std::floor(mean), 1e9, [&](double k) { return mean / (k + 1); });
  return counts(Family::poisson, first, std::move(weights));
}

Result<Distribution> Distribution::binomial(double n, double chance) {
  if (!(n >= 1 && n <= 1e5 && n == std::floor(n) && chance > 0 && chance < 1))
    return fail("binomial takes how many there are, up to 100,000, and the chance of each, between 0 and 100 %");
  const double odds = chance / (1 - chance);
  auto [first, weights] =
      about(std::min(n, std::floor((n + 1) * chance)), n, [&](double k) { return (n - k) / (k + 1) * odds; });
  return counts(Family::binomial, first, std::move(weights));
}

Result<Distribution> Distribution::mixture(std::vector<Part> parts, bool pooled) {
  if (parts.empty() || parts.size() > 100) return fail("from one to a hundred parts");
  double sum = 0;
  for (const Part& p : parts) {
    if (!(p.weight > 0) || !std::isfinite(p.weight)) return fail("a weight is above 0");
    sum += p.weight;
  }
  Domain all{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(), true, true};
  bool discrete = true;
  for (Part& p : parts) {
    p.weight /= sum;
    const Domain& s = p.distribution.support_;
    if (s.lo < all.lo || (s.lo == all.lo && !s.lo_open)) all.lo = s.lo, all.lo_open = s.lo_open;
    if (s.hi > all.hi || (s.hi == all.hi && !s.hi_open)) all.hi = s.hi, all.hi_open = s.hi_open;
    discrete = discrete && (p.distribution.discrete() || p.distribution.is_fixed());
  }
  if (discrete) {
    std::vector<Branch> branches;
    for (const Part& p : parts) {
      if (p.distribution.is_fixed()) branches.push_back({p.distribution.a_, p.weight});
      else if (p.distribution.family_ == Family::event)
        branches.push_back({0, p.weight * (1 - p.distribution.a_)}),
            branches.push_back({1, p.weight * p.distribution.a_});
      else
        for (const Branch& b : p.distribution.branches_) branches.push_back({b.value, p.weight * b.weight});
    }
    return choice(std::move(branches));
  }
  Distribution d;
  d.family_ = Family::mixture;
  d.a_ = pooled ? 1 : 0;
  d.support(all);
  d.parts_ = std::make_shared<const std::vector<Part>>(std::move(parts));
  return d;
}

Result<Distribution> Distribution::event(double chance) {
  if (!(chance >= 0 && chance <= 1)) return fail("a chance lies from 0 to 100 %");
  Distribution d;
  d.family_ = Family::event;
  d.a_ = chance;
  d.support(Domain::share());
  return d;
}

Result<Distribution> Distribution::within(const Domain& domain) const {
  Distribution d = *this;
  if (discrete() || is_fixed()) {
    for (const double x : {lower(), upper()})
      if (!domain.holds(x)) return fail(show(x) + " lies outside: this place takes " + domain.describe());
    return d;
  }
  Domain both = support_;
  if (domain.lo >= both.lo)
    both.lo_open = domain.lo_open || (both.lo_open && domain.lo == both.lo), both.lo = domain.lo;
  if (domain.hi <= both.hi)
    both.hi_open = domain.hi_open || (both.hi_open && domain.hi == both.hi), both.hi = domain.hi;
  if (both.lo > support_.lo) d.u0_ = std::max(u0_, raw_cdf(both.lo));
  if (both.hi < support_.hi) d.u1_ = std::min(u1_, raw_cdf(both.hi));
  // The halves of a two-piece normal were chosen for the part that stays, and may be nearly flat up to the bound.
  if (!(d.u1_ - d.u0_ >= (family_ == Family::two_piece ? 0.05 : 0.5)))
    return fail("most of this distribution lies outside: this place takes " + domain.describe());
  if (family_ == Family::uniform) {  // a part of it is uniform again
    d.a_ = std::max(a_, both.lo);
    d.b_ = std::min(b_, both.hi);
    d.u0_ = 0;
    d.u1_ = 1;
  }
  d.support(both);
  return d;
}

Distribution Distribution::scaled(double k) const {
  if (k == 1.0) return *this;
  Distribution d = *this;
  const auto linear = [&] { d.a_ *= k, d.b_ *= k, d.c_ *= k; };
  switch (family_) {
    case Family::fixed:
    case Family::normal:
    case Family::uniform:
    case Family::triangular:
      linear();
      break;
    case Family::lognormal:
      d.a_ += math::log(k);
      break;
    case Family::negative_lognormal:
      d.a_ -= math::log(k);
      break;
    case Family::two_piece:
      if (scale_ == Scale::identity) linear();
      else if (scale_ == Scale::log) d.a_ += math::log(k);
      else if (scale_ == Scale::negative_log) d.a_ -= math::log(k);
      break;
    case Family::choice:
    case Family::poisson:
    case Family::binomial:
      for (Branch& x : d.branches_) x.value *= k;
      break;
    case Family::through:
      for (Branch& x : d.branches_) {
        if (scale_ == Scale::identity) x.value *= k;
        if (scale_ == Scale::log) x.value += math::log(k);
        if (scale_ == Scale::negative_log) x.value -= math::log(k);
      }
      break;
    case Family::exponential:
      linear();
      break;
    case Family::gamma:
      d.b_ *= k;
      break;
    case Family::student:
      d.b_ *= k, d.c_ *= k;
      break;
    case Family::mixture: {
      std::vector<Part> parts;
      for (const Part& p : *parts_) parts.push_back({p.weight, p.distribution.scaled(k)});
      d.parts_ = std::make_shared<const std::vector<Part>>(std::move(parts));
      break;
    }
    case Family::event:
      return *choice({{0, 1 - a_}, {k, a_}});
    case Family::probit:
    case Family::beta:
    case Family::pert:
      break;
  }
  d.lo_ *= k;
  d.hi_ *= k;
  d.support({support_.lo * k, support_.hi * k, support_.lo_open, support_.hi_open});
  return d;
}

}  // namespace entente::number
