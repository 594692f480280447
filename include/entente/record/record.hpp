// The record of the rule that says who stands with whom, over every dispute or war with three participants or more:
// forecasts made from what was known on the eve by weights that had not seen the event, their scores, and those of
// simple rules on the same events.
//
// Choice. The soft rule: ties in log odds from the kinds of tie of world/eve.hpp and estimated weights, chances by the
// distribution over partitions into two camps, neither empty, at temperature 1, averaged over draws of the weights.
// Everything that could be tuned is in src/record/frozen.hpp and was committed before the first score was computed.
// Two ways of not having seen an event: all events but it and those near it in time with which it shares two
// participants; and only events that had ended before its year (rolling origin), which is how a forecaster would stand.
// Scores weigh a pair 1 / (n - 1) in its event of n, so that an event counts by its participants. Intervals are 95 % by
// drawing events with replacement.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/kernel/partition.hpp"
#include "entente/world/eve.hpp"

namespace entente::record {

enum class Events : std::uint8_t { disputes, wars };

struct Options {
  Events events = Events::disputes;
  bool sealed = false;  ///< the disputes of 2011 to 2014, from weights of all earlier ones
  world::Ages ages;     ///< by how much each table ends before the eve
  unsigned threads = 1;
};

struct Case {
  std::uint32_t number = 0;
  std::string name;
  int first = 0, last = 0;  ///< years
  std::vector<world::State> actors;
  std::vector<std::uint8_t> camp;
};

struct Interval {
  double low = 0, high = 0;
};

struct Score {
  std::size_t events = 0, pairs = 0;
  double brier = 0, log = 0, accuracy = 0;
  Interval brier_interval;
  double sure_share = 0, sure_right = 0;  ///< told at 95 % or more either way, and of those the share that came true
  Interval sure_interval;                 ///< of sure_right
};

inline constexpr std::size_t sizes = 3;  ///< participants: 3, 4, 5 and more
inline constexpr std::array<const char*, sizes> size_names{"3", "4", "5+"};

/// A forecast's scores, and ours less its (below nought: ours is better).
struct Compared {
  std::string name;
  Score score;
  std::array<Score, sizes> by_size;
  double difference = 0;
  Interval difference_interval;
  std::array<double, sizes> size_difference{};
  std::array<Interval, sizes> size_interval{};
};

struct Bin {
  double forecast = 0, came_true = 0, share = 0;  ///< means over the bin's pairs, and its part of all weight
  Interval interval;                              ///< of came_true
  std::size_t pairs = 0;
};

/// Forecasts of one kind, scored. baselines[best] has the least Brier score of them.
struct Part {
  Score score;
  std::array<Score, sizes> by_size;
  std::vector<Compared> baselines;
  std::size_t best = 0;
  std::vector<Bin> curve;
  int from = 0, to = 0;  ///< first years of the first and last event
};

struct Record {
  Options options;
  std::size_t events = 0, pairs = 0;
  std::size_t changed = 0;    ///< events left out because a participant changed sides
  std::size_t set_aside = 0;  ///< events of 1936 to 1946
  Part left_out, rolling;     ///< with `sealed` only `rolling`
};

/// The events with three participants or more, by first year; those of 1936 to 1946 and those in which somebody changed
/// sides are counted and not in. `sealed`: disputes of 2011 to 2014.
[[nodiscard]] std::vector<Case> cases(const world::World& w, Events events, bool sealed, Record* counts = nullptr);
/// What the estimator takes, from what was known on the eve.
[[nodiscard]] partition::Event event(const world::World& w, const Case& c, const world::Ages& ages);

/// Errors: those of the kernels. The tables must be there (World::need). Some minutes of one core for disputes.
[[nodiscard]] Result<Record> judge(const world::World& w, const Options& options);

struct Weights {
  world::Ages ages;
  std::size_t events = 0;
  std::vector<double> estimate;    ///< by kind (world::kind): the fit
  std::vector<double> covariance;  ///< of fits to events drawn with replacement, K x K
};
/// The weights of all disputes to 2010 but those of 1936 to 1946.
[[nodiscard]] Result<Weights> weights(const world::World& w, const world::Ages& ages, unsigned threads);

}  // namespace entente::record
