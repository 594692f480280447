// The shocked world as a sweep reads it.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr double small = 1e-200, large = 1e200;  // a row beyond these is shifted

// A row in logs, shifted so that its largest term is 1. An embargo stays 0.
double shifted(const World& w, const Shock& s, std::size_t row, double theta, double* a) {
  double most = -embargo;
  for (std::size_t i = 0; i < w.countries; ++i)
    most = std::max(most, math::log(w.share[row + i]) - theta * log_barrier(w, s, row + i));
  if (most == -embargo) return 0;
  for (std::size_t i = 0; i < w.countries; ++i)
    a[i] = math::exp(math::log(w.share[row + i]) - theta * log_barrier(w, s, row + i) - most);
  return most;
}

[[gnu::always_inline]] inline void tables(const World& w, const Shock& s, Workspace::Body& b) {
  b.a.resize(w.cells());
  b.net.resize(w.cells());
  b.row_shift.resize(w.places());
  for (std::size_t row = 0, r = 0; row < w.cells(); row += w.countries, ++r) {
    const double theta = w.theta[r / w.countries];
    bool changed = false;
    double most = 0;
    for (std::size_t c = row; c < row + w.countries; ++c) {
      const double tariff = s.tariff.empty() ? w.tariff[c] : s.tariff[c];
      double a = w.share[c];
      if (a > 0 && (tariff != w.tariff[c] || (!s.cost.empty() && s.cost[c] != 1))) {
        changed = true;
        a *= math::exp(-theta * log_barrier(w, s, c));
      }
      b.a[c] = a;
      most = std::max(most, a);
    }
    b.row_shift[r] = changed && !(most > small && most < large) ? shifted(w, s, row, theta, &b.a[row]) : 0;
    if (!changed) continue;
    const double least = no_trade * (b.row_shift[r] != 0 ? 1 : most);
    for (std::size_t c = row; c < row + w.countries; ++c)
      if (b.a[c] < least && log_barrier(w, s, c) != 0) b.a[c] = 0;
  }
}

// Deficits by the rule; what a part of the world as a whole owes to others that it no longer trades with is closed.
void deficits(const World& w, Workspace::Body& b) {
  std::vector<double>& owed = b.line;
  owed.assign(std::max<std::size_t>(b.parts, w.sectors), 0);
  b.part_size.assign(b.parts, 0);
  b.deficit.assign(w.countries, 0);
  for (std::size_t n = 0; n < w.countries; ++n) {
    if (b.rule != Deficits::closed) b.deficit[n] = w.deficit[n];
    b.part_size[b.part[n]] += w.value_added[n];
    owed[b.part[n]] += b.deficit[n];
  }
  for (std::size_t n = 0; n < w.countries; ++n)
    b.deficit[n] -= owed[b.part[n]] * (w.value_added[n] / b.part_size[b.part[n]]);
}

}  // namespace

double log_barrier(const World& w, const Shock& s, std::size_t cell) {
  double log = 0;
  if (!s.tariff.empty() && s.tariff[cell] != w.tariff[cell])
    log = math::log1p(s.tariff[cell]) - math::log1p(w.tariff[cell]);
  if (!s.cost.empty() && s.cost[cell] != 1) log += math::log(s.cost[cell]);
  return log;
}

ENTENTE_WIDE bool build(const World& w, const Shock& s, Deficits rule, Workspace::Body& b) {
  b.n = w.countries;
  b.sectors = w.sectors;
  b.world = &w;
  b.rule = rule;
  tables(w, s, b);
  if (!supply(w, b)) return false;
  const double* tariff = s.tariff.empty() ? w.tariff.data() : s.tariff.data();
  for (std::size_t c = 0; c < w.cells(); ++c) b.net[c] = b.a[c] / (1 + tariff[c]);
  deficits(w, b);
  return true;
}

}  // namespace entente::trade
