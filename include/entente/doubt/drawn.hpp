// What draws hold beside their columns.
#pragma once
#include <vector>

#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

/// A number by draw, in its own unit, also where a formula makes it and no column holds it: it is drawn once more,
/// which costs microseconds a draw. O(draws * parameters).
[[nodiscard]] std::vector<double> values_of(const plan::Plan& plan, const Draws& d, plan::ParamId id);
/// By quantity: whether it is a headline or something that a claim compares, which is what people are told of.
[[nodiscard]] std::vector<char> told_of(const plan::Plan& plan);

}  // namespace entente::doubt
