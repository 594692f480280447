// turn against brute force. The oracle is written from docs/methods/turn.md alone: it lists every package, works out
// what is carried out in every draw, computes the claim there with its own arithmetic (or, for market deals, writes the
// file with the levers' numbers in their places and draws that), and takes the cheapest. The search must find the same
// package or the same "none", the same front, and certificates that hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>

#include "entente/base/random.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/turn/turn.hpp"
#include "situations.hpp"

using namespace entente;
using tests::compile;

namespace {

int effort() {
  const char* e = std::getenv("ENTENTE_TEST_EFFORT");
  return e ? std::max(1, std::atoi(e)) : 1;
}

struct Random {
  std::mt19937_64 engine;
  std::uint64_t below(std::uint64_t n) { return engine() % n; }
  bool chance(double p) { return static_cast<double>(engine() >> 11) * 0x1p-53 < p; }
  double number(double lo, double hi) {  // of two decimals, so that it can be written
    return std::round(100 * (lo + (hi - lo) * static_cast<double>(engine() >> 11) * 0x1p-53)) / 100;
  }
};

std::string show(double x) {
  std::string s = std::to_string(x);
  return s;
}

constexpr std::size_t drivers = 4;

// What a lever puts in the place of a driver: a + b * dose + c * other, or k * the driver itself.
struct Put {
  std::size_t driver = 0;
  double a = 0, b = 0, c = 0, own = 0;
  std::size_t other = drivers;
  bool uncertain = false;  // between a and a + 1
};
struct LeverCase {
  std::vector<Put> puts;
  double cost_low = 0, cost_high = 0, cost_dose = 0;
  double works = 1;
  std::vector<double> doses;  // empty: none
  std::vector<std::size_t> excludes, needs;
};
struct Case {
  std::vector<std::pair<double, double>> base;
  std::vector<LeverCase> levers;
  std::vector<double> linear;  // of the claim
  double product = 0, above = 0, cap = 100;
  bool either = false;

