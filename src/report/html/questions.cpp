// A section for every question: its answer in a sentence, its pictures, and folded the numbers and tables behind them.
#include <algorithm>
#include <cmath>

#include "report/display_names.hpp"
#include "report/html/parts.hpp"
#include "report/number_format.hpp"

namespace entente::report::html {
namespace {

Markup numbers(const Parts& p, const plan::Answer::Question& q) {
  if (q.account.lines.empty()) return {};
  std::vector<std::string> columns{"quantity", "at the medians", "90 % of the draws", "unit", "what it is"};
  if (!p.doubt) columns.erase(columns.begin() + 2);
  std::vector<std::vector<Markup>> rows;
  for (const auto& l : q.account.lines) {
    const std::string full = q.name + "." + l.label;
    std::vector<Markup> row{Parts::path(full), html("{}", std::isnan(l.value) ? "-" : Parts::set(value(l.value)))};
    if (p.doubt) {
      const auto it = std::ranges::find(p.doubt->spreads, full, &doubt::Spread::name);
      std::string range;
      if (it != p.doubt->spreads.end() && !std::isnan(it->q50)) {
        const Ranged r = ranged(it->q5, it->q50, it->q95);
        range = Parts::set(r.low) + " to " + Parts::set(r.high);
      }
      row.push_back(html("{}", range));
    }
    row.push_back(html("{}", l.unit));
    row.push_back(html("{}", in_words(p.s, l.text)));
    rows.push_back(std::move(row));
  }
  return p.table(
      html("The numbers behind it"), columns, rows,
      p.doubt ? std::vector<bool>{false, true, true, false, false} : std::vector<bool>{false, true, false, false});
}

// Why a question has no answer: what its headline quantities lack in the base world.
std::string failure(const plan::Answer::Question& q) {
  if (q.worlds.empty()) return "a formula leaves the domain of its place when every driver is at its median";
  std::string why;
  for (const auto& c : q.worlds.front().cells) {
    if (!c.headline) continue;
    if (c.reason == ask::Reason::none) return {};
    if (why.empty()) why = ask::says(c.reason);
  }
  return why;
}

}  // namespace

Markup questions(Parts& p) {
  if (p.answer.questions.empty()) return {};
  Markup out = p.heading(2, "questions", "What follows");
  out += html("<p class=\"key\">{}</p>\n", known_said(p.plan));
  const auto drawn = p.answer.inside ? pictures(p.plan, p.doubt) : std::vector<std::vector<Drawn>>();
  for (std::size_t i = 0; i < p.answer.questions.size(); ++i) {
    const auto& q = p.answer.questions[i];
    ++p.page.questions;
    const std::string title = called(p.s, q.name);
    Markup body = p.heading(3, Parts::id("question-", q.name),
                            html("{} <span class=\"kind\">{} {}</span>", title, q.kind, title == q.name ? "" : q.name),
                            title + " (" + q.kind + ")");
    if (const std::string why = failure(q); !why.empty()) body += html("<p class=\"failed\">No answer: {}.</p>\n", why);
    if (!q.account.headline.empty())
      body += html("<p class=\"lead\">{}</p>\n", Parts::set(in_words(p.s, q.account.headline)));
    if (i < drawn.size())
      for (const auto& d : drawn[i]) body += p.picture(d);
    for (const auto& n : q.account.notes)
      body += html("<p class=\"small\">Note: {}.</p>\n", Parts::set(in_words(p.s, n)));
    Markup folded = numbers(p, q);
    for (const auto& t : q.account.tables) folded += p.table(t);
    if (const Worlds w = worlds_said(q); !w.table.rows.empty()) {
      folded += p.table(w.table);
      for (const auto& r : w.reasons) folded += html("<p class=\"small\">{}</p>\n", r);
    }
    if (!q.account.assumptions.empty()) {
      Markup items;
      for (const auto& a : q.account.assumptions)
        items += html("<li>{}.</li>\n", Parts::capital(Parts::set(in_words(p.s, a))));
      folded += html("<p>What is taken for granted:</p>\n<ul>\n{}</ul>\n", items);
    }
    if (!folded.empty())
      body += html(
          "<details>\n<summary>Numbers, tables and assumptions<span class=\"of\"> of "
          "{}</span></summary>\n{}</details>\n",
          title, folded);
    out += html("<section class=\"question\">\n{}</section>\n", body);
  }
  return html("<section class=\"questions\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
