// What was known of every pair of actors on the eve of an event: the kinds of tie that are estimated from two
// centuries of disputes and that a situation asks for by name.
//
// Problem. A tie is worth something as evidence only if it could have been known beforehand. Tables of years hide what
// comes after: a dispute has one hostility, its whole maximum; one that is running when an event begins is often the
// event itself.
// Choice. Only what the tables date before 1 January of the event's year counts; of disputes only those that had ended
// by then, so none that is running is read at all, whoever takes part in it. What a table does not cover is unknown
// and contributes nothing (the value is 0 and the bit is not set): every kind is centred so that 0 is the middle or
// the absence of the fact, as said at `kind`.
// Cost. O(disputes + pacts + rivalries) for an eve, O(1) for a pair.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "entente/world/world.hpp"

namespace entente::world {

inline constexpr std::size_t kinds = 16;

struct Kind {
  const char* name;      ///< in files: `last-side`
  const char* evidence;  ///< the kind of evidence it belongs to: `disputes`
  const char* says;      ///< the formula in words
};
/// In the order of Dyad::value. Frozen: the committed weights belong to these.
[[nodiscard]] const Kind& kind(std::size_t k);

/// By how many years each table ends before the eve. Nought for an event within its coverage; a situation of 2025 reads
/// disputes that end with 2014. Weights are estimated with the ages at which they will be used.
struct Ages {
  std::int16_t disputes = 0, pacts = 0, rivalries = 0, borders = 0, regime = 0, votes = 0;
  /// For what begins in `year`: how much earlier than the year before it each table ends.
  [[nodiscard]] static Ages at(int year);
  friend bool operator==(const Ages&, const Ages&) = default;
};

struct Dyad {
  std::array<double, kinds> value{};
  std::uint32_t known = 0;  ///< bit by kind
  // For simple rules.
  double last_side = 0;  ///< in the last ended dispute of both: 1 together, -1 against each other, 0 never (or both)
  int pact = 0;          ///< 2 defence, 1 any other, 0 none
  double opposed = 0;    ///< index of ended disputes against each other
};

class Eve {
 public:
  /// The eve of what begins in `year` among `actors` (distinct). Facts are dated to `year` - 1 at the latest, less
  /// `ages`. Tables that are not there leave their kinds unknown.
  Eve(const World& world, int year, std::span<const State> actors, const Ages& ages = {});
  [[nodiscard]] const Dyad& operator()(std::size_t a, std::size_t b) const {
    return dyads_[a < b ? a * actors_ + b : b * actors_ + a];
  }
  [[nodiscard]] std::size_t actors() const { return actors_; }

 private:
  std::size_t actors_ = 0;
  std::vector<Dyad> dyads_;
};

}  // namespace entente::world
