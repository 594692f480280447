// supply: how much reaches a buyer, and what is left when somebody withdraws or routes are cut.
//
// The kernel holds the theory (kernel/supply.hpp). Here names become numbers: an origin, a route or an owner that is
// absent in a world is out of the chain; without the buyer nothing is asked. `withdraw` takes what its actors make and
// what they ship. What could be made good is solved again with a buyer who pays no more than `at-most`: a shortage then
// does not end in a price that nobody would pay.
#include "families/supply/model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"

namespace entente::ask {
namespace {

constexpr double default_choke = 10.0;  // times the price of the demand, as in a market

}  // namespace

SupplyModel::SupplyModel(const situation::Situation& s, const situation::SupplyQuestion& q)
    : s_(s), q_(q), x_(situation::supplies(s)[q.supply]) {
  const number::Unit plain, unit = x_.unit;
  const auto add = [&](std::string name, const number::Unit& u, Phrase says, What what, unsigned group,
                       bool headline = false, std::size_t i = 0) {
    quantities_.push_back({std::move(name), u, std::move(says), group, headline});
    cells_.push_back({what, i});
  };
  const Phrase to = short_in_text(s_, x_.to);
  add("delivered", unit, "what reaches " + to + " in a year, counted at ordinary prices", What::delivered, as_it_is,
      true);
  add("price", plain, "the price that " + to + " pays, times the ordinary one", What::price, as_it_is, true);
  add("payment", unit, "what " + to + " pays for it in a year", What::payment, as_it_is);
  add("mark-up", plain, "payment over what the goods cost at their makers, less 1", What::mark_up, as_it_is, true);
  for (std::size_t i = 0; i < x_.origins.size(); ++i)
    add("origin." + x_.origins[i].name, plain, "share of it made there", What::origin, as_it_is, false, i);
  for (std::size_t i = 0; i < x_.routes.size(); ++i)
    add("route." + x_.routes[i].name, plain, "share of it shipped by that route", What::route, as_it_is, false, i);
  if (!q_.withdraw.empty()) {
    const Phrase who = withdrawn_told(true);
    add("after", unit, "what is delivered without " + who, What::after, withdrawn, true);
    add("left", plain, "that over what was delivered before", What::left, withdrawn, true);
    add("shortfall", unit, "what was delivered before less what is delivered then", What::shortfall, withdrawn);
    add("price-after", plain, "the price then, times the ordinary one", What::price_after, withdrawn, true);
    add("affordable", unit,
        "what is delivered without " + who +
            (q_.at_most == situation::none ? "" : " at a price of no more than `at-most`"),
        What::affordable, capped);
    add("made-good", plain, "that over what was delivered before", What::made_good, capped, true);
    add("can-make-good", plain, "1 if that is at least `at-least`", What::can, capped), last_is_yes_no();
  }
  if (q_.routes_cut > 0) {
    const std::string k = std::to_string(q_.routes_cut);
    add("after-cut", unit, "what is delivered with the worst " + k + " routes cut", What::after_cut, cut, true);
    add("cut-loss", plain, "share of what was delivered before that is lost then", What::cut_loss, cut, true);
    add("price-after-cut", plain, "the price then, times the ordinary one", What::price_after_cut, cut);
  }
  for (std::size_t i = 0; i < x_.origins.size(); ++i)
    add("without." + x_.origins[i].name, unit, "what is delivered if nothing is made there", What::without_origin,
        static_cast<unsigned>(each + i), false, i);
  for (std::size_t i = 0; i < x_.routes.size(); ++i)
    add("without." + x_.routes[i].name, unit, "what is delivered if that route is closed", What::without_route,
        static_cast<unsigned>(each + x_.origins.size() + i), false, i);
  const auto read = [&](situation::ParamId p) {
    if (p != situation::none) reads_.push_back(p);
  };
  const auto owner = [&](situation::ActorId a) {
    if (a != situation::none) read(s_.actors[a].presence);
  };
  for (const auto& o : x_.origins) {
    for (const auto p : {o.capacity, o.cost, o.rise, o.presence}) read(p);
    owner(o.of);
  }
  for (const auto& r : x_.routes) {
    for (const auto p : {r.capacity, r.mark_up, r.stopped, r.toll, r.presence, r.stretch, r.dearer}) read(p);
    owner(r.of);
  }
  for (const auto p : {x_.quantity, x_.price, x_.elasticity, x_.choke, q_.at_least, q_.at_most}) read(p);
  owner(x_.to);
}

std::unique_ptr<Model::Scratch> SupplyModel::scratch() const {
  auto w = std::make_unique<Work>();
  w->chain.origins.resize(x_.origins.size());
  w->chain.routes.resize(x_.routes.size());
  for (std::size_t i = 0; i < x_.routes.size(); ++i) w->chain.routes[i].carries = x_.routes[i].carries;
  return w;
}

double SupplyModel::cap(std::span<const double> p) const {
  return q_.at_most == situation::none ? any_price : p[q_.at_most];
}

Reason SupplyModel::fill(std::span<const double> p, Work& w) const {
  const auto here = [&](situation::ParamId own, situation::ActorId of) {
    return p[own] != 0 && (of == situation::none || p[s_.actors[of].presence] != 0);
  };
  const auto value = [&](situation::ParamId id) { return id == situation::none ? 0.0 : p[id]; };
  w.gone = {};
  for (std::size_t i = 0; i < x_.origins.size(); ++i) {
    const auto& o = x_.origins[i];
    if (!here(o.presence, o.of)) w.gone.origins |= supply::Set{1} << i;
    w.chain.origins[i] = {.capacity = p[o.capacity], .cost = p[o.cost], .rise = p[o.rise]};
  }
  for (std::size_t i = 0; i < x_.routes.size(); ++i) {
    const auto& r = x_.routes[i];
    if (!here(r.presence, r.of)) w.gone.routes |= supply::Set{1} << i;
    w.chain.routes[i] = {.carries = r.carries,
                         .capacity = p[r.capacity],
                         .mark_up = p[r.mark_up],
                         .stretch = value(r.stretch),
                         .dearer = value(r.dearer),
                         .stopped = p[r.stopped],
                         .toll = p[r.toll]};
  }
  w.chain.demand = {.quantity = p[x_.quantity],
                    .price = p[x_.price],
                    .elasticity = p[x_.elasticity],
                    .choke = x_.choke == situation::none ? default_choke * p[x_.price] : p[x_.choke]};
  if (p[s_.actors[x_.to].presence] == 0) return Reason::absent;
  return supply::validate(w.chain) ? Reason::none : Reason::out_of_domain;
}

Reason SupplyModel::solve(Work& w, supply::Set origins, supply::Set routes, double at_most, supply::Delivery& d) const {
  const supply::Out out{w.gone.origins | origins, w.gone.routes | routes};
  return supply::solve(w.chain, out, at_most, w.kernel, d) ? Reason::none : Reason::not_solved;
}

void SupplyModel::evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                           std::span<Reason> reason) const {
  auto& w = static_cast<Work&>(scratch);
  const auto asked = [&](unsigned group) { return groups[group]; };
  Reason base = fill(p, w);
  if (base == Reason::none) base = solve(w, 0, 0, any_price, w.now);
  std::array<Reason, each> of{};
  of.fill(base);
  if (base == Reason::none && !q_.withdraw.empty()) {
    if (asked(withdrawn)) of[withdrawn] = solve(w, q_.origins, q_.routes, any_price, w.after);
    if (asked(capped)) of[capped] = solve(w, q_.origins, q_.routes, cap(p), w.capped);
  }
  if (base == Reason::none && q_.routes_cut > 0 && asked(cut)) {
    const bool found =
        supply::interdict(w.chain, w.gone, q_.routes_cut, most_solves, w.kernel, w.worst) && w.worst.proven;
    of[cut] = found ? solve(w, 0, w.worst.routes, any_price, w.cut) : Reason::not_solved;
  }
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const unsigned group = quantities_[c].group;
    if (!asked(group)) continue;
    reason[c] = group < each ? of[group] : base;
    value[c] = reason[c] == Reason::none ? number(cells_[c], p, w, reason[c]) : undefined;
    if (reason[c] == Reason::none && std::isnan(value[c]))
      reason[c] = w.now.quantity > 0 && cells_[c].what == What::mark_up ? Reason::no_value : Reason::undelivered;
  }
}

