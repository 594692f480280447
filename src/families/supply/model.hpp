// What both halves of the question supply see: its model, and the words for it (supply_words.cpp).
#pragma once
#include <limits>

#include "entente/ask/question.hpp"
#include "entente/kernel/supply.hpp"
#include "families/supply/section.hpp"

namespace entente::ask {

class SupplyModel final : public Model {
 public:
  SupplyModel(const situation::Situation& s, const situation::SupplyQuestion& q);
  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override;
  [[nodiscard]] Account account(std::span<const double> p, Scratch& scratch) const override;
  [[nodiscard]] std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

 private:
  static constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  static constexpr double any_price = std::numeric_limits<double>::infinity();
  static constexpr std::uint64_t most_solves = 20'000;  ///< of one search for the worst cut

  enum class What : unsigned char {
    delivered,
    price,
    payment,
    mark_up,
    origin,
    route,
    after,
    left,
    price_after,
    shortfall,
    affordable,
    made_good,
    can,
    without_origin,
    without_route,
    after_cut,
    price_after_cut,
    cut_loss
  };
  /// What has to be solved for a quantity: the groups of its quantities.
  enum Group : unsigned { as_it_is, withdrawn, capped, cut, each };
  struct Cell {
    What what;
    std::size_t i;
  };
  struct Work final : Scratch {
    supply::Chain chain;
    supply::Workspace kernel;
    supply::Out gone;  ///< in this world, the situation's own without
    bool buyer = true;
    supply::Delivery now, after, capped, cut, other;
    supply::Interdiction worst;
  };

  [[nodiscard]] Reason fill(std::span<const double> p, Work& w) const;
  [[nodiscard]] Reason solve(Work& w, supply::Set origins, supply::Set routes, double at_most,
                             supply::Delivery& d) const;
  [[nodiscard]] double number(const Cell& c, std::span<const double> p, Work& w, Reason& reason) const;
  [[nodiscard]] double cap(std::span<const double> p) const;
  /// "CHN and Pipe": who or what withdraws, as a sentence names them; `brief`: by their short names.
  [[nodiscard]] Phrase withdrawn_told(bool brief) const;

  const situation::Situation& s_;
  const situation::SupplyQuestion& q_;
  const situation::Supply& x_;
  std::vector<Cell> cells_;
};

}  // namespace entente::ask
