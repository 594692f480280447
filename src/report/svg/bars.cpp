// Bars from 0 with the 90 % range of each; two a row where a thing is compared with its like.
#include <algorithm>
#include <cmath>

#include "report/svg/rows.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/scenes.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

void bar(Canvas& c, const Scale& scale, const Reading& r, double y, double thick, bool first) {
  if (!r.defined()) return;
  const double zero = scale(0), at = scale(r.mid);
  c.rect({std::min(zero, at), y - thick / 2, std::abs(at - zero), thick}, first ? "accent" : "hollow-other");
  if (r.ranged) range(c, scale, y, r.low, r.high, "rule");
  else if (!r.finite()) range(c, scale, y, r.mid, r.mid, "rule");
}

}  // namespace

void draw(Canvas& c, const ask::Bars& scene, const Context& of) {
  std::vector<Reading> first, second;
  std::vector<double> values;
  bool paired = false;
  const auto keep = [&](const Reading& r) {
    for (const double v : {r.low, r.mid, r.high})
      if (r.defined()) values.push_back(v);
  };
  std::vector<RowText> texts;
  for (const auto& row : scene.rows) {
    first.push_back(of(row.value)), second.push_back(of(row.other));
    keep(first.back()), keep(second.back());
    paired = paired || row.other.given();
  }
  const Reading line = of(scene.line);
  keep(line);
  std::vector<Reading> all = first;
  all.insert(all.end(), second.begin(), second.end());
  const Alike alike(all);
  for (std::size_t i = 0; i < first.size(); ++i) {
    std::string value = alike.text(first[i]);
    if (scene.rows[i].other.given()) value += "\n" + alike.text(second[i]);
    texts.push_back({scene.rows[i].label, scene.rows[i].note, value, false});
  }
  double top = 0;
  if (paired) top = legend(c, {{"accent", scene.value_name}, {"hollow-other", scene.other_name}}, 0) + 2;
  if (line.finite() && !scene.line_name.empty()) top += line_height;
  const double strip = paired ? 30 : 18;
  Rows rows(c, texts, top, strip);
  const Scale scale = scale_for(values, true, rows.left(), rows.right());
  const double below = axis(c, scale, rows.top(), rows.bottom(), scene.unit);
  for (std::size_t i = 0; i < scene.rows.size(); ++i) {
    const double y = rows.middle(i);
    const bool two = scene.rows[i].other.given();
    bar(c, scale, first[i], two ? y - 7 : y, paired ? 11 : 13, true);
    if (two) bar(c, scale, second[i], y + 7, 11, false);
  }
  if (scale.low() < 0) c.line({scale(0), rows.top()}, {scale(0), rows.bottom()}, "axis");
  if (line.finite()) {
    const double x = scale(line.mid), w = text_width(scene.line_name, small);
    c.line({x, rows.top() - 4}, {x, rows.bottom()}, "cut-off");
    c.text({std::clamp(x - w / 2, 0.0, std::max(0.0, c.width() - w)), rows.top() - 7}, scene.line_name, "small");
  }
  rows.letter();
  c.height(below);
}

std::string told(const ask::Bars& scene, const Context& of) {
  const std::string unit = scene.unit.empty() ? "" : " " + scene.unit;
  std::string out;
  for (const auto& row : scene.rows) {
    out += row.label + ": " + (row.other.given() && !scene.value_name.empty() ? scene.value_name + " " : "") +
           of(row.value).text() + unit;
    if (row.other.given()) out += ", " + scene.other_name + " " + of(row.other).text() + unit;
    out += ". ";
  }
  if (scene.line.given() && !scene.line_name.empty())
    out += "Line: " + scene.line_name + ", " + of(scene.line).text() + unit + ". ";
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace entente::report::svg
