// The gradient of welfare in every tariff and every trade cost, by one transposed solve.
//
// Problem. W = sum of weight_n ln(real income_n) depends on sectors * countries^2 tariffs and as many costs;
// differences would take a solution for each.
//
// Theory. At a solution the equilibrium conditions hold for small changes too. With a multiplier for each condition,
// the chain of trade.hpp run backwards gives what the multipliers must be: the transposed of the linearised system, of
// the size of the solution, and the same for all tariffs. The gradient then is read off cell by cell.
//
// Choice. Solved as it stands, by sweeps like the forward ones and Anderson's memory of ten, it takes hundreds of them
// where one elasticity is 65 and another 2: the sweep hands a multiplier on by one stage (spending, prices, wages) at a
// time, and has more slow directions than the memory holds. Three things are done about it. A step goes through all
// three stages in turn, each with what the one before has just found, as far as home is concerned, so that every row of
// the tables is still read once; the home rounds of every country are solved at once (domestic_block.hpp); and all
// steps are remembered (gmres.hpp). What is left takes about 20 steps.
//
// Cost. 3 sectors countries^2 + 5 countries sectors^2 multiplications a step, countries sectors^3 / 3 and an
// exponential for each cell before; together less than a solution (bench/README.md). Checked against central
// differences.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr double rounded = 1e-14;  // of the largest multiplier: no residual can be asked to be less

// Shares, and shares over 1 + tariff, of the solution that `b` has just swept.
void shares(const World& w, Workspace::Body& b) {
  b.pi.resize(w.cells());
  b.mu.resize(w.cells());
  b.kept.assign(w.places(), 1);
  b.home.assign(w.places(), 0);
  b.home_kept.assign(w.places(), 0);
  std::vector<double>& part = b.sold;
  for (std::size_t j = 0; j < w.sectors; ++j) {
    const double least = sellers(w, b, j, b.sales_factor.data());
    for (std::size_t n = 0; n < w.countries; ++n) {
      double kept = 0, sum = 0;
      against(w, b, j, n, b.sales_factor.data(), least, part.data());
      for (std::size_t i = 0; i < w.countries; ++i) {
        const std::size_t c = w.cell(j, n, i);
        b.pi[c] = b.a[c] * part[i];
        b.mu[c] = b.net[c] * part[i];
        sum += b.pi[c];
      }
      if (!(sum > 0)) continue;
      for (std::size_t c = w.cell(j, n, 0); c < w.cell(j, n, 0) + w.countries; ++c) {
        b.pi[c] /= sum;
        b.mu[c] /= sum;
        kept += b.mu[c];
      }
      const std::size_t p = w.place(n, j);
      b.kept[p] = kept;
      b.home[p] = b.pi[w.cell(j, n, n)];
      b.home_kept[p] = b.mu[w.cell(j, n, n)];
    }
  }
}

// Adds to y what a unit of each sector's sales is worth through the inputs it buys, at multipliers of spending lambda.
[[gnu::always_inline]] inline void goods(const World& w, const Workspace::Body& b, std::size_t i, double* y) {
  const std::size_t m = w.sectors;
  const double* in = &w.input[i * m * m];
  for (std::size_t k = 0; k < m; ++k, in += m) {
    const double l = b.lambda[i * m + k];
    if (l == 0) continue;
    for (std::size_t j = 0; j < m; ++j) y[j] += in[j] * l;
  }
}

// Rule own: from multipliers of spending, I_n = rho_n / lambda E_n, to those of income E_n: with r_n = I_n / E_n and
// S the sum of E, dI_n = r_n dE_n - I_n sum over m of (r_m - 1) dE_m / S, within each part of the world.
[[gnu::always_inline]] inline void own_incomes(Workspace::Body& b) {
  std::fill(b.kept_own.begin(), b.kept_own.end(), 0.0);
  for (std::size_t i = 0; i < b.n; ++i) b.kept_own[b.part[i]] += b.back_revenue[i] * b.income[i];
  for (std::size_t i = 0; i < b.n; ++i) {
    const double r = b.income[i] / (b.earned[i] + b.revenue[i]);
    b.back_revenue[i] = b.back_revenue[i] * r - b.kept_own[b.part[i]] * (r - 1) / b.own[b.part[i]];
  }
}

