// The account of a supply: the answer in words and rows, the judges' verdicts, what is taken for granted.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "families/supply/model.hpp"

namespace entente::ask {
namespace {

using number::show;

constexpr std::uint64_t most_listed = 2000;  // sets of routes that the account tries one by one

std::string percent(double x) {
  if (!std::isfinite(x)) return "none";
  return x > 0 && x < 0.005 ? std::string("<1 %") : fmt::format("{:.0f} %", 100 * x);
}
Entry share(double part, double whole) {
  if (!(whole > 0)) return Entry::missing("none");
  return Entry::number(100 * part / whole, percent(part / whole), "%");
}

template <class Part>
Phrase list(const std::vector<Part>& parts, supply::Set set) {
  std::vector<Phrase> out;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (set >> i & 1u) out.push_back(named(parts[i].name));
  return row(out, ", ");
}

}  // namespace

Phrase SupplyModel::withdrawn_told(bool brief) const {
  std::vector<Phrase> out;
  for (const auto& name : q_.withdraw) {
    const auto actor = s_.actor(name);
    out.push_back(actor == situation::none ? named(name) : brief ? short_in_text(s_, actor) : in_text(s_, actor));
  }
  return row(out, " and ");
}

Account SupplyModel::account(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  Account a;
  const Phrase to = in_text(s_, x_.to);
  const std::string unit = x_.unit.text;
  a.reference = "Samuelson 1952, American Economic Review 42; Granot and Veinott 1985, doi:10.1287/moor.10.3.471";
  a.method =
      "Equilibrium of one buyer, the makers and the routes that their goods share (Samuelson 1952, Takayama and Judge "
      "1971); what is left without somebody is a second equilibrium; the worst cut is found exactly, by branch and "
      "bound "
      "with the bound that other routes ship no less when one is lost (Granot and Veinott 1985).";
  a.assumptions = {
      "goods of one kind serve alike, whoever made them; what no other origin can make belongs into a supply of its "
      "own",
      "everybody is a price taker; who is scarce earns the difference",
      "the answer is for a year in which others have had the time to use their capacity and no more than it; stocks "
      "are "
      "left out",
      "what enforcement stops is not paid for; what is seized after payment would cost more"};
  Reason bad = fill(p, w);
  if (bad == Reason::none) bad = solve(w, 0, 0, any_price, w.now);
  if (bad != Reason::none) {
    a.headline =
        bad == Reason::absent ? say("{} is not there in this world, so nobody buys.", to) : Phrase(says(bad)) + ".";
    a.certificate = "nothing to check";
    return a;
  }
  const double before = w.now.quantity;
  double residual = supply::check(w.chain, w.gone, any_price, w.kernel, w.now);
  const auto judged = [&](supply::Set origins, supply::Set routes, double at_most, supply::Delivery& d) {
    if (solve(w, origins, routes, at_most, d) != Reason::none) return false;
    residual = std::max(
        residual, supply::check(w.chain, {w.gone.origins | origins, w.gone.routes | routes}, at_most, w.kernel, d));
    return true;
  };
  if (!(before > 0)) {
    const bool wanted = w.chain.demand.quantity > 0;
    a.headline = wanted ? say("Nothing reaches {}: no origin is joined to it by a route at a price below {} "
                              "times the ordinary one.",
                              to, show(w.chain.demand.choke, 3))
                        : say("{} wants nothing.", to);
  } else {
    a.headline =
        say("{} {} reach {}, at {} times the ordinary price.", show(before, 3), unit, to, show(w.now.price, 3));
  }
  a.lines.push_back({"delivered", before, unit,
                     before > 0 ? fmt::format("of {} wanted at a price of {}", show(w.chain.demand.quantity, 3),
                                              show(w.chain.demand.price, 3))
                                : ""});
  if (before > 0) {
    a.lines.push_back({"price", w.now.price, "", "times the ordinary price, what others pay"});
    a.lines.push_back({"payment", w.now.price * before, unit,
                       fmt::format("makers' cost {}, mark-ups and tolls {}, the rest is earned by who is scarce",
                                   show(w.now.making, 3), show(w.now.bringing, 3))});
  }
  if (!q_.withdraw.empty() && before > 0) {
    const Phrase who = withdrawn_told(false);
    const Phrase takes = [&] {
      const Phrase made = list(x_.origins, q_.origins), shipped = list(x_.routes, q_.routes);
      return (made.empty() ? Phrase() : say("what {} makes", made)) +
             (made.empty() || shipped.empty() ? "" : ", and ") + (shipped.empty() ? Phrase() : "the way by " + shipped);
    }();
    if (judged(q_.origins, q_.routes, any_price, w.after) && judged(q_.origins, q_.routes, cap(p), w.capped)) {
      const bool limited = q_.at_most != situation::none;
      const bool good = w.capped.quantity >= p[q_.at_least] * before;
      a.headline += say(
          " If {} withdrew, {} of it would be left{}{}: the others {} make good {}.", who,
          percent(w.after.quantity / before),
          w.after.quantity > 0 ? fmt::format(" at {} times the ordinary price", show(w.after.price, 3)) : "",
          limited
              ? fmt::format(", and {} at a price of at most {}", percent(w.capped.quantity / before), show(cap(p), 3))
              : "",
          good ? "can" : "cannot", percent(p[q_.at_least]));
      a.lines.push_back(
          {"left", w.after.quantity / before, "", "share left without " + who + "; it takes away " + takes});
      a.lines.push_back({"made-good", w.capped.quantity / before, "",
                         limited ? "the same if no more than `at-most` is paid" : "the same: no price is too high"});
      if (limited && w.now.price > cap(p)) a.notes.push_back("the price is above `at-most` before anybody withdraws");
    } else {
      a.notes.push_back("without " + who + " the market kernel missed its tolerance");
    }
  }
  std::string proof;
  if (q_.routes_cut > 0 && before > 0) {
    if (supply::interdict(w.chain, w.gone, q_.routes_cut, most_solves, w.kernel, w.worst) &&
        judged(0, w.worst.routes, any_price, w.cut)) {
      const auto& x = w.worst;
      a.headline += x.routes == 0 ? Phrase(" No cut of routes would make a difference.")
                                  : say(" The worst {} to lose {}: {}. That leaves {}.",
                                        q_.routes_cut == 1 ? "route" : std::to_string(q_.routes_cut) + " routes",
                                        q_.routes_cut == 1 ? "is" : "are", list(x_.routes, x.routes),
                                        percent(w.cut.quantity / before));
      a.lines.push_back({"after-cut", w.cut.quantity, unit, "with " + list(x_.routes, x.routes) + " cut"});
      const double listed = supply::enumerate(w.chain, w.gone, q_.routes_cut, most_listed, w.kernel);
      proof = x.proven ? fmt::format("; worst cut proven with {} equilibria", x.solves)
                       : fmt::format("; worst cut not proven: {} at best, no less than {}", show(x.delivered, 4),
                                     show(x.bound, 4));
      if (!std::isnan(listed))
        proof +=
            fmt::format(", and against a list of all cuts: difference {:.1e}", std::abs(listed - x.delivered) / before);
    } else {
      proof = "; worst cut not found: the market kernel missed its tolerance";
    }
  }
  const auto without = [&](supply::Set origins, supply::Set routes) {
    return judged(origins, routes, any_price, w.other) ? Entry::number(w.other.quantity) : Entry::missing("none");
  };
  Account::Table made{"Who makes it, " + unit, {"origin", "could make", "makes", "share", "delivered without it"}, {}};
  for (std::size_t i = 0; i < x_.origins.size(); ++i) {
    const bool gone = w.gone.origins >> i & 1u;
    made.rows.push_back({named(x_.origins[i].name),
                         gone ? Entry::missing("absent", Reason::absent) : Entry::number(w.chain.origins[i].capacity),
                         Entry::number(w.now.made[i]), share(w.now.made[i], before), without(supply::Set{1} << i, 0)});
  }
  a.tables.push_back(std::move(made));
  Account::Table shipped{
      "Who ships it, " + unit, {"route", "could ship", "adds", "ships", "share", "delivered without it"}, {}};
  for (std::size_t i = 0; i < x_.routes.size(); ++i) {
    const bool gone = w.gone.routes >> i & 1u;
    const auto& r = w.chain.routes[i];
    const double passes = 1 - r.stopped;
    shipped.rows.push_back({named(x_.routes[i].name),
                            gone            ? Entry::missing("absent", Reason::absent)
                            : r.stretch > 0 ? Entry(show(passes * r.capacity, 3) + " + " + show(passes * r.stretch, 3))
                                            : Entry::number(passes * r.capacity),
                            percent(r.mark_up + r.toll) + (r.stretch > 0 ? " + " + percent(r.dearer) : ""),
                            Entry::number(w.now.shipped[i]), share(w.now.shipped[i], before),
                            without(0, supply::Set{1} << i)});
  }
  a.tables.push_back(std::move(shipped));
  a.violation = residual;
  a.certificate =
      fmt::format("equilibrium conditions of every network solved: largest violation {:.1e}{}", residual, proof);
  return a;
}

}  // namespace entente::ask
