// Distributions made from what people write: each maker checks its numbers and says what to write instead; cutting to a
// domain and converting units make new ones from old.
//
// The two-piece normal (see distribution.cpp) from its mode and both 5 % points: w determines s1 and s2, and
// w = s1 / (s1 + s2) is solved by bisection on (0.05, 0.95), where the difference changes its sign because s1 grows
// without bound at one end and s2 at the other.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/number/distribution.hpp"
#include "entente/number/number.hpp"
#include "number/normal.hpp"

namespace entente::number {
namespace {

std::unexpected<Error> fail(std::string message, std::string hint = {}) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(hint)});
}

}  // namespace

Distribution Distribution::fixed(double value) {
  Distribution d;
  d.a_ = value;
  d.support({value, value, false, false});
  return d;
}

Result<Distribution::Scale> Distribution::scale_of(double p5, double p95, const Domain& domain) {
  if (!std::isfinite(p5) || !std::isfinite(p95)) return fail("the ends must be finite");
  if (p5 > p95) return fail("the lower end is above the upper", "write `" + show(p95) + " to " + show(p5) + "`");
  if (p5 == p95) return fail("both ends are the same", "write `" + show(p5) + "` alone");
  if (!domain.holds(p5) && p5 != domain.lo)
    return fail(show(p5) + " lies outside: this place takes " + domain.describe());
  if (!domain.holds(p95) && p95 != domain.hi)
    return fail(show(p95) + " lies outside: this place takes " + domain.describe());
  if (p5 == domain.lo || p95 == domain.hi)
    return fail("an end of a 90 % interval lies on the bound of what this place takes",
                "`between " + show(p5) + " and " + show(p95) + "` has hard ends");
  if (domain.bounded()) return Scale::probit;
  if (std::isfinite(domain.lo)) return Scale::log;
  if (std::isfinite(domain.hi)) return Scale::negative_log;
  return Scale::identity;
}

Result<Distribution> Distribution::interval(double p5, double p95, const Domain& domain) {
  const auto scale = scale_of(p5, p95, domain);
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
  d.b_ = (y95 - y5) / (2 * z95);
  if (!(d.b_ > 0) || !std::isfinite(d.a_)) return fail("the ends are too close to tell apart", "write one number");
  return d;
}

Result<Distribution> Distribution::interval(double p5, double p95, double mode, const Domain& domain) {
  auto d = interval(p5, p95, domain);
  if (!d) return d;
  if (!(mode > p5 && mode < p95))
    return fail("the likely value lies outside the interval", "between " + show(p5) + " and " + show(p95));
  const double m = d->to_scale(mode), left = m - d->to_scale(p5), right = d->to_scale(p95) - m;
  if (!(left > 0 && right > 0)) return fail("the likely value is too close to an end");
  double lo = 0.05, hi = 0.95, s1 = 0, s2 = 0;
  for (int i = 0; i < 200; ++i) {
    const double w = 0.5 * (lo + hi);
    s1 = -left / normal_quantile(0.025 / w);
    s2 = -right / normal_quantile(0.025 / (1 - w));
    if (!(w > lo && w < hi)) break;
    (s1 / (s1 + s2) > w ? lo : hi) = w;
  }
  d->family_ = Family::two_piece;
  d->a_ = m;
  d->b_ = s1;
  d->c_ = s2;
  return d;
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
  d.branches_ = std::move(branches);
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
  if (!(d.u1_ - d.u0_ >= 0.5))
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
      for (Branch& x : d.branches_) x.value *= k;
      break;
    case Family::event:
      return *choice({{0, 1 - a_}, {k, a_}});
    case Family::probit:
    case Family::beta:
      break;
  }
  d.lo_ *= k;
  d.hi_ *= k;
  d.support({support_.lo * k, support_.hi * k, support_.lo_open, support_.hi_open});
  return d;
}

}  // namespace entente::number
