// One uncertain number as a distribution, drawn only by its quantile function: a draw is quantile(u) with u in (0,1),
// so that Latin hypercubes, common random numbers and single-number sweeps all use the same road.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::number {

/// Where a value may lie; `open` ends are not attained.
struct Domain {
  double lo = -std::numeric_limits<double>::infinity();
  double hi = std::numeric_limits<double>::infinity();
  bool lo_open = true, hi_open = true;
  [[nodiscard]] bool holds(double x) const noexcept;
  [[nodiscard]] bool bounded() const noexcept;  ///< both ends finite
  /// "above 0", "from 0 to 1", "any number"; `one` is what 1 is written as: 100 where shares are told in percent.
  [[nodiscard]] std::string describe(double one = 1) const;
  static constexpr Domain real() { return {}; }
  static constexpr Domain positive() { return {0, std::numeric_limits<double>::infinity(), true, true}; }
  static constexpr Domain non_negative() { return {0, std::numeric_limits<double>::infinity(), false, true}; }
  static constexpr Domain negative() { return {-std::numeric_limits<double>::infinity(), 0, true, true}; }
  static constexpr Domain share() { return {0, 1, false, false}; }
  static constexpr Domain tie() { return {-1, 1, false, false}; }
};

enum class Family : std::uint8_t {
  fixed,
  normal,
  lognormal,
  negative_lognormal,
  probit,
  two_piece,
  uniform,
  triangular,
  beta,
  pert,     // a beta
  through,  // its quantiles: normal in pieces
  exponential,
  gamma,
  student,
  mixture,
  poisson,   // as a choice
  binomial,  // as a choice
  choice,
  event
};

/// A distribution with finite parameters. Values are in the unit of the place it was written for.
class Distribution {
 public:
  static Distribution fixed(double value);
  /// 5th and 95th percentile; the family follows from the domain: two finite ends: probit-normal on them; a lower end
  /// alone, such as 0: lognormal above it; an upper end alone: its mirror; else normal.
  static Result<Distribution> interval(double p5, double p95, const Domain& domain, double inside = 0.9);
  /// Two-piece normal with that mode and both 5 % points, cut to the domain: its density is largest at the mode. Where
  /// a bound of the domain leaves no such one, that which has the points before it is cut; see kept().
  static Result<Distribution> interval(double p5, double p95, double mode, const Domain& domain, double inside = 0.9);
  /// Through two to twenty quantiles (share below, value): on the scale of an interval's family a normal in pieces,
  /// straight between the standard normal quantiles of two neighbours and beyond the outermost.
  struct Point {
    double share, value;
  };
  static Result<Distribution> through(const std::vector<Point>& points, const Domain& domain);
  static Result<Distribution> uniform(double lo, double hi);
  static Result<Distribution> normal(double mean, double sd);
  static Result<Distribution> lognormal(double median, double sigma_of_log);
  static Result<Distribution> triangular(double lo, double mode, double hi);
  /// Beta on lo to hi of mean (lo + 4 mode + hi) / 6 (Malcolm, Roseboom, Clark and Fazar 1959,
  /// doi:10.1287/opre.7.5.646).
  static Result<Distribution> pert(double lo, double mode, double hi);
  static Result<Distribution> exponential(double mean);
  static Result<Distribution> gamma(double shape, double scale);                             ///< of mean shape * scale
  static Result<Distribution> student(double freedom, double middle = 0, double scale = 1);  ///< middle + scale t
  static Result<Distribution> poisson(double mean);                                          ///< mean up to 100,000
  static Result<Distribution> binomial(double n, double chance);                             ///< n whole, up to 100,000
  struct Part;
  /// One of the parts, with chances in proportion to the weights (a linear pool: Stone 1961,
  /// doi:10.1214/aoms/1177704873).
  /// `pooled`: the parts are opinions on one number, and it is told as their pool.
  static Result<Distribution> mixture(std::vector<Part> parts, bool pooled = false);
  static Result<Distribution> beta(double a, double b, double lo = 0, double hi = 1);
  struct Branch {
    double value;
    double weight;
  };
  static Result<Distribution> choice(std::vector<Branch> branches);
  static Result<Distribution> event(double chance);  ///< 1 with that chance, else 0
  /// The same, cut to the domain and renormalised; an error when less than one half of the mass lies inside. Discrete
  /// values must all lie inside.
  [[nodiscard]] Result<Distribution> within(const Domain& domain) const;
  /// Every value multiplied by a positive factor (unit conversion); an event becomes a choice between 0 and the factor.
  [[nodiscard]] Distribution scaled(double factor) const;

