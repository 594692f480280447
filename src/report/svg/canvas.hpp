// A drawing under way: marks are put on it in the order in which they are painted, then it becomes one <svg> element.
// Coordinates are units of the viewBox, y downwards. Looks are classes only (style.cpp has them all); nothing here says
// a colour or a letter size that the page could not change.
#pragma once
#include <string>
#include <string_view>

namespace entente::report::svg {

struct Point {
  double x = 0, y = 0;
};

struct Box {
  double x = 0, y = 0, w = 0, h = 0;
  [[nodiscard]] bool overlaps(const Box& o) const noexcept {
    return x < o.x + o.w && o.x < x + w && y < o.y + o.h && o.y < y + h;
  }
};

enum class Anchor : unsigned char { start, middle, end };

/// The letter sizes of pictures, in units; with them text is measured, and style.cpp gives them to the classes.
inline constexpr double body = 13, small = 12, line_height = 16;

class Canvas {
 public:
  explicit Canvas(double width, double height = 0) : width_(width), height_(height) {}

  void line(Point a, Point b, std::string_view look);
  void rect(const Box& box, std::string_view look, double round = 0);
  void circle(Point c, double r, std::string_view look);
  /// `d`: a path's data, of move_to() and its like.
  void path(std::string_view d, std::string_view look, double stroke = 0);
  /// Letters stand on y. Looks: "small", "strong", "muted", "accent", ..., more than one with spaces between.
  void text(Point at, std::string_view text, std::string_view look = {}, Anchor anchor = Anchor::start);
  /// The same turned by a quarter: it reads upwards from `at`.
  void upright(Point at, std::string_view text, std::string_view look = {});
  void open(std::string_view look);  ///< a group
  void close();

  [[nodiscard]] double width() const noexcept { return width_; }
  [[nodiscard]] double height() const noexcept { return height_; }
  void height(double h) noexcept { height_ = h; }
  /// The whole element, of class "pic " + look, with title and text alternative under ids that begin with `id`.
  [[nodiscard]] std::string finish(std::string_view id, std::string_view title, std::string_view text,
                                   std::string_view look) const;

 private:
  double width_, height_;
  std::string body_;
};

/// Two decimals at most, "0" for what is no number.
[[nodiscard]] std::string coordinate(double v);
/// "M x y", "L x y", "C ...": pieces of a path.
[[nodiscard]] std::string move_to(Point p);
[[nodiscard]] std::string line_to(Point p);
[[nodiscard]] std::string curve_to(Point a, Point b, Point to);

}  // namespace entente::report::svg
