// The incomplete beta function and its inverse.
//
// Problem. A draw of a beta variate is the x with I_x(a, b) = u, for shapes from 1e-3 (nearly all mass at both ends, x
// down to the least double) to 1e6 (a narrow bell), to 1e-12 of x and in about a microsecond. Theory. On the scale z =
// ln(x / (1 - x)) the density w(z) = x^a (1-x)^b / B(a, b) is log-concave for all shapes, and so is its integral I;
// hence ln I - ln u is concave and increasing, and Newton's method converges from anywhere left of the root without a
// bracket. Toward x = 0 it is a straight line of slope a, which one step solves. With u above 1/2 the roles of x and 1
// - x are swapped. I itself is w times a continued fraction (DiDonato and Morris 1992, ACM TOMS 18, eq. 9) on the side
// of the mean where that converges fast, and 1 minus the other side's on the other.
// Choice. Halley's step, since w'/w = a (1 - x) - b x costs nothing: two or three evaluations. The first guess is the
// normal one (Abramowitz and Stegun 1964, 26.5.22), or the bound z >= ln(u a B) / a, which follows from w <= e^(a z) /
// B. Densities of large shapes are taken relative to their top (C. Loader 2000, on saddle-point binomial densities).
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/deviance.hpp"
#include "base/double_double.hpp"
#include "entente/base/special.hpp"

namespace entente::math {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// w = x^a y^b / B(a, b) with y = 1 - x, for any number of x.
class Density {
 public:
  Density(double a, double b) noexcept : a_(a), b_(b), least_(std::min(a, b)) {
    const double most = std::max(a, b);
    if (least_ >= 10) {
      log_front_ = 0.5 * log(a / (a + b) * b / (2 * pi)) + stirling_rest(a + b) - stirling_rest(a) - stirling_rest(b);
      return;
    }
    // ln of B times the lesser shape, which stays near 0 where that shape is small; by Stirling's series of the greater
    // one and of the sum where they are large.
    log_beta_ =
        log_gamma(1 + least_) + (most < 10 ? log_gamma(most) - log_gamma(a + b)
                                           : (stirling_rest(most) - stirling_rest(a + b)) -
                                                 (most - 0.5) * log1p(least_ / most) - least_ * (log(a + b) - 1));
    log_front_ = log(least_) - log_beta_;
  }

  [[nodiscard]] double log_at(double x, double y) const noexcept {
    if (least_ < 10) return log_front_ + log_shape(x, y);
    const Two xb = product(x, b_), ya = product(y, a_);
    const double e = sum(xb, {-ya.high, -ya.low}).high;  // x (a + b) - a
    return log_front_ + (a_ * log1p_less(e / a_) + b_ * log1p_less(-e / b_));
  }

  // w over the lesser shape, and that shape, when it is small: so that no digits go into the logarithm of it.
  [[nodiscard]] double at(double x, double y) const noexcept {
    return least_ < 10 ? least_ * exp(log_shape(x, y) - log_beta_) : exp(log_at(x, y));
  }

  // ln(a B(a, b)), roughly where both are large.
  [[nodiscard]] double log_a_beta() const noexcept {
    if (least_ < 10) return log_beta_ + log(a_ / least_);
    return log(a_) - log_front_ + a_ * log(a_ / (a_ + b_)) + b_ * log(b_ / (a_ + b_));
  }

 private:
  [[nodiscard]] double log_shape(double x, double y) const noexcept {
    return a_ * (y < 0.5 ? log1p(-y) : log(x)) + b_ * (x < 0.5 ? log1p(-x) : log(y));
  }

  double a_, b_, least_, log_beta_ = 0, log_front_ = 0;
};

// I_x(a, b) over w, for x up to about the mean, where the fraction 1 / (beta_1 + alpha_2 / (beta_2 + ...)) converges
// fast. Summed as Steed does (A. R. Barnett and others 1974, Comp. Phys. Comm. 8): what a later denominator changes is
// added, and so are the roundings of later terms, which are small, where a product would gather them all.
double over_density(double a, double b, double x, double y) noexcept {
  if (a < 1) {
    // By the series in x, a I_x B = x^a (1 + a sum (1-b)_n / (n! (a+n)) x^n): where a is small I hardly moves with x,
    // and here roundings count a times. b x stays below 2.
    double term = 1, sum = 0;
    for (double n = 1; n < 1000; ++n) {
      term *= (n - b) / n * x;
      sum += term / (a + n);
      if (!(std::abs(term) > 0x1p-56)) break;
    }
    return (1 + a * sum) / a * exp(-b * (x < 0.5 ? log1p(-x) : log(y)));
  }
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

bool below_mean(double a, double b, double x) noexcept { return x * (a + b + 2) <= a + 1; }

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

// ln(x / y) with I_x(a, b) = p, p up to 1/2; q = 1 - p.
double logit_quantile(double a, double b, double p, double q) noexcept {
  const Density density(a, b);
  const double log_p = log(p), bound = (log_p + density.log_a_beta()) / a;
  double z = first_guess(a, b, p, bound);
  const double scale = std::min(1.0, std::sqrt(1 / a + 1 / b));  // over which ln I bends
  for (int round = 0; round < 200; ++round) {
    if (z <= bound && bound < -700) return bound;  // there w is e^(a z) / B to the last bit
    const double e = exp(-std::abs(z)), big = 1 / (1 + e), small = e * big;
    const double x = z < 0 ? small : big, y = z < 0 ? big : small;
    const double w = density.at(x, y);
    double value, off;  // I, and ln I - ln p
    if (below_mean(a, b, x)) {
      const double per = over_density(a, b, x, y);
      value = w * per;
      off = value > 0.5 * p ? log1p((value - p) / p) : density.log_at(x, y) + log(per) - log_p;
      if (value == 0) {  // beneath the least double, and so is w: Newton's step from the logarithms
        z = std::max(z - off * per, bound);
        continue;
      }
    } else {
      const double upper = w * over_density(b, a, y, x);
      value = 1 - upper;
      off = log1p((q - upper) / p);
    }
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
  const double y = 1 - x, w = Density(a, b).at(x, y);
  return below_mean(a, b, x) ? w * over_density(a, b, x, y) : 1 - w * over_density(b, a, y, x);
}

double beta_quantile(double a, double b, double u) noexcept {
  if (!(a > 0) || !(b > 0) || std::isnan(u)) return none;
  if (u <= 0) return 0;
  if (u >= 1) return 1;
  const double z = u <= 0.5 ? logit_quantile(a, b, u, 1 - u) : -logit_quantile(b, a, 1 - u, u);
  const double e = exp(-std::abs(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

}  // namespace entente::math
