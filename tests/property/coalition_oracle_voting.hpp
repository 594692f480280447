// Voting by looking at every coalition, n <= 20, in integers: 20! < 2^62, so every count below is exact.
#pragma once
#include <numeric>

#include "property/coalition_oracle.hpp"

namespace oracle {

/// One majority: the weights of those in favour must reach the quota.
struct Majority {
  std::vector<std::int64_t> weights;
  std::int64_t quota = 0;
};

struct Fraction {
  std::uint64_t numerator = 0, denominator = 1;
  friend bool operator==(const Fraction&, const Fraction&) = default;
};
inline Fraction reduced(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t g = std::gcd(a, b);
  return {a / g, b / g};
}

struct Votes {
  std::uint64_t winning = 0;
  std::vector<std::uint64_t> winning_with;  ///< winning coalitions that hold i
  std::vector<std::uint64_t> swings;        ///< coalitions without i that win once i joins
  std::vector<Fraction> shapley_shubik;     ///< orders in which i turns the coalition from losing to winning, over n!
};

/// A coalition wins when it holds every vetoer and meets all majorities of one of the ways.
using Ways = std::vector<std::vector<Majority>>;
inline bool wins(const Ways& ways, Mask vetoers, Mask s) {
  if ((s & vetoers) != vetoers) return false;
  for (const auto& majorities : ways) {
    bool passes = true;
    for (const Majority& m : majorities) {
      std::int64_t sum = 0;
      for (unsigned i = 0; i < m.weights.size(); ++i)
        if (in(s, i)) sum += m.weights[i];
      passes = passes && sum >= m.quota;
    }
    if (passes) return true;
  }
  return false;
}

inline Votes count_votes(const Ways& ways, Mask vetoers) {
  const unsigned n = static_cast<unsigned>(ways.front().front().weights.size());
  const Mask all = Mask{1} << n;
  std::vector<char> win(all);
  Votes out;
  for (Mask s = 0; s < all; ++s) out.winning += static_cast<std::uint64_t>(win[s] = wins(ways, vetoers, s));
  std::vector<std::uint64_t> f(n + 1, 1);
  for (unsigned k = 1; k <= n; ++k) f[k] = f[k - 1] * k;
  for (unsigned i = 0; i < n; ++i) {
    std::uint64_t with = 0, swings = 0, orders = 0;
    for (Mask s = 0; s < all; ++s) {
      if (in(s, i)) {
        with += static_cast<std::uint64_t>(win[s]);
      } else if (!win[s] && win[s | bit(i)]) {
        ++swings;
        orders += f[size(s)] * f[n - 1 - size(s)];
      }
    }
    out.winning_with.push_back(with);
    out.swings.push_back(swings);
    out.shapley_shubik.push_back(reduced(orders, f[n]));
  }
  return out;
}

}  // namespace oracle
