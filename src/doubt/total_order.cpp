#include "doubt/total_order.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace entente::doubt {

std::vector<Frozen> freeze(ClaimEvaluator& probe, const Draws& draws, const std::vector<std::size_t>& group,
                           std::uint64_t n, const std::vector<char>& known) {
  const std::size_t claims = draws.truth.size();
  const std::uint64_t all = draws.size();
  struct Sum {
    double squares = 0, yes = 0, pairs = 0;
    double own = 0;  // squares of the parts of draws, of a claim that hangs on one event
  };
  std::vector<std::vector<double>> part(claims);
  for (std::size_t c = 0; c < claims; ++c)
    if (probe.plan().claims()[c].shared())
      part[c] = held(probe.plan(), draws, c, std::numeric_limits<double>::quiet_NaN());
  std::vector<std::array<Sum, 11>> sums(claims);
  std::vector<Frozen> out(claims);
  std::vector<Verdict> at;
  const auto same = [](double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b);
    return a == b || std::abs(a - b) <= 1e-10 * (std::abs(a) + std::abs(b));  // both may be infinite
  };
  std::vector<plan::ParamId> numbers;
  for (const std::size_t u : group) numbers.push_back(probe.plan().uncertain()[u]);
  const auto touched = probe.plan().touched(numbers);
  at.resize(claims);
  const auto settled = [&] {
    for (std::size_t c = 0; c < claims; ++c)
      if (touched.claims[c] && !known[c] && !out[c].moves) return false;
    return true;
  };
  for (std::uint64_t k = 0; k < n; ++k) {
    const bool done = !known.empty() && settled();
    if (done && !touched.formulas) break;
    const std::uint64_t other = (k + all / 2 + 5) % all;  // of another design where there are designs
    const bool good = probe.draw(draws.sampling, k);
    for (const std::size_t u : group) probe.set(probe.plan().uncertain()[u], draws.input[u][other]);
    if (done && good && probe.good()) continue;  // only a formula that leaves its domain could still move a claim
    for (std::size_t c = 0; c < claims; ++c)
      at[c] = {draws.truth[c][k], draws.margin[c][k], part[c].empty() ? 0 : part[c][k]};
    probe.touched(touched, good, at);
    for (std::size_t c = 0; c < claims; ++c) {
      const std::uint8_t before = draws.truth[c][k];
      out[c].moves = out[c].moves || at[c].truth != before || !same(at[c].margin, draws.margin[c][k]);
      if (before == 2 || at[c].truth == 2) continue;
      for (const std::size_t r : {std::size_t(k % 10), std::size_t{10}}) {
        Sum& s = sums[c][r];
        if (!part[c].empty()) {
          const double was = part[c][k], is = at[c].part;
          s.squares += (is - was) * (is - was);
          s.yes += 0.5 * (was + is);
          s.own += 0.5 * (was * was + is * is);
          s.pairs += 1;
          continue;
        }
        s.squares += before != at[c].truth;
        s.yes += 0.5 * (before + at[c].truth);
        s.pairs += 1;
      }
    }
  }
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t c = 0; c < claims; ++c) {
    const Sum& s = sums[c][10];
    const double p = s.pairs > 0 ? s.yes / s.pairs : 0,
                 variance = part[c].empty() ? p * (1 - p) : s.own / std::max(1.0, s.pairs) - p * p;
    out[c].total = {undefined, undefined};
    if (!(variance > 0)) continue;
    out[c].total.value = s.squares / s.pairs / (2 * variance);
    double sum = 0, squares = 0;
    for (std::size_t r = 0; r < 10; ++r) {
      const double t = sums[c][r].pairs > 0 ? sums[c][r].squares / sums[c][r].pairs / (2 * variance) : 0;
      sum += t;
      squares += t * t;
    }
    out[c].total.error = std::sqrt(std::max(0.0, (squares - sum * sum / 10) / 9) / 10);
  }
  return out;
}

}  // namespace entente::doubt
