// The balance kernel on random matrices against steps of Runge and Kutta, Gauss's elimination, Cholesky factors and
// finite differences; 2,000 from a fixed seed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

#include "entente/kernel/balance.hpp"
#include "kernel/balance_oracle.hpp"
#include "kernel/blocs_random.hpp"
#include "support/property.hpp"

namespace kernel = entente::balance;
using entente::ErrorKind;
using namespace entente::tests::balance;
using entente::tests::blocs::random::chance;
using entente::tests::blocs::random::pick;

namespace entente::tests::balance {
inline void showValue(const Matrix& x, std::ostream& os) {
  os.precision(17);
  for (std::size_t i = 0; i < x.n; ++i) {
    for (std::size_t j = 0; j < x.n; ++j) os << (j ? " " : "") << x(i, j);
    os << "\n";
  }
}
}  // namespace entente::tests::balance

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(2000);

/// Symmetric; whole small numbers (multiple eigenvalues happen), or any in [-1, 1], or over eight decades; the diagonal
/// 0 or not.
rc::Gen<Matrix> matrices(std::size_t most = 7) {
  return rc::gen::exec([=] {
    Matrix x(static_cast<std::size_t>(pick(1, static_cast<int>(most) + 1)));
    const int kind = pick(0, 3), density = *rc::gen::element(30, 60, 100);
    const bool diagonal = chance(50);
    for (std::size_t i = 0; i < x.n; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        if ((i == j && !diagonal) || !chance(density)) continue;
        const double sign = chance(50) ? -1 : 1;
        x(i, j) = x(j, i) = sign * (kind == 0   ? pick(0, 4)
                                    : kind == 1 ? pick(0, 1000001) * 1e-6
                                                : std::pow(10.0, pick(-400, 401) / 100.0));
      }
    return x;
  });
}

kernel::Dynamics analysed(const Matrix& x) {
  kernel::Dynamics d;
  RC_ASSERT(kernel::analyse(x.x, x.n, d).has_value());
  RC_ASSERT(d.actors == x.n);
  return d;
}

Matrix matrix(std::size_t n, const std::vector<double>& x) {
  Matrix m(n);
  RC_ASSERT(x.size() == n * n);
  m.x = x;
  return m;
}

double distance(const Matrix& a, const Matrix& b) { return norm(plus(a, -1, b)) / (norm(a) + norm(b) + 1e-300); }

/// The eigenvalue by halving: the largest l for which l I - X has no Cholesky factor, from far above.
double largest(const Matrix& x) {
  double low = -norm(x) * 1.01 - 1e-300, high = norm(x) * 1.01 + 1e-300;
  for (int i = 0; i < 70; ++i) {
    const double middle = low + (high - low) / 2;
    Matrix shifted(x.n);
    for (std::size_t k = 0; k < x.x.size(); ++k) shifted.x[k] = -x.x[k];
    for (std::size_t k = 0; k < x.n; ++k) shifted(k, k) += middle;
    (positive_definite(shifted) ? high : low) = middle;
  }
  return high;
}

TEST(Balance, DivergesWhenTheCholeskyFactorIsLost) {
  EXPECT_TRUE(rc::check("divergence", [] {
    const Matrix x = *matrices();
    const auto d = analysed(x);
    RC_ASSERT(kernel::check(x.x, d) <= 1e-12);
    const double l = largest(x), size = norm(x);
    RC_ASSERT(std::abs(d.values.front() - l) <= 1e-9 * size + 1e-300);
    RC_ASSERT(std::is_sorted(d.values.rbegin(), d.values.rend()));
    double trace = 0, squares = 0;
    for (std::size_t i = 0; i < x.n; ++i) trace += x(i, i) - d.values[i], squares += d.values[i] * d.values[i];
    RC_ASSERT(std::abs(trace) <= 1e-12 * size * static_cast<double>(x.n));
    RC_ASSERT(std::abs(squares - size * size) <= 1e-12 * size * size);
    const bool diverges = d.multiplicity > 0;
    if (std::abs(l) > 1e-8 * size + 1e-290) RC_ASSERT(diverges == (l > 0));
    RC_ASSERT(diverges == std::isfinite(d.divergence));
    if (l > 1e-6 * size + 1e-290) RC_ASSERT(std::abs(d.divergence / divergence(x) - 1) <= 1e-6);
  }));
}