// From multipliers of wages, prices and spending (`now`) to those of income, revenue, labour and sales.
[[gnu::always_inline]] inline void demands(const World& w, std::span<const double> weight, double on,
                                           Workspace::Body& b) {
  const std::size_t n = w.countries, m = w.sectors;
  const double* wage = b.wage(b.now);
  const double* spend = b.spend(b.now);
  std::fill(b.part_sum.begin(), b.part_sum.end(), 0.0);
  for (std::size_t i = 0; i < n; ++i) b.part_sum[b.part[i]] += wage[i];
  double scaled = 0;  // of the world's income, where deficits follow it
  for (std::size_t i = 0; i < n; ++i) {
    double* l = &b.lambda[i * m];
    for (std::size_t j = 0; j < m; ++j)
      l[j] = b.spending[i * m + j] > 1e-280 ? spend[i * m + j] / b.spending[i * m + j] : 0;
    const double income = on * weight[i] / b.income[i] + dot(&w.final_share[i * m], l, m);
    b.back_revenue[i] = income;
    if (b.rule == Deficits::scaled) scaled += b.deficit[i] * income / b.base_income;
  }
  if (b.rule == Deficits::own) own_incomes(b);
  for (std::size_t i = 0; i < n; ++i) {
    b.back_revenue[i] += scaled;
    b.back_wage[i] = wage[i] - b.earned[i] / b.part_size[b.part[i]] * b.part_sum[b.part[i]];
    const double work = b.pace[i] * b.back_wage[i] / b.labour[i];
    double* y = &b.back_sales[i * m];
    for (std::size_t j = 0; j < m; ++j) y[j] = w.value_added_share[i * m + j] * work;
    goods(w, b, i, y);
  }
}

// Through the shares of one sector: what sales are worth to buyers, revenue and prices to costs.
[[gnu::always_inline]] inline void sector(const World& w, std::size_t j, Workspace::Body& b) {
  const std::size_t n = w.countries, m = w.sectors;
  const double* price = b.price(b.now);
  double* price_to = b.price(b.next);
  double* spend_to = b.spend(b.next);
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
    const double x = theta * b.spending[p], revenue = b.back_revenue[to], l = price[p];
    double got = b.sold[to] * b.kept[p];
    if (b.joined[j]) {
      const double* mu = &b.mu[w.cell(j, to, 0)];
      const double* pi = &b.pi[w.cell(j, to, 0)];
      got = dot(mu, b.sold.data(), n);
      const double r = x * revenue;
      for (std::size_t i = 0; i < n; ++i) b.line[i] += mu[i] * r + pi[i] * l;
    } else {
      b.line[to] += x * b.kept[p] * revenue + l;
    }
    price_to[p] = x * (got - b.kept[p] * revenue);
    spend_to[p] = got + (1 - b.kept[p]) * revenue;
  }
  for (std::size_t i = 0; i < n; ++i) b.back_cost[i * m + j] = b.line[i];
}

