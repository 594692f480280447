// Published networks. Read's highland tribes: 16 sub-tribes of the Gahuku-Gama, 58 ties, 29 of them enmities (Read
// 1954, Southwestern Journal of Anthropology 10:1-43; UCINET's GAMA, as distributed by networkrepository.com,
// soc-tribes, and printed as a matrix by the R package signnet). Sampson's monastery: Table D13, affective relations at
// T4 (Sampson 1968, A novitiate in a period of change, thesis, Cornell University, p. 469; UCINET's SAMPLK3 less
// SAMPDLK).
#include <gtest/gtest.h>

#include <algorithm>

#include "entente/kernel/blocs.hpp"

using namespace entente::blocs;

namespace {

constexpr int tribes_ties[58][3] = {
    {1, 2, 1},    {1, 3, -1},  {2, 3, -1},   {1, 4, -1},  {3, 4, 1},    {1, 5, -1},   {2, 5, -1},   {1, 6, -1},
    {2, 6, -1},   {3, 6, 1},   {3, 7, 1},    {5, 7, 1},   {6, 7, 1},    {3, 8, 1},    {4, 8, 1},    {6, 8, 1},
    {7, 8, 1},    {2, 9, -1},  {5, 9, 1},    {6, 9, -1},  {2, 10, -1},  {9, 10, 1},   {6, 11, 1},   {7, 11, 1},
    {8, 11, 1},   {9, 11, -1}, {10, 11, -1}, {1, 12, -1}, {6, 12, 1},   {7, 12, 1},   {8, 12, 1},   {11, 12, 1},
    {6, 13, -1},  {7, 13, 1},  {9, 13, 1},   {10, 13, 1}, {11, 13, -1}, {5, 14, 1},   {8, 14, -1},  {12, 14, -1},
    {13, 14, 1},  {1, 15, 1},  {2, 15, 1},   {5, 15, -1}, {9, 15, -1},  {10, 15, -1}, {11, 15, -1}, {12, 15, -1},
    {13, 15, -1}, {1, 16, 1},  {2, 16, 1},   {5, 16, -1}, {6, 16, -1},  {11, 16, -1}, {12, 16, -1}, {13, 16, -1},
    {14, 16, -1}, {15, 16, 1},
};

constexpr int monastery[18][18] = {
    {0, -2, 3, 0, 0, 0, -3, 0, 0, -1, 0, 1, 0, 2, 0, 0, 0, 0},
    {3, 0, 0, -3, 0, 0, 1, -2, 0, 0, 0, 2, -1, 0, 0, 0, 0, 0},
    {3, -2, 0, -3, 0, -2, 0, 0, 0, 0, 0, 0, 2, 0, 0, -1, 1, 2},
    {-2, -3, 0, 0, 3, 1, 0, 0, 0, 0, 2, 0, 0, -1, 0, 0, 0, 0},
    {0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0},
    {0, -1, -3, 3, 1, 0, -2, 0, 2, 0, 0, 0, 0, 0, 0, 0, -2, 0},
    {0, 3, 0, -3, 0, -2, 0, -1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0},
    {0, -3, -2, 3, 0, 2, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0},
    {0, 0, -3, 0, 1, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 0, -2, -1},
    {0, 0, 0, 3, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0},
    {-1, -3, -2, 0, 2, 0, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
    {3, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
    {0, -3, 0, 0, 2, -2, 1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 3},
    {3, 0, 0, -3, 0, 0, 0, -2, 0, 0, 0, 1, 0, 0, 2, 0, -1, 0},
    {0, 3, -2, -1, 0, 0, 1, 0, 0, 0, 0, 2, -3, 0, 0, 0, 0, 0},
    {0, 3, -1, -3, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, -2, 0},
    {0, 1, 2, -1, 0, -3, 0, -2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3},
    {0, 1, 2, -1, 0, 0, 0, -3, 0, -2, 0, 0, 0, 0, 0, 0, 3, 0},
};

Graph tribes() {
  Graph g{16, {}, {}};
  for (const auto& t : tribes_ties)
    g.ties.push_back({static_cast<Actor>(t[0] - 1), static_cast<Actor>(t[1] - 1), static_cast<double>(t[2])});
  return g;
}

/// A tie has the sign of the sum of what the two say of each other, which may be nothing.
Graph monks() {
  Graph g{18, {}, {}};
  for (Actor a = 0; a < 18; ++a)
    for (Actor b = a + 1; b < 18; ++b)
      if (const int sum = monastery[a][b] + monastery[b][a]; sum != 0) g.ties.push_back({a, b, sum > 0 ? 1.0 : -1.0});
  return g;
}

Solution judged(const Graph& g, Setting setting, Options options = {}) {
  const auto s = optimise(g, setting, options);
  EXPECT_TRUE(s.has_value());
  const Verdict v = check(g, setting, {}, options, *s);
  EXPECT_TRUE(v.consistent) << v.fault;
  EXPECT_TRUE(s->proven);
  EXPECT_TRUE(s->complete);
  return *s;
}

}  // namespace

TEST(BlocsReference, HighlandTribesInTwoBlocs) {
  const Graph g = tribes();
  EXPECT_EQ(std::count_if(g.ties.begin(), g.ties.end(), [](const Tie& t) { return t.weight < 0; }), 29);
  for (const std::uint32_t to : {22u, 4u}) {  // by enumeration, and by branch and cut
    Options options;
    options.enumerate_to = to;
    const Solution s = judged(g, {}, options);
    EXPECT_DOUBLE_EQ(s.frustration, 7);
    EXPECT_EQ(s.count, 1u);
    EXPECT_EQ(s.blocs, 2u);
  }
}

TEST(BlocsReference, HighlandTribesInThree) {
  const Graph g = tribes();
  const Solution three = judged(g, {Number::exactly, 3});
  EXPECT_DOUBLE_EQ(three.frustration, 2);
  EXPECT_EQ(three.count, 1u);
  // Gavev, Kotun, Nagad, Gama; Ove, Alika, Gahuk, Masil, Ukudz, Geham, Asaro; Nagam, Notoh, Kohik, Uheto, Seuve: as the
  // block model of the R package signnet has it, with the same two ties against it.
  EXPECT_EQ(three.bloc, (std::vector<std::uint32_t>{0, 0, 1, 1, 2, 1, 1, 1, 2, 2, 1, 1, 2, 2, 0, 0}));
  const Solution free = judged(g, {Number::free});
  EXPECT_DOUBLE_EQ(free.frustration, 2);
  EXPECT_EQ(free.bloc, three.bloc);
  EXPECT_EQ(free.count, 1u);
}

TEST(BlocsReference, HighlandTribesTriads) {
  // signnet gives the share of balanced triangles as 0.8676471 = 59 / 68.
  const Triads t = triads(tribes());
  EXPECT_EQ(t.count[0] + t.count[2], 59u);
  EXPECT_EQ(t.count[1] + t.count[3], 9u);
}

TEST(BlocsReference, SampsonsMonastery) {
  const Graph g = monks();
  Options options;
  const Solution s = judged(g, {}, options);
  // 78 ties, 37 of them dislikes; 12 also by a loop over all 2^17 configurations in another language. The index of 5
  // that papers give belongs to another coding of the monastery, with fewer ties, which we have not found in print.
  EXPECT_EQ(g.ties.size(), 78u);
  EXPECT_DOUBLE_EQ(s.frustration, 12);
  options.enumerate_to = 4;
  const Solution cut = judged(g, {}, options);
  EXPECT_EQ(cut.optima, s.optima);
  EXPECT_DOUBLE_EQ(cut.second, s.second);
}

TEST(BlocsReference, TwoCampsOfFriendsAreFound) {
  Graph g{10, {}, {}};
  for (Actor a = 0; a < 10; ++a)
    for (Actor b = a + 1; b < 10; ++b) g.ties.push_back({a, b, (a < 5) == (b < 5) ? 1.0 : -1.0});
  const Solution s = judged(g, {});
  EXPECT_DOUBLE_EQ(s.frustration, 0);
  EXPECT_EQ(s.proof, Proof::trivial);
  EXPECT_DOUBLE_EQ(s.energy, -25);
  EXPECT_DOUBLE_EQ(s.gap, 9);  // one changes sides: 4 friends left, 5 enemies joined
}