TEST(Balance, TheStateIsThatOfSmallSteps) {
  EXPECT_TRUE(rc::check("X(t)", [] {
    const Matrix x = *matrices(6);
    const auto d = analysed(x);
    const double share = pick(0, 96) / 100.0;
    const double t = d.multiplicity ? share * d.divergence : norm(x) > 0 ? 5 * share / norm(x) : share;
    kernel::State s;
    RC_ASSERT(kernel::state_at(d, t, s).has_value());
    RC_ASSERT(s.time == t);
    RC_ASSERT(kernel::check(x.x, x.n, s) <= 1e-9);
    const Matrix now = matrix(x.n, s.x);
    // The condition of I - t X0 is what an error in t or X0 may grow by.
    const double noise = 1e-13 / (1 - share) / (1 - share);
    RC_ASSERT(distance(now, closed(x, t)) <= 1e3 * noise);
    RC_ASSERT(distance(matrix(x.n, s.resolvent), inverse(pencil(x, t))) <= 1e3 * noise);
    RC_ASSERT(distance(matrix(x.n, s.velocity), product(now, now)) <= 1e-11);
    if (d.multiplicity == 0 || d.divergence * norm(x) < 1e3)
      RC_ASSERT(distance(now, integrate(x, t)) <= 1e-7 / (1 - share));
    if (d.multiplicity) {
      kernel::State again;
      RC_ASSERT(kernel::state_at_share(d, share, again).has_value());
      RC_ASSERT(distance(matrix(x.n, again.x), now) <= 1e3 * noise);
    }
  }));
}

TEST(Balance, SidesAreWhatTheStateComesTo) {
  EXPECT_TRUE(rc::check("factions", [] {
    const Matrix x = *matrices();
    const auto d = analysed(x);
    RC_ASSERT(d.side.size() == x.n && d.limit.size() == x.n * x.n);
    if (!d.multiplicity) {
      for (const double p : d.limit) RC_ASSERT(p == 0);
      for (const auto side : d.side) RC_ASSERT(side == 0);
      return;
    }
    // So near the end the rest of X(t) is smaller than the pole by left / gap, and the rounding of l_1 is larger by
    // 1 / left.
    const double left = 1e-6;
    if (d.gap < 1e-2 || d.values.front() < 1e-3 * norm(x)) return;
    Matrix end = closed(x, d.divergence * (1 - left));
    for (double& v : end.x) v *= d.divergence * left;
    const Matrix limit = matrix(x.n, d.limit);
    RC_ASSERT(norm(plus(end, -1, limit)) <= 1e-3);
    double trace = 0;
    for (std::size_t i = 0; i < x.n; ++i) trace += limit(i, i);
    RC_ASSERT(std::abs(trace - static_cast<double>(d.multiplicity)) <= 1e-9);
    if (d.multiplicity > 1) {
      for (const auto side : d.side) RC_ASSERT(side == 0);
      return;
    }
    for (std::size_t i = 0; i < x.n; ++i) {
      for (std::size_t j = 0; j < x.n; ++j) {
        if (std::abs(end(i, j)) > 2e-3) RC_ASSERT(d.side[i] * d.side[j] == (end(i, j) > 0 ? 1 : -1));
      }
      if (limit(i, i) < 1e-24) RC_ASSERT(d.side[i] == 0);
    }
  }));
}

