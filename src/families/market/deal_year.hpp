// The deal of one year in one world, from parameter values to payoffs: the part of `deal` without names and words.
#pragma once
#include <array>
#include <vector>

#include "entente/ask/question.hpp"
#include "entente/kernel/coalition.hpp"
#include "families/market/contracts.hpp"

namespace entente::ask {

enum Solution : std::size_t { nash, shapley, nucleolus, solutions };

struct DealShape {
  std::vector<ActorId> parties;          ///< player i of the game
  std::size_t actors = 0;                ///< of the situation; index `actors` stands for the open rest
  std::size_t seller = 0, buyer = 0;     ///< players
  std::vector<coalition::Mask> consent;  ///< by link at stake
  std::vector<std::size_t> payer;        ///< player who pays for a link at stake
  std::vector<At> weight;                ///< by player; not given: 1
  bool alternatives = false;             ///< at most one link at stake is built
  bool patience = false;                 ///< weight is a discount rate: w = 1 / r
  At volume;                             ///< sale fixed by the deal (take or pay); not given: the market decides
  double money = 1, capital = 1;         ///< one price x quantity, one capital a year, in the market's money
};

struct DealYear {
  // results
  Reason state = Reason::none;  ///< none: a deal; no_deal: limits known, no price
  std::uint32_t built = 0;      ///< links at stake of the best set (bits), deal or not
  double volume = 0, limit_seller = 0, limit_buyer = 0, gain = 0;  ///< gain: of those at the table, may be negative
  coalition::Mask table = 0;                                       ///< whose consent the best set needs
  std::array<std::vector<double>, solutions> payoff;               ///< by player, money
  std::array<double, solutions> price{};
  std::vector<double> own_cost;  ///< by player: L_k, money; 0 for a party that is not at the table
  std::vector<double> change;    ///< by actor and open: U(T) - U(none), money
  std::vector<double> worth;     ///< 2^players, money
  double residual = 0;           ///< worst of the market solutions used
  // kept on request: the equilibria without and with, flows under contracts among them, and their judge's verdict
  market::Solution without, with;
  double violation = 0;
};

class DealEngine {
 public:
  DealEngine(DealShape shape, MarketNumbers numbers);

  struct Scratch {
    market::Network network;
    market::Workspace workspace;
    Contracts::Scratch contracts;
    std::vector<market::Solution> solution;    ///< by set of links
    std::vector<std::vector<double>> sold;     ///< [set][arc], what existing sales move beyond solution[set].flow
    std::vector<std::vector<double>> surplus;  ///< [set][actor or open], money
    std::vector<double> yearly;
    double urge = 0;  ///< taken off the cost of links at stake, so that a fixed sale flows
    std::vector<double> weights, zero;
    std::vector<char> feasible;
    coalition::NucleolusWorkspace levels;
    coalition::Nucleolus nucleolus;
    DealYear year;
  };
  [[nodiscard]] Scratch scratch() const;
  /// Fills scratch.year: the best set of links and its division. `keep`: also the two equilibria, and the judges'
  /// verdicts.
  void evaluate(std::span<const double> p, Scratch& s, bool keep = false) const;
  /// Fills scratch.year's volume, changes and own costs for a given set of links: what the same contract does in this
  /// year.
  void contract(std::span<const double> p, std::uint32_t set, Scratch& s) const;
  [[nodiscard]] const DealShape& shape() const noexcept { return shape_; }
  [[nodiscard]] const MarketNumbers& numbers() const noexcept { return numbers_; }
  /// All that flows over an arc when `set` is built.
  [[nodiscard]] static double flow(const Scratch& s, std::uint32_t set, std::size_t arc) {
    return s.solution[set].flow[arc] + s.sold[set][arc];
  }
  /// The players whose consent a set of links needs.
  [[nodiscard]] coalition::Mask needs(std::uint32_t set) const;

 private:
  std::uint32_t prepare(std::span<const double> p, Scratch& s) const;
  bool solve(std::span<const double> p, std::uint32_t set, Scratch& s) const;
  void measure(std::uint32_t set, Scratch& s) const;
  void surpluses(std::span<const double> p, std::uint32_t set, Scratch& s) const;
  void divide(std::span<const double> p, Scratch& s, bool keep) const;
  void keep_equilibria(std::span<const double> p, Scratch& s) const;
  DealShape shape_;
  MarketNumbers numbers_;
  Contracts contracts_;
};

}  // namespace entente::ask
