// Numbers said more widely, against Boost.Math and against what they must be.
#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <cmath>
#include <functional>

#include "doubt/claim_evaluator.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/number/correlation.hpp"
#include "entente/number/number.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::number;
using tests::compile;
using tests::drivers_only;

namespace {

Number parsed(const std::string& text) {
  Diagnostics out;
  const auto n =
      parse_number(text, {{}, false}, {.unit_known = false, .domain_known = false, .chance_allowed = true}, out);
  EXPECT_TRUE(n) << text << ": " << (out.all().empty() ? "" : out.all()[0].message);
  return n ? *n : Number{};
}
Distribution of(const std::string& text) { return parsed(text).distribution; }

constexpr double places[]{1e-9, 1e-6, 1e-3, 0.05, 0.25, 0.4999, 0.5, 0.6, 0.75, 0.95, 0.999, 1 - 1e-6};

// The quantile at u by another implementation, against ours: 1e-12 of the value, or of the distribution's own size.
void agrees(const std::string& text, const std::function<double(double)>& theirs) {
  const auto mine = of(text);
  const double size = std::abs(theirs(0.95) - theirs(0.05));
  for (const double u : places) {
    const double t = theirs(u);
    EXPECT_NEAR(mine.quantile(u), t, 1e-12 * std::max(size, std::abs(t))) << text << " at " << u;
    EXPECT_NEAR(mine.cdf(t), u, 1e-12) << text << " at " << u;
  }
}

// Of what Boost knows under that name, moved and stretched.
template <class Theirs>
std::function<double(double)> boost_of(const Theirs& d, double from = 0, double scale = 1) {
  return [=](double u) { return from + scale * boost::math::quantile(d, u); };
}

}  // namespace

TEST(Wider, QuantilesAgainstBoost) {
  namespace b = boost::math;
  const double z95 = b::quantile(b::normal(), 0.95), z90 = b::quantile(b::normal(), 0.9);
  const auto probit = [&](double lo, double hi, double z, double from, double to) {
    const double a = b::quantile(b::normal(), (lo - from) / (to - from));
    const double c = b::quantile(b::normal(), (hi - from) / (to - from));
    return [=](double u) {
      return from + (to - from) * b::cdf(b::normal(), 0.5 * (a + c) + (c - a) / (2 * z) * b::quantile(b::normal(), u));
    };
  };
  agrees("normal(3, 2)", boost_of(b::normal(3, 2)));
  agrees("3 +- 2 USD", boost_of(b::normal(3, 2)));
  agrees("-5 to 3 USD", boost_of(b::normal(-1, 4 / z95)));
  agrees("80 %: -5 to 3 USD", boost_of(b::normal(-1, 4 / z90)));
  agrees("lognormal(5, 20 %)", boost_of(b::lognormal(std::log(5), 0.2)));
  agrees("5 to 10 USD", boost_of(b::lognormal(0.5 * std::log(50), std::log(2) / (2 * z95))));
  agrees("80 %: 5 to 10 USD", boost_of(b::lognormal(0.5 * std::log(50), std::log(2) / (2 * z90))));
  const b::lognormal mirrored(0.5 * std::log(50), std::log(2) / (2 * z95));
  agrees("-10 to -5 USD", [=](double u) { return -b::quantile(b::complement(mirrored, u)); });
  agrees("8 to 12 %", probit(0.08, 0.12, z95, 0, 1));
  agrees("0.1 to 0.9", probit(0.1, 0.9, z95, 0, 1));
  agrees("80 %: 20 to 70 %", probit(0.2, 0.7, z90, 0, 1));
  agrees("between 3 and 8", boost_of(b::uniform(3, 8)));
  agrees("triangular(1, 2, 5)", boost_of(b::triangular(1, 2, 5)));
  agrees("beta(2, 5)", boost_of(b::beta_distribution<>(2, 5)));
  agrees("beta(0.3, 60)", boost_of(b::beta_distribution<>(0.3, 60)));
  agrees("beta(2.5, 4, 10, 30) USD", boost_of(b::beta_distribution<>(2.5, 4), 10, 20));
  agrees("pert(1, 2, 5)", boost_of(b::beta_distribution<>(2, 4), 1, 4));  // 1 + 4 (2 - 1) / 4, 1 + 4 (5 - 2) / 4
  agrees("exponential(3)", boost_of(b::exponential(1 / 3.0)));
  agrees("gamma(2.5, 3)", boost_of(b::gamma_distribution<>(2.5, 3)));
  agrees("gamma(0.2, 1)", boost_of(b::gamma_distribution<>(0.2, 1)));
  agrees("gamma(900, 0.1)", boost_of(b::gamma_distribution<>(900, 0.1)));
  agrees("student(4)", boost_of(b::students_t(4)));
  agrees("student(1)", [](double u) {  // a Cauchy, whose quantile is a tangent
    return u < 0.25 ? -1 / std::tan(M_PI * u) : u > 0.75 ? 1 / std::tan(M_PI * (1 - u)) : std::tan(M_PI * (u - 0.5));
  });
  agrees("student(7, 10, 2) USD", boost_of(b::students_t(7), 10, 2));
  // Cut where its place has a bound: the quantiles between.
  const b::normal cut(2, 1);
  const double below = b::cdf(cut, 0.0);
  agrees("normal(2, 1) in 0 to 100", [=](double u) { return b::quantile(cut, below + u * (1 - below)); });
  // Two halves about the likeliest value, by the reflection of John (1982): the ends hold 5 % each.
  const auto two = of("-100 to 100 likely 20 USD");
  EXPECT_NEAR(two.cdf(-100), 0.05, 1e-12);
  EXPECT_NEAR(two.cdf(100), 0.95, 1e-12);
  const double w = two.cdf(20), left = 120 / -b::quantile(b::normal(), 0.05 / (2 * w)),
               right = 80 / -b::quantile(b::normal(), 0.05 / (2 * (1 - w)));
  EXPECT_NEAR(w, left / (left + right), 1e-12);
  agrees("-100 to 100 likely 20 USD", [=](double u) {
    return u < w ? 20 + left * b::quantile(b::normal(), u / (2 * w))
                 : 20 - right * b::quantile(b::normal(), (1 - u) / (2 * (1 - w)));
  });
  namespace p = boost::math::policies;
  using Up = p::policy<p::discrete_quantile<p::integer_round_up>>;
  const b::poisson_distribution<double, Up> poisson(4.5);
  const b::binomial_distribution<double, Up> binomial(40, 0.3);
  for (double u = 0.0005; u < 1; u += 0.001) {
    EXPECT_EQ(of("poisson(4.5)").quantile(u), b::quantile(poisson, u)) << u;
    EXPECT_EQ(of("binomial(40, 30 %)").quantile(u), b::quantile(binomial, u)) << u;
  }
  for (int k = 0; k < 30; ++k) {
    EXPECT_NEAR(of("poisson(4.5)").cdf(k), b::cdf(poisson, k), 1e-14);
    EXPECT_NEAR(of("binomial(40, 0.3)").cdf(k), b::cdf(binomial, k), 1e-14);
  }
}

