// Weighted voting in exact integers: several simultaneous majorities, alternatives, vetoes.
//
// Problem. A coalition S wins when it holds every voter with a veto and passes one of the rule's ways; a way is passed
// when each of its majorities is: sum over S of weights >= quota. One way with one majority is the plain weighted game
// [q; w_1 ... w_n]; one way with several majorities asks for all at once (the Council of the EU: 15 members and 65 % of
// the population); a second way is an "or" (or 24 members: a blocking minority needs four). Wanted: how many coalitions
// win, how often each voter turns a losing coalition into a winning one, and the power indices, without rounding.
//
// Choice. Voters with a veto leave the count first (they belong to every winning coalition). A majority in which all
// weights are equal is a condition on size and costs nothing. Then the cheaper of two exact counts, by an estimate:
// (1) dynamic programming over (size, weight sums), each voter divided out again, O(n^2 prod(sum of weights + 1));
// (2) halves: all subsets of each half, the fitting partners of a subset of one half as a bit row over the other,
// O(2^n / 64) words. Both give counts of winning coalitions by size, all and with voter i, in 64 or 128 bits, and all
// else follows from these because the rule is monotone. Sources: Shapley and Shubik 1954, doi:10.2307/1951053; Banzhaf
// 1965; Mann and Shapley 1962 (RAND RM-3158); Bilbao et al. 2000, TOP 8:191-213.
#pragma once
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/kernel/coalition_exact.hpp"

namespace entente::voting {

struct Majority {
  std::int64_t quota = 0;  ///< passed when the weights of those in favour sum to at least this; from 1 to the sum
  std::vector<std::int64_t> weights;  ///< one for every voter, at least 0; the sum below 2^62
};
/// All of these at once.
using Way = std::vector<Majority>;
struct Rule {
  unsigned voters = 0;
  std::vector<Way> ways;       ///< a coalition passes when it passes any one of them
  std::vector<unsigned> veto;  ///< voters (counted from 0) without whom nothing passes; repeats count once
};

enum class Method : std::uint8_t { automatic, programming, halves };
struct Options {
  Method method = Method::automatic;
};

/// Counts are exact; the doubles beside them are their quotients.
struct Power {
  unsigned voters = 0;
  Uint128 winning = 0;                ///< winning coalitions
  std::vector<Uint128> winning_with;  ///< those with voter i in them
  std::vector<Uint128> swings;        ///< coalitions without i that lose and win with i
  std::vector<double> banzhaf_raw;    ///< swings / 2^(n-1)
  std::vector<double> banzhaf;        ///< swings / sum of swings
  std::vector<double> shapley_shubik;
  bool exact = true;                       ///< false beyond 33 voters: the fractions of Shapley-Shubik are left out
  std::vector<Fraction> banzhaf_fraction;  ///< of `banzhaf`
  std::vector<Fraction> shapley_shubik_fraction;  ///< empty when not exact: n! needs more than 127 bits
  Method used = Method::programming;
};

/// Errors: invalid (no voters, no ways, a way without majorities, wrong number of weights, a weight below 0, a sum
/// beyond 2^62, a quota below 1 or above the sum, a veto of an unknown voter); too_large (more than 120 voters; or
/// neither method is within its limit: 2^28 cells of programming, 36 voters without a veto by halves).
[[nodiscard]] Result<Power> power(const Rule& rule, const Options& options = {});

/// Many voters under one majority (and vetoes): exact counts of any length, as decimal digits.
struct LargePower {
  unsigned voters = 0;
  std::string winning, coalitions;
  std::vector<std::string> swings, banzhaf_exact;  ///< "n/d" in lowest terms
  std::vector<double> banzhaf, banzhaf_raw;        ///< the nearest doubles
  double steps = 0;                                ///< additions of words that the table took
};
/// By a table of sums: essay in src/kernel/coalition/voting_sums.cpp. Errors as power(); too_large for several ways or
/// majorities at once, beyond 100,000 voters, 2^27 words of table or 6e10 steps, or when stopped.
[[nodiscard]] Result<LargePower> large_power(const Rule& rule, const std::stop_token& stop = {});

/// Does the coalition win? For tests and callers with their own loops; voters <= 64. The rule must be valid.
[[nodiscard]] bool wins(const Rule& rule, std::uint64_t members) noexcept;
/// The simple game as a table of 2^n worths 0 and 1, for coalition.hpp; at most 25 voters.
[[nodiscard]] Result<std::vector<double>> worths(const Rule& rule);
/// Is the rule what `power` takes?
[[nodiscard]] Result<void> validate(const Rule& rule);

}  // namespace entente::voting
