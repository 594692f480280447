// Exponentials and logarithms: single ones, arrays, and the relatives that need one table each.
#include "entente/base/elementary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/exp_log.hpp"

namespace entente {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Positive, too.
ENTENTE_INLINE bool normal(double x) { return bits_of(x) - 0x0010000000000000 < 0x7fe0000000000000; }

// What lies outside the middle: infinities, NaN, results that are subnormal or nearly too large.
double exp_edge(double x) noexcept {
  if (std::isnan(x)) return none;
  if (x > 709.79) return infinity;
  if (x < -745.14) return 0;
  const Exponential e = exp_parts(x, 0);
  return math::ldexp(e.step + e.step * e.change, e.power);
}

double log_edge(double x) noexcept {
  if (x == 0) return -infinity;
  if (x < 0 || std::isnan(x)) return none;
  if (x == infinity) return infinity;
  const Two l = log_long(x * 0x1p52, -52);
  return l.high + l.low;
}

ENTENTE_INLINE double exp_here(double x) {
  if (std::abs(x) <= 708) [[likely]]
    return exp_middle(x);
  return x < -746 ? 0 : exp_edge(x);
}

ENTENTE_INLINE double log_here(double x) {
  if (normal(x)) [[likely]]
    return log_middle(x);
  return log_edge(x);
}

}  // namespace

ENTENTE_WIDE void exponentials(std::span<double> x) noexcept {
  double* at = x.data();
  std::size_t left = x.size();
  for (; left >= lanes; left -= lanes, at += lanes) {
    bool inside = true;
    for (std::size_t i = 0; i < lanes; ++i) inside &= at[i] >= -708 && at[i] <= 708;
    if (!inside) [[unlikely]] {
      for (std::size_t i = 0; i < lanes; ++i) at[i] = exp_here(at[i]);
      continue;
    }
    exp_four(at);
  }
  for (; left > 0; --left, ++at) *at = exp_here(*at);
}

ENTENTE_WIDE void logarithms(std::span<double> x) noexcept {
  double* at = x.data();
  std::size_t left = x.size();
  for (; left >= lanes; left -= lanes, at += lanes) {
    bool inside = true;
    for (std::size_t i = 0; i < lanes; ++i) inside &= normal(at[i]);
    if (!inside) [[unlikely]] {
      for (std::size_t i = 0; i < lanes; ++i) at[i] = log_here(at[i]);
      continue;
    }
    log_four(at);
  }
  for (; left > 0; --left, ++at) *at = log_here(*at);
}

namespace math {

double exp(double x) noexcept { return exp_here(x); }
double log(double x) noexcept { return log_here(x); }

double exp2(double x) noexcept {
  if (std::isnan(x)) return none;
  if (x >= 1024) return infinity;
  if (x < -1075) return 0;
  const double whole = (x + whole_number) - whole_number;
  const Two r = product(Two{x - whole, 0}, {tables::ln2_first, tables::ln2_second});
  const Exponential e = exp_parts(r.high, r.low);
  return ldexp(e.step + e.step * e.change, e.power + static_cast<int>(whole));
}

// Up to 1/16 by its series, whose first two terms are added without loss; beyond, 2^k (1 + change) - 1.
double expm1(double x) noexcept {
  if (std::isnan(x)) return none;
  if (x > 709.79) return infinity;
  if (x < -40) return -1;
  if (std::abs(x) <= 0x1p-4) {
    if (std::abs(x) < 0x1p-54) return x;
    const double x2 = x * x;
    const Two first = fast_sum(x, 0.5 * x2);
    const double more = (1.0 / 6 + x * (1.0 / 24)) +
                        x2 * ((1.0 / 120 + x * (1.0 / 720)) +
                              x2 * ((1.0 / 5040 + x * (1.0 / 40320)) + x2 * (1.0 / 362880 + x * (1.0 / 3628800))));
    return first.high + (first.low + x2 * x * more);
  }
  if (x > 50) return exp_here(x);
  const Grown e = grown(x, 0);
  const Two s = sum(e.power, -1.0);
  return s.high + (s.low + e.power * e.change);
}

double log1p(double x) noexcept {
  if (!(x > -1)) return x == -1 ? -infinity : none;
  if (std::abs(x) < 0x1p-54) return x;
  if (std::abs(x) <= 0x1p-8) {  // r is x itself
    const auto& c = tables::log_tail;
    const double x2 = x * x;
    return x + (x2 * x * ((c[0] + x * c[1]) + x2 * ((c[2] + x * c[3]) + x2 * c[4])) - 0.5 * x2);
  }
  if (x >= 0x1p60) return log_here(x);
  const Two u = sum(1.0, x);
  return log_middle<true>(u.high, u.low);
}

namespace {

double log_over(double x, Two per) noexcept {
  if (!normal(x) && !(x > 0 && x < 1)) return log_edge(x);
  const bool small = x < std::numeric_limits<double>::min();
  const Two l = log_long(small ? x * 0x1p52 : x, small ? -52 : 0);
  return product(fast_sum(l.high, l.low), per).high;
}

}  // namespace

double log2(double x) noexcept { return log_over(x, {tables::per_ln2_first, tables::per_ln2_second}); }
double log10(double x) noexcept { return log_over(x, {tables::per_ln10_first, tables::per_ln10_second}); }

}  // namespace math
}  // namespace entente
