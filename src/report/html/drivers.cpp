// What drives each claim, with the values at which it turns; and every answer's distribution, never a mean alone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/display_names.hpp"
#include "report/html/parts.hpp"
#include "report/number_format.hpp"

namespace entente::report::html {
namespace {

Markup table(const Parts& p, const doubt::Finding& f) {
  const auto drivers = drivers_said(p.plan, *p.doubt, f);
  if (drivers.empty()) return {};
  std::vector<std::string> columns{"number", "variance", "90 %", "margin", "worth", "turns"};
  std::vector<bool> right{false, true, true, true, true, false};
  const bool total = p.doubt->total_draws > 0;
  if (total) columns.insert(columns.end() - 1, "total"), right.insert(right.end() - 1, true);
  std::vector<std::vector<Markup>> rows;
  for (const auto& x : drivers) {
    std::vector<Markup> row{p.mention(x.param), html("{}", x.variance), html("{}", x.interval), html("{}", x.margin),
                            html("{}", x.worth)};
    if (total) row.push_back(html("{}", x.total));
    row.push_back(p.sentence(x.turns));
    rows.push_back(std::move(row));
  }
  return p.table(html("Numbers that drive {}", f.name), columns, rows, right);
}

// A stroke for each fiftieth of the draws, from the lowest to the highest; the median's is longer.
Markup strip(const doubt::Spread& q) {
  if (q.dots.empty() || !std::isfinite(q.dots.front()) || !std::isfinite(q.dots.back())) return {};
  const double low = q.dots.front(), wide = q.dots.back() - low;
  const auto at = [&](double v) { return wide > 0 ? 2 + 156 * std::clamp((v - low) / wide, 0.0, 1.0) : 80.0; };
  std::string strokes;
  for (const double v : q.dots) strokes += fmt::format("M{:.1f} 5v8", at(v));
  return html(
      "<svg class=\"strip\" viewBox=\"0 0 160 18\" aria-hidden=\"true\"><path d=\"{}\"></path><path class=\"mid\" "
      "d=\"{}\"></path></svg>",
      strokes, fmt::format("M{:.1f} 1v16", at(q.q50)));
}

// One claim: how sure, what it compares, what moves it.
Markup driven(Parts& p, const Said& x, std::size_t i) {
  Markup body =
      html("<p class=\"says\"><span class=\"term\">{}</span>, {}.</p>\n", Parts::capital(Parts::set(x.words)), x.share);
  for (const auto& [part, sentence] : x.parts) {
    if (part == Said::Part::caveat || part == Said::Part::resolves || part == Said::Part::record ||
        part == Said::Part::confidence || part == Said::Part::turns)
      continue;
    if (part == Said::Part::compared || part == Said::Part::driven) {
      body += html("<p>{}</p>\n", p.sentence(sentence));
      body += p.picture(part == Said::Part::compared ? compared(p.plan, *p.doubt, i)
                                                     : report::drivers(p.plan, *p.doubt, i));
    } else {
      body += html("<p class=\"small\">{}</p>\n", p.sentence(sentence));
    }
  }
  if (const Markup folded = table(p, p.doubt->findings[i]); !folded.empty())
    body += html("<details>\n<summary>The same as a table<span class=\"of\">: {}</span></summary>\n{}</details>\n",
                 x.name, folded);
  return body;
}

}  // namespace

Markup drivers(Parts& p) {
  if (!p.doubt || p.doubt->findings.empty()) return {};
  Markup out = p.heading(2, "drivers", "What drives each claim, and where it turns");
  out += html("<p class=\"key\">{}</p>\n", Parts::capital(drivers_legend(*p.doubt)));
  bool any = false;
  for (const auto& chapter : chapters(p.s)) {
    bool head = false;
    for (const auto i : chapter) {
      const Said x = said(p.plan, *p.doubt, p.doubt->findings[i]);
      if (x.implied) continue;
      any = true;
      const bool first = i == chapter.front();
      head = head || first;
      const Markup title = p.heading(first || !head ? 3 : 4, Parts::id("drivers-", x.name),
                                     html("{} <span class=\"kind\">{}</span>", Parts::set(x.says), x.name), x.name);
      const Markup body = driven(p, x, i);
      out += first ? html("<section class=\"driver\">\n{}{}</section>\n", title, body)
                   : html("<details class=\"driver\">\n<summary>{}</summary>\n{}</details>\n", title, body);
    }
  }
  return any ? html("<section class=\"drivers\">\n{}</section>\n", out) : Markup();
}

Markup distributions(Parts& p) {
  if (!p.doubt) return {};
  std::vector<std::vector<Markup>> rows;
  for (const auto& q : p.doubt->spreads) {
    if (!q.headline || q.undefined == p.doubt->draws) continue;
    const Ranged r = ranged(q.q5, q.q50, q.q95);
    const double share = static_cast<double>(q.undefined) / static_cast<double>(p.doubt->draws);
    const auto figure = [&](const std::string& x) { return html("{}", q.yes_no ? std::string() : Parts::set(x)); };
    rows.push_back({html("{} <span class=\"small\">{}</span>", quantity_words(p.s, q.name), in_words(p.s, q.says)),
                    q.yes_no ? Markup() : strip(q), figure(r.low),
                    q.yes_no ? html("yes in {}", yes_share(q)) : figure(r.middle), figure(r.high), html("{}", q.unit),
                    html("{}", q.undefined ? percentage(share) : "")});
  }
  if (rows.empty()) return {};
  Markup out = p.heading(2, "distributions", "Every answer with its range");
  out += html(
      "<p class=\"key\">{}</p>\n",
      "Each stroke is a fiftieth of the draws, from the lowest to the highest; the long one is the median. A tenth of "
      "the draws lie outside the two ends that are written. Of what is yes or no the share of the draws is "
      "given in which it is yes.");
  out += p.table(html("Quantities over the draws"), {"quantity", "draws", "5 %", "median", "95 %", "unit", "undefined"},
                 rows, {false, false, true, true, true, false, true});
  return html("<section class=\"distributions\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
