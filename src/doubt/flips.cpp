#include "doubt/flips.hpp"

#include <cmath>

namespace entente::doubt {
namespace {
constexpr int points = 41;
}

std::vector<std::vector<Flip>> flips_along(const plan::Plan& plan, plan::ParamId param, plan::Workspace& w) {
  const auto& number = plan.situation().parameters[param].number;
  const auto& distribution = number.distribution;
  const std::size_t claims = plan.claims().size();
  std::vector<double> medians(plan.parameters()), p;
  plan.medians(medians);
  const auto truths = [&](double value, std::vector<std::uint8_t>& out) {
    p = medians;
    p[param] = value;
    const bool good = plan.apply_rules(p);
    plan.evaluate(p, good, w);
    for (std::size_t c = 0; c < claims; ++c) {
      double margin = 0;
      const auto t = plan.claim(c, w, margin);
      out[c] = t == number::Truth::yes ? 1 : t == number::Truth::no ? 0 : 2;
    }
  };
  std::vector<std::vector<Flip>> out(claims);
  std::vector<std::uint8_t> before(claims), after(claims), middle(claims);
  double last = number.chance ? 0.0 : distribution.quantile(0.001);
  truths(last, before);
  for (int i = 1; i < points; ++i) {
    if (number.chance && i > 1) break;
    const double value = number.chance ? 1.0 : distribution.quantile(0.001 + 0.998 * i / (points - 1));
    if (value == last) continue;
    truths(value, after);
    for (std::size_t c = 0; c < claims; ++c) {
      if (before[c] == after[c]) continue;
      double lo = last, hi = value;
      std::uint8_t above = after[c];
      if (!distribution.discrete() && !number.chance)
        for (int k = 0; k < 60 && hi - lo > 1e-10 * (std::abs(lo) + std::abs(hi)); ++k) {
          const double m = 0.5 * (lo + hi);
          truths(m, middle);
          if (middle[c] == before[c]) lo = m;
          else hi = m, above = middle[c];
        }
      out[c].push_back({hi, distribution.cdf(hi), before[c], above});
    }
    before = after;
    last = value;
  }
  return out;
}

}  // namespace entente::doubt
