// The judge. It takes wages, prices and spending from an answer and writes the conditions of trade.hpp out again, cell
// by cell and in logs, with who can supply whom found anew; then the balance of trade, which the solver never looks at,
// and every figure that the answer derives from those three.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/trade.hpp"

namespace entente::trade {
namespace {

class Judge {
 public:
  Judge(const World& w, const Shock& s, Deficits rule, const Solution& a)
      : w_(w), s_(s), rule_(rule), a_(a), n_(w.countries), m_(w.sectors), open_(w.cells()) {}

  double run() {
    supply();
    if (a_.status == Status::no_supplier) return possible_ ? embargo : 0;
    if (!possible_) return embargo;
    for (const auto* v : {&a_.wage, &a_.real_income, &a_.real_wage, &a_.consumer_price, &a_.income, &a_.revenue,
                          &a_.deficit, &a_.first_order, &a_.terms_of_trade, &a_.volume_of_trade})
      if (v->size() != n_) return embargo;
    if (a_.price.size() != w_.places() || a_.expenditure.size() != w_.places()) return embargo;
    if (!a_.flow.empty() && a_.flow.size() != w_.cells()) return embargo;
    for (const double x : a_.wage) positive(x);
    for (const double x : a_.price) positive(x);
    if (worst_ > 0) return worst_;
    markets();
    countries();
    return worst_;
  }

 private:
  void positive(double x) {
    if (!(x > 0 && x < embargo)) worst_ = embargo;
  }
  void off(double found, double wanted, double scale) {
    const double violation = found == wanted ? 0 : std::abs(found - wanted) / scale;
    worst_ = std::isnan(violation) ? embargo : std::max(worst_, violation);
  }
  [[nodiscard]] double tariff(std::size_t c) const { return s_.tariff.empty() ? w_.tariff[c] : s_.tariff[c]; }
  [[nodiscard]] double barrier(std::size_t c) const {
    return math::log((1 + tariff(c)) / (1 + w_.tariff[c])) + (s_.cost.empty() ? 0 : math::log(s_.cost[c]));
  }
  [[nodiscard]] bool supplied(std::size_t n, std::size_t j) const {
    for (std::size_t i = 0; i < n_; ++i)
      if (open_[w_.cell(j, n, i)]) return true;
    return false;
  }
  [[nodiscard]] bool sells(std::size_t i, std::size_t j) const {
    for (std::size_t n = 0; n < n_; ++n)
      if (open_[w_.cell(j, n, i)]) return true;
    return false;
  }

  // What a buyer's row is worth to each seller, and what is too little of it to count (no_trade).
  void supply() {
    for (std::size_t row = 0; row < w_.cells(); row += n_) {
      const double theta = w_.theta[row / n_ / n_];
      double most = -embargo;
      const auto worth = [&](std::size_t c) { return math::log(w_.share[c]) - theta * barrier(c); };
      for (std::size_t c = row; c < row + n_; ++c)
        if (w_.share[c] > 0) most = std::max(most, worth(c));
      for (std::size_t c = row; c < row + n_; ++c)
        open_[c] =
            w_.share[c] > 0 && barrier(c) < embargo && (barrier(c) == 0 || worth(c) >= most + math::log(no_trade));
    }
    do stop();
    while (part());
    for (std::size_t n = 0; n < n_; ++n) {
      bool work = false;
      for (std::size_t j = 0; j < m_; ++j) {
        if (w_.final_share[w_.place(n, j)] > 0 && !supplied(n, j)) possible_ = false;
        work = work || (sells(n, j) && w_.value_added_share[w_.place(n, j)] > 0);
      }
      possible_ = possible_ && work;
    }
  }

  // Who lacks an input makes nothing.
  void stop() {
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < n_; ++i)
        for (std::size_t j = 0; j < m_; ++j) {
          bool lacks = false;
          for (std::size_t k = 0; k < m_; ++k) lacks = lacks || (w_.input[w_.io(i, k, j)] > 0 && !supplied(i, k));
          if (!lacks || !sells(i, j)) continue;
          for (std::size_t n = 0; n < n_; ++n) open_[w_.cell(j, n, i)] = 0;
          again = true;
        }
    }
  }

