// From words to the search and back. The clock of a limit is looked at by whoever works, between draws, so no thread is
// started for it; a limit by clock may end a search anywhere, one by packages always at the same place.
#include "entente/engine/turn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"

namespace entente::engine {
namespace {

constexpr std::uint64_t page_draws = 2'000, page_packages = 5'000;

// One number as it would stand in the file; complaints point into what was typed.
std::optional<double> number_of(const situation::Situation& s, const std::string& text, const number::Unit& unit,
                                const number::Domain& domain, const std::string& typed, SourceMap& sources,
                                Diagnostics& out) {
  const auto file = sources.add(typed, text);
  const Span whole{file, 0, static_cast<std::uint32_t>(text.size())};
  const auto n = number::parse_number(text, {whole, true}, {.unit = unit, .domain = domain, .book = &s.units}, out);
  if (n && n->form == number::Form::distribution && n->distribution.is_fixed()) return n->distribution.median();
  if (n) out.error("E0790", whole, "one number is asked for here", "this is none, or an uncertain one");
  return std::nullopt;
}

std::vector<std::string> names_of(const situation::Situation& s, bool groups) {
  std::vector<std::string> names;
  for (const auto& a : s.actors) names.push_back(a.id);
  if (groups)
    for (const auto& [name, list] : s.groups) names.push_back(name);
  return names;
}

// Words of the request as options; false after a complaint.
bool read(const situation::Situation& s, const Turn& a, const std::string& typed, SourceMap& sources,
          turn::Options& options, Diagnostics& out) {
  const auto chance = number_of(s, a.chance, {}, number::Domain::share(), typed, sources, out);
  if (!chance) return false;
  if (!(*chance > 0)) {
    out.error("E0791", {}, "the chance asked for is above 0 and at most 100 %", "",
              "in no draw at all everything holds that can be thought of");
    return false;
  }
  options.chance = *chance;
  for (const auto& [text, into] : {std::pair(&a.budget, &options.budget), {&a.answer_budget, &options.answer_budget}}) {
    if (text->empty()) continue;
    const auto budget = number_of(s, *text, s.cost_unit, number::Domain::non_negative(), typed, sources, out);
    if (!budget) return false;
    *into = *budget;
  }
  for (const auto& name : a.by) {
    const auto group = s.groups.find(name);
    const auto actor = s.actor(name);
    if (group != s.groups.end()) options.by.insert(options.by.end(), group->second.begin(), group->second.end());
    else if (actor != situation::none) options.by.push_back(actor);
    else {
      out.error("E0792", {},
                "`" + shown(name) + "`, whose levers are asked for, is no actor or group of this situation", "",
                did_you_mean(name, names_of(s, true)));
      return false;
    }
  }
  if (!a.against.empty()) {
    const auto actor = s.actor(a.against);
    if (actor == situation::none) {
      out.error("E0792", {}, "`" + shown(a.against) + "`, who is to answer, is no actor of this situation", "",
                did_you_mean(a.against, names_of(s, false)));
      return false;
    }
    options.against = actor;
  }
  return true;
}

}  // namespace

Turned turn(const plan::Plan& plan, const Turn& a, double memory, Watch& watch, const std::string& typed,
            SourceMap& sources, Diagnostics& out) {
  const auto& s = plan.situation();
  Turned result{.all = a.claim.empty()};
  result.slip = Slip::asked;
  turn::Options options{.sampling = a.sampling,
                        .quantile = a.cost == "worst" ? 0.95 : 0.5,
                        .packages = a.packages,
                        .brief = result.all && !a.whole,
                        .each = result.all && a.whole,
                        .threads = a.threads};
  if (!read(s, a, typed, sources, options, out)) return result;
  // The numbers of the draws, of those that search and of those that test.
  const double need = 16 * static_cast<double>(a.sampling.draws) * static_cast<double>(plan.parameters());
  if (need > memory) {
    out.error("E0718", {},
              fmt::format("these draws take {:.1f} GB, and {:.1f} are there for them", 1e-9 * need, 1e-9 * memory), "",
              "fewer draws");
    return result;
  }
  const auto& claims = plan.claims();
  std::vector<std::size_t> asked;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    names.push_back(claims[i].name);
    const auto it = std::ranges::find(s.claims, claims[i].name, &situation::Claim::name);
    if (result.all ? it->under.empty() : claims[i].name == a.claim) asked.push_back(i);
  }
  if (asked.empty()) {
    out.error("E0719", {}, "`" + shown(a.claim) + "` is no claim of this situation", "", did_you_mean(a.claim, names));
    return result;
  }
  if (!turn::fit(plan, options, out)) {
    result.slip = Slip::situation;
    return result;
  }
  result.slip = Slip::none;
  watch.of = static_cast<std::uint32_t>(asked.size());
  using clock = std::chrono::steady_clock;
  std::mutex one;
  for (const std::size_t claim : asked) {
    std::atomic<bool> over{false};
    const auto begin = clock::now();
    options.cancel = &over;
    options.progress = &watch.progress;
    options.tick = [&] {
      if (watch.cancel || std::chrono::duration<double>(clock::now() - begin).count() >= a.seconds) over = true;
      if (!watch.tick) return;
      const std::unique_lock lock(one, std::try_to_lock);
      if (lock.owns_lock()) watch.tick();
    };
    options.to = a.to != "false";
    auto answer = turn::turn(plan, claim, options);
    if (answer && result.all && a.to.empty() && answer->before >= 0.5 && !answer->implied) {
      options.to = false;
      answer = turn::turn(plan, claim, options);
    }
    if (!answer) {
      if (watch.cancel && !result.answers.empty()) break;  // what there is
      out.error("E0704", {}, answer.error().message, "", "fewer draws, or more time");
      result.answers.clear();
      result.slip = Slip::ended;
      return result;
    }
    result.lost = result.lost || (answer->ended && !answer->package);
    result.answers.push_back(std::move(*answer));
    watch.claim = static_cast<std::uint32_t>(result.answers.size());
    if (watch.cancel) break;
  }
  result.lost = result.lost || result.answers.size() < asked.size();
  if (!result.all && result.answers.front().implied) {
    out.error("E0793", {}, "the claim `" + a.claim + "` follows from what is assumed, and no lever is asked for", "",
              "assumed: " + claims[asked.front()].implied);
    result.answers.clear();
    result.slip = Slip::asked;
  }
  return result;
}

