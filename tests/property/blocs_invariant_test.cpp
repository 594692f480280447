// What the blocs kernel must answer alike: other names, signs turned across a cut, other units, actors without ties,
// components, contraction, another number of blocs. No oracle: the kernel is asked twice.
#include <gtest/gtest.h>

#include "property/blocs_trial.hpp"
#include "support/property.hpp"

using namespace entente::tests::blocs;
namespace kernel = entente::blocs;

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(500);

class BlocsInvariant : public testing::TestWithParam<Kind> {
 protected:
  template <class Property>
  void hold(const char* what, Property property) {
    EXPECT_TRUE(rc::check(std::string(what) + ", " + name(GetParam()), property));
  }
  Kind kind = GetParam();
};

TEST_P(BlocsInvariant, NamesOfActorsDoNotMatter) {
  kernel::Workspace w;
  hold("relabelling", [&] {
    const Graph g = *graphs(kind, 1, 8);
    const auto place = random::shuffled(g.n());
    Graph h = g;
    for (int i = 0; i < g.n(); ++i) h.size[at(place[at(i)])] = g.size[at(i)];
    for (Pair& t : h.ties) {
      t.a = place[at(t.a)], t.b = place[at(t.b)];
      if (random::chance(50)) std::swap(t.a, t.b);
    }
    std::reverse(h.ties.begin(), h.ties.end());
    const kernel::Setting setting = random::setting(g.n());
    const auto a = solved(g, setting, {}, every, w), b = solved(h, setting, {}, every, w);
    RC_ASSERT(std::abs(a.energy - b.energy) <= 1e-12 * Products(g).scale());
    if (!exact(kind)) return;
    if (!a.complete) return;
    std::vector<Labels> moved;
    for (const Labels& bloc : list(a, g.n())) {
      Labels other(bloc.size());
      for (int i = 0; i < g.n(); ++i) other[at(place[at(i)])] = bloc[at(i)];
      moved.push_back(canonical(other));
    }
    std::sort(moved.begin(), moved.end());
    RC_ASSERT(moved == list(b, g.n()));
    RC_ASSERT(a.second == b.second);
  });
}

// Turning the sign of every tie across a cut turns what a partition does to it, so that the frustration of S is that of
// S symmetric difference the cut: with two blocs the optima of one graph are those of the other, moved.
TEST_P(BlocsInvariant, SwitchingMovesTheOptima) {
  kernel::Workspace w;
  hold("switching", [&] {
    const Graph g = *graphs(kind, 1, 11);
    Labels side;
    for (int i = 0; i < g.n(); ++i) side.push_back(random::pick(0, 2));
    Graph h = g;
    for (Pair& t : h.ties)
      if (side[at(t.a)] != side[at(t.b)]) t.weight = -t.weight;
    const auto a = solved(g, {}, {}, every, w), b = solved(h, {}, {}, every, w);
    RC_ASSERT(std::abs(a.frustration - b.frustration) <= 1.001e-9 * Products(g).scale());
    if (!exact(kind)) return;
    if (!a.complete) return;
    std::vector<Labels> moved;
    for (Labels bloc : list(a, g.n())) {
      for (int i = 0; i < g.n(); ++i) bloc[at(i)] ^= side[at(i)];
      moved.push_back(canonical(bloc));
    }
    std::sort(moved.begin(), moved.end());
    RC_ASSERT(moved == list(b, g.n()));
    RC_ASSERT(a.gap == b.gap);
  });
}

TEST_P(BlocsInvariant, UnitsDoNotMatter) {
  kernel::Workspace w;
  hold("units", [&] {  // powers of two: nothing is rounded
    const Graph g = *graphs(kind, 1, 8);
    const int weight = random::pick(-60, 61), size = random::pick(-60, 61);
    Graph h = g;
    for (Pair& t : h.ties) t.weight = std::ldexp(t.weight, weight);
    for (double& s : h.size) s = std::ldexp(s, size);
    const kernel::Setting setting = random::setting(g.n());
    const auto a = solved(g, setting, {}, {}, w), b = solved(h, setting, {}, {}, w);
    RC_ASSERT(std::ldexp(a.energy, weight + 2 * size) == b.energy);
    RC_ASSERT(std::ldexp(a.frustration, weight + 2 * size) == b.frustration);
    RC_ASSERT(a.optima == b.optima);
    RC_ASSERT(a.bloc == b.bloc);
    RC_ASSERT(a.second_bloc == b.second_bloc);
  });
}

