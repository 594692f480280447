// The blocs kernel on random graphs against an oracle that looks at every partition. 10,200 graphs for each question,
// from a fixed seed; RC_PARAMS="max_success=1000000 seed=7" in the environment asks for others and more.
#include <gtest/gtest.h>

#include "property/blocs_trial.hpp"

using namespace entente::tests::blocs;
namespace kernel = entente::blocs;

namespace {

[[maybe_unused]] const int seeded = setenv("RC_PARAMS", "max_success=1700 seed=20250509", 0);

class Blocs : public testing::TestWithParam<Kind> {
 protected:
  template <class Property>
  void hold(const char* what, Property property) {
    EXPECT_TRUE(rc::check(std::string(what) + ", " + name(GetParam()), property));
  }
  Kind kind = GetParam();
};

TEST_P(Blocs, TwoAsByBruteForce) {
  kernel::Workspace w;
  hold("two blocs", [&] {
    const Graph g = *graphs(kind, 1, 14);
    agree(g, {}, {}, w);
  });
}

TEST_P(Blocs, ManyAsByBruteForce) {
  kernel::Workspace w;
  hold("set partitions", [&] {
    const Graph g = *graphs(kind, 1, random::chance(5) ? 10 : 8);
    agree(g, random::setting(g.n()), {}, w);
  });
}

TEST_P(Blocs, UnderConditionsAsByBruteForce) {
  kernel::Workspace w;
  hold("conditions", [&] {
    const bool two = random::chance(50);
    const Graph g = *graphs(kind, 2, two ? 11 : 7);
    std::vector<Wish> wishes(static_cast<std::size_t>(random::pick(1, 5)));
    for (Wish& wish : wishes) {
      wish.a = random::pick(0, g.n());
      wish.b = (wish.a + random::pick(1, g.n())) % g.n();
      wish.together = random::chance(40);
    }
    agree(g, two ? kernel::Setting{} : random::setting(g.n()), wishes, w);
  });
}

TEST_P(Blocs, AShortListIsPartOfTheLongOne) {
  kernel::Workspace w;
  hold("limit", [&] {
    const Graph g = *graphs(kind, 1, 8);
    const kernel::Setting setting = random::setting(g.n());
    const kernel::Solution all = solved(g, setting, {}, every, w);
    kernel::Options few{.optima = static_cast<std::uint32_t>(random::pick(1, 6))};
    const kernel::Solution some = solved(g, setting, {}, few, w);
    if (!all.complete) return;
    RC_ASSERT(some.count == std::min(all.count, few.optima));
    RC_ASSERT(some.complete == (all.count <= few.optima));
    const auto long_list = list(some, g.n()), whole = list(all, g.n());
    RC_ASSERT(std::includes(whole.begin(), whole.end(), long_list.begin(), long_list.end()));
    RC_ASSERT(some.proven);
    if (some.second_proven) {
      RC_ASSERT(std::isfinite(some.second) == std::isfinite(all.second));
      if (std::isfinite(all.second)) RC_ASSERT(std::abs(some.second - all.second) <= 1e-12 * Products(g).scale());
    }
    judged(g, setting, {}, few, some);

    few.all = false;
    const kernel::Solution one = solved(g, setting, {}, few, w);
    RC_ASSERT(one.proven && !one.complete && one.second == kernel::nothing);
    RC_ASSERT(std::abs(one.energy - all.energy) <= 1e-12 * Products(g).scale());
    judged(g, setting, {}, few, one);
  });
}

TEST_P(Blocs, NamesOfActorsDoNotMatter) {
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
TEST_P(Blocs, SwitchingMovesTheOptima) {
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

TEST_P(Blocs, UnitsDoNotMatter) {
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

TEST_P(Blocs, WhoeverStandsAloneIsFreeToStandAnywhere) {
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

TEST_P(Blocs, ComponentsAddUp) {
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

TEST_P(Blocs, TheNumberOfBlocsOrdersTheEnergies) {
  kernel::Workspace w;
  hold("numbers", [&] {
    const Graph g = *graphs(kind, 1, 8);
    const double noise = 1e-12 * Products(g).scale();
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
TEST_P(Blocs, TogetherIsOneActor) {
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

TEST_P(Blocs, AnAnswerDoesNotDependOnWhatWasSolvedBefore) {
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

TEST_P(Blocs, TheJudgeComplainsOfAWrongAnswer) {
  kernel::Workspace w;
  hold("judge", [&] {
    const Graph g = *graphs(kind, 2, 8);
    const kernel::Setting setting = random::setting(g.n());
    const auto right = solved(g, setting, {}, every, w);
    const double scale = Products(g).scale();
    if (scale == 0) return;
    const auto refused = [&](const char* what, auto spoil) {
      kernel::Solution wrong = right;
      spoil(wrong);
      const auto v = kernel::check(translate(g), setting, {}, every, wrong);
      if (v.consistent && v.bound_verified) RC_LOG() << what << "\n";
      RC_ASSERT(!v.consistent || !v.bound_verified);
    };
    refused("energy", [&](auto& s) { s.energy -= 1e-6 * scale; });
    refused("frustration", [&](auto& s) { s.frustration += 1e-6 * scale; });
    refused("tie", [&](auto& s) { s.tie_frustration.front() += 1e-6 * scale; });
    refused("actor", [&](auto& s) { s.actor_frustration.back() += 1e-6 * scale; });
    refused("blocs", [&](auto& s) { ++s.blocs; });
    refused("label", [&](auto& s) { ++s.bloc.front(); });
    refused("bound above", [&](auto& s) { s.bound = s.energy + 1e-6 * scale; });
    if (right.count > 1)
      refused("an optimum missing", [&](auto& s) { s.optima.resize(s.optima.size() - at(g.n())), --s.count; });
    refused("twice", [&](auto& s) {
      const std::vector<std::uint32_t> first(s.optima.begin(), s.optima.begin() + g.n());
      s.optima.insert(s.optima.end(), first.begin(), first.end());
      ++s.count;
    });
    if (std::isfinite(right.second) && right.gap > 1e-6 * scale)
      refused("the second", [&](auto& s) { s.second += 1e-6 * scale, s.gap += 1e-6 * scale; });
    if (std::isfinite(right.second) && right.gap > 1e-6 * scale)
      refused("the best is the second", [&](auto& s) {
        s.bloc = s.optima = s.second_bloc;
        s.count = 1;
        s.energy = s.bound = s.second;
        const auto h = translate(g);
        s.blocs = kernel::canonical(s.bloc);
        s.frustration = kernel::frustration(h, s.bloc);
        s.actor_frustration.assign(at(g.n()), 0.0);
        for (std::size_t i = 0; i < h.ties.size(); ++i) {
          const bool cut = s.bloc[h.ties[i].a] != s.bloc[h.ties[i].b];
          const double c = h.ties[i].weight * h.size[h.ties[i].a] * h.size[h.ties[i].b];
          s.tie_frustration[i] = (c > 0) == cut ? std::abs(c) : 0;
          s.actor_frustration[h.ties[i].a] += s.tie_frustration[i];
          s.actor_frustration[h.ties[i].b] += s.tie_frustration[i];
        }
        s.second = s.gap = kernel::nothing;
        s.second_bloc.clear();
      });
  });
}

TEST_P(Blocs, TriadsAreCounted) {
  hold("triads", [&] {
    const Graph g = *graphs(kind, 1, 14);
    const auto count = triads(Products(g));
    const auto found = kernel::triads(translate(g)).count;
    RC_ASSERT(std::equal(count.begin(), count.end(), found.begin(), found.end()));
  });
}

INSTANTIATE_TEST_SUITE_P(Kinds, Blocs, testing::ValuesIn(kinds), [](const auto& k) { return std::string(name(k.param)); });

}  // namespace
