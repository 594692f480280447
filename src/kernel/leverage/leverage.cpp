#include "entente/kernel/leverage.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "entente/base/elementary.hpp"

namespace entente::leverage {
namespace {

constexpr std::size_t most = 16;

std::unexpected<Error> fail(const char* what, std::size_t i, std::string message) {
  return std::unexpected(
      Error{ErrorKind::invalid, std::move(message), std::string(what) + "[" + std::to_string(i) + "]"});
}

// The most that `givers` can replace of what `missing` patrons gave: maximum flow by augmenting paths, each found
// breadth first (Edmonds and Karp 1972, doi:10.1145/321694.321699). Givers and missing are disjoint, so an arc joins a
// giver to a missing patron and one array of flows is enough.
double replaceable(const Exchange& e, Mask givers, Mask missing) {
  const std::size_t n = e.patrons();
  std::array<double, most * most> flow{};
  std::array<double, most> given{}, got{};
  double total = 0, scale = 0;
  for (std::size_t i = 0; i < n; ++i) scale = std::max({scale, e.gain[i], e.spare[i]});
  const double least = 1e-14 * scale;
  while (true) {
    std::array<std::size_t, most> by_giver{}, by_missing{}, queue{};  // predecessor on the path; n: the source
    by_giver.fill(n + 1);
    by_missing.fill(n + 1);
    std::size_t head = 0, tail = 0;
    for (std::size_t k = 0; k < n; ++k)
      if ((givers >> k & 1u) && e.spare[k] - given[k] > least) {
        by_giver[k] = n;
        queue[tail++] = k;
      }
    std::size_t end = n;
    while (head < tail && end == n) {
      const std::size_t k = queue[head++];
      for (std::size_t i = 0; i < n && end == n; ++i) {
        const double room = e.replaces[k * n + i] * e.gain[i] - flow[k * n + i];
        if (!(missing >> i & 1u) || by_missing[i] <= n || room <= least) continue;
        by_missing[i] = k;
        if (e.gain[i] - got[i] > least) {
          end = i;
          break;
        }
        for (std::size_t other = 0; other < n; ++other)  // take back what another giver brings here
          if ((givers >> other & 1u) && by_giver[other] > n && flow[other * n + i] > least) {
            by_giver[other] = i;
            queue[tail++] = other;
          }
      }
    }
    if (end == n) return total;
    double step = e.gain[end] - got[end];
    for (std::size_t i = end;;) {
      const std::size_t k = by_missing[i];
      step = std::min(step, e.replaces[k * n + i] * e.gain[i] - flow[k * n + i]);
      if (by_giver[k] == n) {
        step = std::min(step, e.spare[k] - given[k]);
        break;
      }
      const std::size_t back = by_giver[k];
      step = std::min(step, flow[k * n + back]);
      i = back;
    }
    for (std::size_t i = end;;) {
      const std::size_t k = by_missing[i];
      flow[k * n + i] += step;
      if (by_giver[k] == n) {
        given[k] += step;
        break;
      }
      flow[k * n + by_giver[k]] -= step;
      i = by_giver[k];
    }
    got[end] += step;
    total += step;
  }
}

}  // namespace

Result<void> validate(const Exchange& e) {
  const std::size_t n = e.patrons();
  if (n == 0) return std::unexpected(Error{ErrorKind::invalid, "an exchange has at least one patron", "gain"});
  if (n > most) return std::unexpected(Error{ErrorKind::too_large, "more than 16 patrons", "gain"});
  if (e.gets.size() != n || e.spare.size() != n || e.replaces.size() != n * n)
    return std::unexpected(Error{
        ErrorKind::invalid, "every patron has a gain, what it gets, what it can spare and a row of shares", "sizes"});
  for (std::size_t i = 0; i < n; ++i) {
    if (!(e.gain[i] >= 0) || !std::isfinite(e.gain[i])) return fail("gain", i, "a gain is finite and at least 0");
    if (!(e.gets[i] >= 0) || !std::isfinite(e.gets[i]))
      return fail("gets", i, "what a patron gets is finite and at least 0");
    if (!(e.spare[i] >= 0) || !std::isfinite(e.spare[i]))
      return fail("spare", i, "what a patron can spare is finite and at least 0");
    for (std::size_t j = 0; j < n; ++j)
      if (i != j && !(e.replaces[i * n + j] >= 0 && e.replaces[i * n + j] <= 1))
        return fail("replaces", i * n + j, "a share lies from 0 to 1");
  }
  return {};
}

void holds(const Exchange& e, Holds& out) {
  const std::size_t n = e.patrons();
  for (auto* v : {&out.replaced, &out.threat, &out.hold, &out.dependence}) v->resize(n);
  double all = 0;
  for (const double a : e.gain) all += a;
  for (std::size_t i = 0; i < n; ++i) {
    double others = 0;
    for (std::size_t k = 0; k < n; ++k)
      if (k != i) others += std::min(e.spare[k], e.replaces[k * n + i] * e.gain[i]);
    out.replaced[i] = std::min(e.gain[i], others);
    out.threat[i] = e.gain[i] - out.replaced[i];
    out.hold[i] = out.threat[i] - e.gets[i];
    out.dependence[i] = all > 0 ? out.threat[i] / all : std::numeric_limits<double>::quiet_NaN();
  }
}

double worth(const Exchange& e, Mask members) {
  double v = 0;
  const Mask all = static_cast<Mask>((std::uint64_t{1} << e.patrons()) - 1);
  for (std::size_t i = 0; i < e.patrons(); ++i)
    if (members >> i & 1u) v += e.gain[i] + e.gets[i];
  return v + replaceable(e, members, all & ~members);
}

void worths(const Exchange& e, std::span<double> out) {
  const std::size_t half = std::size_t{1} << e.patrons();
  std::fill(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(half), 0.0);
  for (std::size_t s = 0; s < half; ++s) out[half + s] = worth(e, static_cast<Mask>(s));
}

double check(const Exchange& e, const Holds& h) {
  const Mask all = static_cast<Mask>((std::uint64_t{1} << e.patrons()) - 1);
  const double together = worth(e, all);
  double worst = 0, scale = 1e-300;
  for (std::size_t i = 0; i < e.patrons(); ++i) {
    scale = std::max({scale, e.gain[i], e.gets[i]});
    worst = std::max(worst, std::abs(together - worth(e, all & ~(Mask{1} << i)) - h.threat[i] - e.gets[i]));
  }
  return worst / scale;
}

double ces_threat(const Exchange& e, std::size_t patron, double sigma, double gamma) noexcept {
  double all = 0;
  for (const double a : e.gain) all += a;
  if (!(all > 0) || !(sigma > 1) || !(gamma > 0)) return std::numeric_limits<double>::quiet_NaN();
  const double power = gamma / (1 - 1 / sigma), left = 1 - e.gain[patron] / all;
  return all / gamma * (1 - math::pow(std::max(0.0, left), power));
}

}  // namespace entente::leverage
