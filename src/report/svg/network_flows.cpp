// Flows from left to right. What the deal would build stands out; what is cut is pale, with a cross; the rest is quiet.
// Each ribbon is named where it leaves, in a row of its own, so that no two names meet.
#include <algorithm>
#include <cmath>

#include "report/svg/network.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Mark = ask::Network::Mark;
constexpr double bar = 7;

std::string look(const ask::Network::Edge& e, const Reading& now, const Reading& before) {
  if (e.mark == Mark::fresh || e.mark == Mark::moved || e.mark == Mark::asked) return "flow fresh";
  if (e.mark == Mark::cut) return "flow lost";
  if (before.defined() && now.defined()) {
    const double change = now.mid - before.mid, least = 0.01 * std::max(std::abs(now.mid), std::abs(before.mid));
    if (change > least) return "flow fresh";
    if (change < -least) return "flow fallen";
  }
  return "flow";
}

// The point of a ribbon's middle line at `u` of its way, from 0 to 1: a cubic that leaves and arrives level.
Point along(const FlowPlan::Ribbon& r, double u) {
  const double bend = 0.45 * (r.to.x - r.from.x), v = 1 - u;
  return {
      v * v * v * r.from.x + 3 * v * v * u * (r.from.x + bend) + 3 * v * u * u * (r.to.x - bend) + u * u * u * r.to.x,
      v * v * (v + 3 * u) * r.from.y + u * u * (u + 3 * v) * r.to.y};
}

}  // namespace

