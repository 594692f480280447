// Values: Shapley and its relatives. Each is a linear form of the game; see symmetric.hpp for the pass over the table.
#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "entente/base/elementary.hpp"
#include "entente/kernel/coalition.hpp"
#include "kernel/coalition/symmetric.hpp"

namespace entente::coalition {
namespace {

Result<unsigned> sized(std::span<const double> worth, std::span<const double> out) {
  const auto n = players(worth);
  if (n && out.size() != *n) return std::unexpected(Error{ErrorKind::invalid, "one value for every player", "out"});
  return n;
}

}  // namespace

Result<void> shapley(std::span<const double> worth, std::span<double> out, unsigned threads) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  symmetric_form(worth, shapley_coefficients(*n), out, threads);
  return {};
}

Result<void> banzhaf(std::span<const double> worth, std::span<double> out, unsigned threads) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  Coefficients c;
  c.with.fill(math::ldexp(1.0, 1 - static_cast<int>(*n)));
  c.without = c.with;
  symmetric_form(worth, c, out, threads);
  return {};
}

Result<bool> normalised_banzhaf(std::span<const double> worth, std::span<double> out, unsigned threads) {
  if (const auto done = banzhaf(worth, out, threads); !done) return std::unexpected(done.error());
  double sum = 0, size = 0;
  for (const double x : out) {
    sum += x;
    size += std::abs(x);
  }
  if (std::abs(sum) <= 1e-12 * size || size == 0) return false;
  for (double& x : out) x *= worth.back() / sum;
  return true;
}

// The coefficients of v(T): a coalition S = T counts v(T) fully, S = T + k counts -v(T) / |S|.
Result<void> solidarity(std::span<const double> worth, std::span<double> out) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  const Coefficients shapley = shapley_coefficients(*n);
  Coefficients c;
  for (unsigned t = 0; t <= *n; ++t) {
    const double next = t < *n ? shapley.without[t] / (t + 1) : 0;  // (|S|-1)! (n-|S|)! / n! / |S| with |S| = t + 1
    c.with[t] = (t > 0 ? shapley.with[t] : 0) - (*n - t) * next;
    c.without[t] = next;
  }
  symmetric_form(worth, c, out, 1);
  return {};
}

Result<void> weighted_shapley(std::span<const double> worth, std::span<const double> weights, std::span<double> out) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  if (weights.size() != *n) return std::unexpected(Error{ErrorKind::invalid, "one weight for every player", "weights"});
  for (std::size_t i = 0; i < *n; ++i)
    if (!(weights[i] > 0) || !std::isfinite(weights[i]))
      return std::unexpected(Error{ErrorKind::invalid, "a weight is above 0", "weights[" + std::to_string(i) + "]"});
  std::vector<double> share(worth.begin(), worth.end());
  dividends(share);
  // w(S) from the sums of its low and its high half.
  const unsigned low = *n / 2;
  std::vector<double> low_sum(std::size_t{1} << low, 0.0), high_sum(std::size_t{1} << (*n - low), 0.0);
  for (std::size_t s = 1; s < low_sum.size(); ++s)
    low_sum[s] = low_sum[s & (s - 1)] + weights[static_cast<unsigned>(std::countr_zero(s))];
  for (std::size_t s = 1; s < high_sum.size(); ++s)
    high_sum[s] = high_sum[s & (s - 1)] + weights[low + static_cast<unsigned>(std::countr_zero(s))];
  for (std::size_t h = 0; h < high_sum.size(); ++h)
    for (std::size_t s = 0; s < low_sum.size(); ++s)
      if (h | s) share[h << low | s] /= high_sum[h] + low_sum[s];
  Coefficients c;
  c.with.fill(1);
  symmetric_form(share, c, out, 1);
  for (std::size_t i = 0; i < *n; ++i) out[i] *= weights[i];
  return {};
}

