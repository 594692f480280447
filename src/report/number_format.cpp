#include "report/number_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "entente/base/elementary.hpp"
#include "entente/number/number.hpp"

namespace entente::report {
namespace {

// Commas between thousands of a plain decimal, from five digits before the point on: 1960 stays a year.
std::string grouped(std::string s) {
  if (s.find('e') != std::string::npos) return s;
  const std::size_t begin = s.starts_with('-') ? 1 : 0, point = std::min(s.find('.'), s.size());
  if (point - begin < 5) return s;
  for (std::size_t i = point; i > begin + 3;) s.insert(i -= 3, 1, ',');
  return s;
}

int magnitude(double x) { return static_cast<int>(std::floor(math::log10(std::abs(x)) + 1e-9)); }

}  // namespace

std::string count(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t n, std::string_view what) {
  return fmt::format("{} {}{}", count(n), what, n == 1 ? "" : "s");
}

std::string value(double x, int digits) {
  if (std::isnan(x)) return "undefined";
  if (std::isinf(x)) return x > 0 ? "infinite" : "minus infinite";
  return grouped(number::show(x, digits));
}

std::pair<std::string, std::string> apart(double a, double b, double low, double high) {
  const auto said = [&](double x, int digits) {
    return std::isfinite(x) ? grouped(number::show_inside(x, low, high, digits)) : value(x);
  };
  int digits = 3;
  while (digits < 9 && a != b && said(a, digits) == said(b, digits)) ++digits;
  return {said(a, digits), said(b, digits)};
}

Ranged ranged(double low, double middle, double high, double least, double most) {
  const double half = (high - low) / 2, largest = std::max(std::abs(low), std::abs(high));
  if (!std::isfinite(half) || !std::isfinite(middle) || half <= 0 || largest < 1e-4 || largest >= 1e10)
    return {value(low), value(middle), value(high)};
  // 10^place is the last digit shown; never fewer than two digits of the largest, and never more than four.
  const bool first = half >= 4.95 * math::pow(10.0, magnitude(half));
  int place = std::clamp(magnitude(half) - (first ? 0 : 1), magnitude(largest) - 3, magnitude(largest) - 1);
  const auto show = [&](double x) {
    const double unit = math::pow(10.0, place);
    if (x == 0) return std::string("0");
    const double rounded = place > 0 ? math::round(x / unit) * unit : x;
    const std::string s = number::fixed(rounded, std::max(0, -place));
    // A median well above nought must not read nought: an interval may begin far below it.
    if (x != 0 && s.find_first_of("123456789") == std::string::npos) return value(x, 1);
    return grouped(s);
  };
  // Two that differ by more than rounding must not read alike, nor as a bound that they do not reach.
  const auto alike = [&](double a, double b) {
    return std::isfinite(a) && std::isfinite(b) && std::abs(a - b) > 1e-6 * largest && show(a) == show(b);
  };
  const auto unclear = [&] {
    for (const double x : {low, middle, high})
      for (const double bound : {least, most})
        if (alike(x, bound) && std::abs(x - bound) < 0.01 * std::abs(bound)) return true;
    return alike(low, middle) || alike(middle, high);
  };
  for (const int last = magnitude(largest) - 6; place > last && unclear();) --place;
  return {show(low), show(middle), show(high)};
}

std::string decimal(double p) {
  const double least = std::min(p, 1 - p);
  // 1e-9 forgives what subtraction does to 1 - 0.9999.
  const int digits = least > 0 ? std::clamp(static_cast<int>(std::ceil(-math::log10(least) - 1e-9)), 2, 12) : 2;
  return number::fixed(p, digits);
}

// The decimal's point moves by two places: 100 * 0.285 is 28.499999999999996 in doubles, and 0.285 is 29 %.
std::string percentage(double share) {
  std::string digits = number::fixed(std::clamp(share, 0.0, 1.0), 2);
  std::erase(digits, '.');
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return digits.substr(first) + " %";
}

std::string date(std::string_view iso) {
  static constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
  const auto digits = [&](std::size_t at, std::size_t n) {
    int out = 0;
    for (std::size_t i = at; i < at + n; ++i) {
      if (i >= iso.size() || iso[i] < '0' || iso[i] > '9') return -1;
      out = 10 * out + (iso[i] - '0');
    }
    return out;
  };
  const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
  const bool dashes = iso.size() > 4 && iso[4] == '-' && (iso.size() == 7 || (iso.size() == 10 && iso[7] == '-'));
  if (year < 0 || !dashes || month < 1 || month > 12) return std::string(iso);
  std::string tail = fmt::format("{} {}", months[static_cast<std::size_t>(month - 1)], iso.substr(0, 4));
  if (iso.size() == 7) return tail;
  return day < 1 ? std::string(iso) : fmt::format("{} {}", day, tail);
}

std::string with_unit(std::string number, std::string_view unit) {
  if (!unit.empty()) number.append(" ").append(unit);
  return number;
}

}  // namespace entente::report
