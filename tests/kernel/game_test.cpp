// The game kernel against published games.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "kernel/game_examples.hpp"

namespace gm = entente::game;
using examples::bagwell;
using examples::beer_quiche;
using examples::job_market;
using examples::poker;

namespace {

void near(const std::vector<double>& got, const std::vector<double>& want, double tolerance) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_NEAR(got[i], want[i], tolerance) << i;
}

TEST(BeerQuiche, TwoPoolingOutcomesOneIntuitive) {
  const auto g = beer_quiche();
  const auto all = gm::pure(g);
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2u);
  int intuitive = 0;
  for (const auto& e : *all) {
    EXPECT_TRUE(e.pooling && e.pure && !e.separating);
    EXPECT_LT(gm::check(g, e), 1e-12);
    const bool beer = e.signal[0][0] == 1;
    EXPECT_EQ(e.intuitive, beer);
    intuitive += e.intuitive;
    // Off the path the receiver duels: it believes in the weak with at least one half.
    const auto& b = e.belief[beer ? 1 : 0];
    ASSERT_EQ(b.size(), 2u);
    near(b[0], {0.5, 0.5}, 1e-12);
    near(b[1], {0, 1}, 1e-12);
  }
  EXPECT_EQ(intuitive, 1);
}

// Logit quantal response: strong B,Q; weak B,Q; after beer duel, not; after quiche duel, not (Gambit's figures).
TEST(BeerQuiche, QuantalResponse) {
  const auto tree = gm::extensive(beer_quiche());
  ASSERT_TRUE(gm::validate(tree));
  const auto path = gm::logit(tree, {.at = {0.5, 1, 0}});
  ASSERT_TRUE(path.has_value());
  const std::vector<std::vector<double>> half{
      {.627653, .372347}, {.382763, .617237}, {.392566, .607434}, {.414726, .585274}},
      one{{.765018, .234982}, {.305847, .694153}, {.285991, .714009}, {.376187, .623813}};
  for (std::size_t s = 0; s < 4; ++s) {
    near(path->at[0].behaviour[s], half[s], 1e-6);
    near(path->at[1].behaviour[s], one[s], 1e-6);
    near(path->at[2].behaviour[s], {0.5, 0.5}, 1e-15);
  }
  for (const auto& q : path->at) EXPECT_LT(gm::check_logit(tree, q.lambda, q.behaviour), 1e-10);
  EXPECT_EQ(path->stop, gm::LogitStop::regret);
  EXPECT_LT(path->last.regret, 1e-6);
  EXPECT_GT(path->last.behaviour[0][0], 0.9999);  // ends in beer
  EXPECT_LT(gm::check(tree, path->last.behaviour), 1e-5);
}

TEST(JobMarket, SeparatingAndPooling) {
  const auto g = job_market();
  const auto all = gm::pure(g);
  ASSERT_TRUE(all.has_value());
  int separating = 0, pooling = 0;
  for (const auto& e : *all) {
    EXPECT_LT(gm::check(g, e), 1e-12);
    if (e.separating) {
      ++separating;
      near(e.signal[0], {1, 0}, 0);
      near(e.signal[1], {0, 1}, 0);
      near(e.reply[0], {1, 0}, 0);
      near(e.reply[1], {0, 1}, 0);
    }
    if (e.pooling) {
      ++pooling;
      near(e.signal[0], {0, 1}, 0);
    }
  }
  EXPECT_EQ(separating, 1);
  EXPECT_GE(pooling, 1);
  EXPECT_EQ(static_cast<std::size_t>(separating + pooling), all->size());
  const auto mixed = gm::mixed(g);
  ASSERT_TRUE(mixed.has_value());
  for (const auto& e : mixed->extreme) EXPECT_LT(gm::check(g, e), 1e-9);
}

TEST(Bagwell, OnePureAndTwoMixed) {
  const auto g = bagwell();
  ASSERT_TRUE(gm::validate(g));
  const auto pure = gm::pure(g);
  ASSERT_TRUE(pure.has_value());
  ASSERT_EQ(pure->size(), 1u);
  EXPECT_EQ((*pure)[0], (std::vector<std::uint32_t>{1, 1, 1}));
  const auto mixed = gm::mixed(g);
  ASSERT_TRUE(mixed.has_value());
  ASSERT_EQ(mixed->extreme.size(), 3u);
  EXPECT_FALSE(mixed->degenerate);
  bool noisy = false;
  for (const auto& b : mixed->extreme) {
    EXPECT_LT(gm::check(g, b), 1e-10);
    if (std::abs(b[0][0] - 0.99) < 1e-9) {
      noisy = true;
      near(b[1], {1, 0}, 1e-12);
      near(b[2], {24.0 / 49, 25.0 / 49}, 1e-12);
    }
  }
  EXPECT_TRUE(noisy);
}

