// Numbers for people: the one place that decides how many digits a number deserves. A number with a range shows no
// digit beyond two of half its width; one without shows three. (number::show writes numbers that read back; that is
// another purpose.)
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace entente::report {

/// "10,000".
[[nodiscard]] std::string count(std::uint64_t n);
/// "3 numbers", "1 number".
[[nodiscard]] std::string counted(std::uint64_t n, std::string_view what);
/// To `digits` significant digits, thousands apart from 10,000 on: "0.25", "17,600", "1.5e12", "infinite".
[[nodiscard]] std::string value(double x, int digits = 3);
/// Two numbers to three digits, or to as many, up to nine, as tell them apart, and from bounds that they do not reach.
[[nodiscard]] std::pair<std::string, std::string> apart(double a, double b, double low = 0, double high = 0);

struct Ranged {
  std::string low, middle, high;
};
/// A 5 % and a 95 % quantile and the median, all to the same decimal: the second digit of half the width, or the first
/// where that is 5 or more; two digits at least and four at most, or up to seven where fewer would not tell them apart,
/// or from `least` and `most`, which they cannot reach: 99.990, 99.997 and 99.999, not 100.
[[nodiscard]] Ranged ranged(double low, double middle, double high,
                            double least = -std::numeric_limits<double>::infinity(),
                            double most = std::numeric_limits<double>::infinity());

/// A share of draws with as many decimals as keep it from reading 0 or 1: "0.56", "0.9996".
[[nodiscard]] std::string decimal(double share);
/// "23 %"; within 0 to 100.
[[nodiscard]] std::string percentage(double share);
/// "2025-05-09": "9 May 2025"; "2024-06": "June 2024"; anything else as it is.
[[nodiscard]] std::string date(std::string_view iso);
/// A unit with a blank before it, or nothing.
[[nodiscard]] std::string with_unit(std::string number, std::string_view unit);

}  // namespace entente::report
