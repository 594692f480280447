// The ledger: every number that the situation states, with its range, source, grade and date, and how much it matters.
// Judgements stand apart from facts. Nothing is in it that was not known on the situation's date: no source may be
// younger, and outcomes are no input.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/situation/proposed.hpp"
#include "report/html/parts.hpp"
#include "report/number_format.hpp"

namespace entente::report::html {
namespace {

// A page stays small enough to send: beyond this many, numbers that move no claim are counted, not listed.
constexpr std::size_t most_rows = 2500;

struct Group {
  const char* id;
  const char* title;
  const char* says;
  std::vector<situation::ParamId> numbers;
};

// One expert's opinion, under the pool that it is a part of.
Markup opinion(const Parts& p, const situation::Parameter& x, const number::Opinion& o) {
  Markup source;
  std::string grade, when;
  if (o.citation) {
    const auto& src = *std::ranges::find(p.s.sources, o.citation->source, &situation::SourceEntry::id);
    source = html("<a href=\"{}\">{}</a>", "#" + Parts::id("source-", src.id), src.id);
    grade = o.citation->grade.empty() ? src.grade : o.citation->grade, when = date(src.date);
  }
  return html(
      "<tr class=\"opinion\"><th scope=\"row\">one opinion, weight {}<code>{}</code></th><td class=\"v\">{}</td>"
      "<td class=\"s\">{} <b>{}</b> <span class=\"small\">{}</span></td><td class=\"m\"></td></tr>\n",
      Parts::set(percentage(o.weight)), o.text, Parts::set(p.range(x.number, o.distribution)), source, grade, when);
}

Markup row(const Parts& p, situation::ParamId id) {
  const auto& x = p.s.parameters[id];
  const std::string words = p.words(id);
  Markup name = html("{}", words);
  if (const std::string path(x.name()); path != words) name += html("<code>{}</code>", Parts::path(path));
  Markup source;
  if (x.source != situation::none) {
    const auto& src = p.s.sources[x.source];
    source = html("<a href=\"{}\">{}</a>", "#" + Parts::id("source-", src.id), src.id);
  }
  const std::string grade = x.source == situation::none ? "" : x.grade;
  const std::string when = x.source == situation::none ? "" : date(p.s.sources[x.source].date);
  Markup matter;
  if (const auto m = p.matters.find(id); m != p.matters.end()) {
    const int percent = std::max(1, static_cast<int>(math::round(100 * m->second.share)));
    matter =
        html("<span class=\"bar\"><i style=\"width:{}%\"></i></span>{} % of <a href=\"{}\">{}</a>{}", percent, percent,
             "#" + Parts::id("drivers-", m->second.claim), m->second.claim, m->second.margin ? "’s margin" : "");
  }
  Markup out = html(
      "<tr id=\"{}\"><th scope=\"row\">{}</th><td class=\"v\">{}</td><td class=\"s\">{} <b>{}</b> "
      "<span class=\"small\">{}</span></td><td class=\"m\">{}</td></tr>\n",
      "n" + std::to_string(id), name, Parts::set(p.range(id)), source, grade, when, matter);
  for (const auto& o : x.number.opinions) out += opinion(p, x, o);
  return out;
}

Markup table(const Parts& p, const std::string& caption, std::span<const situation::ParamId> numbers) {
  Markup body;
  for (const auto id : numbers) body += row(p, id);
  return html(
      "<table class=\"ledger\"><caption>{}</caption>\n<thead><tr><th scope=\"col\">number</th><th scope=\"col\">median "
      "(90 % range)</th><th scope=\"col\">source, grade, date</th><th scope=\"col\">matters most to</th></tr></thead>\n"
      "<tbody>\n{}</tbody></table>\n",
      caption, body);
}

Markup sources(Parts& p) {
  std::vector<std::vector<Markup>> rows;
  for (std::size_t i = 0; i < p.s.sources.size(); ++i) {
    const auto& x = p.s.sources[i];
    const auto used = static_cast<std::size_t>(std::ranges::count_if(p.s.parameters, [&](const auto& n) {
      return !n.implicit && !n.tosses() && (n.source == i || std::ranges::any_of(n.number.opinions, [&](const auto& o) {
                                              return o.citation && o.citation->source == x.id;
                                            }));
    }));
    const Markup title = !(x.url.starts_with("https://") || x.url.starts_with("http://"))
                             ? html("{}", x.title)
                             : html("<a rel=\"noreferrer\" href=\"{}\">{}</a>", x.url, x.title);
    rows.push_back({html("<span id=\"{}\">{}</span>", Parts::id("source-", x.id), x.id), title, html("{}", x.publisher),
                    html("{}", date(x.date)), html("{}", x.grade), html("{}", used)});
  }
  if (rows.empty()) return {};
  Markup out = p.heading(3, "sources", "Sources");
  out += html("<p class=\"key\">{}</p>\n",
              "Grades are NATO’s: A to F for how reliable the source is (A always, F cannot be judged), 1 to 6 for how "
              "credible this piece is (1 confirmed by others, 6 cannot be judged).");
  return out + html("<details>\n<summary>{}</summary>\n{}</details>\n", counted(rows.size(), "source"),
                    p.table(html("Sources, and how many numbers rest on each"),
                            {"source", "title", "publisher", "date", "grade", "numbers"}, rows,
                            {false, false, false, false, false, true}));
}

}  // namespace

Markup ledger(Parts& p) {
  std::vector<Group> groups{
      {"facts", "Facts", "read from a source; where only the range is ours, the grade says so", {}},
      {"proposed",
       "Proposed by an assistant",
       "nobody has vouched for these yet: grade E5 until a person checks each and names another source",
       {}},
      {"judgements", "Judgements", "ours: to be disputed, and overridden by a dissent", {}},
      {"unsourced", "Without a source", "stated, and nobody is named for it", {}},
      {"defaults", "Defaults", "what the engine takes where the file says nothing", {}},
      {"derived", "Derived", "follow from others, by reference or by formula", {}}};
  std::size_t all = 0, left_out = 0;
  for (situation::ParamId id = 0; id < p.s.parameters.size(); ++id) {
    const auto& x = p.s.parameters[id];
    // A number that the file leaves to its usual value is listed where that is a range.
    if (x.tosses()) continue;
    if (x.implicit && (x.number.form != number::Form::distribution || x.number.distribution.is_fixed())) continue;
    ++all;
    const std::size_t g = x.number.form != number::Form::distribution ? 5
                          : x.implicit                                ? 4
                          : situation::proposed(p.s, x)               ? 1
                          : x.source == situation::none               ? 3
                          : p.judged(x)                               ? 2
                                                                      : 0;
    if (all > most_rows && !p.matters.contains(id)) {
      ++left_out;
      continue;
    }
    groups[g].numbers.push_back(id);
  }
  if (all == 0) return {};
  p.page.numbers = all - left_out;
  Markup out = p.heading(2, "ledger", "The ledger: every number, and who says so");
  out += html("<p class=\"key\">{}</p>\n",
              fmt::format("{} as known on {}; what became known later is no input and is not here. A range holds nine "
                          "tenths of the probability. How much a number matters is the largest share of any claim’s "
                          "variance that it explains by itself.",
                          counted(all, "number"), date(p.s.as_of)));
  const auto share = [&](situation::ParamId id) {
    const auto m = p.matters.find(id);
    return m == p.matters.end() ? 0.0 : m->second.share;
  };
  for (auto& g : groups) {
    if (g.numbers.empty()) continue;
    std::ranges::stable_sort(g.numbers, [&](auto a, auto b) { return share(a) > share(b); });
    const auto matter =
        static_cast<std::size_t>(std::ranges::count_if(g.numbers, [&](auto id) { return p.matters.contains(id); }));
    out += p.heading(3, g.id, fmt::format("{}: {}", g.title, counted(g.numbers.size(), "number")));
    out += html("<p class=\"small\">{}</p>\n", Parts::capital(g.says) + ".");
    const std::span<const situation::ParamId> ids(g.numbers);
    if (matter > 0)
      out += table(p, fmt::format("{} that move a claim measurably, by how much", g.title), ids.first(matter));
    if (matter < ids.size()) {
      const std::string title =
          p.doubt ? fmt::format("{}: {} that move no claim measurably", g.title, counted(ids.size() - matter, "number"))
                  : fmt::format("{}: {}", g.title, counted(ids.size(), "number"));
      out += html("<details>\n<summary>{}</summary>\n{}</details>\n", title, table(p, title, ids.subspan(matter)));
    }
  }
  if (left_out > 0)
    out += html("<p>{} more that move no claim are listed by <code>entente check --numbers</code>.</p>\n",
                count(left_out));
  out += sources(p);
  return html("<section class=\"ledger\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