TEST(Poker, Unique) {
  const auto g = poker();
  const auto mixed = gm::mixed(g);
  ASSERT_TRUE(mixed.has_value());
  ASSERT_EQ(mixed->extreme.size(), 1u);
  near(mixed->extreme[0][0], {1, 0}, 1e-12);
  near(mixed->extreme[0][1], {1.0 / 3, 2.0 / 3}, 1e-12);
  near(mixed->extreme[0][2], {2.0 / 3, 1.0 / 3}, 1e-12);
  near(gm::expected(g, mixed->extreme[0]), {1.0 / 3, -1.0 / 3}, 1e-12);
  EXPECT_TRUE(gm::pure(g)->empty());
}

// Fearon 1997, doi:10.1177/0022002797041001004: a signal separates only if its cost differs enough between types. A
// resolved type gains 2 from backing down, an irresolute one 1; the signal costs them c and d.
TEST(Fearon, SeparatesOnlyWhereTheCostDiffersEnough) {
  const auto separates = [](double resolved, double irresolute) {
    gm::Signalling g{.types = 2, .signals = 2, .actions = 2, .prior = {0.5, 0.5}};
    for (int t = 0; t < 2; ++t)
      for (int m = 0; m < 2; ++m)
        for (int a = 0; a < 2; ++a) {
          g.sender.push_back((a == 0 ? (t == 0 ? 2 : 1) : 0) - (m == 0 ? (t == 0 ? resolved : irresolute) : 0));
          g.receiver.push_back(a == t ? 1 : 0);
        }
    const auto all = gm::pure(g);
    return std::ranges::any_of(*all, [](const auto& e) { return e.separating; });
  };
  EXPECT_TRUE(separates(1.5, 1.5));   // sunk: more than the irresolute gain, less than the resolved
  EXPECT_FALSE(separates(0.5, 0.5));  // too cheap
  EXPECT_FALSE(separates(2.5, 2.5));  // too dear
  EXPECT_TRUE(separates(0, 1.5));     // tied hands: it costs only who would not fight
  EXPECT_FALSE(separates(0, 0));      // cheap talk, both want the same
}

TEST(Bimatrix, KnownGames) {
  // Battle of the sexes: two pure, one mixed.
  const gm::Strategic battle{.strategies = {2, 2}, .payoff = {3, 2, 0, 0, 0, 0, 2, 3}};
  const auto b = gm::bimatrix(battle);
  ASSERT_EQ(b->extreme.size(), 3u);
  EXPECT_FALSE(b->degenerate);
  EXPECT_EQ(gm::pure(battle)->size(), 2u);
  bool half = false;
  for (const auto& e : b->extreme) {
    EXPECT_LT(gm::check(battle, e), 1e-12);
    half = half || std::abs(e.x[0] - 0.6) < 1e-12;
  }
  EXPECT_TRUE(half);
  // A column player who does not care: a continuum, four extreme equilibria or fewer, and it is said.
  const gm::Strategic idle{.strategies = {2, 2}, .payoff = {1, 0, 0, 0, 0, 0, 1, 0}};
  const auto d = gm::bimatrix(idle);
  EXPECT_TRUE(d->degenerate);
  for (const auto& e : d->extreme) EXPECT_LT(gm::check(idle, e), 1e-12);
  // Rock, scissors, paper: one.
  gm::Strategic rsp{.strategies = {3, 3}};
  for (int j = 0; j < 3; ++j)
    for (int i = 0; i < 3; ++i) {
      const double u = i == j ? 0 : (j - i + 3) % 3 == 1 ? 1 : -1;
      rsp.payoff.insert(rsp.payoff.end(), {u, -u});
    }
  const auto r = gm::bimatrix(rsp);
  ASSERT_EQ(r->extreme.size(), 1u);
  near(r->extreme[0].x, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 1e-12);
  const auto q = gm::logit(gm::extensive(rsp), {.at = {3}});
  near(q->at[0].behaviour[0], {1.0 / 3, 1.0 / 3, 1.0 / 3}, 1e-12);
}

