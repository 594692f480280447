// The worlds of a question of pressure as shocks of the trade kernel: before the measures, under them, with a third who
// joins, and at the coalition's utmost.
//
// Before. The base with this draw's elasticities, the measures in force beforehand and, where the tie between two
// targets is absent, no trade between these two; rebased, so that every other world is a change from there.
// Under the measures. Tariffs: the base's and what is added, or the highest level to reach if that is more. Costs
// multiply. So the order of measures is of no consequence, and a measure that is absent in a world changes nothing.
// Joining. The third does to the target, sector by sector, what the sternest of those does who press it.
// Utmost. Every flow between coalition and target at its bound.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "entente/ask/question.hpp"
#include "entente/kernel/trade_jacobian.hpp"
#include "entente/kernel/trade_pressure.hpp"
#include "families/trade/base_year.hpp"
#include "families/trade/section.hpp"

namespace entente::ask {

class PressureWorlds {
 public:
  PressureWorlds(const situation::Situation& s, const situation::PressureQuestion& q, const situation::BaseYear& base);

  /// A world before the measures and under them, with all that its solution follows from: the same numbers find it
  /// again, bit for bit.
  struct Stage {
    bool moved = false;  ///< something is in force beforehand, or deficits are closed
    std::vector<double> theta;
    trade::Shock held, shock;  ///< in force beforehand; the measures
    trade::World world;        ///< before the measures
    trade::Solution before, under;
    std::vector<double> income;  ///< by region, before
    enum class Done : unsigned char { nothing, begun, pressed } done = Done::nothing;
    Reason begun = Reason::none, pressed = Reason::none;
    Error error;
  };
  /// The last few stages of one worker: the questions of a situation, which often differ in the coalition alone, solve
  /// in one draw what one of them has solved before.
  struct Stages {
    const situation::Situation* of = nullptr;
    std::vector<Stage> all;
    std::size_t oldest = 0;
  };
  /// Reused between draws; nothing in it but the stages outlives begin().
  struct Memory {
    std::shared_ptr<Stages> stages;
    Stage* at = nullptr;
    trade::World base;
    trade::Workspace kernel;
    trade::Shock held, shock, joined, trial;
    trade::Solution other;
    std::vector<trade::Move> moves;
    trade::Reach reach;
    Error error;                            ///< of the last world that was not solved
    const trade::Solution* last = nullptr;  ///< the solution last tried
  };
  /// `beside`: of another question of the same situation; the two share stages.
  [[nodiscard]] Memory memory(const Memory* beside) const;

  /// The world before the measures. `apart`: with no trade between any two targets. Then the others.
  Reason begin(std::span<const double> p, bool apart, Memory& m) const;
  Reason press(std::span<const double> p, Memory& m) const;  ///< m.at->shock, m.at->under
  Reason join(std::span<const double> p, situation::ActorId third, situation::ActorId target, Memory& m) const;
  Reason utmost(std::span<const double> p, situation::ActorId target, Memory& m) const;  ///< m.moves, m.reach

  [[nodiscard]] std::span<const std::uint32_t> regions(situation::ActorId a) const { return economy_.regions[a]; }
  /// Share of `partner` in the goods that `who` buys (or sells) abroad under the measures; NaN where there are none.
  [[nodiscard]] double share(const Memory& m, situation::ActorId who, situation::ActorId partner, bool buys) const;
  [[nodiscard]] std::span<const std::uint32_t> coalition() const { return coalition_; }
  [[nodiscard]] bool here(std::span<const double> p, situation::ActorId a) const {
    return p[s_.actors[a].presence] != 0;
  }
  [[nodiscard]] trade::Options options() const;
  void reads(std::vector<situation::ParamId>& out) const;
  [[nodiscard]] double rebased() const noexcept { return rebased_; }  ///< by how much real incomes were, at most

 private:
  struct Only {  ///< none: everybody
    situation::ActorId target = situation::none, but = situation::none;
  };
  Reason apply(std::span<const double> p, std::span<const std::uint32_t> measures, const Only& only,
               const trade::World& w, trade::Shock& to) const;
  Reason settle(const trade::World& w, const trade::Shock& s, const trade::Solution* start, bool flows, Memory& m,
                trade::Solution& to) const;
  Reason before(Memory& m) const;

  const situation::Situation& s_;
  const situation::PressureQuestion& q_;
  const situation::WorldEconomy& economy_;
  const std::vector<situation::TradeMeasure>& taken_;  ///< all measures of the situation
  const trade::World& base_;
  double rebased_ = 0;
  std::vector<std::uint32_t> coalition_;             ///< regions
  std::optional<trade::ApproximateJacobian> guide_;  ///< none where the world is too large for one
};

}  // namespace entente::ask
