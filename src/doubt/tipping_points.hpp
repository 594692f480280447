// Where claims turn along one number, the others at their medians.
#pragma once
#include <vector>

#include "doubt/claim_evaluator.hpp"

namespace entente::doubt {

struct Along {
  std::vector<std::vector<Flip>> flips;  ///< by claim, in rising order
  std::vector<char> moves;               ///< by claim: its truth or margin is not the same everywhere along the number
};

// The number is scanned at 41 of its own quantiles (0.001 to 0.999; the whole range where it has hard ends; every value
// where it has few), and every change of truth refined to 1e-12 relative by the margin where that is continuous
// (regula falsi in the Illinois form, guarded by halving), else by halving. Between two points of the scan a claim may
// turn and turn back: where the margin comes nearest to zero between its neighbours, the least of it is searched
// for (golden section) and, if the claim turns there, both turns are refined. Islands of truth narrower than the scan
// that the margin does not announce are not found. O(41 + about 10 per turn) evaluations.
[[nodiscard]] Along flips_along(ClaimEvaluator& probe, plan::ParamId param);

}  // namespace entente::doubt