  [[nodiscard]] Family family() const noexcept { return family_; }
  [[nodiscard]] bool is_fixed() const noexcept { return family_ == Family::fixed; }
  [[nodiscard]] bool discrete() const noexcept {
    return family_ == Family::choice || family_ == Family::event || family_ == Family::poisson ||
           family_ == Family::binomial;
  }
  /// Share of the distribution as it was stated that a domain cut away; 0 where nothing was.
  [[nodiscard]] double lost() const noexcept { return is_fixed() ? 0 : 1 - (u1_ - u0_); }
  /// Non-decreasing in u, always finite and inside the domain, its open ends never attained; u is clipped to (0,1).
  [[nodiscard]] double quantile(double u) const noexcept;
  [[nodiscard]] double cdf(double x) const noexcept;
  [[nodiscard]] double median() const noexcept { return quantile(0.5); }
  /// Of a continuous one; 0 outside its support, NaN where it is fixed or discrete. O(1), or O(parts).
  [[nodiscard]] double density(double x) const noexcept;
  /// The largest density, where it is infinite the largest at a 2,000th of the shares; NaN as density(). To about 1e-12
  /// for one mode.
  [[nodiscard]] double peak() const noexcept;
  /// Exact where closed or discrete, else by the trapezoid rule over 1,025 normal scores (to 1e-6 of the spread and
  /// better; Student's of few degrees of freedom to what lies within eight scores).
  [[nodiscard]] double mean() const noexcept;
  /// Ends of the support, within the domain it was made for; infinite where there is none.
  [[nodiscard]] double lower() const noexcept { return support_.lo; }
  [[nodiscard]] double upper() const noexcept { return support_.hi; }
  /// "lognormal, median 71.4 (90 %: 60 to 85)"; "uniform between 3 and 8"; numbers to four digits, `one` as for
  /// domains.
  [[nodiscard]] std::string describe(double one = 1) const;

 private:
  /// How the scale on which the shape is normal maps to values: x, lo + e^y, hi - e^-y, lo + (hi - lo)
  /// Phi(y).
  enum class Scale : std::uint8_t { identity, log, negative_log, probit };
  [[nodiscard]] double to_value(double y) const noexcept;
  [[nodiscard]] double to_scale(double x) const noexcept;
  [[nodiscard]] double raw_quantile(double u) const noexcept;
  [[nodiscard]] double raw_cdf(double x) const noexcept;
  [[nodiscard]] double raw_density(double x) const noexcept;
  [[nodiscard]] double slope(double x) const noexcept;  ///< of to_scale
  static Result<Scale> scale_of(double p5, double p95, const Domain& domain, double inside);
  static Distribution counts(Family family, double first, std::vector<double> weights);
  [[nodiscard]] double mixture_quantile(double u) const noexcept;
  void support(const Domain& domain) noexcept;

  Family family_ = Family::fixed;
  Scale scale_ = Scale::identity;
  // fixed: a. normal kinds: mean a, standard deviation b of the scale. two_piece: mode a, left b, right c. uniform: a
  // to b. triangular: a, b (mode), c. beta: shapes a, b on lo_..hi_. event: chance a. choice: branches by rising value.
  double a_ = 0, b_ = 0, c_ = 0;
  double lo_ = 0, hi_ = 1;  // ends of the scale's or beta's interval
  double u0_ = 0, u1_ = 1;  // the slice of (0,1) kept by within()
  Domain support_;
  double floor_ = -std::numeric_limits<double>::max();  // lowest and highest double inside the support
  double ceiling_ = std::numeric_limits<double>::max();
  std::vector<Branch> branches_;    // choice: by rising value; through: scale's value and standard normal quantile
  std::vector<double> cumulative_;  // choice: shares up to each
  std::shared_ptr<const std::vector<Part>> parts_;
};

struct Distribution::Part {
  double weight;
  Distribution distribution;
};

}  // namespace entente::number
