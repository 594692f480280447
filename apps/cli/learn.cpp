// `doubt --given CONDITION` and `follow`: the same draws, weighted by what became known.
#include "entente/engine/learn.hpp"

#include <algorithm>

#include "commands.hpp"
#include "drawing.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"
#include "screen.hpp"

namespace entente::cli {
namespace {

report::Style style(const std::string& path, const DoubtArgs& a) {
  return {.color = color_out(), .width = screen_width(), .file = quoted(path), .only = a.shown.only};
}

// Says what is wrong so far; the exit code: 2 where that is what somebody typed.
int wrong(Opened& o, std::uint32_t typed, const Common& c) {
  say(o, c);
  const auto of_typed = [&](const Diagnostic& d) {
    return d.code == "E0719" || (d.span.known() && d.span.file >= typed);
  };
  return std::ranges::any_of(o.diagnostics.all(), of_typed) ? usage : bad_input;
}

}  // namespace

int given(const std::string& path, const std::vector<std::string>& conditions, const DoubtArgs& asked,
          const Common& c) {
  DoubtArgs a = asked;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  Opened o;
  if (!open(path, c, nullptr, o)) return failed(o);
  o.diagnostics = Diagnostics();  // what open() said is said
  const auto typed = static_cast<std::uint32_t>(o.sources.size());
  const auto claims = engine::claims_named(*o.situation, a.shown.only, o.diagnostics);
  if (o.diagnostics.ok()) o.plan = engine::plan_given(o.situation, conditions, command_line, o.sources, o.diagnostics);
  if (!o.plan) return wrong(o, typed, c);
  const bool lost = given_up(o, c);
  int code = ok;
  const auto run = draw(o.plan, a, c, code);
  if (!run) return code;
  o.diagnostics = Diagnostics();
  const auto known = engine::given(*o.plan, run->draws(), claims, o.diagnostics);
  if (!known) {
    say(o, c);
    return not_solved;
  }
  print(c.json ? report::json(*o.plan, *known) : report::text(*o.plan, *known, style(path, a)));
  return lost ? not_solved : ok;
}

int follow(const std::string& path, const DoubtArgs& asked, const Common& c) {
  DoubtArgs a = asked;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  Opened o;
  if (!open(path, c, nullptr, o)) return failed(o);
  o.diagnostics = Diagnostics();
  const auto typed = static_cast<std::uint32_t>(o.sources.size());
  const auto claims = engine::claims_named(*o.situation, a.shown.only, o.diagnostics);
  if (o.diagnostics.ok()) o.plan = engine::plan_follow(o.situation, o.diagnostics);
  if (!o.plan) return wrong(o, typed, c);
  const bool lost = given_up(o, c);
  int code = ok;
  const auto run = draw(o.plan, a, c, code);
  if (!run) return code;
  o.diagnostics = Diagnostics();
  const auto f = learn::follow(*o.plan, run->draws(), claims, o.diagnostics);
  say(o, c);
  if (!f) return bad_input;
  print(c.json ? report::json(*o.plan, *f) : report::text(*o.plan, *f, style(path, a)));
  return lost ? not_solved : ok;
}

}  // namespace entente::cli
