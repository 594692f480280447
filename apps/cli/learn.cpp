// `doubt --given CONDITION` and `follow`: the same draws, weighted by what became known.
#include "entente/learn/learn.hpp"

#include <algorithm>

#include "commands.hpp"
#include "drawing.hpp"
#include "entente/base/spelling.hpp"
#include "entente/engine/session.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"
#include "screen.hpp"

namespace entente::cli {
namespace {

report::Style style(const std::string& path, const DoubtArgs& a) {
  return {.color = color_out(), .width = screen_width(), .file = quoted(path), .only = a.shown.only};
}

// Compiles with what is asked beside the claims; 0, or the exit code of what was said. What stands behind `typed` in
// the sources was typed.
int compiled(Opened& o, plan::Scope scope, std::uint32_t typed, const Common& c) {
  Diagnostics fresh;  // what open() said is said
  if (auto plan = plan::Plan::compile(o.situation, fresh, std::move(scope)))
    o.plan = std::make_shared<plan::Plan>(std::move(*plan));
  if (o.plan) return ok;
  o.diagnostics = fresh;
  say(o, c);
  const auto of_typed = [&](const Diagnostic& d) { return d.span.known() && d.span.file >= typed; };
  return std::ranges::any_of(fresh.all(), of_typed) ? usage : bad_input;
}

int unknown_claim(const Opened& o, const DoubtArgs& a, const Common& c) {
  std::vector<std::string> names;
  for (const auto& claim : o.situation->claims) names.push_back(claim.name);
  for (const auto& name : a.shown.only)
    if (std::ranges::find(names, name) == names.end())
      return complain(usage, "E0719", "`" + name + "` is no claim of this situation", did_you_mean(name, names), c);
  return ok;
}

}  // namespace

int given(const std::string& path, const std::vector<std::string>& conditions, const DoubtArgs& asked,
          const Common& c) {
  DoubtArgs a = asked;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  Opened o;
  if (!open(path, c, nullptr, o)) return failed(o);
  if (const int code = unknown_claim(o, a, c)) return code;
  const auto typed = static_cast<std::uint32_t>(o.sources.size());
  plan::Scope scope;
  for (const auto& condition : conditions) {
    const auto file = o.sources.add(command_line, condition);
    scope.conditions.push_back({condition, {{file, 0, static_cast<std::uint32_t>(condition.size())}, true}});
  }
  if (const int code = compiled(o, std::move(scope), typed, c)) return code;
  const bool lost = given_up(o, c);
  int code = ok;
  const auto draws = draw(*o.plan, a, c, code);
  if (!draws) return code;
  const auto known = learn::given(*o.plan, *draws);
  if (!known) return complain(not_solved, "E0848", known.error().message, known.error().where, c);
  print(c.json ? report::json(*o.plan, *known) : report::text(*o.plan, *known, style(path, a)));
  return lost ? not_solved : ok;
}

int follow(const std::string& path, const DoubtArgs& asked, const Common& c) {
  DoubtArgs a = asked;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  Opened o;
  if (!open(path, c, nullptr, o)) return failed(o);
  if (const int code = unknown_claim(o, a, c)) return code;
  if (o.situation->news.empty())
    return complain(bad_input, "E0789", "this situation has no news",
                    "`news:` says what became known, and how likely that was", c);
  if (const int code = compiled(o, learn::scope(*o.situation), static_cast<std::uint32_t>(o.sources.size()), c))
    return code;
  const bool lost = given_up(o, c);
  int code = ok;
  const auto draws = draw(*o.plan, a, c, code);
  if (!draws) return code;
  std::vector<std::uint32_t> claims;
  for (const auto& name : a.shown.only)
    claims.push_back(static_cast<std::uint32_t>(std::ranges::find(o.situation->claims, name, &situation::Claim::name) -
                                                o.situation->claims.begin()));
  o.diagnostics = Diagnostics();
  const auto f = learn::follow(*o.plan, *draws, claims, o.diagnostics);
  say(o, c);
  if (!f) return bad_input;
  print(c.json ? report::json(*o.plan, *f) : report::text(*o.plan, *f, style(path, a)));
  return lost ? not_solved : ok;
}

}  // namespace entente::cli
