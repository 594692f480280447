// What it would take, on one screen: the answer in a sentence, who does what, how sure that is, what else could be
// done, where it fails, what else changes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/amount.hpp"
#include "report/display_names.hpp"
#include "report/json.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {
namespace {

constexpr std::size_t most_rows = 8, most_effects = 4;

class Teller {
 public:
  Teller(const plan::Plan& plan, const turn::Answer& a) : s_(plan.situation()), plan_(plan), a_(a) {}

  [[nodiscard]] std::string lever(std::uint32_t l, double dose) const {
    const auto& x = s_.levers[l];
    std::string out = x.name;
    if (!std::isnan(dose)) out += " at " + amount(s_.parameters[x.dose].number, dose);
    return out;
  }
  [[nodiscard]] std::string levers(const std::vector<turn::Step>& steps) const {
    if (steps.empty()) return "doing nothing";
    std::string out;
    for (std::size_t i = 0; i < steps.size(); ++i)
      out += (i == 0 ? "" : i + 1 == steps.size() ? " and " : ", ") + lever(steps[i].lever, steps[i].dose);
    return out;
  }
  [[nodiscard]] std::string by(std::uint32_t l) const {
    std::string out;
    const auto& list = s_.levers[l].by;
    if (list.size() > 3) return counted(list.size(), "actor");
    for (const auto actor : list) out += (out.empty() ? "" : ", ") + s_.actors[actor].name;
    return out;
  }
  [[nodiscard]] std::string cost(double x) const {
    return std::isfinite(x) ? with_unit(value(x), s_.cost_unit.text) : "no finite cost";
  }
  [[nodiscard]] std::string cost(const turn::Told& t) const {
    if (t.low == t.high || !(t.high > 0)) return cost(t.cost);
    return cost(t.cost) + " (90 %: " + value(t.low) + " to " + value(t.high) + ")";
  }
  [[nodiscard]] std::string share(double p) const {
    if (p <= 0) return "none of the draws";
    if (p >= 1) return "all draws";
    return part(p) + " of the draws";
  }
  // A share that is neither none nor all never reads as one.
  [[nodiscard]] static std::string part(double p) {
    return p <= 0 ? "0 %" : p >= 1 ? "100 %" : p < 0.005 ? "under 1 %" : p > 0.995 ? "over 99 %" : percentage(p);
  }
  [[nodiscard]] const char* so() const { return a_.to ? "true" : "false"; }

  [[nodiscard]] std::string sentence() const {
    if (a_.implied) return "It follows from what is assumed: " + plan_.claims()[a_.claim].implied + ".";
    const std::string before = "it is " + std::string(so()) + " in " + share(a_.before);
    if (a_.package && a_.package->steps.empty()) return "Nobody need do anything: " + before + ".";
    if (a_.package)
      return fmt::format("It takes {}, for {}: then it is {} in {}, and without in {}.", levers(a_.package->steps),
                         cost(*a_.package), so(), share(a_.package->probability), share(a_.before));
    if (a_.levers.empty()) return fmt::format("No lever that may be used reaches what this claim reads: {}.", before);
    if (!a_.tests.empty() && !a_.ended && a_.found.least)
      return fmt::format("No package that makes it {} in {} of these draws did so in fresh ones; without any {}.", so(),
                         percentage(a_.chance), before);
    const std::string nearest =
        a_.best && !a_.best->steps.empty()
            ? fmt::format("the most is {}, by {} for {}; without any {}", share(a_.best->probability),
                          levers(a_.best->steps), cost(a_.best->cost), before)
            : "none makes it any likelier: " + before;
    if (a_.ended)
      return fmt::format("A limit ended the search: none of {} looked at makes it {} in {} of the draws; {}.",
                         counted(a_.found.tried.size(), "package"), so(), percentage(a_.chance), nearest);
    const std::string levers_ = a_.levers.size() == 1 ? "The one lever that reaches it does not make it {1}"
                                                      : "No package of the {0} levers that reach it makes it {1}";
    return fmt::format(fmt::runtime(levers_ + " in {2} of the draws: {3}."), a_.levers.size(), so(),
                       percentage(a_.chance), nearest);
  }

  [[nodiscard]] std::string sure() const {
    std::string out;
    const std::size_t tried = a_.found.tried.size();
    if (a_.package && !a_.tests.empty() && !a_.tests.back().refuted) {
      const auto refuted = a_.tests.size() - 1;
      out += fmt::format("In as many fresh draws it is {} in {} of {} ({:.3g} %: {} to {})", so(),
                         count(a_.tests.back().hits), count(a_.draws), 100 * (1 - a_.tests.back().alpha),
                         percent(a_.interval.low, 1), percent(a_.interval.high, 1));
      out += refuted == 0 ? ". "
                          : fmt::format("; {} cheaper that had passed before did not. ", counted(refuted, "package"));
    } else if (a_.package && a_.tests.empty()) {
      out += "It was not tested on fresh draws. ";
    }
    if (a_.package && a_.proven && !a_.package->steps.empty()) {
      out += fmt::format("It is the cheapest over these {} draws: every package that costs less was refuted.",
                         count(a_.draws));
      if (a_.bound < a_.package->cost)
        out += fmt::format(" At 90 % that none below {} does it; between, the draws cannot tell.", cost(a_.bound));
    } else if (a_.package && !a_.proven) {
      out += fmt::format(
          "Whether it is the cheapest is open: a limit ended the search, and only what costs less than {} "
          "is refuted.",
          cost(a_.below));
    } else if (!a_.package && !a_.ended && tried > 1) {
      out += fmt::format("All {} were looked at over {} draws.", counted(tried, "package"), count(a_.draws));
    }
    return out;
  }

