// From batches to chances, ln Z and their standard errors; see temper.hpp.
#include "kernel/blocs/temper.hpp"

namespace entente::blocs {
namespace {

double ln(double x) {
  std::array<double, 1> one{x};
  logarithms(one);
  return one[0];
}

/// Sum over the steps of ln(up / down), `less` taken out.
double bridge(const Batch& all, const Batch* less, std::vector<double>& scratch) {
  const std::size_t steps = all.up.size();
  scratch.resize(2 * steps);
  for (std::size_t r = 0; r < steps; ++r) {
    scratch[r] = all.up[r] - (less ? less->up[r] : 0);
    scratch[steps + r] = all.down[r] - (less ? less->down[r] : 0);
  }
  logarithms(scratch);
  double sum = 0;
  for (std::size_t r = 0; r < steps; ++r) sum += scratch[r] - scratch[steps + r];
  return sum;
}

double jackknife(std::span<const double> without) {
  const auto n = static_cast<double>(without.size());
  double mean = 0, squares = 0;
  for (const double x : without) mean += x / n;
  for (const double x : without) squares += (x - mean) * (x - mean);
  return (n - 1) / n * squares;
}

}  // namespace

void Batch::add(const Batch& o) {
  sweeps += o.sweeps, counted += o.counted, energy += o.energy;
  for (std::size_t r = 0; r < up.size(); ++r) up[r] += o.up[r], down[r] += o.down[r];
  for (std::size_t p = 0; p < same.size(); ++p) same[p] += o.same[p];
}

double estimate(std::span<const Batch> groups, std::uint32_t first, std::uint32_t last, std::span<const double> ladder,
                std::span<const double> reference, double log_states, Law& law) {
  const std::size_t steps = reference.size(), pairs = groups[0].same.size();
  Batch all;
  all.up.assign(steps, 0);
  all.down.assign(steps, 0);
  all.same.assign(pairs, 0);
  std::vector<double> together(pairs, 0.0);
  const auto each = [&](auto visit) {
    for (std::uint32_t m = 0; m < systems; ++m)
      for (std::uint32_t i = first; i < last; ++i) visit(m, groups[std::size_t{m} * batches + i]);
  };
  each([&](std::uint32_t, const Batch& b) {
    all.add(b);
    for (std::size_t p = 0; p < pairs; ++p) together[p] += b.same[p];
  });
  if (!(all.counted > 0)) return -1;
  const auto count = static_cast<double>(systems * (last - first));

  law.same.resize(pairs);
  law.differ.resize(pairs);
  law.error.resize(pairs);
  law.covariance.clear();
  double by_batch = 0, by_system = 0, noise = 0;
  for (std::size_t p = 0; p < pairs; ++p) {
    const double share = together[p] / all.counted;
    double squares = 0, of_systems = 0, system = 0;
    std::uint32_t now = 0;
    each([&](std::uint32_t m, const Batch& b) {
      if (m != now) of_systems += system * system, system = 0, now = m;
      const double off = b.same[p] - share * b.counted;
      squares += off * off;
      system += off;
    });
    of_systems += system * system;
    const double variance = count / (count - 1) * squares / (all.counted * all.counted);
    law.same[p] = share;
    law.differ[p] = (all.counted - together[p]) / all.counted;
    law.error[p] = variance;
    by_batch += variance;
    by_system += systems / (systems - 1.0) * of_systems / (all.counted * all.counted);
    noise += share * (1 - share);
  }
  const double slow = by_batch > 0 ? std::max(1.0, by_system / by_batch) : 1;
  const double draws = by_batch > 0 ? noise / (by_batch * slow) : count;
  double worst = 0;
  for (std::size_t p = 0; p < pairs; ++p) {
    const double moved = (law.same[p] * draws + 1) / (draws + 2);
    law.error[p] = std::sqrt(std::max(law.error[p] * slow, moved * (1 - moved) / draws));
    worst = std::max(worst, law.error[p]);
  }

  std::vector<double> log_z, entropy, energy, scratch;
  double fixed = log_states;
  for (std::size_t r = 0; r < steps; ++r) fixed -= (ladder[r + 1] - ladder[r]) * reference[r];
  law.energy = all.energy / all.counted;
  law.log_z = fixed + bridge(all, nullptr, scratch) + ln(all.counted / all.sweeps);
  law.entropy = std::max(0.0, law.log_z + law.energy);
  each([&](std::uint32_t, const Batch& b) {
    const double left = std::max(1.0, all.counted - b.counted);
    log_z.push_back(bridge(all, &b, scratch) + ln(left / (all.sweeps - b.sweeps)));
    energy.push_back((all.energy - b.energy) / left);
    entropy.push_back(log_z.back() + energy.back());
  });
  law.log_z_error = std::sqrt(jackknife(log_z) * slow);
  law.energy_error = std::sqrt(jackknife(energy) * slow);
  law.entropy_error = std::sqrt(jackknife(entropy) * slow);
  return worst;
}

}  // namespace entente::blocs
