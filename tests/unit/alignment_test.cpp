// align, wedge, bind and balance from the text to the answer: the examples of their pages by hand, and a situation with
// evidence, tables and two measures of size against energies summed here over every configuration.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "entente/plan/answer.hpp"
#include "situations.hpp"

namespace {

using entente::ask::Reason;

struct Answers {
  std::unique_ptr<entente::tests::Compiled> compiled;
  std::map<std::string, double> value;
  std::map<std::string, Reason> reason;
  std::map<std::string, entente::number::Truth> claim;
};

Answers answers(std::unique_ptr<entente::tests::Compiled> c) {
  Answers a;
  EXPECT_TRUE(c->plan) << c->complaints();
  if (c->plan) {
    const auto all = entente::plan::answer(*c->plan);
    for (const auto& q : all.questions)
      for (const auto& w : q.worlds)
        for (const auto& cell : w.cells) {
          const std::string key = q.name + "." + cell.name + (w.world.empty() ? "" : " " + w.world);
          a.value[key] = cell.value;
          a.reason[key] = cell.reason;
        }
    for (const auto& x : all.claims) a.claim[x.name] = x.truth;
  }
  a.compiled = std::move(c);
  return a;
}

entente::plan::Scope everything() {
  entente::plan::Scope s;
  s.everything = true;
  return s;
}

Answers file(const std::string& name) {
  return answers(entente::tests::compile_file(std::string(ENTENTE_ROOT) + "/tests/data/alignment/" + name + ".yaml",
                                              everything()));
}

TEST(Alignment, ThreePowersByHand) {
  const auto a = file("triangle");
  const auto is = [&](const std::string& name, double want) {
    ASSERT_TRUE(a.value.contains(name)) << name;
    EXPECT_NEAR(a.value.at(name), want, 1e-9) << name;
  };
  // Energies: USA | RUS CHN -1.3, USA RUS | CHN -0.1, the other two 0; all pulls together 1.9.
  is("camps.together.RUS-CHN", 1);
  is("camps.together.USA-RUS", 0);
  is("camps.gap", 1.2 / 1.9);
  is("camps.frustration", 0);
  is("camps.count", 2);
  is("camps.tie.USA-CHN", -0.7);
  EXPECT_EQ(a.claim.at("united"), entente::number::Truth::yes);
}

TEST(Alignment, WhatItWouldTakeByHand) {
  const auto a = file("parting");
  const auto is = [&](const std::string& name, double want) {
    ASSERT_TRUE(a.value.contains(name)) << name;
    EXPECT_NEAR(a.value.at(name), want, 1e-9) << name;
  };
  // To part them USA RUS | CHN must beat USA | RUS CHN: -0.1 + m <= x - 0.7, m = 1e-6 of 0.8 + 0.7 + 0.6.
  const double x = 0.6 + 2.1e-6;
  is("split.price", 20 * (x + 0.6));
  is("split.change.USA-RUS", x + 0.6);
  is("split.affordable", 0);
  is("split.possible", 1);
  is("split.already", 0);
  // As things are the best with them together is 1.2 better than the best with them apart; in the scale of this wedge,
  // which counts a movable tie at its farther bound, 2.1.
  is("split.gap", -1.2 / 2.1);
  // Courting China: it would stand with USA or nowhere; y + 0.6 and 0.6 - 0.6 against 0 and y - 0.6: never less.
  EXPECT_TRUE(std::isinf(a.value.at("court.price")));
  is("court.possible", 0);
  is("court.affordable", 0);
  EXPECT_EQ(a.reason.at("court.change.USA-CHN"), Reason::impossible);
  // Binding USA and Russia is the same configuration: with y down the whole way nothing is gained, x must reach 0.6.
  EXPECT_NEAR(a.value.at("league.price"), 24, 1e-3);
  EXPECT_EQ(a.claim.at("too-dear"), entente::number::Truth::yes);
  EXPECT_EQ(a.claim.at("hopeless"), entente::number::Truth::yes);
}

// Five states: what the file says, written out.
constexpr std::array<const char*, 5> names{"A", "B", "C", "D", "E"};
using Matrix = std::array<std::array<double, 5>, 5>;

Matrix ties(bool broken) {
  Matrix t{};
  const auto add = [&](int a, int b, double v) { t[a][b] += v, t[b][a] += v; };
  enum { A, B, C, D, E };
  add(A, B, 0.5 * (broken ? -1 : 1) + 0.25 * 0.4);
  add(A, C, 0.5 * -0.8);
  add(B, C, 0.5 * -0.6 + 0.25 * 0.8);
  add(B, E, 0.5 * -0.2);
  add(D, A, 0.5 * -0.5);
  add(D, E, 0.5 * 0.7 + 0.25 * -0.4);
  add(C, D, 0.25 * 0.2);
  add(E, A, 0.25);
  add(C, E, -0.3);
  add(B, D, 0.15);
  return t;
}

struct Best {
  double least = 1e9, second = 1e9, scale = 0, frustration = 0;
  std::array<int, 5> side{};
};

// Every partition by a recursion on labels; at most `blocs` of them. `in`: who is there.
Best brute(const Matrix& t, const std::array<double, 5>& size, int blocs, std::array<bool, 5> in = {1, 1, 1, 1, 1}) {
  Best best;
  std::array<int, 5> side{};
  const auto c = [&](int i, int j) { return in[i] && in[j] ? t[i][j] * size[i] * size[j] : 0.0; };
  for (int i = 0; i < 5; ++i)
    for (int j = i + 1; j < 5; ++j) best.scale += std::abs(c(i, j));
  const auto walk = [&](auto&& self, int i, int used) -> void {
    if (i == 5) {
      double e = 0, f = 0;
      for (int x = 0; x < 5; ++x)
        for (int y = x + 1; y < 5; ++y) {
          if (side[x] != side[y]) e += c(x, y);
          if ((c(x, y) > 0) != (side[x] == side[y])) f += std::abs(c(x, y));
        }
      if (e < best.least - 1e-12) best.second = best.least, best.least = e, best.side = side, best.frustration = f;
      else if (e > best.least + 1e-12) best.second = std::min(best.second, e);
      return;
    }
    if (!in[i]) return side[i] = 99, self(self, i + 1, used);
    for (int k = 0; k <= used && k < blocs; ++k) side[i] = k, self(self, i + 1, std::max(used, k + 1));
  };
  walk(walk, 0, 0);
  return best;
}

std::array<double, 5> normal(std::array<double, 5> s, std::array<bool, 5> in = {1, 1, 1, 1, 1}) {
  double sum = 0, n = 0;
  for (int i = 0; i < 5; ++i)
    if (in[i]) sum += s[i], n += 1;
  for (auto& x : s) x *= n / sum;
  return s;
}

void agrees(const Answers& a, const std::string& prefix, const std::string& world, const Best& b,
            std::array<bool, 5> in = {1, 1, 1, 1, 1}) {
  for (int i = 0; i < 5; ++i)
    for (int j = i + 1; j < 5; ++j) {
      const std::string one = prefix + "together." + names[i] + "-" + names[j] + world,
                        other = prefix + "together." + names[j] + "-" + names[i] + world;
      const std::string key = a.value.contains(one) ? one : other;
      ASSERT_TRUE(a.value.contains(key)) << one;
      if (!in[i] || !in[j]) EXPECT_EQ(a.reason.at(key), Reason::absent) << key;
      else EXPECT_EQ(a.value.at(key), b.side[i] == b.side[j]) << key;
    }
  EXPECT_NEAR(a.value.at(prefix + "gap" + world), (b.second - b.least) / b.scale, 1e-12);
  EXPECT_NEAR(a.value.at(prefix + "frustration" + world), b.frustration / b.scale, 1e-12);
}

TEST(Alignment, EvidenceTablesSizesAndWorldsAgainstEveryConfiguration) {
  const auto a = answers(
      entente::tests::compile_file(std::string(ENTENTE_ROOT) + "/tests/data/alignment/camps.yaml", everything()));
  const std::array<double, 5> force{4, 1, 2, 1, 3}, wealth{1, 6, 5, 4, 2};
  for (const auto& [prefix, sizes] : {std::pair{"two.", force}, {"two.force.", force}, {"two.wealth.", wealth}})
    agrees(a, prefix, "", brute(ties(false), normal(sizes), 2));
  for (const auto& [prefix, sizes] : {std::pair{"any.", wealth}, {"any.force.", force}, {"any.wealth.", wealth}})
    agrees(a, prefix, "", brute(ties(false), normal(sizes), 5));
  EXPECT_NEAR(a.value.at("two.tie.E-A"), 0.25, 1e-15);
  EXPECT_NEAR(a.value.at("two.tie.D-E"), 0.25, 1e-15);
}

TEST(Alignment, LeversAndAbsenceReachTheGraph) {
  std::vector<std::string> asked;
  entente::plan::Scope scope;
  auto c = entente::tests::compile_file(std::string(ENTENTE_ROOT) + "/tests/data/alignment/camps.yaml");
  ASSERT_TRUE(c->situation) << c->complaints();
  const std::array<double, 5> force{4, 1, 2, 1, 3};
  const auto with = [&](const std::string& world) {
    entente::plan::Scope s;
    for (const char* name :
         {"together.A-B", "together.A-C", "together.D-A", "together.E-A", "together.B-C", "together.B-D",
          "together.B-E", "together.C-D", "together.C-E", "together.D-E", "gap", "frustration"}) {
      const std::string text = std::string("two.") + name + world;
      const auto id = c->sources.add("asked", text);
      s.quantities.push_back({text, {{id, 0, static_cast<std::uint32_t>(text.size())}, true}});
    }
    auto plan = entente::plan::Plan::compile(c->situation, c->diagnostics, s);
    EXPECT_TRUE(plan) << c->complaints();
    Answers a;
    for (const auto& q : entente::plan::answer(*plan).questions)
      for (const auto& w : q.worlds)
        for (const auto& cell : w.cells) {
          a.value[q.name + "." + cell.name + (w.world.empty() ? "" : " " + w.world)] = cell.value;
          a.reason[q.name + "." + cell.name + (w.world.empty() ? "" : " " + w.world)] = cell.reason;
        }
    return a;
  };
  agrees(with(" with break"), "two.", " with break", brute(ties(true), normal(force), 2));
  const std::array<bool, 5> no_c{1, 1, 0, 1, 1};
  agrees(with(" without C"), "two.", " without C", brute(ties(false), normal(force, no_c), 2, no_c), no_c);
  Matrix cut = ties(false);
  cut[3][4] = cut[4][3] = 0;
  for (const char* world : {" without D-E", " without E-D"})
    agrees(with(world), "two.", world, brute(cut, normal(force), 2));
}

TEST(Alignment, APairIsTheSameBothWays) {
  const auto text = [](const std::string& claims, const std::string& lever) {
    return "entente: 1\nsituation: Pairs\nas_of: 2025-01-01\nsources: {invented: {title: invented, date: 2024-01-01, "
           "grade: F6}}\nsource: invented\nactors: {USA: United States, RUS: Russia, CHN: China}\n"
           "evidence: {pacts: {weight: 0.5, ties: {RUS-CHN: 1}}}\n"
           "ties: {USA-RUS: -0.6, USA-CHN: -0.7}\nlevers: {quarrel: {set: {" +
           lever + "}}}\nquestions: {camps: {align: [USA, RUS, CHN]}}\nclaims:\n" + claims;
  };
  const std::string lever = "evidence: {pacts: {CHN-RUS: -1}}, ties: {RUS-USA: 0.2}";
  auto c = entente::tests::compile(
      text("  a: {says: a, holds: camps.together.RUS-CHN > camps.together.USA-RUS without RUS-CHN}\n"
           "  b: {says: b, holds: camps.together.CHN-RUS > camps.together.RUS-USA without CHN-RUS}\n"
           "  c: {says: c, holds: camps.tie.CHN-RUS with quarrel < -0.4 and camps.tie.RUS-USA with quarrel > 0.1}\n",
           lever));
  ASSERT_TRUE(c->plan) << c->complaints();
  ASSERT_EQ(c->plan->worlds().size(), 3u);  // the base, one without the tie, one with the lever
  EXPECT_EQ(c->plan->worlds()[1].name, "without RUS-CHN");
  const auto& claims = c->plan->claims();
  EXPECT_EQ(claims[0].cells, claims[1].cells);
  const auto a = answers(std::move(c));
  EXPECT_EQ(a.claim.at("a"), entente::number::Truth::yes);
  EXPECT_EQ(a.claim.at("b"), entente::number::Truth::yes);
  EXPECT_EQ(a.claim.at("c"), entente::number::Truth::yes);
  EXPECT_EQ(a.compiled->situation->turned("camps.together.RUS-CHN without X"), "camps.together.CHN-RUS without X");
  EXPECT_EQ(a.compiled->situation->turned("camps.gap"), "");
  EXPECT_EQ(a.compiled->situation->turned("camps.tie.RUS-XXX"), "");
  // Set in both orders, a number is set twice.
  EXPECT_FALSE(
      entente::tests::compile(text("  a: {says: a, holds: camps.gap > 0}\n", "ties: {RUS-USA: 0.2, USA-RUS: 0.1}"))
          ->plan);
}

TEST(Alignment, BalanceIsTheSameAsMovingTheStart) {
  const auto base = file("camps");
  const auto moved = [&](double d) {  // the tie A-B from 0.6 to 0.6 + d, at the time of the base
    Matrix t = ties(false);
    t[0][1] += d, t[1][0] += d;
    for (int i = 0; i < 5; ++i) t[i][i] = 0.1;
    const double time = 0.25 * base.value.at("pull.divergence");
    // X(t) = X0 + t X0^2 + t^2 X0^3 + ...: far enough from divergence for the series.
    Matrix sum = t, power = t;
    double factor = 1;
    for (int k = 1; k < 60; ++k) {
      Matrix next{};
      for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j)
          for (int l = 0; l < 5; ++l) next[i][j] += power[i][l] * t[l][j];
      power = next;
      factor *= time;
      for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j) sum[i][j] += factor * power[i][j];
    }
    return sum;
  };
  const Matrix now = moved(0), up = moved(1e-5), down = moved(-1e-5);
  for (const auto& [name, i, j] :
       {std::tuple{"C-D", 2, 3}, {"D-E", 3, 4}, {"B-C", 1, 2}, {"A-B", 0, 1}, {"E-A", 4, 0}}) {
    EXPECT_NEAR(base.value.at(std::string("pull.tie.") + name), now[i][j], 1e-9) << name;
    EXPECT_NEAR(base.value.at(std::string("pull.effect.") + name), (up[i][j] - down[i][j]) / 2e-5, 1e-7) << name;
  }
}

