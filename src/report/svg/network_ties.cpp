// Actors and their ties: distance speaks (stress.hpp), sides are told by colour and by shape, hostile ties are broken
// lines, and the few ties that the question is about stand out.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "entente/base/elementary.hpp"
#include "report/svg/labels.hpp"
#include "report/svg/network.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/stress.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Mark = ask::Network::Mark;

// Circle, square, diamond, triangle: sides are told apart without colour, too.
void node_mark(Canvas& c, Point p, double r, std::uint32_t group, bool grouped) {
  const auto polygon = [&](int corners, double turn, double k) {
    std::string d;
    for (int i = 0; i < corners; ++i) {
      const double a = turn + 2 * std::numbers::pi * i / corners;
      const Point q{p.x + k * r * math::cos(a), p.y + k * r * math::sin(a)};
      d += i == 0 ? move_to(q) : line_to(q);
    }
    return d + "Z";
  };
  constexpr double quarter = std::numbers::pi / 4, up = -std::numbers::pi / 2;
  if (!grouped) return c.circle(p, r, "hollow");
  switch (group % 4) {
    case 0:
      return c.circle(p, r, "accent");
    case 1:
      return c.path(polygon(4, quarter, 1.2), "other");
    case 2:
      return c.path(polygon(4, 0, 1.25), "ink");
    default:
      return c.path(polygon(3, up, 1.3), "hollow");
  }
}

bool stands_out(Mark m) { return m != Mark::none; }

std::string look(const ask::Network::Edge& e, double tie) {
  if (e.mark == Mark::asked || e.mark == Mark::moved || e.mark == Mark::fresh)
    return tie < 0 ? "tie-marked against" : "tie-marked";
  if (e.mark == Mark::frustrated) return tie < 0 ? "tie-frustrated against" : "tie-frustrated";
  return tie < 0 ? "tie against" : "tie";
}

struct Sketch {
  std::vector<Point> at;
  std::vector<Label> labels;  // nodes, then edges
  std::vector<std::size_t> labelled;
  double height = 0;
};

// Greater and greater, until every label has a place.
Sketch sketch(double width, const ask::Network& scene, const std::vector<double>& tie,
              const std::vector<double>& radius, const std::vector<Point>& shape) {
  Sketch s;
  for (std::size_t e = 0; e < scene.edges.size(); ++e)
    if (!scene.edges[e].label.empty()) s.labelled.push_back(e);
  const bool narrow = width < 500;
  double most = 0;
  for (const auto& n : scene.nodes) most = std::max(most, std::min(text_width(n.label, body), width / 3));
  const double side = narrow ? std::max(24.0, most / 2) : std::max(40.0, most * 0.8);
  // As high as the layout wants it at this width, within limits.
  const auto [left, right] = std::ranges::minmax(shape, {}, &Point::x);
  const auto [up, down] = std::ranges::minmax(shape, {}, &Point::y);
  const double wide = right.x - left.x, high = down.y - up.y;
  const double wanted = wide > 0 ? 48 + (width - 2 * side) * high / wide : 0;
  for (double height = std::clamp(wanted, 0.35 * width, narrow ? 1.2 * width : 0.6 * width);; height *= 1.25) {
    s.height = height;
    s.at = fitted(shape, {side, 24, width - 2 * side, height - 48}, radius, 4);
    s.labels.clear();
    Obstacles obstacles;
    for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
      const double r = radius[i];
      obstacles.marks.push_back({s.at[i].x - r, s.at[i].y - r, 2 * r, 2 * r});
      const std::string text = shortened(scene.nodes[i].label, body, width / 2.2);
      s.labels.push_back({.at = s.at[i], .away = r, .w = text_width(text, body), .h = 14});
    }
    for (std::size_t e = 0; e < scene.edges.size(); ++e)
      if (scene.edges.size() <= 400 || stands_out(scene.edges[e].mark))
        if (tie[e] != 0) obstacles.lines.emplace_back(s.at[scene.edges[e].from], s.at[scene.edges[e].to]);
    for (const std::size_t e : s.labelled) {
      const Point a = s.at[scene.edges[e].from], b = s.at[scene.edges[e].to];
      s.labels.push_back(
          {.at = {(a.x + b.x) / 2, (a.y + b.y) / 2},
           .away = 5,
           .w = text_width(shortened(true_minus(scene.edges[e].label), small, width / 2.2, true), small, true),
           .h = 13});
    }
    if (place_labels(s.labels, obstacles, {0, 0, width, height}) || height > 8000) return s;
  }
}

}  // namespace

void cross(Canvas& c, Point at, double r, std::string_view look) {
  c.path(move_to({at.x - r, at.y - r}) + line_to({at.x + r, at.y + r}) + move_to({at.x - r, at.y + r}) +
             line_to({at.x + r, at.y - r}),
         look);
}

