// A market as a cooperative game among those who own or must consent: what can the members of a coalition earn together
// with what they control?
//
// Players are, in the order in which the situation declares them, the actors that own a producer or a consumer or whose
// consent a link needs. v(S) = the largest total surplus of the market in which an owned producer or consumer takes
// part when its owner is in S, and a link when everybody whose consent it needs is in S; a link that is not built yet
// is built if it repays its annuity to S (Hubert and Ikonnikova 2011, doi:10.1111/j.1467-6451.2011.00447.x). Open
// producers and consumers and links without consent serve every coalition; what they yield to nobody is worth of no
// coalition, since worths are less that of nobody. Cost: at most 2^n optimisations for n players, n <= 20.
#pragma once
#include <span>
#include <vector>

#include "families/market/market_numbers.hpp"

namespace entente::ask {

/// The links that do not exist yet, in the order of the file.
[[nodiscard]] std::vector<std::uint32_t> may_be_built(const situation::Market& m);

class MarketGame {
 public:
  /// `options`: which of the links that may be built can be; the others are never built. None: the existing network.
  MarketGame(const situation::Situation& s, const situation::Market& m, std::span<const std::uint32_t> options);
  [[nodiscard]] const std::vector<ActorId>& players() const noexcept { return players_; }
  [[nodiscard]] const MarketNumbers& numbers() const noexcept { return numbers_; }
  /// The network at parameters p, with who is needed for what: player i is bit i.
  void network(std::span<const double> p, market::Network& out) const;
  /// Worths of all coalitions at p in the market's money; 2^players entries. Errors: those of market::worths, and
  /// too_large beyond 20 players. `solves`: how many optimisations it took.
  [[nodiscard]] Result<void> worths(std::span<const double> p, market::Workspace& w, std::vector<double>& worth,
                                    std::uint64_t* solves = nullptr) const;
  /// One price x quantity in the market's money.
  [[nodiscard]] double money() const noexcept { return money_; }

 private:
  MarketNumbers numbers_;
  std::vector<ActorId> players_;
  std::vector<market::Mask> producer_, consumer_, arc_;
  std::size_t options_ = 0;
  double money_ = 1;
};

}  // namespace entente::ask
