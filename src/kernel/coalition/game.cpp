// Games as tables: dividends, Shapley, bargaining, tests.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/kernel/coalition.hpp"

namespace entente::coalition {

Result<unsigned> players(std::span<const double> worth) {
  if (worth.size() < 2 || !std::has_single_bit(worth.size()))
    return std::unexpected(Error{ErrorKind::invalid, "a game has 2^n worths, one for every coalition", "worth"});
  const auto n = static_cast<unsigned>(std::bit_width(worth.size()) - 1);
  if (n > 25) return std::unexpected(Error{ErrorKind::too_large, "more than 25 players", "worth"});
  if (worth[0] != 0) return std::unexpected(Error{ErrorKind::invalid, "the empty coalition is worth 0", "worth[0]"});
  for (std::size_t s = 0; s < worth.size(); ++s)
    if (!std::isfinite(worth[s]))
      return std::unexpected(
          Error{ErrorKind::invalid, "a worth is a finite number", "worth[" + std::to_string(s) + "]"});
  return n;
}

void dividends(std::span<double> worth) noexcept {
  for (std::size_t bit = 1; bit < worth.size(); bit <<= 1)
    for (std::size_t block = 0; block < worth.size(); block += 2 * bit)
      for (std::size_t s = block; s < block + bit; ++s) worth[s + bit] -= worth[s];
}

// x_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)), summed by the size of S.
Result<void> shapley(std::span<const double> worth, std::span<double> out) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  if (out.size() != *n) return std::unexpected(Error{ErrorKind::invalid, "one value for every player", "out"});
  double weight[26];
  for (unsigned k = 0; k < *n; ++k) {  // k! (n - k - 1)! / n! = 1 / (n C(n - 1, k))
    double c = 1;
    for (unsigned j = 1; j <= k; ++j) c = c * (*n - 1 - k + j) / j;
    weight[k] = 1.0 / (*n * c);
  }
  std::ranges::fill(out, 0.0);
  for (std::size_t s = 1; s < worth.size(); ++s) {
    const auto size = static_cast<unsigned>(std::popcount(s));
    const double in = worth[s] * weight[size - 1];
    const double not_in = size < *n ? worth[s] * weight[size] : 0;
    for (unsigned i = 0; i < *n; ++i) out[i] += s >> i & 1u ? in : -not_in;
  }
  return {};
}

Result<Bargain> nash(double grand, std::span<const double> disagreement, std::span<const double> weights,
                     std::span<double> out) {
  const std::size_t n = out.size();
  if (n == 0 || disagreement.size() != n || weights.size() != n)
    return std::unexpected(Error{ErrorKind::invalid, "one disagreement payoff and one weight for every player"});
  double sum = 0, weight = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!std::isfinite(disagreement[i]))
      return std::unexpected(Error{ErrorKind::invalid, "a disagreement payoff is a finite number",
                                   "disagreement[" + std::to_string(i) + "]"});
    if (!(weights[i] >= 0) || !std::isfinite(weights[i]))
      return std::unexpected(Error{ErrorKind::invalid, "a weight is at least 0", "weights[" + std::to_string(i) + "]"});
    sum += disagreement[i];
    weight += weights[i];
  }
  if (!std::isfinite(grand))
    return std::unexpected(Error{ErrorKind::invalid, "the grand coalition's worth is a finite number", "grand"});
  if (!(weight > 0)) return std::unexpected(Error{ErrorKind::invalid, "some weight is above 0", "weights"});
  const Bargain b{.agreement = grand >= sum, .gain = grand - sum};
  for (std::size_t i = 0; i < n; ++i) out[i] = disagreement[i] + (b.agreement ? weights[i] / weight * b.gain : 0);
  return b;
}

double largest_excess(std::span<const double> worth, std::span<const double> x) noexcept {
  double worst = -std::numeric_limits<double>::infinity();
  for (std::size_t s = 1; s + 1 < worth.size(); ++s) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (s >> i & 1u) sum += x[i];
    worst = std::max(worst, worth[s] - sum);
  }
  return worst;
}

namespace {
double scale(std::span<const double> worth) {
  double s = 0;
  for (const double v : worth) s = std::max(s, std::abs(v));
  return s;
}
}  // namespace

bool superadditive(std::span<const double> worth, double tolerance) noexcept {
  const double slack = tolerance * scale(worth);
  for (std::size_t all = 1; all < worth.size(); ++all)
    for (std::size_t s = (all - 1) & all; s > all - s; s = (s - 1) & all)  // each pair once
      if (worth[s] + worth[all - s] > worth[all] + slack) return false;
  return true;
}

bool convex(std::span<const double> worth, double tolerance) noexcept {
  const double slack = tolerance * scale(worth);
  for (std::size_t s = 0; s < worth.size(); ++s)
    for (std::size_t i = 1; i < worth.size(); i <<= 1)
      for (std::size_t j = i << 1; j < worth.size(); j <<= 1)
        if (!(s & (i | j)) && worth[s | i] + worth[s | j] > worth[s | i | j] + worth[s] + slack) return false;
  return true;
}

}  // namespace entente::coalition
