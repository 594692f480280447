// Markets: nodes, demand curves, links; and the question about one of them.
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "entente/base/spelling.hpp"
#include "families/market/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {

namespace {

struct MarketReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Market>& markets = s.sections.make<std::vector<Market>>();

  void sections(const Entry& root) override {
    for (const Entry& e : root["markets"].entries) market(e);
  }
  void question(Question& q, const Entry& e) override {
    if (e.has("deal")) deal(q, e);
  }

 private:
  std::unordered_map<std::string, std::uint32_t> nodes_;  // of the market being read
  bool partial_ = false;                                  // a section of nodes of that market could not be read
  std::set<std::string> unread_;                          // markets that could not be read, complained about already
  void market(const Entry& e);
  void link(Market& m, const Entry& e);
  void demand(Consumer& c, const Entry& e);
  void choke_above_price(const Consumer& c);
  std::uint32_t node(const Market& m, const Word& w);
  void deal(Question& q, const Entry& e);
};

std::uint32_t MarketReader::node(const Market& m, const Word& w) {
  if (const auto it = nodes_.find(w.text); it != nodes_.end()) return it->second;
  if (partial_) return none;
  out.error("E0350", w.span, "the market `" + m.name + "` has no node `" + w.text + "`",
            "neither producer, consumer nor hub", reader.meant(w.text, [&] { return m.nodes; }));
  return none;
}

void MarketReader::demand(Consumer& c, const Entry& e) {
  c.linear = e.has("form") && e["form"].text == "linear";
  c.quantity = e["quantity"].number;
  c.price = e["price"].number;
  c.elasticity = e["elasticity"].number;
  c.choke = e["choke"].number;
  c.slope = e["slope"].number;
  c.by_point = !e.wrote("slope");
  if (!c.by_point) {
    c.linear = true;
    if (!e.wrote("choke") || e.wrote("quantity") || e.wrote("price") || e.wrote("elasticity"))
      out.error("E0351", e.span, "a straight demand line is `choke` and `slope`, and nothing else", "mixed forms",
                "or give `quantity`, `price` and `elasticity`");
  } else if (!e.wrote("quantity") || !e.wrote("price") || !e.wrote("elasticity")) {
    out.error("E0352", e.span, "a demand curve needs `quantity`, `price` and `elasticity`", "one of them is missing",
              "or `choke` and `slope` for a straight line");
  } else {
    choke_above_price(c);
  }
}

// Nothing is bought above `choke`, so it is not below the price at which `quantity` is wanted; told by the medians,
// year by year.
void MarketReader::choke_above_price(const Consumer& c) {
  const auto median = [&](ParamId id) {
    const auto& n = reader.parameters[id].number;
    return n.form == number::Form::distribution ? n.distribution.median() : std::numeric_limits<double>::quiet_NaN();
  };
  for (const auto& [year, choke] : c.choke.at())
    for (const auto& [other, price] : c.price.at()) {
      if (year != other && c.choke.at().size() > 1 && c.price.at().size() > 1) continue;
      if (!(median(choke) < median(price))) continue;
      auto& d = out.error("E0349", reader.parameters[choke].span,
                          "nothing is bought above " + number::show(median(choke)) + ", yet `quantity` is wanted at " +
                              number::show(median(price)),
                          "`choke` lies below `price`", "the price above which nothing is bought any more");
      d.remarks.push_back({reader.parameters[price].span, "the price"});
      return;
    }
}

