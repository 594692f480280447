// The smallest joint change that turns a claim.
//
// Problem. Every number sits at its median; how far, together, must they go before the claim turns? Distances of
// different numbers are made comparable by their own distributions: on the scale z = Phi^-1(F(x)) every number is
// standard normal, independent numbers are independent there (Rosenblatt's transformation; there is no dependence to
// undo), and the distance |z| is that of Hasofer and Lind (1974): the reliability index beta. Phi(-beta) is the chance
// of the half-space beyond the point, a first guess at the claim's own.
//
// Choice. Where the margin is continuous: min |z| subject to margin(z) = 0 by the iteration of Hasofer, Lind, Rackwitz
// and Fiessler with the merit function |z|^2 / 2 + c |margin| and Armijo's rule (Zhang and Der Kiureghian 1995,
// doi:10.1007/978-0-387-34866-7_32), gradients by differences; from the medians and from the nearest draw in which the
// claim turns. Every point is then verified: the truth is evaluated along the ray from the medians, the turn found by
// halving, and the margin must go to zero there. The least found is reported, with whether it satisfies the first-order
// condition; on a kink it need not, and a nearer point may exist. Numbers of few values, events, and margins that jump
// have no gradient: there the nearest draw in which the claim turns counts, every number put back to its median that
// need not differ, the rest drawn in along the ray.
//
// Cost. About n + 5 evaluations of the claim for an iteration over n numbers, at most 15 iterations for a start.
#pragma once
#include "doubt/claim_evaluator.hpp"

namespace entente::doubt {

/// `moving`: numbers (of plan.uncertain()) that can move the claim; `turned`: draws in which it is turned, nearest
/// first, as indices into `draws`.
[[nodiscard]] Joint joint_change(ClaimEvaluator& probe, std::size_t claim, const std::vector<std::size_t>& moving,
                                 const Draws& draws, const std::vector<std::uint32_t>& turned);

}  // namespace entente::doubt