struct Slip {
  const char* name;
  const char* code;
  const char* from;
  const char* to;
};

TEST(Alignment, SlipsAreFoundWithTheirPlace) {
  const std::string good = R"(entente: 1
situation: Slips
as_of: 2025-01-01
sources: {s: {title: invented, grade: F6}}
source: s
actors: {A: a, B: b, C: c}
evidence: {pacts: {weight: 1, ties: {A-B: 0.5, B-C: -0.5}}}
ties: {A-C: -0.2}
sizes: {force: {of: {A: 1, B: 2, C: 3}}}
questions:
  q: {align: [A, B, C], blocs: 2, sizes: force}
  w: {wedge: [A, B], by: C, moves: {A-C: {up-to: 1, cost: 2}}}
  b: {balance: [A, B, C], of: A-B}
)";
  ASSERT_TRUE(entente::tests::compile(good)->plan) << entente::tests::compile(good)->complaints();
  for (const Slip& x : std::initializer_list<Slip>{
           {"a tie with itself", "E0802", "B-C: -0.5", "B-B: -0.5"},
           {"both ways", "E0804", "B-C: -0.5", "B-A: 0.5"},
           {"no tie's name", "E0801", "A-C: -0.2", "AC: -0.2"},
           {"nobody", "E0342", "A-C: -0.2", "A-X: -0.2"},
           {"beyond one", "E0", "A-C: -0.2", "A-C: -1.2"},
           {"not a number", "E0", "A-C: -0.2", "A-C: nan"},
           {"size of nothing", "E0", "{A: 1, B: 2, C: 3}", "{A: 0, B: 2, C: 3}"},
           {"size left out", "E0811", "{A: 1, B: 2, C: 3}", "{A: 1, B: 2}"},
           {"no such measure", "E0810", "sizes: force}", "sizes: farce}"},
           {"how many", "E0812", "blocs: 2", "blocs: 1"},
           {"alone", "E0808", "align: [A, B, C]", "align: [A]"},
           {"a wedge in one", "E0813", "wedge: [A, B]", "wedge: [A, A]"},
           {"others' tie", "E0815", "A-C: {up-to", "A-B: {up-to"},
           {"no bound", "E0816", "{up-to: 1, cost: 2}", "{cost: 2}"},
           {"bounds cross", "E0817", "{up-to: 1, cost: 2}", "{up-to: 0.1, down-to: 0.3, cost: 2}"},
           {"no such tie to move", "E0803", "ties: {A-C: -0.2}", "ties: {A-B: 0.2}"},
           {"negative cost", "E0", "cost: 2}", "cost: -2}"}}) {
    std::string text = good;
    const auto at = text.find(x.from);
    ASSERT_NE(at, std::string::npos) << x.name;
    text.replace(at, std::string(x.from).size(), x.to);
    const auto c = entente::tests::compile(text);
    EXPECT_FALSE(c->plan) << x.name;
    bool found = false;
    for (const auto& d : c->diagnostics.all()) found = found || (d.code.starts_with(x.code) && d.span.known());
    EXPECT_TRUE(found) << x.name << "\n" << c->complaints();
  }
}

