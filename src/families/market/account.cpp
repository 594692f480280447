#include "families/market/account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "families/market/market_words.hpp"

namespace entente::ask {
namespace {

using number::show;

std::string money(double x, const std::string& unit) { return show(x, 3) + " " + unit; }

struct Teller {
  const DealStory& d;
  std::span<const double> p;
  const DealYear& y = d.scratch.year;
  const DealShape& shape = d.engine.shape();
  Account a = {};

  const std::string& id(std::size_t player) const { return d.s.actors[shape.parties[player]].id; }
  Phrase name(std::size_t player) const { return in_text(d.s, shape.parties[player]); }
  const std::string& price() const { return d.m.price.text; }
  const std::string& cash() const { return d.m.money.text; }

  Phrase built() const {
    std::vector<Phrase> out;
    for (std::size_t c = 0; c < d.q.over.size(); ++c)
      if (y.built >> c & 1u) out.push_back(named(d.m.links[d.q.over[c]].name));
    return row(out, " and ");
  }

  // The set of bargains is a single point, to the rounding of the limits.
  bool touch() const {
    return std::abs(y.limit_buyer - y.limit_seller) <= 1e-9 * (std::abs(y.limit_buyer) + std::abs(y.limit_seller));
  }

  void headline() {
    switch (y.state) {
      case Reason::no_link:
        a.headline = "Nothing to bargain over: no link at stake can be built here.";
        return;
      case Reason::no_volume:
        a.headline = "Nothing would flow over " + built() + ": no volume, hence no price.";
        return;
      case Reason::not_solved:
        a.headline = "Not solved: a kernel missed its tolerance.";
        return;
      case Reason::no_deal:
        if (touch()) {
          a.headline = say(
              "No deal over {}: {} needs at least {} {} and {} pays at most just that; at this one price a deal would "
              "gain them nothing, so there is nothing to divide.",
              built(), name(shape.seller), show(y.limit_seller, 3), price(), name(shape.buyer));
          return;
        }
        a.headline =
            say("No deal over {}: {} needs at least {} {}, {} pays at most {}; the limits do not meet.", built(),
                name(shape.seller), show(y.limit_seller, 3), price(), name(shape.buyer), show(y.limit_buyer, 3));
        return;
      default:
        break;
    }
    a.headline = say("A deal over {} is worth {} to its parties together: {} {} a year between {} and {} {}.", built(),
                     money(y.gain, cash()), show(y.volume, 3), d.m.quantity.text.substr(0, d.m.quantity.text.find('/')),
                     show(y.limit_seller, 3), show(y.limit_buyer, 3), price());
  }

  void limits() {
    if (y.state != Reason::none && y.state != Reason::no_deal) return;
    const double units = y.volume * shape.money;
    Phrase parts;
    for (std::size_t c = 0; c < d.q.over.size(); ++c)
      if (y.built >> c & 1u && d.scratch.yearly[c] > 0 && shape.payer[c] != shape.buyer)
        parts += say("{} for building {}; ", money(d.scratch.yearly[c], cash()), named(d.m.links[d.q.over[c]].name));
    parts += fmt::format("in all {} over {} {}", money(y.limit_seller * units, cash()), show(y.volume, 3),
                         d.m.quantity.text);
    a.lines.push_back({"limit." + id(shape.seller), y.limit_seller, price(),
                       "lowest price at which " + name(shape.seller) + " gains: " + parts});
    // What the buyer's own market pays with the link, and what a lower price there gives it on all else that it buys.
    const auto node = d.m.links[d.q.over[static_cast<std::size_t>(std::countr_zero(y.built))]].to;
    double pays = 0;  // for building, by unit
    for (std::size_t c = 0; c < d.q.over.size(); ++c)
      if (y.built >> c & 1u && shape.payer[c] == shape.buyer) pays += d.scratch.yearly[c] / units;
    const double before = y.without.price[node], after = y.with.price[node], rest = y.limit_buyer + pays - after;
    Phrase buyer = say("highest price at which {} gains: ", name(shape.buyer));
    if (const auto cut = short_at(node, y.with); cut < d.m.consumers.size())
      buyer += fmt::format("{}, {}, not a market's price, since {} reaches it even so", show(after, 3),
                           cut_words(d.m.consumers[cut]),
                           supply_of(d.scratch.network, y.with, cut) == Supply::little ? "too little" : "nothing");
    else buyer += "the market's price there, " + show(after, 3);
    if (pays > 0) buyer += fmt::format(", less {} for building, by unit", show(pays, 3));
    const double least = 1e-6 * std::abs(y.limit_buyer);
    if (std::abs(before - after) > least && std::abs(rest) > least)
      buyer += fmt::format(", and {} because that price moves from {} to {}, on all else that it buys, sells or uses",
                           show(rest, 3), show(before, 3), show(after, 3));
    else if (std::abs(rest) > least) buyer += fmt::format(", and {} from what else changes for it", show(rest, 3));
    a.lines.push_back({"limit." + id(shape.buyer), y.limit_buyer, price(), buyer});
    double lost = 0;  // by those who are not at the table
    for (std::size_t x = 0; x <= shape.actors; ++x)
      if (!at_table(x)) lost += std::max(0.0, -y.change[x]) / units;
    const double taken = std::min(rest, lost);
    if (taken > 0.15 * std::abs(y.limit_buyer))
      a.notes.push_back(say(
          "{:.0f} % of {} limit is the fall of the price on what it buys from price takers, who lose it (see others)",
          100 * taken / y.limit_buyer, of_text(d.s, shape.parties[shape.buyer])));
    a.lines.push_back({"zone", y.limit_buyer - y.limit_seller, price(),
                       y.gain > 0 ? "the limits meet"
                       : touch()  ? "the limits are one price: nothing to divide"
                                  : "the limits do not meet"});
    const std::string unbuilt = y.state == Reason::no_deal ? ", if it were built; without a deal it is not" : "";
    a.lines.push_back({"gain", y.gain, cash(), std::string("all whose consent it needs together, a year") + unbuilt});
    a.lines.push_back({"volume", y.volume, d.m.quantity.text, "over " + built() + unbuilt});
  }

