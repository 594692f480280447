// doubt for a terminal: what sentences.hpp says, claim by claim, each with the table of its drivers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/levers.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"
#include "report/sentences.hpp"

namespace entente::report {
namespace {

class Page {
 public:
  Page(const plan::Plan& plan, const doubt::Doubt& d, const Style& style)
      : plan_(plan), s_(plan.situation()), d_(d), style_(style) {}

  std::string run() {
    std::string out = bold(s_.title, style_.color) + "\n" + wrap(draws_said(plan_, d_), 0, style_.width);
    for (const auto& chapter : chapters(s_))
      for (const auto i : chapter)
        if (i < d_.findings.size() && asked(d_.findings[i].name)) out += "\n" + finding(d_.findings[i]);
    if (style_.only.empty()) out += quantities() + levers_text(s_, style_);
    if (std::ranges::any_of(d_.findings, [](const auto& f) { return !f.drivers.empty(); }))
      out += "\n" + wrap(drivers_legend(d_), 0, style_.width);
    for (const auto& w : d_.warnings) out += "\n" + wrap("Warning: " + w + ".", 0, style_.width);
    return out;
  }

 private:
  bool asked(const std::string& name) const {
    return style_.only.empty() || std::ranges::find(style_.only, name) != style_.only.end();
  }

  std::string finding(const doubt::Finding& f) const {
    const Said x = said(plan_, d_, f);
    std::string out = wrap(bold(x.name, style_.color) + ": " + x.words + (x.share.empty() ? "" : ", " + x.share) +
                               told(x, style_) + ". " + x.says,
                           0, style_.width);
    std::set<situation::ParamId> named;  // with the path: in the table
    if (!x.implied)
      for (const auto& row : drivers_said(plan_, d_, f)) named.insert(row.param);
    for (const auto& [part, sentence] : x.parts) out += wrap(sentence.text(s_, named), 2, style_.width);
    return x.implied ? out : out + table(f);
  }

  std::string table(const doubt::Finding& f) const {
    if (f.drivers.empty()) return "";
    const auto drivers = drivers_said(plan_, d_, f);
    if (drivers.empty()) return "";
    std::vector<std::vector<std::string>> rows{{"number", "variance", "90 %", "margin", "worth"}};
    if (d_.total_draws > 0) rows[0].push_back("total");
    for (const auto& x : drivers) {
      rows.push_back({typed_name(s_, x.param), x.variance, x.interval, x.margin, x.worth});
      if (d_.total_draws > 0) rows.back().push_back(x.total);
    }
    const std::string text = columns(rows, 4, true);
    std::string out;
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size(); ++line) {
      const auto end = text.find('\n', at);
      out += text.substr(at, end + 1 - at);
      at = end + 1;
      if (line >= 2) out += wrap(note(drivers[line - 2]), 6, style_.width);
    }
    return out + by_source(f);
  }

  std::string by_source(const doubt::Finding& f) const {
    if (d_.total_draws == 0) return "";
    std::string out = "    By source, interactions included:";
    bool first = true;
    for (std::size_t g = 0; g < d_.groups.size(); ++g)
      if (std::isfinite(f.totals[g].value) && f.totals[g].value > 0.005) {
        out += fmt::format("{} {} {:.0f} +- {:.0f} %", first ? "" : ",", d_.groups[g], 100 * f.totals[g].value,
                           100 * f.totals[g].error);
        first = false;
      }
    return out + (first ? " nothing measurable.\n" : ".\n");
  }

  std::string note(const DriverSaid& said) const {
    const doubt::Driver& x = *said.driver;
    std::string out = place_words(s_, x.param);
    out += (out.empty() ? "" : "; ") + said.turns.text(s_);
    if (style_.curves) {
      out += "; share true along it";
      for (const auto& b : x.curve) out += std::isnan(b.mean) ? " -" : fmt::format(" {:.2f}", b.mean);
    }
    return out;
  }

  std::string quantities() const {
    std::vector<std::vector<std::string>> rows{{"quantity", "5 %", "median", "95 %", "unit", "undefined"}};
    for (const auto& q : d_.spreads)
      if (q.headline && q.undefined < d_.draws) {
        const Ranged r = ranged(q.q5, q.q50, q.q95);
        rows.push_back(
            {q.name, q.yes_no ? "" : r.low, q.yes_no ? "yes in " + yes_share(q) : r.middle, q.yes_no ? "" : r.high,
             q.unit, q.undefined ? percent(static_cast<double>(q.undefined) / static_cast<double>(d_.draws), 1) : ""});
      }
    return rows.size() > 1 ? "\n" + columns(rows, 0, true) : "";
  }

  const plan::Plan& plan_;
  const situation::Situation& s_;
  const doubt::Doubt& d_;
  const Style& style_;
};

}  // namespace

std::string text(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  return Page(plan, d, style).run();
}

}  // namespace entente::report
