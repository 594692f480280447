// The drawing kit by itself: scales, measured text, escaping, labels, distances, flows.
#include <gtest/gtest.h>

#include <random>

#include "report/svg/labels.hpp"
#include "report/svg/network.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/stress.hpp"
#include "report/svg/text.hpp"
#include "support/svg.hpp"

using namespace entente;
using namespace entente::report::svg;

namespace {
double uniform(std::mt19937_64& g, double a, double b) {
  return a + (b - a) * static_cast<double>(g() >> 11) * 0x1p-53;  // the same with every library
}
}  // namespace

// Widths in Chromium 150, `100px "Liberation Sans"`, kerning off, by canvas measureText.
TEST(Text, IsAsWideAsABrowserSetsIt) {
  const std::vector<std::tuple<std::string, double, double>> samples{
      {"North Korea", 539.16, 577.83},
      {"Lowest price at which Russia gains", 1556.30, 1683.79},
      {"Wołodymyr Зеленський", 1070.61, 1160.16},
      {"Владимир Путин", 781.64, 838.96},
      {"Си Цзиньпин", 604.10, 649.85},
      {"Ελλάδα", 337.99, 361.52},
      {"Größe über alles", 744.78, 789.16},
      {"36 bcm/yr (20 to 50)", 894.82, 933.74},
      {"−0.35 → 0.7", 547.61, 547.61},
      {"“quoted” – dash…", 800.49, 877.83},
      {"Łódź, Škoda, Çelik, İstanbul", 1239.60, 1322.41},
      {"€ £ ∞ ≤ ≥", 403.42, 403.42}};
  for (const auto& [text, regular, bold] : samples) {
    EXPECT_NEAR(text_width(text, 100), regular, 0.25) << text;
    EXPECT_NEAR(text_width(text, 100, true), bold, 0.25) << text;
  }
}

TEST(Text, ChineseJapaneseAndKoreanAreAsWideAsHigh) {
  EXPECT_DOUBLE_EQ(text_width("习近平", 10), 30);
  EXPECT_DOUBLE_EQ(text_width("김정은", 10), 30);
  EXPECT_DOUBLE_EQ(text_width("北朝鮮", 10), 30);
  EXPECT_DOUBLE_EQ(text_width("e\u0301", 100), text_width("e", 100));  // a mark that combines takes no room
  EXPECT_EQ(text_width("", 10), 0);
  EXPECT_DOUBLE_EQ(text_width("\xff\xfe", 10), 20);  // two bytes that are no UTF-8
}

TEST(Text, WrapsAtSpacesAndBetweenSquareCharactersAndNeverLosesAWordUnsaid) {
  const auto lines = wrapped("Lowest price at which Russia gains", 13, 100, 5);
  std::string whole;
  for (const auto& l : lines) {
    EXPECT_LE(text_width(l, 13), 100);
    whole += (whole.empty() ? "" : " ") + l;
  }
  EXPECT_EQ(whole, "Lowest price at which Russia gains");
  EXPECT_EQ(wrapped("中华人民共和国", 10, 35, 9).size(), 3u);
  EXPECT_EQ(wrapped("one two", 13, 30, 1), std::vector<std::string>{"on…"});
  EXPECT_EQ(wrapped("", 13, 30, 3), std::vector<std::string>{""});
  for (const auto& l : wrapped("Donaudampfschifffahrtsgesellschaft fährt", 13, 60, 3)) EXPECT_LE(text_width(l, 13), 60);
  // No line begins with a percent sign.
  for (const auto& l : wrapped("a chance of 100 % or 20 % or 30 %", 13, 60, 9)) EXPECT_FALSE(l.starts_with("%")) << l;
}

