#include "report/svg/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/number/number.hpp"
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

Alike::Alike(std::span<const Reading> all) {
  const auto magnitude = [](double x) { return static_cast<int>(std::floor(math::log10(std::abs(x)) + 1e-9)); };
  double largest = 0;
  bool ranged = false;
  for (const Reading& r : all) {
    ranged = ranged || r.ranged;
    for (const double v : {r.low, r.mid, r.high})
      if (std::isfinite(v)) largest = std::max(largest, std::abs(v));
  }
  alone_ = largest >= 1e7 || largest < 1e-4;
  if (alone_) return;
  const int first = (ranged ? 1 : 2) - magnitude(largest);
  const auto serves = [&] {
    return std::ranges::none_of(all, [&](const Reading& r) {
      const bool nought =
          std::isfinite(r.mid) && r.mid != 0 && figure(r.mid).find_first_of("123456789") == std::string::npos;
      return nought || (r.ranged && std::isfinite(r.low) && std::isfinite(r.high) && figure(r.low) == figure(r.high));
    });
  };
  for (decimals_ = first; decimals_ < first + 2 && !serves();) ++decimals_;
}

std::string Alike::figure(double value) const {
  if (alone_ || !std::isfinite(value)) return svg::figure(value, 2);
  const double unit = decimals_ < 0 ? math::pow(10.0, -decimals_) : 1;
  std::string s = number::fixed(decimals_ < 0 ? math::round(value / unit) * unit : value, std::max(decimals_, 0));
  if (s.starts_with('-')) s = "−" + s.substr(1);
  return s;
}

std::string Alike::with_range(double low, double mid, double high, bool ranged) const {
  return ranged ? figure(mid) + " (" + figure(low) + " to " + figure(high) + ")" : figure(mid);
}

std::string Alike::text(const Reading& r) const {
  return r.defined() ? with_range(r.low, r.mid, r.high, r.ranged) : r.text();
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
