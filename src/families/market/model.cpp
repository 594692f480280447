#include "families/market/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "families/market/account.hpp"
#include "families/market/deal_year.hpp"
#include "families/market/pictures.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

class DealModel final : public Model {
 public:
  DealModel(const situation::Situation& s, const situation::Question& q)
      : s_(s), q_(*q.what.as<situation::DealQuestion>()), name_(q.name), m_(situation::markets(s)[q_.market]) {
    const auto gdp_unit = *number::parse_unit(situation::gdp_unit);
    if (m_.money.same_dimension(gdp_unit)) to_gdp_ = number::conversion(m_.money, gdp_unit);
    years_.push_back(m_.year);
    for (const int y : q_.delay_years)
      if (std::ranges::find(years_, y) == years_.end()) years_.push_back(y);
    for (const int y : years_) engines_.emplace_back(shape(y), MarketNumbers(s, m_, y, q_.over));
    default_ = q_.solution == "shapley" ? shapley : q_.solution == "nucleolus" ? nucleolus : nash;
    list();
    for (const auto& e : engines_) e.numbers().reads(reads_);
    for (const auto& e : engines_)
      for (const At& w : e.shape().weight)
        if (w.given()) reads_.push_back(w.a);
    if (q_.volume != situation::none) reads_.push_back(q_.volume);
    for (const auto& [who, id] : q_.asks) reads_.push_back(id);
    for (const auto& [key, at] : gdp_) reads_.insert(reads_.end(), {at.a, at.b});
  }

