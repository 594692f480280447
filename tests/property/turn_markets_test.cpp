// turn against brute force where a question is asked in every world: deals over a pipe. The oracle, written from
// docs/methods/turn.md, lists every package, writes the file with the numbers of the levers that are carried out in
// their places, and draws that; so it knows nothing of worlds, patches or what is kept.
#include <gtest/gtest.h>

#include <array>

#include "property/turn_oracle.hpp"

using namespace turn_oracle;

namespace {

constexpr std::uint64_t draws = 40;
constexpr std::uint64_t seed = 5;
constexpr std::size_t places = 4;

struct Place {
  const char* path;
  const char* unit;
  const char* base;
  std::array<const char*, 3> values;
  double from, by;  // with a dose: from + dose * by
};
constexpr std::array<Place, places> where{{
    {"drivers.lng", "USD/kcm", "300 to 340", {"260", "420", "500"}, 240, 50},
    {"markets.gas.producers.Field.cost", "USD/kcm", "60 to 90", {"20", "120", "100"}, 30, 20},
    {"markets.gas.consumers.City.demand.quantity", "bcm/yr", "50 to 70", {"40", "90", "55"}, 30, 12},
    {"markets.gas.links.Pipe.build.capex", "B USD", "8 to 12", {"4", "25", "16"}, 2, 5},
}};

using Numbers = std::array<std::string, places>;  // with their units

std::string file(const Numbers& at, const std::string& levers, const std::string& claim) {
  return "entente: 1\nsituation: A pipe\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\n"
         "actors: {SEL: Seller, BUY: Buyer}\ndrivers:\n  lng: " +
         at[0] +
         "\nmarkets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n"
         "      Field: {of: SEL, capacity: 40, cost: " +
         at[1] +
         "}\n      LNG: {open: true, capacity: 100, cost: lng}\n    consumers:\n      City: {of: BUY, demand: "
         "{quantity: " +
         at[2] +
         ", price: 330, elasticity: -0.6 to -0.3}}\n    links:\n      Ships: {from: LNG, to: City, capacity: 100}\n"
         "      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: 30, build: {capex: " +
         at[3] + ", life: 30 yr, rate: 7 to 11 %, paid-by: SEL}}\n" + levers +
         "questions:\n  p: {deal: gas, over: [Pipe]}\nclaims:\n  c: " + claim + "\n";
}

// What a lever puts in a place: a number, or one that grows with the dose.
struct Put {
  std::size_t place = 0;
  std::string value = {};  // empty: by the dose
};
struct Lever {
  std::vector<Put> puts = {};
  std::vector<double> doses = {};  // empty: none
  double cost = 0, cost_by_dose = 0, works = 1;
  std::uint32_t needs = 0, excludes = 0;  // of earlier ones

  [[nodiscard]] std::string at(const Put& put, double dose) const {
    const Place& p = where[put.place];
    return put.value.empty()
               ? "= " + show(p.from) + " " + p.unit + " + " + show(dose) + " * " + show(p.by) + " " + p.unit
               : put.value + " " + p.unit;
  }
};

std::vector<Lever> any_levers(Random& r) {
  std::vector<Lever> levers(2 + (r.chance(0.15) ? r.below(9) : r.below(4)));
  std::size_t room = 4000;  // packages at most
  for (std::size_t l = 0; l < levers.size(); ++l) {
    Lever& lever = levers[l];
    lever.cost = static_cast<double>(1 + r.below(40)) / 4;
    if (r.chance(0.3)) lever.works = r.number(0.5, 0.95);
    if (r.chance(0.25) && room > 40) {
      const std::size_t steps = 1 + r.below(3);
      const double most = static_cast<double>(1 + r.below(4));
      for (std::size_t s = 1; s <= steps; ++s)
        lever.doses.push_back(s == steps ? most : most * static_cast<double>(s) / static_cast<double>(steps));
      if (r.chance(0.7)) lever.cost_by_dose = r.number(0.1, 3);
    }
    room /= 1 + std::max<std::size_t>(1, lever.doses.size());
    if (l > 0 && r.chance(0.2)) (r.chance(0.5) ? lever.needs : lever.excludes) |= 1u << r.below(l);
    for (std::size_t k = 0; k < places; ++k)
      if (r.chance(levers.size() > 5 ? 0.2 : 0.4) || (k + 1 == places && lever.puts.empty()))
        lever.puts.push_back({k, !lever.doses.empty() && r.chance(0.8) ? "" : where[k].values[r.below(3)]});
  }
  return levers;
}

std::string written(const std::vector<Lever>& levers) {
  std::string t = "levers:\n";
  for (std::size_t l = 0; l < levers.size(); ++l) {
    const Lever& lever = levers[l];
    t += "  " + name(l) + ":\n    by: SEL\n    cost: ";
    t += lever.cost_by_dose > 0 ? "= " + show(lever.cost) + " + dose * " + show(lever.cost_by_dose) : show(lever.cost);
    t += "\n";
    if (lever.works < 1) t += "    works: " + show(100 * lever.works) + " %\n";
    if (!lever.doses.empty())
      t += "    dose: between 0 and " + show(lever.doses.back()) +
           "\n    steps: " + std::to_string(lever.doses.size()) + "\n";
    for (std::size_t x = 0; x < l; ++x) {
      if (lever.needs >> x & 1) t += "    needs: " + name(x) + "\n";
      if (lever.excludes >> x & 1) t += "    excludes: " + name(x) + "\n";
    }
    t += "    set:\n";
    for (const Put& put : lever.puts) {
      const Place& p = where[put.place];
      t += std::string("      ") + p.path + ": ";
      t += put.value.empty() ? "= " + show(p.from) + " " + p.unit + " + dose * " + show(p.by) + " " + p.unit
                             : put.value + " " + p.unit;
      t += "\n";
    }
  }
  return t;
}

struct Oracle {
  const std::vector<Lever>& levers;
  std::string claim;
  std::map<Numbers, std::vector<std::uint8_t>> worlds = {};  // the claim draw by draw, by the numbers in their places