  [[nodiscard]] bool truth(const std::vector<double>& d) const {
    double left = 0;
    for (std::size_t i = 0; i < drivers; ++i) left += linear[i] * d[i];
    left += product * (d[1] * d[2]);
    return either ? (left > above || d[3] > cap) : (left > above && d[3] < cap);
  }
};

Case make(Random& r) {
  Case c;
  for (std::size_t i = 0; i < drivers; ++i) {
    const double lo = r.number(0, 4);
    c.base.emplace_back(lo, lo + 1 + r.number(0, 4));
    c.linear.push_back(r.number(-1, 2));
  }
  c.product = r.chance(0.5) ? r.number(-0.4, 0.6) : 0;
  c.above = r.number(2, 14);
  c.either = r.chance(0.2);
  c.cap = c.either ? r.number(5, 8) : r.chance(0.4) ? r.number(2, 6) : 100;
  const std::size_t n = 2 + (r.chance(0.1) ? r.below(9) : r.below(4));
  std::size_t room = 800;  // packages at most
  for (std::size_t i = 0; i < n; ++i) {
    LeverCase l;
    l.cost_low = r.number(0, 6);
    l.cost_high = r.chance(0.5) ? l.cost_low : l.cost_low + 0.1 + r.number(0, 4);
    if (r.chance(0.3)) l.works = r.number(0.5, 0.95);
    if (r.chance(0.3) && room > 8) {
      const auto steps = 1 + r.below(3);
      const double hi = 1 + r.number(0, 3);
      for (std::size_t s = 1; s <= steps; ++s)
        l.doses.push_back(s == steps ? hi : hi * static_cast<double>(s) / static_cast<double>(steps));
      if (r.chance(0.7)) l.cost_dose = r.number(0.1, 3);
    }
    room /= 1 + std::max<std::size_t>(1, l.doses.size());
    const std::size_t places = 1 + r.below(2);
    for (std::size_t p = 0; p < places; ++p) {
      Put put{.driver = r.below(drivers)};
      if (std::ranges::any_of(l.puts, [&](const Put& x) { return x.driver == put.driver; })) continue;
      if (r.chance(0.15)) put.own = r.number(0.3, 2);
      else {
        put.a = r.number(0, 8);
        if (!l.doses.empty() && r.chance(0.8)) put.b = r.number(0.2, 2);
        else if (r.chance(0.3)) put.uncertain = true;
        if (!put.uncertain && put.driver + 1 < drivers && r.chance(0.3)) {
          put.other = put.driver + 1 + r.below(drivers - put.driver - 1);  // so that nothing goes round
          put.c = r.number(0.1, 1);
        }
      }
      l.puts.push_back(put);
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (r.chance(0.08)) l.excludes.push_back(j);
      else if (r.chance(0.08)) l.needs.push_back(j);
    }
    c.levers.push_back(std::move(l));
    if (room < 2) break;
  }
  return c;
}

std::string name(std::size_t i) { return "l" + std::to_string(i); }

std::string written(const Case& c) {
  std::string t =
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: "
      "Anna}\ndrivers:\n";
  for (std::size_t i = 0; i < drivers; ++i)
    t += "  d" + std::to_string(i) + ": between " + show(c.base[i].first) + " and " + show(c.base[i].second) +
         " in any\n";
  t += "levers:\n";
  const auto list = [](const std::vector<std::size_t>& of) {
    std::string out;
    for (const auto j : of) out += (out.empty() ? "" : ", ") + name(j);
    return "[" + out + "]";
  };
  for (std::size_t i = 0; i < c.levers.size(); ++i) {
    const auto& l = c.levers[i];
    t += "  " + name(i) + ":\n    by: A\n";
    if (l.cost_dose > 0) t += "    cost: = " + show(l.cost_low) + " + dose * " + show(l.cost_dose) + "\n";
    else if (l.cost_high > l.cost_low)
      t += "    cost: between " + show(l.cost_low) + " and " + show(l.cost_high) + "\n";
    else t += "    cost: " + show(l.cost_low) + "\n";
    if (l.works < 1) t += "    works: " + show(100 * l.works) + " %\n";
    if (!l.doses.empty())
      t += "    dose: between 0 and " + show(l.doses.back()) + "\n    steps: " + std::to_string(l.doses.size()) + "\n";
    if (!l.excludes.empty()) t += "    excludes: " + list(l.excludes) + "\n";
    if (!l.needs.empty()) t += "    needs: " + list(l.needs) + "\n";
    t += "    set:\n      drivers:\n";
    for (const auto& p : l.puts) {
      t += "        d" + std::to_string(p.driver) + ": ";
      if (p.own > 0) t += "= " + show(p.own) + " * d" + std::to_string(p.driver);
      else if (p.uncertain) t += "between " + show(p.a) + " and " + show(p.a + 1) + "";
      else if (p.b > 0 || p.c > 0) {
        t += "= " + show(p.a);
        if (p.b > 0) t += " + " + show(p.b) + " * dose";
        if (p.c > 0) t += " + " + show(p.c) + " * d" + std::to_string(p.other);
      } else t += show(p.a);
      t += "\n";
    }
  }
  t += "claims:\n  c: ";
  std::string left;
  for (std::size_t i = 0; i < drivers; ++i)
    left += (i ? " + " : "") + ("(" + show(c.linear[i]) + ")") + " * d" + std::to_string(i);
  left += " + (" + show(c.product) + ") * (d1 * d2)";
  t += left + " > " + show(c.above) + (c.either ? " or d3 > " : " and d3 < ") + show(c.cap) + "\n";
  return t;
}

using Pick = std::vector<std::pair<std::size_t, double>>;  // levers in order, with the dose (NaN)

// Brute force.
struct Oracle {
  const Case& c;
  std::size_t n;
  std::vector<std::vector<double>> base;                    // [draw][driver]
  std::vector<std::vector<std::vector<double>>> uncertain;  // [lever][put][draw]
  std::vector<std::vector<double>> cost;                    // [lever][draw]
  std::vector<std::vector<char>> works;                     // [lever][draw]

