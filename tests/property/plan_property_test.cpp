// Worlds against files. A lever's world must equal the file in which the lever's numbers stand in their places, and
// `without` must equal the file in which nothing of the kind is written; both over random markets, levers and draws.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdlib>

#include "situations.hpp"
#include "support/property.hpp"

using namespace entente;
using tests::compile;
using tests::Compiled;

namespace {

// Thousands of instances unless told otherwise.
[[maybe_unused]] const bool many = entente::tests::instances(2000);

// A place of the market and what may stand there.
struct Place {
  const char* path;
  std::vector<std::string> choices;
};

const std::vector<Place>& places() {
  static const std::vector<Place> all{
      {"drivers.oil",
       {"60 to 85 USD/bbl", "40 to 50 USD/bbl", "= 2 * gold", "90 USD/bbl", "= 0.5 * gold + 20 USD/bbl"}},
      {"drivers.lng", {"= 4 bbl/kcm * oil", "250 to 300 USD/kcm", "= 5 bbl/kcm * gold"}},
      {"drivers.want", {"50 to 70 bcm/yr", "90 bcm/yr", "20 to 30 bcm/yr"}},
      {"markets.gas.producers.Field.capacity", {"40", "10 to 60", "25"}},
      {"markets.gas.producers.Field.cost", {"60 to 90", "20", "150 to 250"}},
      {"markets.gas.producers.LNG.cost", {"lng", "280 to 320", "= 1.1 * lng"}},
      {"markets.gas.consumers.City.demand.quantity", {"want", "40 to 50", "= 0.5 * want"}},
      {"markets.gas.consumers.City.demand.elasticity", {"-0.6 to -0.3", "-1.5 to -0.9"}},
      {"markets.gas.consumers.Port.demand.quantity", {"20 to 30", "60"}},
      {"markets.gas.links.Ships.capacity", {"100", "5 to 10"}},
      {"markets.gas.links.Rail.capacity", {"15", "30 to 40", "0"}},
      {"markets.gas.links.Rail.terms.price", {"200 to 260", "150"}},
      {"markets.gas.links.Pipe.capacity", {"30", "10 to 15"}},
      {"markets.gas.links.Pipe.build.capex", {"8 to 12", "30 to 50", "2"}},
      {"markets.gas.links.Loop.transit-cost.TRA", {"5 to 9", "30"}},
  };
  return all;
}

struct Without {  // what is written; false: not at all
  bool rail = true, port = true, pipe = true, loop = true;
};

std::string market(const std::vector<std::string>& at, const std::string& levers, const Without& there = {}) {
  std::string t =
      "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\n"
      "actors: {SEL: Seller, BUY: Buyer, TRA: Transit, OTH: Other}\n"
      "drivers:\n  gold: 30 to 40 USD/bbl\n  oil: " +
      at[0] + "\n  lng: " + at[1] + "\n  want: " + at[2] +
      "\nmarkets:\n  gas:\n    year: 2030\n    quantity: bcm/yr\n    price: USD/kcm\n    producers:\n      Field: {of: "
      "SEL, capacity: " +
      at[3] + ", cost: " + (at[4].front() == '=' ? '"' + at[4] + '"' : at[4]) +
      "}\n      LNG: {open: true, capacity: 100, cost: " + at[5] +
      "}\n    consumers:\n      City: {of: BUY, demand: {quantity: " + at[6] + ", price: 330, elasticity: " + at[7] +
      "}}\n";
  if (there.port) t += "      Port: {of: OTH, demand: {quantity: " + at[8] + ", price: 300, elasticity: -0.4}}\n";
  t += "    links:\n      Ships: {from: LNG, to: City, capacity: " + at[9] + "}\n";
  if (there.port && there.rail)
    t += "      Rail: {from: Field, to: Port, consent: [SEL, OTH], capacity: " + at[10] + ", terms: {price: " + at[11] +
         ", volume: 10}}\n";
  if (there.pipe)
    t += "      Pipe: {from: Field, to: City, consent: [SEL, BUY], capacity: " + at[12] + ", build: {capex: " + at[13] +
         ", life: 30, rate: 0.08}}\n";
  if (there.loop)
    t += "      Loop: {from: Field, to: City, consent: [SEL, TRA, BUY], capacity: 20, transit-cost: {TRA: " + at[14] +
         "}, build: {capex: 6, life: 30, rate: 0.08}}\n";
  t += levers;
  t += std::string("questions:\n  p: {deal: gas, over: [") + (there.pipe ? "Pipe" : "") +
       (there.pipe && there.loop ? ", " : "") + (there.loop ? "Loop" : "") + "]}\n";
  return t;
}

std::vector<std::string> random_values() {
  std::vector<std::string> at;
  for (const auto& p : places()) at.push_back(*rc::gen::elementOf(p.choices));
  // Formulas that need one another in a circle are another test's business.
  return at;
}

bool near(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b);
  return std::abs(a - b) <= 1e-9 * (1 + std::abs(a) + std::abs(b));
}

