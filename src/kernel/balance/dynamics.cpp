#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "entente/base/elementary.hpp"
#include "entente/kernel/balance.hpp"
#include "kernel/balance/eigen.hpp"

namespace entente::balance {
namespace {

constexpr double unit = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest_entry = 1e100, smallest_size = 1e-100;

std::unexpected<Error> refuse(ErrorKind kind, std::string message, std::string where) {
  return std::unexpected(Error{kind, std::move(message), std::move(where)});
}

Result<double> largest(std::span<const double> x0, std::size_t n) {
  if (n == 0) return refuse(ErrorKind::invalid, "there is nobody", "actors");
  if (n > most_actors) return refuse(ErrorKind::too_large, "more than 1000 actors", "actors");
  if (x0.size() != n * n) return refuse(ErrorKind::invalid, "the ties are no square matrix of the actors", "x0");
  double most = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double x = x0[i * n + j];
      const auto where = [&] { return "tie " + std::to_string(i) + "-" + std::to_string(j); };
      if (!(std::abs(x) <= largest_entry))
        return refuse(ErrorKind::invalid, "a tie is finite and at most 1e100", where());
      if (x != x0[j * n + i]) return refuse(ErrorKind::invalid, "a tie differs from its mirror image", where());
      most = std::max(most, std::abs(x));
    }
  if (most > 0 && most < smallest_size) return refuse(ErrorKind::invalid, "every tie is smaller than 1e-100", "x0");
  return most;
}

// Largest first; rows go with their values.
void sort(std::size_t n, Dynamics& d) {
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t j = k + 1; j < n; ++j)
      if (d.values[j] > d.values[best]) best = j;
    if (best == k) continue;
    std::swap(d.values[k], d.values[best]);
    const auto row = [&](std::size_t r) { return d.vectors.begin() + static_cast<std::ptrdiff_t>(r * n); };
    std::swap_ranges(row(k), row(k + 1), row(best));
  }
}

// The factions, given that it diverges.
void lead(std::size_t n, double size, double tolerance, Dynamics& d) {
  std::size_t& m = d.multiplicity;
  for (m = 1; m < n && d.values[0] - d.values[m] <= tolerance * size;) ++m;
  d.gap = m < n ? (d.values[0] - d.values[m]) / size : infinity;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < m; ++k) sum += d.vectors[k * n + i] * d.vectors[k * n + j];
      d.limit[i * n + j] = d.limit[j * n + i] = sum;
    }
  const double rounding = m < n ? 16 * static_cast<double>(n) * unit / d.gap : 0;
  const double clear = std::max(tolerance, rounding);
  if (m != 1) {
    for (double& x : d.limit)
      if (std::abs(x) <= clear) x = 0;
    return;
  }
  double sign = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double& v = d.vectors[i];
    if (sign == 0 && std::abs(v) > clear) sign = v < 0 ? -1 : 1;
    d.side[i] = static_cast<std::int8_t>(std::abs(v) <= clear ? 0 : v > 0 ? 1 : -1);
  }
  for (std::size_t i = 0; i < n && sign < 0; ++i) {
    d.vectors[i] = -d.vectors[i];
    d.side[i] = static_cast<std::int8_t>(-d.side[i]);
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (d.side[i] == 0 || d.side[j] == 0) d.limit[i * n + j] = 0;
}

// sum over k of f(value_k) v_k v_k^T.
template <class F>
bool spectral(const Dynamics& d, std::vector<double>& out, F f) {
  const std::size_t n = d.actors;
  out.assign(n * n, 0.0);
  for (std::size_t k = 0; k < n; ++k) {
    const double y = f(d.values[k]);
    const double* v = d.vectors.data() + k * n;
    for (std::size_t i = 0; i < n; ++i) {
      const double s = y * v[i];
      for (std::size_t j = 0; j <= i; ++j) out[i * n + j] += s * v[j];
    }
  }
  bool finite = true;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      out[j * n + i] = out[i * n + j];
      finite = finite && std::isfinite(out[i * n + j]);
    }
  return finite;
}

}  // namespace

Result<void> analyse(std::span<const double> x0, std::size_t n, Dynamics& out, const Options& options) {
  const auto most = largest(x0, n);
  if (!most) return std::unexpected(most.error());
  if (!(options.tolerance >= 0 && options.tolerance < 1))
    return refuse(ErrorKind::invalid, "a tolerance lies from 0 to below 1", "tolerance");
  out.actors = n;
  out.values.resize(n);
  out.off.resize(n);
  out.vectors.resize(n * n);
  out.side.assign(n, 0);
  // A power of two takes the largest entry to [1/2, 1): exact, and no square leaves the range.
  const int power = math::exponent(*most);
  out.limit.resize(n * n);
  for (std::size_t i = 0; i < n * n; ++i) out.limit[i] = math::ldexp(x0[i], -power);
  if (!eigen(n, out.limit, out.values, out.off, out.vectors))
    return refuse(ErrorKind::not_solved, "the eigenvalues did not settle", "x0");
  sort(n, out);
  for (double& v : out.values) v = math::ldexp(v, power);
  std::ranges::fill(out.limit, 0.0);
  const double size = std::max(std::abs(out.values.front()), std::abs(out.values.back()));
  out.multiplicity = 0;
  out.gap = 0;
  out.divergence = infinity;
  if (!(out.values[0] > std::max(options.tolerance, 4 * unit * static_cast<double>(n)) * size)) return {};
  out.divergence = 1 / out.values[0];
  lead(n, size, options.tolerance, out);
  return {};
}

Result<void> state_at(const Dynamics& d, double t, State& out) {
  if (!(t >= 0) || !std::isfinite(t) || t >= d.divergence)
    return refuse(ErrorKind::invalid, "the time lies from 0 to below the divergence", "time");
  out.time = t;
  // A largest value that counts as 0 is one: else a rounding error would diverge at some far time.
  const auto value = [&](double l) { return std::isinf(d.divergence) ? std::min(l, 0.0) : l; };
  const bool good = spectral(d, out.x, [&](double l) { return value(l) / (1 - t * value(l)); }) &&
                    spectral(d, out.resolvent, [&](double l) { return 1 / (1 - t * value(l)); }) &&
                    spectral(d, out.velocity, [&](double l) {
                      const double y = value(l) / (1 - t * value(l));
                      return y * y;
                    });
  if (!good) return refuse(ErrorKind::not_solved, "a tie is beyond the range of numbers at this time", "time");
  return {};
}

Result<void> state_at_share(const Dynamics& d, double share, State& out) {
  if (!(share >= 0 && share < 1))
    return refuse(ErrorKind::invalid, "a share of the time to divergence lies from 0 to below 1", "share");
  if (std::isinf(d.divergence)) return refuse(ErrorKind::invalid, "these ties never diverge", "share");
  return state_at(d, share * d.divergence, out);
}

}  // namespace entente::balance
