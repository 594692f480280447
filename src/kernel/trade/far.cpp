// Wages where trade is all but gone.
//
// Problem. A tariff of a thousand times the price leaves a country a hundred-millionth of its income in trade. Excess
// demand for its labour is then of that size wherever its wage stands, so a step in proportion to it hardly moves the
// wage, and sweeps go on without end, though an equilibrium is there.
//
// Theory. Once spending is at rest, labour is employed exactly if imports pay for exports and the deficit. Taken as
// the log of what is paid in over what is paid out, that condition has the size of the elasticities however little is
// traded: exports fall by theta for one percent of the wage, imports rise by 1 + theta.
//
// Choice. The same sweep, with the step of wages taken from the log of the balance of trade over those elasticities
// (Newton's step of one country's wage, the others' given). It is what a solve turns to when the ordinary step has not
// come to rest (solve.cpp); it costs an exponential for each cell, so it is not the first choice. The residual then
// counts the log of the balance too, so a wage is as sharp as its trade.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {

void balance_trade(const World& w, double caution, Workspace::Body& b) {
  const std::size_t n = b.n;
  for (auto* v : {&b.paid_in, &b.paid_out, &b.pull_in, &b.pull_out}) v->assign(n, 0);
  for (std::size_t j = 0; j < b.sectors; ++j) {
    if (!b.joined[j]) continue;
    for (std::size_t to = 0; to < n; ++to) {
      const std::size_t r = j * n + to;
      if (!b.bought[r]) continue;
      const double spent = b.spending[w.place(to, j)];
      const double price = b.row_shift[r] - b.row_sum[r] - b.row_level[r];
      for (std::size_t from = 0; from < n; ++from) {
        const std::size_t c = w.cell(j, to, from);
        if (from == to || !(b.net[c] > 0)) continue;
        const double flow = spent * b.net[c] * math::exp(price - w.theta[j] * b.cost[w.place(from, j)]);
        b.paid_in[from] += flow;
        b.paid_out[to] += flow;
        b.pull_in[from] += w.theta[j] * flow;
        b.pull_out[to] += w.theta[j] * flow;
      }
    }
  }
  const bool owed = std::any_of(b.deficit.begin(), b.deficit.end(), [](double d) { return d != 0; });
  double* wage = b.wage(b.next);
  for (std::size_t i = 0; i < n; ++i) {
    const double now = b.wage(b.now)[i];
    const double deficit = owed ? b.income[i] - b.revenue[i] - w.value_added[i] * math::exp(now) : 0;
    const double in = b.paid_in[i] + std::max(deficit, 0.0), out = b.paid_out[i] + std::max(-deficit, 0.0);
    wage[i] = now;
    if (!(in > 0) || !(out > 0)) continue;  // alone in its part of the world
    const double off = math::log(in / out);
    wage[i] += caution * off / (1 + b.pull_in[i] / in + b.pull_out[i] / out);
    b.residual = std::isfinite(off) ? std::max(b.residual, std::abs(off)) : embargo;
  }
  numeraire(b, wage);
}

}  // namespace entente::trade
