// The deal question against an oracle that was written from docs/methods/deal.md alone, and against what must be true
// of any answer, on random situations that go the whole way from text to cells. ENTENTE_TEST_EFFORT says how many
// times as many.
#include <gtest/gtest.h>

#include <cstdlib>

#include "entente/kernel/coalition.hpp"
#include "property/deal_oracle.hpp"
#include "property/deal_random.hpp"
#include "property/deal_run.hpp"
#include "support/property.hpp"

namespace {
using namespace deal_oracle;

std::uint64_t instances(std::uint64_t usual) { return entente::tests::times(usual); }
bool same(double a, double b, double scale, double tolerance = 1e-6) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= tolerance * std::max({1.0, std::abs(a), 0.1 * scale});
}

/// The first cell of `want` that `got` does not have; empty: none. Cells that only `got` has are not looked at.
std::string differs(const std::map<std::string, double>& want, const std::map<std::string, double>& got, double scale,
                    double tolerance = 1e-6) {
  for (const auto& [name, value] : want) {
    const auto it = got.find(name);
    if (it == got.end()) {
      if (name.starts_with("others.") && std::abs(value) < 1e-9 * scale) continue;  // has nothing in this market
      return "no quantity " + name;
    }
    if (!same(value, it->second, scale, tolerance))
      return name + " is " + number(it->second) + ", expected " + (std::isnan(value) ? "none" : number(value));
  }
  return {};
}

struct Count {
  long deals = 0, tied = 0, refused = 0, dry = 0, several = 0, kept = 0;
};

// Everything that the page defines, cell by cell; the nucleolus by Kohlberg's criterion on the oracle's worths.
TEST(Deal, IsWhatThePageSays) {
  Count n;
  const std::uint64_t all = instances(2000);
  for (std::uint64_t seed = 0; seed < all && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    const std::string text = yaml(s), where = "seed " + std::to_string(seed) + "\n" + text;
    const auto worlds = run(text);
    if (worlds.empty()) return;
    const auto& got = worlds.at("").value;
    const Deal deal(s);
    Outcome o = answer(deal);
    if (o.tied) {  // two sets are worth the same, or all is worth nothing: either answer is right
      ++n.tied;
      continue;
    }
    ASSERT_LT(o.loose, 1e-11 * o.scale) << "the oracle's own books do not close: " << where;
    std::vector<double> x;
    for (const int a : o.parties) x.push_back(got.at("nucleolus.gain." + s.actors[a].id));
    const bool agreed = o.cells.at("gain") > 0;
    if (agreed) {
      // Worths are differences of surpluses: their rounding is that of the surpluses, however little is gained.
      double most = 0;
      for (const double v : o.worth) most = std::max(most, std::abs(v));
      const auto judged =
          entente::coalition::kohlberg(o.worth, x, entente::coalition::Rationality::individual, 1e-9 * o.scale / most);
      EXPECT_TRUE(judged && *judged) << "the nucleolus is not the nucleolus: " << where;
      o = answer(deal, x);
    }
    EXPECT_EQ(differs(o.cells, got, o.scale), "") << where;
    n.deals += agreed;
    n.refused += !agreed && !std::isnan(o.cells.at("zone"));
    n.dry += std::isnan(o.cells.at("zone"));
    n.kept += o.kept;
    double built = 0;
    for (const int l : s.over) built += o.cells.at("built." + s.links[l].name);
    n.several += built > 1;
  }
  if (all < 1000) return;  // the random situations reach every corner
  EXPECT_GT(n.deals, 400);
  EXPECT_GT(n.refused, 25);
  EXPECT_GT(n.dry, 25);
  EXPECT_GT(n.several, 25);
  EXPECT_GT(n.kept, 50);  // sales that go on although the market alone would end them
  EXPECT_LT(n.tied, long(all / 10));
}

