// One line first: word with its range, the number, the sentence. Then what drives it, what would flip it, how sure the
// estimate itself is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"

namespace entente::report {
namespace {

using number::show;

std::string count(std::uint64_t n) {
  std::string digits = std::to_string(n), out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string share(const doubt::Finding& f, std::uint64_t n) {
  if (f.bracket) return fmt::format("between {:.2f} and {:.2f}", f.low, f.high);
  if (f.yes == n) return "in all " + count(n) + " draws";
  if (f.no == n) return "in none of " + count(n) + " draws";
  const int digits = f.share < 0.01 || f.share > 0.99 ? 4 : 2;
  return fmt::format("{:.{}f}", f.share, digits);
}

const char* truth(std::uint8_t t) { return t == 1 ? "true" : t == 0 ? "false" : "undefined"; }

std::string flips(const plan::Plan& plan, const doubt::Driver& d) {
  const auto& p = plan.situation().parameters[d.param];
  if (d.flips.empty()) return "does not turn within its range";
  std::string out = "turns at ";
  for (std::size_t i = 0; i < d.flips.size(); ++i) {
    const auto& f = d.flips[i];
    out += fmt::format("{}{}{} ({} below, {} above; quantile {:.3f})", i ? ", " : "", show(f.value, 4),
                       p.number.unit.text.empty() ? "" : " " + p.number.unit.text, truth(f.below), truth(f.above),
                       f.quantile);
  }
  return out;
}

}  // namespace

std::string text(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  const auto& s = plan.situation();
  std::string out = bold(s.title, style.color) + "\n";
  out += fmt::format("{} draws of {} uncertain numbers, seed {}, {}.\n", count(d.draws), plan.uncertain().size(),
                     d.sampling.seed, d.sampling.latin ? "Latin hypercube in ten replicate designs" : "plain random");
  for (const auto& f : d.findings) {
    const auto it = std::ranges::find(plan.claims(), f.name, &plan::Claim::name);
    if (it != plan.claims().end() && !it->implied.empty()) {
      out += "\n" + wrap(bold(f.name, style.color) + ": implied by the assumption, not evidence. " + it->says, 0);
      out += wrap("Assumed: " + it->implied + ". " +
                      (f.yes == d.draws  ? "True in all " + count(d.draws)
                       : f.no == d.draws ? "False in all " + count(d.draws)
                                         : "True in " + count(f.yes) + " of " + count(d.draws)) +
                      " draws.",
                  2);
      continue;
    }
    out += "\n" + wrap(bold(f.name, style.color) + ": " + f.words + ", " + share(f, d.draws) + ". " +
                           (it == plan.claims().end() ? "" : it->says),
                       0);
    std::string how = fmt::format("Monte Carlo error {:.4f}.", f.error);
    if (f.undefined > 0) {
      how += " Undefined in " + count(f.undefined) + " draws";
      for (std::size_t i = 0; i < f.reasons.size(); ++i)
        how += fmt::format("{}{} ({})", i ? "; " : ": ", std::string(ask::says(f.reasons[i].first)),
                           count(f.reasons[i].second));
      how += fmt::format(
          "; of the rest {} hold.",
          percent(static_cast<double>(f.yes) / static_cast<double>(std::max<std::uint64_t>(1, f.yes + f.no)), 1));
    }
    if (std::isfinite(f.margin50))
      how += fmt::format(" Holds by {} {} (90 %: {} to {}).", show(f.margin50, 3), f.margin_unit, show(f.margin5, 3),
                         show(f.margin95, 3));
    how += fmt::format(" At the medians it is {}.", truth(f.at_medians));
    out += wrap(how, 2);
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(f.drivers.size(), 5); ++i) {
      const auto& x = f.drivers[i];
      const auto index = [&](double v) {
        return std::isfinite(v) ? fmt::format("{:.0f} %", 100 * std::clamp(v, 0.0, 1.0)) : std::string("-");
      };
      rows.push_back({s.parameters[x.param].path, index(x.index) + " (" + index(x.low) + " to " + index(x.high) + ")",
                      index(x.margin_index), flips(plan, x)});
    }
    if (!rows.empty()) {
      out +=
          "  Driven by (share of the claim's variance, 90 % interval; share of its margin's; where it tips, others at "
          "their medians)\n";
      std::size_t first = 0, second = 0, third = 0;
      for (const auto& r : rows)
        first = std::max(first, r[0].size()), second = std::max(second, r[1].size()),
        third = std::max(third, r[2].size());
      for (const auto& r : rows)
        out += fmt::format("    {:<{}}  {:>{}}  {:>{}}  {}\n", r[0], first, r[1], second, r[2], third, r[3]);
    } else {
      out += "  No single number drives it.\n";
    }
  }
  std::vector<std::vector<std::string>> rows{{"quantity", "5 %", "median", "95 %", "unit", "undefined"}};
  for (const auto& q : d.spreads)
    if (q.headline)
      rows.push_back({q.name, show(q.q5, 4), show(q.q50, 4), show(q.q95, 4), q.unit,
                      q.undefined ? percent(static_cast<double>(q.undefined) / static_cast<double>(d.draws), 1) : ""});
  if (rows.size() > 1) out += "\n" + columns(rows, 0, true);
  for (const auto& w : d.warnings) out += "\n" + wrap("Warning: " + w, 0);
  return out;
}

}  // namespace entente::report
