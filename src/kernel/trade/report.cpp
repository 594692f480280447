// What the last sweep says, in the terms of the trade literature.
//
// First-order welfare (Caliendo and Parro 2015, equation 17), base values, changes as hats less one:
//   terms of trade_n   = sum over j, i of (E_nij (c^_nj - 1) - M_nij (c^_ij - 1)) / I_n
//   volume of trade_n  = sum over j, i of tariff_nij M_nij (M^_nij - c^_ij) / I_n
// with M_nij imports of n from i and E_nij exports of n to i, both without tariff.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

[[gnu::always_inline]] inline void first_order(const World& w, Workspace::Body& b, const Options& o, Solution& out) {
  const std::size_t n = w.countries;
  std::vector<double>& terms = out.terms_of_trade;
  std::vector<double>& volume = out.volume_of_trade;
  std::vector<double>& dearer = b.column_cost;  // c^ - 1
  std::vector<double>& part = b.sold;
  double* rise = b.rise.data();  // of what was bought, by c^ alone
  double* change = rise + n;     // of what is bought beyond that
  terms.assign(n, 0);
  volume.assign(n, 0);
  if (o.flows) out.flow.resize(w.cells());
  else out.flow.clear();
  for (std::size_t j = 0; j < w.sectors; ++j) {
    const double least = sellers(w, b, j, b.sales_factor.data());
    for (std::size_t i = 0; i < n; ++i) dearer[i] = b.cost[w.place(i, j)];
    exponentials({dearer.data(), n});
    for (std::size_t i = 0; i < n; ++i) dearer[i] -= 1;
    for (std::size_t to = 0; to < n; ++to) {
      const double before = w.expenditure[w.place(to, j)], after = out.expenditure[w.place(to, j)];
      against(w, b, j, to, b.sales_factor.data(), least, part.data());
      const std::size_t row = w.cell(j, to, 0);
      const double *share = &w.share[row], *tariff = &w.tariff[row], *a = &b.a[row], *net = &b.net[row];
      double own = 0;
      for (std::size_t from = 0; from < n; ++from) {
        const double base = before * share[from] / (1 + tariff[from]);
        const double now = a[from] > 0 ? after * net[from] * part[from] : 0;
        rise[from] = share[from] != 0 ? base * dearer[from] : 0;
        change[from] = now - base - rise[from];
        terms[from] += rise[from];
        own += rise[from];
        if (o.flows) out.flow[row + from] = now;
      }
      terms[to] -= own;
      volume[to] += dot(tariff, change, n);
    }
  }
}

}  // namespace

double sellers(const World& w, const Workspace::Body& b, std::size_t j, double* factor) {
  const double theta = w.theta[j];
  double least = embargo;
  for (std::size_t i = 0; i < b.n; ++i)
    if (b.produces[j * b.n + i]) least = std::min(least, b.cost[w.place(i, j)]);
  if (least == embargo) least = 0;
  for (std::size_t i = 0; i < b.n; ++i)
    factor[i] = b.produces[j * b.n + i] ? -theta * (b.cost[w.place(i, j)] - least) : -embargo;
  exponentials({factor, b.n});
  return theta * least;
}

void against(const World& w, const Workspace::Body& b, std::size_t j, std::size_t to, const double* factor,
             double least, double* out) {
  constexpr double far = 300;  // logs: beyond, products of the two parts may leave the range of doubles
  const double row = w.theta[j] * b.now[b.n + w.place(to, j)] + b.row_shift[j * b.n + to];
  if (std::abs(row - least) < far) {
    const double by = math::exp(row - least);
    for (std::size_t i = 0; i < b.n; ++i) out[i] = factor[i] * by;
    return;
  }
  for (std::size_t i = 0; i < b.n; ++i)
    out[i] = b.a[w.cell(j, to, i)] > 0 ? math::exp(row - w.theta[j] * b.cost[w.place(i, j)]) : 0;
}

ENTENTE_WIDE void report(const World& w, const Options& o, Workspace::Body& b, Solution& out) {
  const std::size_t n = w.countries, places = w.places();
  out.residual = b.residual;
  out.parts = b.parts;
  out.lacks = b.lacks;
  for (auto* v : {&out.wage, &out.real_income, &out.real_wage, &out.consumer_price, &out.first_order}) v->assign(n, 0);
  out.price.resize(places);
  out.expenditure.resize(places);
  for (std::size_t p = 0; p < places; ++p) {
    const bool bought = b.bought[p % w.sectors * n + p / w.sectors] != 0;
    out.price[p] = b.price(b.now)[p];
    out.expenditure[p] = bought ? b.spending[p] : 0;
  }
  exponentials(out.price);
  out.income.assign(b.income.begin(), b.income.end());
  out.revenue.assign(b.revenue.begin(), b.revenue.end());
  out.deficit.resize(n);
  first_order(w, b, o, out);
  std::vector<double>& base = b.labour;  // income of the base
  for (std::size_t c = 0; c < n; ++c) base[c] = w.value_added[c] + w.deficit[c];
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t to = 0; to < n; ++to)
      for (std::size_t c = w.cell(j, to, 0); c < w.cell(j, to, 0) + n; ++c)
        if (w.tariff[c] != 0)
          base[to] += w.expenditure[w.place(to, j)] * w.share[c] * (w.tariff[c] / (1 + w.tariff[c]));
  for (std::size_t c = 0; c < n; ++c) {
    double price = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) price += w.final_share[w.place(c, j)] * b.price(b.now)[w.place(c, j)];
    const double wage = b.wage(b.now)[c];
    out.wage[c] = math::exp(wage);
    out.consumer_price[c] = math::exp(price);
    out.real_wage[c] = math::exp(wage - price);
    out.deficit[c] = out.income[c] - out.revenue[c] - w.value_added[c] * out.wage[c];
    out.real_income[c] = out.income[c] / base[c] / out.consumer_price[c];
    out.terms_of_trade[c] /= base[c];
    out.volume_of_trade[c] /= base[c];
    out.first_order[c] = out.terms_of_trade[c] + out.volume_of_trade[c];
  }
}

}  // namespace entente::trade