  // Countries are of one part when goods find a way from each to the other (transitive closure). Trade between parts is
  // closed; true when there was any.
  bool part() {
    std::vector<std::uint8_t> way(n_ * n_, 0);
    for (std::size_t c = 0; c < w_.cells(); ++c)
      if (open_[c]) way[c % n_ * n_ + c / n_ % n_] = 1;
    for (std::size_t k = 0; k < n_; ++k)
      for (std::size_t i = 0; i < n_; ++i)
        for (std::size_t n = 0; way[i * n_ + k] && n < n_; ++n) way[i * n_ + n] |= way[k * n_ + n];
    part_.assign(n_, n_);
    parts_ = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      if (part_[i] < n_) continue;
      for (std::size_t n = i; n < n_; ++n)
        if (n == i || (way[i * n_ + n] && way[n * n_ + i])) part_[n] = parts_;
      ++parts_;
    }
    bool closed = false;
    for (std::size_t c = 0; c < w_.cells(); ++c)
      if (open_[c] && part_[c % n_] != part_[c / n_ % n_]) {
        open_[c] = 0;
        closed = true;
      }
    return closed;
  }

  [[nodiscard]] double cost(std::size_t i, std::size_t j) const {
    double c = w_.value_added_share[w_.place(i, j)] * math::log(a_.wage[i]);
    for (std::size_t k = 0; k < m_; ++k)
      if (w_.input[w_.io(i, k, j)] != 0) c += w_.input[w_.io(i, k, j)] * math::log(a_.price[w_.place(i, k)]);
    return c;
  }

  void markets() {
    sales_.assign(w_.places(), 0);
    revenue_.assign(n_, 0);
    terms_ = volume_ = imports_ = exports_ = base_revenue_ = revenue_;
    std::vector<double> c(n_), log(n_);
    for (std::size_t j = 0; j < m_; ++j) {
      for (std::size_t i = 0; i < n_; ++i) c[i] = cost(i, j);
      for (std::size_t n = 0; n < n_; ++n) {
        const double x = a_.expenditure[w_.place(n, j)];
        double most = -embargo, sum = 0;
        for (std::size_t i = 0; i < n_; ++i) {
          const std::size_t k = w_.cell(j, n, i);
          log[i] = open_[k] ? math::log(w_.share[k]) - w_.theta[j] * (barrier(k) + c[i]) : -embargo;
          most = std::max(most, log[i]);
        }
        for (std::size_t i = 0; i < n_; ++i) sum += log[i] == -embargo ? 0 : math::exp(log[i] - most);
        if (most > -embargo && x > 0)
          off(math::log(a_.price[w_.place(n, j)]), -(most + math::log(sum)) / w_.theta[j], 1);
        for (std::size_t i = 0; i < n_; ++i) {
          const std::size_t k = w_.cell(j, n, i);
          const double share = log[i] == -embargo ? 0 : math::exp(log[i] - most) / sum;
          const double flow = x * share / (1 + tariff(k));
          const double base = w_.expenditure[w_.place(n, j)] * w_.share[k] / (1 + w_.tariff[k]);
          sales_[w_.place(i, j)] += flow;
          revenue_[n] += x * share - flow;
          base_revenue_[n] += base * w_.tariff[k];
          imports_[n] += flow;
          exports_[i] += flow;
          if (!a_.flow.empty()) off(a_.flow[k], flow, std::max(x, 1e-12 * w_.value_added[n]));
          terms_[i] += base * math::expm1(c[i]);
          terms_[n] -= base * math::expm1(c[i]);
          volume_[n] += w_.tariff[k] * (flow - base - base * math::expm1(c[i]));
        }
      }
    }
  }

  void countries() {
    std::vector<double> owed(parts_, 0), size(parts_, 0), earned(parts_, 0);
    std::vector<double> kept(parts_, 0), own(parts_, 0);  // rule own: of rho times income, of income
    double income = 0, base = 0;
    for (std::size_t n = 0; n < n_; ++n) {
      owed[part_[n]] += rule_ == Deficits::closed ? 0 : w_.deficit[n];
      size[part_[n]] += w_.value_added[n];
      earned[part_[n]] += w_.value_added[n] * a_.wage[n];
      income += w_.value_added[n] * a_.wage[n] + revenue_[n];
      base += w_.value_added[n] + base_revenue_[n];
    }
    for (std::size_t p = 0; p < parts_; ++p) off(earned[p], size[p], size[p]);
    const auto owes = [&](std::size_t n) {
      return (rule_ == Deficits::closed ? 0 : w_.deficit[n]) - owed[part_[n]] * w_.value_added[n] / size[part_[n]];
    };
    const auto rho = [&](std::size_t n) { return 1 + owes(n) / (w_.value_added[n] + base_revenue_[n]); };
    for (std::size_t n = 0; n < n_; ++n) {
      own[part_[n]] += w_.value_added[n] * a_.wage[n] + revenue_[n];
      kept[part_[n]] += rho(n) * (w_.value_added[n] * a_.wage[n] + revenue_[n]);
    }
    for (std::size_t n = 0; n < n_; ++n) {
      const double labour = w_.value_added[n] * a_.wage[n];
      double deficit = owes(n);
      if (rule_ == Deficits::scaled) deficit *= income / base;
      if (rule_ == Deficits::own) deficit = (labour + revenue_[n]) * (rho(n) * own[part_[n]] / kept[part_[n]] - 1);
      const double spent = labour + revenue_[n] + deficit;
      double work = 0, price = 0;
      for (std::size_t j = 0; j < m_; ++j) {
        work += w_.value_added_share[w_.place(n, j)] * sales_[w_.place(n, j)];
        price += w_.final_share[w_.place(n, j)] * math::log(a_.price[w_.place(n, j)]);
        double x = w_.final_share[w_.place(n, j)] * spent;
        for (std::size_t k = 0; k < m_; ++k) x += w_.input[w_.io(n, j, k)] * sales_[w_.place(n, k)];
        off(a_.expenditure[w_.place(n, j)], x, std::max(x, 1e-12 * labour));
      }
      off(work, labour, labour);
      off(imports_[n] - exports_[n], deficit, std::max(labour, imports_[n]));
      off(a_.income[n], spent, spent);
      off(a_.revenue[n], revenue_[n], spent);
      off(a_.deficit[n], deficit, spent);
      const double before = w_.value_added[n] + w_.deficit[n] + base_revenue_[n];
      off(math::log(a_.consumer_price[n]), price, 1);
      off(math::log(a_.real_wage[n]), math::log(a_.wage[n]) - price, 1);
      off(math::log(a_.real_income[n]), math::log(spent / before) - price, 1);
      off(a_.terms_of_trade[n], terms_[n] / before, 1 + std::abs(terms_[n] / before));
      off(a_.volume_of_trade[n], volume_[n] / before, 1 + std::abs(volume_[n] / before));
      off(a_.first_order[n], a_.terms_of_trade[n] + a_.volume_of_trade[n], 1 + std::abs(a_.first_order[n]));
    }
  }

  const World& w_;
  const Shock& s_;
  const Deficits rule_;
  const Solution& a_;
  const std::size_t n_, m_;
  std::vector<std::uint8_t> open_;  // by cell: trade is possible
  bool possible_ = true;
  std::vector<std::size_t> part_;
  std::size_t parts_ = 0;
  std::vector<double> sales_, revenue_, base_revenue_, imports_, exports_, terms_, volume_;
  double worst_ = 0;
};

}  // namespace

double check(const World& w, const Shock& s, Deficits deficits, const Solution& answer) {
  return Judge(w, s, deficits, answer).run();
}

}  // namespace entente::trade
