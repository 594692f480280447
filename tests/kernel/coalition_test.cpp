// Published and recomputed games: values of players, core, nucleolus.
#include "entente/kernel/coalition.hpp"

#include <gtest/gtest.h>

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
