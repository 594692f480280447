// A situation compiled: the vector of parameters, the worlds as sparse patches on it, the cells that the questions
// fill, the claims on them. Everything that ten thousand draws repeat is decided here once; evaluating allocates
// nothing.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "entente/ask/question.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/situation/situation.hpp"

namespace entente::plan {

using situation::ParamId;

/// How draw k of N comes about. Latin: ten replicate designs of N / 10 points each, draw k being point k / 10 of design
/// k mod 10, so that the spread of the ten gives the Monte Carlo error. Below 100 draws, or where N is no multiple of
/// ten, draws are plain random; whoever lets people choose N takes it up with whole().
struct Sampling {
  std::uint64_t seed = 1;
  std::uint64_t draws = 10000;
  bool latin = true;
  [[nodiscard]] bool designed() const noexcept;
  [[nodiscard]] static std::uint64_t whole(std::uint64_t draws) noexcept;  ///< the next multiple of ten, from 100 on
};
inline constexpr std::uint64_t replicates = 10;

/// The base or a counterfactual. Its parameters are the base's but for `steps`, in an order in which each can be done.
/// A lever's value stands in its target's place; what follows from a changed driver follows again. So a world equals
/// the file with the lever's numbers written in their places. The one thing that no file could say: a lever's formula
/// that needs the number it sets means that number as it was without the lever.
struct World {
  struct Step {
    ParamId param = 0;
    enum class Kind : std::uint8_t { copy, copy_of_base, rule, absent, value } kind = Kind::copy;
    std::uint32_t from = 0;  ///< copy: a parameter; rule: an index into the situation's rules
    double value = 0;        ///< value: a lever's dose
  };
  std::string name;  ///< "" for the base, "with reopen-europe", "without KAZ without PoS-1"
  std::vector<Step> steps;
  std::vector<std::uint32_t> levers;  ///< of the situation, carried out in it
};

/// One question in one world.
struct Instance {
  std::uint32_t question = 0, world = 0;
  ask::Groups groups;        ///< what is asked of it
  std::uint32_t offset = 0;  ///< of its cells
};

struct Claim {
  std::string name, says, because, holds;
  std::string implied;               ///< the assumption it follows from; empty: a finding
  std::string caveat;                ///< as in the file
  std::string resolves;              ///< as in the file
  number::Program program;           ///< over slots: parameters, then cells
  std::vector<std::uint32_t> cells;  ///< the cells it reads
  std::vector<std::uint32_t> terms;  ///< the same as quantities, each once
  std::vector<ParamId> drivers;      ///< the drivers that it names itself
  std::vector<Instance> instances;   ///< what must be evaluated for it alone
  /// Slots of the one tossed event that it hangs on and of the event's chance; none where it hangs on no event, or on
  /// several: then the draw's toss decides.
  std::uint32_t event = situation::none, chance = situation::none;
  bool soft = false;    ///< it names an event that a model's chance decides, or several
  bool yes_no = false;  ///< all that it compares is 1 or 0: by how much it holds says nothing
  [[nodiscard]] bool shared() const noexcept { return event != situation::none; }
  /// How far rounding can have moved what it compares: the rules of its drivers in order of dependence, and the slots
  /// read by it or by them that no rule makes.
  std::vector<std::uint32_t> rules, leaves;
  Span span;
};

/// The parts of a draw in which a claim is true, false and undefined; they add up to 1.
struct Shares {
  double yes = 0, no = 0, undefined = 0;
};

/// What some numbers can change while every formula keeps within its domain: claims by index, and the instances that
/// must be evaluated to know these claims. `formulas`: one of the numbers stands in a formula, which may leave its
/// domain; where one does (Plan::apply_rules says so), before or after, every claim may change.
struct Touched {
  std::vector<char> claims;
  std::vector<Instance> instances;
  bool formulas = false;
};

/// What a plan holds beyond what its claims need.
struct Scope {
  bool everything = true;  ///< the base world's cells of every question
  bool levers = false;     ///< every question in the world of every single lever
  bool moves = false;      ///< the numbers of all levers are drawn, their costs and chances too: for Composer
  struct Asked {
    std::string text;  ///< "pos2.limit.RUS with reopen-europe"
    number::Place place;
  };
  std::vector<Asked> quantities;  ///< further quantities
  std::vector<Asked> conditions;  ///< further claims behind the file's own, for whoever draws and does not judge
};

/// A quantity that is computed, by its full name: the base world's as far as asked, and those that claims read in other
/// worlds ("pos2.limit.RUS with reopen-europe").
struct Named {
  std::string name;
  ask::Phrase says;
  number::Unit unit;
  std::uint32_t cell = 0;
  std::uint32_t question = 0, world = 0;
  bool headline = false;
  bool yes_no = false;  ///< 1 or 0
};

/// Numbers drawn together: positions in Plan::uncertain(), and the parameters of their rank correlations as in
/// Together.
struct Group {
  std::vector<std::uint32_t> members;
  std::vector<ParamId> ranks;
};

/// A lever of a package, with its size where it has one (NaN: its whole dose).
struct Move {
  std::uint32_t lever = 0;
  double dose = 0;
};

class Plan;
class Graph;

/// Everything one thread needs; results do not depend on what it was used for before.
class Workspace {
 public:
  explicit Workspace(const Plan& plan);
  std::vector<double> slots;         ///< base parameters, then cells
  std::vector<ask::Reason> reasons;  ///< by cell
  bool inside = true;                ///< no formula left its domain in the base world