// Seller and buyer are needed by every link: nothing is lost by joining, and the seller with all of the gain is in the
// core. Not by that argument but by looking: every worth of the page's game, and the program's own divisions.
TEST(Deal, JoiningLosesNothingAndTheCoreIsNeverEmpty) {
  long worth_something = 0, not_convex = 0;
  for (std::uint64_t seed = 400000; seed < 400000 + instances(5000) && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    const Outcome o = answer(Deal(s));
    if (o.worth.size() < 2 || o.worth.back() <= 0) continue;
    ++worth_something;
    const std::string where = "seed " + std::to_string(seed);
    EXPECT_TRUE(entente::coalition::superadditive(o.worth)) << where;
    const auto core = entente::coalition::core(o.worth);
    ASSERT_TRUE(core) << where;
    EXPECT_FALSE(core->empty) << where;
    const double most = *std::ranges::max_element(o.worth);
    EXPECT_LE(entente::coalition::largest_excess(o.worth, core->payoff), 1e-9 * most) << where;
    not_convex += !entente::coalition::convex(o.worth);
    if (seed % 5 != 0 || o.tied || o.cells.at("gain") <= 1e-6 * o.scale) continue;
    const auto worlds = run(yaml(s));
    if (worlds.empty()) return;
    std::vector<double> x;
    for (const int a : o.parties) x.push_back(worlds.at("").value.at("nucleolus.gain." + s.actors[a].id));
    EXPECT_LE(entente::coalition::largest_excess(o.worth, x), 1e-6 * o.scale) << where;
  }
  if (instances(5000) < 5000) return;
  EXPECT_GT(worth_something, 2500);
  EXPECT_GT(not_convex, 100);  // it is not because joining pays ever more
}

// The books of an answer, from its own cells and the oracle's L: no cell is recomputed here, only added up.
TEST(Deal, BooksClose) {
  for (std::uint64_t seed = 100000; seed < 100000 + instances(1000) && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    const std::string text = yaml(s), where = "seed " + std::to_string(seed) + "\n" + text;
    const auto worlds = run(text);
    if (worlds.empty()) return;
    const auto& got = worlds.at("").value;
    const Outcome o = answer(Deal(s));
    if (o.tied || !o.link) continue;
    const auto id = [&](int a) { return s.actors[a].id; };
    double others = 0;
    for (const auto& [name, value] : got)
      if (name.starts_with("others.")) others += value;
    EXPECT_TRUE(same(std::max(0.0, got.at("gain")) + others, o.surplus, o.scale))
        << "gains do not add up to the surplus: " << where;
    const double q = got.at("volume");
    if (std::isnan(got.at("zone"))) continue;
    EXPECT_TRUE(same(got.at("gain"), q * got.at("zone") / 1000, o.scale)) << where;
    EXPECT_TRUE(same(got.at("zone"), got.at("limit." + id(o.buyer)) - got.at("limit." + id(o.seller)), o.scale));
    for (const std::string k : {"nash.", "shapley.", "nucleolus."}) {
      double sum = 0, fees = 0;
      for (const int a : o.parties) sum += got.at(k + "gain." + id(a));
      EXPECT_TRUE(same(sum, std::max(0.0, got.at("gain")), o.scale)) << k << where;
      if (got.at("gain") <= 0) {
        EXPECT_TRUE(std::isnan(got.at(k + "price"))) << where;
        continue;
      }
      const double paid = got.at(k + "price") * q / 1000;
      for (const int a : o.parties) {
        if (a == o.seller || a == o.buyer) continue;
        const double fee = got.at(k + "fee." + id(a));
        fees += fee;
        EXPECT_TRUE(same(got.at(k + "gain." + id(a)), fee - o.cost[a], o.scale)) << k << where;
      }
      EXPECT_TRUE(same(got.at(k + "gain." + id(o.buyer)), -o.cost[o.buyer] - paid, o.scale)) << k << where;
      EXPECT_TRUE(same(got.at(k + "gain." + id(o.seller)), paid - fees - o.cost[o.seller], o.scale)) << k << where;
      for (const int a : o.parties) {  // what a year's delay costs in the deal's own year is the payoff
        const std::string loss = k + "loss." + id(a) + "." + std::to_string(s.year);
        EXPECT_TRUE(same(got.at(k + "gain." + id(a)), got.at(loss), o.scale)) << loss << where;
        EXPECT_GE(got.at(k + "gain." + id(a)), -1e-9 * o.scale) << k << where;
      }
    }
  }
}

