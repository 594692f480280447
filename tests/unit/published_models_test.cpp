// Published models of uncertainty and sensitivity. Where a source tells no digits of what is asked here (indices of a
// claim's truth are rare in the literature), the value is computed in the test by quadrature: one number is integrated
// in closed form, the others over a grid, and nothing is drawn.
#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <cmath>
#include <functional>

#include "entente/doubt/doubt.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::doubt;
using tests::compile;
using tests::drivers_only;

namespace {

constexpr double pi = 3.14159265358979323846;

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); }

// The mean of f over `n` places in the middle of equal parts of 0 to 1.
double mean(int n, const std::function<double(double)>& f) {
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += f((i + 0.5) / n);
  return sum / n;
}

// Over standard normal numbers, by the trapezoidal rule, which is exact to the last digits for what is smooth.
double normal_mean(const std::function<double(double)>& f) {
  const int n = 4000;
  double sum = 0;
  for (int i = 0; i <= n; ++i) {
    const double z = -10 + 20.0 * i / n;
    sum += f(z) * std::exp(-0.5 * z * z);
  }
  return sum * 20.0 / n / std::sqrt(2 * pi);
}

struct Judged {
  std::unique_ptr<tests::Compiled> compiled;
  Doubt doubt;
  [[nodiscard]] const Finding& finding() const { return doubt.findings.front(); }
  [[nodiscard]] const Driver* driver(const std::string& name) const {
    for (const auto& x : finding().drivers)
      if (compiled->situation->parameters[x.param].path == "drivers." + name) return &x;
    return nullptr;
  }
};

Judged judged(const std::string& drivers, const std::string& holds, std::uint64_t draws, std::uint64_t total = 0,
              const std::string& more = "") {
  Judged out;
  out.compiled = compile(drivers_only(drivers, "  c: {says: x, holds: \"" + holds + "\"}\n") + more);
  EXPECT_TRUE(out.compiled->plan) << out.compiled->complaints();
  if (!out.compiled->plan) std::abort();
  auto d = run(*out.compiled->plan, {.sampling = {.seed = 1, .draws = draws}, .threads = 2});
  EXPECT_TRUE(d.has_value());
  auto result = judge(*out.compiled->plan, *d, {.threads = 2, .total = total});
  EXPECT_TRUE(result.has_value());
  out.doubt = std::move(*result);
  return out;
}

void near_index(const Judged& j, const std::string& name, double first, double total) {
  const Driver* d = j.driver(name);
  if (!d) {
    EXPECT_LT(first, 0.01) << name;
    EXPECT_LT(total, 0.02) << name;
    return;
  }
  std::printf("%s: first order %.4f (90 %%: %.4f to %.4f), exact %.4f; total %.3f, exact %.4f\n", name.c_str(),
              d->index, d->low, d->high, first, d->total.value, total);
  EXPECT_NEAR(d->index, first, 0.02) << name;
  if (total > 0) {
    EXPECT_NEAR(d->total.value, total, 0.06) << name;
  }
}

}  // namespace

