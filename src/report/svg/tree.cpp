// A game as a tree: from left to right where there is room, else as an outline, one node a line. Nodes that the mover
// cannot tell apart are joined by a broken line; what may be believed at each stands under it.
#include <algorithm>
#include <cmath>
#include <map>

#include "report/svg/rows.hpp"
#include "report/svg/scenes.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Node = ask::Tree::Node;

struct Shape {
  std::vector<std::uint32_t> depth;
  std::vector<std::vector<std::uint32_t>> children;
  std::vector<std::uint32_t> order;  // depth first
  std::uint32_t deepest = 0;
};

Shape shape(const ask::Tree& scene) {
  Shape s;
  s.depth.assign(scene.nodes.size(), 0);
  s.children.resize(scene.nodes.size());
  std::vector<std::uint32_t> stack;
  for (std::uint32_t i = 0; i < scene.nodes.size(); ++i) {
    const auto up = scene.nodes[i].parent;
    if (up < i) s.depth[i] = s.depth[up] + 1, s.children[up].push_back(i);
    else stack.insert(stack.begin(), i);
    s.deepest = std::max(s.deepest, s.depth[i]);
  }
  while (!stack.empty()) {
    const auto i = stack.back();
    stack.pop_back();
    s.order.push_back(i);
    for (auto it = s.children[i].rbegin(); it != s.children[i].rend(); ++it) stack.push_back(*it);
  }
  return s;
}

std::string branch(const Node& n, const Context& of, bool then = false) {
  if (then && !n.who.empty()) return branch(n, of) + (n.branch.empty() ? "" : ", then ") + n.who;
  return n.chance.given() ? n.branch + " (" + share(of(n.chance).mid) + ")" : n.branch;
}

std::string belief(const Node& n, const Context& of) {
  if (!n.least.given() && !n.most.given()) return {};
  const Reading a = of(n.least), b = of(n.most);
  if (!a.defined() && !b.defined()) return "not reached";
  const std::string low = share(a.mid), high = share(b.mid);
  return low == high ? "believed " + low : "believed " + low + " to " + high;
}

void wide(Canvas& c, const ask::Tree& scene, const Shape& s, const Context& of) {
  double ends = 0, slot = 26;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
    if (s.children[i].empty())
      ends = std::max(ends, text_width(true_minus(scene.nodes[i].outcome), body, scene.nodes[i].chosen));
    if (s.children[i].size() == 1 || (s.children[i].empty() && !belief(scene.nodes[i], of).empty())) slot = 36;
  }
  ends = std::min(ends + 1, 0.3 * c.width());
  const double left = 8, pitch = (c.width() - ends - 14 - left) / std::max(1u, s.deepest);
  double top = 6;
  std::vector<std::string> heads(s.deepest + 1);
  bool same = true;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
    auto& h = heads[s.depth[i]];
    if (scene.nodes[i].who.empty()) continue;
    if (h.empty()) h = scene.nodes[i].who;
    same = same && h == scene.nodes[i].who;
  }
  top += 22;
  std::vector<Point> at(scene.nodes.size());
  double y = top + slot / 2;
  for (const auto i : s.order)
    if (s.children[i].empty()) at[i] = {left + pitch * s.depth[i], y}, y += slot;
  for (auto it = s.order.rbegin(); it != s.order.rend(); ++it)
    if (!s.children[*it].empty())
      at[*it] = {left + pitch * s.depth[*it], (at[s.children[*it].front()].y + at[s.children[*it].back()].y) / 2};
  if (same)
    for (std::size_t k = 0; k < heads.size(); ++k) {
      const double x = k == 0 ? 0 : left + pitch * static_cast<double>(k) - 6;
      c.text({x, 14}, shortened(heads[k], small, std::min(pitch - 6, c.width() - x), true), "small strong");
    }
  std::map<std::uint32_t, std::pair<Point, Point>> sets;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
    const auto set = scene.nodes[i].set;
    if (set == ask::Tree::root) continue;
    auto [it, fresh] = sets.emplace(set, std::pair(at[i], at[i]));
    if (at[i].y < it->second.first.y) it->second.first = at[i];
    if (at[i].y > it->second.second.y) it->second.second = at[i];
  }
  double bulge = 8;  // sets may interleave: each line bends out farther than the one before
  for (const auto& [set, ends_of] : sets) {
    const auto& [a, b] = ends_of;
    if (a.y == b.y) continue;
    c.path(move_to(a) + curve_to({a.x + bulge, a.y + 12}, {b.x + bulge, b.y - 12}, b), "cut-off unfilled");
    bulge += 16;
  }
  for (const bool chosen : {false, true})
    for (const auto i : s.order) {
      const auto& n = scene.nodes[i];
      if (n.parent >= i || n.chosen != chosen) continue;
      const Point a = at[n.parent], b = at[i];
      c.path(move_to(a) + line_to({a.x + 20, b.y}) + line_to(b), chosen ? "branch chosen" : "branch");
    }
  for (const auto i : s.order) {
    const auto& n = scene.nodes[i];
    if (n.parent < i) {
      const double room = pitch - 30;
      c.text({at[i].x - pitch + 24, at[i].y - 5},
             shortened(branch(n, of, !same && !s.children[i].empty()), small, room, n.chosen),
             n.chosen ? "small strong halo" : "small halo");
      c.text({at[i].x - 8, at[i].y + 14}, shortened(belief(n, of), small, room), "small accent-text halo", Anchor::end);
    }
    if (s.children[i].empty())
      c.text({at[i].x + 8, at[i].y + 4}, shortened(true_minus(n.outcome), body, ends, n.chosen),
             n.chosen ? "strong" : "");
    else c.circle(at[i], 5, n.chosen || n.parent == ask::Tree::root ? "ink" : "hollow");
    if (!same && i == s.order.front()) c.text({0, 14}, shortened(n.who, small, c.width(), true), "small strong");
  }
  c.height(y);
}