TEST(Text, EscapingLeavesNothingThatXmlWouldRead) {
  EXPECT_EQ(escaped("<script>\"&'</script>"), "&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt;");
  EXPECT_EQ(escaped(std::string("a\0b\x1f", 4)),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_EQ(escaped("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd");                  // an overlong slash
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");  // half a surrogate pair
  EXPECT_EQ(escaped("Größe 习"), "Größe 习");
}

TEST(Text, AMinusIsNoHyphen) {
  EXPECT_EQ(true_minus("-0.5, -2"), "−0.5, −2");
  EXPECT_EQ(true_minus("-0.47 -> 0.3"), "−0.47 -> 0.3");
  EXPECT_EQ(true_minus("PoS-2 and RUS-CHN 1-3"), "PoS-2 and RUS-CHN 1-3");
}

TEST(Text, NumbersHaveNoMoreDigitsThanTheyDeserve) {
  EXPECT_EQ(figure(-0.123456), "−0.123");
  EXPECT_EQ(figure(-0.0), "0");
  EXPECT_EQ(figure(INFINITY), "∞");
  EXPECT_EQ(figure(NAN), "undefined");
  EXPECT_EQ(share(0.004), "under 1 %");
  EXPECT_EQ(share(0.9999), "over 99 %");
  EXPECT_EQ(share(0), "0 %");
  EXPECT_EQ(share(1), "100 %");
}

TEST(Scale, TicksAreRoundInsideAndApart) {
  std::mt19937_64 g(20250509);
  for (int i = 0; i < 20'000; ++i) {
    const double size = std::pow(10.0, uniform(g, -6, 9)), low = uniform(g, -1, 1) * size;
    const double high = low + std::pow(10.0, uniform(g, -3, 0)) * size, to = uniform(g, 60, 700);
    const bool log = i % 4 == 0 && low > 0;
    const Scale s = log ? Scale::logarithmic(low, high, 0, to) : Scale::linear(low, high, 0, to);
    const auto ticks = s.ticks(6, 12);
    ASSERT_FALSE(ticks.empty() && !log) << low << " " << high << " " << to;
    ASSERT_LE(ticks.size(), 12u);
    for (std::size_t k = 0; k < ticks.size(); ++k) {
      ASSERT_GE(ticks[k].at, -1e-6);
      ASSERT_LE(ticks[k].at, to + 1e-6);
      if (k == 0) continue;
      ASSERT_GT(ticks[k].value, ticks[k - 1].value);
      ASSERT_GE(ticks[k].at - ticks[k - 1].at,
                (text_width(ticks[k].label, 12) + text_width(ticks[k - 1].label, 12)) / 2);
      ASSERT_NE(ticks[k].label, ticks[k - 1].label) << low << " " << high;
    }
  }
}

TEST(Scale, LabelsAreTheirValues) {
  std::vector<std::string> labels;
  for (const auto& t : Scale::linear(-0.3, 0.7, 0, 600).ticks(6, 12)) labels.push_back(t.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"−0.2", "0.0", "0.2", "0.4", "0.6"}));
  labels.clear();
  for (const auto& t : Scale::linear(0, 320, 0, 600).ticks(6, 12)) labels.push_back(t.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"0", "100", "200", "300"}));
}

TEST(Scale, DegenerateRangesHaveAMiddle) {
  for (const auto& [low, high] : std::vector<std::pair<double, double>>{{0, 0},
                                                                        {5, 5},
                                                                        {-3, -3},
                                                                        {INFINITY, INFINITY},
                                                                        {-INFINITY, INFINITY},
                                                                        {NAN, NAN},
                                                                        {1e300, -1e300},
                                                                        {1, 0}}) {
    const Scale s = Scale::linear(low, high, 10, 110);
    EXPECT_LT(s.low(), s.high());
    for (const double v : {low, high, 0.0, 1.0, double{INFINITY}, -double{INFINITY}, std::nan("")}) {
      EXPECT_GE(s(v), 10) << v;
      EXPECT_LE(s(v), 110) << v;
    }
    EXPECT_NO_FATAL_FAILURE((void)s.ticks(6, 12));
  }
  EXPECT_FALSE(Scale::logarithmic(0, 10, 0, 1).is_log());
  EXPECT_FALSE(scale_for({}, false, 0, 1).is_log());
  EXPECT_TRUE(scale_for({1, 1e5}, false, 0, 1).is_log());
  EXPECT_FALSE(scale_for({0, 1e5}, false, 0, 1).is_log());
}

