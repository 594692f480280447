#include "entente/base/elementary.hpp"
#include "entente/base/special.hpp"
#include "number/normal.hpp"

namespace entente::loops {

using number::normal_quantile;

double normal(double u) noexcept { return 5 + 2 * normal_quantile(u); }
double lognormal(double u) noexcept { return math::exp(4.25 + 0.095 * normal_quantile(u)); }
double share(double u) noexcept { return number::normal_cdf(-0.4 + 0.7 * normal_quantile(u)); }
double beta(double u) noexcept { return math::beta_quantile(2.5, 4, u); }
double long_beta(double u) noexcept { return math::beta_quantile(0.3, 60, u); }
double power(double u) noexcept { return math::pow(math::exp(0.5 * normal_quantile(u)), 1.7); }

}  // namespace entente::loops
