// diff and history: paired differences, and scores by hand.
#include "entente/doubt/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "entente/families/all.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::doubt;

namespace {

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "entente-compare-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  void write(const char* name, const std::string& text) const { std::ofstream(path / name) << text; }
};

const char* const base = R"(  a: between 0 and 1
  b: between 0 and 1
  c: between 0 and 1
)";
const char* const claims = R"(  sum: {says: x, holds: a + b < 1}
  third: {says: x, holds: c < 0.5}
  old: {says: x, holds: a < 0.3}
  assumed: {says: x, implied: shares are positive, holds: b >= 0}
  marked: {says: x, implied: no reason, holds: c < 0.5}
)";

std::optional<Diff> compare(const std::string& dissent, plan::Sampling sampling, std::string* complaints = nullptr) {
  const Folder f;
  f.write("base.yaml", tests::drivers_only(base, claims));
  f.write("dissent.yaml", "dissents-from: base.yaml\n" + dissent);
  SourceMap sources;
  Diagnostics out;
  const auto d = situation::Dissent::open(f.path / "dissent.yaml", families::all(), sources, out);
  std::optional<Diff> result;
  if (d) {
    EXPECT_EQ(d->base().filename(), "base.yaml");
    result = diff(*d, {.sampling = sampling}, sources, out);
  }
  if (complaints) *complaints = render(out, sources);
  else EXPECT_TRUE(result) << render(out, sources);
  return result;
}

const Change& claim(const Diff& d, const std::string& name) {
  for (const auto& c : d.changes)
    if (c.claim == name) return c;
  throw std::runtime_error("no claim " + name);
}

}  // namespace

TEST(Diff, ASourceOfItsOwnIsNoDifference) {
  const auto d =
      compare("sources:\n  mine: {title: mine, grade: D4}\ndrivers:\n  a: between 0.2 and 1.2 @mine\n", {.draws = 200});
  ASSERT_TRUE(d);
  ASSERT_EQ(d->differences.size(), 1u);
  EXPECT_EQ(d->differences[0].path, "drivers.a");
  const Change& sum = claim(*d, "sum");
  ASSERT_EQ(sum.through.size(), 1u);
  EXPECT_TRUE(sum.through[0].alone.known) << "a number that cites it cannot stand alone";
  EXPECT_EQ(sum.through[0].alone.by, sum.shift.by);
  EXPECT_EQ(sum.says, "x");
  EXPECT_FALSE(sum.base.implied || sum.dissent.implied);
}

// By the mark in the file and by the draws of each side, as doubt says it: a dissent on what was assumed ends it.
TEST(Diff, ImpliedIsSaidOfEachSideByItsDraws) {
  const auto d = compare("drivers:\n  b: between -1 and 1\n", {.draws = 200});
  ASSERT_TRUE(d);
  const Change &assumed = claim(*d, "assumed"), &marked = claim(*d, "marked");
  EXPECT_TRUE(assumed.base.implied);
  EXPECT_FALSE(assumed.dissent.implied);
  EXPECT_FALSE(marked.base.implied || marked.dissent.implied) << "marked, and the draws say otherwise";
}

TEST(Diff, ChangesAreThoseOfPairs) {
  // a moves to 0.2 .. 1.2: P(a + b < 1) falls from 1/2 to 0.32; c is untouched; b is written otherwise but says the
  // same.
  const auto d = compare("drivers:\n  a: between 0.2 and 1.2\n  b: between 0.0 and 1.0\n", {.draws = 2000});
  ASSERT_TRUE(d);
  ASSERT_EQ(d->differences.size(), 2u);
  const Change& sum = claim(*d, "sum");
  EXPECT_NEAR(sum.base.share, 0.5, 0.01);
  EXPECT_NEAR(sum.dissent.share, 0.32, 0.01);
  EXPECT_NEAR(sum.shift.by, -0.18, 0.01);
  EXPECT_NEAR(sum.shift.by, sum.dissent.share - sum.base.share, 1e-12);
  const Change& third = claim(*d, "third");
  EXPECT_EQ(third.shift.by, 0);
  EXPECT_EQ(third.shift.half, 0);
  ASSERT_EQ(sum.through.size(), 2u);
  EXPECT_EQ(d->differences[sum.through[0].difference].path, "drivers.a");
  EXPECT_NEAR(sum.through[0].alone.by, sum.shift.by, 1e-12);
  EXPECT_NEAR(sum.through[0].taken.by, sum.shift.by, 1e-12);
  EXPECT_EQ(sum.through[1].alone.by, 0);
  EXPECT_EQ(sum.through[1].taken.by, 0);
}