  // A consumer at a node whose price is no market's price: the number of consumers where there is none.
  std::size_t short_at(std::uint32_t node, const market::Solution& s) const {
    std::size_t i = 0;
    while (i < d.m.consumers.size() &&
           (d.m.consumers[i].node != node || supply_of(d.scratch.network, s, i) == Supply::enough))
      ++i;
    return i;
  }

  // Prices that are no market's prices are shown below: said of each.
  void supply() {
    const auto buyers = y.built ? d.m.links[d.q.over[static_cast<std::size_t>(std::countr_zero(y.built))]].to
                                : static_cast<std::uint32_t>(d.m.nodes.size());
    for (std::size_t i = 0; i < d.m.consumers.size(); ++i) {
      const Phrase without = supply_note(d.m, d.scratch.network, y.without, i);
      const Phrase with = y.built ? supply_note(d.m, d.scratch.network, y.with, i) : Phrase();
      if (!without.empty())
        a.notes.push_back(
            (y.built ? "without " + built() + " " : Phrase()) + without +
            (d.m.consumers[i].node == buyers ? "; the buyer's limit and the gain rest on that number" : ""));
      if (!with.empty()) a.notes.push_back("with " + built() + " " + with);
    }
  }

  void division() {
    if (y.state != Reason::none) return;
    const char* names[]{"nash", "shapley", "nucleolus"};
    Account::Table t{"Division of the gain, " + cash(), {"solution", "price " + price()}, {}};
    for (std::size_t i = 0; i < shape.parties.size(); ++i) t.columns.push_back(short_alone(d.s, shape.parties[i]));
    for (std::size_t k = 0; k < solutions; ++k) {
      std::vector<Entry> row{names[k], Entry::number(y.price[k], 4)};
      for (std::size_t i = 0; i < shape.parties.size(); ++i) row.push_back(Entry::number(y.payoff[k][i]));
      t.rows.push_back(std::move(row));
    }
    a.tables.push_back(std::move(t));
    bool same = true;
    for (std::size_t i = 0; i < shape.parties.size(); ++i)
      same = same && std::abs(y.payoff[shapley][i] - y.payoff[nucleolus][i]) < 1e-9 * (1 + y.gain) &&
             std::abs(y.payoff[shapley][i] - y.payoff[nash][i]) < 1e-9 * (1 + y.gain);
    if (same)
      a.notes.emplace_back(
          shape.parties.size() == 2
              ? "with two parties of equal weight the three solutions are one: equal shares"
              : "the three solutions coincide: only all parties together are worth anything, so symmetry decides");
    for (std::size_t i = 0; i < shape.parties.size(); ++i)
      if (i != shape.seller && i != shape.buyer && y.payoff[nash][i] > 1.2 * y.payoff[nucleolus][i] + 1e-9 * y.gain)
        a.notes.push_back(say(
            "Nash's solution counts {} consent and weight, not that another route is thinkable: {} "
            "there, {} under the nucleolus",
            of_text(d.s, shape.parties[i]), money(y.payoff[nash][i], cash()), money(y.payoff[nucleolus][i], cash())));
  }

