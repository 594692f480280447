// What more would buy: the packages that no other beats, by cost and by the chance that the claim then is as wanted. A
// step rises where more money buys more; between two points nothing better is to be had. The package that is told
// is marked by size and word, the chance that was asked for by a dashed line.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/picture.hpp"
#include "report/number_format.hpp"
#include "report/svg/labels.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/text.hpp"
#include "report/turn_sentences.hpp"

namespace entente::report {
namespace {

using namespace svg;
constexpr double left = 48, plot = 190;

bool same(const turn::Told& a, const turn::Told& b) {
  return a.cost == b.cost && a.probability == b.probability &&
         std::ranges::equal(a.steps, b.steps, [](const auto& x, const auto& y) {
           return x.lever == y.lever && (x.dose == y.dose || (std::isnan(x.dose) && std::isnan(y.dose)));
         });
}

void draw(Canvas& c, const plan::Plan& plan, const turn::Answer& a, const std::vector<std::size_t>& listed) {
  const turn::Told* chosen = a.package ? &*a.package : nullptr;
  double dearest = 0;
  for (const auto& x : a.front) dearest = std::max(dearest, x.cost);
  if (chosen) dearest = std::max(dearest, chosen->cost);
  const double top = 2 * line_height + 6, bottom = top + plot, right = c.width() - 14;
  const Scale across = Scale::linear(0, dearest > 0 ? 1.04 * dearest : 1, left, right);
  const Scale up = Scale::linear(0, 1, bottom, top);
  c.text({0, line_height - 3}, shortened(std::string("Chance that it is ") + (a.to ? "true" : "false"), small, right),
         "small muted");
  for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    c.line({left, up(share)}, {right, up(share)}, "grid");
    c.text({left - 6, up(share) + 4}, fmt::format("{:.0f} %", 100 * share), "small muted", Anchor::end);
  }
  const double below = axis(c, across, top, bottom, "");
  const std::string unit = plan.situation().cost_unit.text;
  c.text({right, below + 12}, shortened(unit.empty() ? "Cost" : "Cost, " + unit, small, right - left), "small muted",
         Anchor::end);
  c.line({left, up(a.chance)}, {right, up(a.chance)}, "cut-off");
  Obstacles hidden;
  std::string stairs;
  Point last{left, bottom};
  for (std::size_t i = 0; i < a.front.size(); ++i) {
    const Point at{across(a.front[i].cost), up(a.front[i].probability)};
    stairs += i == 0 ? move_to(at) : line_to({at.x, last.y}) + line_to(at);
    if (i > 0) {
      hidden.lines.push_back({last, {at.x, last.y}});
      hidden.lines.push_back({{at.x, last.y}, at});
    }
    last = at;
  }
  c.path(stairs + line_to({right, last.y}), "unfilled rule");
  hidden.lines.push_back({last, {right, last.y}});
  hidden.lines.push_back({{left, up(a.chance)}, {right, up(a.chance)}});
  const auto mark = [&](const turn::Told& x, double r, std::string_view look) {
    const Point at{across(x.cost), up(x.probability)};
    c.circle(at, r, look);
    hidden.marks.push_back({at.x - r, at.y - r, 2 * r, 2 * r});
  };
  for (const auto& x : a.front) mark(x, 4, "ink");
  if (chosen) mark(*chosen, 7, a.to ? "accent" : "other");
  std::vector<Label> labels;
  std::vector<std::string> words;
  const auto label = [&](const turn::Told& x, std::string text, double r) {
    labels.push_back({.at = {across(x.cost), up(x.probability)},
                      .away = r + 2,
                      .w = text_width(text, small, r > 5),
                      .h = line_height,
                      .box = {}});
    words.push_back(std::move(text));
  };
  bool told = false;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const bool it = chosen && same(a.front[listed[i]], *chosen);
    told = told || it;
    label(a.front[listed[i]], std::to_string(i + 1) + (it ? ", the cheapest" : ""), it ? 7 : 4);
  }
  if (chosen && !told) label(*chosen, "the package told", 7);
  const std::string asked = share(a.chance) + " asked for";
  const double w = text_width(asked, small);
  labels.push_back({.at = {right - w / 2, up(a.chance)}, .away = 2, .w = w, .h = line_height, .box = {}});
  words.push_back(asked);
  place_labels(labels, hidden, {left, line_height + 1, c.width() - left, bottom - line_height - 1});
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i].placed)
      c.text({labels[i].box.x, labels[i].box.y + 12.5}, words[i],
             i + 1 == labels.size() ? "small halo muted"
             : labels[i].away > 8   ? a.to ? "small strong halo accent-text" : "small strong halo other-text"
                                    : "small halo");
  c.height(below + 18);
}

}  // namespace

std::vector<std::size_t> listed_on_front(const turn::Answer& a) {
  constexpr std::size_t most = 12;
  std::vector<std::size_t> out;
  if (a.front.size() <= most)
    for (std::size_t i = 0; i < a.front.size(); ++i) out.push_back(i);
  else out = a_few_of(a.front.size());
  for (std::size_t i = 0; i < a.front.size() && a.package; ++i)
    if (same(a.front[i], *a.package) && std::ranges::find(out, i) == out.end()) out.push_back(i);
  std::ranges::sort(out);
  return out;
}

Drawn front(const plan::Plan& plan, const turn::Answer& a) {
  Drawn out{.id = "turn-" + std::to_string(a.claim + 1) + "-front", .title = "What more would buy"};
  if (a.front.size() < 2) return out;
  const TurnSaid said(plan, a);
  const auto listed = listed_on_front(a);
  out.says = "Each point is a package that no other beats; its number is that in the table below.";
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto& x = a.front[listed[i]];
    out.text +=
        fmt::format("{}: {}, {}: {}. ", i + 1, said.levers(x.steps), said.cost(x.cost), TurnSaid::part(x.probability));
  }
  out.text += fmt::format("Asked for: {}.", share(a.chance));
  for (const bool wide : {false, true}) {
    Canvas c(wide ? 720 : 340);
    draw(c, plan, a, listed);
    (wide ? out.wide : out.narrow) =
        c.finish(out.id + (wide ? "-w" : "-n"), out.title, out.text, wide ? "pic-wide" : "pic-narrow");
  }
  return out;
}

}  // namespace entente::report
