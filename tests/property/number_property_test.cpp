// Properties of numbers: distributions stay in their domain and their quantile and distribution functions are inverse;
// what is printed is read back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/number/number.hpp"
#include "support/property.hpp"
#include "support/reading.hpp"

using namespace entente;
using namespace entente::number;

namespace {

const bool set = tests::instances(5000);
constexpr double infinity = std::numeric_limits<double>::infinity();

rc::Gen<double> real(double lo, double hi) {
  return rc::gen::map(rc::gen::resize(100, rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 52)),
                      [=](std::int64_t k) { return lo + (hi - lo) * static_cast<double>(k) * 0x1p-52; });
}
rc::Gen<double> magnitude(int from, int to) {
  return rc::gen::map(real(from, to), [](double e) { return std::pow(10, e); });
}

// A domain of one of the shapes that places have, and two points inside with low < high.
struct Somewhere {
  Domain domain;
  double low = 0, high = 0;
};
rc::Gen<Somewhere> place() {
  return rc::gen::mapcat(rc::gen::resize(100, rc::gen::inRange(0, 9)), [](int k) {
    return rc::gen::map(
        rc::gen::tuple(real(0.001, 0.5), real(0.5001, 0.999), magnitude(-6, 8), real(0.01, 0.99)),
        [k](const std::tuple<double, double, double, double>& t) {
          const auto [a, b, scale, c] = t;
          const Domain shifted{3, infinity, false, true}, under{-infinity, -2, true, false}, open{-1, 4, true, true};
          switch (k) {
            case 0:
              return Somewhere{Domain::real(), scale * (a - 0.7), scale * b};
            case 1:
              return Somewhere{Domain::positive(), scale * a, scale * b};
            case 2:
              return Somewhere{Domain::non_negative(), scale * a * c, scale * b};
            case 3:
              return Somewhere{Domain::negative(), -scale * b, -scale * a};
            case 4:
              return Somewhere{Domain::share(), a, b};
            case 5:
              return Somewhere{Domain::tie(), 2 * a - 1, 2 * b - 1};
            case 6:
              return Somewhere{shifted, 3 + scale * a, 3 + scale * b};
            case 7:
              return Somewhere{under, -2 - scale * b, -2 - scale * a};
            default:
              return Somewhere{open, -1 + 5 * a, -1 + 5 * b};
          }
        });
  });
}

// Any continuous distribution that a place may hold.
std::optional<Distribution> make(const Somewhere& p, int which, double share) {
  const double middle = p.low + share * (p.high - p.low), width = p.high - p.low;
  const auto cut = [&](Result<Distribution> d) -> std::optional<Distribution> {
    if (d) d = d->within(p.domain);
    if (!d) return std::nullopt;
    return *d;
  };
  const auto given = [](Result<Distribution> d) -> std::optional<Distribution> {
    if (!d) return std::nullopt;
    return *d;
  };
  switch (which) {
    case 0:
      return given(Distribution::interval(p.low, p.high, p.domain));
    case 1:
      return given(Distribution::interval(p.low, p.high, middle, p.domain));
    case 2:
      return cut(Distribution::uniform(p.low, p.high));
    case 3:
      return cut(Distribution::normal(middle, width));
    case 4:
      return cut(Distribution::triangular(p.low, middle, p.high));
    case 5:
      return cut(Distribution::beta(0.2 + 5 * share, 4 - 3.5 * share, p.low, p.high));
    case 6:
      return p.low > 0 ? cut(Distribution::lognormal(middle, 0.05 + share)) : std::nullopt;
    default:
      return cut(Distribution::triangular(p.low, p.low, p.high));
  }
}

const double corners[]{0,   1e-320, 1e-300, 1e-20, 0x1p-60, 1e-12,    1e-6,      0.01,        0.05,
                       0.3, 0.5,    0.7,    0.95,  0.99,    1 - 1e-6, 1 - 1e-12, 1 - 0x1p-53, 1};

}  // namespace

TEST(NumberProperty, NoDrawLeavesItsDomainAndQuantilesRise) {
  EXPECT_TRUE(rc::check([] {
    const Somewhere p = *place();
    const auto d = make(p, *rc::gen::resize(100, rc::gen::inRange(0, 8)), *real(0.05, 0.95));
    if (!d) return;
    double before = -infinity;
    auto us = *rc::gen::container<std::vector<double>>(20, real(0, 1));
    us.insert(us.end(), std::begin(corners), std::end(corners));
    std::ranges::sort(us);
    for (const double u : us) {
      const double x = d->quantile(u);
      RC_ASSERT(std::isfinite(x));
      RC_ASSERT(p.domain.holds(x));
      RC_ASSERT(x >= before - 1e-13 * std::abs(before));  // beta's and erfc's last bits may tremble
      RC_ASSERT(x >= d->lower() && x <= d->upper());
      before = std::max(before, x);
    }
  }));
}

