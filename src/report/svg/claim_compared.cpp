// The quantities that a claim compares, each with its whole distribution as fifty dots of two per cent each, stacked
// where they meet: never a bare mean.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "entente/report/picture.hpp"
#include "report/svg/reading.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/text.hpp"

namespace entente::report {
namespace {

using namespace svg;
constexpr std::size_t most = 8;
constexpr double strip = 40, dot = 2.6;

void dots(Canvas& c, const Scale& scale, const doubt::Spread& x, double base) {
  std::map<int, int> height;
  const double lowest = scale.from() + dot, width = scale.to() - scale.from();
  const int columns = std::max(1, static_cast<int>(width / (2 * dot)));
  for (const double v : x.dots) ++height[std::clamp(static_cast<int>((scale(v) - scale.from()) / width * columns), 0, columns - 1)];
  int tallest = 1;
  for (const auto& [column, n] : height) tallest = std::max(tallest, n);
  const double rise = std::min(2 * dot, (strip - 2 * dot) / tallest);
  for (const auto& [column, n] : height)
    for (int k = 0; k < n; ++k) c.circle({lowest + 2 * dot * column, base - dot - rise * k}, dot - 0.3, "accent");
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
  for (const auto* x : rows) {
    const bool none = std::isnan(x->q50);
    std::string value = none ? "undefined in every draw" : with_range(x->q5, x->q50, x->q95, x->q5 != x->q95, 2);
    if (!one_unit && !none && !x->unit.empty()) value += " " + x->unit;
    std::string note = x->says;
    if (x->undefined > 0 && !none) note += fmt::format("; undefined in {} of the draws", share(static_cast<double>(x->undefined) / static_cast<double>(d.draws)));
    out.text += x->name + " (" + x->says + "): " + value + (one_unit && !none && !unit.empty() ? " " + unit : "") + ". ";
    texts.push_back({x->name, note, value, true});
    for (const double v : x->dots) values.push_back(v);
  }
  out.text += "Ranges hold nine draws in ten.";
  for (const bool wide : {false, true}) {
    Canvas c(wide ? 720 : 340);
    Rows frame(c, texts, 2, strip);
    Scale scale = scale_for(values, false, frame.left() + 4, frame.right() - 4);
    if (one_unit) {
      const double below = axis(c, scale, frame.top(), frame.bottom(), unit);
      c.height(below);
    } else {
      c.height(frame.bottom());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double base = frame.middle(i) + strip / 2;
      if (!one_unit) scale = scale_for(rows[i]->dots, false, frame.left() + 4, frame.right() - 4);
      c.line({frame.left(), base}, {frame.right(), base}, "axis");
      dots(c, scale, *rows[i], base);
      if (!rows[i]->dots.empty() && std::isinf(rows[i]->q95))
        c.text({frame.right(), base - strip + 8}, "no bound →", "small muted", Anchor::end);
    }
    frame.letter();
    (wide ? out.wide : out.narrow) = c.finish(out.id + (wide ? "-w" : "-n"), out.title, out.text, wide ? "pic-wide" : "pic-narrow");
  }
  return out;
}

}  // namespace entente::report
