// The tools that learn: the same draws where something is given, and through the situation's news.
#include "entente/engine/learn.hpp"
#include "entente/report/report.hpp"
#include "mcp/tool.hpp"

namespace entente::mcp {
namespace {

namespace said = entente::report;

Json parsed(const std::string& json) { return Json::parse(json, nullptr, false); }

Answer learnt(const Call& call, bool through_news) {
  Work w(call);
  const auto options = w.drawing(1000);
  const auto conditions = through_news ? std::vector<std::string>() : w.args.texts("conditions");
  const auto names = w.args.texts("claims");
  const engine::Session* s = w.open();
  if (!s) return w.refused();
  if (!through_news && conditions.empty()) w.refuse("E0775", "`conditions` names what is given");
  auto sources = std::make_shared<SourceMap>(*s->sources);
  const auto claims = engine::claims_named(*s->situation, names, w.out);
  Diagnostics found;
  const auto plan = !w.out.ok()    ? nullptr
                    : through_news ? engine::plan_follow(s->situation, found)
                                   : engine::plan_given(s->situation, conditions, "conditions", *sources, found);
  w.sources = sources;
  if (!plan)
    for (const auto& d : found.all()) w.out.add(d);
  const auto draws = plan ? w.drawn(*plan, options) : std::nullopt;
  if (!draws) return w.refused();
  const said::Style style{.file = w.named, .only = names};
  if (through_news) {
    const auto f = learn::follow(*plan, *draws, claims, w.out);
    return f ? w.answered(parsed(said::json(*plan, *f)), said::text(*plan, *f, style)) : w.refused();
  }
  const auto known = engine::given(*plan, *draws, claims, w.out);
  return known ? w.answered(parsed(said::json(*plan, *known)), said::text(*plan, *known, style)) : w.refused();
}

}  // namespace

Answer given(const Call& call) { return learnt(call, false); }
Answer follow(const Call& call) { return learnt(call, true); }

}  // namespace entente::mcp
