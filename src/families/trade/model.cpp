// pressure: what measures of trade cost whom, and how far a coalition could go.
//
// Worlds and their shocks are made in pressure_worlds.cpp, solved by the trade kernel. Here their solutions become
// cells. A loss is the part of real income that an actor's regions lose together, in percent, against the same world
// without the measures. Each group of quantities is a world or two of its own, so that draws solve only what is asked:
//   0                    before, and under the measures
//   1                    both once more with no trade between the targets
//   2 + x                the coalition's utmost against target x
//   2 + targets          all of these
//   3 + targets + k      the third of pair k joins those who press its target
// Where a world has no answer, its own cells say so and the others stand.
#include "families/trade/model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"

namespace entente::ask {

using situation::ActorId;
using situation::none;

namespace {
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t remembered = 3;  // worlds kept: the base and two more
}  // namespace

PressureModel::PressureModel(const situation::Situation& s, const situation::PressureQuestion& q,
                             const situation::BaseYear& base)
    : s_(s), q_(q), worlds_(s, q, base) {
  const number::Unit percent = *number::parse_unit("%"), plain;
  const auto add = [&](std::string name, const number::Unit& unit, Phrase says, std::size_t group, What what,
                       ActorId a = none, ActorId b = none, bool headline = false) {
    quantities_.push_back({std::move(name), unit, std::move(says), static_cast<unsigned>(group), headline});
    cells_.push_back({what, a, b});
  };
  const auto id = [&](ActorId a) { return s.actors[a].id; };
  const auto told = [&](ActorId a) { return short_in_text(s, a); };
  const auto know = [&](ActorId a) {
    if (std::ranges::find(actors_, a) == actors_.end()) actors_.push_back(a);
  };
  for (const auto* list : {&q.on, &q.coalition, &q.third})
    for (const ActorId a : *list) know(a);
  for (const auto m : q.measures)
    for (const ActorId a : situation::trade_measures(s)[m].by) know(a);
  const auto target = [&](ActorId a) { return std::ranges::find(q.on, a) != q.on.end(); };
  for (const ActorId a : actors_)
    add("loss." + id(a), percent, "real income lost under the measures, against the same world without them", 0,
        What::loss, a, none, target(a));
  for (const ActorId a : actors_)
    add("first-order." + id(a), percent, "the same by the first-order formula, which is not exact for large measures",
        0, What::first_order, a);
  add("self-loss", percent, "what the coalition as a whole loses by the measures", 0, What::self_loss, none, none,
      true);
  for (const ActorId x : q.on)
    for (const auto* list : {&q.on, &q.third})
      for (const ActorId y : *list)
        if (x != y) {
          add("import-share." + id(x) + "." + id(y), percent,
              say("share of {} in the goods that {} buys abroad, under the measures", told(y), told(x)), 0,
              What::import_share, x, y);
          add("export-share." + id(x) + "." + id(y), percent,
              say("share of {} in the goods that {} sells abroad, under the measures", told(y), told(x)), 0,
              What::export_share, x, y);
        }
  if (q.on.size() > 1)
    for (const ActorId x : q.on) {
      add("alone." + id(x), percent,
          "what the same measures would cost it if the targets did not trade with each other, against a world in which "
          "they do not",
          1, What::alone, x);
      add("together." + id(x), percent, "what their trade with each other takes off its loss: alone less loss", 1,
          What::together, x, none, true);
    }
  if (q.tolerance != none) add("tolerance", percent, "what a target can lose and hold out", 0, What::tolerance);
  for (std::size_t x = 0; x < q.on.size(); ++x) {
    const std::string to = id(q.on[x]);
    add("reach." + to, percent,
        "the most that the coalition was found to be able to make it lose within bounds, measures in force included",
        2 + x, What::reach, q.on[x], none, true);
    add("reach-adds." + to, percent, "that less what it loses as things stand", 2 + x, What::reach_adds, q.on[x]);
    add("reach-cost." + to, percent, "what the coalition would then lose itself, beside what it loses as things stand",
        2 + x, What::reach_cost, q.on[x], none, true);
    if (q.tolerance != none)
      add("beyond." + to, plain, "1 if that reach is below the tolerance", 2 + x, What::beyond, q.on[x]),
          last_is_yes_no();
  }
  all_ = 2 + q.on.size();
  if (q.tolerance != none)
    add("beyond", plain, "1 if the reach is below the tolerance against every target", all_, What::beyond_all),
        last_is_yes_no();
  for (const ActorId x : q.on)
    for (const auto* list : {&q.on, &q.third})
      for (const ActorId t : *list)
        if (t != x && pressed_by_others(x, t)) pairs_.push_back({t, x});
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    const auto [t, x] = pairs_[k];
    add("shelter." + id(t) + "." + id(x), percent,
        say("what {}'s staying out spares {}: its loss with {} joining less its loss", told(t), told(x), told(t)),
        all_ + 1 + k, What::shelter, t, x, true);
    add("joining-cost." + id(t) + "." + id(x), percent,
        say("what joining those who press {} would cost {} itself", told(x), told(t)), all_ + 1 + k, What::joining, t,
        x, true);
  }
  worlds_.reads(reads_);
  std::ranges::sort(reads_);
  reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
}