  Oracle(const Case& from, const plan::Plan& plan, const plan::Sampling& s) : c(from), n(s.draws) {
    const auto& sit = plan.situation();
    const auto at = [&](const std::string& path) { return sit.parameter(path); };
    uncertain.resize(c.levers.size());
    cost.resize(c.levers.size());
    works.resize(c.levers.size());
    for (std::size_t i = 0; i < c.levers.size(); ++i) uncertain[i].resize(c.levers[i].puts.size());
    std::vector<double> p(plan.parameters());
    for (std::uint64_t k = 0; k < n; ++k) {
      (void)plan.draw(s, k, p);
      auto& row = base.emplace_back();
      for (std::size_t d = 0; d < drivers; ++d) row.push_back(p[at("drivers.d" + std::to_string(d))]);
      for (std::size_t i = 0; i < c.levers.size(); ++i) {
        const std::string lever = "levers." + name(i);
        cost[i].push_back(c.levers[i].cost_dose > 0 ? c.levers[i].cost_low : p[at(lever + ".cost")]);
        const std::uint64_t stream = stable_hash(lever + ".works, tossed");
        const double u = s.designed() ? latin(s.seed + 0x9e3779b97f4a7c15ull * (k % 10 + 1), stream, k / 10, n / 10)
                                      : uniform(s.seed, stream, k);
        works[i].push_back(c.levers[i].works >= 1 || u < c.levers[i].works);
        for (std::size_t j = 0; j < c.levers[i].puts.size(); ++j)
          if (c.levers[i].puts[j].uncertain)
            uncertain[i][j].push_back(p[at(lever + ".drivers.d" + std::to_string(c.levers[i].puts[j].driver))]);
      }
    }
  }

  [[nodiscard]] bool meet(std::size_t a, std::size_t b) const {
    for (const auto& x : c.levers[a].puts)
      for (const auto& y : c.levers[b].puts)
        if (x.driver == y.driver) return true;
    return false;
  }
  // Itself or through others.
  [[nodiscard]] bool needs_it(std::size_t a, std::size_t b) const {
    return std::ranges::any_of(c.levers[a].needs, [&](std::size_t n) { return n == b || needs_it(n, b); });
  }
  [[nodiscard]] bool allowed(const Pick& p) const {
    for (const auto& [a, da] : p) {
      for (const auto need : c.levers[a].needs)
        if (std::ranges::none_of(p, [&](const auto& x) { return x.first == need; })) return false;
      for (const auto& [b, db] : p) {
        if (a == b) continue;
        if (std::ranges::find(c.levers[a].excludes, b) != c.levers[a].excludes.end()) return false;
        const bool follows = needs_it(a, b) || needs_it(b, a);
        if (meet(a, b) && !follows) return false;
      }
    }
    return true;
  }
  [[nodiscard]] bool holds(const Pick& p, std::size_t k) const {
    Pick done;
    for (const auto& x : p)
      if (works[x.first][k]) done.push_back(x);
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < done.size() && !again; ++i)
        for (const auto need : c.levers[done[i].first].needs)
          if (std::ranges::none_of(done, [&](const auto& x) { return x.first == need; })) {
            done.erase(done.begin() + static_cast<std::ptrdiff_t>(i));
            again = true;
            break;
          }
    }
    // Levers need only earlier ones, so of two on one place the later in the file needs the other, and stands.
    std::vector<double> value(drivers);
    for (std::size_t d = drivers; d-- > 0;) {
      value[d] = base[k][d];
      for (const auto& [i, dose] : done)
        for (std::size_t j = 0; j < c.levers[i].puts.size(); ++j) {
          const Put& put = c.levers[i].puts[j];
          if (put.driver != d) continue;
          if (put.own > 0) value[d] = put.own * base[k][d];
          else if (put.uncertain) value[d] = uncertain[i][j][k];
          else {
            value[d] = put.a;
            if (put.b > 0) value[d] += put.b * dose;
            if (put.c > 0) value[d] += put.c * value[put.other];
          }
        }
    }
    return c.truth(value);
  }
  [[nodiscard]] double price(const Pick& p) const {
    std::vector<double> sums;
    for (std::size_t k = 0; k < n; ++k) {
      double sum = 0;
      for (const auto& [i, dose] : p)
        sum += cost[i][k] + (c.levers[i].cost_dose > 0 ? dose * c.levers[i].cost_dose : 0);
      sums.push_back(sum);
    }
    std::ranges::sort(sums);
    return p.empty() ? 0 : sums[(n + 1) / 2 - 1];
  }
  // Every package that may be, with its cost and the draws in which it holds.
  struct Row {
    Pick pick;
    double price;
    std::size_t hits;
  };
  [[nodiscard]] std::vector<Row> all() const {
    std::vector<Row> out;
    Pick now;
    const std::function<void(std::size_t)> walk = [&](std::size_t i) {
      if (i == c.levers.size()) {
        if (!allowed(now)) return;
        std::size_t hits = 0;
        for (std::size_t k = 0; k < n; ++k) hits += holds(now, k);
        out.push_back({now, price(now), hits});
        return;
      }
      walk(i + 1);
      const auto& doses = c.levers[i].doses;
      for (std::size_t d = 0; d < std::max<std::size_t>(1, doses.size()); ++d) {
        now.emplace_back(i, doses.empty() ? NAN : doses[d]);
        walk(i + 1);
        now.pop_back();
      }
    };
    walk(0);
    return out;
  }
};

