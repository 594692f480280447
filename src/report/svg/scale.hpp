// From values to places on a drawing, and the round values that are marked there.
#pragma once
#include <string>
#include <vector>

#include "report/svg/canvas.hpp"

namespace entente::report::svg {

struct Tick {
  double value = 0, at = 0;
  std::string label;
};

/// Maps [low, high] to [from, to]. What lies beyond, also infinity, is at the end; NaN at `from`.
class Scale {
 public:
  /// An empty or unbounded range is widened to one that has a middle: around 0 by 1, elsewhere by a tenth.
  [[nodiscard]] static Scale linear(double low, double high, double from, double to);
  /// By ratios; linear where an end is not above 0.
  [[nodiscard]] static Scale logarithmic(double low, double high, double from, double to);

  [[nodiscard]] double operator()(double value) const;
  [[nodiscard]] double low() const noexcept { return low_; }
  [[nodiscard]] double high() const noexcept { return high_; }
  [[nodiscard]] double from() const noexcept { return from_; }
  [[nodiscard]] double to() const noexcept { return to_; }
  [[nodiscard]] bool is_log() const noexcept { return log_; }
  /// Round values inside: multiples of 1, 2 or 5 times a power of ten (by ratios: these, or powers of ten alone), so
  /// many that their labels in letters of `size` stand apart, and about `about` at most. At least one where there is
  /// any; labels share their number of decimals.
  [[nodiscard]] std::vector<Tick> ticks(std::size_t about, double size) const;

 private:
  double low_ = 0, high_ = 1, from_ = 0, to_ = 1;
  bool log_ = false;
};

/// Ticks as thin lines from top to bottom, their labels under them, and the unit at the end of the labels' line or,
/// where there is no room, under it. Returns the y below all of it.
double axis(Canvas& c, const Scale& scale, double top, double bottom, std::string_view unit);

/// Linear from 0 or from the least value, by ratios where all are positive and span more than `ratio`.
[[nodiscard]] Scale scale_for(const std::vector<double>& values, bool from_zero, double from, double to,
                              double ratio = 300);

}  // namespace entente::report::svg
