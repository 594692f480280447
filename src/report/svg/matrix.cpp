// Rows by columns. Every cell is a number one can read; what passes lies on a ground and in strong letters, so that
// neither colour nor weight alone says it.
#include <algorithm>
#include <cmath>

#include "entente/number/number.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/scenes.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Kind = ask::Matrix::Kind;

double value(const Reading& r, Kind kind) { return kind == Kind::yes ? r.mean : r.mid; }

std::string cell(const Reading& r, Kind kind) {
  const double v = value(r, kind);
  if (std::isnan(v)) return "–";
  if (kind == Kind::number) return figure(v, 2);
  if (v > 0 && v < 0.01) return "<1";
  if (v < 1 && v > 0.99) return ">99";
  return number::fixed(100 * v, 0);
}

}  // namespace

void draw(Canvas& c, const ask::Matrix& scene, const Context& of) {
  const std::size_t n = scene.rows.size(), m = scene.columns.size();
  double label = text_width(scene.row_name, small);
  for (const auto& r : scene.rows) label = std::max(label, text_width(r, body));
  label = std::min(label, 0.34 * c.width());
  std::size_t sets = 0;
  for (std::size_t k = 0; k < m; ++k) sets += k > 0 && scene.columns[k].summary != scene.columns[k - 1].summary;
  const double apart = 8, room = c.width() - label - 10 - apart * static_cast<double>(sets);
  const double pitch = m > 0 ? std::min(room / static_cast<double>(m), 66.0) : 0;
  // Heads stand level where they fit in three lines, else upright.
  bool level = true;
  std::size_t lines = 1;
  double tall = 0;
  for (const auto& col : scene.columns) {
    const auto head = wrapped(col.label, small, pitch - 3, 3, col.summary);
    for (const auto& l : head) level = level && !l.ends_with("…");
    lines = std::max(lines, head.size());
    tall = std::max(tall, std::min(text_width(col.label, small, col.summary), 150.0));
  }
  const double top = level ? static_cast<double>(lines) * line_height + 4 : tall + 8, row = 24;
  double x = label + 10;
  c.text({0, top - 6}, shortened(scene.row_name, small, label), "small muted");
  for (std::size_t i = 0; i < n; ++i) {
    const double y = top + row * static_cast<double>(i);
    c.line({0, y}, {c.width(), y}, "grid");
    c.text({0, y + 17}, shortened(scene.rows[i], body, label));
  }
  for (std::size_t k = 0; k < m; ++k) {
    const auto& col = scene.columns[k];
    if (k > 0 && col.summary != scene.columns[k - 1].summary) {
      c.line({x + apart / 2, top}, {x + apart / 2, top + row * static_cast<double>(n)}, "axis");
      x += apart;
    }
    const double mid = x + pitch / 2;
    if (level) {
      const auto head = wrapped(col.label, small, pitch - 3, 3, col.summary);
      double y = top - 6 - static_cast<double>(head.size() - 1) * line_height;
      for (const auto& l : head)
        c.text({mid, y}, l, col.summary ? "small strong" : "small", Anchor::middle), y += line_height;
    } else {
      c.upright({mid + 4, top - 6}, shortened(col.label, small, 150, col.summary),
                col.summary ? "small strong" : "small");
    }
    for (std::size_t i = 0; i < n; ++i) {
      const auto& f = scene.cells[i * m + k];
      const double y = top + row * static_cast<double>(i);
      if (!f.given()) continue;
      const Reading r = of(f);
      const bool passes = col.kind != Kind::number && value(r, col.kind) >= col.passes;
      if (passes) c.rect({x + 1.5, y + 2.5, pitch - 3, row - 5}, "soft", 3);
      std::string text = cell(r, col.kind);
      const bool large = text_width(text, body, passes) <= pitch - 2;
      if (text_width(text, small, passes) > pitch - 1 && col.kind == Kind::number) text = figure(value(r, col.kind), 1);
      if (!large) text = shortened(text, small, pitch - 1, passes);
      const std::string look = passes ? "strong" : "muted";
      c.text({mid, y + 17}, text, large ? look : "small " + look, Anchor::middle);
    }
    x += pitch;
  }
  double below = top + row * static_cast<double>(n);
  c.line({0, below}, {c.width(), below}, "grid");
  const bool shares = std::ranges::any_of(scene.columns, [](const auto& k) { return k.kind != Kind::number; });
  if (shares) below = legend(c, {{"soft", "passes; numbers are per cent where nothing else is said"}}, below + 4);
  c.height(below + 2);
}

std::string told(const ask::Matrix& scene, const Context& of) {
  std::string out;
  const std::size_t m = scene.columns.size();
  for (std::size_t i = 0; i < scene.rows.size(); ++i) {
    out += scene.rows[i] + ": ";
    bool first = true;
    for (std::size_t k = 0; k < m; ++k) {
      const auto& f = scene.cells[i * m + k];
      if (!f.given()) continue;
      const auto& col = scene.columns[k];
      const Reading r = of(f);
      out += (first ? "" : ", ") + col.label + " ";
      out +=
          col.kind == Kind::number ? r.text(2) + (col.unit.empty() ? "" : " " + col.unit) : share(value(r, col.kind));
      first = false;
    }
    out += ". ";
  }
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace entente::report::svg