  // Whether one needs the other, through others too: of two that set one place it stands.
  [[nodiscard]] bool follows(std::size_t one, std::size_t two) const {
    for (std::size_t x = 0; x < one; ++x)
      if ((levers[one].needs >> x & 1) && (x == two || follows(x, two))) return true;
    return false;
  }
  [[nodiscard]] bool meet(std::size_t one, std::size_t two) const {
    return std::ranges::any_of(levers[one].puts, [&](const Put& x) {
      return std::ranges::any_of(levers[two].puts, [&](const Put& y) { return x.place == y.place; });
    });
  }
  [[nodiscard]] bool may(const Pick& pick) const {
    std::uint32_t mask = 0;
    for (const auto& [l, dose] : pick) mask |= 1u << l;
    for (const auto& [one, dose_one] : pick) {
      if ((levers[one].needs & mask) != levers[one].needs || (levers[one].excludes & mask) != 0) return false;
      for (const auto& [two, dose_two] : pick)
        if (two < one && meet(one, two) && !follows(one, two)) return false;
    }
    return true;
  }
  const std::vector<std::uint8_t>& world(const Pick& done) {
    Numbers at;
    for (std::size_t k = 0; k < places; ++k) at[k] = std::string(where[k].base) + " " + where[k].unit;
    for (const auto& [l, dose] : done)  // who needs another comes behind it
      for (const Put& put : levers[l].puts) at[put.place] = levers[l].at(put, dose);
    auto& w = worlds[at];
    if (!w.empty()) return w;
    const auto c = compile(file(at, "", claim), {}, {.everything = false});
    EXPECT_TRUE(c->plan) << c->complaints();
    if (!c->plan) return w = std::vector<std::uint8_t>(draws);
    return w = doubt::run(*c->plan, {.sampling = {.seed = seed, .draws = draws, .latin = false}, .threads = 1})
                   ->truth[0];
  }
  std::size_t hits(const Pick& pick) {
    std::size_t out = 0;
    for (std::uint64_t k = 0; k < draws; ++k) {
      Pick done;
      std::uint32_t mask = 0;
      for (const auto& [l, dose] : pick) {
        const std::uint64_t stream = stable_hash("levers." + name(l) + ".works, tossed");
        const bool can = levers[l].works >= 1 || uniform(seed, stream, k) < levers[l].works;
        if (!can || (levers[l].needs & mask) != levers[l].needs) continue;
        done.emplace_back(l, dose);
        mask |= 1u << l;
      }
      out += world(done)[k] == 1;
    }
    return out;
  }
  std::vector<Row> all() {
    std::vector<Row> out;
    Pick now;
    const std::function<void(std::size_t)> walk = [&](std::size_t l) {
      if (l == levers.size()) {
        if (!may(now)) return;
        double price = 0;
        for (const auto& [x, dose] : now)
          price += levers[x].cost + (levers[x].cost_by_dose > 0 ? dose * levers[x].cost_by_dose : 0);
        out.push_back({now, price, hits(now)});
        return;
      }
      walk(l + 1);
      const auto& doses = levers[l].doses;
      for (std::size_t d = 0; d < std::max<std::size_t>(1, doses.size()); ++d) {
        now.emplace_back(l, doses.empty() ? NAN : doses[d]);
        walk(l + 1);
        now.pop_back();
      }
    };
    walk(0);
    return out;
  }
};

TEST(TurnOracle, MarketDeals) {
  Random r{std::mt19937_64(7)};
  const std::vector<std::string> claims{"p.price > 210 USD/kcm", "p.price < 190 USD/kcm",
                                        "p.limit.BUY > 330 USD/kcm and p.limit.SEL < 100 USD/kcm",
                                        "p.price between 180 USD/kcm and 230 USD/kcm"};
  int reached = 0, none = 0, many = 0, dosed = 0, refused = 0;
  Numbers base;
  for (std::size_t k = 0; k < places; ++k) base[k] = std::string(where[k].base) + " " + where[k].unit;
  while (reached + none < times(400)) {
    const auto levers = any_levers(r);
    const std::string claim = claims[r.below(claims.size())];
    const turn::Options o{.sampling = {.seed = seed, .draws = draws, .latin = false},
                          .chance = 0.3 + 0.1 * static_cast<double>(r.below(7)),
                          .brief = true,
                          .threads = 1};
    const auto c = compile(file(base, written(levers), claim), {}, {.everything = false, .moves = true});
    if (c->complaints().find("E0835") != std::string::npos) {  // needs that cannot be met: rightly refused
      ++refused;
      continue;
    }
    ASSERT_TRUE(c->plan) << c->complaints() << written(levers);
    const auto a = turn::turn(*c->plan, 0, o);
    ASSERT_TRUE(a.has_value());
    Oracle oracle{levers, claim};
    (judge(*a, oracle.all(), o.chance, draws) ? reached : none) += 1;
    ASSERT_FALSE(HasFailure()) << written(levers) << claim << "\nat " << o.chance;
    many += levers.size() > 5;
    dosed += std::ranges::any_of(levers, [](const Lever& l) { return !l.doses.empty(); });
  }
  RecordProperty("reached", reached);
  RecordProperty("none", none);
  if (effort() < 1) return;
  EXPECT_GT(reached, 100);
  EXPECT_GT(none, 100);
  EXPECT_GT(many, 20);
  EXPECT_GT(dosed, 100);
  EXPECT_LT(refused, times(100));
}

}  // namespace
