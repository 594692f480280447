// Games as tables: dividends, Shapley, bargaining, tests.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

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

void worths_from_dividends(std::span<double> dividend) noexcept {
  for (std::size_t bit = 1; bit < dividend.size(); bit <<= 1)
    for (std::size_t block = 0; block < dividend.size(); block += 2 * bit)
      for (std::size_t s = block; s < block + bit; ++s) dividend[s + bit] += dividend[s];
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

// x(S) as the sum over the low and the high half of the players.
double largest_excess(std::span<const double> worth, std::span<const double> x) noexcept {
  constexpr std::size_t most = std::size_t{1} << (most_players / 2);
  std::array<double, most> low;
  const std::size_t bits = std::min<std::size_t>(x.size(), most_players / 2), width = std::size_t{1} << bits;
  low[0] = 0;
  for (std::size_t s = 1; s < width; ++s) low[s] = low[s & (s - 1)] + x[static_cast<unsigned>(std::countr_zero(s))];
  double worst = -std::numeric_limits<double>::infinity();
  for (std::size_t first = 0; first < worth.size(); first += width) {
    double high = 0;
    for (std::size_t rest = first >> bits, i = bits; rest; rest >>= 1, ++i)
      if (rest & 1u) high += x[i];
    const std::size_t begin = first == 0 ? 1 : 0, end = first + width == worth.size() ? width - 1 : width;
    for (std::size_t s = begin; s < end; ++s) worst = std::max(worst, worth[first + s] - (high + low[s]));
  }
  return worst;
}

std::optional<Violation> convexity_violation(std::span<const double> worth, double tolerance) noexcept {
  const std::size_t size = worth.size();
  for (std::size_t i = 1; i < size; i <<= 1)
    for (std::size_t j = i << 1; j < size; j <<= 1)
      for (std::size_t high = 0; high < size; high += 2 * j)
        for (std::size_t first = high; first < high + j; first += 2 * i) {  // S without i and j: runs of length i
          const double* v = worth.data() + first;
          double most = 0;
          for (std::size_t k = 0; k < i; ++k) {
            const double gap = v[k + i] + v[k + j] - v[k + i + j] - v[k];
            most = gap > most ? gap : most;
          }
          if (!(most > 0)) continue;
          for (std::size_t s = first; s < first + i; ++s) {
            const double gap = worth[s + i] + worth[s + j] - worth[s + i + j] - worth[s];
            if (gap > tolerance * (std::abs(worth[s + i]) + std::abs(worth[s + j]) + std::abs(worth[s + i + j]) +
                                   std::abs(worth[s])))
              return Violation{static_cast<Mask>(s + i), static_cast<Mask>(s + j), gap};
          }
        }
  return std::nullopt;
}

std::optional<Violation> superadditivity_violation(std::span<const double> worth, double tolerance) noexcept {
  if (worth.size() > 1u << 12 && !convexity_violation(worth, 0)) return std::nullopt;  // convex games are superadditive
  for (std::size_t all = 1; all < worth.size(); ++all)
    for (std::size_t s = (all - 1) & all; s > all - s; s = (s - 1) & all) {  // each pair once
      const double gap = worth[s] + worth[all - s] - worth[all];
      if (gap > 0 && gap > tolerance * (std::abs(worth[s]) + std::abs(worth[all - s]) + std::abs(worth[all])))
        return Violation{static_cast<Mask>(all - s), static_cast<Mask>(s), gap};
    }
  return std::nullopt;
}

bool superadditive(std::span<const double> worth, double tolerance) noexcept {
  return !superadditivity_violation(worth, tolerance);
}
bool convex(std::span<const double> worth, double tolerance) noexcept { return !convexity_violation(worth, tolerance); }

}  // namespace entente::coalition
