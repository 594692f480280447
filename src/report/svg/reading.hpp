// What a scene's number is: over the draws, or at the medians where nothing was drawn.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "entente/ask/picture.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/plan/plan.hpp"

namespace entente::report::svg {

struct Reading {
  double low = 0, mid = std::numeric_limits<double>::quiet_NaN(), high = 0;  ///< 5 %, median, 95 %; or all the same
  double mean = 0;                                                           ///< the share where the quantity is 0 or 1
  double missing = 0;      ///< share of the draws in which it is undefined
  bool ranged = false;     ///< over draws, and not everywhere the same
  std::string unit, says;  ///< of the quantity
  std::string why;         ///< of an undefined value: the reason
  [[nodiscard]] bool defined() const noexcept { return mid == mid; }
  [[nodiscard]] bool finite() const noexcept;
  /// "0.71 (0.4 to 1.2)", "∞", "undefined: no deal".
  [[nodiscard]] std::string text(int digits = 3) const;
};

class Readings {
 public:
  Readings(const plan::Plan& plan, const doubt::Doubt* doubt);
  [[nodiscard]] Reading of(std::uint32_t question, const ask::Figure& f) const;
  [[nodiscard]] bool drawn() const noexcept { return doubt_ != nullptr; }
  [[nodiscard]] bool good() const noexcept { return good_; }  ///< no formula leaves its domain at the medians
  [[nodiscard]] const std::vector<double>& medians() const noexcept { return medians_; }

 private:
  const plan::Plan& plan_;
  const doubt::Doubt* doubt_;
  std::vector<double> medians_;
  plan::Workspace workspace_;
  bool good_ = true;
  std::vector<std::uint32_t> offset_;  ///< by question: its cells in the base world
  std::vector<std::uint32_t> spread_;  ///< by cell: its quantity among the plan's
};

/// "0.71 (0.4 to 1.2)".
[[nodiscard]] std::string with_range(double low, double mid, double high, bool ranged, int digits);

/// How numbers of one picture and one unit are written: all to the same decimal, so that 42.5 does not stand beside 38.
/// It is the second digit of the largest where some have ranges, else the third; or one or two further ones, where
/// else a number above nought would read nought or the ends of a range alike. Far from 1 each has its own digits.
class Alike {
 public:
  explicit Alike(std::span<const Reading> all);
  [[nodiscard]] std::string figure(double value) const;
  [[nodiscard]] std::string text(const Reading& r) const;  ///< as Reading::text
  [[nodiscard]] std::string with_range(double low, double mid, double high, bool ranged) const;

 private:
  bool alone_ = false;
  int decimals_ = 0;
};

}  // namespace entente::report::svg
