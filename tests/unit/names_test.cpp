// Names of states in an English sentence.
#include "ask/names.hpp"

#include <gtest/gtest.h>

using entente::ask::in_text;
using entente::ask::of_text;

TEST(Names, TakeAnArticleWhereTheyAreCommonNouns) {
  EXPECT_EQ(in_text("United States"), "the United States");
  EXPECT_EQ(in_text("Soviet Union"), "the Soviet Union");
  EXPECT_EQ(in_text("the Netherlands"), "the Netherlands");
  EXPECT_EQ(in_text("Netherlands"), "the Netherlands");
  EXPECT_EQ(in_text("Russia"), "Russia");
  EXPECT_EQ(in_text("North Korea"), "North Korea");
  EXPECT_EQ(in_text("Norway and Switzerland"), "Norway and Switzerland");
  EXPECT_EQ(in_text(""), "");
}

TEST(Names, EndInAnApostrophe) {
  EXPECT_EQ(of_text("United States"), "the United States'");
  EXPECT_EQ(of_text("Russia"), "Russia's");
}
