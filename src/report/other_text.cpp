// check --numbers, quantities and explain as text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

std::string says(const situation::Situation& s, const Parameter& p) {
  const auto& n = p.number;
  std::string out;
  switch (n.form) {
    case number::Form::reference:
      out = "the driver " + n.reference;
      break;
    case number::Form::formula:
      out = "formula" + std::string(n.text.starts_with("=") ? " " : " = ") + n.text;
      break;
    default:
      const bool percent = in_percent(n) || (n.chance && n.text.find('%') != std::string::npos);
      out = (n.chance ? "an event, its chance: " : "") + n.distribution.describe(percent ? 100 : 1);
      if (percent) out += " %";
  }
  if (!n.unit.text.empty()) out += " " + n.unit.text;
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
  for (const Parameter& p : s.parameters) {
    if (p.implicit) continue;
    ++shown;
    out += fmt::format("{} ({})\n    {} -> {}\n", p.path, where(p.span, sources), p.number.text, says(s, p));
    for (const auto& o : p.number.opinions) {
      const bool percent = in_percent(p.number);
      out += fmt::format("      {} % on {} -> {}{}{}\n", number::show(100 * o.weight, 3), o.text,
                         o.distribution.describe(percent ? 100 : 1), percent ? " %" : "",
                         o.citation ? " [" + o.citation->source + "]" : "");
    }
  }
  out += counted(shown, "number") + ", " + counted(s.sources.size(), "source") + "\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto& x : s.sources) {
    const auto used = std::ranges::count_if(s.parameters, [&](const Parameter& p) {
      return p.source < s.sources.size() && s.sources[p.source].id == x.id;
    });
    rows.push_back({x.id, x.grade, x.date, counted(static_cast<std::size_t>(used), "number")});
  }
  return out + columns(rows, 2);
}

std::string quantities_text(const plan::Plan& plan) {
  std::string out;
  std::size_t name = 0, unit = 0;
  for (const auto& q : plan.quantities())
    if (q.world == 0) name = std::max(name, q.name.size()), unit = std::max(unit, q.unit.text.size());
  for (const auto& q : plan.quantities())
    if (q.world == 0) out += fmt::format("{:<{}}  {:<{}}  {}\n", q.name, name, q.unit.text, unit, q.says);
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
    out += fmt::format("    {}: {} -> {} {}\n", typed_name(plan.situation(), x.param), apart(x.before, x.after).first,
                       apart(x.before, x.after).second, p.number.unit.text);
  }
  out += "\n" + wrap(e.account.headline, 2);
  for (const auto& l : e.account.lines)
    if (!l.text.empty()) out += wrap(fmt::format("{} = {} {}: {}", l.label, value(l.value), l.unit, l.text), 2);
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
