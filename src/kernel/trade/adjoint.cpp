// The gradient of welfare in every tariff and every trade cost, by one transposed solve.
//
// Problem. W = sum of weight_n ln(real income_n) depends on sectors * countries^2 tariffs and as many costs;
// differences would take a solution for each.
//
// Theory. At a solution the equilibrium conditions hold for small changes too. With a multiplier for each condition,
// the chain of trade.hpp run backwards gives what the multipliers must be: the transposed of the linearised system, of
// the size of the solution, and the same for all tariffs. The gradient then is read off cell by cell.
//
// Choice. The transposed system is solved as the forward one is: the transposed sweep has the same spectrum as the
// sweep, so Anderson's acceleration takes about as many steps, without a log or a power in any. The multipliers of
// spending are scaled by spending, that of wages by their step.
//
// Cost. About one solution where elasticities are alike; up to six where one is thirty times another (bench/README.md).
// A step is a dot product and two updates of each row. Checked against central differences.
#include <algorithm>
#include <cmath>

#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

// Shares, and shares over 1 + tariff, of the solution that `b` has just swept.
void shares(const World& w, Workspace::Body& b) {
  b.pi.resize(w.cells());
  b.mu.resize(w.cells());
  b.kept.assign(w.places(), 1);
  const double* price = b.price(b.now);
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n) {
      double kept = 0, sum = 0;
      for (std::size_t i = 0; i < w.countries; ++i) {
        const std::size_t c = w.cell(j, n, i);
        const double s = b.a[c] > 0 ? std::exp(w.theta[j] * (price[w.place(n, j)] - b.cost[w.place(i, j)]) +
                                               b.row_shift[j * w.countries + n])
                                    : 0;
        b.pi[c] = b.a[c] * s;
        b.mu[c] = b.net[c] * s;
        sum += b.pi[c];
      }
      if (sum > 0)
        for (std::size_t c = w.cell(j, n, 0); c < w.cell(j, n, 0) + w.countries; ++c) {
          b.pi[c] /= sum;
          b.mu[c] /= sum;
          kept += b.mu[c];
        }
      if (sum > 0) b.kept[w.place(n, j)] = kept;
    }
}

// One transposed sweep: the image of the multipliers `now` into `next`. What the last pass found stays in back_*.
void back(const World& w, std::span<const double> weight, Workspace::Body& b) {
  const std::size_t n = w.countries, m = w.sectors;
  const double* wage = b.wage(b.now);
  const double* price = b.price(b.now);
  const double* spend = b.spend(b.now);
  double* wage_to = b.wage(b.next);
  double* price_to = b.price(b.next);
  double* spend_to = b.spend(b.next);
  std::fill(b.part_sum.begin(), b.part_sum.end(), 0.0);
  for (std::size_t i = 0; i < n; ++i) b.part_sum[b.part[i]] += wage[i];
  double scaled = 0;  // of the world's income, where deficits follow it
  for (std::size_t i = 0; i < n; ++i) {
    const double* a = &w.final_share[i * m];
    double income = weight[i] / b.income[i];
    for (std::size_t j = 0; j < m; ++j)
      if (b.spending[i * m + j] > 1e-280) b.lambda[i * m + j] = spend[i * m + j] / b.spending[i * m + j];
      else b.lambda[i * m + j] = 0;
    income += dot(a, &b.lambda[i * m], m);
    b.back_income[i] = income;
    if (b.rule == Deficits::scaled) scaled += b.deficit[i] * income / b.base_income;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double held = wage[i] - b.earned[i] / b.part_size[b.part[i]] * b.part_sum[b.part[i]];
    b.back_wage[i] = held;
    b.back_revenue[i] = b.back_income[i] + scaled;
    double* y = &b.back_sales[i * m];
    const double work = b.pace[i] * held / b.labour[i];
    for (std::size_t j = 0; j < m; ++j) y[j] = w.value_added_share[i * m + j] * work;
    const double* in = &w.input[i * m * m];
    for (std::size_t k = 0; k < m; ++k, in += m) {
      const double l = b.lambda[i * m + k];
      if (l == 0) continue;
      for (std::size_t j = 0; j < m; ++j) y[j] += in[j] * l;
    }
  }
  for (std::size_t j = 0; j < m; ++j) {
    const double theta = w.theta[j];
    for (std::size_t i = 0; i < n; ++i) {
      b.sold[i] = b.back_sales[i * m + j];
      b.line[i] = -theta * b.sold[i] * b.sales[i * m + j];
    }
    for (std::size_t to = 0; to < n; ++to) {
      const std::size_t p = to * m + j;
      if (!b.bought[j * n + to]) {
        price_to[p] = spend_to[p] = 0;
        continue;
      }
      const double x = b.spending[p], revenue = b.back_revenue[to], l = price[p];
      if (!b.joined[j]) {
        price_to[p] = theta * x * (b.sold[to] * b.kept[p] - revenue * b.kept[p]);
        spend_to[p] = x * (b.sold[to] * b.kept[p] + (1 - b.kept[p]) * revenue);
        b.line[to] += theta * x * b.kept[p] * revenue + l;
        continue;
      }
      const double* mu = &b.mu[w.cell(j, to, 0)];
      const double* pi = &b.pi[w.cell(j, to, 0)];
      const double got = dot(mu, b.sold.data(), n), r = theta * x * revenue;
      price_to[p] = theta * x * (got - b.kept[p] * revenue);
      spend_to[p] = x * (got + (1 - b.kept[p]) * revenue);
      for (std::size_t i = 0; i < n; ++i) b.line[i] += mu[i] * r + pi[i] * l;
    }
    for (std::size_t i = 0; i < n; ++i) b.back_cost[i * m + j] = b.line[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double* c = &b.back_cost[i * m];
    wage_to[i] =
        b.earned[i] * b.back_revenue[i] + dot(&w.value_added_share[i * m], c, m) + b.back_wage[i] * (1 - b.pace[i]);
    const double* in = &w.input[i * m * m];
    for (std::size_t k = 0; k < m; ++k, in += m)
      price_to[i * m + k] += b.bought[k * n + i] ? dot(in, c, m) - weight[i] * w.final_share[i * m + k] : 0;
  }
}

}  // namespace

