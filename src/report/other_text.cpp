// check --numbers, quantities, explain, diff and history as text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"

namespace entente::report {

using number::show;
using situation::Parameter;

namespace {

std::string where(Span span, const SourceMap& sources) {
  if (span.file >= sources.size()) return "";
  const auto p = sources[span.file].position(span.begin);
  return fmt::format("{}:{}", sources[span.file].name(), p.line);
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
      out = (n.chance ? "an event, its chance: " : "") + n.distribution.describe();
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
  }
  out += fmt::format("{} numbers, {} sources\n", shown, s.sources.size());
  std::vector<std::vector<std::string>> rows;
  for (const auto& x : s.sources) {
    const auto used = std::ranges::count_if(s.parameters, [&](const Parameter& p) {
      return p.source < s.sources.size() && s.sources[p.source].id == x.id;
    });
    rows.push_back({x.id, x.grade, x.date, std::to_string(used) + " numbers"});
  }
  return out + columns(rows, 2);
}

std::string quantities_text(const plan::Plan& plan) {
  std::string out;
  std::size_t name = 0, unit = 0;
  for (const auto& q : plan.quantities())
    name = std::max(name, q.name.size()), unit = std::max(unit, q.unit.text.size());
  for (const auto& q : plan.quantities())
    out += fmt::format("{:<{}}  {:<{}}  {}\n", q.name, name, q.unit.text, unit, q.says);
  for (const auto& [driver, id] : plan.situation().drivers) {
    const auto& p = plan.situation().parameters[id];
    out += fmt::format("{:<{}}  {:<{}}  driver\n", driver, name, p.number.unit.text, unit);
  }
  return out;
}

std::string text(const plan::Plan& plan, const Explanation& e, const SourceMap& sources, const Style& style) {
  std::string out = bold(e.quantity, style.color) + (e.world.empty() ? "" : " " + e.world) + ": " + e.says + "\n";
  if (e.reason == ask::Reason::none)
    out += fmt::format("  {} {} with every number at its median\n", show(e.value, 6), e.unit);
  else out += "  undefined: " + std::string(ask::says(e.reason)) + "\n";
  out += "\n" + wrap(e.account.headline, 2);
  for (const auto& l : e.account.lines)
    if (!l.text.empty()) out += wrap(fmt::format("{} = {} {}: {}", l.label, show(l.value, 5), l.unit, l.text), 2);
  out += wrap("How: " + e.account.method, 2);
  if (!e.swings.empty())
    out += "\n  What moves it, each number from its 5th to its 95th percentile, the others at their medians\n";
  for (const auto& x : e.swings) {
    const Parameter& p = plan.situation().parameters[x.param];
    out += fmt::format("    {}: {} to {} {}\n", p.path, show(x.at5, 5), show(x.at95, 5), e.unit);
    out += fmt::format("      {} `{}` -> {}\n", where(p.span, sources), p.number.text, says(plan.situation(), p));
  }
  return out;
}

std::string text(const Diff& d, const Style& style) {
  std::string out = bold(d.base, style.color) + "\n" + "against it: " + d.dissent + "\n";
  out += fmt::format("{} differences, {} draws each, seed {}\n", d.differences.size(), d.draws, d.seed);
  for (const auto& x : d.differences)
    out += fmt::format("  {}: {} -> {}\n", x.path, x.before.empty() ? "(nothing)" : x.before, x.after);
  for (const auto& c : d.changes) {
    const double change = c.dissent_share - c.base_share;
    const bool moved = std::abs(change) > 2 * c.error || c.base_truth != c.dissent_truth;
    out += "\n" + bold(c.claim, style.color) +
           fmt::format(": {:.3f} -> {:.3f} ({}{}), {} -> {} at the medians\n", c.base_share, c.dissent_share,
                       change >= 0 ? "+" : "", fmt::format("{:.3f}", change), c.base_truth, c.dissent_truth);
    if (!moved) {
      out += "  unmoved within the Monte Carlo error\n";
      continue;
    }
    std::vector<std::vector<std::string>> rows{{"through", "base with it alone", "dissent without it"}};
    for (const auto& t : c.through)
      rows.push_back({t.path, fmt::format("{:.3f}", t.alone), fmt::format("{:.3f}", t.without)});
    out += columns(rows, 2, true);
  }
  return out;
}

std::string text(const std::vector<Scored>& rows, const Style& style) {
  std::string out;
  for (const auto& r : rows) {
    out += bold(r.situation + " / " + r.name, style.color) + "\n";
    if (!r.known) {
      out += "  outcome: " + r.outcome + " (" + r.date + "); not scored. " + r.note + "\n";
      continue;
    }
    if (r.is_claim) {
      out += fmt::format("  outcome {} ({}); answered {:.3f}; Brier score {:.3f}, log score {:.3f}\n", r.outcome,
                         r.date, r.probability, r.brier, r.log_score);
    } else {
      out +=
          fmt::format("  {}: outcome {} to {} {} ({}); answered {} (90 %: {} to {}); median {} by {} {}\n", r.quantity,
                      show(r.low, 4), show(r.high, 4), r.unit, r.date, show(r.q50, 4), show(r.q5, 4), show(r.q95, 4),
                      r.error > 0 ? "outside the outcome's range" : "inside the outcome's range; outside",
                      show(r.error, 3), r.unit);
      if (r.undefined > 0) out += fmt::format("  no value in {} of the draws\n", percent(r.undefined, 1));
    }
    if (!r.note.empty()) out += wrap(r.note, 2);
  }
  return out;
}

}  // namespace entente::report