// Somebody other than `third` takes a measure on the target.
bool PressureModel::pressed_by_others(ActorId target, ActorId third) const {
  return std::ranges::any_of(q_.measures, [&](std::uint32_t m) {
    const auto& x = situation::trade_measures(s_)[m];
    return std::ranges::find(x.on, target) != x.on.end() &&
           std::ranges::any_of(x.by, [&](ActorId a) { return a != third && a != target; });
  });
}

std::unique_ptr<Model::Scratch> PressureModel::scratch_beside(std::span<const std::unique_ptr<Scratch>> earlier) const {
  auto w = std::make_unique<Work>();
  const PressureWorlds::Memory* beside = nullptr;
  for (const auto& x : earlier)
    if (const auto* other = dynamic_cast<const Work*>(x.get()); other != nullptr && beside == nullptr)
      beside = &other->m;
  w->m = worlds_.memory(beside);
  w->lost.assign(actors_.size(), 0.0);
  w->harm.assign(q_.on.size(), 0.0);
  w->harm_reason.assign(q_.on.size(), Reason::none);
  Work::Kept empty;
  empty.read.assign(reads_.size(), undefined);
  empty.value.assign(cells_.size(), undefined);
  empty.harmed = w->harm;
  empty.reason.assign(cells_.size(), Reason::none);
  w->kept.assign(remembered, empty);
  return w;
}

double PressureModel::loss(const Work& w, const trade::Solution& s, ActorId a) const {
  return 100 * trade::loss(w.m.at->income, s.real_income, worlds_.regions(a));
}

// Before and under the measures; what everybody loses is kept, since later worlds use the same memory.
Reason PressureModel::under(std::span<const double> p, bool apart, Work& w) const {
  if (const Reason bad = worlds_.begin(p, apart, w.m); bad != Reason::none) return bad;
  if (const Reason bad = worlds_.press(p, w.m); bad != Reason::none) return bad;
  if (!apart)
    for (std::size_t a = 0; a < actors_.size(); ++a) w.lost[a] = loss(w, w.m.at->under, actors_[a]);
  return Reason::none;
}

double PressureModel::lost(const Work& w, ActorId a) const {
  return w.lost[static_cast<std::size_t>(std::ranges::find(actors_, a) - actors_.begin())];
}

// Equilibria do not depend on the tolerance, and who judges claims asks for the same worlds again with some other
// number changed; so the last few worlds are kept.
void PressureModel::evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                             std::span<Reason> reason) const {
  auto& w = static_cast<Work&>(scratch);
  const auto same = [&](const Work::Kept& k) {
    for (std::size_t i = 0; i < reads_.size(); ++i)
      if (reads_[i] != q_.tolerance && k.read[i] != p[reads_[i]]) return false;
    return true;
  };
  auto found = std::ranges::find_if(w.kept, same);
  if (found == w.kept.end()) {
    found = w.kept.begin() + static_cast<std::ptrdiff_t>(w.oldest);
    w.oldest = (w.oldest + 1) % w.kept.size();
    for (std::size_t i = 0; i < reads_.size(); ++i) found->read[i] = p[reads_[i]];
    found->done.clear();
  }
  Work::Kept& kept = *found;
  if (const Groups missing = groups.without(kept.done); !missing.empty()) {
    fill(p, missing, w, kept);
    kept.done |= missing;
    for (std::size_t x = 0; x < q_.on.size(); ++x)
      if (missing[2 + x] || missing[all_]) kept.harmed[x] = w.harm[x];
  }
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    if (!groups[quantities_[c].group]) continue;
    value[c] = kept.value[c];
    reason[c] = kept.reason[c];
    if (reason[c] != Reason::none) continue;
    const auto below = [&](double harm) { return harm < 100 * p[q_.tolerance]; };
    switch (cells_[c].what) {
      case What::tolerance:
        value[c] = 100 * p[q_.tolerance];
        break;
      case What::beyond:
        value[c] = below(kept.harmed[static_cast<std::size_t>(std::ranges::find(q_.on, cells_[c].a) - q_.on.begin())]);
        break;
      case What::beyond_all:
        value[c] = std::ranges::all_of(kept.harmed, below);
        break;
      default:
        break;
    }
  }
}

