// What the parts of the distribution share. All of them work on nodes: actors joined by conditions are one
// (Core, state.hpp), and energies are divided by the temperature.
#pragma once
#include <span>
#include <vector>

#include "entente/kernel/blocs_distribution.hpp"
#include "kernel/blocs/state.hpp"

namespace entente::blocs {

/// How many blocs partitions of the nodes have.
struct Blocs {
  std::uint32_t most = 0;  ///< 0: any number
  bool exactly = false;    ///< just `most`
};

/// The distribution over partitions of the nodes. By pair of nodes: pair(u, v).
struct Law {
  double log_z = 0;   ///< of exp(-energy), the core's constant left out
  double energy = 0;  ///< mean, the constant left out
  double entropy = 0;
  std::vector<double> same, differ;
  std::vector<double> error;       ///< by pair, sampled only
  std::vector<double> covariance;  ///< by pair, then by edge of the core: of the two events `same`
  double log_z_error = 0, energy_error = 0, entropy_error = 0;
  std::vector<std::uint32_t> drawn;  ///< label by node
  std::uint64_t configurations = 0;
};

struct DistributionWorkspace::Body {
  Workspace blocs;
  Graph scaled;  ///< sizes and temperature worked into the weights
  Law law;
  std::vector<double> factor;          ///< by tie: what its weight is multiplied with
  std::vector<std::uint32_t> edge_of;  ///< by pair of nodes: edge of the core
  std::vector<double> table, copy, scratch, dense, zero, one, both, only;
  std::vector<double> within, weight;            ///< by set: energy saved within, probability as a bloc
  std::vector<std::vector<double>> best, total;  ///< by level and set, see distribution_sets.cpp
  std::vector<double> exponent, value, joint;
};

/// x has 2^bits numbers: zero[i] and one[i] become the sums over the indices without and with bit i. Destroys x.
void bit_sums(std::span<double> x, unsigned bits, double* zero, double* one);
/// x by set of `bits` elements, for j > i: both[j * bits + i] = sum over the sets that hold i and j, only[j * bits + i]
/// over those that hold j and not i. Destroys x; scratch has at least half its length.
void pair_sums(std::span<double> x, unsigned bits, std::span<double> scratch, std::span<double> both,
               std::span<double> only);
/// Sum of x in a fixed order, four lanes at a time.
[[nodiscard]] double total(std::span<const double> x);
/// Sum of x[i] y[i].
[[nodiscard]] double product(std::span<const double> x, std::span<const double> y);

/// Where a toss falls among configurations of which the likeliest, with this chance, lies around 1/2: below 0 on that
/// one, else the place among the others, from 0 to 1 - likeliest.
[[nodiscard]] inline double among_others(double toss, double likeliest) {
  const double before = (1 - likeliest) / 2;
  return toss < before ? toss : toss < before + likeliest ? -1 : toss - likeliest;
}

/// Two sides, exactly. `both`: configurations with an empty side do not count. False: none is left.
[[nodiscard]] bool sum_sides(bool both, const DistributionOptions& options, DistributionWorkspace::Body& w);
/// Any number of blocs, exactly.
[[nodiscard]] bool sum_sets(Blocs blocs, const DistributionOptions& options, DistributionWorkspace::Body& w);

/// By parallel tempering: two sides, one may be empty.
[[nodiscard]] Result<void> sample_sides(const DistributionOptions& options, DistributionWorkspace::Body& w);
/// The same, any number of blocs.
[[nodiscard]] Result<void> sample_blocs(Blocs blocs, const DistributionOptions& options,
                                        DistributionWorkspace::Body& w);

}  // namespace entente::blocs
