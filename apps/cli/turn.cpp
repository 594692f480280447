// turn: what would it take? Options in words become numbers here; a timer and signals end the search with what there
// is.
#include "entente/turn/turn.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "commands.hpp"
#include "drawing.hpp"
#include "entente/base/spelling.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"
#include "screen.hpp"

namespace entente::cli {
namespace {

// Sets a flag after a time, or when a signal came.
class Watch {
 public:
  explicit Watch(double seconds)
      : timer_([this, seconds](const std::stop_token& ended) {
          const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
          while (!ended.stop_requested() && !stop) {
            if (interrupted() || std::chrono::steady_clock::now() >= end) stop = true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
          }
        }) {}
  std::atomic<bool> stop{false};

 private:
  Signals signals_;
  std::jthread timer_;
};

// One number as it would stand in the file; complaints point into what was typed.
std::optional<double> typed(Opened& o, const std::string& text, const number::Unit& unit,
                            const number::Domain& domain) {
  const auto file = o.sources.add(command_line, text);
  Diagnostics said;
  const auto n = number::parse_number(text, {{file, 0, static_cast<std::uint32_t>(text.size())}, true},
                                      {.unit = unit, .domain = domain, .book = &o.situation->units}, said);
  if (n && n->form == number::Form::distribution && n->distribution.is_fixed()) return n->distribution.median();
  if (n)
    said.error("E0790", {file, 0, static_cast<std::uint32_t>(text.size())}, "one number is asked for here",
               "this is none, or an uncertain one");
  o.diagnostics = said;
  return std::nullopt;
}

std::vector<std::string> names_of(const situation::Situation& s, bool groups = true) {
  std::vector<std::string> names;
  for (const auto& a : s.actors) names.push_back(a.id);
  if (groups)
    for (const auto& [name, list] : s.groups) names.push_back(name);
  return names;
}

}  // namespace

int turn(const std::string& path, const TurnArgs& a, const Common& c) {
  Opened o;
  const plan::Scope scope{.everything = false, .moves = true};
  if (!open(path, c, &scope, o)) return failed(o);
  const auto& s = *o.situation;
  turn::Options options{.sampling = {a.seed, a.random ? a.draws : plan::Sampling::whole(a.draws), !a.random},
                        .quantile = a.cost == "worst" ? 0.95 : 0.5,
                        .threads = a.threads};
  const auto refused = [&] {
    say(o, c);
    return usage;
  };
  const auto chance = typed(o, a.chance, {}, number::Domain::share());
  if (!chance) return refused();
  if (!(*chance > 0))
    return complain(usage, "E0791", "`--chance` is above 0 and at most 100 %",
                    "in no draw at all everything holds that can be thought of", c);
  options.chance = *chance;
  for (const auto& [text, into] : {std::pair(&a.budget, &options.budget), {&a.answer_budget, &options.answer_budget}}) {
    if (text->empty()) continue;
    const auto budget = typed(o, *text, s.cost_unit, number::Domain::non_negative());
    if (!budget) return refused();
    *into = *budget;
  }
  for (const auto& name : a.by) {
    const auto group = s.groups.find(name);
    const auto actor = s.actor(name);
    if (group != s.groups.end()) options.by.insert(options.by.end(), group->second.begin(), group->second.end());
    else if (actor != situation::none) options.by.push_back(actor);
    else
      return complain(usage, "E0792", "`" + name + "` of --by is no actor or group of this situation",
                      did_you_mean(name, names_of(s)), c);
  }
  if (!a.against.empty()) {
    const auto actor = s.actor(a.against);
    if (actor == situation::none)
      return complain(usage, "E0792", "`" + a.against + "` of --against is no actor of this situation",
                      did_you_mean(a.against, names_of(s, false)), c);
    options.against = actor;
  }
  // The numbers of the draws, of those that search and of those that test.
  const double need =
      2 * 8e-9 * static_cast<double>(options.sampling.draws) * static_cast<double>(o.plan->parameters());
  const double there = 1e-9 * static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (need > there)
    return complain(usage, "E0718", fmt::format("these draws take {:.0f} GB, and the machine has {:.0f}", need, there),
                    "fewer --draws", c);
  const auto& claims = o.plan->claims();
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const auto it = std::ranges::find(s.claims, claims[i].name, &situation::Claim::name);
    if (a.claim.empty() ? it->under.empty() : claims[i].name == a.claim) asked.push_back(i);
  }
  if (asked.empty()) {
    std::vector<std::string> names;
    for (const auto& x : claims) names.push_back(x.name);
    return complain(usage, "E0719", "`" + a.claim + "` is no claim of this situation", did_you_mean(a.claim, names), c);
  }
  Diagnostics fits;
  if (!turn::fit(*o.plan, options, fits)) {
    o.diagnostics = fits;
    say(o, c);
    return bad_input;
  }
  given_up(o, c);
  const bool all = a.claim.empty();
  options.brief = all;
  std::vector<turn::Answer> answers;
  bool lost = false;
  for (const std::size_t claim : asked) {
    Watch watch(a.seconds);
    options.cancel = &watch.stop;
    options.to = a.to != "false";
    auto answer = turn::turn(*o.plan, claim, options);
    if (answer && all && a.to.empty() && answer->before >= 0.5 && !answer->implied) {
      options.to = false;
      answer = turn::turn(*o.plan, claim, options);
    }
    if (!answer) return complain(not_solved, "E0704", answer.error().message, "fewer --draws, or more --seconds", c);
    lost = lost || (answer->ended && !answer->package);
    answers.push_back(std::move(*answer));
    if (interrupted()) break;
  }
  if (!all && answers.front().implied)
    return complain(usage, "E0793",
                    "the claim `" + a.claim + "` follows from what is assumed, and no lever is asked for",
                    "assumed: " + claims[asked.front()].implied, c);
  const report::Style style{.color = color_out(), .width = screen_width(), .file = quoted(path)};
  if (c.json) print(all ? report::json(*o.plan, answers) : report::json(*o.plan, answers.front()));
  else print(all ? report::text(*o.plan, answers, style) : report::text(*o.plan, answers.front(), style));
  return lost ? not_solved : ok;
}

}  // namespace entente::cli
