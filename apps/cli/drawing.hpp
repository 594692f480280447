// What doubt, report and turn share: the draws of a plan, with progress, a limit by the machine's memory, a folder that
// keeps what is finished, and an end by a signal that loses nothing.
#pragma once
#include <signal.h>

#include <chrono>
#include <memory>

#include "commands.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/engine/session.hpp"
#include "entente/engine/turn.hpp"

namespace entente::cli {

/// While it lives SIGINT, SIGTERM and SIGHUP end the draws and not the program, a second of a kind ends it at once;
/// those that were ignored (nohup) stay ignored. What is drawn is saved under one too.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  static constexpr int all[]{SIGINT, SIGTERM, SIGHUP};
  struct sigaction before_[3];
};

/// Whether such a signal came.
[[nodiscard]] bool interrupted();

/// How far a search for packages is, on a terminal, several times a second; nowhere else, and not with --quiet. Signals
/// that came end it. The line goes away with it.
class Progress {
 public:
  Progress() = default;
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void watch(engine::Watch& watch, const Common& c);

 private:
  void tell(const engine::Watch& watch);
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
  bool shown_ = false;
};

/// Nothing, and `code`, where complaints were made. With DoubtArgs::save a run that SIGINT, SIGTERM or SIGHUP ends
/// gives the draws that are finished, without a gap from the first on, so fewer than asked. With DoubtArgs::resume
/// every second or so of work goes to a file of that folder, and what is there already is not drawn again: a run that
/// was killed goes on with the same command, and its answer is that of one run.
[[nodiscard]] std::unique_ptr<engine::Run> draw(std::shared_ptr<const plan::Plan> plan, const DoubtArgs& a,
                                                const Common& c, int& code);

}  // namespace entente::cli
