#include "entente/doubt/words.hpp"

#include <gtest/gtest.h>

#include <cmath>

using entente::doubt::estimative_words;

TEST(Words, TheDirectivesBands) {
  EXPECT_EQ(estimative_words(0.03, 0), "almost no chance (1-5 %)");
  EXPECT_EQ(estimative_words(0.1, 0), "very unlikely (5-20 %)");
  EXPECT_EQ(estimative_words(0.3, 0), "unlikely (20-45 %)");
  EXPECT_EQ(estimative_words(0.5, 0), "roughly even chance (45-55 %)");
  EXPECT_EQ(estimative_words(0.7, 0), "likely (55-80 %)");
  EXPECT_EQ(estimative_words(0.9, 0), "very likely (80-95 %)");
  EXPECT_EQ(estimative_words(0.97, 0), "almost certain (95-99 %)");
}

TEST(Words, AnEdgeBelongsToTheUpperBand) {
  EXPECT_EQ(estimative_words(0.05, 0), "very unlikely (5-20 %)");
  EXPECT_EQ(estimative_words(0.20, 0), "unlikely (20-45 %)");
  EXPECT_EQ(estimative_words(0.45, 0), "roughly even chance (45-55 %)");
  EXPECT_EQ(estimative_words(0.55, 0), "likely (55-80 %)");
  EXPECT_EQ(estimative_words(0.80, 0), "very likely (80-95 %)");
  EXPECT_EQ(estimative_words(0.95, 0), "almost certain (95-99 %)");
}

TEST(Words, BeyondTheEndsTheWordStaysAndTheRangeSaysSo) {
  EXPECT_EQ(estimative_words(0, 0), "almost no chance (under 1 %)");
  EXPECT_EQ(estimative_words(0.009, 0), "almost no chance (under 1 %)");
  EXPECT_EQ(estimative_words(0.995, 0), "almost certain (over 99 %)");
  EXPECT_EQ(estimative_words(1, 0), "almost certain (over 99 %)");
  EXPECT_EQ(estimative_words(0.01, 0.002), "almost no chance (0-5 %)");
  EXPECT_EQ(estimative_words(0.99, 0.002), "almost certain (95-100 %)");
}

TEST(Words, WithinTheErrorOfAnEdgeBothBands) {
  EXPECT_EQ(estimative_words(0.79, 0.02), "likely or very likely (55-95 %)");
  EXPECT_EQ(estimative_words(0.81, 0.02), "likely or very likely (55-95 %)");
  EXPECT_EQ(estimative_words(0.77, 0.02), "likely (55-80 %)");
  EXPECT_EQ(estimative_words(0.50, 0.06), "unlikely to likely (20-80 %)");
  EXPECT_EQ(estimative_words(0.06, 0.055), "almost no chance or very unlikely (0-20 %)");
  EXPECT_EQ(estimative_words(0.94, 0.055), "very likely or almost certain (80-100 %)");
  EXPECT_EQ(estimative_words(0.99, 0.2), "likely to almost certain (55-100 %)");
}

TEST(Words, Brackets) {
  EXPECT_EQ(estimative_words(0.6, 0.7, 0), "likely (55-80 %)");
  EXPECT_EQ(estimative_words(0.6, 0.9, 0), "likely or very likely (55-95 %)");
  EXPECT_EQ(estimative_words(0.0, 1.0, 0), "almost no chance to almost certain (0-100 %)");
  EXPECT_EQ(estimative_words(0.56, 0.7, 0.02), "roughly even chance or likely (45-80 %)");
}

TEST(Words, WhatIsNoShareIsUndefined) {
  EXPECT_EQ(estimative_words(std::nan(""), 0), "undefined");
  EXPECT_EQ(estimative_words(-0.1, 0), "undefined");
  EXPECT_EQ(estimative_words(1.1, 0), "undefined");
  EXPECT_EQ(estimative_words(0.8, 0.7, 0), "undefined");
  EXPECT_EQ(estimative_words(0.7, std::nan("")), "likely (55-80 %)");
}

// Over a fine grid: the band that holds p is always among those named, and no word comes without its range.
TEST(Words, TheRangeHoldsTheShare) {
  for (int i = 0; i <= 1000; ++i)
    for (const double error : {0.0, 0.003, 0.03}) {
      const double p = i / 1000.0;
      const std::string words = estimative_words(p, error);
      const auto open = words.find('(');
      ASSERT_NE(open, std::string::npos) << words;
      double low = 0, high = 100;
      if (words.find("under") != std::string::npos) high = 1;
      else if (words.find("over") != std::string::npos) low = 99;
      else ASSERT_EQ(std::sscanf(words.c_str() + open, "(%lf-%lf", &low, &high), 2) << words;
      EXPECT_LE(low, 100 * p + 1e-9) << words << " of " << p;
      EXPECT_GE(high, 100 * p - 1e-9) << words << " of " << p;
    }
}
