// The incomplete beta function and its inverse.
//
// Problem. A draw of a beta variate is the x with I_x(a, b) = u, for shapes from 1e-3 (nearly all mass at both ends, x
// down to the least double) to 1e6 (a narrow bell), to 1e-12 of x and in about a microsecond.
// Theory. On the scale z = ln(x / (1 - x)) the density w(z) = x^a (1-x)^b / B(a, b) is log-concave for all shapes, and
// so is its integral I; hence ln I - ln u is concave and increasing, and Newton's method converges from anywhere left
// of the root without a bracket. Toward x = 0 it is a straight line of slope a, which one step solves. With u above 1/2
// the roles of x and 1 - x are swapped. I itself is w times a continued fraction (DiDonato and Morris 1992, ACM TOMS
// 18, eq. 9) on the side of the mean where that converges fast, and 1 minus the other side's on the other; a shape
// below 1 has a series, and 1 minus it is taken from its logarithm.
// Choice. Halley's step, since w'/w = a (1 - x) - b x costs nothing: two or three evaluations. The first guess is the
// normal one (Abramowitz and Stegun 1964, 26.5.22), or the bound z >= ln(u a B) / a, which follows from
// w <= e^(a z) / B. Densities of large shapes are taken relative to their top (C. Loader 2000, on binomial densities).
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/deviance.hpp"
#include "base/double_double.hpp"
#include "entente/base/special.hpp"

namespace entente::math {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// ln Gamma(a) - ln Gamma(a + b), b up to 10, to the last digits of b however small: by Stirling's series of both where
// a is at least 10, and up to there by Gamma(x + 1) = x Gamma(x).
double log_gamma_step(double a, double b) noexcept {
  double more = 0;  // the product of 1 + b / (a + j), less 1
  for (; a < 10; a += 1) {
    const double t = b / a;
    more += t + more * t;
  }
  return (stirling_rest(a) - stirling_rest(a + b)) - (a - 0.5) * log1p(b / a) - b * (log(a + b) - 1) + log1p(more);
}

// w = x^a y^b / B(a, b) with y = 1 - x, for any number of x.
class Density {
 public:
  Density(double a, double b) noexcept : a_(a), b_(b), least_(std::min(a, b)) {
    if (least_ >= 10) {
      log_front_ = 0.5 * log(a / (a + b) * b / (2 * pi)) + stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b);
      return;
    }
    // ln of B times the lesser shape, of the size of that shape where it is small.
    log_beta_ =
        (least_ <= 0.5 ? log_gamma_of_one_and(least_) : log_gamma(1 + least_)) + log_gamma_step(std::max(a, b), least_);
    log_front_ = log(least_) - log_beta_;
  }

  [[nodiscard]] double log_at(double x, double y) const noexcept {
    if (least_ < 10) return log_front_ + log_shape(x, y);
    const Two xb = product(x, b_), ya = product(y, a_);
    const double e = sum(xb, {-ya.high, -ya.low}).high, both = a_ + b_;  // e = x (a + b) - a
    return log_front_ + (a_ * log_less(x * (both / a_), e / a_) + b_ * log_less(y * (both / b_), -e / b_));
  }

  // w over the lesser shape, and that shape, when it is small: so that no digits go into the logarithm of it.
  [[nodiscard]] double at(double x, double y) const noexcept {
    return least_ < 10 ? least_ * exp(log_shape(x, y) - log_beta_) : exp(log_at(x, y));
  }

  // ln(shape B(a, b)) for either shape, roughly where both are large.
  [[nodiscard]] double log_beta_times(double shape) const noexcept {
    if (least_ < 10) return shape == least_ ? log_beta_ : log_beta_ + log(shape / least_);
    return log(shape) - log_front_ + a_ * log(a_ / (a_ + b_)) + b_ * log(b_ / (a_ + b_));
  }

 private:
  [[nodiscard]] double log_shape(double x, double y) const noexcept {
    return a_ * (y < 0.5 ? log1p(-y) : log(x)) + b_ * (x < 0.5 ? log1p(-x) : log(y));
  }

  double a_, b_, least_, log_beta_ = 0, log_front_ = 0;
};

// ln I_x(a, b) for a below 1 and x up to about the mean: a I_x B = x^a (1 + a sum (1-b)_n / (n! (a+n)) x^n). It is of
// the size of a where that is small, so that 1 - I keeps its digits, too. b x stays below 2.
double log_small(const Density& density, double a, double b, double x, double y) noexcept {
  double term = 1, sum = 0;
  for (double n = 1; n < 1000; ++n) {
    term *= (n - b) / n * x;
    sum += term / (a + n);
    if (!(std::abs(term) > 0x1p-56)) break;
  }
  return a * (y < 0.5 ? log1p(-y) : log(x)) - density.log_beta_times(a) + log1p(a * sum);
}

