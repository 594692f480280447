#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <string>

#include "entente/base/elementary.hpp"
#include "entente/kernel/partition.hpp"
#include "kernel/partition/cholesky.hpp"

namespace entente::partition {

namespace {

double log(double x) {
  logarithms({&x, 1});
  return x;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

std::size_t pair(std::size_t n, std::size_t a, std::size_t b) {
  if (a > b) std::swap(a, b);
  return a * n - a * (a + 1) / 2 + b - a - 1;
}

// Gradient and minus Hessian of sums of log-likelihoods, with memory to reuse.
struct Moments {
  std::size_t kinds;
  std::vector<double> gradient, information;  // information: lower triangle
  std::vector<double> energy, sum, mean, second, change;
  std::vector<std::uint8_t> side;

  explicit Moments(std::size_t k)
      : kinds(k), gradient(k), information(k * k), sum(k), mean(k), second(k * k), change(k) {}

  void clear() {
    std::ranges::fill(gradient, 0.0);
    std::ranges::fill(information, 0.0);
  }

  // S of all configurations in Gray order: actor 0 stays, actor 1 + countr_zero(step) changes camps.
  template <class F>
  void walk(const Event& e, F&& visit) {
    const std::size_t n = e.actors, steps = std::size_t{1} << (n - 1);
    side.assign(n, 0);
    std::ranges::fill(sum, 0.0);
    for (std::size_t p = 0; p < e.ties.size(); p += kinds)
      for (std::size_t k = 0; k < kinds; ++k) sum[k] += e.ties[p + k];
    for (std::size_t step = 1; step < steps; ++step) {  // step 0, all in one camp, is no partition into two
      const auto i = static_cast<std::size_t>(std::countr_zero(step)) + 1;
      for (std::size_t j = 0; j < n; ++j) {
        if (j == i) continue;
        const double* f = &e.ties[pair(n, i, j) * kinds];
        if (side[i] == side[j])
          for (std::size_t k = 0; k < kinds; ++k) sum[k] -= f[k];
        else
          for (std::size_t k = 0; k < kinds; ++k) sum[k] += f[k];
      }
      side[i] ^= 1u;
      visit(step - 1);
    }
  }

  double exact(const Event& e, std::span<const double> w, double count, bool hessian) {
    const std::size_t n = e.actors, configurations = (std::size_t{1} << (n - 1)) - 1;
    energy.resize(configurations);
    walk(e, [&](std::size_t c) { energy[c] = dot(w, sum); });
    const double most = *std::ranges::max_element(energy);
    for (double& u : energy) u -= most;
    exponentials(energy);
    double z = 0;
    for (const double u : energy) z += u;
    std::ranges::fill(mean, 0.0);
    std::ranges::fill(second, 0.0);
    walk(e, [&](std::size_t c) {
      const double p = energy[c] / z;
      for (std::size_t k = 0; k < kinds; ++k) {
        const double share = p * sum[k];
        mean[k] += share;
        if (hessian)
          for (std::size_t l = 0; l <= k; ++l) second[k * kinds + l] += share * sum[l];
      }
    });
    std::ranges::fill(sum, 0.0);
    for (std::size_t a = 0, p = 0; a < n; ++a)
      for (std::size_t b = a + 1; b < n; ++b, ++p)
        if (e.camp[a] == e.camp[b])
          for (std::size_t k = 0; k < kinds; ++k) sum[k] += e.ties[p * kinds + k];
    for (std::size_t k = 0; k < kinds; ++k) {
      gradient[k] += count * (sum[k] - mean[k]);
      if (hessian)
        for (std::size_t l = 0; l <= k; ++l)
          information[k * kinds + l] += count * (second[k * kinds + l] - mean[k] * mean[l]);
    }
    return count * (dot(w, sum) - most - log(z));
  }

  // The product of every actor's chance to be in its camp given the others'. Who is alone in a camp could not leave it.
  double pseudo(const Event& e, std::span<const double> w, double count, bool hessian) {
    const std::size_t n = e.actors;
    const auto in = [&](std::uint8_t camp) { return std::ranges::count(e.camp, camp); };
    const std::array<std::ptrdiff_t, 2> size{in(0), in(1)};
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (size[e.camp[i]] == 1) continue;
      std::ranges::fill(change, 0.0);
      for (std::size_t j = 0; j < n; ++j) {
        if (j == i) continue;
        const double* f = &e.ties[pair(n, i, j) * kinds];
        const double sign = e.camp[i] == e.camp[j] ? 1 : -1;
        for (std::size_t k = 0; k < kinds; ++k) change[k] += sign * f[k];
      }
      const double u = dot(w, change);
      double small = u < 0 ? u : -u;
      exponentials({&small, 1});
      const double stays = u >= 0 ? 1 / (1 + small) : small / (1 + small);
      total += (u < 0 ? u : 0) - log(1 + small);
      for (std::size_t k = 0; k < kinds; ++k) {
        gradient[k] += count * (1 - stays) * change[k];
        if (hessian)
          for (std::size_t l = 0; l <= k; ++l)
            information[k * kinds + l] += count * stays * (1 - stays) * change[k] * change[l];
      }
    }
    return count * total;
  }

  double add(const Event& e, std::span<const double> w, double count, bool hessian, std::uint32_t exact_to) {
    return e.actors <= exact_to ? exact(e, w, count, hessian) : pseudo(e, w, count, hessian);
  }
};

Result<void> validate(std::span<const Event> events, std::size_t kinds, std::span<const double> counts,
                      std::span<const double> start, const Options& o) {
  const auto refuse = [](std::string what, std::string where) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(what), std::move(where)});
  };
  if (events.empty() || kinds == 0) return refuse("there is nothing to estimate from", "events");
  if (!counts.empty() && counts.size() != events.size()) return refuse("not one count for every event", "counts");
  if (!start.empty() && start.size() != kinds) return refuse("not one weight for every kind", "start");
  if (!(o.ridge > 0) || !std::isfinite(o.ridge)) return refuse("the ridge is above 0", "ridge");
  if (o.exact_to > 20) return refuse("exact up to 20 actors at most", "exact_to");
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& e = events[i];
    const std::string where = "event " + std::to_string(i);
    const std::size_t n = e.actors;
    if (n < 2 || e.camp.size() != n || e.ties.size() != n * (n - 1) / 2 * kinds)
      return refuse("an event has two actors or more, a camp for each and every kind of tie for every pair", where);
    const auto in_one = std::ranges::count(e.camp, std::uint8_t{1}),
               in_none = std::ranges::count(e.camp, std::uint8_t{0});
    if (in_one == 0 || in_none == 0 || in_one + in_none != static_cast<std::ptrdiff_t>(n))
      return refuse("camps are 0 and 1, and neither is empty", where);
    for (const double f : e.ties)
      if (!std::isfinite(f)) return refuse("a tie is a finite number", where);
  }
  return {};
}

}  // namespace