  /// From now on an instance whose numbers are, bit for bit, those of its last evaluation here is not evaluated again:
  /// its cells stand. Worth its comparisons where few numbers change from one evaluation to the next; every answer is
  /// the same. A model is asked what it reads (ask::Model::reads).
  void remember() noexcept { remembers_ = true; }

 private:
  friend class Plan;
  std::vector<double> world_;
  mutable std::vector<double> errors_;   ///< of rounding, by slot; those of the claim that is judged
  mutable std::vector<double> decided_;  ///< slots with an event decided
  struct Last {
    bool known = false, inside = false;
    ask::Groups groups;
    std::vector<double> read;
  };
  bool remembers_ = false;
  std::vector<Last> last_;  ///< by Plan::instances()
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
  /// Scope::quantities, in their order, as indices of quantities().
  [[nodiscard]] const std::vector<std::uint32_t>& asked() const noexcept { return asked_; }
  [[nodiscard]] const Named* find(std::string_view quantity) const noexcept;
  /// Parameters with a distribution of their own that is not a fixed number, in the order of the file; a lever's only
  /// where some world uses it.
  [[nodiscard]] const std::vector<ParamId>& uncertain() const noexcept { return uncertain_; }
  /// How many numbers are written and drawn; with `of`, by uncertain(), alone these are counted as drawn.
  [[nodiscard]] situation::NumberCount numbers(const std::vector<char>& of = {}) const;

  /// Numbers that hang together; those in no group are independent.
  [[nodiscard]] const std::vector<Group>& groups() const noexcept { return groups_; }
  /// The correlations of a group's normal scores, row by row, with its ranks at these own values.
  [[nodiscard]] std::vector<double> correlations(const Group& g, std::span<const double> parameters) const;

  /// Own values of all parameters at their medians, then the rules. Returns false when a rule leaves its domain.
  bool medians(std::span<double> parameters) const;
  /// Draw k: depends on the seed, the paths, k and N alone.
  bool draw(const Sampling& sampling, std::uint64_t k, std::span<double> parameters) const;
  /// The own values of draws from .. from + n: own[i * n + j] of number uncertain()[i] in draw from + j. What draws of
  /// one number share is made once, so many draws of it are cheaper than one after another.
  void draw_own(const Sampling& sampling, std::uint64_t from, std::size_t n, std::span<double> own) const;
  /// Draw from + j of those, bit for bit what draw() gives.
  bool drawn(const Sampling& sampling, std::uint64_t from, std::size_t n, std::span<const double> own, std::size_t j,
             std::span<double> parameters) const;
  /// The same with given own values: applies the rules in place. Where one leaves the domain of its place the number is
  /// NaN; false if that is a number of the base world (not of a lever).
  bool apply_rules(std::span<double> parameters) const;

