#include "families/trade/worlds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/families/trade/economy.hpp"

namespace entente::ask {

using situation::ActorId;
using situation::none;
using situation::TradeMeasure;

namespace {

constexpr double tolerance = 1e-9;  // of an equilibrium condition; losses are told to four digits
constexpr std::size_t kept_stages = 4;

bool same(const trade::Shock& a, const trade::Shock& b) { return a.tariff == b.tariff && a.cost == b.cost; }

void copy(const trade::Shock& from, trade::Shock& to) {
  to.tariff.assign(from.tariff.begin(), from.tariff.end());
  to.cost.assign(from.cost.begin(), from.cost.end());
}

void unshocked(const trade::World& w, trade::Shock& s) {
  s.tariff.assign(w.tariff.begin(), w.tariff.end());
  s.cost.assign(w.cells(), 1);
}

}  // namespace

PressureWorlds::PressureWorlds(const situation::Situation& s, const situation::PressureQuestion& q,
                               const situation::BaseYear& base)
    : s_(s),
      q_(q),
      economy_(situation::economy(s)),
      taken_(situation::trade_measures(s)),
      base_(base.world),
      rebased_(base.moved) {
  for (const ActorId a : q.coalition)
    for (const auto n : economy_.regions[a])
      if (std::ranges::find(coalition_, n) == coalition_.end()) coalition_.push_back(n);
  // The guide stands at the base with the medians of what is drawn of the elasticities.
  const auto median = [&](situation::ParamId id, double otherwise) {
    const auto& n = s.parameters[id].number;
    return n.form == number::Form::distribution ? n.distribution.median() : otherwise;
  };
  trade::World w = base_;
  for (std::size_t j = 0; j < w.sectors; ++j)
    w.theta[j] = economy_.elasticity[j] != none ? median(economy_.elasticity[j], w.theta[j])
                                                : w.theta[j] * median(economy_.scale, 1);
  trade::Workspace memory;
  if (auto g = trade::ApproximateJacobian::make(w, options(), memory)) guide_ = std::move(*g);
}

PressureWorlds::Memory PressureWorlds::memory(const Memory* beside) const {
  Memory m;
  m.base = base_;
  m.moves.reserve(2 * base_.cells());
  m.reach.solution.flow.reserve(base_.cells());  // where nothing is worse than the measures, theirs is the utmost
  if (beside != nullptr && beside->stages->of == &s_) {
    m.stages = beside->stages;
    return m;
  }
  Stage empty;
  empty.theta = base_.theta;
  empty.world = base_;
  m.stages = std::make_shared<Stages>(Stages{&s_, std::vector<Stage>(kept_stages, empty), 0});
  return m;
}

trade::Options PressureWorlds::options() const {
  return {.tolerance = tolerance,
          .deficits = static_cast<trade::Deficits>(economy_.deficits),
          .flows = true,
          .guide = guide_ ? &*guide_ : nullptr};
}

void PressureWorlds::reads(std::vector<situation::ParamId>& out) const {
  const auto read = [&](situation::ParamId id) {
    if (id != none) out.push_back(id);
  };
  read(economy_.scale);
  for (const auto id : economy_.elasticity) read(id);
  for (const auto* list : {&economy_.in_force, &q_.measures})
    for (const auto m : *list) {
      const TradeMeasure& x = taken_[m];
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
    const TradeMeasure& m = taken_[index];
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
    const TradeMeasure& m = taken_[index];
    if (p[m.presence] == 0 || m.tariff_down_to == none) continue;
    each(m, [&](std::uint32_t j, std::uint32_t n, std::uint32_t i) {
      double& t = to.tariff[w.cell(j, n, i)];
      t = std::min(t, p[m.tariff_down_to]);
    });
  }
  for (const auto index : measures) {
    const TradeMeasure& m = taken_[index];
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
Reason PressureWorlds::settle(const trade::World& w, const trade::Shock& s, const trade::Solution* start, bool flows,
                              Memory& m, trade::Solution& to) const {
  trade::Options o = options();
  o.flows = flows;
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
    m.base.theta[j] = economy_.elasticity[j] != none ? p[economy_.elasticity[j]] : base_.theta[j] * p[economy_.scale];
  unshocked(m.base, m.held);
  if (const Reason bad = apply(p, economy_.in_force, {}, m.base, m.held); bad != Reason::none) return bad;
  bool moved = static_cast<trade::Deficits>(economy_.deficits) == trade::Deficits::closed;
  for (const auto x : economy_.in_force) moved = moved || p[taken_[x].presence] != 0;
  for (std::size_t x = 0, k = 0; x < q_.on.size(); ++x)
    for (std::size_t y = x + 1; y < q_.on.size(); ++y, ++k) {
      if (!apart && p[q_.pairs[k]] != 0) continue;
      moved = true;
      for (std::uint32_t j = 0; j < base_.sectors; ++j)
        for (const auto n : regions(q_.on[x]))
          for (const auto i : regions(q_.on[y]))
            m.held.cost[base_.cell(j, n, i)] = m.held.cost[base_.cell(j, i, n)] = trade::embargo;
    }
  m.at = nullptr;
  for (Stage& x : m.stages->all)
    if (x.done != Stage::Done::nothing && x.moved == moved && x.theta == m.base.theta && same(x.held, m.held))
      m.at = &x;
  if (m.at == nullptr) {
    m.at = &m.stages->all[m.stages->oldest];
    m.stages->oldest = (m.stages->oldest + 1) % m.stages->all.size();
    m.at->moved = moved;
    m.at->theta = m.base.theta;
    copy(m.held, m.at->held);
    m.at->begun = before(m);
    m.at->done = Stage::Done::begun;
    if (m.at->begun != Reason::none) m.at->error = m.error;
  }
  m.last = &m.at->before;
  if (m.at->begun != Reason::none) m.error = m.at->error;
  return m.at->begun;
}

Reason PressureWorlds::before(Memory& m) const {
  m.at->world = m.base;
  if (m.at->moved) {
    if (const Reason bad = settle(m.base, m.held, nullptr, true, m, m.at->before); bad != Reason::none) return bad;
    if (const auto done = trade::rebase(m.base, m.held, m.at->before, m.at->world); !done) {
      m.error = done.error();
      return Reason::not_solved;
    }
  }
  trade::incomes(m.at->world, m.at->income);
  return Reason::none;
}

Reason PressureWorlds::press(std::span<const double> p, Memory& m) const {
  Stage& x = *m.at;
  unshocked(x.world, m.shock);
  if (const Reason bad = apply(p, q_.measures, {}, x.world, m.shock); bad != Reason::none) return bad;
  if (x.done != Stage::Done::pressed || !same(x.shock, m.shock)) {
    copy(m.shock, x.shock);
    x.pressed = settle(x.world, x.shock, nullptr, true, m, x.under);
    x.done = Stage::Done::pressed;
    if (x.pressed != Reason::none) x.error = m.error;
  }
  m.last = &x.under;
  if (x.pressed != Reason::none) m.error = x.error;
  return x.pressed;
}

double PressureWorlds::share(const Memory& m, ActorId who, ActorId partner, bool buys) const {
  const trade::World& w = m.at->world;
  double all = 0, with = 0;
  for (std::uint32_t j = 0; j < w.sectors; ++j) {
    if (!economy_.base->goods[j]) continue;
    for (const auto x : regions(who))
      for (std::uint32_t n = 0; n < w.countries; ++n) {
        if (std::ranges::find(regions(who), n) != regions(who).end()) continue;
        const double flow = m.at->under.flow[buys ? w.cell(j, x, n) : w.cell(j, n, x)];
        all += flow;
        if (std::ranges::find(regions(partner), n) != regions(partner).end()) with += flow;
      }
  }
  return all > 0 ? with / all : std::numeric_limits<double>::quiet_NaN();
}

Reason PressureWorlds::join(std::span<const double> p, ActorId third, ActorId target, Memory& m) const {
  const trade::World& w = m.at->world;
  unshocked(w, m.trial);
  if (const Reason bad = apply(p, q_.measures, {.target = target, .but = third}, w, m.trial); bad != Reason::none)
    return bad;
  copy(m.at->shock, m.joined);
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
  return settle(w, m.joined, &m.at->under, false, m, m.other);
}

Reason PressureWorlds::utmost(std::span<const double> p, ActorId target, Memory& m) const {
  const trade::World& w = m.at->world;
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
                m.moves.push_back({c, true, std::min(1.0, m.at->shock.cost[c]), std::max(most, m.at->shock.cost[c])});
          if (q_.most_tariff != none && w.share[in] > 0)
            m.moves.push_back({in, false, std::min(w.tariff[in], m.at->shock.tariff[in]),
                               std::max(p[q_.most_tariff], m.at->shock.tariff[in])});
        }
    }
  }
  m.last = &m.reach.solution;
  trade::Options o = options();
  o.flows = false;
  const auto done =
      trade::reach(w, m.at->shock, m.at->under, m.moves, m.at->income, regions(target), o, m.kernel, m.reach);
  if (!done) {
    m.error = done.error();
    return Reason::not_solved;
  }
  return m.reach.status == trade::Status::solved ? Reason::none : Reason::no_supplier;
}

}  // namespace entente::ask