TEST(Tree, SignallingGamesAreRecognised) {
  const auto g = beer_quiche();
  const auto shape = gm::signalling(gm::extensive(g));
  ASSERT_TRUE(shape.has_value());
  EXPECT_EQ(shape->game.sender, g.sender);
  EXPECT_EQ(shape->game.receiver, g.receiver);
  EXPECT_EQ(shape->type, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(shape->signal, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_FALSE(gm::signalling(bagwell()));
  EXPECT_FALSE(gm::signalling(poker()));
  auto some = g;  // the weak cannot have beer
  some.can = {1, 1, 0, 1};
  const auto part = gm::signalling(gm::extensive(some));
  ASSERT_TRUE(part.has_value());
  EXPECT_EQ(part->game.can, some.can);
  const auto all = gm::pure(some);
  ASSERT_TRUE(all.has_value());
  for (const auto& e : *all) {
    EXPECT_LT(gm::check(some, e), 1e-12);
    near(e.belief[0][0], {1, 0}, 0);  // whoever has beer is strong
  }
}

TEST(Refusals, NameThePlace) {
  auto g = beer_quiche();
  g.prior = {0.5, 0.6};
  EXPECT_EQ(gm::validate(g).error().where, "prior");
  g = beer_quiche();
  g.can = {1, 0, 1, 0};
  EXPECT_EQ(gm::validate(g).error().message, "nobody can send this signal");
  g.can = {1, 1, 0, 0};
  EXPECT_EQ(gm::validate(g).error().where, "type 1");
  g = beer_quiche();
  g.sender[3] = NAN;
  EXPECT_FALSE(gm::validate(g));
  g.sender.pop_back();
  EXPECT_EQ(gm::validate(g).error().where, "sizes");
  EXPECT_FALSE(gm::validate(gm::Signalling{}));
  auto t = poker();
  t.nodes[0].chance[0] = 0.6;
  EXPECT_EQ(gm::validate(t).error().where, "node 0");
  t = poker();
  t.nodes[1].children.pop_back();
  EXPECT_FALSE(gm::validate(t));
  t = poker();
  t.nodes.emplace_back();
  t.payoff.resize(t.payoff.size() + 2, 0.0);
  EXPECT_EQ(gm::validate(t).error().message, "no move leads to this node");
  t = bagwell();  // the first player moves again after both of its moves and has forgotten which
  for (auto& n : t.information) n.player = 0;
  EXPECT_NE(gm::validate(t).error().message.find("imperfect recall"), std::string::npos);
  EXPECT_FALSE(gm::validate(gm::Strategic{.strategies = {2, 0}}));
  EXPECT_FALSE(gm::validate(gm::Strategic{.strategies = {2, 2}, .payoff = {1}}));
  EXPECT_EQ(gm::validate(gm::Strategic{.strategies = std::vector<std::uint32_t>(9, 2)}).error().kind,
            entente::ErrorKind::too_large);
  EXPECT_FALSE(gm::logit(poker(), {.at = {-1}}));
  EXPECT_FALSE(gm::mixed(gm::extensive(gm::Strategic{.strategies = {1, 1, 1}, .payoff = {0, 0, 0}})));
}

TEST(Judges, FindFaults) {
  const auto g = beer_quiche();
  const auto e = gm::pure(g).value().front();
  auto wrong = e;
  std::swap(wrong.signal[0][0], wrong.signal[0][1]);
  EXPECT_GT(gm::check(g, wrong), 0.1);
  wrong = e;
  wrong.payoff[0] += 1;
  EXPECT_GT(gm::check(g, wrong), 0.1);
  wrong = e;
  for (std::size_t m = 0; m < 2; ++m)
    if (!e.sent[m]) wrong.belief[m] = {{1, 0}};  // then it would not duel
  EXPECT_GT(gm::check(g, wrong), 0.1);
  wrong = e;
  for (std::size_t m = 0; m < 2; ++m)
    if (e.sent[m]) wrong.belief[m] = {{0.8, 0.2}};
  EXPECT_GT(gm::check(g, wrong), 0.05);
  auto b = gm::mixed(poker()).value().extreme[0];
  b[1] = {0.5, 0.5};
  EXPECT_GT(gm::check(poker(), b), 0.01);
  EXPECT_GT(gm::check_logit(poker(), 1, b), 0.1);
}

}  // namespace
