#include "families/market/market_game.hpp"

#include <algorithm>

namespace entente::ask {

std::vector<std::uint32_t> may_be_built(const situation::Market& m) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t l = 0; l < m.links.size(); ++l)
    if (m.links[l].build) out.push_back(l);
  return out;
}

MarketGame::MarketGame(const situation::Situation& s, const situation::Market& m,
                       std::span<const std::uint32_t> options)
    : numbers_(s, m, m.year, options), options_(options.size()) {
  money_ = number::conversion(m.price * m.quantity, m.money);
  const auto& arcs = numbers_.map().arcs;
  for (const auto& p : m.producers) players_.push_back(p.of);
  for (const auto& c : m.consumers) players_.push_back(c.of);
  for (const auto& a : arcs)
    if (!a.feeder) players_.insert(players_.end(), m.links[a.link].consent.begin(), m.links[a.link].consent.end());
  std::ranges::sort(players_);
  players_.erase(std::unique(players_.begin(), players_.end()), players_.end());
  std::erase(players_, situation::none);
  const auto bit = [&](ActorId a) {
    const auto at = std::ranges::lower_bound(players_, a) - players_.begin();
    return a == situation::none || at >= 20 ? market::Mask{0} : market::Mask{1} << at;
  };
  for (const auto& p : m.producers) producer_.push_back(bit(p.of));
  for (const auto& c : m.consumers) consumer_.push_back(bit(c.of));
  for (const auto& a : arcs) {
    market::Mask need = 0;
    if (!a.feeder)
      for (const ActorId who : m.links[a.link].consent) need |= bit(who);
    arc_.push_back(need);
  }
}

void MarketGame::network(std::span<const double> p, market::Network& out) const {
  out = numbers_.shape();
  numbers_.fill(p, out);
  for (std::size_t i = 0; i < producer_.size(); ++i) out.producers[i].needs = producer_[i];
  for (std::size_t i = 0; i < consumer_.size(); ++i) out.consumers[i].needs = consumer_[i];
  for (std::size_t i = 0; i < arc_.size(); ++i) out.links[i].needs = arc_[i];
  for (std::size_t k = 0; k < options_; ++k)
    out.links[numbers_.candidate_arc(k)].fixed = numbers_.yearly_cost(k, p) / money_;
}

Result<void> MarketGame::worths(std::span<const double> p, market::Workspace& w, std::vector<double>& worth,
                                std::uint64_t* solves) const {
  if (players_.size() > 20) return std::unexpected(Error{ErrorKind::too_large, "more than 20 players", "players"});
  market::Network n;
  network(p, n);
  worth.resize(std::size_t{1} << players_.size());
  const auto done = market::worths(n, static_cast<unsigned>(players_.size()), w, worth, solves);
  if (done)
    for (double& v : worth) v *= money_;
  return done;
}

}  // namespace entente::ask