// Cells of `world` in one plan against the base cells of another, parameters by their paths; `lever`: where a path of
// the second has its own value in the first.
void compare(const Compiled& worlds, const std::string& world, const Compiled& file, const std::string& lever) {
  const auto &a = *worlds.plan, &b = *file.plan;
  std::vector<double> p(a.parameters()), q(b.parameters());
  plan::Workspace u(a), v(b);
  for (std::uint64_t k = 0; k < 3; ++k) {
    const bool good_a = a.draw({.seed = 11, .draws = 3, .latin = false}, k, p);
    b.draw({.seed = 11, .draws = 3, .latin = false}, k, q);
    for (const auto id : b.uncertain()) {
      const auto& path = file.situation->parameters[id].path;
      auto from = worlds.situation->parameter("levers." + lever + "." + path);
      if (lever.empty() || from == situation::none) from = worlds.id(path);
      q[id] = p[from];
    }
    const bool good_b = b.apply_rules(q);
    a.evaluate(p, good_a, u);
    b.evaluate(q, good_b, v);
    for (const auto& named : b.quantities()) {
      const auto* there = a.find(named.name + " " + world);
      if (!there) continue;
      RC_ASSERT(u.reasons[there->cell] == v.reasons[named.cell]);
      const double x = u.slots[a.parameters() + there->cell], y = v.slots[b.parameters() + named.cell];
      if (!near(x, y)) RC_LOG() << named.name << " " << world << ": " << x << " against " << y << "\n";
      RC_ASSERT(near(x, y));
    }
  }
}

std::vector<std::string> in_world(const plan::Plan& plan, const std::string& world) {
  std::vector<std::string> asked;
  for (const auto& q : plan.quantities()) asked.push_back(q.name + " " + world);
  return asked;
}

}  // namespace

TEST(Property, ALeversWorldIsTheEditedFile) {
  int compared = 0;
  const bool passed = rc::check("with LEVER equals the numbers put in place", [&] {
    const auto at = random_values();
    auto edited = at;
    std::string lever = "levers:\n  turn:\n    set:\n";
    bool any = false;
    for (std::size_t i = 0; i < places().size(); ++i)
      if (*rc::gen::inRange(0, 3) == 0) {
        edited[i] = *rc::gen::elementOf(places()[i].choices);
        lever += "      " + std::string(places()[i].path) + ": " + edited[i] + "\n";
        any = true;
      }
    if (!any) return;
    const auto plain = compile(market(at, ""));
    RC_ASSERT(plain->plan.has_value());
    const auto worlds = compile(market(at, lever), in_world(*plain->plan, "with turn"));
    if (!worlds->plan) RC_LOG() << market(at, lever) << worlds->complaints();
    RC_ASSERT(worlds->plan.has_value());
    const auto file = compile(market(edited, ""));
    RC_ASSERT(file->plan.has_value());
    compare(*worlds, "with turn", *file, "turn");
    ++compared;
  });
  EXPECT_TRUE(passed);
  EXPECT_GT(compared, entente::tests::times(1000));
  EXPECT_TRUE(many);
}

TEST(Property, WithoutIsTheFileThatLacksIt) {
  const bool passed = rc::check("without X equals the file without it", [] {
    const auto at = random_values();
    const auto [name, there] = *rc::gen::element(std::pair<std::string, Without>{"Rail", {.rail = false}},
                                                 std::pair<std::string, Without>{"Port", {.port = false}},
                                                 std::pair<std::string, Without>{"OTH", {.port = false}},
                                                 std::pair<std::string, Without>{"Pipe", {.pipe = false}},
                                                 std::pair<std::string, Without>{"TRA", {.loop = false}},
                                                 std::pair<std::string, Without>{"Loop", {.loop = false}});
    const auto plain = compile(market(at, ""));
    RC_ASSERT(plain->plan.has_value());
    const std::string world = "without " + name;
    const auto worlds = compile(market(at, ""), in_world(*plain->plan, world));
    RC_ASSERT(worlds->plan.has_value());
    const auto file = compile(market(at, "", there));
    if (!file->plan) RC_LOG() << file->complaints();
    RC_ASSERT(file->plan.has_value());
    compare(*worlds, world, *file, "");
  });
  EXPECT_TRUE(passed);
}

// What a workspace was used for before leaves no trace: results are the same to the last bit in any order of draws.
TEST(Property, AWorkspaceRemembersNothing) {
  const bool passed = rc::check("order of evaluation does not matter", [] {
    const auto at = random_values();
    const auto plain = compile(market(at, "levers:\n  turn:\n    set:\n      markets.gas.producers.Field.cost: 20\n"),
                               {"p.gain with turn", "p.price without Rail"});
    RC_ASSERT(plain->plan.has_value());
    const auto& plan = *plain->plan;
    std::vector<double> p(plan.parameters());
    plan::Workspace used(plan);
    for (int i = 0; i < 8; ++i) {
      const auto k = *rc::gen::inRange<std::uint64_t>(0, 1000);
      const bool good = plan.draw({.draws = 1000}, k, p);
      plan.evaluate(p, good, used);
      plan::Workspace fresh(plan);
      plan.evaluate(p, good, fresh);
      for (std::size_t s = 0; s < used.slots.size(); ++s)
        RC_ASSERT(used.slots[s] == fresh.slots[s] || (std::isnan(used.slots[s]) && std::isnan(fresh.slots[s])));
      RC_ASSERT(used.reasons == fresh.reasons);
    }
  });
  EXPECT_TRUE(passed);
}
