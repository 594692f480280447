// Existing sales in a market: which of them go on when the market alone would not carry them.
//
// Problem. A contract pays its price P for each of the first V units over its link. The plain equilibrium lets gas flow
// where the buyer's market outbids the seller's next best use; it does not know that the seller is paid P even where
// the buyer's market is cheaper. Its seller gives a sale up only where the gas earns more elsewhere, or costs more to
// make, than both the contract and the buyer's market pay: the link bids max(P, p_to) - cost for its first V units.
//
// Theory. That bid depends on the price at the far end, so the equilibrium is no optimum of anything. Split the link:
// a buyer at its beginning who pays P - cost for up to V units, and at its end as much gas that costs nothing (thrown
// away where nobody wants it); the rest of the capacity stays a plain link. More gas at the end lowers prices
// everywhere, hence also what the seller's gas is worth elsewhere, hence raises what the contract takes: a monotone map
// of the quantities sold, whose largest fixed point - as many contracts kept as can be - is reached from V downwards
// (Tarski 1955, doi:10.2140/pjm.1955.5.285).
//
// Cost. One solve where the market carries every contract or pays for what it does not; usually one or two more.
#pragma once
#include "families/market/market_numbers.hpp"

namespace entente::ask {

class Contracts {
 public:
  /// `numbers` tells which links have terms; those at stake have none here.
  explicit Contracts(const MarketNumbers& numbers);
  struct Scratch {
    market::Network network;   ///< with the split links
    std::vector<double> sold;  ///< by contract, what it moves beyond the plain link's flow
    std::vector<char> split;
  };
  [[nodiscard]] Scratch scratch() const;
  /// The equilibrium of `plain` under the contracts. `sold` by link: what flows besides out.flow, at the contract's
  /// price. False: a kernel missed its tolerance, or the quantities sold did not come to rest.
  bool solve(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain, std::uint64_t built,
             market::Workspace& w, Scratch& s, market::Solution& out, std::span<double> sold) const;
  /// Right after solve(): the largest violation of the equilibrium's and the contracts' conditions, relative to prices
  /// and quantities, found without the solver.
  [[nodiscard]] double check(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain,
                             std::uint64_t built, const Scratch& s, const market::Solution& out) const;
  /// Sum of all that contracts pay for a unit: no price that they cause exceeds it.
  [[nodiscard]] double pay(const MarketNumbers& numbers, std::span<const double> p) const;

 private:
  void write(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain, Scratch& s) const;
  std::vector<std::uint32_t> arcs_;
};

}  // namespace entente::ask
