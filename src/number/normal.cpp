// The normal quantile: in the middle u - 1/2 times a slow function of its square, in the tails a nearly straight
// function of sqrt(-ln p), p the chance beyond (the two regions of Wichura 1988, AS 241, doi:10.2307/2347330). Each
// function is a polynomial of degree 11 in every cell of a table, its constant in two doubles, so that roundings happen
// in terms a tenth of the result. AS 241's own two quotients of polynomials of degree 7 err by more than 4 units in the
// last place near u = 0.66.
#include "number/normal.hpp"

#include <limits>

#include "number/normal_tables.hpp"

namespace entente::number {
namespace {

using math::pi;
constexpr double infinity = std::numeric_limits<double>::infinity();

double terms(const double (&c)[12], double h) noexcept {
  const double h2 = h * h, h4 = h2 * h2;
  const double a = (c[1] + h * c[2]) + h2 * (c[3] + h * c[4]);
  const double b = (c[5] + h * c[6]) + h2 * (c[7] + h * c[8]);
  const double d = (c[9] + h * c[10]) + h2 * c[11];
  return h * (a + h4 * (b + h4 * d));
}

// Beyond the table, 6.5 and further out, where no draw comes: Newton's method on ln Phi, from the leading terms.
double far_out(double p) noexcept {
  if (p <= 0) return infinity;
  const double log_p = math::log(p);
  double x = std::sqrt(-2 * log_p - math::log(-4 * pi * log_p));
  for (int k = 0; k < 8; ++k) {
    const double chance = normal_cdf(-x), density = math::exp(-0.5 * x * x) * 0.3989422804014327;
    const double step = (math::log(chance) - log_p) * chance / density;
    x += step;
    if (!(std::abs(step) > 1e-16 * x)) break;
  }
  return x;
}

}  // namespace

double normal_quantile(double u) noexcept {
  const double q = u - 0.5;
  if (std::abs(q) <= 0.375) {
    const double z = q * q;
    const int cell = static_cast<int>(z * 64);
    const auto& t = tables::inner[cell];
    return q * t.c[0] + q * (t.rest + terms(t.c, z - (cell + 0.5) * (1.0 / 64)));
  }
  const double p = q < 0 ? u : 1 - u;
  if (!(p > 0x1p-60)) return std::isnan(u) ? u : q < 0 ? -far_out(p) : far_out(p);
  const double r = std::sqrt(-math::log(p));
  const int cell = static_cast<int>((r - 1.375) * 8);
  const auto& t = tables::outer[cell];
  const double x = t.c[0] + (t.rest + terms(t.c, r - (1.375 + (cell + 0.5) * 0.125)));
  return q < 0 ? -x : x;
}

}  // namespace entente::number
