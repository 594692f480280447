// The pictures of the flagship over draws: dots of every spread and claim say what the draws say. A program of its own,
// labelled slow: judging the flagship's claims takes the sanitizers minutes, and other situations take them the same
// way.
#include <gtest/gtest.h>

#include <cmath>

#include "entente/doubt/doubt.hpp"
#include "entente/report/picture.hpp"
#include "situations.hpp"
#include "support/drawn.hpp"

using namespace entente;

TEST(Pictures, OfTheFlagshipOverDraws) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/situations/moscow-2025");
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto draws = doubt::run(*c->plan, {.sampling = {.draws = 200}});
  ASSERT_TRUE(draws.has_value());
  const auto d = doubt::judge(*c->plan, *draws);
  ASSERT_TRUE(d.has_value());
  for (const auto& x : d->spreads) {
    EXPECT_EQ(x.dots.empty() || x.dots.size() == doubt::dots_of_a_spread, true) << x.name;
    EXPECT_TRUE(std::ranges::is_sorted(x.dots)) << x.name;
    if (x.headline) {
      EXPECT_EQ(x.dots.empty(), x.undefined == d->draws) << x.name;
    }
    if (x.dots.empty()) continue;
    EXPECT_LE(x.dots[24], x.q50) << x.name;
    EXPECT_GE(x.dots[25], x.q50) << x.name;
    double sum = 0;
    for (const double v : x.dots) sum += v / 50;
    if (std::isfinite(sum) && x.dots.front() < x.dots.back()) {
      EXPECT_NEAR(sum, x.mean, 0.1 * (x.dots.back() - x.dots.front()) + 1e-12) << x.name;
    }
  }
  std::set<std::string> ids;
  const auto all = report::pictures(*c->plan, &*d);
  ASSERT_EQ(all.size(), c->plan->models().size());
  for (const auto& question : all) {
    EXPECT_FALSE(question.empty());
    for (const auto& picture : question) tests::judge(picture, ids, "moscow-2025");
  }
  for (std::size_t f = 0; f < d->findings.size(); ++f) {
    const auto& finding = d->findings[f];
    const auto dots = report::chance(*d, f), tornado = report::drivers(*c->plan, *d, f),
               compared = report::compared(*c->plan, *d, f);
    for (const auto& picture : {dots, tornado, compared}) tests::judge(picture, ids, "moscow-2025");
    EXPECT_EQ(dots.drawn(), !finding.implied) << finding.name;
    EXPECT_EQ(tornado.drawn(), !finding.implied && !finding.drivers.empty()) << finding.name;
    if (finding.implied || finding.bracket) continue;
    // As many full dots as the share says, all or none only where every draw agrees (and, of a claim that is a chance
    // in each draw, that chance is 1 or 0 in all).
    std::size_t full = 0;
    for (const auto& e : tests::Xml::parse(dots.narrow).elements)
      if (e.tag == "path" && e.get("class") == "points accent")
        full += static_cast<std::size_t>(std::ranges::count(e.get("d"), 'M'));
    EXPECT_NEAR(static_cast<double>(full), 50 * finding.share, finding.share == 0 || finding.share == 1 ? 0 : 1)
        << finding.name;
    EXPECT_EQ(full == 50, finding.share == 1) << finding.name;
    EXPECT_EQ(full == 0, finding.share == 0) << finding.name;
  }
  const auto again = report::pictures(*c->plan, &*d);
  for (std::size_t q = 0; q < all.size(); ++q)
    for (std::size_t i = 0; i < all[q].size(); ++i) EXPECT_EQ(all[q][i].wide, again[q][i].wide);
}
