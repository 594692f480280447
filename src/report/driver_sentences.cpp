// The table of a claim's drivers: how much each explains, what it is worth, in all, and where it turns the claim.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/amount.hpp"
#include "report/number_format.hpp"
#include "report/sentences.hpp"

namespace entente::report {
namespace {

// Where in a number's distribution a value stands: how much of it lies beyond, on the nearer side.
std::string beyond(double quantile) {
  const double p = std::min(quantile, 1 - quantile);
  return (p < 0.01 ? std::string("under 1 %") : percentage(p)) +
         (quantile < 0.5 ? " of it lies below" : " of it lies above");
}

const char* truth(std::uint8_t t) { return t == 1 ? "true" : t == 0 ? "false" : "undefined"; }

}  // namespace

std::vector<DriverSaid> drivers_said(const plan::Plan& plan, const doubt::Doubt& d, const doubt::Finding& f) {
  std::vector<DriverSaid> out;
  const auto percent = [](double v) { return std::isfinite(v) ? percentage(v) : std::string(); };
  const auto hundredths = [](double v) {
    const std::string s = percentage(v);
    return s.substr(0, s.size() - 2);
  };
  std::vector<const doubt::Driver*> shown;  // those that turn it and no more stand last
  const auto works = [&](const doubt::Driver& x) {
    return d.total_draws > 0 && x.total.value > 3 * x.total.error && x.total.value >= 0.01;
  };
  for (const bool told : {true, false})
    for (const auto& x : f.drivers)
      if (x.told == told && (told || !x.flips.empty() || works(x))) shown.push_back(&x);
  // Of those without an index of their own the largest total comes first.
  const auto rest = std::ranges::find_if(shown, [](const auto* x) { return !x->told; });
  if (d.total_draws > 0)
    std::stable_sort(rest, shown.end(), [&](const auto* a, const auto* b) {
      return works(*a) * a->total.value > works(*b) * b->total.value;
    });
  shown.resize(std::min(shown.size(), drivers_shown));
  for (const auto* driver : shown) {
    const auto& x = *driver;
    const auto& n = plan.situation().parameters[x.param].number;
    DriverSaid row{.param = x.param, .driver = driver};
    if (x.told || !std::isfinite(f.by_margin ? x.margin_low : x.low)) row.margin = percent(x.margin_index);
    if (!f.by_margin && (x.told || !std::isfinite(x.low))) row.variance = percent(x.index);
    if (x.told && std::isfinite(x.low) && std::isfinite(x.high))
      row.interval = hundredths(x.low) + " to " + hundredths(x.high);
    if (x.worth > 0 && !f.by_margin && (x.told || !std::isfinite(x.low))) row.worth = value(x.worth, 2);
    if (d.total_draws > 0 && std::isfinite(x.total.value))
      row.total = number::fixed(100 * x.total.value, 0) + " +- " + number::fixed(100 * x.total.error, 0) + " %";
    for (const auto& v : x.flips) {
      row.turns += row.turns.empty() ? "turns at " : ", ";
      row.turns +=
          fmt::format("{} ({} below, {} above{})", amounts(n, v.value, n.distribution.median()).first, truth(v.below),
                      truth(v.above), n.chance || n.distribution.discrete() ? "" : "; " + beyond(v.quantile));
    }
    if (row.turns.empty()) row.turns += "does not turn it within its range";
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace entente::report
