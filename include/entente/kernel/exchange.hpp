// Exchange networks: who trades with whom, when each can trade with at most so many partners.
//
// Problem. Actors joined by ties; using a tie creates its value, to be divided between its two ends; actor i can use at
// most `exchanges[i]` of its ties. Who gains how much from its place in the network (Cook and Emerson 1978,
// doi:10.2307/2094546; Kleinberg and Tardos 2008, STOC)?
// Theory. The worth of S is the largest sum of values of ties within S that respects the limits (maximum-weight
// b-matching, each tie once): a TU game. Balanced outcomes, where partners divide the surplus over their outside
// options evenly, are the core divisions in the prekernel; the nucleolus is one of them whenever the core is not empty
// (Rochford 1984, J. Econ. Theory 34:262-281; Bateni et al. 2010, ICALP). An odd cycle such as the triangle may leave
// the core empty: then no division is stable, and the answer says so with its proof. Choice. With one exchange each,
// v(S) = max(v(S-i), max over ties i-j in S of value + v(S-i-j)), i the lowest of S: O(2^n degree). With more, the same
// recursion over what is left of every limit, one table for all S; where that table would be too large, branch and
// bound on each connected S.
#pragma once
#include <cstdint>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/kernel/coalition.hpp"

namespace entente::exchange {

struct Tie {
  unsigned a = 0, b = 0;  ///< actors, counted from 0; different; a pair stands once
  double value = 0;       ///< finite, at least 0
};
struct Network {
  unsigned actors = 0;  ///< 1 to 20
  std::vector<Tie> ties;
  std::vector<unsigned> exchanges;  ///< at most so many partners for every actor; empty: one each
};

/// v(S) for all 2^n coalitions: the game of the network. Errors: invalid; too_large (more than 20 actors);
/// not_solved when branch and bound reaches its limit.
[[nodiscard]] Result<std::vector<double>> worths(const Network& network);

struct Outcome {
  double worth = 0;               ///< of all together
  std::vector<std::size_t> used;  ///< ties of one best set, by index, ascending
  coalition::Core core;           ///< with its certificate either way
  bool balanced = false;          ///< the core is not empty, so `nucleolus` is a balanced outcome
  std::vector<double> nucleolus;  ///< given also when the core is empty: then no division is stable, this one neither
  bool kohlberg = false;          ///< verdict of the judge on `nucleolus`
  std::vector<double> shapley;
  double pairwise = 0;  ///< pairwise_imbalance of `nucleolus` on `used`; NaN when some actor has more than one exchange
};
[[nodiscard]] Result<Outcome> solve(const Network& network, const coalition::SolverOptions& options = {});

/// Judge for one exchange each, from the network alone: over the ties used, how far x_a + x_b is from the tie's value
/// and how far the two gains over the best outside option, x_a - alt_a and x_b - alt_b, are apart; over all ties, by
/// how much x_a + x_b falls short of its value; over the unmatched, |x|; the largest of these. alt_a = max(0, over ties
/// a-k other than a-b: value - x_k). 0 (to rounding) exactly at the balanced outcomes on that matching. Expects
/// `exchanges` of one.
[[nodiscard]] double pairwise_imbalance(const Network& network, const std::vector<std::size_t>& used,
                                        const std::vector<double>& x) noexcept;

}  // namespace entente::exchange
