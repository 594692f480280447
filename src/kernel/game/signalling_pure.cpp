// Beliefs, pure equilibria, the intuitive criterion.
#include <algorithm>
#include <cmath>
#include <type_traits>

#include "entente/base/elementary.hpp"
#include "kernel/game/signalling_parts.hpp"
#include "kernel/game/vertices.hpp"

namespace entente::game {
namespace {

double as_double(double x) { return x; }
using entente::as_double;

// Beliefs over `over` (by type) under which all of `actions` are best. payoff(t, a): the receiver's after m.
template <class Number, class Payoff>
Beliefs polytope(const Signalling& g, std::span<const std::uint32_t> actions, const std::vector<std::uint8_t>& over,
                 const Payoff& payoff) {
  const std::size_t T = g.types, A = g.actions;
  std::vector<GeneratorOf<Number>> v;
  for (std::size_t t = 0; t < T; ++t) {
    if (!over[t]) continue;
    GeneratorOf<Number> one;
    one.at.assign(T, Number(0));
    one.at[t] = 1;
    for (std::size_t k = 0; k < T; ++k)
      if (k != t) one.tight.set(k);
    v.push_back(std::move(one));
  }
  if (v.empty() || actions.empty()) return {};
  std::vector<Number> normal(T);
  Pairs pairs;
  // The first is at least as good as any other, and the rest as good as the first. Constraint numbers: T + 64 + b for
  // the one way, T + b for the other.
  const std::uint32_t first = actions.front();
  for (int way = 0; way < 2; ++way)
    for (std::uint32_t b = 0; b < A; ++b) {
      const bool one_of = std::ranges::find(actions, b) != actions.end();
      if (b == first || (way == 1 && !one_of)) continue;
      const std::uint32_t a = way == 0 ? first : b, c = way == 0 ? b : first;
      for (std::size_t t = 0; t < T; ++t) {
        const Number x = payoff(t, a), y = payoff(t, c);
        normal[t] = x - y;
        if constexpr (std::is_same_v<Number, double>)
          if (!surely_more(x, y) && !surely_more(y, x)) normal[t] = 0;
      }
      if (!cut<Number>(v, normal, Number(0), T + (way == 0 ? 64 : 0) + b, 0, slack, 0, 20'000, pairs) || v.empty())
        return {};
    }
  Beliefs out;
  for (const auto& x : v) {
    std::vector<double> belief;
    for (std::size_t t = 0; t < T; ++t) {
      belief.push_back(as_double(x.at[t]));
      if (x.tight.has(t) || belief[t] < 1e-13) belief[t] = 0;
    }
    if (std::ranges::find(out, belief) == out.end()) out.push_back(std::move(belief));
  }
  std::ranges::sort(out, std::greater{});
  return out;
}

Beliefs beliefs_over(const Signalling& g, const std::optional<ExactNumbers>& exact, std::uint32_t m,
                     std::span<const std::uint32_t> actions, const std::vector<std::uint8_t>& over) {
  const auto at = [&](std::size_t t, std::size_t a) { return (t * g.signals + m) * g.actions + a; };
  if (exact)
    return polytope<Rational>(g, actions, over,
                              [&](std::size_t t, std::size_t a) { return exact->receiver[at(t, a)]; });
  return polytope<double>(g, actions, over, [&](std::size_t t, std::size_t a) { return g.receiver[at(t, a)]; });
}

std::vector<std::uint8_t> senders(const Signalling& g, std::uint32_t m) {
  std::vector<std::uint8_t> over(g.types);
  for (std::size_t t = 0; t < g.types; ++t) over[t] = g.may(t, m);
  return over;
}

// Actions that are best against some belief over these types.
std::vector<std::uint32_t> best_replies(const Signalling& g, const std::optional<ExactNumbers>& exact, std::uint32_t m,
                                        const std::vector<std::uint8_t>& over) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t a = 0; a < g.actions; ++a)
    if (!beliefs_over(g, exact, m, std::span(&a, 1), over).empty()) out.push_back(a);
  return out;
}

}  // namespace

Beliefs beliefs(const Signalling& g, std::uint32_t m, std::span<const std::uint32_t> actions) {
  return beliefs_over(g, exact_numbers(g), m, actions, senders(g, m));
}

std::optional<ExactNumbers> exact_numbers(const Signalling& g) {
  if (g.sender.size() > 1024) return std::nullopt;
  ExactNumbers out;
  for (const auto& [from, to] :
       {std::pair{&g.prior, &out.prior}, {&g.sender, &out.sender}, {&g.receiver, &out.receiver}})
    for (const double x : *from) {
      auto exact = short_number(x);
      if (!exact) return std::nullopt;
      to->push_back(std::move(*exact));
    }
  return out;
}

bool intuitive(const Signalling& g, const Equilibrium& e) {
  const auto exact = exact_numbers(g);
  for (std::uint32_t m = 0; m < g.signals; ++m) {
    if (e.sent[m]) continue;
    const auto payoff = [&](std::size_t t, std::uint32_t a) { return g.sender[(t * g.signals + m) * g.actions + a]; };
    auto left = senders(g, m);
    const auto all = best_replies(g, exact, m, left);
    bool any = false;
    for (std::size_t t = 0; t < g.types; ++t) {
      if (!left[t]) continue;
      double most = -std::numeric_limits<double>::infinity();
      for (const auto a : all) most = std::max(most, payoff(t, a));
      if (surely_more(e.payoff[t], most, 1e-9)) left[t] = 0;
      any = any || left[t];
    }
    if (!any) continue;
    const auto then = best_replies(g, exact, m, left);
    for (std::size_t t = 0; t < g.types; ++t) {
      if (!left[t]) continue;
      double least = std::numeric_limits<double>::infinity();
      for (const auto a : then) least = std::min(least, payoff(t, a));
      if (surely_more(least, e.payoff[t], 1e-9)) return false;
    }
  }
  return true;
}

void complete(const Signalling& g, Equilibrium& e) {
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  e.sent.assign(M, 0);
  e.belief.assign(M, {});
  e.payoff.assign(T, 0.0);
  e.receiver = 0;
  e.pure = e.separating = e.pooling = true;
  for (std::uint32_t m = 0; m < M; ++m) {
    std::vector<double> bayes(T);
    double mass = 0;
    int who = 0;
    for (std::size_t t = 0; t < T; ++t) {
      mass += bayes[t] = g.prior[t] * e.signal[t][m];
      who += e.signal[t][m] > 0;
      for (std::size_t a = 0; a < A; ++a) {
        e.payoff[t] += e.signal[t][m] * e.reply[m][a] * g.sender[(t * M + m) * A + a];
        e.receiver += bayes[t] * e.reply[m][a] * g.receiver[(t * M + m) * A + a];
      }
      if (e.signal[t][m] != e.signal[0][m]) e.pooling = false;
      if (e.signal[t][m] != 0 && e.signal[t][m] != 1) e.pure = false;
    }
    if (who > 1) e.separating = false;
    for (const double p : e.reply[m])
      if (p != 0 && p != 1) e.pure = false;
    e.sent[m] = mass > 0;
    if (mass > 0) {
      for (double& b : bayes) b /= mass;
      e.belief[m] = {bayes};
    } else {
      std::vector<std::uint32_t> used;
      for (std::uint32_t a = 0; a < A; ++a)
        if (e.reply[m][a] > 0) used.push_back(a);
      e.belief[m] = beliefs(g, m, used);
    }
  }
  e.intuitive = intuitive(g, e);
}

Result<std::vector<Equilibrium>> pure(const Signalling& g) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  const auto too_large = [](const char* what) { return std::unexpected(Error{ErrorKind::too_large, what, "sizes"}); };
  if (math::pow(static_cast<double>(A), static_cast<double>(M)) > 1e7)
    return too_large("more than ten million plans of reply");
  const auto exact = exact_numbers(g);
  // Replies that some belief supports; others are never best, sent or not.
  std::vector<std::vector<std::uint32_t>> can(M);
  for (std::uint32_t m = 0; m < M; ++m) can[m] = best_replies(g, exact, m, senders(g, m));
  std::vector<Equilibrium> out;
  std::vector<std::size_t> at(M, 0), pick(T);
  std::vector<std::vector<std::uint32_t>> best(T);
  double tried = 0;
  for (;;) {
    for (std::size_t t = 0; t < T; ++t) {
      double most = -std::numeric_limits<double>::infinity();
      const auto payoff = [&](std::size_t m) { return g.sender[(t * M + m) * A + can[m][at[m]]]; };
      for (std::size_t m = 0; m < M; ++m)
        if (g.may(t, m)) most = std::max(most, payoff(m));
      best[t].clear();
      for (std::uint32_t m = 0; m < M; ++m)
        if (g.may(t, m) && (exact ? payoff(m) == most : !surely_more(most, payoff(m)))) best[t].push_back(m);
      pick[t] = 0;
    }
    for (;;) {  // every way of breaking ties
      if (++tried > 1e7) return too_large("more than ten million ties among signals");
      bool fine = true;
      for (std::size_t m = 0; m < M && fine; ++m) {
        double mass = 0;
        for (std::size_t t = 0; t < T; ++t)
          if (best[t][pick[t]] == m) mass += g.prior[t];
        if (mass == 0) continue;
        const std::size_t has = can[m][at[m]];
        for (std::size_t a = 0; a < A && fine; ++a) {
          if (exact) {
            Rational more = 0;
            for (std::size_t t = 0; t < T; ++t)
              if (best[t][pick[t]] == m)
                more +=
                    exact->prior[t] * (exact->receiver[(t * M + m) * A + a] - exact->receiver[(t * M + m) * A + has]);
            fine = more <= 0;
            continue;
          }
          double more = 0, terms = 0;
          for (std::size_t t = 0; t < T; ++t) {
            if (best[t][pick[t]] != m) continue;
            const double x = g.prior[t] * g.receiver[(t * M + m) * A + a],
                         y = g.prior[t] * g.receiver[(t * M + m) * A + has];
            more += x - y;
            terms += std::abs(x) + std::abs(y);
          }
          fine = more <= slack * terms;
        }
      }
      if (fine) {
        Equilibrium e;
        e.signal.assign(T, std::vector<double>(M, 0.0));
        e.reply.assign(M, std::vector<double>(A, 0.0));
        for (std::size_t t = 0; t < T; ++t) e.signal[t][best[t][pick[t]]] = 1;
        for (std::size_t m = 0; m < M; ++m) e.reply[m][can[m][at[m]]] = 1;
        complete(g, e);
        out.push_back(std::move(e));
        if (out.size() > 100'000) return too_large("more than 100,000 equilibria");
      }
      std::size_t t = 0;
      while (t < T && ++pick[t] == best[t].size()) pick[t++] = 0;
      if (t == T) break;
    }
    std::size_t m = 0;
    while (m < M && ++at[m] == can[m].size()) at[m++] = 0;
    if (m == M) break;
  }
  return out;
}

}  // namespace entente::game
