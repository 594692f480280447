// Sampled values. A unit is one order (plain), an order and its reverse (antithetic), or an order and its rotations
// (stratified); a unit's estimate is the mean over its orders, and units are independent, so their spread gives the
// standard error whatever hangs together inside a unit. Units are drawn by (seed, number of the unit) and joined in
// blocks of fixed size in order (Chan, Golub, LeVeque 1983, doi:10.1080/00031305.1983.10483115).
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "entente/base/pool.hpp"
#include "entente/base/random.hpp"
#include "entente/kernel/coalition_sampling.hpp"

namespace entente::coalition {
namespace {

constexpr unsigned most = 64;
constexpr std::uint64_t block = 64;
using Values = std::array<double, most>;

struct Bits {  // a stream of 64-bit words for one unit
  std::uint64_t seed, unit;
  std::uint32_t next = 0;
  std::uint64_t operator()() {
    const auto r =
        philox({static_cast<std::uint32_t>(unit), static_cast<std::uint32_t>(unit >> 32), next++, 0x53484150u},
               {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
    return std::uint64_t{r[0]} << 32 | r[1];
  }
};

struct Moments {
  std::uint64_t count = 0;
  Values mean{}, square{};  // sum of squared deviations
};

void add(Moments& m, const Values& y, unsigned n) {
  ++m.count;
  for (unsigned i = 0; i < n; ++i) {
    const double d = y[i] - m.mean[i];
    m.mean[i] += d / static_cast<double>(m.count);
    m.square[i] += d * (y[i] - m.mean[i]);
  }
}

void join(Moments& m, const Moments& o, unsigned n) {
  const auto a = static_cast<double>(m.count), b = static_cast<double>(o.count);
  for (unsigned i = 0; i < n; ++i) {
    const double d = o.mean[i] - m.mean[i];
    m.mean[i] += d * b / (a + b);
    m.square[i] += o.square[i] + d * d * a * b / (a + b);
  }
  m.count += o.count;
}

// Calls unit(bits, y) for every unit; y starts at 0.
template <class Unit>
Result<Sampled> run(unsigned n, const Oracle& worth, const SamplingOptions& o, unsigned per_unit,
                    std::uint64_t evaluations, const Unit& unit) {
  if (n < 1 || n > most) return std::unexpected(Error{ErrorKind::invalid, "from 1 to 64 players", "n"});
  if (o.samples == 0) return std::unexpected(Error{ErrorKind::invalid, "at least one sample", "samples"});
  if (!worth) return std::unexpected(Error{ErrorKind::invalid, "there is no oracle", "worth"});
  if (worth(0) != 0) return std::unexpected(Error{ErrorKind::invalid, "the empty coalition is worth 0", "worth(0)"});
  if (o.samples > std::uint64_t{1} << 48)
    return std::unexpected(Error{ErrorKind::too_large, "more than 2^48 samples", "samples"});
  const std::uint64_t units = std::max<std::uint64_t>(2, (o.samples + per_unit - 1) / per_unit);
  const std::uint64_t blocks = (units + block - 1) / block;
  constexpr std::uint64_t round = 4096;  // blocks held at a time
  std::vector<Moments> part(std::min(blocks, round));
  Moments all;
  std::atomic<bool> bad{false};
  for (std::uint64_t first = 0; first < blocks; first += round) {
    const std::uint64_t here = std::min(round, blocks - first);
    Pool(o.threads).run(
        here,
        [&](std::size_t k, unsigned) {
          Moments m;
          const std::uint64_t begin = (first + k) * block, end = std::min(units, begin + block);
          for (std::uint64_t u = begin; u < end; ++u) {
            Values y{};
            Bits bits{o.seed, u};
            unit(bits, y);
            for (unsigned i = 0; i < n; ++i)
              if (!std::isfinite(y[i])) bad = true;
            add(m, y, n);
          }
          part[k] = m;
        },
        o.cancel);
    if (o.cancel && o.cancel->load()) return std::unexpected(Error{ErrorKind::cancelled, "sampling was stopped"});
    if (bad) return std::unexpected(Error{ErrorKind::invalid, "a worth is a finite number", "worth"});
    for (std::uint64_t k = 0; k < here; ++k) join(all, part[k], n);
  }
  Sampled out;
  out.units = units;
  out.samples = units * per_unit;
  out.evaluations = units * evaluations;
  out.seed = o.seed;
  for (unsigned i = 0; i < n; ++i) {
    out.value.push_back(all.mean[i]);
    const auto count = static_cast<double>(units);
    out.standard_error.push_back(std::sqrt(all.square[i] / (count - 1) / count));
  }
  return out;
}

// Marginal contributions along one order, with the weight of the order in its unit.
template <class Next>
void along(unsigned n, const Oracle& worth, double weight, Values& y, const Next& next) {
  std::uint64_t members = 0;
  double before = 0;
  for (unsigned k = 0; k < n; ++k) {
    const unsigned i = next(k);
    members |= std::uint64_t{1} << i;
    const double now = worth(members);
    y[i] += weight * (now - before);
    before = now;
  }
}

}  // namespace

Result<Sampled> sampled_shapley(unsigned n, const Oracle& worth, const SamplingOptions& o) {
  const unsigned orders = o.design == Design::plain ? 1 : o.design == Design::antithetic ? 2 : std::max(n, 1u);
  return run(n, worth, o, orders, std::uint64_t{n} * orders, [&](Bits& bits, Values& y) {
    std::array<unsigned, most> order;
    std::iota(order.begin(), order.end(), 0u);
    for (unsigned k = n; k > 1; --k) {
      const auto j = static_cast<unsigned>((static_cast<unsigned long long>(bits() >> 32) * k) >> 32);
      std::swap(order[k - 1], order[j]);
    }
    const double weight = 1.0 / orders;
    if (o.design == Design::stratified) {
      for (unsigned r = 0; r < n; ++r)
        along(n, worth, weight, y, [&](unsigned k) { return order[k + r < n ? k + r : k + r - n]; });
      return;
    }
    along(n, worth, weight, y, [&](unsigned k) { return order[k]; });
    if (o.design == Design::antithetic) along(n, worth, weight, y, [&](unsigned k) { return order[n - 1 - k]; });
  });
}

Result<Sampled> sampled_banzhaf(unsigned n, const Oracle& worth, const SamplingOptions& o) {
  const unsigned sets = o.design == Design::plain ? 1 : 2;
  return run(n, worth, o, sets, (std::uint64_t{n} + 1) * sets, [&](Bits& bits, Values& y) {
    const std::uint64_t all = n == most ? ~std::uint64_t{0} : (std::uint64_t{1} << n) - 1;
    std::uint64_t members = bits() & all;
    for (unsigned k = 0; k < sets; ++k, members ^= all) {
      const double v = worth(members);
      for (unsigned i = 0; i < n; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        y[i] += (members & bit ? v - worth(members ^ bit) : worth(members | bit) - v) / sets;
      }
    }
  });
}

}  // namespace entente::coalition
