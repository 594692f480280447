// The deal of one year in one world, from parameter values to payoffs: the part of `deal` without names and words.
#pragma once
#include <array>
#include <vector>

#include "ask/market_numbers.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/coalition.hpp"

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
  double volume = 0, limit_seller = 0, limit_buyer = 0, gain = 0;  ///< gain: of all parties, may be negative
  bool superadditive = true, core_empty = false, nucleolus_exists = true;
  std::array<std::vector<double>, solutions> payoff;  ///< by player, money
  std::array<double, solutions> price{};
  std::vector<double> own_cost;  ///< by player: L_k, money
  std::vector<double> change;    ///< by actor and open: U(T) - U(none), money
  std::vector<double> worth;     ///< 2^players, money
  double residual = 0;           ///< worst of the market solutions used
  // the equilibria without and with
  market::Solution without, with;
};

class DealEngine {
 public:
  DealEngine(DealShape shape, MarketNumbers numbers) : shape_(std::move(shape)), numbers_(std::move(numbers)) {}

  struct Scratch {
    market::Network network;
    market::Workspace workspace;
    std::vector<market::Solution> solution;    ///< by set of links
    std::vector<std::vector<double>> surplus;  ///< [set][actor or open], money
    std::vector<double> yearly;
    double urge = 0;  ///< taken off the cost of links at stake, so that a fixed sale flows
    std::vector<double> weights, zero;
    std::vector<char> feasible;
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

 private:
  std::uint32_t prepare(std::span<const double> p, Scratch& s) const;
  bool solve(std::span<const double> p, std::uint32_t set, Scratch& s) const;
  void measure(std::uint32_t set, Scratch& s) const;
  void surpluses(std::span<const double> p, std::uint32_t set, Scratch& s) const;
  void divide(std::span<const double> p, Scratch& s, bool keep) const;
  DealShape shape_;
  MarketNumbers numbers_;
};

}  // namespace entente::ask
