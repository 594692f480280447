// Published and recomputed games: values of players, core, nucleolus.
#include "entente/kernel/coalition.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>

#include "entente/kernel/coalition_exact.hpp"
#include "entente/kernel/coalition_sampling.hpp"

namespace entente::coalition {
namespace {

using Vector = std::vector<double>;

struct Case {
  const char* name;
  Vector worth, nucleolus, shapley;
};

Vector game(unsigned n, const std::function<double(Mask)>& v) {
  Vector worth(std::size_t{1} << n);
  for (Mask s = 1; s < worth.size(); ++s) worth[s] = v(s);
  return worth;
}
double sum(Mask s, const Vector& w) {
  double total = 0;
  for (std::size_t i = 0; i < w.size(); ++i)
    if (s >> i & 1u) total += w[i];
  return total;
}
// v(S) = max(0, E - claims of the others): O'Neill 1982; Aumann and Maschler 1985, doi:10.1016/0022-0531(85)90102-4.
Vector bankruptcy(double estate, const Vector& claims) {
  const double all = std::accumulate(claims.begin(), claims.end(), 0.0);
  return game(static_cast<unsigned>(claims.size()),
              [&](Mask s) { return std::max(0.0, estate - (all - sum(s, claims))); });
}
Vector weighted(double quota, const Vector& w) {
  return game(static_cast<unsigned>(w.size()), [&](Mask s) { return sum(s, w) >= quota ? 1.0 : 0.0; });
}
// Curiel 1997: sellers 1-3, buyers 4-5; the best assignment of the members.
Vector house_market() {
  const double profit[3][2] = {{0, 50}, {50, 0}, {20, 30}};
  return game(5, [&](Mask s) {
    double best = 0;
    for (int a = -1; a < 3; ++a)
      for (int b = -1; b < 3; ++b) {
        if (a >= 0 && a == b) continue;
        double v = 0;
        if (a >= 0 && s >> a & 1u && s & 8u) v += profit[a][0];
        if (b >= 0 && s >> b & 1u && s & 16u) v += profit[b][1];
        best = std::max(best, v);
      }
    return best;
  });
}
// Worths listed by size, then lexicographically (1, 2, 3, 12, 13, 23, 123).
Vector by_size(const Vector& v) { return {0, v[0], v[1], v[3], v[2], v[4], v[5], v[6]}; }

std::vector<Case> catalogue() {
  const double third = 100.0 / 3;
  return {
      {"bankruptcy 100", bankruptcy(100, {100, 200, 300}), {third, third, third}, {third, third, third}},
      {"bankruptcy 200", bankruptcy(200, {100, 200, 300}), {50, 75, 75}, {third, 250.0 / 3, 250.0 / 3}},
      {"bankruptcy 300", bankruptcy(300, {100, 200, 300}), {50, 100, 150}, {50, 100, 150}},
      {"bankruptcy 250",
       bankruptcy(250, {60, 90, 150, 210}),
       {30, 45, 75, 100},
       {29 + 1.0 / 6, 44 + 1.0 / 6, 74 + 1.0 / 6, 102.5}},
      {"house market", house_market(), {10, 15, 0, 35, 40}, {16, 58.0 / 3, 23.0 / 3, 83.0 / 3, 88.0 / 3}},
      {"three", {0, 1, 3, 6, 5, 7, 8, 12}, {2.5, 4, 5.5}, {2.5, 4, 5.5}},
      {"three, other singles", {0, 1, 2, 6, 5, 7, 8, 12}, {2.75, 3.75, 5.5}, {8.0 / 3, 11.0 / 3, 17.0 / 3}},
      {"Lemaire 1991",
       by_size({46125, 17437.5, 5812.5, 69187.5, 53812.5, 30750, 90000}),
       {52687.5, 24468.75, 12843.75},
       {51750, 25875, 12375}},
      {"Ferguson", by_size({-1, 0, 1, 3, 4, 2, 5}), {8.0 / 3, 2.0 / 3, 5.0 / 3}, {5.0 / 3, 7.0 / 6, 13.0 / 6}},
      {"empty core", by_size({2, 6, 5, 15, 1, 18, 14}), {2, 7, 5}, {1.0 / 6, 32.0 / 3, 19.0 / 6}},
      {"apex", weighted(3, {2, 1, 1, 1}), {.4, .2, .2, .2}, {.5, 1.0 / 6, 1.0 / 6, 1.0 / 6}},
      {"gloves",
       game(3, [](Mask s) { return (s & 1u) && (s & 6u) ? 1.0 : 0.0; }),
       {1, 0, 0},
       {2.0 / 3, 1.0 / 6, 1.0 / 6}},
      {"airport savings",
       game(3,
            [](Mask s) {
              double total = 0, most = 0;
              for (unsigned i = 0; i < 3; ++i)
                if (s >> i & 1u) {
                  total += i + 1;
                  most = i + 1;
                }
              return total - most;
            }),
       {.5, 1.25, 1.25},
       {2.0 / 3, 7.0 / 6, 7.0 / 6}},
      {"EEC 1958",
       weighted(12, {4, 4, 4, 2, 2, 1}),
       {.25, .25, .25, .125, .125, 0},
       {7.0 / 30, 7.0 / 30, 7.0 / 30, .15, .15, 0}},
  };
}

void near(const Vector& a, const Vector& b, double scale, const char* what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-9 * scale) << what << ", player " << i + 1;
}
double scale(const Vector& v) {
  double s = 1;
  for (const double x : v) s = std::max(s, std::abs(x));
  return s;
}

TEST(Coalition, Catalogue) {
  for (const auto& c : catalogue()) {
    SCOPED_TRACE(c.name);
    Vector x(c.shapley.size());
    ASSERT_TRUE(shapley(c.worth, x));
    near(x, c.shapley, scale(c.worth), "Shapley");
    const auto k = nucleolus(c.worth);
    ASSERT_TRUE(k);
    near(k->payoff, c.nucleolus, scale(c.worth), "nucleolus");
    EXPECT_TRUE(k->kohlberg);
    const auto alone = weighted_shapley(c.worth, Vector(x.size(), 2.5), x);
    ASSERT_TRUE(alone);
    near(x, c.shapley, scale(c.worth), "Shapley with equal weights");
  }
}

TEST(Coalition, UnionsAndLinks) {
  const Vector v = house_market();
  Vector x(5);
  const Mask unions[] = {0b10101, 0b01010};
  ASSERT_TRUE(owen(v, unions, x));
  near(x, {15, 20, 5, 30, 30}, 100, "Owen");
  const Link links[] = {{0, 1}, {0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 4}};
  ASSERT_TRUE(myerson(v, links, x));
  near(x, {23.0 / 3, 11, 41, 58.0 / 3, 21}, 100, "Myerson");
}

// docs/methods/coalition.md, "An example by hand".
TEST(Coalition, ExampleOfTheMethodPage) {
  const Vector v = bankruptcy(200, {100, 200, 300});
  Vector d = v, x(3);
  dividends(d);
  near(d, {0, 0, 0, 0, 0, 0, 100, 100}, 100, "dividends");
  worths_from_dividends(d);
  near(d, v, 100, "and back");
  ASSERT_TRUE(shapley(v, x));
  near(x, {100.0 / 3, 250.0 / 3, 250.0 / 3}, 100, "Shapley");
  ASSERT_TRUE(weighted_shapley(v, Vector{1, 1, 2}, x));
  near(x, {25, 175.0 / 3, 350.0 / 3}, 100, "weighted Shapley");
  ASSERT_TRUE(banzhaf(v, x));
  near(x, {25, 75, 75}, 100, "Banzhaf");
  ASSERT_TRUE(normalised_banzhaf(v, x).value());
  near(x, {200.0 / 7, 600.0 / 7, 600.0 / 7}, 100, "normalised Banzhaf");
  const Mask unions[] = {0b011, 0b100};
  ASSERT_TRUE(owen(v, unions, x));
  near(x, {25, 75, 100}, 100, "Owen");
  const Link links[] = {{0, 1}, {0, 2}};
  ASSERT_TRUE(myerson(v, links, x));
  near(x, {200.0 / 3, 200.0 / 3, 200.0 / 3}, 100, "Myerson");
  ASSERT_TRUE(solidarity(v, x));
  near(x, {500.0 / 9, 650.0 / 9, 650.0 / 9}, 100, "solidarity");
  const auto k = nucleolus(v);
  ASSERT_TRUE(k);
  near(k->payoff, {50, 75, 75}, 100, "nucleolus");
  near(k->levels, {-50, -75}, 100, "levels");
  const auto c = core(v);
  ASSERT_TRUE(c);
  EXPECT_FALSE(c->empty);
  EXPECT_NEAR(c->epsilon, -50, 1e-9);
}

TEST(Coalition, CoreIsProvedEitherWay) {
  for (const auto& g : catalogue()) {
    SCOPED_TRACE(g.name);
    const auto n = static_cast<unsigned>(g.shapley.size());
    const auto c = core(g.worth);
    ASSERT_TRUE(c);
    if (c->empty) {
      EXPECT_LT(imbalance(n, c->coalitions, c->weights), 1e-12);
      EXPECT_LE(c->coalitions.size(), n);
      double worth = 0;
      for (std::size_t k = 0; k < c->weights.size(); ++k) {
        EXPECT_GT(c->weights[k], 0);
        worth += c->weights[k] * g.worth[c->coalitions[k]];
      }
      EXPECT_NEAR(worth, g.worth.back() + c->margin, 1e-9 * scale(g.worth));
      EXPECT_GT(c->margin, 0);
    } else {
      EXPECT_LE(largest_excess(g.worth, c->payoff), 1e-9 * scale(g.worth));
    }
  }
}

TEST(Coalition, ExactFractions) {
  const std::vector<std::int64_t> gloves{0, 0, 0, 1, 0, 1, 0, 1};
  const auto s = exact_shapley(gloves);
  ASSERT_TRUE(s);
  EXPECT_EQ(to_text((*s)[0]), "2/3");
  EXPECT_EQ(to_text((*s)[2]), "1/6");
  EXPECT_EQ(to_text((*exact_shapley(gloves, 4))[0]), "1/6");
  EXPECT_EQ(to_text((*exact_banzhaf(gloves))[0]), "3/4");
  EXPECT_EQ(to_text(reduced(6, -4)), "-3/2");
  EXPECT_EQ(to_text(reduced(0, 7)), "0");
  EXPECT_FALSE(exact_shapley(gloves, 0));
  EXPECT_FALSE(exact_shapley({}));
  std::vector<std::int64_t> large(std::size_t{1} << 22, 1'000'000'000'000'000'000);
  large[0] = 0;
  EXPECT_EQ(exact_shapley(large).error().kind, ErrorKind::too_large);  // 22! times 10^18
}

TEST(Coalition, SamplingComesNearWithItsStandardErrors) {
  const Vector v = weighted(8, {4, 3, 3, 2, 2, 1});
  Vector exact(6);
  const Oracle oracle = [&](std::uint64_t s) { return v[s]; };
  for (const Design d : {Design::plain, Design::antithetic, Design::stratified}) {
    ASSERT_TRUE(shapley(v, exact));
    const auto s = sampled_shapley(6, oracle, {.samples = 20000, .seed = 5, .design = d});
    ASSERT_TRUE(s);
    EXPECT_GE(s->samples, 20000u);
    double total = 0;
    for (unsigned i = 0; i < 6; ++i) {
      EXPECT_NEAR(s->value[i], exact[i], 5 * s->standard_error[i]);
      EXPECT_LT(s->standard_error[i], 0.01);
      total += s->value[i];
    }
    EXPECT_NEAR(total, 1, 1e-12);
    const auto again = sampled_shapley(6, oracle, {.samples = 20000, .seed = 5, .design = d, .threads = 3});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->value, s->value);
    ASSERT_TRUE(banzhaf(v, exact));
    const auto b = sampled_banzhaf(6, oracle, {.samples = 20000, .seed = 5, .design = d});
    ASSERT_TRUE(b);
    for (unsigned i = 0; i < 6; ++i) EXPECT_NEAR(b->value[i], exact[i], 5 * b->standard_error[i]);
  }
  EXPECT_FALSE(sampled_shapley(65, oracle));
  EXPECT_FALSE(sampled_shapley(6, oracle, {.samples = 0}));
  EXPECT_FALSE(sampled_shapley(6, {}));
  EXPECT_FALSE(sampled_shapley(3, [](std::uint64_t) { return std::nan(""); }));
  EXPECT_FALSE(sampled_shapley(3, [](std::uint64_t) { return 1.0; }));
  const std::atomic<bool> stop{true};
  EXPECT_EQ(sampled_shapley(6, oracle, {.cancel = &stop}).error().kind, ErrorKind::cancelled);
}

