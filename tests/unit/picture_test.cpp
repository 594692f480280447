// Whole pictures: random scenes of three and of sixty actors, scenes without a sensible number, and every picture of
// every situation at its medians, judged by a reader that knows nothing of how they were made (support/svg.hpp). With
// ENTENTE_PICTURES=FOLDER the pictures of the situations are written there.
#include "entente/report/picture.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "report/svg/scenes.hpp"
#include "situations.hpp"
#include "support/drawn.hpp"
#include "support/svg.hpp"

using namespace entente;
using ask::Figure;
namespace fs = std::filesystem;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();

struct Random {
  std::mt19937_64 g{20250509};
  double real(double a, double b) { return a + (b - a) * static_cast<double>(g() >> 11) * 0x1p-53; }
  std::size_t upto(std::size_t n) { return g() % n; }
  std::string name() {
    static const std::vector<std::string> names{"China",
                                                "Russia",
                                                "North Korea",
                                                "United States",
                                                "習近平",
                                                "Владимир Путин",
                                                "김정은",
                                                "Österreich-Ungarn",
                                                "X",
                                                "Bosnia and Herzegovina",
                                                "Democratic People's Republic of Korea",
                                                "<b>&\"bold\"</b>",
                                                "Côte d'Ivoire"};
    return names[upto(names.size())];
  }
  Figure figure() {
    const std::size_t k = upto(12);
    return Figure::fixed(k == 0 ? nothing : k == 1 ? inf : k == 2 ? 0 : k == 3 ? -real(0, 100) : real(0, 1000));
  }
};

/// Scenes of plain numbers need a plan only to stand on.
struct Ground {
  std::unique_ptr<tests::Compiled> c =
      tests::compile(tests::drivers_only("  a: 1 to 2\n", "  x: {says: x, holds: a > 1}\n"));
  report::svg::Readings readings{*c->plan, nullptr};
  report::svg::Context of{readings, 0};

  template <class Scene>
  std::string picture(const Scene& scene, double width) const {
    report::svg::Canvas canvas(width);
    report::svg::draw(canvas, scene, of);
    const std::string told = report::svg::told(scene, of);
    return canvas.finish("x", "A <title>", told.empty() ? "nothing" : told, "pic-wide");
  }
  template <class Scene>
  std::string judged(const Scene& scene) const {
    for (const double width : {340.0, 720.0}) {
      const std::string one = picture(scene, width);
      if (const auto f = tests::faults(one); !f.empty()) return f + " (" + std::to_string(width) + ")";
      if (one != picture(scene, width)) return "not the same twice";
    }
    return {};
  }
};

ask::Network ties(Random& r, std::size_t n) {
  ask::Network net;
  const std::size_t groups = r.upto(4);
  for (std::size_t k = 0; k < groups; ++k) net.groups.push_back("side " + std::to_string(k + 1));
  for (std::size_t i = 0; i < n; ++i)
    net.nodes.push_back({.label = r.name(), .group = static_cast<std::uint32_t>(r.upto(5)), .size = r.figure()});
  for (std::uint32_t i = 0; i < n; ++i)
    for (std::uint32_t j = i + 1; j < n; ++j)
      if (r.upto(3) != 0) {
        net.edges.push_back({.from = i, .to = j, .width = Figure::fixed(r.upto(20) == 0 ? nothing : r.real(-1, 1))});
        if (r.upto(n * n / 4 + 1) == 0) net.edges.back().label = "-0.3 → 0.4";
        if (r.upto(10) == 0) net.edges.back().mark = static_cast<ask::Network::Mark>(r.upto(6));
      }
  return net;
}

ask::Network flows(Random& r, std::size_t n) {
  ask::Network net{.layout = ask::Network::Layout::flows, .unit = "bcm/yr"};
  for (std::size_t i = 0; i < n; ++i) net.nodes.push_back({.label = r.name()});
  for (std::size_t e = 0; e < n + r.upto(n); ++e) {
    const auto a = static_cast<std::uint32_t>(r.upto(n - 1));
    net.edges.push_back({.from = a,
                         .to = a + 1 + static_cast<std::uint32_t>(r.upto(n - 1 - a)),
                         .width = r.figure(),
                         .label = r.upto(2) ? r.name() : "",
                         .mark = static_cast<ask::Network::Mark>(r.upto(6))});
    if (r.upto(3) == 0) net.edges.back().before = r.figure();
  }
  return net;
}

}  // namespace

TEST(Scenes, NetworksOfThreeActorsByTheThousand) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 1000; ++trial) ASSERT_EQ(g.judged(ties(r, 1 + r.upto(4))), "") << trial;
}

