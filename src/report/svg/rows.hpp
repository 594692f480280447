// Rows that share one scale: what they are called, a strip to draw in, what they come to. On a wide drawing the three
// stand side by side, on a narrow one the words stand over the strip, so that neither ever runs into the other.
#pragma once
#include <string>
#include <vector>

#include "report/svg/canvas.hpp"

namespace entente::report::svg {

struct RowText {
  std::string label, note, value;  ///< value: may hold line breaks
  bool strong = false;
};

class Rows {
 public:
  /// Rows from `top` on, with strips `strip` high.
  Rows(Canvas& c, std::vector<RowText> rows, double top, double strip);
  void letter();  ///< writes the words
  [[nodiscard]] double left() const noexcept { return left_; }
  [[nodiscard]] double right() const noexcept { return right_; }
  [[nodiscard]] double middle(std::size_t row) const { return middle_[row]; }
  [[nodiscard]] double top() const noexcept { return top_; }
  [[nodiscard]] double bottom() const noexcept { return bottom_; }
  /// Where words stand, for those who must not draw there.
  [[nodiscard]] const std::vector<Box>& boxes() const noexcept { return boxes_; }

 private:
  struct Words {
    Point at;
    std::string text, look;
    Anchor anchor;
  };
  void say(Point at, const std::string& text, const std::string& look, Anchor anchor, double size, bool strong);
  void beside(const std::vector<RowText>& rows, double strip);
  void over(const std::vector<RowText>& rows, double strip);

  Canvas& c_;
  double left_ = 0, right_ = 0, top_ = 0, bottom_ = 0;
  std::vector<double> middle_;
  std::vector<Words> words_;
  std::vector<Box> boxes_;
};

/// A value with its range on a strip: a thin line from low to high, arrows where an end has no bound, nothing where it
/// is undefined.
class Scale;
void range(Canvas& c, const Scale& scale, double y, double low, double high, std::string_view look);

/// Swatches with their names, in one line or as many as they need. Returns the y below.
struct Swatch {
  std::string look;  ///< of a square; beginning with "dot ": of a circle
  std::string name;
};
double legend(Canvas& c, const std::vector<Swatch>& swatches, double top);

}  // namespace entente::report::svg
