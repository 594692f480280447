// Validation, and the judge: from the game alone, by counting.
#include <algorithm>
#include <cmath>
#include <string>

#include "kernel/game/signalling_parts.hpp"

namespace entente::game {

Result<void> validate(const Signalling& g) {
  const auto fail = [](std::string where, std::string message) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(where)});
  };
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  if (T == 0 || M == 0 || A == 0) return fail("sizes", "a signalling game has a type, a signal and an action");
  if (T > 64 || M > 64 || A > 64)
    return std::unexpected(Error{ErrorKind::too_large, "more than 64 types, signals or actions", "sizes"});
  if (g.prior.size() != T || g.sender.size() != T * M * A || g.receiver.size() != T * M * A ||
      (!g.can.empty() && g.can.size() != T * M))
    return fail("sizes", "every type has a chance, and every type, signal and action has two payoffs");
  double sum = 0;
  for (std::size_t t = 0; t < T; ++t) {
    if (!(g.prior[t] > 0 && g.prior[t] <= 1)) return fail("type " + std::to_string(t), "a chance lies above 0");
    sum += g.prior[t];
  }
  if (std::abs(sum - 1) > 1e-9) return fail("prior", "the chances of the types do not add up to 1");
  for (const auto* payoffs : {&g.sender, &g.receiver})
    for (const double u : *payoffs)
      if (!(std::abs(u) <= 1e100)) return fail("payoffs", "a payoff is a finite number");
  for (std::size_t m = 0; m < M; ++m) {
    bool any = false;
    for (std::size_t t = 0; t < T; ++t) any = any || g.may(t, m);
    if (!any) return fail("signal " + std::to_string(m), "nobody can send this signal");
  }
  for (std::size_t t = 0; t < T; ++t) {
    bool any = false;
    for (std::size_t m = 0; m < M; ++m) any = any || g.may(t, m);
    if (!any) return fail("type " + std::to_string(t), "this type can send no signal");
  }
  return {};
}

namespace {

// Numbers that a comparison meets: its gain is told over their range, or over their size where they are all the same.
struct Met {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  void add(double u) { low = std::min(low, u), high = std::max(high, u); }
  [[nodiscard]] double share(double gain) const {
    const double size = high > low ? high - low : std::abs(high);
    return gain == 0 ? 0 : gain / (size > 0 ? size : 1);
  }
};

}  // namespace

double check(const Signalling& g, const Equilibrium& e) {
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  const double infinite = std::numeric_limits<double>::infinity();
  if (e.signal.size() != T || e.reply.size() != M || e.sent.size() != M || e.belief.size() != M || e.payoff.size() != T)
    return infinite;
  double worst = 0;
  const auto distribution = [&](const std::vector<double>& p, std::size_t n) {
    if (p.size() != n) return false;
    double sum = 0;
    for (const double x : p) {
      if (!(x >= 0)) return false;
      sum += x;
    }
    worst = std::max(worst, std::abs(sum - 1));
    return true;
  };
  for (std::size_t t = 0; t < T; ++t)
    if (!distribution(e.signal[t], M)) return infinite;
  for (std::size_t m = 0; m < M; ++m)
    if (!distribution(e.reply[m], A)) return infinite;
  const auto value = [&](std::size_t t, std::size_t m) {
    double u = 0;
    for (std::size_t a = 0; a < A; ++a) u += e.reply[m][a] * g.sender[(t * M + m) * A + a];
    return u;
  };
  for (std::size_t t = 0; t < T; ++t) {
    double has = 0, best = -infinite;
    std::size_t other = 0;
    for (std::size_t m = 0; m < M; ++m) {
      if (!g.may(t, m)) {
        if (e.signal[t][m] > 0) return infinite;
        continue;
      }
      has += e.signal[t][m] * value(t, m);
      if (value(t, m) > best) best = value(t, m), other = m;
    }
    Met met;
    for (std::size_t m = 0; m < M; ++m)
      for (std::size_t a = 0; a < A; ++a)
        if ((m == other || e.signal[t][m] > 0) && e.reply[m][a] > 0) met.add(g.sender[(t * M + m) * A + a]);
    worst = std::max({worst, met.share(best - has), met.share(std::abs(has - e.payoff[t]))});
  }
  Met all;
  double expected = 0;
  for (std::size_t m = 0; m < M; ++m) {
    double mass = 0;
    std::vector<double> bayes(T);
    for (std::size_t t = 0; t < T; ++t) mass += bayes[t] = g.prior[t] * e.signal[t][m];
    if ((mass > 0) != (e.sent[m] != 0)) return infinite;
    if (mass > 0)
      for (double& b : bayes) b /= mass;
    if (e.belief[m].empty()) return infinite;
    for (const auto& belief : e.belief[m]) {
      if (!distribution(belief, T)) return infinite;
      for (std::size_t t = 0; t < T; ++t) {
        if (mass > 0) worst = std::max(worst, std::abs(belief[t] - bayes[t]));
        if (!g.may(t, m) && belief[t] > 0) return infinite;
      }
      double has = 0, best = -infinite;
      std::size_t other = 0;
      for (std::size_t a = 0; a < A; ++a) {
        double r = 0;
        for (std::size_t t = 0; t < T; ++t) r += belief[t] * g.receiver[(t * M + m) * A + a];
        has += e.reply[m][a] * r;
        if (r > best) best = r, other = a;
      }
      Met met;
      for (std::size_t t = 0; t < T; ++t)
        for (std::size_t a = 0; a < A; ++a) {
          if (!(belief[t] > 0) || (a != other && !(e.reply[m][a] > 0))) continue;
          met.add(g.receiver[(t * M + m) * A + a]);
          if (mass > 0) all.add(g.receiver[(t * M + m) * A + a]);
        }
      worst = std::max(worst, met.share(best - has));
      if (mass > 0) expected += mass * has;
    }
  }
  return std::max(worst, all.share(std::abs(expected - e.receiver)));
}

}  // namespace entente::game