TEST(Balance, NamesAndUnitsDoNotMatter) {
  EXPECT_TRUE(rc::check("equivariance", [] {
    const Matrix x = *matrices();
    std::vector<std::size_t> place(x.n);
    for (std::size_t i = 0; i < x.n; ++i) place[i] = i;
    for (std::size_t i = x.n; i-- > 1;)
      std::swap(place[i], place[static_cast<std::size_t>(pick(0, static_cast<int>(i) + 1))]);
    const double unit = std::exp2(pick(-30, 31));
    Matrix y(x.n);
    for (std::size_t i = 0; i < x.n; ++i)
      for (std::size_t j = 0; j < x.n; ++j) y(place[i], place[j]) = unit * x(i, j);
    const auto a = analysed(x), b = analysed(y);
    for (std::size_t i = 0; i < x.n; ++i)
      RC_ASSERT(std::abs(unit * a.values[i] - b.values[i]) <= 1e-12 * unit * norm(x));
    RC_ASSERT(a.multiplicity == b.multiplicity);
    if (!a.multiplicity || a.values.front() < 1e-6 * norm(x)) return;
    RC_ASSERT(std::abs(a.divergence / unit / b.divergence - 1) <= 1e-6);
    if (a.gap < 1e-6) return;
    for (std::size_t i = 0; i < x.n; ++i)
      for (std::size_t j = 0; j < x.n; ++j) {
        RC_ASSERT(std::abs(a.limit[i * x.n + j] - b.limit[place[i] * x.n + place[j]]) <= 1e-6);
        if (std::abs(a.limit[i * x.n + j]) > 1e-6)
          RC_ASSERT(a.side[i] * a.side[j] == b.side[place[i]] * b.side[place[j]]);
      }
    kernel::State s, t;
    RC_ASSERT(kernel::state_at_share(a, 0.5, s).has_value() && kernel::state_at_share(b, 0.5, t).has_value());
    Matrix moved(x.n);
    for (std::size_t i = 0; i < x.n; ++i)
      for (std::size_t j = 0; j < x.n; ++j) moved(place[i], place[j]) = unit * s.x[i * x.n + j];
    RC_ASSERT(distance(moved, matrix(x.n, t.x)) <= 1e-9);
  }));
}

TEST(Balance, EffectsAreFiniteDifferences) {
  EXPECT_TRUE(rc::check("effects", [] {
    const Matrix x = *matrices(5);
    const auto d = analysed(x);
    if (d.multiplicity != 1 || d.gap < 1e-2 || d.values.front() < 1e-2 * norm(x)) return;
    const double share = pick(0, 80) / 100.0;
    kernel::State s;
    RC_ASSERT(kernel::state_at_share(d, share, s).has_value());
    const auto k = static_cast<std::size_t>(pick(0, static_cast<int>(x.n)));
    const auto l = static_cast<std::size_t>(pick(0, static_cast<int>(x.n)));
    const double h = 1e-5 * norm(x);
    const auto stepped = [&](double by) {
      Matrix y = x;
      y(k, l) += by;
      if (k != l) y(l, k) += by;
      return y;
    };
    const Matrix up = stepped(h), down = stepped(-h);
    for (const auto clock : {kernel::Clock::time, kernel::Clock::share}) {
      const bool fixed = clock == kernel::Clock::time;
      const Matrix a = closed(up, fixed ? s.time : share * divergence(up)),
                   b = closed(down, fixed ? s.time : share * divergence(down));
      Matrix difference = plus(a, -1, b);
      for (double& v : difference.x) v /= 2 * h;
      std::vector<double> effect(x.n * x.n);
      RC_ASSERT(kernel::effects_of(d, s, k, l, clock, effect).has_value());
      RC_ASSERT(norm(plus(matrix(x.n, effect), -1, difference)) <= 1e-3 * (1 + norm(difference)));
    }
    const double slope = (divergence(up) - divergence(down)) / (2 * h);
    const double unit = d.divergence / norm(x);
    RC_ASSERT(std::abs(kernel::divergence_effect(d, k, l) - slope) <= 1e-3 * (std::abs(slope) + unit));
  }));
}

