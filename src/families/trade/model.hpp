// The model of the question `pressure`; pressure.cpp has cells, pressure_words.cpp the answer in words.
#pragma once
#include <string>
#include <vector>

#include "entente/ask/question.hpp"
#include "families/trade/section.hpp"
#include "families/trade/worlds.hpp"

namespace entente::ask {

class PressureModel final : public Model {
 public:
  PressureModel(const situation::Situation& s, const situation::PressureQuestion& q, const situation::BaseYear& base);

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override { return scratch_beside({}); }
  [[nodiscard]] std::unique_ptr<Scratch> scratch_beside(
      std::span<const std::unique_ptr<Scratch>> earlier) const override;
  void evaluate(std::span<const double> parameters, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override;
  [[nodiscard]] Account account(std::span<const double> parameters, Scratch& scratch) const override;
  [[nodiscard]] std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

 private:
  enum class What : unsigned char {
    loss,
    first_order,
    self_loss,
    import_share,
    export_share,
    alone,
    together,
    tolerance,
    reach,
    reach_adds,
    reach_cost,
    beyond,
    beyond_all,
    shelter,
    joining
  };
  struct Cell {
    What what;
    situation::ActorId a, b;
  };
  struct Work final : Scratch {
    PressureWorlds::Memory m;
    std::vector<double> lost;         ///< by actor, percent, under the measures
    std::vector<double> harm;         ///< by target, percent, at the coalition's utmost
    std::vector<Reason> harm_reason;  ///< by target
    // Of the last calls of evaluate(), in turn: what was read but for the tolerance, the groups done, and their cells.
    struct Kept {
      std::vector<double> read;
      Groups done;
      std::vector<double> value, harmed;
      std::vector<Reason> reason;
    };
    std::vector<Kept> kept;
    std::size_t oldest = 0;
    // Of the search in account(): what it read, and what it said by target. Worlds that read the same say the same.
    std::vector<double> searched;
    std::vector<std::string> found;
  };

  [[nodiscard]] bool pressed_by_others(situation::ActorId target, situation::ActorId third) const;
  [[nodiscard]] double loss(const Work& w, const trade::Solution& s, situation::ActorId a) const;
  [[nodiscard]] double lost(const Work& w, situation::ActorId a) const;
  Reason under(std::span<const double> p, bool apart, Work& w) const;
  void fill(std::span<const double> p, const Groups& groups, Work& w, Work::Kept& to) const;
  double number(const Cell& c, const Work& w, Reason& reason) const;

  // Words.
  [[nodiscard]] Phrase names(std::span<const situation::ActorId> list) const;
  [[nodiscard]] Phrase why(Reason r, const Work& w) const;
  /// A country of the tables; one that is an actor of the file is named like him.
  [[nodiscard]] Phrase country(std::size_t n, bool alone = false) const;
  [[nodiscard]] Phrase lack(const trade::Lack& x) const;
  [[nodiscard]] Phrase below(std::size_t cell, double tariff) const;
  void lines(Account& a, std::span<const double> p, Work& w) const;
  void measures(Account& a, std::span<const double> p, const Work& w) const;
  void partners(Account& a, std::span<const double> p, const Work& w) const;
  void joined(Account& a, std::span<const double> p, Work& w) const;
  void reached(Account& a, std::span<const double> p, Work& w) const;
  [[nodiscard]] std::string second_opinion(const Work& w, situation::ActorId target) const;

  const situation::Situation& s_;
  const situation::PressureQuestion& q_;
  PressureWorlds worlds_;
  std::vector<situation::ActorId> actors_;                                ///< whose loss is told
  std::vector<std::pair<situation::ActorId, situation::ActorId>> pairs_;  ///< third, target
  std::size_t all_ = 0;                                                   ///< group of `beyond`
  std::vector<Cell> cells_;
};

}  // namespace entente::ask