  [[nodiscard]] std::string fails() const {
    std::string where;
    for (const auto& x : a_.fails->sides) {
      if (!where.empty()) where += " and ";
      if (x.param == situation::none) {
        where += fmt::format("`{}` {}", s_.levers[x.lever].name, x.to > 0.5 ? "works" : "does not work");
        continue;
      }
      const auto& n = s_.parameters[x.param].number;
      std::string words = place_words(s_, x.param);
      if (words.empty()) words = typed_name(s_, x.param);
      where += words;
      if (std::isfinite(x.from) && std::isfinite(x.to))
        where += " is from " + amount(n, x.from) + " to " + amount(n, x.to);
      else where += (std::isfinite(x.from) ? " is at least " + amount(n, x.from) : " is at most " + amount(n, x.to));
    }
    return fmt::format("It fails mostly where {}: there in {} of the draws, which is {} of all its failures.", where,
                       percentage(a_.fails->within), percentage(a_.fails->covered));
  }

 private:
  const situation::Situation& s_;
  const plan::Plan& plan_;
  const turn::Answer& a_;
};

// Of a long list the first, the last, and some evenly between.
std::vector<std::size_t> some_of(std::size_t n) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < std::min(n, most_rows); ++i)
    out.push_back(n <= most_rows ? i : i * (n - 1) / (most_rows - 1));
  return out;
}

}  // namespace

std::string text(const plan::Plan& plan, const turn::Answer& a, const Style& style) {
  const auto& s = plan.situation();
  const Teller tell(plan, a);
  const auto lines = [&](const std::string& t, std::size_t indent) { return wrap(t, indent, style.width); };
  const auto& c = plan.claims()[a.claim];
  std::string out = lines(bold(c.name, style.color) + ": " + c.says, 0);
  out += lines(tone(tell.sentence(), a.package ? "32" : "33", style.color), 0);
  if (a.package && !a.package->steps.empty()) {
    std::vector<std::vector<std::string>> rows{{"lever", "cost", "without it", "who"}};
    for (const auto& x : a.package->steps)
      rows.push_back({tell.lever(x.lever, x.dose), tell.cost(x.cost), x.without ? Teller::part(*x.without) : "-",
                      tell.by(x.lever)});
    out += columns(rows, 2, false, 3);
  }
  if (const std::string sure = tell.sure(); !sure.empty()) out += lines(sure, 0);
  if (a.front.size() > 1) {
    out += a.front_whole ? "What more would buy:\n" : "What more would buy, as far as was looked:\n";
    std::vector<std::vector<std::string>> rows;
    for (const auto i : some_of(a.front.size())) {
      const auto& x = a.front[i];
      rows.push_back({tell.cost(x.cost), Teller::part(x.probability), tell.levers(x.steps)});
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
      effects += fmt::format("{}{} from {} to {}", i ? "; " : "", plan.claims()[e.claim].name, Teller::part(e.before),
                             Teller::part(e.after));
    }
    if (a.effects.size() > most_effects) effects += fmt::format("; and {} more", a.effects.size() - most_effects);
    out += lines("It changes the word of other claims: " + effects + ".", 0);
  }
  if (a.against) {
    const auto& x = *a.against;
    const std::string& who = s.actors[x.who].name;
    if (x.package)
      out +=
          lines(fmt::format("Against {}, whatever it answers out of {}: {}, for {}. The answer that comes nearest, {}, "
                            "leaves {} ({} to {} in fresh draws).",
                            who, counted(x.answers, "answer"), tell.levers(x.package->steps), tell.cost(*x.package),
                            tell.levers(x.nearest), tell.share(x.probability), percent(x.interval.low, 1),
                            percent(x.interval.high, 1)),
                0);
    else if (x.whole)
      out += lines(
          fmt::format("Against {}: every package can be undone by one of its {}.", who, counted(x.answers, "answer")),
          0);
    else out += lines(fmt::format("Against {}: a limit ended the search.", who), 0);
  }
  std::string granted = "Taken for granted: the models, and that nobody has a lever that the file does not name";
  if (!a.idle.empty()) granted += fmt::format("; {} do nothing to this claim", counted(a.idle.size(), "other lever"));
  if (!a.barred.empty()) granted += fmt::format("; {} need what may not be used", counted(a.barred.size(), "lever"));
  return out + lines(granted + ".", 0);
}

std::string text(const plan::Plan& plan, const std::vector<turn::Answer>& answers, const Style& style) {
  const auto& s = plan.situation();
  std::string out = wrap(bold(s.title, style.color) + ": what it would take.", 0, style.width) + "\n";
  for (const auto& a : answers) {
    const auto& c = plan.claims()[a.claim];
    const Teller tell(plan, a);
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
