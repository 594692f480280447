#include "report/svg/reading.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/svg/text.hpp"

namespace entente::report::svg {

bool Reading::finite() const noexcept { return std::isfinite(mid); }

std::string with_range(double low, double mid, double high, bool ranged, int digits) {
  const std::string m = figure(mid, digits);
  if (!ranged) return m;
  // The range to the digits that the median's own deserve, and one more where both ends would read alike.
  std::string a = figure(low, digits), b = figure(high, digits);
  if (a == b && low != high) a = figure(low, digits + 1), b = figure(high, digits + 1);
  return fmt::format("{} ({} to {})", m, a, b);
}

std::string Reading::text(int digits) const {
  if (!defined()) return why.empty() ? "undefined" : "undefined: " + why;
  return with_range(low, mid, high, ranged, digits);
}

Readings::Readings(const plan::Plan& plan, const doubt::Doubt* doubt)
    : plan_(plan), doubt_(doubt), medians_(plan.parameters(), 0.0), workspace_(plan) {
  good_ = plan.medians(medians_);
  plan.evaluate(medians_, good_, workspace_);
  offset_.assign(plan.models().size(), ask::Figure::none);
  for (const auto& i : plan.instances())
    if (i.world == 0 && !i.groups.empty()) offset_[i.question] = i.offset;
  spread_.assign(plan.cells(), ask::Figure::none);
  for (std::size_t q = 0; q < plan.quantities().size(); ++q)
    spread_[plan.quantities()[q].cell] = static_cast<std::uint32_t>(q);
}

Reading Readings::of(std::uint32_t question, const ask::Figure& f) const {
  Reading r;
  if (f.quantity == ask::Figure::none) {
    r.low = r.mid = r.high = r.mean = f.value;
    return r;
  }
  const auto& quantity = plan_.models()[question]->quantities()[f.quantity];
  r.unit = quantity.unit.text, r.says = quantity.says;
  if (offset_[question] == ask::Figure::none) {
    r.why = "not computed";
    return r;
  }
  const std::uint32_t cell = offset_[question] + f.quantity, s = spread_[cell];
  if (s == ask::Figure::none) {
    r.why = "not computed";
    return r;
  }
  const auto reason = workspace_.reasons[cell];
  if (doubt_ && s < doubt_->spreads.size()) {
    const auto& x = doubt_->spreads[s];
    r.low = x.q5, r.mid = x.q50, r.high = x.q95, r.mean = x.mean;
    r.missing = doubt_->draws ? static_cast<double>(x.undefined) / static_cast<double>(doubt_->draws) : 0;
    r.ranged = x.q5 != x.q95 && !std::isnan(x.q50);
  } else if (reason == ask::Reason::none) {
    r.low = r.mid = r.high = r.mean = workspace_.slots[plan_.parameters() + cell];
  }
  if (!r.defined()) r.why = std::string(ask::says(reason));
  if (!r.defined() && reason == ask::Reason::none) r.why = "in no draw";
  return r;
}

}  // namespace entente::report::svg