void draw_flows(Canvas& c, const ask::Network& scene, const Context& of) {
  std::vector<double> flow, room;
  std::vector<Reading> now, before;
  for (const auto& e : scene.edges) {
    now.push_back(of(e.width)), before.push_back(of(e.before));
    flow.push_back(now.back().finite() ? std::max(0.0, now.back().mid) : 0.0);
    // What may be built has room for as much as it may carry.
    room.push_back(e.mark == Mark::fresh && now.back().ranged && std::isfinite(now.back().high)
                       ? std::max(flow.back(), now.back().high)
                       : flow.back());
  }
  const bool narrow = c.width() < 500;
  const double most_label = c.width() * (narrow ? 0.3 : 0.24);
  const FlowPlan columns = plan_flows(scene, room, 0, 1, 0, 1);
  double left = 0, right = 0;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i)
    for (const auto& l : wrapped(scene.nodes[i].label, body, most_label, 2, true)) {
      if (columns.column[i] == 0) left = std::max(left, text_width(l, body, true));
      else if (columns.column[i] + 1 == columns.columns) right = std::max(right, text_width(l, body, true));
    }
  const FlowPlan p = plan_flows(scene, room, left + 8 + bar, c.width() - right - 8 - bar, 4, narrow ? 230 : 260);
  for (const bool marked : {false, true})
    for (std::size_t e = 0; e < p.ribbons.size(); ++e) {
      const auto& r = p.ribbons[e];
      if ((scene.edges[e].mark != Mark::none) != marked) continue;
      const double bend = 0.45 * (r.to.x - r.from.x);
      const std::string d = move_to(r.from) + curve_to({r.from.x + bend, r.from.y}, {r.to.x - bend, r.to.y}, r.to);
      const double width = p.scale * flow[e];
      if (r.width > width) c.path(d, "flow possible", r.width);
      if (width > 0) c.path(d, look(scene.edges[e], now[e], before[e]), std::max(0.8, width));
      else c.path(d, "flow-none");
      if (scene.edges[e].mark == Mark::cut) cross(c, along(r, 0.95), 7, "cross");
    }
  const double pitch = p.columns > 1 ? (c.width() - left - right - 16 - 2 * bar) / (p.columns - 1) : c.width();
  std::vector<Box> words;
  const auto say = [&](double x, double y, const std::string& text, const char* style, double size, bool bold) {
    c.text({x, y}, text, style);
    words.push_back({x, y - 0.8 * size, text_width(text, size, bold), size});
  };
  for (std::size_t i = 0; i < p.stops.size(); ++i) {
    const auto& s = p.stops[i];
    const bool first = p.column[i] == 0, last = !first && p.column[i] + 1 == p.columns;
    const double x = first ? s.x - bar : last ? s.x : s.x - bar / 2;
    c.rect({x, s.top, bar, s.height}, "ink");
    const auto lines = wrapped(scene.nodes[i].label, body, most_label, 2, true);
    if (!first && !last) {
      const std::string name = shortened(scene.nodes[i].label, body, pitch - 16, true);
      say(std::clamp(s.x - text_width(name, body, true) / 2, 0.0, c.width() - text_width(name, body, true)), s.top - 4,
          name, "strong halo", body, true);
      continue;
    }
    double y = s.top + s.height / 2 - static_cast<double>(lines.size()) * line_height / 2 + 12;
    for (const auto& l : lines) {
      say(first ? x - 6 - text_width(l, body, true) : x + bar + 6, y, l, "strong", body, true);
      y += line_height;
    }
  }
  std::vector<Reading> all(now.begin(), now.end());
  all.insert(all.end(), before.begin(), before.end());
  const Alike alike(all);
  for (std::size_t e = 0; e < p.ribbons.size(); ++e) {
    const auto& edge = scene.edges[e];
    const auto& r = p.ribbons[e];
    std::string text = edge.label.empty() ? "" : edge.label + ": ";
    if (edge.before.given()) text += alike.figure(before[e].mid) + " → " + alike.figure(now[e].mid);
    else text += narrow ? alike.figure(now[e].mid) : alike.text(now[e]);
    if (edge.mark == Mark::cut) text += ", cut";
    // As much of it as fits before the next words in its row.
    const bool bold = edge.mark != Mark::none;
    const double x = r.from.x + 6;
    double free = std::min(pitch - 14, c.width() - x);
    for (const Box& b : words)
      if (b.y < r.from.y + 7 && r.from.y - 6 < b.y + b.h && b.x + b.w > x) free = std::min(free, b.x - 4 - x);
    if (free > 20)
      say(x, r.from.y + 4, shortened(text, small, free, bold), bold ? "small strong halo" : "small halo", small, bold);
  }
  std::vector<Swatch> swatches;
  const auto any = [&](const char* l) {
    for (std::size_t e = 0; e < p.ribbons.size(); ++e)
      if (flow[e] > 0 && look(scene.edges[e], now[e], before[e]) == l) return true;
    return false;
  };
  const bool change = std::ranges::any_of(scene.edges, [](const auto& e) { return e.before.given(); });
  if (any("flow fresh")) swatches.push_back({"flow-fresh-key", change ? "grows" : "built by the deal"});
  bool possible = false;
  for (std::size_t e = 0; e < flow.size(); ++e) possible = possible || room[e] > flow[e];
  if (possible) swatches.push_back({"flow-possible-key", "may be built, as much as in 95 % of the draws at most"});
  if (any("flow lost")) swatches.push_back({"flow-lost-key", "cut"});
  if (any("flow fallen")) swatches.push_back({"flow-fallen-key", "shrinks"});
  double below = p.bottom;
  if (!swatches.empty()) below = legend(c, swatches, below);
  if (!scene.unit.empty()) {
    c.text({0, below + 14}, shortened("Widths and numbers: " + scene.unit, small, c.width()), "small muted");
    below += 20;
  }
  c.height(below);
}

// Trade between two columns is a network of flows that has no middle.
namespace {
ask::Network network(const ask::Flows& scene) {
  ask::Network n{.layout = ask::Network::Layout::flows, .unit = scene.unit};
  for (const auto& f : scene.from) n.nodes.push_back({.label = f, .layer = 0});
  for (const auto& t : scene.to) n.nodes.push_back({.label = t, .layer = 1});
  for (const auto& f : scene.flows)
    n.edges.push_back({.from = f.from,
                       .to = static_cast<std::uint32_t>(scene.from.size()) + f.to,
                       .width = f.after,
                       .before = f.before});
  return n;
}
}  // namespace

void draw(Canvas& c, const ask::Flows& scene, const Context& of) { draw_flows(c, network(scene), of); }

std::string told(const ask::Flows& scene, const Context& of) { return told(network(scene), of); }

}  // namespace entente::report::svg
