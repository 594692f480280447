// A situation opened, and what can be done with it: the same functions for a terminal, a page, a notebook and a server.
//
// Nothing here reads a file but through text::Files, prints, looks at the environment, or ends the program. Threads are
// used where the caller says how many; without that, one. A Session never changes: set() makes another one. What is
// wrong with a text is a located complaint in Session::complaints; what a function itself cannot do is an Error.
// docs/develop/engine-contract.md tells the same as JSON requests (engine.hpp).
#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/result.hpp"
#include "entente/doubt/compare.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/plan/plan.hpp"
#include "entente/report/report.hpp"
#include "entente/situation/situation.hpp"
#include "entente/text/files.hpp"

namespace entente::engine {

struct Options {
  bool strict = false;             ///< a number without a source is an error
  std::vector<std::string> allow;  ///< folders that may be read besides the situation's own
};

/// One text of a number in the place of another: the path as `check --numbers` lists it (`drivers.gas`, or `gas` for
/// short), the text in the language's own words ("5 to 8 USD/MMBtu @me").
using Edits = std::map<std::string, std::string>;

struct Session {
  std::shared_ptr<const text::Files> files;
  std::string name;  ///< the file or folder, as it was named
  Options options;
  Edits edits;  ///< what set() changed, over the file
  std::shared_ptr<const SourceMap> sources;
  std::shared_ptr<const situation::Situation> situation;  ///< null after errors
  Diagnostics complaints;
  std::shared_ptr<const situation::Registry> registry;
  [[nodiscard]] bool good() const noexcept { return situation != nullptr; }
};

/// Files that outlive everything: the disk.
[[nodiscard]] std::shared_ptr<const text::Files> disk();

/// Reads a file, or a folder with situation.yaml. Never fails: complaints are in the session.
[[nodiscard]] Session open(std::shared_ptr<const text::Files> files, const std::string& name,
                           const situation::Registry& registry, const Options& options = {});

/// The session with these numbers besides those that it has changed already, as if a dissent had been written; the last
/// text for a path counts. A path that is no number of the situation, or a text of several lines, is a complaint
/// (E0771, E0772). O(reading).
[[nodiscard]] Session set(const Session& base, const Edits& edits);
/// The session's changes as a dissent file, to be kept; `of`: what it dissents from.
[[nodiscard]] std::string dissent(const Edits& edits, const std::string& of);

/// The session against what it dissents from (its changes against the file; else the file, which has `dissents-from`,
/// against that): doubt::diff. Complaints and all texts that it read are left in `out` and `sources`.
[[nodiscard]] std::optional<doubt::Diff> diff(const Session& s, const doubt::Options& options, SourceMap& sources,
                                              Diagnostics& out);

/// All that is to be said of a situation: of its reading, and where that is well, of its claims, drivers without use,
/// outcomes that fit nothing, what domains cut away. In the order of the text.
[[nodiscard]] Diagnostics check(const Session& s);

/// The session's plan for some claims alone (empty: all, and every quantity). Claims that these name come along. An
/// unknown name is a complaint (E0719).
[[nodiscard]] std::shared_ptr<plan::Plan> compile(const Session& s, const std::vector<std::string>& claims,
                                                  Diagnostics& out, plan::Scope scope = {});

/// How a quantity, a claim or a number of the file (a driver by its name, any by its path) comes about, and what moves
/// it. `sources` are the session's and the name itself (a source called `asked_for`), so that a slip in it has a place.
/// Null `plan` after complaints.
struct Explained {
  std::shared_ptr<const plan::Plan> plan;
  report::Explanation explanation;
  std::shared_ptr<const SourceMap> sources;
  Diagnostics complaints;
};
inline constexpr const char* asked_for = "the quantity asked for";
[[nodiscard]] Explained explain(const Session& s, const std::string& name);

/// Draws that come step by step. One thread calls everything but cancel().
class Run {
 public:
  /// `options.from` and `to` cut a slice. `options.cancel` is a second flag that ends a run, in the place of cancel();
  /// `options.progress` is told of each step; without `partial` a step that is ended leaves nothing of itself.
  Run(std::shared_ptr<const plan::Plan> plan, const doubt::Options& options);
  /// One that was drawn elsewhere: slices put together, or one that was kept.
  Run(std::shared_ptr<const plan::Plan> plan, doubt::Draws drawn);
  [[nodiscard]] const plan::Plan& plan() const noexcept { return *plan_; }
  [[nodiscard]] std::uint64_t done() const noexcept { return drawn_.size(); }
  [[nodiscard]] std::uint64_t of() const noexcept { return options_.to - options_.from; }
  [[nodiscard]] bool finished() const noexcept { return done() == of(); }
  /// Draws for about so long (at least one draw), or to the end when `time` is nought. The columns are the same
  /// however the steps fall. Errors: those of doubt::run; cancelled: what was drawn before this step stays.
  [[nodiscard]] Result<void> step(std::chrono::milliseconds time = std::chrono::milliseconds::zero());
  /// From any thread: the step that runs ends soon, and none begins.
  void cancel() noexcept { cancelled_ = true; }
  /// Those so far, from the first on without a gap.
  [[nodiscard]] const doubt::Draws& draws() const noexcept { return drawn_; }
  [[nodiscard]] doubt::Draws take() && { return std::move(drawn_); }
  /// What the draws come to. An error where they are not of this plan or not a whole run.
  [[nodiscard]] Result<doubt::Doubt> judge(const doubt::JudgeOptions& options) const {
    return doubt::judge(*plan_, drawn_, options);
  }

