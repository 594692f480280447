// The balance kernel: small cases by hand, the equation itself integrated step by step, derivatives by differences,
// degenerate and hostile input.
#include "entente/kernel/balance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

using namespace entente;
using namespace entente::balance;

namespace {

using Matrix = std::vector<double>;

class Sequence {  // splitmix64
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double between(double low, double high) { return low + (high - low) * static_cast<double>(next() >> 11) * 0x1p-53; }
  std::size_t below(std::size_t n) { return next() % n; }

 private:
  std::uint64_t state_;
};

enum class Kind { dense, sparse, signs, definite, camps, kinds };

Matrix random_matrix(Sequence& rng, std::size_t n, Kind kind, double scale = 1) {
  Matrix x(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double v = rng.between(-1, 1);
      if (kind == Kind::sparse && rng.below(3) != 0) v = 0;
      if (kind == Kind::signs) v = static_cast<double>(rng.below(3)) - 1;
      if (kind == Kind::camps) v = (i < n / 2) == (j < n / 2) ? 1 : -1;
      if (i == j && rng.below(2)) v = 0;
      x[i * n + j] = x[j * n + i] = v * scale;
    }
  if (kind == Kind::definite) {  // minus a square: nothing positive
    Matrix y(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k) y[i * n + j] -= x[k * n + i] * x[k * n + j] / scale;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) y[i * n + j] = y[j * n + i];
    return y;
  }
  return x;
}

Dynamics analysed(const Matrix& x, std::size_t n) {
  Dynamics d;
  const auto done = analyse(x, n, d);
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  return d;
}
State state(const Dynamics& d, double t) {
  State s;
  const auto done = state_at(d, t, s);
  EXPECT_TRUE(done.has_value()) << (done ? "" : done.error().message);
  return s;
}
double norm(const Matrix& x, std::size_t n) {
  double most = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += std::abs(x[i * n + j]);
    most = std::max(most, sum);
  }
  return most;
}
Matrix square(const Matrix& x, std::size_t n) {
  Matrix y(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t j = 0; j < n; ++j) y[i * n + j] += x[i * n + k] * x[k * n + j];
  return y;
}
// The fourth-order Runge-Kutta method on dX/dt = X^2.
Matrix integrated(Matrix x, std::size_t n, double t, int steps) {
  const double h = t / steps;
  Matrix probe(n * n);
  for (int s = 0; s < steps; ++s) {
    const Matrix a = square(x, n);
    for (std::size_t i = 0; i < n * n; ++i) probe[i] = x[i] + h / 2 * a[i];
    const Matrix b = square(probe, n);
    for (std::size_t i = 0; i < n * n; ++i) probe[i] = x[i] + h / 2 * b[i];
    const Matrix c = square(probe, n);
    for (std::size_t i = 0; i < n * n; ++i) probe[i] = x[i] + h * c[i];
    const Matrix e = square(probe, n);
    for (std::size_t i = 0; i < n * n; ++i) x[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + e[i]);
  }
  return x;
}
void refused(const Matrix& x, std::size_t n, ErrorKind kind) {
  Dynamics d;
  const auto done = analyse(x, n, d);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().kind, kind);
  EXPECT_FALSE(done.error().message.empty());
}

}  // namespace

// One tie a: eigenvalues +-a, x(t) = a / (1 - a^2 t^2), diagonal a^2 t / (1 - a^2 t^2); t* = 1 / |a|.
TEST(Balance, TwoActors) {
  for (const double a : {0.5, -0.5}) {
    const Matrix x{0, a, a, 0};
    const auto d = analysed(x, 2);
    EXPECT_NEAR(d.divergence, 2, 1e-14);
    EXPECT_EQ(d.multiplicity, 1u);
    EXPECT_NEAR(d.gap, 2, 1e-14);
    EXPECT_EQ(d.side[0], 1);
    EXPECT_EQ(d.side[1], a > 0 ? 1 : -1);
    const auto s = state(d, 1);
    EXPECT_NEAR(s.x[1], a / 0.75, 1e-14);
    EXPECT_NEAR(s.x[0], 0.25 / 0.75, 1e-14);
    EXPECT_LT(check(x, d), 1e-15);
    EXPECT_LT(check(x, 2, s), 1e-15);
  }
}