// The stated error of a paired difference against the spread of the difference over seeds, and against what independent
// shares would have.
TEST(Diff, TheErrorIsThatOfPairs) {
  double sum = 0, squares = 0, stated = 0;
  const int seeds = 60;
  for (int s = 0; s < seeds; ++s) {
    const auto d =
        compare("drivers:\n  a: between 0.01 and 1.01\n", {.seed = static_cast<std::uint64_t>(s), .draws = 1000});
    ASSERT_TRUE(d);
    const auto& shift = claim(*d, "sum").shift;
    sum += shift.by;
    squares += shift.by * shift.by;
    stated += shift.error;
  }
  const double mean = sum / seeds, spread = std::sqrt((squares - seeds * mean * mean) / (seeds - 1));
  std::printf("paired difference: stated error %.5f over true spread %.5f = %.2f; independent shares: %.5f\n",
              stated / seeds, spread, stated / seeds / spread, std::sqrt(2 * 0.25 / 1000));
  EXPECT_NEAR(mean, -(0.01 - 0.5 * 1e-4), 4 * spread / std::sqrt(seeds));
  EXPECT_NEAR(stated / seeds / spread, 1, 0.3);
  EXPECT_LT(stated / seeds, 0.25 * std::sqrt(2 * 0.25 / 1000));
}

TEST(Diff, InteractionsShowBothWays) {
  // Each alone moves the share by 0.18; together they move it by more than either alone, less than twice.
  const auto d = compare("drivers:\n  a: between 0.2 and 1.2\n  b: between 0.2 and 1.2\n", {.draws = 4000});
  const Change& sum = claim(*d, "sum");
  EXPECT_NEAR(sum.shift.by, 0.18 - 0.5, 0.01);
  for (const auto& t : sum.through) {
    EXPECT_NEAR(t.alone.by, -0.18, 0.01);
    EXPECT_NEAR(t.taken.by, -0.14, 0.01);
  }
}

TEST(Diff, ClaimsOfOneSideOnly) {
  const auto d = compare("claims:\n  fresh: {says: x, holds: a > 0.9}\n  sum: a + b < 0.5\n", {.draws = 1000});
  ASSERT_TRUE(d);
  const Change& fresh = claim(*d, "fresh");
  EXPECT_FALSE(fresh.base.there);
  EXPECT_TRUE(fresh.dissent.there);
  EXPECT_FALSE(fresh.shift.known);
  EXPECT_NEAR(fresh.dissent.share, 0.1, 0.01);
  EXPECT_NEAR(claim(*d, "sum").shift.by, 0.125 - 0.5, 0.02);
}

TEST(Diff, ADifferenceThatCannotStandAlone) {
  // The new driver and the place that names it: each needs the other; only the driver can stand without a user.
  const auto d = compare("drivers:\n  fresh: between 0.4 and 0.6\n  c: = 0.8 * fresh\n", {.draws = 500});
  ASSERT_TRUE(d);
  const Change& third = claim(*d, "third");
  EXPECT_NEAR(third.shift.by, 0.5, 0.02);
  for (const auto& t : third.through) {
    const bool user = d->differences[t.difference].path == "drivers.c";
    EXPECT_EQ(t.alone.known, !user);
    EXPECT_EQ(t.taken.known, user);
  }
}

TEST(Diff, AWrongDissentIsSaid) {
  std::string complaints;
  EXPECT_FALSE(compare("drivers:\n  a: 5 to 3\n", {.draws = 100}, &complaints));
  EXPECT_NE(complaints.find("dissent.yaml:3"), std::string::npos) << complaints;
}

namespace {

std::vector<Scored> scores(const std::string& outcomes, std::string* complaints = nullptr) {
  const auto c = tests::compile(tests::pipe("  u: between 0 and 1\n",
                                            "  often: {says: x, holds: u < 0.8}\n  rarely: {says: x, holds: u < 0.1}\n"
                                            "  even: {says: x, holds: u < 0.5}\n"
                                            "  bracket: {says: x, holds: log(u - 0.2) < -1}\n") +
                                "outcomes:\n" + outcomes);
  if (!c->plan) {
    ADD_FAILURE() << c->complaints();
    return {};
  }
  const auto d = run(*c->plan, {.sampling = {.draws = 2000}});
  Diagnostics out;
  auto rows = score(*c->plan, *d, out);
  if (complaints) *complaints = render(out, c->sources);
  else EXPECT_TRUE(rows) << render(out, c->sources);
  return rows ? *rows : std::vector<Scored>{};
}

}  // namespace

