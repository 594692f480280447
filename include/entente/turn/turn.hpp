// What would it take? The levers of a situation as moves: which package of them makes a claim true (or false) in enough
// of the draws, at what least cost, how surely, and what undoes it. docs/methods/turn.md.
#pragma once
#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/plan/plan.hpp"
#include "entente/turn/search.hpp"

namespace entente::turn {

struct Options {
  plan::Sampling sampling{.seed = 1, .draws = 2000, .latin = true};
  bool to = true;
  double chance = 0.8;                        ///< above 0, at most 1
  std::vector<situation::ActorId> by;         ///< whose levers; a lever of several needs all of them. Empty: anybody's
  std::optional<situation::ActorId> against;  ///< who answers; its levers are not the first side's
  double budget = std::numeric_limits<double>::infinity();         ///< in the situation's cost unit
  double answer_budget = std::numeric_limits<double>::infinity();  ///< of who answers
  double quantile = 0.5;  ///< of the cost, by which packages are ordered; --cost worst: 0.95
  double alpha = 0.1;     ///< of intervals
  std::uint64_t packages = 200'000;
  bool brief = false;  ///< what each actor could do alone, in place of alternatives, failing draws and effects
  bool each = false;   ///< what each actor could do alone, besides
  unsigned threads = 0;
  const std::atomic<bool>* cancel = nullptr;
  Progress* progress = nullptr;  ///< of the search for the package
  /// Called every few draws, by any of the threads, also at once: to look at a clock, or to tell how far it is.
  std::function<void()> tick = nullptr;
};

/// One lever of a package that is told.
struct Step {
  std::uint32_t lever = 0;
  double dose = std::numeric_limits<double>::quiet_NaN();
  double cost = 0;
  std::optional<double> without;  ///< probability if this one alone were left out; nothing where others need it
};
struct Told {
  std::vector<Step> steps;
  double cost = 0, low = 0, high = 0;  ///< its quantile, and the 5 and 95 % of the draws
  double probability = 0;              ///< share of the draws
};

/// A candidate on the test sample.
struct Test {
  Package package;
  std::uint64_t hits = 0;
  double alpha = 0;
  Interval interval;
  bool refuted = false;
};

/// A number, or whether a lever works, between two ends.
struct Side {
  plan::ParamId param = situation::none;  ///< none: whether `lever` can be carried out; then from = to = 0 or 1
  std::uint32_t lever = 0;
  double from = 0, to = 0;  ///< infinite: open
};
/// Where a package fails (PRIM, Friedman and Fisher 1999, doi:10.1023/A:1008894516817).
struct Box {
  std::vector<Side> sides;
  double within = 0;   ///< share of the draws in it that fail
  double covered = 0;  ///< share of the failing draws that are in it
};

struct Effect {  ///< on another claim
  std::size_t claim = 0;
  double before = 0, after = 0;
  std::string word_before, word_after;
};

/// The cheapest package of the first side that no answer undoes.
struct Against {
  situation::ActorId who = 0;
  std::vector<std::uint32_t> levers;  ///< that it can answer with
  bool whole = false;
  std::size_t answers = 0;
  std::optional<Told> package;
  std::vector<Step> nearest;  ///< the answer that leaves the lowest probability
  double probability = 0;     ///< with it
  Interval interval;          ///< on the test sample, simultaneous over the answers
};

/// What one actor could do out of its own levers.
struct Alone {
  situation::ActorId who = 0;
  std::optional<Told> package;
  bool ended = false;
};

struct Answer {
  std::size_t claim = 0;
  bool implied = false;  ///< it follows from what is assumed: nothing was looked for
  bool to = true;
  double chance = 0;
  std::uint64_t draws = 0;
  double before = 0;                  ///< share of the draws in which it is so without anybody's doing
  std::vector<std::uint32_t> levers;  ///< that were looked at: those that reach what the claim reads
  std::vector<std::uint32_t> idle;    ///< that were allowed and reach nothing of it
  std::vector<std::uint32_t> barred;  ///< allowed, but needing one that is not
  std::optional<Told> package;        ///< nothing: none reaches it
  Interval interval;                  ///< of its chance, on the test sample
  bool proven = false;                ///< it is the cheapest over these draws
  double below = 0;                   ///< not proven: every package that costs less was refuted
  double bound = 0;                   ///< no package costs less, with confidence 1 - alpha
  std::optional<Told> best;           ///< none reaches it: the most that any does
  std::vector<Told> front, others;
  bool front_whole = false;
  bool ended = false;  ///< a limit ended the search
  std::vector<Test> tests;
  Moves moves;  ///< what was searched, and how, for who wants to check it
  Found found;
  std::optional<Box> fails;
  std::vector<Effect> effects;
  std::optional<Against> against;
  std::vector<Alone> each;  ///< brief, each
};

/// Complaints that need no draws: a lever without a cost, a claim that follows from what is assumed. False after any.
/// The plan is compiled with Scope::moves.
[[nodiscard]] bool fit(const plan::Plan& plan, const Options& options, Diagnostics& out);

/// An error of kind `cancelled` where the draws were not through; later a limit ends it with what there is.
[[nodiscard]] Result<Answer> turn(const plan::Plan& plan, std::size_t claim, const Options& options);

}  // namespace entente::turn
