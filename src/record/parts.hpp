// What the parts of the record share.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "entente/record/record.hpp"

namespace entente::record {

/// An event with what was known of it.
struct Known {
  Case c;
  partition::Event event;
  std::vector<world::Dyad> dyads;  ///< by pair (a, b), a < b, row by row
  std::vector<double> size;        ///< by actor: capability, its share of the world's
  [[nodiscard]] std::size_t pairs() const { return dyads.size(); }
  [[nodiscard]] double weight() const { return 1.0 / (event.actors - 1); }
};
[[nodiscard]] Known known(const world::World& w, Case c, const world::Ages& ages);

/// Whether `e` must not be in what `of` is forecast from.
[[nodiscard]] bool near(const Case& e, const Case& of);

/// Our chance that each pair stands together, by pair: the distribution over two camps, neither empty, averaged over
/// draws of the weights from the normal law around the fit. `label` keys the draws.
[[nodiscard]] Result<std::vector<double>> soft(const Known& e, const partition::Fit& fit, std::uint64_t label);

/// Today's rule with hand weights: pacts and disputes at 0.5 to 1.5 each, sizes by capability, the least energy with
/// at most two sides; the share of draws in which a pair stands together, one half where equally good ones disagree.
[[nodiscard]] Result<std::vector<double>> least_energy(const Known& e);

/// A rule by categories: the share of the training pairs in the same category that stood together.
struct Rule {
  const char* name;
  int (*category)(const world::Dyad& d);
  bool by_size;
};
[[nodiscard]] std::span<const Rule> rules();
/// By event in `ask`, its pairs' forecasts. Categories without pairs get the base rate; every share is drawn to it by
/// the weight of one event's pair.
[[nodiscard]] std::vector<double> share(const Rule& rule, std::span<const Known* const> training, const Known& ask);

/// One set of forecasts: by event, by pair; an event without forecasts has an empty vector and is not scored.
struct Forecasts {
  std::string name;
  std::vector<std::vector<double>> chance;
};
/// Scores the first against the others. All forecast the same events.
[[nodiscard]] Part score(std::span<const Known> events, std::span<const Forecasts> forecasts);

}  // namespace entente::record
