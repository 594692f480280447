#include "doubt/claim_evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"

namespace entente::doubt {
namespace {

const number::Distribution& standard() {
  static const number::Distribution d = *number::Distribution::normal(0, 1);
  return d;
}

}  // namespace

std::uint8_t code(number::Truth t) noexcept { return t == number::Truth::yes ? 1 : t == number::Truth::no ? 0 : 2; }

double normal_quantile(double u) { return standard().quantile(u); }
double normal_cdf(double z) { return standard().cdf(z); }

ClaimEvaluator::ClaimEvaluator(const plan::Plan& plan)
    : plan_(plan), w_(plan), medians_(plan.parameters()), p_(plan.parameters()) {
  medians_good_ = plan.medians(medians_);
  own_ = medians_;
  w_.remember();
}

void ClaimEvaluator::reset() { std::ranges::copy(medians_, own_.begin()); }

bool ClaimEvaluator::draw(const plan::Sampling& sampling, std::uint64_t k) { return plan_.draw(sampling, k, own_); }

Verdict ClaimEvaluator::verdict(std::size_t claim) const {
  Verdict v;
  v.truth = code(plan_.claim(claim, w_, v.margin));
  if (plan_.claims()[claim].shared()) {
    const plan::Shares s = plan_.shares(claim, w_);
    v.part = s.yes / (s.yes + s.no);
  }
  return v;
}

bool ClaimEvaluator::good() {
  std::ranges::copy(own_, p_.begin());
  return plan_.apply_rules(p_);
}

Verdict ClaimEvaluator::at(std::size_t claim) {
  std::ranges::copy(own_, p_.begin());
  const bool good = plan_.apply_rules(p_);
  plan_.evaluate_claim(claim, p_, good, w_);
  return verdict(claim);
}

void ClaimEvaluator::all(std::vector<Verdict>& out) {
  std::ranges::copy(own_, p_.begin());
  const bool good = plan_.apply_rules(p_);
  plan_.evaluate_claims(p_, good, w_);
  out.resize(plan_.claims().size());
  for (std::size_t c = 0; c < out.size(); ++c) out[c] = verdict(c);
}

void ClaimEvaluator::touched(const plan::Touched& t, bool before, std::vector<Verdict>& out) {
  std::ranges::copy(own_, p_.begin());
  const bool good = plan_.apply_rules(p_), all = t.formulas && !(good && before);
  if (all) plan_.evaluate_claims(p_, good, w_);
  else plan_.evaluate_touched(t, p_, good, w_);
  for (std::size_t c = 0; c < out.size(); ++c)
    if (all || t.claims[c]) out[c] = verdict(c);
}

double Scale::value(double z) const {
  const double u = normal_cdf(z), m = n_.distribution.median();
  if (n_.chance) return u < 1 - m ? 0.0 : 1.0;
  return n_.distribution.quantile(u);
}

double Scale::z(double value) const {
  if (n_.chance) {
    const double m = n_.distribution.median();
    return (value > 0) == (m >= 0.5) ? 0.0 : normal_quantile(1 - m);
  }
  const auto& d = n_.distribution;
  if (!d.discrete()) return normal_quantile(d.cdf(value));
  const double m = d.median();
  if (value == m) return 0;
  return normal_quantile(value > m ? d.cdf(math::next_below(value)) : d.cdf(value));
}

}  // namespace entente::doubt