// Names in another order, and the links, producers and routes too.
TEST(Deal, OrderIsNothing) {
  for (std::uint64_t seed = 200000; seed < 200000 + instances(1000) && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    if (answer(Deal(s)).tied) continue;
    Dice d(seed + 1);
    Spec t = s;
    std::vector<int> to(s.actors.size());
    std::iota(to.begin(), to.end(), 0);
    std::shuffle(to.begin(), to.end(), d.engine);
    for (std::size_t a = 0; a < to.size(); ++a) {
      t.actors[to[a]] = s.actors[a];
      if (!s.weights.empty()) t.weights[to[a]] = s.weights[a];
    }
    const auto rename = [&](int& a) { a = a == nobody ? nobody : to[a]; };
    for (auto& p : t.producers) rename(p.of);
    for (auto& c : t.consumers) rename(c.of);
    for (auto& l : t.links) {
      for (int& a : l.consent) rename(a);
      for (auto& [a, c] : l.transit) rename(a);
      rename(l.paid_by), rename(l.rent);
      std::shuffle(l.consent.begin(), l.consent.end(), d.engine);
      std::shuffle(l.from.begin(), l.from.end(), d.engine);
    }
    std::vector<int> place(s.links.size()), where_from(s.links.size());
    std::iota(where_from.begin(), where_from.end(), 0);
    std::shuffle(where_from.begin(), where_from.end(), d.engine);
    const auto links = t.links;
    for (std::size_t i = 0; i < where_from.size(); ++i) {
      t.links[i] = links[where_from[i]];
      place[where_from[i]] = int(i);
    }
    for (int& l : t.over) l = place[l];
    std::shuffle(t.over.begin(), t.over.end(), d.engine);
    std::shuffle(t.producers.begin(), t.producers.end(), d.engine);
    std::shuffle(t.consumers.begin(), t.consumers.end(), d.engine);
    auto a = run(yaml(s)), b = run(yaml(t));
    if (a.empty() || b.empty()) return;
    std::erase_if(a[""].value, [](const auto& c) { return c.first.starts_with("node-price."); });  // may be an interval
    EXPECT_EQ(differs(a.at("").value, b.at("").value, 1e4, 1e-9), "") << "seed " << seed << "\n" << yaml(s) << yaml(t);
    EXPECT_EQ(a.at("").reason.size() > 10, true);
  }
}

// Twice the money, or twice the goods: what is money and what is goods follows, and nothing else does.
TEST(Deal, ScalesWithMoneyAndGoods) {
  const auto times = [](Yearly& n, double c) {
    for (auto& [year, v] : n) v *= c;
  };
  for (std::uint64_t seed = 300000; seed < 300000 + instances(1000) && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    if (answer(Deal(s)).tied) continue;
    Dice d(seed + 1);
    const double money = d.between(0.1, 20), goods = d.between(0.1, 20);
    Spec t = s;
    for (auto& p : t.producers) p.first *= money, p.last *= money, times(p.capacity, goods);
    for (auto& c : t.consumers) times(c.quantity, goods), times(c.price, money), c.choke *= money;
    for (auto& l : t.links) {
      times(l.capacity, goods), times(l.terms_price, money), times(l.terms_volume, goods);
      l.cost *= money, times(l.capex, money * goods);
      for (auto& [a, c] : l.transit) c *= money;
    }
    t.volume *= goods;
    const auto a = run(yaml(s)), b = run(yaml(t));
    if (a.empty() || b.empty()) return;
    std::map<std::string, double> want;
    for (const auto& [name, value] : a.at("").value) {
      if (name.starts_with("node-price.")) continue;
      const auto part = [&](const char* word) {
        return name.starts_with(word) || name.find("." + std::string(word)) != std::string::npos;
      };
      const bool price = part("price") || part("limit") || part("zone") || part("terms.") || part("asks."),
                 volume = part("volume") || part("flow.");
      const bool plain = part("built");
      want[name] = value * (price ? money : volume ? goods : plain ? 1.0 : money * goods);  // delay: GDP stays
    }
    EXPECT_EQ(differs(want, b.at("").value, 1e4 * money * std::max(1.0, goods), 1e-9), "")
        << "seed " << seed << " money " << money << " goods " << goods << "\n"
        << yaml(s);
  }
}