void PressureModel::fill(std::span<const double> p, const Groups& groups, Work& w, Work::Kept& to) const {
  auto& value = to.value;
  auto& reason = to.reason;
  const auto put = [&](std::size_t group, Reason failed) {
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (quantities_[c].group != group) continue;
      const Cell& x = cells_[c];
      reason[c] =
          (x.a != none && !worlds_.here(p, x.a)) || (x.b != none && !worlds_.here(p, x.b)) ? Reason::absent : failed;
      value[c] = reason[c] == Reason::none ? number(x, w, reason[c]) : undefined;
    }
  };
  const Reason failed = under(p, false, w);
  if (groups[0]) put(0, failed);
  const bool every = groups[all_];
  for (std::size_t x = 0; x < q_.on.size(); ++x) {
    if (!groups[2 + x] && !every) continue;
    w.harm_reason[x] = !worlds_.here(p, q_.on[x]) ? Reason::absent
                       : failed != Reason::none   ? failed
                                                  : worlds_.utmost(p, q_.on[x], w.m);
    if (w.harm_reason[x] == Reason::none) w.harm[x] = 100 * w.m.reach.loss;
    if (groups[2 + x]) put(2 + x, w.harm_reason[x]);
  }
  if (every) {
    Reason bad = Reason::none;
    for (const Reason r : w.harm_reason)
      if (bad == Reason::none) bad = r;
    put(all_, bad);
  }
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    if (!groups[all_ + 1 + k]) continue;
    const bool both = worlds_.here(p, pairs_[k].first) && worlds_.here(p, pairs_[k].second);
    put(all_ + 1 + k, failed != Reason::none ? failed
                      : !both                ? Reason::absent
                                             : worlds_.join(p, pairs_[k].first, pairs_[k].second, w.m));
  }
  if (groups[1]) put(1, failed != Reason::none ? failed : under(p, true, w));  // the last: it moves the base
}

double PressureModel::number(const Cell& c, const Work& w, Reason& reason) const {
  const auto& m = w.m;
  switch (c.what) {
    case What::loss:
      return lost(w, c.a);
    case What::first_order: {
      double income = 0, sum = 0;
      for (const auto n : worlds_.regions(c.a)) {
        income += m.at->income[n];
        sum -= m.at->income[n] * m.at->under.first_order[n];
      }
      return 100 * sum / income;
    }
    case What::self_loss:
      return 100 * trade::loss(m.at->income, m.at->under.real_income, worlds_.coalition());
    case What::import_share:
    case What::export_share: {
      const double share = worlds_.share(m, c.a, c.b, c.what == What::import_share);
      if (std::isnan(share)) reason = Reason::no_volume;
      return 100 * share;
    }
    case What::alone:
      return loss(w, m.at->under, c.a);
    case What::together:
      return loss(w, m.at->under, c.a) - lost(w, c.a);
    case What::tolerance:
    case What::beyond:
    case What::beyond_all:
      return 0;  // evaluate() has these
    case What::reach:
      return 100 * m.reach.loss;
    case What::reach_adds:
      return 100 * m.reach.loss - lost(w, c.a);
    case What::reach_cost:
      return 100 * (trade::loss(m.at->income, m.reach.solution.real_income, worlds_.coalition()) -
                    trade::loss(m.at->income, m.at->under.real_income, worlds_.coalition()));
    case What::shelter:
      return loss(w, m.other, c.b) - lost(w, c.b);
    case What::joining:
      return loss(w, m.other, c.a) - lost(w, c.a);
  }
  return undefined;
}

std::unique_ptr<Model> compile_pressure(const situation::Situation& s, const situation::Question& q, Diagnostics& out) {
  const auto& economy = situation::economy(s);
  const auto base = situation::base_year(economy);
  if (base) return std::make_unique<PressureModel>(s, *q.what.as<situation::PressureQuestion>(), **base);
  out.error("E0851", economy.span, "these tables have no equilibrium: losses could be counted from nowhere",
            base.error().message);
  return nullptr;
}

}  // namespace entente::ask
