// turn: what would it take? The question is put by the engine's own function; here are the terminal's part: signals,
// progress, exit codes.
#include "entente/engine/turn.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "commands.hpp"
#include "drawing.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"
#include "screen.hpp"

namespace entente::cli {

void Progress::tell(const engine::Watch& watch) {
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  std::string text = fmt::format("{} packages looked at", watch.progress.packages.load());
  if (watch.of > 1) text = fmt::format("claim {} of {}: ", watch.claim + 1, watch.of.load()) + text;
  if (const double below = watch.progress.below; below > 0) text += fmt::format(", up to a cost of {:.3g}", below);
  std::fprintf(stderr, "\r%s\x1b[K", text.c_str());
  std::fflush(stderr);
  shown_ = true;
}

Progress::~Progress() {
  if (!shown_) return;
  std::fprintf(stderr, "\r\x1b[K");
  std::fflush(stderr);
}

void Progress::watch(engine::Watch& watch, const Common& c) {
  const bool terminal = isatty(2) != 0 && !c.quiet;
  watch.tick = [this, terminal, &watch] {
    if (interrupted()) watch.cancel = true;
    if (terminal) tell(watch);
  };
}

int turn(const std::string& path, const TurnArgs& a, const Common& c) {
  Opened o;
  const plan::Scope scope{.everything = false, .moves = true};
  if (!open(path, c, &scope, o)) return failed(o);
  given_up(o, c);
  const double memory = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  engine::Watch watch;
  engine::Turned turned;
  o.diagnostics = Diagnostics();
  {
    const Signals signals;
    Progress progress;
    progress.watch(watch, c);
    turned = engine::turn(*o.plan,
                          {.claim = a.claim,
                           .to = a.to,
                           .chance = a.chance,
                           .budget = a.budget,
                           .answer_budget = a.answer_budget,
                           .against = a.against,
                           .cost = a.cost,
                           .by = a.by,
                           .sampling = {a.seed, a.random ? a.draws : plan::Sampling::whole(a.draws), !a.random},
                           .threads = a.threads,
                           .seconds = a.seconds},
                          memory, watch, command_line, o.sources, o.diagnostics);
  }
  if (turned.slip != engine::Slip::none) {
    say(o, c);
    return turned.slip == engine::Slip::asked ? usage : turned.slip == engine::Slip::situation ? bad_input : not_solved;
  }
  const report::Style style{.color = color_out(), .width = screen_width(), .file = quoted(path)};
  const auto& answers = turned.answers;
  if (c.json) print(turned.all ? report::json(*o.plan, answers) : report::json(*o.plan, answers.front()));
  else print(turned.all ? report::text(*o.plan, answers, style) : report::text(*o.plan, answers.front(), style));
  return turned.lost ? not_solved : ok;
}

}  // namespace entente::cli