Pick picked(const turn::Moves& m, const turn::Package& p) {
  Pick out;
  for (const auto i : p) out.emplace_back(m.items[i].lever, m.items[i].dose);
  return out;
}

bool same(const Pick& a, const Pick& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].first != b[i].first ||
        !(std::isnan(a[i].second) ? std::isnan(b[i].second) : std::abs(a[i].second - b[i].second) < 1e-9))
      return false;
  return true;
}

TEST(TurnOracle, EveryPackageOfRandomSituations) {
  Random r{std::mt19937_64(20250509)};
  int reached = 0, none = 0, large = 0, refused = 0;
  while (reached + none < 2800 * effort()) {
    const Case c = make(r);
    const auto compiled = compile(written(c), {}, {.everything = false, .moves = true});
    if (compiled->complaints().find("E0835") != std::string::npos) {  // needs that cannot be met: rightly refused
      ++refused;
      continue;
    }
    ASSERT_TRUE(compiled->plan) << compiled->complaints() << written(c);
    const std::uint64_t draws = r.chance(0.5) ? 100 : 40;
    const double chance = 0.3 + 0.1 * static_cast<double>(r.below(7));
    turn::Options o{.sampling = {.seed = 1 + r.below(1000), .draws = draws, .latin = r.chance(0.7)},
                    .chance = chance,
                    .threads = 1};
    o.brief = true;
    const auto a = turn::turn(*compiled->plan, 0, o);
    ASSERT_TRUE(a.has_value());
    const Oracle oracle(c, *compiled->plan, o.sampling);
    const auto rows = oracle.all();
    const auto need = static_cast<std::size_t>(std::ceil(chance * static_cast<double>(draws) - 1e-7));
    const Oracle::Row* best = nullptr;
    std::size_t most = 0;
    for (const auto& row : rows) {
      most = std::max(most, row.hits);
      if (row.hits >= need && (!best || row.price < best->price - 1e-9)) best = &row;
    }
    large += c.levers.size() >= 6;
    ASSERT_EQ(best != nullptr, a->found.least.has_value()) << written(c);
    ASSERT_TRUE(a->found.whole);
    if (best) {
      ++reached;
      const auto& t = a->found.tried[*a->found.least];
      EXPECT_NEAR(t.cost, best->price, 1e-9 * (1 + best->price)) << written(c);
      const Pick mine = picked(a->moves, t.package);
      const auto it = std::ranges::find_if(rows, [&](const auto& row) { return same(row.pick, mine); });
      ASSERT_NE(it, rows.end());
      EXPECT_EQ(it->hits, t.count.hits) << written(c);
      EXPECT_GE(it->hits, need);
    } else {
      ++none;
      EXPECT_EQ(a->found.tried[a->found.front.back()].count.hits, most) << written(c);
    }
    // The front: what no other beats.
    std::vector<std::pair<double, std::size_t>> front;
    std::vector<const Oracle::Row*> by_price;
    for (const auto& row : rows) by_price.push_back(&row);
    std::ranges::sort(by_price, {}, [](const auto* row) { return std::pair(row->price, ~row->hits); });
    for (const auto* row : by_price)
      if (front.empty() || row->hits > front.back().second) front.emplace_back(row->price, row->hits);
    // Prices that rounding tells apart are one.
    for (std::size_t k = 0; k + 1 < front.size();)
      if (front[k + 1].first - front[k].first < 1e-9) front.erase(front.begin() + static_cast<std::ptrdiff_t>(k));
      else ++k;
    std::vector<std::pair<double, std::size_t>> mine;
    for (const auto f : a->found.front) mine.emplace_back(a->found.tried[f].cost, a->found.tried[f].count.hits);
    for (std::size_t k = 0; k + 1 < mine.size();)
      if (mine[k + 1].first - mine[k].first < 1e-9) mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(k));
      else ++k;
    ASSERT_EQ(mine.size(), front.size()) << written(c);
    for (std::size_t k = 0; k < front.size(); ++k) {
      EXPECT_NEAR(mine[k].first, front[k].first, 1e-9);
      EXPECT_EQ(mine[k].second, front[k].second) << written(c);
    }
    // Certificates: all that is cheaper was looked at, and more of its draws fail than may.
    if (best)
      for (std::size_t k = 0; k < *a->found.least; ++k) {
        const auto& t = a->found.tried[k];
        const Pick p = picked(a->moves, t.package);
        const auto it = std::ranges::find_if(rows, [&](const auto& row) { return same(row.pick, p); });
        ASSERT_NE(it, rows.end());
        EXPECT_GT(t.count.misses, draws - need);
        EXPECT_GE(draws - it->hits, t.count.misses);
      }
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(reached, 600);
  EXPECT_GT(none, 600);
  EXPECT_GT(large, 100);
  EXPECT_LT(refused, 500);
}