TEST(Scenes, NetworksOfSixtyActors) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 4; ++trial) ASSERT_EQ(g.judged(ties(r, 60)), "") << trial;
}

TEST(Scenes, RowsOfAnything) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 1500; ++trial) {
    ask::Bars bars{.unit = r.upto(2) ? "B USD/yr" : "", .value_name = "with", .other_name = "without"};
    ask::PriceLine line{.unit = "USD/kcm",
                        .zone_from = 0,
                        .zone_to = 1,
                        .zone = "zone of agreement",
                        .no_zone = "no zone: the limits do not meet"};
    const bool paired = r.upto(2) == 0;
    for (std::size_t i = 0; i < 1 + r.upto(7); ++i) {
      bars.rows.push_back({r.name(), r.figure(), paired ? r.figure() : Figure{}, r.upto(3) ? "" : r.name()});
      line.points.push_back({r.name() + ": " + r.name(), r.figure(), static_cast<ask::PriceLine::Role>(r.upto(4)),
                             r.upto(3) ? "" : r.name()});
    }
    if (r.upto(3) == 0) bars.line = r.figure(), bars.line_name = "threshold";
    ASSERT_EQ(g.judged(bars), "") << trial;
    ASSERT_EQ(g.judged(line), "") << trial;
  }
}

TEST(Scenes, MatricesOfAnything) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 800; ++trial) {
    ask::Matrix m{.row_name = "contributor"};
    for (std::size_t i = 0; i < r.upto(9); ++i) m.rows.push_back(r.name());
    for (std::size_t k = 0; k < 1 + r.upto(9); ++k)
      m.columns.push_back(
          {r.upto(2) ? "RUS" : r.name(), static_cast<ask::Matrix::Kind>(r.upto(3)), "", 0.5, r.upto(4) == 0});
    for (std::size_t i = 0; i < m.rows.size() * m.columns.size(); ++i)
      m.cells.push_back(r.upto(9) == 0 ? Figure{}
                        : m.columns[i % m.columns.size()].kind == ask::Matrix::Kind::number
                            ? r.figure()
                            : Figure::fixed(r.real(0, 1)));
    ASSERT_EQ(g.judged(m), "") << trial;
  }
}

TEST(Scenes, FlowsOfAnything) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 800; ++trial) {
    ASSERT_EQ(g.judged(flows(r, 2 + r.upto(7))), "") << trial;
    ask::Flows f{.unit = "B USD/yr"};
    for (std::size_t i = 0; i < 1 + r.upto(4); ++i) f.from.push_back(r.name()), f.to.push_back(r.name());
    for (std::uint32_t i = 0; i < f.from.size(); ++i)
      for (std::uint32_t j = 0; j < f.to.size(); ++j)
        if (r.upto(3)) f.flows.push_back({i, j, r.figure(), r.figure()});
    ASSERT_EQ(g.judged(f), "") << trial;
  }
}

TEST(Scenes, TreesOfAnything) {
  Ground g;
  Random r;
  for (int trial = 0; trial < 800; ++trial) {
    ask::Tree t;
    t.nodes.push_back({.who = "Chance"});
    const std::size_t n = r.upto(14);
    for (std::uint32_t i = 1; i <= n; ++i) {
      const auto parent = static_cast<std::uint32_t>(r.upto(i));
      t.nodes.push_back({.parent = parent,
                         .branch = r.name(),
                         .who = r.name(),
                         .chance = r.upto(2) ? Figure::fixed(r.real(0, 1)) : Figure{},
                         .chosen = r.upto(3) == 0,
                         .outcome = "2, −1.5",
                         .set = r.upto(3) ? ask::Tree::root : 1});
      if (r.upto(3) == 0) t.nodes.back().least = r.figure(), t.nodes.back().most = r.figure();
    }
    ASSERT_EQ(g.judged(t), "") << trial;
  }
}

TEST(Scenes, NothingAtAll) {
  Ground g;
  EXPECT_EQ(g.judged(ask::Network{.nodes = {{.label = "alone"}}}), "");
  EXPECT_EQ(g.judged(ask::Bars{.rows = {{"only", Figure::fixed(nothing), {}, ""}}}), "");
  EXPECT_EQ(g.judged(ask::PriceLine{.points = {{"only", Figure::fixed(inf), ask::PriceLine::Role::solution, ""}}}), "");
}

