// What a number is, beside its path: role, field, whose; and what tells two situations apart whose files are the same.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/pressure.hpp"

using namespace entente;
using situation::Role;

namespace {

const std::string file = R"(entente: 1
situation: Identity
as_of: 2025-01-01
sources: {s: {title: invented, date: 2024-01-01, grade: B2}}
source: s
actors: {AAA: Aland, BBB: Bland}
drivers: {oil: 60 to 85 USD/bbl, double: = 2 * oil}
exchanges:
  aid: {of: AAA, unit: B USD/yr, from: {BBB: {gain: 1 to 2}}}
levers:
  boom: {by: AAA, set: {drivers: {oil: 90 USD/bbl}, exchanges.aid.from.BBB: 3}}
questions: {q: {leverage: aid, of: BBB}}
claims:
  bare:    {says: x, holds: oil > 70 USD/bbl}
  printed: {says: x, holds: drivers.oil > 70 USD/bbl}
)";

TEST(Identity, OfANumber) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& s = *c->situation;
  const auto p = [&](std::string_view path) -> const situation::Parameter& { return s.parameters[c->id(path)]; };
  EXPECT_EQ(p("drivers.oil").role, Role::driver);
  EXPECT_EQ(p("drivers.oil").name(), "oil");
  EXPECT_FALSE(p("drivers.oil").of_lever);
  EXPECT_EQ(p("exchanges.aid.from.BBB").role, Role::place);
  EXPECT_EQ(p("exchanges.aid.from.BBB").field->name, "gain");
  EXPECT_EQ(p("exchanges.aid.from.BBB.gets").field->name, "gets");  // nobody wrote it
  EXPECT_EQ(p("presence.BBB").role, Role::presence);
  EXPECT_EQ(p("presence.BBB").field, nullptr);
  EXPECT_EQ(p("levers.boom.drivers.oil").role, Role::driver);
  EXPECT_TRUE(p("levers.boom.drivers.oil").of_lever);
  EXPECT_EQ(p("levers.boom.drivers.oil").name(), "levers.boom.drivers.oil");
  EXPECT_EQ(p("levers.boom.exchanges.aid.from.BBB").field->name, "gain");
  EXPECT_EQ(s.driver("oil"), c->id("drivers.oil"));
  EXPECT_EQ(s.driver("drivers.oil"), c->id("drivers.oil"));
  EXPECT_EQ(s.driver("levers.boom.drivers.oil"), situation::none);
  EXPECT_EQ(s.driver("exchanges.aid.from.BBB"), situation::none);
}

TEST(Identity, ADriverAsItIsPrinted) {
  const auto c = tests::compile(file);
  ASSERT_TRUE(c->plan) << c->complaints();
  const auto& claims = c->plan->claims();
  ASSERT_EQ(claims.size(), 2u);
  EXPECT_EQ(claims[0].drivers, claims[1].drivers);
}

// `tradable` means what the column `goods` says: draws made before it changed are of another situation.
TEST(Identity, OfAnEconomyIsInEveryTable) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("entente-identity-" + std::to_string(getpid()));
  fs::create_directories(folder);
  fs::copy(tests::pressure::folder + "pair", folder / "pair", fs::copy_options::recursive);
  const std::string text = tests::pressure::halves("  m: {by: WES, on: EAS, tariff-add: 10 %}\n");
  const auto digest = [&](const std::string& column, const std::string& cell) {
    std::ifstream in(tests::pressure::folder + "pair/sectors.csv");
    std::ofstream out(folder / "pair/sectors.csv");
    std::string line;
    for (bool head = true; std::getline(in, line); head = false)
      if (!line.empty()) out << line << (column.empty() ? "" : "," + (head ? column : cell)) << "\n";
    out.close();
    const tests::Read r(text, (folder / "test.yaml").string());
    EXPECT_TRUE(r.plan) << r.all();
    return r.plan ? r.plan->fingerprint() : 0;
  };
  const auto plain = digest("", ""), goods = digest("goods", "1"), services = digest("goods", "0");
  EXPECT_EQ(plain, goods);  // a sector is goods unless said
  EXPECT_NE(goods, services);
  fs::remove_all(folder);
}

}  // namespace