// I_x(a, b) over w, for x up to about the mean, where the fraction 1 / (beta_1 + alpha_2 / (beta_2 + ...)) converges
// fast. Summed as Steed does (A. R. Barnett and others 1974, Comp. Phys. Comm. 8): what a later denominator changes is
// added, and so are the roundings of later terms, which are small, where a product would gather them all.
double fraction(double a, double b, double x, double y) noexcept {
  const double ab = a + b, lambda = y * a - x * b;
  double s = a + 1;  // a + 2 n - 1 before, a + 2 n + 1 after the n-th denominator
  double d = s / (a * (lambda + 1)), change = d, sum = d;
  for (double n = 1; n < 100000; ++n) {
    const double over = n * (b - n) * x / s;
    const double alpha = (a + n - 1) * (ab + n - 1) / s * x * over;
    s += 2;
    const double beta = n + over + (a + n) * (lambda + 1 + n * (1 + y)) / s;
    const double before = d;
    d = 1 / (beta + alpha * d);
    change *= -alpha * before * d;
    sum += change;
    if (!(std::abs(change) > 0x1p-54 * sum)) break;
  }
  return sum;
}

// Two ways to I from below the mean, two from above it, where the other side is what converges.
double integral(const Density& density, double a, double b, double x, double y, double w) noexcept {
  if (x * (a + b + 2) <= a + 1) return a < 1 ? exp(log_small(density, a, b, x, y)) : w * fraction(a, b, x, y);
  return b < 1 ? -expm1(log_small(density, b, a, y, x)) : 1 - w * fraction(b, a, y, x);
}

// The upper p-quantile of the normal distribution to 5e-4 (Abramowitz and Stegun 1964, 26.2.23): a guess.
double rough_normal(double p) noexcept {
  const double t = std::sqrt(-2 * log(p));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

double first_guess(double a, double b, double p, double bound) noexcept {
  if (a < 1 || b < 1) return bound;
  const double y = rough_normal(p), per_a = 1 / (2 * a - 1), per_b = 1 / (2 * b - 1);
  const double l = (y * y - 3) / 6, h = 2 / (per_a + per_b);
  const double w = y * std::sqrt(h + l) / h - (per_b - per_a) * (l + 5.0 / 6 - 2 / (3 * h));
  return std::max(bound, log(a / b) - 2 * w);
}

// ln(x / y) with I_x(a, b) = p, p up to 1/2.
double logit_quantile(double a, double b, double p) noexcept {
  const Density density(a, b);
  const double log_p = log(p), bound = (log_p + density.log_beta_times(a)) / a;
  double z = first_guess(a, b, p, bound);
  const double scale = std::min(1.0, std::sqrt(1 / a + 1 / b));  // over which ln I bends
  for (int round = 0; round < 200; ++round) {
    if (z <= bound && bound < -700) return bound;  // there w is e^(a z) / B to the last bit
    const double e = exp(-std::abs(z)), big = 1 / (1 + e), small = e * big;
    const double x = z < 0 ? small : big, y = z < 0 ? big : small;
    const double w = density.at(x, y), value = integral(density, a, b, x, y, w);
    if (!(value > 0)) {  // beneath the least double, and so is w: Newton's step from the logarithms
      const double per = fraction(a, b, x, y);
      z = std::max(z - (density.log_at(x, y) + log(per) - log_p) * per, bound);
      continue;
    }
    const double off = value > 0.5 * p && value < 2 * p ? log1p((value - p) / p) : log(value) - log_p;
    const double slope = w / value, newton = off / slope, bend = (a * y - b * x) - slope;
    const double halley = 1 - 0.5 * newton * bend;
    const double step = halley > 0.5 ? newton / halley : newton;
    z = std::max(z - step, bound);
    if (std::abs(step) <= 1e-6 * scale || std::abs(step) <= 1e-15 * std::abs(z)) break;
  }
  return z;
}

}  // namespace

double beta_p(double a, double b, double x) noexcept {
  if (!(a > 0) || !(b > 0) || std::isnan(x)) return none;
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double y = 1 - x;
  const Density density(a, b);
  return integral(density, a, b, x, y, density.at(x, y));
}

double beta_quantile(double a, double b, double u) noexcept {
  if (!(a > 0) || !(b > 0) || std::isnan(u)) return none;
  if (u <= 0) return 0;
  if (u >= 1) return 1;
  const double z = u <= 0.5 ? logit_quantile(a, b, u) : -logit_quantile(b, a, 1 - u);
  const double e = exp(-std::abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

}  // namespace entente::math
