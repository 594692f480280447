// explain: how a number came about, from the text to the answer.
#include <algorithm>

#include "commands.hpp"
#include "entente/engine/session.hpp"
#include "entente/families/all.hpp"
#include "opened.hpp"

namespace entente::cli {

int explain(const std::string& path, const std::string& name, const Common& c) {
  const auto s = engine::open(engine::disk(), path, families::all(), {.strict = false, .allow = c.allow});
  say(s.complaints, *s.sources, c);
  if (!s.good()) return failed(s.complaints, *s.sources);
  const auto e = engine::explain(s, name);
  if (!e.plan) {
    say(e.complaints, *e.sources, c);
    const bool asked = std::ranges::any_of(e.complaints.all(), [&](const Diagnostic& d) {
      return d.span.known() && (*e.sources)[d.span.file].name() == engine::asked_for;
    });
    return asked ? usage : bad_input;
  }
  print(c.json ? report::json(*e.plan, e.explanation, *e.sources)
               : report::text(*e.plan, e.explanation, *e.sources, {.color = color_out()}));
  return ok;
}

}  // namespace entente::cli