TEST(Labels, NoTwoOverlapWithThreeAndWithSixty) {
  std::mt19937_64 g(20250509);
  for (const std::size_t n : {3u, 60u})
    for (int trial = 0; trial < (n == 3 ? 3000 : 60); ++trial) {
      const double width = trial % 2 ? 340 : 720, height = n == 3 ? 300 : 800;
      std::vector<Label> labels;
      Obstacles o;
      for (std::size_t i = 0; i < n; ++i) {
        const Point p{uniform(g, 30, width - 30), uniform(g, 20, height - 20)};
        labels.push_back({.at = p, .away = 6, .w = uniform(g, 20, 100), .h = 14});
        o.marks.push_back({p.x - 6, p.y - 6, 12, 12});
        if (i > 0) o.lines.emplace_back(labels[i - 1].at, p);
      }
      const bool all = place_labels(labels, o, {0, 0, width, height});
      ASSERT_TRUE(all) << n << " labels, trial " << trial;
      for (std::size_t i = 0; i < n; ++i) {
        const Box& a = labels[i].box;
        ASSERT_TRUE(a.x >= 0 && a.y >= 0 && a.x + a.w <= width && a.y + a.h <= height);
        for (std::size_t j = i + 1; j < n; ++j) ASSERT_FALSE(a.overlaps(labels[j].box)) << i << " " << j;
      }
    }
}

TEST(Labels, WhereThereIsNoRoomOneIsLeftOutAndItIsSaid) {
  std::vector<Label> labels(3, {.at = {20, 20}, .away = 2, .w = 30, .h = 14});
  EXPECT_FALSE(place_labels(labels, {}, {0, 0, 40, 30}));
  std::size_t placed = 0;
  for (const auto& l : labels) placed += l.placed;
  EXPECT_GE(placed, 1u);
  EXPECT_LT(placed, 3u);
}

TEST(Stress, NoSweepRaisesIt) {
  std::mt19937_64 g(7);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t n = 3 + g() % 20;
    Distances d(n);
    std::vector<Point> at;
    for (std::size_t i = 0; i < n; ++i) {
      at.push_back({uniform(g, -1, 1), uniform(g, -1, 1)});
      for (std::size_t j = 0; j < i; ++j) d.set(i, j, uniform(g, 0.5, 2), uniform(g, 0, 1));
    }
    double before = stress(d, at);
    for (int k = 0; k < 50; ++k) {
      const double now = majorize(d, at);
      ASSERT_LE(now, before * (1 + 1e-9) + 1e-12);
      before = now;
    }
  }
}

TEST(Stress, DistancesThatCanBeAreFound) {
  std::mt19937_64 g(11);
  for (const std::size_t n : {3u, 8u, 25u, 60u}) {
    std::vector<Point> truth;
    for (std::size_t i = 0; i < n; ++i) truth.push_back({uniform(g, -1, 1), uniform(g, -1, 1)});
    Distances d(n);
    double all = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const double r = std::max(0.01, std::hypot(truth[i].x - truth[j].x, truth[i].y - truth[j].y));
        d.set(i, j, r, 1);
        all += r * r;
      }
    EXPECT_LT(stress(d, layout(d)), 1e-3 * all) << n;
  }
}

TEST(Stress, FoesStandFartherThanFriends) {
  // Two camps of four: friends within, foes between.
  Distances d(8);
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = 0; j < i; ++j) d.set(i, j, distance_of_tie((i < 4) == (j < 4) ? 0.7 : -0.7), 1);
  const auto at = layout(d);
  double friends = 0, foes = INFINITY;
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double r = std::hypot(at[i].x - at[j].x, at[i].y - at[j].y);
      if ((i < 4) == (j < 4)) friends = std::max(friends, r);
      else foes = std::min(foes, r);
    }
  EXPECT_LT(friends, foes);
  const auto again = layout(d);
  for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(at[i].x, again[i].x);
}

