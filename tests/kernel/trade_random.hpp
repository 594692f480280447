// Random worlds that balance: shares, tariffs, inputs, with spending and value added found from the accounts, so that
// the base is an equilibrium; zeros in trade, sectors without trade, and odd sizes among them.
#pragma once
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "entente/kernel/trade.hpp"

namespace entente::trade::random {

// Numbers of a sequence (splitmix64) that RapidCheck seeds: a world is one choice, shrunk by its sizes.
class Sequence {
 public:
  explicit Sequence(std::uint64_t seed) : state_(seed) {}
  double between(double low, double high) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return low + (high - low) * static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }
  bool chance(double p) { return between(0, 1) < p; }

 private:
  std::uint64_t state_;
};

// Spending, and value added where asked, that the accounts imply at wages of one: by the plain iteration, to rounding.
inline void balance(World& w) {
  for (int round = 0; round < 4000; ++round) {
    std::vector<double> sales(w.places(), 0), revenue(w.countries, 0);
    for (std::size_t j = 0; j < w.sectors; ++j)
      for (std::size_t n = 0; n < w.countries; ++n)
        for (std::size_t i = 0; i < w.countries; ++i) {
          const std::size_t c = w.cell(j, n, i);
          const double spent = w.expenditure[w.place(n, j)] * w.share[c], kept = spent / (1 + w.tariff[c]);
          sales[w.place(i, j)] += kept;
          revenue[n] += spent - kept;
        }
    double change = 0;
    for (std::size_t n = 0; n < w.countries; ++n) {
      double labour = 0;
      for (std::size_t j = 0; j < w.sectors; ++j) labour += w.value_added_share[w.place(n, j)] * sales[w.place(n, j)];
      w.value_added[n] = labour;
      for (std::size_t k = 0; k < w.sectors; ++k) {
        double x = w.final_share[w.place(n, k)] * (labour + revenue[n] + w.deficit[n]);
        for (std::size_t j = 0; j < w.sectors; ++j) x += w.input[w.io(n, k, j)] * sales[w.place(n, j)];
        change = std::max(change, std::abs(x - w.expenditure[w.place(n, k)]) / (1e-300 + x));
        w.expenditure[w.place(n, k)] = x;
      }
    }
    if (change < 1e-14) break;
  }
}

inline World world(Sequence& r, std::uint32_t countries, std::uint32_t sectors, bool deficits = false) {
  World w;
  w.countries = countries;
  w.sectors = sectors;
  w.share.assign(w.cells(), 0);
  w.tariff.assign(w.cells(), 0);
  w.value_added_share.assign(w.places(), 0);
  w.final_share.assign(w.places(), 0);
  w.expenditure.assign(w.places(), 1);
  w.input.assign(w.places() * sectors, 0);
  w.value_added.assign(countries, 1);
  w.deficit.assign(countries, 0);
  std::vector<double> size(countries);
  for (double& s : size) s = std::exp(r.between(0, 3));
  for (std::uint32_t j = 0; j < sectors; ++j) {
    w.theta.push_back(std::exp(r.between(std::log(1.1), std::log(12))));
    const bool traded = j == 0 || r.chance(0.8);
    const double zero = r.chance(0.5) ? 0 : r.between(0, 0.5);
    for (std::uint32_t n = 0; n < countries; ++n)
      for (std::uint32_t i = 0; i < countries; ++i) {
        const std::size_t c = w.cell(j, n, i);
        if (n == i) w.share[c] = 3 * size[i] * r.between(0.5, 2);
        else if (traded && !(j > 0 && r.chance(zero))) {
          w.share[c] = size[i] * r.between(0.02, 1);
          if (r.chance(0.7)) w.tariff[c] = r.between(0, 0.3);
        }
      }
  }
  for (std::uint32_t n = 0; n < countries; ++n)
    for (std::uint32_t j = 0; j < sectors; ++j) {
      w.value_added_share[w.place(n, j)] = r.chance(0.1) ? 1 : r.between(0.25, 0.9);
      w.final_share[w.place(n, j)] = r.between(0.05, 1);
      if (w.value_added_share[w.place(n, j)] < 1)
        for (std::uint32_t k = 0; k < sectors; ++k)
          w.input[w.io(n, k, j)] = r.chance(0.3) && k != j ? 0 : r.between(0.05, 1);
    }
  normalise(w);
  balance(w);
  if (deficits) {
    double sum = 0;
    const double least = *std::min_element(w.value_added.begin(), w.value_added.end());
    for (std::uint32_t n = 0; n + 1 < countries; ++n) {
      w.deficit[n] = r.between(-0.01, 0.01) * least;
      sum += w.deficit[n];
    }
    w.deficit[countries - 1] = -sum;
    balance(w);
  }
  return w;
}

// New tariffs and costs on about `part` of the trade between countries.
inline Shock shock(Sequence& r, const World& w, double part = 0.3) {
  Shock s{.tariff = w.tariff, .cost = std::vector<double>(w.cells(), 1)};
  for (std::size_t c = 0; c < w.cells(); ++c) {
    if (c / w.countries % w.countries == c % w.countries) continue;
    if (r.chance(part)) s.tariff[c] = r.between(-0.1, 1);
    if (r.chance(part)) s.cost[c] = r.between(0.7, 2);
  }
  return s;
}

}  // namespace entente::trade::random