// A and B are the cores; C goes with A by the log odds of the difference of its ties, D with C.
const std::string soft = R"(entente: 1
situation: Soft
as_of: 2025-01-01
sources: {s: {title: invented, grade: F6}}
source: s
actors: {A: a, B: b, C: c, D: d}
evidence: {odds: {weight: 2, ties: {A-C: 0.5, B-C: -0.25, C-D: 0.4}}}
ties: {A-B: 0.1, A-D: 0}
sizes: {force: {of: {A: 1, B: 4, C: 9, D: 2}}}
questions:
  q: {align: [A, B, C, D], against: [A, B], temperature: 1}
claims:
  event: {says: They stand together., holds: q.together.A-C > 0.5}
  likely: {says: It is likely., holds: q.chance.A-C > 0.9}
)";

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

TEST(Alignment, ChancesByHand) {
  const auto a =
      answers(entente::tests::compile(soft, {"q.chance.C-D", "q.entropy", "q.chance.A-C without B"}, everything()));
  const double c = logistic(1.5), d = logistic(0.8);
  EXPECT_NEAR(a.value.at("q.chance.A-C"), c, 1e-12);
  EXPECT_NEAR(a.value.at("q.chance.C-D"), d, 1e-12);
  EXPECT_NEAR(a.value.at("q.chance.A-D"), c * d + (1 - c) * (1 - d), 1e-12);
  EXPECT_EQ(a.value.at("q.chance.A-B"), 0);
  const auto entropy = [](double p) { return -p * std::log(p) - (1 - p) * std::log(1 - p); };
  EXPECT_NEAR(a.value.at("q.entropy"), entropy(c) + entropy(d), 1e-12);
  // At the medians the event is that of the likeliest configuration.
  EXPECT_EQ(a.value.at("q.together.A-C"), 1);
  EXPECT_EQ(a.value.at("q.together.A-B"), 0);
  EXPECT_EQ(a.claim.at("event"), entente::number::Truth::yes);
  EXPECT_EQ(a.claim.at("likely"), entente::number::Truth::no);
  EXPECT_FALSE(a.value.contains("q.force.chance.A-C"));  // sizes do not count
  // Without a core there are no sides.
  EXPECT_EQ(a.reason.at("q.chance.A-C without B"), Reason::absent);
}

