// The blocs kernel on random graphs against an oracle that looks at every partition. 10,200 graphs for each question,
// from a fixed seed; RC_PARAMS="max_success=1000000 seed=7" in the environment asks for others and more.
#include <gtest/gtest.h>

#include "property/blocs_trial.hpp"
#include "support/property.hpp"

using namespace entente::tests::blocs;
namespace kernel = entente::blocs;

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(1700);

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
    RC_ASSERT(std::abs(one.energy - all.energy) <= 1.001 * few.tolerance * Products(g).scale());
    judged(g, setting, {}, few, one);
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

INSTANTIATE_TEST_SUITE_P(Kinds, Blocs, testing::ValuesIn(kinds),
                         [](const auto& k) { return std::string(name(k.param)); });

}  // namespace
