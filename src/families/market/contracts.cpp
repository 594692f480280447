#include "families/market/contracts.hpp"

#include <algorithm>
#include <cmath>

namespace entente::ask {
namespace {

constexpr double little = 1e-9;
constexpr int most_rounds = 200;

}  // namespace

Contracts::Contracts(const MarketNumbers& numbers) {
  const auto& links = numbers.shape().links;
  for (std::uint32_t i = 0; i < links.size(); ++i)
    if (!links[i].optional && numbers.has_terms(i)) arcs_.push_back(i);
}

Contracts::Scratch Contracts::scratch() const {
  return {.network = {}, .sold = std::vector<double>(arcs_.size()), .split = std::vector<char>(arcs_.size())};
}

void Contracts::write(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain,
                      Scratch& s) const {
  s.network = plain;
  for (std::size_t k = 0; k < arcs_.size(); ++k) {
    auto& link = s.network.links[arcs_[k]];
    const double pays = numbers.terms_price(arcs_[k], p) - link.cost;
    const double volume = std::min(numbers.terms_volume(arcs_[k], p), link.capacity);
    s.network.consumers.push_back({.node = link.from,
                                   .form = market::Demand::linear,
                                   .a = std::max(0.0, pays),
                                   .most = s.split[k] && pays > 0 ? volume : 0.0});
    s.network.producers.push_back({.node = link.to, .capacity = s.sold[k]});
    link.capacity -= s.sold[k];
  }
}

bool Contracts::solve(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain,
                      std::uint64_t built, market::Workspace& w, Scratch& s, market::Solution& out,
                      std::span<double> sold) const {
  std::ranges::fill(sold, 0.0);
  std::ranges::fill(s.sold, 0.0);
  std::ranges::fill(s.split, char{0});
  if (!market::solve(plain, ~market::Mask{0}, built, w, out)) return false;
  const auto volume = [&](std::size_t k) {
    return std::min(numbers.terms_volume(arcs_[k], p), plain.links[arcs_[k]].capacity);
  };
  const auto fallen = [&](std::size_t k) {  // the market carries too little of it, and at the far end pays less
    const std::uint32_t i = arcs_[k];
    const double v = volume(k), pays = numbers.terms_price(i, p);
    return !s.split[k] && out.flow[i] < v - little * (1 + v) &&
           out.price[plain.links[i].to] < pays - little * (1 + std::abs(pays));
  };
  for (int round = 0; round < most_rounds; ++round) {
    bool grown = false, moved = false;
    for (std::size_t k = 0; k < arcs_.size(); ++k)
      if (fallen(k)) s.split[k] = grown = true;
    for (std::size_t k = 0; k < arcs_.size(); ++k) {
      if (!s.split[k]) continue;
      const double v = volume(k), next = grown ? v : out.consumed[plain.consumers.size() + k];
      moved |= std::abs(next - s.sold[k]) > little * (1 + v);
      s.sold[k] = next;
    }
    if (!grown && !moved) {
      for (std::size_t k = 0; k < arcs_.size(); ++k) sold[arcs_[k]] = s.sold[k];
      return true;
    }
    write(numbers, p, plain, s);
    if (!market::solve(s.network, ~market::Mask{0}, built, w, out)) return false;
  }
  return false;
}

double Contracts::check(const MarketNumbers& numbers, std::span<const double> p, const market::Network& plain,
                        std::uint64_t built, const Scratch& s, const market::Solution& out) const {
  const bool split = std::ranges::any_of(s.split, [](char c) { return c != 0; });
  double worst = market::check(split ? s.network : plain, ~market::Mask{0}, built, out);
  for (std::size_t k = 0; k < arcs_.size(); ++k) {
    const auto& link = plain.links[arcs_[k]];
    const double v = std::min(numbers.terms_volume(arcs_[k], p), link.capacity);
    const double pays = numbers.terms_price(arcs_[k], p), earned = pays - link.cost - out.price[link.from];
    if (split) worst = std::max(worst, std::abs(out.consumed[plain.consumers.size() + k] - s.sold[k]) / (1 + v));
    if (out.flow[arcs_[k]] + s.sold[k] < v - little * (1 + v))
      worst = std::max(worst, std::max(0.0, earned) / (1 + std::abs(pays)));
  }
  return worst;
}

double Contracts::pay(const MarketNumbers& numbers, std::span<const double> p) const {
  double sum = 0;
  for (const std::uint32_t i : arcs_) sum += std::abs(numbers.terms_price(i, p));
  return sum;
}

}  // namespace entente::ask
