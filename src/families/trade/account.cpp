// The answer to a question of pressure in words and tables, with the second opinion on reach.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/families/trade/economy.hpp"
#include "families/trade/model.hpp"

namespace entente::ask {

using number::show;
using situation::ActorId;
using situation::none;

namespace {

constexpr int starts = 4, steps = 25;  // of the second opinion
constexpr double nearly_all = 1e-4;    // a local search ends where so little of a flow is left; the corner goes on

std::string percent(double x, int digits = 2) { return show(x, digits) + " %"; }
Entry share(double x) { return Entry::number(100 * x, percent(100 * x), "%"); }

Phrase list(const std::vector<Phrase>& names) {
  Phrase out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

}  // namespace

Phrase PressureModel::names(std::span<const ActorId> all) const {
  std::vector<Phrase> out;
  for (const ActorId a : all) out.push_back(in_text(s_, a));
  return list(out);
}

Phrase PressureModel::country(std::size_t n, bool alone) const {
  const std::string& name = situation::economy(s_).base->countries[n];
  const ActorId who = s_.actor(name);
  return who == none ? named(name) : alone ? short_alone(s_, who) : short_in_text(s_, who);
}

Phrase PressureModel::lack(const trade::Lack& x) const {
  const auto& e = *situation::economy(s_).base;
  return x.user == trade::Lack::households
             ? say("households of {} are left without a supplier of {}", country(x.country), named(e.sectors[x.input]))
             : say("{} in {} stops for want of a supplier of {}", named(e.sectors[x.user]), country(x.country),
                   named(e.sectors[x.input]));
}

// A cell without a value, in words: who lacks what; which tariff pays its buyers; how near the solver came.
Phrase PressureModel::why(Reason r, const Work& w) const {
  if (r == Reason::not_solved)
    return w.m.error.message + "; tried from the nearest solved world, then from the base with four times the sweeps";
  if (r == Reason::no_supplier && w.m.last != nullptr && !w.m.last->lacks.empty()) {
    std::vector<Phrase> out;
    for (const auto& x : w.m.last->lacks)  // who is fatal stands last
      if (x.user == trade::Lack::households && out.size() < 3) out.push_back(lack(x));
    for (const auto& x : w.m.last->lacks)
      if (x.user != trade::Lack::households && out.size() < 3) out.push_back(lack(x));
    return list(out);
  }
  if (r == Reason::out_of_domain)
    for (const auto* shock : {&w.m.held, &w.m.shock, &w.m.trial})
      for (std::size_t c = 0; c < shock->tariff.size(); ++c)
        if (!(shock->tariff[c] > -1)) return below(c, shock->tariff[c]);
  return says(r);
}

// Measures add up: each above -100 % is no warrant for their sum.
Phrase PressureModel::below(std::size_t cell, double tariff) const {
  const auto& e = *situation::economy(s_).base;
  const std::size_t n = e.countries.size(), pair = cell % (n * n);
  return say("the measures bring the tariff of {} on {} from {} to {}, and it must stay above -100 %",
             country(pair / n), named(e.sectors[cell / (n * n)]), country(pair % n), percent(100 * tariff, 3));
}

Account PressureModel::account(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  Account a;
  a.reference = "Caliendo and Parro 2015, doi:10.1093/restud/rdu035";
  a.method =
      "Exact hat algebra of the trade model of Caliendo and Parro (2015): all prices, wages and flows find their new "
      "place. Reach by two corners of the bounds, a search from several starts beside it.";
  a.assumptions = {
      situation::economy(s_).base->about,
      "long run: labour moves between sectors at no cost, nothing is unemployed; losses of the first year are larger",
      "inputs replace each other by origin at the trade elasticity, and not at all by kind",
      "the first-order formula leaves out that trade finds other partners and other prices: a guide for small "
      "measures, "
      "far off for large ones",
      "only trade counts: no frozen reserves, no payments refused, no knowledge that stays away",
      "the third who joins does what the sternest of those who press does, sector by sector"};
  const Reason failed = under(p, false, w);
  if (failed != Reason::none) {
    a.headline = "No answer: " + why(failed, w) + ".";
    return a;
  }
  std::vector<Phrase> lost;
  for (const ActorId x : q_.on)
    if (worlds_.here(p, x)) lost.push_back(in_text(s_, x) + " " + percent(this->lost(w, x)));
  const double self = 100 * trade::loss(w.m.at->income, w.m.at->under.real_income, worlds_.coalition());
  a.headline =
      say("The measures cost {} of real income, and {}{} {}.", lost.empty() ? Phrase("no target anything") : list(lost),
          names(q_.coalition), q_.coalition.size() > 1 ? " as a whole" : "", percent(self));
  a.violation = trade::check(w.m.at->world, w.m.at->shock, worlds_.options().deficits, w.m.at->under);
  a.certificate = fmt::format(
      "residual {:.0e} after {} sweeps; the largest violation of an equilibrium condition by the judge {:.0e}",
      w.m.at->under.residual, w.m.at->under.iterations, a.violation);
  lines(a, p, w);
  measures(a, p, w);
  partners(a, p, w);
  for (std::size_t i = 0; i < w.m.at->under.lacks.size() && i < 4; ++i) a.notes.push_back(lack(w.m.at->under.lacks[i]));
  if (w.m.at->under.parts > 1)
    a.notes.push_back(
        fmt::format("the world falls into {} parts that do not trade with each other", w.m.at->under.parts));
  joined(a, p, w);
  reached(a, p, w);
  if (q_.on.size() > 1) {
    const Reason apart = under(p, true, w);
    std::vector<Phrase> each;
    for (const ActorId x : q_.on)
      if (apart == Reason::none && worlds_.here(p, x))
        each.push_back(
            say("{} {} instead of {}", in_text(s_, x), percent(loss(w, w.m.at->under, x)), percent(this->lost(w, x))));
    a.notes.push_back(apart == Reason::none
                          ? "if the targets did not trade with each other the same measures would cost " + list(each)
                          : "without trade between the targets there is no answer: " + why(apart, w));
  }
  if (worlds_.rebased() > 0)
    a.notes.push_back(
        fmt::format("the base was not quite an equilibrium; losses are counted from the one next to it, "
                    "in which real incomes are within {} of it",
                    percent(100 * worlds_.rebased())));
  return a;
}

void PressureModel::lines(Account& a, std::span<const double> p, Work& w) const {
  for (const ActorId x : actors_) {
    if (!worlds_.here(p, x)) continue;
    Reason reason = Reason::none;
    const double first = number({What::first_order, x, none}, w, reason);
    a.lines.push_back({"loss." + s_.actors[x].id, this->lost(w, x), "%",
                       say("of {} real income; {} by the first-order formula", of_text(s_, x), percent(first))});
  }
}

void PressureModel::measures(Account& a, std::span<const double> p, const Work&) const {
  Account::Table t{"Measures", {"measure", "by", "on", "what"}, {}};
  const auto ids = [&](const std::vector<ActorId>& all) {
    std::vector<Phrase> out;
    for (const ActorId x : all) out.push_back(short_alone(s_, x));
    return row(out, " ");
  };
  const auto measure = [&](std::uint32_t index, bool before) {
    const auto& m = situation::trade_measures(s_)[index];
    std::string what;
    const auto say = [&](const std::string& text) { what += (what.empty() ? "" : ", ") + text; };
    if (p[m.presence] == 0) say("absent");
    if (m.tariff_to != none) say("tariffs to " + percent(100 * p[m.tariff_to], 3));
    if (m.tariff_down_to != none) say("tariffs down to " + percent(100 * p[m.tariff_down_to], 3));
    if (m.tariff_add != none) say("tariffs by " + percent(100 * p[m.tariff_add], 3));
    if (m.cost_factor != none) say("costs times " + show(p[m.cost_factor], 3));
    if (m.trade_factor != none) say("leaves " + percent(100 * p[m.trade_factor], 3) + " of each flow");
    if (m.embargo) say("no trade");
    if (m.imports != m.exports) say(m.imports ? "imports" : "exports");
    if (before) say("in force beforehand");
    t.rows.push_back({named(m.name), ids(m.by), ids(m.on), what});
  };
  for (const auto m : situation::economy(s_).in_force) measure(m, true);
  for (const auto m : q_.measures) measure(m, false);
  a.tables.push_back(std::move(t));
}

// Whom the targets trade goods with, before and after: shares of what they buy and sell abroad.
void PressureModel::partners(Account& a, std::span<const double> p, const Work& w) const {
  const trade::World& world = w.m.at->world;
  const auto& goods = situation::economy(s_).base->goods;
  Account::Table t{"Goods, shares of what is bought and sold abroad, before and under the measures",
                   {"", "with", "buys", "then", "sells", "then"},
                   {}};
  for (const ActorId x : q_.on) {
    if (!worlds_.here(p, x)) continue;
    struct Sum {
      double buys = 0, buys_then = 0, sells = 0, sells_then = 0;
    };
    const auto mine = worlds_.regions(x);
    std::vector<Sum> by(world.countries);
    Sum all;
    for (std::uint32_t j = 0; j < world.sectors; ++j)
      for (const auto r : mine)
        for (std::uint32_t n = 0; goods[j] && n < world.countries; ++n) {
          if (std::ranges::find(mine, n) != mine.end()) continue;
          const std::size_t in = world.cell(j, r, n), out = world.cell(j, n, r);
          by[n].buys += world.expenditure[world.place(r, j)] * world.share[in] / (1 + world.tariff[in]);
          by[n].sells += world.expenditure[world.place(n, j)] * world.share[out] / (1 + world.tariff[out]);
          by[n].buys_then += w.m.at->under.flow[in];
          by[n].sells_then += w.m.at->under.flow[out];
        }
    for (const Sum& s : by) {
      all.buys += s.buys, all.buys_then += s.buys_then;
      all.sells += s.sells, all.sells_then += s.sells_then;
    }
    std::vector<std::uint32_t> order(world.countries);
    for (std::uint32_t n = 0; n < world.countries; ++n) order[n] = n;
    std::ranges::sort(order, [&](auto m, auto n) {
      const double first = by[m].buys_then + by[m].sells_then, second = by[n].buys_then + by[n].sells_then;
      return first != second ? first > second : m < n;
    });
    const auto part = [](double s, double whole) { return whole > 0 ? share(s / whole) : Entry::missing(); };
    for (std::size_t k = 0; k < order.size() && k < 6; ++k) {
      const Sum& s = by[order[k]];
      if (s.buys + s.sells == 0) continue;
      t.rows.push_back({Entry::actor(s_.actors[x].id), country(order[k]), part(s.buys, all.buys),
                        part(s.buys_then, all.buys_then), part(s.sells, all.sells),
                        part(s.sells_then, all.sells_then)});
    }
  }
  a.tables.push_back(std::move(t));
}

void PressureModel::joined(Account& a, std::span<const double> p, Work& w) const {
  if (pairs_.empty()) return;
  Account::Table t{
      "If a third joined those who press", {"third", "target", "spared by its staying out", "joining costs it"}, {}};
  for (const auto& [third, target] : pairs_) {
    if (!worlds_.here(p, third) || !worlds_.here(p, target)) continue;
    const Reason r = worlds_.join(p, third, target, w.m);
    if (r != Reason::none) {
      t.rows.push_back({Entry::actor(s_.actors[third].id), Entry::actor(s_.actors[target].id), Entry::missing("-", r),
                        Entry::missing("-", r)});
      a.notes.push_back(say("with {} joining there is no answer: {}", in_text(s_, third), why(r, w)));
      continue;
    }
    const auto more = [&](ActorId x) {
      const double points = loss(w, w.m.other, x) - this->lost(w, x);
      return Entry::number(points, percent(points), "%");
    };
    t.rows.push_back(
        {Entry::actor(s_.actors[third].id), Entry::actor(s_.actors[target].id), more(target), more(third)});
  }
  a.tables.push_back(std::move(t));
}

void PressureModel::reached(Account& a, std::span<const double> p, Work& w) const {
  std::vector<double> key;
  for (const auto id : reads_) key.push_back(p[id]);
  const bool known = key == w.searched;
  if (!known) w.found.assign(q_.on.size(), "");
  Account::Table t{"The coalition's utmost (best found, no proof)",
                   {"target", "loses", "the coalition, more", fmt::format("best of {} starts", starts)},
                   {}};
  for (std::size_t x = 0; x < q_.on.size(); ++x) {
    if (!worlds_.here(p, q_.on[x])) continue;
    const Reason r = worlds_.utmost(p, q_.on[x], w.m);
    if (r != Reason::none) {
      t.rows.push_back({Entry::actor(s_.actors[q_.on[x]].id), Entry::missing("-", r), Entry::missing("-", r), "-"});
      a.notes.push_back(say("of the reach against {} there is no answer: {}", in_text(s_, q_.on[x]), why(r, w)));
      continue;
    }
    Reason none_yet = Reason::none;
    const double cost = number({What::reach_cost, q_.on[x], none}, w, none_yet);
    if (w.m.reach.spared > 0)
      a.notes.push_back(say("against {} {} of {} flows are better left alone", in_text(s_, q_.on[x]), w.m.reach.spared,
                            w.m.moves.size()));
    if (!known) w.found[x] = second_opinion(w, q_.on[x]);
    t.rows.push_back({Entry::actor(s_.actors[q_.on[x]].id), share(w.m.reach.loss),
                      Entry::number(cost, percent(cost), "%"), w.found[x]});
  }
  w.searched = std::move(key);
  a.tables.push_back(std::move(t));
  if (q_.tolerance != none)
    a.notes.push_back("a target is beyond control where that is under " + percent(100 * p[q_.tolerance]) +
                      ", what it could lose and hold out");
}

// The kernel's search from several starts, with embargoes cut off where hardly anything is left.
std::string PressureModel::second_opinion(const Work& w, ActorId target) const {
  const trade::World& world = w.m.at->world;
  std::vector<trade::Move> moves = w.m.moves;
  for (trade::Move& m : moves)
    if (m.cost) {
      const double theta = world.theta[m.cell / (std::size_t{world.countries} * world.countries)];
      m.upper = std::min(m.upper, std::max(m.lower, trade::cost_leaving(nearly_all, theta)));
    }
  std::vector<double> weight(world.countries, 0);
  double total = 0;
  for (const auto n : worlds_.regions(target)) total += w.m.at->income[n];
  for (const auto n : worlds_.regions(target)) weight[n] = -w.m.at->income[n] / total;
  trade::SearchOptions o{.solve = worlds_.options(), .starts = starts, .limit = steps};
  o.solve.flows = false;
  trade::Workspace memory;
  const auto best = trade::search(world, w.m.at->shock, moves, weight, o, memory);
  if (!best) return "not found";
  const double harm = trade::loss(w.m.at->income, best->solution.real_income, worlds_.regions(target));
  return fmt::format("{} of {}", percent(100 * harm), starts);
}

}  // namespace entente::ask
