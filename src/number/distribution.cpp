// Distributions by their quantile functions. All interval families are normal on some scale, so one pair of functions
// (value to scale and back) serves them. Cutting to a domain keeps a slice of (0,1). How they are made from what people
// write, and refused, is in distribution_make.cpp.
//
// Two-piece normal with mode m, left s1, right s2 (Fechner; John 1982, doi:10.1080/03610928208828279):
//   F(y) = 2 w Phi((y - m) / s1) below m, 1 - 2 (1 - w) Phi(-(y - m) / s2) above, with w = s1 / (s1 + s2).
#include "entente/number/distribution.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/base/special.hpp"
#include "entente/number/number.hpp"
#include "number/normal.hpp"

namespace entente::number {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The x of which a gamma variate of that shape and scale 1 stays below with chance u: from the cube of a normal one
// (Wilson and Hilferty 1931), or, far below 1, from the first term x^a / Gamma(a + 1), by Newton's steps within a
// bracket.
double gamma_quantile(double a, double u) noexcept {
  const double c = 1 / (9 * a), root = 1 - c + normal_quantile(u) * std::sqrt(c);
  const double first = math::exp((math::log(u) + math::log_gamma(a + 1)) / a);
  double x = root > 0.2 && a > 0.5 ? a * root * root * root : first, lo = 0, hi = infinity;
  if (!(x > 0)) return 0;
  const bool high = u > 0.5;
  for (int i = 0; i < 100; ++i) {
    const double f = high ? (1 - u) - math::gamma_q(a, x) : math::gamma_p(a, x) - u;
    if (f == 0) return x;
    (f < 0 ? lo : hi) = x;
    const double slope = math::exp((a - 1) * math::log(x) - x - math::log_gamma(a));
    double next = x - f / slope;
    if (!(next > lo && next < hi)) next = std::isfinite(hi) ? 0.5 * (lo + hi) : 2 * x;
    if (std::abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

// From the beta variate y = n / (n + t^2), or near the middle from 1 - y, which loses nothing there.
double student_quantile(double n, double u) noexcept {
  const double tail = u < 0.5 ? u : 1 - u;
  if (tail == 0.5) return 0;
  double t = 0;
  if (tail < 0.25) {
    const double y = math::beta_quantile(0.5 * n, 0.5, 2 * tail);
    t = std::sqrt(n * (1 - y) / y);
  } else {
    const double y = math::beta_quantile(0.5, 0.5 * n, 1 - 2 * tail);
    t = std::sqrt(n * y / (1 - y));
  }
  return u < 0.5 ? -t : t;
}

}  // namespace

bool Domain::holds(double x) const noexcept {
  if (std::isnan(x)) return false;
  return (lo_open ? x > lo || (lo == -infinity && x == lo) : x >= lo) &&
         (hi_open ? x < hi || (hi == infinity && x == hi) : x <= hi);
}

bool Domain::bounded() const noexcept { return std::isfinite(lo) && std::isfinite(hi); }

std::string Domain::describe(double one) const {
  if (bounded()) return "from " + show(one * lo) + " to " + show(one * hi);
  if (std::isfinite(lo)) return (lo_open ? "above " : "at least ") + show(one * lo);
  if (std::isfinite(hi)) return (hi_open ? "below " : "at most ") + show(one * hi);
  return "any number";
}

void Distribution::support(const Domain& domain) noexcept {
  support_ = domain;
  floor_ = domain.lo_open || domain.lo == -infinity ? math::next_above(domain.lo) : domain.lo;
  ceiling_ = domain.hi_open || domain.hi == infinity ? math::next_below(domain.hi) : domain.hi;
}

double Distribution::to_value(double y) const noexcept {
  switch (scale_) {
    case Scale::identity:
      return y;
    case Scale::log:
      return lo_ + math::exp(y);
    case Scale::negative_log:
      return hi_ - math::exp(-y);
    case Scale::probit:
      return lo_ + (hi_ - lo_) * normal_cdf(y);
  }
  return y;
}

double Distribution::to_scale(double x) const noexcept {
  switch (scale_) {
    case Scale::identity:
      return x;
    case Scale::log:
      return x > lo_ ? math::log(x - lo_) : -infinity;
    case Scale::negative_log:
      return x < hi_ ? -math::log(hi_ - x) : infinity;
    case Scale::probit: {
      const double u = (x - lo_) / (hi_ - lo_);
      return u <= 0 ? -infinity : u >= 1 ? infinity : normal_quantile(u);
    }
  }
  return x;
}

double Distribution::raw_quantile(double u) const noexcept {
  switch (family_) {
    case Family::fixed:
      return a_;
    case Family::normal:
    case Family::lognormal:
    case Family::negative_lognormal:
    case Family::probit:
      return to_value(a_ + b_ * normal_quantile(u));
    case Family::two_piece: {
      const double w = b_ / (b_ + c_);
      return u < w ? a_ + b_ * normal_quantile(u / (2 * w)) : a_ - c_ * normal_quantile((1 - u) / (2 * (1 - w)));
    }
    case Family::uniform:
      return a_ + (b_ - a_) * u;
    case Family::triangular: {
      const double left = (b_ - a_) / (c_ - a_);
      return u < left ? a_ + std::sqrt(u * (c_ - a_) * (b_ - a_)) : c_ - std::sqrt((1 - u) * (c_ - a_) * (c_ - b_));
    }
    case Family::beta:
    case Family::pert:
      return lo_ + (hi_ - lo_) * math::beta_quantile(a_, b_, u);
    case Family::event:
      return u < 1 - a_ ? 0.0 : 1.0;
    case Family::poisson:
    case Family::binomial:
    case Family::choice: {
      const auto it = std::ranges::upper_bound(cumulative_, u);
      return it == cumulative_.end() ? branches_.back().value
                                     : branches_[static_cast<std::size_t>(it - cumulative_.begin())].value;
    }
    case Family::through: {
      const double z = normal_quantile(u);
      std::size_t i = 1;  // the piece that ends at i
      while (i + 1 < branches_.size() && z > branches_[i].weight) ++i;
      const Branch &from = branches_[i - 1], &to = branches_[i];
      return to_value(from.value + (to.value - from.value) * ((z - from.weight) / (to.weight - from.weight)));
    }
    case Family::exponential:
      return -a_ * math::log1p(-u);
    case Family::gamma:
      return b_ * gamma_quantile(a_, u);
    case Family::student:
      return b_ + c_ * student_quantile(a_, u);
    case Family::mixture:
      return mixture_quantile(u);
  }
  return a_;
}

double Distribution::raw_cdf(double x) const noexcept {
  switch (family_) {
    case Family::fixed:
      return x >= a_ ? 1 : 0;
    case Family::normal:
    case Family::lognormal:
    case Family::negative_lognormal:
    case Family::probit:
      return normal_cdf((to_scale(x) - a_) / b_);
    case Family::two_piece: {
      const double w = b_ / (b_ + c_);
      return x < a_ ? 2 * w * normal_cdf((x - a_) / b_) : 1 - 2 * (1 - w) * normal_cdf((a_ - x) / c_);
    }
    case Family::uniform:
      return std::clamp((x - a_) / (b_ - a_), 0.0, 1.0);
    case Family::triangular:
      if (x <= a_) return 0;
      if (x >= c_) return 1;
      return x < b_ ? (x - a_) * (x - a_) / ((c_ - a_) * (b_ - a_)) : 1 - (c_ - x) * (c_ - x) / ((c_ - a_) * (c_ - b_));
    case Family::beta:
    case Family::pert:
      return math::beta_p(a_, b_, std::clamp((x - lo_) / (hi_ - lo_), 0.0, 1.0));
    case Family::event:
      return x >= 1 ? 1 : x >= 0 ? 1 - a_ : 0;
    case Family::poisson:
    case Family::binomial:
    case Family::choice: {
      const auto it = std::ranges::upper_bound(branches_, x, {}, &Branch::value);
      return it == branches_.begin() ? 0
                                     : std::min(cumulative_[static_cast<std::size_t>(it - branches_.begin()) - 1], 1.0);
    }
    case Family::through: {
      const double y = to_scale(x);
      std::size_t i = 1;
      while (i + 1 < branches_.size() && y > branches_[i].value) ++i;
      const Branch &from = branches_[i - 1], &to = branches_[i];
      return normal_cdf(from.weight + (to.weight - from.weight) * ((y - from.value) / (to.value - from.value)));
    }
    case Family::exponential:
      return x <= 0 ? 0 : -math::expm1(-x / a_);
    case Family::gamma:
      return x <= 0 ? 0 : math::gamma_p(a_, x / b_);
    case Family::student: {
      const double t = (x - b_) / c_, beyond = 0.5 * math::beta_p(0.5 * a_, 0.5, a_ / (a_ + t * t));
      return t < 0 ? beyond : 1 - beyond;
    }
    case Family::mixture: {
      double sum = 0;
      for (const Part& p : *parts_) sum += p.weight * p.distribution.cdf(x);
      return sum;
    }
  }
  return 0;
}

// The least x with F(x) >= u, between the least and the largest of the parts' own quantiles, by regula falsi in the
// Illinois form and halving in turn; where a part jumps, halving ends at the jump.
double Distribution::mixture_quantile(double u) const noexcept {
  double lo = std::numeric_limits<double>::infinity(), hi = -lo;
  for (const Part& p : *parts_) {
    const double q = p.distribution.quantile(u);
    lo = std::min(lo, q), hi = std::max(hi, q);
  }
  double flo = raw_cdf(lo) - u, fhi = raw_cdf(hi) - u;
  if (flo >= 0) return lo;
  for (int i = 0, kept = 0; i < 200; ++i) {
    double x = 0.5 * (lo + hi);
    if (i % 3 != 2 && fhi > 0) x = std::clamp(lo - flo * (hi - lo) / (fhi - flo), lo, hi);
    if (!(x > lo && x < hi)) x = 0.5 * (lo + hi);
    if (!(x > lo && x < hi) || hi - lo <= 1e-15 * (std::abs(lo) + std::abs(hi))) break;
    const double f = raw_cdf(x) - u;
    if (f < 0) {
      lo = x, flo = f;
      if (kept == -1) fhi *= 0.5;
      kept = -1;
    } else {
      hi = x, fhi = f;
      if (kept == 1) flo *= 0.5;
      kept = 1;
    }
  }
  return hi;
}

double Distribution::quantile(double u) const noexcept {
  constexpr double lowest = 0x1.0p-60, highest = 1 - 0x1.0p-53;
  u = std::clamp(u, lowest, highest);
  if (u0_ > 0 || u1_ < 1) u = std::clamp(u0_ + u * (u1_ - u0_), lowest, highest);
  return std::clamp(raw_quantile(u), floor_, ceiling_);
}

double Distribution::cdf(double x) const noexcept {
  if (x < floor_) return 0;
  if (x >= ceiling_) return 1;
  return std::clamp((raw_cdf(x) - u0_) / (u1_ - u0_), 0.0, 1.0);
}

std::string Distribution::describe(double one) const {
  const std::string cut = lost() > 1e-6 ? ", cut to " + support_.describe(one) : "";
  const auto said = [&](double x) { return show_inside(one * x, one * support_.lo, one * support_.hi); };
  const auto middle = [&](const char* name) {
    return std::string(name) + ", median " + said(median()) + " (90 %: " + said(quantile(0.05)) + " to " +
           said(quantile(0.95)) + ")" + cut;
  };
  switch (family_) {
    case Family::fixed:
      return show(one * a_, 6);
    case Family::normal:
      return middle("normal");
    case Family::lognormal:
      return middle("lognormal");
    case Family::negative_lognormal:
      return middle("mirrored lognormal");
    case Family::probit:
      return middle("probit-normal") + " within " + said(lo_) + " to " + said(hi_);
    case Family::two_piece:
      return middle("two-piece normal") + ", likely " + said(a_);
    case Family::uniform:
      return "uniform between " + said(a_) + " and " + said(b_);
    case Family::triangular:
      return "triangular from " + said(a_) + " over " + said(b_) + " to " + said(c_) + cut;
    case Family::beta:
      return middle("beta");
    case Family::pert:
      return middle("PERT");
    case Family::exponential:
      return middle("exponential");
    case Family::gamma:
      return middle("gamma");
    case Family::student:
      return middle("Student's t");
    case Family::poisson:
      return middle("Poisson");
    case Family::binomial:
      return middle("binomial");
    case Family::through:
      return middle(scale_ == Scale::identity ? "normal in pieces"
                    : scale_ == Scale::probit ? "probit-normal in pieces"
                                              : "lognormal in pieces");
    case Family::mixture:
      return middle(
          ((a_ > 0 ? "a pool of " : "a mixture of ") + std::to_string(parts_->size()) + (a_ > 0 ? " opinions" : ""))
              .c_str());
    case Family::event:
      return "an event with chance " + show(100 * a_) + " %";
    case Family::choice: {
      std::string text = "one of";
      for (const Branch& x : branches_) text += " " + said(x.value) + " (" + show(100 * x.weight) + " %)";
      return text;
    }
  }
  return {};
}

}  // namespace entente::number
