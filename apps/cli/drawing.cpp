// The draws of a run. A signal sets a flag that the pool looks at between blocks of draws; a second one of the kind
// ends the program at once. A folder to resume from holds slices, each written whole or not at all, so a killed run
// leaves nothing that is not right.
#include "drawing.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "entente/engine/session.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> cancelled{false};

// The memory of the machine.
double memory_gigabytes() {
  const auto pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? 1e-9 * static_cast<double>(pages) * static_cast<double>(size) : INFINITY;
}

// Tells how many of `total` are done when `before` were before this piece.
std::function<void(std::uint64_t, std::uint64_t)> told(const Common& c, std::uint64_t before, std::uint64_t total) {
  if (isatty(2) == 0 || c.quiet) return nullptr;
  return [last = -1, before, total](std::uint64_t done, std::uint64_t) mutable {
    const int percent = static_cast<int>(100 * (before + done) / total);
    if (percent == last) return;
    last = percent;
    std::fprintf(stderr, "\r%3d %% of %llu draws%s", percent, static_cast<unsigned long long>(total),
                 before + done == total ? "\r\x1b[K" : "");
    std::fflush(stderr);
  };
}

bool same_run(const doubt::Draws& d, const plan::Plan& plan, const plan::Sampling& s) {
  return d.fingerprint == plan.fingerprint() && d.sampling.seed == s.seed && d.sampling.draws == s.draws &&
         d.sampling.latin == s.latin;
}

// The slices of this run that the folder holds; nothing, and `code`, when it is none of ours.
std::optional<std::vector<doubt::Draws>> kept(const plan::Plan& plan, const plan::Sampling& sampling,
                                              const std::string& folder, const Common& c, int& code) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error)) {
    code = complain(usage, "E0705", "`" + folder + "` of --resume is no folder and cannot be made", {}, c);
    return std::nullopt;
  }
  std::vector<doubt::Draws> all;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (!it->path().filename().string().starts_with("draws-")) continue;
    auto saved = doubt::restore(it->path().string());
    if (saved && !same_run(saved->draws, plan, sampling))
      saved =
          std::unexpected(Error{ErrorKind::invalid, "`" + it->path().string() +
                                                        "` is of another run: another text, seed or number of draws"});
    if (!saved) {
      code = complain(bad_input, "E0762", saved.error().message, "an empty folder begins anew", c);
      return std::nullopt;
    }
    all.push_back(std::move(saved->draws));
  }
  return all;
}

std::unique_ptr<engine::Run> resumed(const std::shared_ptr<const plan::Plan>& plan, const DoubtArgs& a, const Common& c,
                                     doubt::Options options, int& code) {
  constexpr std::uint64_t block = 64;
  const std::uint64_t from = a.from, to = std::min(a.to, a.draws);
  auto there = kept(*plan, options.sampling, a.resume, c, code);
  if (!there) return nullptr;
  std::vector<doubt::Draws> parts;
  std::uint64_t at = from, size = block * std::max(1u, doubt::threads_of(a.threads));
  const auto stopped = [&] {
    code = complain(not_solved, "E0704",
                    fmt::format("stopped; {} of {} draws are kept in {}", at - from, to - from, a.resume),
                    "the same command goes on from there", c);
    return nullptr;
  };
  while (at < to) {
    std::uint64_t until = to;
    const auto has = std::ranges::find_if(*there, [&](const doubt::Draws& d) { return d.from <= at && at < d.to; });
    if (has != there->end()) {
      const std::uint64_t end = std::min(has->to, to);
      parts.push_back(doubt::cut(std::move(*has), at, end));
      there->erase(has);
      at = end;
      continue;
    }
    for (const auto& d : *there)
      if (d.from > at) until = std::min(until, d.from);
    options.from = at;
    options.to = std::min(until, at + size);
    options.progress = told(c, at - from, to - from);
    const auto begin = std::chrono::steady_clock::now();
    engine::Run piece(plan, options);
    const auto done = piece.step();
    if (!done && done.error().kind != ErrorKind::cancelled) {
      code = fail(done.error(), c);
      return nullptr;
    }
    if (piece.done() == 0) return stopped();
    const auto& drawn = piece.draws();
    const std::string file = fmt::format("{}/draws-{:012}-{:012}", a.resume, drawn.from, drawn.to);
    if (const auto saved = doubt::save(drawn, fs::absolute(plan->situation().file).string(), file); !saved) {
      code = fail(saved.error(), c);
      return nullptr;
    }
    at = drawn.to;
    if (cancelled) return stopped();
    parts.push_back(std::move(piece).take());
    // Pieces of about a second, so that no kill costs more: few enough files, and no more than twice the last.
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    size = std::max(block, seconds < 0.5 ? 2 * size : seconds > 2 ? size / 2 / block * block : size);
  }
  auto all = doubt::join(std::move(parts), false);
  if (all) return std::make_unique<engine::Run>(plan, std::move(*all));
  code = fail(all.error(), c);
  return nullptr;
}

}  // namespace

bool interrupted() { return cancelled; }

Signals::Signals() {
  struct sigaction own {};
  own.sa_handler = [](int) { cancelled = true; };
  own.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&own.sa_mask);
  for (std::size_t k = 0; k < std::size(all); ++k) {
    sigaction(all[k], nullptr, &before_[k]);
    if (before_[k].sa_handler != SIG_IGN) sigaction(all[k], &own, nullptr);
  }
}

Signals::~Signals() {
  for (std::size_t k = 0; k < std::size(all); ++k) sigaction(all[k], &before_[k], nullptr);
}

std::unique_ptr<engine::Run> draw(std::shared_ptr<const plan::Plan> plan, const DoubtArgs& a, const Common& c,
                                  int& code) {
  const std::uint64_t count = std::min(a.to, a.draws) - a.from;
  const double need = 1e-9 * engine::memory_of(*plan, count), there = memory_gigabytes();
  if (need > there) {
    code = complain(usage, "E0718", fmt::format("these draws take {:.0f} GB, and the machine has {:.0f}", need, there),
                    "fewer draws, or slices by --draws-from and --draws-to on other machines", c);
    return nullptr;
  }
  doubt::Options options{.sampling = {a.seed, a.draws, !a.random},
                         .from = a.from,
                         .to = a.to,
                         .threads = a.threads,
                         .cancel = &cancelled,
                         .partial = !a.save.empty() || !a.resume.empty()};
  const Signals signals;
  if (!a.resume.empty()) return resumed(plan, a, c, std::move(options), code);
  options.progress = told(c, 0, count);
  auto run = std::make_unique<engine::Run>(std::move(plan), options);
  const auto done = run->step();
  if (done) return run;
  const bool stopped = done.error().kind == ErrorKind::cancelled;
  if (stopped && options.partial && run->done() > 0) return run;  // what is finished
  if (stopped)
    code = complain(not_solved, "E0704", done.error().message,
                    "with --resume FOLDER what is finished is kept, and the same command goes on", c);
  else code = fail(done.error(), c);
  return nullptr;
}

}  // namespace entente::cli
