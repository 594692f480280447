// The mandate kernel against its judge (which lists every world), against hand figures and against simulation.
#include "entente/kernel/mandate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace md = entente::mandate;

namespace {

TEST(Mandate, OneDispositionByHand) {
  // Two states, two contributors of 6 and 5 thousand, 5 needed. State 1 admits c0 at .6 and c1 at .3, together; state 2
  // admits both always but c1 only at .5.
  const md::Force f{5, {6, 5}, {{1, {0.6, 0.3}, {0, 1}}, {1, {0.5}, {md::agrees, 0}}}};
  ASSERT_TRUE(md::validate(f));
  md::Scratch s;
  md::Outcome o;
  md::evaluate(f, s, o);
  EXPECT_NEAR(o.joint[0], 0.6, 1e-15);
  EXPECT_NEAR(o.joint[1], 0.15, 1e-15);
  EXPECT_NEAR(o.feasible, 0.6, 1e-15);     // whenever state 1 admits c1 it admits c0
  EXPECT_NEAR(o.without[0], 0.15, 1e-15);  // then only c1 is left
  EXPECT_NEAR(o.without[1], 0.6, 1e-15);
  EXPECT_NEAR(o.expected, 0.6 * 6 + 0.15 * 5, 1e-15);
  EXPECT_NEAR(o.relief[0], 0.4, 1e-15);  // c0 is never refused then
  EXPECT_NEAR(o.relief[1], 0.0, 1e-15);
  EXPECT_LT(md::check(f, o), 1e-14);
}

TEST(Mandate, CaseByCaseByHand) {
  md::Force f{5, {6, 5}, {{0, {0.6, 0.3}, {0, 1}}}};
  md::Scratch s;
  md::Outcome o;
  md::evaluate(f, s, o);
  EXPECT_NEAR(o.feasible, 1 - 0.4 * 0.7, 1e-15);
  f.consents[0] = {0, {0.6}, {0, 0}};  // one event for both
  md::evaluate(f, s, o);
  EXPECT_NEAR(o.feasible, 0.6, 1e-15);
  f.need = 12;  // nobody can raise it
  md::evaluate(f, s, o);
  EXPECT_EQ(o.feasible, 0);
  EXPECT_TRUE(md::minimal(f, 3).empty());
}

TEST(Mandate, NobodyIsAsked) {
  const md::Force f{5, {3, 3}, {}};
  md::Scratch s;
  md::Outcome o;
  md::evaluate(f, s, o);
  EXPECT_EQ(o.feasible, 1);
  EXPECT_EQ(o.without[0], 0);
  EXPECT_EQ(md::minimal(f, 3), (std::vector<std::uint32_t>{3}));
}

TEST(Mandate, EqualsEveryWorldListed) {
  std::mt19937_64 r(3);
  std::uniform_real_distribution<double> u(0, 1);
  md::Scratch s;
  md::Outcome o;
  int checked = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::size_t n = 1 + r() % 6, states = r() % 4;
    md::Force f{.need = 1 + 12 * u(r)};
    for (std::size_t c = 0; c < n; ++c) f.provides.push_back(u(r) < 0.1 ? 0 : std::round(6 * u(r)));
    for (std::size_t m = 0; m < states; ++m) {
      md::Consent c{.together = u(r) < 0.4 ? 1.0 : u(r) < 0.3 ? 0.0 : u(r)};
      const std::size_t events = 1 + r() % n;
      for (std::size_t e = 0; e < events; ++e)
        c.chance.push_back(u(r) < 0.1 ? std::round(u(r)) : u(r) < 0.2 ? 0.5 : u(r));
      for (std::size_t i = 0; i < n; ++i)
        c.event.push_back(u(r) < 0.1 ? md::agrees : static_cast<std::uint32_t>(r() % events));
      f.consents.push_back(std::move(c));
    }
    ASSERT_TRUE(md::validate(f));
    md::evaluate(f, s, o);
    const double off = md::check(f, o);
    ASSERT_FALSE(std::isnan(off));
    ASSERT_LT(off, 1e-11);
    ++checked;
    for (std::size_t c = 0; c < n; ++c) ASSERT_LE(o.without[c], o.feasible);
    // Minimal sets suffice and no part of them does.
    for (const auto set : md::minimal(f, ~0u)) {
      double sum = 0;
      for (std::size_t c = 0; c < n; ++c)
        if (set >> c & 1u) sum += f.provides[c];
      ASSERT_GE(sum, f.need);
      for (std::size_t c = 0; c < n; ++c) ASSERT_TRUE(!(set >> c & 1u) || sum - f.provides[c] < f.need);
    }
  }
  EXPECT_EQ(checked, 3000);
}

TEST(Mandate, SixteenContributorsAgainstSimulation) {
  std::mt19937_64 r(5);
  std::uniform_real_distribution<double> u(0, 1);
  md::Force f{.need = 30};
  for (int c = 0; c < 16; ++c) f.provides.push_back(1 + 6 * u(r));
  for (int m = 0; m < 6; ++m) {
    md::Consent c{.together = 0.5 * (m % 3)};
    for (std::uint32_t i = 0; i < 16; ++i) c.chance.push_back(0.4 + 0.6 * u(r)), c.event.push_back(i);
    f.consents.push_back(std::move(c));
  }
  md::Scratch s;
  md::Outcome o;
  md::evaluate(f, s, o);
  const int rounds = 200000;
  int yes = 0;
  for (int k = 0; k < rounds; ++k) {
    double sum = 0;
    std::uint32_t admitted = 0xffff;
    for (const auto& c : f.consents) {
      const bool one = u(r) < c.together;
      const double disposition = u(r);
      for (std::uint32_t i = 0; i < 16; ++i)
        if (!((one ? disposition : u(r)) < c.chance[i])) admitted &= ~(1u << i);
    }
    for (std::uint32_t i = 0; i < 16; ++i)
      if (admitted >> i & 1u) sum += f.provides[i];
    yes += sum >= f.need;
  }
  const double p = static_cast<double>(yes) / rounds;
  EXPECT_NEAR(o.feasible, p, 5 * std::sqrt(p * (1 - p) / rounds) + 1e-4);
}

TEST(Mandate, RefusesWithThePlaceNamed) {
  md::Force f{5, {6, 5}, {{1, {0.6, 0.3}, {0, 1}}}};
  f.consents[0].chance[1] = 1.2;
  EXPECT_EQ(md::validate(f).error().where, "consents[0].chance");
  f.consents[0].chance[1] = 0.2;
  f.consents[0].event[1] = 9;
  EXPECT_EQ(md::validate(f).error().where, "consents[0].event");
  f.consents[0].event[1] = 1;
  f.need = 0;
  EXPECT_EQ(md::validate(f).error().where, "need");
  f.need = NAN;
  EXPECT_EQ(md::validate(f).error().where, "need");
  f.need = 5;
  f.provides[0] = -1;
  EXPECT_EQ(md::validate(f).error().where, "provides[0]");
  f.provides.assign(17, 1.0);
  EXPECT_EQ(md::validate(f).error().kind, entente::ErrorKind::too_large);
}

}  // namespace