// Two friends with a common foe: 1, -1, -1 off the diagonal is v v^T - I with v = (1, 1, -1), eigenvalues 2, -1, -1.
TEST(Balance, CommonFoe) {
  const Matrix x{0, 1, -1, 1, 0, -1, -1, -1, 0};
  const auto d = analysed(x, 3);
  EXPECT_NEAR(d.values[0], 2, 1e-14);
  EXPECT_NEAR(d.values[1], -1, 1e-14);
  EXPECT_NEAR(d.values[2], -1, 1e-14);
  EXPECT_NEAR(d.gap, 1.5, 1e-14);
  EXPECT_EQ(d.side, (std::vector<std::int8_t>{1, 1, -1}));
  // X(t) = 2 / (1 - 2t) v v^T / 3 - 1 / (1 + t) (I - v v^T / 3); at t = 1/4: 4/3 vv^T - 4/5 (I - vv^T/3).
  const auto s = state(d, 0.25);
  EXPECT_NEAR(s.x[1], 4.0 / 3 + 4.0 / 15, 1e-14);
  EXPECT_NEAR(s.x[2], -4.0 / 3 - 4.0 / 15, 1e-14);
  EXPECT_NEAR(s.x[0], 4.0 / 3 - 8.0 / 15, 1e-14);
  EXPECT_NEAR(d.limit[1], 1.0 / 3, 1e-14);
  EXPECT_NEAR(d.limit[2], -1.0 / 3, 1e-14);
}

// The menage a trois and the unit veto (Dittmer 1981): all ties 1 join; all ties -1 have the double eigenvalue 1, and
// which two of the three come together is left open.
TEST(Balance, DegenerateTriangle) {
  const auto joined = analysed({0, 1, 1, 1, 0, 1, 1, 1, 0}, 3);
  EXPECT_EQ(joined.side, (std::vector<std::int8_t>{1, 1, 1}));
  const Matrix veto{0, -1, -1, -1, 0, -1, -1, -1, 0};
  const auto d = analysed(veto, 3);
  EXPECT_EQ(d.multiplicity, 2u);
  EXPECT_NEAR(d.divergence, 1, 1e-14);
  EXPECT_EQ(d.side, (std::vector<std::int8_t>{0, 0, 0}));
  EXPECT_NEAR(d.limit[0], 2.0 / 3, 1e-14);
  EXPECT_NEAR(d.limit[1], -1.0 / 3, 1e-14);
  const auto s = state(d, 0.5);
  Matrix effect(9);
  const auto by_share = effects_of(d, s, 0, 1, Clock::share, effect);
  ASSERT_FALSE(by_share.has_value());
  EXPECT_EQ(by_share.error().kind, ErrorKind::invalid);
  EXPECT_TRUE(effects_of(d, s, 0, 1, Clock::time, effect).has_value());
}

TEST(Balance, ActorWithoutTiesIsUndecided) {
  const auto d = analysed({0, 1, 0, 1, 0, 0, 0, 0, 0}, 3);
  EXPECT_EQ(d.side, (std::vector<std::int8_t>{1, 1, 0}));
  EXPECT_EQ(d.limit[2], 0);
}

TEST(Balance, NothingPositiveNeverDiverges) {
  for (const Matrix& x : {Matrix{-1, 0, 0, 0}, Matrix{0, 0, 0, 0}, Matrix{-1, 1, 1, -1}}) {
    const auto d = analysed(x, 2);
    EXPECT_TRUE(std::isinf(d.divergence));
    EXPECT_EQ(d.multiplicity, 0u);
    const auto s = state(d, 1e6);
    for (const double v : s.x) EXPECT_LE(std::abs(v), 1.1e-6);
    State none;
    EXPECT_FALSE(state_at_share(d, 0.5, none).has_value());
  }
  const auto one = analysed({4}, 1);
  EXPECT_NEAR(one.divergence, 0.25, 1e-16);
  EXPECT_TRUE(std::isinf(one.gap));
  EXPECT_NEAR(state(one, 0.125).x[0], 8, 1e-14);
}

