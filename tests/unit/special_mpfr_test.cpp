// Gamma and beta functions against MPFR to 1e-12: ln Gamma is MPFR's own; the incomplete ones are summed there by
// series of positive terms, which lose nothing:
//   I_x(a, b) = x^a (1-x)^b / (a B(a, b)) sum (a+b)_n / (a+1)_n x^n,   P(a, x) = x^a e^-x / Gamma(a+1) sum x^n /
//   (a+1)_n.
// A quantile is judged where it lies: (I_x - u) / (x dI/dx) is how far off it is, relative to itself.
#include <gtest/gtest.h>

#include "entente/base/special.hpp"
#include "support/mpfr.hpp"

namespace {

using entente::testing::Exact;
using entente::testing::points;
using entente::testing::Uniform;
namespace math = entente::math;

double log_uniform(Uniform& draw, double from, double to) { return std::exp(draw(std::log(from), std::log(to))); }

TEST(SpecialMpfr, LogGamma) {
  Uniform draw;
  double worst = 0;
  Exact y, in;
  const auto judge = [&](double x) {
    int sign = 0;
    mpfr_set_d(in, x, MPFR_RNDN);
    mpfr_lgamma(y, &sign, in, MPFR_RNDN);
    worst = std::max(worst, y.relative(math::log_gamma(x)));
  };
  for (std::size_t i = 0; i < points(); ++i)
    judge(i % 3 == 0 ? draw(0, 15) : i % 3 == 1 ? draw(0.9, 2.1) : draw.scaled(-300, 300));
  for (const double x : {1.0, 2.0, 0.5, 1.5, 2.5, 10.0, 1 + 1e-15, 2 - 1e-15, 1e-308, 1e305}) judge(x);
  std::printf("log_gamma %.2e\n", worst);
  EXPECT_LT(worst, 1e-12);
  EXPECT_TRUE(std::isinf(math::log_gamma(0)));
  EXPECT_TRUE(std::isnan(math::log_gamma(-1)));
}

// What the series of a and x, or of a, b and x, has for its front: ln of x^a e^-x / Gamma(a + 1), or of
// x^a y^b / (a B(a, b)).
void gamma_front(mpfr_ptr out, double a, double x) {
  Exact t(a), u(x);
  mpfr_log(u, u, MPFR_RNDN);
  mpfr_mul(u, u, t, MPFR_RNDN);
  mpfr_sub_d(u, u, x, MPFR_RNDN);
  mpfr_add_ui(t, t, 1, MPFR_RNDN);
  mpfr_lngamma(t, t, MPFR_RNDN);
  mpfr_sub(u, u, t, MPFR_RNDN);
  mpfr_exp(out, u, MPFR_RNDN);
}

// x and y = 1 - x as MPFR has them.
void beta_front(mpfr_ptr out, double a, double b, mpfr_srcptr x, mpfr_srcptr y) {
  Exact sum(a), u;
  mpfr_add_d(sum, sum, b, MPFR_RNDN);
  mpfr_lngamma(sum, sum, MPFR_RNDN);
  mpfr_set_d(u, a, MPFR_RNDN);
  mpfr_add_ui(u, u, 1, MPFR_RNDN);
  mpfr_lngamma(u, u, MPFR_RNDN);
  mpfr_sub(sum, sum, u, MPFR_RNDN);
  mpfr_set_d(u, b, MPFR_RNDN);
  mpfr_lngamma(u, u, MPFR_RNDN);
  mpfr_sub(sum, sum, u, MPFR_RNDN);
  mpfr_log(u, x, MPFR_RNDN);
  mpfr_mul_d(u, u, a, MPFR_RNDN);
  mpfr_add(sum, sum, u, MPFR_RNDN);
  mpfr_log(u, y, MPFR_RNDN);
  mpfr_mul_d(u, u, b, MPFR_RNDN);
  mpfr_add(sum, sum, u, MPFR_RNDN);
  mpfr_exp(out, sum, MPFR_RNDN);
}

// front times the sum of products of (above + n) / (below + n) x.
void positive_series(mpfr_ptr out, mpfr_srcptr x, bool beta, double a, double b) {
  Exact term(1), sum(1), up(a), down(a);
  mpfr_add_d(up, up, b, MPFR_RNDN);
  mpfr_add_ui(down, down, 1, MPFR_RNDN);
  for (long n = 0; n < 10000000; ++n) {
    mpfr_mul(term, term, x, MPFR_RNDN);
    if (beta) mpfr_mul(term, term, up, MPFR_RNDN);
    mpfr_div(term, term, down, MPFR_RNDN);
    mpfr_add(sum, sum, term, MPFR_RNDN);
    mpfr_add_ui(up, up, 1, MPFR_RNDN), mpfr_add_ui(down, down, 1, MPFR_RNDN);
    if (mpfr_get_exp(term) < mpfr_get_exp(sum) - 150) break;
  }
  mpfr_mul(out, out, sum, MPFR_RNDN);
}

TEST(SpecialMpfr, IncompleteGamma) {
  Uniform draw;
  double worst = 0;
  for (std::size_t i = 0; i < points() / 20; ++i) {
    const double a = log_uniform(draw, 1e-3, 1e4), x = a * log_uniform(draw, 1e-2, 3);
    Exact p, q(1);
    gamma_front(p, a, x);
    positive_series(p, Exact(x), false, a, 0);
    mpfr_sub(q, q, p, MPFR_RNDN);
    if (p.nearest() > 1e-290) worst = std::max(worst, p.relative(math::gamma_p(a, x)));
    if (q.nearest() > 1e-25) worst = std::max(worst, q.relative(math::gamma_q(a, x)));
  }
  std::printf("gamma_p, gamma_q %.2e\n", worst);
  EXPECT_LT(worst, 1e-12);
  // By hand: P(1, x) = 1 - e^-x, and far out Q keeps its digits.
  EXPECT_NEAR(math::gamma_p(1, 2), 0.8646647167633873, 1e-15);
  EXPECT_NEAR(math::gamma_q(1, 100) / 3.720075976020836e-44, 1, 1e-13);
  EXPECT_EQ(math::gamma_p(3, 0), 0);
  EXPECT_EQ(math::gamma_q(3, 0), 1);
}

struct Judged {
  double cdf = 0, quantile = 0;
};

Judged judge(double a, double b, double u) {
  const double x = math::beta_quantile(a, b, u);
  if (x < 1e-290 || x == 1) return {};
  Exact p, exact_x(x), y(1);
  mpfr_sub_d(y, y, x, MPFR_RNDN);
  beta_front(p, a, b, exact_x, y);
  const double front = p.nearest();
  if (x <= 0.5) {
    positive_series(p, exact_x, true, a, b);
  } else {  // the other side's, and what is left
    beta_front(p, b, a, y, exact_x);
    positive_series(p, y, true, b, a);
    mpfr_ui_sub(p, 1, p, MPFR_RNDN);
  }
  const double cdf = p.relative(math::beta_p(a, b, x));
  mpfr_sub_d(p, p, u, MPFR_RNDN);
  // x dI/dx = a front / (1 - x)
  const double off = p.nearest() * (1 - x) / (a * front);
  // x is one of those numbers that doubles have: half a unit of the last place is no error.
  return {cdf, std::max(0.0, std::abs(off) - 0x1p-53)};
}

TEST(SpecialMpfr, BetaOverWideShapes) {
  Uniform draw;
  Judged worst;
  double at[2][3]{};
  for (std::size_t i = 0; i < points() / 20; ++i) {
    const double a = log_uniform(draw, 1e-3, i % 10 == 0 ? 1e6 : 100),
                 b = log_uniform(draw, 1e-3, i % 10 == 0 ? 1e6 : 100);
    const double tail = draw.scaled(-52, -2), u = i % 3 == 0 ? tail : i % 3 == 1 ? 1 - tail : draw(0, 1);
    const Judged j = judge(a, b, u);
    if (j.cdf > worst.cdf) worst.cdf = j.cdf, at[0][0] = a, at[0][1] = b, at[0][2] = u;
    if (j.quantile > worst.quantile) worst.quantile = j.quantile, at[1][0] = a, at[1][1] = b, at[1][2] = u;
  }
  std::printf("beta_p %.2e at %g, %g, %g; quantile %.2e at %g, %g, %g\n", worst.cdf, at[0][0], at[0][1], at[0][2],
              worst.quantile, at[1][0], at[1][1], at[1][2]);
  EXPECT_LT(worst.cdf, 1e-12);
  EXPECT_LT(worst.quantile, 1e-12);
}

TEST(SpecialMpfr, BetaAtTheEdges) {
  for (const double a : {1e-3, 0.5, 1.0, 2.0, 100.0, 1e6})
    for (const double b : {1e-3, 0.5, 1.0, 2.0, 100.0, 1e6}) {
      EXPECT_EQ(math::beta_quantile(a, b, 0), 0);
      EXPECT_EQ(math::beta_quantile(a, b, 1), 1);
      EXPECT_EQ(math::beta_p(a, b, 0), 0);
      EXPECT_EQ(math::beta_p(a, b, 1), 1);
      double last = 0;
      for (const double u : {0x1p-60, 1e-10, 1e-3, 0.1, 0.49999, 0.5, 0.50001, 0.9, 0.999, 1 - 1e-10, 1 - 0x1p-53}) {
        const double x = math::beta_quantile(a, b, u);
        EXPECT_GE(x, last) << a << ' ' << b << ' ' << u;
        last = x;
        EXPECT_LT(judge(a, b, u).quantile, 1e-12) << a << ' ' << b << ' ' << u;
      }
    }
  for (const double u : {0x1p-60, 0.3, 0.5, 0.9}) EXPECT_NEAR(math::beta_quantile(1, 1, u) / u, 1, 1e-14);
  EXPECT_TRUE(std::isnan(math::beta_quantile(0, 1, 0.5)));
}

}  // namespace
