// entente_turn: what it would take. The words of the arguments become numbers in the engine, as those of a terminal do.
#include "entente/engine/turn.hpp"
#include "entente/report/report.hpp"
#include "mcp/tool.hpp"

namespace entente::mcp {

Answer turn(const Call& call) {
  Work w(call);
  const auto drawing = w.drawing(1000);
  engine::Turn asked{.claim = w.args.text("claim"),
                     .to = w.args.has("to") && !w.args.flag("to") ? "false" : "true",
                     .chance = w.args.text("chance", "80 %"),
                     .budget = w.args.text("budget"),
                     .answer_budget = w.args.text("answer_budget"),
                     .against = w.args.text("against"),
                     .cost = w.args.text("cost", "median"),
                     .by = w.args.texts("by"),
                     .sampling = drawing.sampling,
                     .threads = call.options.threads,
                     .seconds = 0.9 * call.options.limits.seconds};  // the best so far is told before the call is over
  if (asked.cost != "median" && asked.cost != "worst") w.refuse("E0775", "`cost` is `median` or `worst`");
  if (asked.claim.empty()) w.refuse("E0719", "`claim` names the claim that is to be turned");
  const engine::Session* session = w.open();
  const auto plan = session ? w.compile({}, {.everything = false, .moves = true}) : nullptr;
  if (!plan || !w.out.ok()) return w.refused();
  engine::Watch watch;
  watch.tick = [&] {
    if (call.stop) watch.cancel = true;
  };
  auto sources = std::make_shared<SourceMap>(*w.sources);
  w.sources = sources;
  const auto turned = engine::turn(*plan, asked, call.options.limits.memory, watch, "the call", *sources, w.out);
  if (turned.answers.empty()) {
    if (call.stop && w.out.ok()) w.stopped(0, asked.sampling.draws, "draws");
    if (w.out.ok()) w.refuse("E0799", "the question has no answer");
    return w.refused();
  }
  return w.answered(Json::parse(entente::report::json(*plan, turned.answers.front()), nullptr, false),
                    entente::report::text(*plan, turned.answers.front(), entente::report::Style{.file = w.named}));
}

}  // namespace entente::mcp
