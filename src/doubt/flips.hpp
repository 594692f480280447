// Where claims turn along one number, the others at their medians.
#pragma once
#include <vector>

#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

// For every claim the values of `param` at which it turns, in rising order. The number is scanned at 41 of its own
// quantiles (0.001 to 0.999) and every change refined: by bisection on the truth, which needs no continuity; the value
// is found to 1e-10 of the bracket. O(41 + 40 per turn) evaluations.
[[nodiscard]] std::vector<std::vector<Flip>> flips_along(const plan::Plan& plan, plan::ParamId param,
                                                         plan::Workspace& w);

}  // namespace entente::doubt