TEST(NumberProperty, QuantileAndDistributionFunctionAreInverse) {
  EXPECT_TRUE(rc::check([] {
    const Somewhere p = *place();
    const auto d = make(p, *rc::gen::resize(100, rc::gen::inRange(0, 8)), *real(0.05, 0.95));
    if (!d) return;
    const double u = *real(0.0001, 0.9999);
    const double x = d->quantile(u);
    // The value is rounded to a double: its distribution function may move by the density times that.
    const double step = std::max(std::abs(x), std::abs(p.domain.lo == -infinity ? 0 : p.domain.lo)) * 1e-14 + 1e-300;
    const double slack = 1e-9 + (d->cdf(x + step) - d->cdf(x - step));
    RC_LOG() << d->describe() << " u " << u << " x " << x << " cdf " << d->cdf(x) << "\n";
    RC_ASSERT(std::abs(d->cdf(x) - u) < slack);
  }));
}

TEST(NumberProperty, IntervalsHoldTheirStatedPoints) {
  EXPECT_TRUE(rc::check([] {
    const Somewhere p = *place();
    const double share = *real(0.02, 0.98), mode = p.low + share * (p.high - p.low);
    const double size = std::max(std::abs(p.low), std::abs(p.high));
    const auto plain = Distribution::interval(p.low, p.high, p.domain);
    RC_ASSERT(plain.has_value());
    RC_ASSERT(std::abs(plain->quantile(0.05) - p.low) < 1e-12 * size);
    RC_ASSERT(std::abs(plain->quantile(0.95) - p.high) < 1e-12 * size);
    const auto two = Distribution::interval(p.low, p.high, mode, p.domain);
    if (!two) {  // refused where the bound leaves too little; without a domain never
      RC_ASSERT(p.domain.lo != -infinity || p.domain.hi != infinity);
      return;
    }
    // Where no density with its hump at the mode keeps both points within the domain, they move, and W0215 says so;
    // without a domain they never do, and the mode lies between them.
    const double w = two->cdf(mode);
    RC_ASSERT(w > 0 && w < 1);
    if (p.domain.lo == -infinity && p.domain.hi == infinity) {
      RC_ASSERT(std::abs(two->quantile(0.05) - p.low) < 1e-9 * size);
      RC_ASSERT(std::abs(two->quantile(0.95) - p.high) < 1e-9 * size);
      RC_ASSERT(w > 0.05 && w < 0.95);
    }
  }));
}

TEST(NumberProperty, ScalingMultipliesEveryQuantile) {
  EXPECT_TRUE(rc::check([] {
    const Somewhere p = *place();
    const auto d = make(p, *rc::gen::resize(100, rc::gen::inRange(0, 8)), *real(0.05, 0.95));
    if (!d) return;
    const double k = *magnitude(-6, 6);
    const auto s = d->scaled(k);
    for (const double u : {0.001, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999}) {
      const double x = d->quantile(u);
      RC_ASSERT(std::abs(s.quantile(u) - k * x) <= 1e-11 * k * std::max(std::abs(x), std::abs(d->quantile(0.5))));
      // A beta's density may be infinite at an end, and then the last bit of a value weighs much.
      if (d->family() != Family::beta) RC_ASSERT(std::abs(s.cdf(s.quantile(u)) - d->cdf(x)) < 1e-7);
    }
  }));
}

TEST(NumberProperty, CuttingConditionsOnTheDomain) {
  EXPECT_TRUE(rc::check([] {
    const double mean = *real(-1, 1), sd = *magnitude(-2, 1);
    const Domain domain{mean - sd * *real(0, 3), mean + sd * *real(0, 3), true, true};
    const auto whole = Distribution::normal(mean, sd);
    const auto cut = whole->within(domain);
    const double below = whole->cdf(domain.lo), inside = whole->cdf(domain.hi) - below;
    if (std::abs(inside - 0.5) < 1e-9) return;
    RC_ASSERT(cut.has_value() == (inside >= 0.5));
    if (!cut) return;
    const double x = domain.lo + *real(0.001, 0.999) * (domain.hi - domain.lo);
    RC_ASSERT(std::abs(cut->cdf(x) - (whole->cdf(x) - below) / inside) < 1e-12);
    RC_ASSERT(cut->quantile(0) > domain.lo && cut->quantile(1) < domain.hi);
  }));
}

