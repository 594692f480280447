// Points on one scale, a row each: a mark with its range, and the zone between the limits as a band behind all rows.
#include <algorithm>
#include <cmath>

#include "report/svg/rows.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/scenes.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Role = ask::PriceLine::Role;

void mark(Canvas& c, double x, double y, Role role) {
  switch (role) {
    case Role::limit:
      c.rect({x - 2, y - 8, 4, 16}, "ink");
      break;
    case Role::solution:
      c.circle({x, y}, 6, "accent");
      break;
    case Role::asked:
      c.path(move_to({x, y - 7}) + line_to({x + 7, y}) + line_to({x, y + 7}) + line_to({x - 7, y}) + "Z", "other");
      break;
    case Role::reference:
      c.circle({x, y}, 5, "hollow");
      break;
  }
}

const char* word(Role role) {
  return role == Role::limit      ? "limit"
         : role == Role::solution ? "solution"
         : role == Role::asked    ? "asked"
                                  : "reference";
}

}  // namespace

void draw(Canvas& c, const ask::PriceLine& scene, const Context& of) {
  std::vector<Reading> at;
  std::vector<RowText> texts;
  std::vector<double> values;
  for (const auto& p : scene.points) at.push_back(of(p.at));
  const Alike alike(at);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto& p = scene.points[i];
    const auto& r = at[i];
    for (const double v : {r.low, r.mid, r.high})
      if (r.defined()) values.push_back(v);
    const bool never = std::isinf(r.mid) && !scene.unbounded.empty();
    std::string value = alike.text(r);
    if (never) value = r.ranged ? scene.unbounded + "\n(90 %: from " + alike.figure(r.low) + ")" : scene.unbounded;
    std::string note = p.note;
    if (p.role == Role::solution && r.defined() && r.missing > 0.005)
      note += (note.empty() ? "in " : "; in ") + share(1 - r.missing) + " of the draws";
    texts.push_back({p.label, note, value, p.role == Role::limit});
  }
  const bool limits = scene.zone_from < at.size() && scene.zone_to < at.size() && at[scene.zone_from].defined() &&
                      at[scene.zone_to].defined();
  const bool zone = limits && at[scene.zone_from].mid < at[scene.zone_to].mid;
  const std::string over = zone ? scene.zone : limits ? scene.no_zone : std::string();
  Rows rows(c, texts, over.empty() ? 2 : line_height + 6, 20);
  const Scale scale = scale_for(values, false, rows.left() + 8, rows.right() - 8);
  if (zone) {
    const double a = scale(at[scene.zone_from].mid), b = scale(at[scene.zone_to].mid);
    c.rect({a, rows.top(), b - a, rows.bottom() - rows.top()}, "soft");
  }
  if (!over.empty()) {
    const double w = text_width(over, small, true);
    const double mid =
        zone ? (scale(at[scene.zone_from].mid) + scale(at[scene.zone_to].mid)) / 2 : (rows.left() + rows.right()) / 2;
    c.text({std::clamp(mid - w / 2, 0.0, std::max(0.0, c.width() - w)), rows.top() - 5}, over,
           zone ? "small strong accent-text" : "small strong other-text");
  }
  const double below = axis(c, scale, rows.top(), rows.bottom(), scene.unit);
  for (std::size_t i = 0; i < at.size() && !zone; ++i)
    if (scene.points[i].role == Role::limit && at[i].finite())
      c.line({scale(at[i].mid), rows.top()}, {scale(at[i].mid), rows.bottom()}, "cut-off");
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (!at[i].defined()) continue;
    const double y = rows.middle(i);
    if (at[i].ranged || !at[i].finite()) range(c, scale, y, at[i].low, at[i].high, "rule");
    if (at[i].finite()) mark(c, scale(at[i].mid), y, scene.points[i].role);
  }
  rows.letter();
  c.height(below);
}

std::string told(const ask::PriceLine& scene, const Context& of) {
  const std::string unit = scene.unit.empty() ? "" : " " + scene.unit;
  std::string out;
  for (const auto& p : scene.points)
    out += p.label + " (" + word(p.role) + "): " + of(p.at).text() +
           (of(p.at).finite()         ? unit
            : scene.unbounded.empty() ? ""
                                      : ", " + scene.unbounded) +
           ". ";
  if (scene.zone_from < scene.points.size() && scene.zone_to < scene.points.size()) {
    const auto a = of(scene.points[scene.zone_from].at), b = of(scene.points[scene.zone_to].at);
    if (a.defined() && b.defined()) out += (a.mid < b.mid ? scene.zone : scene.no_zone) + ".";
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace entente::report::svg
