// One sweep over the shocked world: from wages, prices and spending to what they imply.
//
// By sector, with s_i = c_i^-theta (its logs shifted by the cheapest seller's): a row's sum over sellers is the buyer's
// price, the same row over 1 + tariff is what of his spending is not tariff, and the row times his spending over the
// sum goes to the sellers. So each row of the tables is read once, while it lies in the first cache. Buyers for whom
// even the cheapest of the world underflows (all their sellers are dear, as after an embargo of the others) are summed
// with a shift of their own.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr double nothing = 1e-290;  // stands for no spending, in logs
constexpr double underflow = 1e-250;

// e^wage into b.hat.
[[gnu::always_inline]] inline void wages(Workspace::Body& b, const double* wage) {
  std::copy_n(wage, b.n, b.hat.begin());
  exponentials(b.hat);
}

// The numeraire: wages such that every part of the world keeps its value added.
[[gnu::always_inline]] inline void scale(Workspace::Body& b, double* wage) {
  const World& w = *b.world;
  std::vector<double>& earned = b.line;
  wages(b, wage);
  std::fill(earned.begin(), earned.end(), 0.0);
  for (std::size_t n = 0; n < b.n; ++n) earned[b.part[n]] += w.value_added[n] * b.hat[n];
  for (std::size_t p = 0; p < b.parts; ++p) earned[p] = math::log(earned[p] / b.part_size[p]);
  for (std::size_t n = 0; n < b.n; ++n) wage[n] -= earned[b.part[n]];
}

// ln c of every producer: g ln w + sum over sources of G ln P.
[[gnu::always_inline]] inline void costs(Workspace::Body& b) {
  const World& w = *b.world;
  const double* wage = b.wage(b.now);
  const double* price = b.price(b.now);
  for (std::size_t i = 0; i < b.n; ++i) {
    double* c = &b.cost[i * b.sectors];
    for (std::size_t j = 0; j < b.sectors; ++j) c[j] = w.value_added_share[i * b.sectors + j] * wage[i];
    const double* in = &w.input[i * b.sectors * b.sectors];
    for (std::size_t k = 0; k < b.sectors; ++k, in += b.sectors) {
      const double p = price[i * b.sectors + k];
      for (std::size_t j = 0; j < b.sectors; ++j) c[j] += in[j] * p;
    }
  }
}

// A row whose sum underflows: ln of the sum, and its sales added to `sold`; returns what of the row is not tariff.
double far_row(const Workspace::Body& b, const double* a, const double* net, double theta, double spent,
               double& log_sum, double* sold) {
  double most = -embargo;
  for (std::size_t i = 0; i < b.n; ++i)
    if (a[i] > 0) most = std::max(most, math::log(a[i]) - theta * b.column_cost[i]);
  double sum = 0, kept = 0;
  for (std::size_t i = 0; i < b.n; ++i)
    if (a[i] > 0) {
      const double x = math::exp(-theta * b.column_cost[i] - most);
      sum += a[i] * x;
      kept += net[i] * x;
    }
  for (std::size_t i = 0; i < b.n; ++i)
    if (a[i] > 0) sold[i] += net[i] * math::exp(-theta * b.column_cost[i] - most) * spent / sum;
  log_sum = most + math::log(sum);
  return kept / sum;
}

// Every seller's c^^-theta over the cheapest's into b.factor, theta times the log of the latter into b.least.
[[gnu::always_inline]] inline void factors(Workspace::Body& b) {
  const World& w = *b.world;
  for (std::size_t j = 0; j < b.sectors; ++j) {
    const std::uint8_t* produces = &b.produces[j * b.n];
    double* factor = &b.factor[j * b.n];
    double least = embargo;
    for (std::size_t i = 0; i < b.n; ++i)
      if (produces[i]) least = std::min(least, b.cost[i * b.sectors + j]);
    if (least == embargo) least = 0;
    for (std::size_t i = 0; i < b.n; ++i)
      factor[i] = produces[i] ? -w.theta[j] * (b.cost[i * b.sectors + j] - least) : -embargo;
    b.least[j] = w.theta[j] * least;
  }
  exponentials(b.factor);
}

// Sales and revenue of one sector; into `sum` and `level` by buyer, what makes his price: ln sum + level, over -theta.
[[gnu::always_inline]] inline void sector(Workspace::Body& b, std::size_t j, double* sum, double* level) {
  const World& w = *b.world;
  const double theta = w.theta[j];
  const std::uint8_t* bought = &b.bought[j * b.n];
  const double* shift = &b.row_shift[j * b.n];
  const double* factor = &b.factor[j * b.n];
  for (std::size_t i = 0; i < b.n; ++i) {
    b.column_cost[i] = b.cost[i * b.sectors + j];
    b.sold[i] = b.line[i] = 0;
    sum[i] = 1;
  }
  const double* a = &b.a[w.cell(j, 0, 0)];
  const double* net = &b.net[w.cell(j, 0, 0)];
  for (std::size_t n = 0; n < b.n; ++n, a += b.n, net += b.n) {
    if (!bought[n]) continue;
    const double spent = b.spending[n * b.sectors + j];
    double kept = 0;
    if (!b.joined[j]) {
      sum[n] = a[n];
      level[n] = shift[n] - theta * b.column_cost[n];
      kept = net[n] / a[n];
      b.line[n] = spent * kept;
    } else if (const double all = dot(a, factor, b.n); all > underflow) {
      sum[n] = all;
      level[n] = shift[n] - b.least[j];
      kept = dot(net, factor, b.n) / all;
      const double z = spent / all;
      for (std::size_t i = 0; i < b.n; ++i) b.sold[i] += net[i] * z;
    } else {
      kept = far_row(b, a, net, theta, spent, level[n], b.line.data());
      level[n] += shift[n];
    }
    b.revenue[n] += spent * (1 - kept);
  }
  for (std::size_t i = 0; i < b.n; ++i) b.sales[i * b.sectors + j] = b.sold[i] * factor[i] + b.line[i];
}

