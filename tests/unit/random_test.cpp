// The random numbers against published vectors, against what a permutation and a Latin hypercube are by definition, and
// against chance: every statistical test has a fixed seed and a threshold at the 1e-6 level of its null distribution.
#include "entente/base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

using namespace entente;

namespace {
using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}
}  // namespace

// Random123 1.14, tests/kat_vectors, philox4x32 with ten rounds.
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox(Counter{0, 0, 0, 0}, Key{0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox(Counter{ones, ones, ones, ones}, Key{ones, ones}),
            (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox(Counter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, Key{0xa4093822, 0x299f31d0}),
            (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

// Kept for ever: a draw of a saved slice must mean the same tomorrow and on every machine. The values come from a
// second implementation in another language (Python's integers of any length).
TEST(Random, TheSameOnEveryMachine) {
  EXPECT_EQ(stable_hash("drivers.brent"), 0x61429f2f0bbeb86dull);
  EXPECT_EQ(uniform(1, 2, 3), 0x1.2441eb06c61fdp-1);
  EXPECT_EQ(permute(1, 2, 3, 1000), 977u);
  EXPECT_EQ(latin(1, 2, 3, 1000), 0x1.f45a1b9f32378p-1);
}

TEST(Random, HashesOfSimilarNamesDiffer) {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 100'000; ++i) seen.insert(stable_hash("markets.gas.links.L" + std::to_string(i)));
  EXPECT_EQ(seen.size(), 100'000u);
}

TEST(Uniform, StaysInsideTheOpenInterval) {
  double lo = 1, hi = 0;
  for (std::uint64_t i = 0; i < 2'000'000; ++i) {
    const double u = uniform(7, 11, i);
    lo = std::min(lo, u);
    hi = std::max(hi, u);
  }
  EXPECT_GT(lo, 0);
  EXPECT_LT(hi, 1);
  EXPECT_LT(lo, 1e-5);
  EXPECT_GT(hi, 1 - 1e-5);
}

// 1000 cells of 1000 expected each: chi-square with 999 degrees of freedom, normal approximation of Wilson and
// Hilferty; |z| < 4.9 is the two-sided 1e-6 level.
TEST(Uniform, ChiSquareOverCells) {
  for (const std::uint64_t seed : {0ull, 1ull, 0xffffffffffffffffull}) {
    std::vector<int> count(1000);
    for (std::uint64_t i = 0; i < 1'000'000; ++i) ++count[static_cast<std::size_t>(uniform(seed, 5, i) * 1000)];
    double chi = 0;
    for (const int c : count) chi += (c - 1000.0) * (c - 1000.0) / 1000.0;
    const double d = 999, z = (std::cbrt(chi / d) - (1 - 2 / (9 * d))) / std::sqrt(2 / (9 * d));
    EXPECT_LT(std::abs(z), 4.9) << seed;
  }
}

// Pairs of neighbouring streams, neighbouring indices and neighbouring seeds on a 32 x 32 grid.
TEST(Uniform, PairsAreIndependent) {
  const auto z_of = [](auto&& pair) {
    std::vector<int> count(1024);
    for (std::uint64_t i = 0; i < 1'000'000; ++i) {
      const auto [a, b] = pair(i);
      ++count[static_cast<std::size_t>(a * 32) * 32 + static_cast<std::size_t>(b * 32)];
    }
    const double expected = 1e6 / 1024, d = 1023;
    double chi = 0;
    for (const int c : count) chi += (c - expected) * (c - expected) / expected;
    return (std::cbrt(chi / d) - (1 - 2 / (9 * d))) / std::sqrt(2 / (9 * d));
  };
  EXPECT_LT(std::abs(z_of([](auto i) { return std::pair(uniform(3, 100, i), uniform(3, 101, i)); })), 4.9);
  EXPECT_LT(std::abs(z_of([](auto i) { return std::pair(uniform(3, 100, 2 * i), uniform(3, 100, 2 * i + 1)); })), 4.9);
  EXPECT_LT(std::abs(z_of([](auto i) { return std::pair(uniform(3, 100, i), uniform(4, 100, i)); })), 4.9);
}

TEST(Permute, IsAPermutation) {
  std::vector<std::uint8_t> seen;
  const auto check = [&](std::uint64_t seed, std::uint64_t stream, std::uint64_t n) {
    seen.assign(n, 0);
    for (std::uint64_t i = 0; i < n; ++i) {
      const auto p = permute(seed, stream, i, n);
      ASSERT_LT(p, n);
      ASSERT_EQ(seen[p]++, 0) << "n " << n << " hit twice: " << p;
    }
  };
  for (std::uint64_t n = 1; n <= 2000; ++n) check(n * 7, n ^ 3, n);
  for (const std::uint64_t n : {65'535ull, 65'536ull, 65'537ull, 1'000'000ull, 1'048'577ull}) check(1, 2, n);
}

TEST(Permute, StaysInsideForHugeN) {
  for (const std::uint64_t n : {(1ull << 40) + 1, (1ull << 62) + 5, ~0ull}) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      const auto p = permute(9, 9, i, n);
      EXPECT_LT(p, n);
      seen.insert(p);
    }
    EXPECT_EQ(seen.size(), 1000u);
  }
}

// Where a given point goes is uniform over keys, also for the small n of replicate designs.
TEST(Permute, EveryPlaceIsEquallyLikely) {
  for (const std::uint64_t n : {10ull, 37ull, 100ull}) {
    const std::uint64_t keys = 2000 * n;
    for (const std::uint64_t index : {std::uint64_t{0}, n / 2, n - 1}) {
      std::vector<int> count(n);
      for (std::uint64_t k = 0; k < keys; ++k) ++count[permute(1, stable_hash(std::to_string(k)), index, n)];
      const auto d = static_cast<double>(n - 1);
      double chi = 0;
      for (const int c : count) chi += (c - 2000.0) * (c - 2000.0) / 2000.0;
      const double z = (std::cbrt(chi / d) - (1 - 2 / (9 * d))) / std::sqrt(2 / (9 * d));
      EXPECT_LT(std::abs(z), 4.9) << "n " << n << " index " << index;
    }
  }
}

// Rank correlation of two independent permutations has mean 0 and variance 1 / (n - 1). A weak Feistel network shows
// here: designs of few points whose coordinates hang together would bias every estimate from them.
TEST(Permute, StreamsDoNotHangTogether) {
  for (const std::uint64_t n : {10ull, 64ull, 100ull, 1000ull}) {
    const int pairs = n >= 1000 ? 1000 : 4000;
    double sum = 0, squares = 0;
    std::vector<double> x(n), y(n);
    for (int t = 0; t < pairs; ++t) {
      for (std::uint64_t i = 0; i < n; ++i) {
        x[i] = static_cast<double>(permute(1, static_cast<std::uint64_t>(2 * t), i, n));
        y[i] = static_cast<double>(permute(1, static_cast<std::uint64_t>(2 * t + 1), i, n));
      }
      const double r = correlation(x, y) * std::sqrt(static_cast<double>(n - 1));
      sum += r;
      squares += r * r;
    }
    EXPECT_LT(std::abs(sum / std::sqrt(pairs)), 4.9) << n;
    // Variance of r^2 (n - 1) is below 2 for permutations; 4.9 standard errors.
    EXPECT_LT(std::abs(squares / pairs - 1), 4.9 * std::sqrt(2.0 / pairs)) << n;
  }
}

TEST(Latin, OnePointInEveryCell) {
  for (const std::uint64_t n : {1ull, 2ull, 3ull, 10ull, 99ull, 1000ull, 4097ull})
    for (std::uint64_t stream = 0; stream < 20; ++stream) {
      std::vector<int> count(n);
      for (std::uint64_t i = 0; i < n; ++i) {
        const double u = latin(42, stream, i, n);
        ASSERT_GT(u, 0);
        ASSERT_LT(u, 1);
        ++count[static_cast<std::size_t>(u * static_cast<double>(n))];
      }
      EXPECT_EQ(std::ranges::count(count, 1), static_cast<std::ptrdiff_t>(n)) << "n " << n << " stream " << stream;
    }
}

// Inside its cell a point is uniform: 100 x 1000 places over ten parts.
TEST(Latin, UniformInsideItsCell) {
  std::vector<int> count(10);
  for (std::uint64_t stream = 0; stream < 100; ++stream)
    for (std::uint64_t i = 0; i < 1000; ++i) {
      const double x = latin(1, stream, i, 1000) * 1000;
      ++count[static_cast<std::size_t>((x - std::floor(x)) * 10)];
    }
  double chi = 0;
  for (const int c : count) chi += (c - 1e4) * (c - 1e4) / 1e4;
  EXPECT_LT(chi, 45) << "9 degrees of freedom, 1e-6 level";
}