// The hat of B. Echard, N. Gayton, M. Lemaire and N. Relun, Reliability Engineering and System Safety 111 (2013): a
// probability of 2.9e-5, found by a distance of its point nearest to the medians and not by counting.
TEST(PublishedModels, GaytonsHat) {
  const auto edge = [](double u) { return 5 + std::cbrt((0.5 * (u - 2) * (u - 2) - 3) / 1.5); };
  const double probability = normal_mean([&](double u) { return normal_cdf(-edge(u)); });
  EXPECT_NEAR(probability, 2.87e-5, 1e-7);
  double beta = 10;
  for (int i = 0; i < 100'000; ++i) beta = std::min(beta, std::hypot(-3 + i * 1e-4, edge(-3 + i * 1e-4)));
  const auto j =
      judged("  x: normal(0, 1)\n  y: normal(0, 1)\n", "0.5 * (x - 2) ^ 2 - 1.5 * (y - 5) ^ 3 - 3 < 0", 200'000);
  EXPECT_NEAR(j.finding().joint.beta, beta, 1e-3);
  EXPECT_LE(j.finding().from, probability);
  EXPECT_GE(j.finding().to, probability);
}

// Ishigami and Homma (1990), a = 7, b = 0.1: the claim that it is above 5.
TEST(PublishedModels, Ishigami) {
  const int n = 600;
  const auto angle = [](double u) { return pi * (2 * u - 1); };
  // The chance over x2, given the others: 7 sin^2 x2 > 5 - rest.
  const auto over2 = [&](double u1, double u3) {
    const double s = std::sin(angle(u1)), left = (5 - s * (1 + 0.1 * std::pow(angle(u3), 4))) / 7;
    return left <= 0 ? 1.0 : left >= 1 ? 0.0 : 1 - 2 / pi * std::asin(std::sqrt(left));
  };
  // Over x1: sin x1 > (5 - 7 sin^2 x2) / (1 + b x3^4).
  const auto over1 = [&](double u2, double u3) {
    const double s = std::sin(angle(u2)), t = (5 - 7 * s * s) / (1 + 0.1 * std::pow(angle(u3), 4));
    return t >= 1 ? 0.0 : t <= -1 ? 1.0 : 0.5 - std::asin(t) / pi;
  };
  // Over x3: the sine's factor must be above, or below where the sine is negative.
  const auto over3 = [&](double u1, double u2) {
    const double s = std::sin(angle(u1)), v = std::sin(angle(u2)), t = (5 - 7 * v * v) / s;
    const double w = std::min(1.0, std::pow(std::max(0.0, 10 * (t - 1)), 0.25) / pi);
    return s > 0 ? 1 - w : w;
  };
  const double p = mean(n, [&](double a) { return mean(n, [&](double b) { return over2(a, b); }); }), v = p * (1 - p);
  const auto square = [](double x) { return x * x; };
  const double first1 = mean(n, [&](double a) { return square(mean(n, [&](double b) { return over2(a, b); })); });
  const double first3 = mean(n, [&](double b) { return square(mean(n, [&](double a) { return over2(a, b); })); });
  const double first2 = mean(n, [&](double a) { return square(mean(n, [&](double b) { return over1(a, b); })); });
  const auto total = [&](const auto& q) {
    return mean(n, [&](double a) { return mean(n, [&](double b) { return q(a, b) * (1 - q(a, b)); }); }) / v;
  };
  const std::string from = ": between -3.141592653589793 and 3.141592653589793\n";
  const auto j = judged("  x1" + from + "  x2" + from + "  x3" + from,
                        "sin(x1) + 7 * sin(x2) ^ 2 + 0.1 * x3 ^ 4 * sin(x1) > 5", 100'000, 4000);
  EXPECT_NEAR(j.finding().share, p, 4 * j.finding().error + 1e-4);
  near_index(j, "x1", (first1 - p * p) / v, total(over1));
  near_index(j, "x2", (first2 - p * p) / v, total(over2));
  near_index(j, "x3", (first3 - p * p) / v, total(over3));
}

// I. M. Sobol's g, the product of (|4 x - 2| + a) / (1 + a), with a of 0, 1, 4.5 and 9 (Saltelli and Sobol 1995): the
// claim that it is above 1. |4 x - 2| is uniform from 0 to 2.
TEST(PublishedModels, SobolsG) {
  const double a[]{0, 1, 4.5, 9};
  const int n = 120;
  const auto factor = [&](int i, double u) { return (2 * u + a[i]) / (1 + a[i]); };
  // The chance over number i, given the product of the others.
  const auto over = [&](int i, double others) {
    const double z = (1 + a[i]) / others - a[i];
    return std::min(1.0, std::max(0.0, 1 - z / 2));
  };
  double p = 0;
  double first[4], total[4];
  for (int i = 0; i < 4; ++i) {
    const int k = (i + 1) % 4, l = (i + 2) % 4, m = (i + 3) % 4;  // m in closed form below, i for the total
    double squares = 0;
    p = 0;
    for (int s = 0; s < n; ++s) {
      const double x = factor(i, (s + 0.5) / n);
      const double q = mean(
          n, [&](double b) { return mean(n, [&](double c) { return over(m, x * factor(k, b) * factor(l, c)); }); });
      p += q / n, squares += q * q / n;
    }
    first[i] = (squares - p * p) / (p * (1 - p));
    total[i] = mean(n,
                    [&](double b) {
                      return mean(n, [&](double c) {
                        return mean(n, [&](double d) {
                          const double q = over(i, factor(k, b) * factor(l, c) * factor(m, d));
                          return q * (1 - q);
                        });
                      });
                    }) /
               (p * (1 - p));
  }
  const std::string from = ": between 0 and 1\n";
  const auto j = judged("  x1" + from + "  x2" + from + "  x3" + from + "  x4" + from,
                        "abs(4 * x1 - 2) * (abs(4 * x2 - 2) + 1) / 2 * (abs(4 * x3 - 2) + 4.5) / 5.5 * "
                        "(abs(4 * x4 - 2) + 9) / 10 > 1",
                        100'000, 4000);
  EXPECT_NEAR(j.finding().share, p, 4 * j.finding().error + 1e-3);
  for (int i = 0; i < 4; ++i) near_index(j, "x" + std::to_string(i + 1), first[i], total[i]);
}

// The diving board of OpenTURNS (use case "cantilever beam"): load lognormal of mean 300 N and deviation 30 N, length
// and moment of inertia correlated by a Gaussian copula, -0.2. The claim that it bends by more than 20 cm is ours.
TEST(PublishedModels, CantileverBeamWithACopula) {
  const boost::math::beta_distribution<> modulus(0.9, 3.5), inertia(2.5, 4.0);
  const double sigma = std::sqrt(std::log(1 + 0.01)), mu = std::log(300.0) - sigma * sigma / 2, rho = -0.2;
  const int n = 60;
  std::vector<double> e(n);
  for (int i = 0; i < n; ++i) e[i] = 65e9 + 10e9 * boost::math::quantile(modulus, (i + 0.5) / n);
  double p = 0;
  for (int i = 0; i < n; ++i)  // the length's normal score, and what is left of the other's
    for (int k = 0; k < n; ++k) {
      const double z = -5 + 10 * (i + 0.5) / n, w = -5 + 10 * (k + 0.5) / n;
      const double length = 2.5 + 0.1 * normal_cdf(z);
      const double u = normal_cdf(rho * z + std::sqrt(1 - rho * rho) * w);
      const double moment = 1.3e-7 + 0.4e-7 * boost::math::quantile(inertia, u);
      double inner = 0;
      for (const double modulus_of : e)
        inner += normal_cdf((mu - std::log(0.2 * 3 * modulus_of * moment / std::pow(length, 3))) / sigma) / n;
      p += inner * std::exp(-0.5 * (z * z + w * w)) / (2 * pi) * 0.01 * 100 * 100 / n / n;
    }
  const double rank = 6 / pi * std::asin(rho / 2);  // Spearman's of a normal pair (Pearson 1907)
  const auto j = judged(
      "  e: \"beta(0.9, 3.5, 65, 75)\"\n  i: \"beta(2.5, 4, 1.3, 1.7)\"\n  l: between 2.5 and 2.6\n"
      "  load: \"lognormal(" +
          std::to_string(std::exp(mu)) + ", " + std::to_string(sigma) + ")\"\n",
      "load * l ^ 3 / (3 * e * 1e9 * i * 1e-7) > 0.2", 200'000, 0,
      "together: {board: {numbers: [l, i], rank: " + std::to_string(rank) + "}}\n");
  std::printf("bends by more than 20 cm: %.5f, exact %.5f\n", j.finding().share, p);
  EXPECT_NEAR(j.finding().share, p, 4 * j.finding().error + 2e-3 * p);
}

// The first decision of the vignette of R's package voi (C. Jackson and others): net benefit p1 - p2 with p1 ~ N(1, 1)
// and p2 ~ N(0, 2). What a number is worth is told here as the fall of the expected Brier score of the claim that the
// net benefit is positive, which is the variance of the chance that is left once the number is known.
TEST(PublishedModels, WorthOfKnowingInTheVoiVignette) {
  const double p = normal_cdf(1 / std::sqrt(5.0));
  const auto square = [](double x) { return x * x; };
  const double worth1 = normal_mean([&](double z) { return square(normal_cdf((1 + z) / 2)); }) - p * p;
  const double worth2 = normal_mean([&](double z) { return square(normal_cdf(1 - 2 * z)); }) - p * p;
  const auto j = judged("  p1: normal(1, 1)\n  p2: normal(0, 2)\n", "p1 - p2 > 0", 100'000);
  EXPECT_NEAR(j.finding().share, p, 4 * j.finding().error + 1e-4);
  ASSERT_TRUE(j.driver("p1") && j.driver("p2"));
  EXPECT_NEAR(j.driver("p1")->worth, worth1, 0.004);
  EXPECT_NEAR(j.driver("p2")->worth, worth2, 0.004);
}

// Fermi's piano tuners: a product of ranges above 0 is lognormal, and its 95th percentile is known. The ranges are
// ours.
TEST(PublishedModels, PianoTuners) {
  const double z95 = 1.6448536269514722;
  const auto middle = [](double a, double b) { return 0.5 * (std::log(a) + std::log(b)); };
  const auto spread = [&](double a, double b) { return 0.5 * (std::log(b) - std::log(a)) / z95; };
  const double m = middle(8.1e6, 8.4e6) + middle(2, 10) - std::log(1000.0) - middle(2000, 50000);
  const double s =
      std::sqrt(std::pow(spread(8.1e6, 8.4e6), 2) + std::pow(spread(2, 10), 2) + std::pow(spread(2000, 50000), 2));
  for (const double z : {-z95, 0.0, z95}) {
    const auto j = judged("  people: 8100000 to 8400000\n  pianos: 2 to 10\n  tuned: 2000 to 50000\n",
                          "people * pianos / 1000 / tuned > " + std::to_string(std::exp(m + z * s)), 100'000);
    EXPECT_NEAR(j.finding().share, normal_cdf(-z), 4 * j.finding().error + 2e-4) << z;
  }
}

// A project of two tasks by three-point estimates (Malcolm and others 1959): how likely it costs more than 16. Costs
// are ours; the chance is a convolution.
TEST(PublishedModels, ProjectCost) {
  const auto shape = [](double low, double likely, double high) {
    return boost::math::beta_distribution<>(1 + 4 * (likely - low) / (high - low),
                                            1 + 4 * (high - likely) / (high - low));
  };
  const auto first = shape(4, 6, 12), second = shape(5, 7, 15);
  const double p = mean(4000, [&](double u) {
    const double left = 16 - (4 + 8 * boost::math::quantile(first, u));
    return left <= 5 ? 1.0 : left >= 15 ? 0.0 : boost::math::cdf(boost::math::complement(second, (left - 5) / 10));
  });
  const auto j = judged("  a: \"pert(4, 6, 12)\"\n  b: \"pert(5, 7, 15)\"\n", "a + b > 16", 100'000);
  EXPECT_NEAR(j.finding().share, p, 4 * j.finding().error + 2e-4);
  EXPECT_NEAR(j.doubt.findings[0].share, p, 0.005);
}
