// Parallel tempering: what both samplers share.
//
// Problem. Beyond some 22 nodes the partitions cannot be counted, and a walk at temperature 1 stays in the valley where
// it began. Wanted are pairs' chances and ln Z with honest standard errors, the same bits on any machine.
// Theory. Replicas at inverse temperatures 0 = b_0 < ... < b_R = 1 walk by heat bath and exchange their temperatures by
// Metropolis' rule (Geyer 1991; Hukushima and Nemoto 1996, doi:10.1143/JPSJ.65.1604): at 0 every draw is new, and what
// is found there comes down. ln Z(0) is the logarithm of a number of partitions; from one temperature to the next
//   Z(b')/Z(b) = <exp(-(b' - b) E / 2)>_b / <exp((b' - b) E / 2)>_b'   (the geometric bridge: Bennett 1976,
// doi:10.1016/0021-9991(76)90078-4, with the simplest of his weights).
// Choice. The steps of the ladder follow from the first way down: the next one is 1 / (standard deviation of E), which
// leaves some half of the exchanges accepted. Eight systems that share nothing but the seed; the run of each is 16
// batches, of which the first two are thrown away; when all are full and the error is too large, batches are joined in
// pairs and the run goes on to twice its length, looked at after every second batch. Standard errors come from the 112
// batches, by the delta method for ratios and by the jackknife for ln Z; where whole systems differ by more than their
// batches explain (a walk slower than a batch), all errors grow by the root of that ratio. A chance that was never seen
// otherwise has the error of (k
// + 1) / (m + 2), m the number of independent draws that the other pairs' errors speak of. Conditions "apart", with
// other than two sides, are hostile ties so strong that they hardly ever break at temperature 1; draws that break one
// do not count, and ln Z is corrected by their share. Cost. A sweep of all systems: N times (heat baths of all
// replicas); 60 nodes some 0.1 ms.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"
#include "kernel/blocs/distribution.hpp"

namespace entente::blocs {

/// Uniform numbers in (0, 1), keyed by (seed, purpose), taken in order.
class Stream {
 public:
  Stream(std::uint64_t seed, std::uint32_t purpose)
      : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32) ^ 0x736f6674u},
        purpose_(purpose) {}
  void fill(std::span<double> out) {
    for (double& x : out) x = next();
  }
  double next() {
    if (left_ == 0) {
      block_ = philox({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ >> 32), purpose_, 0}, key_);
      ++at_;
      left_ = 4;
    }
    return (block_[--left_] + 0.5) * 0x1.0p-32;
  }
  std::uint32_t below(std::uint32_t n) {  ///< bias below n / 2^32
    return std::min(n - 1, static_cast<std::uint32_t>(next() * n));
  }

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t purpose_;
  std::uint64_t at_ = 0;
  std::array<std::uint32_t, 4> block_{};
  unsigned left_ = 0;
};

inline constexpr std::uint32_t systems = 8, batches = 16, thrown = 2, longest_ladder = 96;

/// What was measured in one batch of one system.
struct Batch {
  double sweeps = 0, counted = 0;   ///< counted: sweeps that meet the conditions
  double energy = 0;                ///< sum over the counted
  std::vector<double> up, down;     ///< by step of the ladder: sums of the bridge's two exponentials
  std::vector<std::uint32_t> same;  ///< by pair: counted sweeps in which it stood together
  void add(const Batch& o);
};

/// From the batches to the law. `steps`: the ladder; `reference`: by step, what energies in the bridge are taken from.
/// Returns the largest standard error of a chance; a negative number where nothing counted.
double estimate(std::span<const Batch> groups, std::uint32_t first, std::uint32_t last, std::span<const double> ladder,
                std::span<const double> reference, double log_states, Law& law);

