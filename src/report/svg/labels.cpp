#include "report/svg/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "entente/base/elementary.hpp"

namespace entente::report::svg {
namespace {

constexpr double pad = 1.5;  // between two labels
constexpr std::size_t rings = 14;
// Right, left, below, above, then the corners: the order breaks ties of cost.
constexpr std::array<Point, 8> ways{{{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}}};

Box candidate(const Label& l, std::size_t ring, std::size_t way) {
  const Point d = ways[way];
  const double out = l.away + 3 + 9 * static_cast<double>(ring), k = d.x != 0 && d.y != 0 ? 0.7 : 1;
  const Point c{l.at.x + d.x * (k * out + l.w / 2), l.at.y + d.y * (k * out + l.h / 2)};
  return {c.x - l.w / 2, c.y - l.h / 2, l.w, l.h};
}

double common(const Box& a, const Box& b) {
  const double w = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
  const double h = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

// Length of a line within a box, by clipping (Liang and Barsky 1984).
double inside(const Box& b, Point p, Point q) {
  double from = 0, to = 1;
  const double dx = q.x - p.x, dy = q.y - p.y;
  const auto clip = [&](double step, double room) {
    if (step == 0) return room >= 0;
    const double t = room / step;
    if (step < 0) from = std::max(from, t);
    else to = std::min(to, t);
    return from < to;
  };
  if (!clip(-dx, p.x - b.x) || !clip(dx, b.x + b.w - p.x) || !clip(-dy, p.y - b.y) || !clip(dy, b.y + b.h - p.y))
    return 0;
  return (to - from) * math::hypot(dx, dy);
}

class Placing {
 public:
  Placing(std::vector<Label>& labels, const Obstacles& obstacles, const Box& room)
      : labels_(labels), obstacles_(obstacles), room_(room) {}

  bool run() {
    std::vector<std::size_t> order(labels_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> crowd(labels_.size(), 0.0);
    for (std::size_t i = 0; i < labels_.size(); ++i)
      for (std::size_t j = 0; j < labels_.size(); ++j) {
        const double dx = labels_[i].at.x - labels_[j].at.x, dy = labels_[i].at.y - labels_[j].at.y;
        crowd[i] += i == j ? 0 : 1 / (400 + dx * dx + dy * dy);
      }
    // Wide labels in crowds are the hardest to place.
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return crowd[a] * labels_[a].w > crowd[b] * labels_[b].w; });
    bool all = true;
    for (const std::size_t i : order) all = place(i) && all;
    for (int round = 0; round < 6; ++round) {
      bool moved = false;
      for (const std::size_t i : order) moved = again(i) || moved;
      if (!moved) break;
    }
    return std::ranges::all_of(labels_, &Label::placed);
  }

 private:
  struct Place {
    double cost = INFINITY;
    Box box;
    bool far = false;
  };

  // Infinite where it cannot stand, or as soon as it costs more than `most`.
  double cost(const Label& l, const Box& b, std::size_t ring, std::size_t way, double most) const {
    if (b.x < room_.x || b.y < room_.y || b.x + b.w > room_.x + room_.w || b.y + b.h > room_.y + room_.h)
      return INFINITY;
    const Box wide{b.x - pad, b.y - pad, b.w + 2 * pad, b.h + 2 * pad};
    for (const Label& o : labels_)
      if (&o != &l && o.placed && wide.overlaps(o.box)) return INFINITY;
    double sum = 6 * static_cast<double>(ring) + 0.4 * static_cast<double>(way);
    for (const Box& m : obstacles_.marks) sum += 4 * common(b, m);
    for (const auto& [p, q] : obstacles_.lines) {
      if (sum > most) return INFINITY;
      sum += 0.25 * inside(b, p, q);
    }
    return sum;
  }

  Place best(std::size_t i) const {
    const Label& l = labels_[i];
    Place found;
    if (l.centred) {
      const Box on{l.at.x - l.w / 2, l.at.y - l.h / 2, l.w, l.h};
      found = {cost(l, on, 0, 0, INFINITY), on, false};
    }
    for (std::size_t ring = 0; ring < rings; ++ring) {
      if (found.cost < 6 * static_cast<double>(ring)) break;  // nothing farther out can be cheaper
      for (std::size_t way = 0; way < ways.size(); ++way) {
        const Box b = candidate(l, ring, way);
        const double now = cost(l, b, ring, way, found.cost);
        if (now < found.cost) found = {now, b, ring > 1};
      }
    }
    return found;
  }

  bool place(std::size_t i) {
    const Place p = best(i);
    labels_[i].placed = std::isfinite(p.cost);
    if (labels_[i].placed) labels_[i].box = p.box, labels_[i].far = p.far;
    return labels_[i].placed;
  }

  bool again(std::size_t i) {
    const bool before = labels_[i].placed;
    const Box old = labels_[i].box;
    place(i);
    return labels_[i].placed != before || labels_[i].box.x != old.x || labels_[i].box.y != old.y;
  }

  std::vector<Label>& labels_;
  const Obstacles& obstacles_;
  const Box& room_;
};

}  // namespace

bool place_labels(std::vector<Label>& labels, const Obstacles& obstacles, const Box& room) {
  for (Label& l : labels) l.placed = false, l.far = false;
  return Placing(labels, obstacles, room).run();
}

}  // namespace entente::report::svg
