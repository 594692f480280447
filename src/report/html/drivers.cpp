// What drives each claim, with the values at which it turns; and every answer's distribution, never a mean alone.
#include <algorithm>
#include <cmath>

#include "report/html/parts.hpp"
#include "report/people.hpp"

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

}  // namespace

Markup drivers(Parts& p) {
  if (!p.doubt || p.doubt->findings.empty()) return {};
  Markup out = p.heading(2, "drivers", "What drives each claim, and where it turns");
  out += html("<p class=\"key\">{}</p>\n", Parts::capital(drivers_legend(*p.doubt)));
  bool any = false;
  for (std::size_t i = 0; i < p.doubt->findings.size(); ++i) {
    const auto& f = p.doubt->findings[i];
    const Said x = said(p.plan, *p.doubt, f);
    if (x.implied) continue;
    any = true;
    Markup body = p.heading(3, Parts::id("drivers-", f.name), x.name);
    body += html("<p class=\"says\">{}</p>\n", x.says);
    Markup folded;
    for (const auto& [part, sentence] : x.parts) {
      if (part == Said::Part::confidence || part == Said::Part::turns) continue;
      if (part == Said::Part::compared || part == Said::Part::driven) {
        body += html("<p>{}</p>\n", p.sentence(sentence));
        body += p.picture(part == Said::Part::compared ? compared(p.plan, *p.doubt, i)
                                                       : report::drivers(p.plan, *p.doubt, i));
      } else {
        body += html("<p class=\"small\">{}</p>\n", p.sentence(sentence));
      }
    }
    folded += table(p, f);
    if (!folded.empty())
      body += html("<details>\n<summary>The same as a table: {}</summary>\n{}</details>\n", x.name, folded);
    out += html("<section class=\"driver\">\n{}</section>\n", body);
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
    rows.push_back({html("{} <span class=\"small\">{}</span>", Parts::path(q.name), q.says), html("{}", r.low), html("{}", r.middle),
                    html("{}", r.high), html("{}", q.unit), html("{}", q.undefined ? percentage(share) : "")});
  }
  if (rows.empty()) return {};
  Markup out = p.heading(2, "distributions", "Every answer with its range");
  out +=
      p.table(html("Quantities over the draws: a tenth of them lie outside the two ends, half below the median"),
              {"quantity", "5 %", "median", "95 %", "unit", "undefined"}, rows, {false, true, true, true, false, true});
  return html("<section class=\"distributions\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
