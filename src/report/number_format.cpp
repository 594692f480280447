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

Ranged ranged(double low, double middle, double high) {
  const double half = (high - low) / 2, largest = std::max(std::abs(low), std::abs(high));
  if (!std::isfinite(half) || !std::isfinite(middle) || half <= 0 || largest < 1e-4 || largest >= 1e10)
    return {value(low), value(middle), value(high)};
  // 10^place is the last digit shown; never fewer than two digits of the largest, and never more than four.
  const bool first = half >= 4.95 * math::pow(10.0, magnitude(half));
  const int place = std::clamp(magnitude(half) - (first ? 0 : 1), magnitude(largest) - 3, magnitude(largest) - 1);
  const double unit = math::pow(10.0, place);
  const auto show = [&](double x) {
    if (x == 0) return std::string("0");
    const double rounded = place > 0 ? math::round(x / unit) * unit : x;
    std::string s = fmt::format("{:.{}f}", rounded, std::max(0, -place));
    if (s.starts_with('-') && s.find_first_of("123456789") == std::string::npos) s.erase(0, 1);
    // A median well above nought must not read nought: an interval may begin far below it.
    if (x != 0 && s.find_first_of("123456789") == std::string::npos) return value(x, 1);
    return grouped(s);
  };
  return {show(low), show(middle), show(high)};
}

std::string decimal(double p) {
  const double least = std::min(p, 1 - p);
  // 1e-9 forgives what subtraction does to 1 - 0.9999.
  const int digits = least > 0 ? std::clamp(static_cast<int>(std::ceil(-math::log10(least) - 1e-9)), 2, 12) : 2;
  return fmt::format("{:.{}f}", p, digits);
}

std::string percentage(double share) { return fmt::format("{:.0f} %", 100 * std::clamp(share, 0.0, 1.0)); }

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