Result<void> gradient(const World& w, const Shock& s, const Options& o, const Solution& at,
                      std::span<const double> weight, Workspace& memory, Gradient& out) {
  Workspace::Body& b = memory.body();
  const std::size_t n = w.countries, places = w.places();
  if (weight.size() != n) return std::unexpected(Error{ErrorKind::invalid, "a weight for every country", "weight"});
  for (const double x : weight)
    if (!std::isfinite(x)) return std::unexpected(Error{ErrorKind::invalid, "a weight is a finite number", "weight"});
  if (at.status != Status::solved || at.wage.size() != n || at.price.size() != places || !build(w, s, o.deficits, b))
    return std::unexpected(Error{ErrorKind::invalid, "a gradient is taken at a solved solution", "solution"});
  Options from = o;
  from.start = &at;
  begin(w, from, b);
  paces(w, b);
  sweep(b);
  b.earned.resize(n);
  for (std::size_t i = 0; i < n; ++i) b.earned[i] = w.value_added[i] * std::exp(b.wage(b.now)[i]);
  shares(w, b);
  for (auto* v : {&b.lambda, &b.back_sales, &b.back_cost}) v->assign(places, 0);
  for (auto* v : {&b.back_income, &b.back_revenue, &b.back_wage}) v->assign(n, 0);
  b.part_sum.assign(b.parts, 0);
  std::fill(b.now.begin(), b.now.end(), 0.0);
  b.anderson.begin(b.now.size());
  double scale = 0, best = embargo;
  for (const double x : weight) scale = std::max(scale, std::abs(x));
  int since = 0;
  for (out.iterations = 1;; ++out.iterations) {
    back(w, weight, b);
    out.residual = 0;
    double sum = 0;
    for (std::size_t k = 0; k < b.now.size(); ++k) {
      out.residual = std::max(out.residual, std::abs(b.next[k] - b.now[k]));
      sum += b.next[k];
    }
    if (scale > 0) out.residual /= scale;
    if (out.residual <= o.tolerance) break;
    if (out.iterations >= o.limit || !std::isfinite(sum))
      return std::unexpected(Error{ErrorKind::not_solved, "the transposed system was not solved", "gradient"});
    since = out.residual < best ? 0 : since + 1;
    best = std::min(best, out.residual);
    if (out.residual > 100 * best || since > 60) {
      b.anderson.begin(b.now.size());
      best = embargo;
      since = 0;
    }
    b.anderson.step(b.now, b.next);
  }
  out.tariff.assign(w.cells(), 0);
  out.cost.assign(w.cells(), 0);
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t to = 0; to < n; ++to) {
      const double x = b.spending[w.place(to, j)], l = b.price(b.now)[w.place(to, j)];
      if (!b.bought[j * n + to]) continue;
      for (std::size_t i = 0; i < n; ++i) {
        const std::size_t c = w.cell(j, to, i);
        if (b.pi[c] == 0) continue;
        const double through = x * b.mu[c] * (b.back_sales[w.place(i, j)] - b.back_revenue[to]);
        const double barrier = l * b.pi[c] - w.theta[j] * through;
        out.cost[c] = barrier / (s.cost.empty() ? 1 : s.cost[c]);
        out.tariff[c] = (barrier - through) / (1 + (s.tariff.empty() ? w.tariff[c] : s.tariff[c]));
      }
    }
  return {};
}

}  // namespace entente::trade