// A world of a claim is the file edited; an actor left out is the oracle without it.
TEST(Deal, WorldsAreEditedFiles) {
  long shifted = 0, left_out = 0;
  for (std::uint64_t seed = 400000; seed < 400000 + instances(1000) && !HasFailure(); ++seed) {
    const Spec s = random_spec(seed);
    Dice d(seed + 1);
    Spec t = s;
    t.producers[0].first = d.between(5, 30);
    t.producers[0].last = d.between(40, 120);
    t.consumers[0].elasticity = -d.between(0.2, 1.2);
    auto& l = t.links[s.over[0]];
    l.cost = d.between(1, 30);
    l.capex = {{0, d.between(0.5, 20)}};
    const std::string link = "markets.gas.links." + l.name;
    std::string lever =
        "levers:\n  shift:\n    by: SEL\n    set:\n      markets.gas.producers.Field.cost: {first: " +
        number(t.producers[0].first) + ", last: " + number(t.producers[0].last) +
        "}\n      markets.gas.consumers.City.demand: {elasticity: " + number(t.consumers[0].elasticity) + "}\n      " +
        link + ": {cost: " + number(l.cost);
    if (l.build && s.links[s.over[0]].capex.size() > 1) l.capex = s.links[s.over[0]].capex;
    else if (l.build) lever += ", build: {capex: " + number(l.capex) + "}";
    lever += "}\n";
    const int out = 1 + d.pick(4);
    const std::string who = s.actors[out].id;
    const auto worlds =
        run(yaml(s, lever +
                        "claims:\n  a: {says: a, holds: q.gain > (q.gain with shift)}\n  b: {says: b, holds: "
                        "q.gain > (q.gain without " +
                        who + ")}\n"));
    const auto edited = run(yaml(t));
    if (worlds.empty() || edited.empty()) return;
    const std::string where = "seed " + std::to_string(seed) + "\n" + yaml(s, lever);
    ASSERT_TRUE(worlds.contains("with shift") && worlds.contains("without " + who)) << where;
    for (const auto& [name, value] : worlds.at("with shift").value)
      if (!name.starts_with("node-price.")) {
        const double other = edited.at("").value.at(name);
        if (name.find(".20") != std::string::npos) continue;  // by year: not asked for in this world
        EXPECT_TRUE(same(value, other, 1, 1e-12)) << name << " " << value << " " << other << " " << where;
      }
    ++shifted;
    Deal deal(s);
    deal.present[out] = false;
    Outcome o = answer(deal);
    if (o.tied) continue;
    std::erase_if(o.cells, [](const auto& c) { return c.first.find(".20") != std::string::npos; });
    EXPECT_EQ(differs(o.cells, worlds.at("without " + who).value, o.scale), "") << "without " << who << " " << where;
    ++left_out;
  }
  if (instances(1000) >= 400) {
    EXPECT_GT(shifted, 300);
    EXPECT_GT(left_out, 200);
  }
}

}  // namespace