void draw_ties(Canvas& c, const ask::Network& scene, const Context& of) {
  const std::size_t n = scene.nodes.size();
  Distances d(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j) d.set(i, j, distance_of_tie(0), 0.15);  // nothing said: a loose hold
  std::vector<double> tie;
  for (const auto& e : scene.edges) {
    const double t = of(e.width).mid;
    tie.push_back(std::isnan(t) ? 0 : t);
    const double wanted = distance_of_tie(tie.back());
    d.set(e.from, e.to, wanted, (std::isnan(t) ? 0.15 : 1) / (wanted * wanted));
  }
  std::vector<double> radius;
  double greatest = 0;
  for (const auto& node : scene.nodes)
    if (const double v = of(node.size).mid; std::isfinite(v)) greatest = std::max(greatest, v);
  const double most = n > 30 ? 7 : c.width() < 500 ? 12 : 16;
  for (const auto& node : scene.nodes) {
    const double v = of(node.size).mid;
    radius.push_back(std::isfinite(v) && v > 0 && greatest > 0 ? std::max(4.0, most * std::sqrt(v / greatest))
                     : n > 30                                  ? 5
                                                               : 7);
  }
  const Sketch s = sketch(c.width(), scene, tie, radius, layout(d));
  double strongest = 0;
  for (const double t : tie) strongest = std::max(strongest, std::abs(t));
  c.open("ties");
  for (const bool out : {false, true})
    for (std::size_t e = 0; e < scene.edges.size(); ++e) {
      if (stands_out(scene.edges[e].mark) != out) continue;
      if (!out && (tie[e] == 0 || std::abs(tie[e]) < 0.04 * strongest)) continue;
      const Point a = s.at[scene.edges[e].from], b = s.at[scene.edges[e].to];
      const double w = strongest > 0 ? 0.5 + 4 * std::abs(tie[e]) / strongest : 1;
      c.path(move_to(a) + line_to(b), look(scene.edges[e], tie[e]), out ? std::max(2.0, w) : w);
      const Point mid{(a.x + b.x) / 2, (a.y + b.y) / 2};
      if (scene.edges[e].mark == Mark::cut || scene.edges[e].mark == Mark::frustrated) cross(c, mid, 5, "cross");
    }
  c.close();
  for (std::size_t i = 0; i < n; ++i)
    if (s.labels[i].far && s.labels[i].placed) {
      const Box& b = s.labels[i].box;
      c.line(s.at[i], {std::clamp(s.at[i].x, b.x, b.x + b.w), std::clamp(s.at[i].y, b.y, b.y + b.h)}, "axis");
    }
  for (std::size_t i = 0; i < n; ++i)
    node_mark(c, s.at[i], radius[i], scene.nodes[i].group,
              !scene.groups.empty() && scene.nodes[i].group < scene.groups.size());
  for (std::size_t k = 0; k < s.labels.size(); ++k) {
    const Label& l = s.labels[k];
    if (!l.placed) continue;
    const bool node = k < n;
    const std::string text = node ? scene.nodes[k].label.text() : true_minus(scene.edges[s.labelled[k - n]].label);
    c.text({l.box.x + l.box.w / 2, l.box.y + l.box.h - 3}, shortened(text, node ? body : small, c.width() / 2.2, !node),
           node ? "halo" : "small strong halo", Anchor::middle);
  }
  std::vector<Swatch> swatches;
  for (std::size_t g = 0; g < scene.groups.size(); ++g)
    swatches.push_back({g % 4 == 0   ? "dot accent"
                        : g % 4 == 1 ? "other"
                        : g % 4 == 2 ? "ink"
                                     : "hollow",
                        scene.groups[g]});
  double below = s.height + 4;
  if (!swatches.empty()) below = legend(c, swatches, below);
  // What lines mean, by example.
  struct Example {
    std::string look, name;
    bool crossed;
  };
  std::vector<Example> examples{{"tie", "friendly", false}, {"tie against", "hostile", false}};
  const auto has = [&](Mark m) { return std::ranges::any_of(scene.edges, [&](const auto& e) { return e.mark == m; }); };
  if (has(Mark::frustrated)) examples.push_back({"tie-frustrated", "against the sides", true});
  if (has(Mark::moved)) examples.push_back({"tie-marked", "moved by the package", false});
  if (has(Mark::asked)) examples.push_back({"tie-marked", "the tie in question", false});
  double x = 0, y = below + 10;
  for (const auto& e : examples) {
    const double w = 34 + text_width(e.name, small);
    if (x > 0 && x + w > c.width()) x = 0, y += line_height + 2;
    c.path(move_to({x, y - 4}) + line_to({x + 28, y - 4}), e.look, 3);
    if (e.crossed) cross(c, {x + 14, y - 4}, 4, "cross");
    c.text({x + 34, y}, e.name, "small");
    x += w + 18;
  }
  c.height(y + 6);
}

void draw(Canvas& c, const ask::Network& scene, const Context& of) {
  if (scene.layout == ask::Network::Layout::flows) draw_flows(c, scene, of);
  else draw_ties(c, scene, of);
}

}  // namespace entente::report::svg
