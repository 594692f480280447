// Who could turn each claim that stands for itself: the answer in a sentence, the package as a card with what each
// lever sets and whether it is needed, the front as a picture with its table, what else would do, where it fails, what
// else changes. That nobody can is told in the same place and size. Without a search the levers alone are listed.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "report/amount.hpp"
#include "report/display_names.hpp"
#include "report/html/parts.hpp"
#include "report/number_format.hpp"
#include "report/turn_sentences.hpp"

namespace entente::report::html {
namespace {

// "75 % (60 to 90)": the chance that a lever works.
std::string works(const Parts& p, situation::ParamId id) {
  const auto& n = p.s.parameters[id].number;
  if (n.form != number::Form::distribution) return p.range(id);
  const auto& d = n.distribution;
  if (d.is_fixed()) return percentage(d.median());
  const Ranged r = ranged(100 * d.quantile(0.05), 100 * d.median(), 100 * d.quantile(0.95));
  return fmt::format("{} % ({} to {})", r.middle, r.low, r.high);
}

// "Third countries' banks are threatened (bank-threat)", or the name alone.
Markup lever_named(const Parts& p, const TurnSaid& said, const turn::Step& x) {
  const std::string name = said.lever(x.lever, x.dose), says = p.s.levers[x.lever].says;
  if (says.empty()) return html("<b>{}</b>", name);
  return html("<b>{}</b> {}", name, Parts::set(says));
}

Markup moves(const Parts& p, const TurnSaid& said, const turn::Answer& a, const turn::Told& t) {
  Markup items;
  for (const auto& x : t.steps) {
    const auto& lever = p.s.levers[x.lever];
    Markup sets;
    for (const auto& patch : lever.patches)
      sets += html("{}{}: {}", sets.empty() ? "" : "; ", p.words(patch.target), Parts::set(p.range(patch.source)));
    Markup facts = html("<p class=\"small\">By {}, for {}", said.by(x.lever), Parts::set(said.cost(x.cost)));
    if (lever.works != situation::none) facts += html("; works with a chance of {}", Parts::set(works(p, lever.works)));
    facts += html(".</p>\n<p class=\"small\">Sets {}.</p>\n", sets);
    if (&t == &*a.package) {
      const std::string need = x.without
                                   ? fmt::format("Without it: {} in {}; {}.", said.so(), TurnSaid::share(*x.without),
                                                 *x.without < a.chance ? "it is needed" : "it is not needed")
                                   : "Others of the package need it.";
      facts += html("<p class=\"small\">{}</p>\n", Parts::set(need));
    }
    items += html("<li>{}\n{}</li>\n", lever_named(p, said, x), facts);
  }
  return items.empty() ? items : html("<ul class=\"moves\">\n{}</ul>\n", items);
}

// A package: who does what in a heading, what it costs and how surely it works in a sentence, its levers.
Markup card(Parts& p, const TurnSaid& said, const turn::Answer& a, const turn::Told& t, const std::string& sentence) {
  const std::string& claim = p.turns->plan->claims()[a.claim].name;
  Markup head = p.heading(4, Parts::id("package-", claim), said.levers(t.steps));
  head += html("<p class=\"lead\">{}</p>\n", Parts::set(sentence));
  return html("<div class=\"card\">\n{}{}</div>\n", head, moves(p, said, a, t));
}

Markup front_table(const Parts& p, const TurnSaid& said, const turn::Answer& a) {
  if (a.front.size() < 2) return {};
  std::vector<std::vector<Markup>> rows;
  const auto listed = listed_on_front(a);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto& x = a.front[listed[i]];
    rows.push_back({html("{}", i + 1), html("{}", Parts::set(said.cost(x.cost))),
                    html("{}", Parts::set(TurnSaid::part(x.probability))), html("{}", said.levers(x.steps))});
  }
  const std::string& claim = p.turns->plan->claims()[a.claim].name;
  const std::string what =
      fmt::format("What more would buy: {}{}", claim, a.front_whole ? "" : ", as far as was looked");
  return p.table(html("{}", what), {"point", "cost", std::string("chance ") + said.so(), "package"}, rows,
                 {false, true, true, false});
}

Markup effects(const Parts& p, const turn::Answer& a) {
  Markup items;
  for (const auto& e : a.effects)
    items += html("<li><a href=\"{}\">{}</a>: from {}, {}, to {}, {}</li>\n",
                  "#" + Parts::id("claim-", p.turns->plan->claims()[e.claim].name),
                  p.turns->plan->claims()[e.claim].name, Parts::set(e.word_before),
                  Parts::set(TurnSaid::part(e.before)), Parts::set(e.word_after), Parts::set(TurnSaid::part(e.after)));
  return items.empty()
             ? items
             : html("<p class=\"small\">It changes the word of other claims:</p>\n<ul class=\"small\">\n{}</ul>\n",
                    items);
}

Markup one(Parts& p, const turn::Answer& a) {
  const plan::Plan& plan = *p.turns->plan;
  const TurnSaid said(plan, a);
  const auto& claim = plan.claims()[a.claim];
  Markup out = p.heading(3, Parts::id("turn-", claim.name),
                         html("{} <span class=\"kind\">{}</span>", Parts::set(claim.says), claim.name), claim.name);
  std::string sentence = said.sentence();
  if (a.implied) return out + html("<p>{}</p>\n", Parts::set(sentence));
  sentence[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(sentence[0])));  // behind a colon
  sentence = fmt::format("To make it {}: {}", said.so(), sentence);
  if (a.package && !a.package->steps.empty())
    out += html("<div class=\"cards\">\n{}</div>\n", card(p, said, a, *a.package, sentence));
  else out += html("<p class=\"lead {}\">{}</p>\n", a.package ? "somebody" : "nobody", Parts::set(sentence));
  if (const std::string sure = said.sure(); !sure.empty()) out += html("<p class=\"small\">{}</p>\n", Parts::set(sure));
  out += p.picture(front(plan, a));
  if (const Markup table = front_table(p, said, a); !table.empty()) out += table;
  Markup others;
  for (const auto& t : a.others)
    others += html("<li>{}, for {}: {} in {}</li>\n", said.levers(t.steps), Parts::set(said.cost(t)), said.so(),
                   Parts::set(TurnSaid::share(t.probability)));
  if (!others.empty())
    out += html(
        "<p class=\"small\">What else would do, sharing at most half of its levers:</p>\n<ul "
        "class=\"small\">\n{}</ul>\n",
        others);
  Markup alone;
  for (const auto& x : a.each)
    if (x.package && !x.package->steps.empty())
      alone += html("<li>{}: {}, for {}</li>\n", p.s.actors[x.who].name, said.levers(x.package->steps),
                    Parts::set(said.cost(*x.package)));
  if (!alone.empty())
    out += html("<p class=\"small\">Who could do it alone:</p>\n<ul class=\"small\">\n{}</ul>\n", alone);
  if (a.fails) {
    std::string where = said.fails();
    std::erase(where, '`');  // a terminal's marks of a name
    out += html("<p class=\"small\">{}</p>\n", Parts::set(where));
  }
  return out + effects(p, a) + html("<p class=\"small\">{}</p>\n", Parts::set(said.granted()));
}

