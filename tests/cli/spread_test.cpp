// `doubt --of`: mean and quantiles of drivers and quantities.
#include <gtest/gtest.h>

#include <cmath>

#include "cli/program.hpp"

using namespace cli;

namespace {

const std::string text =
    "entente: 1\nsituation: Spreads\nas_of: 2025-01-01\nsources: {s: {title: our own, grade: B2}}\nsource: s\n"
    "actors: {A: one}\ndrivers:\n  u: between 2 and 4 USD\n  n: normal(10, 3)\n  share: 20 to 40 %\n"
    "  twice: = 2 * u\n  gone: = log(n - 10)\nclaims:\n  c: {says: Enough., holds: u > 3 USD}\n";

}  // namespace

TEST(Spread, OfDriversAgainstTheirDistributions) {
  const Folder folder;
  write(folder / "s.yaml", text);
  const auto r = entente({"doubt", folder / "s.yaml", "--of", "u", "--of", "n", "--of", "twice", "--of",
                          "drivers.share", "--of", "gone", "--json"});
  ASSERT_EQ(r.code, 0) << r.err;
  const auto j = Json::parse(r.out)["quantities"];
  ASSERT_EQ(j.size(), 5u);
  EXPECT_NEAR(j["u"]["mean"], 3, 1e-4);  // a Latin hypercube's mean
  EXPECT_NEAR(j["u"]["quantiles"]["0.01"], 2.02, 2e-3);
  EXPECT_NEAR(j["u"]["quantiles"]["0.95"], 3.9, 2e-3);
  EXPECT_EQ(j["u"]["unit"], "USD");
  EXPECT_NEAR(j["n"]["mean"], 10, 2e-3);
  EXPECT_NEAR(j["n"]["quantiles"]["0.75"], 10 + 3 * 0.6744897501960817, 0.02);
  EXPECT_NEAR(j["n"]["quantiles"]["0.99"], 10 + 3 * 2.3263478740408408, 0.1);
  EXPECT_NEAR(j["twice"]["mean"], 6, 2e-4);
  EXPECT_EQ(j["drivers.share"]["unit"], "%");
  EXPECT_NEAR(j["drivers.share"]["quantiles"]["0.05"], 20, 0.1);
  EXPECT_NEAR(j["drivers.share"]["quantiles"]["0.95"], 40, 0.1);
  EXPECT_NEAR(j["gone"]["undefined"], 5000, 2);  // the logarithm of what is below 0
  EXPECT_EQ(j["u"]["undefined"], 0);
}

TEST(Spread, OfQuantitiesAlsoInAWorldAsATable) {
  const Folder folder;
  const std::string file = sample(folder);
  const auto names = entente({"quantities", file}).out;
  const auto at = names.find(".price");
  ASSERT_NE(at, std::string::npos) << names;
  const auto begin = names.find_last_of(" \n", at) + 1;
  const std::string name = names.substr(begin, names.find_first_of(" \n", at) - begin);
  const auto r = entente({"doubt", file, "--of", name, "--draws", "200", "--quiet"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find(name), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("median"), std::string::npos) << r.out;
  const auto wrong = entente({"doubt", file, "--of", "no.such", "--draws", "200"});
  EXPECT_EQ(wrong.code, 2) << wrong.err;
  EXPECT_EQ(wrong.out, "");
  EXPECT_EQ(entente({"doubt", file, "--of", name, "--full"}).code, 2);
}