  struct Work final : Scratch {
    std::vector<DealEngine::Scratch> year;
  };
  std::unique_ptr<Scratch> scratch() const override {
    auto w = std::make_unique<Work>();
    for (const auto& e : engines_) w->year.push_back(e.scratch());
    return w;
  }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    engines_[0].evaluate(p, w.year[0]);
    const DealYear& deal = w.year[0].year;
    for (std::size_t y = 1; y < engines_.size(); ++y)
      if (groups[y] && deal.state == Reason::none) engines_[y].contract(p, deal.built, w.year[y]);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!groups[quantities_[c].group]) continue;
      const Cell& cell = cells_[c];
      const DealYear& y = w.year[quantities_[c].group].year;
      reason[c] = missing(cell, deal);
      if (reason[c] == Reason::none && y.state == Reason::not_solved) reason[c] = y.state;
      value[c] = reason[c] == Reason::none ? number(cell, quantities_[c].group, w, p) : undefined;
      if (reason[c] == Reason::none && !std::isfinite(value[c])) {
        reason[c] = Reason::not_solved;
        value[c] = undefined;
      }
    }
  }

  std::vector<Picture> pictures(std::span<const double>, Scratch&) const override {
    return picture_deal(s_, m_, q_, engines_[0], quantities_);
  }

  Account account(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    engines_[0].evaluate(p, w.year[0], true);
    Account a = tell_deal({s_, m_, q_, name_, engines_[0], w.year[0], default_}, p);
    if (!q_.delay_years.empty() && w.year[0].year.state == Reason::none) a.tables.push_back(waiting(p, w));
    return a;
  }

 private:
  enum class What : unsigned char {
    volume,
    limit_seller,
    limit_buyer,
    zone,
    gain,
    price,
    payoff,
    fee,
    loss,
    delay,
    others,
    built,
    flow,
    node_price,
    terms,
    asks
  };
  struct Cell {
    What what;
    Solution solution = nash;
    std::uint32_t index = 0;  // player, actor, link at stake, arc or node
  };

  DealShape shape(int year) const {
    DealShape d;
    d.actors = s_.actors.size();
    std::vector<ActorId>& parties = d.parties;
    const auto player = [&](ActorId a) {
      const auto it = std::ranges::find(parties, a);
      return static_cast<std::size_t>(it - parties.begin());
    };
    const auto& first = m_.links[q_.over.front()];
    const ActorId seller = std::ranges::find(m_.producers, first.from.front(), &situation::Producer::node)->of;
    const ActorId buyer = std::ranges::find(m_.consumers, first.to, &situation::Consumer::node)->of;
    for (const auto l : q_.over)
      for (const ActorId a : m_.links[l].consent)
        if (std::ranges::find(parties, a) == parties.end()) parties.push_back(a);
    d.seller = player(seller);
    d.buyer = player(buyer);
    for (const auto l : q_.over) {
      coalition::Mask need = 0;
      for (const ActorId a : m_.links[l].consent) need |= 1u << player(a);
      d.consent.push_back(need);
      const auto& build = m_.links[l].build;
      d.payer.push_back(build && build->paid_by != situation::none ? player(build->paid_by) : d.seller);
    }
    d.alternatives = q_.alternatives;
    if (q_.volume != situation::none) d.volume = {q_.volume, q_.volume, 0};
    d.patience = q_.patience;
    for (const ActorId a : parties) {
      At w;
      if (q_.patience) w = {s_.actors[a].discount, s_.actors[a].discount, 0};
      for (const auto& [who, id] : q_.weights)
        if (who == a) w = {id, id, 0};
      d.weight.push_back(w);
      gdp_[{a, year}] = at_year(s_.actors[a].gdp, year);
    }
    d.money = number::conversion(m_.price * m_.quantity, m_.money);
    d.capital = 1;  // capital a year is money: B USD a year
    return d;
  }

  void add(std::string name, number::Unit unit, Phrase says, Cell cell, unsigned group = 0, bool headline = false) {
    quantities_.push_back({std::move(name), std::move(unit), std::move(says), group, headline});
    cells_.push_back(cell);
  }

  void list() {
    const auto& e = engines_[0];
    const auto& parties = e.shape().parties;
    const number::Unit plain;
    const auto id = [&](ActorId a) { return s_.actors[a].id; };
    const auto told = [&](ActorId a) { return short_in_text(s_, a); };
    const ActorId seller = parties[e.shape().seller], buyer = parties[e.shape().buyer];
    add("limit." + id(seller), m_.price, say("lowest price at which {} gains", told(seller)), {What::limit_seller}, 0,
        true);
    add("limit." + id(buyer), m_.price, say("highest price at which {} gains", told(buyer)), {What::limit_buyer}, 0,
        true);
    add("zone", m_.price, "the buyer's limit less the seller's: above 0 there is a zone of agreement", {What::zone}, 0,
        true);
    add("volume", m_.quantity, "what would flow over the links at stake if they were built, deal or not",
        {What::volume}, 0, true);
    add("gain", m_.money,
        "joint gain, from the best set of links, of those whose consent it needs, if it were built, deal or not; "
        "below 0 there is no deal",
        {What::gain}, 0, true);
    const std::array<std::string, solutions> names{"nash", "shapley", "nucleolus"};
    const auto solution = [&](const std::string& prefix, Solution k, bool headline) {
      const std::string by = prefix.empty() ? names[k] : prefix.substr(0, prefix.size() - 1);
      add(prefix + "price", m_.price, "price under the " + by + " solution", {What::price, k}, 0, headline);
      for (std::uint32_t i = 0; i < parties.size(); ++i)
        add(prefix + "gain." + id(parties[i]), m_.money, say("what {} gains under {}", told(parties[i]), by),
            {What::payoff, k, i}, 0, headline);
      for (std::uint32_t i = 0; i < parties.size(); ++i)
        if (i != e.shape().seller && i != e.shape().buyer)
          add(prefix + "fee." + id(parties[i]), m_.money, say("what {} is paid under {}", told(parties[i]), by),
              {What::fee, k, i});
      for (const int year : q_.delay_years) {
        const auto group = static_cast<unsigned>(std::ranges::find(years_, year) - years_.begin());
        for (std::uint32_t i = 0; i < parties.size(); ++i) {
          const std::string tail = id(parties[i]) + "." + std::to_string(year);
          add(prefix + "loss." + tail, m_.money,
              say("what {} loses if {} passes without the deal, at its price by {}", told(parties[i]), year, by),
              {What::loss, k, i}, group);
          if (s_.actors[parties[i]].gdp.given() && to_gdp_ > 0)
            add(prefix + "delay." + tail, *number::parse_unit("%"),
                say("what {} loses if {} passes without the deal, over its GDP", told(parties[i]), year),
                {What::delay, k, i}, group);
        }
      }
    };
    solution("", default_, true);
    for (const Solution k : {nash, shapley, nucleolus}) solution(names[k] + ".", k, false);
    for (std::uint32_t a = 0; a < s_.actors.size(); ++a) {
      const auto& map = e.numbers().map();
      const bool there = std::ranges::find(map.producer, a) != map.producer.end() ||
                         std::ranges::find(map.consumer, a) != map.consumer.end() ||
                         std::ranges::any_of(map.arcs, [&](const auto& arc) { return arc.rented && arc.rent == a; });
      const auto player = std::ranges::find(parties, a) - parties.begin();
      const bool always = std::ranges::all_of(e.shape().consent, [&](auto need) { return need >> player & 1u; });
      if (there && (static_cast<std::size_t>(player) == parties.size() || !always))
        add("others." + id(a), m_.money,
            say("what {} gains through prices where its consent is not needed for what is built", told(a)),
            {What::others, nash, a});
    }
    add("others.open", m_.money, "what sellers and buyers named by nobody gain through prices",
        {What::others, nash, static_cast<std::uint32_t>(s_.actors.size())});
    for (std::uint32_t c = 0; c < q_.over.size(); ++c)
      add("built." + m_.links[q_.over[c]].name, plain, "1 if there is a deal and it is built", {What::built, nash, c}),
          last_is_yes_no();
    for (std::uint32_t i = 0; i < e.numbers().map().arcs.size(); ++i) {
      const auto& arc = e.numbers().map().arcs[i];
      const std::string& link = m_.links[arc.link].name;
      if (!arc.feeder) {
        add("flow." + link, m_.quantity, "flow over it, with what a deal builds", {What::flow, nash, i});
        if (e.numbers().has_terms(i))
          add("terms." + link, m_.price, "price of the existing sale over it", {What::terms, nash, i});
      } else {
        const std::string& origin = m_.nodes[e.numbers().shape().links[i].from];
        add("flow." + link + "." + origin, m_.quantity, "flow over it from " + named(origin), {What::flow, nash, i});
      }
    }
    for (std::uint32_t k = 0; k < q_.asks.size(); ++k)
      add("asks." + id(q_.asks[k].first), m_.price, say("price that {} is reported to ask", told(q_.asks[k].first)),
          {What::asks, nash, k});
    for (const auto& c : m_.consumers)  // elsewhere an equilibrium may leave a price an interval
      add("node-price." + m_.nodes[c.node], m_.price, "the market's price there, with what a deal builds",
          {What::node_price, nash, c.node});
  }

  static Reason missing(const Cell& c, const DealYear& y) {
    if (y.state == Reason::not_solved) return y.state;
    switch (c.what) {
      case What::gain:
      case What::built:
      case What::flow:
      case What::node_price:
      case What::others:
      case What::payoff:
      case What::terms:
      case What::asks:
        return Reason::none;  // without a deal nothing is built and nobody gains anything
      case What::volume:
        return y.state == Reason::no_link ? y.state : Reason::none;
      case What::limit_seller:
      case What::limit_buyer:
      case What::zone:
        return y.state == Reason::no_deal ? Reason::none : y.state;
      default:
        return y.state;
    }
  }

  Account::Table waiting(std::span<const double> p, Work& w) const {
    const DealShape& shape = engines_[0].shape();
    const DealYear& deal = w.year[0].year;
    Account::Table t{"What a year without the deal costs, " + m_.money.text + " (over GDP)", {"year"}, {}};
    for (const ActorId a : shape.parties) t.columns.push_back(short_alone(s_, a));
    for (const int year : q_.delay_years) {
      const auto y = static_cast<std::size_t>(std::ranges::find(years_, year) - years_.begin());
      if (y > 0) engines_[y].contract(p, deal.built, w.year[y]);
      std::vector<Entry> row{std::to_string(year)};
      for (std::uint32_t i = 0; i < shape.parties.size(); ++i) {
        const double x = loss(i, default_, deal, w.year[y].year);
        const At& gdp = gdp_.at({shape.parties[i], year});
        row.push_back(gdp.given() && to_gdp_ > 0
                          ? Entry::number(x, fmt::format("{} ({} %)", number::show(x, 3),
                                                         number::show(100 * x * to_gdp_ / gdp(p), 2)))
                          : Entry::number(x));
      }
      t.rows.push_back(std::move(row));
    }
    return t;
  }

  // What the contract of the deal's year - its price, its fees by volume - leaves a party in another year.
  double loss(std::uint32_t player, Solution k, const DealYear& deal, const DealYear& y) const {
    const DealShape& shape = engines_[0].shape();
    const double part = y.volume / deal.volume, sale = deal.price[k] * y.volume * shape.money;
    if (player == shape.buyer) return -y.own_cost[player] - sale;
    double fees = 0;
    for (std::uint32_t i = 0; i < shape.parties.size(); ++i) {
      const double fee = (deal.payoff[k][i] + deal.own_cost[i]) * part;
      if (i == player && i != shape.seller) return fee - y.own_cost[i];
      if (i != shape.seller && i != shape.buyer) fees += fee;
    }
    return sale - fees - y.own_cost[player];
  }

  double number(const Cell& c, unsigned group, const Work& w, std::span<const double> p) const {
    const DealEngine::Scratch& s = w.year[0];
    const DealYear& y = s.year;
    const auto& shape = engines_[0].shape();
    const std::uint32_t built = y.state == Reason::none ? y.built : 0;
    switch (c.what) {
      case What::volume:
        return y.volume;
      case What::limit_seller:
        return y.limit_seller;
      case What::limit_buyer:
        return y.limit_buyer;
      case What::zone:
        return y.limit_buyer - y.limit_seller;
      case What::gain:
        return y.gain;
      case What::price:
        return y.price[c.solution];
      case What::payoff:
        return y.payoff[c.solution][c.index];
      case What::fee:
        return y.payoff[c.solution][c.index] + y.own_cost[c.index];
      case What::loss:
        return loss(c.index, c.solution, y, w.year[group].year);
      case What::delay:
        return 100 * loss(c.index, c.solution, y, w.year[group].year) * to_gdp_ /
               gdp_.at({shape.parties[c.index], years_[group]})(p);
      case What::others: {
        const auto player = static_cast<std::size_t>(std::ranges::find(shape.parties, c.index) - shape.parties.begin());
        const bool at_table = player < shape.parties.size() && (y.table >> player & 1u);
        return built == 0 || at_table ? 0.0 : y.change[c.index];
      }
      case What::built:
        return built >> c.index & 1u;
      case What::flow:
        return DealEngine::flow(s, built, c.index);
      case What::node_price:
        return s.solution[built].price[c.index];
      case What::terms:
        return engines_[0].numbers().terms_price(c.index, p);
      case What::asks:
        return p[q_.asks[c.index].second];
    }
    return undefined;
  }

  const situation::Situation& s_;
  const situation::DealQuestion& q_;
  std::string name_;
  const situation::Market& m_;
  std::vector<int> years_;
  std::vector<DealEngine> engines_;
  mutable std::map<std::pair<ActorId, int>, At> gdp_;
  std::vector<Cell> cells_;
  Solution default_ = nash;
  double to_gdp_ = 0;  // one of the market's money in that of GDPs; 0: another currency
};

}  // namespace

std::unique_ptr<Model> compile_deal(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<DealModel>(s, q);
}

}  // namespace entente::ask
