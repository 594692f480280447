// The short answer first, then the numbers behind it, then how it was computed.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"

namespace entente::report {
namespace {

using number::show;
using number::Truth;

// A dash, and a letter where the table has several reasons for one.
std::string dash(const std::vector<std::string>& reasons, std::size_t i) {
  return reasons.size() < 2 ? "-" : std::string("-") + static_cast<char>('a' + static_cast<char>(i));
}

std::string worlds(const plan::Answer::Question& q) {
  std::vector<std::vector<std::string>> rows{{"world by world", ""}};
  std::vector<std::string> reasons;  // why some have no value
  const auto reason = [&](const plan::Answer::Cell& c) { return std::ranges::find(reasons, ask::says(c.reason)); };
  for (const auto& c : q.worlds.front().cells)
    if (c.headline)
      for (const auto& w : q.worlds)
        for (const auto& d : w.cells)
          if (!w.same && d.name == c.name && d.reason != ask::Reason::none && reason(d) == reasons.end())
            reasons.emplace_back(ask::says(d.reason));
  for (const auto& w : q.worlds)
    if (!w.same) rows[0].push_back(w.world.empty() ? "as it is" : w.world);
  if (rows[0].size() < 4) return {};
  for (const auto& c : q.worlds.front().cells) {
    if (!c.headline) continue;
    std::vector<std::string> row{q.name + "." + c.name, c.unit};
    for (const auto& w : q.worlds) {
      if (w.same) continue;
      std::string text;
      for (const auto& d : w.cells)
        if (d.name == c.name)
          text = d.reason == ask::Reason::none ? show(d.value, 4)
                                               : dash(reasons, static_cast<std::size_t>(reason(d) - reasons.begin()));
      row.push_back(text);
    }
    rows.push_back(std::move(row));
  }
  std::string out = "\n" + columns(rows, 2, true);
  for (std::size_t i = 0; i < reasons.size(); ++i) out += wrap(dash(reasons, i) + ": " + reasons[i], 2);
  return out;
}

// What is claimed, true or false where every number is at its median.
std::string claims(const plan::Answer& a, const Style& style) {
  if (a.claims.empty()) return {};
  std::string out = "\n" + bold("Claims", style.color) + " (at the medians; `doubt` says how sure)\n";
  for (const auto& c : a.claims) {
    const bool yes = c.truth == Truth::yes, no = c.truth == Truth::no;
    const std::string word = yes  ? tone("true", "32", style.color)
                             : no ? tone("false", "31", style.color)
                                  : tone("undefined", "33", style.color);
    out += wrap(c.name + ": " + word + ". " + c.says, 2);
    if (!c.implied.empty()) out += wrap("implied by the assumption, not evidence: " + c.implied, 6);
    else if (yes || no)
      out += wrap(fmt::format("{} {}; {}", yes ? "holds:" : "fails:", c.holds,
                              c.margin == 0          ? "on the very edge"
                              : std::isinf(c.margin) ? std::string("by any measure")
                                                     : (yes ? "clear by " : "short by ") + show(std::abs(c.margin), 3) +
                                                           (c.margin_unit.empty() ? "" : " " + c.margin_unit)),
                  6);
    else out += wrap(std::string(ask::says(c.reason)), 6);
  }
  return out;
}

std::string question(const plan::Answer::Question& q, const Style& style) {
  const auto& a = q.account;
  std::string out = "\n" + bold(q.name, style.color) + " (" + q.kind + ")\n" + wrap(a.headline, 2);
  std::vector<std::vector<std::string>> cells;
  for (const auto& l : a.lines) cells.push_back({q.name + "." + l.label, show(l.value, 4), l.unit});
  const std::string aligned = columns(cells, 0, false, 2);
  std::vector<std::array<std::string, 2>> rows;
  for (std::size_t i = 0, at = 0; i < a.lines.size(); ++i) {
    const std::size_t end = aligned.find('\n', at);
    rows.push_back({aligned.substr(at, end - at), a.lines[i].text});
    at = end + 1;
  }
  if (!rows.empty()) out += "\n" + described(rows, 2);
  for (const auto& t : a.tables) {
    std::vector<std::vector<std::string>> table{t.columns};
    table.insert(table.end(), t.rows.begin(), t.rows.end());
    out += "\n" + wrap(t.title, 2) + columns(table, 4, true);
  }
  out += worlds(q);
  if (!a.notes.empty()) out += "\n";
  for (const auto& n : a.notes) out += wrap("Note: " + n + ".", 2);
  out += "\n" + wrap("How: " + a.method, 2) + wrap("Checked: " + a.certificate + ".", 2);
  for (const auto& x : a.assumptions) out += wrap("Assumed: " + x + ".", 2);
  return out;
}

}  // namespace

std::string text(const plan::Plan& plan, const plan::Answer& a, const SourceMap&, const Style& style) {
  const auto& s = plan.situation();
  const auto written = std::ranges::count_if(s.parameters, [](const auto& p) { return !p.implicit; });
  std::string out = bold(s.title, style.color) + "\n";
  out += fmt::format("What was known on {}; every uncertain number at its median ({} of {} numbers are uncertain).\n",
                     s.as_of, plan.uncertain().size(), written);
  if (!a.inside)
    return out +
           "\nA formula leaves the domain of its place when every driver is at its median; nothing can be answered.\n";
  out += claims(a, style);
  for (const auto& q : a.questions) out += question(q, style);
  return out;
}

}  // namespace entente::report