// Prices from what sector() left, all logarithms at once.
[[gnu::always_inline]] inline void prices(Workspace::Body& b) {
  const World& w = *b.world;
  logarithms(b.row_sum);
  double* price = b.price(b.next);
  for (std::size_t j = 0; j < b.sectors; ++j)
    for (std::size_t n = 0; n < b.n; ++n) {
      const std::size_t r = j * b.n + n;
      if (b.bought[r]) price[n * b.sectors + j] = -(b.row_sum[r] + b.row_level[r]) / w.theta[j];
    }
}

// What the sales demand of labour and of goods, and the step of wages. b.hat holds e^wage.
[[gnu::always_inline]] inline void demands(Workspace::Body& b) {
  const World& w = *b.world;
  const double* wage = b.wage(b.now);
  double* wage_to = b.wage(b.next);
  double* spend_to = b.spend(b.next);
  double world_hat = 1;
  if (b.rule == Deficits::own) {
    std::fill(b.own.begin(), b.own.end(), 0.0);
    std::fill(b.kept_own.begin(), b.kept_own.end(), 0.0);
    for (std::size_t n = 0; n < b.n; ++n) {
      const double own = w.value_added[n] * b.hat[n] + b.revenue[n];
      b.own[b.part[n]] += own;
      b.kept_own[b.part[n]] += b.ratio[n] * own;
    }
  }
  if (b.rule == Deficits::scaled) {
    double world = 0;
    for (std::size_t n = 0; n < b.n; ++n) world += w.value_added[n] * b.hat[n] + b.revenue[n];
    world_hat = world / b.base_income;
  }
  for (std::size_t n = 0; n < b.n; ++n) {
    const double earned = w.value_added[n] * b.hat[n];
    const double* y = &b.sales[n * b.sectors];
    b.income[n] = b.rule == Deficits::own
                      ? (earned + b.revenue[n]) * (b.ratio[n] * (b.own[b.part[n]] / b.kept_own[b.part[n]]))
                      : earned + b.revenue[n] + world_hat * b.deficit[n];
    b.labour[n] = dot(y, &w.value_added_share[n * b.sectors], b.sectors);
    b.hat[n] = std::max(b.labour[n], nothing) / earned;
    const double* in = &w.input[n * b.sectors * b.sectors];
    for (std::size_t k = 0; k < b.sectors; ++k, in += b.sectors)
      spend_to[n * b.sectors + k] =
          std::max(dot(in, y, b.sectors) + w.final_share[n * b.sectors + k] * b.income[n], nothing);
  }
  logarithms(b.hat);
  logarithms({spend_to, b.spending.size()});
  for (std::size_t n = 0; n < b.n; ++n) {
    b.residual = std::max(b.residual, std::abs(b.hat[n]));
    wage_to[n] = wage[n] + b.pace[n] * b.hat[n];
  }
  scale(b, wage_to);
}

}  // namespace

void numeraire(Workspace::Body& b, double* wage) { scale(b, wage); }

ENTENTE_WIDE void sweep(Workspace::Body& b) {
  scale(b, b.wage(b.now));  // a combination of logs is off by the second order
  costs(b);
  factors(b);
  std::copy_n(b.spend(b.now), b.spending.size(), b.spending.begin());
  exponentials(b.spending);
  std::fill(b.revenue.begin(), b.revenue.end(), 0.0);
  b.residual = 0;
  std::copy(b.now.begin(), b.now.end(), b.next.begin());  // what is not bought keeps its price
  for (std::size_t j = 0; j < b.sectors; ++j) sector(b, j, &b.row_sum[j * b.n], &b.row_level[j * b.n]);
  prices(b);
  wages(b, b.wage(b.now));
  demands(b);
  const double* now = b.now.data();
  const double* next = b.next.data();
  double sum = 0;  // not a number where one of them is none
  for (std::size_t k = 0; k < b.now.size(); ++k) sum += next[k];
  for (std::size_t k = b.n; k < b.now.size(); ++k) b.residual = std::max(b.residual, std::abs(next[k] - now[k]));
  if (!std::isfinite(sum + b.residual)) b.residual = embargo;
}

}  // namespace entente::trade
