#include "entente/doubt/drawn.hpp"

namespace entente::doubt {

std::vector<double> values_of(const plan::Plan& plan, const Draws& d, plan::ParamId id) {
  std::vector<double> parameters(plan.parameters()), out(d.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    (void)plan.draw(d.sampling, d.from + i, parameters);
    out[i] = parameters[id];
  }
  return out;
}

std::vector<char> told_of(const plan::Plan& plan) {
  std::vector<char> told(plan.quantities().size(), 0);
  for (std::size_t q = 0; q < told.size(); ++q) told[q] = plan.quantities()[q].headline;
  for (const auto& c : plan.claims())
    for (const auto term : c.terms) told[term] = 1;
  return told;
}

}  // namespace entente::doubt