// The diagonal moves the clock by its own size and the factions not at all.
TEST(Balance, DiagonalMovesTheClockOnly) {
  Sequence rng(11);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t n = 3 + rng.below(8);
    Matrix x = random_matrix(rng, n, Kind::dense);
    for (std::size_t i = 0; i < n; ++i) x[i * n + i] = 0;
    const auto base = analysed(x, n);
    for (std::size_t i = 0; i < n; ++i) x[i * n + i] = 0.7;
    const auto moved = analysed(x, n);
    EXPECT_NEAR(1 / moved.divergence, 1 / base.divergence + 0.7, 1e-12);
    if (base.gap > 1e-4) {
      EXPECT_EQ(moved.side, base.side);
    }
  }
}

TEST(Balance, AgainstTheEquationStepByStep) {
  Sequence rng(3);
  int compared = 0;
  for (int trial = 0; trial < 1500; ++trial) {
    const std::size_t n = 1 + rng.below(9);
    const Matrix x = random_matrix(rng, n, static_cast<Kind>(trial % static_cast<int>(Kind::kinds)));
    const auto d = analysed(x, n);
    ASSERT_LT(check(x, d), 1e-14) << trial;
    const double t =
        std::isinf(d.divergence) ? rng.between(0, 3 / std::max(norm(x, n), 1.0)) : d.divergence * rng.between(0, 0.8);
    const auto s = state(d, t);
    ASSERT_LT(check(x, n, s), 1e-13) << trial;
    const Matrix y = integrated(x, n, t, 1200);
    const double scale = std::max(norm(s.x, n), 1e-3);
    for (std::size_t i = 0; i < n * n; ++i) ASSERT_NEAR(s.x[i], y[i], 1e-7 * scale) << trial;
    ++compared;
  }
  EXPECT_EQ(compared, 1500);
}

TEST(Balance, EffectsAgainstDifferences) {
  Sequence rng(5);
  int compared = 0;
  for (int trial = 0; trial < 3000; ++trial) {
    const std::size_t n = 2 + rng.below(7);
    const Matrix x = random_matrix(rng, n, static_cast<Kind>(trial % 4));
    const auto d = analysed(x, n);
    const bool ends = !std::isinf(d.divergence);
    if (ends && (d.multiplicity != 1 || d.gap < 0.02 || d.values[0] < 0.05)) continue;
    const double share = rng.between(0, 0.7), t = ends ? share * d.divergence : 1;
    const auto s = state(d, t);
    const std::size_t k = rng.below(n), l = rng.below(n);
    const auto moved = [&](double h) {
      Matrix y = x;
      y[k * n + l] += h;
      if (k != l) y[l * n + k] += h;
      return analysed(y, n);
    };
    const double h = 1e-5;
    const auto up = moved(h), down = moved(-h);
    Matrix effect(n * n);
    const auto compare = [&](const State& a, const State& b) {
      double scale = 1;
      for (const double e : effect) scale = std::max(scale, std::abs(e));
      for (std::size_t i = 0; i < n * n; ++i)
        ASSERT_NEAR(effect[i], (a.x[i] - b.x[i]) / (2 * h), 1e-5 * scale) << trial << " " << k << l;
    };
    if (t < 0.95 * std::min(up.divergence, down.divergence)) {
      ASSERT_TRUE(effects_of(d, s, k, l, Clock::time, effect).has_value());
      compare(state(up, t), state(down, t));
      ++compared;
    }
    if (!ends) continue;
    EXPECT_NEAR(divergence_effect(d, k, l), (up.divergence - down.divergence) / (2 * h),
                1e-4 * d.divergence * d.divergence);
    ASSERT_TRUE(effects_of(d, s, k, l, Clock::share, effect).has_value());
    compare(state(up, share * up.divergence), state(down, share * down.divergence));
  }
  EXPECT_GT(compared, 1500);
}

