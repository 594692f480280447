// Random situations with levers, and an oracle over all their packages. The oracle is written from docs/methods/turn.md
// alone: it lists every package, works out what is carried out in every draw, computes the claim there with its own
// arithmetic, and knows nothing of the search.
#pragma once
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
#include "support/property.hpp"

using namespace entente;
using tests::compile;
using tests::effort;
using tests::times;

namespace turn_oracle {

struct Random {
  std::mt19937_64 engine;
  std::uint64_t below(std::uint64_t n) { return engine() % n; }
  bool chance(double p) { return static_cast<double>(engine() >> 11) * 0x1p-53 < p; }
  double number(double lo, double hi) {  // of two decimals, so that it can be written
    return std::round(100 * (lo + (hi - lo) * static_cast<double>(engine() >> 11) * 0x1p-53)) / 100;
  }
};

inline std::string show(double x) {
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

inline Case make(Random& r) {
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
  std::size_t room = 3000;  // packages at most
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

inline std::string name(std::size_t i) { return "l" + std::to_string(i); }

inline std::string written(const Case& c) {
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

// A package, its cost and the number of draws in which it holds.
struct Row {
  Pick pick;
  double price;
  std::size_t hits;
};

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
    return std::ranges::any_of(c.levers[a].needs, [&](std::size_t x) { return x == b || needs_it(x, b); });
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
  // Every package that may be.
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

inline Pick picked(const turn::Moves& m, const turn::Package& p) {
  Pick out;
  for (const auto i : p) out.emplace_back(m.items[i].lever, m.items[i].dose);
  return out;
}

inline bool same(const Pick& a, const Pick& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].first != b[i].first ||
        !(std::isnan(a[i].second) ? std::isnan(b[i].second) : std::abs(a[i].second - b[i].second) < 1e-9))
      return false;
  return true;
}

// What no other beats, by rising cost; costs that rounding tells apart are one.
inline std::vector<std::pair<double, std::size_t>> one_cost_once(std::vector<std::pair<double, std::size_t>> front) {
  for (std::size_t k = 0; k + 1 < front.size();)
    if (front[k + 1].first - front[k].first < 1e-9) front.erase(front.begin() + static_cast<std::ptrdiff_t>(k));
    else ++k;
  return front;
}

// The search's whole answer against the list of all packages: the least or the same "none", the front, and the
// certificate (every cheaper package was looked at, and more of its draws fail than may). Whether any reaches it.
inline bool judge(const turn::Answer& a, const std::vector<Row>& rows, double chance, std::size_t draws) {
  const auto need = static_cast<std::size_t>(std::ceil(chance * static_cast<double>(draws) - 1e-7));
  const auto row_of = [&](const turn::Package& p) {
    const Pick mine = picked(a.moves, p);
    return std::ranges::find_if(rows, [&](const Row& row) { return same(row.pick, mine); });
  };
  const Row* best = nullptr;
  std::size_t most = 0;
  for (const auto& row : rows) {
    most = std::max(most, row.hits);
    if (row.hits >= need && (!best || row.price < best->price - 1e-9)) best = &row;
  }
  EXPECT_TRUE(a.found.whole);
  EXPECT_EQ(best != nullptr, a.found.least.has_value());
  if (best && a.found.least) {
    const auto& t = a.found.tried[*a.found.least];
    EXPECT_NEAR(t.cost, best->price, 1e-9 * (1 + best->price));
    const auto it = row_of(t.package);
    EXPECT_TRUE(it != rows.end() && it->hits == t.count.hits && it->hits >= need);
    for (std::size_t k = 0; k < *a.found.least; ++k) {
      const auto& cheaper = a.found.tried[k];
      const auto refuted = row_of(cheaper.package);
      EXPECT_GT(cheaper.count.misses, draws - need);
      EXPECT_TRUE(refuted != rows.end() && draws - refuted->hits >= cheaper.count.misses);
    }
  } else if (!best) {
    EXPECT_EQ(a.found.tried[a.found.front.back()].count.hits, most);
  }
  std::vector<const Row*> by_price;
  for (const auto& row : rows) by_price.push_back(&row);
  std::ranges::sort(by_price, {}, [](const Row* row) { return std::pair(row->price, ~row->hits); });
  std::vector<std::pair<double, std::size_t>> front, mine;
  for (const auto* row : by_price)
    if (front.empty() || row->hits > front.back().second) front.emplace_back(row->price, row->hits);
  for (const auto f : a.found.front) mine.emplace_back(a.found.tried[f].cost, a.found.tried[f].count.hits);
  front = one_cost_once(std::move(front));
  mine = one_cost_once(std::move(mine));
  EXPECT_EQ(mine.size(), front.size());
  for (std::size_t k = 0; k < std::min(mine.size(), front.size()); ++k) {
    EXPECT_NEAR(mine[k].first, front[k].first, 1e-9);
    EXPECT_EQ(mine[k].second, front[k].second);
  }
  return best != nullptr;
}

}  // namespace turn_oracle