double SupplyModel::number(const Cell& c, std::span<const double> p, Work& w, Reason& reason) const {
  const double before = w.now.quantity, sum = before > 0 ? before : undefined;
  switch (c.what) {
    case What::delivered:
      return before;
    case What::price:
      return w.now.price;
    case What::payment:
      return before > 0 ? w.now.price * before : 0.0;
    case What::mark_up:
      return w.now.making > 0 ? w.now.price * before / w.now.making - 1 : undefined;
    case What::origin:
      return w.now.made[c.i] / sum;
    case What::route:
      return w.now.shipped[c.i] / sum;
    case What::after:
      return w.after.quantity;
    case What::left:
      return w.after.quantity / sum;
    case What::shortfall:
      return before - w.after.quantity;
    case What::price_after:
      return w.after.price;
    case What::affordable:
      return w.capped.quantity;
    case What::made_good:
      return w.capped.quantity / sum;
    case What::can:
      return before > 0 ? (w.capped.quantity >= p[q_.at_least] * before ? 1.0 : 0.0) : undefined;
    case What::without_origin:
      reason = solve(w, supply::Set{1} << c.i, 0, any_price, w.other);
      return w.other.quantity;
    case What::without_route:
      reason = solve(w, 0, supply::Set{1} << c.i, any_price, w.other);
      return w.other.quantity;
    case What::after_cut:
      return w.cut.quantity;
    case What::price_after_cut:
      return w.cut.price;
    case What::cut_loss:
      return 1 - w.cut.quantity / sum;
  }
  return undefined;
}

std::unique_ptr<Model> compile_supply(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<SupplyModel>(s, *q.what.as<situation::SupplyQuestion>());
}

}  // namespace entente::ask