/// A Model holds lanes (replicas) of partitions of the nodes:
///   resize(lanes); randomise(lane, stream); labels(lane, out); set(lane, labels)
///   sweep(inverse temperature by lane, stream); energy(lane); counts(lane): meets the conditions
///   together(lane, t, words): sets bit t of each pair that stands together
///   log_states(): ln of the number of partitions at inverse temperature 0
template <class Model>
Result<void> temper(Model& model, std::uint32_t nodes, const DistributionOptions& options, Law& law) {
  const std::size_t pairs = std::size_t{nodes} * (nodes - 1) / 2;
  // The way down: the ladder, and a state of each system at each of its steps.
  std::vector<double> ladder{0}, reference, beta(systems, 0.0);
  std::vector<std::uint32_t> label(nodes), kept;
  Stream first(options.seed, 0);
  model.resize(systems);
  for (std::uint32_t m = 0; m < systems; ++m) model.randomise(m, first);
  double before = 0;  // mean energy one step above
  for (;;) {
    constexpr int warm = 32, look = 32;
    std::ranges::fill(beta, ladder.back());
    double sum = 0, squares = 0, origin = 0;
    for (int i = 0; i < warm + look; ++i) {
      model.sweep(beta, first);
      if (i < warm) continue;
      if (i == warm) origin = model.energy(0);
      for (std::uint32_t m = 0; m < systems; ++m) {
        const double e = model.energy(m) - origin;
        sum += e, squares += e * e;
      }
    }
    const double count = look * systems, mean = sum / count;
    const double spread = std::sqrt(std::max(0.0, squares / count - mean * mean));
    if (ladder.size() > 1) reference.push_back((before + origin + mean) / 2);
    before = origin + mean;
    for (std::uint32_t m = 0; m < systems; ++m) {
      model.labels(m, label);
      kept.insert(kept.end(), label.begin(), label.end());
    }
    const double b = ladder.back();
    if (b >= 1) break;
    double step = spread > 0 ? 1 / spread : 1;
    if (b > 0) step = std::min(step, b);  // where nothing moves, no more than twice
    // Past half of the longest ladder steps grow, so that it ends.
    if (ladder.size() > longest_ladder / 2) step *= 1 + static_cast<double>(ladder.size() - longest_ladder / 2) / 8;
    if (ladder.size() + 1 >= longest_ladder) step = 1;
    ladder.push_back(b + step > 1 - step / 4 ? 1 : b + step);
  }

  const auto rungs = static_cast<std::uint32_t>(ladder.size());
  const std::uint32_t lanes = systems * rungs;
  model.resize(lanes);
  beta.resize(lanes);
  std::vector<std::uint32_t> at(lanes);  // lane of system m at rung r: at[m * rungs + r]
  for (std::uint32_t m = 0; m < systems; ++m)
    for (std::uint32_t r = 0; r < rungs; ++r) {
      const std::uint32_t lane = m * rungs + r;
      std::copy_n(kept.begin() + static_cast<std::ptrdiff_t>((std::size_t{r} * systems + m) * nodes), nodes,
                  label.begin());
      model.set(lane, label);
      at[lane] = lane;
      beta[lane] = ladder[r];
    }

  Stream walk(options.seed, 1), exchange(options.seed, 2);
  std::vector<Batch> groups(std::size_t{systems} * batches);
  const auto empty = [&](Batch& b) {
    b.sweeps = b.counted = b.energy = 0;
    b.up.assign(rungs - 1, 0);
    b.down.assign(rungs - 1, 0);
    b.same.assign(pairs, 0);
  };
  for (Batch& b : groups) empty(b);
  std::vector<std::uint64_t> words(std::size_t{systems} * pairs);
  std::array<std::uint64_t, systems> counted{};
  std::vector<double> up(rungs - 1), down(rungs - 1), accept(rungs);
  std::uint64_t length = 64, sweeps = 0;
  const auto batch = [&](std::uint32_t which) {
    for (std::uint64_t s = 0; s < length; ++s, ++sweeps) {
      model.sweep(beta, walk);
      const auto bit = static_cast<unsigned>(s & 63);
      for (std::uint32_t m = 0; m < systems; ++m) {
        std::uint32_t* const lane = &at[std::size_t{m} * rungs];
        Batch& b = groups[m * batches + which];
        for (std::uint32_t r = 0; r + 1 < rungs; ++r) {
          const double half = (ladder[r + 1] - ladder[r]) / 2;
          up[r] = -half * (model.energy(lane[r]) - reference[r]);
          down[r] = half * (model.energy(lane[r + 1]) - reference[r]);
          accept[r] = 2 * (up[r] + down[r]);
        }
        exponentials(up);
        exponentials(down);
        exponentials(accept);
        for (std::uint32_t r = 0; r + 1 < rungs; ++r) b.up[r] += up[r], b.down[r] += down[r];
        b.sweeps += 1;
        const std::uint32_t cold = lane[rungs - 1];
        if (model.counts(cold)) {
          b.counted += 1;
          b.energy += model.energy(cold);
          counted[m] |= std::uint64_t{1} << bit;
        }
        model.together(cold, bit, {words.data() + m * pairs, pairs});
        for (std::uint32_t r = static_cast<std::uint32_t>(sweeps & 1); r + 1 < rungs; r += 2)
          if (exchange.next() < accept[r]) {
            std::swap(lane[r], lane[r + 1]);
            std::swap(beta[lane[r]], beta[lane[r + 1]]);
          }
      }
      if (bit != 63) continue;
      for (std::uint32_t m = 0; m < systems; ++m) {
        Batch& b = groups[m * batches + which];
        for (std::size_t p = 0; p < pairs; ++p)
          b.same[p] += static_cast<std::uint32_t>(std::popcount(words[m * pairs + p] & counted[m]));
      }
      std::ranges::fill(words, 0);
      counted.fill(0);
    }
  };
  std::uint32_t full = 0;
  for (;;) {
    while (full < batches) {
      batch(full++);
      const bool stopped = options.stop.stop_requested() && full > thrown + 1;
      if (full < batches && !stopped && (full % 2 != 0 || length == 64)) continue;
      const double worst = estimate(groups, thrown, full, ladder, reference, model.log_states(), law);
      law.configurations = sweeps * systems;
      const bool last = stopped || (full == batches && 2 * sweeps > options.sweeps);
      if (worst >= 0 && (last || worst <= options.error)) return {};
      if (last)
        return std::unexpected(
            Error{ErrorKind::not_solved, "the sampler found no partition that meets the conditions"});
    }
    for (std::uint32_t m = 0; m < systems; ++m) {
      Batch* const b = &groups[std::size_t{m} * batches];
      for (std::uint32_t i = 0; i < batches / 2; ++i) {
        if (i > 0) std::swap(b[i], b[2 * i]);
        b[i].add(b[2 * i + 1]);
        empty(b[2 * i + 1]);
      }
      for (std::uint32_t i = batches / 2; i < batches; ++i) empty(b[i]);
    }
    full = batches / 2;
    length *= 2;
  }
}

}  // namespace entente::blocs