std::vector<double> cholesky(std::span<const double> a, std::size_t k) {
  std::vector<double> l(k * k, 0.0);
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * k + j];
      for (std::size_t m = 0; m < j; ++m) sum -= l[i * k + m] * l[j * k + m];
      if (i != j) l[i * k + j] = sum / l[j * k + j];
      else if (sum > 0) l[i * k + i] = std::sqrt(sum);
      else return {};
    }
  return l;
}

double log_likelihood(const Event& e, std::span<const double> weights, std::span<double> gradient,
                      std::uint32_t exact_to) {
  Moments m(weights.size());
  const double value = m.add(e, weights, 1, false, exact_to);
  std::ranges::copy(m.gradient, gradient.begin());
  return value;
}

Result<Fit> fit(std::span<const Event> events, std::size_t kinds, std::span<const double> counts,
                std::span<const double> start, const Options& o) {
  if (auto fine = validate(events, kinds, counts, start, o); !fine) return std::unexpected(fine.error());
  Moments m(kinds);
  const auto all = [&](std::span<const double> w, bool hessian, double& likelihood) {
    m.clear();
    likelihood = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const double count = counts.empty() ? 1 : counts[i];
      if (count != 0) likelihood += m.add(events[i], w, count, hessian, o.exact_to);
    }
    for (std::size_t k = 0; k < kinds; ++k) {
      m.gradient[k] -= o.ridge * w[k];
      m.information[k * kinds + k] += o.ridge;
    }
    return likelihood - o.ridge * dot(w, w) / 2;
  };
  double many = 0;
  for (const double c : counts) many += c;
  if (counts.empty()) many = static_cast<double>(events.size());
  Fit f;
  f.weights.assign(kinds, 0.0);
  if (!start.empty()) f.weights.assign(start.begin(), start.end());
  double value = all(f.weights, true, f.log_likelihood);
  std::vector<double> step(kinds), tried(kinds);
  for (f.iterations = 0; f.iterations < o.iterations; ++f.iterations) {
    double steepest = 0;
    for (const double g : m.gradient) steepest = std::max(steepest, std::abs(g));
    if (steepest <= o.tolerance * std::max(1.0, many)) {
      f.information.resize(kinds * kinds);
      for (std::size_t k = 0; k < kinds; ++k)
        for (std::size_t l = 0; l < kinds; ++l)
          f.information[k * kinds + l] = m.information[std::max(k, l) * kinds + std::min(k, l)];
      return f;
    }
    const auto l = cholesky(m.information, kinds);
    if (l.empty()) break;
    step = m.gradient;
    solve(l, kinds, step);
    const double rise = dot(step, m.gradient);
    // The likelihood is concave, so a step that does not raise it was too long.
    double length = 1;
    for (int halved = 0; halved < 40; ++halved, length /= 2) {
      for (std::size_t k = 0; k < kinds; ++k) tried[k] = f.weights[k] + length * step[k];
      double likelihood = 0;
      const double better = all(tried, true, likelihood);
      if (better >= value + 1e-4 * length * rise - 1e-12 * std::abs(value)) {
        value = better;
        f.log_likelihood = likelihood;
        break;
      }
    }
    f.weights = tried;
  }
  return std::unexpected(
      Error{ErrorKind::not_solved, "the weights were not found within the iterations", "iterations"});
}

}  // namespace entente::partition