void MarketReader::link(Market& m, const Entry& e) {
  Link l{.name = e.name, .span = e.name_span};
  for (const Word& w : e["from"].words) {
    const auto n = node(m, w);
    if (n != none) l.from.push_back(n);
  }
  if (e.has("to")) l.to = node(m, e["to"].words.front());
  if (l.to != none && std::ranges::find(l.from, l.to) != l.from.end())
    out.error("E0353", e["to"].span, "the link `" + l.name + "` leads back to where it begins", "the same node");
  l.consent = actor_list(e["consent"].words);
  l.capacity = e["capacity"].number;
  l.cost = e["cost"].number;
  if (e.has("rent")) l.rent = actor(e["rent"].words.front());
  for (const auto& [who, n] : e["transit-cost"].numbers()) {
    const ActorId a = actor(who);
    if (a != none) l.transit_cost.emplace_back(a, n);
  }
  if (e.has("terms")) {
    const Entry& t = e["terms"].entries.front();
    l.terms = Terms{t["price"].number, t["volume"].number};
  }
  if (e.has("build")) {
    const Entry& b = e["build"].entries.front();
    l.build = Build{b["capex"].number, b["life"].number, b["rate"].number, none};
    if (b.has("paid-by")) l.build->paid_by = actor(b["paid-by"].words.front());
    if (l.terms)
      out.error("E0354", e["terms"].span, "a link that is not built carries no sale yet", "`terms` beside `build`");
  }
  l.presence = presence(l.name, m.name + "." + l.name, e.name_span);
  m.links.push_back(std::move(l));
}

void MarketReader::market(const Entry& e) {
  Market m{.name = e.name, .at = e["at"].text, .span = e.name_span};
  if (e.has("year")) m.year = e["year"].years().front();
  m.quantity = e["quantity"].unit();
  m.price = e["price"].unit();
  if (!e.units.contains("capital") || !e.units.contains("money")) {  // a unit is missing or was complained about
    unread_.insert(e.name);
    return;
  }
  nodes_.clear();
  partial_ = (e.wrote("producers") && !e.has("producers")) || (e.wrote("consumers") && !e.has("consumers")) ||
             (e.wrote("hubs") && !e.has("hubs"));
  m.capital = e.units.at("capital");
  m.money = e.units.at("money");
  const auto add_node = [&](const Entry& n) {
    if (!nodes_.emplace(n.name, static_cast<std::uint32_t>(m.nodes.size())).second)
      out.error("E0355", n.name_span, "the node `" + n.name + "` stands twice in this market", "the second time");
    m.nodes.push_back(n.name);
    return static_cast<std::uint32_t>(m.nodes.size() - 1);
  };
  const auto owner = [&](const Entry& n) -> ActorId {
    const bool open = n.has("open") && n["open"].flag;
    if (open == n.wrote("of"))
      out.error("E0356", n.name_span, "`" + n.name + "` is either somebody's or open", open ? "both" : "neither",
                "write `of: ACTOR` or `open: true`");
    return n.has("of") ? actor(n["of"].words.front()) : none;
  };
  for (const Entry& p : e["producers"].entries) {
    Producer x{
        .name = p.name, .node = add_node(p), .of = owner(p), .capacity = p["capacity"].number, .span = p.name_span};
    if (p.has("cost")) {
      const Entry& c = p["cost"].entries.front();
      if (c.has("constant")) x.cost_first = x.cost_last = c["constant"].number;
      else {
        x.cost_first = c["first"].number;
        x.cost_last = c["last"].number;
      }
      if (c.wrote("constant") ? c.wrote("first") || c.wrote("last") : !c.wrote("first") || !c.wrote("last"))
        out.error("E0357", c.span, "a cost is one number, or `first` and `last`", "neither one nor the other");
    }
    x.presence = presence(x.name, m.name + "." + x.name, p.name_span);
    m.producers.push_back(std::move(x));
  }
  for (const Entry& p : e["consumers"].entries) {
    Consumer x{.name = p.name, .node = add_node(p), .of = owner(p), .span = p.name_span};
    if (p.has("demand")) demand(x, p["demand"].entries.front());
    x.presence = presence(x.name, m.name + "." + x.name, p.name_span);
    m.consumers.push_back(std::move(x));
  }
  for (const Entry& h : e["hubs"].entries) add_node(h);
  for (const Entry& l : e["links"].entries) link(m, l);
  markets.push_back(std::move(m));
}

