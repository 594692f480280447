#include "report/svg/canvas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/html/script_runs.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {

std::string coordinate(double v) {
  if (!std::isfinite(v)) return "0";
  std::string s = fmt::format("{:.2f}", v);
  while (s.ends_with('0')) s.pop_back();
  if (s.ends_with('.')) s.pop_back();
  return s == "-0" ? "0" : s;
}

std::string move_to(Point p) { return "M" + coordinate(p.x) + " " + coordinate(p.y); }
std::string line_to(Point p) { return "L" + coordinate(p.x) + " " + coordinate(p.y); }
std::string curve_to(Point a, Point b, Point to) {
  return "C" + coordinate(a.x) + " " + coordinate(a.y) + " " + coordinate(b.x) + " " + coordinate(b.y) + " " +
         coordinate(to.x) + " " + coordinate(to.y);
}

namespace {
std::string with(std::string_view look) { return look.empty() ? "" : fmt::format(" class=\"{}\"", look); }

// The language of a label's letters, where they are not Latin: that of its longest such run.
std::string language(std::string_view text) {
  std::string_view best;
  std::size_t longest = 0;
  if (std::ranges::all_of(text, [](unsigned char c) { return c < 0x80; })) return {};
  for (const auto& r : html::script_runs(text))
    if (!r.language.empty() && r.text.size() > longest) best = r.language, longest = r.text.size();
  return best.empty() ? "" : fmt::format(" lang=\"{}\"", best);
}
}  // namespace

void Canvas::line(Point a, Point b, std::string_view look) {
  body_ += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{}/>\n", coordinate(a.x), coordinate(a.y),
                       coordinate(b.x), coordinate(b.y), with(look));
}

void Canvas::rect(const Box& b, std::string_view look, double round) {
  body_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}/>\n", coordinate(b.x), coordinate(b.y),
                       coordinate(std::max(0.0, b.w)), coordinate(std::max(0.0, b.h)),
                       round > 0 ? fmt::format(" rx=\"{}\"", coordinate(round)) : "", with(look));
}

void Canvas::circle(Point c, double r, std::string_view look) {
  body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n", coordinate(c.x), coordinate(c.y),
                       coordinate(std::max(0.0, r)), with(look));
}

void Canvas::path(std::string_view d, std::string_view look, double stroke) {
  body_ += fmt::format("<path d=\"{}\"{}{}/>\n", d, with(look),
                       stroke > 0 ? fmt::format(" stroke-width=\"{}\"", coordinate(stroke)) : "");
}

void Canvas::text(Point at, std::string_view text, std::string_view look, Anchor anchor) {
  if (text.empty()) return;
  body_ += fmt::format("<text x=\"{}\" y=\"{}\"{}{}{}>{}</text>\n", coordinate(at.x), coordinate(at.y), language(text),
                       with(look),
                       anchor == Anchor::middle ? " text-anchor=\"middle\""
                       : anchor == Anchor::end  ? " text-anchor=\"end\""
                                                : "",
                       escaped(text));
}

void Canvas::upright(Point at, std::string_view text, std::string_view look) {
  if (text.empty()) return;
  body_ += fmt::format("<text transform=\"translate({} {}) rotate(-90)\"{}>{}</text>\n", coordinate(at.x),
                       coordinate(at.y), with(look), escaped(text));
}

void Canvas::open(std::string_view look) { body_ += "<g" + with(look) + ">\n"; }
void Canvas::close() { body_ += "</g>\n"; }

std::string Canvas::finish(std::string_view id, std::string_view title, std::string_view text,
                           std::string_view look) const {
  const std::string name = escaped(id);
  return fmt::format(
      "<svg class=\"pic {0}\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {1} {2}\" role=\"img\" "
      "aria-labelledby=\"{3}-t {3}-d\">\n<title id=\"{3}-t\">{4}</title>\n<desc id=\"{3}-d\">{5}</desc>\n{6}</svg>\n",
      look, coordinate(width_), coordinate(height_), name, escaped(title), escaped(text), body_);
}

}  // namespace entente::report::svg