ForPage turn_for_page(std::shared_ptr<const situation::Situation> situation, const plan::Sampling& sampling,
                      unsigned threads, double memory, Watch& watch) {
  ForPage page;
  const auto moves = std::ranges::count_if(situation->levers, [](const auto& l) { return !l.by.empty(); });
  if (moves == 0) {
    page.why = "nobody has a lever in this situation";
    return page;
  }
  Diagnostics said;
  SourceMap none;
  auto plan = plan::Plan::compile(std::move(situation), said, {.everything = false, .moves = true});
  if (!plan) {
    page.why = "the levers could not be read together";
    return page;
  }
  plan->give_up(said);  // was said of the page's own plan
  page.plan = std::make_shared<const plan::Plan>(std::move(*plan));
  if (page.plan->claims().empty()) {
    page.why = "nothing is claimed";
    return page;
  }
  plan::Sampling fewer = sampling;
  const auto draws = std::min(sampling.draws, page_draws);
  fewer.draws = sampling.latin ? plan::Sampling::whole(draws) : draws;
  Diagnostics out;
  auto turned = turn(*page.plan, {.sampling = fewer, .threads = threads, .packages = page_packages, .whole = true},
                     memory, watch, "the page", none, out);
  page.answers = std::move(turned.answers);
  if (page.answers.empty()) page.why = out.all().empty() ? "nothing was answered" : out.all().front().message;
  return page;
}

}  // namespace entente::engine
