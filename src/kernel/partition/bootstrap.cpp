#include <optional>

#include "entente/base/pool.hpp"
#include "entente/base/random.hpp"
#include "entente/kernel/partition.hpp"

namespace entente::partition {

Result<Bootstrap> bootstrap(std::span<const Event> events, std::size_t kinds, const Fit& f, std::uint64_t replicates,
                            std::uint64_t seed, unsigned threads, const Options& options) {
  if (replicates < 2)
    return std::unexpected(Error{ErrorKind::invalid, "a covariance takes two replicates or more", "replicates"});
  std::vector<std::optional<Result<Fit>>> fits(replicates);
  const std::uint64_t stream = stable_hash("partition bootstrap");
  Pool(threads).run(replicates, [&](std::size_t r, unsigned) {
    std::vector<double> counts(events.size(), 0.0);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const double u = uniform(seed, stream, r * events.size() + i);
      counts[static_cast<std::size_t>(u * static_cast<double>(events.size()))] += 1;
    }
    fits[r] = fit(events, kinds, counts, f.weights, options);
  });
  Bootstrap b;
  b.replicates = replicates;
  b.mean.assign(kinds, 0.0);
  b.covariance.assign(kinds * kinds, 0.0);
  for (const auto& one : fits) {
    if (!*one) return std::unexpected(one->error());
    for (std::size_t k = 0; k < kinds; ++k) b.mean[k] += (*one)->weights[k] / static_cast<double>(replicates);
  }
  for (const auto& one : fits)
    for (std::size_t k = 0; k < kinds; ++k)
      for (std::size_t l = 0; l < kinds; ++l)
        b.covariance[k * kinds + l] +=
            ((*one)->weights[k] - b.mean[k]) * ((*one)->weights[l] - b.mean[l]) / static_cast<double>(replicates - 1);
  return b;
}

}  // namespace entente::partition
