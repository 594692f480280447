#include "report/turn_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/amount.hpp"
#include "report/json.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {

std::string TurnSaid::lever(std::uint32_t l, double dose) const {
  const auto& x = s_.levers[l];
  std::string out = x.name;
  if (!std::isnan(dose)) out += " at " + amount(s_.parameters[x.dose].number, dose);
  return out;
}

std::string TurnSaid::levers(const std::vector<turn::Step>& steps) const {
  if (steps.empty()) return "doing nothing";
  std::string out;
  for (std::size_t i = 0; i < steps.size(); ++i)
    out += (i == 0 ? "" : i + 1 == steps.size() ? " and " : ", ") + lever(steps[i].lever, steps[i].dose);
  return out;
}

std::string TurnSaid::by(std::uint32_t l) const {
  std::string out;
  const auto& list = s_.levers[l].by;
  if (list.size() > 3) return counted(list.size(), "actor");
  for (const auto actor : list) out += (out.empty() ? "" : ", ") + s_.actors[actor].name;
  return out;
}

std::string TurnSaid::cost(double x) const {
  return std::isfinite(x) ? with_unit(value(x), s_.cost_unit.text) : "no finite cost";
}

std::string TurnSaid::cost(const turn::Told& t) const {
  if (t.low == t.high || !(t.high > 0)) return cost(t.cost);
  return cost(t.cost) + " (90 %: " + value(t.low) + " to " + value(t.high) + ")";
}

std::string TurnSaid::share(double p) {
  if (p <= 0) return "none of the draws";
  if (p >= 1) return "all draws";
  return part(p) + " of the draws";
}

std::string TurnSaid::part(double p) {
  return p <= 0 ? "0 %" : p >= 1 ? "100 %" : p < 0.005 ? "under 1 %" : p > 0.995 ? "over 99 %" : percentage(p);
}

std::string TurnSaid::sentence() const {
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

std::string TurnSaid::sure() const {
  std::string out;
  const std::size_t tried = a_.found.tried.size();
  if (a_.package && !a_.tests.empty() && !a_.tests.back().refuted) {
    const auto refuted = a_.tests.size() - 1;
    out += fmt::format("In as many fresh draws it is {} in {} of {} ({:.3g} %: {} to {})", so(),
                       count(a_.tests.back().hits), count(a_.draws), 100 * (1 - a_.tests.back().alpha),
                       percent(a_.interval.low, 1), percent(a_.interval.high, 1));
    out +=
        refuted == 0 ? ". " : fmt::format("; {} cheaper that had passed before did not. ", counted(refuted, "package"));
  } else if (a_.package && a_.tests.empty()) {
    out += "It was not tested on fresh draws. ";
  }
  if (a_.package && a_.proven && !a_.package->steps.empty()) {
    out += fmt::format("It is the cheapest over these {} draws: every package that costs less was refuted.",
                       count(a_.draws));
    if (a_.bound < a_.package->cost)
      out +=
          fmt::format(" With 90 % confidence none below {} does it; between, the draws cannot tell.", cost(a_.bound));
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

std::string TurnSaid::fails() const {
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

std::string TurnSaid::against() const {
  const auto& x = *a_.against;
  const std::string& who = s_.actors[x.who].name;
  if (x.package)
    return fmt::format(
        "Against {}, whatever it answers out of {}: {}, for {}. The answer that comes nearest, {}, leaves {} ({} to {} "
        "in fresh draws).",
        who, counted(x.answers, "answer"), levers(x.package->steps), cost(*x.package), levers(x.nearest),
        share(x.probability), percent(x.interval.low, 1), percent(x.interval.high, 1));
  if (x.whole)
    return fmt::format("Against {}: every package can be undone by one of its {}.", who, counted(x.answers, "answer"));
  return fmt::format("Against {}: a limit ended the search.", who);
}

std::string TurnSaid::granted() const {
  std::string out = "Taken for granted: the models, and that nobody has a lever that the file does not name";
  if (!a_.idle.empty()) out += fmt::format("; {} do nothing to this claim", counted(a_.idle.size(), "other lever"));
  if (!a_.barred.empty()) out += fmt::format("; {} need what may not be used", counted(a_.barred.size(), "lever"));
  return out + ".";
}

std::vector<std::size_t> a_few_of(std::size_t n) {
  constexpr std::size_t most = 8;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < std::min(n, most); ++i) out.push_back(n <= most ? i : i * (n - 1) / (most - 1));
  return out;
}

}  // namespace entente::report