TEST(Wider, ThroughItsQuantiles) {
  const auto d = of("p10 5, p50 7, p90 12 USD");
  EXPECT_EQ(d.family(), Family::through);
  EXPECT_NEAR(d.quantile(0.1), 5, 1e-12);
  EXPECT_NEAR(d.quantile(0.5), 7, 1e-12);
  EXPECT_NEAR(d.quantile(0.9), 12, 1e-12);
  EXPECT_GT(d.quantile(1e-12), 0);
  for (double u = 0.001; u < 1; u += 0.001) EXPECT_NEAR(d.cdf(d.quantile(u)), u, 1e-12);
  const auto two = of("p5 5, p95 10 USD"), range = of("5 to 10 USD");
  for (double u = 0.001; u < 1; u += 0.001) EXPECT_NEAR(two.quantile(u), range.quantile(u), 1e-11);
  const auto share = of("p10 5, p50 20, p90 80 %");
  EXPECT_LT(share.quantile(1 - 1e-9), 1);
  EXPECT_LE(share.quantile(1 - 1e-12), 1);  // rounds to it, and never passes it
}

TEST(Wider, Mixtures) {
  const auto d = of("mix(60 %: 5 to 10, 40 %: 20 to 30)"), a = of("5 to 10"), b = of("20 to 30");
  for (double x = 1; x < 50; x += 0.25) EXPECT_NEAR(d.cdf(x), 0.6 * a.cdf(x) + 0.4 * b.cdf(x), 1e-14);
  for (double u = 0.001; u < 1; u += 0.001) EXPECT_NEAR(d.cdf(d.quantile(u)), u, 1e-12) << u;
  const auto atom = of("mix(25 %: 3, 75 %: 5 to 10)");
  EXPECT_EQ(atom.quantile(0.2), 3);
  EXPECT_GT(atom.quantile(0.26), 3);
  const auto pool = parsed("pool(5 to 10 @a, 2: 7 to 12 @b/B2)");
  ASSERT_EQ(pool.opinions.size(), 2u);
  EXPECT_NEAR(pool.opinions[1].weight, 2.0 / 3, 1e-15);
  EXPECT_EQ(pool.opinions[1].citation->source, "b");
  EXPECT_EQ(pool.opinions[1].citation->grade, "B2");
  EXPECT_FALSE(pool.citation);
  EXPECT_NEAR(pool.distribution.cdf(8), (of("5 to 10").cdf(8) + 2 * of("7 to 12").cdf(8)) / 3, 1e-14);
  EXPECT_EQ(of("mix(50 %: choice(1: 50 %, 2: 50 %), 50 %: 3)").quantile(0.6), 3);
}

