// A claim's chance as fifty dots. People read "22 of 50" better than a percentage, and see the rest at the same time
// (Kay, Kola, Hullman and Munson 2016, doi:10.1145/2858036.2858558).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/report/picture.hpp"
#include "report/svg/canvas.hpp"
#include "report/svg/text.hpp"

namespace entente::report {
namespace {

constexpr int dots = 50, across = 10;
constexpr double pitch = 16, radius = 6;

// Never all or none where some draw was otherwise, so that fifty full dots mean every draw.
int count(double share, bool all, bool no) {
  const int k = static_cast<int>(math::round(dots * std::clamp(share, 0.0, 1.0)));
  return all ? dots : no ? 0 : std::clamp(k, 1, dots - 1);
}

}  // namespace

Drawn chance(const doubt::Doubt& d, std::size_t finding) {
  const auto& f = d.findings[finding];
  Drawn out{.id = "claim-" + std::to_string(finding + 1) + "-chance", .title = "Chance that it is true"};
  const std::uint64_t n = f.yes + f.no + f.undefined;
  if (n == 0 || f.implied) return out;
  const double yes = f.bracket ? f.low : f.share, not_no = f.bracket ? f.high : f.share;
  const int full = f.shared ? count(yes, yes == 1, yes == 0)
                            : count(yes, f.yes == n || (!f.bracket && f.no == 0 && f.yes > 0), f.yes == 0);
  const int open = f.shared && f.bracket ? std::max(full, count(not_no, not_no == 1, not_no == 0))
                   : f.bracket           ? std::max(full, count(not_no, f.no == 0, f.no == n))
                                         : full;
  svg::Canvas c(across * pitch + 2, dots / across * pitch + 2);
  std::string full_ones;  // strokes of no length with round ends
  for (int i = 0; i < dots; ++i) {
    const svg::Point at{1 + pitch * (i % across + 0.5), 1 + pitch * (i / across + 0.5)};  // NOLINT: whole rows
    if (i < full) full_ones += svg::move_to(at) + "h0";
    else c.circle(at, radius - 0.7, i < open ? "hollow-accent" : "hollow");
  }
  if (full > 0) c.path(full_ones, "points accent", 2 * radius);
  out.text = f.shared ? fmt::format("{} of 50 dots are full: its mean chance over {} draws", full, n)
                      : fmt::format("{} of 50 dots are full: in {} of {} draws the claim is true", full, f.yes, n);
  if (f.bracket)
    out.text += fmt::format("; {} dots with a bold ring stand for the draws in which it is undefined", open - full);
  out.text += ".";
  out.narrow = c.finish(out.id, out.title, out.text, "pic-small");
  return out;
}

}  // namespace entente::report