// With the other unions present or not as wholes, the mean worth of every part T of union k,
// g(T) = sum over sets Q of other unions of q! (m-q-1)! / m! v(Q + T), is a game within k, and its Shapley value is the
// Owen value of k's members. All k together: at most n 2^n worths looked up.
Result<void> owen(std::span<const double> worth, std::span<const Mask> unions, std::span<double> out) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  const Mask all = static_cast<Mask>(worth.size() - 1);
  std::vector<Mask> parts;
  Mask covered = 0;
  for (std::size_t k = 0; k < unions.size(); ++k) {
    const Mask u = unions[k];
    const std::string where = "unions[" + std::to_string(k) + "]";
    if (u == 0) return std::unexpected(Error{ErrorKind::invalid, "a union has members", where});
    if (u & ~all) return std::unexpected(Error{ErrorKind::invalid, "a union names a player beyond the last", where});
    if (u & covered) return std::unexpected(Error{ErrorKind::invalid, "a player is in two unions", where});
    covered |= u;
    parts.push_back(u);
  }
  for (unsigned i = 0; i < *n; ++i)
    if (!(covered >> i & 1u)) parts.push_back(Mask{1} << i);
  const auto m = static_cast<unsigned>(parts.size());
  const Coefficients outer = shapley_coefficients(m);
  std::vector<Mask> others;
  std::vector<double> inner;
  std::array<double, most_players> payoff{};
  for (const Mask part : parts) {
    others.clear();
    for (const Mask p : parts)
      if (p != part) others.push_back(p);
    const auto b = static_cast<unsigned>(std::popcount(part));
    inner.assign(std::size_t{1} << b, 0.0);
    Mask joined = 0;
    for (std::size_t q = 0; q < std::size_t{1} << (m - 1); ++q) {
      if (q > 0)  // from q - 1 to q the trailing ones leave and one union joins
        for (std::size_t changed = q ^ (q - 1), k = 0; changed != 0; changed >>= 1, ++k)
          if (changed & 1u) joined ^= others[k];
      const double weight = outer.without[static_cast<unsigned>(std::popcount(q))];
      Mask t = 0;
      for (std::size_t k = 0; k < inner.size(); ++k) {
        inner[k] += weight * worth[joined | t];
        t = (t - part) & part;  // the next subset of the union, in order
      }
    }
    symmetric_form(inner, shapley_coefficients(b), payoff, 1);
    unsigned k = 0;
    for (unsigned i = 0; i < *n; ++i)
      if (part >> i & 1u) out[i] = payoff[k++];
  }
  return {};
}

// In increasing order of S the components of S are known already: that of the lowest player is connected, so its worth
// stands as it was, and the rest is a smaller coalition whose restricted worth stands in its place.
Result<void> restrict_to_links(std::span<double> worth, std::span<const Link> links) {
  const auto n = players(worth);
  if (!n) return std::unexpected(n.error());
  std::array<Mask, most_players> neighbours{};
  for (std::size_t k = 0; k < links.size(); ++k) {
    const auto [a, b] = links[k];
    const std::string where = "links[" + std::to_string(k) + "]";
    if (a >= *n || b >= *n)
      return std::unexpected(Error{ErrorKind::invalid, "a link names a player beyond the last", where});
    if (a == b) return std::unexpected(Error{ErrorKind::invalid, "a link joins two players", where});
    neighbours[a] |= Mask{1} << b;
    neighbours[b] |= Mask{1} << a;
  }
  for (Mask s = 1; s < worth.size(); ++s) {
    Mask component = s & (~s + 1), frontier = component;
    while (frontier) {
      const auto i = static_cast<unsigned>(std::countr_zero(frontier));
      frontier &= frontier - 1;
      const Mask fresh = neighbours[i] & s & ~component;
      component |= fresh;
      frontier |= fresh;
    }
    if (component != s) worth[s] = worth[component] + worth[s ^ component];
  }
  return {};
}

Result<void> myerson(std::span<const double> worth, std::span<const Link> links, std::span<double> out) {
  const auto n = sized(worth, out);
  if (!n) return std::unexpected(n.error());
  std::vector<double> restricted(worth.begin(), worth.end());
  if (const auto done = restrict_to_links(restricted, links); !done) return done;
  symmetric_form(restricted, shapley_coefficients(*n), out, 1);
  return {};
}

}  // namespace entente::coalition
