#include "entente/kernel/mandate.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

namespace entente::mandate {
namespace {

constexpr std::size_t most_contributors = 16, most_states = 32, most_events = 32;

std::unexpected<Error> fail(std::string where, std::string message, ErrorKind kind = ErrorKind::invalid) {
  return std::unexpected(Error{kind, std::move(message), std::move(where)});
}
bool share(double x) { return x >= 0 && x <= 1; }

// P(state admits all of S) for every S, by the lowest contributor and the rest.
void factors(const Consent& c, std::size_t n, Scratch& s, std::vector<double>& out) {
  const std::size_t sets = std::size_t{1} << n;
  s.least.resize(sets);
  s.product.resize(sets);
  s.seen.resize(sets);
  out.resize(sets);
  s.least[0] = s.product[0] = out[0] = 1;
  s.seen[0] = 0;
  for (std::size_t set = 1; set < sets; ++set) {
    const std::size_t rest = set & (set - 1);
    const std::uint32_t e = c.event[static_cast<std::size_t>(std::countr_zero(set))];
    s.least[set] = s.least[rest];
    s.product[set] = s.product[rest];
    s.seen[set] = s.seen[rest];
    if (e != agrees && !(s.seen[rest] >> e & 1u)) {
      s.least[set] = std::min(s.least[rest], c.chance[e]);
      s.product[set] = s.product[rest] * c.chance[e];
      s.seen[set] |= 1u << e;
    }
    out[set] = c.together * s.least[set] + (1 - c.together) * s.product[set];
  }
}

}  // namespace

Result<void> validate(const Force& f) {
  const std::size_t n = f.provides.size();
  if (n == 0) return fail("provides", "a force has at least one contributor");
  if (n > most_contributors) return fail("provides", "more than 16 contributors", ErrorKind::too_large);
  if (f.consents.size() > most_states) return fail("consents", "more than 32 consenting states", ErrorKind::too_large);
  if (!(f.need > 0) || !std::isfinite(f.need)) return fail("need", "the need is finite and above 0");
  for (std::size_t c = 0; c < n; ++c)
    if (!(f.provides[c] >= 0) || !std::isfinite(f.provides[c]))
      return fail("provides[" + std::to_string(c) + "]", "what a contributor gives is finite and at least 0");
  for (std::size_t m = 0; m < f.consents.size(); ++m) {
    const Consent& x = f.consents[m];
    const std::string where = "consents[" + std::to_string(m) + "]";
    if (!share(x.together)) return fail(where + ".together", "a share lies from 0 to 1");
    if (x.chance.size() > most_events) return fail(where + ".chance", "more than 32 events", ErrorKind::too_large);
    for (const double p : x.chance)
      if (!share(p)) return fail(where + ".chance", "a chance lies from 0 to 1");
    if (x.event.size() != n) return fail(where + ".event", "every contributor needs an event");
    for (const auto e : x.event)
      if (e != agrees && e >= x.chance.size()) return fail(where + ".event", "an event that does not exist");
  }
  return {};
}

void evaluate(const Force& f, Scratch& s, Outcome& out, bool relief) {
  const std::size_t n = f.provides.size(), sets = std::size_t{1} << n, states = f.consents.size();
  s.sum.resize(sets);
  s.transform.resize(sets);
  s.all.assign(sets, 1.0);
  s.factor.resize(std::max(s.factor.size(), states));
  s.sum[0] = 0;
  for (std::size_t set = 0; set < sets; ++set) {
    if (set > 0) s.sum[set] = s.sum[set & (set - 1)] + f.provides[static_cast<std::size_t>(std::countr_zero(set))];
    s.transform[set] = s.sum[set] >= f.need ? 1 : 0;
  }
  for (std::size_t bit = 1; bit < sets; bit <<= 1)
    for (std::size_t block = 0; block < sets; block += 2 * bit)
      for (std::size_t set = block; set < block + bit; ++set) s.transform[set + bit] -= s.transform[set];
  for (std::size_t m = 0; m < states; ++m) {
    factors(f.consents[m], n, s, s.factor[m]);
    for (std::size_t set = 0; set < sets; ++set) s.all[set] *= s.factor[m][set];
  }
  out.joint.resize(n);
  out.without.assign(n, 0.0);
  out.expected = out.feasible = 0;
  for (std::size_t c = 0; c < n; ++c) {
    out.joint[c] = s.all[std::size_t{1} << c];
    out.expected += out.joint[c] * f.provides[c];
  }
  for (std::size_t set = 0; set < sets; ++set) {
    const double term = s.all[set] * s.transform[set];
    out.feasible += term;
    if (term != 0)
      for (std::size_t c = 0; c < n; ++c)
        if (!(set >> c & 1u)) out.without[c] += term;
  }
  const auto tidy = [](double& p) { p = std::clamp(p, 0.0, 1.0); };
  tidy(out.feasible);
  for (double& p : out.without) tidy(p), p = std::min(p, out.feasible);
  out.relief.clear();
  if (!relief) return;
  out.relief.assign(states, 0.0);
  for (std::size_t m = 0; m < states; ++m) {
    double feasible = 0;
    for (std::size_t set = 0; set < sets; ++set) {
      if (s.transform[set] == 0) continue;
      double g = 1;
      for (std::size_t k = 0; k < states; ++k)
        if (k != m) g *= s.factor[k][set];
      feasible += g * s.transform[set];
    }
    out.relief[m] = std::max(0.0, std::clamp(feasible, 0.0, 1.0) - out.feasible);
  }
}

std::vector<std::uint32_t> minimal(const Force& f, std::uint32_t allowed, std::size_t most) {
  std::vector<std::uint32_t> sets, out;
  const auto sets_of = static_cast<std::uint32_t>(std::size_t{1} << f.provides.size());
  const auto sum = [&](std::uint32_t set) {
    double x = 0;
    for (std::size_t c = 0; c < f.provides.size(); ++c)
      if (set >> c & 1u) x += f.provides[c];
    return x;
  };
  for (std::uint32_t set = 1; set < sets_of; ++set) {
    if ((set & ~allowed) != 0 || sum(set) < f.need) continue;
    bool least = true;
    for (std::size_t c = 0; c < f.provides.size() && least; ++c)
      if (set >> c & 1u) least = sum(set & ~(1u << c)) < f.need;
    if (least) sets.push_back(set);
  }
  std::ranges::stable_sort(sets, {}, [](std::uint32_t s) { return std::popcount(s); });
  sets.resize(std::min(sets.size(), most));
  return sets;
}

}  // namespace entente::mandate