 private:
  std::shared_ptr<const plan::Plan> plan_;
  doubt::Options options_;
  doubt::Draws drawn_;
  std::atomic<bool> cancelled_{false};
  const std::atomic<bool>* cancel_ = &cancelled_;
  double pace_ = 0;  ///< seconds a draw, as last seen; 0: not known
};

/// Drivers and quantities whose values over the draws are asked for, each by its name, quantities in worlds too.
struct Asked {
  std::shared_ptr<plan::Plan> plan;  ///< computes these alone; null after complaints
  std::vector<std::string> names;
  std::vector<situation::ParamId> drivers;   ///< by name; none where it is a quantity
  std::shared_ptr<const SourceMap> sources;  ///< the session's, and what was asked (`asked_for`)
  Diagnostics complaints;
  bool mistyped = false;  ///< a complaint is about a name that was asked
};
[[nodiscard]] Asked asked(std::shared_ptr<const situation::Situation> s, const SourceMap& sources,
                          const std::vector<std::string>& names);
/// One of them over the draws. It describes all draws together and is a quantity of none, so no claim may use it.
struct OverDraws {
  static constexpr double shares[]{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  std::string name, unit;
  doubt::Mean mean;
  std::vector<double> quantiles;  ///< by `shares`; empty where it has no value in any draw
  std::uint64_t undefined = 0;    ///< draws in which it has none
};
[[nodiscard]] std::vector<OverDraws> over_draws(const Asked& asked, const doubt::Draws& draws);

/// Memory that a run of so many draws takes, in bytes: its columns, and as much again while it is judged.
[[nodiscard]] double memory_of(const plan::Plan& plan, std::uint64_t draws) noexcept;

/// What a column of draws holds. Kinds: input (of an uncertain number), truth, why, margin (of a claim), quantity; of a
/// claim that hangs on one event also the parts of each draw in which it is true and false (its truth is the likelier).
struct Column {
  enum class Kind : std::uint8_t { input, truth, why, margin, quantity, part_true, part_false } kind = Kind::input;
  enum class Type : std::uint8_t { f64, u8, bits2 } type = Type::f64;
  std::string name, unit;
  std::uint64_t offset = 0;  ///< in the buffer, a multiple of 8
};
/// Draws as columns in one buffer, little-endian: f64 as IEEE 754 binary64 with one NaN (undefined), why as u8 (an
/// ask::Reason, 0 none), truth as two bits a draw, draw i in bits 2 (i mod 4) of byte i / 4: 0 false, 1 true, 2
/// undefined. Each column begins at a multiple of 8; what lies between is nought. `kinds`: which; empty: all.
struct Columns {
  std::uint64_t from = 0, to = 0;
  std::vector<Column> columns;
  std::vector<std::byte> buffer;
};
[[nodiscard]] Columns columns(const plan::Plan& plan, const doubt::Draws& draws,
                              const std::vector<Column::Kind>& kinds = {});
[[nodiscard]] const char* name_of(Column::Kind kind) noexcept;
[[nodiscard]] const char* name_of(Column::Type type) noexcept;

}  // namespace entente::engine
