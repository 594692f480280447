// Values of games too large for a table: Shapley and Banzhaf by sampling orders or coalitions, with standard errors.
//
// The game is an oracle: worth of a set of up to 64 players (player 1 is bit 0), with worth(0) = 0. Orders and sets
// come from Philox by (seed, index), so the result depends on the seed, the number of samples and the design alone, not
// on threads. Reference: Castro, Gomez, Tejada 2009, doi:10.1016/j.cor.2008.04.004; antithetic orders: Mitchell,
// Cooper, Frank, Holmes 2022 (JMLR 23:43).
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::coalition {

/// Worth of the members. Called from several threads at once when `threads` > 1. Must be finite.
using Oracle = std::function<double(std::uint64_t members)>;

enum class Design : std::uint8_t {
  plain,       ///< independent orders
  antithetic,  ///< each order and its reverse (Banzhaf: each set and its complement)
  stratified,  ///< each order and all its rotations: every player once at every position (Banzhaf: as antithetic)
};

struct SamplingOptions {
  std::uint64_t samples =
      10000;  ///< orders (Banzhaf: sets) asked for; rounded up to whole units of the design, >= 2 units
  std::uint64_t seed = 1;
  Design design = Design::antithetic;
  unsigned threads = 1;
  const std::atomic<bool>* cancel = nullptr;  ///< looked at between blocks: ErrorKind::cancelled
};

struct Sampled {
  std::vector<double> value;
  std::vector<double> standard_error;  ///< of each value, from the spread between the design's independent units
  std::uint64_t samples = 0;           ///< orders or sets used
  std::uint64_t units = 0;             ///< independent units: samples / 1, 2 or n
  std::uint64_t evaluations = 0;       ///< calls of the oracle
  std::uint64_t seed = 0;
};

/// Shapley value of an oracle game, n from 1 to 64: the mean marginal contribution over random orders. Unbiased; the
/// values sum to v(N) up to rounding, because every order's do. n evaluations an order. Errors: invalid (n, samples =
/// 0, a worth that is not finite, worth of nobody not 0), cancelled.
[[nodiscard]] Result<Sampled> sampled_shapley(unsigned n, const Oracle& worth, const SamplingOptions& options = {});

/// Banzhaf value (mean marginal contribution, not normalised) of an oracle game: over random sets S, every member of S
/// gives v(S) - v(S-i) and every other player v(S+i) - v(S). n + 1 evaluations a set.
[[nodiscard]] Result<Sampled> sampled_banzhaf(unsigned n, const Oracle& worth, const SamplingOptions& options = {});

}  // namespace entente::coalition
