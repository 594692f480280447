// The blocs kernel beyond brute force: GLPK's integer programmes on middling graphs, planted camps, and on graphs of 40
// to 80 actors bounds below everything that a local search of our own can find. The landscape against plain steepest
// descent from every configuration.
#include <gtest/gtest.h>

#include "kernel/blocs_oracle_lp.hpp"
#include "property/blocs_trial.hpp"
#include "support/property.hpp"

using namespace entente::tests::blocs;
namespace kernel = entente::blocs;

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(60);

Graph large(Kind kind, int n, int per_mille) {
  Graph g;
  const int camps = random::pick(2, 5);
  Labels camp;
  for (int i = 0; i < n; ++i) g.size.push_back(random::size(kind)), camp.push_back(random::pick(0, camps));
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      if (random::pick(0, 1000) >= per_mille) continue;
      double w = random::weight(kind);
      if (kind == Kind::planted) w = (camp[at(i)] == camp[at(j)]) != (random::pick(0, 100) < 4) ? 1 : -1;
      g.ties.push_back({i, j, w});
    }
  return g;
}

/// The best of some descents from random sides.
double searched(const Products& m, int starts) {
  double best = 0;
  for (int k = 0; k < starts; ++k) {
    Labels bloc;
    for (int i = 0; i < m.n(); ++i) bloc.push_back(random::pick(0, 2));
    for (bool moved = true; moved;) {
      moved = false;
      for (int i = 0; i < m.n(); ++i)
        if (step(m, bloc, i, 1 - bloc[at(i)]) < -1e-12 * m.scale()) bloc[at(i)] = 1 - bloc[at(i)], moved = true;
    }
    best = std::min(best, energy(m, bloc));
  }
  return best;
}

TEST(BlocsLarge, GlpkFindsNoBetterAndNoWorse) {
  kernel::Workspace w;
  int solved_by_both = 0;
  for (const Kind kind : {Kind::ones, Kind::whole, Kind::real, Kind::planted})
    EXPECT_TRUE(rc::check(std::string("two blocs, ") + name(kind), [&] {
      const Graph g = large(kind, random::pick(16, 30), random::pick(60, 200));
      const Products m(g);
      const auto s = solved(g, {}, {}, {.optima = 1, .all = false}, w);
      RC_ASSERT(s.proven);
      judged(g, {}, {}, {.optima = 1, .all = false}, s);
      const auto lp = two_blocs(m, 300);
      if (!lp.optimal) return;
      ++solved_by_both;
      close("frustration", s.frustration, lp.frustration, 1e-6 * m.scale());
    }));
  EXPECT_GE(solved_by_both, entente::tests::times(180));
}

TEST(BlocsLarge, GlpkAgreesOnAnyNumber) {
  kernel::Workspace w;
  int solved_by_both = 0;
  for (const Kind kind : {Kind::ones, Kind::real, Kind::planted})
    EXPECT_TRUE(rc::check(std::string("free, ") + name(kind), [&] {
      const Graph g = large(kind, random::pick(10, 14), random::pick(150, 700));
      const Products m(g);
      const kernel::Setting setting{kernel::Number::free};
      const auto s = solved(g, setting, {}, {.optima = 1, .all = false}, w);
      RC_ASSERT(s.proven);
      const auto lp = free_blocs(m, 100);
      if (!lp.optimal) return;
      ++solved_by_both;
      close("frustration", s.frustration, lp.frustration, 1e-6 * m.scale());
    }));
  EXPECT_GE(solved_by_both, entente::tests::times(120));
}

