// The quantities that a claim compares, each with its whole distribution as fifty dots of two per cent each, stacked
// where they meet: never a bare mean.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "entente/report/picture.hpp"
#include "report/display_names.hpp"
#include "report/svg/reading.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/text.hpp"

namespace entente::report {
namespace {

using namespace svg;
constexpr std::size_t most = 8;
constexpr double strip = 44, largest = 5.5, smallest = 2.2;

bool is_share(const doubt::Spread& x) {
  return !x.dots.empty() && std::ranges::all_of(x.dots, [](double v) { return v == 0 || v == 1; });
}

// How many dots fall into each column as wide as a dot.
std::map<int, int> stacks(const Scale& scale, const doubt::Spread& x, double radius) {
  std::map<int, int> height;
  const double width = scale.to() - scale.from();
  const int columns = std::max(1, static_cast<int>(width / (2 * radius)));
  for (const double v : x.dots)
    ++height[std::clamp(static_cast<int>((scale(v) - scale.from()) / width * columns), 0, columns - 1)];
  return height;
}

// The largest dots with which every stack fits its strip.
double radius_of(const std::vector<Scale>& scales, const std::vector<const doubt::Spread*>& rows) {
  for (double r = largest; r > smallest; r -= 0.3) {
    bool fits = true;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!is_share(*rows[i]))
        for (const auto& [column, n] : stacks(scales[i], *rows[i], r)) fits = fits && 2 * r * n <= strip;
    if (fits) return r;
  }
  return smallest;
}

void dots(Canvas& c, const Scale& scale, const doubt::Spread& x, double base, double radius) {
  const auto height = stacks(scale, x, radius);
  int tallest = 1;
  for (const auto& [column, n] : height) tallest = std::max(tallest, n);
  const double rise = std::min(2 * radius, (strip - 2 * radius) / tallest);
  std::string d;  // strokes of no length with round ends: a tenth of what as many circles take
  for (const auto& [column, n] : height)
    for (int k = 0; k < n; ++k)
      d += move_to({scale.from() + radius * (2 * column + 1), base - radius - rise * k}) + "h0";
  c.path(d, "points accent", 2 * radius - 0.8);
}

}  // namespace

Drawn compared(const plan::Plan& plan, const doubt::Doubt& d, std::size_t finding) {
  const auto& f = d.findings[finding];
  Drawn out{.id = "claim-" + std::to_string(finding + 1) + "-compared", .title = "What is compared"};
  if (finding >= plan.claims().size()) return out;
  std::vector<const doubt::Spread*> rows;
  std::string unit;
  bool one_unit = true;
  for (const auto t : f.terms) {
    const auto& x = d.spreads[t];
    if (rows.size() >= most) break;
    if (rows.empty()) unit = x.unit;
    one_unit = one_unit && x.unit == unit;
    rows.push_back(&x);
  }
  if (rows.empty()) return out;
  std::vector<RowText> texts;
  std::vector<double> values;
  bool shares = false;
  std::vector<Reading> readings;
  for (const auto* x : rows)
    if (one_unit && !is_share(*x)) {
      Reading r;
      r.low = x->q5, r.mid = x->q50, r.high = x->q95, r.ranged = x->q5 != x->q95;
      readings.push_back(std::move(r));
    }
  const Alike alike(readings);
  for (const auto* x : rows) {
    const bool none = std::isnan(x->q50), range = x->q5 != x->q95;
    std::string value = none       ? "undefined in every draw"
                        : one_unit ? alike.with_range(x->q5, x->q50, x->q95, range)
                                   : with_range(x->q5, x->q50, x->q95, range, 2);
    if (!one_unit && !none && !x->unit.empty()) value += " " + x->unit;
    if (is_share(*x)) {
      value = x->mean == 0   ? "1 in no draw"
              : x->mean == 1 ? "1 in all draws"
                             : "1 in " + share(x->mean) + " of the draws";
      shares = true;
    }
    std::string note = in_words(plan.situation(), x->says);
    if (x->undefined > 0 && !none)
      note += fmt::format("; undefined in {} of the draws",
                          share(static_cast<double>(x->undefined) / static_cast<double>(d.draws)));
    const std::string name = quantity_words(plan.situation(), x->name);
    out.text += name + " (" + in_words(plan.situation(), x->says) + "): " + value +
                (one_unit && !none && !unit.empty() ? " " + unit : "") + ". ";
    texts.push_back({name, note, value, true});
    for (const double v : x->dots) values.push_back(v);
  }
  out.text += "Ranges hold nine draws in ten.";
  if (shares) values.push_back(0), values.push_back(1);
  for (const bool wide : {false, true}) {
    Canvas c(wide ? 720 : 340);
    Rows frame(c, texts, 2, strip);
    std::vector<Scale> scales;
    for (const auto* x : rows)
      scales.push_back(scale_for(one_unit       ? values
                                 : is_share(*x) ? std::vector<double>{0, 1}
                                                : x->dots,
                                 false, frame.left() + 4, frame.right() - 4));
    c.height(one_unit ? axis(c, scales[0], frame.top(), frame.bottom(), unit) : frame.bottom());
    const double radius = radius_of(scales, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double base = frame.middle(i) + strip / 2;
      c.line({frame.left(), base}, {frame.right(), base}, "axis");
      if (is_share(*rows[i])) c.rect({scales[i](0), base - 14, scales[i](rows[i]->mean) - scales[i](0), 14}, "accent");
      else dots(c, scales[i], *rows[i], base, radius);
      if (!rows[i]->dots.empty() && std::isinf(rows[i]->q95))
        c.text({frame.right(), base - strip + 8}, "no bound →", "small muted halo", Anchor::end);
    }
    frame.letter();
    (wide ? out.wide : out.narrow) =
        c.finish(out.id + (wide ? "-w" : "-n"), out.title, out.text, wide ? "pic-wide" : "pic-narrow");
  }
  return out;
}

}  // namespace entente::report