// Market deals: the oracle writes the levers' numbers into the file and draws that.
TEST(TurnOracle, MarketDeals) {
  Random r{std::mt19937_64(7)};
  struct Place {
    const char* path;
    std::vector<std::string> values;
  };
  const std::vector<Place> places{{"drivers.lng", {"260", "420", "500"}},
                                  {"markets.gas.producers.Field.cost", {"20", "120"}},
                                  {"markets.gas.consumers.City.demand.quantity", {"40", "90"}},
                                  {"markets.gas.links.Pipe.build.capex", {"4", "25"}}};
  const auto file = [&](const std::vector<std::string>& at, const std::string& levers, const std::string& claim) {
    return "entente: 1\nsituation: A pipe\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\n"
           "actors: {SEL: Seller, BUY: Buyer}\ndrivers:\n  lng: " +
           at[0] + (at[0].find("USD") == std::string::npos ? " USD/kcm" : "") +
           "\nmarkets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n      Field: "
           "{of: SEL, "
           "capacity: 40, cost: " +
           at[1] +
           "}\n      LNG: {open: true, capacity: 100, cost: lng}\n    consumers:\n      City: {of: BUY, "
           "demand: {quantity: " +
           at[2] +
           ", price: 330, elasticity: -0.6 to -0.3}}\n    links:\n      Ships: {from: LNG, to: City, capacity: 100}\n"
           "      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: 30, build: {capex: " +
           at[3] + ", life: 30 yr, rate: 7 to 11 %, paid-by: SEL}}\n" + levers +
           "questions:\n  p: {deal: gas, over: [Pipe]}\nclaims:\n  c: " + claim + "\n";
  };
  const std::vector<std::string> base{"300 to 340 USD/kcm", "60 to 90", "50 to 70", "8 to 12"};
  const std::vector<std::string> claims{"p.price > 210 USD/kcm", "p.price < 190 USD/kcm",
                                        "p.limit.BUY > 330 USD/kcm and p.limit.SEL < 100 USD/kcm",
                                        "p.price between 180 USD/kcm and 230 USD/kcm"};
  for (int i = 0; i < 200 * effort(); ++i) {
    const std::size_t n = 2 + r.below(3);
    std::vector<std::vector<std::pair<std::size_t, std::string>>> sets(n);
    std::vector<double> cost(n);
    std::string levers = "levers:\n";
    for (std::size_t l = 0; l < n; ++l) {
      cost[l] = static_cast<double>(1 + r.below(40)) / 4;
      levers += "  " + name(l) + ":\n    by: SEL\n    cost: " + show(cost[l]) + "\n    set:\n";
      for (std::size_t k = 0; k < places.size(); ++k)
        if (r.chance(0.4) || (k + 1 == places.size() && sets[l].empty())) {
          const std::string v = places[k].values[r.below(places[k].values.size())];
          sets[l].emplace_back(k, v);
          levers += "      " + std::string(places[k].path) + ": " + v + (k == 0 ? " USD/kcm" : "") + "\n";
        }
    }
    const std::string claim = claims[r.below(claims.size())];
    const turn::Options o{.sampling = {.seed = 5, .draws = 40, .latin = false},
                          .chance = 0.3 + 0.1 * static_cast<double>(r.below(7)),
                          .brief = true,
                          .threads = 1};
    const auto c = compile(file(base, levers, claim), {}, {.everything = false, .moves = true});
    ASSERT_TRUE(c->plan) << c->complaints();
    const auto a = turn::turn(*c->plan, 0, o);
    ASSERT_TRUE(a.has_value());
    const auto need = static_cast<std::size_t>(turn::needed(o.chance, 40));
    double least = INFINITY;
    std::size_t most = 0;
    for (std::uint32_t mask = 0; mask < 1u << n; ++mask) {
      auto at = base;
      double sum = 0;
      bool clash = false;
      std::vector<char> set(places.size(), 0);
      for (std::size_t l = 0; l < n; ++l) {
        if (!(mask >> l & 1)) continue;
        sum += cost[l];
        for (const auto& [k, v] : sets[l]) {
          clash = clash || set[k];
          set[k] = 1;
          at[k] = v;
        }
      }
      if (clash) continue;
      const auto w = compile(file(at, "", claim), {}, {.everything = false});
      ASSERT_TRUE(w->plan) << w->complaints();
      const auto d = doubt::run(*w->plan, {.sampling = o.sampling, .threads = 1});
      const auto hits = static_cast<std::size_t>(std::ranges::count(d->truth[0], 1));
      most = std::max(most, hits);
      if (hits >= need) least = std::min(least, sum);
    }
    ASSERT_EQ(std::isfinite(least), a->found.least.has_value());
    if (a->found.least) {
      EXPECT_NEAR(a->found.tried[*a->found.least].cost, least, 1e-9);
    } else {
      EXPECT_EQ(a->found.tried[a->found.front.back()].count.hits, most);
    }
  }
}