// Every lever, whoever has it: what it is, who can do it, what it costs.
Markup levers(Parts& p) {
  std::vector<std::vector<Markup>> rows;
  for (const auto& l : p.s.levers) {
    if (l.by.empty()) continue;  // a world for claims, and no move
    std::string who;
    for (const auto a : l.by) who += (who.empty() ? "" : ", ") + p.s.actors[a].name;
    if (l.by.size() > 3) who = counted(l.by.size(), "actor");
    std::string cost = l.cost == situation::none ? "" : p.range(l.cost);
    if (l.cost != situation::none && p.s.parameters[l.cost].number.form == number::Form::formula)
      cost += ", dose up to " + amount(p.s.parameters[l.dose].number, l.doses.back());
    rows.push_back({html("{}", l.name), html("{}", Parts::set(l.says)), html("{}", who), html("{}", Parts::set(cost)),
                    html("{}", l.works == situation::none ? "" : Parts::set(works(p, l.works)))});
  }
  if (rows.empty()) return {};
  return html("<details>\n<summary>{}</summary>\n{}</details>\n",
              fmt::format("{} of this situation, and what they cost", counted(rows.size(), "lever")),
              p.table(html("What somebody could do"), {"lever", "what is done", "who", "cost (90 % range)", "works"},
                      rows, {false, false, false, false, false}));
}

}  // namespace

Markup turns(Parts& p) {
  const bool moves = std::ranges::any_of(p.s.levers, [](const auto& l) { return l.cost != situation::none; });
  if (!moves && !p.turns) return {};
  Markup out = p.heading(2, "turn", "Who could turn it, and for what");
  if (!p.turns) {
    out += html("<p class=\"key\">{} <code>{}</code></p>\n",
                "Levers are what somebody could do. Which package of them would turn a claim, at what least cost, this "
                "page was not asked; it is by",
                p.made.command + " --turn");
  } else if (p.turns->answers.empty()) {
    out += html("<p class=\"failed\">Not looked for: {}.</p>\n", p.turns->why);
  } else {
    const auto& first = p.turns->answers.front();
    out += html("<p class=\"key\">{}</p>\n",
                fmt::format("For each claim the cheapest package of levers that makes it what it is not, in {} of {} "
                            "draws, tested on as many fresh ones. A lever is what somebody thought of and wrote down: "
                            "nobody is a sentence about this file.",
                            percentage(first.chance), count(first.draws)));
    for (const auto& a : p.turns->answers) out += html("<section class=\"turned\">\n{}</section>\n", one(p, a));
  }
  return html("<section class=\"turning\">\n{}{}</section>\n", out, levers(p));
}

}  // namespace entente::report::html
