#include "entente/doubt/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace entente::doubt {
namespace {

struct Band {
  const char* word;
  double low, high;  // percent
};
// The directive's seven bands; its outer words also serve below 1 % and above 99 %, with a range of their own.
constexpr std::array<Band, 9> bands{{{"almost no chance", 0, 1},
                                     {"almost no chance", 1, 5},
                                     {"very unlikely", 5, 20},
                                     {"unlikely", 20, 45},
                                     {"roughly even chance", 45, 55},
                                     {"likely", 55, 80},
                                     {"very likely", 80, 95},
                                     {"almost certain", 95, 99},
                                     {"almost certain", 99, 100}}};

// 1-5 and under 1 %, 95-99 and over 99 % share a word.
int step(std::size_t band) {
  return band == 0 ? 1 : band + 1 == bands.size() ? static_cast<int>(band) - 1 : static_cast<int>(band);
}

// A share on an edge belongs to the upper band; 1e-9 forgives what rounding does to 100 x 0.55.
std::size_t band(double percent) {
  for (std::size_t i = 0; i + 1 < bands.size(); ++i)
    if (percent < bands[i].high - 1e-9) return i;
  return bands.size() - 1;
}

std::string range(std::size_t first, std::size_t last) {
  if (last == 0) return "(under 1 %)";
  if (first + 1 == bands.size()) return "(over 99 %)";
  const auto number = [](double x) { return std::to_string(static_cast<int>(x)); };
  return "(" + number(bands[first].low) + "-" + number(bands[last].high) + " %)";
}

std::string name(std::size_t first, std::size_t last) {
  const std::string a = bands[first].word, b = bands[last].word;
  if (a == b) return a + " " + range(first, last);
  return a + (step(last) == step(first) + 1 ? " or " : " to ") + b + " " + range(first, last);
}

}  // namespace

std::string estimative_words(double p, double error) {
  if (!(p >= 0 && p <= 1)) return "undefined";
  error = std::isfinite(error) ? std::max(0.0, error) : 0.0;
  return name(band(100 * std::max(0.0, p - error)), band(100 * std::min(1.0, p + error)));
}

std::string estimative_words(double low, double high, double error) {
  if (!(low >= 0 && high <= 1 && low <= high)) return "undefined";
  error = std::isfinite(error) ? std::max(0.0, error) : 0.0;
  return name(band(100 * std::max(0.0, low - error)), band(100 * std::min(1.0, high + error)));
}

}  // namespace entente::doubt