void MarketReader::deal(Question& q, const Entry& e) {
  DealQuestion d;
  const Word& market = e["deal"].words.front();
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < markets.size(); ++i) {
    names.push_back(markets[i].name);
    if (names.back() == market.text) d.market = i;
  }
  if (d.market == none && unread_.contains(market.text)) return;
  if (d.market == none) {
    out.error("E0360", market.span, "there is no market `" + market.text + "`", "not under `markets`",
              did_you_mean(market.text, names));
    return;
  }
  const Market& m = markets[d.market];
  std::vector<std::string> links;
  for (const Link& l : m.links) links.push_back(l.name);
  if (e["over"].words.size() > 8) {
    out.error("E0363", e["over"].span, "more than eight links at stake", "every subset of them is solved");
    return;
  }
  std::vector<Span> spans;
  for (const Word& w : e["over"].words) {
    const auto it = std::ranges::find(links, w.text);
    if (it == links.end()) {
      out.error("E0361", w.span, "the market `" + m.name + "` has no link `" + w.text + "`", "unknown link",
                reader.meant(w.text, [&] { return links; }));
      continue;
    }
    const auto index = static_cast<std::uint32_t>(it - links.begin());
    if (std::ranges::find(d.over, index) != d.over.end())
      out.error("E0362", w.span, "the link `" + w.text + "` is named twice", "the second time");
    else d.over.push_back(index), spans.push_back(w.span);
  }
  ActorId seller = none, buyer = none;
  std::vector<ActorId> parties;
  for (std::size_t i = 0; i < d.over.size(); ++i) {
    const Link& l = m.links[d.over[i]];
    const Span at = spans[i];
    const auto from =
        l.from.empty() ? m.producers.end() : std::ranges::find(m.producers, l.from.front(), &Producer::node);
    const auto to = std::ranges::find(m.consumers, l.to, &Consumer::node);
    if (l.from.size() != 1 || from == m.producers.end() || from->of == none || to == m.consumers.end() ||
        to->of == none) {
      if (!out.ok() && from != m.producers.end() && to != m.consumers.end()) continue;  // an owner that was told of
      out.error("E0364", at, "a link at stake leads from one owned producer to an owned consumer",
                "`" + l.name + "` does not");
      continue;
    }
    if (l.terms) out.error("E0365", at, "`" + l.name + "` carries a sale already", "a link at stake has no `terms`");
    if (i > 0 && seller != none && (from->of != seller || to->of != buyer))
      out.error("E0366", at, "the links at stake have one seller and one buyer", "another pair than the first link's");
    seller = from->of;
    buyer = to->of;
    for (const ActorId a : l.consent)
      if (std::ranges::find(parties, a) == parties.end()) parties.push_back(a);
    if (std::ranges::find(l.consent, seller) == l.consent.end() ||
        std::ranges::find(l.consent, buyer) == l.consent.end())
      out.error("E0367", at, "a link at stake needs its seller's and its buyer's consent", "`consent` leaves one out",
                "consent: [" + s.actors[seller].id + ", " + s.actors[buyer].id + ", ...]");
    if (l.build && l.build->paid_by != none && std::ranges::find(l.consent, l.build->paid_by) == l.consent.end())
      out.error("E0368", at, "who pays for `" + l.name + "` is not among those who consent to it",
                "`paid-by` stands outside");
    for (const auto& [a, n] : l.transit_cost)
      if (std::ranges::find(l.consent, a) == l.consent.end())
        out.error("E0358", at, "who bears a cost of `" + l.name + "` is not among those who consent to it",
                  "`transit-cost` names " + s.actors[a].id, "add it to `consent`, or put the cost under `cost`");
  }
  if (seller != none && seller == buyer)
    out.error("E0359", e["over"].span, "the seller and the buyer of the links at stake are one",
              s.actors[seller].id + " would bargain with itself");
  if (parties.size() > 10)
    out.error("E0369", e["over"].span, "more than ten parties", "that is more than this question takes");
  d.alternatives = e.has("alternatives") && e["alternatives"].flag;
  if (e.has("volume")) {
    d.volume = in_unit(e["volume"], m.quantity);
    if (d.over.size() > 1 && !d.alternatives)
      out.error("E0399", e["volume"].span, "a sale of fixed volume goes over one link",
                "several of those at stake could be built", "write `alternatives: true`, or leave `volume` out");
  }
  d.solution = e.has("solution") ? e["solution"].text : "nash";
  if (e.has("weights")) {
    const Value& w = e["weights"];
    d.patience = w.text == "patience";
    for (const auto& [who, n] : w.numbers()) {
      const ActorId a = actor(who);
      if (a == none || !n.given()) continue;
      if (std::ranges::find(parties, a) == parties.end())
        out.error("E0370", who.span, "`" + who.text + "` is no party to this deal", "its consent is not needed");
      d.weights.emplace_back(a, n.first());
    }
    if (!w.numbers().empty())
      for (const ActorId a : parties)
        if (std::ranges::find(d.weights, a, &std::pair<ActorId, ParamId>::first) == d.weights.end())
          out.error("E0371", w.span, "the weights leave out " + s.actors[a].id, "every party needs one");
    if (d.patience)
      for (const ActorId a : parties)
        if (s.actors[a].discount == none && !unread({"actors", s.actors[a].id, "discount"}))
          out.error("E0372", w.span, "weights by patience need every party's discount rate",
                    s.actors[a].id + " has none",
                    "actors: {" + s.actors[a].id + ": {name: " + s.actors[a].name + ", discount: 5 to 12 %}}");
  }
  if (e.has("asks"))
    for (const auto& [who, n] : e["asks"].numbers())
      if (const ActorId a = actor(who); a != none && n.given())
        d.asks.emplace_back(a, in_unit(n.first(), who.span, m.price));
  d.delay_years = e["delay-years"].years();
  const auto gdp = *number::parse_unit(gdp_unit);
  if (!d.delay_years.empty() && !gdp.same_dimension(m.money) &&
      std::ranges::any_of(parties, [&](ActorId a) { return s.actors[a].gdp.given(); }))
    out.warning("W0375", e["delay-years"].span,
                "`" + m.name + "` is in " + m.money.text + " and GDPs are in " + std::string(gdp_unit),
                "there is `loss`, but no `delay`", "state the market in USD, by a rate that the file names");
  // Every number of the market must be known in every year that is asked for.
  std::vector<int> years{m.year};
  years.insert(years.end(), d.delay_years.begin(), d.delay_years.end());
  const auto cover = [&](const YearNumber& n, Span at, const std::string& what) {
    if (n.at().size() < 2 && (n.at().empty() || n.at().front().first == 0)) return;
    for (const int y : years)
      if (y < n.at().front().first || y > n.at().back().first) {
        out.error("E0373", at, what + " is not known for " + std::to_string(y),
                  "given from " + std::to_string(n.at().front().first) + " to " + std::to_string(n.at().back().first),
                  "numbers by year are read between their years, never beyond");
        return;
      }
  };
  for (const Producer& p : m.producers) {
    cover(p.capacity, p.span, "the capacity of " + p.name);
    cover(p.cost_first, p.span, "the cost of " + p.name);
    cover(p.cost_last, p.span, "the cost of " + p.name);
  }
  for (const Consumer& c : m.consumers)
    for (const auto* n : {&c.quantity, &c.price, &c.elasticity, &c.choke, &c.slope})
      cover(*n, c.span, "the demand of " + c.name);
  for (const Link& l : m.links) {
    cover(l.capacity, l.span, "the capacity of " + l.name);
    cover(l.cost, l.span, "the cost of " + l.name);
    if (l.terms)
      cover(l.terms->price, l.span, "the price of " + l.name),
          cover(l.terms->volume, l.span, "the volume of " + l.name);
    if (l.build) cover(l.build->capex, l.span, "the capital cost of " + l.name);
    for (const auto& [a, n] : l.transit_cost) cover(n, l.span, "the transit cost of " + l.name);
  }
  for (const ActorId a : parties) cover(s.actors[a].gdp, s.actors[a].span, "the GDP of " + s.actors[a].id);
  q.what = Held(std::move(d));
}

}  // namespace

std::unique_ptr<FamilyReader> read_market(const Builder& b) { return std::make_unique<MarketReader>(b); }

}  // namespace entente::situation
