// The worlds that come with the program, by name: accounts closed, no shock no change, the gradient that of
// differences.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "entente/families/trade/bundled.hpp"
#include "entente/families/trade/economy.hpp"

using namespace entente;
using situation::Economy;

namespace {

class Worlds : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    SourceMap sources;
    Diagnostics out;
    economy_ = situation::read_economy(GetParam(), sources, out);
    ASSERT_TRUE(economy_) << (out.all().empty() ? "" : out.all().front().message);
    EXPECT_EQ(out.all().size(), 0u);
  }
  [[nodiscard]] std::size_t country(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(economy_->countries, name) - economy_->countries.begin());
  }
  [[nodiscard]] std::size_t sector(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(economy_->sectors, name) - economy_->sectors.begin());
  }
  [[nodiscard]] double tariff(const char* j, const char* n, const char* i) const {
    return economy_->world.tariff[economy_->world.cell(sector(j), country(n), country(i))];
  }
  std::optional<Economy> economy_;
};

// Sales of every sector pay for its inputs and its labour, and all that is bought is inputs or final use, with nothing
// of the kernel's.
TEST_P(Worlds, AccountsAreClosed) {
  const trade::World& w = economy_->world;
  std::vector<double> sales(w.places(), 0), income = w.value_added, owed = w.deficit;
  for (std::size_t n = 0; n < w.countries; ++n) income[n] += w.deficit[n];
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n)
      for (std::size_t i = 0; i < w.countries; ++i) {
        const std::size_t c = w.cell(j, n, i);
        const double spent = w.expenditure[w.place(n, j)] * w.share[c], net = spent / (1 + w.tariff[c]);
        sales[w.place(i, j)] += net;
        income[n] += spent - net;
        owed[n] -= net;
        owed[i] += net;
      }
  for (std::size_t n = 0; n < w.countries; ++n) {
    double labour = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) {
      labour += w.value_added_share[w.place(n, j)] * sales[w.place(n, j)];
      double used = w.final_share[w.place(n, j)] * income[n];
      for (std::size_t k = 0; k < w.sectors; ++k) used += w.input[w.io(n, j, k)] * sales[w.place(n, k)];
      EXPECT_NEAR(used, w.expenditure[w.place(n, j)], 1e-9 * income[n]) << economy_->countries[n];
    }
    EXPECT_NEAR(labour / w.value_added[n], 1, 1e-9) << economy_->countries[n];
    EXPECT_NEAR(owed[n] / w.value_added[n], 0, 1e-9) << economy_->countries[n];
  }
}

TEST_P(Worlds, WithoutAShockNothingChanges) {
  trade::Workspace memory;
  trade::Solution s;
  ASSERT_TRUE(trade::solve(economy_->world, {}, {.tolerance = 1e-12}, memory, s));
  EXPECT_LE(trade::check(economy_->world, {}, trade::Deficits::fixed, s), 1e-9);
  for (const double x : s.real_income) EXPECT_NEAR(x, 1, 1e-9);
}

TEST_P(Worlds, TheGradientIsThatOfDifferences) {
  const trade::World& w = economy_->world;
  trade::Workspace memory;
  trade::Solution at;
  trade::Gradient g;
  std::vector<double> weight(w.countries, 0);
  weight[country("USA")] = 1;
  weight[country("CHN")] = -0.5;
  trade::Shock s{.tariff = w.tariff};
  const trade::Options o{.tolerance = 1e-13};
  ASSERT_TRUE(trade::solve(w, s, o, memory, at));
  ASSERT_TRUE(trade::gradient(w, s, o, at, weight, memory, g));
  const auto value = [&](std::size_t c, double t) {
    trade::Shock moved = s;
    moved.tariff[c] = t;
    trade::Solution there;
    EXPECT_TRUE(trade::solve(w, moved, o, memory, there));
    double sum = 0;
    for (std::size_t n = 0; n < w.countries; ++n) sum += weight[n] * std::log(there.real_income[n]);
    return sum;
  };
  double largest = 0;
  for (const double x : g.tariff) largest = std::max(largest, std::abs(x));
  for (const char* j : {"vehicles", "electronics", "food", "petroleum"})
    for (const auto& [n, i] : {std::pair("USA", "CHN"), {"CHN", "USA"}, {"DEU", "RUS"}}) {
      const std::size_t c = w.cell(sector(j), country(n), country(i));
      constexpr double h = 1e-4;
      const double slope = (value(c, s.tariff[c] + h) - value(c, s.tariff[c] - h)) / (2 * h);
      EXPECT_NEAR(g.tariff[c], slope, 1e-5 * largest) << j << " " << n << " on " << i;
    }
}

// Tariffs are the importer's, and the right way round: China's on German cars are high, Germany's on Chinese are not.
TEST_P(Worlds, TariffsAreTheImporters) {
  EXPECT_GT(tariff("vehicles", "CHN", "DEU"), 0.08);
  EXPECT_LT(tariff("vehicles", "DEU", "CHN"), 0.03);
  EXPECT_GT(tariff("vehicles", "BRA", "DEU"), 0.14);
  EXPECT_LT(tariff("vehicles", "JPN", "DEU"), 0.01);
  EXPECT_LT(tariff("vehicles", "USA", "JPN"), 0.03);
  EXPECT_GT(tariff("food", "KOR", "USA"), tariff("food", "USA", "KOR"));
}

INSTANTIATE_TEST_SUITE_P(Bundled, Worlds, testing::ValuesIn(situation::bundled_names()));

TEST(WorldNames, OnlyThoseThatThereAre) {
  EXPECT_TRUE(situation::is_bundled("world-2014"));
  EXPECT_FALSE(situation::is_bundled("world-1914"));
  EXPECT_FALSE(situation::bundled_folder("world-1914"));
}

}  // namespace
