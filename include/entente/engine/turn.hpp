// turn as it is asked, in words: options become numbers of the situation here, so that a terminal, a page in a browser
// and a server refuse the same slips with the same words. docs/develop/engine-contract.md tells it as a request.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/plan/plan.hpp"
#include "entente/turn/turn.hpp"

namespace entente::engine {

struct Turn {
  std::string claim;            ///< empty: every claim that stands for itself
  std::string to;               ///< "true", "false"; empty: true, or of all claims what each is not
  std::string chance = "80 %";  ///< as it would stand in a file, like the budgets
  std::string budget, answer_budget, against;
  std::string cost = "median";  ///< or "worst": by what packages are ordered
  std::vector<std::string> by;  ///< actors and groups; empty: anybody
  plan::Sampling sampling{.seed = 1, .draws = 2000, .latin = true};
  unsigned threads = 1;
  double seconds = std::numeric_limits<double>::infinity();  ///< for each claim
  std::uint64_t packages = 200'000;                          ///< looked at, for each claim
  bool whole = false;  ///< of all claims, too, everything that one alone is told, and what each actor could do
};

/// Looked at and used from other threads while the question is answered.
struct Watch {
  std::atomic<bool> cancel{false};             ///< ends it: the best so far is given, for the claims that were come to
  std::atomic<std::uint32_t> claim{0}, of{0};  ///< which of the claims asked for it is at, from 0
  turn::Progress progress;
  /// Called every few draws by one thread at a time, not always the same.
  std::function<void()> tick = nullptr;
};

/// Exit codes and answers differ by whose slip it is.
enum class Slip : std::uint8_t { none, asked, situation, ended };

struct Turned {
  std::vector<turn::Answer> answers;  ///< by claim, in the order of the file
  bool all = false;                   ///< no claim was named
  bool lost = false;                  ///< a limit left a claim without its answer
  Slip slip = Slip::none;             ///< with complaints in `out`, and no answers
};

/// `plan` is compiled with Scope::moves. `memory`: bytes that the draws may take. What was typed becomes a source
/// called `typed`, where complaints about it point. O(the search).
[[nodiscard]] Turned turn(const plan::Plan& plan, const Turn& asked, double memory, Watch& watch,
                          const std::string& typed, SourceMap& sources, Diagnostics& out);

/// Of a page: every claim that stands for itself, whole, bounded by draws and packages and by no clock, so that the
/// same page comes out on every machine. Nothing, and no complaint, where nobody has a lever that costs something
/// known.
struct ForPage {
  std::shared_ptr<const plan::Plan> plan;
  std::vector<turn::Answer> answers;
  std::string why;  ///< there are none: what is missing
};
[[nodiscard]] ForPage turn_for_page(std::shared_ptr<const situation::Situation> situation,
                                    const plan::Sampling& sampling, unsigned threads, double memory, Watch& watch);

}  // namespace entente::engine
