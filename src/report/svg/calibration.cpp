// How often what was told at each chance came true.
#include <fmt/format.h>

#include <cmath>

#include "entente/report/picture.hpp"
#include "entente/report/record.hpp"
#include "report/svg/canvas.hpp"

namespace entente::report {

std::string calibration(const record::Record& r) {
  const record::Part& p = r.rolling;
  constexpr double left = 58, top = 16, side = 250;
  svg::Canvas canvas(340, top + side + 56);
  const auto at = [&](double told, double came) { return svg::Point{left + side * told, top + side * (1 - came)}; };
  for (int i = 0; i <= 4; ++i) {
    const double x = i / 4.0;
    canvas.line(at(x, 0), at(x, 1), "grid");
    canvas.line(at(0, x), at(1, x), "grid");
    canvas.text({at(x, 0).x, top + side + 16}, fmt::format("{}", 25 * i), "small muted", svg::Anchor::middle);
    canvas.text({left - 6, at(0, x).y + 4}, fmt::format("{}", 25 * i), "small muted", svg::Anchor::end);
  }
  canvas.line(at(0, 0), at(1, 1), "axis");
  std::string told;
  for (const auto& b : p.curve) {
    canvas.line(at(b.forecast, b.interval.low), at(b.forecast, b.interval.high), "stroke-accent");
    canvas.circle(at(b.forecast, b.came_true), 2 + 8 * std::sqrt(b.share), "accent");
    told += fmt::format("{}{:.0f} % told, {:.0f} % came true", told.empty() ? "" : "; ", 100 * b.forecast,
                        100 * b.came_true);
  }
  canvas.text({left + side / 2, top + side + 36}, "told, % together", "small", svg::Anchor::middle);
  canvas.upright({16, top + side / 2 + 40}, "came true, %", "small");
  const std::string title =
      r.options.events == record::Events::wars ? "Wars: told and come true" : "Disputes: told and come true";
  Drawn d;
  d.id = "calibration", d.title = title, d.text = told;
  d.narrow = canvas.finish("calibration", title, told, "pic-narrow");
  return picture_file(d, false);
}

}  // namespace entente::report