// A random table says in which draws which pair of packages holds: the search of min-max against a plain one.
class Table final : public turn::Duel {
 public:
  Table(std::uint64_t seed, std::size_t draws, bool gentle) : seed_(seed), draws_(draws), gentle_(gentle) {}
  [[nodiscard]] bool holds(const turn::Package& p, const turn::Package& q, std::size_t k) const {
    std::uint64_t key = seed_;
    double bias = 0.35;
    for (const auto i : p) key = key * 31 + i + 1, bias += 0.15;
    key = key * 1009;
    for (const auto i : q) key = key * 37 + i + 1, bias -= gentle_ ? 0.03 : 0.12;
    return entente::uniform(key, 1, k) < bias;
  }
  turn::Count count(const turn::Package& p, const turn::Package& q, std::uint64_t most) override {
    turn::Count c;
    for (std::size_t k = 0; k < draws_; ++k) (holds(p, q, k) ? c.hits : c.misses) += 1;
    c.whole = c.misses <= most;
    return c;
  }

 private:
  std::uint64_t seed_;
  std::size_t draws_;
  bool gentle_;
};

TEST(TurnOracle, AgainstSomebodyWhoAnswers) {
  Random r{std::mt19937_64(99)};
  int stands = 0;
  for (int i = 0; i < 500 * effort(); ++i) {
    const std::size_t draws = 30;
    const auto side = [&](std::size_t n) {
      turn::Moves m{.draws = draws,
                    .levers = n,
                    .items = {},
                    .excludes = std::vector<std::vector<char>>(n, std::vector<char>(n, 0)),
                    .needs = {},
                    .works = {}};
      m.needs.resize(n);
      m.works.resize(n);
      for (std::uint32_t l = 0; l < n; ++l) {
        turn::Item item{.lever = l, .dose = NAN, .cost = {}};
        const double c = r.number(0, 5), wide = r.chance(0.5) ? r.number(0, 3) : 0;
        for (std::size_t k = 0; k < draws; ++k) item.cost.push_back(c + wide * entente::uniform(i + 1, l, k));
        m.items.push_back(std::move(item));
        for (std::uint32_t j = 0; j < l; ++j) {
          if (r.chance(0.1)) m.excludes[l][j] = m.excludes[j][l] = 1;
          else if (r.chance(0.1)) m.needs[l].push_back(j);
        }
      }
      return m;
    };
    const auto first = side(1 + r.below(5)), second = side(r.below(4));
    Table table(r.below(1u << 30), draws, r.chance(0.6));
    const std::uint64_t need = 12 + r.below(10);
    const double budget = r.chance(0.5) ? INFINITY : r.number(1, 8);
    const auto s = turn::search_against(first, second, table, need, {}, {.budget = budget});
    const auto subsets = [](const turn::Moves& m) {
      std::vector<turn::Package> out;
      for (std::uint32_t mask = 0; mask < 1u << m.items.size(); ++mask) {
        turn::Package p;
        for (std::uint32_t j = 0; j < m.items.size(); ++j)
          if (mask >> j & 1) p.push_back(j);
        if (turn::feasible(m, p)) out.push_back(p);
      }
      return out;
    };
    double least = INFINITY;
    for (const auto& p : subsets(first)) {
      bool good = true;
      for (const auto& q : subsets(second))
        if (turn::cost_of(second, q, 0.5) <= budget) good = good && table.count(p, q, draws).hits >= need;
      if (good) least = std::min(least, turn::cost_of(first, p, 0.5));
    }
    ASSERT_TRUE(s.whole);
    ASSERT_EQ(s.least.has_value(), std::isfinite(least));
    if (!s.least) continue;
    ++stands;
    EXPECT_EQ(s.tried[*s.least].cost, least);
    std::uint64_t worst = draws;
    for (const auto& q : subsets(second))
      if (turn::cost_of(second, q, 0.5) <= budget)
        worst = std::min(worst, table.count(s.tried[*s.least].package, q, draws).hits);
    EXPECT_EQ(s.nearest->count.hits, worst);
  }
  EXPECT_GT(stands, 100);
}