TEST(Scenes, WhatHasNoValueIsSaid) {
  Ground g;
  EXPECT_NE(report::svg::told(ask::Bars{.rows = {{"a", Figure::fixed(nothing), {}, ""}}}, g.of).find("undefined"),
            std::string::npos);
  const ask::PriceLine line{.points = {{"price", Figure::fixed(inf), ask::PriceLine::Role::solution, ""}}};
  EXPECT_NE(report::svg::told(line, g.of).find("∞"), std::string::npos);
  EXPECT_NE(g.picture(line, 340).find("∞"), std::string::npos);
}

namespace {

std::vector<std::string> situations() {
  std::vector<std::string> out{ENTENTE_ROOT "/situations/moscow-2025"};
  for (const auto& e : fs::directory_iterator(ENTENTE_ROOT "/situations/history")) out.push_back(e.path().string());
  std::ranges::sort(out);
  return out;
}

}  // namespace

// What a side is reported to ask is on the price line, in the market's unit, and moves no other number.
TEST(Pictures, WhatIsAskedIsShownAndEntersNothing) {
  const std::string text = tests::pipe("", "  x: {says: x, holds: p.zone > 0}\n");
  auto with = text;
  with.replace(with.find("over: [Pipe]"), 12, "over: [Pipe], asks: {BUY: 0.1 B USD/bcm}");
  const auto a = tests::compile(text), b = tests::compile(with);
  ASSERT_TRUE(a->plan && b->plan) << b->complaints();
  plan::Workspace wa(*a->plan), wb(*b->plan);
  std::vector<double> pa(a->plan->parameters()), pb(b->plan->parameters());
  a->plan->evaluate(pa, a->plan->medians(pa), wa);
  b->plan->evaluate(pb, b->plan->medians(pb), wb);
  for (const auto& q : a->plan->quantities()) {
    const auto* other = b->plan->find(q.name);
    ASSERT_TRUE(other) << q.name;
    EXPECT_EQ(wa.reasons[q.cell], wb.reasons[other->cell]);
    if (wa.reasons[q.cell] == ask::Reason::none) {
      EXPECT_EQ(wa.slots[a->plan->parameters() + q.cell], wb.slots[b->plan->parameters() + other->cell]) << q.name;
    }
  }
  const auto* asked = b->plan->find("p.asks.BUY");
  ASSERT_TRUE(asked);
  EXPECT_DOUBLE_EQ(wb.slots[b->plan->parameters() + asked->cell], 100);
  EXPECT_NE(report::pictures(*b->plan, nullptr)[0][0].text.find("Buyer is reported to ask (asked): 100 USD/kcm"),
            std::string::npos);
  auto wrong = text;
  wrong.replace(wrong.find("over: [Pipe]"), 12, "over: [Pipe], asks: {BUY: 5 bcm/yr}");
  const auto c = tests::compile(wrong);
  EXPECT_FALSE(c->plan);
  EXPECT_NE(c->complaints().find("E0374"), std::string::npos) << c->complaints();
}

// The loose would pay more for the display than courting brings: who shows it is firm, and the tree says so.
TEST(Pictures, ATreeShowsWhatMayBeBelieved) {
  const auto c = tests::compile(R"(source: s
sources: {s: {title: test, grade: C3}}
actors: {CHN: China, USA: America}
signals:
  parade:
    sender: CHN
    receiver: USA
    types: {firm: 70 %}
    costs: {together: {firm: 0.5, loose: 4}, apart: {firm: 0, loose: 0}}
    replies:
      court: {receiver: {firm: -2, loose: 1}, sender: {firm: 0, loose: 2}}
      hold: {receiver: {firm: 0, loose: 0}, sender: {firm: 1, loose: 3}}
questions: {display: {signal: parade}}
)");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto drawn = report::pictures(*c->plan, nullptr);
  ASSERT_EQ(drawn[0].size(), 1u);
  const auto& tree = drawn[0][0];
  std::set<std::string> ids;
  tests::judge(tree, ids, "signal");
  EXPECT_NE(tree.text.find("together: here America, believed 100 %"), std::string::npos) << tree.text;
  EXPECT_NE(tree.text.find("firm (70 %), together, hold: 0.5, 0 (so the answer)"), std::string::npos) << tree.text;
}

TEST(Pictures, OfEverySituationAtTheMedians) {
  for (const auto& path : situations()) {
    const auto c = tests::compile_file(path);
    ASSERT_TRUE(c->plan) << path << c->complaints();
    std::set<std::string> ids;
    for (const auto& question : report::pictures(*c->plan, nullptr))
      for (const auto& d : question) tests::judge(d, ids, fs::path(path).filename().string() + "-medians");
  }
}
