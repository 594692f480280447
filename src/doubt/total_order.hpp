// What a number, or a group of numbers, does alone: a draw again with only these taken from another draw.
//
// Total-order index of a group G (Homma and Saltelli 1996, doi:10.1016/0951-8320(96)00002-6) by Jansen's estimator
// (1999, doi:10.1016/S0010-4655(98)00154-4):
//   T_G = E[(y - y')^2] / (2 Var y),   y' the same draw with the numbers of G from an independent one.
// The standard error comes from the ten replicate designs. Cost: n evaluations of the claims for each group.
#pragma once
#include <vector>

#include "doubt/claim_evaluator.hpp"

namespace entente::doubt {

struct Frozen {
  bool moves = false;  ///< the claim's truth or margin differed in some pair
  Total total;         ///< of the indicator; NaN where it is constant
};

/// `group`: indices into plan.uncertain(); the first n draws of the run, n a multiple of ten. One entry per claim.
/// `known`, by claim: it is known already whether the group moves it; then it ends as soon as all are known to move
/// that the group reaches, and totals are of no use.
[[nodiscard]] std::vector<Frozen> freeze(ClaimEvaluator& probe, const Draws& draws,
                                         const std::vector<std::size_t>& group, std::uint64_t n,
                                         const std::vector<char>& known = {});

}  // namespace entente::doubt
