// One sweep over the shocked world: from wages, prices and spending to what they imply.
//
// By sector, with s_i = c_i^-theta (its logs shifted by the cheapest seller's): a row's sum over sellers is the buyer's
// price, the same row over 1 + tariff is what of his spending is not tariff, and the row times his spending over the
// sum goes to the sellers. So each row of the tables is read once, while it lies in the first cache. Buyers for whom
// even the cheapest of the world underflows (all their sellers are dear, as after an embargo of the others) are summed
// with a shift of their own.
#include <algorithm>
#include <cmath>

#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr double nothing = 1e-290;  // stands for no spending, in logs
constexpr double underflow = 1e-250;

// The numeraire: wages such that every part of the world keeps its value added.
void scale(Workspace::Body& b, double* wage) {
  const World& w = *b.world;
  std::vector<double>& earned = b.line;
  std::fill(earned.begin(), earned.end(), 0.0);
  for (std::size_t n = 0; n < b.n; ++n) earned[b.part[n]] += w.value_added[n] * std::exp(wage[n]);
  for (std::size_t p = 0; p < b.parts; ++p) earned[p] = std::log(earned[p] / b.part_size[p]);
  for (std::size_t n = 0; n < b.n; ++n) wage[n] -= earned[b.part[n]];
}

// ln c of every producer: g ln w + sum over sources of G ln P.
void costs(Workspace::Body& b) {
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
    if (a[i] > 0) most = std::max(most, std::log(a[i]) - theta * b.column_cost[i]);
  double sum = 0, kept = 0;
  for (std::size_t i = 0; i < b.n; ++i)
    if (a[i] > 0) {
      const double x = std::exp(-theta * b.column_cost[i] - most);
      sum += a[i] * x;
      kept += net[i] * x;
    }
  for (std::size_t i = 0; i < b.n; ++i)
    if (a[i] > 0) sold[i] += net[i] * std::exp(-theta * b.column_cost[i] - most) * spent / sum;
  log_sum = most + std::log(sum);
  return kept / sum;
}

void sector(Workspace::Body& b, std::size_t j) {
  const World& w = *b.world;
  const double theta = w.theta[j];
  const std::uint8_t* bought = &b.bought[j * b.n];
  const std::uint8_t* produces = &b.produces[j * b.n];
  const double* shift = &b.row_shift[j * b.n];
  double* price = b.price(b.next);
  double least = embargo;
  for (std::size_t i = 0; i < b.n; ++i) {
    b.column_cost[i] = b.cost[i * b.sectors + j];
    if (produces[i]) least = std::min(least, b.column_cost[i]);
  }
  if (!b.joined[j]) {
    for (std::size_t n = 0; n < b.n; ++n) {
      const double own = b.a[w.cell(j, n, n)];
      b.sales[n * b.sectors + j] = 0;
      if (!bought[n]) continue;
      price[n * b.sectors + j] = b.column_cost[n] - (own == 1 ? 0 : (std::log(own) + shift[n]) / theta);
      const double spent = b.spending[n * b.sectors + j], kept = b.net[w.cell(j, n, n)] / own;
      b.sales[n * b.sectors + j] = spent * kept;
      b.revenue[n] += spent * (1 - kept);
    }
    return;
  }
  for (std::size_t i = 0; i < b.n; ++i) {
    b.sales_factor[i] = produces[i] ? std::exp(-theta * (b.column_cost[i] - least)) : 0;
    b.sold[i] = b.line[i] = 0;
  }
  const double* a = &b.a[w.cell(j, 0, 0)];
  const double* net = &b.net[w.cell(j, 0, 0)];
  for (std::size_t n = 0; n < b.n; ++n, a += b.n, net += b.n) {
    if (!bought[n]) continue;
    const double spent = b.spending[n * b.sectors + j];
    const double sum = dot(a, b.sales_factor.data(), b.n);
    double log_sum = 0, kept = 0;
    if (sum > underflow) {
      kept = dot(net, b.sales_factor.data(), b.n) / sum;
      log_sum = std::log(sum) - theta * least;
      const double z = spent / sum;
      for (std::size_t i = 0; i < b.n; ++i) b.sold[i] += net[i] * z;
    } else {
      kept = far_row(b, a, net, theta, spent, log_sum, b.line.data());
    }
    price[n * b.sectors + j] = -(log_sum + shift[n]) / theta;
    b.revenue[n] += spent * (1 - kept);
  }
  for (std::size_t i = 0; i < b.n; ++i) b.sales[i * b.sectors + j] = b.sold[i] * b.sales_factor[i] + b.line[i];
}

// What the sales demand of labour and of goods, and the step of wages.
void demands(Workspace::Body& b) {
  const World& w = *b.world;
  const double* wage = b.wage(b.now);
  double* wage_to = b.wage(b.next);
  double* spend_to = b.spend(b.next);
  double world_hat = 1;
  if (b.rule == Deficits::scaled) {
    double world = 0;
    for (std::size_t n = 0; n < b.n; ++n) world += w.value_added[n] * std::exp(wage[n]) + b.revenue[n];
    world_hat = world / b.base_income;
  }
  for (std::size_t n = 0; n < b.n; ++n) {
    const double earned = w.value_added[n] * std::exp(wage[n]);
    const double* y = &b.sales[n * b.sectors];
    b.income[n] = earned + b.revenue[n] + world_hat * b.deficit[n];
    b.labour[n] = dot(y, &w.value_added_share[n * b.sectors], b.sectors);
    const double excess = std::log(std::max(b.labour[n], nothing) / earned);
    b.residual = std::max(b.residual, std::abs(excess));
    wage_to[n] = wage[n] + b.pace[n] * excess;
    const double* in = &w.input[n * b.sectors * b.sectors];
    for (std::size_t k = 0; k < b.sectors; ++k, in += b.sectors) {
      const double x = dot(in, y, b.sectors) + w.final_share[n * b.sectors + k] * b.income[n];
      spend_to[n * b.sectors + k] = std::log(std::max(x, nothing));
    }
  }
  scale(b, wage_to);
}

}  // namespace

void sweep(Workspace::Body& b) {
  scale(b, b.wage(b.now));  // a combination of logs is off by the second order
  costs(b);
  const double* spend = b.spend(b.now);
  for (std::size_t p = 0; p < b.spending.size(); ++p) b.spending[p] = std::exp(spend[p]);
  std::fill(b.revenue.begin(), b.revenue.end(), 0.0);
  b.residual = 0;
  std::copy(b.now.begin(), b.now.end(), b.next.begin());  // what is not bought keeps its price
  for (std::size_t j = 0; j < b.sectors; ++j) sector(b, j);
  demands(b);
  const double* now = b.now.data();
  const double* next = b.next.data();
  double sum = 0;  // not a number where one of them is none
  for (std::size_t k = 0; k < b.now.size(); ++k) sum += next[k];
  for (std::size_t k = b.n; k < b.now.size(); ++k) b.residual = std::max(b.residual, std::abs(next[k] - now[k]));
  if (!std::isfinite(sum + b.residual)) b.residual = embargo;
}

}  // namespace entente::trade