// Renaming actors renames the answer; twice the ties, half the time.
TEST(Balance, NamesAndUnits) {
  Sequence rng(7);
  for (int trial = 0; trial < 500; ++trial) {
    const std::size_t n = 2 + rng.below(9);
    const Matrix x = random_matrix(rng, n, Kind::dense);
    const auto d = analysed(x, n);
    Matrix y(n * n), z(n * n);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) {
        y[(n - 1 - i) * n + (n - 1 - j)] = x[i * n + j];
        z[i * n + j] = 1024 * x[i * n + j];
      }
    const auto turned = analysed(y, n), grown = analysed(z, n);
    if (std::isinf(d.divergence)) continue;
    EXPECT_NEAR(turned.divergence, d.divergence, 1e-9 * d.divergence);
    EXPECT_EQ(grown.divergence * 1024, d.divergence);  // a power of two is exact
    EXPECT_EQ(grown.vectors, d.vectors);
    if (d.gap < 1e-6) continue;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        if (std::min(std::abs(d.vectors[i]), std::abs(d.vectors[j])) < 1e-6) continue;
        EXPECT_EQ(d.side[i] * d.side[j], turned.side[n - 1 - i] * turned.side[n - 1 - j]) << trial;
      }
  }
}

TEST(Balance, EndsOfTheRange) {
  for (const double scale : {1e-98, 1e-50, 1e50, 1e99}) {
    Sequence rng(9);
    for (const Kind kind : {Kind::dense, Kind::sparse, Kind::signs, Kind::camps}) {
      const std::size_t n = 6;
      const Matrix x = random_matrix(rng, n, kind, scale);
      const auto d = analysed(x, n);
      EXPECT_LT(check(x, d), 1e-14);
      ASSERT_GT(d.divergence, 0);
      State s;
      ASSERT_TRUE(state_at_share(d, 0.5, s).has_value());
      EXPECT_LT(check(x, n, s), 1e-13);
    }
  }
  Sequence rng(13);
  const std::size_t n = 60;
  const Matrix large = random_matrix(rng, n, Kind::signs);
  EXPECT_LT(check(large, analysed(large, n)), 1e-13);
}

TEST(Balance, TheJudgesRefuseWhatIsWrong) {
  const Matrix x{0, 1, -1, 1, 0, -1, -1, -1, 0};
  auto d = analysed(x, 3);
  auto s = state(d, 0.25);
  s.x[1] += 1e-6;
  EXPECT_GT(check(x, 3, s), 1e-8);
  s = state(d, 0.25);
  s.velocity[4] += 1e-5;
  EXPECT_GT(check(x, 3, s), 1e-8);
  s.velocity[4] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isinf(check(x, 3, s)));
  d.values[0] += 1e-6;
  EXPECT_GT(check(x, d), 1e-8);
  d = analysed(x, 3);
  d.vectors[0] = -d.vectors[0];
  EXPECT_GT(check(x, d), 0.1);
}

TEST(Balance, BadInput) {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  refused({}, 0, ErrorKind::invalid);
  refused({0, 1, 1}, 2, ErrorKind::invalid);
  refused({0, 1, 0.5, 0}, 2, ErrorKind::invalid);
  refused({0, inf, inf, 0}, 2, ErrorKind::invalid);
  refused({0, nan, nan, 0}, 2, ErrorKind::invalid);
  refused({0, 1e101, 1e101, 0}, 2, ErrorKind::invalid);
  refused({0, 1e-200, 1e-200, 0}, 2, ErrorKind::invalid);
  refused({}, 1001, ErrorKind::too_large);
  const auto d = analysed({0, 1, 1, 0}, 2);
  State s;
  for (const double t : {-1.0, 1.0 + 1e-12, 2.0, inf, nan}) EXPECT_FALSE(state_at(d, t, s).has_value()) << t;
  for (const double t : {-0.1, 1.0, nan}) EXPECT_FALSE(state_at_share(d, t, s).has_value()) << t;
  ASSERT_TRUE(state_at(d, 0.5, s).has_value());
  Matrix effect(4), narrow(3);
  EXPECT_FALSE(effects_of(d, s, 0, 2, Clock::time, effect).has_value());
  EXPECT_FALSE(effects_of(d, s, 0, 1, Clock::time, narrow).has_value());
}
