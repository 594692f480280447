#include "report/svg/stress.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "entente/base/elementary.hpp"

namespace entente::report::svg {
namespace {

// The i-th start: nodes on a circle in the order of i * step modulo n, step prime to n, so that neighbours differ.
std::vector<Point> circle(std::size_t n, std::size_t start) {
  std::size_t step = 1, seen = 0;
  for (std::size_t s = 1; s < std::max<std::size_t>(n, 2); ++s)
    if (std::gcd(s, n) == 1 && seen++ == start) {
      step = s;
      break;
    }
  std::vector<Point> at(n);
  for (std::size_t k = 0; k < n; ++k) {
    const double a = 2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(n);
    // Slightly spiral: on an exact circle some arrangements are saddles that no sweep leaves.
    const double r = 1 + 0.1 * static_cast<double>(k) / static_cast<double>(n);
    at[k * step % std::max<std::size_t>(n, 1)] = {r * math::cos(a), r * math::sin(a)};
  }
  return at;
}

// Around the mean, the direction of the greatest variance along x.
void turn(std::vector<Point>& at) {
  if (at.empty()) return;
  const auto n = static_cast<double>(at.size());
  Point mean;
  for (const Point p : at) mean.x += p.x / n, mean.y += p.y / n;
  double xx = 0, xy = 0, yy = 0;
  for (Point& p : at) {
    p.x -= mean.x, p.y -= mean.y;
    xx += p.x * p.x, xy += p.x * p.y, yy += p.y * p.y;
  }
  const double a = 0.5 * math::atan2(2 * xy, xx - yy), c = math::cos(a), s = math::sin(a);
  for (Point& p : at) p = {c * p.x + s * p.y, c * p.y - s * p.x};
  // The first node to the left and above, so that a small change of a number does not mirror the picture.
  if (at.front().x > 0)
    for (Point& p : at) p.x = -p.x;
  if (at.front().y > 0)
    for (Point& p : at) p.y = -p.y;
}

}  // namespace

double stress(const Distances& d, const std::vector<Point>& at) {
  double sum = 0;
  for (std::size_t i = 0; i < d.n; ++i)
    for (std::size_t j = i + 1; j < d.n; ++j) {
      const double off = math::hypot(at[i].x - at[j].x, at[i].y - at[j].y) - d.wanted[i * d.n + j];
      sum += d.weight[i * d.n + j] * off * off;
    }
  return sum;
}

double majorize(const Distances& d, std::vector<Point>& at) {
  for (std::size_t i = 0; i < d.n; ++i) {
    Point to;
    double all = 0;
    for (std::size_t j = 0; j < d.n; ++j) {
      const double w = d.weight[i * d.n + j];
      if (j == i || w == 0) continue;
      const double dx = at[i].x - at[j].x, dy = at[i].y - at[j].y, r = std::sqrt(dx * dx + dy * dy);
      const double pull = r > 1e-12 ? d.wanted[i * d.n + j] / r : 0;
      to.x += w * (at[j].x + pull * dx);
      to.y += w * (at[j].y + pull * dy);
      all += w;
    }
    if (all > 0) at[i] = {to.x / all, to.y / all};
  }
  return stress(d, at);
}

std::vector<Point> layout(const Distances& d) {
  if (d.n <= 1) return std::vector<Point>(d.n);
  const std::size_t starts = d.n <= 30 ? 8 : d.n <= 80 ? 3 : 1;
  const int sweeps = d.n <= 80 ? 300 : 100;
  std::vector<Point> best;
  double least = INFINITY;
  for (std::size_t s = 0; s < starts; ++s) {
    auto at = circle(d.n, s);
    double before = INFINITY;
    for (int k = 0; k < sweeps; ++k) {
      const double now = majorize(d, at);
      if (before - now <= 1e-7 * now) break;
      before = now;
    }
    const double now = stress(d, at);
    if (now < least * (1 - 1e-9)) least = now, best = std::move(at);
  }
  turn(best);
  return best;
}

std::vector<Point> fitted(std::vector<Point> at, const Box& box, const std::vector<double>& radius, double gap) {
  if (at.empty()) return at;
  const auto [left, right] = std::ranges::minmax(at, {}, &Point::x);
  const auto [up, down] = std::ranges::minmax(at, {}, &Point::y);
  const double w = right.x - left.x, h = down.y - up.y;
  double scale = INFINITY;
  if (w > 1e-9) scale = std::min(scale, box.w / w);
  if (h > 1e-9) scale = std::min(scale, box.h / h);
  if (!std::isfinite(scale)) scale = 0;
  const Point middle{(left.x + right.x) / 2, (up.y + down.y) / 2};
  for (Point& p : at) p = {box.x + box.w / 2 + scale * (p.x - middle.x), box.y + box.h / 2 + scale * (p.y - middle.y)};
  for (int round = 0; round < 60; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < at.size(); ++i)
      for (std::size_t j = i + 1; j < at.size(); ++j) {
        double dx = at[j].x - at[i].x, dy = at[j].y - at[i].y, r = math::hypot(dx, dy);
        const double least = radius[i] + radius[j] + gap;
        if (r >= least) continue;
        if (r < 1e-9) {
          const double a = 2.4 * static_cast<double>(j);  // the golden angle, so that no two go the same way
          dx = math::cos(a), dy = math::sin(a), r = 1;
        }
        const double push = (least - math::hypot(at[j].x - at[i].x, at[j].y - at[i].y)) / 2 + 0.01;
        at[i] = {at[i].x - push * dx / r, at[i].y - push * dy / r};
        at[j] = {at[j].x + push * dx / r, at[j].y + push * dy / r};
        moved = true;
      }
    for (Point& p : at) p = {std::clamp(p.x, box.x, box.x + box.w), std::clamp(p.y, box.y, box.y + box.h)};
    if (!moved) break;
  }
  return at;
}

}  // namespace entente::report::svg
