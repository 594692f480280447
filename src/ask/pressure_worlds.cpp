#include "ask/pressure_worlds.hpp"

#include <algorithm>
#include <cmath>

#include "entente/situation/economy.hpp"

namespace entente::ask {

using situation::ActorId;
using situation::none;
using situation::TradeMeasure;

namespace {

constexpr double tolerance = 1e-9;  // of an equilibrium condition; losses are told to four digits

void unshocked(const trade::World& w, trade::Shock& s) {
  s.tariff.assign(w.tariff.begin(), w.tariff.end());
  s.cost.assign(w.cells(), 1);
}

}  // namespace

PressureWorlds::PressureWorlds(const situation::Situation& s, const situation::PressureQuestion& q)
    : s_(s), q_(q), base_(s.economy.base->world) {
  for (const ActorId a : q.coalition)
    for (const auto n : s.economy.regions[a])
      if (std::ranges::find(coalition_, n) == coalition_.end()) coalition_.push_back(n);
}

PressureWorlds::Memory PressureWorlds::memory() const {
  Memory m;
  m.base = m.rebased = base_;
  m.moves.reserve(2 * base_.cells());
  return m;
}

trade::Options PressureWorlds::options() const {
  return {.tolerance = tolerance, .deficits = static_cast<trade::Deficits>(s_.economy.deficits), .flows = true};
}

void PressureWorlds::reads(std::vector<situation::ParamId>& out) const {
  const auto read = [&](situation::ParamId id) {
    if (id != none) out.push_back(id);
  };
  read(s_.economy.scale);
  for (const auto id : s_.economy.elasticity) read(id);
  for (const auto* list : {&s_.economy.in_force, &q_.measures})
    for (const auto m : *list) {
      const TradeMeasure& x = s_.trade_measures[m];
      for (const auto id : {x.presence, x.tariff_to, x.tariff_down_to, x.tariff_add, x.cost_factor, x.trade_factor})
        read(id);
      for (const auto* side : {&x.by, &x.on})
        for (const ActorId a : *side) read(s_.actors[a].presence);
    }
  for (const auto* list : {&q_.on, &q_.coalition, &q_.third})
    for (const ActorId a : *list) read(s_.actors[a].presence);
  for (const auto id : q_.pairs) read(id);
  read(q_.tolerance), read(q_.least_trade), read(q_.most_tariff);
}

// Costs and additions first, levels to reach on top of them: the order of measures does not matter.
Reason PressureWorlds::apply(std::span<const double> p, std::span<const std::uint32_t> measures, const Only& only,
                             const trade::World& w, trade::Shock& to) const {
  const auto each = [&](const TradeMeasure& m, auto&& cell) {
    for (const ActorId a : m.by) {
      if (!here(p, a) || a == only.but) continue;
      for (const ActorId b : m.on) {
        if (!here(p, b) || (only.target != none && b != only.target)) continue;
        for (const auto j : m.sectors)
          for (const auto n : regions(a))
            for (const auto i : regions(b)) cell(j, n, i);
      }
    }
  };
  for (const auto index : measures) {
    const TradeMeasure& m = s_.trade_measures[index];
    if (p[m.presence] == 0) continue;
    each(m, [&](std::uint32_t j, std::uint32_t n, std::uint32_t i) {
      double factor = m.embargo ? trade::embargo : 1;
      if (m.cost_factor != none) factor *= p[m.cost_factor];
      if (m.trade_factor != none) factor *= trade::cost_leaving(p[m.trade_factor], w.theta[j]);
      if (m.imports) to.cost[w.cell(j, n, i)] *= factor;
      if (m.exports) to.cost[w.cell(j, i, n)] *= factor;
      if (m.tariff_add != none) to.tariff[w.cell(j, n, i)] += p[m.tariff_add];
    });
  }
  for (const auto index : measures) {
    const TradeMeasure& m = s_.trade_measures[index];
    if (p[m.presence] == 0 || m.tariff_down_to == none) continue;
    each(m, [&](std::uint32_t j, std::uint32_t n, std::uint32_t i) {
      double& t = to.tariff[w.cell(j, n, i)];
      t = std::min(t, p[m.tariff_down_to]);
    });
  }
  for (const auto index : measures) {
    const TradeMeasure& m = s_.trade_measures[index];
    if (p[m.presence] == 0 || m.tariff_to == none) continue;
    each(m, [&](std::uint32_t j, std::uint32_t n, std::uint32_t i) {
      double& t = to.tariff[w.cell(j, n, i)];
      t = std::max(t, p[m.tariff_to]);
    });
  }
  const bool good = std::ranges::all_of(to.tariff, [](double t) { return t > -1 && std::isfinite(t); }) &&
                    std::ranges::all_of(to.cost, [](double k) { return k > 0; });
  return good ? Reason::none : Reason::out_of_domain;
}

// From `start`, and if that leads nowhere from the base, with four times the sweeps.
Reason PressureWorlds::settle(const trade::World& w, const trade::Shock& s, const trade::Solution* start, Memory& m,
                              trade::Solution& to) const {
  trade::Options o = options();
  m.last = &to;
  o.start = start;
  auto done = trade::solve(w, s, o, m.kernel, to);
  if (!done) {
    o.start = nullptr;
    o.limit *= 4;
    done = trade::solve(w, s, o, m.kernel, to);
  }
  if (!done) {
    m.error = done.error();
    return Reason::not_solved;
  }
  return to.status == trade::Status::solved ? Reason::none : Reason::no_supplier;
}

Reason PressureWorlds::begin(std::span<const double> p, bool apart, Memory& m) const {
  for (std::size_t j = 0; j < base_.sectors; ++j)
    m.base.theta[j] =
        s_.economy.elasticity[j] != none ? p[s_.economy.elasticity[j]] : base_.theta[j] * p[s_.economy.scale];
  m.now = &m.base;
  unshocked(m.base, m.held);
  if (const Reason bad = apply(p, s_.economy.in_force, {}, m.base, m.held); bad != Reason::none) return bad;
  bool moved = static_cast<trade::Deficits>(s_.economy.deficits) == trade::Deficits::closed;
  for (const auto x : s_.economy.in_force) moved = moved || p[s_.trade_measures[x].presence] != 0;
  for (std::size_t x = 0, k = 0; x < q_.on.size(); ++x)
    for (std::size_t y = x + 1; y < q_.on.size(); ++y, ++k) {
      if (!apart && p[q_.pairs[k]] != 0) continue;
      moved = true;
      for (std::uint32_t j = 0; j < base_.sectors; ++j)
        for (const auto n : regions(q_.on[x]))
          for (const auto i : regions(q_.on[y]))
            m.held.cost[base_.cell(j, n, i)] = m.held.cost[base_.cell(j, i, n)] = trade::embargo;
    }
  if (moved) {
    if (const Reason bad = settle(m.base, m.held, nullptr, m, m.before); bad != Reason::none) return bad;
    if (const auto done = trade::rebase(m.base, m.held, m.before, m.rebased); !done) {
      m.error = done.error();
      return Reason::not_solved;
    }
    m.now = &m.rebased;
  }
  trade::incomes(*m.now, m.income);
  return Reason::none;
}

Reason PressureWorlds::press(std::span<const double> p, Memory& m) const {
  unshocked(*m.now, m.shock);
  if (const Reason bad = apply(p, q_.measures, {}, *m.now, m.shock); bad != Reason::none) return bad;
  return settle(*m.now, m.shock, nullptr, m, m.under);
}

double PressureWorlds::share(const Memory& m, ActorId who, ActorId partner, bool buys) const {
  const trade::World& w = *m.now;
  double all = 0, with = 0;
  for (std::uint32_t j = 0; j < w.sectors; ++j) {
    if (!s_.economy.base->goods[j]) continue;
    for (const auto x : regions(who))
      for (std::uint32_t n = 0; n < w.countries; ++n) {
        if (std::ranges::find(regions(who), n) != regions(who).end()) continue;
        const double flow = m.under.flow[buys ? w.cell(j, x, n) : w.cell(j, n, x)];
        all += flow;
        if (std::ranges::find(regions(partner), n) != regions(partner).end()) with += flow;
      }
  }
  return all > 0 ? with / all : std::nan("");
}

Reason PressureWorlds::join(std::span<const double> p, ActorId third, ActorId target, Memory& m) const {
  const trade::World& w = *m.now;
  unshocked(w, m.trial);
  if (const Reason bad = apply(p, q_.measures, {.target = target, .but = third}, w, m.trial); bad != Reason::none)
    return bad;
  m.joined.tariff.assign(m.shock.tariff.begin(), m.shock.tariff.end());
  m.joined.cost.assign(m.shock.cost.begin(), m.shock.cost.end());
  for (std::uint32_t j = 0; j < w.sectors; ++j)
    for (const auto x : regions(target)) {
      double level = -1, bought = 1, sold = 1;
      for (std::uint32_t n = 0; n < w.countries; ++n) {
        const std::size_t in = w.cell(j, n, x);
        if (m.trial.tariff[in] > w.tariff[in]) level = std::max(level, m.trial.tariff[in]);
        bought = std::max(bought, m.trial.cost[in]);
        sold = std::max(sold, m.trial.cost[w.cell(j, x, n)]);
      }
      for (const auto t : regions(third)) {
        const std::size_t in = w.cell(j, t, x), out = w.cell(j, x, t);
        m.joined.tariff[in] = std::max(m.joined.tariff[in], level);
        m.joined.cost[in] = std::max(m.joined.cost[in], bought);
        m.joined.cost[out] = std::max(m.joined.cost[out], sold);
      }
    }
  return settle(w, m.joined, &m.under, m, m.other);
}

Reason PressureWorlds::utmost(std::span<const double> p, ActorId target, Memory& m) const {
  const trade::World& w = *m.now;
  const bool dearer = q_.least_trade != none || q_.most_tariff == none;
  m.moves.clear();
  for (const ActorId a : q_.coalition) {
    if (!here(p, a)) continue;
    for (const auto j : q_.sectors) {
      const double most = dearer ? trade::cost_leaving(q_.least_trade == none ? 0 : p[q_.least_trade], w.theta[j]) : 1;
      for (const auto n : regions(a))
        for (const auto i : regions(target)) {
          const std::size_t in = w.cell(j, n, i), out = w.cell(j, i, n);
          if (dearer)
            for (const std::size_t c : {in, out})
              if (w.share[c] > 0)
                m.moves.push_back({c, true, std::min(1.0, m.shock.cost[c]), std::max(most, m.shock.cost[c])});
          if (q_.most_tariff != none && w.share[in] > 0)
            m.moves.push_back({in, false, std::min(w.tariff[in], m.shock.tariff[in]),
                               std::max(p[q_.most_tariff], m.shock.tariff[in])});
        }
    }
  }
  m.last = &m.reach.solution;
  const auto done = trade::reach(w, m.shock, m.under, m.moves, m.income, regions(target), options(), m.kernel, m.reach);
  if (!done) {
    m.error = done.error();
    return Reason::not_solved;
  }
  return m.reach.status == trade::Status::solved ? Reason::none : Reason::no_supplier;
}

}  // namespace entente::ask
