// check --numbers, quantities and explain as text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "entente/base/shown.hpp"
#include "entente/report/report.hpp"
#include "report/amount.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {

using situation::Parameter;

namespace {

std::string where(Span span, const SourceMap& sources) {
  if (span.file >= sources.size()) return "";
  const auto p = sources[span.file].position(span.begin);
  return fmt::format("{}:{}", shown(sources[span.file].name()), p.line);
}

// Every number at its median, formulas too; what leaves its place's domain is of no matter here.
std::vector<double> medians(const situation::Situation& s) {
  std::vector<double> out;
  for (const Parameter& p : s.parameters) {
    const double m = p.number.form == number::Form::distribution ? p.number.distribution.median()
                                                                 : std::numeric_limits<double>::quiet_NaN();
    out.push_back(p.number.chance ? (m >= 0.5 ? 1 : 0) : m);
  }
  for (const auto& r : s.rules)
    out[r.param] = r.reference != situation::none ? out[r.reference] * r.factor : r.program.evaluate(out);
  return out;
}

// An event whose chance is a driver: the number behind it tosses it.
bool tossed(const situation::Situation& s, const Parameter& p) {
  const auto at = static_cast<std::size_t>(&p - s.parameters.data()) + 1;
  return at < s.parameters.size() && s.parameters[at].tosses() && s.parameters[at].path == p.path + ".toss";
}

std::string says(const situation::Situation& s, const Parameter& p,
                 double at_medians = std::numeric_limits<double>::quiet_NaN()) {
  const auto& n = p.number;
  std::string out;
  const auto at = [&](const char* what) {
    if (std::isnan(at_medians)) return what + with_unit("", n.unit.text);
    return std::string(what) + ", at the medians " +
           with_unit(value(in_percent(n) ? 100 * at_medians : at_medians, 4), in_percent(n) ? "%" : n.unit.text);
  };
  switch (n.form) {
    case number::Form::reference:
      out = at(("the driver " + n.reference).c_str());
      break;
    case number::Form::formula:
      out = tossed(s, p) ? "an event, its chance: the driver " + n.text.substr(0, n.text.find(' ')) : at("a formula");
      break;
    default:
      const bool percent = in_percent(n) || (n.chance && n.text.find('%') != std::string::npos);
      out = (n.chance ? "an event, its chance: " : "") + n.distribution.describe(percent ? 100 : 1);
      if (percent) out += " %";
      if (!n.unit.text.empty()) out += " " + n.unit.text;
  }
  if (p.source != situation::none) {
    const auto& src = s.sources[p.source];
    out += fmt::format(" [{}{}]", src.id, p.grade.empty() ? "" : ", " + p.grade);
  } else if (!p.implicit && n.form == number::Form::distribution) {
    out += " [no source]";
  }
  return out;
}

}  // namespace

std::string numbers_text(const situation::Situation& s, const SourceMap& sources, const Style& style) {
  std::string out = bold(s.title, style.color) + "\n";
  std::size_t shown = 0;
  const std::vector<double> middle = medians(s);
  std::vector<std::size_t> used(s.sources.size(), 0);  // numbers by source; of a pool, each opinion's
  for (std::size_t i = 0; i < s.parameters.size(); ++i) {
    const Parameter& p = s.parameters[i];
    if (p.implicit || p.tosses()) continue;
    ++shown;
    std::set<std::string> behind;
    for (const auto& o : p.number.opinions)
      if (o.citation) behind.insert(o.citation->source);
    if (p.source != situation::none) behind.insert(s.sources[p.source].id);
    for (std::size_t k = 0; k < s.sources.size(); ++k) used[k] += behind.contains(s.sources[k].id);
    out += fmt::format("{} ({})\n    {} -> {}\n", p.path, where(p.span, sources), p.number.text, says(s, p, middle[i]));
    for (const auto& o : p.number.opinions) {
      const bool percent = in_percent(p.number);
      out += fmt::format("      {} % on {} -> {}{}{}\n", number::show(100 * o.weight, 3), o.text,
                         o.distribution.describe(percent ? 100 : 1), percent ? " %" : "",
                         o.citation ? " [" + o.citation->source + "]" : "");
    }
  }
  out += counted(shown, "number") + ", " + counted(s.sources.size(), "source") + "\n";
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < s.sources.size(); ++k)
    rows.push_back({s.sources[k].id, s.sources[k].grade, s.sources[k].date, counted(used[k], "number")});
  return out + columns(rows, 2);
}

std::string quantities_text(const plan::Plan& plan) {
  std::string out;
  std::size_t name = 0, unit = 0;
  for (const auto& q : plan.quantities())
    if (q.world == 0) name = std::max(name, q.name.size()), unit = std::max(unit, q.unit.text.size());
  for (const auto& q : plan.quantities())
    if (q.world == 0) out += fmt::format("{:<{}}  {:<{}}  {}\n", q.name, name, q.unit.text, unit, q.says.text());
  for (const auto& [driver, id] : plan.situation().drivers) {
    if (plan.situation().parameters[id].of_lever) continue;  // a dose
    const auto& p = plan.situation().parameters[id];
    out += fmt::format("{:<{}}  {:<{}}  driver\n", driver, name, p.number.unit.text, unit);
  }
  return out;
}

std::string text(const plan::Plan& plan, const Explanation& e, const SourceMap& sources, const Style& style) {
  std::string out = bold(e.quantity, style.color) + ": " + e.says + "\n";
  if (e.reason == ask::Reason::none)
    out +=
        fmt::format("  {}{} with every number at its median\n", value(e.value, 4), e.unit.empty() ? "" : " " + e.unit);
  else out += "  undefined: " + std::string(ask::says(e.reason)) + "\n";
  if (!e.altered.empty()) out += "\n  What is otherwise in this world, at the medians\n";
  for (const auto& x : e.altered) {
    const auto& p = plan.situation().parameters[x.param];
    const auto [before, after] = amounts(p.number, x.before, x.after);
    out += fmt::format("    {}: {} -> {}\n", typed_name(plan.situation(), x.param), before, after);
  }
  out += "\n" + wrap(e.account.headline, 2);
  for (const auto& l : e.account.lines)
    if (!l.text.empty()) out += wrap(fmt::format("{} = {} {}: {}", l.label, value(l.value), l.unit, l.text.text()), 2);
  out += wrap("How: " + e.account.method, 2);
  if (!e.swings.empty())
    out += "\n  What moves it, each number from its 5th to its 95th percentile, the others at their medians\n";
  for (const auto& x : e.swings) {
    const Parameter& p = plan.situation().parameters[x.param];
    const auto [low, high] = apart(x.at5, x.at95);
    out += fmt::format("    {}: {} to {}{}\n", typed_name(plan.situation(), x.param), low, high,
                       e.unit.empty() ? "" : " " + e.unit);
    out += fmt::format("      {} `{}` -> {}\n", where(p.span, sources), p.number.text, says(plan.situation(), p));
  }
  return out;
}

}  // namespace entente::report