// Sparse graphs of 40 to 80 actors and dense ones of 18 to 22, a search cut short after 20 nodes: the bound is below
// whatever can be found, and a proven energy is not beaten.
TEST(BlocsLarge, NobodyFindsLessThanTheBound) {
  kernel::Workspace w;
  for (const Kind kind : {Kind::ones, Kind::real, Kind::wide, Kind::planted})
    for (const int per_mille : {15, 30, 1000})
      for (const auto& setting :
           {kernel::Setting{}, kernel::Setting{kernel::Number::free}, kernel::Setting{kernel::Number::at_most, 4}}) {
        int done = 0;
        EXPECT_TRUE(rc::check(std::string("bounds, ") + name(kind), [&] {
          if (++done > 3) return;
          const Graph g = large(kind, per_mille < 1000 ? random::pick(40, 81) : random::pick(18, 23), per_mille);
          const Products m(g);
          const kernel::Options few{.optima = 1, .all = false, .nodes = 20};
          const auto s = solved(g, setting, {}, few, w);
          judged(g, setting, {}, few, s);
          const double noise = 1e-9 * m.scale(), found = searched(m, 20);
          RC_ASSERT(s.bound <= s.energy + noise);
          RC_ASSERT(s.bound <= found + noise);
          if (s.proven) RC_ASSERT(s.energy <= found + 2 * noise);
          close("frustration", frustration(m, labels(s.bloc)), s.frustration, noise);
          close("energy", energy(m, labels(s.bloc)), s.energy, 2 * noise);
        }));
      }
}

// Friendly within and hostile across, by as many camps as there are: no frustration, so nothing else is as good, and
// the camps come back where the graph hangs together.
TEST(BlocsLarge, PlantedCampsComeBack) {
  kernel::Workspace w;
  EXPECT_TRUE(rc::check("planted", [&] {
    const int n = random::pick(40, 71), camps = random::pick(2, 6);
    Graph g{std::vector<double>(at(n), 1.0), {}};
    Labels camp;
    for (int i = 0; i < n; ++i) camp.push_back(i < 2 * camps ? i % camps : random::pick(0, camps));
    for (int i = 0; i < n; ++i) {
      g.size[at(i)] = random::size(Kind::real);
      for (int j = 0; j < i; ++j)
        if (random::pick(0, 100) < 50)
          g.ties.push_back({i, j, (camp[at(i)] == camp[at(j)] ? 1 : -1) * random::pick(1, 11) / 10.0});
    }
    const kernel::Setting setting{camps == 2 ? kernel::Number::two : kernel::Number::free};
    const kernel::Options one{.optima = 1, .all = false};
    const auto s = solved(g, setting, {}, one, w);
    judged(g, setting, {}, one, s);
    RC_ASSERT(s.proven && s.frustration == 0);
    bool whole = true;  // each camp hangs together by friendly ties, and each two are tied
    for (int i = 0; i < n && whole; ++i) {
      int friends = 0;
      for (const Pair& t : g.ties) friends += (t.a == i || t.b == i) && t.weight > 0;
      whole = friends > 2;
    }
    if (whole && setting.number == kernel::Number::two) RC_ASSERT(labels(s.bloc) == canonical(camp));
  }));
}

TEST(BlocsLarge, PermutedGraphsHaveTheSameEnergy) {
  kernel::Workspace w;
  EXPECT_TRUE(rc::check("permuted", [&] {
    const Graph g = large(*rc::gen::element(Kind::ones, Kind::real), random::pick(24, 36), random::pick(50, 120));
    const auto place = random::shuffled(g.n());
    Labels side;
    for (int i = 0; i < g.n(); ++i) side.push_back(random::pick(0, 2));
    Graph h = g;
    for (int i = 0; i < g.n(); ++i) h.size[at(place[at(i)])] = g.size[at(i)];
    for (Pair& t : h.ties) {
      if (side[at(t.a)] != side[at(t.b)]) t.weight = -t.weight;
      t.a = place[at(t.a)], t.b = place[at(t.b)];
    }
    const auto a = solved(g, {}, {}, {}, w), b = solved(h, {}, {}, {}, w);
    RC_ASSERT(a.proven && b.proven);
    close("frustration", a.frustration, b.frustration, 2e-9 * Products(g).scale());
    if (a.second_proven && b.second_proven && std::isfinite(a.gap))
      close("gap", a.gap, b.gap, 3e-9 * Products(g).scale());
    if (a.complete || b.complete) RC_ASSERT(a.count == b.count && a.complete == b.complete);
  }));
}