TEST(NumberProperty, EventsAndChoicesHaveTheirShares) {
  EXPECT_TRUE(rc::check([] {
    const auto n = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(1, 8));
    std::vector<Distribution::Branch> branches;
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      branches.push_back({*real(-10, 10), *rc::gen::element(0.0, 0.1, 0.5, 1.0, 2.0)});
      sum += branches.back().weight;
    }
    if (sum == 0) return;
    for (auto& b : branches) b.weight /= sum;
    const auto d = Distribution::choice(branches);
    RC_ASSERT(d.has_value());
    std::vector<double> share(n, 0);
    constexpr int steps = 1000;
    for (int i = 0; i < steps; ++i) {
      const double x = d->quantile((i + 0.5) / steps);
      bool found = false;
      for (std::size_t b = 0; b < n && !found; ++b)
        if (branches[b].value == x && branches[b].weight > 0) share[b] += 1.0 / steps, found = true;
      RC_ASSERT(found);
    }
    for (std::size_t b = 0; b < n; ++b) RC_ASSERT(std::abs(share[b] - branches[b].weight) < 2.1 / steps);
    const double p = *real(0, 1), k = *magnitude(-3, 3);
    const auto e = Distribution::event(p)->scaled(k);
    for (const double u : {0.001, 0.2, 0.5, 0.9, 0.999})
      if (std::abs(u - (1 - p)) > 1e-9) RC_ASSERT(e.quantile(u) == (u < 1 - p ? 0 : k));
  }));
}

TEST(NumberProperty, WhatIsPrintedIsReadBack) {
  EXPECT_TRUE(rc::check([] {
    const double sign = *rc::gen::element(-1.0, 1.0);
    const double a = sign * *magnitude(-30, 30), b = a + std::abs(a) * *magnitude(-6, 3);
    const auto read = [](const std::string& text, const Expected& e) {
      SourceMap sources;
      const auto file = sources.add("n", text);
      Diagnostics out;
      const auto n = parse_number(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, e, out);
      RC_LOG() << text << "\n" << render(out, sources);
      RC_ASSERT(n.has_value());
      return n->distribution;
    };
    const Expected real{.unit = *parse_unit("USD/kcm"), .domain = Domain::real()};
    RC_ASSERT(read(show(a, 17), real).median() == a);
    RC_ASSERT(read(show(a, 17) + " USD/kcm", real).median() == a);
    if (b > a) {
      const auto d = read("between " + show(a, 17) + " and " + show(b, 17), real);
      RC_ASSERT(d.lower() == a && d.upper() == b);
      const auto i = read(show(a, 17) + " to " + show(b, 17) + " USD/kcm", real);
      const auto same = Distribution::interval(a, b, Domain::real());
      for (const double u : {0.01, 0.05, 0.5, 0.6, 0.95}) RC_ASSERT(i.quantile(u) == same->quantile(u));
    }
    const int digits = *rc::gen::resize(100, rc::gen::inRange(1, 16));
    const double rounded = std::stod(show(a, digits));
    RC_ASSERT(std::abs(rounded - a) <= std::abs(a) * std::pow(10, 1 - digits) * 0.5000001);
    RC_ASSERT(show(rounded, digits) == show(a, digits));
  }));
}

TEST(NumberProperty, RandomTextNeverCrashesAndPointsInside) {
  static const std::vector<std::string> pieces{
      "5", "3.5",     "1e3",   "13,600",  " ",           " ",  "to",   "likely",  "between", "and",   "+-",
      "%", "USD/kcm", "bcm",   "B USD",   "chance",      "@",  "@ft",  "/B2",     "(",       ")",     ",",
      ":", "choice(", "beta(", "normal(", "triangular(", "=",  "*",    "/",       "-",       "brent", "min(",
      "<", "nan",     "1e999", "±",       "é",           "\n", "with", "without", "not ",    "0"};
  EXPECT_TRUE(rc::check([] {
    const auto which = *rc::gen::container<std::vector<std::size_t>>(
        rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, pieces.size())));
    std::string text;
    for (const auto i : which) text += pieces[i];
    const Expected all[]{{.unit = *parse_unit("USD/kcm"), .domain = Domain::positive()},
                         {.domain = Domain::share(), .chance_allowed = true},
                         {.unit_known = false, .domain_known = false}};
    for (const auto& e : all) {
      SourceMap sources;
      const auto file = sources.add("n", text);
      Diagnostics out;
      const auto n = parse_number(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true}, e, out);
      RC_ASSERT(n.has_value() == out.ok());
      for (const auto& d : out.all()) RC_ASSERT(d.span.begin <= d.span.end && d.span.end <= text.size());
      if (n && n->form == Form::distribution)
        for (const double u : corners) {
          RC_ASSERT(n->domain.holds(n->distribution.quantile(u)));
          RC_ASSERT(std::isfinite(n->distribution.quantile(u)));
        }
    }
  }));
}