TEST(Balance, TheJudgesComplain) {
  EXPECT_TRUE(rc::check("judges", [] {
    const Matrix x = *matrices();
    if (norm(x) == 0) return;
    auto d = analysed(x);
    kernel::State s;
    RC_ASSERT(kernel::state_at(d, 0.3 / norm(x), s).has_value());  // t* is at least 1 / norm
    RC_ASSERT(kernel::check(x.x, x.n, s) <= 1e-9);
    const auto at = static_cast<std::size_t>(pick(0, static_cast<int>(x.n * x.n)));
    for (const auto list : {&kernel::State::x, &kernel::State::resolvent, &kernel::State::velocity}) {
      kernel::State wrong = s;
      (wrong.*list)[at] += 1e-3 * norm(matrix(x.n, s.*list));
      RC_ASSERT(kernel::check(x.x, x.n, wrong) > 1e-6);
    }
    auto wrong = d;
    wrong.values[static_cast<std::size_t>(pick(0, static_cast<int>(x.n)))] += 1e-3 * norm(x);
    RC_ASSERT(kernel::check(x.x, wrong) > 1e-6);
    wrong = d;
    wrong.vectors[at] += 1e-3;
    RC_ASSERT(kernel::check(x.x, wrong) > 1e-6);
  }));
}

TEST(BalanceHostile, IsRefusedByKind) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  kernel::Dynamics d;
  const auto refused = [&](std::vector<double> x, std::size_t n, ErrorKind kind = ErrorKind::invalid) {
    const auto done = kernel::analyse(x, n, d);
    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().kind, kind) << done.error().message;
    EXPECT_FALSE(done.error().message.empty());
  };
  refused({}, 0);
  refused({1, 2, 3}, 2);
  refused({0, 1, -1, 0}, 2);
  refused({0, nan, nan, 0}, 2);
  refused({0, inf, inf, 0}, 2);
  refused({0, 1e101, 1e101, 0}, 2);
  refused({0, 5e-324, 5e-324, 0}, 2);
  refused({1}, std::numeric_limits<std::size_t>::max(), ErrorKind::too_large);
  refused({1}, std::size_t{1} << 32, ErrorKind::too_large);

  ASSERT_TRUE(kernel::analyse(std::vector<double>{0, 1, 1, 0}, 2, d).has_value());
  kernel::State s;
  std::vector<double> effect(4);
  for (const double t : {-0.1, d.divergence, 2.0, nan, inf, -inf})
    EXPECT_FALSE(kernel::state_at(d, t, s).has_value()) << t;
  for (const double t : {-0.1, 1.0, 2.0, nan, inf}) EXPECT_FALSE(kernel::state_at_share(d, t, s).has_value()) << t;
  ASSERT_TRUE(kernel::state_at(d, 0.5, s).has_value());
  EXPECT_FALSE(kernel::effects_of(d, s, 2, 0, kernel::Clock::time, effect).has_value());
  EXPECT_FALSE(kernel::effects_of(d, s, 0, 1, kernel::Clock::time, std::span(effect).first(3)).has_value());

  ASSERT_TRUE(kernel::analyse(std::vector<double>{1, 0, 0, 1}, 2, d).has_value());
  EXPECT_EQ(d.multiplicity, 2u);
  ASSERT_TRUE(kernel::state_at(d, 0.5, s).has_value());
  EXPECT_FALSE(kernel::effects_of(d, s, 0, 1, kernel::Clock::share, effect).has_value());
  EXPECT_TRUE(kernel::effects_of(d, s, 0, 1, kernel::Clock::time, effect).has_value());
  ASSERT_TRUE(kernel::analyse(std::vector<double>{-1, 0, 0, -1}, 2, d).has_value());
  EXPECT_FALSE(kernel::state_at_share(d, 0.5, s).has_value());
  EXPECT_TRUE(kernel::state_at(d, 1e300, s).has_value());
}

}  // namespace
