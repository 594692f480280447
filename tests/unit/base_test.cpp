#include <gtest/gtest.h>

#include "entente/base/diagnostic.hpp"
#include "entente/base/spelling.hpp"

using namespace entente;

TEST(Span, LinesAndColumnsCountCharacters) {
  SourceMap map;
  const auto f = map.add("a.yaml", "eins\nzwölf: x\n");
  EXPECT_EQ(map[f].position(0).line, 1u);
  const Position p = map[f].position(13);  // the byte of `x`, behind a two-byte ö
  EXPECT_EQ(p.line, 2u);
  EXPECT_EQ(p.column, 8u);
  EXPECT_EQ(map[f].line(2), "zwölf: x");
}

TEST(Render, PointsAtThePlace) {
  SourceMap map;
  const auto f = map.add("a.yaml", "price: 5 to 3\n");
  Diagnostics ds;
  ds.error("E0203", {f, 7, 13}, "the lower end is above the upper", "5 is above 3", "write `3 to 5`");
  const std::string text = render(ds, map);
  EXPECT_NE(text.find("error[E0203]: the lower end is above the upper\n --> a.yaml:1:8\n"), std::string::npos) << text;
  EXPECT_NE(text.find("1 | price: 5 to 3\n  |        ^^^^^^ 5 is above 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("hint: write `3 to 5`"), std::string::npos);
}

TEST(Render, ALineOfMegabytesCostsAScreenLine) {
  SourceMap map;
  const auto f = map.add("a.yaml", std::string(10'000'000, 'x'));
  Diagnostics ds;
  ds.error("E0101", {f, 5'000'000, 9'000'000}, "too long");
  EXPECT_LT(render(ds, map).size(), 1000u);
}

TEST(Nearest, FindsSwapsAndIgnoresStrangers) {
  const std::vector<std::string> names{"capacity", "consent", "cost"};
  EXPECT_EQ(nearest("capactiy", names), "capacity");
  EXPECT_EQ(nearest("Cost", names), "cost");
  EXPECT_EQ(nearest("elephant", names), "");
  EXPECT_EQ(edit_distance("ab", "ba", 3), 1u);
}
