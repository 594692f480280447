// A situation compiled: the vector of parameters, the worlds as sparse patches on it, the cells that the questions
// fill, the claims on them. Everything that ten thousand draws repeat is decided here once; evaluating allocates
// nothing.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "entente/ask/question.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/situation/situation.hpp"

namespace entente::plan {

using situation::ParamId;

/// How draw k of N comes about. Latin: ten replicate designs of N / 10 points each, so that the spread of the ten gives
/// the Monte Carlo error (N is then taken up to a multiple of ten by whoever counts; below 100 draws: plain random).
struct Sampling {
  std::uint64_t seed = 1;
  std::uint64_t draws = 10000;
  bool latin = true;
};
inline constexpr std::uint64_t replicates = 10;

struct World {
  std::string name;                       ///< "" for the base, "with reopen-europe", "without KAZ without PoS-1"
  std::vector<situation::Patch> patches;  ///< target takes the value of source
  std::vector<ParamId> absent;            ///< presence parameters set to 0
  bool rules = false;                     ///< a patched number is referred to by others
};

/// One question in one world.
struct Instance {
  std::uint32_t question = 0, world = 0;
  std::uint64_t groups = 0;  ///< what is asked of it
  std::uint32_t offset = 0;  ///< of its cells
};

struct Claim {
  std::string name, says, because, holds;
  std::string implied;               ///< the assumption it follows from; empty: a finding
  number::Program program;           ///< over slots: parameters, then cells
  std::vector<std::uint32_t> cells;  ///< the cells it reads
  Span span;
};

/// What a plan holds beyond what its claims need.
struct Scope {
  bool everything = true;  ///< the base world's cells of every question
  bool levers = false;     ///< every question in the world of every single lever
};

/// A quantity by its full name: where its base-world cell is.
struct Named {
  std::string name, says;
  number::Unit unit;
  std::uint32_t cell = 0;
  bool headline = false;
};

class Plan;

/// Everything one thread needs; results do not depend on what it was used for before.
class Workspace {
 public:
  explicit Workspace(const Plan& plan);
  std::vector<double> slots;         ///< base parameters, then cells
  std::vector<ask::Reason> reasons;  ///< by cell

 private:
  friend class Plan;
  std::vector<double> world_;
  std::vector<std::unique_ptr<ask::Model::Scratch>> scratch_;
};

class Plan {
 public:
  static std::optional<Plan> compile(std::shared_ptr<const situation::Situation> s, Diagnostics& out, Scope scope = {});

  [[nodiscard]] const situation::Situation& situation() const noexcept { return *situation_; }
  [[nodiscard]] std::size_t parameters() const noexcept { return situation_->parameters.size(); }
  [[nodiscard]] std::size_t cells() const noexcept { return cells_; }
  [[nodiscard]] const std::vector<World>& worlds() const noexcept { return worlds_; }
  [[nodiscard]] const std::vector<Instance>& instances() const noexcept { return instances_; }
  [[nodiscard]] const std::vector<Claim>& claims() const noexcept { return claims_; }
  [[nodiscard]] const std::vector<Named>& quantities() const noexcept { return named_; }
  [[nodiscard]] const std::vector<std::unique_ptr<ask::Model>>& models() const noexcept { return models_; }
  /// Parameters with a distribution of their own that is not a fixed number, in the order of the file.
  [[nodiscard]] const std::vector<ParamId>& uncertain() const noexcept { return uncertain_; }
  /// Those of them that some claim or quantity can depend on.
  [[nodiscard]] const Named* find(std::string_view quantity) const noexcept;

  /// Own values of all parameters at their medians, then the rules. Returns false when a rule leaves its domain.
  bool medians(std::span<double> parameters) const;
  /// Draw k: depends on the seed, the paths, k and N alone.
  bool draw(const Sampling& sampling, std::uint64_t k, std::span<double> parameters) const;
  /// The same with given own values: applies the rules in place.
  bool apply_rules(std::span<double> parameters) const;

  /// Fills workspace.slots and reasons from base parameters. `good`: what the call that made them returned.
  void evaluate(std::span<const double> parameters, bool good, Workspace& w) const;
  [[nodiscard]] number::Truth claim(std::size_t i, const Workspace& w, double& margin) const;
  /// Why a claim is undefined: the reason of the first undefined cell that it reads.
  [[nodiscard]] ask::Reason why(std::size_t i, const Workspace& w) const;
  /// Parameter values of a world, for accounts and explanations.
  void world(std::uint32_t world, std::span<const double> base, std::span<double> out) const;
  /// An expression over this plan's quantities and drivers, such as a claim; cells that it needs must already be
  /// planned.
  [[nodiscard]] std::uint64_t fingerprint() const noexcept {
    return fingerprint_;
  }  ///< of paths, distributions, claims

 private:
  friend class Compiler;
  std::shared_ptr<const situation::Situation> situation_;
  std::vector<World> worlds_;
  std::vector<Instance> instances_;
  std::vector<Claim> claims_;
  std::vector<Named> named_;
  std::vector<std::unique_ptr<ask::Model>> models_;
  std::vector<ParamId> uncertain_;
  std::vector<std::uint64_t> streams_;  ///< hash of each uncertain parameter's path
  std::size_t cells_ = 0;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace entente::plan