TEST(Coalition, TestsNameWhatBreaksThem) {
  const Vector v = {0, 1, 1, 3, 1, 1, 2, 4};  // 13 is worth less than 1 and 3 alone
  const auto s = superadditivity_violation(v);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->a | s->b, 5u);
  EXPECT_EQ(s->a & s->b, 0u);
  EXPECT_DOUBLE_EQ(s->gap, 1);
  const auto c = convexity_violation(v);
  ASSERT_TRUE(c);
  EXPECT_DOUBLE_EQ(v[c->a] + v[c->b] - v[c->a | c->b] - v[c->a & c->b], c->gap);
  EXPECT_TRUE(convex(bankruptcy(300, {100, 200, 300})));
  EXPECT_TRUE(superadditive(house_market()));
  EXPECT_FALSE(convex(house_market()));
}

TEST(Coalition, Complaints) {
  Vector x(2);
  EXPECT_FALSE(shapley(Vector{0, 1, 2}, x));
  EXPECT_FALSE(shapley(Vector{1, 1, 2, 3}, x));
  EXPECT_FALSE(shapley(Vector{0, 1, std::nan(""), 3}, x));
  EXPECT_FALSE(shapley(Vector{0, 1}, x));
  const Vector v{0, 1, 1, 3};
  EXPECT_FALSE(weighted_shapley(v, Vector{1, 0}, x));
  EXPECT_FALSE(weighted_shapley(v, Vector{1}, x));
  const Mask twice[] = {1, 3}, beyond[] = {4}, nobody[] = {0};
  EXPECT_FALSE(owen(v, twice, x));
  EXPECT_FALSE(owen(v, beyond, x));
  EXPECT_FALSE(owen(v, nobody, x));
  const Link far[] = {{0, 2}}, self[] = {{1, 1}};
  EXPECT_FALSE(myerson(v, far, x));
  EXPECT_FALSE(myerson(v, self, x));
  EXPECT_FALSE(nucleolus(Vector{0, 1, 2}));
  EXPECT_FALSE(kohlberg(v, Vector{1}));
  EXPECT_FALSE(kohlberg(v, Vector{1, 2}, Rationality::none, std::nan("")));
  EXPECT_FALSE(nucleolus(v, {.tolerance = std::nan("")}));
  EXPECT_FALSE(least_core(v, {.tolerance = -1}));
  EXPECT_FALSE(nucleolus(Vector{0, 2, 2, 3})->exists);
  EXPECT_EQ(nucleolus(Vector(std::size_t{1} << 26, 0.0)).error().kind, ErrorKind::too_large);
  const auto none = normalised_banzhaf(Vector{0, 1, -1, 0}, x);
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

TEST(Coalition, HostileNumbersEndCalmly) {
  for (const double big : {1e308, 1e-308, 5e-324, -1e308}) {
    const Vector v{0, big, 0, big, -big, big, big / 3, big};
    const auto k = nucleolus(v, {.rationality = Rationality::none});
    if (k) {
      for (const double a : k->payoff) EXPECT_FALSE(std::isnan(a));
    }
    (void)least_core(v);
  }
}

TEST(Coalition, PelegSudhoelter) {
  const Vector v = by_size({0, 0, 0, 10, 0, 0, 2});
  const auto pre = nucleolus(v, {.rationality = Rationality::none});
  ASSERT_TRUE(pre);
  near(pre->payoff, {3, 3, -4}, 10, "prenucleolus");
  EXPECT_TRUE(pre->kohlberg);
  const auto k = nucleolus(v);
  ASSERT_TRUE(k);
  near(k->payoff, {1, 1, 0}, 10, "nucleolus");
}

}  // namespace
}  // namespace entente::coalition