TEST(Stress, DegenerateNetworksAreLaidOut) {
  EXPECT_TRUE(layout(Distances(0)).empty());
  EXPECT_EQ(layout(Distances(1)).size(), 1u);
  for (const std::size_t n : {2u, 5u}) {
    const auto at = fitted(layout(Distances(n)), {0, 0, 100, 100}, std::vector<double>(n, 6.0), 4);  // no weight at all
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_TRUE(std::isfinite(at[i].x) && std::isfinite(at[i].y));
      for (std::size_t j = 0; j < i; ++j) ASSERT_GT(std::hypot(at[i].x - at[j].x, at[i].y - at[j].y), 11.9);
    }
  }
}

TEST(Flows, WidthsAreInProportion) {
  std::mt19937_64 g(3);
  for (int trial = 0; trial < 2000; ++trial) {
    ask::Network net{.layout = ask::Network::Layout::flows};
    const std::size_t n = 2 + g() % 8, m = 1 + g() % 14;
    for (std::size_t i = 0; i < n; ++i) net.nodes.push_back({.label = std::to_string(i)});
    std::vector<double> flow;
    for (std::size_t e = 0; e < m; ++e) {
      net.edges.push_back({.from = static_cast<std::uint32_t>(g() % n), .to = static_cast<std::uint32_t>(g() % n)});
      flow.push_back(g() % 5 == 0 ? 0 : uniform(g, 0, 100));
    }
    const auto p = plan_flows(net, flow, 0, 500, 0, 250);
    for (std::size_t e = 0; e < m; ++e) {
      ASSERT_NEAR(p.ribbons[e].width, p.scale * flow[e], 1e-9);
      const auto& from = p.stops[net.edges[e].from];
      ASSERT_GE(p.ribbons[e].from.y - p.ribbons[e].width / 2, from.top - 1e-6);
      ASSERT_LE(p.ribbons[e].from.y + p.ribbons[e].width / 2, from.top + from.height + 1e-6);
      const auto& to = p.stops[net.edges[e].to];
      ASSERT_GE(p.ribbons[e].to.y - p.ribbons[e].width / 2, to.top - 1e-6);
      ASSERT_LE(p.ribbons[e].to.y + p.ribbons[e].width / 2, to.top + to.height + 1e-6);
    }
  }
}

TEST(Xml, TheCheckerFindsFaults) {
  EXPECT_EQ(tests::Xml::parse("<a><b x=\"1\"/>t</a>").fault, "");
  for (const char* bad : {"<a>", "<a></b>", "<a x=1/>", "<a>&nbsp;</a>", "<a>></a>", "<a/><b/>", "<a x=\"<\"/>", "t",
                          "", "<a x=\"1\" x=\"2\"/>", "<a>\x01</a>", "<a>\xff</a>", "<a x=\"1\"y=\"2\"/>"})
    EXPECT_NE(tests::Xml::parse(bad).fault, "") << bad;
  const auto svg = [](const std::string& inside) {
    return "<svg role=\"img\" aria-labelledby=\"t d\" viewBox=\"0 0 100 100\"><title id=\"t\">T</title><desc "
           "id=\"d\">D</desc>" +
           inside + "</svg>";
  };
  EXPECT_EQ(tests::faults(svg("<text x=\"0\" y=\"20\">one</text><text x=\"0\" y=\"40\">two</text>")), "");
  EXPECT_NE(tests::faults(svg("<text x=\"0\" y=\"20\">one</text><text x=\"5\" y=\"24\">two</text>")), "");
  EXPECT_NE(tests::faults(svg("<text x=\"90\" y=\"20\">outside</text>")), "");
  EXPECT_NE(tests::faults(svg("<text x=\"0\" y=\"20\" id=\"t\">one</text>")), "");
  EXPECT_NE(tests::faults(svg("<circle cx=\"nan\" cy=\"1\" r=\"1\"/>")), "");
}