// One country's multipliers with its home rounds solved: first of spending, then of prices, then of the wage.
[[gnu::always_inline]] inline void country(const World& w, double weight, std::size_t i, Workspace::Body& b) {
  const std::size_t n = w.countries, m = w.sectors;
  double* l = &b.lambda[i * m];
  double* y = &b.back_sales[i * m];
  double* c = &b.back_cost[i * m];
  double* d = b.change.data();
  double* price_to = b.price(b.next) + i * m;
  double* spend_to = b.spend(b.next) + i * m;
  const double* price = b.price(b.now) + i * m;
  const double* home_kept = &b.home_kept[i * m];
  for (std::size_t j = 0; j < m; ++j) d[j] = b.spending[i * m + j] > 1e-280 ? spend_to[j] - l[j] : 0;
  b.rounds.sales(i, d);
  const double revenue = dot(&w.final_share[i * m], d, m);
  b.back_revenue[i] += revenue;
  for (std::size_t j = 0; j < m; ++j) {
    spend_to[j] = (l[j] + d[j]) * b.spending[i * m + j];
    l[j] = d[j];
    d[j] = 0;
  }
  goods(w, b, i, d);  // sales follow
  for (std::size_t j = 0; j < m; ++j) {
    const double x = w.theta[j] * b.spending[i * m + j];
    y[j] += d[j];
    price_to[j] += x * (home_kept[j] * d[j] - b.kept[i * m + j] * revenue);
    c[j] += x * home_kept[j] * revenue - w.theta[j] * b.sales[i * m + j] * d[j];
  }
  const double* in = &w.input[i * m * m];
  for (std::size_t k = 0; k < m; ++k, in += m)
    d[k] = b.bought[k * n + i] ? price_to[k] + dot(in, c, m) - weight * w.final_share[i * m + k] - price[k] : 0;
  b.rounds.prices(i, d);
  for (std::size_t k = 0; k < m; ++k) {
    if (b.bought[k * n + i]) price_to[k] = price[k] + d[k];
    c[k] += b.home[i * m + k] * d[k];
  }
  b.wage(b.next)[i] =
      b.earned[i] * b.back_revenue[i] + dot(&w.value_added_share[i * m], c, m) + b.back_wage[i] * (1 - b.pace[i]);
}

// The image of the multipliers `now` into `next`; `on` 0: without the weights, the linear part alone. What was found on
// the way, of back_*, belongs to the image.
ENTENTE_WIDE void back(const World& w, std::span<const double> weight, double on, Workspace::Body& b) {
  demands(w, weight, on, b);
  for (std::size_t j = 0; j < w.sectors; ++j) sector(w, j, b);
  for (std::size_t i = 0; i < w.countries; ++i) country(w, on * weight[i], i, b);
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
  for (std::size_t i = 0; i < n; ++i) b.earned[i] = w.value_added[i] * math::exp(b.wage(b.now)[i]);
  shares(w, b);
  b.rounds.factor(w.input, b.home, n, w.sectors);
  for (auto* v : {&b.lambda, &b.back_sales, &b.back_cost}) v->assign(places, 0);
  for (auto* v : {&b.back_revenue, &b.back_wage}) v->assign(n, 0);
  b.part_sum.assign(b.parts, 0);
  b.change.assign(w.sectors, 0);
  b.multipliers.assign(b.now.size(), 0);
  double scale = 0;
  for (const double x : weight) scale = std::max(scale, std::abs(x));
  for (out.iterations = 1;; ++out.iterations) {
    std::copy(b.multipliers.begin(), b.multipliers.end(), b.now.begin());
    back(w, weight, 1, b);
    out.residual = 0;
    double largest = 0;
    for (std::size_t k = 0; k < b.now.size(); ++k) {
      const double off = b.next[k] -= b.now[k];
      out.residual = std::isfinite(off) ? std::max(out.residual, std::abs(off)) : embargo;
      largest = std::max(largest, std::abs(b.now[k]));
    }
    const bool rounding = out.residual <= rounded * largest;  // a small country's multipliers abroad are large
    if (scale > 0) out.residual /= scale;
    if (rounding || out.residual <= o.tolerance) break;
    if (out.iterations >= o.limit || out.residual == embargo)
      return std::unexpected(Error{ErrorKind::not_solved, "the transposed system was not solved", "gradient"});
    b.gmres.begin(b.next);
    for (double left = embargo; left > 0.5 * o.tolerance * scale && !b.gmres.full(); ++out.iterations) {
      const auto v = b.gmres.direction();
      std::copy(v.begin(), v.end(), b.now.begin());
      back(w, weight, 0, b);
      left = b.gmres.step(b.next);
    }
    b.gmres.finish(b.multipliers);
  }
  out.tariff.assign(w.cells(), 0);
  out.cost.assign(w.cells(), 0);
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t to = 0; to < n; ++to) {
      const double x = b.spending[w.place(to, j)], l = b.multipliers[n + w.place(to, j)];
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
