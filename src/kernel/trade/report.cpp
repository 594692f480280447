// What the last sweep says, in the terms of the trade literature.
//
// First-order welfare (Caliendo and Parro 2015, equation 17), base values, changes as hats less one:
//   terms of trade_n   = sum over j, i of (E_nij (c^_nj - 1) - M_nij (c^_ij - 1)) / I_n
//   volume of trade_n  = sum over j, i of tariff_nij M_nij (M^_nij - c^_ij) / I_n
// with M_nij imports of n from i and E_nij exports of n to i, both without tariff.
#include <algorithm>
#include <cmath>

#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

void first_order(const World& w, const Workspace::Body& b, const Shock& s, const Options& o, Solution& out) {
  const std::size_t n = w.countries;
  std::vector<double>& terms = out.terms_of_trade;
  std::vector<double>& volume = out.volume_of_trade;
  terms.assign(n, 0);
  volume.assign(n, 0);
  if (o.flows) out.flow.assign(w.cells(), 0);
  else out.flow.clear();
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t to = 0; to < n; ++to) {
      const double before = w.expenditure[w.place(to, j)], after = out.expenditure[w.place(to, j)];
      const double price = std::log(out.price[w.place(to, j)]);
      for (std::size_t from = 0; from < n; ++from) {
        const std::size_t c = w.cell(j, to, from);
        if (w.share[c] == 0) continue;
        const double cost = std::exp(b.cost[w.place(from, j)]) - 1;
        const double base = before * w.share[c] / (1 + w.tariff[c]);
        double now = 0;
        if (b.a[c] > 0) {
          const std::size_t r = j * n + to;
          now = after * b.net[c] * std::exp(w.theta[j] * (price - b.cost[w.place(from, j)]) + b.row_shift[r]);
        }
        if (o.flows) out.flow[c] = now;
        if (to != from) {
          terms[from] += base * cost;
          terms[to] -= base * cost;
        }
        volume[to] += w.tariff[c] * (now - base - base * cost);
      }
    }
  (void)s;
}

}  // namespace

void report(const World& w, const Shock& s, const Options& o, Workspace::Body& b, Solution& out) {
  const std::size_t n = w.countries, places = w.places();
  out.residual = b.residual;
  out.parts = b.parts;
  out.lacks = b.lacks;
  for (auto* v : {&out.wage, &out.real_income, &out.real_wage, &out.consumer_price, &out.first_order}) v->assign(n, 0);
  out.price.resize(places);
  out.expenditure.resize(places);
  for (std::size_t p = 0; p < places; ++p) {
    const bool bought = b.bought[p % w.sectors * n + p / w.sectors] != 0;
    out.price[p] = std::exp(b.price(b.now)[p]);
    out.expenditure[p] = bought ? b.spending[p] : 0;
  }
  out.income.assign(b.income.begin(), b.income.end());
  out.revenue.assign(b.revenue.begin(), b.revenue.end());
  out.deficit.resize(n);
  first_order(w, b, s, o, out);
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
    out.wage[c] = std::exp(wage);
    out.consumer_price[c] = std::exp(price);
    out.real_wage[c] = std::exp(wage - price);
    out.deficit[c] = out.income[c] - out.revenue[c] - w.value_added[c] * out.wage[c];
    out.real_income[c] = out.income[c] / base[c] / out.consumer_price[c];
    out.terms_of_trade[c] /= base[c];
    out.volume_of_trade[c] /= base[c];
    out.first_order[c] = out.terms_of_trade[c] + out.volume_of_trade[c];
  }
}

}  // namespace entente::trade