  /// Fills workspace.slots and reasons from base parameters. `good`: what the call that made them returned.
  void evaluate(std::span<const double> parameters, bool good, Workspace& w) const;
  /// The same for the cells that all claims read, or one claim; other cells keep what they hold.
  void evaluate_claims(std::span<const double> parameters, bool good, Workspace& w) const;
  void evaluate_claim(std::size_t i, std::span<const double> parameters, bool good, Workspace& w) const;
  /// Claims that can change when these own values do, the others staying as they are; by what the models say they read,
  /// what formulas make of the numbers, and what worlds put in their places.
  [[nodiscard]] Touched touched(std::span<const ParamId> numbers) const;
  void evaluate_touched(const Touched& t, std::span<const double> parameters, bool good, Workspace& w) const;
  /// Of a claim that hangs on one event: what is likelier in this draw, no where it is even; its margin is the log odds
  /// of it, infinite where the event does not matter or is certain.
  [[nodiscard]] number::Truth claim(std::size_t i, const Workspace& w, double& margin) const;
  /// The same by the draw's toss, where it hangs on one event: for whoever counts draws.
  [[nodiscard]] number::Truth tossed(std::size_t i, const Workspace& w) const;
  /// 1 for one and 0 for the others, but of a claim that hangs on one event: that event's chance decides.
  [[nodiscard]] Shares shares(std::size_t i, const Workspace& w) const;
  /// The records of the questions that a claim rests on: empty unless each has one, and the claim is of their events.
  [[nodiscard]] const ask::Record* record(std::size_t claim) const noexcept;
  /// Why a claim is undefined: the reason of the first undefined cell that it reads; without any, that a formula left
  /// its domain, or that the claim's own formula has no value.
  [[nodiscard]] ask::Reason why(std::size_t i, const Workspace& w) const;
  /// Parameter values of a world; false where one of them is NaN or outside its domain.
  bool world(std::uint32_t world, std::span<const double> base, bool good, std::span<double> out) const;
  /// The same of a world that is none of worlds(); see Composer.
  bool world(const World& world, std::span<const double> base, bool good, std::span<double> out) const;
  /// Fills the cells of one instance as they are in `world`, which stands for the instance's own.
  void evaluate_in(const World& world, const Instance& i, std::span<const double> base, bool good, Workspace& w) const;
  /// Looks once, at the medians, which questions are stopped by a limit of their search in which world. From then on
  /// they are not asked again: their cells have the reason `limited`, and a run does not repeat a lost search in every
  /// draw. Depends on the plan alone. A warning (W0703) for every question, with the limit.
  void give_up(Diagnostics& out);
  [[nodiscard]] bool gave_up(std::uint32_t question, std::uint32_t world) const noexcept;
  /// Hash of what the situation says and of the claims and quantities asked: slices join only where it agrees.
  [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }

 private:
  friend class Compiler;
  void together(const Group& g, std::span<const double> z, std::span<double> parameters) const;
  bool finish(const Sampling& sampling, std::uint64_t k, std::span<double> parameters) const;
  void fill_one(const Instance& i, std::span<const double> parameters, bool inside, Workspace& w) const;
  [[nodiscard]] number::Truth judged(std::size_t i, std::span<const double> slots, const Workspace& w,
                                     double& margin) const;
  void fill(std::span<const Instance> what, std::span<const double> parameters, bool good, Workspace& w) const;
  bool stands(const Instance& i, std::span<const double> p, bool inside, Workspace& w) const;
  std::shared_ptr<const situation::Situation> situation_;
  std::vector<World> worlds_;
  std::vector<Instance> instances_, of_claims_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> given_up_;  ///< question and world
  std::vector<Claim> claims_;
  std::vector<Named> named_;
  std::vector<std::uint32_t> asked_;
  std::vector<std::unique_ptr<ask::Model>> models_;
  std::vector<ParamId> uncertain_;
  std::vector<Group> groups_;
  std::vector<std::uint64_t> streams_;  ///< hash of each uncertain parameter's path
  std::vector<double> medians_;         ///< own values; 0 where a rule computes it
  std::vector<char> of_lever_;          ///< by rule: it gives a lever's number
  std::size_t cells_ = 0;
  std::uint64_t fingerprint_ = 0;
};

/// Packages of levers as worlds: patches alone, nothing is compiled again. The plan must outlive it.
class Composer {
 public:
  explicit Composer(const Plan& plan);
  ~Composer();
  Composer(Composer&&) noexcept;
  /// World `below` (0: the base) as it would be if these levers were carried out first. Of levers that set one place
  /// the last stands, and what a claim's own world says (`with LEVER`, at its whole dose) stands above them all.
  [[nodiscard]] World compose(std::span<const Move> package, std::uint32_t below) const;
  /// By parameter: whether carrying out the lever can change it, alone or beside any others.
  [[nodiscard]] const std::vector<char>& reaches(std::uint32_t lever) const { return reach_[lever]; }

 private:
  const Plan& plan_;
  std::unique_ptr<Graph> graph_;
  std::vector<std::vector<char>> reach_;
};

}  // namespace entente::plan
