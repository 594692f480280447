// The short answer first, then the numbers behind it, then how it was computed.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "entente/base/shown.hpp"
#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/levers.hpp"
#include "report/number_format.hpp"
#include "report/sentences.hpp"

namespace entente::report {
namespace {

using number::Truth;

bool asked(const std::string& name, const Style& style) {
  return style.only.empty() || std::ranges::find(style.only, name) != style.only.end();
}

void add(std::vector<std::vector<std::string>>& rows, const ask::Account::Table& table) {
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (const auto& c : row) rows.back().push_back(entry_said(c));
  }
}

std::string worlds(const plan::Answer::Question& q, const Style& style) {
  const Worlds w = worlds_said(q);
  if (w.table.rows.empty()) return {};
  std::vector<std::vector<std::string>> rows{{w.table.columns.begin(), w.table.columns.end()}};
  rows[0][0] = w.table.title;
  rows[0][1].clear();
  add(rows, w.table);
  std::string out = "\n" + columns(rows, 2, true);
  for (const auto& r : w.reasons) out += wrap(r, 2, style.width);
  return out;
}

// What is claimed, true or false where every number is at its median.
std::string claims(const plan::Plan& plan, const plan::Answer& a, const Style& style) {
  if (a.claims.empty()) return {};
  std::string out;
  for (const auto& chapter : chapters(plan.situation()))
    for (const auto i : chapter) {
      if (i >= a.claims.size() || !asked(a.claims[i].name, style)) continue;
      const auto& c = a.claims[i];
      const Said x = said(c);
      const char* code = c.truth == Truth::yes ? "32" : c.truth == Truth::no ? "31" : "33";
      out += wrap(x.name + ": " + tone(x.words, code, style.color) + ". " + x.says, 2, style.width);
      for (const auto& [part, sentence] : x.parts) out += wrap(sentence.text(plan.situation()), 6, style.width);
    }
  if (out.empty()) return out;
  return "\n" + bold("Claims", style.color) + " (at the medians; `doubt` says how sure)\n" + out;
}

std::string question(const plan::Answer::Question& q, const Style& style) {
  const auto& a = q.account;
  std::string out = "\n" + bold(q.name, style.color) + " (" + q.kind + ")\n" + wrap(a.headline, 2, style.width);
  std::vector<std::vector<std::string>> cells;
  for (const auto& l : a.lines) cells.push_back({q.name + "." + l.label, value(l.value), l.unit});
  const std::string aligned = columns(cells, 0, false, 2);
  std::vector<std::array<std::string, 2>> rows;
  for (std::size_t i = 0, at = 0; i < a.lines.size(); ++i) {
    const std::size_t end = aligned.find('\n', at);
    rows.push_back({aligned.substr(at, end - at), a.lines[i].text});
    at = end + 1;
  }
  if (!rows.empty()) out += "\n" + described(rows, 2, style.width);
  for (const auto& t : a.tables) {
    std::vector<std::vector<std::string>> table{{t.columns.begin(), t.columns.end()}};
    add(table, t);
    out += "\n" + wrap(t.title, 2, style.width) + columns(table, 4, true);
  }
  out += worlds(q, style);
  if (!a.notes.empty()) out += "\n";
  for (const auto& n : a.notes) out += wrap("Note: " + n + ".", 2, style.width);
  out += "\n" + wrap("How: " + a.method, 2, style.width);
  if (!a.certificate.empty()) out += wrap("Checked: " + a.certificate + ".", 2, style.width);
  for (const auto& x : a.assumptions) out += wrap("Assumed: " + x + ".", 2, style.width);
  return out;
}

// The first formula that has no value there, in the order of dependence, with its line.
std::string outside(const plan::Plan& plan, const SourceMap& sources) {
  const auto& s = plan.situation();
  std::vector<double> p(plan.parameters(), 0.0);
  if (plan.medians(p)) return "";
  for (const auto& r : s.rules)
    if (std::isnan(p[r.param])) {
      const auto& at = s.parameters[r.param];
      std::string place;
      if (at.span.file < sources.size())
        place = " (" + shown(sources[at.span.file].name()) + ":" +
                std::to_string(sources[at.span.file].position(at.span.begin).line) + ")";
      return " It is " + at.path + place + ": `" + at.number.text + "`.";
    }
  return "";
}

}  // namespace

std::string text(const plan::Plan& plan, const plan::Answer& a, const SourceMap& sources, const Style& style) {
  std::string out = bold(plan.situation().title, style.color) + "\n" + known_said(plan) + "\n";
  if (!a.inside)
    return out + "\n" +
           wrap(
               "A formula leaves the domain of its place when every driver is at its median; nothing can be "
               "answered." +
                   outside(plan, sources),
               0);
  out += claims(plan, a, style);
  for (const auto& q : a.questions)
    if (asked(q.name, style)) out += question(q, style);
  if (style.only.empty()) out += levers_text(plan.situation(), style);
  return out;
}

}  // namespace entente::report