  void worths() {
    const std::size_t n = shape.parties.size();
    Account::Table t{"Worth of coalitions, " + cash(), {"coalition", "worth"}, {}};
    for (coalition::Mask s = 1; s < (1u << n); ++s) {
      if (y.worth[s] == 0) continue;
      std::vector<Phrase> who;
      for (std::size_t i = 0; i < n; ++i)
        if (s >> i & 1u) who.push_back(short_alone(d.s, shape.parties[i]));
      t.rows.push_back({row(who, " "), Entry::number(y.worth[s], 4)});
    }
    if (!t.rows.empty() && t.rows.size() <= 32) a.tables.push_back(std::move(t));
  }

  void equilibrium() {
    Account::Table t{
        say("Market {} in {}, without and with {}", named(d.m.name), d.m.year, y.built ? built() : Phrase("any")),
        {"link", d.m.quantity.text + " without", "with"},
        {}};
    const auto& map = d.engine.numbers().map();
    for (std::size_t i = 0; i < map.arcs.size(); ++i)
      if (!map.arcs[i].feeder)
        t.rows.push_back({named(d.m.links[map.arcs[i].link].name), Entry::number(y.without.flow[i], 4),
                          Entry::number(y.with.flow[i], 4)});
    a.tables.push_back(std::move(t));
    Account::Table v{"Prices where it is consumed, " + price(), {"at", "without", "with"}, {}};
    for (const auto& c : d.m.consumers)
      v.rows.push_back({named(d.m.nodes[c.node]), Entry::number(y.without.price[c.node], 4),
                        Entry::number(y.with.price[c.node], 4)});
    a.tables.push_back(std::move(v));
    if (y.state != Reason::none) return;
    for (std::size_t x = 0; x <= shape.actors; ++x) {
      if (at_table(x) || std::abs(y.change[x]) < 1e-9) continue;
      a.lines.push_back({"others." + (x < shape.actors ? d.s.actors[x].id : std::string("open")), y.change[x], cash(),
                         "its consent is not needed: gains or loses through prices"});
    }
  }

  void method() {
    a.reference =
        "Samuelson 1952, doi:10.2307/1810381; Nash 1950, doi:10.2307/1907266; "
        "Shapley 1953, doi:10.1515/9781400881970-018; Schmeidler 1969, doi:10.1137/0117107";
    a.method = fmt::format(
        "Spatial price equilibrium of the market in {} for every set of links at stake; cooperative game among {}; "
        "Nash bargaining{}, Shapley value, nucleolus.",
        d.m.year, parties(),
        d.q.patience          ? " with weights from patience (1 / discount rate)"
        : d.q.weights.empty() ? " with equal weights"
                              : " with stated weights");
    a.violation = y.violation;
    a.certificate = fmt::format("market: largest violation of the equilibrium conditions {:.1e}{}", y.violation,
                                y.state == Reason::none ? "; nucleolus: passes Kohlberg's criterion" : "");
    a.assumptions = {
        "all prices at one delivery point" + (d.m.at.empty() ? Phrase() : ": " + named(d.m.at)),
        "everybody else is a price taker; existing sales keep their terms, and are given up where what is sold earns "
        "more "
        "elsewhere than both the contract and the buyer's market pay",
        "that joining never loses worth and that some division suits every coalition (superadditive, a core) follows "
        "from seller and buyer being needed by every link at stake",
        "that a further outlet never lowers the seller's limit is implied by the model where the seller's capacity "
        "binds; how much is the finding"};
  }
  bool at_table(std::size_t actor) const {
    const auto player = std::ranges::find(shape.parties, static_cast<ActorId>(actor)) - shape.parties.begin();
    return actor < shape.actors && static_cast<std::size_t>(player) < shape.parties.size() && (y.table >> player & 1u);
  }
  std::string parties() const {
    std::string out;
    for (std::size_t i = 0; i < shape.parties.size(); ++i) out += (i ? ", " : "") + name(i).text();
    return out;
  }
};

}  // namespace

Account tell_deal(const DealStory& story, std::span<const double> p) {
  Teller t{story, p};
  t.headline();
  if (t.y.state == Reason::not_solved) return t.a;
  t.limits();
  t.supply();
  t.division();
  t.worths();
  t.equilibrium();
  t.method();
  return t.a;
}

}  // namespace entente::ask