TEST(Wider, AChanceThatIsADriver) {
  const auto c = compile(drivers_only("  p: between 0 and 60 %\n  war: p chance\n",
                                      "  war: {says: x, holds: war > 0}\n  peace: {says: x, holds: not war}\n"));
  ASSERT_FALSE(c->plan);  // `war` is the driver, no claim: a number where a condition is expected
  const auto d = compile(drivers_only("  p: between 0 and 60 %\n  war: p chance\n",
                                      "  comes: {says: x, holds: war > 0}\n  stays: {says: x, holds: not comes}\n"));
  ASSERT_TRUE(d->plan) << d->complaints();
  const auto draws = doubt::run(*d->plan, {.sampling = {.seed = 1, .draws = 20'000}, .threads = 1});
  double share = 0, other = 0;
  for (std::size_t i = 0; i < draws->size(); ++i) share += draws->truth[0][i], other += draws->truth[1][i];
  EXPECT_NEAR(share / 20'000, 0.3, 0.01);
  EXPECT_EQ(share + other, 20'000);
}

TEST(Wider, ClaimsOnClaims) {
  const auto c = compile(drivers_only("  x: between 0 and 1\n",
                                      "  low: {says: x, holds: x < 0.3}\n"
                                      "  high: {says: x, holds: x > 0.8}\n"
                                      "  middle: {says: x, holds: not (low or high)}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto d = doubt::run(*c->plan, {.sampling = {.seed = 1, .draws = 1000}, .threads = 1});
  for (std::size_t i = 0; i < d->size(); ++i) EXPECT_EQ(d->truth[0][i] + d->truth[1][i] + d->truth[2][i], 1);
  const auto circle = compile(
      drivers_only("  x: between 0 and 1\n", "  a: {says: x, holds: not b}\n  b: {says: x, holds: a or x > 0.5}\n"));
  EXPECT_FALSE(circle->plan);
  EXPECT_NE(circle->complaints().find("E0419"), std::string::npos) << circle->complaints();
}

TEST(Wider, DriversByYearAndUnitsOfAFile) {
  const auto c = compile("units: {cargo: a cargo of gas, EUR: = 1.25 USD}\n" +
                         drivers_only("  gas: {2030: 10 EUR/cargo, 2040: 20 EUR/cargo}\n  twice: = 2 * gas\n",
                                      "  one: {says: x, holds: twice.2040 between 49 USD/cargo and 51 USD/cargo}\n"
                                      "  two: {says: x, holds: gas.2030 < 12 USD/cargo}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  plan::Workspace w(*c->plan);
  std::vector<double> p(c->plan->parameters());
  c->plan->evaluate(p, c->plan->medians(p), w);
  double margin = 0;
  EXPECT_EQ(c->plan->claim(0, w, margin), Truth::yes);
  EXPECT_NEAR(margin, 1, 1e-9);
  EXPECT_EQ(c->plan->claim(1, w, margin), Truth::no);  // 12.5
}

TEST(Together, RanksCorrelateAsStated) {
  const auto c = compile(drivers_only("  a: 5 to 10 USD\n  b: between 0 and 1\n  c: normal(0, 1)\n",
                                      "  x: {says: x, holds: a > 7 USD}\n") +
                         "together: {g: {numbers: [a, b, c], ranks: {a-b: 0.6, c-b: -0.3}}}\n");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto d = doubt::run(*c->plan, {.sampling = {.seed = 3, .draws = 20'000}, .threads = 1});
  const auto rank = [](const std::vector<double>& x) {
    std::vector<std::size_t> order(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return x[i]; });
    std::vector<double> r(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) r[order[i]] = static_cast<double>(i);
    return r;
  };
  const auto rho = [&](std::size_t i, std::size_t j) {
    const auto x = rank(d->input[i]), y = rank(d->input[j]);
    const double n = static_cast<double>(x.size()), m = (n - 1) / 2;
    double sum = 0;
    for (std::size_t k = 0; k < x.size(); ++k) sum += (x[k] - m) * (y[k] - m);
    return sum / (n * (n * n - 1) / 12);
  };
  EXPECT_NEAR(rho(0, 1), 0.6, 0.015);
  EXPECT_NEAR(rho(1, 2), -0.3, 0.02);
  EXPECT_NEAR(rho(0, 2), 0, 0.02);
}

TEST(Together, ImpossibleIsRefusedWithTheNearest) {
  const auto c = compile(drivers_only("  a: 5 to 10\n  b: 5 to 10\n  c: 5 to 10\n", "  x: {says: x, holds: a > 7}\n") +
                         "together: {g: {numbers: [a, b, c], ranks: {a-b: 0.9, b-c: 0.9, a-c: -0.9}}}\n");
  EXPECT_FALSE(c->plan);
  EXPECT_NE(c->complaints().find("E0324"), std::string::npos) << c->complaints();
  EXPECT_NE(c->complaints().find("nearest"), std::string::npos) << c->complaints();
  // Higham 2002, section 1: the nearest to this matrix has these entries.
  const auto near = nearest_correlation({1, 1, 0, 1, 1, 1, 0, 1, 1}, 3);
  EXPECT_NEAR(near[1], 0.76069, 1e-5);
  EXPECT_NEAR(near[2], 0.15730, 1e-5);
}
