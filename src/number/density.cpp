// Densities, family by family, for whoever weighs draws by a reading. Of a value x that a scale maps to y (x itself,
// its logarithm above a bound, the normal score of its share between two) the density is that of y times dy/dx.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/base/special.hpp"
#include "entente/number/distribution.hpp"
#include "number/normal.hpp"

namespace entente::number {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double normal_density(double z) noexcept { return 0.39894228040143267794 * math::exp(-0.5 * z * z); }

}  // namespace

double Distribution::slope(double x) const noexcept {
  switch (scale_) {
    case Scale::identity:
      return 1;
    case Scale::log:
      return 1 / (x - lo_);
    case Scale::negative_log:
      return 1 / (hi_ - x);
    case Scale::probit:
      return 1 / ((hi_ - lo_) * normal_density(to_scale(x)));
  }
  return 1;
}

double Distribution::raw_density(double x) const noexcept {
  switch (family_) {
    case Family::normal:
    case Family::lognormal:
    case Family::negative_lognormal:
    case Family::probit: {
      const double y = to_scale(x);
      return std::isfinite(y) ? normal_density((y - a_) / b_) / b_ * slope(x) : 0;
    }
    case Family::two_piece:  // one height at the mode, from both sides
      return 2 / (b_ + c_) * normal_density((x - a_) / (x < a_ ? b_ : c_));
    case Family::uniform:
      return x < a_ || x > b_ ? 0 : 1 / (b_ - a_);
    case Family::triangular:
      if (x < a_ || x > c_) return 0;
      return x < b_    ? 2 * (x - a_) / ((c_ - a_) * (b_ - a_))
             : c_ > b_ ? 2 * (c_ - x) / ((c_ - a_) * (c_ - b_))
                       : 2 / (c_ - a_);
    case Family::beta:
    case Family::pert: {
      const double u = (x - lo_) / (hi_ - lo_);
      if (u < 0 || u > 1) return 0;
      const auto power = [](double base, double exponent) { return exponent == 0 ? 0 : exponent * math::log(base); };
      return math::exp(math::log_gamma(a_ + b_) - math::log_gamma(a_) - math::log_gamma(b_) + power(u, a_ - 1) +
                       power(1 - u, b_ - 1)) /
             (hi_ - lo_);
    }
    case Family::through: {
      const double y = to_scale(x);
      if (!std::isfinite(y)) return 0;
      std::size_t i = 1;
      while (i + 1 < branches_.size() && y > branches_[i].value) ++i;
      const Branch &from = branches_[i - 1], &to = branches_[i];
      const double steep = (to.weight - from.weight) / (to.value - from.value);
      return normal_density(from.weight + steep * (y - from.value)) * steep * slope(x);
    }
    case Family::exponential:
      return x < 0 ? 0 : math::exp(-x / a_) / a_;
    case Family::gamma: {
      if (x < 0) return 0;
      const double y = x / b_, power = a_ == 1 ? 0 : (a_ - 1) * math::log(y);
      return math::exp(power - y - math::log_gamma(a_)) / b_;
    }
    case Family::student: {
      const double t = (x - b_) / c_;
      return math::exp(math::log_gamma(0.5 * (a_ + 1)) - math::log_gamma(0.5 * a_) -
                       0.5 * (a_ + 1) * math::log1p(t * t / a_)) /
             (std::sqrt(a_ * 3.14159265358979323846) * c_);
    }
    case Family::mixture: {
      double sum = 0;
      for (const Part& p : *parts_) {
        const double d = p.distribution.density(x);
        if (std::isnan(d)) return d;
        sum += p.weight * d;
      }
      return sum;
    }
    case Family::fixed:
    case Family::poisson:
    case Family::binomial:
    case Family::choice:
    case Family::event:
      break;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double Distribution::density(double x) const noexcept {
  if (x < floor_ || x > ceiling_) return is_fixed() || discrete() ? std::numeric_limits<double>::quiet_NaN() : 0;
  return raw_density(x) / (u1_ - u0_);
}

double Distribution::peak() const noexcept {
  if (is_fixed() || discrete()) return std::numeric_limits<double>::quiet_NaN();
  if (family_ == Family::normal && cdf(a_) > 0 && cdf(a_) < 1) return density(a_);
  if (family_ == Family::two_piece && cdf(a_) > 0 && cdf(a_) < 1) return density(a_);
  // By shares: every family but a mixture rises to its mode and falls behind it, and the steps see a mixture's parts.
  constexpr int steps = 2000;
  const auto at = [&](double u) { return density(quantile(u)); };
  int best = 1;
  double highest = 0;
  for (int i = 1; i < steps; ++i)
    if (const double d = at(static_cast<double>(i) / steps); d > highest) highest = d, best = i;
  double lo = (best - 1.0) / steps, hi = (best + 1.0) / steps;
  constexpr double golden = 0.61803398874989484820;
  double a = hi - golden * (hi - lo), b = lo + golden * (hi - lo), fa = at(a), fb = at(b);
  for (int i = 0; i < 60; ++i) {
    if (fa < fb) lo = a, a = b, fa = fb, b = lo + golden * (hi - lo), fb = at(b);
    else hi = b, b = a, fb = fa, a = hi - golden * (hi - lo), fa = at(a);
  }
  highest = std::max({highest, fa, fb});
  return highest < infinity ? highest : std::numeric_limits<double>::max();
}

double Distribution::mean() const noexcept {
  if (family_ == Family::event) return a_;
  if (is_fixed()) return quantile(0.5);
  if (lost() == 0 && family_ == Family::normal) return a_;
  if (lost() == 0 && family_ == Family::uniform) return 0.5 * (a_ + b_);
  if (family_ == Family::choice || family_ == Family::poisson || family_ == Family::binomial) {
    double sum = 0;  // what a domain cut away is spread over the others: by their shares of the slice
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      const double below = i > 0 ? cumulative_[i - 1] : 0;
      const double share = std::min(cumulative_[i], u1_) - std::max(below, u0_);
      if (share > 0) sum += share * branches_[i].value;
    }
    return sum / (u1_ - u0_);
  }
  // The trapezoid rule over normal scores: what is smooth there is integrated to rounding.
  constexpr double step = 1.0 / 64;
  double sum = 0, all = 0;
  for (int i = -512; i <= 512; ++i) {
    const double z = i * step, weight = math::exp(-0.5 * z * z);
    sum += weight * quantile(normal_cdf(z)), all += weight;
  }
  return sum / all;
}

}  // namespace entente::number