void narrow(Canvas& c, const ask::Tree& scene, const Shape& s, const Context& of) {
  constexpr double indent = 18;
  double y = 4;
  std::vector<double> row(scene.nodes.size(), 0.0);
  for (const auto i : s.order) {
    const auto& n = scene.nodes[i];
    const double x = 8 + indent * s.depth[i];
    y += line_height + 4;
    row[i] = y - 4;
    if (n.parent < i) {
      const double px = 8 + indent * s.depth[n.parent];
      c.path(move_to({px, row[n.parent] + 6}) + line_to({px, row[i]}) + line_to({x - 6, row[i]}),
             n.chosen ? "branch chosen" : "branch");
    }
    const bool end = s.children[i].empty();
    const double outcome = end ? std::min(text_width(true_minus(n.outcome), small), 0.5 * c.width()) : 0;
    const std::string text = branch(n, of, !end);
    if (!end) c.circle({x, row[i]}, 4.5, n.chosen || n.parent == ask::Tree::root ? "ink" : "hollow");
    const double from = end ? x - 2 : x + 9;
    const auto lines = wrapped(text, body, c.width() - from - outcome - 8, 2, n.chosen);
    for (std::size_t k = 0; k < lines.size(); ++k)
      c.text({from, y + line_height * static_cast<double>(k)}, lines[k], n.chosen ? "strong" : "");
    if (end) c.text({c.width(), y}, shortened(true_minus(n.outcome), small, outcome + 1), "small", Anchor::end);
    y += line_height * static_cast<double>(lines.size() - 1);
    if (const auto b = belief(n, of); !b.empty()) {
      y += line_height;
      c.text({from, y}, shortened(b, small, c.width() - from), "small accent-text");
    }
  }
  c.height(y + 8);
}

}  // namespace

void draw(Canvas& c, const ask::Tree& scene, const Context& of) {
  const Shape s = shape(scene);
  if (scene.nodes.empty()) return;
  // Columns too narrow for words make an outline.
  if (c.width() / std::max(1u, s.deepest) >= 150) wide(c, scene, s, of);
  else narrow(c, scene, s, of);
}

std::string told(const ask::Tree& scene, const Context& of) {
  std::string out;
  const Shape s = shape(scene);
  for (const auto i : s.order) {
    const auto& n = scene.nodes[i];
    if (!s.children[i].empty()) {
      if (const auto b = belief(n, of); !b.empty()) out += n.branch + ": here " + n.who + ", " + b + ". ";
      continue;
    }
    std::vector<std::uint32_t> path;
    for (std::uint32_t k = i;; k = scene.nodes[k].parent) {
      path.push_back(k);
      if (scene.nodes[k].parent >= k) break;
    }
    std::string way;
    for (auto it = path.rbegin(); it != path.rend(); ++it)
      if (const auto b = branch(scene.nodes[*it], of); !b.empty()) way += (way.empty() ? "" : ", ") + b;
    out += way + (n.outcome.empty() ? "" : ": " + n.outcome) + (n.chosen ? " (so the answer)" : "") + ". ";
  }
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace entente::report::svg