TEST(Score, ClaimsByHand) {
  const auto rows = scores(
      "  often: {value: false, date: 2030-01-01}\n  rarely: {value: false, date: 2030-01-01}\n"
      "  bracket: {value: true, date: 2030-01-01}\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_NEAR(rows[0].probability, 0.8, 1e-3);
  EXPECT_NEAR(rows[0].brier, 0.64, 2e-3);
  EXPECT_NEAR(rows[0].log_score, -std::log(0.2), 5e-3);
  EXPECT_TRUE(rows[0].miss);
  EXPECT_NEAR(rows[1].brier, 0.01, 1e-3);
  EXPECT_FALSE(rows[1].miss);
  EXPECT_NEAR(rows[2].probability, std::exp(-1.0) + 0.1, 2e-3) << "the middle of the bracket";
  const Record r = record_of(rows);
  EXPECT_EQ(r.claims, 3u);
  EXPECT_EQ(r.misses, 2u);
  EXPECT_NEAR(r.brier, (rows[0].brier + rows[1].brier + rows[2].brier) / 3, 1e-12);
}

// Of a Latin hypercube half of the draws lie below the median: one half exactly, neither hit nor miss, whatever came.
TEST(Score, OneHalfIsUndecided) {
  for (const std::string happened : {"true", "false"}) {
    const auto rows = scores("  even: {value: " + happened +
                             ", date: 2030-01-01}\n  often: {value: true, date: 2030-01-01}\n"
                             "  bracket: {value: true, date: 2030-01-01}\n");
    ASSERT_EQ(rows.size(), 3u);
    EXPECT_EQ(rows[0].probability, 0.5);
    EXPECT_TRUE(rows[0].undecided);
    EXPECT_FALSE(rows[0].miss);
    EXPECT_FALSE(rows[1].undecided || rows[1].bracketed);
    EXPECT_TRUE(rows[2].bracketed);
    const Record r = record_of(rows);
    EXPECT_EQ(r.undecided, 1u);
    EXPECT_EQ(r.bracketed, 1u);
    EXPECT_EQ(r.misses, static_cast<std::size_t>(rows[2].miss));
  }
}

TEST(Score, QuantitiesAndWhatIsOpen) {
  const auto rows = scores(
      "  price: {value: 150 to 250 USD/kcm, quantity: p.price, date: 2030-01-01}\n"
      "  dear: {value: 900 USD/kcm, quantity: p.price, date: 2030-01-01}\n"
      "  often: {value: undecided, date: 2030-01-01}\n");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_LT(rows[0].q5, rows[0].q50);
  EXPECT_EQ(rows[1].place, 1);
  EXPECT_TRUE(rows[1].miss);
  EXPECT_NEAR(rows[1].error, 900 - rows[1].q50, 1e-9);
  EXPECT_FALSE(rows[2].known);
  const Record r = record_of(rows);
  EXPECT_EQ(r.quantities, 2u);
  EXPECT_EQ(r.open, 1u);
  EXPECT_EQ(r.inside, static_cast<std::size_t>(!rows[0].miss));
}

TEST(Score, DriversToo) {
  const auto rows = scores("  u: {value: 0.5, date: 2030-01-01}\n  far: {value: 3, quantity: u, date: 2030-01-01}\n");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_NEAR(rows[0].q5, 0.05, 1e-3);  // uniform between 0 and 1
  EXPECT_NEAR(rows[0].q95, 0.95, 1e-3);
  EXPECT_NEAR(rows[0].place, 0.5, 1e-3);
  EXPECT_FALSE(rows[0].miss);
  EXPECT_TRUE(rows[1].miss);
  EXPECT_NEAR(rows[1].error, 2.5, 1e-3);
}

TEST(Score, WrongOutcomesAreSaid) {
  std::string said;
  scores("  nobody: {value: true, date: 2030-01-01}\n", &said);
  EXPECT_NE(said.find("E0420"), std::string::npos) << said;
  scores("  often: {value: 12, date: 2030-01-01}\n", &said);
  EXPECT_NE(said.find("E0421"), std::string::npos) << said;
  scores("  price: {value: 12 bcm/yr, quantity: p.price, date: 2030-01-01}\n", &said);
  EXPECT_NE(said.find("error"), std::string::npos) << said;
}