TEST(Alignment, ChancesWithSizesAndCamps) {
  const auto with = [](const std::string& line) {
    std::string text = soft;
    const std::string from = "{align: [A, B, C, D], against: [A, B], temperature: 1}";
    text.replace(text.find(from), from.size(), line);
    if (line.find("temperature") == std::string::npos) text.erase(text.find("  likely: "));  // no chances to claim of
    return answers(entente::tests::compile(text, {}, everything()));
  };
  // Sizes to the power of a half, divided by their mean of 4: ties times the roots of 9/16, 36/16.
  const auto sized = with("{align: [A, B, C, D], against: [A, B], temperature: 2, sizes: force, size-exponent: 0.5}");
  EXPECT_NEAR(sized.value.at("q.chance.A-C"), logistic((0.75 + 0.5 * 1.5) / 2), 1e-12);
  EXPECT_NEAR(sized.value.at("q.force.chance.A-C"), sized.value.at("q.chance.A-C"), 1e-15);
  // Two camps: of the eight ways the one in which all stand together is left out.
  const auto camps = with("{align: [A, B, C, D], blocs: two camps, temperature: 1}");
  double z = 0, together = 0;
  for (int s = 1; s < 8; ++s) {
    const int b = s & 1, c = s >> 1 & 1, d = s >> 2 & 1;
    const double w = std::exp(-(0.1 * b + 1.0 * c - 0.5 * (b != c) + 0.8 * (c != d)));
    z += w;
    if (c == 0) together += w;
  }
  EXPECT_NEAR(camps.value.at("q.chance.A-C"), together / z, 1e-12);
  // Against without a temperature: the least energy under that condition.
  const auto hard = with("{align: [A, B, C, D], against: [A, B]}");
  EXPECT_EQ(hard.value.at("q.together.A-B"), 0);
  EXPECT_EQ(hard.value.at("q.together.A-C"), 1);
  EXPECT_FALSE(hard.value.contains("q.chance.A-C"));
}