// Over a thousand seeds the interval that is told covers the true chance of the package that is told, which is known
// here: the chance that the lever works.
TEST(TurnOracle, IntervalsCover) {
  std::string levers;
  std::vector<double> works;
  for (int i = 0; i < 8; ++i) {
    works.push_back(0.72 + 0.02 * i);
    levers += "  " + name(static_cast<std::size_t>(i)) + ": {by: A, cost: " + std::to_string(1 + i) +
              ", works: " + show(100 * works.back()) + " %, set: {drivers: {x: 9}}}\n";
  }
  const auto c = compile(
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: Anna}\n"
      "drivers:\n  x: between 0 and 1 in any\nlevers:\n" +
          levers + "claims:\n  c: x > 5\n",
      {}, {.everything = false, .moves = true});
  ASSERT_TRUE(c->plan) << c->complaints();
  int told = 0, covered = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const auto a = turn::turn(
        *c->plan, 0,
        {.sampling = {.seed = seed, .draws = 100, .latin = false}, .chance = 0.8, .brief = true, .threads = 1});
    ASSERT_TRUE(a.has_value());
    if (!a->package) continue;
    ++told;
    ASSERT_EQ(a->package->steps.size(), 1u);
    const double truth = works[a->package->steps[0].lever];
    covered += a->interval.low <= truth && truth <= a->interval.high;
  }
  EXPECT_GT(told, 900);
  EXPECT_GE(covered, 0.9 * told) << covered << " of " << told;
}

}  // namespace