/// Where steepest descent from `bloc` ends: the lowest index among equals.
Labels descend(const Products& m, Labels bloc) {
  for (;;) {
    int who = -1;
    double most = 0;
    for (int i = 0; i < m.n(); ++i) {
      const double change = step(m, bloc, i, 1 - bloc[at(i)]);
      if (change < most) most = change, who = i;
    }
    if (who < 0) return bloc;
    bloc[at(who)] = 1 - bloc[at(who)];
  }
}

TEST(BlocsLandscape, EveryDescentEndsWhereThePlainOneDoes) {
  for (const Kind kind : {Kind::ones, Kind::whole, Kind::planted, Kind::pieces, Kind::real})
    EXPECT_TRUE(rc::check(std::string("landscape, ") + name(kind), [&] {
      const Graph g = *graphs(kind, 1, 9);
      const Products m(g);
      const auto found = kernel::landscape(translate(g), {.limit = 100000});
      RC_ASSERT(found.has_value() && found->enumerated);
      const auto all = std::uint64_t{1} << (g.n() - 1);
      RC_ASSERT(found->configurations == all);
      const double noise = exact(kind) ? 0 : 1e-9 * m.scale();
      const auto truth = locals(m, {1, 2}, noise);
      std::map<Labels, std::uint64_t> basin;
      for (std::uint64_t mask = 0; mask < all; ++mask) {
        Labels bloc(at(g.n()), 0);
        for (int i = 1; i < g.n(); ++i) bloc[at(i)] = static_cast<int>(mask >> (i - 1) & 1u);
        ++basin[canonical(descend(m, bloc))];
      }
      std::uint64_t sum = 0;
      double share = 0;
      std::vector<Labels> listed;
      for (std::size_t i = 0; i < found->optima.size(); ++i) {
        const auto& one = found->optima[i];
        const Labels bloc = labels(one.bloc);
        RC_ASSERT(local(m, bloc, {1, 2}, 2 * noise) && bloc == canonical(bloc));
        close("energy", one.energy, energy(m, bloc), 1e-12 * m.scale());
        close("frustration", one.frustration, frustration(m, bloc), 1e-12 * m.scale());
        if (i) RC_ASSERT(found->optima[i - 1].energy <= one.energy + noise);
        if (exact(kind)) RC_ASSERT(one.basin == basin[bloc]);
        RC_ASSERT(one.basin >= 1 && one.error == 0);
        sum += one.basin, share += one.share;
        listed.push_back(bloc);
      }
      std::sort(listed.begin(), listed.end());
      RC_ASSERT(sum == all && std::abs(share - 1) <= 1e-9);
      RC_ASSERT(found->count == found->optima.size());
      if (exact(kind)) RC_ASSERT(listed == truth);
    }));
}

TEST(BlocsLandscape, SamplesAreLocalOptimaToo) {
  EXPECT_TRUE(rc::check("sampled", [] {
    const Graph g = *graphs(*rc::gen::element(Kind::ones, Kind::real, Kind::whole), 5, 12);
    const Products m(g);
    kernel::LandscapeOptions options{.enumerate_to = 4, .samples = 500, .limit = 100000};
    const auto found = kernel::landscape(translate(g), options), again = kernel::landscape(translate(g), options);
    RC_ASSERT(found.has_value() && !found->enumerated && found->configurations == 500u);
    RC_ASSERT(again->optima.size() == found->optima.size());
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < found->optima.size(); ++i) {
      const auto& one = found->optima[i];
      RC_ASSERT(local(m, labels(one.bloc), {1, 2}, 2e-9 * m.scale()));
      RC_ASSERT(one.bloc == again->optima[i].bloc && one.basin == again->optima[i].basin);
      const double p = static_cast<double>(one.basin) / 500;
      RC_ASSERT(std::abs(one.share - p) <= 1e-12 && std::abs(one.error - std::sqrt(p * (1 - p) / 500)) <= 1e-2);
      sum += one.basin;
    }
    RC_ASSERT(sum == 500u);
  }));
}

}  // namespace
