// What it would take, on one screen: the answer in a sentence, who does what, how sure that is, what else could be
// done, where it fails, what else changes.
#include <fmt/format.h>

#include <algorithm>

#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"
#include "report/turn_sentences.hpp"

namespace entente::report {
namespace {

constexpr std::size_t most_effects = 4;

}  // namespace

std::string text(const plan::Plan& plan, const turn::Answer& a, const Style& style) {
  const TurnSaid tell(plan, a);
  const auto lines = [&](const std::string& t, std::size_t indent) { return wrap(t, indent, style.width); };
  const auto& c = plan.claims()[a.claim];
  std::string out = lines(bold(c.name, style.color) + ": " + c.says, 0);
  out += lines(tone(tell.sentence(), a.package ? "32" : "33", style.color), 0);
  if (a.package && !a.package->steps.empty()) {
    std::vector<std::vector<std::string>> rows{{"lever", "cost", "without it", "who"}};
    for (const auto& x : a.package->steps)
      rows.push_back({tell.lever(x.lever, x.dose), tell.cost(x.cost), x.without ? TurnSaid::part(*x.without) : "-",
                      tell.by(x.lever)});
    out += columns(rows, 2, false, 3);
  }
  if (const std::string sure = tell.sure(); !sure.empty()) out += lines(sure, 0);
  if (a.front.size() > 1) {
    out += a.front_whole ? "What more would buy:\n" : "What more would buy, as far as was looked:\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto i : a_few_of(a.front.size())) {
      const auto& x = a.front[i];
      rows.push_back({tell.cost(x.cost), TurnSaid::part(x.probability), tell.levers(x.steps)});
      const std::size_t room = style.width > 46 ? style.width - 34 : 12;
      if (length(rows.back()[2]) > room) rows.back()[2] = fmt::format("{}", counted(x.steps.size(), "lever"));
    }
    out += columns(rows, 2, false, 2);
  }
  for (std::size_t i = 0; i < a.others.size(); ++i)
    out += lines(fmt::format("{} {}, for {}: {}.", i == 0 ? "Or else:" : "Or:", tell.levers(a.others[i].steps),
                             tell.cost(a.others[i].cost), tell.share(a.others[i].probability)),
                 0);
  if (a.fails) out += lines(tell.fails(), 0);
  if (!a.effects.empty()) {
    std::string effects;
    for (std::size_t i = 0; i < std::min(most_effects, a.effects.size()); ++i) {
      const auto& e = a.effects[i];
      effects += fmt::format("{}{} from {} to {}", i ? "; " : "", plan.claims()[e.claim].name, TurnSaid::part(e.before),
                             TurnSaid::part(e.after));
    }
    if (a.effects.size() > most_effects) effects += fmt::format("; and {} more", a.effects.size() - most_effects);
    out += lines("It changes the word of other claims: " + effects + ".", 0);
  }
  if (a.against) out += lines(tell.against(), 0);
  return out + lines(tell.granted(), 0);
}

std::string text(const plan::Plan& plan, const std::vector<turn::Answer>& answers, const Style& style) {
  const auto& s = plan.situation();
  std::string out = wrap(bold(s.title, style.color) + ": what it would take.", 0, style.width) + "\n";
  for (const auto& a : answers) {
    const auto& c = plan.claims()[a.claim];
    const TurnSaid tell(plan, a);
    out += wrap(bold(c.name, style.color) + ": " + c.says, 0, style.width);
    if (a.implied) {
      out += wrap(tell.sentence(), 2, style.width);
      continue;
    }
    out += wrap("To make it " + std::string(tell.so()) + ": " + tell.sentence(), 2, style.width);
    std::string alone;
    for (const auto& x : a.each)
      if (x.package && !x.package->steps.empty())
        alone += fmt::format("{}{} by {}, for {}", alone.empty() ? "Alone: " : "; ", s.actors[x.who].name,
                             tell.levers(x.package->steps), tell.cost(x.package->cost));
    if (!alone.empty()) out += wrap(alone + ".", 2, style.width);
  }
  return out;
}

}  // namespace entente::report
