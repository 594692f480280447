#include "answers.hpp"

#include "entente/plan/answer.hpp"

namespace entente::engine {

Json opened(const Session& s, std::uint64_t handle) {
  const auto count = situation::count_numbers(*s.situation);
  Json j{{"handle", handle},
         {"title", s.situation->title},
         {"as_of", s.situation->as_of},
         {"numbers", {{"written", count.written}, {"uncertain", count.uncertain}, {"defaults", count.defaults}}},
         {"questions", Json::array()},
         {"claims", Json::array()},
         {"changed", Json::object()}};
  for (const auto& q : s.situation->questions) j["questions"].push_back({{"name", q.name}, {"kind", q.kind}});
  for (const auto& c : s.situation->claims)
    j["claims"].push_back({{"name", c.name}, {"says", c.says}, {"holds", c.holds}, {"under", c.under}});
  for (const auto& [path, text] : s.edits) j["changed"][path] = text;
  return j;
}

Turn turn_of(Request& r, unsigned threads) {
  Turn t;
  t.claim = r.text("claim");
  t.to = r.text("to");
  t.chance = r.text("chance", t.chance);
  t.by = r.texts("by");
  t.budget = r.text("budget");
  t.cost = r.text("cost", t.cost);
  t.against = r.text("against");
  t.answer_budget = r.text("answer-budget");
  const bool random = r.flag("random");
  const std::uint64_t draws = r.whole("draws", 2000, 10, 1'000'000), seed = r.whole("seed", 1, 0, UINT64_MAX);
  t.sampling = {seed, random ? draws : plan::Sampling::whole(draws), !random};
  t.threads = std::min(static_cast<unsigned>(r.whole("threads", 1, 1, 1024)), std::max(1u, threads));
  if (r.has("milliseconds")) t.seconds = 1e-3 * static_cast<double>(r.whole("milliseconds", 60'000, 1, 86'400'000));
  t.packages = r.whole("packages", t.packages, 1, 10'000'000);
  r.one_of("to", t.to, {"", "true", "false"});
  r.one_of("cost", t.cost, {"median", "worst"});
  return t;
}

std::string page_of(const Run& run, report::Made how, bool turn, const Limits& limits, Watch& watch,
                    std::vector<std::byte>& buffer) {
  const auto& plan = run.plan();
  Diagnostics said;
  const auto all = plan::Plan::compile({std::shared_ptr<void>(), &plan.situation()}, said,
                                       {.everything = true, .levers = true, .quantities = {}});
  const auto answer = plan::answer(all ? *all : plan);
  const unsigned threads = std::max(1u, limits.threads);
  std::optional<doubt::Doubt> found;
  if (!plan.uncertain().empty()) {
    auto d = doubt::judge(plan, run.draws(), {.threads = threads, .total = 0});
    if (d) found = std::move(*d);
    else how.failed = d.error().message;
  }
  ForPage turned;
  if (turn)
    turned = turn_for_page({std::shared_ptr<void>(), &plan.situation()}, run.draws().sampling, threads, limits.memory,
                           watch);
  const report::Turns turns{turned.plan.get(), turned.answers, turned.why};
  const report::Page page = report::page(plan, answer, found ? &*found : nullptr, how, turn ? &turns : nullptr);
  const auto bytes = std::as_bytes(std::span(page.html));
  buffer.assign(bytes.begin(), bytes.end());
  return report::json(page, "");
}

}  // namespace entente::engine