// A claim on one event is in every draw true by its chance; two events come from one configuration, which the
// question's own number tosses.
TEST(Alignment, EventsAreTossedByTheQuestionsOwnNumber) {
  const std::string text =
      std::string(soft) +
      "  both: {says: Both., holds: q.together.A-C > 0.5 and q.together.C-D > 0.5}\n"
      "  odd: {says: Never., holds: q.together.A-C > 0.5 and q.together.C-D > 0.5 and q.together.A-D < 0.5}\n";
  const auto c = entente::tests::compile(text);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& plan = *c->plan;
  entente::plan::Workspace w(plan);
  std::vector<double> p(plan.parameters());
  const entente::plan::Sampling sampling{.draws = 10'000};
  std::map<std::string, double> yes;
  for (std::uint64_t k = 0; k < sampling.draws; ++k) {
    const bool good = plan.draw(sampling, k, p);
    plan.evaluate(p, good, w);
    for (std::size_t i = 0; i < plan.claims().size(); ++i) {
      const auto shares = plan.shares(i, w);
      EXPECT_NEAR(shares.yes + shares.no + shares.undefined, 1, 1e-15);
      yes[plan.claims()[i].name] += shares.yes;
    }
  }
  // The points of a draw are evenly spread: far nearer than ten thousand tosses by chance.
  EXPECT_NEAR(yes.at("event") / 1e4, logistic(1.5), 1e-12);
  EXPECT_NEAR(yes.at("both") / 1e4, logistic(1.5) * logistic(0.8), 0.002);
  EXPECT_EQ(yes.at("odd"), 0);
  EXPECT_EQ(yes.at("likely"), 0);
  EXPECT_TRUE(plan.claims()[0].shared());
  EXPECT_FALSE(plan.claims()[1].soft);
}

TEST(Alignment, SlipsOfChancesAreFoundWithTheirPlace) {
  ASSERT_TRUE(entente::tests::compile(soft)->plan) << entente::tests::compile(soft)->complaints();
  for (const Slip& x :
       std::initializer_list<Slip>{{"not above 0", "E0", "temperature: 1}", "temperature: 0}"},
                                   {"negative", "E0", "temperature: 1}", "temperature: -1}"},
                                   {"one core", "E0821", "against: [A, B]", "against: [A]"},
                                   {"three cores", "E0821", "against: [A, B]", "against: [A, B, C]"},
                                   {"a core who is nobody", "E0342", "against: [A, B]", "against: [A, X]"},
                                   {"a core outside", "E0814", "align: [A, B, C, D]", "align: [B, C, D]"},
                                   {"sizes without temperature", "E0820", "temperature: 1}", "size-exponent: 1}"}}) {
    std::string text = soft;
    const auto at = text.find(x.from);
    ASSERT_NE(at, std::string::npos) << x.name;
    text.replace(at, std::string(x.from).size(), x.to);
    const auto c = entente::tests::compile(text);
    EXPECT_FALSE(c->plan) << x.name;
    bool found = false;
    for (const auto& d : c->diagnostics.all()) found = found || (d.code.starts_with(x.code) && d.span.known());
    EXPECT_TRUE(found) << x.name << "\n" << c->complaints();
  }
}

}  // namespace
