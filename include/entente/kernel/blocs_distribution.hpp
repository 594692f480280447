// The distribution over partitions of a signed graph into blocs: how likely each pair is to stand together.
//
// Problem. The best partition says who stands with whom and nothing about how sure that is. Here every partition that
// the setting and the conditions allow has the probability
//   P(partition) = exp(-E / T) / Z,   Z = sum of exp(-E / T),   E = sum of c_ab over ties between different blocs,
//   c_ab = (s_a s_b)^gamma w_ab,
// so a tie is a log odds: two actors with one tie of weight w and nobody else are together with probability
// 1 / (1 + exp(-w / T)). Each partition counts once, whatever its number of blocs (sides and blocs have no names). This
// is the Gibbs distribution of the energy of blocs.hpp; T towards 0 leaves the least energy alone, T towards infinity
// the uniform distribution over what is allowed.
// Settings. Number::two: at most two sides (the Ising model up to the exchange of sides). {Number::exactly, 2}: two
// camps, neither empty. `against` {A, B} is the condition that A and B are apart with Number::two: A and B are the
// cores of the sides, and an actor without ties then changes nobody's chance; under "neither empty", with k blocs and
// with any number it does, since it alone can be a bloc.
// Derivatives. dP(ab together)/dw_cd = (s_c s_d)^gamma Cov(ab together, cd together) / T, and
// d ln Z / dw_cd = -(s_c s_d)^gamma P(cd apart) / T.
// Method. Exact by enumeration (two sides) or by recursion over sets (other numbers), by parallel tempering beyond; see
// the essays in src/kernel/blocs/distribution_*.cpp and docs/methods/blocs.md.
//
// Errors: those of blocs::validate; ErrorKind::invalid for a temperature that is not above 0 or so small that the sum
// of |c| / T passes 1e9, an exponent that is not finite, an error that is not above 0; too_large for more than 400
// actors beyond the exact sizes; not_solved where a sampler found no partition that meets the conditions; cancelled
// where `stop` came before anything was known. Nothing throws but std::bad_alloc. Functions are pure; each thread has a
// workspace of its own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "entente/kernel/blocs.hpp"

namespace entente::blocs {

struct DistributionOptions {
  double temperature = 1;    ///< T > 0, in the unit of the ties; 1 where ties are log odds
  double size_exponent = 0;  ///< gamma: 0 leaves sizes out, 1 is the energy of optimise()
  bool gradient = false;     ///< fill Distribution::gradient (exact methods only)
  std::uint32_t sides_to =
      22;  ///< two sides: actors (those joined by conditions count as one) done exactly; at most 24
  std::uint32_t blocs_to = 15;  ///< other numbers of blocs: the same; at most 16
  /// Between 0 and 1: one partition is drawn with it (exact methods only), see Distribution::drawn. Outside: none.
  double toss = -1;
  // Read by the sampler only.
  double error = 0.01;           ///< goes on until no chance has a larger standard error,
  std::uint64_t sweeps = 65536;  ///< or until so many sweeps, at least 1,024, were made by each of 8 systems
  std::uint64_t seed = 1;
  std::stop_token stop = {};  ///< looked at by the sampler between batches: ends with what is known
};

/// The place of an unordered pair in the tables by pair: (0,1), (0,2), (1,2), (0,3), ... Actors differ.
[[nodiscard]] constexpr std::size_t pair(Actor a, Actor b) noexcept {
  const std::size_t low = a < b ? a : b, high = a < b ? b : a;
  return high * (high - 1) / 2 + low;
}

struct Distribution {
  bool feasible = true;          ///< false: no partition meets setting and conditions; the rest is empty
  bool exact = true;             ///< false: sampled, and the errors below are standard errors (0 where exact)
  double log_partition = 0;      ///< ln Z
  double energy = 0;             ///< mean of E
  double entropy = 0;            ///< -sum of P ln P, in nats
  std::vector<double> together;  ///< by pair: P(together); n (n - 1) / 2
  std::vector<double> apart;     ///< by pair: P(apart), with full relative precision where it is small
  /// By pair, then by tie: dP(together) / d weight of the tie; empty if not asked for or sampled.
  std::vector<double> gradient;
  /// Labels of the partition that `toss` falls on: with toss uniform, each comes with its probability. The most likely
  /// lies in the middle, around 1/2, the others in a fixed order on both sides. Canonical; empty if not asked for.
  std::vector<std::uint32_t> drawn;
  std::vector<double> error;  ///< by pair; empty where exact
  double log_partition_error = 0, energy_error = 0, entropy_error = 0;
  double largest_error = 0;          ///< of `error`
  std::uint64_t configurations = 0;  ///< looked at, or sampled
};

/// Memory reused between calls on graphs of any shape; holds no answers. Exact distributions allocate nothing once
/// workspace and Distribution have grown to their size.
class DistributionWorkspace {
 public:
  DistributionWorkspace();
  ~DistributionWorkspace();
  DistributionWorkspace(DistributionWorkspace&&) noexcept;
  DistributionWorkspace& operator=(DistributionWorkspace&&) noexcept;
  struct Body;
  [[nodiscard]] Body& body() noexcept { return *body_; }

 private:
  std::unique_ptr<Body> body_;
};

/// The distribution under the setting and the conditions. Rounding: absolute errors of chances are some 1e-16 times the
/// sum of |c| / T. Cost, with N actors after joining: two sides 2^(N-1) (with gradient N 2^(N-1)) steps and numbers of
/// memory; any number 3^N / 2 (gradient 3^N) steps and ties times 2^N numbers; k blocs k times as many.
[[nodiscard]] Result<void> distribution(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                                        const DistributionOptions& options, DistributionWorkspace& w,
                                        Distribution& out);
[[nodiscard]] Result<Distribution> distribution(const Graph& g, const Setting& setting = {},
                                                std::span<const Condition> conditions = {},
                                                const DistributionOptions& options = {});

/// Judges a distribution however found. Up to 16 actors with two sides, 9 otherwise, everything is found again by plain
/// recursion over the partitions and held to it, exact ones to 1e-9, sampled ones to six standard errors: `verified`.
/// Beyond, what any distribution over partitions obeys: chances in [0, 1], the conditions, the inequalities of every
/// three actors, entropy = ln Z + energy / T not below 0.
struct DistributionVerdict {
  bool consistent = false, verified = false;
  std::string fault;  ///< the first thing wrong, empty if none
};
[[nodiscard]] DistributionVerdict check(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                                        const DistributionOptions& options, const Distribution& d);

}  // namespace entente::blocs