TEST_P(BlocsInvariant, WhoeverStandsAloneIsFreeToStandAnywhere) {
  kernel::Workspace w;
  hold("isolated", [&] {
    const Graph g = *graphs(kind, 1, 7);
    Graph h = g;
    h.size.push_back(3);
    for (const auto number : {kernel::Number::two, kernel::Number::free}) {
      const auto a = solved(g, {number}, {}, every, w), b = solved(h, {number}, {}, every, w);
      RC_ASSERT(a.energy == b.energy);
      std::uint32_t places = 0;
      for (const Labels& bloc : list(a, g.n()))
        places += number == kernel::Number::two ? 2 : static_cast<std::uint32_t>(blocs(bloc)) + 1;
      if (b.complete) RC_ASSERT(b.count == places);
      RC_ASSERT(a.second == b.second);
    }
  });
}

TEST_P(BlocsInvariant, ComponentsAddUp) {
  kernel::Workspace w;
  hold("components", [&] {
    const Graph g = *graphs(kind, 1, 4), h = *graphs(kind, 1, 4);
    Graph both = g;
    both.size.insert(both.size.end(), h.size.begin(), h.size.end());
    for (const Pair& t : h.ties) both.ties.push_back({t.a + g.n(), t.b + g.n(), t.weight});
    for (const auto number : {kernel::Number::two, kernel::Number::free}) {
      const auto a = solved(g, {number}, {}, every, w), b = solved(h, {number}, {}, every, w),
                 c = solved(both, {number}, {}, every, w);
      RC_ASSERT(std::abs(a.energy + b.energy - c.energy) <= 1e-12 * Products(both).scale());
      if (exact(kind) && number == kernel::Number::two) RC_ASSERT(c.count == 2 * a.count * b.count);
      if (exact(kind)) RC_ASSERT(c.gap == std::min(a.gap, b.gap));
    }
  });
}

TEST_P(BlocsInvariant, TheNumberOfBlocsOrdersTheEnergies) {
  kernel::Workspace w;
  hold("numbers", [&] {
    const Graph g = *graphs(kind, 1, 8);
    const double noise = 1.001e-9 * Products(g).scale();  // of the energies of equals
    double least = kernel::nothing, before = kernel::nothing;
    for (std::uint32_t k = 1; k <= at(g.n()); ++k) {
      const auto most = solved(g, {kernel::Number::at_most, k}, {}, {}, w),
                 exactly = solved(g, {kernel::Number::exactly, k}, {}, {}, w);
      RC_ASSERT(exactly.blocs == k && most.blocs <= k);
      least = std::min(least, exactly.energy);
      RC_ASSERT(std::abs(most.energy - least) <= noise);
      RC_ASSERT(most.energy <= before + noise);
      before = most.energy;
      if (k == 1) RC_ASSERT(exactly.energy == 0 && exactly.count == 1 && !std::isfinite(exactly.second));
      if (k == 2) RC_ASSERT(std::abs(most.energy - solved(g, {}, {}, {}, w).energy) <= noise);
    }
    RC_ASSERT(std::abs(solved(g, {kernel::Number::free}, {}, {}, w).energy - least) <= noise);
  });
}

// Two that must stand together are one actor with the ties of both.
TEST_P(BlocsInvariant, TogetherIsOneActor) {
  kernel::Workspace w;
  hold("contraction", [&] {
    const Graph g = *graphs(kind, 3, 10);
    const int b = g.n() - 1, a = random::pick(0, b);
    const Products m(g);
    Graph one{std::vector<double>(at(b), 1.0), {}};
    for (int i = 0; i < b; ++i)
      for (int j = 0; j < i; ++j) one.ties.push_back({i, j, m(i, j) + (i == a ? m(b, j) : j == a ? m(b, i) : 0)});
    for (const auto number : {kernel::Number::two, kernel::Number::free}) {
      if (number == kernel::Number::free && g.n() > 8) continue;
      const auto bound = solved(g, {number}, {{a, b, true}}, {}, w), merged = solved(one, {number}, {}, {}, w);
      RC_ASSERT(std::abs(bound.energy - merged.energy) <= 1e-12 * m.scale());
      if (exact(kind)) RC_ASSERT(bound.count == merged.count);
    }
  });
}

TEST_P(BlocsInvariant, AnAnswerDoesNotDependOnWhatWasSolvedBefore) {
  kernel::Workspace used;
  hold("history", [&] {
    const Graph g = *graphs(kind, 1, 11);
    const kernel::Setting setting = random::chance(50) ? kernel::Setting{} : random::setting(std::min(g.n(), 8));
    kernel::Workspace fresh;
    const auto a = solved(g, setting, {}, {}, used), b = solved(g, setting, {}, {}, fresh);
    RC_ASSERT(a.optima == b.optima && a.bloc == b.bloc && a.second_bloc == b.second_bloc);
    RC_ASSERT(a.energy == b.energy && a.bound == b.bound && a.second == b.second && a.nodes == b.nodes);
    RC_ASSERT(a.tie_frustration == b.tie_frustration && a.actor_frustration == b.actor_frustration);
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, BlocsInvariant, testing::ValuesIn(kinds),
                         [](const auto& k) { return std::string(name(k.param)); });

}  // namespace
